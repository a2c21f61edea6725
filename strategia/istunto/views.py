"""Where a password is chosen: allauth's pages, with what follows from it here."""

from allauth.account.views import PasswordChangeView, PasswordResetFromKeyView

from ..kayttaja.selain import remember_browser
from ..yritykset import forget_tries


class SalasananVaihto(PasswordChangeView):
    """The browsers in which the person has signed in before are forgotten with the old password, but for this one."""

    def form_valid(self, form):
        response = super().form_valid(form)
        remember_browser(self.request, response, self.request.user)
        return response


class SalasananPalautus(PasswordResetFromKeyView):
    """Whoever came by the mailed link gets in with this browser at once, whatever others have tried meanwhile."""

    def form_valid(self, form):
        response = super().form_valid(form)
        forget_tries(str(self.reset_user.pk))
        remember_browser(self.request, response, self.reset_user)
        return response


salasanan_vaihto = SalasananVaihto.as_view()
salasanan_palautus = SalasananPalautus.as_view()
