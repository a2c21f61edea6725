"""Plan -> how a preview shows it: rows beside what they become, what waits for a person, what was interpreted."""

import re
from collections import defaultdict
from dataclasses import dataclass, field

from django.core.paginator import Paginator
from django.utils.translation import gettext_lazy as _

from strategia.models import LISAKENTAT, SANASTO

from ..taulukko.guard import Issue
from ..taulukko.rows import Luettu
from ..taulukko.soluviite import sheet_of
from .paatokset import NYKYINEN, TIEDOSTO
from .plan import Plan, PlannedRow, shown

MUUTOS = {"new": _("uusi"), "changed": _("muuttuu"), "same": _("ennallaan")}
RIVEJA_SIVULLA = 100
KUMPI = [(NYKYINEN, _("Pidä nykyinen arvo")), (TIEDOSTO, _("Ota tiedoston arvo"))]
# Errors whose value a person may type over; of the others the choices are made for them.
KORJATTAVAT = {
    "ambiguous_score",
    "date_in_score",
    "score_range",
    "score_not_integer",
    "score_not_number",
    "error_cell",
    "formula_without_value",
    "missing_name",
    "too_long",
    "duplicate_row",
    "several_toimialat",
}
NIMELLA_LUETTAVAT = {"broken_id", "mixed_row"}  # the row's own name may be taken in place of its id
KOKO_RIVIN = {
    *NIMELLA_LUETTAVAT, "unknown_id", "unknown_toimenpide", "other_toimiala", "other_jakso", "not_yours",
    "ambiguous_row", "copied_row",
}  # fmt: skip
OHITUS = {
    "jakso": _("otsikot ja nimet"),
    "title": _("taulukon nimi"),
    "header": _("otsikko"),
    "repeated_header": _("toistuva otsikko"),
    "band": _("väliotsikko"),
    "legend": _("selite"),
    "total": _("yhteensä-rivi"),
    "note": _("huomautus"),
    "unknown_column": _("tuntematon sarake"),
    "hidden": _("piilotettu"),
    "guide": _("ohje"),
    "not_table": _("ei taulukkoa"),
    "empty_row": _("tyhjä rivi"),
}
_ASTE = re.compile(r"(?<![\d,.])[1-5](?![\d,.]*\d)(?!\))")  # a digit alone, not the number of a list


@dataclass
class Esikatselurivi:
    """One row of the file beside what it becomes, with the issues that stand in its cells."""

    planned: PlannedRow
    errors: list[Issue] = field(default_factory=list)
    notices: list[Issue] = field(default_factory=list)
    is_unsettled: bool = False  # does one of its errors still wait for a person?
    on_pois: bool = False  # is it left out of the file's flow?

    @property
    def muutos(self):
        return MUUTOS[self.planned.change]

    @property
    def muuttuvat(self):
        """[(word, before, after)] of everything that changes, the kirjaukset with their jakso."""
        own = [(word_of(name), *pair) for name, pair in self.planned.changes.items()]
        inner = [
            (f"{word_of(name)}, {kirjaus.jakso}", *(shown(name, value) for value in pair))
            for kirjaus in self.planned.kirjaukset
            for name, pair in kirjaus.changes.items()
            if name != "syy" or pair[1]
        ]
        return own + inner


@dataclass
class Ratkaistava:
    """One decision: an error, or several that have the same answer."""

    issue: Issue
    cells: list[str]
    nimi: str = ""
    avain: str = ""
    ehdotukset: list = field(default_factory=list)
    on_ohitettu: bool = False
    toimenpide: str = ""
    tavat: list = field(default_factory=list)  # [(value, word)] of a conflict

    @property
    def on_korjattava(self):
        return self.issue.code in KORJATTAVAT

    @property
    def on_luettavissa_nimella(self):
        return self.issue.code in NIMELLA_LUETTAVAT

    @property
    def on_koko_rivi(self):
        return self.issue.code in KOKO_RIVIN

    @property
    def pikavalinnat(self):
        """The scores that the text itself holds, once each: "1) 4, 2) 5" offers 4 and 5."""
        text = self.issue.fi.partition("”")[2].partition("”")[0] if "score" in self.issue.code else ""
        return sorted(set(_ASTE.findall(text)))


