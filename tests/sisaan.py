"""A client signed in by force as by a whole sign-in: its second factor has been shown, too, and just now."""

import time

from django.test import Client

from strategia.vaatimus import MUUALLA

_force_login = Client.force_login


def sign_in(client, user, backend=None):
    """By OIDC that the kunta trusts. Who signs in is as the database knows, not as the test loaded the person."""
    _force_login(client, type(user).objects.get(pk=user.pk), backend)
    session = client.session
    session[MUUALLA] = True
    shown = {"method": "password", "at": time.time() + 86_400, "reauthenticated": True}  # also at a long walk's end
    session["account_authentication_methods_user"] = str(user.pk)
    session["account_authentication_methods"] = [shown]
    session.save()
