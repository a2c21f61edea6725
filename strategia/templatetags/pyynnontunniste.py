"""On a page that refuses: the id by which the operator finds the request in the log."""

from django import template

from ..pyyntotieto import request_id

register = template.Library()


@register.simple_tag
def pyynnon_tunniste():
    """Not from the context: some of Django's own pages of a fault are rendered without the request."""
    return request_id()
