"""Signing in: what allauth asks of us."""

from contextlib import contextmanager
from datetime import timedelta

from allauth.account.adapter import DefaultAccountAdapter, get_adapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.account.fields import PasswordField
from allauth.account.forms import ChangePasswordForm, LoginForm, ReauthenticateForm, ResetPasswordForm
from allauth.account.internal.userkit import filter_users_by_email
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..istunnot import OSOITE, SELAIN, tell_sign_in
from ..kavija import client_address, shorten
from ..models import Kayttaja, Tapahtuma, Tunnistaja, find_person
from ..sahkoposti import build_message, send_after
from ..tapahtuma import digest_of, record, record_refusal
from ..todennus.muutosviesti import TEOT, tell_change
from ..yritykset import LiianMonta, begin_try
from .kunnan_tunnus import KunnanTunnus
from .selain import browser_name, known_browser, remember_browser
from .tunnus import password_link
from .turvaviestit import send_new_browser


class Tunnistus(AuthenticationBackend):
    """Loads who asks together with those for whom the person stands in today: decided anew at each request."""

    def get_user(self, user_id):
        user = find_person(user_id)
        return user if user and self.user_can_authenticate(user) else None


class AccountAdapter(KunnanTunnus, DefaultAccountAdapter):
    def is_open_for_signup(self, request):
        """Accounts are made by a pääkäyttäjä: nobody signs up."""
        return False

    def get_password_change_redirect_url(self, request):
        return reverse("raportit:etusivu")

    def get_client_ip(self, request):
        return client_address(request)

    def authenticate(self, request, **credentials):
        """Who this is, or None: every password that allauth takes is tried here, and counts unless it is right."""
        email = credentials.get("email", "")
        kenen = _find(email) or email
        yritys = begin(request, kenen)
        if user := super().authenticate(request, **credentials):
            yritys.give_back()
        else:
            tell_refused(Tapahtuma.Laji.KIRJAUTUMINEN_EI, kenen)
        return user

    def pre_authenticate(self, request, **credentials):
        """allauth would count here, by the Host and by one address for all who sit behind it."""

    @contextmanager
    def counted_try(self, user, laji):
        """What is tried in it counts to the person's account unless it is right; laji: of the audit where it is not."""
        yritys = begin(self.request, user)
        try:
            yield
        except ValidationError:
            tell_refused(laji, user)
            raise
        yritys.give_back()

    def login(self, request, user):
        super().login(request, user)
        selain = browser_name(request.META.get("HTTP_USER_AGENT", ""))
        tell_sign_in(request.session, selain=selain, osoite=shorten(client_address(request)))

    @transaction.atomic
    def logout(self, request):
        if request.user.is_authenticated:
            record(Tapahtuma.Laji.KIRJAUTUI_ULOS, by=request.user, kunta=request.user.kunta, kohde=request.user)
        super().logout(request)

    def post_login(self, request, user, **details):
        """Signed in by every door: the browser is known from now on, and of a new one its owner is told."""
        response = super().post_login(request, user, **details)
        record(Tapahtuma.Laji.KIRJAUTUI, by=user, kunta=user.kunta, kohde=user, mihin=request.session[SELAIN])
        if not known_browser(request, user):
            told = [request.session[name] for name in (SELAIN, OSOITE)]
            send_after(send_new_browser, user.pk, *told, timezone.now().isoformat())
        remember_browser(request, response, user)
        return response

    def get_reauthentication_methods(self, user):
        """Who has a second factor shows it: the password alone neither adds one nor takes it away."""
        found = {each["id"]: each for each in super().get_reauthentication_methods(user)}
        return [found[name] | {"description": words} for name, words in _vahvistustavat(user) if name in found]

    def send_notification_mail(self, template_prefix, user, context=None, email=None):
        """Of allauth's notes those of the second factor, in our words."""
        teko = template_prefix.rpartition("/")[2]
        if teko in TEOT:
            tell_change(user, teko)


