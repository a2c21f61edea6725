"""The JSON interface of the measures, /api/v1/: a program with a key of the kunta reads them and writes their values.

What needs no key, the published reports, raportit adds to it: raportit/avoin/api.py.
It knows no session: whoever is signed in in the same browser is nobody here. What it tells and takes is in skeemat.py,
and `openapi.json` describes it.
"""

import hashlib
from datetime import timedelta

from django.core.paginator import Paginator
from django.db.models import OuterRef, Prefetch, Subquery
from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, Throttled, ValidationError
from ninja.security import HttpBearer
from ninja.throttling import SimpleRateThrottle

from strategia.kaikille import open_to_all
from strategia.kavija import client_address
from strategia.models import Avain, Mittari, Strategia, Toimenpide
from strategia.yritykset import LiianMonta, count_wrong_key

from ..models import Kirjaus, MittariArvo, Mittaus, Osavastaus, PoistettuKohde, Riski, Seurantajakso, SuljettuJakso
from .json import arvo_json, kirjaus_json, mittari_json, riski_json, toimenpide_json
from .skeemat import (
    Arvoristiriita,
    ArvoSisaan,
    Arvosivu,
    ArvoUlos,
    JaksoUlos,
    Kirjaussivu,
    Kysytty,
    Mittarisivu,
    MittariUlos,
    Riskisivu,
    StrategiaUlos,
    Toimenpidesivu,
    Virhe,
)

SIVULLA = 500
PYYNTOJA = "300/min"  # of one key


class Avaimella(HttpBearer):
    """The key of the Authorization header. When it was used is kept to the hour: to know it unused is enough."""

    def authenticate(self, request, token):
        avain = Avain.objects.of_key(token)
        if avain is None:
            count_wrong_key(client_address(request))  # who has the right key never comes here
            return None
        now = timezone.now()
        if avain.kaytetty is None or now - avain.kaytetty > timedelta(hours=1):
            Avain.objects.filter(pk=avain.pk).update(kaytetty=now)
        return avain


class AvaimenTahti(SimpleRateThrottle):
    """So many requests a minute with one key."""

    def get_cache_key(self, request):
        return f"rajapinta-{request.auth.pk}"


api = NinjaAPI(
    title="Strategian seuranta",
    version="1",
    description="Kunnan strategian seuranta: julkaistut raportit ilman avainta, pääkäyttäjän tekemällä avaimella luku "
    "kaikkeen ja kirjoitus mittarien arvoihin.",
    auth=Avaimella(),
    throttle=AvaimenTahti(PYYNTOJA),
    docs_url=None,
    openapi_url=None,
    urls_namespace="rajapinta",
)


# --- reading


@api.get("/strategiat", response=list[StrategiaUlos], url_name="rajapinta-strategiat", summary="Kunnan strategiat")
def strategiat(request):
    return Strategia.objects.filter(kunta=request.auth.kunta).order_by("pk")


@api.get("/jaksot", response=list[JaksoUlos], url_name="rajapinta-jaksot", summary="Seurantajaksot")
def jaksot(request, strategia: Kysytty | None = None):
    found = Seurantajakso.objects.filter(kunta=request.auth.kunta, **_given(strategia=strategia))
    names = ("id", "nimi", "alkaa", "paattyy", "tila")
    return [{"strategia": j.strategia_id, **{name: getattr(j, name) for name in names}} for j in found.order_by("pk")]


@api.get("/toimenpiteet", response=Toimenpidesivu, url_name="rajapinta-toimenpiteet", summary="Toimenpiteet")
def toimenpiteet(request, strategia: Kysytty | None = None, sivu: Kysytty = 1):
    found = Toimenpide.objects.filter(kunta=request.auth.kunta, **_given(tavoite__painopiste__strategia=strategia))
    found = found.select_related("tavoite__painopiste", "toimiala", "toimielin").prefetch_related("muut_toimialat")
    return _page(found.order_by("pk"), sivu, "toimenpiteet", toimenpide_json)