def list_rows(plan: Plan) -> list[Esikatselurivi]:
    """Every row of the plan in the file's order, with its issues found by their cells."""
    rows = [Esikatselurivi(planned, on_pois=plan.leaves_out(planned)) for planned in plan.rows]
    by_cell = {cell: row for row in rows for cell in cells_of(row.planned.rivi)}
    for issue in plan.errors:
        if issue.cell in by_cell:
            by_cell[issue.cell].errors.append(issue)
            by_cell[issue.cell].is_unsettled |= issue.cell not in plan.target.ohitetut
    for issue in plan.luettu.notices:
        if issue.cell in by_cell:
            by_cell[issue.cell].notices.append(issue)
    return rows


def list_decisions(plan: Plan) -> list[Ratkaistava]:
    """What waits for a person: one decision for each error of the plan."""
    names = {cell: row.rivi.toimenpide for row in plan.rows for cell in cells_of(row.rivi)}
    return [
        Ratkaistava(
            issue,
            [issue.cell],
            on_ohitettu=issue.cell in plan.target.ohitetut,
            toimenpide=names.get(issue.cell) or "",
            tavat=KUMPI if issue.code == "conflict" else [],
        )
        for issue in plan.errors
    ]


def describe_preview(plan: Plan, kohdat: list[Ratkaistava], *, nayta: str, sivu) -> dict:
    """What both previews show of a plan: the chosen part of its rows, and everything that is told of it."""
    nayta = nayta or ("ratkaistavat" if plan.waiting else "kaikki")
    shown = [row for row in list_rows(plan) if nayta == "kaikki" or row.planned.change == nayta]
    notices = plan.luettu.notices
    return {
        "plan": plan,
        "nayta": nayta,
        "sivu": Paginator(shown, RIVEJA_SIVULLA).get_page(sivu),
        "ratkaistavat": kohdat,
        "kysymykset": plan.questions,
        "avoimia": plan.waiting,
        "tulkinnat": group_notices(plan),
        "katsottavat": [notice for notice in notices if notice.code == "needs_decision"],
        "ohitetut": [(skip.cell, OHITUS.get(skip.reason, skip.reason), skip.text) for skip in plan.luettu.skipped],
        "etuliite": only_sheet(plan.luettu),
    }


def cells_of(rivi):
    return {rivi.cell, *rivi.cells.values(), *(cell for k in rivi.kirjaukset for cell in k.cells.values())}


def only_sheet(luettu: Luettu) -> str:
    """ "Taul1!" when every cell of the result is of one sheet, a guide beside it apart; else ""."""
    issues = (*luettu.errors, *luettu.notices, *(skip for skip in luettu.skipped if skip.reason != "guide"))
    sheets = {sheet_of(cell) for cell in (each.cell for each in (*luettu.rows, *issues)) if cell}
    return sheets.pop() if len(sheets) == 1 else ""


def group_notices(plan: Plan) -> list[tuple[str, list[str]]]:
    """[(sentence, its cells)]: the same interpretation of many cells is told once, the plainest kind last."""
    groups = defaultdict(list)
    for notice in sorted(plan.luettu.notices, key=lambda notice: notice.code == "carried_down"):
        groups[notice.fi].append(notice.cell)
    return list(groups.items())


def word_of(name):
    words = {"nimi": _("Nimi"), "syy": _("Syy"), "sisainen_huomio": _("Sisäinen huomio"), "sdg": "SDG"}
    return words.get(name) or (SANASTO | LISAKENTAT).get(name, name)
