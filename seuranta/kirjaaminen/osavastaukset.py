"""The units' answers of the entry page as they were posted -> saved ones, and those that need the person."""

import re
from dataclasses import replace

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from strategia.models import NIMEN_PITUUS
from strategia.nimet import avain
from strategia.teksti import clean_stored

from ..models import (
    KIRJOITTAJA,
    KOMMENTIN_PITUUS,
    OSAN_KENTAT,
    OSIA_ENINTAAN,
    Kirjaus,
    Osavastaus,
    Toteutumisaste,
    Yksikkovastaus,
)
from .forms import plain_newlines
from .rivi import Ristiriita
from .yksikko import Yksikko

OSAN_POSTATUT = ("nimi", "aste", "kommentti")
_VERSIO = re.compile(r"(?P<prefix>t[0-9]+-[on][0-9]{1,18})-versio")


class OsaForm(forms.Form):
    """One unit as it was posted. What its page did not ask is not asked here."""

    versio = forms.IntegerField(min_value=0, max_value=2**31 - 1)
    id = forms.IntegerField(min_value=1, max_value=2**63 - 1, required=False)
    nahty = forms.IntegerField(min_value=0, max_value=2**31 - 1, required=False)  # the other text that was shown
    nimi = forms.CharField(required=False, max_length=NIMEN_PITUUS)
    aste = forms.TypedChoiceField(
        choices=[("", ""), *Toteutumisaste.choices], required=False, coerce=int, empty_value=None
    )
    kommentti = forms.CharField(required=False, max_length=KOMMENTIN_PITUUS)

    def clean(self):
        cleaned = super().clean()
        is_asked = self.add_prefix("nimi") in self.data and "nimi" not in self.errors
        if is_asked and not cleaned["nimi"] and (cleaned.get("aste") or cleaned.get("kommentti")):
            self.add_error("nimi", ValidationError(_("Kirjoita, mikä yksikkö vastaa.")))
        return cleaned

    def vastaus(self, osa):
        """The cleaned fields as a Yksikkovastaus."""
        cleaned = self.cleaned_data
        asked = {"nimi": "nimi", "toteutumisaste": "aste", "kommentti": "kommentti"}
        return Yksikkovastaus(
            nimi=" ".join(cleaned["nimi"].split()) or osa.osa.nimi,
            toteutumisaste=cleaned["aste"],
            kommentti=plain_newlines(cleaned["kommentti"]),
            pk=osa.pk,
            versio=cleaned["versio"],
            kysytyt=tuple(name for name in OSAN_KENTAT if self.add_prefix(asked[name]) in self.data),
        )


def save_units(jakso, rows, data, *, by):
    """Save what `data` (a POST) says of the units of these rows, before their kirjaukset.

    What is not saved stays on its row, as it was posted. Raises SuljettuJakso.
    """
    written = []
    for row in (each for each in rows if not each.on_kortti):
        _read_row(row, data)
        vastaukset = {osa.prefix: _answer_of(row, osa, data) for osa in row.osat if not osa.errors}
        told = {prefix: vastaus for prefix, vastaus in vastaukset.items() if vastaus}
        if any(_changes(osa, told[osa.prefix]) for osa in row.osat if osa.prefix in told):
            _record(jakso, row, told, by)
            written.append(row)
        row.osat = [osa for osa in row.osat if osa.pk or osa.prefix not in data.getlist("poista_osa")]
    if written:
        jakso.on_osia = True
        _look_again(jakso, written)


def _read_row(row, data):
    """Every unit that was posted gets its form; one that was saved before on this very page is known by its id."""
    stored = {osa.osa.pk: osa for osa in row.osat if osa.osa.pk}
    found = (_VERSIO.fullmatch(name) for name in data if name.startswith(f"{row.prefix}-"))
    posted = [each["prefix"] for each in found if each]
    osat = {osa.prefix: osa for osa in row.osat}
    for prefix in posted[: 2 * OSIA_ENINTAAN]:
        if data.get("ratkaise") == f"{prefix}:tallennettu":
            continue
        form = OsaForm(data, prefix=prefix)
        form.full_clean()
        osa = _osa_of(prefix, form.cleaned_data.get("id"), osat, stored)
        osat[prefix] = osa
        osa.form, osa.perusta = form, form.cleaned_data.get("versio", osa.osa.versio)
        osa.posted = {name: data[key] for name in OSAN_POSTATUT if (key := f"{prefix}-{name}") in data}
        if not osa.on_oma:
            osa.posted.pop("kommentti", None)
    shown = {osa.osa.pk: osa for osa in osat.values() if osa.osa.pk and osa.form}
    row.osat = [osa for osa in osat.values() if not osa.osa.pk or shown.get(osa.osa.pk, osa) is osa]
    _refuse_twins(row)


def _osa_of(prefix, pk, osat, stored):
    """The Yksikko that was posted by this name."""
    if pk in stored:
        known = stored[pk]
        return known if known.prefix == prefix else Yksikko(known.osa, prefix, known.ennen, known.on_oma)
    if pk is None:
        return osat.get(prefix) or Yksikko(Osavastaus(), prefix)
    return Yksikko(Osavastaus(), prefix, poistui=True)


