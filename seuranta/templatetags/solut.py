"""Cells and numbers of a sheet as a person knows them."""

from django import template

from seuranta.taulukko.rows.sentences import without_option
from seuranta.taulukko.soluviite import sheet_of, without_sheet
from strategia.luvut import luku

register = template.Library()
register.filter(luku)


@register.filter
def ilman(text, etuliite):
    """The text with the cells of the only sheet bare: "Taul1!A5" -> "A5" where `etuliite` is "Taul1!".

    The sheet's name says nothing where there is no other, and neither does an option of the command on a page.
    """
    plain = _without_option(str(text))
    return without_sheet(plain, etuliite) if etuliite else plain  # a text file has no sheets


@register.filter
def solussa(text, cell):
    """What is told of the cell, beside it: the other cells of its own sheet are bare, for the sheet has been named."""
    return ilman(text, sheet_of(cell) if "!" in cell else "")


def _without_option(text):
    """Most sentences name none."""
    return without_option(text) if "--" in text else text
