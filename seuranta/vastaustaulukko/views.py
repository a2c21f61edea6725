"""Answering in a table: a toimiala's vastaustaulukko of an open jakso is fetched, mailed, handed in and saved."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from strategia.koko import SUURIN, takes
from strategia.models import MuuToimiala, Tapahtuma, Toimiala, people_with_sijaisuudet
from strategia.permissions import (
    answerable_toimialat,
    can_answer_for,
    can_coordinate,
    can_handle_answers,
    coordinates,
    recording_people,
    records,
)
from strategia.sahkoposti import send_after
from strategia.tapahtuma import record_act, record_download
from strategia.vuoro import in_turn

from ..jakson_mittarit import mittarit_of
from ..models import Seurantajakso, SuljettuJakso, Tuonti
from ..taulukko.guard.limits import MAX_BYTES
from ..tiedosto.annetut import list_disagreed, list_given
from ..tiedosto.kumottavat import count_undone
from ..tiedosto.kumous import TuontiaEiVoiKumota, list_obstacles, undo_import
from ..tiedosto.luenta import discard
from ..tiedosto.paata import Paatostulos, decide
from ..tiedosto.paatokset import read_decisions
from ..tiedosto.plan import SuunnitelmaMuuttui
from ..tiedosto.ratkaistavat import PaatosForm
from ..tiedosto.rivit import describe_preview
from .apply import apply_plan
from .esikatselu import list_open, plan_stored, read_new
from .forms import OsoiteForm, VastaanottajaForm, VastaustaulukkoForm, with_access
from .kirja import answer_table_bytes, list_toimenpiteet
from .viestina import XLSX, send_table, send_table_to_address, table_name


@takes(tiedosto=MAX_BYTES)
def vastaustaulukko_lista(request, pk):
    """The tables of the own toimialat, and the form to hand one in. A file that cannot be read is refused here."""
    jakso = _load_jakso(request, pk)
    toimialat = _toimialat_of(jakso, request.user)
    posted = (request.POST, request.FILES) if request.method == "POST" else ()
    form = VastaustaulukkoForm(*posted, toimialat=toimialat, coordinates=can_coordinate(request.user, jakso))
    if form.is_valid():
        told = dict(form.cleaned_data)
        upload = told.pop("tiedosto")
        luettu, tuonti = read_new(upload.read(), upload.name, jakso=jakso, by=request.user, **told)
        if tuonti:
            return redirect(tuonti)
        form.add_error("tiedosto", luettu.errors[0].fi)
    context = {
        "jakso": jakso,
        "form": form,
        "toimialat": _with_people(toimialat, request.user),
        "coordinates": can_coordinate(request.user, jakso),
    }
    return render(
        request, "seuranta/vastaustaulukko/vastaustaulukko_lista.html", context, status=422 if form.errors else 200
    )


def _load_jakso(request, pk):
    """A jakso that takes the user's answers; who records nothing is refused, outsiders do not find it."""
    jakso = get_object_or_404(Seurantajakso.objects.open_to(request.user).select_related("strategia__kunta"), pk=pk)
    if not records(request.user):
        raise PermissionDenied
    return jakso


def _toimialat_of(jakso, user):
    """The own toimialat that have something to answer in the jakso."""
    of_rows = Q(pk__in=jakso.toimenpiteet().order_by().values("toimiala"))
    of_mittarit = Q(pk__in=mittarit_of(jakso).filter(toimenpide=None).order_by().values("toimiala"))
    commented = MuuToimiala.objects.filter(toimenpide__in=jakso.toimenpiteet().order_by().values("pk"))
    return answerable_toimialat(user).filter(of_rows | of_mittarit | Q(pk__in=commented.values("toimiala")))


def _with_people(toimialat, user):
    """[(toimiala, those who may get its table)]; two queries whatever the number of toimialat."""
    recording = people_with_sijaisuudet().filter(pk__in=recording_people(user.kunta_id))
    people = list(with_access(recording).prefetch_related("toimialat"))
    own = {p: {*(t.pk for t in p.toimialat.all()), *(each.toimiala for each in p.sijaisuudet)} for p in people}
    return [(toimiala, [p for p in people if coordinates(p) or toimiala.pk in own[p]]) for toimiala in toimialat]


def _load_toimiala(request, jakso, pk):
    toimiala = get_object_or_404(Toimiala, pk=pk, kunta=jakso.kunta_id)
    if not can_answer_for(request.user, toimiala):
        raise PermissionDenied
    return toimiala


