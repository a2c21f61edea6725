"""The mittarit of the entry page as they were posted -> saved values, and those that need the person."""

from dataclasses import replace

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from strategia.models import TEKSTIN_PITUUS

from ..models import Kirjaus, MittariArvo, Mittaus, PoistettuKohde
from .forms import LAHETA_VALMIIT, plain_newlines
from .rivi import Ristiriita

POISTETTU = _("Mittari on poistettu, eikä arvoa tallennettu. Kopioi se talteen.")
MITAN_KENTAT = ("teksti", "huomautus", "sisainen_huomio")


class MittausForm(forms.Form):
    """One mittari as it was posted. Any text will do for a value: a number is read only where it plainly is one."""

    versio = forms.IntegerField(min_value=0, max_value=2**31 - 1)
    nahty = forms.IntegerField(min_value=0, max_value=2**31 - 1, required=False)  # the other text that was shown
    teksti = forms.CharField(required=False, max_length=TEKSTIN_PITUUS)
    huomautus = forms.CharField(required=False, max_length=TEKSTIN_PITUUS)
    sisainen_huomio = forms.CharField(required=False, max_length=TEKSTIN_PITUUS)

    def __init__(self, *args, laheta=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.laheta = laheta

    def clean(self):
        cleaned = super().clean()
        if self.laheta and not self.errors and not (cleaned["teksti"] or cleaned["huomautus"]):
            text = _("Anna arvo tai kerro huomautuksessa, miksi sitä ei ole, ja lähetä sitten.")
            self.add_error("teksti", ValidationError(text, code="puuttuu"))
        return cleaned

    def lacks_only_arvo(self):
        """Could it be saved, only not sent?"""
        return set(self.errors) == {"teksti"} and self.has_error("teksti", code="puuttuu")

    def mittaus(self):
        """The cleaned fields as a Mittaus; what the page did not ask is None."""
        cleaned = self.cleaned_data
        texts = {
            name: plain_newlines(cleaned.get(name, "")) for name in MITAN_KENTAT if self.add_prefix(name) in self.data
        }
        return Mittaus(cleaned["versio"], **texts, laheta=self.laheta and not self.errors)


def save_measured(jakso, rows, data, *, by):
    """Save what `data` (a POST) says of the mittarit of these rows and cards, before their kirjaukset.

    What is not saved stays on its row, as it was posted. Raises SuljettuJakso.
    """
    mitat = {mitta.mittari: (row, mitta) for row in rows if row.mitat for mitta in row.mitat.rivit}
    untouched, vastaukset = _untouched(mitat, data), {}
    for mittari, (row, mitta) in mitat.items():
        if f"{mitta.prefix}-versio" not in data or data.get("ratkaise") == f"{mitta.prefix}:tallennettu":
            continue
        mittaus = _read(row, mitta, data)
        if mittaus is not None:
            vastaukset[mittari] = _hold_back(mitta, mittaus, untouched)
    if not vastaukset:
        return
    saved, conflicts = _record(jakso, vastaukset, mitat, by)
    for arvo in saved:
        mitat[arvo.mittari][1].take(arvo)
    if conflicts:
        _mark_conflicts([(mitat[theirs.mittari][1], theirs) for theirs, _mine in conflicts], by)
    _look_again(jakso, [mitat[arvo.mittari][0] for arvo in saved])


def _record(jakso, vastaukset, mitat, by):
    """As MittariArvo.objects.record; one whose mittari was removed meanwhile stops no other, and keeps its text."""
    try:
        return MittariArvo.objects.record(jakso, vastaukset, by=by)
    except PoistettuKohde as found:
        for mittari in found.kohteet:
            mitat[mittari][1].form.add_error("teksti", POISTETTU)
        there = {mittari: mittaus for mittari, mittaus in vastaukset.items() if mittari not in found.kohteet}
        return MittariArvo.objects.record(jakso, there, by=by)


def _untouched(mitat, data):
    """See forms._untouched."""
    if data.get("laheta") != LAHETA_VALMIIT:
        return set()
    return MittariArvo.objects.untouched_since_return([mitta.arvo for row, mitta in mitat.values() if row.on_kortti])


def _read(row, mitta, data):
    """The Mittaus of one; None where it cannot be saved."""
    mitta.form = form = MittausForm(data, prefix=mitta.prefix, laheta=row.on_kortti and _is_sent(row, data))
    mitta.posted = {name: data[key] for name in MITAN_KENTAT if (key := f"{mitta.prefix}-{name}") in data}
    form.full_clean()
    mitta.perusta = form.cleaned_data.get("versio", mitta.arvo.versio)
    if form.errors and not form.lacks_only_arvo():
        return None
    mittaus = form.mittaus()
    if data.get("ratkaise") == f"{mitta.prefix}:oma":
        mittaus = replace(mittaus, versio=form.cleaned_data["nahty"] or 0)
    return mittaus


def _is_sent(kortti, data):
    """The card's own button, or the button that sends every card whose every value is there."""
    send = data.get("laheta", "")
    if send == LAHETA_VALMIIT:
        filled = all(data.get(f"{mitta.prefix}-teksti", "").strip() for mitta in kortti.mitat.rivit)
        return filled and kortti.tila not in Kirjaus.LAHETETYT
    return send == kortti.tunnus


def _hold_back(mitta, mittaus, untouched):
    unsent = replace(mittaus, laheta=False)
    return unsent if mitta.arvo.pk in untouched and not mitta.arvo.differs_from(unsent) else mittaus


def _mark_conflicts(pairs, by):
    """[(mitta, value as another left it)]: both on the mitta, with who wrote the other and when."""
    writers = MittariArvo.objects.writers_of([theirs for _mitta, theirs in pairs])
    for mitta, theirs in pairs:
        written = writers.get(theirs.pk)
        writer = written and written.history_user
        when = written.history_date if written else theirs.muokattu
        is_returned = theirs.tila == Kirjaus.Tila.PALAUTETTU and written is not None and written.versio <= mitta.perusta
        mitta.arvo = theirs
        mitta.ristiriita = Ristiriita(
            written.kirjoittaja if written else "", when, is_own=writer == by, is_returned=is_returned
        )


def _look_again(jakso, rows):
    """A value written on a row that was sent has changed its kirjaus."""
    sent = {row.toimenpide.pk: row for row in rows if not row.on_kortti and row.tila in Kirjaus.LAHETETYT}
    if sent:
        for kirjaus in Kirjaus.objects.filter(jakso=jakso, toimenpide__in=sent):
            kirjaus.jakso = jakso
            sent[kirjaus.toimenpide_id].kirjaus = kirjaus
