"""Toimenpiteet + user -> their places in the plan by their newest scores; of those that are shown the score before."""

from dataclasses import dataclass, replace
from datetime import date
from functools import cache, partial
from typing import NamedTuple

from django.db.models import Case, Exists, F, IntegerField, JSONField, OuterRef, Subquery, Value, When
from django.db.models.functions import Coalesce, JSONObject

from strategia.permissions import audits, followed_toimenpiteet, sees_closed_only

from ..kirjaaminen.paikka import Nimi
from ..models import Kirjaus, Seurantajakso
from ..muutos import describe_move
from .edelliset import read_earlier
from .jaksot import expects

SUUNNAT = ("laski", "ennallaan", "nousi")
EI_VASTATTU = 9  # beside the scores: no score, and nobody gave a reason


class Kesto(NamedTuple):
    """When a toimenpide is in force, under the names it has there."""

    voimassa_alkaen: date | None
    voimassa_asti: date | None


@dataclass(frozen=True, slots=True)
class Uusin:
    """What was last reported of a toimenpide: a score, or why there is none.

    ennen: the score in the jakso before it that expected the toimenpide; on_ennen: is there such a jakso? It may be one
    of the term before. vertaamatta: what is said of a score there that has another scale.
    """

    jakso: Seurantajakso
    aste: int | None
    koodi: str  # one of Kirjaus.Syy, "" where there is a score
    ennen: int | None
    on_ennen: bool
    vertaamatta: str = ""

    @property
    def syy(self):
        return str(Kirjaus.Syy(self.koodi).label) if self.koodi else ""

    @property
    def muutos(self):
        """Its move, in words."""
        return describe_move(self.ennen, self.aste) if self.on_ennen else self.vertaamatta

    @property
    def suunta(self):
        return direction(self.ennen, self.aste)


def direction(ennen, aste):
    """One of SUUNNAT, or "" where there are not two scores."""
    return SUUNNAT[(aste > ennen) - (aste < ennen) + 1] if aste and ennen else ""


@dataclass(frozen=True, slots=True)
class Sija:
    """A toimenpide in the plan: no more of it than what the bars, the filters and the pages are made from.

    on_vastaamatta: is it without an answer in the newest jakso, of those the user sees, that expects it?
    """

    pk: int
    painopiste: Nimi
    tavoite: int
    aste: int | None
    on_vastaamatta: bool
    suunta: str  # one of SUUNNAT; "" where it is not known or not asked
    teksti: str | None  # what words may be found in; None where in all of it
    paino = 1


# --- the whole plan


def list_places(rows, user, jaksot, *, with_moves=False, tekstit=()):
    """[Sija] in the order of the rows; one query, that reads of each row its newest kirjaus and no other kunta's.

    jaksot: as list_begun gives them, none where no scores are shown. with_moves: also where each score has moved, for
    one query more. tekstit: the fields that words are looked for in.
    """
    asked = rows.annotate(seurattu=_follows(user), nyt=_newest_number(jaksot))
    read = list(asked.values_list(*_OF_PLACE, *tekstit))
    place_of = _place_maker(jaksot, _find_moves(read, user, jaksot) if with_moves else {})
    return [place_of(*values) for values in read]


_OF_PLACE = (
    *("pk", "tavoite__painopiste", "tavoite__painopiste__nimi", "tavoite", "voimassa_alkaen", "voimassa_asti"),
    *("seurattu", "nyt", "edeltaja"),
)


def _follows(user):
    if audits(user) or sees_closed_only(user):
        return Value(audits(user))
    return Exists(followed_toimenpiteet(user).filter(pk=OuterRef("pk")))


def _newest_number(jaksot):
    """Ten times the place of the jakso among `jaksot`, and the score: 0 for none, EI_VASTATTU; of the newest told.

    One look by index at each jakso until one is found. An OR beside an IN would make PostgreSQL read every kunta's.
    """
    unanswered = Case(When(syy=Kirjaus.Syy.EI_VASTATTU, then=EI_VASTATTU), default=0)
    aste = Coalesce(F("toteutumisaste"), unanswered, output_field=IntegerField())
    looks = []
    for place, jakso in enumerate(jaksot):
        told = Kirjaus.objects.reported().filter(jakso=jakso, toimenpide=OuterRef("pk"))
        look = Subquery(told.values(numero=aste + 10 * place)[:1])
        looks.append(look if jakso.is_closed else Case(When(seurattu=True, then=look)))
    return Coalesce(*looks, Value(None), Value(None), output_field=IntegerField())


def _place_maker(jaksot, suunnat):
    """(the values of _OF_PLACE) -> Sija; rows share the names of painopisteet, and mostly when they are in force."""
    nimi_of = cache(Nimi)

    @cache
    def awaited(kesto, seurattu):
        """The place of the newest jakso that expects one in force then; None where none does."""
        seen = (place for place, jakso in enumerate(jaksot) if seurattu or jakso.is_closed)
        return next((place for place in seen if expects(jaksot[place], kesto)), None)

    def place_of(pk, painopiste, nimi, tavoite, alkaen, asti, seurattu, nyt, _edeltaja, *tekstit):
        place, aste = (None, 0) if nyt is None else divmod(nyt, 10)
        due = awaited(Kesto(alkaen, asti), bool(seurattu))
        is_behind = due is not None and (place is None or place > due)
        return Sija(
            pk,
            nimi_of(painopiste, nimi),
            tavoite,
            aste if 0 < aste < EI_VASTATTU else None,
            is_behind or aste == EI_VASTATTU,
            suunnat.get(pk, ""),
            None if seurattu else "\n".join(tekstit),
        )

    return place_of


