"""Seurantajakso + user -> what the user has sent of it as it was before, and what undoing left where it was."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from ..models import Joukkokirjaus, Kirjaus

NAYTETAAN = 5


@dataclass(frozen=True)
class Teko:
    """maara: how many rows it sent. jaivat: [(toimenpide, why undoing left it)], once it is undone."""

    teko: Joukkokirjaus
    maara: int
    jaivat: list


def list_acts(jakso, user):
    """The newest first; three queries whatever their number."""
    acts = list(jakso.joukkokirjaukset.filter(tekija=user)[:NAYTETAAN])
    reasons = {act.merkki: act for act in acts} | {act.kumouksen_merkki: act for act in acts}
    history = Kirjaus.history.filter(jakso=jakso, history_change_reason__in=reasons)
    ids = {reason: set() for reason in reasons}
    for pk, reason in history.values_list("id", "history_change_reason"):
        ids[reason].add(pk)
    left = {act: ids[act.merkki] - ids[act.kumouksen_merkki] for act in acts if act.kumottu}
    rows = Kirjaus.objects.filter(pk__in=set().union(*left.values())).select_related("toimenpide")
    by_id = {row.pk: row for row in rows} if any(left.values()) else {}
    return [
        Teko(act, len(ids[act.merkki]), [_tell(by_id[pk]) for pk in sorted(left.get(act, ())) if pk in by_id])
        for act in acts
        if ids[act.merkki]
    ]


def _tell(kirjaus):
    if kirjaus.tila == Kirjaus.Tila.HYVAKSYTTY:
        return kirjaus.toimenpide, _("Vastaus on hyväksytty.")
    return kirjaus.toimenpide, _("Riviä on muutettu sen jälkeen.")
