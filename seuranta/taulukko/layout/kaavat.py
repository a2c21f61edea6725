"""Taulu -> the same without the columns that only work out what stands on their own row."""

from .choices import OMA, OMA_KIRJAUS
from .roles import Taulu


def leave_formulas(table: Taulu) -> None:
    """A column of formulas that has no role is left out with its reason; one that a person chose stays."""
    for column in table.of_role(OMA, OMA_KIRJAUS):
        if not column.is_chosen and not column.group and _is_worked_out(table, column.column):
            column.role, column.is_formula = "", True


def _is_worked_out(table, column):
    cells = [
        (part.sheet, line.row)
        for part in table.parts
        for line in part.rows
        if (solu := part.sheet.rows[line.row].get(column)) and solu.kind != "blank"
    ]
    return bool(cells) and all((row, column) in sheet.kaavat for sheet, row in cells)
