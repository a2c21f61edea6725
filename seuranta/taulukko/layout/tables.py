"""Osat of all sheets -> Taulut: parts whose headings are alike are one table, and each of its columns gets its role."""

from collections import Counter

from strategia.nimet import normalise

from ..guard import Issue, refusal
from ..pituudet import NIMI, shorten
from ..soluviite import Soluviite, letters_of, split_key
from .choices import OMA, OMA_KIRJAUS, POIS, SHEET_NAME, Choices
from .evidence import are_quarters, gather
from .headings import bare_path, best_class, is_period
from .muut_muodot import refusal_of
from .parts import Lohkot, Osa
from .periods import period_key
from .questions import Kysymys, ask_column, ask_lowest, ask_names, ask_scores
from .reading import OWN, is_denied, read_roles
from .roles import LEVELS, ROLES, Taulu, Tiedostosarake
from .scores import DEGREES, PERCENTS, per_cents, plain_word
from .words import LISAT

_ALIKE = 0.6
_ASK, _NEAR = 1.0, 4.0
_SAID = 0.55  # weight of a heading of which something is known
_ONCE = ("toimielin", "toimiala", "sdg")
_ASKED_ROLES = ("toteutumisaste", "kommentti", "toimenpide")


def pool(lohkot: list[Lohkot], jaksot: dict[str, str]) -> list[list[Osa]]:
    """The parts grouped by their headings; a sheet that is a period is a group of its own."""
    groups: list[tuple[str, dict, list[Osa]]] = []
    for part in (part for each in lohkot for part in each.parts):
        period = jaksot.get(part.sheet.name, "")
        heads = {column: _head_of(path) for column, path in part.paths.items()}
        home = next((group for group in groups if group[0] == period and _is_alike(group[1], heads)), None)
        if home is None:
            groups.append((period, heads, [part]))
        else:
            home[2].append(part)
    return [parts for _period, _heads, parts in groups]


def _head_of(path):
    text = path[-1] if path else ""
    return normalise(text), next(filter(None, map(best_class, reversed(path))), ""), is_period(text)


def _is_alike(first, second):
    columns = first.keys() | second.keys()
    if not columns:
        return True
    alike = conflicts = 0
    for column in first.keys() & second.keys():
        one, other = first[column], second[column]
        same = (
            one[0] == other[0] or (one[1] and one[1] == other[1]) or (one[2] and other[2] and not (one[1] and other[1]))
        )
        alike += bool(same)
        conflicts += bool(not same and one[1] and other[1])
    return alike >= _ALIKE * len(columns) and not conflicts


def read_tables(
    groups: list[list[Osa]],
    choices: Choices,
    jaksot: dict[str, str],
    *,
    has_bands: bool,
    keys: frozenset[str],
    copies: set[str],
) -> tuple[list[Taulu], list[Taulu], Issue | None]:
    """(tables with names of rows, those without, None), or the refusal unknown_header or duplicate_header."""
    tables = [_table(parts, jaksot, keys, copies) for parts in groups]
    fixed, issue = _fixed_roles(tables, choices)
    if issue:
        return [], [], issue
    for table, roles in zip(tables, fixed, strict=True):
        _take_roles(table, roles, has_bands)
    named = [table for table in tables if table.of_role("toimenpide") and _is_sound(table) and not refusal_of(table)]
    issue = next(filter(None, map(_duplicates, named)), None)
    return named, [table for table in tables if table not in named], issue


def _table(parts, jaksot, keys, copies):
    spellings: dict[int, list[str]] = {}
    for part in parts:
        for column, path in part.paths.items():
            spellings.setdefault(column, []).extend(path)
    filled = {
        column for part in parts for row in part.body for column, solu in part.sheet.rows[row].items()
        if solu.kind != "blank"
    }  # fmt: skip
    paths = {column: _path(parts, column) for column in sorted(spellings.keys() | filled)}
    table = Taulu(parts, [], spellings, jakso=jaksot.get(parts[0].sheet.name, ""))
    first = [part for part in parts if part.sheet.name not in copies]
    table.evidence = gather(first or parts, paths, keys)
    table.columns = [Tiedostosarake(column, "", path[-1] if path else "", path) for column, path in paths.items()]
    return table


