"""Taulu with its roles -> one status a period, one column for each name, own columns with their keys."""

from collections import Counter

from ..pituudet import NIMI, shorten
from ..soluviite import letters_of
from .choices import OMA, OMA_KIRJAUS, Choices
from .periods import period_key
from .questions import Kysymys, ask_names, ask_scores
from .roles import Taulu, Tiedostosarake
from .scores import DEGREES, PERCENTS, is_known_status, per_cents, plain_word
from .todiste import Todiste, are_boxes
from .weights import ASK

_ONCE = ("toimielin", "toimiala", "sdg")


def settle(table: Taulu, choices: Choices) -> list[Kysymys]:
    """After the roles: one status a period, one column for each name."""
    _take_boxes(table)
    questions = [*_settle_names(table), *_settle_scores(table)]
    for column in table.columns:
        if column.role == "toteutumisaste" and not column.by_colour:
            _settle_percent(table, column, choices)
    _leave_to_comments(table)
    _own_of_kirjaus(table)
    return questions


def _take_boxes(table):
    """Where nothing else is a status, the only check boxes of their period whose heading says status are."""
    if table.of_role("toteutumisaste"):
        return
    boxes = [column for column in table.columns if _is_own(column) and _is_of_status(table, column)]
    periods = Counter(period_key(column.path) for column in boxes)
    for column in boxes:
        if periods[period_key(column.path)] == 1:
            column.role, column.second, column.margin = "toteutumisaste", OMA_KIRJAUS, ASK


def _is_own(column):
    return column.role in (OMA, OMA_KIRJAUS) and not column.is_chosen


def _is_of_status(table, column):
    return are_status_boxes(column, table.evidence[column.column])


def are_status_boxes(column: Tiedostosarake, todiste: Todiste) -> bool:
    """Check boxes under a word of status: "Valmis", "Käynnissä"."""
    says = plain_word(column.heading) in DEGREES or todiste.words.get("aste", 0) >= 0.55
    return says and are_boxes(todiste)


def _settle_names(table):
    questions = []
    for role in _ONCE:
        same = table.of_role(role)
        chosen = [column for column in same if column.is_chosen]
        if len(same) < 2 or len(chosen) > 1:
            continue
        strong = [column for column in same if table.evidence[column.column].filled]
        keeper = (chosen or strong or same)[0]
        if not chosen and len(strong) > 1 and role != "sdg":
            questions.append(ask_names(table, role, strong))
        for column in same:
            if column is not keeper:
                column.role = OMA
    return questions


def _settle_scores(table):
    """Rivals of one period: the one whose distinct words are known best; where nothing tells, a question."""
    groups: dict[tuple, list[Tiedostosarake]] = {}
    for column in table.of_role("toteutumisaste"):
        if not column.group:
            groups.setdefault(period_key(column.path), []).append(column)
    if table.is_flat:
        groups = {(): [column for columns in groups.values() for column in columns]}
    questions = []
    marked = [column for column in table.of_role("toteutumisaste") if column.group]
    if marked:  # an x in one of several columns is the status of its period: a number beside it is something else
        said = {(), *(period_key(column.path) for column in marked)}
        loose = [each for key, columns in groups.items() if key in said for each in columns if not each.is_chosen]
        _demote(loose)
        groups = {key: [each for each in columns if each not in loose] for key, columns in groups.items()}
    for key, columns in groups.items():
        rivals = columns if key or len(groups) == 1 else columns
        if len(rivals) < 2 or any(column.is_chosen for column in rivals):
            if any(column.is_chosen for column in rivals):
                _demote([column for column in rivals if not column.is_chosen])
            continue
        strengths = sorted(((_strength(table, column), column) for column in rivals), key=lambda each: -each[0])
        if strengths[0][0] - strengths[1][0] >= 1 or marked:
            _demote([column for _strength_, column in strengths[1:]])
        else:
            questions.append(ask_scores(table, rivals))
            _demote(rivals)
    _drop_periodless(table)
    return questions


def _drop_periodless(table):
    """Beside statuses of named periods one without a period and without a heading of status is no status."""
    scores = [column for column in table.of_role("toteutumisaste") if not column.group]
    named = [column for column in scores if period_key(column.path)]
    loose = [column for column in scores if not period_key(column.path) and not column.is_chosen]
    if named and loose:
        _demote([column for column in loose if table.evidence[column.column].words.get("aste", 0) < 0.75])


