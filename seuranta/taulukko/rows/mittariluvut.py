"""The columns of measures of a row -> Luettumittari: its name and unit, where it began, its targets and values."""

import re
from collections.abc import Iterable
from dataclasses import replace

from strategia.lukuteksti import as_json_number, read_luku

from ..layout import Taulu
from ..layout.parts import text_of
from ..layout.periods import BARE_YEAR, YEAR, without_period
from .drafts import Luonnos
from .model import Luettumittari, Mittariluku

_UNITS = (
    "kpl",
    "%",
    "€",
    "euroa",
    "m€",
    "t€",
    "milj. €",
    "hlö",
    "htv",
    "km",
    "pv",
    "h",
    "krt",
    "st",
    "kr",
    "lkm",
    "prosentti",
    "prosenttia",
)
_UNIT = re.compile(
    r"[,(]\s*(" + "|".join(map(re.escape, sorted(_UNITS, key=len, reverse=True))) + r")(?:[^\w]|$)", re.IGNORECASE
)


class Mittarilukija:
    """Reads the measures of a table's rows; does nothing where the table has no columns of values."""

    def __init__(self, table: Taulu, jaksot: list[str]):
        self.jaksot = jaksot
        self.named = table.of_role("mittari")
        self.lahto, self.tavoitteet = table.of_role("mittari.lahto"), table.of_role("mittari.tavoite")
        self.arvot, self.suunta = table.of_role("mittari.arvo"), table.of_role("mittari.suunta")
        self.has_values = bool(self.lahto or self.tavoitteet or self.arvot)
        self.columns = {column.column for column in (*self.lahto, *self.tavoitteet, *self.arvot)}
        of_status = [column for column in self.arvot if column.by_percent]
        self.percents = without_period(of_status[0].heading) if of_status else ""

    def read(self, sheet, row: int, draft: Luonnos, solu_of, *, is_more: bool = False) -> None:
        """Adds the row's measure to the draft. `is_more`: the line continues the row, and has a measure of its own."""
        if not self.has_values:
            return
        lahto = self._numbers(sheet, row, draft, solu_of, self.lahto)
        targets = self._numbers(sheet, row, draft, solu_of, self.tavoitteet)
        values = self._numbers(sheet, row, draft, solu_of, self.arvot, in_time=True)
        own = [solu_of(sheet, row, column.column) for column in self.named]
        text = next((text_of(solu) for solu in own if solu is not None and solu.kind != "blank"), "")
        if not (lahto or targets or values):
            return
        begins_anew = bool(text or values or (lahto and draft.mittarit and draft.mittarit[-1].lahto))
        if is_more and draft.mittarit and not begins_anew:
            draft.mittarit[-1] = _with_more(draft.mittarit[-1], lahto, targets)
            return
        cell = sheet.ref(row, self.named[0].column) if self.named else draft.cell
        name, unit = _name_and_unit(text, draft.texts.get("toimenpide", ""))
        if self.percents and not text:
            name, unit = self.percents, "%"
        shown = [each.teksti for each in (*lahto, *targets, *values)]
        draft.mittarit.append(
            Luettumittari(
                name,
                _kind(unit, name, shown),
                unit,
                lahto[0] if lahto else None,
                tuple(targets),
                tuple(values),
                self._direction(sheet, row, solu_of),
                cell,
            )  # fmt: skip
        )

    def _numbers(self, sheet, row, draft, solu_of, columns, *, in_time=False):
        found = []
        for column in columns:
            solu = solu_of(sheet, row, column.column)
            if solu is None or solu.value is None:
                continue
            cell = sheet.ref(row, column.column)
            draft.name_cell(column.role, cell)
            if solu.kind == "blank":
                continue
            text = text_of(solu)
            year = year_of(column.heading, column.path)
            jakso = self.jaksot[column.jakso] if in_time and column.jakso is not None else None
            found.append(Mittariluku(text, as_json_number(read_luku(text)), None if jakso else year, jakso, None, cell))
        return found

    def _direction(self, sheet, row, solu_of):
        found = [solu_of(sheet, row, column.column) for column in self.suunta]
        return next((text_of(solu) for solu in found if solu is not None and solu.kind != "blank"), None)


def _with_more(mittari, lahto, targets):
    """What a line below tells of the same measure, without what a merged cell says again."""
    known = {(each.vuosi, each.teksti) for each in mittari.tavoitteet}
    new = [each for each in targets if (each.vuosi, each.teksti) not in known]
    return replace(mittari, lahto=mittari.lahto or next(iter(lahto), None), tavoitteet=(*mittari.tavoitteet, *new))


def year_of(heading: str, path: Iterable[str]) -> int | None:
    """The year that the heading of a column of numbers names, or those above it."""
    bare = BARE_YEAR.fullmatch(heading)
    years = YEAR.findall(" ".join(path))
    return int(bare[1]) if bare else int(years[-1]) if years else None


def _name_and_unit(text, name):
    """A cell that is only a unit is the unit of the row's one measure."""
    plain = " ".join(text.split())
    if not plain:
        return name, None
    if plain.casefold() in _UNITS:
        return name, plain
    unit = _UNIT.search(plain + " ")
    return plain, unit[1] if unit else ("%" if plain.endswith("%") else None)


def _kind(unit, name, shown):
    if unit == "%" or any("%" in text for text in shown):
        return "prosentti"
    if "€" in (unit or "") or unit == "euroa" or any("€" in text for text in shown):
        return "euro"
    if shown and {text.casefold() for text in shown} <= {"kyllä", "ei", "ja", "nej", "yes", "no"}:
        return "kylla_ei"
    return "luku" if any(read_luku(text) is not None for text in shown) else "teksti"
