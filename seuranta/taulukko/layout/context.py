"""Lohkot + the roles of the columns -> data rows with what stands over them; every other row is told as a Skip.

A lone cell is a title, a band, a total or a note at the foot: what comes after it, and the roles, tell which.
"""

from dataclasses import dataclass, field

from ..workbook import Valilehti
from .bands import (
    BOARD,
    OF_BOARD,
    PAGE,
    TOTAL,
    TOTAL_END,
    foot_of,
    is_legend_row,
    is_total,
    is_unit,
    lead_of,
    plain_line,
)
from .headings import weigh
from .muut_muodot import depth_of, tree_of
from .parts import Datarivi, Lohkot, Osa, Skip, text_of
from .roles import LEVELS
from .scale import is_legend, legend_entries


@dataclass
class Tausta:
    """What a sheet's rows stand in. `titles`: lines above the tables; `legends`: lines that explain marks."""

    skipped: list[Skip] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    legends: list[str] = field(default_factory=list)
    words: dict[str, str] = field(default_factory=dict)  # role -> "Strateginen päämäärä", where a band says it
    unreadable: list[str] = field(default_factory=list)  # first cells of regions that are no table
    total_rows: int = 0


def skip_row(sheet: Valilehti, row: int, reason: str, skipped: list[Skip]) -> None:
    skipped += [
        Skip(sheet.ref(row, column), reason, text_of(solu) if solu.kind != "blank" else "")
        for column, solu in sheet.rows[row].items()
        if solu.value is not None
    ]


def skip_sheet(lohkot: Lohkot, reason: str, skipped: list[Skip]) -> None:
    """All of a sheet that is not read."""
    for row in lohkot.sheet.rows:
        skip_row(lohkot.sheet, row, reason if row in lohkot.texts else "empty_row", skipped)


def place_rows(lohkot: Lohkot, roles_of: dict[int, dict[int, str]]) -> Tausta:
    """Fills `rows` of the parts. `roles_of`: id of a part -> column -> role."""
    tausta = Tausta()
    _skip_blank(lohkot, tausta)
    _Kulku(lohkot, roles_of, tausta).run()
    return tausta


def _skip_blank(lohkot, tausta):
    """Cells of nothing but white space, on rows that hold nothing else."""
    for row in lohkot.sheet.rows:
        if row not in lohkot.texts:
            skip_row(lohkot.sheet, row, "empty_row", tausta.skipped)


