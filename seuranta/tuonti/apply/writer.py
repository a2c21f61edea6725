"""Plan -> rows of the database, level by level; every change is noted so that it can be undone."""

import datetime

from django.utils import timezone

from seuranta.ajankohta import named_day
from seuranta.models import Kirjaus, Seurantajakso, join_searched
from seuranta.tiedosto.kumous import as_json
from strategia.models import (
    LISAKENTAT,
    Kirjoitusasu,
    MuuToimiala,
    Painopiste,
    Strategia,
    StrateginenTavoite,
    Toimenpide,
    Toimiala,
    Toimielin,
)
from strategia.nimet import avain, searchable

from .historia import copy_to_history
from .kirjoitettavat import MUUTTUVAT_KENTAT, UUDEN_KENTAT
from .lisays import insert_rows, update_rows
from .sanasto import put_meanings, put_words

_EI_VASTATTU = Kirjaus.Syy.EI_VASTATTU.value
_LAHETETTY = Kirjaus.Tila.LAHETETTY.value  # the sheet's answers have been gathered already

STRATEGIAN_KENTAT = ["sanasto", "sarakkeet", "asteikko", "esitys", "tilasanat", "lahdeasteikko"]


class RiviMuuttui(Exception):
    """Another has saved or taken away a row between the plan and the write: the plan has to be made anew."""


def take(model, ids):
    """{id: object}, from now on this transaction's alone to write; in order, so that no two wait for each other."""
    rows = model.objects.select_for_update(of=("self",), no_key=True).order_by("pk").in_bulk(ids) if ids else {}
    if len(rows) != len(set(ids)):
        raise RiviMuuttui
    return rows