@require_safe
def vastaustaulukko_lataa(request, pk, toimiala):
    jakso = _load_jakso(request, pk)
    toimiala = _load_toimiala(request, jakso, toimiala)
    record_download(request, toimiala, table_name(jakso, toimiala))
    return HttpResponse(
        answer_table_bytes(jakso, toimiala, request.user),
        content_type=XLSX,
        headers={"Content-Disposition": content_disposition_header(True, table_name(jakso, toimiala))},
    )


@in_turn
def vastaustaulukko_laheta(request, pk, toimiala):
    """Mail the table to a person who may answer for the toimiala; each gets the rows that are theirs."""
    jakso = _load_jakso(request, pk)
    toimiala = _load_toimiala(request, jakso, toimiala)
    if not can_coordinate(request.user, jakso):
        raise PermissionDenied
    if request.method != "POST":
        return redirect("seuranta:vastaustaulukko-lista", pk)
    if "osoite" in request.POST:
        return _send_to_address(request, jakso, toimiala)
    form = VastaanottajaForm(request.POST, toimiala=toimiala)
    if not form.is_valid():
        messages.error(request, _("Taulukkoa ei lähetetty. Valitse vastaanottaja."))
    else:
        kenelle = form.cleaned_data["kayttaja"]
        record_act(request, Tapahtuma.Laji.LAHETETTY, toimiala, mista=jakso, mihin=kenelle)
        send_after(send_table, jakso.pk, toimiala.pk, kenelle.pk, request.user.pk)
        messages.success(request, _("Taulukko lähtee: %(kenelle)s.") % {"kenelle": kenelle})
    return redirect("seuranta:vastaustaulukko-lista", jakso.pk)


def _send_to_address(request, jakso, toimiala):
    """To whom has no account: first a page that names the address and what goes there, then the message."""
    form = OsoiteForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Taulukkoa ei lähetetty. Tarkista sähköpostiosoite."))
        return redirect("seuranta:vastaustaulukko-lista", jakso.pk)
    osoite = form.cleaned_data["osoite"]
    if request.POST.get("vahvista") != "1":
        rows = list_toimenpiteet(jakso, toimiala, request.user).count()
        context = {"jakso": jakso, "toimiala": toimiala, "osoite": osoite, "riveja": rows}
        return render(request, "seuranta/vastaustaulukko/vastaustaulukko_vahvista.html", context)
    record_act(request, Tapahtuma.Laji.LAHETETTY, toimiala, mista=jakso, mihin=osoite)
    send_after(send_table_to_address, jakso.pk, toimiala.pk, osoite, request.user.pk)
    messages.success(request, _("Taulukko lähtee: %(kenelle)s.") % {"kenelle": osoite})
    return redirect("seuranta:vastaustaulukko-lista", jakso.pk)


# --- a workbook that came in


@require_safe
def vastaustaulukko_detail(request, pk, tuonti):
    """The preview while nothing is saved; afterwards what was recorded."""
    tuonti = _load(request, pk, tuonti)
    if tuonti.tila == Tuonti.Tila.ESIKATSELU:
        return _show_preview(request, tuonti)
    context = {
        "tuonti": tuonti,
        "esteet": list_obstacles(tuonti, by=request.user),
        "kumottavat": count_undone(tuonti) if "kumoa" in request.GET else None,
        "osoitteet": _addresses(tuonti),
    }
    return render(request, "seuranta/vastaustaulukko/vastaustaulukko_tehty.html", context)


def _load(request, pk, tuonti):
    """Of the own kunta, for its sender while the toimiala is the own one, and for the koordinaattori.

    Others in the kunta are refused, outsiders do not find it.
    """
    related = Tuonti.objects.vastaukset().select_related("kunta", "tekija", "jakso__strategia__kunta", "toimiala")
    found = get_object_or_404(related, pk=tuonti, jakso__pk=pk, kunta=request.user.kunta_id)
    if not can_handle_answers(request.user, found):
        raise PermissionDenied
    return found


def _addresses(tuonti):
    """What the parts that both previews show lead to."""
    names = ("paata", "tallenna", "hylkaa", "kumoa", "tiedosto")
    return {name: reverse(f"seuranta:vastaustaulukko-{name}", args=[tuonti.jakso_id, tuonti.pk]) for name in names}


