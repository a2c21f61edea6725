"""Legends, headings and values -> Asteikkoluku: what the source's numbers, words, signs and colours are as 1-5.

A scale that is not 1 worst … 5 best is never guessed: it comes with a proposed mapping that a person settles once.
"""

import re
from dataclasses import dataclass, field

from . import words
from .choices import Choices
from .headings import phrases
from .scores import ASKED, COLOUR_WORDS, COLOURS, DEGREES, plain_word
from .todiste import Todiste

_COLOUR_KEYS = {word: colour for colour, entry in words.COLOUR_WORDS.items() for word in phrases(entry)}
_SIGN_KEYS = sorted([*words.SIGNS, "▼", "↑", "↓", "→"], key=len, reverse=True)
_KEY = re.compile(
    r"(?<![\w.,/–-])(?:(?P<number>\d{1,2})|(?P<colour>"
    + "|".join(sorted(map(re.escape, _COLOUR_KEYS), key=len, reverse=True))
    + r"))\s*(?:[=:]|\s[–-]\s|[–-](?=\s*[^\W\d]))\s*(?=[^\W\d_])"
    + r"|(?<!\w)(?P<letter>[^\W\d_])\s*=\s*(?=[^\W\d_])|(?P<sign>"
    + "|".join(map(re.escape, _SIGN_KEYS))
    + r")\ufe0f?\s*(?:[=:–-]\s*)?(?=[^\W\d_])",
    re.IGNORECASE,
)
_END = re.compile(r"[,;\n|]|\.\s|\.$|\s/\s")
_RANGE = re.compile(
    r"(?:\(|asteikolla\s|asteikko\s|skala\s|scale\s)\s*(\d{1,2})\s*[-–]\s*(\d{1,2})(?=\s*\)|\b)", re.IGNORECASE
)
_NEGATIVE, _PARTIAL, _NONE = (set(phrases(entry)) for entry in (words.NEGATIVE, words.PARTIAL, words.NO_STATUS))


@dataclass
class Selite:
    """A legend: key (a number as text, a colour or a sign) -> its words, in order."""

    entries: dict[str, str] = field(default_factory=dict)

    def numbers(self) -> dict[int, str]:
        return {int(key): word for key, word in self.entries.items() if key.isdigit()}

    def letters(self) -> dict[str, str]:
        return {key: word for key, word in self.entries.items() if len(key) == 1 and key.isalpha()}

    def colours(self) -> dict[str, str]:
        return {key: word for key, word in self.entries.items() if key in words.COLOUR_WORDS}

    def signs(self) -> dict[str, str]:
        return {key: word for key, word in self.entries.items() if key in _SIGN_KEYS}


@dataclass
class Asteikkoluku:
    """How the status cells of a table are read.

    `known`: word or sign as `plain_word` gives it -> 1-5, None for no status. `numbers`: the source's number -> 1-5,
    {} where it is the same. `is_asked`: `numbers` is only proposed. `colours`: fill -> 1-5. `told`: what is told of it.
    """

    known: dict[str, int | None] = field(default_factory=dict)
    numbers: dict[int, int | None] = field(default_factory=dict)
    is_asked: bool = False
    colours: dict[str, int] = field(default_factory=lambda: dict(COLOURS))
    labels: dict[int, str] = field(default_factory=dict)
    labels_of_numbers: dict[int, str] = field(default_factory=dict)


def read_legend(texts: list[str]) -> Selite:
    """The entries of all the lines that explain numbers, colours or signs; the first to explain a key holds."""
    selite = Selite()
    for text in texts:
        for key, word in legend_entries(text):
            selite.entries.setdefault(key, word)
    return selite


def legend_entries(text: str) -> list[tuple[str, str]]:
    """[(key, word)] of a line: "1 = ei aloitettu, 5 = valmis", "Vihreä = etenee, punainen = ei"."""
    found = list(_KEY.finditer(text))
    if sum(bool(match["letter"]) for match in found) == 1:  # "A = …" alone is a name
        found = [match for match in found if not match["letter"]]
    entries = []
    for place, match in enumerate(found):
        end = found[place + 1].start() if place + 1 < len(found) else len(text)
        rest = text[match.end() : end]
        cut = _END.search(rest)
        word = rest[: cut.start() if cut else None].strip(" .,;:–-()")
        colour = _COLOUR_KEYS.get((match["colour"] or "").casefold())
        key = match["number"] or colour or match["letter"] or match["sign"]
        if word and key:
            entries.append((str(key), word))
    return entries


def is_legend(text: str) -> bool:
    """True if the line explains two keys or more."""
    return len(legend_entries(text)) > 1


def read_scale(
    selite: Selite, todisteet: list[Todiste], titles: list[str], choices: Choices, labels: dict[int, str]
) -> Asteikkoluku:
    """The scale of the status columns. `labels`: the words of the strategia's own scale, known beside the file's."""
    asteikko = Asteikkoluku()
    asteikko.known = {**DEGREES, **{sign: score for sign, score in words.SIGNS.items() if score}}
    asteikko.known |= {plain_word(word): score for score, word in labels.items()}
    _take_numbers(asteikko, selite, todisteet, titles)
    _take_marks(asteikko, selite)
    if choices.scale:
        asteikko.numbers, asteikko.is_asked = dict(choices.scale), False
    asteikko.known |= {plain_word(word): score for word, score in choices.words.items()}
    _take_boxes(asteikko)
    return asteikko


