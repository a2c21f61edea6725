"""Osavuosikatsaus -> what stands on its cover: of what, when, which version."""

import re
from datetime import date

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from .model import Osavuosikatsaus


def list_facts(raportti: Osavuosikatsaus) -> list[tuple[str, str]]:
    """[(what is told, in words)] in the order of the cover."""
    collected = _collected(raportti)
    told = [
        (_("Strategia"), raportti.strategian_nimi),
        (_("Tilanne"), date_format(raportti.tilanne, "j.n.Y") if raportti.tilanne else ""),
        (_("Tiedot koottu"), collected),
        (_("Käsittely"), raportti.kokous),
    ]
    return [(name, value) for name, value in told if value]


def _collected(raportti):
    """ "3.10.2026, korjattu versio 2 (korvattu versiolla 3)"; of a draft with its hour."""
    moment = timezone.localtime(raportti.koottu)
    day = date_format(moment, "j.n.Y")
    if raportti.on_luonnos:
        return f"{day} {_('klo')} {date_format(moment, 'H.i')}, {_('luonnos')}"
    word = _("korjattu versio %(versio)s") if raportti.korjaus else _("versio %(versio)s")
    replaced = f" ({_('korvattu versiolla %(versio)s') % {'versio': raportti.korvaava}})" if raportti.korvaava else ""
    return f"{day}, {word % {'versio': raportti.versio}}{replaced}"


_MEETING = re.compile(r"(.*?)\s*(?:\b(\d{1,2})\.(\d{1,2})\.(\d{4}))?", re.DOTALL)


def split_meeting(kokous: str) -> tuple[str, date | None]:
    """(the body, the day) of a meeting in words: "Kunnanvaltuusto 12.10.2026"; each missing where it is not told."""
    toimielin, *parts = _MEETING.fullmatch(kokous.strip()).groups()
    try:
        day, month, year = (int(part or 0) for part in parts)
        return toimielin, date(year, month, day)
    except ValueError:  # no day, or none that there is
        return (kokous.strip() if parts[0] else toimielin), None
