"""Todiste of one column -> what speaks for each role, and against it. All starting weights stand here.

Every role is weighed against "own column" (OWN): a column about which little is known is kept, not read.
"""

import re
from dataclasses import dataclass

from .choices import OMA
from .todiste import Todiste, are_quarters, are_years, is_colour_only, is_of_lights
from .words import LISAT

OWN = 2.0
ASK = 1.0  # a reading whose margin is smaller is asked

# How much a class of words says of each level; the lowest level last.
_WORDS = {
    "ylin": (6, 3.5, 2, -1),
    "keski": (2.5, 6, 4, 3),
    "toimialan_tavoite": (1, 2, 8, 1),
    "alin": (-3, 0, 1, 7),
    "nimi": (-3, -3, -3, 4),
    "kuvaus": (-3, -3, -3, 1.5),
    "mittari": (-4, -4, -4, 2.5),
}
_ONE_TO_FIVE = re.compile(r"(?<!\d)1\s?[-–]\s?5(?![\d/])")
_OTHER = -8  # its heading says that it is something else
_OF_COMMENT = {"kommentti", "kausi", "aste", "varma_aste", "kuvaus"}
_SINGLE = {
    "vastuu": "vastuu", "toimiala": "toimiala", "toimielin": "toimielin", "riski": "riski", "sdg": "sdg",
    "mittari": "mittari", "sisainen_huomio": "sisainen_huomio", "syy": "syy", "jakso": "jakso",
    **{name: name for name in LISAT},
}  # fmt: skip


def level_scores(todiste: Todiste) -> list[float]:
    """What speaks for each of painopiste, tavoite, toimialan tavoite and toimenpide."""
    against = 8 * todiste.number + 6 * max(0, todiste.numlike - todiste.number) + 5 * (todiste.status + todiste.sign)
    against += (
        9 * todiste.importance
        + 6 * (todiste.x + todiste.arrow)
        + 4 * todiste.date
        + 5 * todiste.code
        + 3 * todiste.labelled
    )
    against -= _OTHER * other_than_level(todiste)
    if todiste.labelled > 0.5 and todiste.words.get("ylin", 0) >= 0.75:  # "1 Kasvu" is a numbered name
        against -= 3 * todiste.labelled + 6 * max(0, todiste.numlike - todiste.number)
    scores = [
        sum(weight * _WORDS[name][level] for name, weight in todiste.words.items() if name in _WORDS) - against
        for level in range(4)
    ]
    if todiste.groups:
        scores[:3] = [score + 3 for score in scores[:3]]
    if todiste.words.get("alin", 0) == 1:  # a heading that says it in full: a name may be a number
        scores[3] += 0.7 * against
    missing = max(0, 0.9 - len(todiste.values) / max(1, todiste.rows)) * (todiste.filled > 0)
    missing *= 0.3 if todiste.words.get("alin", 0) == 1 else 1
    scores[3] += 2 if not missing else -5 * missing
    return scores


def other_than_level(todiste: Todiste) -> float:
    """How much more its heading says of something else than of a level."""
    strong = max((weight for name, weight in todiste.words.items() if name in _WORDS), default=0)
    names = (name for name in todiste.words if name not in _WORDS and not is_denied(name, todiste))
    other = max((todiste.words[name] for name in names), default=0)
    return max(0, other - strong)


def is_denied(name, todiste):
    """Texts that run as a level's do are no figures and no arrows of a measure, whatever their heading says."""
    is_figures = todiste.number + todiste.numlike + todiste.arrow + todiste.trend + todiste.sign > 0
    return name.startswith("mittari.") and todiste.groups and not is_figures


@dataclass
class Vasemmalla:
    """What stands to the left: a mittari, a chain of measure columns, the last score and how many steps ago."""

    lowest: int
    has_mittari: bool = False  # one further right has no values here: "kesä" before "Mittarit" is no value of them
    in_chain: bool = False
    since_score: int = 99
    is_number: bool = False  # was the last score one


