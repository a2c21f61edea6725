"""Importing a table: send, look through, decide, save, undo. Nothing is written before the save."""

import io
from pathlib import PurePath

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, QueryDict, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from strategia.models import Strategia
from strategia.permissions import can_answer_for, can_coordinate, can_import
from strategia.vuoro import in_turn

from ..models import Seurantajakso, SuljettuJakso, Tuonti
from ..tiedosto.kumous import TuontiaEiVoiKumota, list_obstacles, undo_import
from ..tiedosto.plan import SuunnitelmaMuuttui
from ..tiedosto.rivit import OHITUS, group_notices, list_rows, only_sheet
from .apply import apply_answers, apply_plan
from .esikatselu import (
    SARAKKEEN_ROOLIT,
    list_columns,
    list_decisions,
    list_questions,
    list_renamed,
    plan_stored,
    read_decisions,
    read_new,
    read_stored,
)
from .forms import TuontiForm
from .lahdevertailu import compare, workbook_bytes
from .muokkaus import cells_of_row
from .pohja import template_bytes

RIVEJA_SIVULLA = 100
HETKESSA = 4_000  # rows that are saved in about a second; a page tells of the saving of more
TULOS_TULEE = "<!-- tulos -->"
MUUTTUI = gettext_lazy("Tiedot muuttuivat esikatselun jälkeen. Mitään ei tallennettu. Tarkista uusi esikatselu.")


def tuonti_lista(request):
    """The log of tuonnit and the form for a new one. A file that cannot be read is refused here, unstored."""
    if request.user.kunta is None or not can_import(request.user, request.user):
        raise PermissionDenied
    form = TuontiForm(request.POST, request.FILES) if request.method == "POST" else TuontiForm()
    status = 422 if form.errors else 200
    if form.is_valid():
        luettu, tuonti = read_new(*form.content(), by=request.user)
        if tuonti:
            return redirect("seuranta:tuonti-detail", tuonti.pk)
        form.add_error(None, luettu.errors[0].fi)
        status = 503 if luettu.reason == "busy" else 422
    tuonnit = Tuonti.objects.filter(kunta=request.user.kunta).exclude(tila=Tuonti.Tila.HYLATTY)
    sivu = Paginator(tuonnit.select_related("tekija").defer("jasennetty", "muutokset"), 25).get_page(
        request.GET.get("sivu")
    )
    return render(request, "seuranta/tuonti/tuonti_lista.html", {"form": form, "sivu": sivu}, status=status)


def _load(request, pk):
    """A tuonti of the own kunta, for the pääkäyttäjä, a vastaustaulukko also for its sender and the koordinaattori.

    Others in the kunta are refused, outsiders do not find it.
    """
    tuonti = get_object_or_404(
        Tuonti.objects.select_related("kunta", "tekija", "strategia", "jakso__strategia__kunta", "toimiala"),
        pk=pk,
        kunta=request.user.kunta_id,
    )
    if not (can_import(request.user, tuonti) or (tuonti.jakso_id and _answers(request.user, tuonti))):
        raise PermissionDenied
    return tuonti


def _answers(user, tuonti):
    is_own = tuonti.tekija_id == user.pk and can_answer_for(user, tuonti.toimiala)
    return is_own or can_coordinate(user, tuonti)


def tuonti_detail(request, pk):
    """The preview while nothing is saved; afterwards what the import did."""
    tuonti = _load(request, pk)
    if tuonti.tila != Tuonti.Tila.ESIKATSELU:
        context = {"tuonti": tuonti, "esteet": list_obstacles(tuonti, by=request.user)}
        return render(request, "seuranta/tiedosto/tuonti_tehty.html", context)
    plan = plan_stored(tuonti, by=request.user)
    template = "vastaustaulukko/vastaustaulukko_esikatselu" if tuonti.jakso_id else "tuonti/tuonti_esikatselu"
    return render(request, f"seuranta/{template}.html", _preview_context(request, tuonti, plan))


