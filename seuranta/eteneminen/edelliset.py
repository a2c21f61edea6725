"""Rows of a plan + user -> the last score of those that they continue, of the terms before: where there is one."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from strategia.models import Toimenpide
from strategia.permissions import audits, followed_toimenpiteet, sees_closed_only

from ..models import Kirjaus
from .jaksot import expects, list_begun, shows_scores

KAUSIA = 10  # terms that are looked back over: each costs a few queries where a row is found in none before it


@dataclass(frozen=True, slots=True)
class Aiempi:
    """A score of another plan, None where the last jakso there has none. vertautuu: is the scale that of the own plan?

    nimi: the score by that plan's own label.
    """

    aste: int | None
    nimi: str
    vertautuu: bool

    @property
    def sanoin(self):
        """What is shown of a score that cannot be compared."""
        return _("aiemmin: %(arvio)s") % {"arvio": f"{self.aste} {self.nimi}".strip()} if self.aste else ""


def read_earlier(edeltajat: dict[int, int], user, strategia) -> dict[int, Aiempi]:
    """{id: Aiempi} of {id of a row of the plan: id of the one that it continues}; no query for none.

    One that no jakso of its own plan has expected is looked past, at the one that it continues itself.
    """
    found, left = {}, dict(edeltajat)
    for _kausi in range(KAUSIA):
        if not left:
            break
        rows = Toimenpide.objects.select_related("tavoite__painopiste__strategia").in_bulk(set(left.values()))
        told = _last_of(rows, user, strategia)
        found |= {pk: told[earlier] for pk, earlier in left.items() if earlier in told}
        left = {
            pk: rows[earlier].edeltaja_id
            for pk, earlier in left.items()
            if earlier not in told and earlier in rows and rows[earlier].edeltaja_id
        }
    return found


def _last_of(rows, user, strategia):
    """{id of one of the rows: Aiempi} of those that a jakso has expected, as the user may see it."""
    followed, begun, found = _followed(rows, user), {}, {}
    told = Kirjaus.objects.reported().filter(kunta=user.kunta_id, toimenpide__in=rows)
    scores = {(pk, jakso): aste for pk, jakso, aste in told.values_list("toimenpide", "jakso", "toteutumisaste")}
    for pk, row in rows.items():
        plan = row.tavoite.painopiste.strategia
        if plan.pk not in begun:
            begun[plan.pk] = list_begun(plan, user) if shows_scores(plan, user) else []
        seen = (jakso for jakso in begun[plan.pk] if jakso.is_closed or pk in followed)
        jakso = next((jakso for jakso in seen if (pk, jakso.pk) in scores or expects(jakso, row)), None)
        if jakso:
            aste = scores.get((pk, jakso.pk))
            found[pk] = Aiempi(aste, plan.asteen_nimi(aste), strategia.has_scale_of(plan))
    return found


def _followed(rows, user):
    if audits(user) or sees_closed_only(user):
        return set(rows) if audits(user) else set()
    return set(followed_toimenpiteet(user).filter(pk__in=rows).values_list("pk", flat=True))
