"""Todiste: what is known of one column, and what follows of it at once."""

import re
from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property

from .headings import is_column_period
from .scores import BOXES, COLOURS
from .values import ANY_YEARS, KINDS, YEARS

_BARE_YEAR = re.compile(r"20\d\d")
_PLAIN_NUMBER = re.compile(r"\d{1,9}(?:\.\d{1,6})?")
_QUARTERS = {"0", "25", "50", "75", "100"}
_PARTS = {"0", "1", "0.25", "0.5", "0.75"}
_SHARES = _QUARTERS | _PARTS


@dataclass
class Todiste:
    """A column's evidence. `shares`: kind of KINDS -> 0-1 of its filled cells. `words`: class of heading -> weight.

    `path`: its header texts. `rows`: rows of data of the table; `filled` of them have text here. `values`: distinct
    texts with their counts. `groups`: its values run as a level's do. `first`: is every part's first row filled?
    """

    column: int
    path: tuple[str, ...]
    words: dict[str, float]
    rows: int = 0
    filled: int = 0
    runs: int = 0
    steps: int = 0  # times a value is the number after the one above it
    values: Counter = field(default_factory=Counter)
    shares: dict[str, float] = field(default_factory=dict)
    colours: Counter = field(default_factory=Counter)
    first: bool = False
    is_running: bool = False
    last: str = ""
    in_legend: bool = False  # are its numbers all keys of a legend, or within a range that its heading tells
    in_range: bool = False  # the latter
    merged: int = 0  # cells that vertical merges cover
    here: set[str] = field(default_factory=set)  # its values under the band or on the sheet that is being looked at
    apart: int = 0  # the values of each such group of rows, summed

    def begin(self) -> None:
        """A new group of rows: what a level says may be said again."""
        self.apart, self.here, self.last = self.apart + len(self.here), set(), ""

    def __getattr__(self, name):
        """A kind's share by its name: `todiste.status`."""
        if name in _KINDS:
            return self.shares.get(name, 0.0)
        raise AttributeError(name)

    @property
    def distinct(self) -> float:
        """How well it tells the rows apart, 0-1."""
        return len(self.values) / self.rows if self.rows else 0.0

    @property
    def groups(self) -> bool:
        few = self.distinct < 0.7 or (len(self.values) < self.rows and self.is_carried)
        several = len(self.values) > 1 and few and self.number < 0.5
        runs = self.runs <= 1.34 * (self.apart + len(self.here)) or self.merged > 0.15 * self.rows
        return self.first and several and runs

    @property
    def is_carried(self) -> bool:
        """Each value is written once, above the blanks that it holds for too."""
        return self.filled == len(self.values) < self.rows

    @property
    def is_nested(self) -> bool:
        """Every value stands under one lone name only, of the several between the rows."""
        return self.apart > 0 and self.apart + len(self.here) == len(self.values) > len(self.here)

    @cached_property
    def largest(self) -> float:
        """The largest number among its values, 0 where there is none."""
        return max((float(value) for value in self.values if _PLAIN_NUMBER.fullmatch(value)), default=0)

    @property
    def free(self) -> float:
        """How much of it is text of its own on each row, no status, sign or name that repeats."""
        told = self.text - self.status - self.sign - self.labelled - self.x - self.arrow - self.percent
        return max(0.0, told) * (len(self.values) > 0.6 * self.filled)

    @property
    def is_of_words(self) -> bool:
        """Single words only: "Hyvä", "Heikko"."""
        return bool(self.values) and all(value.isalpha() for value in self.values)

    @property
    def heading(self) -> str:
        return self.path[-1] if self.path else ""

    @property
    def has_year(self) -> bool:
        return any(_BARE_YEAR.search(text) for text in self.path)

    @property
    def is_bare_year(self) -> bool:
        return bool(_BARE_YEAR.fullmatch(self.heading.strip()))

    @property
    def has_period(self) -> bool:
        return any(map(is_column_period, self.path))

    @property
    def other(self) -> float:
        """How much its heading says of anything but a level."""
        return max((weight for name, weight in self.words.items() if name not in _LEVELS), default=0.0)


_KINDS = frozenset(KINDS)
_LEVELS = {"ylin", "keski", "toimialan_tavoite", "alin", "nimi", "kuvaus"}


def are_quarters(todiste: Todiste) -> bool:
    """True if its numbers are 0, 25, 50, 75 and 100: more than two of them, or under a heading that says per cent."""
    if not all(value.strip(" %") in _SHARES for value in todiste.values):
        return False
    numbers = {value.strip(" %") for value in todiste.values}
    says = any("%" in text for text in todiste.path)
    are_parts = (todiste.percent == 1 or (says and not numbers <= {"0", "1"})) and numbers <= _PARTS
    return bool(numbers) and (numbers <= _QUARTERS or are_parts) and (says or len(numbers) > 2)


def are_boxes(todiste: Todiste) -> bool:
    """True if all its cells are check boxes."""
    return todiste.filled > 0 and all(value.casefold() in BOXES for value in todiste.values)


def is_of_lights(todiste: Todiste) -> bool:
    """No text at all, only fills of traffic lights, of two kinds at least."""
    return not todiste.filled and sum(colour in COLOURS for colour in todiste.colours) > 1


def is_colour_only(todiste: Todiste) -> bool:
    """No text at all, only fills of traffic lights."""
    return not todiste.filled and any(colour in COLOURS for colour in todiste.colours)


def are_years(todiste: Todiste) -> bool:
    """True if all are years, of which some are years of ours: the others (9999) are errors of their own cells."""
    texts = list(todiste.values)
    return bool(texts) and all(map(ANY_YEARS.fullmatch, texts)) and any(map(YEARS.fullmatch, texts))
