"""Raporttiversio -> its two forms: the inner one as it was frozen, and the public one as it may be shown now.

The public form depends on the other versions of the jakso that are public at this moment: the list of corrections
compares with the newest earlier one, and one that a later one has replaced says so.
"""

from dataclasses import dataclass
from functools import cached_property

from strategia.permissions import can_audit

from ..models import Raporttiversio
from ..osavuosikatsaus import Osavuosikatsaus, from_json, make_public


@dataclass(frozen=True)
class Nakyma:
    """How a version is shown to the council and the public. aiempi: what it is compared with, None for nothing.

    nayta_vanhat: does its list of corrections tell what stood there before? uudempi: the public version that replaced
    this one, None where none has.
    """

    versio: Raporttiversio
    aiempi: Raporttiversio | None
    nayta_vanhat: bool
    uudempi: Raporttiversio | None

    @property
    def korvaava(self) -> int | None:
        return self.uudempi.numero if self.uudempi else None

    @property
    def avain(self) -> str:
        """Equal as long as the same is visible: files that were made under it may be given again."""
        return f"{self.aiempi.numero if self.aiempi else 0}-{int(self.nayta_vanhat)}-{self.korvaava or 0}"

    @cached_property
    def raportti(self) -> Osavuosikatsaus:
        """By the ids that it was frozen with, wherever its kunta has moved since: its files are the same for ever."""
        return self._make({})

    @cached_property
    def taalla(self) -> Osavuosikatsaus:
        """The same by the ids that its rows have in this installation."""
        return self._make(self.versio.siirtyma)

    def _make(self, siirtyma):
        return make_public(
            from_json(self.versio.data, siirtyma),
            aiempi=self._read_earlier(siirtyma),
            nayta_vanhat=self.nayta_vanhat,
            korvaava=self.korvaava,
        )

    def _read_earlier(self, siirtyma):
        """What it is compared with, by the same ids: that may have been frozen elsewhere."""
        if self.aiempi is None:
            return None
        mine, theirs = self.versio.siirtyma, self.aiempi.siirtyma
        return from_json(
            self.aiempi.data,
            {laji: theirs.get(laji, 0) - mine.get(laji, 0) + siirtyma.get(laji, 0) for laji in mine | theirs},
        )


def show_publicly(versio: Raporttiversio) -> Nakyma:
    """The version as the council and the public see it, whether it is public itself or not."""
    others = list(versio.jakso.raporttiversiot.defer("data").order_by("numero"))
    public = [each for each in others if each.on_julkinen]
    aiempi = max((each.numero for each in public if each.numero < versio.numero), default=0)
    # Who hid an old text hid it from every list that reaches back over that correction.
    since = [each for each in others if aiempi < each.numero <= versio.numero]
    return Nakyma(
        versio=versio,
        aiempi=next((each for each in public if each.numero == aiempi), None),
        nayta_vanhat=not any(each.piilota_vanhat for each in since),
        uudempi=next((each for each in reversed(public) if each.numero > versio.numero), None),
    )


def open_report(versio: Raporttiversio, user) -> Osavuosikatsaus:
    """What the user reads of the version, by the ids of today: all of it who may audit, others what the public may."""
    if can_audit(user, versio):
        return from_json(versio.data, versio.siirtyma)
    return show_publicly(versio).taalla
