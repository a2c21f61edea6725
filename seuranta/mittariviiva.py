"""Numbers in the order of time -> the geometry of a small line. No database; the templates beside a page draw it.

Lengths are SVG user units, one of which is a CSS pixel at the size the picture is drawn for.
"""

from collections.abc import Sequence
from dataclasses import dataclass

LEVEYS, KORKEUS = 100, 26
REUNA, VIIMEISEN_VARA = 4, 6  # free at the sides and above; at the right of the last dot, which is larger

Luku = float | None


@dataclass(frozen=True)
class Mittariviiva:
    """pisteet: (x, y, its number) of every number; on_viimeinen: is the last of them that of the last time?

    kulku: the path between neighbours in time, broken where a number is missing. tavoitteet: the heights of the target.
    """

    pisteet: tuple[tuple[float, float, float], ...]
    kulku: str
    tavoitteet: tuple[float, ...]
    on_viimeinen: bool
    leveys: int = LEVEYS
    korkeus: int = KORKEUS


def draw_line(
    luvut: Sequence[Luku],
    tavoitteet: Sequence[Luku] = (),
    *,
    is_level: bool = False,
    leveys: int = LEVEYS,
    korkeus: int = KORKEUS,
) -> Mittariviiva | None:
    """None where there is no number to show. is_level: all on one height, as answers of yes and no are."""
    known = [luku for luku in luvut if luku is not None]
    if not known:
        return None
    aims = [] if is_level else [aim for aim in tavoitteet if aim is not None]
    height = _scale([*known, *aims], korkeus, is_level=is_level)
    step = (leveys - REUNA - VIIMEISEN_VARA) / max(len(luvut) - 1, 1)
    end = leveys - VIIMEISEN_VARA  # now stands at the right, alone too
    places = [
        (round(end - back * step, 1), None if luku is None else height(luku), luku)
        for back, luku in zip(range(len(luvut) - 1, -1, -1), luvut, strict=True)
    ]
    return Mittariviiva(
        pisteet=tuple(place for place in places if place[1] is not None),
        kulku=_path((x, y) for x, y, _luku in places),
        tavoitteet=tuple(dict.fromkeys(map(height, aims))),
        on_viimeinen=luvut[-1] is not None,
        leveys=leveys,
        korkeus=korkeus,
    )


def _scale(numbers, korkeus, *, is_level):
    """number -> y: the greatest at the top, all in the middle when they are one."""
    low, high = min(numbers), max(numbers)
    if low == high or is_level:
        return lambda luku: korkeus / 2
    room = korkeus - 2 * REUNA
    return lambda luku: round(REUNA + room * (high - luku) / (high - low), 1)


def _path(places):
    path, drawing = [], False
    for x, y in places:
        if y is not None:
            path.append(f"{'L' if drawing else 'M'}{x} {y}")
        drawing = y is not None
    return "".join(path)
