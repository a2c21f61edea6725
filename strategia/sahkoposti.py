"""Messages from templates: plain text with the same as HTML beside it, and sending many over one connection."""

from email.header import Header
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.template import Context
from django.template.loader import get_template

# An address that cannot be written into a message raises ValueError; it must not keep the others from leaving.
LAHETYSVIRHEET = (SMTPException, OSError, ValueError)
# Said by every message that a machine sends (RFC 3834, and Exchange's own): an absence reply to it would help nobody.
AUTOMAATTINEN = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}


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


def send_messages(messages):
    """[why this message did not leave, or ""] in the order of the messages, over one connection.

    A refused message does not stop the others; once the server itself cannot be reached, the rest are not tried.
    """
    connection, outcomes, down = get_connection(), [], ""
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