@api.get("/kirjaukset", response=Kirjaussivu, url_name="rajapinta-kirjaukset", summary="Toimenpiteiden kirjaukset")
def kirjaukset(request, toimenpide: Kysytty | None = None, jakso: Kysytty | None = None, sivu: Kysytty = 1):
    found = Kirjaus.objects.filter(kunta=request.auth.kunta, **_given(toimenpide=toimenpide, jakso=jakso))
    found = found.defer("haku", "sisainen_huomio").prefetch_related(
        Prefetch("osavastaukset", Osavastaus.objects.select_related("toimiala"))
    )
    return _page(found.order_by("pk"), sivu, "kirjaukset", kirjaus_json)


@api.get("/riskit", response=Riskisivu, url_name="rajapinta-riskit", summary="Riskit")
def riskit(
    request,
    strategia: Kysytty | None = None,
    toimenpide: Kysytty | None = None,
    jakso: Kysytty | None = None,
    sivu: Kysytty = 1,
):
    asked = _given(strategia=strategia, toimenpide=toimenpide, jakso=jakso)
    found = Riski.objects.filter(kunta=request.auth.kunta, **asked).select_related("tavoite").order_by("pk")
    return _page(found, sivu, "riskit", riski_json)


@api.get("/mittarit", response=Mittarisivu, url_name="rajapinta-mittarit", summary="Mittarit ja niiden tavoitteet")
def mittarit(request, strategia: Kysytty | None = None, sivu: Kysytty = 1):
    return _page(_mittarit(request).filter(**_given(strategia=strategia)), sivu, "mittarit", mittari_json)


@api.get("/mittarit/{int:pk}", response={200: MittariUlos, 404: Virhe}, url_name="rajapinta-mittari", summary="Mittari")
def mittari(request, pk: int):
    return mittari_json(get_object_or_404(_mittarit(request), pk=pk))


@api.get("/arvot", response=Arvosivu, url_name="rajapinta-arvot", summary="Mittarien arvot")
def arvot(request, mittari: Kysytty | None = None, jakso: Kysytty | None = None, sivu: Kysytty = 1):
    return _page(_arvot(request).filter(**_given(mittari=mittari, jakso=jakso)), sivu, "arvot", arvo_json)


def _mittarit(request):
    found = Mittari.objects.filter(kunta=request.auth.kunta).order_by("pk")
    return found.select_related("toimenpide", "tavoite", "painopiste", "toimiala").prefetch_related("tavoitteet")


def _arvot(request):
    """Each with kirjauksen_tila: that of the row its measure hangs under, None where there is none."""
    rows = Kirjaus.objects.filter(
        jakso=OuterRef("jakso"), toimenpide=OuterRef("mittari__toimenpide"), kunta=OuterRef("kunta")
    )
    found = MittariArvo.objects.filter(kunta=request.auth.kunta).order_by("pk")
    return found.annotate(kirjauksen_tila=Subquery(rows.values("tila")[:1]))


def _given(**values):
    return {name: value for name, value in values.items() if value is not None}


def _page(rows, number, name, as_json):
    pages = Paginator(rows, SIVULLA)
    if number > pages.num_pages:
        raise Http404
    page = pages.page(number)
    return {"sivu": number, "sivuja": pages.num_pages, "yhteensa": pages.count, name: [as_json(row) for row in page]}


# --- writing


@api.post(
    "/arvot",
    response={200: ArvoUlos, 404: Virhe, 409: Arvoristiriita, 422: Virhe},
    url_name="rajapinta-arvot",
    summary="Kirjoita arvo",
)
def kirjoita_arvo(request, kirjattava: ArvoSisaan):
    """The same write twice is one value. Based on an older versio than what is stored: 409 and both values."""
    target = get_object_or_404(Mittari, kunta=request.auth.kunta, pk=kirjattava.mittari)
    place, jakso = _place_of(kirjattava, target)
    mittaus = Mittaus(kirjattava.versio, kirjattava.arvo, kirjattava.huomautus, laheta=kirjattava.laheta)
    try:
        _record({target: mittaus}, place, jakso, request.auth)
    except PoistettuKohde:
        raise Http404 from None
    except SuljettuJakso:
        return 409, _conflict(_("Jakso %(nimi)s ei ota arvoja vastaan.") % {"nimi": jakso}, request, place, kirjattava)
    stored = _stored(request, place, target)
    if stored is None or stored.texts_of(mittaus, stored.texts()) != stored.texts():
        told = _("Arvo on muuttunut sen jälkeen, kun luit sen. Lue se uudelleen ja kirjoita sitten.")
        return 409, _conflict(told, request, place, kirjattava)
    return 200, arvo_json(stored)


