"""The reports: drafts of open jaksot, versions of closed ones, and their files."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from seuranta.pyynto import load_for_coordinating
from strategia.permissions import audits, can_audit, can_coordinate
from strategia.replika import reads_replica
from strategia.sahkoposti import absolute_url
from strategia.tapahtuma import record_download

from ..models import Raporttiversio, has_several_plans
from ..muodot import KALLIIT, MUODOT, VAIN_JULKISET
from ..muodot.kaavio import list_charts, render_chart_png, render_svg
from ..osavuosikatsaus import Osavuosikatsaus, build, from_json, open_page, rajaa
from ..tallenne import jono
from ..tallenne.lataus import (
    asks_again,
    check_format,
    name_links,
    send_file,
    send_public,
    send_version,
    show_kept,
    show_progress,
)
from ..tallenne.luonnokset import draft_bytes, keep_draft, read_draft, render_draft
from ..tallenne.nakyma import open_report, show_publicly
from ..tallenne.piirto import render_apart
from ..tallenne.tallenteet import is_public_stored, is_stored
from .esittelyteksti import write_text
from .forms import RajausForm

SISAISET = [muoto for muoto in MUODOT if muoto not in VAIN_JULKISET]


@require_safe
def luonnos(request, pk):
    """The report of a jakso as it would be now, marked Luonnos."""
    jakso = load_for_coordinating(request, pk)
    if frozen := _newest_of_closed(jakso):
        return redirect("raportit:versio-detail", frozen.pk)
    raportti = build(jakso, koottu=timezone.now(), versio=None)
    links = {muoto: reverse("raportit:luonnos-lataa", args=[pk, muoto]) for muoto in MUODOT}
    return _render_page(request, raportti, links, versio=None)


def _newest_of_closed(jakso):
    """The version that a closed jakso froze: its draft would be of today's names."""
    return jakso.raporttiversiot.defer("data").order_by("numero").last() if jakso.is_closed else None


@require_safe
def versio_lista(request):
    found = Raporttiversio.objects.of(request.user).with_replacing(public=not audits(request.user))
    versiot = list(found.select_related("jakso__strategia").order_by("-luotu"))
    context = {"versiot": versiot, "monta": has_several_plans(versiot)}
    if request.user.kunta:
        context["slug"] = request.user.kunta.slug
    return render(request, "raportit/raportti/versio_lista.html", context)


@require_safe
@reads_replica
def versio_detail(request, pk):
    """The version as the reader may read it; who may read all of it is offered the public files first."""
    versio = _find_version(request, pk)
    reads_all = can_audit(request.user, versio)
    korvaava = Raporttiversio.objects.newest_after(versio, public=not reads_all)
    own, public = "raportit:versio-lataa", "raportit:versio-lataa-julkinen"
    links = {muoto: reverse(public, args=[pk, muoto]) for muoto in MUODOT}
    inner = {muoto: reverse(own, args=[pk, muoto]) for muoto in SISAISET} if reads_all else {}
    raportti = open_report(versio, request.user)
    return _render_page(request, raportti, links, versio=versio, korvaava=korvaava, inner=inner)


def _find_version(request, pk):
    return get_object_or_404(Raporttiversio.objects.readable_by(request.user).select_related("jakso"), pk=pk)


def _render_page(request, raportti, links, *, versio, korvaava=None, inner=None):
    form = RajausForm(request.GET, raportti=raportti)
    rajaus = (form.is_valid() and form.rajaus()) or None
    if rajaus:
        links, inner = _cut(request, links), _cut(request, inner or {})
    sivu = open_page(raportti, rajaus)
    context = {
        "raportti": sivu.raportti,
        "sivu": sivu,
        "rajaus": form,
        "versio": versio,
        "kasittelyt": versio.kasittelyt.all() if versio else (),
        "julkaisut": versio.julkaisut.all() if versio and can_audit(request.user, versio) else (),
        "coordinates": can_coordinate(request.user, versio) if versio else False,
        "korvaava": korvaava,
        "kaaviot": list_charts(raportti),
        "esittelyteksti": write_text(raportti),
        "otsikko": raportti.jakso.nimi,
        "osoite": _public_address(request, versio),
        "toimenpiteen_osoite": reverse("seuranta:toimenpide-detail", args=[0]),
        "pdf": links["pdf"],
        "muut": name_links(links, raportti),
        "sisainen_pdf": inner["pdf"] if inner else "",
        "sisaiset": name_links(inner, raportti) if inner else (),
    }
    return render(request, "raportit/raportti/versio_detail.html", context)


def _public_address(request, versio):
    """Where anybody reads a published version, to be copied; "" of what is not published."""
    if not versio or not versio.on_julkinen:
        return ""
    return absolute_url(reverse("raportit:julkinen-versio", args=[request.user.kunta.slug, versio.tunnus]))


def _cut(request, links):
    return {muoto: f"{osoite}?{request.GET.urlencode()}" for muoto, osoite in links.items()}


@require_safe
def versio_lataa(request, pk, muoto):
    """The inner form of a frozen version, from store once it has been made; to others it looks like a missing one."""
    versio = _find_inner(request, pk)
    check_format(muoto, SISAISET)
    if part := _part(request, from_json(versio.data, versio.siirtyma) if request.GET else None):
        return _send_part(request, versio, part, muoto)
    if not is_stored(versio, muoto) and jono.is_for_worker(from_json(versio.data), muoto):
        return redirect("raportit:versio-valmistuu", pk, muoto)
    return send_version(request, versio, muoto)


