"""A message from templates: plain text, and the same as HTML beside it."""

from django.core.mail import EmailMultiAlternatives
from django.template import Context
from django.template.loader import get_template


def build_message(name, context, *, subject, to):
    """The message of `name`.txt and `name`.html, not yet sent.

    The plain text is rendered without escaping: an & in it stays an &.
    """
    text = get_template(f"{name}.txt").template.render(Context(context, autoescape=False))
    message = EmailMultiAlternatives(" ".join(str(subject).split()), text, to=[to])
    message.attach_alternative(get_template(f"{name}.html").render(context), "text/html")
    return message
