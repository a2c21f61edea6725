"""Taking away the whole second factor of a person who has lost it."""

from allauth.mfa.models import Authenticator
from django.db import transaction

from .muutosviesti import NOLLATTU, tell_change


@transaction.atomic
def reset_factors(user, *, by) -> bool:
    """Was there anything? The person is told; by: who did it, None for the installation's own keeper."""
    count, _by_model = Authenticator.objects.filter(user=user).delete()
    if count:
        tell_change(user, NOLLATTU)
    return bool(count)
