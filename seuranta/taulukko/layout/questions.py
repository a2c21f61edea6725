"""Taulu -> Kysymykset: columns that may be read in two ways are not guessed between; a person is asked.

Until then none of the doubtful readings is taken, but for the names a row cannot be without (`taken`).
"""

from dataclasses import dataclass, field

from ..soluviite import address, letters_of
from .headings import is_period
from .roles import Taulu, Tiedostosarake

# A row is known by these: of two columns the first is read until a person says otherwise.
_NAMES = {
    "painopiste": "painopisteet",
    "tavoite": "tavoitteet",
    "toimialan_tavoite": "toimialan tavoitteet",
    "koodi": "koodit",
    "toimenpide": "toimenpiteet",
    "toimielin": "toimielimet",
    "toimiala": "toimialat",
    "voimassa": "voimassaolo",
}


@dataclass(frozen=True)
class Vaihtoehto:
    """One way to read: what to show, and the choices that make it so.

    `columns`: their roles ("Taul1!E" -> role). `choices`: all of them, as a patch of Choices (`with_patch`).
    """

    fi: str
    en: str
    columns: dict[str, str] = field(default_factory=dict)
    choices: dict = field(default_factory=dict)


@dataclass(frozen=True)
class Kysymys:
    """Two or more readings of one thing, at the heading of the first candidate.

    `code`: score_column, comment_column or name_column. `taken`: the answer in force, None when none is.
    `cells`: all that the one answer settles; each is an error with the same code and sentence.
    """

    cell: str
    code: str
    fi: str
    en: str
    answers: tuple[Vaihtoehto, ...]
    taken: int | None = None
    cells: tuple[str, ...] = ()

    @property
    def avain(self) -> str:
        """Which question it is: several may begin at one cell."""
        return f"{self.code} {self.cell}"


def ask_names(table: Taulu) -> list[Kysymys]:
    """Of two columns of names the first is read; the other is left out and asked about if it says anything."""
    questions = []
    for role, what in _NAMES.items():
        same = [column for column in table.columns if column.role == role]
        candidates = [same[0], *(column for column in same[1:] if _is_filled(table, column))] if same else []
        for column in same[1:]:
            column.role = ""
        if len(candidates) > 1 and not any(column.is_chosen for column in candidates):
            fi = f"{_listed(candidates)}: kummassa ovat {what}? Nyt luettiin ensimmäinen."
            en = f"{_listed(candidates)}: which one holds this ({role})? The first was read."
            questions.append(_question(table, "name_column", role, candidates, fi, en, taken=0))
    return questions


def ask_scores(table: Taulu) -> list[Kysymys]:
    """Two columns of scores are two periods when their headings name different ones; else nobody can know."""
    scores = [column for column in table.columns if column.role == "toteutumisaste"]
    if len(scores) < 2 or table.is_flat or any(column.is_chosen for column in scores):
        return []
    periods = [_periods(column) for column in scores]
    if all(periods) and len(set(periods)) == len(periods):
        return []
    fi = f"{_listed(scores)}: missä on toteutumisaste? Mitään näistä ei luettu."
    en = f"{_listed(scores)}: which one is the score? None of them was read."
    question = _question(table, "score_column", "toteutumisaste", scores, fi, en)
    for column in scores:
        column.role = ""
    return [question]


def ask_comments(table: Taulu, group: list[Tiedostosarake]) -> list[Kysymys]:
    """Two columns of comments on one score: either, or both as one text. They are published, so none is guessed."""
    comments = [column for column in group if column.role == "kommentti"]
    if len(comments) < 2 or any(column.is_chosen for column in comments):
        return []
    fi = f"{_listed(comments)}: missä on julkaistava kommentti? Mitään näistä ei luettu."
    en = f"{_listed(comments)}: which one is the comment to be published? None of them was read."
    all_of_them = _roles(table, comments, {column.column: "kommentti" for column in comments})
    both = Vaihtoehto("Kaikki yhtenä tekstinä", "All as one text", all_of_them)
    question = _question(table, "comment_column", "kommentti", comments, fi, en, more=(both,))
    for column in comments:
        column.role = ""
    return [question]


def _is_filled(table, column):
    return any(
        column.column in part.sheet.rows[line.row] and part.sheet.rows[line.row][column.column].kind != "blank"
        for part in table.parts
        for line in part.rows
    )


def _periods(column):
    return tuple(sorted({" ".join(text.split()).casefold() for text in column.path if is_period(text)}))


def _listed(columns):
    return ", ".join(f"{letters_of(column.column)} ”{column.heading}”" for column in columns)


def _question(table, code, role, columns, fi, en, *, more=(), taken=None):
    answers = tuple(
        Vaihtoehto(
            f"{letters_of(chosen.column)} ”{chosen.heading}”",
            f"{letters_of(chosen.column)} “{chosen.heading}”",
            _roles(table, columns, {chosen.column: role}),
        )
        for chosen in columns
    )
    part = table.parts[0]
    return Kysymys(part.sheet.ref(part.main_row, columns[0].column), code, fi, en, (*answers, *more), taken)


def _roles(table, columns, roles):
    """{"Taul1!E": role, "Taul1!F": ""}: the choice on every sheet that the table stands on."""
    sheets = dict.fromkeys(part.sheet.name for part in table.parts)
    return {address(sheet, column.column): roles.get(column.column, "") for sheet in sheets for column in columns}
