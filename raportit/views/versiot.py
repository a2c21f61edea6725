"""The closing of a jakso, and the reports: drafts of open jaksot, versions of closed ones."""

import logging

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from seuranta.jakso.havainnot import check_before_closing
from seuranta.models import SuljettuJakso
from seuranta.pyynto import load_for_coordinating
from strategia.permissions import can_audit, can_coordinate

from ..esittelyteksti import write_text
from ..forms import RajausForm
from ..models import Raporttiversio
from ..muodot import KALLIIT, MUODOT, render_report
from ..muodot.kaavio import list_charts, render_chart_png, render_svg
from ..osavuosikatsaus import Osavuosikatsaus, build, from_json, rajaa
from ..sulkeminen import close_jakso
from ..tallenne import jono
from ..tallenne.lataus import MUUT_MUODOT, check_format, send_file, send_version, show_kept, show_progress
from ..tallenne.luonnokset import keep_draft, read_draft
from ..tallenne.tallenteet import is_stored

logger = logging.getLogger(__name__)


def jakso_sulje(request, pk):
    """Show the checks; on POST freeze the report and close the jakso."""
    jakso = load_for_coordinating(request, pk)
    if request.method != "POST":
        havainnot = check_before_closing(jakso)
        context = {"jakso": jakso, "havainnot": havainnot, "osat": havainnot.by_toimiala()}
        return render(request, "raportit/sulkeminen/jakso_sulje.html", context)
    try:
        versio = close_jakso(jakso, by=request.user)
    except SuljettuJakso as not_now:
        messages.error(request, str(not_now))
        return redirect("seuranta:jakso-detail", jakso.pk)
    _make_files(versio)
    messages.success(
        request, _("Jakso on suljettu ja raportti jäädytetty. Versio %(numero)s.") % {"numero": versio.numero}
    )
    return redirect("raportit:versio-detail", versio.pk)


def _make_files(versio):
    """The jakso is closed whatever becomes of the files: what fails here is made when somebody asks for it."""
    try:
        jono.start(versio)
    except Exception:
        logger.exception("Version %s tiedostoja ei saatu tehtyä", versio.pk)


def luonnos(request, pk):
    """The report of a jakso as it would be now, marked Luonnos."""
    jakso = load_for_coordinating(request, pk)
    raportti = build(jakso, koottu=timezone.now(), versio=None)
    links = {muoto: reverse("raportit:luonnos-lataa", args=[pk, muoto]) for muoto in MUODOT}
    return _render_page(request, raportti, links, versio=None)


def versio_lista(request):
    context = {"versiot": Raporttiversio.objects.of(request.user).order_by("-luotu")}
    if request.user.kunta:
        context["slug"] = request.user.kunta.slug
    return render(request, "raportit/raportti/versio_lista.html", context)


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
        "kasittelyt": versio.kasittelyt.all() if versio else (),
        "julkaisut": versio.julkaisut.all() if versio and can_audit(request.user, versio) else (),
        "coordinates": can_coordinate(request.user, versio) if versio else False,
        "kaaviot": list_charts(raportti),
        "esittelyteksti": write_text(raportti),
        "otsikko": raportti.jakso.nimi,
        "toimenpiteen_osoite": reverse("seuranta:toimenpide-detail", args=[0]),
        "pdf": links["pdf"],
        "muut": [(nimi, links[muoto]) for muoto, nimi in MUUT_MUODOT.items()],
    }
    return render(request, "raportit/raportti/versio_detail.html", context)


def versio_lataa(request, pk, muoto):
    """A format of a frozen version, from store once it has been made."""
    versio = get_object_or_404(Raporttiversio.objects.select_related("jakso"), pk=pk, kunta=request.user.kunta_id)
    check_format(muoto)
    if part := _part(request, from_json(versio.data) if request.GET else None):
        if muoto in KALLIIT and jono.is_long(part):
            return redirect("raportit:versio-osa-valmistuu", pk, keep_draft(versio.kunta_id, part), muoto)
        return send_file(render_report(part, muoto), muoto, f"{versio.jakso.nimi}-versio-{versio.numero}-osa")
    if not is_stored(versio, muoto) and jono.is_long(from_json(versio.data)):
        return redirect("raportit:versio-valmistuu", pk, muoto)
    return send_version(request, versio, muoto)