def begin(request, kenen):
    """A try to be the person, or whoever has the typed name. Raises ValidationError where it is one too many."""
    is_person = isinstance(kenen, Kayttaja)
    tunnus = str(kenen.pk) if is_person else f"@{kenen.lower().casefold()}"
    selain = known_browser(request, kenen) if is_person else ""
    try:
        return begin_try(tunnus, osoite=client_address(request), selain=selain)
    except LiianMonta as full:
        tell_refused(Tapahtuma.Laji.KIRJAUTUMINEN_ESTETTY, kenen)
        raise ValidationError(_explain(full), code="too_many_login_attempts") from None


def tell_refused(laji, kenen):
    """The audit's row of refused tries; of a name that nobody has, only that it is the same."""
    if isinstance(kenen, Kayttaja):
        record_refusal(laji, by=None, kunta=kenen.kunta, tili=kenen.pk, kohde=kenen)
    else:
        record_refusal(laji, by=None, kunta=None, tili=digest_of(kenen), mihin=digest_of(kenen))


def _find(email):
    """The person whom allauth would find by the address."""
    return next(iter(filter_users_by_email(email, prefer_verified=True, for_login=True)), None)


def _explain(full):
    """When to try again, and what helps at once."""
    tried = (
        _("Verkosta, josta tulet, on annettu liian monta väärää salasanaa tai koodia.")
        if full.kohde == "osoite"
        else _("Väärä salasana tai koodi on annettu liian monta kertaa.")
    )
    moment = timezone.localtime(full.vapautuu) + timedelta(minutes=1)  # the next full minute
    again = _("Yritä uudelleen klo %(klo)s.") % {"klo": date_format(moment, "H.i")}
    at_once = _("Heti pääset sisään, kun pyydät sähköpostiisi linkin ja valitset uuden salasanan.")
    return f"{tried} {again} {at_once}"


class SalasanaField(PasswordField):
    """Tab goes from the address to the password: the page has the link of a forgotten one after the button."""

    def __init__(self):
        super().__init__(label=gettext_lazy("Salasana"), autocomplete="current-password")


class KirjautumisForm(LoginForm):
    password = SalasanaField()


class SalasananVahvistusForm(ReauthenticateForm):
    password = SalasanaField()


class SalasananVaihtoForm(ChangePasswordForm):
    """The old password is tried as it is at the sign-in, and counts."""

    def clean_oldpassword(self):
        adapter = get_adapter()
        typed = self.cleaned_data["oldpassword"]
        if not adapter.reauthenticate(self.user, typed):
            raise adapter.validation_error("enter_current_password")
        return typed


def _vahvistustavat(user):
    """(allauth's name, our words) in the order they are offered; a recovery code goes where the app's code goes."""
    avain = "mfa_reauthenticate:webauthn", _("Käytä pääsyavainta")
    koodi = "mfa_reauthenticate", _("Käytä koodia")
    if not user.on_toinen_vaihe:
        return [("reauthenticate", _("Käytä salasanaa")), ("kunnan_tunnus", _("Käytä kunnan tunnusta"))]
    return [koodi, avain] if is_mfa_enabled(user, ["totp"]) else [avain, koodi]


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
    user = Kayttaja.objects.filter(pk=pk, is_active=True).select_related("kunta").first()
    if user is None:
        return
    record_refusal(Tapahtuma.Laji.SALASANA_PYYDETTY, by=None, kunta=user.kunta, tili=user.pk, kohde=user)
    context = {
        "kayttaja": user,
        "suljettu": Tunnistaja.objects.closes_passwords(user),
        "kunta": user.kunta or "",
        "linkki": password_link(user),
        "paivia": settings.PASSWORD_RESET_TIMEOUT // (24 * 60 * 60),
    }
    subject = _("Uusi salasana strategian seurantaan")
    message = build_message("strategia/kayttaja/viestit/salasana", context, subject=subject, to=user.email)
    message.connection = connection
    message.send()