@require_safe
def versio_lataa_julkinen(request, pk, muoto):
    """The form for the council and the public: of a version that is not public, too."""
    nakyma = show_publicly(_find_version(request, pk))
    check_format(muoto)
    if part := _part(request, nakyma.taalla if request.GET else None):
        return _send_part(request, nakyma.versio, part, muoto)
    if not is_public_stored(nakyma, muoto) and jono.is_for_worker(nakyma.raportti, muoto):
        return redirect("raportit:versio-valmistuu-julkinen", pk, muoto)
    return send_public(request, nakyma, muoto)


def _find_inner(request, pk):
    versio = _find_version(request, pk)
    if not can_audit(request.user, versio):
        raise Http404
    return versio


def _send_part(request, versio, part, muoto):
    if muoto in KALLIIT and jono.is_for_worker(part):
        return redirect("raportit:versio-osa-valmistuu", versio.pk, keep_draft(versio.kunta_id, part), muoto)
    record_download(request, versio, f"{'. '.join(part.rajaus)} ({muoto})")
    return send_file(render_apart(part, muoto), muoto, f"{versio.jakso.nimi}-versio-{versio.numero}-osa")


def versio_valmistuu(request, pk, muoto):
    """How the making of a long version's files is getting on, and the link when this one is ready."""
    versio = _find_inner(request, pk)
    check_format(muoto, SISAISET)
    if "heti" in request.GET:
        return send_version(request, versio, muoto)
    is_ready = is_stored(versio, muoto)
    return show_progress(
        request,
        otsikko=str(versio),
        lataa=reverse("raportit:versio-lataa", args=[pk, muoto]) if is_ready else "",
        tyo=None if is_ready else jono.ask(jono.render_versio, pk, again=asks_again(request)),
    )


def versio_valmistuu_julkinen(request, pk, muoto):
    """The same of the public form."""
    nakyma = show_publicly(_find_version(request, pk))
    check_format(muoto)
    if "heti" in request.GET:
        return send_public(request, nakyma, muoto)
    is_ready = is_public_stored(nakyma, muoto)
    return show_progress(
        request,
        otsikko=_("%(versio)s, valtuustolle") % {"versio": nakyma.versio},
        lataa=reverse("raportit:versio-lataa-julkinen", args=[pk, muoto]) if is_ready else "",
        tyo=None if is_ready else jono.ask_public(nakyma, again=asks_again(request)),
    )


def versio_osa_valmistuu(request, pk, tiiviste, muoto):
    """The same of a long part of a version, of the form that the reader may read."""
    versio = _find_version(request, pk)
    osa = read_draft(versio.kunta_id, tiiviste, Osavuosikatsaus)
    if osa is None or (osa.jakso.id, osa.versio) != (versio.jakso_id, versio.numero) or muoto not in KALLIIT:
        raise Http404
    if not (osa.julkinen or can_audit(request.user, versio)):
        raise Http404
    otsikko = f"{versio}. {'. '.join(osa.rajaus)}"
    name = f"{versio.jakso.nimi}-versio-{versio.numero}-osa"
    return show_kept(request, versio.kunta_id, tiiviste, muoto, otsikko=otsikko, name=name)


@require_safe
@reads_replica
def versio_kaavio(request, pk, nimi, muoto):
    """A chart of a version as a picture for slides: those are for the council."""
    versio = _find_version(request, pk)
    raportti = show_publicly(versio).raportti
    if muoto not in KUVAT or nimi not in list_charts(raportti):
        raise Http404
    content_type, draw = KUVAT[muoto]
    record_download(request, versio, f"{nimi}.{muoto}")
    return HttpResponse(
        draw(raportti, nimi),
        content_type=content_type,
        headers={"Content-Disposition": f'attachment; filename="{nimi}-versio-{versio.numero}.{muoto}"'},
    )


KUVAT = {"png": ("image/png", render_chart_png), "svg": ("image/svg+xml", render_svg)}


@require_safe
def luonnos_lataa(request, pk, muoto):
    jakso = load_for_coordinating(request, pk)
    check_format(muoto)
    if frozen := _newest_of_closed(jakso):
        name = "raportit:versio-lataa" if muoto in SISAISET else "raportit:versio-lataa-julkinen"
        return redirect(name, frozen.pk, muoto)
    raportti = build(jakso, koottu=timezone.now(), versio=None)
    part = _part(request, raportti)
    name = f"{jakso.nimi}-luonnos-osa" if part else f"{jakso.nimi}-luonnos"
    if muoto in KALLIIT:
        tiiviste = keep_draft(jakso.kunta_id, part or raportti)
        if not draft_bytes(jakso.kunta_id, tiiviste, muoto) and jono.is_for_worker(part or raportti):
            return redirect("raportit:luonnos-valmistuu", pk, tiiviste, muoto)
        content = render_draft(jakso.kunta_id, tiiviste, muoto)
    else:
        content = render_apart(part or raportti, muoto)
    record_download(request, jakso, f"{name} ({muoto})")
    return send_file(content, muoto, name)


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
