"""Counts and scores -> the geometry of small SVG pictures; the templates beside the report draw them.

Lengths are SVG user units, one of which is a CSS pixel at the size the picture is drawn for.
"""

from dataclasses import dataclass

from django.utils.html import format_html

VARIT = {5: "#0c6b5d", 4: "#9ccfc3", 3: "#f3e0a0", 2: "#eda45c", 1: "#b4461e", None: "#ffffff"}
TUMMAT = {5, 1}  # segments whose number is white
REUNA, TYHJAN_REUNA = "#ffffff", "#5b6469"

KORKEUS = 16
NUMERON_LEVEYS, NUMERON_VARA = 5.4, 3  # of one digit, and free room on the sides of a number


@dataclass(frozen=True)
class Pala:
    """One segment: the score it stands for (None: not assessed), its place and its count."""

    aste: int | None
    kpl: int
    x: float
    leveys: float

    @property
    def keski(self):
        return round(self.x + self.leveys / 2, 1)

    @property
    def vari(self):
        return VARIT[self.aste]

    @property
    def reuna(self):
        return TYHJAN_REUNA if self.aste is None else REUNA

    @property
    def tekstin_vari(self):
        return "#ffffff" if self.aste in TUMMAT else "#222222"

    @property
    def mahtuu(self):
        """Has the segment room for its number? If not, the table beside tells it."""
        return len(str(self.kpl)) * NUMERON_LEVEYS + NUMERON_VARA <= self.leveys


def stack(kpl: dict, leveys: float) -> list[Pala]:
    """{score or None: count} -> the segments from left to right, as wide as leveys together; empty ones left out."""
    total = sum(kpl.values())
    palat, x = [], 0.0
    for aste, count in kpl.items():
        if count:
            width = leveys * count / total
            palat.append(Pala(aste, count, round(x, 1), round(width, 1)))
            x += width
    return palat


def draw_stack(kpl: dict, leveys: int, otsikko: str) -> str:
    """The stack as an SVG picture titled otsikko. A long report has hundreds: written by hand, not by a template."""
    size = f'width="{leveys}" height="{KORKEUS}" viewBox="0 0 {leveys} {KORKEUS}" preserveAspectRatio="none"'
    pieces = "".join(_draw_pala(pala) for pala in stack(kpl, leveys))
    return format_html(f'<svg class="palkki" {size} role="img"><title>{{}}</title>{pieces}</svg>', otsikko)


def _draw_pala(pala):
    """Numbers and our own colours only."""
    block = (
        f'<rect x="{pala.x}" y="0.5" width="{pala.leveys}" height="15" fill="{pala.vari}" stroke="{pala.reuna}"'
        ' stroke-width="1"/>'
    )
    if not pala.mahtuu:
        return block
    look = 'text-anchor="middle" font-size="10" font-weight="600" font-family="Source Sans 3"'
    return f'{block}<text x="{pala.keski}" y="11.5" {look} fill="{pala.tekstin_vari}">{pala.kpl}</text>'


def mark(aste: int) -> str:
    """The five cells of a score as one SVG path of 31 x 8, filled evenodd: full ones, then empty frames.

    One path, because the mark is drawn on every row and each shape costs a millisecond of a PDF.
    """
    full, hole = "h5.4v8h-5.4z", "h3.8v6.4h-3.8z"
    cells = (f"M{round(i * 6.4, 1)} 0{full}" + (f"m0.8 0.8{hole}" if i >= aste else "") for i in range(5))
    return "".join(cells)


def mark_as_text(aste: int) -> str:
    """The same as letters: on paper a picture on every row would cost an eighth of a PDF."""
    return "■" * aste + "□" * (5 - aste)
