"""Which plans of a kunta continue one another, and which toimenpide of theirs which. Only reads."""

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


def read_edeltajat(kunta_id: int, strategiat: set[int]) -> dict[int, int]:
    """{id of a toimenpide: id of the one that it continues}; {} and no query where there is only one plan.

    Of all plans, for two that are compared may have a third between them.
    """
    if len(strategiat) < 2:
        return {}
    return dict(Toimenpide.objects.filter(kunta=kunta_id, edeltaja__isnull=False).values_list("pk", "edeltaja_id"))
