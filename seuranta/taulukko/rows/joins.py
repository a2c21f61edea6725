"""Drafts -> the same drafts with one spelling of each name, repeated rows joined or told, and odd rows told."""

import re
from collections import Counter
from dataclasses import replace
from functools import cache

from strategia.nimet import koodin_avain

from ..layout import Taulu, words
from ..layout.choices import OMA, OMA_KIRJAUS, Choices
from ..layout.headings import phrases
from ..soluviite import Soluviite, sheet_of
from ..workbook import Solu
from .drafts import Kirjausluonnos, Luentatulos, Luonnos
from .kysymykset import ask
from .levels import alike
from .sentences import issue

_HYPHEN_AT_LINE_BREAK = re.compile(r"(\w)-[ \t]*\n[ \t]*(?!(?:ja|tai|sekä|eli|och|eller)\b)(?=[a-zåäö])")
_SEPARATORS = re.compile(r"[,;/\n]")
_TWO_SIDES = re.compile(r"\w\s*[/|\n]\s*\w")
_NOT_A_UNIT = {alike(name) for name in phrases(words.NOT_A_UNIT)}
_EMPTY = Solu("blank", "")
_JOINED = (("painopiste",), ("painopiste", "tavoite"), ("toimiala",), ("toimielin",))


def join_spellings(tulos: Luentatulos) -> None:
    """Names that differ only in white space, full stops, commas, case or a hyphen at a line break become one.

    The commonest spelling wins, of equals the first. A tavoite is joined within its painopiste.
    """
    for *above, role in _JOINED:
        under = above[0] if above else ""
        told = {(draft.texts.get(under, ""), draft.texts[role]) for draft in tulos.drafts if role in draft.texts}
        keys = {pair: (_key(pair[0]), _key(pair[1])) for pair in told}
        if len(set(keys.values())) == len({(keys[pair], pair[1]) for pair in told}):
            continue  # each has one spelling
        groups: dict[tuple, list[Luonnos]] = {}
        for draft in tulos.drafts:
            if role in draft.texts:
                groups.setdefault(keys[draft.texts.get(under, ""), draft.texts[role]], []).append(draft)
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
    texts = draft.texts
    koodi = koodin_avain(texts["koodi"]) if "koodi" in texts else ""
    tavoite, nimi = alike(texts.get("tavoite", "")), alike(texts.get("toimenpide", ""))
    return alike(texts.get("painopiste", "")), tavoite, nimi, koodi


def _merge(twin, draft, tulos):
    kirjaus: Kirjausluonnos
    for name, kirjaus in draft.kirjaukset.items():
        for role, cell in draft.cells.items():
            kirjaus.cells.setdefault(role, cell)
        kirjaus.joined |= {**draft.joined, **draft.blanks}
        twin.kirjaukset[name] = kirjaus
    twin.omat = {**draft.omat, **twin.omat}
    twin.own_cells |= draft.own_cells
    twin.mittarit += [mittari for mittari in draft.mittarit if mittari.arvot or not twin.mittarit]
    for role, text in draft.texts.items():
        if role not in twin.texts:
            twin.texts[role], twin.cells[role] = text, draft.cells[role]
        elif alike(twin.texts[role]) != alike(text):
            tulos.notices.append(issue(draft.cells[role], "needs_decision/differs", first=twin.cells[role]))


def tell_duplicates(tulos: Luentatulos, sheets: list[str], choices: Choices) -> None:
    """Rows alike in painopiste, tavoite, koodi and name: kept with a koodi or when told so, else the later is an error.

    A sheet whose rows are mostly another sheet's is an older copy: one question. `sheets`: all that are taken.
    """
    rows: dict[tuple, Luonnos] = {}
    codes: dict[str, Luonnos] = {}
    alike_rows = []
    for draft in tulos.drafts:
        koodi = draft.texts.get("koodi")
        if "toimenpide" in draft.texts:
            first = rows.setdefault(_identity(draft), draft)
            if first is not draft:
                alike_rows.append((draft, first))
                continue
        if koodi:
            first = codes.setdefault(koodin_avain(koodi), draft)
            if first is not draft:
                tulos.notices.append(issue(draft.cell, "duplicate_code", koodi=koodi, first=first.cell))
    copies = _copies(tulos, alike_rows) if alike_rows else ()
    for draft, first in alike_rows:
        pair = (sheet_of(first.cell)[:-1], sheet_of(draft.cell)[:-1])
        if pair in copies:
            tulos.ask("older_copy", pair, draft.cell, lambda cells, pair=pair: _ask_copy(pair, cells, sheets))
        elif draft.texts.get("koodi"):
            tulos.notices.append(issue(draft.cell, "duplicate_code", koodi=draft.texts["koodi"], first=first.cell))
        elif choices.parts == "riveiksi":
            tulos.notices.append(issue(draft.cell, "needs_decision/twin", first=first.cell))
        else:
            tulos.errors.append(issue(draft.cell, "duplicate_row", first=first.cell))
            del draft.texts["toimenpide"]


