"""What the page says under a field whose text the report tells."""

from django import template
from django.utils.translation import gettext as _

from seuranta.tietosanat import name_personal_data

register = template.Library()


@register.filter
def huomiot(virheet, teksti):
    """What is wrong with a field, and what personal data seems to stand in its text; "" where nothing."""
    return " ".join(each for each in (*(virheet or ()), tiedot(teksti)) if each)


def tiedot(teksti):
    """What personal data seems to stand in the text, in a sentence; "" where none does."""
    found = name_personal_data(teksti)
    text = _("Tekstissä näyttää olevan %(tiedot)s. Poista se, jos sen ei pidä näkyä raportissa.")
    return text % {"tiedot": found} if found else ""
