"""Signing in: what allauth asks of us."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.account.forms import ResetPasswordForm
from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from ..models import Kayttaja, find_person
from ..sahkoposti import build_message, send_after
from .tunnus import password_link


class Tunnistus(AuthenticationBackend):
    """Loads who asks together with those for whom the person stands in today: decided anew at each request."""

    def get_user(self, user_id):
        user = find_person(user_id)
        return user if user and self.user_can_authenticate(user) else None


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request):
        """Accounts are made by a pääkäyttäjä: nobody signs up."""
        return False

    def get_password_change_redirect_url(self, request):
        return reverse("raportit:etusivu")


class SalasanaUnohtuiForm(ResetPasswordForm):
    """Does the same for an address that is known and one that is not: one look, and a message handed over."""

    def clean_email(self):
        return self.cleaned_data["email"].lower()

    def save(self, request, **kwargs):
        email = self.cleaned_data["email"]
        found = Kayttaja.objects.filter(email__iexact=email, is_active=True).values_list("pk", flat=True).first()
        send_after(send_password_link, found or 0)
        return email


def send_password_link(pk, *, connection):
    """Mail the link to choose a new password; to nobody where there is no such person."""
    user = Kayttaja.objects.filter(pk=pk, is_active=True).select_related("kunta").first()
    if user is None:
        return
    context = {
        "kayttaja": user,
        "kunta": user.kunta or "",
        "linkki": password_link(user),
        "paivia": settings.PASSWORD_RESET_TIMEOUT // (24 * 60 * 60),
    }
    subject = _("Uusi salasana strategian seurantaan")
    message = build_message("strategia/kayttaja/viestit/salasana", context, subject=subject, to=user.email)
    message.connection = connection
    message.send()
