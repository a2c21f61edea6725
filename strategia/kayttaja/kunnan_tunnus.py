"""Signing in where the kunta has a sign-in of its own: which doors of ours are open beside it."""

import time
from functools import wraps

from allauth.account import app_settings
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.flows.reauthentication import get_reauthentication_flows
from allauth.core.exceptions import ReauthenticationRequired
from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from ..models import Tunnistaja, Ulkotunnus


class KunnanTunnus:
    """Of allauth's adapter, before its own class: who may come in otherwise, and by what one shows anew who one is."""

    def pre_login(self, request, user, **told):
        """Every door but the kunta's own provider is closed to the people of a kunta that has closed its passwords."""
        record = (get_authentication_records(request, user) or [{}])[-1]
        if record.get("method") != "socialaccount" and Tunnistaja.objects.closes_passwords(user):
            messages.info(request, _("Kunnassasi kirjaudutaan vain kunnan tunnuksella."))
            return redirect("kertakirjautuminen_kunta", user.kunta.slug)
        return super().pre_login(request, user, **told)

    def get_reauthentication_methods(self, user):
        methods = super().get_reauthentication_methods(user)
        if not user.is_authenticated:
            return methods
        if Tunnistaja.objects.closes_passwords(user):
            methods = [each for each in methods if each["id"] != "reauthenticate"]
        if Ulkotunnus.objects.filter(kayttaja=user).exists():
            address = reverse("kertakirjautuminen_vahvistus", args=[user.kunta.slug])
            methods.append({"id": "kunnan_tunnus", "url": address})
        return methods

    def is_reauthentication_required(self, *, app, **told):
        """allauth asks nothing anew of who has no password: here the kunta's provider is asked."""
        required, user = super().is_reauthentication_required(app=app, **told), self.request.user
        if required and user.is_authenticated and not get_reauthentication_flows(user):
            shown = [each["at"] for each in get_authentication_records(self.request, user) if "reauthenticated" in each]
            is_recent = shown and time.time() - shown[-1] < app_settings.REAUTHENTICATION_TIMEOUT
            if not is_recent and self.get_reauthentication_methods(user):
                raise ReauthenticationRequired
        return required


def with_password(view):
    """allauth's page of changing a password, for those who have one here that opens something."""

    @wraps(view)
    def answer(request, *args, **kwargs):
        user = request.user
        if user.has_usable_password() and not Tunnistaja.objects.closes_passwords(user):
            return view(request, *args, **kwargs)
        messages.info(request, _("Kirjaudut kunnan tunnuksella, eikä sinulla ole täällä salasanaa."))
        return redirect("strategia:omat-tiedot")

    return answer
