"""Messages about one's own account that nobody can turn off: a sign-in from a new browser, a changed role."""

from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ..models import Kayttaja
from ..sahkoposti import absolute_url, build_message


def send_new_browser(pk, selain, osoite, milloin, *, connection):
    """milloin: of the sign-in, in ISO 8601."""
    context = {
        "selain": selain,
        "osoite": osoite,
        "milloin": timezone.localtime(datetime.fromisoformat(milloin)),
        "unohtui": absolute_url(reverse("account_reset_password")),
        "istunnot": absolute_url(reverse("strategia:istunto-lista")),
    }
    _send(pk, "uusi_selain", _("Kirjautuminen uudella selaimella"), context, connection)


def send_new_role(pk, vanha, uusi, *, connection):
    old, new = (Kayttaja(rooli=rooli).get_rooli_display() for rooli in (vanha, uusi))
    context = {"vanha": old, "uusi": new, "etusivu": absolute_url("/")}
    _send(pk, "rooli", _("Roolisi strategian seurannassa on muuttunut"), context, connection)


def _send(pk, name, subject, context, connection):
    user = Kayttaja.objects.filter(pk=pk).select_related("kunta").first()
    if user is None:
        return
    context |= {"kayttaja": user, "kunta": user.kunta or ""}
    message = build_message(f"strategia/kayttaja/viestit/{name}", context, subject=subject, to=user.email)
    message.connection = connection
    message.send()
