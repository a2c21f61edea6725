"""The secret part of a link to choose a password."""

from allauth.account.forms import EmailAwarePasswordResetTokenGenerator

from ..models import Tunnistaja


class KutsunAvain(EmailAwarePasswordResetTokenGenerator):
    """Dies also when a newer invitation has been sent, and when the kunta closes its passwords."""

    def check_token(self, user, token):
        return super().check_token(user, token) and not Tunnistaja.objects.closes_passwords(user)

    def _make_hash_value(self, user, timestamp):
        invited = user.kutsuttu.timestamp() if user.kutsuttu else ""
        return f"{super()._make_hash_value(user, timestamp)}{invited}"
