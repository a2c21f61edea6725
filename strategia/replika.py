"""Which database answers a read: a streaming replica what everybody may read of frozen reports, the primary all else.

Only a view that says so reads the replica, and only the tables of raportit: people, rights and what is being written
are asked of the primary. A replica is always a little behind. So a public page first finds there the publication
number that it knows of the primary; who has just written something reads the primary for a while; and what the replica
does not have, or does not answer, the primary is asked for.
"""

import logging
import time
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps

from django.conf import settings
from django.core.checks import Warning
from django.db import InterfaceError, OperationalError, connections
from django.http import Http404

NIMI, SOVELLUS = "replika", "raportit"
OMAN_JALKEEN = 10  # seconds after a write for which a person reads the primary
TAUKO = 10  # seconds for which one that did not answer is not asked

_luetaan = ContextVar("replika", default=False)
_TAUOLLA = {}  # {NIMI: when it may be asked again}
_loki = logging.getLogger(__name__)


class Reititin:
    """DATABASE_ROUTERS where there is a replica. Without an answer of its own Django would write where it has read."""

    def db_for_read(self, model, **hints):
        return NIMI if _luetaan.get() and model._meta.app_label == SOVELLUS else "default"

    def db_for_write(self, model, **hints):
        return "default"

    def allow_relation(self, obj1, obj2, **hints):
        return True

    def allow_migrate(self, db, app_label, **hints):
        return db == "default"


def is_used() -> bool:
    return NIMI in settings.DATABASES


def read_from_replica(answer, knows=lambda: True):
    """answer(), its reads from the replica where there is one; of the primary where it fails or has not what is asked.

    knows: asked first, of the replica: has it what the reader must see?
    """
    if not is_used() or time.monotonic() < _TAUOLLA.get(NIMI, 0):
        return answer()
    try:
        if knows():
            with _reading():
                return answer()
    except (OperationalError, InterfaceError) as error:
        _TAUOLLA[NIMI] = time.monotonic() + TAUKO
        _loki.warning("lukukopio ei vastaa: %s", error)
    except Http404:
        pass  # perhaps it is so new that it is not there yet
    return answer()


@contextmanager
def _reading():
    token = _luetaan.set(True)
    try:
        yield
    finally:
        _luetaan.reset(token)


def reads_replica(view):
    """Decorator of a view that shows a signed-in person what has been frozen."""

    @wraps(view)
    def answer(request, *args, **kwargs):
        if settings.KIRJOITTANEEN_EVASTE in request.COOKIES:
            return view(request, *args, **kwargs)
        return read_from_replica(lambda: view(request, *args, **kwargs))

    return answer


def remember_writing(get_response):
    """Middleware where there is a replica: who has written reads the primary for a while, whatever process answers."""

    def answer(request):
        response = get_response(request)
        if request.method == "POST" and request.user.is_authenticated:
            response.set_cookie(
                settings.KIRJOITTANEEN_EVASTE,
                "1",
                max_age=OMAN_JALKEEN,
                secure=settings.SESSION_COOKIE_SECURE,
                httponly=True,
                samesite="Lax",
            )
        return response

    return answer


def find_silent_replica():
    """A warning where it does not answer: pages are made of the primary then, and are as right."""
    if not is_used():
        return []
    try:
        with connections[NIMI].cursor() as cursor:
            cursor.execute("SELECT extract(epoch FROM now() - pg_last_xact_replay_timestamp()), pg_is_in_recovery()")
            viive, on_kopio = cursor.fetchone()
    except (OperationalError, InterfaceError) as error:
        hint = "Tarkista REPLICA_DATABASE_URL ja kopion palvelin. Sivut luetaan sitä ennen pääkannasta."
        return [Warning(f"Tietokannan lukukopio ei vastaa: {error}", hint, id="palvelu.replika")]
    if not on_kopio:
        hint = "Anna muuttujassa REPLICA_DATABASE_URL pääkannan virtaava kopio (streaming replica)."
        return [Warning("Lukukopioksi annettu tietokanta ei ole minkään kopio.", hint, id="palvelu.replika")]
    return []
