"""What stands between a session without its second factor and every page."""

from urllib.parse import urlencode

from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.deprecation import MiddlewareMixin
from django.utils.translation import gettext as _

from ..kesken import keep_posted
from ..vaatimus import KAYTTOONOTTO, TUNNISTUS, missing_step

AINA = {"account_logout", "admin:logout", "strategia:ohje", "strategia:korostusvari", "strategia:kunta-logo"}
# Where a factor exists the password opens nothing of it: not the page to remove it, nor one to add another.
SALLITUT = {
    TUNNISTUS: AINA | {"mfa_reauthenticate", "mfa_reauthenticate_webauthn"},
    KAYTTOONOTTO: AINA
    | {"mfa_index", "mfa_activate_totp", "mfa_add_webauthn", "account_reauthenticate", "account_change_password"},
}
ETUSIVU = "raportit:etusivu"  # everybody's, but whoever signs in comes there
SIVU = {TUNNISTUS: "mfa_reauthenticate", KAYTTOONOTTO: "mfa_index"}


class ToinenVaihe(MiddlewareMixin):
    """Who lacks it is led to the page that asks for it; what anybody may see, is seen as anybody sees it."""

    def process_view(self, request, view, *arguments):
        if not request.user.is_authenticated:
            return None
        step = missing_step(request)
        if step is None or request.resolver_match.view_name in SALLITUT[step]:
            return None
        if not getattr(view, "login_required", True) and request.resolver_match.view_name != ETUSIVU:
            request.user = AnonymousUser()
            return None
        return _lead_to(request, step)


def _lead_to(request, step):
    path, syy = reverse(SIVU[step]), _sentence(step)
    if "HX-Request" in request.headers or not request.accepts("text/html"):
        return HttpResponse(syy, status=403, content_type="text/plain; charset=utf-8")
    if request.method != "POST":
        query = urlencode({"next": request.get_full_path()}) if step == TUNNISTUS else ""
        return redirect(f"{path}?{query}" if query else path)
    kept = keep_posted(request)
    if kept is None:
        return redirect(path)
    context = {"otsikko": _("Kaksivaiheinen kirjautuminen"), "syy": syy, "avattava": path}
    return render(request, "_partials/kesken.html", context | kept, status=403)


def _sentence(step):
    if step == TUNNISTUS:
        return _("Vahvista kirjautumisesi ensin koodilla tai pääsyavaimella.")
    return _("Roolisi vaatii kaksivaiheisen kirjautumisen. Ota se ensin käyttöön.")
