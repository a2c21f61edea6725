"""Beside the sign-in form: is there a kunta that signs in by its own provider?"""

from django import template

from ..models import Tunnistaja

register = template.Library()


@register.simple_tag
def has_kertakirjautuminen():
    return Tunnistaja.objects.kunnat().exists()
