"""Taking away the whole second factor of a person who has lost it."""

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.utils.translation import gettext as _

from ..istunnot import end_sessions
from ..models import Tapahtuma
from ..tapahtuma import record
from .muutosviesti import NOLLATTU, tell_change


@transaction.atomic
def reset_factors(user, *, by) -> bool:
    """Was there anything? The person is told, and whoever uses the account now is signed out.

    by: who did it, None for the installation's own keeper.
    """
    count, _by_model = Authenticator.objects.filter(user=user).delete()
    if count:
        laji = Tapahtuma.Laji.TUNNISTUS_POISTETTU
        record(laji, by=by, kunta=user.kunta, kohde=user, mihin=_("nollattiin kaikki"))
        end_sessions(user)
        tell_change(user, NOLLATTU)
    return bool(count)
