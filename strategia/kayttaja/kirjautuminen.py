"""Signing in: what allauth asks of us."""

from allauth.account.adapter import DefaultAccountAdapter
from django.urls import reverse

from ..sahkoposti import AUTOMAATTINEN


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request):
        """Accounts are made by a pääkäyttäjä: nobody signs up."""
        return False

    def get_password_change_redirect_url(self, request):
        return reverse("raportit:etusivu")

    def render_mail(self, template_prefix, email, context, headers=None):
        """A message that says it comes from a machine."""
        return super().render_mail(template_prefix, email, context, headers=AUTOMAATTINEN | (headers or {}))
