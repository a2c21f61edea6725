"""Who must sign in with a second factor and from which day, and whether this session has passed it."""

import datetime

from allauth.account.internal.flows.login import get_authentication_records
from django.conf import settings
from django.utils import timezone

from .models import Rooli

YLLAPITO = "yllapito"  # in MFA_ROOLIT: superusers and staff, at once
ROOLIT = {*Rooli.values, YLLAPITO}
PAIVIA = 14  # from getting the role
MUUALLA = "toinen_vaihe_muualla"

TUNNISTUS, KAYTTOONOTTO = "tunnistus", "kayttoonotto"


def required_from(user) -> datetime.date | None:
    """The first day on which the person does not get in without a second factor; None for who may."""
    if (user.is_superuser or user.is_staff) and YLLAPITO in settings.MFA_ROOLIT:
        return timezone.localdate(user.luotu)
    if user.rooli in settings.MFA_ROOLIT and user.kunta_id:
        return timezone.localdate(user.rooli_alkaen) + datetime.timedelta(days=PAIVIA)
    return None


def is_required(user) -> bool:
    day = required_from(user)
    return day is not None and day <= timezone.localdate()


def is_last_needed(authenticator) -> bool:
    """Would the person's role leave them outside without this one?"""
    others = type(authenticator).objects.filter(user=authenticator.user).exclude(pk=authenticator.pk)
    return is_required(authenticator.user) and not others.exclude(type="recovery_codes").exists()


def mark_passed_elsewhere(request):
    """This session's second factor was asked by whom the kunta trusts with it (OIDC)."""
    request.session[MUUALLA] = True


def missing_step(request):
    """What the person who has signed in still lacks: TUNNISTUS by a factor they have, KAYTTOONOTTO of one; None."""
    user = request.user
    if request.session.get(MUUALLA):
        return None
    if user.on_toinen_vaihe:
        passed = any(each.get("method") == "mfa" for each in get_authentication_records(request, user))
        return None if passed else TUNNISTUS
    return KAYTTOONOTTO if is_required(user) else None


def told_day(request):
    """The day to tell of beforehand: the person will need a second factor and has none. None otherwise."""
    day = required_from(request.user)
    return None if day is None or request.session.get(MUUALLA) or request.user.on_toinen_vaihe else day
