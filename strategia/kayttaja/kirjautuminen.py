"""Signing in: what allauth asks of us."""

from allauth.account.adapter import DefaultAccountAdapter
from django.urls import reverse


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request):
        """Accounts are made by a pääkäyttäjä: nobody signs up."""
        return False

    def get_password_change_redirect_url(self, request):
        return reverse("raportit:etusivu")