def role_scores(column: int, todiste: Todiste, kulku: Vasemmalla) -> dict[str, float]:
    """What speaks for each role of a column that is no level and no name."""
    found = {OMA: OWN + 1e-6}
    if not todiste.filled and not is_colour_only(todiste) and max(todiste.words.values(), default=0) < 0.55:
        return {**found, "": OWN}
    for name, role in _SINGLE.items():
        weight = todiste.words.get(name, 0)
        if weight:
            found[role] = 6 * weight
    found["toimielin"] = found.get("toimielin", 0) + 3 * todiste.board * (todiste.other < 0.5 or "toimielin" in found)
    if "mittari" in found:
        found["mittari"] -= 8 * todiste.number + 5 * todiste.status
    for role in ("vastuu", "toimiala", "riski", "toimielin"):
        if role in found:
            found[role] -= 6 * todiste.number + 3 * todiste.status
    found["koodi"] = _code_score(todiste)
    found |= _time_scores(todiste)
    found["toteutumisaste"] = status_score(todiste) - _chained(todiste, kulku)
    if kulku.since_score == 0 and kulku.is_number and not todiste.words.get("aste"):
        found["toteutumisaste"] -= 5 * (todiste.text - todiste.percent)  # words beside a number of the same period
    found["kommentti"] = _comment_score(column, todiste, kulku)
    if column > kulku.lowest and not todiste.is_running:
        found |= _measure_scores(todiste, kulku)
    if "jakso" in found:
        found["jakso"] -= 6 * todiste.long * (todiste.words.get("jakso", 0) < 1)
    found.setdefault("", 0.0)
    return found


def _chained(todiste, kulku):
    """Beside measures a number is a measure's and a bare year its series, unless a legend or heading says status."""
    is_scale = (todiste.in_legend and todiste.number > 0.8) or are_quarters(todiste)
    if is_scale or any(map(_ONE_TO_FIVE.search, todiste.path)):
        return 0
    beside = kulku.in_chain or kulku.has_mittari
    figures = max(0.0, max(todiste.numlike, todiste.number) - todiste.labelled)
    return 3 * figures * (kulku.in_chain and not todiste.words.get("aste")) + 3 * (beside and todiste.is_bare_year) * (
        1 - todiste.status
    )


def _code_score(todiste):
    score = 5 * todiste.words.get("koodi", 0) + 4.5 * todiste.code * (len(todiste.values) > 0)
    if todiste.is_running:
        score -= 6
    if todiste.words.get("koodi", 0) < 0.5 and (todiste.code < 1 or todiste.distinct < 0.5):
        score -= 3
    return score - 4 * todiste.long - 3 * todiste.sentence


def _time_scores(todiste):
    found = {}
    years, words = are_years(todiste), todiste.words
    if words.get("voimassa"):
        found["voimassa"] = 6 * words["voimassa"] - (0 if years or not todiste.filled else 5)
    elif words.get("aikataulu", 0) >= 0.75 and years:
        found["voimassa"] = 6 * words["aikataulu"]
    is_told = not any("/" in value for value in todiste.values)  # "01/02/2025" is a day of two calendars
    dated = (todiste.date + todiste.years) * is_told
    for name in ("alkaa", "paattyy"):
        if words.get(name):
            found[f"voimassa.{name}"] = 6 * words[name] - 6 * max(0, 1 - min(1, dated)) if todiste.filled else 0
    return found


def status_score(todiste: Todiste) -> float:
    """What speaks for toteutumisaste: its heading, and values that say status."""
    words = todiste.words
    sure = words.get("varma_aste", 0) * (todiste.long < 0.3 and todiste.sentence < 0.5)
    doubt = 1 - 0.9 * (sure >= 0.75)
    score = 5 * words.get("aste", 0) + 1.5 * words.get("kausi", 0) + 2 * sure
    values = 5 * (todiste.status + todiste.sign + todiste.labelled)
    if todiste.status and not words.get("aste") and not todiste.degree:
        values -= 2.5 * todiste.status  # words of timetable and reasons alone
    varied = len(todiste.values) > 1 or todiste.rows < 3
    values += (2.6 if varied else 1.4) * todiste.score if not words.get("tarkeys") else 0
    values += 1.6 * todiste.score * (todiste.has_period and not todiste.is_bare_year)
    says = words.get("aste", 0) >= 0.5 or words.get("kausi", 0) >= 0.5 or todiste.has_period
    if says and (todiste.percent == 1 or are_quarters(todiste)):
        values += 4.0 if are_quarters(todiste) else 2.0
    if todiste.in_legend and (todiste.number > 0.8 or not todiste.number):
        values += 6.0 if says else 4.5 if todiste.in_range or not todiste.number else 2.0
    if says and todiste.score > 0.8 and any(map(_ONE_TO_FIVE.search, todiste.path)):
        values += 3.0
    if is_of_lights(todiste) or (says and is_colour_only(todiste)):
        values += 4.0
    against = 6 * todiste.long + 4 * max(0, todiste.sentence - todiste.long) + 8 * doubt * todiste.date
    is_known = todiste.in_legend or are_quarters(todiste)
    numbers = (
        5
        * (not is_known)
        * max(0.0, todiste.number - todiste.score - todiste.percent - 0.34 * (words.get("aste", 0) >= 0.9))
    )
    numbers += 5 * todiste.free * (todiste.filled > 2) * (0.3 if todiste.is_of_words else 1) + 6 * (
        not is_known and todiste.largest > 10
    ) * (todiste.number > 0.3)
    numbers += 4 * max(0.0, todiste.numlike - todiste.number - todiste.percent - todiste.labelled)
    against += doubt * numbers
    against += 9 * words.get("tarkeys", 0) + 6 * max(words.get("raha", 0), words.get("numero", 0), words.get("sdg", 0))
    against += 6 * words.get("kommentti", 0) + 4 * max(words.get("sisainen_huomio", 0), words.get("syy", 0))
    against += 4 * max(words.get("riski", 0), words.get("vastuu", 0), words.get("toimiala", 0), words.get("koodi", 0))
    against += 3 * todiste.x + 2.5 * words.get("mittari.suunta", 0)
    against += 4 * words.get("ylin", 0) * (todiste.labelled > 0.5)
    against += 6 * todiste.is_running * (todiste.rows > 3) + 4 * words.get("ennuste", 0)
    return score + values - against


