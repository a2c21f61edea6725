"""Taulu -> Kysymykset: what may be read in two ways is not guessed; a person is asked, once for all its cells.

The answers carry the choices that make them so. Nothing is written while a question is open.
"""

from dataclasses import dataclass, field

from ..soluviite import address, letters_of
from .choices import OMA, OMA_KIRJAUS, POIS
from .roles import Taulu, Tiedostosarake

# What a person reads of a role, in Finnish and English.
ROOLIT = {
    "painopiste": ("painopiste", "the priority"),
    "tavoite": ("tavoite", "the goal"),
    "toimialan_tavoite": ("toimialan tavoite", "the unit's goal"),
    "koodi": ("koodi", "the code"),
    "toimenpide": ("toimenpiteen nimi", "the name of the measure"),
    "toimielin": ("toimielin", "the board"),
    "toimiala": ("toimiala", "the unit"),
    "vastuu": ("vastuu", "who is responsible"),
    "riski": ("riski", "the risk"),
    "mittari": ("mittari", "the indicator"),
    "sdg": ("SDG", "the SDG"),
    "voimassa": ("voimassaolo", "the time in force"),
    "voimassa.alkaa": ("alkaa", "the start"),
    "voimassa.paattyy": ("päättyy", "the end"),
    "jakso": ("jakso", "the period"),
    "toteutumisaste": ("toteutumisaste", "the score"),
    "kommentti": ("kommentti", "the comment"),
    "syy": ("syy, miksi ei arviota", "the reason for no score"),
    "sisainen_huomio": ("sisäinen huomio", "an inner note"),
    "ennuste": ("ennuste", "the forecast"),
    "poikkeaman_syy": ("poikkeaman syy", "the reason of a deviation"),
    "korjaavat_toimet": ("korjaavat toimet", "corrective action"),
    "mittari.lahto": ("mittarin lähtöarvo", "a baseline"),
    "mittari.tavoite": ("mittarin tavoitearvo", "a target"),
    "mittari.arvo": ("mittarin arvo", "a measured value"),
    "mittari.suunta": ("mittarin suunta", "a trend"),
    OMA: ("oma sarake", "a column of your own"),
    OMA_KIRJAUS: ("jakson oma sarake", "a column of your own for the period"),
    POIS: ("jätetään pois", "left out"),
    "": ("jätetään pois", "left out"),
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
    """Two or more readings of one thing, at the first of its cells.

    `cells`: all that the one answer settles; each is an error with the same code and sentence. `value`: the word or
    text that it is about. `taken`: the answer in force, None when none is. `proposed`: the likeliest one.
    """

    cell: str
    code: str
    fi: str
    en: str
    answers: tuple[Vaihtoehto, ...]
    taken: int | None = None
    cells: tuple[str, ...] = ()
    value: str = ""
    proposed: int | None = None

    @property
    def avain(self) -> str:
        """Which question it is: several may begin at one cell."""
        return f"{self.code} {self.cell}"


def ask_column(
    table: Taulu, columns: list[Tiedostosarake], roles: tuple[str, ...], *, proposed: int | None = 0
) -> Kysymys:
    """What a column is, or those that only their periods tell apart: a near second reading, or nothing that tells."""
    first = columns[0]
    ways = " vai ".join(dict.fromkeys(ROOLIT[role][0] for role in roles))
    options = " ".join(f"--sarake {letters_of(column.column)}=ROOLI" for column in columns)
    many = "Sarakkeet" if len(columns) > 1 else "Sarake"
    fi = f"{many} {_listed(columns)}: {ways}? Komennolle sen kertoo {options}."
    english = " or ".join(dict.fromkeys(ROOLIT[role][1] for role in roles))
    en = f"Column {_named(first)}: {english}? Tell the command with --sarake."
    answers = tuple(
        _answer(table, columns, {column.column: role for column in columns}, *ROOLIT[role]) for role in roles
    )
    return _question(table, "column_role", columns, fi, en, answers, proposed=proposed, value=first.heading)


def ask_trend(table: Taulu, columns: list[Tiedostosarake], values: list[str], *, proposed: int) -> Kysymys:
    """Arrows or words of change are kept with the measure until a person says that they are the status."""
    letters, shown = letters_of(columns[0].column), ", ".join(values)
    name, what = ("Sarake", "kertooko se") if len(columns) == 1 else ("Sarakkeet", "kertovatko ne")
    fi = (
        f"{name} {_listed(columns)} ({shown}): {what}, mihin suuntaan mittari on muuttunut, vai toteutumisasteen? "
        f"Komennolle sen kertoo --sarake {letters}=mittari.suunta tai {letters}=toteutumisaste."
    )
    en = f"{_listed(columns)} ({shown}): how the measure moved, or the score? Tell the command with --sarake."
    roles = ("mittari.suunta", "toteutumisaste")
    answers = tuple(_answer(table, columns, {c.column: role for c in columns}, *ROOLIT[role]) for role in roles)
    heading = columns[0].heading
    return _question(table, "trend_or_status", columns, fi, en, answers, proposed=proposed, value=heading)


def ask_names(table: Taulu, role: str, columns: list[Tiedostosarake]) -> Kysymys:
    """Of two columns of one role the first is proposed."""
    fi = f"{_listed(columns)}: kummassa on {ROOLIT[role][0]}? Ehdotus on ensimmäinen."
    en = f"{_listed(columns)}: which one is {ROOLIT[role][1]}? The first is proposed."
    return _either(table, role, columns, fi, en, proposed=0)


def ask_lowest(table: Taulu, columns: list[Tiedostosarake]) -> Kysymys:
    """No heading tells which column names the rows; the first is proposed. The rest is read around the one chosen."""
    if len(columns) == 1:
        return ask_column(table, columns, ("toimenpide", OMA))
    fi = f"Mitään otsikkoa ei tunnettu. {_listed(columns)}: missä on toimenpiteen nimi? Ehdotus on ensimmäinen."
    en = f"No heading is known. {_listed(columns)}: which one is the name of the measure? The first is proposed."
    answers = tuple(
        _answer(table, [column], {column.column: "toimenpide"}, _named(column), _named(column, "“", "”"))
        for column in columns
    )
    return _question(table, "column_role", columns, fi + _by_command(columns[0], "toimenpide"), en, answers, proposed=0)


def ask_scores(table: Taulu, columns: list[Tiedostosarake]) -> Kysymys:
    """Two columns of scores of one period: nobody can know."""
    fi = f"{_listed(columns)}: missä on toteutumisaste? Mitään näistä ei luettu asteeksi."
    en = f"{_listed(columns)}: which one is the score? None of them was read as one."
    return _either(table, "toteutumisaste", columns, fi, en)


def ask_comments(table: Taulu, columns: list[Tiedostosarake]) -> Kysymys:
    """Two columns of comments on one score: either, or both as one text. They are published, so none is guessed."""
    fi = f"{_listed(columns)}: missä on julkaistava kommentti? Mitään näistä ei luettu kommentiksi."
    en = f"{_listed(columns)}: which one is the comment to be published? None of them was read as one."
    roles = {column.column: "kommentti" for column in columns}
    both = _answer(table, columns, roles, "Kaikki yhtenä tekstinä", "All as one text")
    return _either(table, "kommentti", columns, fi, en, more=(both,))


def _either(table, role, columns, fi, en, *, more=(), proposed=None):
    answers = tuple(
        _answer(table, columns, {chosen.column: role}, _named(chosen), _named(chosen, "“", "”")) for chosen in columns
    )
    return _question(
        table, "column_role", columns, fi + _by_command(columns[0], role), en, (*answers, *more), proposed=proposed
    )


def _by_command(column, role):
    return f" Komennolle sen kertoo --sarake {letters_of(column.column)}={role}."


def _named(column, left="”", right="”"):
    return f"{letters_of(column.column)} {left}{column.heading}{right}" if column.heading else letters_of(column.column)


def _listed(columns):
    return ", ".join(map(_named, columns))


def _answer(table, columns, roles, fi, en):
    """{"Taul1!E": role, …}: the choice on every sheet that the table stands on; a column not chosen is an own one."""
    sheets = dict.fromkeys(part.sheet.name for part in table.parts)
    rest = OMA_KIRJAUS if any(role in ("toteutumisaste", "kommentti") for role in roles.values()) else OMA
    told = {address(sheet, column.column): roles.get(column.column, rest) for sheet in sheets for column in columns}
    return Vaihtoehto(fi[:1].upper() + fi[1:], en[:1].upper() + en[1:], told, {"roles": told})


def _question(table, code, columns, fi, en, answers, *, proposed=None, value=""):
    cells = tuple(table.cell(column.column) for column in columns)
    told = cells if code == "trend_or_status" else cells[:1]
    return Kysymys(cells[0], code, fi, en, answers, cells=told, proposed=proposed, value=value)
