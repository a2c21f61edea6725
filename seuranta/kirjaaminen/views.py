"""Recording: all own toimenpiteet of an open jakso on one page."""

import re

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from strategia.kesken import keep_posted
from strategia.koko import SUURIN, takes
from strategia.models import Mittari, MuuToimiala

from ..models import Kirjaus, Osavastaus, Rivikysymys, Seurantajakso, SuljettuJakso
from .asteikko import draw
from .edelliskausi import add_earlier_terms
from .forms import LAHETA_VALMIIT, read_posted
from .kerro import tell_saved_rows
from .kommentit import add_commented, build_commented, save_comments
from .lue import build_rows, list_places
from .mitat import add_cards, add_mitat, count_mittarit
from .mittaukset import save_measured
from .muokatut import list_reworded
from .osavastaukset import save_units
from .paikka import is_ready, is_unanswered, update_places
from .siirtyneet import list_moved
from .sivutus import ENINTAAN, find_page, next_beyond, rows_with, split_pages
from .suodatus import Suodatus, count_states, list_chips, list_painopisteet, list_sitovuudet, list_toimialat
from .tallenna import save_posted
from .vastaukset import list_finishing, read_page
from .yksikot import add_blank, add_osat


@require_safe
def omat(request):
    """The entry page of the open jakso; a choice where several are open, and what to do where none is."""
    jaksot = list(Seurantajakso.objects.open_to(request.user).select_related("strategia"))
    muokatut, viimeistelyssa = list_reworded(request.user), list(list_finishing(request.user))
    if len(jaksot) == 1 and not muokatut:
        return redirect("seuranta:kirjaus-lista", jaksot[0].pk)
    context = {"jaksot": jaksot, "muokatut": muokatut, "viimeistelyssa": viimeistelyssa}
    return render(request, "seuranta/kirjaaminen/omat.html", context)


@require_safe
def vastaukset(request, pk):
    """The own rows of a jakso in viimeistely, to be read; who may still write goes where that is done."""
    if Seurantajakso.objects.open_to(request.user).filter(pk=pk).exists():
        return redirect("seuranta:kirjaus-lista", pk)
    seen = list_finishing(request.user).select_related("strategia").annotate(on_viesteja=Rivikysymys.objects.of_jakso())
    jakso = get_object_or_404(seen, pk=pk)
    sivu, rows = read_page(jakso, request.user, request.GET.get("sivu"))
    if jakso.on_viesteja:
        Rivikysymys.objects.put_on(jakso, rows)
    context = {"jakso": jakso, "sivu": sivu, "rows": rows}
    return render(request, "seuranta/kirjaaminen/vastaukset.html", context)


NAPIT = ("laheta", "ei_muutosta", "ratkaise", "lisaa_osa", "poista_osa")  # of one row: it is drawn anew


@takes(tekstit=SUURIN)
def kirjaus_lista(request, pk):
    """All own toimenpiteet of one open jakso on one page, saved row by row as one moves on or with one button."""
    open_to_user = Seurantajakso.objects.open_to(request.user).select_related("strategia", "kunta")
    open_to_user = open_to_user.annotate(
        on_mittareita=Exists(Mittari.objects.filter(strategia=OuterRef("strategia"))),
        on_osia=Exists(Osavastaus.objects.filter(kunta=OuterRef("kunta"))),
        on_muita=Exists(MuuToimiala.objects.filter(kunta=OuterRef("kunta"))),
        on_viesteja=Rivikysymys.objects.of_jakso(),
    )
    jakso = open_to_user.filter(pk=pk).first()
    if jakso is None:
        return _refuse_late(request, pk)
    request.user.kunta = jakso.kunta  # known already: the page's frame asks it
    if request.method == "POST":
        return _save_row(request, jakso) if request.htmx else _save_page(request, jakso)
    return _show(request, jakso)


def _refuse_late(request, pk):
    """The jakso is not open to the user. What was posted all the same is shown: it may be an hour's work."""
    jakso = get_object_or_404(Seurantajakso.objects.visible_to(request.user), pk=pk)
    kept = None if request.htmx else keep_posted(request)
    if request.method in ("GET", "HEAD") and list_finishing(request.user).filter(pk=pk).exists():
        return redirect("seuranta:vastaukset", pk)
    if kept is None:
        raise Http404
    context = {"jakso": jakso, "otsikko": _("Kirjaaminen on päättynyt"), **kept}
    return render(request, "seuranta/_partials/kirjaus_myohassa.html", context, status=404)