def versio_valmistuu(request, pk, muoto):
    """How the making of a long version's files is getting on, and the link when this one is ready."""
    versio = get_object_or_404(Raporttiversio.objects.select_related("jakso"), pk=pk, kunta=request.user.kunta_id)
    check_format(muoto)
    if "heti" in request.GET:
        return send_version(request, versio, muoto)
    is_ready = is_stored(versio, muoto)
    return show_progress(
        request,
        otsikko=str(versio),
        lataa=reverse("raportit:versio-lataa", args=[pk, muoto]) if is_ready else "",
        tyo=None if is_ready else jono.ask(jono.render_versio, pk, again="uudelleen" in request.GET),
    )


def versio_osa_valmistuu(request, pk, tiiviste, muoto):
    """The same of a long part of a version."""
    versio = get_object_or_404(Raporttiversio.objects.select_related("jakso"), pk=pk, kunta=request.user.kunta_id)
    osa = read_draft(versio.kunta_id, tiiviste, Osavuosikatsaus)
    if osa is None or (osa.jakso.id, osa.versio) != (versio.jakso_id, versio.numero) or muoto not in KALLIIT:
        raise Http404
    otsikko = f"{versio}. {'. '.join(osa.rajaus)}"
    name = f"{versio.jakso.nimi}-versio-{versio.numero}-osa"
    return show_kept(request, versio.kunta_id, tiiviste, muoto, otsikko=otsikko, name=name)


def versio_kaavio(request, pk, nimi, muoto):
    """A chart of a version as a picture for slides."""
    versio = get_object_or_404(Raporttiversio, pk=pk, kunta=request.user.kunta_id)
    raportti = from_json(versio.data)
    if muoto not in KUVAT or nimi not in list_charts(raportti):
        raise Http404
    content_type, draw = KUVAT[muoto]
    return HttpResponse(
        draw(raportti, nimi),
        content_type=content_type,
        headers={"Content-Disposition": f'attachment; filename="{nimi}-versio-{versio.numero}.{muoto}"'},
    )


KUVAT = {"png": ("image/png", render_chart_png), "svg": ("image/svg+xml", render_svg)}


def luonnos_lataa(request, pk, muoto):
    jakso = load_for_coordinating(request, pk)
    check_format(muoto)
    raportti = build(jakso, koottu=timezone.now(), versio=None)
    part = _part(request, raportti)
    if muoto in KALLIIT and jono.is_long(part or raportti):
        return redirect("raportit:luonnos-valmistuu", pk, keep_draft(jakso.kunta_id, part or raportti), muoto)
    name = f"{jakso.nimi}-luonnos-osa" if part else f"{jakso.nimi}-luonnos"
    return send_file(render_report(part or raportti, muoto), muoto, name)


def _part(request, raportti):
    """The part that the address asks for, None for the whole; 404 for a part that the report has not."""
    if not request.GET:
        return None
    form = RajausForm(request.GET, raportti=raportti)
    if not form.is_valid():
        raise Http404
    rajaus = form.rajaus()
    return rajaa(raportti, rajaus) if rajaus else None


def luonnos_valmistuu(request, pk, tiiviste, muoto):
    """The same of a long draft; ready, it is the file itself that is asked for here with `lataa`."""
    jakso = load_for_coordinating(request, pk)
    raportti = read_draft(jakso.kunta_id, tiiviste, Osavuosikatsaus)
    if raportti is None or raportti.jakso.id != jakso.pk or muoto not in KALLIIT:
        raise Http404
    otsikko = f"{jakso.nimi}, {_('luonnos')}"
    return show_kept(request, jakso.kunta_id, tiiviste, muoto, otsikko=otsikko, name=f"{jakso.nimi}-luonnos")
