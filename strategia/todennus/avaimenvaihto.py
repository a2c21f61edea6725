"""Every secret of the database once more, encrypted by the first key of MFA_KEY: the old key may then go."""

from functools import partial

from allauth.mfa.models import Authenticator
from django.db import transaction

from .. import salaus
from ..models import Tunnistaja

SALATUT = ("secret", "seed")  # of an app of codes, of recovery codes
MUUT = []  # (model, the field that is encrypted) of the other apps, which add theirs as they are loaded


@transaction.atomic
def encrypt_anew() -> tuple[int, list[str]]:
    """(how many were, whose did not open with any key and are as they were)."""
    count, closed = 0, []
    for row, rotate in _rows():
        try:
            rotate(row)
        except salaus.EiAukea:
            closed.append(_name(row))
        else:
            row.save()
            count += 1
    return count, closed


def _rows():
    """[(a row under its lock, what encrypts its secrets anew)]"""
    for row in Authenticator.objects.exclude(type=Authenticator.Type.WEBAUTHN).select_for_update():
        yield row, _rotate_factor
    for row in Tunnistaja.objects.exclude(salaisuus="").select_for_update():
        yield row, _rotate_client
    for model, name in MUUT:
        for row in model.objects.select_for_update():
            yield row, partial(_rotate_field, name)


def _rotate_factor(row):
    row.data |= {name: salaus.rotate(row.data[name]) for name in SALATUT if name in row.data}


def _rotate_client(row):
    row.salaisuus = salaus.rotate(row.salaisuus)


def _rotate_field(name, row):
    setattr(row, name, salaus.rotate(getattr(row, name)))


def _name(row):
    if isinstance(row, Authenticator):
        return row.user.email
    return str(row.kunta) if isinstance(row, Tunnistaja) else str(row)
