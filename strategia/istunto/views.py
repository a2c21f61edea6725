"""One's own sessions; and where a password is chosen: allauth's pages, with what follows from it here."""

from allauth.account.views import PasswordChangeView, PasswordResetFromKeyView, ReauthenticateView
from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect, render
from django.utils.translation import ngettext

from ..istunnot import end_sessions, which
from ..kayttaja.selain import remember_browser
from ..models import Istunto, Tapahtuma
from ..tapahtuma import record
from ..yritykset import forget_tries


def istunto_lista(request):
    """Where one is signed in, this browser first; POST ends one of the others (`istunto`) or all of them."""
    own = request.session.session_key
    if request.method == "POST":
        with transaction.atomic():
            ended = end_sessions(request.user, keep=own, only=request.POST.get("istunto", ""))
            if ended:
                _tell(Tapahtuma.Laji.ISTUNTO_PAATETTY, request.user, ended)
        messages.success(request, ngettext("%(n)d istunto päättyi.", "%(n)d istuntoa päättyi.", ended) % {"n": ended})
        return redirect("strategia:istunto-lista")
    alive = sorted(Istunto.objects.alive(kayttaja=request.user), key=lambda istunto: istunto.pk != own)
    rows = [(istunto, which(istunto.pk), istunto.pk == own) for istunto in alive]
    return render(request, "strategia/istunto/istunto_lista.html", {"istunnot": rows})


def _tell(laji, user, mihin=""):
    record(laji, by=user, kunta=user.kunta, kohde=user, mihin=mihin)


class SalasananVaihto(PasswordChangeView):
    """With the old password end the other sessions, and the browsers known before are forgotten, but for this one."""

    @transaction.atomic
    def form_valid(self, form):
        response = super().form_valid(form)
        end_sessions(self.request.user, keep=self.request.session.session_key)
        _tell(Tapahtuma.Laji.SALASANA_VAIHTUI, self.request.user)
        remember_browser(self.request, response, self.request.user)
        return response


class SalasananPalautus(PasswordResetFromKeyView):
    """Whoever came by the mailed link gets in with this browser at once, whatever others have tried meanwhile."""

    @transaction.atomic
    def form_valid(self, form):
        response = super().form_valid(form)
        _tell(Tapahtuma.Laji.SALASANA_VAIHTUI, self.reset_user)
        forget_tries(str(self.reset_user.pk))
        end_sessions(self.reset_user, keep=self.request.session.session_key)  # its own ends with the password
        remember_browser(self.request, response, self.reset_user)
        return response


class Vahvistus(ReauthenticateView):
    """The password once more, before something that asks for it."""

    @transaction.atomic
    def form_valid(self, form):
        _tell(Tapahtuma.Laji.VAHVISTETTU, self.request.user)
        return super().form_valid(form)


salasanan_vaihto = SalasananVaihto.as_view()
salasanan_palautus = SalasananPalautus.as_view()
vahvistus = Vahvistus.as_view()
