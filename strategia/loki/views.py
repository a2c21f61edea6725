"""Who did what: the acts of the kunta, for its pääkäyttäjä and its tarkastaja; of the installation, for a superuser."""

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ..permissions import reads_tapahtumat
from ..tapahtuma import record_download
from .tapahtumarajaus import TapahtumarajausForm
from .tapahtumataulukko import ENINTAAN, TAULUKOT

SIVULLA = 50


@require_safe
def tapahtuma_lista(request):
    if not reads_tapahtumat(request.user):
        raise PermissionDenied
    rajaus = TapahtumarajausForm(request.GET, user=request.user)
    sivu = Paginator(rajaus.rows(), SIVULLA).get_page(request.GET.get("sivu"))
    muu_sivu = request.GET.get("sivu", "1") != str(sivu.number)
    taulukot = [(nimi, _query_of(request, muoto)) for muoto, nimi in (("xlsx", "Excel"), ("csv", "CSV"))]
    context = {"rajaus": rajaus, "sivu": sivu, "taulukot": taulukot, "enintaan": ENINTAAN, "muu_sivu": muu_sivu}
    return render(request, "strategia/loki/tapahtuma_lista.html", context)


def _query_of(request, muoto):
    kysely = request.GET.copy()
    kysely.pop("sivu", None)
    kysely["muoto"] = muoto
    return kysely.urlencode()


@require_safe
def tapahtuma_lataa(request):
    """The same rows as a file, the newest of them where they are too many."""
    if not reads_tapahtumat(request.user):
        raise PermissionDenied
    muoto = request.GET.get("muoto", "csv")
    if muoto not in TAULUKOT:
        raise Http404
    draw, content_type = TAULUKOT[muoto]
    rajaus = TapahtumarajausForm(request.GET, user=request.user)
    if rajaus.errors:  # the page says what was wrong: a file of all rows would say nothing
        return redirect(f"{reverse('strategia:tapahtuma-lista')}?{request.GET.urlencode()}")
    content = draw(rajaus.rows()[:ENINTAAN].iterator(chunk_size=2_000))
    record_download(request, None, f"{_('tapahtumat')} ({muoto})")
    headers = {"Content-Disposition": content_disposition_header(True, f"tapahtumat.{muoto}")}
    return HttpResponse(content, content_type=content_type, headers=headers)
