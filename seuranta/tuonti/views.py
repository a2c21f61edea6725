"""Importing a table: send, look through, decide, save, undo. Nothing is written before the save."""

import io
from functools import partial, wraps
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
from django.views.decorators.http import require_POST, require_safe

from strategia.koko import SUURIN, takes
from strategia.permissions import can_handle_answers, can_import
from strategia.tapahtuma import record_download
from strategia.vuoro import in_turn

from ..models import Tuonti
from ..taulukko.guard.limits import MAX_BYTES
from ..taulukko.rows.sentences import without_option
from ..tiedosto.annetut import list_disagreed, list_given
from ..tiedosto.kumottavat import count_undone
from ..tiedosto.kumous import TuontiaEiVoiKumota, list_obstacles, undo_import
from ..tiedosto.luenta import discard
from ..tiedosto.paata import Paatostulos, decide
from ..tiedosto.paatokset import read_decisions, take_decisions
from ..tiedosto.rivit import RIVEJA_SIVULLA, describe_preview, only_sheet
from .aiempi import find_earlier, list_offered
from .apply import apply_shown
from .esikatselu import describe_table, look_through, plan_stored, read_new, read_posted, read_stored
from .forms import TuontiForm
from .lahdevertailu import compare, workbook_bytes
from .lukusivu import build_page
from .muokkaus import cells_of_row
from .paatokset import ASTEET, TaulukonPaatosForm, changes_target
from .pohja import template_bytes
from .roolit import SARAKKEEN_ROOLIT
from .seuraavaksi import list_next

HETKESSA = 4_000  # rows that are saved in about a second; a page tells of the saving of more
TULOS_TULEE = "<!-- tulos -->"
KOHDE_MUUTTUI = gettext_lazy(
    "Muutit myös, minne taulukko tuodaan. Se on luettu uudelleen, eikä mitään ole tallennettu. Tarkista ja tallenna."
)
MUUTTUI = gettext_lazy("Tiedot muuttuivat esikatselun jälkeen. Mitään ei tallennettu. Tarkista uusi esikatselu.")
TALLENNETTU = gettext_lazy("Tuonti on tallennettu.")


@takes(tekstit=SUURIN, tiedosto=MAX_BYTES)
def tuonti_lista(request):
    """The log of tuonnit and the form for a new one. A file that cannot be read is refused here, unstored."""
    if not can_import(request.user, request.user.kunta):
        raise PermissionDenied
    form = TuontiForm(request.POST, request.FILES) if request.method == "POST" else TuontiForm()
    status = 422 if form.errors else 200
    if form.is_valid():
        luettu, tuonti = read_new(*form.content(), by=request.user)
        if tuonti:
            page = "lukutapa" if luettu.status == "reject" or luettu.questions else "detail"
            return redirect(f"seuranta:tuonti-{page}", tuonti.pk)
        form.add_error(None, luettu.errors[0].fi)
        status = 503 if luettu.reason == "busy" else 422
    tuonnit = Tuonti.objects.filter(kunta=request.user.kunta).exclude(tila=Tuonti.Tila.HYLATTY)
    sivu = Paginator(tuonnit.select_related("tekija").defer("jasennetty", "muutokset"), 25).get_page(
        request.GET.get("sivu")
    )
    return render(request, "seuranta/tuonti/tuonti_lista.html", {"form": form, "sivu": sivu}, status=status)


def _answers_have_moved(view):
    """A workbook of answers lives at its jakso: whoever comes by an old address is led there."""

    @wraps(view)
    def follow(request, pk, *args):
        try:
            return view(request, pk, *args)
        except Http404:
            moved = get_object_or_404(Tuonti.objects.vastaukset(), pk=pk, kunta=request.user.kunta_id)
            if not can_handle_answers(request.user, moved):
                raise PermissionDenied from None
            rest = request.get_full_path().partition(f"/tuonti/{pk}/")[2]
            return redirect(f"{moved.get_absolute_url()}{rest}", preserve_request=True)

    return follow


