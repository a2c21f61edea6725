"""Messages of a second factor: each change of it is told to its owner, who may not have made it."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..models import Kayttaja
from ..sahkoposti import absolute_url, build_message, send_after

NOLLATTU = "nollattu"
TEOT = {
    "totp_activated": gettext_lazy("Tunnistussovellus on otettu käyttöön."),
    "totp_deactivated": gettext_lazy("Tunnistussovellus on poistettu käytöstä."),
    "webauthn_added": gettext_lazy("Pääsyavain on lisätty."),
    "webauthn_removed": gettext_lazy("Pääsyavain on poistettu."),
    "recovery_codes_generated": gettext_lazy("Uudet varakoodit on tehty. Vanhat eivät enää toimi."),
    NOLLATTU: gettext_lazy(
        "Kaksivaiheinen kirjautumisesi on nollattu: sovellus, pääsyavaimet ja varakoodit eivät enää toimi."
    ),
}


def tell_change(user, teko):
    """Mail it once the page has answered. teko: of TEOT."""
    send_after(send_change, user.pk, teko, timezone.now().isoformat(timespec="seconds"))


def send_change(pk, teko, hetki, *, connection):
    user = Kayttaja.objects.filter(pk=pk, is_active=True).select_related("kunta").first()
    if user is None:
        return
    context = {
        "kayttaja": user,
        "kunta": user.kunta or "",
        "teko": TEOT[teko],
        "hetki": timezone.datetime.fromisoformat(hetki),
        "unohtui": absolute_url(reverse("account_reset_password")),
    }
    subject = _("Kaksivaiheinen kirjautumisesi muuttui")
    message = build_message("strategia/todennus/viestit/muutos", context, subject=subject, to=user.email)
    message.connection = connection
    message.send()
