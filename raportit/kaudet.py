"""Which plans of a kunta continue one another, and which toimenpide of theirs which. Only reads."""

from datetime import date
from uuid import UUID

from seuranta.models import Kirjaus, Seurantajakso
from strategia.models import Toimenpide

STRATEGIA = "tavoite__painopiste__strategia"


def list_terms(kunta_id: int, strategia_id: int) -> list[int]:
    """The ids of the plans that are joined to this one by toimenpiteet that continue others, the earliest first."""
    linked = Toimenpide.objects.filter(kunta=kunta_id, edeltaja__isnull=False).order_by()
    pairs = set(linked.values_list(f"edeltaja__{STRATEGIA}", STRATEGIA))
    joined, size = {strategia_id}, 0
    while size < len(joined):
        size = len(joined)
        joined |= {each for pair in pairs if joined & set(pair) for each in pair}
    return _in_time(joined, pairs)


def _in_time(joined, pairs):
    """Each after those that it continues; plans that continue each other crosswise stand as they were made."""
    left, order = sorted(joined), []
    while left:
        free = [each for each in left if not any(new == each and old in left for old, new in pairs)]
        order.append((free or left)[0])
        left.remove(order[-1])
    return order


def read_scores_before(jakso: Seurantajakso) -> tuple[Seurantajakso | None, dict[int, dict[int, int | None]]]:
    """(the last closed jakso of the terms that its plan continues, {toimenpide's id: {jakso's id: score of the one that
    it continues}}, the latest first): of plans of the same scale alone, and of jaksot before this one.
    """
    before = [each for each in _closed_before(jakso) if jakso.strategia.has_scale_of(each.strategia)]
    return (before[0] if before else None), _read_scores(jakso, before)


def read_scores_of_other_scale(jakso: Seurantajakso) -> tuple[Seurantajakso | None, dict[int, int]]:
    """(the last closed jakso of the terms that its plan continues, {toimenpide's id: score of the one that it
    continues}), where the scale of that jakso is another and its plan shows scores: to be told, never compared.
    """
    before = _closed_before(jakso)[:1]
    if not before or not before[0].strategia.shows_scores or jakso.strategia.has_scale_of(before[0].strategia):
        return None, {}
    scores = {pk: asteet[before[0].pk] for pk, asteet in _read_scores(jakso, before).items()}
    return before[0], {pk: aste for pk, aste in scores.items() if aste}


def _closed_before(jakso):
    """The closed jaksot of the terms that its plan continues and that are before it, the latest first."""
    continued = Toimenpide.objects.filter(**{f"seuraajat__{STRATEGIA}": jakso.strategia_id}).values(STRATEGIA)
    closed = Seurantajakso.objects.filter(
        kunta=jakso.kunta_id, strategia__in=continued, tila=Seurantajakso.Tila.SULJETTU
    ).select_related("strategia")
    before = [each for each in closed if _is_before(each, jakso)]
    return sorted(before, key=lambda each: (each.paattyy or date.min, each.jarjestys, each.pk), reverse=True)


def _read_scores(jakso, before):
    """{toimenpide's id: {jakso's id: score of the one that it continues}} of these jaksot, in their order."""
    told = Kirjaus.objects.reported().filter(
        **{f"toimenpide__seuraajat__{STRATEGIA}": jakso.strategia_id}, kunta=jakso.kunta_id, jakso__in=before
    )
    order, scores = [each.pk for each in before], {}
    rows = told.values_list("toimenpide__seuraajat", "jakso", "toteutumisaste")
    for pk, earlier, aste in sorted(rows, key=lambda row: order.index(row[1])):
        scores.setdefault(pk, {})[earlier] = aste
    return scores


def _is_before(earlier, jakso):
    return not (earlier.paattyy and jakso.paattyy) or earlier.paattyy < jakso.paattyy


def read_edeltajat(kunta_id: int, strategiat: set[int]) -> dict[int, int]:
    """{id of a toimenpide: id of the one that it continues}; {} and no query where there is only one plan.

    Of all plans, for two that are compared may have a third between them.
    """
    return _read_links(kunta_id, "pk") if len(strategiat) > 1 else {}


def read_edeltavat_tunnukset(kunta_id: int) -> dict[UUID, UUID]:
    """{tunnus of a toimenpide: tunnus of the one that it continues}, by which the public lines are named."""
    return _read_links(kunta_id, "tunnus")


def _read_links(kunta_id, name):
    linked = Toimenpide.objects.filter(kunta=kunta_id, edeltaja__isnull=False)
    return dict(linked.values_list(name, f"edeltaja__{name}"))
