"""Sessions as Django asks for them (SESSION_ENGINE), each a row that tells whose it is: ended by deleting the row.

A session ends after an hour without a request, and 12 hours after the sign-in whatever has been done. Both stand in
the row's own date, so that no request costs a query more. When it was last used is written once a minute: a write at
each request would be the dearest thing that most of them do.
"""

import hashlib
from datetime import UTC, datetime, timedelta

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.backends.db import SessionStore as KannanIstunto
from django.db import InterfaceError, OperationalError
from django.utils import timezone

from .models import Istunto

ENINTAAN = timedelta(hours=12)
TARKKUUS = timedelta(minutes=1)  # of when it was last used
ALKOI, SELAIN, OSOITE = "alkoi", "selain", "osoite"  # what a session remembers of its sign-in


class SessionStore(KannanIstunto):
    model = Istunto

    def _get_session_from_db(self):
        """The row; one that was last written over a minute ago is written again at the end of this request."""
        row = super()._get_session_from_db()
        if row and timezone.now() - row.nahty >= TARKKUUS:
            self.modified = True
        return row

    def save(self, must_create=False):
        """Django takes any fault of the database for a session that was deleted, and answers that the page was bad."""
        try:
            super().save(must_create)
        except UpdateError as error:
            if isinstance(error.__context__, OperationalError | InterfaceError):
                raise error.__context__ from None
            raise

    def create_model_instance(self, data):
        """The row as it is now. It begins anew when somebody signs in: before that there is nobody to sign out."""
        now = timezone.now()
        if SESSION_KEY in data:
            data.setdefault(ALKOI, now.timestamp())
        began = datetime.fromtimestamp(data[ALKOI], UTC) if ALKOI in data else now
        row = super().create_model_instance(data)
        row.kayttaja_id = data.get(SESSION_KEY)
        row.alkoi, row.nahty = began, now
        row.expire_date = min(row.expire_date, began + ENINTAAN)
        row.selain, row.osoite = data.get(SELAIN, ""), data.get(OSOITE, "")
        return row


def tell_sign_in(session, *, selain, osoite):
    """By what the person signed in, for the person to see."""
    session[SELAIN], session[OSOITE] = selain, osoite
    session.pop(ALKOI, None)


def end_sessions(user, *, keep="", only=""):
    """How many of the person's sessions ended, for good. keep: the key of one that goes on; only: which(key) of one."""
    sessions = Istunto.objects.filter(kayttaja=user).exclude(session_key=keep or "")
    if only:
        sessions = sessions.filter(pk__in=[each.pk for each in sessions if which(each.pk) == only])
    return sessions.delete()[0]


def which(key):
    """A session's name in a form: it tells nothing of the key."""
    return hashlib.sha256(f"istunto {key}".encode()).hexdigest()[:16]


def drop_expired() -> int:
    return Istunto.objects.filter(expire_date__lt=timezone.now()).delete()[0]
