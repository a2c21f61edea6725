"""Approving: the sent rows of the own toimialat on one page, many approved at once, one sent back with a reason."""

from dataclasses import replace
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from strategia.kesken import keep_posted
from strategia.koko import SUURIN, takes
from strategia.permissions import approves
from strategia.teksti import read_id

from ..models import Rivikysymys, Seurantajakso, SuljettuJakso
from .arvot import add_values, list_waiting, settle_values
from .rivit import Hyvaksyntatulos, build_sections, list_unsaved_reasons, settle_posted

MUUTTUNEET = "muuttuneet"
SIVULLA = 150  # rows: their fields fit one POST, and a slow telephone still opens the page


@require_safe
def hyvaksyttavat(request):
    """The approving page of the open jakso; a choice where several are open, and what to do where none is."""
    if not approves(request.user):
        raise PermissionDenied
    jaksot = list(Seurantajakso.objects.open_to(request.user).select_related("strategia"))
    if len(jaksot) == 1:
        return redirect("seuranta:hyvaksynta-lista", jaksot[0].pk)
    return render(request, "seuranta/hyvaksynta/hyvaksyttavat.html", {"jaksot": jaksot})


@takes(tekstit=SUURIN)
def hyvaksynta_lista(request, pk):
    """All sent rows that the user may approve. A row that has changed since the page was drawn is shown again."""
    open_to_user = Seurantajakso.objects.open_to(request.user).select_related("strategia")
    jakso = open_to_user.annotate(on_viesteja=Rivikysymys.objects.of_jakso()).filter(pk=pk).first()
    if jakso is None:
        return _refuse_late(request, pk)
    if not approves(request.user):
        raise PermissionDenied
    osat, arvot, tulos = build_sections(jakso, request.user), list_waiting(jakso, request.user), None
    if request.method == "POST" and "valitse" not in request.POST:
        try:
            tulos, faulty = _settle(request, jakso, osat, arvot)
        except SuljettuJakso:
            return _refuse_late(request, pk)
        _tell(request, tulos)
        osat = build_sections(jakso, request.user)  # what was settled is no longer on the page
        arvot = [faulty.get(each.arvo.pk, each) for each in list_waiting(jakso, request.user)]
        tulos.jaaneet = list_unsaved_reasons(jakso, osat, request.POST, tulos)
        if tulos.is_settled and not _is_begun(osat, request.POST):
            return redirect(request.path + _filter_of(request))
    rows = [row for osa in osat for row in osa.rivit]
    add_values(jakso, rows)
    if jakso.on_viesteja:
        Rivikysymys.objects.put_on(jakso, rows)
    context = _context(request, jakso, osat, tulos) | _arvot_context(request, arvot)
    return render(request, "seuranta/hyvaksynta/hyvaksynta_lista.html", context, status=_status(tulos))


def _settle(request, jakso, osat, arvot):
    """(Hyvaksyntatulos of the rows and the values together, {id: value that waits for its reason})"""
    settled, poissa = settle_values(jakso, arvot, request.POST, by=request.user)
    if "palauta_arvo" in request.POST:
        tulos = Hyvaksyntatulos()
    else:
        tulos = settle_posted(jakso, osat, request.POST, by=request.user)
    faulty = {each.arvo.pk: each for each in arvot if each.virhe or each.syy}
    tulos.kasitelty, tulos.poissa = tulos.kasitelty + settled, tulos.poissa + poissa
    tulos.arvovirheita = sum(bool(each.virhe) for each in arvot)
    return tulos, faulty


def _only_changed(osa, data, tulos):
    """With its rows that say otherwise than the last period, and those that wait for the person whatever they say."""
    waiting = {*tulos.virheet, *tulos.muuttuneet} if tulos else ()
    rivit = [
        row
        for row in osa.rivit
        if not row.on_ennallaan or row.kirjaus.pk in waiting or data.get(f"{row.prefix}-syy", "").strip()
    ]
    return replace(osa, rivit=rivit, piilossa=len(osa.rivit) - len(rivit))


def _arvot_context(request, arvot):
    chosen = request.POST.getlist("arvo") if "valitse" not in request.POST else []
    return {"arvot": arvot, "valitut_arvot": set(chosen), "arvovirheet": [each for each in arvot if each.virhe]}


def _refuse_late(request, pk):
    """The jakso is no longer open to the user. The reasons written all the same are shown, to be told otherwise."""
    jakso, kept = get_object_or_404(Seurantajakso.objects.visible_to(request.user), pk=pk), keep_posted(request)
    if kept is None or not approves(request.user):
        raise Http404
    context = {"jakso": jakso, "otsikko": _("Hyväksyminen on päättynyt"), "approves": True, **kept}
    return render(request, "seuranta/_partials/kirjaus_myohassa.html", context, status=404)


