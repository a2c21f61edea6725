"""Seurantajakso + user -> the rows of the entry page, as they are stored."""

from django.db.models import Count, Exists, FilteredRelation, OuterRef, Q, Subquery, Value
from django.db.models.functions import JSONObject

from strategia.models import Mittari, Vastuuhenkilo
from strategia.permissions import own_toimenpiteet

from ..models import Kirjaus, Osavastaus
from .omakentat import read_omat
from .paikka import Nimi, Paikka
from .rivi import Kirjausrivi, aste_value, searched


def list_places(jakso, user, *, with_words=False, with_mitat=False) -> list[Paikka]:
    """All of the user's own rows of the jakso in the plan's order; one query, and no model of any of them.

    with_words: also what words are looked for in. with_mitat: also how many mittarit each has.
    """
    mine = Vastuuhenkilo.objects.filter(toimenpide=OuterRef("pk"), kayttaja=user)
    told = JSONObject(**{name: name for name in (*_OF_KIRJAUS, *(["haku"] if with_words else []))})
    nyt = Kirjaus.objects.filter(jakso=jakso, toimenpide=OuterRef("pk")).values(tieto=told)
    own = (jakso.toimenpiteet() & own_toimenpiteet(user)).annotate(nyt=Subquery(nyt), on_oma=Exists(mine))
    own = own.annotate(mittareita=_count_mittarit() if with_mitat else Value(0))
    place_of = _place_maker(jakso.strategia.is_in_words)
    return [place_of(*values) for values in own.values_list(*_OF_PLACE, *(_WORDS if with_words else ()))]


def _count_mittarit():
    of_row = Mittari.objects.filter(toimenpide=OuterRef("pk")).order_by().values("toimenpide")
    return Subquery(of_row.annotate(maara=Count("pk")).values("maara"))


# Of each row by its index and not joined: a database that has not yet counted a jakso's kirjaukset takes them for one,
# and would go through all of them for every row.
_OF_KIRJAUS = ("tila", "toteutumisaste", "syy", "kommentti")
_OF_PLACE = (
    *("pk", "tavoite__painopiste", "tavoite__painopiste__nimi", "toimiala", "toimiala__nimi", "on_oma", "nyt"),
    *("tavoite", "tavoite__painopiste__jarjestys", "tavoite__jarjestys", "mittareita"),
    *("sitovuus", "tavoite__sitovuus"),
)
_WORDS = ("haku", "tavoite__nimi")


def _place_maker(on_sanallinen):
    """(the values of _OF_PLACE) -> Paikka; the rows of one painopiste or toimiala share its name."""
    shared = {}
    empty = {"tila": Kirjaus.Tila.EI_VASTATTU, "toteutumisaste": None, "syy": Kirjaus.Syy.EI_VASTATTU, "kommentti": ""}

    def nimi(kind, pk, nimi):
        return shared.get((kind, pk)) or shared.setdefault((kind, pk), Nimi(pk, nimi))

    def place_of(pk, painopiste, painopisteen_nimi, toimiala, toimialan_nimi, on_oma, nyt, *rest):
        tavoite, painopisteen_jarjestys, jarjestys, mittareita, sitovuus, tavoitteen_sitovuus, *words = rest
        nyt = nyt or empty
        return Paikka(
            pk,
            nimi("painopiste", painopiste, painopisteen_nimi),
            nimi("toimiala", toimiala, toimialan_nimi) if toimiala else None,
            on_oma,
            nyt["tila"],
            aste_value(nyt["toteutumisaste"], nyt["syy"]),
            nyt["kommentti"],
            on_sanallinen,
            nyt["tila"] in Kirjaus.LAHETETYT,
            searched(*words, nyt.get("haku"), painopisteen_nimi) if words else "",
            (painopisteen_jarjestys, jarjestys),
            tavoite,
            1 + (mittareita or 0),
            sitovuus=sitovuus or tavoitteen_sitovuus,
        )

    return place_of


def build_rows(jakso, user, *, only, is_counted=False) -> list[Kirjausrivi]:
    """Of the user's own rows of the jakso those of these ids, in the plan's order; one query for any number.

    is_counted: each tells how many there are in all, for one query more.
    The jakso before is a scalar: an OR beside an IN would make PostgreSQL read the rows of every kunta.
    """
    now, before = _in(jakso), jakso.edelliset()
    own = jakso.toimenpiteet() & own_toimenpiteet(user)
    ennen = FilteredRelation("kirjaukset", condition=Q(kirjaukset__jakso=Subquery(before.values("pk")[:1])))
    asked = own.filter(pk__in=only).annotate(nyt=now, ennen=ennen, ennen_nimi=Subquery(before.values("nimi")[:1]))
    if getattr(jakso, "on_osia", False):
        # Of the whole list and not of the page's rows: each page of it asks as many questions.
        units = Osavastaus.objects.filter(kunta=jakso.kunta_id, kirjaus__jakso__strategia=jakso.strategia_id)
        listed = own.order_by().values("pk")
        asked = asked.annotate(on_osia=Exists(units.filter(kirjaus__toimenpide__in=listed)))
    strategia, rows = jakso.strategia, []
    words = {"asteen_nimet": strategia.asteen_nimet, "lisasanat": strategia.lisasanat}
    words |= {"on_sanallinen": strategia.is_in_words, "kaikkiaan": own.count() if is_counted else 0}
    words["omat"] = read_omat(strategia)
    for toimenpide in asked.select_related("nyt", "ennen", "tavoite__painopiste", "toimiala"):
        kirjaus, edellinen = (getattr(toimenpide, name, None) for name in ("nyt", "ennen"))  # not there if none is
        kirjaus = kirjaus or Kirjaus(toimenpide=toimenpide)
        kirjaus.jakso = jakso  # known already: the page asks its words of it
        if edellinen:
            edellinen.jakson_nimi = toimenpide.ennen_nimi
        rows.append(Kirjausrivi(toimenpide, kirjaus, edellinen, prefix=f"t{toimenpide.pk}", **words))
    return rows


def _in(jakso):
    """Of a toimenpide's kirjaukset that of the jakso."""
    return FilteredRelation("kirjaukset", condition=Q(kirjaukset__jakso=jakso))
