"""How the rows of a kunta are asked for: every statement names the kunta, whatever asked.

It stands inside Django's own building of a query, and no room calls it.
"""

from django.db import models
from django.db.models import Q
from django.db.models.sql import Query

KUNNASTA = ("kunta", "kunta_id", "kunta__in")


class KunnanQuery(Query):
    """Whatever rows it is asked by, it asks by their kunta too, for a row and its parent are of one kunta."""

    def add_q(self, q_object, reuse_all=False):
        super().add_q(q_object, reuse_all)
        if kunnat := _kunnat_of(_list_asked(q_object)):
            super().add_q(Q(kunta=kunnat.pop()) if len(kunnat) == 1 else Q(kunta__in=kunnat))

    def add_filter(self, filter_lhs, filter_rhs):
        """As it says: Django makes the inner query of an `exclude` by this, and cuts its first tables off."""
        super().add_q(Q((filter_lhs, filter_rhs)))


class KunnanQuerySet(models.QuerySet):
    """Of a relation's rows, prefetched ones too, it names the kunta.

    They come by an index on the kunta then, and a database that is distributed by kunta looks in one place. What is
    asked for by a bare id names its kunta itself, or is asked by its own key.
    """

    def __init__(self, model=None, query=None, using=None, hints=None):
        super().__init__(model, query or KunnanQuery(model), using, hints)

    def filter(self, *args, **kwargs):
        """Of a relation that asks by an id (many to many) the hint tells whose it is."""
        row, asked = self._hints.get("instance"), {name for name, _value in _list_asked(Q(*args, **kwargs))}
        if not self.query.where and asked and not asked & {"id", "pk", *KUNNASTA} and _kunta_of(row):
            kwargs["kunta"] = _kunta_of(row)
        return super().filter(*args, **kwargs)


def _list_asked(condition):
    """[(name, value)] of what must hold."""
    if condition.connector != Q.AND or condition.negated:
        return []
    parts = [[each] if isinstance(each, tuple) else _list_asked(each) for each in condition.children if _is_told(each)]
    return [pair for part in parts for pair in part]


def _is_told(condition):
    return isinstance(condition, tuple | Q)


def _kunnat_of(asked):
    """The kunnat of the rows that this asks by; none if it names them itself, or asks by none."""
    if any(name in KUNNASTA for name, _value in asked):
        return set()
    for _name, value in asked:
        rows = value if isinstance(value, list | tuple | set) else [value]
        kunnat = set(map(_kunta_of, rows))
        if kunnat and None not in kunnat:
            return kunnat
    return set()


def _kunta_of(row):
    """Where it is known: a row that was loaded without it is not asked for it. A request's user comes wrapped."""
    return getattr(row, "_wrapped", row).__dict__.get("kunta_id") if isinstance(row, models.Model) else None
