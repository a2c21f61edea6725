"""A message of feedback -> the koordinaattorit of its kunta; and how long the sender's address is kept."""

from datetime import timedelta

from django.core.mail import EmailMessage
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from ..models import Palaute
from ..permissions import coordinating_people
from ..sahkoposti import AUTOMAATTINEN, absolute_url

VASTATUN_OSOITE = timedelta(days=14)  # an answer that has not left by then does not leave
VASTAAMATTOMAN_OSOITE = timedelta(days=180)


def send_feedback(pk, *, connection):
    """Mail it; the page keeps it whatever becomes of the mail."""
    palaute = Palaute.objects.filter(pk=pk).select_related("kunta").first()
    if palaute is None:
        return
    to = [user.email for user in coordinating_people(palaute.kunta).filter(is_active=True)]
    is_ours = palaute.sivu.startswith("/") and not palaute.sivu.startswith("//")  # no link elsewhere
    body = _("Sivu: %(sivu)s\nVastausosoite: %(osoite)s\n\n%(viesti)s") % {
        "sivu": absolute_url(palaute.sivu) if is_ours else "–",
        "osoite": palaute.sahkoposti or "–",
        "viesti": palaute.viesti,
    }
    subject = _("Palaute strategian seurannasta")
    EmailMessage(subject, body, None, to, headers=AUTOMAATTINEN, connection=connection).send()


def drop_addresses() -> int:
    """Forget the addresses that nobody needs to answer any more -> how many."""
    now = timezone.now()
    old = Q(kasitelty__lt=now - VASTATUN_OSOITE) | Q(luotu__lt=now - VASTAAMATTOMAN_OSOITE)
    return Palaute.objects.filter(old).exclude(sahkoposti="").update(sahkoposti="")
