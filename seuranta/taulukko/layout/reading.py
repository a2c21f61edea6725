"""Todiste of every column -> roles with margins: the best reading of the table as a whole.

A person's choices are fixed before anything else is decided, so that the rest is read around them. Three steps: the
lowest level, the levels above it, the rest from left to right.
"""

from dataclasses import dataclass, field
from itertools import pairwise, permutations

from .choices import OMA
from .headings import WHOLE, bare_path
from .roles import LEVELS
from .scores import is_known_status
from .todiste import Todiste
from .weights import OWN, Vasemmalla, level_scores, other_than_level, role_scores, status_score

_BONUS = {"painopiste": 0.2, "tavoite": 0.1, "toimialan_tavoite": -0.8}  # the upper ones before the third


@dataclass
class Luenta:
    """The role of each column, the next best one and the margin between them, and what speaks for each role."""

    roles: dict[int, str] = field(default_factory=dict)
    seconds: dict[int, str] = field(default_factory=dict)
    margins: dict[int, float] = field(default_factory=dict)
    scores: dict[int, dict[str, float]] = field(default_factory=dict)


def read_roles(evidence: dict[int, Todiste], fixed: dict[int, str], *, has_bands: bool = False) -> Luenta:
    """The reading. `fixed`: column -> role that a person chose. `has_bands`: lone cells name the highest level."""
    luenta = Luenta()
    for column, role in fixed.items():
        if column in evidence:
            luenta.roles[column], luenta.margins[column] = role, 9.0
    lowest = _find_lowest(evidence, luenta)
    if lowest is None:
        return luenta
    _find_levels(evidence, luenta, lowest, has_bands)
    _find_rest(evidence, luenta, lowest)
    return luenta


# --- step 1: the column whose cells are the rows


def _tell_measures_apart(evidence):
    """ "Measure" is an action or an indicator: beside a column of actions, or names to its left, it is an indicator."""
    for column, todiste in evidence.items():
        words = todiste.words
        if words.get("alin") and words.get("mittari"):
            others = [other for each, other in evidence.items() if each != column and not other.words.get("mittari")]
            beside = any(other.words.get("alin", 0) >= 0.55 for other in others)
            before = any(_tells_apart(other) for other in others if other.column < column)
            if beside or before:
                todiste.words = {name: weight for name, weight in words.items() if name != "alin"}


def _tell_persons_apart(evidence):
    """Beside addresses of e-mail "Nimi" is whose they are."""
    if any(map(_are_addresses, evidence.values())):
        for todiste in evidence.values():
            if todiste.words.get("nimi", 0) == WHOLE:
                todiste.words = {name: weight for name, weight in todiste.words.items() if name != "nimi"}


def _are_addresses(todiste):
    return todiste.filled > 0 and sum("@" in value for value in todiste.values) * 2 > len(todiste.values)


def _find_lowest(evidence, luenta):
    _tell_measures_apart(evidence)
    _tell_persons_apart(evidence)
    chosen = [column for column, role in luenta.roles.items() if role == "toimenpide"]
    if chosen:
        return chosen[0]
    totals = {column: _lowest_total(column, evidence) for column in evidence if column not in luenta.roles}
    if any(evidence[column].words.get("alin", 0) >= 0.55 for column in totals):
        for column in totals:  # an indicator is the row only where nothing else can be
            totals[column] -= (
                4 * evidence[column].words.get("mittari", 0) * (evidence[column].words.get("alin", 0) < 0.5)
            )
    order = sorted(totals, key=totals.get, reverse=True)
    if not order or totals[order[0]] < OWN - (0.25 if evidence[order[0]].words else 3):
        return None
    best = order[0]
    luenta.roles[best] = "toimenpide"
    rival = next((column for column in order[1:]), None)
    luenta.margins[best] = totals[best] - (totals[rival] if rival else -9)
    luenta.seconds[best] = OMA
    return best


def _lowest_total(column, evidence):
    todiste = evidence[column]
    if not todiste.filled and todiste.words.get("alin", 0) < 1:
        return -9
    before = [evidence[other] for other in evidence if other < column]
    passed = sum(1 for other in before if _tells_apart(other)) * (todiste.words.get("alin", 0) < 1)
    stands_status = any(status_score(other) > OWN + 1.5 for other in before)
    return level_scores(todiste)[3] - 2 * passed - 4 * stands_status


def _tells_apart(todiste):
    is_text = todiste.text > 0.6 and todiste.code < 0.5
    return is_text and todiste.distinct >= 0.9 and other_than_level(todiste) < 0.5


# --- step 2: the levels above it


def _find_levels(evidence, luenta, lowest, has_bands):
    taken = {role for role in luenta.roles.values() if role in LEVELS}
    has_bands = has_bands and not _are_told(evidence)
    free = [role for role in LEVELS if role not in taken and not (has_bands and role == "painopiste")]
    candidates = {}
    for column, todiste in evidence.items():
        if column in luenta.roles or not (todiste.filled or _says_level(todiste)):
            continue
        scores = level_scores(todiste)
        if max(scores[:3]) > OWN and (column < lowest or _is_level_anywhere(todiste, evidence[lowest])):
            candidates[column] = dict(zip(LEVELS, scores, strict=False))
    best = _assign(candidates, free, evidence)
    for column, role in best.items():
        luenta.roles[column] = role
        others = sorted((score for other, score in candidates[column].items() if other != role), reverse=True)
        luenta.margins[column] = candidates[column][role] - OWN
        luenta.seconds[column] = OMA
        luenta.scores[column] = {**candidates[column], OMA: OWN, "_": others[0] if others else OWN}


