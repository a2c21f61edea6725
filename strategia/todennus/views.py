"""A person's second factor: what there is, taking an app or a passkey into use, recovery codes, removing."""

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.views import AuthenticateView, IndexView, ReauthenticateView
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from allauth.mfa.webauthn.views import (
    AddWebAuthnView,
    LoginWebAuthnView,
    ReauthenticateWebAuthnView,
    RemoveWebAuthnView,
)
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from ..models import Tapahtuma
from ..tapahtuma import record
from ..vaatimus import is_last_needed, is_required, required_from
from . import varakoodit
from .koodit import draw_qr, in_fours, take_code

TOTP, WEBAUTHN = Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN
NIMET = {
    TOTP: gettext_lazy("tunnistussovellus"),
    WEBAUTHN: gettext_lazy("pääsyavain"),
    Authenticator.Type.RECOVERY_CODES: gettext_lazy("varakoodit"),
}


class TunnistusView(IndexView):
    """What the person has, and whether the rooli asks for it."""

    template_name = "mfa/index.html"

    def get_context_data(self, **kwargs):
        user, rows = self.request.user, list(Authenticator.objects.filter(user=self.request.user).order_by("pk"))
        return {
            "sovellus": next((row for row in rows if row.type == TOTP), None),
            "avaimet": [row for row in rows if row.type == WEBAUTHN],
            "varakoodeja": varakoodit.count_left(user),
            "vaaditaan": required_from(user),
            "on_pakko": is_required(user),
        }


class SovellusView(ActivateTOTPView):
    """Take an app of codes into use: its QR code, the same typed out, and the first code back."""

    template_name = "mfa/totp/activate_form.html"

    def get_context_data(self, **kwargs):
        context = super(ActivateTOTPView, self).get_context_data(**kwargs)
        url = get_adapter().build_totp_url(self.request.user, context["form"].secret)
        return context | {"qr": draw_qr(url), "totp_url": url, "salaisuus": in_fours(context["form"].secret)}

    @transaction.atomic
    def form_valid(self, form):
        response = super().form_valid(form)
        take_code(self.request.user, form.cleaned_data["code"])  # the first, too, is taken once
        _added(self.request, TOTP, self.did_generate_recovery_codes)
        return response


class PoistaSovellusView(DeactivateTOTPView):
    template_name = "mfa/totp/deactivate_form.html"

    @transaction.atomic
    def form_valid(self, form):
        _record(self.request, Tapahtuma.Laji.TUNNISTUS_POISTETTU, TOTP)
        return super().form_valid(form)


class UusiAvainView(AddWebAuthnView):
    template_name = "mfa/webauthn/add_form.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"form": kwargs.get("form") or self.get_form()}

    @transaction.atomic
    def form_valid(self, form):
        response = super().form_valid(form)
        _added(self.request, WEBAUTHN, self.did_generate_recovery_codes)
        return response


def _added(request, kind, did_generate):
    """Who has just shown the new factor has passed it in this session, and may see the codes made with it."""
    record_authentication(request, request.user, "mfa", type=kind)
    _record(request, Tapahtuma.Laji.TUNNISTUS_LISATTY, kind)
    if did_generate:
        varakoodit.let_see(request)


class VahvistaKoodiView(ReauthenticateView):
    """Where one who has signed in shows the second factor anew."""

    @transaction.atomic
    def form_valid(self, form):
        _record(self.request, Tapahtuma.Laji.VAHVISTETTU, form.authenticator.type)
        return super().form_valid(form)


class VahvistaAvainView(ReauthenticateWebAuthnView):
    template_name = "mfa/webauthn/reauthenticate.html"

    @transaction.atomic
    def form_valid(self, form):
        _record(self.request, Tapahtuma.Laji.VAHVISTETTU, WEBAUTHN)
        return super().form_valid(form)

    def form_invalid(self, form):
        for message in form.errors.get("credential", []):
            messages.error(self.request, message)
        return redirect(self.request.get_full_path())


class PoistaAvainView(RemoveWebAuthnView):
    template_name = "mfa/webauthn/authenticator_confirm_delete.html"
    success_url = reverse_lazy("mfa_index")

    @transaction.atomic
    def form_valid(self, form):
        if is_last_needed(self.object):
            messages.error(self.request, get_adapter().error_messages["cannot_delete_authenticator"])
            return redirect("mfa_index")
        _record(self.request, Tapahtuma.Laji.TUNNISTUS_POISTETTU, WEBAUTHN)
        return super().form_valid(form)


class VaiheView(AuthenticateView):
    """The second step of signing in."""

    template_name = "mfa/authenticate.html"

    def get_context_data(self, **kwargs):
        types = set(Authenticator.objects.filter(user=self.stage.login.user).values_list("type", flat=True))
        return super().get_context_data(**kwargs) | {"on_avain": WEBAUTHN in types, "on_sovellus": TOTP in types}

    def form_valid(self, form):
        response = super().form_valid(form)
        varakoodit.tell_left(self.request, getattr(form, "authenticator", None))
        return response


@method_decorator(login_not_required, name="dispatch")
class AvainKirjautuminenView(LoginWebAuthnView):
    """Sign in by a passkey alone: it asks for the finger, face or PIN itself."""


class UudetVarakooditView(GenerateRecoveryCodesView):
    template_name = "mfa/recovery_codes/generate.html"

    def get_context_data(self, **kwargs):
        context = super(GenerateRecoveryCodesView, self).get_context_data(**kwargs)
        return context | {"jaljella": varakoodit.count_left(self.request.user)}

    @transaction.atomic
    def form_valid(self, form):
        response = super().form_valid(form)
        varakoodit.let_see(self.request)
        _record(self.request, Tapahtuma.Laji.TUNNISTUS_LISATTY, Authenticator.Type.RECOVERY_CODES)
        return response


def _record(request, laji, kind):
    user = request.user
    record(laji, by=user, kunta=user.kunta, kohde=user, mihin=NIMET[kind], request=request)


@require_safe
def varakoodit_sivu(request):
    """The recovery codes, to the session that made them and soon after; else how many are left."""
    left = varakoodit.count_left(request.user)
    if left is None:
        raise Http404
    context = {"koodit": varakoodit.seen(request), "jaljella": left}
    return render(request, "mfa/recovery_codes/index.html", context)


@require_safe
def varakoodit_lataa(request):
    """The same as a text file, while the page shows them."""
    codes = varakoodit.seen(request)
    if not codes:
        raise Http404
    response = HttpResponse("\r\n".join([*codes, ""]), content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="varakoodit.txt"'
    return response
