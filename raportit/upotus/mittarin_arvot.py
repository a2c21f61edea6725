"""A measure of a public report -> its values in the order of time, in words."""

from ..osavuosikatsaus import Osavuosikatsaus
from ..osavuosikatsaus.mitattu import Mittari


def list_values(raportti: Osavuosikatsaus, mittari: Mittari) -> list[tuple[str, str]]:
    """[(whose time it is, the value with its unit)], of what the report tells."""
    jaksot = {jakso.id: jakso.nimi for jakso in (*raportti.aiemmat, raportti.jakso)}
    told = [(_time_of(arvo, jaksot), mittari.show(arvo, with_unit=True)) for arvo in mittari.arvot]
    return [(aika, teksti) for aika, teksti in told if teksti]


def _time_of(arvo, jaksot):
    if arvo.paiva:
        return f"{arvo.paiva:%-d.%-m.%Y}"
    return jaksot.get(arvo.jakso, "") if arvo.jakso else str(arvo.vuosi or "")
