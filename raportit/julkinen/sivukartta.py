"""What is public -> the addresses that a search engine finds: of the installation its kunnat, of a kunta its pages."""

from django.urls import reverse

from strategia.models import Kunta
from strategia.sahkoposti import absolute_url

from ..models import JulkinenRivi, Raporttiversio
from .julkisuus import published

ENINTAAN = 50_000  # addresses of one map, by the rules of search engines
SALLITUT = ("/julkinen/", "/static/", "/vari/", "/sitemap.xml")
ESTETYT = ("/", "/julkinen/*?")  # what else there is: signing in is no page to find, nor is each search


def robots_txt() -> str:
    """Of two rules the longer one holds."""
    rules = [*(f"Allow: {path}" for path in SALLITUT), *(f"Disallow: {path}" for path in ESTETYT)]
    lines = ["User-agent: *", *rules]
    return "\n".join([*lines, f"Sitemap: {absolute_url(reverse('raportit:sivukartat'))}", ""])


def list_maps() -> list[str]:
    """The address of each map: of the kunnat that have published something."""
    public = Raporttiversio.objects.public_at().order_by().values("kunta")
    slugs = Kunta.objects.filter(pk__in=public).order_by("slug").values_list("slug", flat=True)
    return [absolute_url(reverse("raportit:sivukartta", args=[slug])) for slug in slugs]


def list_pages(kunta: Kunta) -> list[tuple]:
    """[(address, the day it was published or None)] of the kunta's public pages."""
    slug = kunta.slug
    plain = ("julkinen-lista", "julkinen-toimenpiteet", "avoin-data")
    pages = [(reverse(f"raportit:{name}", args=[slug]), None) for name in plain]
    for tunnus, day in published(kunta).values_list("tunnus", "julkaistu"):
        pages.append((reverse("raportit:julkinen-versio", args=[slug, tunnus]), day))
    rows = JulkinenRivi.objects.filter(kunta=kunta).standing().exclude(laji=JulkinenRivi.Laji.STRATEGIA)
    newest = {(laji, tunnus): day for laji, tunnus, day in rows.values_list("laji", "tunnus", "versio__julkaistu")}
    if any(laji == JulkinenRivi.Laji.MITTARI for laji, _tunnus in newest):
        pages.append((reverse("raportit:julkinen-mittarit", args=[slug]), None))
    for place, day in newest.items():
        pages.append((reverse("raportit:julkinen-kohde", args=[slug, *place]), day))
    return [(absolute_url(path), day) for path, day in pages[:ENINTAAN]]
