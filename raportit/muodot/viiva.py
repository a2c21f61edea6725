"""A measure over time -> a small SVG line with its alternative text; of yes and no dots, full and open.

Written by hand, not by a template: a report may have thousands. Dots are one path, for each shape costs a PDF time.
"""

from django.utils.html import format_html
from django.utils.translation import gettext as _

from seuranta.mittariviiva import KORKEUS, LEVEYS, draw_line
from seuranta.tulos import KYLLA_EI

from ..osavuosikatsaus.mitattu import Mittari

PISTE, VIIMEINEN, RENGAS = 3.2, 5.8, 2.4  # how wide dots are, and twice how thick a ring is
KATKOVIIVA = "#8b959a"


def draw_mittari(mittari: Mittari, ajat: list[tuple[str, object]], vari: str, tavoite: str) -> str:
    """The SVG, "" where no number is known. ajat: [(what the time is called, its value or None)]; the last is now.

    tavoite: the target in words for the alternative text, "" for none.
    """
    is_level = mittari.laji == KYLLA_EI
    line = draw_line(
        _floats(mittari.number(arvo) for _aika, arvo in ajat), _floats(_targets(mittari)), is_level=is_level
    )
    if line is None:
        return ""
    told = ", ".join([f"{aika}: {mittari.show(arvo, with_unit=True) or _('arvo puuttuu')}" for aika, arvo in ajat])
    shapes = _draw_level(line, vari) if is_level else _draw_line(line, vari)
    size = f'width="{LEVEYS}" height="{KORKEUS}" viewBox="0 0 {LEVEYS} {KORKEUS}"'
    title = f"{told}. {tavoite}".strip()
    return format_html(f'<svg class="mittariviiva" {size} role="img"><title>{{}}</title>{shapes}</svg>', title)


def _floats(numbers):
    """A picture asks for no more."""
    return [None if number is None else float(number) for number in numbers]


def _targets(mittari):
    """The numbers of the target in force: one, or the ends of a range."""
    aim = mittari.tavoite
    if aim is None or not mittari.on_luku:
        return ()
    one = mittari.number(aim)
    return (one,) if one is not None else (aim.ala, aim.yla)


def _draw_line(line, vari):
    """Numbers and our own colours only."""
    aims = "".join(f"M0 {y}h{LEVEYS}" for y in line.tavoitteet)
    shapes = (
        [f'<path class="tav" d="{aims}" fill="none" stroke="{KATKOVIIVA}" stroke-dasharray="3 3"/>'] if aims else []
    )
    if "L" in line.kulku:
        shapes.append(f'<path class="kul" d="{line.kulku}" fill="none" stroke="{vari}" stroke-width="1.5"/>')
    last = line.pisteet[-1:] if line.on_viimeinen else ()
    shapes.append(_draw_dots("pis", line.pisteet[: len(line.pisteet) - len(last)], vari, PISTE))
    return "".join([*shapes, _draw_dots("pis", last, vari, VIIMEINEN)])


def _draw_level(line, vari):
    shapes = [f'<path class="poh" d="{line.kulku}" fill="none" stroke="#c9cfd2"/>'] if "L" in line.kulku else []
    no = [place for place in line.pisteet if not place[2]]
    shapes += [_draw_dots("pis", line.pisteet, vari, VIIMEINEN), _draw_dots("ei", no, "#ffffff", VIIMEINEN - RENGAS)]
    return "".join(shapes)


def _draw_dots(luokka, pisteet, vari, koko):
    """The dots of one size as one path: lines of no length with round ends."""
    path = "".join(f"M{x} {y}h0" for x, y, _luku in pisteet)
    look = f'fill="none" stroke="{vari}" stroke-width="{koko}" stroke-linecap="round"'
    return f'<path class="{luokka}" d="{path}" {look}/>' if path else ""
