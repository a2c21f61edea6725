"""Plan -> rows of the database, level by level; every change is noted so that it can be undone."""

import datetime

from django.utils import timezone

from seuranta.models import Kirjaus, Seurantajakso, join_published
from seuranta.taulukko.layout.headings import is_period
from seuranta.tiedosto.kumous import plain
from strategia.models import (
    LISAKENTAT,
    Kirjoitusasu,
    Painopiste,
    Strategia,
    StrateginenTavoite,
    Toimenpide,
    Toimiala,
    Toimielin,
)
from strategia.nimet import avain, searchable

from .historia import copy_to_history
from .lisays import insert_rows

_EI_VASTATTU = Kirjaus.Syy.EI_VASTATTU.value
_LAHETETTY = Kirjaus.Tila.LAHETETTY.value  # the sheet's answers have been gathered already

KIRJAUKSEN_KENTAT = [
    "toteutumisaste",
    "syy",
    "kommentti",
    *LISAKENTAT,
    "sisainen_huomio",
    "tila",
    "ei_muutosta",
    "kirjaajan_kommentti",
    "kirjaajan_lisat",
    "versio",
    "muokattu",
    "lahetetty",
    "tuonti",
    "haku",
]


TOIMENPITEEN_KENTAT = [
    "nimi",
    "avain",
    "koodi",
    "tavoite",
    "toimialan_tavoite",
    "toimiala",
    "toimielin",
    "vastuu",
    "riski",
    "mittari",
    "sdg",
    "voimassa_alkaen",
    "voimassa_asti",
    "haku",
]


# What a new row is given; the rest of its fields begin with their defaults.
UUDEN_TOIMENPITEEN_KENTAT = [
    *("kunta_id", "jarjestys", "kerta", "haku", "avain", "nimi", "koodi", "toimialan_tavoite", "vastuu", "riski"),
    *("mittari", "sdg", "tavoite_id", "toimiala_id", "toimielin_id", "voimassa_alkaen", "voimassa_asti"),
]
UUDEN_KIRJAUKSEN_KENTAT = [
    *("kunta_id", "jakso_id", "toimenpide_id", "toteutumisaste", "syy", "kommentti", *LISAKENTAT),
    *("sisainen_huomio", "tila", "versio", "muokattu", "lahetetty", "tuonti_id", "haku"),
]


class RiviMuuttui(Exception):
    """Another has saved or taken away a row between the plan and the write: the plan has to be made anew."""


def take(model, ids):
    """{id: object}, from now on this transaction's alone to write; in order, so that no two wait for each other."""
    rows = model.objects.select_for_update(of=("self",), no_key=True).order_by("pk").in_bulk(ids) if ids else {}
    if len(rows) != len(set(ids)):
        raise RiviMuuttui
    return rows


