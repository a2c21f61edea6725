"""Esikatselu -> the page "Miten luemme taulukon": the sheet as its owner knows it, and what was read and why."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from ..taulukko.rows import Luettu
from ..taulukko.soluviite import Soluviite, column_of, letters_of
from ..tiedosto.rivit import OHITUS, POIS, role_word
from .kysymykset import Kortti, Vastattu, list_answered, list_cards
from .paikat import place_of

RIVEJA = 10  # of a sheet at first
YLIJAAMA = 12  # lines of what is left over
OMAT = {"oma", "oma.kirjaus", POIS}
OTSIKOT = {"header", "repeated_header"}  # seen in the grid
TAUSTAKSI = {"title", "band", "legend"}


@dataclass
class Lukusarake:
    """A column over the grid: its place, its role, why, and the numbers of the open questions that are about it."""

    kirjain: str
    paikka: str
    otsikko: str = ""
    rooli: str = ""  # not known: what it holds is found out by the reader
    why: str = ""
    on_oma: bool = True
    kysymykset: list[int] = field(default_factory=list)


@dataclass(frozen=True)
class Ruutu:
    """A cell of the grid. leveys: the columns that it spans. on_auki: does an open question ask about it?"""

    teksti: str
    leveys: int = 1
    on_auki: bool = False
    on_luku: bool = False


@dataclass(frozen=True)
class Lukurivi:
    numero: int
    ruudut: list[Ruutu]
    on_otsikko: bool
    on_ylla: bool


@dataclass(frozen=True)
class Arkkivalinta:
    """A sheet to be read or left. why: what it was read for, or why it was not."""

    nimi: str
    luettu: bool
    riveja: int
    why: str
    on_tassa: bool


@dataclass(frozen=True)
class Lukusivu:
    """One sheet of the file, and the questions of all of them."""

    nimi: str
    korkeus: int
    otsikkorivit: tuple[int, ...]
    sarakkeet: list[Lukusarake]
    rivit: list[Lukurivi]
    valilehdet: list[Arkkivalinta]
    avoimet: list[Kortti]
    vastatut: list[tuple[int, Vastattu]]
    ylijaama: list[tuple[str, str, str]]
    on_kaikki: bool

    @property
    def otsikkorivi(self):
        """The row that names the columns, the lowest of the header: 0 where there is none, None where none is known."""
        return self.otsikkorivit[-1] if self.otsikkorivit else 0 if self.riveja else None

    @property
    def rivikentta(self):
        """The name of the field that tells the row of the headings: a text file's sheet has none."""
        return f"otsikkorivi|{self.nimi}" if self.nimi else "otsikkorivi"

    @property
    def kysymyksia(self):
        return len(self.avoimet) + len(self.vastatut)

    @property
    def riveja(self):
        return next((each.riveja for each in self.valilehdet if each.on_tassa), 0)

    @property
    def viimeinen(self):
        """The last row in sight."""
        return self.rivit[-1].numero if self.rivit else 0

    @property
    def on_enemman(self):
        return not self.on_kaikki and self.viimeinen < self.korkeus


def build_page(kysely, *, valilehti: str | None, on_kaikki: bool) -> Lukusivu:
    """kysely: an Esikatselu. valilehti: the sheet to show, else the first that was read."""
    luettu = kysely.plan.luettu
    vastatut = list_answered(kysely.paatokset)
    avoimet = list_cards(kysely.plan, len(vastatut) + 1)
    grids = {grid.nimi: grid for grid in luettu.ruudukot if not grid.on_piilotettu}
    readings = {sheet.nimi: sheet for sheet in luettu.reading}
    first = next((sheet.nimi for sheet in luettu.reading if sheet.luettu and sheet.nimi in grids), None)
    nimi = valilehti if valilehti in grids else first if first is not None else _fullest(grids.values())
    reading, grid = readings.get(nimi), grids[nimi]
    headers = reading.otsikkorivit if reading else ()
    columns = _columns(grid, reading, avoimet)
    return Lukusivu(
        nimi,
        grid.korkeus,
        headers,
        columns,
        _rows(grid, headers, columns, avoimet, on_kaikki),
        [_sheet(each, readings.get(each.nimi), nimi) for each in grids.values()],
        avoimet,
        list(enumerate(vastatut, 1)),
        list_left_over(luettu),
        on_kaikki,
    )


