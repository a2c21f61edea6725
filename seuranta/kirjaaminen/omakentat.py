"""Strategia -> the columns of the kunta's own of a kirjaus, as fields of the entry page."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy

from strategia.models import OMA_KIRJAUS, own_role

OHJEET = {  # by whether it is hidden
    False: gettext_lazy("Julkaistaan raportissa."),
    True: gettext_lazy("Ei raporttiin. Voi silti olla julkinen asiakirja. Älä kirjoita salassa pidettävää."),
}


@dataclass(frozen=True)
class Omasarake:
    """A column of the kunta's own of the kirjaus; kysytaan: is it asked now? A page that is open may ask it still."""

    otsikko: str
    kysytaan: bool
    ohje: str


def read_omat(strategia):
    """{name of its field: Omasarake} of the strategia's columns of OMA_KIRJAUS, in their order."""
    own = {own_role(OMA_KIRJAUS, otsikko): each for otsikko, each in strategia.omat_otsikot(OMA_KIRJAUS).items()}
    return {
        name: Omasarake(each["otsikko"], bool(each.get("kysytaan")), OHJEET[bool(each.get("piilossa"))])
        for name, each in own.items()
    }
