"""The secret part of a link to choose a password."""

from django.contrib.auth.tokens import PasswordResetTokenGenerator

from ..models import Tunnistaja


class KutsunAvain(PasswordResetTokenGenerator):
    """Dies also when a newer invitation has been sent, when the kunta closes its passwords and with the access.

    Django's own, for allauth's would write a row of the address when the link is only opened.
    """

    def check_token(self, user, token):
        is_of_use = user and user.is_active and not Tunnistaja.objects.closes_passwords(user)
        return bool(is_of_use) and super().check_token(user, token)

    def _make_hash_value(self, user, timestamp):
        invited = user.kutsuttu.timestamp() if user.kutsuttu else ""
        return f"{super()._make_hash_value(user, timestamp)}{invited}"
