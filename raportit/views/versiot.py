"""The closing of a jakso, and the reports: drafts of open jaksot, versions of closed ones."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from seuranta.havainnot import check_before_closing
from seuranta.models import Seurantajakso, SuljettuJakso
from strategia.permissions import can_coordinate

from ..forms import RajausForm
from ..models import Raporttiversio
from ..muodot import MUODOT, TallennePuuttuu, render_report, stored_bytes
from ..osavuosikatsaus import build, from_json, rajaa
from ..sulkeminen import close_jakso

# The ways to have a report beside the PDF, and what the page calls them.
MUUT_MUODOT = {"docx": "Word", "xlsx": "Excel", "html": "HTML", "csv": "CSV", "json": "JSON"}


def jakso_sulje(request, pk):
    """Show the checks; on POST freeze the report and close the jakso."""
    jakso = _load_for_coordinating(request, pk)
    if request.method != "POST":
        havainnot = check_before_closing(jakso)
        context = {"jakso": jakso, "havainnot": havainnot, "osat": havainnot.by_toimiala()}
        return render(request, "raportit/jakso_sulje.html", context)
    try:
        versio = close_jakso(jakso, by=request.user)
    except SuljettuJakso as not_now:
        messages.error(request, str(not_now))
        return redirect("seuranta:jakso-detail", jakso.pk)
    messages.success(
        request, _("Jakso on suljettu ja raportti jäädytetty. Versio %(numero)s.") % {"numero": versio.numero}
    )
    return redirect("raportit:versio-detail", versio.pk)


def _load_for_coordinating(request, pk):
    jakso = get_object_or_404(Seurantajakso.objects.visible_to(request.user).select_related("strategia__kunta"), pk=pk)
    if not can_coordinate(request.user, jakso):
        raise PermissionDenied
    return jakso


def luonnos(request, pk):
    """The report of a jakso as it would be now, marked Luonnos."""
    jakso = _load_for_coordinating(request, pk)
    raportti = build(jakso, koottu=timezone.now(), versio=None)
    links = {muoto: reverse("raportit:luonnos-lataa", args=[pk, muoto]) for muoto in MUODOT}
    return _render_page(request, raportti, links, versio=None)


def versio_lista(request):
    return render(
        request, "raportit/versio_lista.html", {"versiot": Raporttiversio.objects.of(request.user).order_by("-luotu")}
    )


def versio_detail(request, pk):
    versio = get_object_or_404(Raporttiversio.objects.select_related("jakso"), pk=pk, kunta=request.user.kunta_id)
    links = {muoto: reverse("raportit:versio-lataa", args=[pk, muoto]) for muoto in MUODOT}
    return _render_page(request, from_json(versio.data), links, versio=versio)


def _render_page(request, raportti, links, *, versio):
    form = RajausForm(request.GET, raportti=raportti)
    rajaus = form.rajaus() if form.is_valid() else None
    if rajaus:
        links = {muoto: f"{osoite}?{request.GET.urlencode()}" for muoto, osoite in links.items()}
    context = {
        "raportti": rajaa(raportti, rajaus) if rajaus else raportti,
        "rajaus": form,
        "versio": versio,
        "otsikko": raportti.jakso.nimi,
        "toimenpiteen_osoite": reverse("seuranta:toimenpide-detail", args=[0]),
        "pdf": links["pdf"],
        "muut": [(nimi, links[muoto]) for muoto, nimi in MUUT_MUODOT.items()],
    }
    return render(request, "raportit/versio_detail.html", context)


def versio_lataa(request, pk, muoto):
    """A format of a frozen version, from store once it has been made."""
    versio = get_object_or_404(Raporttiversio.objects.select_related("jakso"), pk=pk, kunta=request.user.kunta_id)
    if muoto not in MUODOT:
        raise Http404
    name = f"{versio.jakso.nimi}-versio-{versio.numero}"
    if part := _part(request, from_json(versio.data) if request.GET else None):
        return _download(render_report(part, muoto), muoto, f"{name}-osa")
    try:
        return _download(stored_bytes(versio, muoto), muoto, name)
    except TallennePuuttuu:
        return render(request, "raportit/tallenne_puuttuu.html", {"versio": versio}, status=503)


def luonnos_lataa(request, pk, muoto):
    jakso = _load_for_coordinating(request, pk)
    if muoto not in MUODOT:
        raise Http404
    raportti = build(jakso, koottu=timezone.now(), versio=None)
    if part := _part(request, raportti):
        return _download(render_report(part, muoto), muoto, f"{jakso.nimi}-luonnos-osa")
    return _download(render_report(raportti, muoto), muoto, f"{jakso.nimi}-luonnos")


def _part(request, raportti):
    """The part that the address asks for, None for the whole; 404 for a part that the report has not."""
    if not request.GET:
        return None
    form = RajausForm(request.GET, raportti=raportti)
    if not form.is_valid():
        raise Http404
    rajaus = form.rajaus()
    return rajaa(raportti, rajaus) if rajaus else None


def _download(content, muoto, name):
    return HttpResponse(
        content,
        content_type=MUODOT[muoto].content_type,
        headers={"Content-Disposition": f'attachment; filename="{slugify(name)}.{muoto}"'},
    )
