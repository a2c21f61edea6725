"""Valilehti -> Osat: its headers and data rows; every other row is told as a Skip.

A lone cell is a title, a band, or a note at the foot: what comes after it tells which.
"""

import re

from ..workbook import Valilehti
from .headers import header_blocks, roles_of, texts_of
from .headings import ARVO, MUU, TOIMIELIN_WORDS, TOTAL_WORDS, role_of
from .parts import Datarivi, Osa, Osat, Skip

_LEVELS = ("painopiste", "tavoite", "toimialan_tavoite")
_NUMBER_AT_END = re.compile(r"\s+(?:\d{1,2}|[IVX]+)\.?\s*$")  # "Päämäärä 1: …"
_LEGEND = re.compile(r"(?:[1-5]|vihreä|keltainen|punainen)\s*[=:–-]\s*\w", re.IGNORECASE)


def read_regions(sheet: Valilehti) -> Osat:
    """The sheet's headers and data rows. No headers: everything is skipped as "guide"."""
    texts = {row: texts for row, cells in sheet.rows.items() if (texts := texts_of(cells))}
    blocks = header_blocks(texts)
    osat = Osat()
    _skip_blank(sheet, texts, osat)
    if not blocks:
        for row in texts:
            _skip_row(sheet, row, "guide", osat)
        return osat
    _Kulku(sheet, texts, blocks, osat).run()
    return osat


def _foot(texts):
    """Lone cells at the very end, from the first total or list of what the numbers mean: none of them is a name."""
    rows = []
    for row in reversed(texts):
        if len(texts[row]) > 1:
            break
        rows.insert(0, row)
    for index, row in enumerate(rows):
        text = next(iter(texts[row].values()))
        if len(rows) < len(texts) and (TOTAL_WORDS.match(text) or len(_LEGEND.findall(text)) > 1):
            return set(rows[index:])
    return set()


def _skip_blank(sheet, texts, osat):
    """Cells of nothing but white space, on rows that hold nothing else."""
    for row, cells in sheet.rows.items():
        if row not in texts:
            osat.skipped += [
                Skip(sheet.ref(row, column), "empty_row", "")
                for column, solu in cells.items()
                if solu.value is not None
            ]


def _skip_row(sheet, row, reason, osat):
    osat.skipped += [
        Skip(sheet.ref(row, column), reason, solu.text)
        for column, solu in sheet.rows[row].items()
        if solu.value is not None
    ]


