"""Signing in: what allauth asks of us."""

from allauth.account.adapter import DefaultAccountAdapter, get_adapter
from allauth.account.forms import ResetPasswordForm
from django.conf import settings
from django.urls import reverse

from ..models import Kayttaja
from ..sahkoposti import AUTOMAATTINEN, send_after
from .tunnus import password_link


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request):
        """Accounts are made by a pääkäyttäjä: nobody signs up."""
        return False

    def get_password_change_redirect_url(self, request):
        return reverse("raportit:etusivu")

    def format_email_subject(self, subject):
        """Without a request: a message is made once its page has answered."""
        return f"[{_host()}] {subject}"

    def render_mail(self, template_prefix, email, context, headers=None):
        """A message that says it comes from a machine."""
        return super().render_mail(template_prefix, email, context, headers=AUTOMAATTINEN | (headers or {}))


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
    user = Kayttaja.objects.filter(pk=pk, is_active=True).first()
    if user is None:
        return
    site = {"name": _host(), "domain": _host()}
    context = {"user": user, "password_reset_url": password_link(user), "current_site": site}
    message = get_adapter().render_mail("account/email/password_reset_key", user.email, context)
    message.connection = connection
    message.send()


def _host():
    return settings.SITE_URL.partition("://")[2]
