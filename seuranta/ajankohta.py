"""A jakso's end day, else its name -> when it is; jaksot -> the same in the order of time. No database."""

import re
from calendar import monthrange
from datetime import date

_RANGE = re.compile(r"(?<![\d.])(?:19|20)\d\d\s?[-–—]\s?(?:(?:19|20)\d\d|\d\d)(?![\d.])")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_SHORT_YEAR = re.compile(r"(?<=[/’'])\d\d(?!\d)")  # "Q1/26"
_DAY = re.compile(r"(?<!\d)(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>(?:19|20)\d\d)(?!\d)")
_ISO_DAY = re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)-(?P<month>\d\d)(?:-(?P<day>\d\d))?(?![\d-])")
_DAY_OF_YEAR = re.compile(r"(?<![\d.])(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?!\d)")
_MONTHS = re.compile(r"(?<![\d.])(?:1[0-2]|0?[1-9])\s?[-–—]\s?(?P<month>1[0-2]|0?[1-9])(?![\d.])")
_MONTH_STEMS = (
    *("tammi|januari|january", "helmi|februari|february", "maalis|mars|march", "huhti|april", "touko|maj|may"),
    *("kesä|juni|june", "heinä|juli|july", "elo|augusti|august", "syys|september", "loka|oktober|october"),
    *("marras|november", "joulu|december"),
)
_MONTH_NAMES = tuple(
    re.compile("|".join(rf"\b{stem}{'kuu' if number == 0 else ''}" for number, stem in enumerate(stems.split("|"))))
    for stems in _MONTH_STEMS
)
_WORDS = (  # what names a part of the year without a number -> the month it ends
    (r"\btalv|\bvinter|\bwinter", 2),
    (r"\bkevä|\bkevat|\bvår|\bspring", 5),
    (r"\balkuvuo|\bensimmäi\w* puolivuo", 6),
    (r"\bkesä|\bkesa|\bsommar|\bsummer", 7),
    (r"\bsyks|\bhöst|\bautumn", 10),
    (r"\bloppuvuo|\btoi(?:nen|sen) puolivuo", 12),
)
_LENGTHS = (  # months in a part whose number is told
    (r"neljänne|neljannes|kvart|quarter|\bq\s?\d|\bq\s?i", 3),
    (r"puolivuo|puolivuot|halvår|half|\bh\s?\d", 6),
)
_OF_PARTS = re.compile(r"osavuo|\bväli|delår|interim|tertiaal|neljänne|kvart|quarter|puolivuo|halvår")
_WHOLE = re.compile(r"tilinpäät|bokslut|vuosikertomus|toimintakertomus|\bvuosiraport")
_ORDINALS = {"ensimmäi": 1, "toinen": 2, "toisen": 2, "kolma": 3, "neljäs": 4}
_ROMAN = {name: number for number, name in enumerate(("i", "ii", "iii", "iv"), 1)}
_NUMBER = re.compile(
    r"(?<!\w)(?P<roman>iv|i{1,3})(?!\w)|\b[qht]\s?(?P<letter>[1-4])(?!\d)|(?<![\d(])(?P<digits>\d{1,2})(?!\d)"
)

Ajankohta = tuple[date, bool]  # the day it ends; is it a whole year, told after the parts that end with it


def ajankohta(nimi: str, paattyy: date | None = None) -> Ajankohta | None:
    """When a jakso is: by its end day, else by the year and the part of it in its name; None where neither tells."""
    text = nimi.casefold()
    is_whole = bool(_WHOLE.search(text))
    if paattyy:
        return paattyy, is_whole
    if day := _day_in(text):
        return day, is_whole
    year, rest = _year_in(text)
    if year is None:
        return None
    part = 12 if is_whole else _month_in(rest) or _month_of_part(rest)
    return _end_of(year, part or 12), is_whole or not part


def named_day(nimi: str) -> date | None:
    """The full day that a jakso's name tells, "30.4.2025": the day whose state its answers tell."""
    days = [day for match in _DAY.finditer(nimi) if (day := _date(**match.groupdict()))]
    return days[-1] if days else None


def _day_in(text):
    """The last full day that the text names, or the end of a month written as 2026-06."""
    found = [*_DAY.finditer(text), *_ISO_DAY.finditer(text)]
    return _date(**found[-1].groupdict()) if found else None


def _date(year, month, day):
    try:
        return date(int(year), int(month), int(day)) if day else _end_of(int(year), int(month))
    except ValueError:
        return None


def _end_of(year, month):
    return date(year, month, monthrange(year, month)[1])


def _year_in(text):
    """(the year, the text without it); years of a plan ("2022–2025") only where no year stands alone."""
    alone = _RANGE.sub(lambda match: " " * len(match[0]), text)
    for shown in (alone, text):
        if found := list(_YEAR.finditer(shown)):
            last = found[-1]
            return int(last[0]), f"{shown[: last.start()]} {shown[last.end() :]}"
    short = _SHORT_YEAR.search(text)
    return (2000 + int(short[0]), text[: short.start()]) if short else (None, text)


def _month_in(text):
    """The month that the text names last: "1–6/", "30.4.", "tammi–huhtikuu", "kevät"; None where it names none."""
    if match := _DAY_OF_YEAR.search(text):
        return _as_month(match["month"])
    if match := _MONTHS.search(text):
        return _as_month(match["month"])
    named = [(match.start(), month) for month, name in enumerate(_MONTH_NAMES, 1) for match in name.finditer(text)]
    if named:
        return max(named)[1]
    return next((month for words, month in _WORDS if re.search(words, text)), None)


def _as_month(text):
    return int(text) if 1 <= int(text) <= 12 else None


def _month_of_part(text):
    """The month in which the numbered part ends: of quarters 3, 6 …, of half-years 6, 12, else of three parts 4, 8 …"""
    number = _number_in(text)
    if number is None:  # the first of its year is often left without a number
        number = 1 if _OF_PARTS.search(text) else None
    elif number > 4:  # "6/2026" is a month
        return number if number <= 12 else None
    length = next((months for words, months in _LENGTHS if re.search(words, text)), 3 if number == 4 else 4)
    return number and min(number * length, 12)


def _number_in(text):
    found = [_value_of(match) for match in _NUMBER.finditer(text)]
    found += [number for word, number in _ORDINALS.items() if re.search(rf"\b{word}", text)]
    return found[-1] if found else None


def _value_of(match):
    return _ROMAN[match["roman"]] if match["roman"] else int(match["letter"] or match["digits"])


def end_days(jaksot: dict) -> dict:
    """{key: (name, end day or None)} -> {key: (the day it ends, name)} of those that tell it."""
    told = {key: (ajankohta(nimi, paattyy), nimi) for key, (nimi, paattyy) in jaksot.items()}
    return {key: (when[0], nimi) for key, (when, nimi) in told.items() if when}


# --- order


def put_in_time(jakso, others: list) -> list:
    """The others with the jakso before the first that is later; at the end where nothing tells when it is.

    What is there keeps its order: the koordinaattori may have moved it.
    """
    when = ajankohta(jakso.nimi, jakso.paattyy)
    at = next((i for i, other in enumerate(others) if when and _is_later(other, when)), len(others))
    return [*others[:at], jakso, *others[at:]]


def _is_later(other, when):
    its = ajankohta(other.nimi, other.paattyy)
    return its is not None and its > when


def in_time(jaksot: list) -> list:
    """The jaksot (in order of import) in the order of time."""
    ordered = []
    for jakso in jaksot:
        ordered = put_in_time(jakso, ordered)
    return ordered