def _refuse_twins(row):
    seen = set()
    for osa in row.osat:
        key = avain(osa.nimi)
        if osa.nimi.strip() and key in seen and osa.form and not osa.errors:
            osa.form.add_error("nimi", _("Tämänniminen yksikkö on rivillä jo."))
        seen.add(key)


def _answer_of(row, osa, data):
    """The Yksikkovastaus of one that was posted; None where nothing is said by it."""
    if osa.form is None:
        return None
    vastaus = osa.form.vastaus(osa)
    if not osa.on_oma:
        vastaus = replace(vastaus, kysytyt=("toteutumisaste",))
    if osa.poistui:
        _refuse_removed(osa, vastaus)
        return None
    if data.get("ratkaise") == f"{osa.prefix}:oma":
        vastaus = replace(vastaus, versio=osa.form.cleaned_data["nahty"] or 0)
    if osa.pk:
        is_removed = osa.prefix in data.getlist("poista_osa") or not osa.nimi.strip()
        return replace(vastaus, poista=is_removed and osa.on_oma, nimi=vastaus.nimi or osa.osa.nimi)
    if data.get("ei_muutosta") == row.tunnus and osa.ennen and not (vastaus.toteutumisaste or vastaus.kommentti):
        last = osa.ennen
        return replace(vastaus, toteutumisaste=last.toteutumisaste, kommentti=clean_stored(last.kommentti))
    is_told = vastaus.toteutumisaste or vastaus.kommentti or not osa.ennen or vastaus.nimi != osa.osa.nimi
    return vastaus if vastaus.nimi and is_told and osa.prefix not in data.getlist("poista_osa") else None


def _refuse_removed(osa, vastaus):
    """Another took the unit away: what was only sent along goes with it, what was written waits for the person."""
    pk, versio = osa.form.cleaned_data["id"], vastaus.versio
    base = Osavastaus.history.filter(id=pk, versio=versio).values_list(*OSAN_KENTAT).first()
    if base is None or vastaus.values(base) != base:
        osa.form.add_error("nimi", _("Toinen on poistanut yksikön. Jos se kuuluu riville, tallenna uudelleen."))


def _changes(osa, vastaus):
    if vastaus.poista or vastaus.versio != osa.osa.versio or not osa.pk:
        return True
    return vastaus.values(osa.osa.texts()) != osa.osa.texts()


def _record(jakso, row, told, by):
    by_prefix = {osa.prefix: osa for osa in row.osat}
    by_vastaus = {id(vastaus): by_prefix[prefix] for prefix, vastaus in told.items()}
    saved, conflicts = Osavastaus.objects.record(jakso, row.toimenpide, list(told.values()), by=by)
    by_name = {osa.avain: osa for osa in saved}
    by_pk = {osa.pk: osa for osa in saved if osa.pk}
    for osa in by_prefix.values():
        new = by_pk.get(osa.osa.pk) or (by_name.get(avain(osa.nimi)) if not osa.osa.pk and osa.prefix in told else None)
        if new:
            osa.take(new)
    removed = {prefix for prefix, vastaus in told.items() if vastaus.poista}
    in_conflict = {by_vastaus[id(mine)].prefix for _theirs, mine in conflicts}
    row.osat = [osa for osa in row.osat if osa.prefix not in removed - in_conflict]
    _mark_conflicts([(by_vastaus[id(mine)], theirs) for theirs, mine in conflicts], by)


def _mark_conflicts(pairs, by):
    """[(Yksikko, osavastaus as another left it)]: both on it, with who wrote the other and when."""
    writers = find_writer([theirs for _osa, theirs in pairs], by) if pairs else {}
    for osa, theirs in pairs:
        osa.osa, osa.ristiriita = theirs, writers[theirs.pk]


def find_writer(osat, by):
    """{osavastaus's id: the Ristiriita that tells who wrote it last}; one query."""
    history = Osavastaus.history.filter(id__in=[osa.pk for osa in osat]).select_related(*KIRJOITTAJA)
    last, found = {row.id: row for row in history.order_by("history_id")}, {}
    for osa in osat:
        written = last.get(osa.pk)
        writer, when = (written.history_user, written.history_date) if written else (None, osa.muokattu)
        kuka = written.kirjoittaja if written else ""
        found[osa.pk] = Ristiriita(kuka, when, is_own=writer == by, is_returned=False)
    return found


def _look_again(jakso, rows):
    """What was written of a unit has made the kirjaus, or changed it where it was sent."""
    of = {row.toimenpide.pk: row for row in rows}
    for kirjaus in Kirjaus.objects.filter(jakso=jakso, toimenpide__in=of):
        kirjaus.jakso, row = jakso, of[kirjaus.toimenpide_id]
        row.tallentui = row.tallentui or row.kirjaus.versio != kirjaus.versio or not row.has_unsettled_osat
        row.kirjaus = kirjaus
