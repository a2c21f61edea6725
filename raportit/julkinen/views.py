"""What anybody may see without signing in: published reports, and the check of a report."""

import hashlib

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from strategia.koko import takes
from strategia.kunta.forms import PalauteForm
from strategia.models import Kunta
from strategia.sivumuisti import TIEDOSTON, keep_pages, without_query

from ..models import JulkinenRivi, Raporttiversio, has_several_plans, is_public_at
from ..muodot import MUODOT
from ..muodot.jakokuva import render_share_png
from ..osavuosikatsaus import Rajaus, open_page
from ..tallenne import jono
from ..tallenne.lataus import MUUT_MUODOT, check_format, name_links, send_public
from ..tallenne.nakyma import show_publicly
from ..tallenne.tallenteet import public_digest
from .forms import SUURIN, HakuForm, MittarihakuForm, TarkistaForm
from .julkisuus import UUSIN_ENSIN, find_kunta, find_versions, published
from .keskustelu import list_answered
from .kohteet import (
    LAJIT,
    JulkinenMittari,
    find_esittely,
    find_newest_head,
    list_choices,
    list_under,
    read_home,
    read_kohde,
    search,
)
from .mittarilista import group_by_painopiste, list_measure_choices, search_measures
from .rinnalla import find_toimenpide, list_columns, list_jaksot, list_legend, list_scores
from .sivukartta import list_maps, list_pages, robots_txt

XML = "application/xml"
SIVULLA = 100  # toimenpiteet or measures


@keep_pages
@require_safe
def julkinen_kunnat(request):
    """The kunnat of the installation, each with its published reports and statements."""
    return render(request, "raportit/julkinen/kunnat.html", {"kunnat": Kunta.objects.all()})


@keep_pages
@require_safe
def robots(request):
    return HttpResponse(robots_txt(), content_type="text/plain; charset=utf-8")


@keep_pages
@require_safe
def sivukartat(request):
    """The map of each kunta that has published something."""
    return render(request, "raportit/julkinen/sivukartat.xml", {"kartat": list_maps()}, content_type=XML)


@without_query
@keep_pages
@require_safe
def sivukartta(request, slug):
    context = {"sivut": list_pages(_load_kunta(slug))}
    return render(request, "raportit/julkinen/sivukartta.xml", context, content_type=XML)


@without_query
@keep_pages
@require_safe
def jakokuva(request, slug):
    """The picture of a link to the kunta's pages, of its newest report; without one there is none."""
    paa = find_newest_head(_load_kunta(slug))
    if paa is None:
        raise Http404
    return HttpResponse(render_share_png(show_publicly(paa.versio).raportti), content_type="image/png")


@keep_pages
@require_safe
def julkinen_lista(request, slug):
    """A kunta's public home: its newest published report in figures, what moved, and every report."""
    kunta = _load_kunta(slug)
    found = published(kunta).select_related("jakso__strategia").defer("data").with_replacing(public=True)
    versiot = list(found.order_by(*UUSIN_ENSIN))
    context = {"kunta": kunta, "slug": slug, "versiot": versiot, "paa": find_newest_head(kunta)}
    context["monta"] = has_several_plans(versiot)
    if context["paa"]:
        context |= read_home(context["paa"])
        context["esittely"] = find_esittely(context["paa"])
        context["raportti"] = show_publicly(context["paa"].versio).raportti
        context["form"] = HakuForm(choices=list_choices(context["paa"]), sanasto=context["paa"].tiedot["sanasto"])
    return render(request, "raportit/julkinen/kunta.html", context)


@keep_pages
@require_safe
def julkinen_toimenpiteet(request, slug):
    """The toimenpiteet of the newest published report that the address's filters leave."""
    context = _list_rows(request, slug, HakuForm, list_choices, search)
    return render(request, "raportit/julkinen/toimenpiteet.html", context)


@keep_pages
@require_safe
def julkinen_mittarit(request, slug):
    """The measures of the newest published report that the address's filters leave, by painopiste."""
    context = _list_rows(request, slug, MittarihakuForm, list_measure_choices, search_measures)
    context["ryhmat"] = group_by_painopiste(context["sivu"])
    return render(request, "raportit/julkinen/mittarit.html", context)


def _list_rows(request, slug, form_class, list_all, find):
    """What a list of the newest published report tells: its form and a page of what is found."""
    kunta = _load_kunta(slug)
    paa = find_newest_head(kunta)
    if paa is None:
        raise Http404
    form = form_class(request.GET, choices=list_all(paa), sanasto=paa.tiedot["sanasto"])
    rivit = find(paa, form.cleaned_data) if form.is_valid() else ()
    sivu = Paginator(rivit, SIVULLA).get_page(request.GET.get("sivu"))
    return {"kunta": kunta, "slug": slug, "paa": paa, "form": form, "sivu": sivu}


@keep_pages
@require_safe
def julkinen_kohde(request, slug, laji, tunnus):
    """A painopiste, tavoite, toimenpide or mittari over the jaksot whose report is public."""
    kunta = _load_kunta(slug)
    kohde = read_kohde(kunta, laji, tunnus) if laji in LAJIT else None
    if kohde is None:
        raise Http404
    context = {"kunta": kunta, "slug": slug, "kohde": kohde, "rivi": kohde.nyt, **list_under(kohde)}
    if laji == JulkinenRivi.Laji.MITTARI:
        context |= {"mittarit": [JulkinenMittari(kohde.nyt)], "toimenpide": find_toimenpide(kohde.nyt)}
    elif laji == JulkinenRivi.Laji.TOIMENPIDE:
        context |= {"jaksot": list_jaksot(kohde), "keskustelu": list_answered(kunta, tunnus), "palaute": PalauteForm()}
        context["kerrottu"] = list_columns(kohde, with_mittari=not context["mittarit"])
    else:
        context |= {"jakaumat": list_scores(kohde), "selite": list_legend(kohde.paa)}
    return render(request, "raportit/julkinen/kohde.html", context)