def _find_moves(read, user, jaksot):
    """{id of a row with a score: one of SUUNNAT, or ""}; one query of the jaksot that lie between the two scores.

    Of rows that no jakso here expected before, those of the term before that they continue: a few queries more.
    """
    between = cache(partial(_list_between, jaksot))
    scored = [
        (pk, nyt % 10, *between(nyt // 10, Kesto(alkaen, asti)), seurattu, edeltaja)
        for pk, _painopiste, _nimi, _tavoite, alkaen, asti, seurattu, nyt, edeltaja, *_tekstit in read
        if nyt is not None and 0 < nyt % 10 < EI_VASTATTU
    ]
    asked = {jakso.pk for _pk, _aste, earlier, *_rest in scored for jakso in earlier}
    told = Kirjaus.objects.reported().filter(jakso__in=asked).values_list("toimenpide", "jakso", "toteutumisaste")
    scores = {(toimenpide, jakso): aste for toimenpide, jakso, aste in told}
    ennen, edeltajat = {}, {}
    for pk, _aste, earlier, is_expected, seurattu, edeltaja in scored:
        seen = [scores[pk, j.pk] for j in earlier if (j.is_closed or seurattu) and (pk, j.pk) in scores]
        ennen[pk] = seen[0] if seen else None
        if edeltaja and not seen and not is_expected:
            edeltajat[pk] = edeltaja
    if edeltajat:
        found = read_earlier(edeltajat, user, jaksot[0].strategia)
        ennen |= {pk: aiempi.aste for pk, aiempi in found.items() if aiempi.vertautuu}
    return {pk: direction(ennen[pk], aste) for pk, aste, *_rest in scored}


def _list_between(jaksot, place, kesto):
    """(the jaksot before that of the place down to the first that expected the row: one of them tells its score; is
    there one that expected it?)"""
    earlier = jaksot[place + 1 :]
    last = next((number for number, jakso in enumerate(earlier) if expects(jakso, kesto)), None)
    return (earlier, False) if last is None else (earlier[: last + 1], True)


# --- the rows that are shown


def add_newest(rows, user, jaksot):
    """The rows, each with what read_newest reads: its kirjaus told last and the one before it."""
    if not jaksot:
        return rows
    rows = rows.annotate(seurattu=_follows(user))
    return rows.annotate(nyt=_told(user, jaksot, 0), ennen=_told(user, jaksot, 1))


def read_newest(toimenpide, jaksot):
    """Uusin of a row of add_newest, or None."""
    if not getattr(toimenpide, "nyt", None):
        return None
    nyt = toimenpide.nyt
    place = next(place for place, jakso in enumerate(jaksot) if jakso.pk == nyt["jakso"])
    before, is_there = _score_before(place, toimenpide.ennen, jaksot, toimenpide)
    return Uusin(jaksot[place], nyt["aste"], nyt["syy"], before, is_there)


def add_earlier(toimenpiteet, user, strategia):
    """To those that no jakso of the plan expected before the newest score what the terms before say of them."""
    edeltajat = {t.pk: t.edeltaja_id for t in toimenpiteet if t.edeltaja_id and t.uusin and not t.uusin.on_ennen}
    found = read_earlier(edeltajat, user, strategia)
    for toimenpide in toimenpiteet:
        if aiempi := found.get(toimenpide.pk):
            known = {"ennen": aiempi.aste, "on_ennen": True} if aiempi.vertautuu else {"vertaamatta": aiempi.sanoin}
            toimenpide.uusin = replace(toimenpide.uusin, **known)


def _told(user, jaksot, number):
    """Of the kirjaukset of a row that the user may see and a report counts the newest, or the `number` before it."""
    values = JSONObject(jakso="jakso_id", aste="toteutumisaste", syy="syy")

    def told_in(some):
        told = Kirjaus.objects.reported().filter(toimenpide=OuterRef("pk"), jakso__in=[jakso.pk for jakso in some])
        newest = told.order_by("-jakso__jarjestys", "-jakso_id").values(tieto=values)
        return Subquery(newest[number : number + 1], output_field=JSONField())

    closed = [jakso for jakso in jaksot if jakso.is_closed]
    if audits(user) or closed == jaksot:
        return told_in(jaksot)
    return Case(When(seurattu=True, then=told_in(jaksot)), default=told_in(closed))


def _score_before(place, ennen, jaksot, kesto):
    """(score, is there such a jakso) of the jakso before that of `place` that expected the row or has its answer."""
    told = ennen["jakso"] if ennen else None
    before = next((jakso for jakso in jaksot[place + 1 :] if jakso.pk == told or expects(jakso, kesto)), None)
    return (ennen["aste"] if before and before.pk == told else None), before is not None
