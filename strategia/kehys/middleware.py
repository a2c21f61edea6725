"""What stands between every request and its page: clean text, compression, no caching, signing in."""

from django.contrib.auth import SESSION_KEY
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpResponseNotAllowed, QueryDict
from django.middleware.gzip import GZipMiddleware
from django.shortcuts import render
from django.urls import Resolver404, resolve
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _

from ..kesken import keep_posted
from ..koko import ISTUNNON_JALKEEN, KENEN_TAHANSA, KIRJAUTUNEEN, Koko
from ..sivumuisti import takes_gzip
from ..teksti import clean_text, clean_typed, drop_controls

PALA = 64 * 1024
KOETTIMEN = ("/terveys", "/terveys/valmis")
TAVAT = ("GET", "HEAD", "POST")
TAULUKKO = "liite"  # the field of a pasted table: the reader of files cleans its cells, once it has told them apart


# What no page of ours asks of a browser, and so nothing that gets into one can.
_EI_TARVITA = ("accelerometer", "camera", "display-capture", "geolocation", "gyroscope", "magnetometer", "microphone")
LUVAT = ", ".join(f"{name}=()" for name in (*_EI_TARVITA, "midi", "payment", "usb"))


def permit_little(get_response):
    def answer(request):
        response = get_response(request)
        response.headers["Permissions-Policy"] = LUVAT
        return response

    return answer


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
    """Pages are read and forms are sent: any other method is refused before anything is looked up for it.

    But for OPTIONS of what pages of others may read: kaikille.py.
    """

    def answer(request):
        if request.method not in TAVAT and not (request.method == "OPTIONS" and _opens_to_all(request.path_info)):
            return HttpResponseNotAllowed(TAVAT)
        return get_response(request)

    return answer


def _opens_to_all(path):
    try:
        return getattr(resolve(path).func, "kaikille", False)
    except Resolver404:
        return False


def answer_probe(get_response):
    """Before the session and the host's name: a probe asks by the machine's own address, without https."""

    def answer(request):
        is_probe = request.path_info in KOETTIMEN
        return resolve(request.path_info).func(request) if is_probe else get_response(request)

    return answer


def drop_cookies(get_response):
    """A cookie with a control character is none that we gave: no session is looked for by what it says.

    Before anything else is known of who asks.
    """

    def answer(request):
        request.COOKIES = {name: value for name, value in request.COOKIES.items() if value.isprintable()}
        return get_response(request)

    return answer


class LahetyksenKoko:
    """A POST larger than its page takes is answered with a sentence before anything of it is parsed or stored.

    Before CSRF, which reads the POST. Its length is known: of one without Content-Length the server reads nothing.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, *arguments):
        size = int(request.META.get("CONTENT_LENGTH") or 0)
        if size > KENEN_TAHANSA and size > _most_of(request, limit := size_limit(request, view)):
            _read_past(request)
            return _tell_too_large(request, limit)
        return None


def size_limit(request, view) -> Koko:
    """What this view takes from this request. A page for everybody takes as little from all."""
    own = getattr(view, "koko", Koko(0))
    if not getattr(view, "login_required", True):
        return Koko(KENEN_TAHANSA, own.tiedosto)
    if not request.user.is_authenticated:
        return Koko(ISTUNNON_JALKEEN)
    return Koko(max(own.tekstit, KIRJAUTUNEEN), own.tiedosto)


def _most_of(request, limit):
    """In all: only a form that can hold a file has room for one."""
    return limit.tekstit + (limit.tiedosto if request.content_type == "multipart/form-data" else 0)


def _read_past(request):
    """Read what is too much to its end and keep nothing: a browser reads the answer only once it has sent all."""
    while request.read(PALA):
        pass


class TekstinPuhdistus:
    """No view meets a control character in what a browser sent: see clean_text. Files pass untouched.

    A line break that a browser sends as two characters is one: a stored text of full length fits its own form.

    After CSRF, which reads the POST first and knows what to do with one that breaks off; before signing in, whose
    page repeats what was posted.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, *view):
        """Here and not before: too many fields are then a 400 with the headers that every answer has."""
        if int(request.META.get("CONTENT_LENGTH") or 0) > KENEN_TAHANSA:  # a page that takes a file takes no such text
            limit = size_limit(request, view[0])
            if sum(len(value) for values in request.POST.lists() for value in values[1]) > limit.tekstit:
                return _tell_too_large(request, limit)
        for method in ("GET", "POST"):
            setattr(request, method, _cleaned(getattr(request, method)))
        return None


def _tell_too_large(request, limit):
    return render(request, "413.html", {"enintaan": limit.tiedosto or limit.tekstit}, status=413)


def _cleaned(data):
    cleaned = QueryDict(mutable=True, encoding=data.encoding)
    for name, values in data.lists():
        clean = drop_controls if name == TAULUKKO else clean_typed
        cleaned.setlistdefault(clean_text(name)).extend(map(clean, values))
    cleaned._mutable = False
    return cleaned


class TekstinPakkaus(GZipMiddleware):
    """Text travels compressed. PDF, Excel and pictures are compressed already: again would only cost time.

    A page's CSRF token is masked anew in every answer and Django adds a random length, so that the length of an
    answer tells nothing of what is secret in it (BREACH).
    """

    def __call__(self, request):
        response = self.get_response(request)
        is_text = response.get("Content-Type", "").startswith(("text/", "application/json"))
        return self.process_response(request, response) if is_text and takes_gzip(request) else response


class KirjautuminenVaaditaan(LoginRequiredMiddleware):
    """Every page asks to sign in unless it says otherwise; a form sent after the session ended is not lost.

    Its own protection (CSRF) has been checked before this, so it comes from a page of ours.
    """

    def handle_no_permission(self, request, view_func):
        if SESSION_KEY in request.session:  # of somebody who has no access any more: renewing it shall not revive this
            request.session.flush()
        kept = keep_posted(request)
        if kept is None or "HX-Request" in request.headers:  # a row saved by script keeps its own text
            return super().handle_no_permission(request, view_func)
        context = {
            "otsikko": _("Istuntosi päättyi"),
            "syy": _("Istunto päättyy tunnin tauon jälkeen ja viimeistään 12 tunnissa."),
        }
        return render(request, "_partials/kesken.html", context | kept, status=403)
