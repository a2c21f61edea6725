"""Text -> the personal data that seems to stand in it, in words for a sentence."""

from django.utils.translation import gettext_lazy

from .tarkistus import find_personal_data

TIEDOT = {
    "henkilotunnus": gettext_lazy("henkilötunnus"),
    "sahkoposti": gettext_lazy("sähköpostiosoite"),
    "puhelin": gettext_lazy("puhelinnumero"),
}


def name_personal_data(text):
    """As "sähköpostiosoite aino@kunta.example, henkilötunnus"; "" where there is none.

    A personal identity code is told of, never shown once more.
    """
    found = find_personal_data(text or "")
    told = (f"{TIEDOT[laji]}" if laji == "henkilotunnus" else f"{TIEDOT[laji]} {words}" for laji, words in found)
    return ", ".join(dict.fromkeys(told))
