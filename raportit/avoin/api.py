"""The part of /api/v1/ that needs no key: kunnat, their published reports, rows and measures, page by page."""

import hashlib
from datetime import date, datetime
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404
from ninja import Router, Schema
from ninja.throttling import SimpleRateThrottle
from pydantic import create_model

from seuranta.mittari.skeemat import Kysytty, Vastaussivu, Virhe
from strategia.kavija import client_address
from strategia.models import Kunta

from ..julkinen.julkisuus import find_kunta
from ..tallenne.nakyma import show_publicly
from .aineisto import OMA, read_aineisto
from .aineistotiedosto import list_rows
from .kuvaukset import KOKONAISLUKU, LUKU, MITTARIN_KENTAT, PAIVA, RIVIN_KENTAT, TEKSTI, TUNNUS
from .vastaus import withdrawal_words
from .versiot import find_version, list_versions

SIVULLA = 500
PYYNTOJA = "300/min"  # of one address
_TYYPIT = {
    TEKSTI: str,
    KOKONAISLUKU: int | None,
    LUKU: int | float | None,
    PAIVA: date | None,
    TUNNUS: UUID | None,
}


class OsoitteenTahti(SimpleRateThrottle):
    """So many requests a minute from one address."""

    def get_cache_key(self, request):
        address = hashlib.sha256(client_address(request).encode()).hexdigest()
        return f"avoin-{address}"


class KuntaUlos(Schema):
    slug: str
    nimi: str


class VersioUlos(Schema):
    tunnus: UUID
    numero: int
    jakso: str
    strategia_tunnus: UUID
    paattyy: date | None
    julkaistu: datetime | None
    korvaava: int | None
    korvaava_tunnus: UUID | None


def _schema(name, kentat, **more):
    return create_model(name, __base__=Schema, **{each.nimi: (_TYYPIT[each.tyyppi], ...) for each in kentat}, **more)


RiviUlos = _schema("RiviUlos", RIVIN_KENTAT, omat=(dict[str, str], ...))
MittaririviUlos = _schema("MittaririviUlos", MITTARIN_KENTAT)


class Versionsivu(Vastaussivu):
    """korvaava: the public version that has replaced the one that is read."""

    korvaava: int | None
    korvaava_tunnus: UUID | None


class Rivisivu(Versionsivu):
    rivit: list[RiviUlos]


class Mittaririvisivu(Versionsivu):
    mittarit: list[MittaririviUlos]


router = Router(auth=None, throttle=[OsoitteenTahti(PYYNTOJA)], tags=["julkinen"])
PUUTTUU = {404: Virhe, 410: Virhe}


@router.get("/kunnat", response=list[KuntaUlos], url_name="rajapinta-julkinen-kunnat", summary="Kunnat")
def kunnat(request):
    return [{"slug": kunta.slug, "nimi": kunta.nimi} for kunta in Kunta.objects.order_by("nimi")]


@router.get(
    "/kunnat/{slug:slug}/versiot",
    response={200: list[VersioUlos], 404: Virhe},
    url_name="rajapinta-julkinen-versiot",
    summary="Kunnan julkaistut raportit, uusin ensin",
)
def versiot(request, slug: str):
    kunta = find_kunta(slug)
    if kunta is None:
        raise Http404
    return [
        {
            **{name: getattr(versio, name) for name in ("tunnus", "numero", "julkaistu")},
            "jakso": versio.jakso.nimi,
            "strategia_tunnus": versio.jakso.strategia.tunnus,
            "paattyy": versio.jakso.paattyy,
            **_name_replacing(versio.uudempi),
        }
        for versio in list_versions(kunta)
    ]


@router.get(
    "/kunnat/{slug:slug}/versiot/{uuid:tunnus}/rivit",
    response={200: Rivisivu, **PUUTTUU},
    url_name="rajapinta-julkinen-rivit",
    summary="Raportin toimenpiteet",
)
def rivit(request, slug: str, tunnus: UUID, sivu: Kysytty = 1):
    return _page(slug, tunnus, sivu, "rivit", _with_omat)


@router.get(
    "/kunnat/{slug:slug}/versiot/{uuid:tunnus}/mittarit",
    response={200: Mittaririvisivu, **PUUTTUU},
    url_name="rajapinta-julkinen-mittarit",
    summary="Raportin mittarien arvot",
)
def mittarit(request, slug: str, tunnus: UUID, sivu: Kysytty = 1):
    return _page(slug, tunnus, sivu, "mittarit", lambda row: row)


def _with_omat(row):
    """The columns of the kunta's own under one name: an interface has the same names in every kunta."""
    omat = {name.removeprefix(OMA): value for name, value in row.items() if name.startswith(OMA)}
    return {name: value for name, value in row.items() if not name.startswith(OMA)} | {"omat": omat}


def _page(slug, tunnus, number, name, as_json):
    versio, withdrawn = find_version(slug, tunnus)
    if withdrawn:
        return 410, {"virhe": withdrawal_words(withdrawn)}
    if versio is None:
        raise Http404
    nakyma = show_publicly(versio)
    rows = list_rows(getattr(read_aineisto(nakyma), name))
    pages = Paginator(rows, SIVULLA)
    if number > pages.num_pages:
        raise Http404
    told = {"sivu": number, "sivuja": pages.num_pages, "yhteensa": pages.count, **_name_replacing(nakyma.uudempi)}
    return 200, told | {name: [as_json(row) for row in pages.page(number)]}


def _name_replacing(versio):
    return {"korvaava": versio and versio.numero, "korvaava_tunnus": versio and versio.tunnus}