def _save_page(request, jakso):
    """Without JavaScript: every row of the page in one POST."""
    _refuse_another_person(request)
    rows = _build(jakso, request.user, _posted_names(request.POST), is_counted=True)
    try:
        if jakso.on_mittareita:  # a value and a unit's answer before the kirjaus that tells them
            save_measured(jakso, rows, request.POST, by=request.user)
        save_units(jakso, rows, request.POST, by=request.user)
        if jakso.on_muita:
            save_comments(jakso, rows, request.POST, by=request.user)
        unsettled = save_posted(jakso, rows, read_posted(rows, request.POST), by=request.user)
    except SuljettuJakso:
        return _refuse_late(request, jakso.pk)
    siirtyneet = list_moved(jakso, rows, request.POST)
    for laji, teksti in tell_saved_rows(rows, sends_ready=request.POST.get("laheta") == LAHETA_VALMIIT):
        getattr(messages, laji)(request, teksti)
    if unsettled or siirtyneet:
        return _show(request, jakso, unsettled, siirtyneet)
    return redirect(_address_after(request, jakso, rows))


def _posted_names(data):
    """The names of the rows and cards of which the POST says something, whosever they are."""
    found = (re.match(r"([tgpk][0-9]{1,18})-", name) for name in data)
    return dict.fromkeys(each[1] for each in found if each)


def _build(jakso, user, names, *, is_counted=False):
    """Of these rows ("t5"), cards of mittarit ("g7", "p3") and rows to comment on ("k2") the user's own, as stored."""
    ids = [int(name[1:]) for name in names if name[0] == "t"]
    rows = build_rows(jakso, user, only=ids, is_counted=is_counted)
    add_earlier_terms(rows, user)
    if jakso.on_osia:
        add_osat(jakso, rows)
    if jakso.on_viesteja:
        Rivikysymys.objects.put_on(jakso, rows)
    kortit, kommentit = ([name for name in names if name[0] in laji] for laji in ("gp", "k"))
    if jakso.on_mittareita:
        rows = add_mitat(jakso, user, rows, kortit)
    return rows + build_commented(jakso, user, kommentit) if kommentit else rows


def _refuse_another_person(request):
    """Who signed in meanwhile in another window of the same browser does not save what the first one wrote."""
    if request.POST.get("kirjaaja", str(request.user.pk)) != str(request.user.pk):
        raise PermissionDenied


def _address_after(request, jakso, rows):
    """Back to the page that was saved, and to the row whose button was pressed.

    Where there may be many pages, a row that was posted names its own: the one that named it may be gone.
    """
    pressed, lisaa = _pressed(rows, request.POST), request.POST.get("lisaa_osa", "")
    anchor = f"#{pressed.prefix}" if pressed else ""
    if not rows or (_count_all(jakso, rows) <= ENINTAAN and not lisaa and "osa" not in request.GET):
        return request.get_full_path() + anchor
    there = pressed or rows[0]
    osa = {"osa": there.tunnus} if lisaa and pressed else {}
    return request.path + Suodatus.of(request.GET).query(rivi=there.tunnus, **osa) + anchor


def _count_all(jakso, rows):
    """How many rows and mittarit the user may have."""
    return max(getattr(row, "kaikkiaan", 0) for row in rows) + (count_mittarit(jakso) if jakso.on_mittareita else 0)


def _pressed(rows, data):
    """The row whose button was pressed; a mittari's button names its row too."""
    pressed = next(filter(None, (data.get(name) for name in NAPIT)), "").partition(":")[0]
    return next(
        (row for row in rows if pressed == row.prefix.removeprefix("t") or pressed.startswith(f"{row.prefix}-")), None
    )


def _save_row(request, jakso):
    """With JavaScript: one row, answered with what has changed on it. X-Kirjaus tells what became of it."""
    _refuse_another_person(request)
    rows = _build(jakso, request.user, _name_of(request.POST.get("rivi", "")))
    if not rows:
        raise Http404
    try:
        if jakso.on_mittareita:  # a value and a unit's answer before the kirjaus that tells them
            save_measured(jakso, rows, request.POST, by=request.user)
        save_units(jakso, rows, request.POST, by=request.user)
        if jakso.on_muita:
            save_comments(jakso, rows, request.POST, by=request.user)
        unsettled = save_posted(jakso, rows, read_posted(rows, request.POST), by=request.user)
    except SuljettuJakso as closed:
        raise Http404 from closed
    row, whole = rows[0], any(request.POST.get(name) for name in NAPIT)
    lisaa = request.POST.get("lisaa_osa", "")
    if whole and not unsettled and (row.osat or lisaa):
        add_osat(jakso, rows, blank=lisaa)
    template = "_kirjaus_rivi.html" if whole and not unsettled else "_kirjaus_muuttui.html"
    draw([row for row in rows if not row.on_kortti])
    context = {"jakso": jakso, "row": row, "oob": True, "taitettu": "taitettu" in request.POST}
    headers = {"X-Kirjaus": row.tulos}
    parts = render_to_string(f"seuranta/kirjaaminen/{template}", context)  # of a page: they need no frame of it
    return HttpResponse(parts, status=409 if unsettled else 200, headers=headers)