def _ask_copy(pair, cells, sheets):
    return ask("older_copy", cells, kept=pair[0], copy=pair[1], sheets=sheets)


def _copies(tulos, alike_rows):
    """{(sheet, the sheet that repeats it)}: most rows of the later one, three at least, are the earlier one's."""
    counts = Counter(sheet_of(draft.cell)[:-1] for draft in tulos.drafts)
    pairs = Counter((sheet_of(first.cell)[:-1], sheet_of(draft.cell)[:-1]) for draft, first in alike_rows)
    return {
        pair for pair, count in pairs.items() if pair[0] != pair[1] and count >= 3 and count >= 0.6 * counts[pair[1]]
    }


def split_toimialat(tulos: Luentatulos, choices: Choices, tables: list[Taulu]) -> None:
    """A cell that lists several toimialat: asked once for all of them; the first leads, or the list is one name.

    Under a heading in two languages a cell with two sides is one name in both.
    """
    headings = [column.heading for table in tables for column in table.of_role("toimiala")]
    if choices.units == "yksi" or (headings and all(_TWO_SIDES.search(heading) for heading in headings)):
        return
    read = cache(_units_of)
    for draft in tulos.drafts:
        names = read(draft.texts.get("toimiala", ""))
        if names is None:
            continue
        if choices.units != "useita" or len(names) < 2:
            tulos.ask("several_toimialat", "", draft.cells["toimiala"], lambda cells: ask("several_toimialat", cells))
        if len(names) > 1:
            draft.texts["toimiala"], draft.muut_toimialat = names[0], tuple(dict.fromkeys(names[1:]))
        else:
            del draft.texts["toimiala"]


def _units_of(text):
    """The units that the text lists; None where it is the name of one, or is empty."""
    names = [name.strip() for name in _SEPARATORS.split(text) if name.strip()] if text else []
    return names if len(names) > 1 or alike(text) in _NOT_A_UNIT else None


def tell_shifted(tulos: Luentatulos, table: Taulu, drafts: list[Luonnos]) -> None:
    """A row whose name is what other rows have one column to the right, and whose last column is empty."""
    roles = [column.role for column in table.columns if column.role not in ("", OMA, OMA_KIRJAUS)]
    after = roles[roles.index("toimenpide") + 1 :]
    if len(after) < 2:
        return
    heading = next(column.heading for column in table.columns if column.role == after[0])
    others = {alike(draft.texts[after[0]]) for draft in drafts if after[0] in draft.texts}
    for draft in drafts:
        text = draft.texts.get("toimenpide", "")
        if text and after[-1] not in draft.texts and alike(text) in others:
            start = _shifted_from(table, draft)
            option = f' (--siirra "{start}")' if start else ""
            told = issue(draft.cell, "needs_decision/shifted", text=text, heading=heading, option=option)
            tulos.notices.append(replace(told, value=start or text))
            tulos.siirtyneet += [(draft.cell, start)] if start else []


def _shifted_from(table, draft):
    """The cell of its row from which it would go right; "" where its last cell would fall off the table.

    It is the first one that other rows have a column further right, else the one that stands where the name's left
    neighbour does, unless others have it there too: then the name itself was lost.
    """
    viite = Soluviite.parse(draft.cell)
    sheets = (part.sheet for part in table.parts if part.sheet.name == viite.sheet)
    row, name = next(sheets).rows.get(viite.row, {}), table.of_role("toimenpide")[0].column
    if row.get(table.columns[-1].column, _EMPTY).text:
        return ""
    others = {column: _texts_below(table, column, row) for column in range(1, name + 1)}
    texts = {column: alike(row.get(column, _EMPTY).text) for column in others}
    moved = [c for c in range(1, name) if texts[c] and texts[c] in others[c + 1] and texts[c] not in others[c]]
    left = name - 1
    start = moved[0] if moved else left if texts.get(left) and texts[left] not in others[left] else name
    return str(viite._replace(column=start))


def _texts_below(table, column, own):
    """What the table's other rows have in this column."""
    rows = (part.sheet.rows[row] for part in table.parts for row in part.body)
    return {alike(row[column].text) for row in rows if row is not own and column in row} - {""}