def _fullest(grids):
    return max(grids, key=lambda grid: sum(len(cells) for _n, cells in grid.rivit)).nimi


def _sheet(grid, reading, shown):
    if reading is None:
        return Arkkivalinta(grid.nimi, False, 0, "", grid.nimi == shown)
    return Arkkivalinta(grid.nimi, reading.luettu, reading.riveja, reading.why, grid.nimi == shown)


def _columns(grid, reading, avoimet):
    read = {sarake.kirjain: sarake for sarake in reading.sarakkeet} if reading else {}
    letters = {kirjain for _n, cells in grid.rivit for kirjain in cells} | read.keys()
    asked = defaultdict(list)
    for kortti in avoimet:
        for kirjain in dict.fromkeys(_letters(kortti.kysymys, grid.nimi)):
            asked[kirjain].append(kortti.numero)
    return [_column(grid.nimi, each, read.get(each), asked[each]) for each in sorted(letters, key=column_of)]


def _column(sheet, kirjain, sarake, kysymykset):
    column = Lukusarake(kirjain, place_of(sheet, kirjain), kysymykset=kysymykset)
    if sarake:
        column.otsikko, column.rooli = sarake.otsikko, sarake.role or POIS
        column.why, column.on_oma = sarake.why or sarake.becomes, sarake.role in OMAT
    return column


def _letters(kysymys, sheet):
    for cell in (kysymys.cell, *kysymys.cells):
        viite = Soluviite.parse(cell)
        if viite and viite.sheet == sheet:
            yield letters_of(viite.column)


def _rows(grid, headers, columns, avoimet, on_kaikki):
    asked = {cell for kortti in avoimet for cell in (kortti.kysymys.cell, *kortti.kysymys.cells)}
    last = max(RIVEJA, max(headers, default=0) + RIVEJA // 2)
    shown = grid.rivit if on_kaikki else grid.rivit[:last]
    letters = [column.kirjain for column in columns]
    first = min(headers, default=1)
    return [
        Lukurivi(row, list(_cells(grid.nimi, row, cells, letters, asked)), row in headers, row < first)
        for row, cells in shown
    ]


def _cells(sheet, row, cells, letters, asked):
    """A lone text reaches over the empty columns at its right, as it does in a spreadsheet."""
    places = [place for place, kirjain in enumerate(letters) if kirjain in cells]
    for place, kirjain in enumerate(letters):
        if len(places) == 1 and place > places[0]:
            return
        text = cells.get(kirjain, "")
        width = len(letters) - place if places == [place] else 1
        yield Ruutu(text, width, f"{place_of(sheet, kirjain)}{row}" in asked, _is_number(text))


def _is_number(text):
    return bool(text) and text.strip("-–+ %€").replace(" ", "").replace(" ", "").replace(",", "", 1).isdecimal()


def list_left_over(luettu: Luettu) -> list[tuple[str, str, str]]:
    """[(cells, what it is, where it goes)] of what became no value of a role, own columns first."""
    told = [
        (sarake.kirjain, sarake.otsikko, sarake.becomes or str(role_word(sarake.role)))
        for sheet in luettu.reading
        if sheet.luettu
        for sarake in sheet.sarakkeet
        if sarake.role in OMAT
    ]
    by_reason = defaultdict(list)
    for skip in luettu.skipped:
        if skip.reason not in OTSIKOT:
            by_reason[skip.reason].append(skip)
    for reason, skips in by_reason.items():
        told.append((_some([skip.cell for skip in skips]), skips[0].text, str(_where_to(reason))))
    return list(dict.fromkeys(told))


def _where_to(reason):
    word = OHITUS.get(reason, reason)
    if reason in TAUSTAKSI:
        return _("%(mita)s: luettiin taustatiedoksi, siitä ei tule riviä.") % {"mita": capfirst(word)}
    return _("%(mita)s: ei tuoda, näkyy esikatselun kohdassa Muut solut.") % {"mita": capfirst(word)}


def _some(cells):
    return cells[0] if len(cells) == 1 else f"{cells[0]} … {cells[-1]}"