def _path(parts, column):
    """The first part's header texts, with the commonest spelling of the last one."""
    paths = [part.paths[column] for part in parts if part.paths.get(column)]
    if not paths:
        return ()
    last = Counter(path[-1] for path in paths).most_common(1)[0][0]
    return (*paths[0][:-1], last)


def _fixed_roles(tables, choices):
    """[column -> role] for each table, of what a person chose; a column that no table has is an error."""
    fixed = [{} for _table in tables]
    for key, role in choices.roles.items():
        if split_key(key)[1] == SHEET_NAME:
            continue
        found = [
            (number, column.column)
            for number, table in enumerate(tables)
            for column in table.columns
            if _names_column(key, table, column)
        ]
        if not found or role not in (*ROLES, ""):
            return [], refusal("unknown_header", column=key)
        for number, column in found:
            fixed[number][column] = role
    return fixed, None


def _names_column(key, table, column):
    viite = Soluviite.parse(key)
    if viite and not viite.row and viite.column == column.column:
        return viite.sheet in {"", *(part.sheet.name for part in table.parts)}
    plain = normalise(key)
    return bool(plain) and plain in {normalise(column.heading), normalise(" – ".join(column.path))}


def _take_roles(table, fixed, has_bands):
    luenta = read_roles(table.evidence, fixed, has_bands=has_bands)
    for column in table.columns:
        number = column.column
        column.role = luenta.roles.get(number, "")
        column.second = luenta.seconds.get(number, "")
        column.margin = luenta.margins.get(number, 0.0)
        column.is_chosen = number in fixed
        if column.is_chosen and column.role == POIS:
            column.role = ""
    table.is_flat = bool(table.of_role("jakso"))


def _is_sound(table):
    """Names alone are a list of anything: there must be a level's word, or a level or something of a status beside."""
    lowest = table.of_role("toimenpide")[0]
    found = table.evidence[lowest.column].words
    says = max((found.get(name, 0) for name in ("alin", "keski", "toimialan_tavoite", "mittari")), default=0)
    beside = ("painopiste", "tavoite", "toimialan_tavoite", "toteutumisaste", "kommentti", "mittari", "mittari.arvo")
    return lowest.is_chosen or says >= 0.55 or bool(table.of_role(*beside))


def _duplicates(table):
    """Columns that nothing tells apart: a person has to say which is which."""
    seen: dict[tuple, Tiedostosarake] = {}
    for column in table.columns:
        if not column.role or column.role in (OMA, OMA_KIRJAUS) or not column.path or column.is_chosen:
            continue
        words = tuple(text.casefold() for text in column.path)
        first = seen.setdefault((column.role, words), column)
        if first is not column and not _are_marks(table, column):
            cells = " ja ".join(letters_of(twin.column) for twin in (first, column))
            return refusal("duplicate_header", heading=column.heading, cells=cells)
    return None


def _are_marks(table, column):
    return table.evidence[column.column].x > 0.5


def settle(table: Taulu, choices: Choices) -> list[Kysymys]:
    """After the roles: one status a period, one column for each name."""
    questions = [*_settle_names(table), *_settle_scores(table)]
    for column in table.columns:
        if column.role == "toteutumisaste" and not column.by_colour:
            _settle_percent(table, column, choices)
    _leave_to_comments(table)
    _own_of_kirjaus(table)
    return questions


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
    known = sum(1 for value in todiste.values if _is_known(value)) / max(1, len(todiste.values))
    says = 2 * todiste.words.get("varma_aste", 0) + todiste.words.get("aste", 0) + 0.4 * todiste.words.get("kausi", 0)
    return says + 1.5 * known * (todiste.status > 0.3) + 0.5 * todiste.labelled + todiste.in_range


