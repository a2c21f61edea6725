"""Conditions that constraints of many tables share."""

from django.db.models import Q


def exactly_one_set(names):
    """A condition that holds when one of the nullable fields is set and the others are empty."""
    return Q(*(Q(**{f"{name}__isnull": name != only for name in names}) for only in names), _connector=Q.OR)
