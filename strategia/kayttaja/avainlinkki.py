"""The secret part of a link to choose a password."""

from allauth.account.forms import EmailAwarePasswordResetTokenGenerator


class KutsunAvain(EmailAwarePasswordResetTokenGenerator):
    """Dies also when a newer invitation has been sent."""

    def _make_hash_value(self, user, timestamp):
        invited = user.kutsuttu.timestamp() if user.kutsuttu else ""
        return f"{super()._make_hash_value(user, timestamp)}{invited}"
