"""Solu + Asteikkoluku -> the status that a cell says, or the question or error that keeps it from being known."""

from typing import NamedTuple

from ..layout.choices import Choices
from ..layout.parts import text_of
from ..layout.roles import Tiedostosarake
from ..layout.scale import Asteikkoluku
from ..layout.scores import (
    ASKED,
    EI_ARVIOIDA,
    EI_VASTATTU,
    PERCENTS,
    TICKED,
    UNTICKED,
    Arvio,
    box_of,
    per_cents,
    plain_word,
    read_score,
    sides_of,
)
from ..layout.todiste import Todiste, are_boxes
from ..workbook import Solu

_LONGEST_WORD = 120
_SIGNED = {"++", "+", "+/-", "+-", "±", "0", "-", "–", "--"}
BOXES_ASKED = "unknown_word/boxes"


class Luettuaste(NamedTuple):
    """`arvio` with `shown`, what the cell shows where that is not the number itself; `asks`: the question's code."""

    arvio: Arvio
    shown: str | None = None
    asks: str = ""


class Astelukija:
    """Reads the status cells of one column."""

    def __init__(self, column: Tiedostosarake, todiste: Todiste, asteikko: Asteikkoluku, choices: Choices):
        self.column, self.asteikko, self.choices = column, asteikko, choices
        filled = todiste.status + todiste.sign + todiste.arrow
        self.has_boxes = are_boxes(todiste)
        self.is_signed = not {"+", "++"}.isdisjoint(todiste.values)
        self.known: dict[tuple, Luettuaste] = {}  # a column repeats its values
        self.is_worded = filled >= 0.3 or (todiste.filled > 1 and not todiste.number + todiste.labelled + todiste.date)

    def read(self, solu: Solu | None) -> Luettuaste:
        """The status of a cell that is not one of several for an x."""
        key = (solu and type(solu.value), solu)
        aste = self.known.get(key)
        if aste is None:
            aste = self.known[key] = self._read(solu)
        return aste

    def _read(self, solu):
        if solu is None or solu.kind == "blank" or self.column.by_colour == "row":
            return self._colour(solu)
        if self.column.by_colour == "own" and self.column.why:
            return self._colour(solu)
        if self.column.by_percent:
            return self._percent(solu)
        if self.asteikko.numbers and _number_of(solu) is not None:
            return self._mapped(solu)
        return self._plain(solu)

    def _colour(self, solu):
        score = self.asteikko.colours.get(solu.colour) if solu is not None and self.column.by_colour else None
        return Luettuaste(Arvio(score, by_colour=True) if score else Arvio(None, EI_VASTATTU))

    def _percent(self, solu):
        arvio = read_score(solu, {}, percents=self.column.by_percent)
        if arvio.score or arvio.error != "score_not_integer":
            return Luettuaste(arvio, text_of(solu) if arvio.score else None)
        if self.choices.percents == "lahin":
            nearest = min(PERCENTS, key=lambda each: abs(each - self._per_cents(solu)))
            return Luettuaste(Arvio(PERCENTS[nearest]), text_of(solu))
        return Luettuaste(Arvio(None, error="percent_off_grid"), text_of(solu), "percent_off_grid")

    def _per_cents(self, solu):
        factor = 100 if solu.percent else self.column.by_percent
        return per_cents(str(solu.value), factor) or 0

    def _mapped(self, solu):
        number, shown = _number_of(solu), text_of(solu)
        if number not in self.asteikko.numbers:
            return Luettuaste(Arvio(None, error="score_range"))
        score = self.asteikko.numbers[number]
        arvio = Arvio(score) if score else Arvio(None, EI_ARVIOIDA)
        return Luettuaste(arvio, shown, "unknown_scale" if self.asteikko.is_asked else "")

    def _signed(self, text):
        """Beside "+" and "++" a minus is no blank, and 0 no number."""
        if text not in self.asteikko.known:
            return Luettuaste(Arvio(None, error="unknown_word"), text, "unknown_word")
        score = self.asteikko.known[text]
        return Luettuaste(Arvio(score, by_words=True) if score else Arvio(None, EI_ARVIOIDA), text)

    def _box(self, is_ticked, solu):
        """A check box of a column of them: as a person has said that it is, else asked once for all."""
        word = TICKED if is_ticked else UNTICKED
        if word not in self.asteikko.known:
            return Luettuaste(Arvio(None, error="unknown_word"), text_of(solu), BOXES_ASKED)
        score = self.asteikko.known[word]
        return Luettuaste(Arvio(score, by_words=True) if score else Arvio(None, EI_ARVIOIDA), text_of(solu))

    def _plain(self, solu):
        if self.has_boxes:
            return self._box(box_of(solu), solu)
        if self.is_signed and text_of(solu).strip() in _SIGNED:
            return self._signed(text_of(solu).strip())
        if solu.kind != "text":
            return Luettuaste(read_score(solu, {}))
        known, plain = self.asteikko.known, plain_word(solu.value)
        for key in (plain, solu.value.strip().rstrip("\ufe0f")):
            if key in known:
                score = known[key]
                return Luettuaste(Arvio(score, by_words=True) if score else Arvio(None, EI_ARVIOIDA), solu.value)
        sides = {known.get(plain_word(side)) for side in sides_of(solu.value)} if "/" in solu.value else set()
        if len(sides) == 1 and (score := sides.pop()):  # the same in two languages
            return Luettuaste(Arvio(score, by_words=True), solu.value)
        arvio = read_score(solu, {})
        if not arvio.error:
            return Luettuaste(arvio, solu.value if arvio.label or arvio.by_colour or arvio.syy == "luovuttu" else None)
        is_word = plain in ASKED or (self.is_worded and arvio.error == "score_not_number")
        is_word = is_word or (self.is_worded and arvio.error == "ambiguous_score" and solu.value[:1].isalpha())
        if is_word and len(solu.value) <= _LONGEST_WORD:
            return Luettuaste(Arvio(None, error="unknown_word"), solu.value, "unknown_word")
        return Luettuaste(arvio)


def _number_of(solu):
    """The whole number that a cell is, or None."""
    if solu.kind == "number" and not solu.percent and solu.value == int(solu.value):
        return int(solu.value)
    if solu.kind == "text" and solu.value.strip().isascii() and solu.value.strip().isdigit():
        return int(solu.value.strip()[:9])
    return None