def _show_preview(request, tuonti, tulos=None):
    """tulos: of a POST that could not be taken whole; what was wrong is told."""
    tulos, paatokset = tulos or Paatostulos(), read_decisions(tuonti)
    plan = plan_stored(tuonti, by=request.user, paatokset=paatokset)
    context = {
        "tuonti": tuonti,
        "osoitteet": _addresses(tuonti),
        "ongelmat": tulos.ongelmat,
        "erot": list_disagreed(tulos.toisin),
        "korjattuja": len(paatokset.arvot["solu"]),
        "annetut": list_given(paatokset),
        **describe_preview(plan, list_open(plan), nayta=request.GET.get("nayta"), sivu=request.GET.get("sivu")),
    }
    template = "seuranta/vastaustaulukko/vastaustaulukko_esikatselu.html"
    return render(request, template, context, status=tulos.status)


@takes(tekstit=SUURIN)
def vastaustaulukko_paata(request, pk, tuonti):
    """Store what the person decided; the preview is made anew from it."""
    tuonti = _load(request, pk, tuonti)
    if request.method != "POST":
        return redirect(tuonti)
    tulos = decide(tuonti, request.POST, lambda paatokset: _read_posted(request, tuonti, paatokset), by=request.user)
    if tulos.ongelmat or tulos.toisin:
        return _show_preview(request, tuonti, tulos)
    level, text = tulos.kirjattu.message
    getattr(messages, level)(request, text)
    return redirect(tuonti)


def _read_posted(request, tuonti, paatokset):
    plan = plan_stored(tuonti, by=request.user, paatokset=paatokset)
    form = PaatosForm(request.POST, ratkaistavat=list_open(plan), paatokset=paatokset)
    form.full_clean()
    return form


def vastaustaulukko_tallenna(request, pk, tuonti):
    """Record the very answers that were shown; if anything has changed since, show the new preview instead."""
    tuonti = _load(request, pk, tuonti)
    if request.method != "POST" or tuonti.tila != Tuonti.Tila.ESIKATSELU:
        return redirect(tuonti)
    plan = plan_stored(tuonti, by=request.user)
    try:
        apply_plan(
            plan.luettu, plan.target, by=request.user, fingerprint=request.POST.get("sormenjalki"), tuonti=tuonti
        )
    except (SuunnitelmaMuuttui, SuljettuJakso):
        text = _("Tiedot muuttuivat esikatselun jälkeen. Mitään ei tallennettu. Tarkista uusi esikatselu.")
        messages.error(request, text)
    else:
        messages.success(request, _("Vastaukset on tallennettu."))
    return redirect(tuonti)


@require_POST
@in_turn
def vastaustaulukko_hylkaa(request, pk, tuonti):
    tuonti = _load(request, pk, tuonti)
    if tuonti.tila == Tuonti.Tila.TALLENNETTU:
        messages.error(request, _("Tiedosto on jo tallennettu. Voit kumota tuonnin."))
        return redirect(tuonti)
    if discard(tuonti, by=request.user):
        messages.success(request, _("Tiedosto on hylätty. Mitään ei tallennettu."))
    page = "seuranta:vastaustaulukko-lista" if tuonti.is_open_to(request.user) else "seuranta:jakso-detail"
    return redirect(page, pk)


@require_POST
def vastaustaulukko_kumoa(request, pk, tuonti):
    tuonti = _load(request, pk, tuonti)
    try:
        undo_import(tuonti, by=request.user)
    except TuontiaEiVoiKumota as refused:
        messages.error(request, _("Tuontia ei voi kumota. %(syyt)s") % {"syyt": str(refused)})
    else:
        messages.success(request, _("Tuonti on kumottu. Arvot ovat nyt kuin ennen sitä."))
    return redirect(tuonti)


@require_safe
def vastaustaulukko_tiedosto(request, pk, tuonti):
    """The original bytes, always as a download: never shown as a page, whatever they hold."""
    tuonti = _load(request, pk, tuonti)
    record_download(request, tuonti, tuonti.tiedostonimi)
    return FileResponse(
        tuonti.tiedosto.open(),
        as_attachment=True,
        filename=tuonti.tiedostonimi,
        content_type="application/octet-stream",
    )


# --- addresses as they were


@require_safe
def lataa_siirtyi(request, pk, toimiala):
    found = _load_toimiala(request, _load_jakso(request, pk), toimiala)
    return redirect("seuranta:vastaustaulukko-lataa", pk, found.pk)


@require_POST
def laheta_siirtyi(request, pk, toimiala):
    """A page that was open before the address changed still sends its form."""
    jakso = _load_jakso(request, pk)
    found = _load_toimiala(request, jakso, toimiala)
    if not can_coordinate(request.user, jakso):
        raise PermissionDenied
    return redirect("seuranta:vastaustaulukko-laheta", pk, found.pk, preserve_request=True)
