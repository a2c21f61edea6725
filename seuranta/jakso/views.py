"""The seurantajaksot: who has answered, opening, finishing, reopening."""

from copy import copy
from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from strategia.jarjestys import Jarjestys
from strategia.models import Ilmoitusviesti, Strategia, Tapahtuma
from strategia.permissions import can_audit, can_coordinate, can_reopen, records
from strategia.poistaminen import Riippuu, list_hanging, remove
from strategia.tapahtuma import record_act
from strategia.teksti import read_id
from strategia.vuoro import in_turn

from ..models import Seurantajakso, SuljettuJakso
from ..muistutus.kaanteet import announce, list_concerned, list_told
from ..muistutus.muistettavat import explain_none, list_remindable
from ..muistutus.tilanne import build_tilanne
from ..pyynto import load_for_coordinating
from ..tarkistus import find_personal_data
from .ehdotus import propose_next
from .forms import AvausForm, JaksoForm, JatkoForm, UudelleenavausForm
from .havainnot import LAJIT, check_before_closing, group_by_toimiala
from .poisjaavat import list_left_out
from .siirto import mark_moves, move, version_of

Laji, Teko = Ilmoitusviesti.Laji, Tapahtuma.Laji
HAVAINTOJA_SIVULLA = 100  # rows
OMAT_OSAT = ("ToimialanMaaraaika", "Kokous")  # told on the jakso alone


@require_safe
def jakso_lista(request):
    """Those of the newest strategia first, the latest of each first; the koordinaattori may move them."""
    jaksot = Seurantajakso.objects.visible_to(request.user).select_related("strategia")
    jaksot = list(jaksot.order_by("-strategia_id", "-jarjestys", "-pk"))
    kunta = request.user.kunta
    coordinates = can_coordinate(request.user, kunta)
    if coordinates:
        mark_moves(jaksot)
    context = {
        "jaksot": jaksot,
        "may_create": coordinates and Strategia.objects.filter(kunta=kunta).exists(),
        "may_move": any(getattr(jakso, "suunnat", ()) for jakso in jaksot),
    }
    return render(request, "seuranta/jakso/jakso_lista.html", context)


@require_POST
@in_turn
def jakso_siirra(request, pk):
    """One place earlier or later among the jaksot of its strategia, a closed one too: its reports stay as they are."""
    jakso = load_for_coordinating(request, pk)
    if request.POST.get("versio") != version_of(jakso.strategia.jaksot.all()):
        messages.error(request, _("Jaksojen järjestys on muuttunut sillä välin. Katso se ja siirrä uudelleen."))
    elif pair := move(jakso, request.POST.get("suunta"), by=request.user):
        text = _("Järjestys on nyt: ensin %(ensin)s, sitten %(sitten)s.")
        record_act(request, Teko.MUUTETTU, jakso, mihin=_("järjestys"))
        messages.success(request, text % {"ensin": pair[0].nimi, "sitten": pair[1].nimi})
    return redirect("seuranta:jakso-lista")


JARJESTETTAVAT = {
    "toimiala": lambda row: row.toimiala and row.toimiala.nimi.casefold(),
    "lahetetty": lambda row: row.lahetetty / row.kaikki if row.kaikki else 1,
    "vastaamatta": lambda row: row.vastaamatta,
    "viimeksi": lambda row: row.viimeksi,
    "muistutettu": lambda row: row.muistutus and row.muistutus.yritetty,
}


@require_safe
def jakso_detail(request, pk):
    """Who has answered, what to check, and the koordinaattori's next step."""
    jakso = get_object_or_404(Seurantajakso.objects.visible_to(request.user).select_related("strategia"), pk=pk)
    coordinates = can_coordinate(request.user, jakso)
    jarjestys = Jarjestys.of(request, JARJESTETTAVAT)
    tilanne = build_tilanne(jakso) if coordinates else None
    if coordinates and jakso.is_open:
        request.valikossa = "seuranta:vastaustilanne"
    return render(
        request,
        "seuranta/jakso/jakso_detail.html",
        {
            "jakso": jakso,
            "coordinates": coordinates,
            "reopens": can_reopen(request.user, jakso),
            "records": records(request.user),
            "tilanne": tilanne,
            "kerrotaan": list_told(tilanne.henkilot, Laji.AVAUS, by=request.user) if tilanne else [],
            "muistutettavat": list_remindable(tilanne, by=request.user) if tilanne else [],
            "miksi_ei_muistuteta": explain_none(tilanne, by=request.user) if tilanne else "",
            "lauseen_pituus": AvausForm.base_fields["lause"].max_length,
            "toimialat": jarjestys.sort(tilanne.toimialat, JARJESTETTAVAT) if tilanne else [],
            "jarjestys": jarjestys,
            "paivia": _days_left(jakso),
            "poisjaavat": None if jakso.is_closed else list_left_out(jakso),
            "havainnot": check_before_closing(jakso) if coordinates and _is_checked(jakso) else None,
            "versiot": jakso.raporttiversiot.of(request.user).with_replacing(public=not can_audit(request.user, jakso)),
            "kokoukset": jakso.kokoukset.all() if coordinates else (),
            "avaamisen_syy": _reason_to_show(jakso, request.user),
        },
    )


