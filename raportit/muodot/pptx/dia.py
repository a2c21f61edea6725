"""Texts, tables, figures and a logo on one slide, each cut to the room that it has."""

from dataclasses import dataclass
from io import BytesIO

from django.utils.translation import gettext as _
from PIL import Image
from pptx.oxml.ns import qn
from pptx.util import Pt

from seuranta.solut import readable

from .diapohja import (
    ALAREUNA,
    HARMAA,
    OTSIKKO,
    OTSIKON_KOKO,
    REUNA,
    RUNGON_KOKO,
    RUNKO,
    TEKSTIN_LEVEYS,
    add_feet,
    rgb,
)
from .mahtuu import RIVINVALI, count_lines, fit, letters, lines

VALI, KAPPALEVALI = 12, 6  # points between two things, and between two paragraphs
TEKSTIN_KOKO = 16
HUOMAUTUS, HUOMAUTUKSEN_KOKO = 20, 11  # points at the end of the content: where the whole of a cut text is
SOLUN_KOKO, SOLUN_SIVUT, SOLUN_YLAT = 12, 14.4, 8  # points: letters of a cell, its edges across and down
RIVI, RIVI_VAHINTAAN = SOLUN_KOKO * RIVINVALI, 24  # points: a line of a cell, and the lowest row
LUVUN_KOKO, LUVUN_NIMI = 40, 15


@dataclass
class Dia:
    """A slide in the making. vasen, y: where the next thing begins (points); leveys: how wide it may be."""

    slide: object
    y: float = RUNKO
    vasen: float = REUNA
    leveys: float = TEKSTIN_LEVEYS
    on_lyhennetty: bool = False

    @property
    def tila(self):
        """Points that are left of the height."""
        return ALAREUNA - HUOMAUTUS - self.y

    def fit(self, text, leveys, korkeus, koko):
        """The text as far as its room (points) holds it; that it was cut is remembered."""
        told, is_cut = fit(text, letters(leveys, koko), lines(korkeus, koko))
        self.on_lyhennetty |= is_cut
        return told

    def shorten(self, text, merkkeja):
        """One line of it, of so many letters."""
        told, is_cut = fit(" ".join(text.split()), merkkeja, 1)
        self.on_lyhennetty |= is_cut
        return told

    def title(self, text):
        shape = self.slide.shapes.title
        write(shape.text_frame, self.fit(text, TEKSTIN_LEVEYS, OTSIKKO[1], OTSIKON_KOKO))

    def body(self, text, korkeus):
        """The slide's running text: as high as it needs, and no higher than this (points)."""
        told = self.fit(text, TEKSTIN_LEVEYS, min(korkeus, self.tila), RUNGON_KOKO)
        needed = count_lines(told, letters(TEKSTIN_LEVEYS, RUNGON_KOKO)) * RUNGON_KOKO * RIVINVALI
        needed += KAPPALEVALI * told.count("\n")
        shape = self.slide.placeholders[1]
        shape.left, shape.top, shape.width, shape.height = map(Pt, (REUNA, self.y, TEKSTIN_LEVEYS, needed))
        write(shape.text_frame, told)
        self.y += needed + VALI

    def text_beside(self, text, leveys):
        """A text of this width (points) down to the end; what comes next stands on its right."""
        self.text(text, (self.vasen, self.y, leveys, self.tila), TEKSTIN_KOKO)
        self.vasen, self.leveys = self.vasen + leveys + 2 * VALI, self.leveys - leveys - 2 * VALI

    def text(self, text, box, koko, *, bold=False, vari=""):
        left, top, width, height = box
        shape = self.slide.shapes.add_textbox(*map(Pt, box))
        shape.name = _("Teksti %(numero)s") % {"numero": shape.shape_id}
        frame = shape.text_frame
        frame.word_wrap = True
        frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
        write(frame, self.fit(text, width, height, koko), koko, bold=bold, vari=vari)

    def figures(self, luvut, vari):
        """[(a number as it is told, what it counts)] side by side."""
        width = TEKSTIN_LEVEYS / len(luvut)
        for place, (luku, nimi) in enumerate(luvut):
            left = REUNA + place * width
            self.text(luku, (left, self.y, width - VALI, 50), LUVUN_KOKO, bold=True, vari=vari)
            self.text(nimi, (left, self.y + 52, width - VALI, 40), LUVUN_NIMI)
        self.y += 92 + VALI

    def table(self, otsikot, rivit, leveydet, kuvaus):
        """A table as wide as the slide; leveydet: per cents. Its cells have as many lines as the slide has room for."""
        widths = [TEKSTIN_LEVEYS * share / 100 for share in leveydet]
        merkit = [letters(width - SOLUN_SIVUT, SOLUN_KOKO) for width in widths]
        height = _cell_height([otsikot, *rivit], merkit, self.tila)
        box = (REUNA, self.y, TEKSTIN_LEVEYS, RIVI_VAHINTAAN * (len(rivit) + 1))
        frame = self.slide.shapes.add_table(len(rivit) + 1, len(otsikot), *map(Pt, box))
        frame.name = _("Taulukko %(numero)s") % {"numero": frame.shape_id}
        describe(frame, kuvaus)
        frame.table.horz_banding = False
        for place, width in enumerate(widths):
            frame.table.columns[place].width = Pt(width)
            for number, row in enumerate([otsikot, *rivit]):
                told = self.fit(row[place], width - SOLUN_SIVUT, height, SOLUN_KOKO)
                write(frame.table.cell(number, place).text_frame, told, SOLUN_KOKO, bold=not number)
        self.y = ALAREUNA - HUOMAUTUS

    def end(self, alatunniste, kohta=""):
        """What is cut and where the whole is, then the foot. kohta: the report's chapter."""
        body = next((each for each in self.slide.placeholders if each.placeholder_format.idx == 1), None)
        if body is not None and not body.text_frame.text:
            self.slide.shapes._spTree.remove(body._element)
        if self.on_lyhennetty:
            note = _("Lyhennetty kohdista, joissa on kolme pistettä. Koko teksti: raportin kohta %(kohta)s.")
            box = (REUNA, ALAREUNA - HUOMAUTUS + 6, TEKSTIN_LEVEYS, HUOMAUTUS - 4)
            self.text(note % {"kohta": kohta}, box, HUOMAUTUKSEN_KOKO, vari=HARMAA)
        add_feet(self.slide, alatunniste)


