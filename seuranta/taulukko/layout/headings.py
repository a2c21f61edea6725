"""A heading's text -> how much each class of words weighs in it, 0-1, and whether it names a period.

A whole heading weighs 1; its head word or a compound's end 0.75; its first word 0.55; any other word 0.2. Periods,
units and brackets are taken off first. "X of Y" has the head X. The sides of "/" count in full only when they agree.
"""

import re
from functools import lru_cache

from . import words
from .words import HEADINGS

WHOLE, HEAD, FIRST, ANY = 1.0, 0.75, 0.55, 0.2
MAX_LENGTH, MAX_WORDS = 120, 14

_NUMBERED_CLASSES = {"ylin", "keski", "toimialan_tavoite", "alin", "toimiala", "toimielin", "nimi"}
_TOKEN = re.compile(r"[^\W_]+(?:[-:][^\W_]+)*|[#€%]")
_HYPHEN = re.compile(r"(\w)[-\u00ad]\s*\n?\s*(\w)")
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_DAY = r"\d{1,2}\.\s?\d{1,2}\.(?:\s?(?:20)?\d\d)?"
_YEARS = r"(?<!\d)20\d\d(?:\s?[-–—/]\s?(?:20)?\d\d)?(?!\d)"
_PARTS = (
    r"\d{1,2}\s*[-–]\s*\d{1,2}\s*/\s*(?:20)?\d\d|(?<!\d)[1-4]\s*/\s*20\d\d|\b[QT][1-4]\b|"
    r"\b(?:OVK|OSK)\s?(?:[1-4]|I{1,3}|IV)?\b|\bFY\s?(?:20)?\d\d\b"
)
_ROMAN = r"\b(?:I{1,3}|IV)(?:/20\d\d)?(?=\s|$|/)"
_PERIOD_MARKS = re.compile(rf"{_DAY}|{_PARTS}|{_YEARS}", re.IGNORECASE)
_PERIOD = re.compile(rf"{_DAY}|{_PARTS}|(?<!\d)20\d\d(?!\d)|(?<!\d)\d{{1,2}}\s*[-–]\s*\d{{1,2}}\s*/")
_ONLY_ROMAN = re.compile(r"\s*(?:I{1,3}|IV)\.?\s*")
_SIDES = re.compile(r"(?<!\d)\s*/\s*(?!\d)|\s*\n\s*|\s\|\s")
_COMMA = re.compile(r",(?=\s)")
_AND = {"ja", "sekä", "och", "samt", "and", "&"}
_NUMBER_AT_END = re.compile(r"\b(?!20\d\d\b)(?:\d+|[A-Za-zÅÄÖåäö])\s*[.:]?$")


def phrases(entry: str) -> list[str]:
    """The phrases of an entry of words.py."""
    return [phrase.strip() for phrase in entry.split(";") if phrase.strip()]


def _index(entries):
    """(whole phrase -> classes, [(stem, class)] of those that end in *)."""
    whole, stems = {}, []
    for name, entry in entries.items():
        for phrase in phrases(entry):
            if phrase.endswith("*"):
                stems.append((phrase[:-1], name))
            else:
                whole.setdefault(_plain(phrase), []).append(name)
    return whole, stems


def _pattern(*entries):
    told = [re.escape(phrase).replace(r"\*", r"\w*") for entry in entries for phrase in phrases(entry)]
    return re.compile(rf"\b(?:{'|'.join(told)})\b")


@lru_cache(maxsize=4_000)
def weigh(heading: str) -> dict[str, float]:
    """class of HEADINGS -> its weight; {} for what is no heading (long, or a name that somebody gave)."""
    if not heading or len(heading) > MAX_LENGTH * 4:
        return {}
    text = _BRACKETS.sub(" ", heading)
    text = text if text.strip() else heading
    bare = _without_periods(_plain(text))
    if len(bare) > MAX_LENGTH or bare.count(" ") >= MAX_WORDS:
        return {}
    found = _weigh_sides(text)
    inner = _BRACKETS.search(heading)
    if inner:  # "Toteutuma (toteutumisaste)"
        for name, weight in _weigh_words(_plain(inner[0])).items():
            found[name] = max(found.get(name, 0), weight * 0.6)
    if _is_numbered(text):
        found = {name: weight for name, weight in found.items() if name not in _NUMBERED_CLASSES}
    return found


def _weigh_sides(text):
    whole = _weigh_words(_plain(text))
    if "," in text and not any(weight == WHOLE for weight in whole.values()):
        whole = _weigh_words(_plain(_COMMA.sub(" ja ", text)))
    sides = [side for side in _SIDES.split(text) if side.strip()]
    if len(sides) < 2 or any(weight == WHOLE for weight in whole.values()):
        return whole
    each = [_weigh_words(_plain(side)) for side in sides]
    agreed = set.intersection(*(set(side) for side in each)) if all(each) else set()
    found = {}
    for side in each:
        for name, weight in side.items():
            found[name] = max(found.get(name, 0), weight if name in agreed else weight * 0.5)
    return found