def _take_boxes(asteikko):
    """A box that is ticked is so in every language."""
    for entry in words.BOXES.values():
        alike = phrases(entry)
        told = [asteikko.known[word] for word in alike if word in asteikko.known]
        asteikko.known |= dict.fromkeys(alike, told[0]) if told else {}


def _take_marks(asteikko, selite):
    """Signs by their legend, which wins over what they usually mean; traffic lights keep their own order."""
    for sign, word in selite.signs().items():
        asteikko.known[sign] = lean(word)
    for key, word in selite.letters().items():
        asteikko.known[plain_word(key)] = COLOUR_WORDS.get(plain_word(word)) or lean(word)
    for colour, word in selite.colours().items():
        score = COLOURS.get(colour)
        if score:
            asteikko.labels.setdefault(score, word)
            asteikko.known.setdefault(plain_word(word), score)
        elif lean(word) is not None and plain_word(word) in DEGREES:
            asteikko.colours[colour] = DEGREES[plain_word(word)]


def _take_numbers(asteikko, selite, todisteet, titles):
    told = selite.numbers()
    values = [value for todiste in todisteet for value in _whole_values(todiste)]
    if told and len(told) > 1 and _is_used(told, values):
        mapping = _by_words(told)
        if _is_plain(told, mapping):
            asteikko.labels |= {key: word for key, word in told.items() if 1 <= key <= 5}
        else:
            asteikko.numbers, asteikko.is_asked = mapping, True
            asteikko.labels_of_numbers = told
        return
    if told:
        asteikko.labels |= {key: word for key, word in told.items() if 1 <= key <= 5}
    bounds = _bounds([todiste.heading for todiste in todisteet], titles, values)
    if bounds and bounds != (1, 5):
        asteikko.numbers, asteikko.is_asked = _spread(*bounds), True


def _whole_values(todiste):
    return [
        int(text)
        for text, count in todiste.values.items()
        for _ in range(count)
        if text.lstrip("-").isdigit() and len(text) < 6
    ]


def _is_used(told, values):
    return not values or sum(value in told for value in values) * 2 >= len(values)


def _is_plain(told, mapping):
    """True if the legend is of our own scale: from 1 worst to 5 best, or any part of it in that order."""
    if not set(told) <= {1, 2, 3, 4, 5} or (5 not in told and 4 not in told):
        return False
    leanings = [mapping[key] for key in sorted(told) if mapping[key] is not None]
    return all(first <= second for first, second in zip(leanings, leanings[1:], strict=False))


def _by_words(told):
    """number -> 1-5 by what its words say; where they say nothing, spread evenly in the direction that they lean."""
    leaning = {key: lean(word) for key, word in told.items()}
    keys = sorted(key for key in told if leaning[key] is not None)
    known = [DEGREES.get(plain_word(told[key])) for key in keys]
    if all(known) or len({leaning[key] for key in keys}) == len(keys):
        return {key: leaning[key] for key in told}
    is_reversed = keys and leaning[keys[0]] > leaning[keys[-1]]
    spread = _spread(0, len(keys) - 1) if len(keys) > 1 else {0: 5}
    places = range(len(keys) - 1, -1, -1) if is_reversed else range(len(keys))
    return {key: leaning[key] and spread[place] for key, place in zip(keys, places, strict=True)} | {
        key: None for key in told if leaning[key] is None
    }


def lean(word: str) -> int | None:
    """1-5 by a legend's word: known, else by contrast: partly 3, a negation 1, "not assessed" None, else 5."""
    plain = plain_word(word)
    if plain in DEGREES:
        return DEGREES[plain]
    tokens = set(re.findall(r"[^\W_]+", plain))
    if tokens & _NONE:
        return None
    starts = {phrase for phrase in DEGREES if plain.startswith(phrase + " ")}
    if starts:
        return DEGREES[max(starts, key=len)]
    if tokens & _PARTIAL:
        return 3
    return 1 if tokens & _NEGATIVE else 5


def _bounds(headings, titles, values):
    """(first, last) of a range that a heading or a title tells, or that a third of the values show; None for ours."""
    for text in (*headings, *titles):
        match = _RANGE.search(text)
        if match and 0 <= int(match[1]) < int(match[2]) <= 10:
            return int(match[1]), int(match[2])
    outside = [value for value in values if not 1 <= value <= 5]
    if len(values) >= 6 and len(outside) * 3 >= len(values) and min(values) >= 0 and max(values) <= 10:
        first = 0 if min(values) == 0 else 4 if min(values) >= 4 else 1
        return first, max(5 if first == 0 and max(values) > 4 else 4, max(values)) if first == 0 else 10
    return None


def _spread(first, last):
    """The numbers first … last spread evenly over 1-5."""
    span = max(1, last - first)
    return {number: int(1 + 4 * (number - first) / span + 0.5) for number in range(first, last + 1)}


def is_asked_word(text: str) -> bool:
    """A word known to be a status, but not which."""
    return plain_word(text) in ASKED