def _cell_height(rivit, merkit, tila):
    """Points for a cell's lines: the most with which the rows fit into tila; short rows leave their room to the rest.

    merkit: how many letters a line of each column holds.
    """
    needed = [max(map(count_lines, map(readable, row), merkit)) for row in rivit]
    # A word that is longer than its line begins a new one, which is not counted.
    longer = [
        any(_has_longer_word(text, merkkeja) for text, merkkeja in zip(row, merkit, strict=True)) for row in rivit
    ]
    most = max(needed)
    while most > 1 and _rows_height(needed, longer, most) > tila:
        most -= 1
    return most * RIVI


def _has_longer_word(text, merkkeja):
    return any(len(word) > merkkeja for word in text.split())


def _rows_height(needed, longer, most):
    rows = zip(needed, longer, strict=True)
    return sum(max((min(each, most) + is_longer) * RIVI + SOLUN_YLAT, RIVI_VAHINTAAN) for each, is_longer in rows)


def fill(placeholder, text, box, koko):
    """A placeholder of the cover, with as much of the text as its box (left, top, width, height) holds."""
    _left, _top, width, height = box
    told, _is_cut = fit(text, letters(width, koko), lines(height, koko))
    write(placeholder.text_frame, told)


def write(frame, text, koko=None, *, bold=None, vari=""):
    """Each line a paragraph. koko (points), bold, vari (six hexadecimal digits): where the layout does not say."""
    for number, line in enumerate(text.split("\n")):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        run = paragraph.add_run()
        run.text = line
        if koko:
            run.font.size = Pt(koko)
        if bold is not None:
            run.font.bold = bold
        if vari:
            run.font.color.rgb = rgb(vari)


def describe(shape, kuvaus):
    """What a screen reader tells of the shape."""
    shape._element.find(".//" + qn("p:cNvPr")).set("descr", readable(kuvaus))


def put_logo(slide, data, box, nimi):
    """The kunta's logo as large as fits into the box (left, top, width, height in points)."""
    left, top, width, height = box
    with Image.open(BytesIO(data)) as picture:
        scale = min(width / picture.width, height / picture.height)
        size = picture.width * scale, picture.height * scale
    shape = slide.shapes.add_picture(BytesIO(data), *map(Pt, (left, top, *size)))
    shape.name = _("Logo")
    describe(shape, nimi)