def _load(request, pk):
    """A table of the own kunta, for the pääkäyttäjä; others in the kunta are refused, outsiders do not find it."""
    related = Tuonti.objects.taulukot().select_related("kunta", "tekija", "strategia")
    tuonti = get_object_or_404(related, pk=pk, kunta=request.user.kunta_id)
    if not can_import(request.user, tuonti):
        raise PermissionDenied
    return tuonti


@require_safe
@_answers_have_moved
def tuonti_detail(request, pk):
    """The preview while nothing is saved; afterwards what the import did."""
    tuonti = _load(request, pk)
    if tuonti.tila == Tuonti.Tila.ESIKATSELU:
        return _show_preview(request, tuonti)
    context = {
        "tuonti": tuonti,
        "esteet": list_obstacles(tuonti, by=request.user),
        "kumottavat": count_undone(tuonti) if "kumoa" in request.GET else None,
        "askeleet": list_next(tuonti, request.user),
        "osoitteet": _addresses(tuonti),
    }
    return render(request, "seuranta/tuonti/tuonti_tehty.html", context)


def _addresses(tuonti):
    """What the parts that both previews show lead to."""
    names = ("paata", "tallenna", "hylkaa", "kumoa", "tiedosto", "lukutapa")
    return {name: reverse(f"seuranta:tuonti-{name}", args=[tuonti.pk]) for name in names}


def _show_preview(request, tuonti, tulos=None):
    """tulos: of a POST that could not be taken whole; what was wrong is told, and its fields keep what was posted."""
    osoitteet = _addresses(tuonti)
    tulos, kysely = tulos or Paatostulos(), look_through(tuonti, read_decisions(tuonti))
    aiempi = find_earlier(tuonti)
    context = {
        "aiempi": aiempi,
        "tarjotut": list_offered(aiempi, tuonti) if aiempi else {},
        "tuonti": tuonti,
        "osoitteet": osoitteet,
        **describe_table(kysely),
        "asteet": ASTEET,
        "lomake": tulos.lomake or TaulukonPaatosForm(**vars(kysely)),
        "ongelmat": tulos.ongelmat,
        "erot": list_disagreed(tulos.toisin),
        "annetut": list_given(kysely.paatokset),
        **describe_preview(
            kysely.plan, kysely.ratkaistavat, nayta=request.GET.get("nayta"), sivu=request.GET.get("sivu")
        ),
    }
    return render(request, "seuranta/tuonti/tuonti_esikatselu.html", context, status=tulos.status)


@require_safe
@_answers_have_moved
def tuonti_lukutapa(request, pk):
    """How the table is read: header row, columns, sheets and the questions, until it is saved."""
    tuonti = _load(request, pk)
    return _show_reading(request, tuonti) if tuonti.tila == Tuonti.Tila.ESIKATSELU else redirect(tuonti)


def _show_reading(request, tuonti, tulos=None):
    """tulos: as for the preview."""
    tulos, kysely = tulos or Paatostulos(), look_through(tuonti, read_decisions(tuonti))
    if not kysely.plan.luettu.ruudukot:  # the server was in a hurry: its refusal is told there
        return redirect(tuonti)
    sivu = build_page(kysely, valilehti=request.GET.get("valilehti"), on_kaikki=request.GET.get("rivit") == "kaikki")
    context = {
        "tuonti": tuonti,
        "osoitteet": _addresses(tuonti),
        "plan": kysely.plan,
        "virheet": [without_option(issue.fi) for issue in kysely.plan.errors if kysely.plan.refusal],
        "sivu": sivu,
        "etuliite": only_sheet(kysely.plan.luettu),
        "lomake": tulos.lomake or TaulukonPaatosForm(**vars(kysely)),
        "ongelmat": tulos.ongelmat,
        "erot": list_disagreed(tulos.toisin),
        "roolit": SARAKKEEN_ROOLIT,
        "asteet": ASTEET,
        "haku": _where(request.GET),
    }
    return render(request, "seuranta/tuonti/tuonti_lukutapa.html", context, status=tulos.status)


