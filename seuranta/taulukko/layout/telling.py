"""Asettelu -> what is told of sheets and columns that were not read, or read though hidden."""

from ..guard import Issue
from ..workbook import Valilehti
from .lengths import fit_headings, fit_jaksot
from .parts import Lohkot, Skip, text_of


def tell_another_table(sheet, row):
    """A table of another kind on a sheet that is read."""
    return Issue(
        sheet.ref(row, min(sheet.rows[row])),
        "needs_decision",
        f"Riviltä {row} alkaa toinen taulukko, jossa ei ole toimenpiteitä, joten sitä ei luettu.",
        f"From row {row} on there is another table without measures, so it was not read.",
    )


def tell(asettelu, book, lohkot, left, jakso):
    """Adds what is told of sheets, columns and jaksot. `left`: sheets that a person left out."""
    if jakso and len(asettelu.jaksot) > 1:
        asettelu.notices.append(_many_jaksot(asettelu.jaksot))
    read = {id(part.sheet) for table in (*asettelu.tables, *asettelu.measures) for part in table.parts}
    for sheet in book.sheets:
        if sheet.is_hidden:
            _hide_sheet(sheet, asettelu)
        asettelu.skipped += [Skip(sheet.ref(*place), "hidden", text) for place, text in sheet.covered.items()]
    for each in left:
        asettelu.unread[each.name] = "Jätetty pois."
        asettelu.skipped += _cells_of(each, "left_out")
    for each in lohkot:
        if id(each.sheet) not in read and _is_table(each):
            asettelu.notices.append(_another_kind(each.sheet))
            asettelu.unread[each.sheet.name] = "Taulukossa ei ole toimenpiteitä."
    _tell_hidden_columns(asettelu.tables, asettelu)
    asettelu.notices += [*fit_jaksot(asettelu.jaksot, asettelu.tables), *fit_headings(asettelu.tables)]


def _is_table(lohkot: Lohkot):
    return bool(lohkot.parts) or sum(len(texts) > 1 for texts in lohkot.texts.values()) > 1


def _cells_of(sheet: Valilehti, reason):
    return [
        Skip(sheet.ref(row, column), reason, text_of(solu) if solu.kind != "blank" else "")
        for row, cells in sheet.rows.items()
        for column, solu in cells.items()
        if solu.value is not None
    ]


def _another_kind(sheet):
    row = next(iter(sheet.rows))
    return Issue(
        sheet.ref(row, next(iter(sheet.rows[row]))),
        "needs_decision",
        f"Välilehdellä ”{sheet.name}” on taulukko mutta ei toimenpiteiden saraketta, joten sitä ei luettu.",
        f"The sheet “{sheet.name}” has a table but no column of measures, so it was not read.",
    )


def tell_unreadable(cell):
    """A region that is no table."""
    return Issue(
        cell,
        "needs_decision",
        "Tästä alkaen teksti ei ole taulukkona, joten sitä ei luettu. Toimenpiteet, jotka ovat vain siinä, voi lisätä "
        "strategian sivulla.",
        "From here on the text is not laid out as a table, so it was not read. Measures that stand only there can be "
        "added on the strategy's page.",
    )


def _many_jaksot(names):
    return Issue(
        "",
        "needs_decision",
        f"Tiedostossa on useita jaksoja ({', '.join(names)}), joten annettua jakson nimeä ei käytetty.",
        f"The file has several periods ({', '.join(names)}), so the name given for the period was not used.",
    )


def _hide_sheet(sheet: Valilehti, asettelu):
    asettelu.skipped += _cells_of(sheet, "hidden")
    cells = [(row, column) for row, cells in sheet.rows.items() for column in cells]
    if cells:
        asettelu.unread[sheet.name] = "Piilotettu."
        asettelu.notices.append(
            Issue(
                sheet.ref(*cells[0]),
                "hidden",
                f"Välilehti ”{sheet.name}” on piilotettu, joten sitä ei luettu.",
                f"The sheet “{sheet.name}” is hidden, so it was not read.",
            )
        )


def _tell_hidden_columns(tables, asettelu):
    told = set()
    for table in tables:
        for part in table.parts:
            for column in table.columns:
                cell = part.sheet.ref(part.main_row, column.column)
                if column.column in part.sheet.hidden_columns and column.role and cell not in told:
                    told.add(cell)
                    asettelu.notices.append(
                        Issue(
                            cell,
                            "hidden",
                            f"Sarake ”{column.heading}” on piilotettu, mutta se luettiin.",
                            f"The column “{column.heading}” is hidden but was read.",
                        )
                    )
