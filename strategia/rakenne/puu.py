"""The upper levels of a plan: the order of painopisteet and tavoitteet, and taking away an empty one.

What is recorded hangs on the toimenpide: names, places and order change here and no history, comparison or closed
report does.
"""

from django.db import transaction
from django.db.models import Count, ProtectedError

from ..models import Painopiste, Strategia, StrateginenTavoite

YLOS, ALAS = -1, 1


class EiTyhja(Exception):
    """Something still hangs under what was to be taken away."""


def list_structure(strategia):
    """[painopiste with .rivit: its tavoitteet, each with .toimenpiteita], in order; two queries."""
    tavoitteet = {}
    counted = StrateginenTavoite.objects.filter(painopiste__strategia=strategia).order_by("jarjestys", "pk")
    for tavoite in counted.annotate(toimenpiteita=Count("toimenpiteet")):  # which drops the order of the model
        tavoitteet.setdefault(tavoite.painopiste_id, []).append(tavoite)
    painopisteet = list(strategia.painopisteet.all())
    for painopiste in painopisteet:
        painopiste.rivit = tavoitteet.get(painopiste.pk, [])
    return painopisteet


def siblings_of(row):
    """The rows among which this painopiste or tavoite has its place."""
    return row.strategia.painopisteet if isinstance(row, Painopiste) else row.painopiste.tavoitteet


def move(row, step):
    """One place up or down among its siblings; was there room? Rows of an equal place get their own."""
    with transaction.atomic():
        _lock(row)
        rows = list(siblings_of(row).all())
        place = rows.index(row)
        target = min(max(place + step, 0), len(rows) - 1)
        rows.insert(target, rows.pop(place))
        for number, each in enumerate(rows, 1):
            each.jarjestys = number
        type(row).objects.bulk_update(rows, ["jarjestys"])
    return target != place


def place_last(row):
    """Set the place of a row that is new among its siblings; the caller saves it."""
    last = siblings_of(row).exclude(pk=row.pk).order_by("jarjestys").last()
    row.jarjestys = last.jarjestys + 1 if last else 1


def remove_empty(row):
    """Delete a painopiste or tavoite under which there is no toimenpide, measure, risk or link. Raises EiTyhja."""
    with transaction.atomic():
        _lock(row)
        try:
            with transaction.atomic():
                if isinstance(row, Painopiste):
                    row.tavoitteet.all().delete()
                row.delete()
        except ProtectedError as refused:
            raise EiTyhja from refused


def _lock(row):
    strategia = row.strategia_id if isinstance(row, Painopiste) else row.painopiste.strategia_id
    Strategia.objects.select_for_update().get(pk=strategia)