class Writer:
    """One import: the objects it needs by their keys, found or made level by level."""

    def __init__(self, tuonti, plan, by):
        self.tuonti, self.kunta, self.plan, self.by = tuonti, tuonti.kunta, plan, by
        self.register = plan.register
        self.reason = tuonti.merkki
        self.changes = []

    def write(self):
        """Write the whole plan; returns [change] as undo wants them."""
        self.strategia = self._get_strategia()
        self.toimialat = self._get_names(Toimiala, self.register.toimialat, [row.toimiala for row in self.plan.rows])
        self.toimielimet = self._get_names(Toimielin, self.register.toimielimet, self._new_toimielimet())
        self.painopisteet = self._get_painopisteet()
        self.tavoitteet = self._get_tavoitteet()
        toimenpiteet = self._write_toimenpiteet()
        self._write_kirjaukset(toimenpiteet)
        self._end_missing()
        self._remember_spellings(toimenpiteet)
        self.tuonti.strategia = self.strategia
        return self.changes

    def _get_strategia(self):
        strategia = self.register.strategia
        if strategia:
            self._note_change(strategia, ["sanasto", "sarakkeet", "asteikko", "esitys"])
        else:
            strategia = Strategia(kunta=self.kunta, nimi=self.plan.strategia)
        if self._put_words(strategia) or strategia.pk is None:
            is_new = strategia.pk is None
            strategia.save()
            if is_new:
                self._note("strategia", strategia)
        return strategia

    def _put_words(self, strategia):
        """The sheet's own headings and their order become the words and the columns of the report; was any put?"""
        luettu, confirmed = self.plan.luettu, self.plan.target.asteikko
        if confirmed:
            strategia.asteikko = confirmed
        chosen = [sarake for sarake in strategia.sarakkeet if sarake["rooli"] in LISAKENTAT]
        if strategia.sarakkeet != chosen:
            return self._put_new_lisakentat(strategia) or bool(confirmed)
        # A heading that names a time ("kesä", "osavuosikatsaus II") is no word for what stands below it next year.
        strategia.sanasto = {rooli: sana for rooli, sana in luettu.headings.items() if not is_period(sana)}
        own = list(_own_columns(luettu))
        strategia.sarakkeet = own + [each for each in chosen if each["rooli"] not in {e["rooli"] for e in own}]
        strategia.asteikko = strategia.asteikko or {str(aste): nimi for aste, nimi in luettu.labels.items()}
        if luettu.jaksot:  # a plan without a jakso tells nothing of how its scores will be shown
            strategia.esitys = luettu.esitys
        return True

    def _put_new_lisakentat(self, strategia):
        """What the strategia has not asked and the file answers becomes a column of it; was there any?"""
        known, luettu = {sarake["rooli"] for sarake in strategia.sarakkeet}, self.plan.luettu
        arvot = [arvo for rivi in luettu.rows for arvo in rivi.kirjaukset]
        new = [nimi for nimi in LISAKENTAT if nimi not in known and any(getattr(arvo, nimi) for arvo in arvot)]
        strategia.sarakkeet = [*strategia.sarakkeet, *(c for c in _own_columns(luettu) if c["rooli"] in new)]
        words = {nimi: luettu.headings[nimi] for nimi in new if not is_period(luettu.headings[nimi])}
        strategia.sanasto = words | strategia.sanasto
        return bool(new)

    def _new_toimielimet(self):
        """Names that neither a toimielin nor a spelling decided earlier has."""
        names = dict.fromkeys(row.rivi.toimielin for row in self.plan.rows if row.rivi.toimielin)
        return [nimi for nimi in names if not self.register.find_toimielin(nimi)]

    def _get_names(self, model, known, names):
        """{avain: object} of the kunta's toimialat or toimielimet; those not known yet are made."""
        wanted = {avain(nimi): nimi for nimi in names if nimi}
        new = [
            model(kunta=self.kunta, nimi=nimi, jarjestys=len(known) + order)
            for order, (key, nimi) in enumerate(wanted.items(), start=1)
            if key not in known
        ]
        return known | {o.avain: o for o in self._create(model, new)}

    def _get_painopisteet(self):
        known, wanted = self.register.painopisteet, {}
        for row in self.plan.rows:
            wanted.setdefault(avain(row.painopiste), row.painopiste)
        new = [
            Painopiste(kunta=self.kunta, strategia=self.strategia, nimi=nimi, jarjestys=len(known) + order)
            for order, (key, nimi) in enumerate(wanted.items(), start=1)
            if key not in known
        ]
        return known | {o.avain: o for o in self._create(Painopiste, new)}

    def _get_tavoitteet(self):
        """{(painopiste's avain, tavoite's avain): StrateginenTavoite}"""
        keys = {painopiste.pk: key for key, painopiste in self.painopisteet.items()}
        known = {(keys[pk], key): tavoite for (pk, key), tavoite in self.register.tavoitteet.items()}
        wanted = {}
        for row in self.plan.rows:
            wanted.setdefault((avain(row.painopiste), avain(row.tavoite)), row.tavoite)
        new = [
            StrateginenTavoite(
                kunta=self.kunta, painopiste=self.painopisteet[key[0]], nimi=nimi, jarjestys=len(known) + order
            )
            for order, (key, nimi) in enumerate(wanted.items(), start=1)
            if key not in known
        ]
        return known | {(keys[t.painopiste_id], t.avain): t for t in self._create(StrateginenTavoite, new)}

    def _create(self, model, objects):
        created = model.objects.bulk_create(objects) if objects else []
        for each in created:
            self._note(model._meta.model_name, each)
        return created

    def _write_toimenpiteet(self):
        """Make and change toimenpiteet; returns their ids in the order of the plan's rows."""
        rows = self.plan.rows
        last = max((t.jarjestys for t in self.register.by_id.values()), default=0)
        new = [self._new_toimenpide(row, order) for order, row in enumerate(rows, last + 1) if not row.toimenpide_id]
        self._change_toimenpiteet([row for row in rows if row.toimenpide_id and row.changes])
        made = iter(self._insert(Toimenpide, UUDEN_TOIMENPITEEN_KENTAT, new))
        return [row.toimenpide_id or next(made) for row in rows]

    def _new_toimenpide(self, row, order):
        values = self._values(row)
        haku = searchable("\n".join((values["koodi"], values["nimi"], values["vastuu"])))
        return (self.kunta.pk, order, row.kerta, haku, avain(values["nimi"]), *values.values())

    def _values(self, row):
        """What the row says, in the order of UUDEN_TOIMENPITEEN_KENTAT."""
        rivi = row.rivi
        return {
            "nimi": rivi.toimenpide,
            "koodi": rivi.koodi or "",
            "toimialan_tavoite": rivi.toimialan_tavoite or "",
            "vastuu": rivi.vastuu or "",
            "riski": rivi.riski or "",
            "mittari": rivi.mittari or "",
            "sdg": list(rivi.sdg),
            "tavoite_id": self.tavoitteet[(avain(row.painopiste), avain(row.tavoite))].pk,
            "toimiala_id": self.toimialat[avain(row.toimiala)].pk if row.toimiala else None,
            "toimielin_id": self._toimielin_id(rivi.toimielin),
            "voimassa_alkaen": row.voimassa[0],
            "voimassa_asti": row.voimassa[1],
        }

    def _toimielin_id(self, nimi):
        known = self.register.find_toimielin(nimi) if nimi else None
        return known.pk if known else self.toimielimet[avain(nimi)].pk if nimi else None

    def _change_toimenpiteet(self, rows):
        """Put in the values that the plan says change."""
        objects = take(Toimenpide, [row.toimenpide_id for row in rows])
        for row in rows:
            toimenpide, values = objects[row.toimenpide_id], self._values(row)
            self._note_change(toimenpide, TOIMENPITEEN_KENTAT)
            for name in row.changes:
                attribute = Toimenpide._meta.get_field(name).attname
                setattr(toimenpide, attribute, values[attribute])
        self._save_changed(Toimenpide, list(objects.values()), TOIMENPITEEN_KENTAT)

    def _write_kirjaukset(self, toimenpiteet):
        jaksot = self._get_jaksot()
        planned = [
            (kirjaus, toimenpide)
            for row, toimenpide in zip(self.plan.rows, toimenpiteet, strict=True)
            for kirjaus in row.kirjaukset
            if kirjaus.changes
        ]
        self._change_kirjaukset([(each, jaksot[avain(each.jakso)]) for each, _id in planned if each.kirjaus_id])
        now = timezone.now()
        new = [
            self._new_kirjaus(kirjaus, jaksot[avain(kirjaus.jakso)].pk, toimenpide, now)
            for kirjaus, toimenpide in planned
            if not kirjaus.kirjaus_id
        ]
        self._insert(Kirjaus, UUDEN_KIRJAUKSEN_KENTAT, new)

    def _new_kirjaus(self, planned, jakso_id, toimenpide_id, now):
        values = {name: after for name, (_before, after) in planned.changes.items()}
        return (
            *(self.kunta.pk, jakso_id, toimenpide_id, values.get("toteutumisaste")),
            *(values.get("syy", _EI_VASTATTU), values.get("kommentti", "")),
            *(values.get(name, "") for name in LISAKENTAT),
            *(values.get("sisainen_huomio", ""), _LAHETETTY, 1, now, now, self.tuonti.pk),
            searchable(join_published(values)),
        )

    def _change_kirjaukset(self, planned):
        """Put in what the plan changes of [(planned kirjaus, its jakso)] as the entry page would."""
        objects = take(Kirjaus, [each.kirjaus_id for each, _jakso in planned])
        if any(objects[each.kirjaus_id].versio != each.versio for each, _jakso in planned):
            raise RiviMuuttui
        for each, jakso in planned:
            kirjaus = objects[each.kirjaus_id]
            kirjaus.jakso = jakso
            self._note_change(kirjaus, KIRJAUKSEN_KENTAT)
            rewritten = kirjaus.reword({name: after for name, (_before, after) in each.changes.items()})
            tila, kirjaus.muokattu = kirjaus.tila, timezone.now()
            is_new = tila in (Kirjaus.Tila.EI_VASTATTU, Kirjaus.Tila.LUONNOS)
            kirjaus.tila = kirjaus.state_after(rewritten=rewritten, sent=is_new)
            if kirjaus.tila != tila:
                kirjaus.lahetetty = kirjaus.muokattu
            kirjaus.versio += 1
            kirjaus.tuonti = self.tuonti
        self._save_changed(Kirjaus, list(objects.values()), KIRJAUKSEN_KENTAT)

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
                    paattyy=self.plan.target.tilanne if len(self.plan.luettu.jaksot) == 1 else None,
                    jarjestys=max((j.jarjestys for j in known.values()), default=0) + 1,
                )
                jakso._history_user, jakso._change_reason = self.by, self.reason
                jakso.save()
                known[jakso.avain] = jakso
                self._note("seurantajakso", jakso)
        return known

    def _end_missing(self):
        """End the toimenpiteet that the file lacks and a person chose: in force until yesterday.

        One that was to begin later begins then too: it cannot end before it has begun.
        """
        yesterday = timezone.localdate() - datetime.timedelta(days=1)
        ended = list(take(Toimenpide, [p.id for p in self.plan.ended]).values())
        for toimenpide in ended:
            self._note_change(toimenpide, TOIMENPITEEN_KENTAT)
            toimenpide.voimassa_asti = yesterday
            toimenpide.voimassa_alkaen = toimenpide.voimassa_alkaen and min(toimenpide.voimassa_alkaen, yesterday)
        self._save_changed(Toimenpide, ended, TOIMENPITEEN_KENTAT)

    def _remember_spellings(self, toimenpiteet):
        """What a person decided of a name holds for the next file too."""
        target = self.plan.target
        spellings = []
        for row, toimenpide in zip(self.plan.rows, toimenpiteet, strict=True):
            sheet_name = row.rivi.toimiala
            if sheet_name and target.toimialat.get(avain(sheet_name)):
                known = self.toimialat[avain(row.toimiala)]
                spellings.append(
                    Kirjoitusasu(kunta=self.kunta, asu=sheet_name, avain=avain(sheet_name), toimiala=known)
                )
            if row.rivi.cell in target.toimenpiteet:
                old = row.changes.get("nimi", (None,))[0]
                if old:
                    asu = Kirjoitusasu(kunta=self.kunta, asu=old, avain=avain(old), toimenpide_id=toimenpide)
                    spellings.append(asu)
        if spellings:
            known = set(Kirjoitusasu.objects.filter(kunta=self.kunta).values_list("avain", flat=True))
            new = {spelling.avain: spelling for spelling in spellings if spelling.avain not in known}
            self._create(Kirjoitusasu, list(new.values()))

    def _insert(self, model, names, rows):
        """Make the rows with their history; returns their ids in order."""
        ids = insert_rows(model, names, rows)
        self.changes += [{"malli": model._meta.model_name, "id": pk, "luotu": True} for pk in ids]
        self._keep_history(model, ids, kind="+")
        return ids

    def _save_changed(self, model, objects, fields):
        """Write by "insert or update": a row there already is updated, in one statement for all of them."""
        if objects:
            model.objects.bulk_create(objects, update_conflicts=True, unique_fields=["id"], update_fields=fields)
            self._keep_history(model, [each.pk for each in objects], kind="~")

    def _keep_history(self, model, ids, *, kind):
        if ids:
            copy_to_history(model, ids, kind=kind, reason=self.reason, by=self.by)

    def _note(self, model_name, created):
        self.changes.append({"malli": model_name, "id": created.pk, "luotu": True})

    def _note_change(self, changed, fields):
        """Keep the values as the row has them now (a relation as its id), before anything is put in."""
        before = {name: plain(changed.serializable_value(name)) for name in fields}
        self.changes.append({"malli": changed._meta.model_name, "id": changed.pk, "luotu": False, "ennen": before})


def _own_columns(luettu):
    """The sheet's columns as the strategia keeps them: what is said of each only where there is something to say."""
    jaksot = {avain(nimi) for nimi in luettu.jaksot}
    for (rooli, otsikko, jakso), above in zip(luettu.columns, luettu.above, strict=True):
        column = {"rooli": rooli, "otsikko": otsikko, "yla": above}
        if is_period(otsikko) or is_period(above):
            column["jakso"] = jakso or (luettu.jaksot[0] if len(jaksot) == 1 else "")
        if rooli == "toteutumisaste" and luettu.labels and luettu.esitys != "liikennevalo":
            column["sanoin"] = True
        yield {name: value for name, value in column.items() if value}
    if any(rivi.toimielin for rivi in luettu.rows) and all(rooli != "toimielin" for rooli, *_rest in luettu.columns):
        yield {"rooli": "toimielin", "valiotsikko": True}


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
