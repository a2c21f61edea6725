"""One value that has changed after its jakso was first closed, and the jaksot whose changes are asked for."""

from dataclasses import dataclass, replace
from datetime import datetime

from django.utils import timezone

from seuranta.models import Seurantajakso

from ..models import Raporttiversio


@dataclass(frozen=True)
class Jalkimuutos:
    """mista: the version that tells of it, or who wrote it. ennen, nyt: texts, "" where there was nothing.

    Of thousands a page shows a hundred: local time and words are made of those that are shown. tieto may be lazy.
    """

    jakso: str
    milloin: datetime
    mista: str
    kohde: str
    tieto: str
    ennen: str
    nyt: str

    @property
    def solut(self):
        """The same as a row of a table."""
        when = f"{timezone.localtime(self.milloin):%-d.%-m.%Y %-H.%M}"
        return [self.jakso, when, self.mista, self.kohde, str(self.tieto), self.ennen, self.nyt]


@dataclass(frozen=True)
class Kohdejaksot:
    """The jaksot that the reader knows the reports of, the newest first, and which are asked for: a year's, or one."""

    jaksot: tuple[Seurantajakso, ...]
    vuosi: int | None = None
    jakso: Seurantajakso | None = None

    @property
    def vuodet(self):
        """The years of the jaksot, the newest first."""
        return sorted({jakso.vuosi for jakso in self.jaksot} - {None}, reverse=True)

    @property
    def valitut(self):
        return [self.jakso] if self.jakso else [jakso for jakso in self.jaksot if jakso.vuosi == self.vuosi]

    @property
    def nimi(self):
        return self.jakso.nimi if self.jakso else str(self.vuosi or "")

    @property
    def kysely(self):
        """What the address says of it."""
        return f"jakso={self.jakso.pk}" if self.jakso else f"vuosi={self.vuosi}" if self.vuosi else ""


def choose(user, jakso: int | None = None, vuosi: int | None = None) -> Kohdejaksot | None:
    """What was asked for, the newest year where nothing was; None where the reader knows no such jakso or year."""
    ids = Raporttiversio.objects.readable_by(user).values("jakso")
    jaksot = Seurantajakso.objects.filter(kunta=user.kunta_id, pk__in=ids).order_by(
        "-strategia_id", "-jarjestys", "-pk"
    )
    every = Kohdejaksot(tuple(jaksot))
    if jakso is not None:
        found = next((each for each in every.jaksot if each.pk == jakso), None)
        return replace(every, jakso=found) if found else None
    if vuosi is not None:
        return replace(every, vuosi=vuosi) if vuosi in every.vuodet else None
    return replace(every, vuosi=next(iter(every.vuodet), None))
