"""Solu -> the kinds that its value is: a number, a date, a word of status, a sign, a code, a long text …"""

import re

from ..workbook import Solu
from . import words
from .headings import phrases
from .parts import text_of
from .scores import DEGREES, is_known_status, is_percent

_LONG, _SHORT = 60, 30
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
YEARS = re.compile(r"\s*20\d\d(?:\s?[-–—]\s?(?:20)?\d\d)?\.?\s*")
ANY_YEARS = re.compile(r"\s*\d{4,9}(?:\s?[-–—]\s?(?:\d\d|\d{4,9}))?\.?\s*")
_DATE = re.compile(r"\d{1,2}\.\s?\d{1,2}\.(?:\s?\d{2,4})?|\d{4}-\d\d-\d\d|\d{1,2}/\d{1,2}/\d{4}")
_X = {"x", "X", "×", "✕"}
_ORG_ENDS = tuple(phrases(words.ORGANISATIONS))
_BOARD = re.compile(words.BOARDS, re.IGNORECASE)
_IMPORTANCE = set(phrases(words.IMPORTANCE))
_ANY_BOARD = set(phrases(words.ANY_BOARD))
_TRENDS = set(phrases(words.TRENDS))
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
        if YEARS.fullmatch(plain):
            yield "years"
        if _CODE.fullmatch(plain) and "." in plain:
            yield "code"
        return
    if ANY_YEARS.fullmatch(plain):
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
