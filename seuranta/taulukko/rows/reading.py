"""Asettelu -> how each sheet and column was read and why, for a person; and the notices that tell the same."""

from dataclasses import replace

from ..layout import Asettelu, Taulu, Tiedostosarake
from ..layout.choices import OMA, OMA_KIRJAUS, POIS, Choices
from ..layout.questions import ROOLIT
from ..layout.roles import LEVELS
from ..layout.scores import plain_word
from ..layout.todiste import are_boxes
from ..soluviite import letters_of
from ..workbook import Tyokirja
from .drafts import Luentatulos
from .model import Luettusarake, Luettuvalilehti
from .sentences import issue

_WORDS_SHOWN = 6
KEPT = (OMA, OMA_KIRJAUS, "mittari.suunta")  # of which the heading and text stay as they are


def list_reading(book: Tyokirja, layout: Asettelu) -> tuple[Luettuvalilehti, ...]:
    """Every sheet in the file's order: its columns with their roles, or why it was not read."""
    read = {
        id(part.sheet): (table, part)
        for table in reversed((*layout.tables, *layout.measures))
        for part in reversed(table.parts)
    }
    return tuple(_sheet(sheet, layout, *read.get(id(sheet), (None, None))) for sheet in book.sheets)


def _sheet(sheet, layout, table, part):
    if table is None:
        why = layout.unread.get(sheet.name, "Ei taulukkoa.")
        return Luettuvalilehti(sheet.name, luettu=False, why=why)
    rows = sum(len(each.rows) for each in table.parts if each.sheet is sheet)
    role = layout.named.get(sheet.name, ("", ""))[0]
    columns = tuple(_column(layout, table, column) for column in table.columns if not column.why)
    columns = tuple(map(_of_measures, columns)) if table in layout.measures else columns
    return Luettuvalilehti(sheet.name, part.header_rows, columns, rows, bool(rows), "", role)


def _of_measures(sarake):
    """What a column of a table of measures is: the lowest level is the measure, and texts of no value are left out."""
    if sarake.role == "toimenpide":
        return replace(sarake, role="mittari", becomes="Mittari")
    is_read = sarake.role in (*LEVELS, "mittari.lahto", "mittari.tavoite", "mittari.arvo")
    return sarake if is_read else replace(sarake, role=POIS, becomes="Jätetään pois")


def _column(layout, table, column):
    jakso = layout.jaksot[column.jakso] if column.jakso is not None and column.jakso < len(layout.jaksot) else None
    return Luettusarake(
        letters_of(column.column),
        " – ".join(column.path) or column.heading,
        column.role or POIS,
        column.second,
        round(min(column.margin, 9.0), 2),
        why_of(table, column),
        becomes_of(column, jakso),
        jakso,
        column.is_chosen,
    )


def why_of(table: Taulu, column: Tiedostosarake) -> str:
    """One line: what of the heading and the values made it so."""
    if column.is_chosen:
        return "Valitsit näin."
    if column.is_formula:
        return "Kaava laskee sen saman rivin muista soluista."
    todiste = table.evidence[column.column]
    says = [name for name, weight in todiste.words.items() if weight >= 0.55]
    found = ["otsikosta"] if says and column.role not in (OMA, OMA_KIRJAUS) else []
    if column.role == "toteutumisaste" and (todiste.score or todiste.status or todiste.sign or todiste.labelled):
        found.append("arvoista " + ("1–5" if todiste.score > todiste.status else "(tilan sanoja)"))
    elif column.role == "toteutumisaste" and are_boxes(todiste):
        found.append("valintaruuduista")
    elif todiste.groups and column.role in ("painopiste", "tavoite", "toimialan_tavoite"):
        found.append("arvot kokoavat rivejä")
    elif column.role == "toimenpide" and todiste.distinct >= 0.9:
        found.append("joka rivillä eri teksti")
    if not found:
        return "Merkitystä ei tunneta." if column.role in (OMA, OMA_KIRJAUS) else "Paikasta taulukossa."
    return "Pääteltiin: " + ", ".join(found) + "."


def becomes_of(column: Tiedostosarake, jakso: str | None) -> str:
    """One line: what becomes of it."""
    if column.is_formula:
        return "Jätetään pois: kaava laskee sen saman rivin muista soluista"
    if column.role == OMA:
        return "Säilyy omana sarakkeena"
    if column.role == OMA_KIRJAUS:
        return f"Säilyy jakson {jakso} omana sarakkeena" if jakso else "Säilyy omana sarakkeena"
    name = ROOLIT[column.role][0]
    return f"{name[:1].upper()}{name[1:]}" + (f", {jakso}" if jakso else "")


def tell_reading(tulos: Luentatulos, layout: Asettelu, choices: Choices) -> None:
    """Notices of the whole: how words and numbers became scores, which columns are own, and what was known before."""
    first = layout.tables[0]
    if choices.remembered:
        tulos.notices.append(issue(first.cell(first.columns[0].column), "reading_known"))
    asked = {cell for question in layout.questions for cell in question.cells}
    for table in layout.tables:
        for column in table.columns:
            if column.role == "toteutumisaste" and not column.group:
                _tell_scale(tulos, table, column)
            elif column.role == "mittari.suunta" and table.cell(column.column) in asked:
                continue
            elif column.role in KEPT and not column.is_chosen and column.key:
                tulos.notices.append(issue(table.cell(column.column), "own_column", heading=column.key))


def _tell_scale(tulos, table, column):
    known = table.scale.known
    told = {}  # a word once, as it stands first
    for value in table.evidence[column.column].values:
        score = known.get(plain_word(value)) or known.get(value.strip())
        if score and not value.strip().isdigit():
            told.setdefault(plain_word(value), (value, score))
    if table.scale.numbers and not table.scale.is_asked:
        told |= {str(number): (str(number), score) for number, score in table.scale.numbers.items() if score}
    if told:
        pairs = [f"{word} → {score}" for word, score in sorted(told.values(), key=lambda each: (-each[1], each[0]))]
        shown = ", ".join(pairs[:_WORDS_SHOWN]) + (" …" if len(pairs) > _WORDS_SHOWN else "")
        tulos.notices.append(issue(table.cell(column.column), "scale_read", heading=column.heading, told=shown))