def _place_of(kirjattava, target):
    """({"jakso" or "vuosi" or "paiva": which}, the jakso or None); one of another plan is none of this measure."""
    if kirjattava.jakso is None:
        return _given(vuosi=kirjattava.vuosi, paiva=kirjattava.paiva), None
    jakso = get_object_or_404(Seurantajakso, kunta=target.kunta_id, strategia=target.strategia_id, pk=kirjattava.jakso)
    return {"jakso": jakso}, jakso


def _record(written, place, jakso, avain):
    if jakso is not None:
        return MittariArvo.objects.record(jakso, written, by=None, reason=avain.merkki)
    return MittariArvo.objects.record_outside(written, by=None, reason=avain.merkki, **place)


def _stored(request, place, target):
    return _arvot(request).filter(mittari=target, **place).select_related("mittari").first()


def _conflict(virhe, request, place, kirjattava):
    now = _arvot(request).filter(mittari=kirjattava.mittari, **place).first()
    return {"virhe": virhe, "nykyinen": now and arvo_json(now), "lahetetty": kirjattava}


# --- what goes wrong


@api.exception_handler(AuthenticationError)
def _tell_no_key(request, exc):
    told = _("Avain puuttuu, tai sitä ei enää käytetä. Lähetä otsake Authorization: Bearer ja avain.")
    answer = JsonResponse({"virhe": told}, status=401)
    answer.headers["WWW-Authenticate"] = "Bearer"
    return answer


@api.exception_handler(Throttled)
def _tell_too_fast(request, exc):
    answer = JsonResponse({"virhe": _("Pyyntöjä on liikaa. Yritä hetken kuluttua uudelleen.")}, status=429)
    answer.headers["Retry-After"] = str(int(exc.wait or 60) + 1)
    return answer


@api.exception_handler(LiianMonta)
def _tell_too_many_wrong(request, exc):
    answer = JsonResponse({"virhe": _("Osoitteestasi on tullut liian monta väärää avainta.")}, status=429)
    answer.headers["Retry-After"] = str(exc.odota)
    return answer


@api.exception_handler(Http404)
def _tell_missing(request, exc):
    return JsonResponse({"virhe": _("Mittaria, jaksoa tai sivua ei ole.")}, status=404)


@api.exception_handler(ValidationError)
def _tell_invalid(request, exc):
    wrong = [".".join(str(part) for part in each["loc"] if part not in ("body", "kirjattava")) for each in exc.errors]
    told = _("Pyyntö ei ole oikeaa muotoa: %(kentat)s.") % {"kentat": ", ".join(dict.fromkeys(filter(None, wrong)))}
    return JsonResponse({"virhe": told if any(wrong) else _("Pyyntö ei ole oikeaa muotoa.")}, status=422)


# --- addresses


@open_to_all
@require_safe
def kuvaus(request):
    """The OpenAPI description: it names no kunta and needs no key."""
    root = reverse("seuranta:rajapinta-kuvaus").removesuffix("openapi.json")
    return JsonResponse(api.get_openapi_schema(path_prefix=root))


def list_urls():
    """The interface has a guard of its own: the sign-in lets its views by, and no cookie means anything to it."""
    described = path("openapi.json", kuvaus, name="rajapinta-kuvaus")
    own = {each.pattern._route: each for each in api.urls[0] if each.name != "api-root"}
    return [described, *(path(route, _by_key(each.callback), name=each.name) for route, each in own.items())]


def _by_key(view):
    @csrf_exempt
    @open_to_all
    def rajapinta(request, **arguments):
        asked = request.method
        request.method = "GET" if asked == "HEAD" else asked  # ninja does not know HEAD: the same without its body
        response = view(request, **arguments)
        request.method = asked
        if asked not in ("GET", "HEAD") or response.status_code != 200:
            return response
        if "Authorization" not in request.headers:  # what is for everybody may be kept, if it is asked after each time
            response.headers["Cache-Control"] = "max-age=0, must-revalidate"
        response.headers["ETag"] = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
        return get_conditional_response(request, etag=response.headers["ETag"], response=response)

    return rajapinta