def _strength(table, column):
    todiste = table.evidence[column.column]
    known = sum(1 for value in todiste.values if is_known_status(value)) / max(1, len(todiste.values))
    says = 2 * todiste.words.get("varma_aste", 0) + todiste.words.get("aste", 0) + 0.4 * todiste.words.get("kausi", 0)
    return says + 1.5 * known * (todiste.status > 0.3) + 0.5 * todiste.labelled + todiste.in_range


def _demote(columns):
    for column in columns:
        column.role, column.second = OMA_KIRJAUS, "toteutumisaste"


def _settle_percent(table, column, choices):
    """100 where a plain number is a share of one (0.75), 1 where it is per cents (75), 0 where it is no per cent.

    Per cents that are no scores are a measure's values where a person says so.
    """
    todiste = table.evidence[column.column]
    says = any("%" in text or "prosent" in text.casefold() or "procent" in text.casefold() for text in column.path)
    is_shown = todiste.filled > 0 and todiste.percent == 1
    if is_shown or (says and not todiste.percent and todiste.number == 1 and _are_shares(todiste)):
        column.by_percent = 100
    elif says and todiste.filled and todiste.whole + todiste.percent >= 1 and _are_hundreds(todiste):
        column.by_percent = 1
    if column.by_percent and choices.percents == "mittari" and _has_others(todiste, column.by_percent):
        column.role = "mittari.arvo"


def _has_others(todiste, factor):
    """Per cents that are no score: others than 0, 25, 50, 75 and 100."""
    numbers = (per_cents(value, factor) for value in todiste.values)
    return any(number is not None and number not in PERCENTS for number in numbers)


def _are_shares(todiste):
    """Parts of one, of which some is neither nothing nor all."""
    numbers = [per_cents(value, 1) for value in todiste.values]
    told = all(number is not None and 0 <= number <= 1 for number in numbers)
    return told and any(number not in (0, 1) for number in numbers)


def _are_hundreds(todiste):
    numbers = [value.strip(" %") for value in todiste.values]
    return all(number.isdigit() and int(number[:9]) <= 100 for number in numbers)


def _leave_to_comments(table):
    """Where a heading says comment, a text that is hardly one is a column of the kunta's own."""
    words = {column.column: table.evidence[column.column].words.get("kommentti", 0) for column in table.columns}
    if any(words[column.column] >= 0.75 for column in table.of_role("kommentti")):
        for column in table.of_role("kommentti"):
            if column.margin < ASK and words[column.column] < 0.5 and not column.is_chosen:
                column.role, column.second = OMA, "kommentti"


def _own_of_kirjaus(table):
    """Right of the first status or under a period an own column is the kirjaus's."""
    scores = table.of_role("toteutumisaste")
    first = min((column.column for column in scores), default=None)
    names = table.of_role("toimenpide")[0].column
    for column in table.columns:
        if column.column < names and not (first and first < names):
            continue  # what stands before the names is of no jakso
        if column.role == OMA and not column.is_chosen:
            if column.group and (first is None or column.column < first):
                continue  # an x in months or quarters is a timetable
            after = first is not None and column.column > first
            if after or (scores and period_key(column.path) and not _is_series(table, column)):
                column.role = OMA_KIRJAUS


def _is_series(table, column):
    return table.evidence[column.column].is_bare_year


def name_own(tables: list[Taulu]) -> None:
    """Own columns get the key they are kept by: all header texts joined, twins told apart by their letter."""
    for table in tables:
        own = [c for c in table.columns if c.role in (OMA, OMA_KIRJAUS, "mittari.suunta")]
        for column in own:
            path = column.path[:-1] or column.path if column.group else column.path
            column.key = shorten(" – ".join(path), NIMI) or f"Sarake {letters_of(column.column)}"
        heads: dict[str, set] = {}
        for column in own:
            heads.setdefault(column.key, set()).add(column.group or column.column)
        for column in own:
            if len(heads.get(column.key, ())) > 1:
                column.key = f"{column.key} ({letters_of(column.column)})"
