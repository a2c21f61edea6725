"""Taulu with its roles -> the questions of what is read with too small a margin, or of what might be a status."""

import re

from .choices import OMA, OMA_KIRJAUS
from .headings import HEAD, bare_path
from .periods import period_key
from .questions import Kysymys, ask_column, ask_lowest
from .roles import LEVELS, Taulu
from .scores import DEGREES, plain_word
from .settle import are_status_boxes
from .todiste import are_quarters
from .weights import ASK, OWN, is_denied, status_score
from .words import LISAT

_NEAR = 4.0
_BRACKETS = re.compile(r"\([^()]*\)")
_SAID = 0.55  # weight of a heading of which something is known


def ask_near(table: Taulu, asked: list[Kysymys]) -> list[Kysymys]:
    """A reading whose rival is near is asked; without any written status also what might be one.

    `asked`: what `settle` asked. What the fills say is known by now: the text that carries them is the comment.
    """
    questions, told = [], {cell for question in asked for cell in question.cells}
    names = []
    scores = table.of_role("toteutumisaste")
    scored = bool(scores)
    has_status = any(not column.by_colour for column in scores) or any(map(_is_of_status, asked))
    for column in table.columns:
        if column.is_chosen or table.cell(column.column) in told:
            continue
        todiste = table.evidence[column.column]
        if not todiste.filled:
            continue
        if column.role == "kommentti" and scored and _is_only_text(table, column):
            continue  # the text nearest to the score is the comment
        if column.role in ("toteutumisaste", "kommentti") and column.margin < ASK and not column.group:
            alike = _alike(table, column, (column.role,))
            questions.append(ask_column(table, alike, (column.role, column.second or OMA)))
            told.update(map(table.cell, (each.column for each in alike)))
        elif column.role == "toimenpide" and _is_unsaid(table):
            names.append(ask_lowest(table, _may_be_names(table, column)))
        elif column.role == "toimenpide" and _is_doubtful(table, column):
            questions.append(ask_column(table, [column], ("toimenpide", OMA)))
    questions += [] if names else _ask_levels(table)
    if not has_status:
        found = _ask_candidate(table, told)
        questions += found
        if not found and not scored and not table.of_role("kommentti", *LISAT):
            questions += _ask_text(table)
    return [*names, *questions]


def _is_of_status(question):
    """Does it ask which column is the status?"""
    return question.code == "column_role" and "aste" in question.fi


def _is_doubtful(table, lowest):
    """Another column is nearly as good for the names, or a text that nobody named stands right of a goal."""
    todiste = table.evidence[lowest.column]
    if not _says_upper(todiste):
        return lowest.margin < ASK / 2
    beside = next((column for column in table.columns if column.column == lowest.column + 1), None)
    is_open = beside is not None and beside.role == OMA and not beside.is_chosen and bool(beside.path)
    other = table.evidence[beside.column] if is_open else None
    return lowest.margin < ASK or (is_open and other.distinct >= 0.9 and _may_be_level(other))


def _says_upper(todiste):
    """Its heading names a level or an indicator, but not the lowest level."""
    words = todiste.words
    return max(words.get(name, 0) for name in ("ylin", "keski", "mittari")) >= _SAID > words.get("alin", 0)


def _ask_levels(table):
    """A text of unknown heading left of the names, which no group tells to be a level.

    Whoever has said which column names the rows has seen the others too.
    """
    lowest = table.of_role("toimenpide")[0]
    if lowest.is_chosen:
        return []
    found = [
        column for column in table.columns
        if column.column < lowest.column and column.role == OMA and not column.is_chosen and column.path
        and _may_be_level(table.evidence[column.column])
    ]  # fmt: skip
    questions = []
    for column in found:
        level = _free_level(table, column)
        if level:
            questions.append(ask_column(table, [column], (level, OMA), proposed=None))
    return questions


def _may_be_level(todiste):
    told = todiste.text - max(todiste.code, todiste.date, todiste.status, todiste.x, todiste.org, todiste.numlike)
    returns = todiste.runs > todiste.apart + len(todiste.here)  # "A, B, A": what comes back groups no rows
    return told > 0.5 and not returns and max(todiste.words.values(), default=0) < 0.5


def _free_level(table, column):
    """The level that the columns beside it leave free, "" where none is."""
    before = [LEVELS.index(each.role) for each in table.of_role(*LEVELS) if each.column < column.column]
    after = [LEVELS.index(each.role) for each in table.of_role(*LEVELS) if each.column > column.column]
    free = range(max(before, default=-1) + 1, min(after, default=len(LEVELS)))
    return LEVELS[free[0]] if free else ""


def _is_unsaid(table):
    """No heading of the table is known: all that is read of it is a guess from its values.

    "What …" alone tells the names only beside a status, and words that the values deny tell nothing.
    """
    is_followed = bool(table.of_role("toteutumisaste", "kommentti"))
    return not any(
        name != "kausi"
        and not is_denied(name, todiste)
        and weight >= (_SAID if is_followed or name != "nimi" else 0.75)
        for todiste in table.evidence.values()
        for name, weight in todiste.words.items()
    )