class _Kulku:
    """Goes down the sheet once: what a lone row means depends on what comes after it."""

    def __init__(self, sheet, texts, blocks, osat):
        self.sheet, self.texts, self.blocks, self.osat = sheet, texts, blocks, osat
        self.rows = list(texts)
        self.foot = _foot(texts)
        self.context = {}
        self.roles = {}
        self.has_toimielin_bands = False

    def run(self):
        index = 0
        while index < len(self.rows):
            row = self.rows[index]
            if row in self.blocks:
                index += self._header(row)
            elif self._is_lone(row) or not self.osat.parts:
                index += self._lone_run(index)
            else:
                self._data(row, index)
                index += 1

    def _header(self, row):
        rows, main = self.blocks[row]
        reason = "repeated_header" if self.osat.parts else "header"
        for number in rows:
            _skip_row(self.sheet, number, reason, self.osat)
        self.osat.parts.append(Osa(self.sheet, rows, main))
        self.roles = {}
        for number in (*rows, main):
            self.roles.update({column: role for column, role in roles_of(self.texts[number]).items() if role})
        return len(rows)

    def _is_lone(self, row):
        """One cell that names no toimenpide and tells nothing of one: a title, a band or a note."""
        if len(self.texts[row]) > 1:
            return False
        column, text = next(iter(self.texts[row].items()))
        role = self.roles.get(column, "")
        if row in self.foot:
            return True
        if self._spans(row, column) or role in ("", *_LEVELS) or _LEGEND.match(text):
            return True
        return role != "toimenpide" and column == min(self.roles)

    def _spans(self, row, column):
        return self.sheet.origins.get((row, column + 1)) == (row, column)

    def _lone_run(self, index):
        """Lone rows up to the next header or data row (before the first header: all rows up to it)."""
        end = index
        while end < len(self.rows) and self._continues(self.rows[end]):
            end += 1
        run = self.rows[index:end]
        following = self.rows[end] if end < len(self.rows) else None
        if self._is_vertical(run):
            self.osat.unreadable.append(self.sheet.ref(run[0], next(iter(self.texts[run[0]]))))
            self._skip(run, "not_table")
        elif not self.osat.parts:
            for row in run:
                self._title_or_band(row, following, "title")
        elif following is None:
            self._foot(run)
        else:
            for row in run:
                self._title_or_band(row, following, "band")
        return len(run)

    def _continues(self, row):
        return row not in self.blocks and (not self.osat.parts or self._is_lone(row))

    def _is_vertical(self, run):
        """Headings one below another: a table printed as blocks of text, which nobody can put together for sure."""
        headings = {role_of(text) for row in run for text in self.texts[row].values()} - {"", ARVO, MUU}
        return len(headings) >= 2 and "toimenpide" in headings and all(len(self.texts[row]) == 1 for row in run)

    def _skip(self, rows, reason):
        for row in rows:
            _skip_row(self.sheet, row, reason, self.osat)

    def _foot(self, run):
        for row in run:
            text = next(iter(self.texts[row].values()))
            reason = "note"
            if TOTAL_WORDS.match(text):
                reason = "total"
            elif _LEGEND.search(text):
                reason = "legend"
                self.osat.legends.append(text)
            self._skip([row], reason)

    def _title_or_band(self, row, following, place):
        column, text = next(iter(self.texts[row].items()))
        role, value = self._band(row, column, text, following, place)
        if role:
            if role in _LEVELS:
                self.context = {key: held for key, held in self.context.items() if key not in _below_level(role)}
            self.context = {**self.context, role: (value, self.sheet.ref(row, column))}
            self._skip([row], "title" if place == "title" and role == "painopiste" else "band")
        else:
            is_title = place == "title" or text.startswith("#") or _plain(text) in map(_plain, self.osat.titles)
            if is_title and len(self.texts[row]) == 1:
                self.osat.titles.append(text)
            if place == "title" and _LEGEND.search(text):
                self.osat.legends.append(text)
            self._skip([row], "title" if is_title else "band")

    def _band(self, row, column, text, following, place):
        """(role, value) of a band, or ("", "") for a title that says nothing of the rows."""
        if len(self.texts[row]) > 1 or text.startswith(("#", "*")):
            return "", ""
        lead, colon, rest = text.partition(":")
        lead = _NUMBER_AT_END.sub("", lead)
        if colon and rest.strip() and role_of(lead) in ("painopiste", "tavoite"):
            self.osat.words.setdefault(role_of(lead), lead.strip())
            return role_of(lead), rest.strip()
        is_over_table = place == "band" or following == row + 1
        if is_over_table and TOIMIELIN_WORDS.search(text) and not any(map(str.isdigit, text)) and len(text) < 100:
            self.has_toimielin_bands = True
            return "toimielin", text
        if place == "title":
            return "", ""
        return self._level_band(column, text, following)

    def _level_band(self, column, text, following):
        """A band in a level's own column, or in a table that has no column of painopiste at all."""
        named = set(self.roles.values())
        role = self.roles.get(column, "")
        next_cells = self.texts.get(following, {})
        if role in (*_LEVELS, "toimiala") and following not in self.blocks and column not in next_cells:
            return role, text
        if self.has_toimielin_bands and "toimielin" not in named:
            return "toimielin", text
        if "painopiste" not in named and _plain(text) not in map(_plain, self.osat.titles):
            return "painopiste", text
        return "", ""

    def _data(self, row, index):
        texts = self.texts[row]
        roles = {self.roles.get(column, "") for column in texts}
        first = next(iter(texts.values()))
        names = [column for column, role in self.roles.items() if role == "toimenpide"]
        if TOTAL_WORDS.match(first) and not any(column in texts and texts[column] != first for column in names):
            self._skip([row], "total")
        elif roles <= set(_LEVELS) and index + 1 < len(self.rows):
            self._levels(row)
        else:
            self.osat.parts[-1].rows.append(Datarivi(row, self.context))

    def _levels(self, row):
        """A row that names only a painopiste and a tavoite: it stands over the rows below."""
        for column, text in self.texts[row].items():
            role = self.roles[column]
            self.context = {key: held for key, held in self.context.items() if key not in _below_level(role)}
            self.context = {**self.context, role: (text, self.sheet.ref(row, column))}
        self._skip([row], "band")


def _below_level(role):
    return _LEVELS[_LEVELS.index(role) :]


def _plain(text):
    return " ".join(text.strip("#* ").split()).casefold()
