"""The newest frozen version + its reader -> how the strategia is going: figures, bars, what moved, what stands still.

Everything comes of the frozen text in the form that the reader may read, nothing of what is being written now.
"""

import datetime
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from strategia.models import Strategia
from strategia.permissions import audits

from ..models import Raporttiversio
from ..osavuosikatsaus import Jakauma, Osavuosikatsaus, Rivi
from ..osavuosikatsaus.yhteenveto import key_figures, percent_of
from ..tallenne.nakyma import open_report

NAYTETAAN, ENINTAAN = 4, 50  # rows of each list; those that open below them, too


@dataclass(frozen=True)
class Palkkirivi:
    """A bar: the whole, a painopiste or a toimielin. rooli: by which the report is cut to it; "" for the whole."""

    jakauma: Jakauma
    rooli: str = ""
    on_oma: bool = False

    @property
    def nousi(self):
        return sum(1 for rivi in self.jakauma.rivit if rivi.muutos == "nousi")

    @property
    def laski(self):
        return sum(1 for rivi in self.jakauma.rivit if rivi.muutos == "laski")


@dataclass(frozen=True)
class Luettelo:
    """Rows that moved alike, the reader's own toimielimet first. omia: how many of them are those'."""

    laji: str
    nimi: str
    rivit: tuple[Rivi, ...]
    omia: int = 0

    @property
    def alku(self):
        return self.rivit[:NAYTETAAN]

    @property
    def loput(self):
        return self.rivit[NAYTETAAN:ENINTAAN]

    @property
    def loppuja(self):
        return len(self.rivit) - NAYTETAAN

    @property
    def ylimaaraisia(self):
        """How many more there are, told by the report."""
        return max(len(self.rivit) - ENINTAAN, 0)


@dataclass(frozen=True)
class Kokonaiskuva:
    """toimielimet: the names of the reader's own."""

    versio: Raporttiversio
    raportti: Osavuosikatsaus
    toimielimet: frozenset[str]

    @property
    def korjaukset(self):
        """The first of what the version corrected, as texts; () where it corrected nothing."""
        korjaus = self.raportti.korjaus
        return korjaus.muutokset[:NAYTETAAN] if korjaus else ()

    @property
    def luvut(self):
        """[(count, what it counts, its share of the toimenpiteet in words or "")]"""
        total = len(self.raportti.rivit)
        names = {_("toimenpide"), _("toimenpidettä")}
        return [(n, name, "" if name in names else percent_of(n, total)) for n, name in key_figures(self.raportti)]

    @property
    def osat(self):
        """The reader's own toimielimet, the whole, then each painopiste."""
        own = [each for each in self.raportti.toimielimittain if each.nimi in self.toimielimet]
        return [
            *(Palkkirivi(each, "toimielin", on_oma=True) for each in own),
            Palkkirivi(self.raportti.jakauma),
            *(Palkkirivi(each, "painopiste") for each in self.raportti.painopisteittain),
        ]

    @property
    def luettelot(self):
        """What rose, what fell and what stands still; [] where there is nothing to compare with, or the report leaves
        the chapter of it out.
        """
        if not (self.raportti.nayttaa_muutokset and self.raportti.luvut["muutokset"]):
            return []
        nousi = sorted((rivi for rivi in self.raportti.rivit if rivi.askel > 0), key=lambda rivi: -rivi.askel)
        return [
            self._own_first("nousi", _("Nousi"), nousi),
            self._own_first("laski", _("Laski"), self.raportti.laskeneet),
            self._own_first("paikallaan", _("Vähintään kolme jaksoa paikallaan"), self.raportti.pysyneet),
        ]

    def _own_first(self, laji, nimi, rivit):
        own = [rivi for rivi in rivit if rivi.toimielin in self.toimielimet]
        rest = [rivi for rivi in rivit if rivi.toimielin not in self.toimielimet]
        return Luettelo(laji, nimi, (*own, *rest), len(own))


def list_versiot(user) -> QuerySet[Raporttiversio]:
    """What the user may read, without contents, the newest first."""
    found = Raporttiversio.objects.of(user).select_related("jakso__strategia")
    return found.with_replacing(public=not audits(user)).order_by("-luotu", "-pk")


def build_kokonaiskuva(versiot: list[Raporttiversio], user, toimielimet=()) -> Kokonaiskuva | None:
    """How it is going by the newest jakso that any of the versiot tells of; None where there is none.

    toimielimet: the names of the reader's own, which come first.
    """
    newest = find_newest(versiot)
    return Kokonaiskuva(newest, open_report(newest, user), frozenset(toimielimet)) if newest else None


def find_newest(versiot: list[Raporttiversio]) -> Raporttiversio | None:
    """The newest version of the kunta's strategia, of its other plans only where that has none, by time."""
    return max(versiot, key=_in_time, default=None)


def _in_time(versio):
    jakso = versio.jakso
    is_main = jakso.strategia.laji == Strategia.Laji.STRATEGIA
    return is_main, jakso.ajankohta or (datetime.date.min, False), jakso.strategia_id, jakso.jarjestys, versio.numero
