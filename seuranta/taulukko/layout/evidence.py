"""Osat of one table -> Todiste of each column: what its headings say and what its values are like, no role yet.

Values are looked at closely on some hundreds of rows; how many are distinct and how they run, on all of them.
"""

import re
from collections import Counter
from dataclasses import dataclass, field

from ..workbook import Solu
from . import words
from .headings import best_class, is_column_period, is_period, phrases, weigh
from .parts import Osa, text_of
from .scores import COLOURS, DEGREES, is_known_status, is_percent

_ENOUGH = 400
_MOSTLY = 0.7
_LONG, _SHORT = 60, 30
_PARENTS = 0.9
_NUMBER = re.compile(r"[-+−]?\d{1,3}(?:[ \u00a0.]\d{3})*(?:[.,]\d+)?|[-+−]?\d+(?:[.,]\d+)?")
_NUMLIKE = re.compile(
    r"(?:(?:alle|yli|vähintään|enintään|väh\.?|max\.?|min\.?|noin|n\.|under|över|minst|högst|ca|about|over|at least|"
    r"[<>≤≥~±])\s*)*[-+−]?\d[\d\s.,]*(?:\s*[/–-]\s*[\d][\d\s.,]*)?\s*"
    r"(?:%|€|[^\W\d_]{1,8}\.?(?:[/ ][^\W\d_]{1,10}\.?)?)?",
    re.IGNORECASE,
)
_CODE = re.compile(
    r"[A-ZÅÄÖ]{1,5}[-.\s]?\d{1,3}(?:[.\-]\d{1,3})*\.?|\d{1,3}(?:[.\-]\d{1,3})+\.?|[A-ZÅÄÖ]{1,5}\d{0,3}-\d{1,3}"
)
_LABELLED = re.compile(r"[1-5](?:\s*[=:–-]\s*|\s+)[^\W\d_].*", re.DOTALL)
_YEARS = re.compile(r"\s*20\d\d(?:\s?[-–—]\s?(?:20)?\d\d)?\.?\s*")
_ANY_YEARS = re.compile(r"\s*\d{4,9}(?:\s?[-–—]\s?(?:\d\d|\d{4,9}))?\.?\s*")
_DATE = re.compile(r"\d{1,2}\.\s?\d{1,2}\.(?:\s?\d{2,4})?|\d{4}-\d\d-\d\d")
_BARE_YEAR = re.compile(r"20\d\d")
_RANGE = re.compile(r"(?<![\d.])(\d{1,2})\s?[-–]\s?(\d{1,2})(?![\d./])")
_PLAIN_NUMBER = re.compile(r"\d{1,9}(?:\.\d{1,6})?")
_X = {"x", "X", "×", "✕"}
_ORG_ENDS = tuple(phrases(words.ORGANISATIONS))
_BOARD = re.compile(words.BOARDS, re.IGNORECASE)
_IMPORTANCE = set(phrases(words.IMPORTANCE))
_ANY_BOARD = set(phrases(words.ANY_BOARD))
_TRENDS = set(phrases(words.TRENDS))
_TOTAL, _TOTAL_END = re.compile(words.TOTALS, re.IGNORECASE), re.compile(words.TOTAL_ENDS, re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+")
_QUARTERS = {"0", "25", "50", "75", "100"}
_PARTS = {"0", "1", "0.25", "0.5", "0.75"}
KINDS = (
    *(
        "whole",
        "score",
        "number",
        "numlike",
        "percent",
        "date",
        "years",
        "status",
        "degree",
        "labelled",
        "sign",
        "arrow",
    ),
    *("trend", "importance", "x", "long", "sentence", "org", "board", "code", "short", "text", "blank_colour", "fault"),
)


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

    @property
    def largest(self) -> float:
        """The largest number among its values, 0 where there is none."""
        return max((float(value) for value in self.values if _PLAIN_NUMBER.fullmatch(value)), default=0)

    @property
    def free(self) -> float:
        """How much of it is text of its own on each row, no status, sign or name that repeats."""
        told = self.text - self.status - self.sign - self.labelled - self.x - self.arrow - self.percent
        return max(0.0, told) * (len(self.values) > 0.6 * self.filled)

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


def weigh_path(path: tuple[str, ...], groups: frozenset[str] = frozenset()) -> dict[str, float]:
    """class -> weight of the leaf; of what stands above it nearly as much where the leaf is bare, else little.

    `groups`: headings over columns of several kinds, which say little of any of them.
    """
    if not path:
        return {}
    found = dict(weigh(path[-1]))
    bare = not found and not (is_worded(path[-1]) and groups.intersection(path[:-1]))
    for above in reversed(path[:-1]):
        share = _PARENTS if bare else 0.25
        for name, weight in weigh(above).items():
            found[name] = max(found.get(name, 0), weight * share)
        bare = bare and not found
    return found


def is_worded(text: str) -> bool:
    """True for a heading of words, if unknown ones: no number, unit or time."""
    return any(len(word) > 3 for word in _WORD.findall(text)) and not is_period(text)


def _groups(paths):
    """The headings that stand over several columns of which some have a heading that is known."""
    below: dict[str, list[str]] = {}
    for path in paths:
        for above in path[:-1]:
            below.setdefault(above, []).append(path[-1])
    return frozenset(above for above, leaves in below.items() if len(leaves) > 1 and any(map(best_class, leaves)))


def gather(
    parts: list[Osa], columns: dict[int, tuple[str, ...]], keys: frozenset[str] = frozenset()
) -> dict[int, Todiste]:
    """column -> its evidence, over the rows of two filled cells or more of all the parts. `keys`: those of a legend."""
    groups = _groups(columns.values())
    found = {column: Todiste(column, path, weigh_path(path, groups)) for column, path in columns.items()}
    kinds = {column: Counter() for column in columns}
    looked = Counter()
    cache: dict = {}
    for part in parts:
        rows, lone = _data_rows(part), _lone_rows(part)
        body = set(rows)
        for (row, column), origin in part.sheet.origins.items():
            if row in body and origin[1] == column and column in found:
                found[column].merged += 1
        for number, row in enumerate(rows):
            if number == 0 or (lone and any(rows[number - 1] < other < row for other in lone)):
                for todiste in found.values():
                    todiste.begin()
            _look(found, kinds, looked, cache, part.sheet.rows[row], is_first=number == 0)
        for todiste in found.values():
            todiste.rows += len(rows)
    for column, todiste in found.items():
        todiste.shares = {kind: count / looked[column] for kind, count in kinds[column].items() if looked[column]}
        todiste.is_running = _runs_from_one(todiste)
        todiste.first = todiste.first and bool(todiste.filled)
        todiste.in_range = todiste.filled > 0 and _is_in_range(todiste)
        are_keys = todiste.filled > 0 and bool(keys) and todiste.values.keys() <= keys
        todiste.in_legend = todiste.in_range or are_keys
    return found


def _is_in_range(todiste):
    """True if a heading tells a scale "(4–10)" and every value is a whole number of it."""
    found = [match for text in todiste.path if (match := _RANGE.search(text))]
    if not found or not all(value.isdigit() for value in todiste.values):
        return False
    first, last = int(found[-1][1]), int(found[-1][2])
    return first < last <= 10 and all(first <= int(value) <= last for value in todiste.values)


def _lone_rows(part):
    return [row for row in part.body if sum(solu.kind != "blank" for solu in part.sheet.rows[row].values()) == 1]


def _data_rows(part):
    single = set(part.paths)
    rows = [row for row in part.body if _is_of_data(part.sheet.rows[row])]
    return rows if rows or len(single) > 1 else part.body


def _is_of_data(cells):
    """Two filled cells, and no line of sums or means."""
    texts = [text_of(solu) for _column, solu in sorted(cells.items()) if solu.kind != "blank"]
    return len(texts) > 1 and not (_TOTAL.match(texts[0]) or (_TOTAL_END.search(texts[0]) and len(texts[0]) < 80))


def _look(found, kinds, looked, cache, cells, *, is_first):
    for column, todiste in found.items():
        solu = cells.get(column)
        if solu is None or solu.kind == "blank":
            if solu is not None and solu.colour:
                todiste.colours[solu.colour] += 1
                kinds[column]["blank_colour"] += 1
            continue
        text = str(solu.value)
        todiste.filled += 1
        if todiste.filled == 1:
            todiste.first = is_first
        if text != todiste.last:
            todiste.steps += _is_next(todiste.last, text)
            todiste.runs += 1
            todiste.last = text
        todiste.here.add(text)
        todiste.values[text] += 1
        if solu.colour:
            todiste.colours[solu.colour] += 1
        if looked[column] < _ENOUGH:
            looked[column] += 1
            key = (solu.kind, text, solu.percent)
            if key not in cache:
                cache[key] = kinds_of(solu)
            kinds[column].update(cache[key])


def _is_next(text, other):
    return text.isdigit() and other.isdigit() and len(other) < 10 and int(other) == int(text[:10]) + 1


def _runs_from_one(todiste):
    """True for 1, 2, 3 …: a running number that identifies nothing."""
    texts = list(todiste.values)
    numbers = [int(text) for text in texts if text.isdigit()]
    is_coded = any(text.startswith("0") and len(text) > 1 for text in texts)  # "01"
    is_range = len(numbers) == len(texts) > 1 and numbers == list(range(numbers[0], numbers[0] + len(numbers)))
    return is_range and not is_coded and numbers[0] in (0, 1) and todiste.steps >= _MOSTLY * (todiste.filled - 1)


def kinds_of(solu: Solu) -> tuple[str, ...]:
    """The kinds of KINDS that a filled cell is."""
    if solu.kind in ("error", "no_value", "nan"):
        return ("fault",)
    if solu.kind == "date":
        return ("date",)
    if solu.kind == "bool":
        return ("number",)
    if solu.kind == "number":
        return tuple(_kinds_of_number(solu))
    return tuple(_kinds_of_text(text_of(solu)))


def _kinds_of_number(solu):
    yield "number"
    yield "numlike"
    if solu.percent:
        yield "percent"
    if solu.value == int(solu.value) and abs(solu.value) < 1e9:
        yield "whole"
        if 1 <= solu.value <= 5 and not solu.percent:
            yield "score"
        if 1990 <= solu.value <= 2100:
            yield "years"


def _kinds_of_text(text):
    plain = " ".join(text.split())
    if _NUMBER.fullmatch(plain):
        yield "number"
        yield "numlike"
        if plain.lstrip("+-").isdigit():
            yield "whole"
            if plain in ("1", "2", "3", "4", "5"):
                yield "score"
        if _YEARS.fullmatch(plain):
            yield "years"
        if _CODE.fullmatch(plain) and "." in plain:
            yield "code"
        return
    if _ANY_YEARS.fullmatch(plain):
        yield "years"
    if is_percent(Solu("text", plain)):
        yield "percent"
    if _DATE.fullmatch(plain):
        yield "date"
    elif _CODE.fullmatch(plain):
        yield "code"
    elif len(plain) <= 40 and _NUMLIKE.fullmatch(plain):
        yield "numlike"
    if plain in _X:
        yield "x"
    elif is_known_status(plain):
        yield "status"
        if plain.casefold().rstrip(".!") in DEGREES:
            yield "degree"
    elif len(plain) <= 3 and all(char in words.ARROWS or char in " \ufe0f" for char in plain):
        yield "arrow"
    elif len(plain) <= 3 and plain.rstrip("\ufe0f") in words.SIGNS:
        yield "sign"
    elif _LABELLED.fullmatch(plain):
        yield "labelled"
    if plain.casefold() in _TRENDS:
        yield "trend"
    if plain.casefold() in _IMPORTANCE:
        yield "importance"
    yield from _kinds_of_words(plain)


def _kinds_of_words(plain):
    yield "text"
    if len(plain) > _LONG:
        yield "long"
    if plain.endswith((".", "!")) and " " in plain or plain.count(" ") >= 6:
        yield "sentence"
    if len(plain) <= _SHORT:
        yield "short"
    if len(plain) <= _LONG and plain.casefold().split(",")[0].split(" ")[-1].endswith(_ORG_ENDS):
        yield "org"
    if _BOARD.search(plain) and len(plain) < 100 and plain.casefold() not in _ANY_BOARD:
        yield "board"


def are_quarters(todiste: Todiste) -> bool:
    """True if its numbers are 0, 25, 50, 75 and 100: more than two of them, or under a heading that says per cent."""
    numbers = {value.strip(" %") for value in todiste.values}
    says = any("%" in text for text in todiste.path)
    are_parts = todiste.percent == 1 and numbers <= _PARTS
    return bool(numbers) and (numbers <= _QUARTERS or are_parts) and (says or len(numbers) > 2)


def is_of_lights(todiste: Todiste) -> bool:
    """No text at all, only fills of traffic lights, of two kinds at least."""
    return not todiste.filled and sum(colour in COLOURS for colour in todiste.colours) > 1


def is_colour_only(todiste: Todiste) -> bool:
    """No text at all, only fills of traffic lights."""
    return not todiste.filled and any(colour in COLOURS for colour in todiste.colours)


def are_years(todiste: Todiste) -> bool:
    """True if all are years, of which some are years of ours: the others (9999) are errors of their own cells."""
    texts = list(todiste.values)
    return bool(texts) and all(map(_ANY_YEARS.fullmatch, texts)) and any(map(_YEARS.fullmatch, texts))
