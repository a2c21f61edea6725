"""Planned measures and risks -> their rows: the measures first, then their targets and values.

A value of a toimenpide is sent with its kirjaus; what a table tells has been gathered already, and is taken in even
where no kirjaus tells it.
"""

from datetime import date

from django.utils import timezone

from seuranta.models import Kirjaus, MittariArvo, Mittaus, Riski
from strategia.lukuteksti import read_ala, read_luku, read_yla
from strategia.models import Mittari, Painopiste, StrateginenTavoite, Tavoitearvo, Toimenpide
from strategia.nimet import avain, searchable

from .writer import RiviMuuttui, take


class Mittarikirjoittaja:
    """Writes what the plan says of measures and risks with a Writer that has written their toimenpiteet."""

    def __init__(self, writer):
        self.writer, self.plan, self.kunta = writer, writer.plan, writer.kunta.pk
        made = iter(writer.made[Toimenpide])
        ids = [row.toimenpide_id or next(made) for row in self.plan.rows]
        self.rows = [(row, pk) for row, pk in zip(self.plan.rows, ids, strict=True) if row.mittarit or row.riskit]
        self.planned = [(mittari, ("toimenpide", pk)) for row, pk in self.rows for mittari in row.mittarit]
        self.planned += [(mittari, self._kohde_of(mittari)) for mittari in self.plan.mittarit]

    def write(self):
        self.writer.save_changed(Mittari, self._change_mittarit())
        new = self.writer.insert(Mittari, [self._new_mittari(*each) for each in self.planned if not each[0].mittari_id])
        made = iter(new)
        owners = [(mittari, mittari.mittari_id or next(made), kohde) for mittari, kohde in self.planned]
        self.writer.save_changed(Tavoitearvo, self._change_tavoitteet())
        self.writer.insert(
            Tavoitearvo, [self._new_tavoite(pk, t) for m, pk, _k in owners for t in m.tavoitteet if not t.id]
        )
        self.writer.save_changed(MittariArvo, self._change_arvot())
        now = timezone.now()
        self.writer.insert(
            MittariArvo, [self._new_arvo(pk, kohde, a, now) for m, pk, kohde in owners for a in m.arvot if not a.id]
        )
        self._look_anew(owners, now)
        self.writer.save_changed(Riski, self._change_riskit())
        self.writer.insert(
            Riski, [self._new_riski(pk, riski) for row, pk in self.rows for riski in row.riskit if not riski.riski_id]
        )

    def _kohde_of(self, mittari):
        key = avain(mittari.painopiste)
        if mittari.tavoite:
            return "tavoite", self.writer.taso[StrateginenTavoite][key, avain(mittari.tavoite)].pk
        return "painopiste", self.writer.taso[Painopiste][key].pk

    # --- measures

    def _new_mittari(self, planned, kohde):
        luettu, lahto = planned.luettu, planned.luettu.lahto
        under = [kohde[1] if kohde[0] == name else None for name in ("toimenpide", "tavoite", "painopiste")]
        lahto_teksti = lahto.teksti if lahto else ""
        return (
            *(self.kunta, self.writer.strategia.pk, *under, planned.kerta, planned.jarjestys, luettu.nimi),
            *(avain(luettu.nimi), searchable(luettu.nimi), luettu.laji, luettu.yksikko or ""),
            *(lahto_teksti, read_luku(lahto_teksti), lahto.vuosi if lahto else None, planned.alkuperainen),
        )

    def _change_mittarit(self):
        planned = {each.mittari_id: each for each, _kohde in self.planned if each.mittari_id and each.changes}
        objects = self._take(Mittari, planned, lambda each: each.changes)
        for pk, mittari in objects.items():
            for name, (_before, after) in planned[pk].changes.items():
                setattr(mittari, name, after)
            mittari.kerta, mittari.alkuperainen = planned[pk].kerta, planned[pk].alkuperainen
        return list(objects.values())

    def _take(self, model, planned, changes_of):
        """The rows that change, noted as they are; RiviMuuttui where one is not what the plan was made of."""
        objects = take(model, list(planned))
        for pk, row in objects.items():
            if any(getattr(row, name) != before for name, (before, _after) in changes_of(planned[pk]).items()):
                raise RiviMuuttui
        self.writer.note_changes(objects.values())
        return objects

    # --- targets and values

    def _new_tavoite(self, mittari_id, tavoite):
        text = tavoite.teksti[1]
        return (self.kunta, mittari_id, tavoite.aika[1], text, read_luku(text), read_ala(text), read_yla(text))

    def _change_tavoitteet(self):
        planned = {t.id: t for mittari, _kohde in self.planned for t in mittari.tavoitteet if t.id}
        objects = self._take(Tavoitearvo, planned, _text_of)
        for pk, tavoite in objects.items():
            tavoite.teksti, tavoite.alkuperainen = planned[pk].teksti[1], ""
        return list(objects.values())

    def _new_arvo(self, mittari_id, kohde, arvo, now):
        name, when = arvo.aika
        text, is_of_jakso, has_own_state = arvo.teksti[1], name == "jakso", kohde[0] != "toimenpide"
        tila = Kirjaus.Tila.LAHETETTY.value if is_of_jakso and has_own_state else ""
        return (
            *(self.kunta, mittari_id, self._jakso_id(arvo), when if name == "vuosi" else None),
            *(date.fromisoformat(when) if name == "paiva" else None, text, read_luku(text), tila),
            *(is_of_jakso and not has_own_state, 1, now, now if tila else None, self.writer.tuonti.pk),
        )

    def _jakso_id(self, arvo):
        return self.writer.jaksot[avain(arvo.aika[1])].pk if arvo.aika[0] == "jakso" else None

    def _change_arvot(self):
        planned = {arvo.id: arvo for mittari, _kohde in self.planned for arvo in mittari.arvot if arvo.id}
        objects = self._take(MittariArvo, planned, _text_of)
        jaksot = {jakso.pk: jakso for jakso in self.writer.jaksot.values()}
        mittarit = Mittari.objects.in_bulk([arvo.mittari_id for arvo in objects.values()]) if objects else {}
        for pk, arvo in objects.items():
            if arvo.versio != planned[pk].versio:
                raise RiviMuuttui
            arvo.jakso, arvo.mittari = jaksot.get(arvo.jakso_id), mittarit[arvo.mittari_id]
            arvo.take(Mittaus(arvo.versio, planned[pk].teksti[1], laheta=arvo.has_own_state), by=self.writer.by)
            arvo.tuonti = self.writer.tuonti
            arvo.otettu_mukaan |= arvo.jakso_id is not None and not arvo.has_own_state
        return list(objects.values())

    def _look_anew(self, owners, now):
        """What waits for approval, or has it, is not what was looked at: as Kirjaus.objects.look_anew."""
        stored, written = self.writer.register.kirjaukset, set()
        for row in self.plan.rows:
            written.update(kirjaus.kirjaus_id for kirjaus in row.kirjaukset if kirjaus.changes)
        places = {
            (self._jakso_id(arvo), kohde[1])
            for mittari, _pk, kohde in owners
            for arvo in mittari.arvot
            if kohde[0] == "toimenpide" and arvo.aika[0] == "jakso"
        }
        objects = take(Kirjaus, [pk for each in places if each in stored and (pk := stored[each].pk) not in written])
        sent = [kirjaus for kirjaus in objects.values() if kirjaus.tila in Kirjaus.LAHETETYT]
        self.writer.note_changes(sent)
        for kirjaus in sent:
            jakso = next(each for each in self.writer.jaksot.values() if each.pk == kirjaus.jakso_id)
            kirjaus.tila = kirjaus.tila if jakso.is_in_finishing else Kirjaus.Tila.LAHETETTY
            kirjaus.versio, kirjaus.muokattu = kirjaus.versio + 1, now
        self.writer.save_changed(Kirjaus, sent)

    # --- risks

    def _new_riski(self, toimenpide_id, riski):
        text = riski.teksti[1]
        return (self.kunta, self.writer.strategia.pk, toimenpide_id, riski.jarjestys, text, text)

    def _change_riskit(self):
        planned = {riski.riski_id: riski for row, _pk in self.rows for riski in row.riskit if riski.riski_id}
        objects = self._take(Riski, planned, _text_of)
        for pk, riski in objects.items():
            riski.teksti = riski.alkuperainen = planned[pk].teksti[1]
        return list(objects.values())


def _text_of(planned):
    return {"teksti": planned.teksti}
