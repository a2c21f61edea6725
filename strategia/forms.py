"""Forms of the strategia, and how allauth behaves here."""

from allauth.account.adapter import DefaultAccountAdapter


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request):
        """Accounts are made by a pääkäyttäjä: nobody signs up."""
        return False
