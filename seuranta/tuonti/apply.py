"""Plan -> database: the only writer of the pipeline, in one transaction."""

import hashlib

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from seuranta.models import Kirjaus, Seurantajakso, Tuonti
from strategia.models import (
    Kunta,
    Painopiste,
    Strategia,
    StrateginenTavoite,
    Toimenpide,
    Toimiala,
    Toimielin,
)
from strategia.nimet import avain

from .layout.headings import is_period
from .plan import TUONNIN_MERKKI, Plan, build_plan

KIRJAUKSEN_KENTAT = ["toteutumisaste", "syy", "kommentti", "sisainen_huomio", "tila", "versio", "muokattu", "tuonti"]


class SuunnitelmaMuuttui(Exception):
    """The register changed between the plan that was shown and the write. Carries the new plan."""

    def __init__(self, plan):
        super().__init__("Tiedot muuttuivat esikatselun jälkeen.")
        self.plan = plan


def apply_plan(plan: Plan, *, data: bytes, name: str, by=None) -> Tuonti:
    """Write the plan and the file it came from; returns the Tuonti with its counts and changes.

    The plan is made again under a lock of the kunta: if it would now write anything else than the plan
    given, nothing is written and SuunnitelmaMuuttui tells the new one. Two imports of one kunta queue.
    """
    with transaction.atomic():
        kunta = _lock_kunta(plan.target.kunta)
        current = build_plan(plan.luettu, plan.target)
        if current.fingerprint != plan.fingerprint or not current.is_writable:
            raise SuunnitelmaMuuttui(current)
        return _Writer(kunta, current, by).write(data, name)


def _lock_kunta(nimi):
    kunta, _created = Kunta.objects.get_or_create(avain=avain(nimi), defaults={"nimi": nimi, "virallinen_nimi": nimi})
    return Kunta.objects.select_for_update().get(pk=kunta.pk)


