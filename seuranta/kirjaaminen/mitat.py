"""Seurantajakso + user -> the mittarit of rows, and the cards of those that hang under a tavoite or a painopiste."""

from collections import defaultdict

from django.db.models import Exists, FilteredRelation, OuterRef, Q, Subquery

from strategia.models import Mittari
from strategia.nimet import searchable
from strategia.permissions import own_mittarit

from ..jakson_mittarit import mittarit_of
from ..models import Kirjaus, MittariArvo
from ..tulos import target_in_force
from .kortti import Mittarikortti, state_of
from .mitta import Mitat, Mitta
from .paikka import Nimi, Paikka


def count_mittarit(jakso):
    return Mittari.objects.filter(kunta=jakso.kunta_id, strategia=jakso.strategia_id).count()


def add_cards(jakso, user, paikat: list[Paikka], *, with_words=False) -> list[Paikka]:
    """The rows of the list with the user's cards among them, each before the first row of its tavoite or painopiste.

    One query; of a card all that its mittarit are is told by it.
    """
    groups = defaultdict(list)
    for each in _own_of_cards(jakso, user).values(*_OF_CARD).order_by("jarjestys", "pk"):
        groups[f"g{each['tavoite']}" if each["tavoite"] else f"p{each['painopiste']}"].append(each)
    cards = [_card_place(prefix, rows, with_words) for prefix, rows in groups.items()]
    for card in sorted(cards, key=lambda card: card.jarjestys, reverse=True):
        paikat = _put_before(paikat, card)
    return paikat


def list_card_states(jakso, user):
    """[tila] of the user's cards; one query."""
    groups = defaultdict(list)
    own = _own_of_cards(jakso, user).order_by()
    for tavoite, painopiste, tila in own.values_list("tavoite", "painopiste", "nyt__tila"):
        groups[tavoite, painopiste].append(tila or Kirjaus.Tila.EI_VASTATTU)
    return [state_of(tilat) for tilat in groups.values()]


def _own_of_cards(jakso, user):
    own = mittarit_of(jakso).filter(Exists(own_mittarit(user).filter(pk=OuterRef("pk"))))
    return own.annotate(nyt=FilteredRelation("arvot", condition=Q(arvot__jakso=jakso)))


_OF_CARD = (
    *("pk", "nimi", "tavoite", "tavoite__nimi", "tavoite__jarjestys", "tavoite__painopiste"),
    *("tavoite__painopiste__nimi", "tavoite__painopiste__jarjestys", "painopiste", "painopiste__nimi"),
    *("painopiste__jarjestys", "toimiala", "toimiala__nimi", "nyt__tila", "nyt__teksti", "haku"),
)


def _card_place(prefix, rows, with_words):
    one = rows[0]
    above = "tavoite__painopiste" if one["tavoite"] else "painopiste"
    whose = dict.fromkeys((row["toimiala"], row["toimiala__nimi"]) for row in rows)
    toimialat = tuple(Nimi(*each) if each[0] else None for each in whose)
    tila = state_of([row["nyt__tila"] or Kirjaus.Tila.EI_VASTATTU for row in rows])
    told = [bool((row["nyt__teksti"] or "").strip()) for row in rows]
    words = searchable(f"{one['tavoite__nimi'] or ''} {one[f'{above}__nimi']}") if with_words else ""
    return Paikka(
        int(prefix[1:]),
        Nimi(one[above], one[f"{above}__nimi"]),
        toimialat[0] if len(toimialat) == 1 else None,
        is_mine=False,
        tila=tila,
        aste="on" if any(told) else "",
        kommentti="on" if all(told) else "",
        on_sanallinen=False,
        is_sent=tila in Kirjaus.LAHETETYT,
        haku=" ".join([words, *(row["haku"] for row in rows)]) if with_words else "",
        jarjestys=(one[f"{above}__jarjestys"], -1 if one["tavoite__jarjestys"] is None else one["tavoite__jarjestys"]),
        tavoite=one["tavoite"],
        paino=len(rows),
        laji=prefix[0],
        toimialat=toimialat,
    )


def _put_before(paikat, card):
    """Before the first row of the same tavoite or painopiste; where there is none, before what the plan has after."""
    same = "tavoite" if card.laji == "g" else "painopiste"
    own = (n for n, row in enumerate(paikat) if getattr(row, same) == getattr(card, same))
    after = (n for n, row in enumerate(paikat) if row.jarjestys > card.jarjestys)
    place = next(own, next(after, len(paikat)))
    return [*paikat[:place], card, *paikat[place:]]


def add_mitat(jakso, user, rows, kortit=()):
    """The rows with their mittarit, and the user's cards of these prefixes ("g7", "p3") after them; two queries."""
    found = mittarit_of(jakso).filter(_asked([row.toimenpide.pk for row in rows], set(kortit), user))
    before = jakso.edelliset()
    found = found.annotate(
        nyt=FilteredRelation("arvot", condition=Q(arvot__jakso=jakso)),
        ennen=FilteredRelation("arvot", condition=Q(arvot__jakso=Subquery(before.values("pk")[:1]))),
        ennen_nimi=Subquery(before.values("nimi")[:1]),
        ennen_paattyy=Subquery(before.values("paattyy")[:1]),
    )
    found = found.select_related("nyt", "ennen", "tavoite__painopiste", "painopiste").prefetch_related("tavoitteet")
    groups, vuosi = defaultdict(list), jakso.vuosi
    for mittari in found.order_by("jarjestys", "pk"):
        groups[_prefix_of(mittari)].append(mittari)
    of = {prefix: _mitat(prefix, mittarit, jakso, vuosi) for prefix, mittarit in groups.items()}
    for row in rows:
        row.mitat = of.get(row.prefix)
    return [*rows, *(_card(prefix, of[prefix]) for prefix in kortit if prefix in of)]


def _asked(toimenpiteet, kortit, user):
    asked = Q(toimenpide__in=toimenpiteet)
    if kortit:
        ids = {laji: [int(each[1:]) for each in kortit if each[0] == laji] for laji in "gp"}
        own = Q(pk__in=own_mittarit(user).values("pk"))
        asked |= own & (Q(tavoite__in=ids["g"]) | Q(painopiste__in=ids["p"]))
    return asked


def _prefix_of(mittari):
    if mittari.toimenpide_id:
        return f"t{mittari.toimenpide_id}"
    return f"g{mittari.tavoite_id}" if mittari.tavoite_id else f"p{mittari.painopiste_id}"


def _mitat(prefix, mittarit, jakso, vuosi):
    rivit = []
    for mittari in mittarit:
        arvo, ennen = (getattr(mittari, name, None) for name in ("nyt", "ennen"))  # not there if none is
        arvo = arvo or MittariArvo(mittari=mittari)
        arvo.jakso, arvo.mittari = jakso, mittari  # known already
        tavoite = target_in_force(mittari.tavoitteet.all(), vuosi)
        rivit.append(Mitta(mittari, arvo, ennen, tavoite, f"{prefix}-m{mittari.pk}"))
    ennen = mittarit[0].ennen_paattyy
    return Mitat(rivit, vuosi, f"{ennen.day}.{ennen.month}.{ennen.year}" if ennen else mittarit[0].ennen_nimi or "")


def _card(prefix, mitat):
    return Mittarikortti(mitat.rivit[0].mittari.kohde, prefix, mitat)