def _is_known(value):
    from .scores import is_known_status

    return is_known_status(value)


def _demote(columns):
    for column in columns:
        column.role, column.second = OMA_KIRJAUS, "toteutumisaste"


def _settle_percent(table, column, choices):
    """100 where a plain number is a share of one (0.75), 1 where it is per cents (75), 0 where it is no per cent.

    Per cents that are no scores are a measure's values where a person says so.
    """
    todiste = table.evidence[column.column]
    says = any("%" in text or "prosent" in text.casefold() or "procent" in text.casefold() for text in column.path)
    if todiste.filled and todiste.percent == 1:
        column.by_percent = 100
    elif says and todiste.filled and todiste.whole + todiste.percent >= 1 and _are_hundreds(todiste):
        column.by_percent = 1
    if column.by_percent and choices.percents == "mittari" and _has_others(todiste, column.by_percent):
        column.role = "mittari.arvo"


def _has_others(todiste, factor):
    """Per cents that are no score: others than 0, 25, 50, 75 and 100."""
    numbers = (per_cents(value, factor) for value in todiste.values)
    return any(number is not None and number not in PERCENTS for number in numbers)


def _are_hundreds(todiste):
    numbers = [value.strip(" %") for value in todiste.values]
    return all(number.isdigit() and int(number[:9]) <= 100 for number in numbers)


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
        if column.role in ("toteutumisaste", "kommentti") and column.margin < _ASK and not column.group:
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
        return lowest.margin < _ASK / 2
    beside = next((column for column in table.columns if column.column == lowest.column + 1), None)
    is_open = beside is not None and beside.role == OMA and not beside.is_chosen and bool(beside.path)
    other = table.evidence[beside.column] if is_open else None
    return lowest.margin < _ASK or (is_open and other.distinct >= 0.9 and _may_be_level(other))


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


def _leave_to_comments(table):
    """Where a heading says comment, a text that is hardly one is a column of the kunta's own."""
    words = {column.column: table.evidence[column.column].words.get("kommentti", 0) for column in table.columns}
    if any(words[column.column] >= 0.75 for column in table.of_role("kommentti")):
        for column in table.of_role("kommentti"):
            if column.margin < _ASK and words[column.column] < 0.5 and not column.is_chosen:
                column.role, column.second = OMA, "kommentti"


def _ask_candidate(table, told):
    """No status was found: the column that is nearest to one, if its values could be one."""
    from .reading import status_score

    boxes = [column for column in table.columns if column.role in (OMA, OMA_KIRJAUS) and _are_boxes(table, column)]
    if boxes:
        return [ask_column(table, boxes, ("toteutumisaste", OMA), proposed=None)]
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
        if score > OWN - _NEAR + 1 and (degrees > 0.8 or todiste.status > 0.3) and not _is_excluded(todiste):
            found.append((score, column))
    if not found:
        return []
    best = max(found, key=lambda each: each[0])[1]
    alike = _alike(table, best, (OMA, OMA_KIRJAUS, "mittari.arvo"))
    return [ask_column(table, alike, ("toteutumisaste", OMA), proposed=None)]


def _are_boxes(table, column):
    """Check boxes under a word of status: "Valmis", "Käynnissä"."""
    todiste = table.evidence[column.column]
    says = plain_word(column.heading) in DEGREES or todiste.words.get("aste", 0) >= _SAID
    return says and not column.is_chosen and todiste.filled > 0 and todiste.values.keys() <= {"True", "False"}


def _alike(table, column, roles):
    """The column with those that only their periods tell from it: one answer settles them all."""
    bare = bare_path(column.path)
    if not any(bare) or not table.evidence[column.column].has_period:
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


def _own_of_kirjaus(table):
    """Right of the first status or under a period an own column is the kirjaus's."""
    scores = table.of_role("toteutumisaste")
    first = min((column.column for column in scores), default=None)
    for column in table.columns:
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