def _are_told(evidence):
    """Columns tell the two highest levels, and their values are not those of one lone name each."""
    said = [
        [todiste for todiste in evidence.values() if todiste.words.get(name, 0) >= 0.75] for name in ("ylin", "keski")
    ]
    return all(said) and not all(todiste.is_nested for todiste in said[0])


def _says_level(todiste):
    return max(todiste.words.get(name, 0) for name in ("ylin", "keski", "toimialan_tavoite")) >= 0.75


def _is_level_anywhere(todiste, lowest):
    """Right of the lowest level only a heading that says so in full makes a level, of few values."""
    says = max(todiste.words.get("ylin", 0), todiste.words.get("keski", 0), todiste.words.get("toimialan_tavoite", 0))
    if todiste.words.get("keski", 0) == says < WHOLE and 1 < len(lowest.values) <= len(todiste.values):
        return False  # "Taloudellinen tavoite" of each row is no level above it
    return (
        says >= 0.75
        and not todiste.has_year
        and len(todiste.values) <= max(1, len(lowest.values))
        and todiste.text > 0.5
    )


def _assign(candidates, free, evidence):
    """The columns for the free levels: the sum of their scores, less where their order is another.

    None that its heading or the run of its values says to be a level is left out for a word's sake. Only words put a
    column above one that stands to its left and has no more values.
    """
    grouping = {column for column in candidates if evidence[column].groups or _says_level(evidence[column])}
    columns = sorted(candidates, key=lambda column: max(candidates[column].values()), reverse=True)[:5]
    best, best_sum = {}, 0.0
    for size in range(1, min(len(columns), len(free)) + 1):
        for chosen in permutations(sorted(columns), size):
            for roles in _ordered(free, size):
                total = sum(candidates[column][role] - OWN for column, role in zip(chosen, roles, strict=True))
                total -= sum(_out_of_order(evidence[one], evidence[two]) for one, two in pairwise(chosen))
                total += sum(_BONUS[role] for role in roles) + 2.5 * len(grouping.intersection(chosen))
                if total > best_sum + 1e-9:
                    best, best_sum = dict(zip(chosen, roles, strict=True)), total
    return best


def _out_of_order(upper, lower):
    if upper.column < lower.column:
        return 0
    is_guess = not (_says_level(upper) and _says_level(lower)) and len(lower.values) <= len(upper.values)
    return 1.5 + 4 * is_guess


def _ordered(free, size):
    if size == 3:
        yield tuple(free)
        return
    for first in range(len(free)):
        if size == 1:
            yield (free[first],)
            continue
        for second in range(first + 1, len(free)):
            yield (free[first], free[second])


# --- step 3: the rest, from left to right


def _find_rest(evidence, luenta, lowest):
    kulku = Vasemmalla(lowest)
    for column, todiste in evidence.items():
        kulku.has_mittari = kulku.has_mittari or todiste.words.get("mittari", 0) >= 0.55
        role = luenta.roles.get(column)
        if role is None:
            role = _best_of(column, todiste, kulku, luenta)
        if column == lowest and todiste.words.get("mittari", 0) >= 0.55:
            kulku.in_chain = True
        kulku.since_score = 0 if role == "toteutumisaste" else kulku.since_score + 1
        if role == "toteutumisaste":
            kulku.is_number = todiste.score > 0.5
        if role == "mittari" or role.startswith("mittari."):
            kulku.in_chain = True
        elif role in ("toteutumisaste", "kommentti") or _is_option(todiste):
            kulku.in_chain = False
    _read_alike(luenta, evidence)
    _keep_strongest(luenta)


def _is_option(todiste):
    """An x under a word or a number of a status."""
    return todiste.x > 0.5 and (todiste.heading.isdigit() or is_known_status(todiste.heading))


def _read_alike(luenta, evidence):
    """Columns that only their periods tell apart are read alike: by the sum of what speaks for each role."""
    groups: dict[tuple, list[int]] = {}
    for column, todiste in evidence.items():
        if todiste.has_period and OMA in luenta.scores.get(column, ()) and "_" not in luenta.scores[column]:
            groups.setdefault(bare_path(todiste.path), []).append(column)
    for bare, columns in groups.items():
        roles = {luenta.roles[column] for column in columns}
        if len(roles) < 2:
            surest = max(luenta.margins[column] for column in columns)
            luenta.margins.update(dict.fromkeys(columns, surest))
            continue
        if not any(bare):
            continue
        roles.discard(OMA)
        best = max(roles, key=lambda role: sum(luenta.scores[column].get(role, 0.0) for column in columns))
        for column in columns:
            near = luenta.scores[column].get(best, 0.0) > OWN - 2
            if luenta.roles[column] != best and near:
                luenta.seconds[column], luenta.roles[column] = luenta.roles[column], best
                luenta.margins[column] = 1.0


def _best_of(column, todiste, kulku, luenta):
    scores = role_scores(column, todiste, kulku)
    order = sorted(scores, key=scores.get, reverse=True)
    best, second = order[0], order[1]
    luenta.roles[column], luenta.seconds[column] = best, second
    luenta.margins[column], luenta.scores[column] = scores[best] - scores[second], scores
    return best


def _keep_strongest(luenta):
    """Roles that a row has once: the strongest column keeps it; the others, if they say anything, are own columns."""
    for role in ("koodi", "voimassa", "voimassa.alkaa", "voimassa.paattyy", "jakso"):
        columns = [column for column, mine in luenta.roles.items() if mine == role]
        for column in sorted(columns, key=lambda each: luenta.scores.get(each, {}).get(role, 9), reverse=True)[1:]:
            luenta.roles[column], luenta.margins[column], luenta.seconds[column] = OMA, 0.5, role
