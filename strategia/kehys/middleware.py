"""What stands between every request and its page: compression, no caching, signing in."""

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpResponseNotAllowed
from django.middleware.gzip import GZipMiddleware
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _

from ..kesken import keep_posted

TAVAT = ("GET", "HEAD", "POST")


def never_store(get_response):
    """No browser or proxy keeps an answer, unless its view says otherwise: the next person at the desk sees nothing."""

    def answer(request):
        response = get_response(request)
        if not response.has_header("Cache-Control"):
            add_never_cache_headers(response)
        return response

    return answer


def explain_method(get_response):
    """An address that only a button's POST opens says so, instead of showing an empty page."""

    def answer(request):
        response = get_response(request)
        if response.status_code != 405 or response.content:
            return response
        page = render(request, "405.html", status=405)
        page.headers["Allow"] = response.headers["Allow"]
        return page

    return answer


def only_get_and_post(get_response):
    """Pages are read and forms are sent: any other method is refused before anything is looked up for it."""

    def answer(request):
        if request.method not in TAVAT:
            return HttpResponseNotAllowed(TAVAT)
        return get_response(request)

    return answer


class TekstinPakkaus(GZipMiddleware):
    """Text travels compressed. PDF, Excel and pictures are compressed already: again would only cost time.

    A page's CSRF token is masked anew in every answer and Django adds a random length, so that the length of an
    answer tells nothing of what is secret in it (BREACH).
    """

    def process_response(self, request, response):
        is_text = response.get("Content-Type", "").startswith(("text/", "application/json"))
        return super().process_response(request, response) if is_text else response


class KirjautuminenVaaditaan(LoginRequiredMiddleware):
    """Every page asks to sign in unless it says otherwise; a form sent after the session ended is not lost.

    Its own protection (CSRF) has been checked before this, so it comes from a page of ours.
    """

    def handle_no_permission(self, request, view_func):
        kept = keep_posted(request)
        if kept is None or "HX-Request" in request.headers:  # a row saved by script keeps its own text
            return super().handle_no_permission(request, view_func)
        context = {"otsikko": _("Istuntosi päättyi"), "syy": _("Olit poissa niin kauan, että sinut kirjattiin ulos.")}
        return render(request, "_partials/kesken.html", context | kept, status=403)