@require_safe
def tuonti_rivi(request, pk, solu):
    """The cells of one row, each to be typed over."""
    tuonti = _load(request, pk)
    if tuonti.tila != Tuonti.Tila.ESIKATSELU:
        return redirect(tuonti)
    plan = plan_stored(tuonti)
    kentat = cells_of_row(plan.luettu, solu)
    if kentat is None:
        raise Http404
    kysely = _where(request.GET)
    context = {"tuonti": tuonti, "solu": solu, "kentat": kentat, "virheet": plan.errors, "kysely": kysely}
    context |= {"paluu": f"{tuonti.get_absolute_url()}?{kysely}", "etuliite": only_sheet(plan.luettu)}
    return render(request, "seuranta/tuonti/tuonti_rivi.html", context)


def _where(data):
    """The part of the preview one was looking at, as a query."""
    return urlencode({name: data[name] for name in ("nayta", "sivu", "valilehti", "rivit") if name in data})


@takes(tekstit=SUURIN)
@_answers_have_moved
def tuonti_paata(request, pk):
    """Store what the person decided; the preview is made anew from it."""
    (page, show), tuonti = _posted_from(request, pk), _load(request, pk)
    if request.method != "POST":
        return redirect(tuonti)
    if "vanhat" in request.POST and (aiempi := find_earlier(tuonti)):
        offered = list_offered(aiempi, tuonti)
        level, text = take_decisions(tuonti, offered, seen=tuonti.paatosversio, by=request.user).message
        getattr(messages, level)(request, text)
        return redirect(page)
    tulos = decide(tuonti, request.POST, partial(read_posted, request.POST, tuonti), by=request.user)
    if tulos.ongelmat or tulos.toisin:
        return show(request, tuonti, tulos)
    level, text = tulos.kirjattu.message
    getattr(messages, level)(request, text)
    return redirect(page)


def _posted_from(request, pk):
    """(the address of the page that was posted from and the part of it, what shows it again)"""
    query = _where(QueryDict(request.POST.get("paluu", "")))
    query = f"?{query}" if query else ""
    if request.POST.get("sivulta") != "lukutapa":
        return reverse("seuranta:tuonti-detail", args=[pk]) + query, _show_preview
    mark = "#kysymykset" if request.POST.get("kohdassa") else ""
    return reverse("seuranta:tuonti-lukutapa", args=[pk]) + query + mark, _show_reading


@_answers_have_moved
def tuonti_tallenna(request, pk):
    """Write the very plan that was shown; if it has changed since, show the new one instead."""
    tuonti = _load(request, pk)
    if request.method != "POST" or tuonti.tila != Tuonti.Tila.ESIKATSELU:
        return redirect(tuonti)
    if changes_target(request.POST):
        return _read_again(request, tuonti)
    luettu, target = read_stored(tuonti, read_decisions(tuonti))
    riveja = sum(bool(rivi.toimenpide) for rivi in luettu.rows)
    if riveja > HETKESSA:
        return _save_while_shown(request, luettu, target, tuonti, riveja)
    if apply_shown(luettu, target, tuonti, request.POST.get("sormenjalki", ""), by=request.user):
        messages.success(request, TALLENNETTU)
    else:
        messages.error(request, MUUTTUI)
    return redirect("seuranta:tuonti-detail", pk)


def _read_again(request, tuonti):
    """What was changed beside the save button is no part of the plan that was shown: it is decided, not saved."""
    tulos = decide(tuonti, request.POST, partial(read_posted, request.POST, tuonti), by=request.user)
    if tulos.ongelmat or tulos.toisin:
        return _show_preview(request, tuonti, tulos)
    messages.warning(request, KOHDE_MUUTTUI)
    return redirect("seuranta:tuonti-detail", tuonti.pk)