def _preview_context(request, tuonti, plan):
    rows = list_rows(plan)
    ratkaistavat, kysymykset = list_decisions(plan), list_questions(tuonti, plan)
    avoimia = len(plan.unsettled) + len(kysymykset)
    nayta = request.GET.get("nayta") or ("ratkaistavat" if avoimia else "kaikki")
    shown = [row for row in rows if nayta == "kaikki" or row.planned.change == nayta]
    return {
        "tuonti": tuonti,
        "plan": plan,
        "nayta": nayta,
        "jakso": tuonti.valinnat.get("jakso") or (plan.luettu.jaksot[0] if plan.luettu.jaksot else ""),
        "sivu": Paginator(shown, RIVEJA_SIVULLA).get_page(request.GET.get("sivu")),
        "ratkaistavat": ratkaistavat,
        "kysymykset": kysymykset,
        "avoimia": avoimia,
        "uudelleennimetyt": list_renamed(plan),
        "tulkinnat": group_notices(plan),
        "katsottavat": [notice for notice in plan.luettu.notices if notice.code == "needs_decision"],
        "ohitetut": [(skip.cell, OHITUS.get(skip.reason, skip.reason), skip.text) for skip in plan.luettu.skipped],
        "sarakkeet": list_columns(plan.luettu),
        "etuliite": only_sheet(plan.luettu),
        "roolit": SARAKKEEN_ROOLIT,
        "strategiat": Strategia.objects.filter(kunta=tuonti.kunta_id).values_list("nimi", flat=True),
        "asteita": sum(k.toteutumisaste is not None for r in plan.luettu.rows for k in r.kirjaukset),
        "kommentteja": sum(bool(k.kommentti) for r in plan.luettu.rows for k in r.kirjaukset),
        "painopisteita": len({row.planned.painopiste for row in rows}),
        "tavoitteita": len({(row.planned.painopiste, row.planned.tavoite) for row in rows}),
    }


def tuonti_rivi(request, pk, solu):
    """The cells of one row, each to be typed over."""
    tuonti = _load(request, pk)
    address = reverse("seuranta:tuonti-detail", args=[tuonti.pk])
    if tuonti.tila != Tuonti.Tila.ESIKATSELU or tuonti.jakso_id:
        return redirect(address)
    plan = plan_stored(tuonti, by=request.user)
    kentat = cells_of_row(plan.luettu, solu)
    if kentat is None:
        raise Http404
    kysely = _where(request.GET)
    context = {"tuonti": tuonti, "solu": solu, "kentat": kentat, "virheet": plan.errors, "kysely": kysely}
    context |= {"paluu": f"{address}?{kysely}", "etuliite": only_sheet(plan.luettu)}
    return render(request, "seuranta/tuonti/tuonti_rivi.html", context)


def _where(data):
    """The part of the preview one was looking at, as a query."""
    return urlencode({name: data[name] for name in ("nayta", "sivu") if name in data})


@require_POST
def tuonti_paata(request, pk):
    """Store what the person decided; the preview is made anew from it."""
    tuonti = _load(request, pk)
    if tuonti.tila == Tuonti.Tila.ESIKATSELU:
        tuonti.valinnat = read_decisions(request.POST, tuonti.valinnat, plan_stored(tuonti, by=request.user))
        tuonti.save(update_fields=["valinnat"])
        messages.success(request, _("Päätökset on otettu huomioon. Mitään ei ole vielä tallennettu."))
    query = _where(QueryDict(request.POST.get("paluu", "")))
    return redirect(reverse("seuranta:tuonti-detail", args=[tuonti.pk]) + (f"?{query}" if query else ""))


@require_POST
def tuonti_tallenna(request, pk):
    """Write the very plan that was shown; if it has changed since, show the new one instead."""
    tuonti = _load(request, pk)
    if tuonti.tila != Tuonti.Tila.ESIKATSELU:
        return redirect("seuranta:tuonti-detail", tuonti.pk)
    plan = plan_stored(tuonti, by=request.user)
    if len(plan.rows) > HETKESSA:
        return _save_while_shown(request, plan, tuonti)
    if _save(plan, tuonti, request):
        messages.success(request, _saved(tuonti))
    else:
        messages.error(request, MUUTTUI)
    return redirect("seuranta:tuonti-detail", tuonti.pk)


def _save(plan, tuonti, request):
    """Was it written? False: something else than was shown would have been, and nothing was."""
    is_as_shown = plan.fingerprint == request.POST.get("sormenjalki")
    if not is_as_shown or plan.refusal or plan.unsettled or list_questions(tuonti, plan):
        return False
    target, told = plan.target, {"by": request.user, "fingerprint": plan.fingerprint, "tuonti": tuonti}
    try:
        if tuonti.jakso_id:
            apply_answers(read_stored(tuonti), target, **told)
        else:
            apply_plan(plan.luettu, target, data=b"", name="", **told)
    except (SuunnitelmaMuuttui, SuljettuJakso):
        return False
    return True


