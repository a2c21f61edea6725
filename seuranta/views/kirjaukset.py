"""Recording: all own toimenpiteet of an open jakso on one page."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import ngettext

from ..models import Kirjaus, Seurantajakso, SuljettuJakso
from ..rivit import build_rows, count_states, save_posted


def omat(request):
    """The entry page of the open jakso; a choice where several are open, and what to do where none is."""
    jaksot = list(Seurantajakso.objects.open_to(request.user).select_related("strategia"))
    if len(jaksot) == 1:
        return redirect("seuranta:kirjaus-lista", jaksot[0].pk)
    return render(request, "seuranta/omat.html", {"jaksot": jaksot})


def kirjaus_lista(request, pk):
    """All own toimenpiteet of one open jakso on one page, saved with one button or row by row."""
    jakso = get_object_or_404(Seurantajakso.objects.open_to(request.user).select_related("strategia"), pk=pk)
    rows = build_rows(jakso, request.user)
    unsettled = []
    if request.method == "POST":
        try:
            saved, unsettled = save_posted(jakso, rows, request.POST, by=request.user)
        except SuljettuJakso as closed:
            messages.error(request, str(closed))
            return redirect("seuranta:jakso-detail", jakso.pk)
        if saved:
            messages.success(request, _saved_message(len(saved)))
        if not unsettled:
            return redirect(request.get_full_path() + _anchor(request.POST))
    return render(
        request,
        "seuranta/kirjaus_lista.html",
        _entry_context(request, jakso, rows, unsettled),
        status=409 if unsettled else 200,
    )


def _saved_message(count):
    time = date_format(timezone.localtime(), "H.i")
    return ngettext(
        "Tallennettu klo %(time)s: %(count)s rivi.", "Tallennettu klo %(time)s: %(count)s riviä.", count
    ) % {
        "time": time,
        "count": count,
    }


def _anchor(data):
    """Back to the row whose button was pressed."""
    row = data.get("laheta", "")
    return f"#t{row}" if row.isdigit() else ""


def _entry_context(request, jakso, rows, unsettled):
    tila = request.GET.get("tila", "")
    shown = [row for row in rows if row.kirjaus.tila == tila] if tila in Kirjaus.Tila.values else rows
    deadline = jakso.maaraaika()
    unanswered = [row for row in shown if not row.is_sent and not row.aste]
    return {
        "jakso": jakso,
        "rows": sorted(shown, key=lambda row: row.kirjaus.tila != Kirjaus.Tila.PALAUTETTU) if not tila else shown,
        "unsettled": unsettled,
        "counts": count_states(rows),
        "tila": tila,
        "tilat": Kirjaus.Tila,
        "syyt": [syy for syy in Kirjaus.Syy if syy != Kirjaus.Syy.EI_VASTATTU],
        "asteet": [(str(aste), jakso.strategia.asteen_nimi(aste)) for aste in range(1, 6)],
        "deadline": deadline,
        "days_left": (deadline - timezone.localdate()).days if deadline else None,
        "next_row": unanswered[0] if unanswered else None,
    }
