"""An answered message -> a mail to who asked, and then the address is forgotten."""

from django.conf import settings
from django.utils.translation import gettext as _

from strategia.models import Palaute
from strategia.sahkoposti import absolute_url, build_message

POHJA = "raportit/vuoropuhelu/viestit/vastaus"


def send_answer(pk, *, connection):
    """Mail the answer once; nobody needs the address afterwards."""
    palaute = Palaute.objects.filter(pk=pk).exclude(sahkoposti="").exclude(vastaus="").select_related("kunta").first()
    if palaute is None:
        return
    context = {"palaute": palaute, "kunta": palaute.kunta, "kieli": settings.LANGUAGE_CODE}
    context["osoite"] = absolute_url(palaute.sivu) if palaute.toimenpide and palaute.nakyy else ""
    subject = _("Vastaus palautteeseesi strategian seurannasta")
    message = build_message(POHJA, context, subject=subject, to=palaute.sahkoposti)
    connection.send_messages([message])
    Palaute.objects.filter(pk=pk).update(sahkoposti="")
