"""What the page says under a field whose text the report tells."""

from django import template
from django.utils.translation import gettext as _

from seuranta.tarkistus import find_personal_data

register = template.Library()


@register.filter
def huomiot(virheet, teksti):
    """What is wrong with a field, and what personal data seems to stand in its text; "" where nothing."""
    return " ".join(each for each in (*(virheet or ()), tiedot(teksti)) if each)


def tiedot(teksti):
    """What personal data seems to stand in the text, in a sentence; "" where none does."""
    found = find_personal_data(teksti or "")
    if not found:
        return ""
    sanat = {"henkilotunnus": _("henkilötunnus"), "sahkoposti": _("sähköpostiosoite"), "puhelin": _("puhelinnumero")}
    # A personal identity code is told of, never shown once more.
    told = (
        sanat[loyto.laji] if loyto.laji == "henkilotunnus" else f"{sanat[loyto.laji]} {loyto.teksti}" for loyto in found
    )
    text = _("Tekstissä näyttää olevan %(tiedot)s. Poista se, jos sen ei pidä näkyä raportissa.")
    return text % {"tiedot": ", ".join(dict.fromkeys(told))}
