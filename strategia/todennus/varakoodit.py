"""Recovery codes: shown to the session that made them and only for a while, counted without being opened."""

import time

from allauth.mfa import app_settings
from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.utils.translation import ngettext

NAHTAVISSA = 10 * 60  # seconds from their making: long enough to print them or to load the page anew
_ISTUNNOSSA = "varakoodit_nahtavissa"


def let_see(request):
    """The codes that were made just now may be seen in this session."""
    request.session[_ISTUNNOSSA] = [_of(request.user).pk, time.time() + NAHTAVISSA]


def seen(request) -> list[str]:
    """The unused codes if this session may see them; [] otherwise."""
    pk, until = request.session.get(_ISTUNNOSSA, (None, 0))
    row = _of(request.user)
    return row.wrap().get_unused_codes() if row and row.pk == pk and time.time() < until else []


def count_left(user) -> int | None:
    """None: the person has none at all."""
    row = _of(user)
    return row and app_settings.RECOVERY_CODE_COUNT - row.data["used_mask"].bit_count()


def tell_left(request, authenticator):
    """Who has just used up a code reads how many are left."""
    if authenticator is None or authenticator.type != Authenticator.Type.RECOVERY_CODES:
        return
    left = count_left(authenticator.user)
    text = ngettext(
        "Käytit varakoodin. Niitä on jäljellä %(n)d. Voit tehdä uudet kohdassa Omat tiedot.",
        "Käytit varakoodin. Niitä on jäljellä %(n)d. Voit tehdä uudet kohdassa Omat tiedot.",
        left,
    )
    messages.warning(request, text % {"n": left})


def _of(user):
    return Authenticator.objects.filter(user=user, type=Authenticator.Type.RECOVERY_CODES).first()
