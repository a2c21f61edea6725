"""Cells and numbers of a sheet as a person knows them."""

from django import template

from seuranta.taulukko.soluviite import without_sheet
from strategia.luvut import luku

register = template.Library()
register.filter(luku)


@register.filter
def ilman(text, etuliite):
    """The text with the cells of the only sheet bare: "Taul1!A5" -> "A5" where `etuliite` is "Taul1!".

    The sheet's name says nothing where there is no other.
    """
    return without_sheet(str(text), etuliite)
