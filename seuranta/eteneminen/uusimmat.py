"""Strategia + user -> the newest score of each toimenpide and its move, and how many there are of each score."""

from collections import Counter
from dataclasses import dataclass

from django.utils.translation import gettext as _

from strategia.permissions import sees_closed_only

from ..models import Kirjaus, Seurantajakso
from ..muutos import describe_move


@dataclass(frozen=True)
class Uusin:
    """What was last reported of a toimenpide: a score, or why there is none; muutos is its move, in words."""

    jakso: Seurantajakso
    aste: int | None
    syy: str
    muutos: str


@dataclass(frozen=True)
class Osuus:
    """One piece of a bar; x, leveys and keski are per cents of it."""

    aste: int  # 0: no score
    maara: int
    x: str
    leveys: str
    keski: str


def shows_scores(strategia, user):
    """Is a score shown to the user at all: not of a plan in words, nor to a councillor where it is not published."""
    is_hidden = sees_closed_only(user) and "toteutumisaste" in strategia.piilotetut
    return not strategia.is_in_words and not is_hidden


def newest_scores(strategia, toimenpiteet, user):
    """{toimenpide's id: Uusin} of what the user may see and a report counts, no drafts; two queries."""
    begun = Seurantajakso.objects.visible_to(user).exclude(tila=Seurantajakso.Tila.TULOSSA)
    jaksot = list(begun.filter(strategia=strategia).order_by("-jarjestys", "-pk"))
    seen = Kirjaus.objects.visible_to(user).filter(Kirjaus.objects.REPORTED, jakso__strategia=strategia)
    rows = seen.values_list("toimenpide_id", "jakso_id", "toteutumisaste", "syy")
    told = {(toimenpide, jakso): (aste, syy) for toimenpide, jakso, aste, syy in rows}
    found = ((toimenpide.pk, _newest(toimenpide, jaksot, told)) for toimenpide in toimenpiteet)
    return {pk: uusin for pk, uusin in found if uusin}


def _newest(toimenpide, jaksot, told):
    """jaksot: the newest first. The move is from the jakso before it that expected the toimenpide."""
    places = (i for i, jakso in enumerate(jaksot) if (toimenpide.pk, jakso.pk) in told)
    place = next(places, None)
    if place is None:
        return None
    jakso, earlier = jaksot[place], jaksot[place + 1 :]
    aste, syy = told[toimenpide.pk, jakso.pk]
    before = next((j for j in earlier if (toimenpide.pk, j.pk) in told or _expects(j, toimenpide)), None)
    muutos = describe_move(told.get((toimenpide.pk, before.pk), (None,))[0], aste) if before else ""
    return Uusin(jakso, aste, str(Kirjaus.Syy(syy).label) if syy else "", muutos)


def _expects(jakso, toimenpide):
    return not (jakso.ends_before(toimenpide) or jakso.begins_after(toimenpide))


def draw_bar(asteet):
    """[score or None] -> [Osuus] from 5 to 1, then those without a score."""
    counts, osuudet, at = Counter(aste or 0 for aste in asteet), [], 0
    for aste in (5, 4, 3, 2, 1, 0):
        if maara := counts[aste]:
            x, leveys = (100 * each / counts.total() for each in (at, maara))
            osuudet.append(Osuus(aste, maara, f"{x:.2f}%", f"{leveys:.2f}%", f"{x + leveys / 2:.2f}%"))
            at += maara
    return osuudet


def describe_bar(osuudet, strategia):
    """ "5 Valmis: 8, 3: 2, ei arviota: 1": the same in words."""
    names = ((f"{o.aste} {strategia.asteen_nimi(o.aste)}".strip() if o.aste else _("ei arviota")) for o in osuudet)
    return ", ".join(f"{name}: {osuus.maara}" for name, osuus in zip(names, osuudet, strict=True))
