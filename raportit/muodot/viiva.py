"""A measure over time -> a small SVG line with its alternative text; of yes and no dots, full and open.

Written by hand, not by a template: a report may have thousands. Dots are one path, for each shape costs a PDF time.
"""

from django.utils.html import format_html
from django.utils.translation import gettext as _

from seuranta.mittariviiva import KORKEUS, LEVEYS, draw_line
from seuranta.tulos import KYLLA_EI

from ..osavuosikatsaus.mitattu import Mittari

PISTE, VIIMEINEN = 1.6, 2.8  # radii
KATKOVIIVA = "#8b959a"


def draw_mittari(mittari: Mittari, ajat: list[tuple[str, object]], vari: str, tavoite: str) -> str:
    """The SVG, "" where no number is known. ajat: [(what the time is called, its value or None)]; the last is now.

    tavoite: the target in words for the alternative text, "" for none.
    """
    is_level = mittari.laji == KYLLA_EI
    line = draw_line([mittari.number(arvo) for _aika, arvo in ajat], _targets(mittari), is_level=is_level)
    if line is None:
        return ""
    told = ", ".join(f"{aika}: {mittari.show(arvo, with_unit=True) or _('arvo puuttuu')}" for aika, arvo in ajat)
    shapes = _draw_level(line, vari) if is_level else _draw_line(line, vari)
    size = f'width="{LEVEYS}" height="{KORKEUS}" viewBox="0 0 {LEVEYS} {KORKEUS}"'
    title = f"{told}. {tavoite}".strip()
    return format_html(f'<svg class="mittariviiva" {size} role="img"><title>{{}}</title>{shapes}</svg>', title)


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
    last = len(line.pisteet) - 1 if line.on_viimeinen else None
    dots = "".join(
        _dot(x, y, VIIMEINEN if number == last else PISTE) for number, (x, y, _luku) in enumerate(line.pisteet)
    )
    shapes.append(f'<path class="pis" d="{dots}" fill="{vari}"/>')
    return "".join(shapes)


def _draw_level(line, vari):
    last = line.pisteet[-1]
    yes, no = (
        "".join(
            _dot(x, y, VIIMEINEN + 0.6 if (x, y, luku) == last else VIIMEINEN)
            for x, y, luku in line.pisteet
            if luku == said
        )
        for said in (1, 0)
    )
    shapes = [f'<path class="poh" d="{line.kulku}" fill="none" stroke="#c9cfd2"/>'] if "L" in line.kulku else []
    shapes += [f'<path class="ei" d="{no}" fill="#ffffff" stroke="{vari}" stroke-width="1.2"/>'] if no else []
    shapes += [f'<path class="pis" d="{yes}" fill="{vari}"/>'] if yes else []
    return "".join(shapes)


def _dot(x, y, r):
    """A ring of eight sides: at its size a circle, and a part of a path."""
    side, corner = round(r * 0.8284, 2), round(r * 0.5858, 2)
    start = f"M{round(x - side / 2, 2)} {round(y - r, 2)}"
    return f"{start}h{side}l{corner} {corner}v{side}l-{corner} {corner}h-{side}l-{corner} -{corner}v-{side}z"
