"""How many messages are taken: an address that sends many and a kunta that has got many are told so."""

from datetime import timedelta

from allauth.core import ratelimit
from django.utils import timezone
from django.utils.translation import gettext as _

from ..models import Palaute

PALAUTETTA_PAIVASSA = 100  # for one kunta


def refuse_many(request, kunta):
    """Why no more feedback is taken now, or "": from one address five in an hour, for one kunta a hundred in a day."""
    if Palaute.objects.filter(kunta=kunta, luotu__gt=timezone.now() - timedelta(days=1)).count() >= PALAUTETTA_PAIVASSA:
        return _("Kunta on saanut tänään jo niin monta palautetta, ettei enempää oteta vastaan. Yritä huomenna.")
    if not ratelimit.consume(request, action="palaute"):
        return _("Tästä osoitteesta on tullut jo monta palautetta. Yritä tunnin kuluttua uudelleen.")
    return ""
