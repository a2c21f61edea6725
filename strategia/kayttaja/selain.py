"""The browsers in which a person has signed in before: a signed cookie, good until the person's password changes."""

from django.conf import settings
from django.core import signing
from django.utils.crypto import constant_time_compare, get_random_string, salted_hmac
from django.utils.translation import gettext as _

SUOLA = "strategia.kayttaja.selain"
IKA = 180 * 24 * 60 * 60  # seconds
HENKILOITA = 5  # people at one computer whom its browser remembers


def known_browser(request, user) -> str:
    """The id of the browser, if the person has signed in with it since choosing the password; else ""."""
    tunnus, vouched = _read(request).get(str(user.pk), ("", ""))
    return tunnus if constant_time_compare(vouched, _vouch(user, tunnus)) else ""


def remember_browser(request, response, user):
    """From now on the person has signed in with this browser; so have others who share it."""
    mine = known_browser(request, user) or get_random_string(16)
    others = {pk: told for pk, told in _read(request).items() if pk != str(user.pk)}
    people = dict([*others.items(), (str(user.pk), (mine, _vouch(user, mine)))][-HENKILOITA:])
    response.set_cookie(
        settings.TUTUN_SELAIMEN_EVASTE,
        signing.dumps(people, salt=SUOLA),
        max_age=IKA,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


# What tells a browser and a machine, in this order: many call themselves Chrome or Safari, too.
_SELAIMET = (("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("FxiOS", "Firefox"))
_SELAIMET += (("Chrome", "Chrome"), ("CriOS", "Chrome"), ("Safari", "Safari"))
_KONEET = (("Windows", "Windows"), ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"))
_KONEET += (("Mac OS", "Mac"), ("CrOS", "ChromeOS"), ("Linux", "Linux"))


def browser_name(user_agent: str) -> str:
    """What a person calls it: "Firefox, Windows". Of the text that the browser sends no more is kept."""
    selain, kone = (next((name for sign, name in known if sign in user_agent), "") for known in (_SELAIMET, _KONEET))
    return ", ".join(filter(None, (selain, kone))) or str(_("tuntematon selain"))


def _read(request):
    """{person's pk: (the browser's id, what vouches for it)}; nothing of a cookie that we did not sign."""
    try:
        return signing.loads(request.COOKIES.get(settings.TUTUN_SELAIMEN_EVASTE, ""), salt=SUOLA, max_age=IKA)
    except signing.BadSignature:
        return {}


def _vouch(user, tunnus):
    return salted_hmac(SUOLA, f"{user.pk} {tunnus} {user.password}", algorithm="sha256").hexdigest()[:32]
