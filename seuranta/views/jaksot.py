"""The seurantajaksot: who has answered, opening, finishing, reopening."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from strategia.jarjestys import Jarjestys
from strategia.models import Strategia
from strategia.permissions import can_coordinate

from ..forms import JaksoForm, UudelleenavausForm
from ..havainnot import LAJIT, check_before_closing
from ..models import Seurantajakso, SuljettuJakso
from ..vastaustilanne import build_tilanne


def jakso_lista(request):
    jaksot = Seurantajakso.objects.visible_to(request.user).select_related("strategia").order_by("-jarjestys")
    may_create = (
        can_coordinate(request.user, request.user) and Strategia.objects.filter(kunta=request.user.kunta_id).exists()
    )
    return render(request, "seuranta/jakso_lista.html", {"jaksot": jaksot, "may_create": may_create})


JARJESTETTAVAT = {
    "toimiala": lambda row: row.toimiala and row.toimiala.nimi.casefold(),
    "lahetetty": lambda row: row.lahetetty / row.kaikki,
    "vastaamatta": lambda row: row.vastaamatta,
    "viimeksi": lambda row: row.viimeksi,
    "muistutettu": lambda row: row.muistutus and row.muistutus.yritetty,
}


def jakso_detail(request, pk):
    """Who has answered, what to check, and the koordinaattori's next step."""
    jakso = get_object_or_404(Seurantajakso.objects.visible_to(request.user).select_related("strategia"), pk=pk)
    coordinates = can_coordinate(request.user, jakso)
    jarjestys = Jarjestys.of(request, JARJESTETTAVAT)
    tilanne = build_tilanne(jakso) if coordinates else None
    return render(
        request,
        "seuranta/jakso_detail.html",
        {
            "jakso": jakso,
            "coordinates": coordinates,
            "tilanne": tilanne,
            "toimialat": jarjestys.sort(tilanne.toimialat, JARJESTETTAVAT) if tilanne else [],
            "jarjestys": jarjestys,
            "paivia": _days_left(jakso),
            "havainnot": check_before_closing(jakso) if coordinates and _is_checked(jakso) else None,
            "versiot": jakso.raporttiversiot.all(),
        },
    )


def _days_left(jakso):
    deadline = jakso.vastaus_viimeistaan
    return (deadline - timezone.localdate()).days if deadline and jakso.is_open else None


def _is_checked(jakso):
    """Before it is open nobody has written anything, and a closed one is not mended."""
    return jakso.is_open or jakso.is_in_finishing


def jakso_tarkista(request, pk):
    """What to look at before closing, by toimiala, each row with a link to where it is mended."""
    jakso = _load_for_coordinating(request, pk)
    if not _is_checked(jakso):
        messages.error(request, _("Tarkistaa voi avoimen tai viimeisteltävän jakson."))
        return redirect("seuranta:jakso-detail", jakso.pk)
    laji = request.GET.get("havainto", "")
    laji = laji if laji in LAJIT else ""
    havainnot = check_before_closing(jakso)
    context = {"jakso": jakso, "laji": laji, "havainnot": havainnot, "osat": havainnot.by_toimiala(laji)}
    return render(request, "seuranta/jakso_tarkista.html", context)


def jakso_uusi(request):
    if not can_coordinate(request.user, request.user):
        raise PermissionDenied
    return _edit_jakso(request, Seurantajakso(), _("Uusi seurantajakso"))


def jakso_muokkaa(request, pk):
    jakso = _load_for_coordinating(request, pk)
    if jakso.is_closed:
        messages.error(request, _("Suljetun jakson tietoja ei voi muuttaa. Avaa jakso ensin uudelleen."))
        return redirect("seuranta:jakso-detail", jakso.pk)
    return _edit_jakso(request, jakso, _("Muokkaa jaksoa"))


def _edit_jakso(request, jakso, otsikko):
    form = JaksoForm(request.POST if request.method == "POST" else None, instance=jakso, kunta=request.user.kunta)
    if form.is_valid():
        jakso = form.save()
        messages.success(request, _("Jakso %(nimi)s on tallennettu.") % {"nimi": jakso.nimi})
        return redirect("seuranta:jakso-detail", jakso.pk)
    return render(
        request,
        "seuranta/jakso_form.html",
        {"form": form, "jakso": jakso if jakso.pk else None, "otsikko": otsikko},
        status=422 if form.errors else 200,
    )


def _load_for_coordinating(request, pk):
    """The jakso, for the koordinaattori; others in the kunta are refused, outsiders do not find it."""
    jakso = get_object_or_404(Seurantajakso.objects.visible_to(request.user), pk=pk)
    if not can_coordinate(request.user, jakso):
        raise PermissionDenied
    return jakso


@require_POST
def jakso_avaa(request, pk):
    jakso = _load_for_coordinating(request, pk)
    return _move(request, jakso, jakso.open, _("Jakso %(nimi)s on avoinna. Toimialat voivat nyt vastata."))


@require_POST
def jakso_viimeistele(request, pk):
    jakso = _load_for_coordinating(request, pk)
    return _move(request, jakso, jakso.finish, _("Jakso %(nimi)s on viimeistelyssä. Nyt vain koordinaattori muokkaa."))


def _move(request, jakso, move, message):
    try:
        move(by=request.user)
    except SuljettuJakso as moved_already:
        messages.error(request, str(moved_already))
    else:
        messages.success(request, message % {"nimi": jakso.nimi})
    return redirect("seuranta:jakso-detail", jakso.pk)


def jakso_avaa_uudelleen(request, pk):
    jakso = _load_for_coordinating(request, pk)
    form = UudelleenavausForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        syy = form.cleaned_data["syy"]
        return _move(
            request, jakso, lambda by: jakso.reopen(by=by, syy=syy), _("Jakso %(nimi)s on taas viimeistelyssä.")
        )
    return render(
        request,
        "seuranta/jakso_avaa_uudelleen.html",
        {"jakso": jakso, "form": form},
        status=422 if form.errors else 200,
    )
