"""A message of feedback -> the koordinaattorit of its kunta."""

from django.core.mail import EmailMessage
from django.utils.translation import gettext as _

from ..models import Palaute
from ..permissions import coordinating_people
from ..sahkoposti import AUTOMAATTINEN, absolute_url


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
