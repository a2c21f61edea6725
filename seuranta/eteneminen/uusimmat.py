"""Toimenpiteet + user -> their places in the plan, each with its newest score and the one before it."""

from dataclasses import dataclass

from django.db.models import BooleanField, Case, Exists, JSONField, OuterRef, Subquery, Value, When
from django.db.models.functions import JSONObject

from strategia.permissions import audits, followed_toimenpiteet, sees_closed_only

from ..kirjaaminen.paikka import Nimi
from ..models import Kirjaus, Seurantajakso
from ..muutos import describe_move

EI_MITAAN = Value(None, output_field=BooleanField())


@dataclass(frozen=True, slots=True)
class Uusin:
    """What was last reported of a toimenpide: a score, or why there is none.

    ennen: the score in the jakso before it that expected the toimenpide; on_ennen: is there such a jakso?
    """

    jakso: Seurantajakso
    aste: int | None
    koodi: str  # one of Kirjaus.Syy, "" where there is a score
    ennen: int | None
    on_ennen: bool

    @property
    def syy(self):
        return str(Kirjaus.Syy(self.koodi).label) if self.koodi else ""

    @property
    def muutos(self):
        """Its move, in words."""
        return describe_move(self.ennen, self.aste) if self.on_ennen else ""

    @property
    def suunta(self):
        """ "nousi", "laski", "ennallaan", or "" where there are not two scores."""
        if not (self.aste and self.ennen):
            return ""
        return ("laski", "ennallaan", "nousi")[(self.aste > self.ennen) - (self.aste < self.ennen) + 1]


@dataclass(frozen=True, slots=True)
class Sija:
    """A toimenpide in the plan: no more of it than what the bars, the filters and the pages are made from.

    on_vastaamatta: is it without an answer in the newest jakso, of those the user sees, that expects it?
    """

    pk: int
    painopiste: Nimi
    tavoite: int
    uusin: Uusin | None
    on_vastaamatta: bool
    teksti: str | None  # what words may be found in; None where in all of it
    paino = 1

    @property
    def aste(self):
        return self.uusin.aste if self.uusin else None


def shows_scores(strategia, user):
    """Is a score shown to the user at all: not of a plan in words, nor to a councillor where it is not published."""
    is_hidden = sees_closed_only(user) and "toteutumisaste" in strategia.piilotetut
    return not strategia.is_in_words and not is_hidden


def list_begun(strategia, user):
    """The jaksot whose answers the user may see some of, the newest first."""
    begun = Seurantajakso.objects.visible_to(user).exclude(tila=Seurantajakso.Tila.TULOSSA)
    return list(begun.filter(strategia=strategia).order_by("-jarjestys", "-pk"))


def list_places(rows, strategia, user, jaksot, *, tekstit=()):
    """[Sija] in the order of the rows; one query that reads two kirjaukset a row, whatever else the database holds.

    jaksot: as list_begun gives them. tekstit: the fields that words are looked for in.
    """
    asked = rows.annotate(seurattu=_follows(user))
    if shows_scores(strategia, user):
        asked = asked.annotate(nyt=_told(strategia, user, 0), ennen=_told(strategia, user, 1))
    else:
        asked = asked.annotate(nyt=EI_MITAAN, ennen=EI_MITAAN)
    shared, closed = {}, [jakso for jakso in jaksot if jakso.is_closed]
    return [_place(values, shared, jaksot, closed) for values in asked.values_list(*_OF_PLACE, *tekstit)]


def _follows(user):
    if audits(user) or sees_closed_only(user):
        return Value(audits(user))
    return Exists(followed_toimenpiteet(user).filter(pk=OuterRef("pk")))


def _told(strategia, user, number):
    """Of the kirjaukset of a toimenpide that the user may see and a report counts the newest, or the `number` before.

    Of each row by its index, and a scalar: an OR beside an IN would make PostgreSQL read the rows of every kunta.
    """
    tilat = Seurantajakso.Tila
    mine = Kirjaus.objects.reported().filter(toimenpide=OuterRef("pk"), jakso__strategia=strategia)
    told = JSONObject(jakso="jakso_id", aste="toteutumisaste", syy="syy")
    every = mine.exclude(jakso__tila=tilat.TULOSSA).order_by("-jakso__jarjestys", "-jakso_id").values(tieto=told)
    every, closed = (
        Subquery(rows[number : number + 1], output_field=JSONField())
        for rows in (every, every.filter(jakso__tila=tilat.SULJETTU))
    )
    if audits(user):
        return every
    return closed if sees_closed_only(user) else Case(When(seurattu=True, then=every), default=closed)


_OF_PLACE = (
    *("pk", "tavoite__painopiste", "tavoite__painopiste__nimi", "tavoite", "voimassa_alkaen", "voimassa_asti"),
    *("seurattu", "nyt", "ennen"),
)


@dataclass(frozen=True, slots=True)
class _Voimassa:
    voimassa_alkaen: object
    voimassa_asti: object


def _place(values, shared, jaksot, closed):
    pk, painopiste, nimi, tavoite, alkaen, asti, seurattu, nyt, ennen, *tekstit = values
    expecting = _expecting(_Voimassa(alkaen, asti), shared)
    seen = jaksot if seurattu else closed
    uusin = _newest(nyt, ennen, jaksot, expecting) if nyt else None
    awaited = next((jakso for jakso in seen if expecting(jakso)), None)
    is_behind = awaited and (uusin is None or _is_before(uusin.jakso, awaited))
    return Sija(
        pk,
        shared.get(painopiste) or shared.setdefault(painopiste, Nimi(painopiste, nimi)),
        tavoite,
        uusin,
        bool(is_behind or (uusin and uusin.koodi == Kirjaus.Syy.EI_VASTATTU)),
        None if seurattu else "\n".join(tekstit),
    )


def _expecting(voimassa, shared):
    """(jakso) -> does it expect a toimenpide of this validity? Most rows share theirs."""

    def expects(jakso):
        key = voimassa, jakso.pk
        if key not in shared:
            shared[key] = not (jakso.ends_before(voimassa) or jakso.begins_after(voimassa))
        return shared[key]

    return expects


def _is_before(jakso, other):
    return (jakso.jarjestys, jakso.pk) < (other.jarjestys, other.pk)


def _newest(nyt, ennen, jaksot, expects):
    """The move is from the jakso before it that expected the toimenpide, or that has an answer of it."""
    place = next(i for i, jakso in enumerate(jaksot) if jakso.pk == nyt["jakso"])
    told = ennen["jakso"] if ennen else None
    before = next((jakso for jakso in jaksot[place + 1 :] if jakso.pk == told or expects(jakso)), None)
    aste = ennen["aste"] if before and before.pk == told else None
    return Uusin(jaksot[place], nyt["aste"], nyt["syy"], aste, before is not None)