def _save_while_shown(request, luettu, target, tuonti, riveja):
    """A page that is there while a long table is being saved; how it went follows at its end, without a script.

    It is not compressed, for what compresses holds the first part back until there is more.
    """
    page = render_to_string("seuranta/tuonti/tuonti_tallentuu.html", {"tuonti": tuonti, "riveja": riveja}, request)
    start, _mark, end = page.partition(TULOS_TULEE)
    shown = request.POST.get("sormenjalki", "")

    def parts():
        yield start
        tulos = {"tuonti": tuonti, "onnistui": apply_shown(luettu, target, tuonti, shown, by=request.user)}
        tulos["viesti"] = TALLENNETTU if tulos["onnistui"] else MUUTTUI
        yield render_to_string("seuranta/tuonti/_tuonti_tulos.html", tulos) + end

    return StreamingHttpResponse(parts(), headers={"Content-Encoding": "identity", "X-Accel-Buffering": "no"})


@require_POST
@_answers_have_moved
@in_turn
def tuonti_hylkaa(request, pk):
    tuonti = _load(request, pk)
    if tuonti.tila == Tuonti.Tila.TALLENNETTU:
        messages.error(request, _("Tiedosto on jo tallennettu. Voit kumota tuonnin."))
        return redirect(tuonti)
    if discard(tuonti, by=request.user):
        messages.success(request, _("Tiedosto on hylätty. Mitään ei tallennettu."))
    return redirect("strategia:strategia-lista" if tuonti.on_luettelo else "seuranta:tuonti-lista")


@require_POST
@_answers_have_moved
def tuonti_kumoa(request, pk):
    tuonti = _load(request, pk)
    try:
        undo_import(tuonti, by=request.user)
    except TuontiaEiVoiKumota as refused:
        messages.error(request, _("Tuontia ei voi kumota. %(syyt)s") % {"syyt": str(refused)})
    else:
        messages.success(request, _("Tuonti on kumottu. Arvot ovat nyt kuin ennen sitä."))
    return redirect(tuonti)


@require_safe
def tuonti_vertaa(request, pk):
    """The source's own columns beside what is stored now, differences marked."""
    tuonti = _load(request, pk)
    if tuonti.tila != Tuonti.Tila.TALLENNETTU:
        return redirect(tuonti)
    vertailu = compare(tuonti)
    rows = [row for row in vertailu.rows if row.eroja] if request.GET.get("nayta") == "erot" else vertailu.rows
    context = {
        "tuonti": tuonti,
        "vertailu": vertailu,
        "etuliite": vertailu.etuliite,
        "sivu": Paginator(rows, RIVEJA_SIVULLA).get_page(request.GET.get("sivu")),
    }
    return render(request, "seuranta/tuonti/tuonti_vertaa.html", context)


@require_safe
def tuonti_taulukko(request, pk):
    """The same as a workbook: the source's own columns with what is stored now, and the differences."""
    tuonti = _load(request, pk)
    if tuonti.tila != Tuonti.Tila.TALLENNETTU:
        return redirect(tuonti)
    name = f"{PurePath(tuonti.tiedostonimi).stem or 'taulukko'} – tallennettu.xlsx"
    record_download(request, tuonti, name)
    return FileResponse(io.BytesIO(workbook_bytes(compare(tuonti))), as_attachment=True, filename=name)


@require_safe
def tuonti_pohja(request):
    """An empty workbook to start from, for a kunta that has no table of its own."""
    if not can_import(request.user, request.user.kunta):
        raise PermissionDenied
    return FileResponse(io.BytesIO(template_bytes()), as_attachment=True, filename="seurantapohja.xlsx")


@require_safe
@_answers_have_moved
def tuonti_tiedosto(request, pk):
    """The original bytes, always as a download: never shown as a page, whatever they hold."""
    tuonti = _load(request, pk)
    record_download(request, tuonti, tuonti.tiedostonimi)
    return FileResponse(
        tuonti.tiedosto.open(),
        as_attachment=True,
        filename=tuonti.tiedostonimi,
        content_type="application/octet-stream",
    )
