"""Plan -> rows of the database, level by level; every change is noted so that it can be undone."""

import datetime

from django.utils import timezone

from seuranta.models import Kirjaus, Seurantajakso
from strategia.models import (
    Kirjoitusasu,
    Painopiste,
    Strategia,
    StrateginenTavoite,
    Toimenpide,
    Toimiala,
    Toimielin,
)
from strategia.nimet import avain

from ..layout.headings import is_period
from ..plan import TUONNIN_MERKKI
from ..plan.changes import years_in_force
from .historia import copy_to_history

KIRJAUKSEN_KENTAT = [
    "toteutumisaste",
    "syy",
    "kommentti",
    "sisainen_huomio",
    "tila",
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


class Writer:
    """One import: the objects it needs by their keys, found or made level by level."""

    def __init__(self, tuonti, plan, by):
        self.tuonti, self.kunta, self.plan, self.by = tuonti, tuonti.kunta, plan, by
        self.register = plan.register
        self.reason = f"{TUONNIN_MERKKI} {tuonti.pk}"
        self.changes = []

    def write(self):
        """Write the whole plan; returns [change] as undo wants them."""
        self.strategia = self._get_strategia()
        self.toimialat = self._get_names(Toimiala, self.register.toimialat, [row.toimiala for row in self.plan.rows])
        self.toimielimet = self._get_names(
            Toimielin, self.register.toimielimet, [row.rivi.toimielin for row in self.plan.rows]
        )
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
        if strategia.sarakkeet:
            return bool(confirmed)
        # A heading that names a time ("kesä", "osavuosikatsaus II") is no word for what stands below it next year.
        strategia.sanasto = {rooli: sana for rooli, sana in luettu.headings.items() if not is_period(sana)}
        strategia.sarakkeet = list(_own_columns(luettu))
        strategia.asteikko = strategia.asteikko or {str(aste): nimi for aste, nimi in luettu.labels.items()}
        strategia.esitys = luettu.esitys or strategia.esitys
        return True

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
        """Make and change toimenpiteet; returns them in the order of the plan's rows."""
        existing = self.register.by_id
        last = max((t.jarjestys for t in existing.values()), default=0)
        new, changed, rows = [], [], []
        for order, row in enumerate(self.plan.rows, start=last + 1):
            toimenpide = existing.get(row.toimenpide_id) or Toimenpide(
                kunta=self.kunta, kerta=row.kerta, jarjestys=order
            )
            if toimenpide.pk is None:
                self._fill(toimenpide, row)
                new.append(toimenpide)
            elif row.changes:
                self._note_change(toimenpide, TOIMENPITEEN_KENTAT)
                self._fill(toimenpide, row, only=row.changes)
                changed.append(toimenpide)
            rows.append(toimenpide)
        self._save_new(Toimenpide, new)
        self._save_changed(Toimenpide, changed, TOIMENPITEEN_KENTAT)
        return rows

    def _fill(self, toimenpide, row, only=None):
        """Put the row's values in; `only` those that the plan says change."""
        rivi = row.rivi
        values = {
            "nimi": rivi.toimenpide,
            "koodi": rivi.koodi or "",
            "toimialan_tavoite": rivi.toimialan_tavoite or "",
            "vastuu": rivi.vastuu or "",
            "riski": rivi.riski or "",
            "mittari": rivi.mittari or "",
            "sdg": list(rivi.sdg),
            "tavoite": self.tavoitteet[(avain(row.painopiste), avain(row.tavoite))],
            "toimiala": self.toimialat.get(avain(row.toimiala)) if row.toimiala else None,
            "toimielin": self.toimielimet.get(avain(rivi.toimielin)) if rivi.toimielin else None,
            **years_in_force(rivi),
        }
        for name, value in values.items():
            if only is None or name in only:
                setattr(toimenpide, name, value)

    def _write_kirjaukset(self, toimenpiteet):
        jaksot = self._get_jaksot()
        existing = {kirjaus.pk: kirjaus for kirjaus in self.register.kirjaukset.values()}
        new, changed = [], []
        for row, toimenpide in zip(self.plan.rows, toimenpiteet, strict=True):
            for planned in row.kirjaukset:
                if not planned.changes:
                    continue
                kirjaus = existing.get(planned.kirjaus_id) or Kirjaus(
                    kunta=self.kunta, jakso=jaksot[avain(planned.jakso)], toimenpide=toimenpide
                )
                if kirjaus.pk:
                    self._note_change(kirjaus, KIRJAUKSEN_KENTAT)
                (changed if kirjaus.pk else new).append(self._fill_kirjaus(kirjaus, planned.changes))
        self._save_new(Kirjaus, new)
        self._save_changed(Kirjaus, changed, KIRJAUKSEN_KENTAT)

    def _fill_kirjaus(self, kirjaus, changes):
        for name, (_before, after) in changes.items():
            setattr(kirjaus, name, after)
        if kirjaus.tila in (Kirjaus.Tila.EI_VASTATTU, Kirjaus.Tila.LUONNOS):
            kirjaus.tila = Kirjaus.Tila.LAHETETTY  # the sheet's answers have been gathered already
            kirjaus.lahetetty = timezone.now()
        kirjaus.versio += 1
        kirjaus.muokattu = timezone.now()
        kirjaus.tuonti = self.tuonti
        return kirjaus

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
        """End the toimenpiteet that the file lacks and a person chose: in force until yesterday."""
        ended = [self.register.by_id[p.id] for p in self.plan.ended]
        for toimenpide in ended:
            self._note_change(toimenpide, TOIMENPITEEN_KENTAT)
            toimenpide.voimassa_asti = timezone.localdate() - datetime.timedelta(days=1)
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
                    spellings.append(Kirjoitusasu(kunta=self.kunta, asu=old, avain=avain(old), toimenpide=toimenpide))
        if spellings:
            known = set(Kirjoitusasu.objects.filter(kunta=self.kunta).values_list("avain", flat=True))
            new = {spelling.avain: spelling for spelling in spellings if spelling.avain not in known}
            self._create(Kirjoitusasu, list(new.values()))

    def _save_new(self, model, objects):
        self._keep_history(model, self._create(model, objects), kind="+")

    def _save_changed(self, model, objects, fields):
        """Write by "insert or update": a row there already is updated, in one statement for all of them."""
        if objects:
            model.objects.bulk_create(objects, update_conflicts=True, unique_fields=["id"], update_fields=fields)
            self._keep_history(model, objects, kind="~")

    def _keep_history(self, model, objects, *, kind):
        if objects:
            copy_to_history(model, [each.pk for each in objects], kind=kind, reason=self.reason, by=self.by)

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


def plain(value):
    """As JSON keeps it."""
    return value.isoformat() if hasattr(value, "isoformat") else value
