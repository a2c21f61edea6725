"""Messages from templates: plain text with the same as HTML beside it; sent over one connection, or after a page."""

import logging
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from email.header import Header
from functools import partial
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import connections, transaction
from django.template import Context
from django.template.loader import get_template
from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks import task

# An address that cannot be written into a message raises ValueError; it must not keep the others from leaving.
LAHETYSVIRHEET = (SMTPException, OSError, ValueError)
# Said by every message that a machine sends (RFC 3834, and Exchange's own): an absence reply to it would help nobody.
AUTOMAATTINEN = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}

AIKARAJA = 5  # seconds that a silent server is waited for when a page's message is tried at once
VIIVE = 0.5  # seconds: the answer goes first, and how long it took tells nothing of what is sent
UUSINNAT = (timedelta(0), timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=3))

_lahettajat = ThreadPoolExecutor(max_workers=2, thread_name_prefix="posti")
logger = logging.getLogger(__name__)


class Viesti(EmailMultiAlternatives):
    """A message whose long subject with ä and ö begins on the header's own line.

    Django encodes it without leaving room for the header's name, the first line is then folded empty, and some
    readers show the fold as a space before the first word.
    """

    def message(self):
        message = super().message()
        if not self.subject.isascii():
            message.replace_header("Subject", Header(self.subject, "utf-8", header_name="Subject"))
        return message


def build_message(name, context, *, subject, to, reply_to=()):
    """The message of `name`.txt and `name`.html, not yet sent.

    The plain text is rendered without escaping: an & in it stays an &.
    """
    text = get_template(f"{name}.txt").template.render(Context(context, autoescape=False))
    message = Viesti(" ".join(str(subject).split()), text, to=[to], reply_to=list(reply_to), headers=AUTOMAATTINEN)
    message.attach_alternative(get_template(f"{name}.html").render(context), "text/html")
    return message


def absolute_url(path):
    """The address of the page for a message that no request asked for."""
    return f"{settings.SITE_URL}{path}"


def send_after(send, *ids):
    """Let `send(*ids, connection=…)` build its messages and send them once the page has answered.

    What does not leave at once goes to the queue, which keeps the name of `send`, a function of a module, and the ids:
    no link and no text. Without a worker a message still leaves, if the mail server takes it at once.
    """
    _hand_over(partial(_send_at_once, f"{send.__module__}.{send.__qualname__}", ids))


def _hand_over(act):
    """To another thread, once it can read what this one has written."""
    transaction.on_commit(lambda: _lahettajat.submit(_act_alone, act))


def _act_alone(act):
    """In a thread of its own, with connections of its own."""
    time.sleep(VIIVE)
    try:
        act()
    except Exception:
        logger.exception("Viesti ei lähtenyt eikä päässyt jonoon")
    finally:
        connections.close_all()


def _send_at_once(name, ids):
    try:
        _send(name, ids, timeout=AIKARAJA)
    except LAHETYSVIRHEET as error:
        logger.warning("Viesti ei lähtenyt heti (%s). Se jää jonoon.", error)
        _queue(name, ids, 0)


def _send(name, ids, *, timeout):
    import_string(name)(*ids, connection=get_connection(timeout=timeout))


def _queue(name, ids, kerta):
    send_again.using(run_after=timezone.now() + UUSINNAT[kerta]).enqueue(name, list(ids), kerta)


@task()
def send_again(name, ids, kerta):
    """A message that did not leave: again and again, each time later; at last the task has failed."""
    try:
        _send(name, ids, timeout=settings.EMAIL_TIMEOUT)
    except LAHETYSVIRHEET:
        if kerta + 1 == len(UUSINNAT):
            raise
        _queue(name, ids, kerta + 1)


def send_messages(messages, connection=None):
    """[why this message did not leave, or ""] in the order of the messages, over one connection.

    A refused message does not stop the others; once the server itself cannot be reached, the rest are not tried.
    """
    connection, outcomes, down = connection or get_connection(), [], ""
    for message in messages:
        if not down:
            down = _attempt(connection.open)
        outcomes.append(down or _attempt(lambda message=message: connection.send_messages([message])))
        if outcomes[-1]:
            _attempt(connection.close)
    _attempt(connection.close)
    return outcomes


def _attempt(act):
    try:
        act()
    except LAHETYSVIRHEET as error:
        return f"{type(error).__name__}: {error}"[:500]
    return ""
