"""A text that a person wrote, its addresses as links."""

from django import template

from strategia.linkit import linkify

register = template.Library()
register.filter("linkkeina", linkify)