def _weigh_words(plain):
    """Of a heading without its period: the whole, else its words by their place."""
    bare = _without_periods(plain)
    for text in (plain, bare):
        if text in _WHOLES:
            return dict.fromkeys(_WHOLES[text], WHOLE)
    tokens = bare.split()
    if not tokens:
        return {}
    if " of " in f" {bare} " and tokens[0] != "of":
        tokens = bare.split(" of ")[0].split()
    found: dict[str, float] = {}
    first_and = next((place for place, token in enumerate(tokens) if place and token in _AND), 0)
    if first_and:
        found |= dict.fromkeys(_WHOLES.get(" ".join(tokens[:first_and]), ()), 0.9)
    head = (first_and or len(tokens)) - 1
    for number, token in enumerate(tokens):
        weight = HEAD if number == head else ANY if number else FIRST
        for name, share in _of_word(token).items():
            found[name] = max(found.get(name, 0), weight * share)
    for size in (3, 2):  # the head or the beginning may be a phrase of several words
        if len(tokens) > size:
            for weight, part in ((HEAD, tokens[-size:]), (FIRST, tokens[:size])):
                for name in _WHOLES.get(" ".join(part), ()):
                    found[name] = max(found.get(name, 0), weight)
    return found


@lru_cache(maxsize=4_000)
def _of_word(token):
    """class -> 1 for the word itself, less for a compound that ends in it."""
    if token in _WHOLES:
        return dict.fromkeys(_WHOLES[token], 1.0)
    for stem in _GENITIVES:
        if token == stem:
            return {}
    for size in range(len(token) - 3, 3, -1):  # the longest end that is a word
        names = _WHOLES.get(token[-size:])
        names = [name for name in names or () if name not in _NO_ENDS and token[-size:] not in _NOT_ENDS]
        if names and len(token) - size >= 3:
            return dict.fromkeys(names, 1.0 if len(names) == 1 else 0.9)
    return {}


def _plain(text):
    text = text.casefold()
    if "-" in text or "\u00ad" in text:
        text = _HYPHEN.sub(r"\1\2", text)
    return " ".join(_TOKEN.findall(text))


def bare_path(path: tuple[str, ...]) -> tuple[str, ...]:
    """The header texts without their periods: what columns of several periods have alike."""
    plain = [_plain(text) for text in path]
    return tuple(
        _timeless(each) if is_period(text) else _without_periods(each) for text, each in zip(path, plain, strict=True)
    )


def _without_periods(plain):
    """The words that tell no time and no unit, unless nothing else is left."""
    left = [word for word in _YEAR_WORDS.sub(" ", plain).split() if word not in _UNITS]
    return _timeless(plain) or " ".join(left)


def _timeless(plain):
    left = [word for word in _YEAR_WORDS.sub(" ", plain).split() if word not in _UNITS]
    return " ".join(word for word in left if not _TIME_WORD.fullmatch(word) and not _SMALL.fullmatch(word))


def _is_numbered(text):
    """ "Toimenpide 12" and "Tavoite B" are names that somebody gave; "Seuranta 2023" and "Toteuma II" are headings."""
    bare = _PERIOD_MARKS.sub(" ", text).strip()
    return bool(" " in bare and _NUMBER_AT_END.search(bare)) and not re.search(r"\d{1,2}\.\s*$", text.strip())


@lru_cache(maxsize=10_000)
def is_period(text: str) -> bool:
    """True if the text names a time: a year, a day, a month, a season, a report of the year."""
    if _PERIOD.search(text) or _NAMED_PERIOD.search(_plain(text)) or _ONLY_ROMAN.fullmatch(text):
        return True
    return bool(_ROMAN_END.search(text)) and bool(weigh(text).keys() & _OF_PERIOD)


def is_column_period(text: str) -> bool:
    """True if a column's heading names a time, also by a Roman number after words that nobody knows: "Xyz II"."""
    is_numbered = bool(_ROMAN_END.search(text)) and text.count(" ") < 4 and not weigh(text)
    return is_numbered or is_period(text)


def best_class(heading: str) -> str:
    """The class that weighs most, "" where none weighs more than a word in passing."""
    found = weigh(heading)
    name = max(found, key=found.get, default="")
    return name if name and found[name] >= FIRST * 0.9 else ""


_WHOLES, _ = _index(HEADINGS)
_UNITS = {_plain(unit) for unit in phrases(words.UNITS)}
_YEAR_WORDS = re.compile(r"\b20\d\d\b")
_SMALL = re.compile(r"\d{1,2}|i{1,3}|iv|[qt][1-4]|ovk|osk|fy(?:\d\d){0,2}")
_TIME_WORD = _pattern(words.SEASONS, words.REPORTS)
_NAMED_PERIOD = _TIME_WORD
_ROMAN_END = re.compile(r"\s(?:I{1,3}|IV)$")
_OF_PERIOD = {"kausi", "aste", "varma_aste", "kommentti", "mittari.arvo"}
_NO_ENDS = {"aikataulu", "alkaa", "paattyy", "nimi", "muu"}
_NOT_ENDS = {"tema", "teman", "toimi", "start", "slut", "alku", "loppu", "lead", "asia", "kohde", "arvo", "tulos"}
_GENITIVES = frozenset({"toimialan", "tavoitteen", "toimenpiteen"})