class _Writer:
    """One import: the objects it needs by their keys, found or made level by level."""

    def __init__(self, kunta, plan, by):
        self.kunta, self.plan, self.by = kunta, plan, by
        self.changes = []

    def write(self, data, name):
        self.tuonti = self._store_file(data, name)
        self.strategia = self._get_strategia()
        self.toimialat = self._get_names(Toimiala, [row.toimiala for row in self.plan.rows])
        self.toimielimet = self._get_names(Toimielin, [row.rivi.toimielin for row in self.plan.rows])
        self.painopisteet = self._get_painopisteet()
        self.tavoitteet = self._get_tavoitteet()
        toimenpiteet = self._write_toimenpiteet()
        self._write_kirjaukset(toimenpiteet)
        return self._finish()

    def _store_file(self, data, name):
        tuonti = Tuonti(
            kunta=self.kunta,
            tiedostonimi=name[:255],
            sha256=hashlib.sha256(data).hexdigest(),
            tekija=self.by,
            tallennettu=timezone.now(),
            tila=Tuonti.Tila.TALLENNETTU,
            sormenjalki=self.plan.fingerprint,
            luvut=self.plan.counts,
        )
        tuonti.tiedosto.save(name, ContentFile(data), save=False)
        tuonti.save()
        self.reason = f"{TUONNIN_MERKKI} {tuonti.pk}"
        return tuonti

    def _get_strategia(self):
        luettu = self.plan.luettu
        strategia, created = Strategia.objects.get_or_create(
            kunta=self.kunta, avain=avain(self.plan.strategia), defaults={"nimi": self.plan.strategia}
        )
        if created:
            self._note("strategia", strategia)
        if not strategia.sarakkeet:
            # The sheet's own headings and their order become the words and the columns of the report. A heading
            # that names a time ("kesä", "osavuosikatsaus II") is no word for what stands below it next year.
            strategia.sanasto = {rooli: sana for rooli, sana in luettu.headings.items() if not is_period(sana)}
            strategia.sarakkeet = [{"rooli": rooli, "otsikko": otsikko} for rooli, otsikko, _jakso in luettu.columns]
            strategia.asteikko = {str(aste): nimi for aste, nimi in luettu.labels.items()}
            strategia.esitys = luettu.esitys or strategia.esitys
            strategia.save()
        return strategia

    def _get_names(self, model, names):
        """{avain: object} of the kunta's toimialat or toimielimet; those not known yet are made."""
        known = {o.avain: o for o in model.objects.filter(kunta=self.kunta)}
        wanted = {avain(nimi): nimi for nimi in names if nimi}
        new = [
            model(kunta=self.kunta, nimi=nimi, jarjestys=len(known) + order)
            for order, (key, nimi) in enumerate(wanted.items(), start=1)
            if key not in known
        ]
        return known | {o.avain: o for o in self._create(model, new)}

    def _get_painopisteet(self):
        known = {p.avain: p for p in Painopiste.objects.filter(strategia=self.strategia)}
        wanted = {avain(row.painopiste): row.painopiste for row in reversed(self.plan.rows)}
        new = [
            Painopiste(kunta=self.kunta, strategia=self.strategia, nimi=nimi, jarjestys=len(known) + order)
            for order, (key, nimi) in enumerate(reversed(wanted.items()), start=1)
            if key not in known
        ]
        return known | {o.avain: o for o in self._create(Painopiste, new)}

    def _get_tavoitteet(self):
        """{(painopiste's avain, tavoite's avain): StrateginenTavoite}"""
        found = StrateginenTavoite.objects.filter(painopiste__strategia=self.strategia).select_related("painopiste")
        known = {(t.painopiste.avain, t.avain): t for t in found}
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
        return known | {(t.painopiste.avain, t.avain): t for t in self._create(StrateginenTavoite, new)}

    def _create(self, model, objects):
        created = model.objects.bulk_create(objects) if objects else []
        for each in created:
            self._note(model._meta.model_name, each)
        return created

    def _write_toimenpiteet(self):
        """Make and change toimenpiteet; returns them in the order of the plan's rows."""
        existing = Toimenpide.objects.in_bulk([row.toimenpide_id for row in self.plan.rows if row.toimenpide_id])
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
                self._note_change("toimenpide", toimenpide, row.changes)
                self._fill(toimenpide, row, only=row.changes)
                changed.append(toimenpide)
            rows.append(toimenpide)
        self._save_new(Toimenpide, new)
        fields = ["nimi", "avain", "koodi", "tavoite", "toimiala", "toimielin", "sdg", "haku"]
        self._save_changed(Toimenpide, changed, [*fields, "toimialan_tavoite", "vastuu", "riski", "mittari"])
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
        }
        for name, value in values.items():
            if only is None or name in only:
                setattr(toimenpide, name, value)
        for field in ("avain", "haku"):  # bulk_update does not compute what save() would
            Toimenpide._meta.get_field(field).pre_save(toimenpide, add=False)

    def _write_kirjaukset(self, toimenpiteet):
        jaksot = self._get_jaksot()
        ids = [k.kirjaus_id for row in self.plan.rows for k in row.kirjaukset if k.kirjaus_id and k.changes]
        existing = Kirjaus.objects.in_bulk(ids)
        new, changed = [], []
        for row, toimenpide in zip(self.plan.rows, toimenpiteet, strict=True):
            for planned in row.kirjaukset:
                if not planned.changes:
                    continue
                kirjaus = existing.get(planned.kirjaus_id) or Kirjaus(
                    kunta=self.kunta, jakso=jaksot[avain(planned.jakso)], toimenpide=toimenpide
                )
                if kirjaus.pk:
                    self._note_change("kirjaus", kirjaus, planned.changes)
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
        known = {j.avain: j for j in Seurantajakso.objects.filter(strategia=self.strategia)}
        for nimi in self.plan.luettu.jaksot:
            if avain(nimi) not in known:
                jakso = Seurantajakso(
                    kunta=self.kunta,
                    strategia=self.strategia,
                    nimi=nimi,
                    tyyppi=_guess_tyyppi(nimi),
                    tila=Seurantajakso.Tila.AVOINNA,
                    jarjestys=max((j.jarjestys for j in known.values()), default=0) + 1,
                )
                jakso._history_user, jakso._change_reason = self.by, self.reason
                jakso.save()
                known[jakso.avain] = jakso
                self._note("seurantajakso", jakso)
        return known

    def _save_new(self, model, objects):
        if objects:
            created = bulk_create_with_history(objects, model, default_user=self.by, default_change_reason=self.reason)
            for each in created:
                self._note(model._meta.model_name, each)

    def _save_changed(self, model, objects, fields):
        if objects:
            bulk_update_with_history(objects, model, fields, default_user=self.by, default_change_reason=self.reason)

    def _note(self, model_name, created):
        self.changes.append({"malli": model_name, "id": created.pk, "luotu": True})

    def _note_change(self, model_name, changed, changes):
        before = {name: pair[0] for name, pair in changes.items()}
        self.changes.append({"malli": model_name, "id": changed.pk, "luotu": False, "ennen": before})

    def _finish(self):
        self.tuonti.strategia = self.strategia
        self.tuonti.muutokset = self.changes
        self.tuonti.save()
        return self.tuonti


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