class _Kulku:
    """Goes down the sheet once: what a lone row means depends on what comes after it."""

    def __init__(self, lohkot, roles_of, tausta):
        self.lohkot, self.sheet, self.texts, self.tausta = lohkot, lohkot.sheet, lohkot.texts, tausta
        self.roles_of = roles_of
        self.starts = {part.header_rows[0] if part.header_rows else part.body[0]: part for part in lohkot.parts}
        self.headers = {row for part in lohkot.parts for row in part.header_rows}
        self.rows = [row for row in lohkot.texts if row not in lohkot.broken]
        self.foot = foot_of(lohkot.texts)
        self.part: Osa | None = None
        self.context: dict[str, tuple[str, str]] = {}
        self.roles: dict[int, str] = {}
        self.has_toimielin_bands = False
        self.is_banded = self._are_banded()
        self.depth = 0  # of the toimenpiteet, where the codes of one column tell its levels
        self.are_units = self._are_units()

    def _are_units(self):
        """Most of the lone names between the rows end as units do; one among others is a level like them."""
        lone = [next(iter(self.texts[row].values())) for row in self._body() if len(self.texts[row]) == 1]
        names = [text for text in lone if not (is_legend(text) or TOTAL.match(text) or TOTAL_END.search(text))]
        return sum(map(is_unit, names)) * 2 >= len(names)

    def _are_banded(self):
        """Every header has a lone cell right above it, and there are several: each names the rows of its own table."""
        firsts = [part.header_rows[0] for part in self.lohkot.parts if part.header_rows]
        above = [max((row for row in self.rows if row < first), default=0) for first in firsts]
        return len(firsts) > 1 and all(row and len(self.texts[row]) == 1 for row in above)

    def run(self):
        index = 0
        while index < len(self.rows):
            row = self.rows[index]
            if row in self.starts:
                index += self._header(self.starts[row])
            if index < len(self.rows) and (row := self.rows[index]) not in self.starts:
                if self._is_lone(row) or self.part is None:
                    index += self._lone_run(index)
                else:
                    self._data(row, index)
                    index += 1

    def _header(self, part):
        reason = "repeated_header" if self.part else "header"
        for row in part.header_rows:
            skip_row(self.sheet, row, reason, self.tausta.skipped)
        self.part, self.roles = part, self.roles_of[id(part)]
        self.depth = self._depth()
        if not part.header_rows:  # its first row is data: not found here again
            self.starts = {}
        return len(part.header_rows)

    def _depth(self):
        column = next((place for place, role in self.roles.items() if role == "toimenpide"), None)
        rows = [self.texts[row] for row in self.part.body if column in self.texts[row]]
        full, lone = ([texts[column] for texts in rows if (len(texts) == 1) == is_lone] for is_lone in (False, True))
        return 0 if set(LEVELS) & set(self.roles.values()) else tree_of(full, lone)

    def _is_lone(self, row):
        """One cell that names no toimenpide and tells nothing of one: a title, a band or a note."""
        if len(self.texts[row]) > 1:
            return False
        column, text = next(iter(self.texts[row].items()))
        role = self.roles.get(column, "")
        if role == "toimenpide" and (self._tells_level(text) or self._rows_are_wider(row, column)):
            return True
        if row in self.foot or self._is_spread(row, column):
            return True
        if (
            role in ("", "pois", *LEVELS)
            or is_legend(text)
            or (role in ("oma", "koodi") and column == min(self.texts_columns()))
        ):
            return True
        return role != "toimenpide" and column == min(self.roles, default=column)

    def _tells_level(self, text):
        """By its code, or by a word: "Tavoite 1.1: Koulut kuntoon" among the names of toimenpiteet."""
        return bool(lead_of(text)[0]) or 0 < depth_of(text) < self.depth

    def _rows_are_wider(self, row, column):
        """Every row that names a toimenpide says something of it, but for such lone ones with rows of their own.

        Right of a level a lone cell is a name, of which nothing is told yet.
        """
        if any(role in LEVELS and place < column for place, role in self.roles.items()):
            return False
        body = [texts for other, texts in self.texts.items() if other in self._body() and column in texts]
        lone = [texts for texts in body if len(texts) == 1]
        if len(lone) * 2 > len(body):
            return False
        full = [texts for texts in body if len(texts) > 1]
        levels = {place for place, role in self.roles.items() if role in LEVELS}
        always = set.intersection(*map(set, full)) - levels - {column} if len(full) > 2 else set()
        always = always or not levels
        after = next((other for other in self.rows if other > row and other not in self.headers), None)
        return bool(always) and (after is None or len(self.texts[after]) > 1)

    def _body(self):
        return {row for part in self.lohkot.parts for row in part.body}

    def texts_columns(self):
        return self.part.paths if self.part else {1}

    def _is_spread(self, row, column):
        return self.sheet.origins.get((row, column + 1)) == (row, column)

    def _lone_run(self, index):
        """Lone rows up to the next header or data row (before the first header: all rows up to it)."""
        end = index
        while end < len(self.rows) and self._continues(self.rows[end]):
            end += 1
        run = self.rows[index:end]
        following = self.rows[end] if end < len(self.rows) else None
        if self._is_vertical(run):
            self.tausta.unreadable.append(self.sheet.ref(run[0], next(iter(self.texts[run[0]]))))
            self._skip(run, "not_table")
        elif self.part is None:
            for row in run:
                self._title_or_band(row, following, "title")
        elif following is None:
            self._at_foot(run)
        else:
            for row in run:
                self._title_or_band(row, following, "band")
        return len(run)

    def _continues(self, row):
        return row not in self.starts and (self.part is None or self._is_lone(row))

    def _is_vertical(self, run):
        """Headings one below another: a table printed as blocks of text, which nobody can put together for sure."""
        classes = set()
        for row in run:
            if len(self.texts[row]) > 1:
                return False
            found = weigh(next(iter(self.texts[row].values())))
            classes |= {
                name for name, weight in found.items() if weight == 1 and name not in ("kausi", "raha", "tarkeys")
            }
        return len(classes) >= 2 and "alin" in classes

    def _skip(self, rows, reason):
        for row in rows:
            skip_row(self.sheet, row, reason, self.tausta.skipped)

    def _at_foot(self, run):
        for row in run:
            text = next(iter(self.texts[row].values()))
            reason = "note"
            if TOTAL.match(text) or TOTAL_END.search(text):
                reason = "total"
            elif legend_entries(text):
                reason = "legend"
                self.tausta.legends.append(text)
            self._skip([row], reason)

    def _title_or_band(self, row, following, place):
        column, text = next(iter(self.texts[row].items()))
        role, value = self._band(row, column, text, following, place)
        if role:
            self._put(role, value, row, column)
            self._skip([row], "title" if place == "title" and role == "painopiste" else "band")
            return
        is_title = place == "title" or text.startswith("#") or plain_line(text) in map(plain_line, self.tausta.titles)
        if is_title and len(self.texts[row]) == 1:
            self.tausta.titles.append(text)
        if legend_entries(text) and (place == "title" or is_legend(text)):
            self.tausta.legends.append(text)
        is_total = place != "title" and (TOTAL.match(text) or TOTAL_END.search(text))
        self._skip([row], "title" if is_title else "total" if is_total else "legend" if is_legend(text) else "band")

    def _put(self, role, value, row, column):
        if role in LEVELS:
            self.context = {key: held for key, held in self.context.items() if key not in LEVELS[LEVELS.index(role) :]}
        self.context = {**self.context, role: (value, self.sheet.ref(row, column))}

    def _band(self, row, column, text, following, place):
        """(role, value) of a band, or ("", "") for a title that says nothing of the rows."""
        if len(self.texts[row]) > 1 or text.startswith(("#", "*")) or is_legend(text) or PAGE.match(text):
            return "", ""
        if TOTAL.match(text) or TOTAL_END.search(text):
            return "", ""
        role, lead, rest = lead_of(text)
        if role:
            self.tausta.words.setdefault(role, lead)
            return role, rest
        is_over_table = place == "band" or (following == row + 1 and not OF_BOARD.search(text))
        if is_over_table and BOARD.search(text) and not any(map(str.isdigit, text)) and len(text) < 100:
            self.has_toimielin_bands = True
            return "toimielin", text
        if place == "title" and not (
            self.is_banded and following in self.starts and self._is_last_above(row, following)
        ):
            return "", ""
        return self._level_band(column, text, following)

    def _is_last_above(self, row, following):
        return max((other for other in self.rows if other < following), default=0) == row

    def _level_band(self, column, text, following):
        """A band in a level's own column, or in a table that has no column of painopiste at all."""
        named = set(self.roles.values())
        role = self.roles.get(column, "")
        if 0 < depth_of(text) < self.depth:
            return LEVELS[depth_of(text) - 1], text
        next_cells = self.texts.get(following, {})
        if role in (*LEVELS, "toimiala") and following not in self.starts and column not in next_cells:
            return role, text
        if self.has_toimielin_bands and "toimielin" not in named:
            return "toimielin", text
        if plain_line(text) in map(plain_line, self.tausta.titles):
            return "", ""
        if is_unit(text) and self.are_units and "toimiala" not in named:
            return "toimiala", text
        if "painopiste" not in named:
            return "painopiste", text
        return ("toimiala", text) if "toimiala" not in named and len(text) < 100 else ("", "")

    def _data(self, row, index):
        texts = self.texts[row]
        roles = {self.roles.get(column, "") for column in texts}
        if is_total(texts, self.roles):
            self._skip([row], "total")
        elif self.part.header_rows and is_legend_row(texts, roles):
            self.tausta.legends += texts.values()
            self._skip([row], "legend")
        elif roles <= set(LEVELS) and index + 1 < len(self.rows):
            for column, text in texts.items():
                self._put(self.roles[column], text, row, column)
            self._skip([row], "band")
        else:
            self.part.rows.append(Datarivi(row, self.context, row in self.part.ragged))
