"""What toimialat and toimielimet have each of their own: the model, who keeps it, the acts, and the sentences.

Finnish inflects a name within a sentence, so that each kind has its own whole sentences.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from ..models import Toimiala, Toimielin
from ..permissions import can_coordinate, can_manage_users
from . import toimialat, toimielimet


@dataclass(frozen=True)
class Sanat:
    """model: what is kept. may_keep: (user, kunta or row) -> bool. find_use and join: its own acts. The rest: texts."""

    model: type
    may_keep: Callable
    find_use: Callable
    join: Callable
    yksikko: str
    monikko: str
    ei_viela: str
    lisaa: str
    nimi: str
    on_jo: str
    on_lopetettu: str
    mihin: str
    valitse: str
    lisatty: str
    nimetty: str
    lopetettu: str
    kaytossa: str
    siirtyi: Callable

    @property
    def laji(self):
        return self.model._meta.model_name

    @property
    def has_people(self):
        """Do users belong to one?"""
        return self.model is Toimiala

    def address(self, sivu):
        """The url name of one of its pages: "lista", "detail", "lopeta", "yhdista"."""
        return f"strategia:{self.laji}-{sivu}"


def _moved_to_toimiala(count):
    return ngettext(
        "%(count)s toimenpide siirtyi toimialalle %(kohde)s.",
        "%(count)s toimenpidettä siirtyi toimialalle %(kohde)s.",
        count,
    )


def _moved_to_toimielin(count):
    return ngettext(
        "%(count)s toimenpide siirtyi toimielimelle %(kohde)s.",
        "%(count)s toimenpidettä siirtyi toimielimelle %(kohde)s.",
        count,
    )


TOIMIALA = Sanat(
    model=Toimiala,
    may_keep=can_manage_users,
    find_use=toimialat.find_use,
    join=toimialat.join,
    yksikko=_("Toimiala"),
    monikko=_("Toimialat"),
    ei_viela=_("Toimialoja ei vielä ole."),
    lisaa=_("Lisää toimiala"),
    nimi=_("Toimialan nimi"),
    on_jo=_("Toimiala ”%(nimi)s” on jo. Anna toinen nimi tai yhdistä toimialat."),
    on_lopetettu=_("Toimiala ”%(nimi)s” on jo, mutta se on lopetettu. Ota se uudelleen käyttöön."),
    mihin=_("Mihin toimialaan yhdistetään?"),
    valitse=_("Valitse toimiala"),
    lisatty=_("Toimiala %(nimi)s on lisätty."),
    nimetty=_("Toimialan nimi on nyt %(nimi)s."),
    lopetettu=_("Toimiala %(nimi)s on lopetettu."),
    kaytossa=_("Toimiala %(nimi)s on taas käytössä."),
    siirtyi=_moved_to_toimiala,
)
TOIMIELIN = Sanat(
    model=Toimielin,
    may_keep=can_coordinate,
    find_use=toimielimet.find_use,
    join=toimielimet.join,
    yksikko=_("Toimielin"),
    monikko=_("Toimielimet"),
    ei_viela=_("Toimielimiä ei vielä ole."),
    lisaa=_("Lisää toimielin"),
    nimi=_("Toimielimen nimi"),
    on_jo=_("Toimielin ”%(nimi)s” on jo. Anna toinen nimi tai yhdistä toimielimet."),
    on_lopetettu=_("Toimielin ”%(nimi)s” on jo, mutta se on lopetettu. Ota se uudelleen käyttöön."),
    mihin=_("Mihin toimielimeen yhdistetään?"),
    valitse=_("Valitse toimielin"),
    lisatty=_("Toimielin %(nimi)s on lisätty."),
    nimetty=_("Toimielimen nimi on nyt %(nimi)s."),
    lopetettu=_("Toimielin %(nimi)s on lopetettu."),
    kaytossa=_("Toimielin %(nimi)s on taas käytössä."),
    siirtyi=_moved_to_toimielin,
)