class Writer:
    """One import: the objects it needs by their keys, found or made level by level.

    taso: {model: {key: object}} of the names that rows refer to. made: {model: ids of the new rows, in order}. changes:
    as undo wants them. written: [(model, ids, kind)] as history wants them.
    """

    def __init__(self, tuonti, plan, by, *, reason):
        self.tuonti, self.kunta, self.plan, self.by, self.reason = tuonti, tuonti.kunta, plan, by, reason
        self.register = plan.register
        self.taso, self.made, self.changes, self.written = {}, {}, [], []

    def write(self, *, mittarit):
        """Write the whole plan; returns [change] as undo wants them. mittarit: writes what it says of measures."""
        self.tuonti.strategia = self.strategia = self._get_strategia()
        for model, list_names in (
            (Toimiala, self._list_toimialat),
            (Toimielin, self._list_toimielimet),
            (Painopiste, self._list_painopisteet),
            (StrateginenTavoite, self._list_tavoitteet),
            (Kirjoitusasu, self._list_spellings),
        ):
            known, new = list_names()
            self._create(model, list(new.values()))
            self.taso[model] = known | new
        self.jaksot = self._get_jaksot()
        for model, change, make_new in (
            (Toimenpide, self._change_toimenpiteet, self._list_new_toimenpiteet),
            (Kirjaus, self._change_kirjaukset, self._list_new_kirjaukset),
        ):
            self.save_changed(model, change())
            self.made[model] = self.insert(model, make_new())
        self._create(MuuToimiala, self._list_muut_toimialat())
        if self.plan.has_mittarit:
            mittarit(self).write()
        for model, ids, kind in self.written:
            copy_to_history(model, ids, kind=kind, reason=self.reason, by=self.by)
        return [as_json(change) for change in self.changes]

    def _get_strategia(self):
        strategia = self.register.strategia or Strategia(kunta=self.kunta, nimi=self.plan.strategia)
        before = _values_of(strategia, STRATEGIAN_KENTAT)
        put_words(strategia, self.plan.luettu, self.plan.target.asteikko)
        put_meanings(strategia, self.plan.target.luvusta)
        if strategia.pk is None:
            strategia.save()
            self.changes.append(_as_made(strategia))
        elif before != _values_of(strategia, STRATEGIAN_KENTAT):  # the same file again changes nothing
            strategia.save()
            self.changes.append(_as_changed(strategia, before))
        return strategia

    # --- the names: of each level those that are known, and the new ones

    def _list_toimialat(self):
        names = [nimi for row in self.plan.rows for nimi in (row.toimiala, *row.muut_toimialat) if nimi]
        wanted = {avain(nimi): nimi for nimi in names}
        return self._list_names(Toimiala, self.register.toimialat, wanted)

    def _list_toimielimet(self):
        """A name that neither a toimielin nor a spelling decided earlier has is new."""
        names = dict.fromkeys(row.rivi.toimielin for row in self.plan.rows if row.rivi.toimielin)
        wanted = {avain(nimi): nimi for nimi in names if not self.register.find_toimielin(nimi)}
        return self._list_names(Toimielin, self.register.toimielimet, wanted)

    def _list_painopisteet(self):
        wanted = {}
        for nimi in dict.fromkeys(row.painopiste for row in (*self.plan.rows, *self.plan.kohteet)):
            wanted.setdefault(avain(nimi), nimi)
        return self._list_names(Painopiste, self.register.painopisteet, wanted, strategia=self.strategia)

    def _list_names(self, model, known, wanted, **above):
        """wanted: {avain: name} -> (known, {avain: object to be made})"""
        new = {
            key: model(kunta=self.kunta, nimi=nimi, jarjestys=len(known) + order, **above)
            for order, (key, nimi) in enumerate(wanted.items(), start=1)
            if key not in known
        }
        return known, new

    def _list_tavoitteet(self):
        """By (painopiste's avain, tavoite's avain)."""
        keys = {painopiste.pk: key for key, painopiste in self.taso[Painopiste].items()}
        known = {(keys[pk], key): tavoite for (pk, key), tavoite in self.register.tavoitteet.items()}
        rows = (*self.plan.rows, *(kohde for kohde in self.plan.kohteet if kohde.tavoite))
        wanted = {}
        for painopiste, nimi in dict.fromkeys((row.painopiste, row.tavoite) for row in rows):
            wanted.setdefault((avain(painopiste), avain(nimi)), nimi)
        new = {
            key: StrateginenTavoite(
                kunta=self.kunta, painopiste=self.taso[Painopiste][key[0]], nimi=nimi, jarjestys=len(known) + order
            )
            for order, (key, nimi) in enumerate(wanted.items(), start=1)
            if key not in known
        }
        return known, new

    def _list_spellings(self):
        """What a person decided of a name holds for the next file too."""
        target, spellings = self.plan.target, {}
        for row in self.plan.rows:
            sheet_name = row.rivi.toimiala
            if sheet_name and target.toimialat.get(avain(sheet_name)):
                meant = {"toimiala": self.taso[Toimiala][avain(row.toimiala)]}
                spellings[avain(sheet_name)] = Kirjoitusasu(kunta=self.kunta, asu=sheet_name, **meant)
            old = row.changes.get("nimi", ("",))[0]
            if old and row.rivi.cell in target.toimenpiteet:
                meant = {"toimenpide_id": row.toimenpide_id}
                spellings[avain(old)] = Kirjoitusasu(kunta=self.kunta, asu=old, **meant)
        if not spellings:
            return {}, {}
        known = set(Kirjoitusasu.objects.filter(kunta=self.kunta).values_list("avain", flat=True))
        return {}, {key: spelling for key, spelling in spellings.items() if key not in known}

    def _create(self, model, objects):
        created = model.objects.bulk_create(objects) if objects else []
        self.changes += [_as_made(each) for each in created]

    # --- toimenpiteet

    def _list_new_toimenpiteet(self):
        last = max((t.jarjestys for t in self.register.by_id.values()), default=0)
        rows = enumerate(self.plan.rows, last + 1)
        return [self._new_toimenpide(row, order) for order, row in rows if not row.toimenpide_id]

    def _new_toimenpide(self, row, order):
        values = self._values(row)
        omat = "\n".join(values["omat"].values())
        haku = searchable("\n".join((values["koodi"], values["nimi"], values["vastuu"], omat)))
        return (self.kunta.pk, order, row.kerta, haku, avain(values["nimi"]), *values.values())

    def _values(self, row):
        """What the row says, in the order of UUDEN_KENTAT."""
        rivi = row.rivi
        return {
            "nimi": rivi.toimenpide,
            "koodi": rivi.koodi or "",
            "toimialan_tavoite": rivi.toimialan_tavoite or "",
            "vastuu": rivi.vastuu or "",
            "riski": rivi.riski or "",
            "mittari": rivi.mittari or "",
            "sdg": list(rivi.sdg),
            "tavoite_id": self.taso[StrateginenTavoite][avain(row.painopiste), avain(row.tavoite)].pk,
            "toimiala_id": self.taso[Toimiala][avain(row.toimiala)].pk if row.toimiala else None,
            "toimielin_id": self._toimielin_id(rivi.toimielin),
            "voimassa_alkaen": row.voimassa[0],
            "voimassa_asti": row.voimassa[1],
            "omat": row.changes["omat"][1] if "omat" in row.changes else dict(rivi.omat),
        }

    def _toimielin_id(self, nimi):
        known = self.register.find_toimielin(nimi) if nimi else None
        return known.pk if known else self.taso[Toimielin][avain(nimi)].pk if nimi else None

    def _change_toimenpiteet(self):
        """Put in the values that the plan says change, and end those that the file lacks and a person chose."""
        rows = [row for row in self.plan.rows if row.toimenpide_id and row.changes]
        objects = take(Toimenpide, [*(row.toimenpide_id for row in rows), *(each.id for each in self.plan.ended)])
        self.note_changes(objects.values())
        for row in rows:
            toimenpide, values = objects[row.toimenpide_id], self._values(row)
            for name in row.changes.keys() - {"muut_toimialat"}:
                attribute = Toimenpide._meta.get_field(name).attname
                setattr(toimenpide, attribute, values[attribute])
        for each in self.plan.ended:
            _end(objects[each.id])
        return list(objects.values())

    def _list_muut_toimialat(self):
        """The new ones; what a row does not name stays as it is."""
        if not any(row.muut_toimialat for row in self.plan.rows):
            return []
        made, found = iter(self.made[Toimenpide]), []
        for row in self.plan.rows:
            pk = row.toimenpide_id or next(made)
            before = row.changes.get("muut_toimialat", (row.muut_toimialat if row.toimenpide_id else (),))[0]
            new = [self.taso[Toimiala][avain(nimi)].pk for nimi in row.muut_toimialat if nimi not in before]
            found += [MuuToimiala(kunta=self.kunta, toimenpide_id=pk, toimiala_id=toimiala) for toimiala in new]
        return found

    # --- kirjaukset

    def _planned_kirjaukset(self):
        """[(planned kirjaus, its toimenpide's id)] of those that say something."""
        made = iter(self.made[Toimenpide])
        ids = [row.toimenpide_id or next(made) for row in self.plan.rows]
        pairs = zip(self.plan.rows, ids, strict=True)
        return [(kirjaus, pk) for row, pk in pairs for kirjaus in row.kirjaukset if kirjaus.changes]

    def _list_new_kirjaukset(self):
        now = timezone.now()
        return [
            self._new_kirjaus(kirjaus, self.jaksot[avain(kirjaus.jakso)].pk, toimenpide, now)
            for kirjaus, toimenpide in self._planned_kirjaukset()
            if not kirjaus.kirjaus_id
        ]

    def _new_kirjaus(self, planned, jakso_id, toimenpide_id, now):
        values = {name: after for name, (_before, after) in planned.changes.items()}
        return (
            *(self.kunta.pk, jakso_id, toimenpide_id, values.get("toteutumisaste")),
            *(values.get("syy", _EI_VASTATTU), values.get("alkuperainen", ""), values.get("kommentti", "")),
            *(values.get(name, "") for name in LISAKENTAT),
            *(values.get("omat", {}), values.get("sisainen_huomio", ""), _LAHETETTY, 1, now, now, self.tuonti.pk),
            searchable(join_searched(values)),
        )

    def _change_kirjaukset(self):
        """Put in what the plan changes as the entry page would."""
        planned = [each for row in self.plan.rows for each in row.kirjaukset if each.kirjaus_id and each.changes]
        objects = take(Kirjaus, [each.kirjaus_id for each in planned])
        if any(objects[each.kirjaus_id].versio != each.versio for each in planned):
            raise RiviMuuttui
        self.note_changes(objects.values())
        for each in planned:
            kirjaus = objects[each.kirjaus_id]
            kirjaus.jakso = self.jaksot[avain(each.jakso)]
            tila, kirjaus.muokattu = kirjaus.tila, timezone.now()
            is_new = tila in (Kirjaus.Tila.EI_VASTATTU, Kirjaus.Tila.LUONNOS)
            answers = each.changes.keys() != {"sisainen_huomio"}  # a remark beside a draft does not send it
            values = {name: after for name, (_before, after) in each.changes.items()}
            kirjaus.reword(values, sent=is_new and answers)
            if kirjaus.tila != tila:
                kirjaus.lahetetty = kirjaus.muokattu
            kirjaus.versio += 1
            kirjaus.tuonti = self.tuonti
        return list(objects.values())

    def _get_jaksot(self):
        known = dict(self.register.jaksot)
        for nimi in self.plan.luettu.jaksot:
            if avain(nimi) not in known:
                jakso = Seurantajakso(
                    kunta=self.kunta,
                    strategia=self.strategia,
                    nimi=nimi,
                    tyyppi=_guess_tyyppi(nimi),
                    tila=Seurantajakso.Tila.AVOINNA,
                    paattyy=self._state_day(nimi),
                )
                jakso._history_user, jakso._change_reason = self.by, self.reason
                jakso.put_in_time(sorted(known.values(), key=lambda other: (other.jarjestys, other.pk)))
                jakso.save()
                known[jakso.avain] = jakso
                self.changes.append(_as_made(jakso))
        return known

    def _state_day(self, nimi):
        """What a person said of the file's only jakso, else the day that is its name."""
        told = self.plan.target.tilanne if len(self.plan.luettu.jaksot) == 1 else None
        return told or named_day(nimi)

    # --- what is written of both

    def insert(self, model, rows):
        """Make the rows; returns their ids in order."""
        ids = insert_rows(model, UUDEN_KENTAT[model], rows)
        self.changes += [{"malli": model._meta.model_name, "id": pk, "luotu": True} for pk in ids]
        if ids:
            self.written.append((model, ids, "+"))
        return ids

    def save_changed(self, model, objects):
        """Write the rows that are there already, in one statement for all of them."""
        if objects:
            update_rows(model, MUUTTUVAT_KENTAT[model], objects)
            self.written.append((model, [each.pk for each in objects], "~"))

    def note_changes(self, objects):
        """Keep the values as the rows have them now (a relation as its id), before anything is put in."""
        for each in objects:
            self.changes.append(_as_changed(each, _values_of(each, MUUTTUVAT_KENTAT[type(each)])))


def _values_of(each, names):
    return {name: each.serializable_value(name) for name in names}


def _as_changed(each, before):
    return {"malli": each._meta.model_name, "id": each.pk, "luotu": False, "ennen": before}


def _as_made(created):
    return {"malli": created._meta.model_name, "id": created.pk, "luotu": True}


def _end(toimenpide):
    """In force until yesterday. One that was to begin later begins then too: it cannot end before it has begun."""
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    toimenpide.voimassa_asti = yesterday
    toimenpide.voimassa_alkaen = toimenpide.voimassa_alkaen and min(toimenpide.voimassa_alkaen, yesterday)


def _guess_tyyppi(nimi):
    """The type that a jakso's own name tells, else "muu"."""
    text = nimi.casefold()
    for start, tyyppi in (
        ("osavuosi", Seurantajakso.Tyyppi.OSAVUOSIKATSAUS),
        ("neljännesvuosi", Seurantajakso.Tyyppi.NELJANNESVUOSI),
        ("tilinpäätös", Seurantajakso.Tyyppi.TILINPAATOS),
    ):
        if start in text:
            return tyyppi
    return Seurantajakso.Tyyppi.MUU