def _reason_to_show(jakso, user):
    """Why it was opened again: to others than auditors only what its report may tell of it."""
    syy = jakso.avaamisen_syy
    if not syy or can_audit(user, jakso):
        return syy
    versiot = jakso.raporttiversiot.order_by("-numero") if jakso.is_closed else jakso.raporttiversiot.none()
    is_hidden = versiot.values_list("piilota_vanhat", flat=True).first()
    return "" if is_hidden or find_personal_data(syy) else syy


def _days_left(jakso):
    deadline = jakso.vastaus_viimeistaan
    return (deadline - timezone.localdate()).days if deadline and jakso.is_open else None


def _is_checked(jakso):
    """Before it is open nobody has written anything, and a closed one is not mended."""
    return jakso.is_open or jakso.is_in_finishing


@require_safe
def jakso_tarkista(request, pk):
    """What to look at before closing, by toimiala, each row with a link to where it is mended."""
    jakso = load_for_coordinating(request, pk)
    if not _is_checked(jakso):
        messages.error(request, _("Tarkistaa voi avoimen tai viimeisteltävän jakson."))
        return redirect("seuranta:jakso-detail", jakso.pk)
    laji = request.GET.get("havainto", "")
    laji = laji if laji in LAJIT else ""
    havainnot = check_before_closing(jakso)
    rivit = havainnot.list_by_toimiala(laji)
    sivu = Paginator(rivit, HAVAINTOJA_SIVULLA).get_page(request.GET.get("sivu"))
    osat = group_by_toimiala(sivu.object_list, rivit)
    context = {"jakso": jakso, "laji": laji, "havainnot": havainnot, "osat": osat, "sivu": sivu}
    return render(request, "seuranta/jakso/jakso_tarkista.html", context)


@in_turn
def jakso_uusi(request):
    if not can_coordinate(request.user, request.user.kunta):
        raise PermissionDenied
    strategiat = Strategia.objects.filter(kunta=request.user.kunta_id)
    asked = read_id(request.GET.get("strategia", ""))
    last = Seurantajakso.objects.filter(kunta=request.user.kunta_id).order_by("pk").last()
    strategia = strategiat.filter(pk=asked).first() if asked is not None else last and last.strategia
    jaksot = list(strategia.jaksot.all()) if strategia else []
    initial = {**propose_next(jaksot), "strategia": strategia and strategia.pk}
    others = {"muut": strategiat.exclude(pk=strategia.pk) if strategia else (), "pohja": jaksot[-1:]}
    return _edit_jakso(request, Seurantajakso(), _("Uusi seurantajakso"), initial=initial, context=others)


@in_turn
def jakso_muokkaa(request, pk):
    jakso = load_for_coordinating(request, pk, lock=request.method == "POST")
    if jakso.is_closed:
        messages.error(request, _("Suljetun jakson tietoja ei voi muuttaa. Avaa jakso ensin uudelleen."))
        return redirect("seuranta:jakso-detail", jakso.pk)
    if "poista" in request.POST:
        return _remove_jakso(request, jakso)
    hanging = list_hanging(jakso, own=OMAT_OSAT)
    return _edit_jakso(request, jakso, _("Muokkaa jaksoa"), context={"riippuu": hanging})


def _remove_jakso(request, jakso):
    jakso._history_user, gone = request.user, copy(jakso)  # deleted, a row has no id
    try:
        remove(jakso, own=OMAT_OSAT)
    except Riippuu:
        messages.error(request, _("Jaksoa ei poistettu: siinä on jo jotakin."))
        return redirect("seuranta:jakso-muokkaa", jakso.pk)
    record_act(request, Teko.POISTETTU, gone)
    messages.success(request, _("Jakso %(nimi)s on poistettu.") % {"nimi": jakso.nimi})
    return redirect("seuranta:jakso-lista")


def _edit_jakso(request, jakso, otsikko, *, initial=None, context=None):
    posted = request.POST if request.method == "POST" else None
    form = JaksoForm(posted, instance=jakso, kunta=request.user.kunta, initial=initial)
    if form.is_valid():
        laji = Teko.LISATTY if jakso._state.adding else Teko.MUUTETTU
        jakso = form.save()
        record_act(request, laji, jakso, form=form)
        messages.success(request, _("Jakso %(nimi)s on tallennettu.") % {"nimi": jakso.nimi})
        _warn_of_past(request, jakso)
        return redirect("seuranta:jakso-detail", jakso.pk)
    told = {"otsikko": otsikko, "poisjaavat": list_left_out(form.shown()), **(context or {})}
    return render(
        request,
        "seuranta/jakso/jakso_form.html",
        {"form": form, "jakso": jakso if jakso.pk else None, **told},
        status=form.status,
    )


def _warn_of_past(request, jakso):
    deadline = jakso.vastaus_viimeistaan
    if deadline and deadline < timezone.localdate():
        text = _("Vastausaika päättyi jo %(pvm)s. Vastata voi silti niin kauan kuin jakso on avoinna.")
        messages.warning(request, text % {"pvm": date_format(deadline, "j.n.Y")})