def _name_of(tunnus):
    """["t5"] of "5", ["g7"] of a card's; [] of what names nothing."""
    found = re.fullmatch(r"([gpk]?)([0-9]{1,18})", tunnus)
    return [f"{found[1] or 't'}{found[2]}"] if found else []


def _show(request, jakso, unsettled=(), siirtyneet=()):
    """The page. A row that waits for the person is on it whatever the filter says.

    siirtyneet: what was posted on rows that are the user's no more.
    """
    suodatus = Suodatus.of(request.GET)
    paikat = update_places(_list_places(jakso, request.user, with_words=bool(suodatus.q)), unsettled)
    page = _page_context(request, jakso, suodatus, paikat, unsettled)
    draw([row for row in page["rows"] if not row.on_kortti])
    context = {
        "jakso": jakso,
        **_deadline_context(jakso),
        **page,
        "unsettled": unsettled,
        "siirtyneet": siirtyneet,
        "on_kopioitavia": any(not row.on_kortti and row.can_copy for row in page["rows"]),
        "on_kortteja": any(row.on_kortti and not row.on_kommentti for row in page["rows"]),
        "on_riveja": bool(paikat),
        "all_saved": all(row.is_unsent for row in unsettled),
        "edistyminen": count_states(paikat),
        "suodatus": suodatus,
        "chips": list_chips(suodatus, count_states(suodatus.without("tila").select(paikat))),
        "omia": sum(row.is_mine for row in suodatus.without("omat").select(paikat)),
        "toimialat": list_toimialat(paikat, suodatus),
        "painopisteet": list_painopisteet(paikat, suodatus),
        "sitovuudet": list_sitovuudet(paikat, suodatus),
    }
    return render(
        request, "seuranta/kirjaaminen/kirjaus_lista.html", context, status=409 if unsettled or siirtyneet else 200
    )


def _list_places(jakso, user, *, with_words):
    paikat = list_places(jakso, user, with_words=with_words, with_mitat=jakso.on_mittareita)
    if jakso.on_mittareita:
        paikat = add_cards(jakso, user, paikat, with_words=with_words)
    return add_commented(jakso, user, paikat, with_words=with_words) if jakso.on_muita else paikat


def _page_context(request, jakso, suodatus, paikat, unsettled):
    """The rows of one page, the ways to the others, and where the next unanswered row is."""
    shown = suodatus.select(paikat, always=unsettled)
    pages = split_pages(shown)
    sivu = find_page(pages, paikat, _row_of_page(request, paikat, unsettled))
    here = _rows_of(request, jakso, rows_with(sivu, shown, unsettled), unsettled)
    returned_first = sorted(here, key=lambda row: row.tila != Kirjaus.Tila.PALAUTETTU)
    next_row, beyond = next(filter(is_unanswered, returned_first), None), next_beyond(pages, sivu)
    muualle = f"{suodatus.query(rivi=beyond.tunnus)}#{beyond.prefix}" if beyond else ""
    return {
        "rows": here if suodatus.tila else returned_first,
        "seuraava": f"#{next_row.prefix}" if next_row else muualle,
        "seuraava_muualla": muualle,
        "sivu": sivu,
        "sivut": [(each, _address_of(each, suodatus)) for each in pages if len(pages) > 1],
        "sivun_osoite": _address_of(sivu, suodatus),
        "valmiita_muualla": sum(is_ready(row) for each in pages if each is not sivu for row in each.rows),
    }


def _rows_of(request, jakso, paikat, unsettled):
    """The rows of these places as they are stored, and those that wait for the person as they were posted."""
    waiting = {row.prefix: row for row in unsettled}
    names = [paikka.prefix for paikka in paikat if paikka.prefix not in waiting]
    rows = waiting | {row.prefix: row for row in _build(jakso, request.user, names)}
    if "osa" in request.GET and (lisaa := rows.get(f"t{request.GET['osa']}")):
        add_blank(lisaa)
    return [rows[paikka.prefix] for paikka in paikat if paikka.prefix in rows]


def _row_of_page(request, paikat, unsettled):
    """The toimenpide that names the page: what waits for the person, what was posted, else what the address says."""
    if unsettled:
        return unsettled[0].tunnus
    posted = _posted_names(request.POST)
    return next((paikka.tunnus for paikka in paikat if paikka.prefix in posted), None) or request.GET.get("rivi", "")


def _address_of(sivu, suodatus):
    """By its first row: a number would lead to another page when rows come and go."""
    return suodatus.query(rivi=sivu.rows[0].tunnus if sivu.rows else "")


def _deadline_context(jakso):
    deadline = jakso.oma_vastausaika
    return {"deadline": deadline, "days_left": (deadline - timezone.localdate()).days if deadline else None}
