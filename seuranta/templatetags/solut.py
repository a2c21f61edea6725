"""Cells and numbers of a sheet as a person knows them."""

import re

from django import template

from strategia.luvut import luku

register = template.Library()
register.filter(luku)


@register.filter
def ilman(text, etuliite):
    """The text with the cells of the only sheet bare: "Taul1!A5" -> "A5" where `etuliite` is "Taul1!".

    The sheet's name says nothing where there is no other.
    """
    text = str(text)
    return re.sub(rf"{re.escape(etuliite)}(?=[A-Z]{{1,3}}[0-9])", "", text) if etuliite and etuliite in text else text