def _is_begun(osat, data):
    """Has a row that still waits been chosen, or a reason been written on it? Neither is lost to a fresh page."""
    chosen = data.getlist("rivi")
    rows = (row for osa in osat for row in osa.rivit)
    return any(str(row.kirjaus.pk) in chosen or data.get(f"{row.prefix}-syy", "").strip() for row in rows)


def _status(tulos):
    if tulos is None or tulos.is_settled:
        return 200
    return 409 if tulos.muuttuneet or tulos.jaaneet else 422


def _tell(request, tulos):
    if tulos.kasitelty and "palauta_arvo" in request.POST:
        messages.success(request, _("Mittarin arvo on palautettu täydennettäväksi. Kirjaaja näkee syyn."))
    elif tulos.kasitelty and "palauta" in request.POST:
        messages.success(request, _("Rivi on palautettu täydennettäväksi. Kirjaaja näkee syyn."))
    elif tulos.kasitelty:
        text = ngettext("%(count)s rivi on hyväksytty.", "%(count)s riviä on hyväksytty.", tulos.kasitelty)
        messages.success(request, text % {"count": tulos.kasitelty})
    elif tulos.is_settled and not tulos.poissa:
        messages.warning(request, _("Et valinnut yhtään riviä. Valitse rivit ja hyväksy ne sitten."))
    if tulos.poissa:
        text = ngettext(
            "%(count)s rivi oli jo käsitelty. Sitä ei muutettu.",
            "%(count)s riviä oli jo käsitelty. Niitä ei muutettu.",
            tulos.poissa,
        )
        messages.warning(request, text % {"count": tulos.poissa})


def _filter_of(request):
    toimiala, told = request.GET.get("toimiala", ""), {}
    if read_id(toimiala) is not None or toimiala == "ilman":
        told["toimiala"] = toimiala
    if request.GET.get("vain") == MUUTTUNEET:
        told["vain"] = MUUTTUNEET
    if sivu := read_id(request.GET.get("sivu", "")):
        told["sivu"] = sivu
    return f"?{urlencode(told)}" if told else ""


def _context(request, jakso, osat, tulos):
    toimiala = request.GET.get("toimiala", "")
    shown = [osa for osa in osat if not toimiala or toimiala == (str(osa.toimiala.pk) if osa.toimiala else "ilman")]
    ennallaan = sum(row.on_ennallaan for osa in shown for row in osa.rivit)
    if vain := request.GET.get("vain") == MUUTTUNEET:
        shown = [_only_changed(osa, request.POST, tulos) for osa in shown]
    rows = [row for osa in shown for row in osa.rivit]
    for row in rows:
        row.syy = request.POST.get(f"{row.prefix}-syy", "")
        row.virhe = tulos.virheet.get(row.kirjaus.pk, "") if tulos else ""
    changed = tulos.muuttuneet if tulos else ()
    valitse = (request.POST if request.method == "POST" else request.GET).get("valitse")
    sivu = Paginator(rows, SIVULLA).get_page(request.GET.get("sivu"))
    valitut = set() if valitse else set(request.POST.getlist("rivi")) - {str(pk) for pk in changed}
    shown = _only_page(shown, sivu, {*valitut, *map(str, changed)})
    return {
        "jakso": jakso,
        "osat": osat,
        "shown": shown,
        "toimiala": toimiala,
        "vain": MUUTTUNEET if vain else "",
        "ennallaan": ennallaan,
        "muuttuneita": len(rows) if vain else len(rows) - ennallaan,
        "sivu": sivu,
        "valitse_kaikki": valitse == "kaikki",
        "valitut": valitut,
        "muuttuneet": changed,
        "jaaneet": tulos.jaaneet if tulos else (),
        "unsettled": [row for row in rows if row.virhe or row.kirjaus.pk in changed],
        "odottaa": sum(len(osa.rivit) for osa in osat),
        "naytetaan": sum(len(osa.rivit) for osa in shown),
        "deadline": jakso.oma_hyvaksyntaaika,
    }


def _only_page(osat, sivu, waiting):
    """With the rows of the page, and those on which the person has begun something: it would be on no other."""
    here = {row.prefix for row in sivu.object_list}
    cut = [_only_rows(osa, here, waiting) for osa in osat]
    is_first = sivu.number == 1
    return [new for osa, new in zip(osat, cut, strict=True) if new.rivit or (is_first and not osa.rivit)]


def _only_rows(osa, here, waiting):
    rivit = [r for r in osa.rivit if r.prefix in here or r.virhe or r.syy.strip() or str(r.kirjaus.pk) in waiting]
    return replace(osa, rivit=rivit, piilossa=osa.piilossa + len(osa.rivit) - len(rivit))
