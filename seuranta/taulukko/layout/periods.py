"""A heading's, title's or sheet's text -> the period that it names."""

import re
from collections import Counter
from typing import NamedTuple

from .headings import is_column_period, is_period
from .words import JAKSO_KINDS

YEAR = re.compile(r"(?<!\d)(?<!\d[-–])20\d\d(?!\d)(?!\s?[-–]\s?(?:20)?\d\d(?!\d))")
BARE_YEAR = re.compile(r"\s*(20\d\d)\s*")
DAY = re.compile(r"(?<![\d.])(\d{1,2})\.\s?(\d{1,2})\.(?:\s?(20\d\d))?(?!\d)")
_NUMBER = r"(?:\s*(IV|I{1,3}|[1-4])(?![\w.])(?:\s*/\s*(20\d\d))?)?"
_KINDS = tuple((re.compile(rf"\b(?:{words}){_NUMBER}", re.IGNORECASE), name) for words, name in JAKSO_KINDS)
_NUMERAL = re.compile(r"(?:I{1,3}|IV)$|\d")
_PLAIN_NUMBER = re.compile(r"[\d./–-]+|I{1,3}|IV")
_BRACKETS = re.compile(r"\([^()]*\)")
_SCALE = re.compile(r"\d{1,2}[-–]\d{1,2}")  # "Toteutumisaste 1–5"; a span of months has its year: 1–12/2023
_OPEN_YEAR = re.compile(r"20\d\d|\bFY\s?\d\d\b")


class Paiva(NamedTuple):
    """A day of a heading; `year` 0 where it has none."""

    day: int
    month: int
    year: int

    def named(self, year: int | str = 0) -> str:
        year = self.year or year
        return f"{self.day}.{self.month}.{year}" if year else f"{self.day}.{self.month}."


def day_in(texts) -> Paiva | None:
    """The last day that the texts name."""
    found = [match for text in texts for match in DAY.finditer(text)]
    days = [Paiva(int(match[1]), int(match[2]), int(match[3] or 0)) for match in found]
    return next((day for day in reversed(days) if 1 <= day.day <= 31 and 1 <= day.month <= 12), None)


def year_in(texts) -> str:
    return next((match[0] for text in texts if (match := YEAR.search(text))), "")


def kind_in(texts) -> str:
    """The kind of report the texts name, spelled one way: "osavuositarkaus II" -> "Osavuosikatsaus II"."""
    found = Counter()
    for text in texts:
        for pattern, name in _KINDS:
            match = pattern.search(text)
            if match:
                number = f" {match[1].upper()}" if match[1] else ""
                found[f"{name}{number}/{match[2]}" if match[2] else f"{name}{number}"] += 1
    return found.most_common(1)[0][0] if found else ""


def with_year(name: str, year: str) -> str:
    return name if not name or not year or _OPEN_YEAR.search(name) else f"{name} {year}"


def period_of(text: str) -> str:
    """What of a heading names the time: "Toteutumisaste kevät 2023" -> "Kevät 2023"."""
    words = [word.strip("(),:;") for word in _BRACKETS.sub(" ", text).split()] or text.split()
    words = [word for word in words if not _SCALE.fullmatch(word)] or words
    kept = [word for word in words if _NUMERAL.search(word) or (is_period(word) and word.casefold() != "seurantavuosi")]
    name = " ".join(kept) or text
    return name[:1].upper() + name[1:]


def without_period(text: str) -> str:
    """What of a heading is left without its time: "Valmiusaste % 30.4.2025" -> "Valmiusaste %"."""
    time = period_of(text).casefold().split() if is_period(text) else ()
    return " ".join(word for word in text.split() if word.strip("(),:;").casefold() not in time)


def is_bare_period(text: str) -> bool:
    """True if the text (the name of a sheet) is a time and nothing else: "Kevät 2025"."""
    words = text.split()
    return is_period(text) and all(_PLAIN_NUMBER.fullmatch(word) or _is_time(word) for word in words)


def _is_time(word):
    return is_period(word) and not YEAR.search(word)


def period_key(path: tuple[str, ...]) -> tuple[str, ...]:
    """What tells a column's period from another's: every time that its headings name."""
    bare = [_BRACKETS.sub(" ", text) for text in path]
    found = {" ".join(period_of(text).split()).casefold() for text in bare if is_column_period(" ".join(text.split()))}
    return tuple(sorted(found))
