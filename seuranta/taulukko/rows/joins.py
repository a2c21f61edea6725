"""Drafts -> the same drafts with one spelling of each name, repeated rows joined or told, and odd rows told."""

import re
from collections import Counter

from ..layout import Taulu
from .levels import alike
from .lines import Kirjausluonnos, Luentatulos, Luonnos
from .sentences import issue

_HYPHEN_AT_LINE_BREAK = re.compile(r"(\w)-[ \t]*\n[ \t]*(?!(?:ja|tai|sekä|eli|och|eller)\b)(?=[a-zåäö])")
_SEPARATORS = re.compile(r"[,;/&+\n]")
_JOINED = (("painopiste",), ("painopiste", "tavoite"), ("toimiala",), ("toimielin",))


def join_spellings(tulos: Luentatulos) -> None:
    """Names that differ only in white space, full stops, commas, case or a hyphen at a line break become one.

    The commonest spelling wins, of equals the first. A tavoite is joined within its painopiste.
    """
    for *above, role in _JOINED:
        groups: dict[tuple, list[Luonnos]] = {}
        for draft in tulos.drafts:
            if role in draft.texts:
                under = _key(draft.texts.get(above[0], "")) if above else ""
                groups.setdefault((under, _key(draft.texts[role])), []).append(draft)
        for drafts in groups.values():
            _join(role, drafts, tulos)


def _key(text):
    return alike(_HYPHEN_AT_LINE_BREAK.sub(r"\1", text) if "\n" in text else text)


def _join(role, drafts, tulos):
    spellings = Counter([draft.texts[role] for draft in drafts])
    if len(spellings) == 1:
        return
    joined = spellings.most_common(1)[0][0]
    told = set()
    for draft in drafts:
        text, cell = draft.texts[role], draft.cells[role]
        if text != joined and cell not in told:
            told.add(cell)
            tulos.notices.append(issue(cell, "spelling_joined", text=text, joined=joined))
        draft.texts[role] = joined


def join_flat(tulos: Luentatulos, drafts: list[Luonnos]) -> list[Luonnos]:
    """Of rows or sheets that are each of one jakso, one draft for each toimenpide with the kirjaukset of all.

    The second row of a toimenpide in the same jakso is another toimenpide of the same name.
    """
    joined: dict[tuple, list[Luonnos]] = {}
    result = []
    for draft in drafts:
        twins = joined.setdefault(_identity(draft), [])
        names = set(draft.kirjaukset)
        twin = next((twin for twin in twins if names and twin.kirjaukset and not names & set(twin.kirjaukset)), None)
        if twin is None or "toimenpide" not in draft.texts:
            twins.append(draft)
            result.append(draft)
        else:
            _merge(twin, draft, tulos)
    return result


def _identity(draft):
    return tuple(alike(draft.texts.get(role, "")) for role in ("painopiste", "tavoite", "koodi", "toimenpide"))


def _merge(twin, draft, tulos):
    kirjaus: Kirjausluonnos
    for name, kirjaus in draft.kirjaukset.items():
        for role, cell in draft.cells.items():
            kirjaus.cells.setdefault(role, cell)
        kirjaus.joined |= {**draft.joined, **draft.blanks}
        twin.kirjaukset[name] = kirjaus
    for role, text in draft.texts.items():
        if role not in twin.texts:
            twin.texts[role], twin.cells[role] = text, draft.cells[role]
        elif alike(twin.texts[role]) != alike(text):
            tulos.notices.append(issue(draft.cells[role], "needs_decision/differs", first=twin.cells[role]))


def tell_duplicates(tulos: Luentatulos) -> None:
    """Rows alike in painopiste, tavoite, koodi and name: kept when they have a koodi, else the later is an error."""
    rows: dict[tuple, Luonnos] = {}
    codes: dict[str, Luonnos] = {}
    for draft in tulos.drafts:
        koodi = draft.texts.get("koodi")
        if koodi:
            first = codes.setdefault(alike(koodi), draft)
            if first is not draft:
                tulos.notices.append(issue(draft.cell, "duplicate_code", koodi=koodi, first=first.cell))
        elif "toimenpide" in draft.texts:
            first = rows.setdefault(_identity(draft), draft)
            if first is not draft:
                tulos.errors.append(issue(draft.cell, "duplicate_row", first=first.cell))
                del draft.texts["toimenpide"]


def tell_several_toimialat(tulos: Luentatulos) -> None:
    """A cell that lists toimialat which the file also names one by one."""
    known = {alike(draft.texts["toimiala"]) for draft in tulos.drafts if "toimiala" in draft.texts}
    for draft in tulos.drafts:
        text = draft.texts.get("toimiala", "")
        if _SEPARATORS.search(text) and all(alike(name) in known for name in _SEPARATORS.split(text)):
            tulos.errors.append(issue(draft.cells["toimiala"], "several_toimialat", text=text))
            del draft.texts["toimiala"]


def tell_shifted(tulos: Luentatulos, table: Taulu, drafts: list[Luonnos]) -> None:
    """A row whose name is what other rows have one column to the right, and whose last column is empty."""
    roles = [column.role for column in table.columns if column.role]
    after = roles[roles.index("toimenpide") + 1 :]
    if len(after) < 2:
        return
    heading = next(column.heading for column in table.columns if column.role == after[0])
    others = {alike(draft.texts[after[0]]) for draft in drafts if after[0] in draft.texts}
    for draft in drafts:
        text = draft.texts.get("toimenpide", "")
        if text and after[-1] not in draft.texts and alike(text) in others:
            tulos.notices.append(issue(draft.cell, "needs_decision/shifted", text=text, heading=heading))