def _may_be_names(table, lowest):
    """The column read as names first, then the other texts that are no status and no comment."""
    others = [
        column for column in table.columns
        if column is not lowest and column.role not in ("toteutumisaste", "kommentti") and not column.group
        and table.evidence[column.column].filled and table.evidence[column.column].text > 0.6
        and table.evidence[column.column].code < 0.5
    ]  # fmt: skip
    return [lowest, *others]


def _is_only_text(table, column):
    """No other text of the same period, right of the statuses or coloured as one, could be the comment."""
    first = min(score.column for score in table.of_role("toteutumisaste"))
    others = (
        other for other in table.columns
        if other is not column and other.column >= first and period_key(other.path) == period_key(column.path)
        and other.role in ("kommentti", OMA, OMA_KIRJAUS)
        and max(table.evidence[other.column].long, table.evidence[other.column].sentence) > 0.5
    )  # fmt: skip
    return column.column >= first and not any(others)


def _ask_candidate(table, told):
    """No status was found: the column that is nearest to one, if its values could be one."""
    own = [column for column in table.columns if column.role in (OMA, OMA_KIRJAUS)]
    boxes = [column for column in own if _are_boxes(table, column)]
    letters = [column for column in own if _are_letters(table, column) and table.cell(column.column) not in told]
    if boxes or letters:
        return [ask_column(table, boxes or letters[:1], ("toteutumisaste", OMA), proposed=None)]
    found = []
    for column in table.columns:
        todiste = table.evidence[column.column]
        if column.role not in (OMA, OMA_KIRJAUS, "mittari.arvo") or column.is_chosen or not todiste.filled:
            continue
        if table.cell(column.column) in told:
            continue
        degrees = max(todiste.score, 0.9 * are_quarters(todiste))
        if column.role == "mittari.arvo" and (_says_measure(todiste) or degrees < 0.8):
            continue
        score = status_score(todiste) + 3 * (todiste.score < 0.8 and degrees > 0.8)
        says = degrees > 0.8 or todiste.status > 0.3 or todiste.sign > 0.3
        says = says or (todiste.percent == 1 and todiste.has_period and column.role != "mittari.arvo")
        if score > OWN - _NEAR + 1 and says and not _is_excluded(todiste):
            found.append((score, column))
    if not found:
        return []
    best = max(found, key=lambda each: each[0])[1]
    alike = _alike(table, best, (OMA, OMA_KIRJAUS, "mittari.arvo"))
    return [ask_column(table, alike, ("toteutumisaste", OMA), proposed=None)]


def _are_letters(table, column):
    """Few letters and signs under a word of status: "Toteutuu (K/E)"."""
    todiste, heading = table.evidence[column.column], _BRACKETS.sub(" ", column.heading)
    says = plain_word(heading) in DEGREES or todiste.words.get("aste", 0) >= HEAD
    few = 1 < len(todiste.values) <= 5
    return says and few and not column.is_chosen and all(len(value) <= 3 for value in todiste.values) and not todiste.x


def _are_boxes(table, column):
    """Check boxes under a word of status: "Valmis", "Käynnissä"."""
    return not column.is_chosen and are_status_boxes(column, table.evidence[column.column])


def _alike(table, column, roles):
    """The column with those that only their periods tell from it: one answer settles them all."""
    bare = bare_path(column.path)
    if not bare or not table.evidence[column.column].has_period:
        return [column]
    return [
        each for each in table.columns
        if each is column or (
            each.role in roles and not each.is_chosen and bare_path(each.path) == bare
            and table.evidence[each.column].filled
        )
    ]  # fmt: skip


def _ask_text(table):
    """Nothing is a status or a comment: the first free text of unknown heading right of the names may be one."""
    first = table.of_role("toimenpide")[0].column
    seen = [(column, table.evidence[column.column]) for column in table.columns if column.column > first]
    texts = [
        column for column, todiste in seen
        if max(todiste.long, todiste.sentence) > 0.5 and column.role in (OMA, OMA_KIRJAUS) and not column.is_chosen
        and max(todiste.words.values(), default=0) < 0.5
    ]  # fmt: skip
    if not texts:
        return []
    alike = _alike(table, texts[0], (OMA, OMA_KIRJAUS))
    for column in alike:
        column.role, column.second = "kommentti", OMA
    return [ask_column(table, alike, ("kommentti", OMA))]


def _says_measure(todiste):
    return max((w for name, w in todiste.words.items() if name not in ("kausi", "aste")), default=0) >= 0.5


def _is_excluded(todiste):
    words = todiste.words
    other = max((w for name, w in words.items() if name not in ("aste", "varma_aste", "kausi")), default=0)
    return other >= 0.5 or todiste.is_bare_year or todiste.is_running or todiste.org > 0.5