def _load_kunta(slug):
    kunta = find_kunta(slug)
    if kunta is None:
        raise Http404
    kunta.logo = None  # not saved: the logo has no public address
    return kunta


@keep_pages
@require_safe
def julkinen_versio(request, slug, tunnus):
    """A published report as a page; one that is not published looks exactly like a missing one."""
    kunta = _load_kunta(slug)
    versio = published(kunta).filter(tunnus=tunnus).first()
    if versio is None:
        return _tell_withdrawn(request, kunta, tunnus)
    links = {muoto: reverse("raportit:julkinen-lataa", args=[slug, tunnus, muoto]) for muoto in MUODOT}
    raportti = show_publicly(versio).raportti
    sivu = open_page(raportti, _read_part(request, raportti))
    context = {
        "kunta": kunta,
        "slug": slug,
        "versio": versio,
        "raportti": sivu.raportti,
        "sivu": sivu,
        "pdf": links["pdf"],
        "muut": name_links(links, raportti),
        "korjattu": Raporttiversio.objects.newest_after(versio, public=True),
        "kasittelyt": versio.kasittelyt.all(),
    }
    return render(request, "raportit/julkinen/raportti.html", context)


def _tell_withdrawn(request, kunta, tunnus):
    """When a version was withdrawn and why; one that was never published is missing, and so is its 404 the same."""
    gone = Raporttiversio.objects.filter(kunta=kunta, tila=Raporttiversio.Tila.POISTETTU, tunnus=tunnus)
    versio = get_object_or_404(gone.select_related("jakso").defer("data"))
    context = {"kunta": kunta, "slug": kunta.slug, "versio": versio}
    return render(request, "raportit/julkinen/poistettu.html", context, status=410)


def _read_part(request, raportti):
    """The painopiste that the address names; a name that the report does not have is none."""
    nimi = request.GET.get("painopiste")
    return Rajaus(painopiste=nimi) if nimi and nimi in {each.nimi for each in raportti.painopisteet} else None


@without_query
@keep_pages
@require_safe
def julkinen_lataa(request, slug, tunnus, muoto):
    kunta = _load_kunta(slug)
    check_format(muoto)
    versio = published(kunta).filter(tunnus=tunnus).first()
    if versio is None:
        return _tell_withdrawn(request, kunta, tunnus)
    nakyma = show_publicly(versio)
    known = public_digest(nakyma, muoto)
    if not known and jono.is_for_worker(nakyma.raportti, muoto):
        return _ask_to_wait(request, nakyma)
    unchanged = get_conditional_response(request, etag=f'"{known}"') if known else None
    response = unchanged or send_public(request, nakyma, muoto)
    if response.status_code < 400:
        response.headers["ETag"] = f'"{known or hashlib.sha256(response.content).hexdigest()}"'
        response.headers["Cache-Control"] = TIEDOSTON
    return response


@keep_pages
@require_safe
def julkinen_numero(request, slug, pk, **muoto):
    """Where the version of an old address is now; of one that has never been public there is nothing."""
    has_been = is_public_at(timezone.now()) | Q(tila=Raporttiversio.Tila.POISTETTU)
    known = Raporttiversio.objects.filter(has_been, kunta=_load_kunta(slug), pk=pk).values_list("tunnus", flat=True)
    if not known:
        raise Http404
    name = request.resolver_match.view_name.removesuffix("-numero")
    query = f"?{request.META['QUERY_STRING']}" if request.META.get("QUERY_STRING") else ""
    where = {"slug": slug, "tunnus": known[0], **muoto}
    return redirect(reverse(name, kwargs=where) + query, permanent=True)


def _ask_to_wait(request, nakyma):
    context = {"versio": nakyma.versio, "tyo": jono.ask_public(nakyma)}
    response = render(request, "raportit/julkinen/odota.html", context, status=503)
    response.headers["Retry-After"] = "60"
    return response


@login_not_required
@takes(tiedosto=SUURIN)
def tarkista(request):
    """Which version a hash or a file is of."""
    posted = request.method == "POST"
    form = TarkistaForm(request.POST, request.FILES) if posted else TarkistaForm()
    loydot = None
    if posted and form.is_valid():
        loydot = [_describe(request, versio, muoto) for versio, muoto in find_versions(form.tiiviste, request.user)]
    context = {"form": form, "loydot": loydot}
    return render(request, "raportit/julkinen/tarkista.html", context, status=422 if form.errors else 200)


def _describe(request, versio, muoto):
    """Words of a found version, the address of its page, and the newer version that the same reader may see."""
    is_own = request.user.is_authenticated and request.user.kunta_id == versio.kunta_id
    public = reverse("raportit:julkinen-versio", args=[versio.kunta.slug, versio.tunnus])
    return {
        "versio": versio,
        "muoto": "PDF" if muoto == "pdf" else MUUT_MUODOT.get(muoto, ""),
        "uudempi": Raporttiversio.objects.newest_after(versio, public=not is_own),
        "osoite": reverse("raportit:versio-detail", args=[versio.pk]) if is_own else public,
    }