def _saved(tuonti):
    return _("Vastaukset on tallennettu.") if tuonti.jakso_id else _("Tuonti on tallennettu.")


def _save_while_shown(request, plan, tuonti):
    """A page that is there while a long table is being saved; how it went follows at its end, without a script.

    It is not compressed, for what compresses holds the first part back until there is more.
    """
    page = render_to_string("seuranta/tuonti/tuonti_tallentuu.html", {"tuonti": tuonti, "plan": plan}, request)
    start, _mark, end = page.partition(TULOS_TULEE)

    def parts():
        yield start
        tulos = {"tuonti": tuonti, "onnistui": _save(plan, tuonti, request)}
        tulos["viesti"] = _saved(tuonti) if tulos["onnistui"] else MUUTTUI
        yield render_to_string("seuranta/tuonti/_tuonti_tulos.html", tulos) + end

    return StreamingHttpResponse(parts(), headers={"Content-Encoding": "identity", "X-Accel-Buffering": "no"})


@require_POST
@in_turn
def tuonti_hylkaa(request, pk):
    tuonti = _load(request, pk)
    if tuonti.tila == Tuonti.Tila.TALLENNETTU:
        messages.error(request, _("Tiedosto on jo tallennettu. Voit kumota tuonnin."))
        return redirect("seuranta:tuonti-detail", pk)
    if tuonti.tila == Tuonti.Tila.ESIKATSELU:
        tuonti.tila = Tuonti.Tila.HYLATTY
        tuonti.save(update_fields=["tila"])
        messages.success(request, _("Tiedosto on hylätty. Mitään ei tallennettu."))
    if tuonti.jakso_id:
        is_open = Seurantajakso.objects.open_to(request.user).filter(pk=tuonti.jakso_id).exists()
        page = "seuranta:vastaustaulukko-lista" if is_open else "seuranta:jakso-detail"
        return redirect(page, tuonti.jakso_id)
    return redirect("seuranta:tuonti-lista")


@require_POST
def tuonti_kumoa(request, pk):
    tuonti = _load(request, pk)
    try:
        undo_import(tuonti, by=request.user)
    except TuontiaEiVoiKumota as refused:
        messages.error(request, _("Tuontia ei voi kumota. %(syyt)s") % {"syyt": str(refused)})
    else:
        messages.success(request, _("Tuonti on kumottu. Arvot ovat nyt kuin ennen sitä."))
    return redirect("seuranta:tuonti-detail", tuonti.pk)


def tuonti_vertaa(request, pk):
    """The source's own columns beside what is stored now, differences marked."""
    tuonti = _load(request, pk)
    if tuonti.tila != Tuonti.Tila.TALLENNETTU or tuonti.jakso_id:
        return redirect("seuranta:tuonti-detail", tuonti.pk)
    vertailu = compare(tuonti)
    rows = [row for row in vertailu.rows if row.eroja] if request.GET.get("nayta") == "erot" else vertailu.rows
    context = {
        "tuonti": tuonti,
        "vertailu": vertailu,
        "etuliite": vertailu.etuliite,
        "sivu": Paginator(rows, RIVEJA_SIVULLA).get_page(request.GET.get("sivu")),
    }
    return render(request, "seuranta/tuonti/tuonti_vertaa.html", context)


def tuonti_taulukko(request, pk):
    """The same as a workbook: the source's own columns with what is stored now, and the differences."""
    tuonti = _load(request, pk)
    if tuonti.tila != Tuonti.Tila.TALLENNETTU or tuonti.jakso_id:
        return redirect("seuranta:tuonti-detail", tuonti.pk)
    name = f"{PurePath(tuonti.tiedostonimi).stem or 'taulukko'} – tallennettu.xlsx"
    return FileResponse(io.BytesIO(workbook_bytes(compare(tuonti))), as_attachment=True, filename=name)


def tuonti_pohja(request):
    """An empty workbook to start from, for a kunta that has no table of its own."""
    if request.user.kunta is None or not can_import(request.user, request.user):
        raise PermissionDenied
    return FileResponse(io.BytesIO(template_bytes()), as_attachment=True, filename="seurantapohja.xlsx")


def tuonti_tiedosto(request, pk):
    """The original bytes, always as a download: never shown as a page, whatever they hold."""
    tuonti = _load(request, pk)
    return FileResponse(
        tuonti.tiedosto.open(),
        as_attachment=True,
        filename=tuonti.tiedostonimi,
        content_type="application/octet-stream",
    )
