"""Rows + a Vastaus of each that was posted -> saved kirjaukset, and the rows that need the person."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy

from ..models import Kirjaus, PoistettuKohde
from .kopio import answers, copy_of_last, lisat_of, omat_of
from .rivi import Ristiriita, aste_of

EI_KELPAA = gettext_lazy(
    "Edellisellä jaksolla ei annettu toteutumisastetta. Valitse toteutumisaste 1–5 tai Ei arvioida, ja lähetä sitten."
)
POISTETTU = gettext_lazy("Toimenpide on poistettu, eikä vastausta tallennettu. Kopioi tekstisi talteen.")


def save_posted(jakso, rows, vastaukset, *, by):
    """Save {toimenpide: Vastaus} of these rows; returns the rows and the cards of mittarit that need the person.

    A faulty row or one that another person changed meanwhile does not stop the others, and keeps its text.
    One that cannot be sent for want of a score is saved all the same: its text is on the server.
    """
    by_id = {row.toimenpide.pk: row for row in rows if not row.on_kortti}
    _record(jakso, vastaukset, by_id, by)
    copied = [row for row in rows if row.on_kopio and row.can_copy and not row.is_unsettled]
    if copied:
        _record(jakso, {row.toimenpide: copy_of_last(row) for row in copied}, by_id, by)
    for row in copied:
        if not answers(row.edellinen, jakso.strategia):
            row.form.add_error("aste", ValidationError(EI_KELPAA, code="puuttuu"))
        if row.is_unsettled:
            row.posted |= _shown_of_last(row)
    for row in rows:
        if not row.is_unsettled:
            row.forget()
    return [row for row in rows if row.is_unsettled]


def _record(jakso, vastaukset, by_id, by):
    """Write them; one whose toimenpide was taken away meanwhile stops no other.

    Of none nothing is asked: a jakso that closed just after a card's values were saved has refused nothing.
    """
    if not vastaukset:
        return
    one = by_id[next(iter(vastaukset)).pk].kirjaus if len(vastaukset) == 1 else None
    try:
        saved, conflicts = Kirjaus.objects.record(jakso, vastaukset, by=by, seen=one)
    except PoistettuKohde as found:
        for toimenpide in found.kohteet:
            by_id[toimenpide.pk].form.add_error("kommentti", POISTETTU)
        there = {t: vastaus for t, vastaus in vastaukset.items() if t not in found.kohteet}
        saved, conflicts = Kirjaus.objects.record(jakso, there, by=by)
    for kirjaus in saved:
        by_id[kirjaus.toimenpide_id].take(kirjaus)
    if conflicts:
        _mark_conflicts([(by_id[theirs.toimenpide_id], theirs) for theirs, _mine in conflicts], by)


def _mark_conflicts(pairs, by):
    """[(row, kirjaus as another left it)]: both texts on the row, with who wrote the other and when."""
    writers = Kirjaus.objects.writers_of([theirs for _row, theirs in pairs])
    for row, theirs in pairs:
        written = writers.get(theirs.pk)
        writer = written and written.history_user
        when = written.history_date if written else theirs.muokattu
        row.kirjaus, row.posted_versio = theirs, row.form.cleaned_data["versio"]
        is_returned = theirs.tila == Kirjaus.Tila.PALAUTETTU and written is not None and written.versio <= row.versio
        row.ristiriita = Ristiriita(
            written.kirjoittaja if written else "", when, is_own=writer == by, is_returned=is_returned
        )


def _shown_of_last(row):
    last = row.edellinen
    return {"aste": aste_of(last), "syy": last.syy, "kommentti": last.kommentti, **lisat_of(row), **omat_of(row)}
