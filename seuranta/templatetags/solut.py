"""Cells as a person of one sheet knows them: "A5", for the sheet's name says nothing where there is no other."""

import re

from django import template

register = template.Library()


@register.filter
def ilman(text, etuliite):
    """The text with the cells of the only sheet bare: "Taul1!A5" -> "A5" where `etuliite` is "Taul1!"."""
    text = str(text)
    return re.sub(rf"{re.escape(etuliite)}(?=[A-Z]{{1,3}}[0-9])", "", text) if etuliite and etuliite in text else text
