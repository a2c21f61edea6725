"""Solu -> Arvio: what one cell says as a toteutumisaste, or why it cannot be known."""

import math
import re
from typing import NamedTuple

from ..workbook import Solu
from . import words
from .headings import phrases

EI_VASTATTU = "ei_vastattu"
EI_ARVIOIDA = "ei_arvioida"

# Reasons of a missing score as words, in the score's own column or in the column "Syy".
SYYT = {word: syy for syy, entry in words.REASONS.items() for word in phrases(entry)}
LABELS = {
    "ei aloitettu": 1,
    "suunnitteilla": 2,
    "käynnissä": 3,
    "lähes valmis": 4,
    "toteutunut": 5,
    "ej påbörjad": 1,
    "planeras": 2,
    "pågår": 3,
    "nästan klar": 4,
    "genomförd": 5,
}
# Every known word of degree, and words that are known to be a status but not which.
DEGREES = {word: score for score, entry in words.DEGREES.items() for word in phrases(entry)}
ASKED = set(phrases(words.ASKED))
BOXES = {word: is_ticked for is_ticked, entry in words.BOXES.items() for word in phrases(entry)}
TICKED, UNTICKED = (phrases(words.BOXES[is_ticked])[0] for is_ticked in (True, False))  # as Finnish Excel has them
COLOURS = {"green": 5, "yellow": 3, "red": 1}
COLOUR_WORDS = {"🟢": 5, "🟡": 3, "🔴": 1} | {
    word: score for colour, score in COLOURS.items() for word in phrases(words.COLOUR_WORDS[colour])
}
PERCENTS = {0: 1, 25: 2, 50: 3, 75: 4, 100: 5}

_WHOLE = re.compile(r"[+-]?[0-9]{1,9}(?:[.,]0{1,9})?", re.ASCII)
_DECIMAL = re.compile(r"[+-]?[0-9]{1,9}[.,][0-9]{1,15}", re.ASCII)
_LABELLED = re.compile(r"([1-5])(?:\s*[=:–-]\s*|\s+)([^\W\d_].*)", re.DOTALL)
_ANOTHER_SCORE = re.compile(r"(?<![0-9])[1-5](?![0-9])")  # "4 tai 5" has two, "3 Aloitettu 2023" one
_DATE = re.compile(r"[0-9]{1,2}\.\s?[0-9]{1,2}\.(?:\s?[0-9]{2,4})?|[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_ERROR = re.compile(r"#[A-ZÄÖ0-9/]{2,12}[!?]?|#N/A")
_PERCENT = re.compile(r"([0-9]{1,3})(?:[.,]0{1,4})?\s*%", re.ASCII)


class Arvio(NamedTuple):
    """A score 1-5, or None with the reason (`syy`) it is missing or the code of the error. `label`: its words."""

    score: int | None
    syy: str = ""
    error: str = ""
    label: str = ""
    by_words: bool = False
    by_colour: bool = False


def plain_word(text: str) -> str:
    """A status word as it is looked up: case, white space and marks at its ends do not tell words apart."""
    return " ".join(text.split()).casefold().strip(" .,:;!") or " ".join(text.split())


def box_of(solu: Solu) -> bool | None:
    """Is the check box ticked? None where the cell is none, by its kind or its word."""
    if solu.kind == "bool":
        return solu.value
    return BOXES.get(plain_word(solu.value)) if solu.kind == "text" else None


def is_known_status(text: str) -> bool:
    """True if the text as a whole is a word of status; a letter or a dash alone is not."""
    plain = plain_word(text)
    if "/" in plain and len(sides := sides_of(text)) > 1:
        return all(map(is_known_status, sides))
    return len(plain) > 1 and (plain in DEGREES or plain in ASKED or plain in SYYT or plain in COLOUR_WORDS)


def sides_of(text: str) -> list[str]:
    """A word in two languages: "Käynnissä / Pågår"."""
    return [side for side in re.split(r"\s*/\s*", text.strip()) if side]


def read_score(solu: Solu | None, labels: dict[str, int], *, colours: bool = False, percents: int = 0) -> Arvio:
    """The cell as a score. `labels`: casefolded words -> 1-5. `colours`: the column is wholly so.

    `percents`: what a plain number of a column in per cent is multiplied by: 100 (0.75), 1 (75), 0 in another column.
    """
    if solu is None or solu.kind == "blank":
        score = COLOURS.get(solu.colour) if solu and colours else None
        return Arvio(score, by_colour=True) if score else Arvio(None, EI_VASTATTU)
    if solu.kind in _KIND_ERRORS:
        return Arvio(None, error=_KIND_ERRORS[solu.kind])
    if percents:
        return _percent(solu, percents)
    return _number(solu.value) if solu.kind == "number" else _text(solu.value, labels)


_KIND_ERRORS = {
    "error": "error_cell",
    "no_value": "formula_without_value",
    "date": "date_in_score",
    "bool": "score_not_number",
    "nan": "score_not_number",
}


def _number(value):
    nearest = round(value) if math.isfinite(value) else 0
    if not math.isfinite(value):
        return Arvio(None, error="score_not_number")
    if abs(value - nearest) > 1e-9:
        return Arvio(None, error="score_not_integer")
    return Arvio(nearest) if 1 <= nearest <= 5 else Arvio(None, error="score_range")


def _text(text, labels):
    plain = " ".join(text.split()).casefold().rstrip(".")
    if plain in SYYT or text in SYYT:
        return Arvio(None, SYYT.get(plain) or SYYT[text])
    if _WHOLE.fullmatch(text) or _DECIMAL.fullmatch(text):
        return _number(float(text.replace(",", ".")))
    labelled = _LABELLED.fullmatch(text)
    if labelled and not _ANOTHER_SCORE.search(labelled[2]):
        return Arvio(int(labelled[1]), label=" ".join(labelled[2].split()))
    if plain in labels:
        return Arvio(labels[plain], by_words=True)
    if plain in COLOUR_WORDS:
        return Arvio(COLOUR_WORDS[plain], by_colour=True)
    return Arvio(None, error=_error_of(text))


def _error_of(text):
    if _DATE.fullmatch(text):
        return "date_in_score"
    if _ERROR.fullmatch(text):
        return "error_cell"
    return "ambiguous_score" if any(map(str.isnumeric, text)) else "score_not_number"


def _percent(solu, factor):
    if solu.kind == "number":
        value = solu.value * (100 if solu.percent else factor)
        number = round(value) if math.isfinite(value) and abs(value - round(value)) < 1e-6 else None
    else:
        match = _PERCENT.fullmatch(solu.value if "%" in solu.value else f"{solu.value}%")
        number = int(match[1]) if match else None
    score = PERCENTS.get(number)
    return Arvio(score) if score else Arvio(None, error="score_not_integer")


def per_cents(text: str, factor: int) -> float | None:
    """The text of a cell as per cents: "75 %" is 75, and "0.75" where a plain number is a share of one (100)."""
    try:
        number = float(text.replace("%", "").replace(",", ".").strip())
    except ValueError:
        return None
    return number if "%" in text else round(number * factor, 6)


def is_percent(solu: Solu) -> bool:
    """True if the cell is per cent by its format or its sign."""
    if solu.kind == "number":
        return solu.percent
    return solu.kind == "text" and _PERCENT.fullmatch(solu.value) is not None


def as_text(solu: Solu) -> str:
    """The cell as Finnish Excel shows it: 4.0 -> "4", 12.5 -> "12,5", 0.8 as per cent -> "80 %", a date "4.5.2026"."""
    return solu.text