def _comment_score(column, todiste, kulku):
    words = todiste.words
    score = 6 * words.get("kommentti", 0) + 2.4 * max(words.get("kausi", 0), 0.6 * words.get("aste", 0)) * todiste.text
    score += 2.0 * todiste.free * (max(words.get("kausi", 0), words.get("aste", 0)) >= 0.5)
    score += 2.0 * words.get("kuvaus", 0) * (kulku.since_score < 3)
    score -= 3.0 * todiste.is_of_words * (words.get("aste", 0) >= 0.75)
    score += 2 * max(todiste.long, todiste.sentence) + 1.5 * (kulku.since_score == 0)
    score += 1.0 * todiste.has_period * todiste.text
    unsaid = words.get("kommentti", 0) < 0.75
    score -= 4.5 * max(todiste.number, todiste.percent * unsaid) + 8 * todiste.date * unsaid
    score -= 5 * (column < kulku.lowest and words.get("kommentti", 0) < 0.75)
    if words.get("kommentti", 0) < 0.75 and not (kulku.since_score == 0 and kulku.is_number and todiste.has_period):
        score -= 3 * (todiste.status + todiste.sign + todiste.x + todiste.arrow) + 2 * todiste.code
    other = max((w for name, w in words.items() if name not in _OF_COMMENT), default=0)
    return score - 4 * other


def _measure_scores(todiste, kulku):
    words, numbers = todiste.words, max(todiste.numlike, todiste.number, todiste.percent)
    beside = kulku.in_chain or kulku.has_mittari
    found = {}
    value = 2.5 * numbers + 2 * (todiste.has_year or todiste.has_period) + 2.5 * kulku.in_chain
    value += 4 * words.get("mittari.arvo", 0) + 1.5 * words.get("kausi", 0) - 5 * max(0.0, 0.6 - numbers)
    says = max(words.get("mittari.arvo", 0), words.get("kausi", 0) * beside) >= 0.5
    value -= 0 if kulku.in_chain or says else 4
    value -= 8 * max(words.get("tarkeys", 0), words.get("raha", 0), words.get("numero", 0), words.get("muu", 0))
    says = max(words.get("kausi", 0), words.get("aste", 0)) > 0.5
    is_scale = todiste.in_legend and todiste.number > 0.8
    value -= 6 * (is_scale and says) + 6 * are_quarters(todiste)
    value -= 4 * (is_scale and not words and not todiste.is_bare_year)
    value -= (
        3 * max(words.get("mittari.lahto", 0), words.get("keski", 0)) * (words.get("mittari.arvo", 0) < 0.5)
    )  # "Lähtötaso 2024" is no year of it
    value -= 5 * (todiste.status + todiste.x + todiste.sign + todiste.labelled) + 3 * words.get("aste", 0)
    found["mittari.arvo"] = value
    target = (
        6 * words.get("mittari.tavoite", 0)
        - 6 * words.get("muu", 0)
        + 2 * kulku.in_chain * bool(words.get("mittari.tavoite"))
    )
    if words.get("keski", 0) >= 0.55 and kulku.in_chain and (todiste.has_year or numbers > 0.5):
        target = max(target, 7.0 * words["keski"])
    found["mittari.tavoite" if beside or numbers > 0.5 else "mittari"] = target
    found["mittari.lahto"] = 6 * words.get("mittari.lahto", 0) * (beside or numbers > 0.5)
    if not beside and words.get("mittari"):
        found["mittari"] = max(target, 6 * words["mittari"] - 8 * todiste.number)
    arrows = 5 * (todiste.arrow + todiste.trend) + 3.5 * words.get("mittari.suunta", 0)
    found["mittari.suunta"] = arrows - (6 if todiste.arrow + todiste.trend < 0.3 else 0)
    return found