@in_turn
def jakso_jatka(request, pk):
    """More time to answer, for all or for one toimiala: what holds now stands beside."""
    jakso = load_for_coordinating(request, pk)
    if jakso.is_closed or jakso.is_in_finishing:
        messages.error(request, _("Vastausaikaa voi jatkaa vain, kun jakso on tulossa tai avoinna."))
        return redirect("seuranta:jakso-detail", pk)
    posted = request.POST if request.method == "POST" else None
    form = JatkoForm(posted, jakso=jakso, initial={"toimiala": request.GET.get("toimiala")})
    if form.is_valid():
        due = form.cleaned_data
        toimiala, vastaus = due["toimiala"], due["vastaus_viimeistaan"]
        extend = partial(jakso.extend, vastaus, due["hyvaksynta_viimeistaan"], toimiala=toimiala)
        whose = {"kenelle": toimiala or _("Kaikki toimialat"), "pvm": date_format(vastaus, "j.n.Y")}
        return _move(request, jakso, extend, _("%(kenelle)s: vastausaikaa on nyt %(pvm)s asti.") % whose)
    in_use = jakso.maaraajat.filter(toimiala__lopetettu=None)
    maaraajat = in_use.select_related("toimiala").order_by("toimiala__jarjestys", "toimiala__nimi")
    context = {"form": form, "jakso": jakso, "maaraajat": maaraajat}
    return render(request, "seuranta/jakso/jakso_jatka.html", context, status=form.status)


@require_POST
def jakso_avaa(request, pk):
    jakso = load_for_coordinating(request, pk)
    told = _("Jakso %(nimi)s on avoinna. Toimialat voivat nyt vastata.") % {"nimi": jakso.nimi}
    return _move(request, jakso, jakso.open, told, laji=Laji.AVAUS)


def jakso_viimeistele(request, pk):
    """Asks first where something is left open: whoever reloads that page as an address gets the jakso."""
    jakso = load_for_coordinating(request, pk)
    if request.method != "POST":
        return redirect("seuranta:jakso-detail", pk)
    if jakso.is_open and request.POST.get("vahvista") != "1" and (kesken := _left_open(jakso, by=request.user)):
        return render(request, "seuranta/jakso/jakso_viimeistele.html", {"jakso": jakso, **kesken})
    told = _("Jakso %(nimi)s on viimeistelyssä. Nyt vain koordinaattori muokkaa.") % {"nimi": jakso.nimi}
    return _move(request, jakso, jakso.finish, told, laji=Laji.VIIMEISTELY)


def _left_open(jakso, *, by):
    """What is still open in the jakso: rows not sent by toimiala, days of the time to answer; {} where nothing is.

    Beside it how many rows are not approved, and who is told of the move.
    """
    tilanne = build_tilanne(jakso)
    mittareita = len(tilanne.yhteensa.avoimet_mittarit)
    toimialat, days = [osa for osa in tilanne.toimialat if osa.avoimet], _days_left(jakso)
    hyvaksymatta = tilanne.yhteensa.lahetetty - tilanne.yhteensa.hyvaksytty
    if not (toimialat or mittareita) and not (days and days > 0):
        return {}
    avoimia = sum(len(osa.avoimet) for osa in toimialat)
    told = {"toimialat": toimialat, "avoimia": avoimia, "hyvaksymatta": hyvaksymatta}
    told |= {"mittareita": mittareita, "paivia": days}
    told["kerrotaan"] = list_told(list_concerned(jakso, tilanne, Laji.VIIMEISTELY), Laji.VIIMEISTELY, by=by)
    return told | {"lauseen_pituus": AvausForm.base_fields["lause"].max_length}


def _move(request, jakso, move, message, *, laji=None):
    """laji: of the messages that tell those who answer of it."""
    form = AvausForm(request.POST)
    if not form.is_valid():
        messages.error(request, form.errors["lause"][0])
        return redirect("seuranta:jakso-detail", jakso.pk)
    try:
        move(by=request.user)
    except SuljettuJakso as moved_already:
        messages.error(request, str(moved_already))
    else:
        messages.success(request, message)
        if laji and (n := announce(jakso, laji, by=request.user, **form.cleaned_data)):
            text = ngettext("Siitä kerrotaan %(n)d henkilölle aamulla.", "Siitä kerrotaan %(n)d henkilölle aamulla.", n)
            messages.info(request, text % {"n": n})
    return redirect("seuranta:jakso-detail", jakso.pk)


def jakso_avaa_uudelleen(request, pk):
    jakso = load_for_coordinating(request, pk, may=can_reopen)
    form = UudelleenavausForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        syy = form.cleaned_data["syy"]
        told = _("Jakso %(nimi)s on taas viimeistelyssä.") % {"nimi": jakso.nimi}
        return _move(request, jakso, partial(jakso.reopen, syy=syy), told)
    return render(
        request,
        "seuranta/jakso/jakso_avaa_uudelleen.html",
        {"jakso": jakso, "form": form},
        status=422 if form.errors else 200,
    )
