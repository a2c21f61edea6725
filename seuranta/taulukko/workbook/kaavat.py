"""A formula -> does it tell anything but what stands on its own row already?"""

import re

from ..soluviite import place_of
from .linkki import is_link

_TEXT = re.compile(r'"[^"]*"')
_OTHER_SHEET = re.compile(r"[!]|\$?'[^']*'\.|\[\$?[^\].:\[]+\.")  # Taul2!E5, and as OpenDocument has it [$Taul2.E5]
_CELL = re.compile(r"(?<![A-Za-z0-9_.$])\.?\$?[A-Z]{1,3}(\$?)([0-9]{1,7})(?![A-Za-z0-9_(.])")
_OD_CELL = re.compile(r"\.\$?[A-Z]{1,3}(\$?)([0-9]{1,7})(?![A-Za-z0-9_(])")


class Rivikaavat:
    """The cells of a sheet whose formulas look along their own row."""

    def __init__(self):
        self.cells: set[tuple[int, int]] = set()
        self.shared: set[str] = set()

    def look(self, text: str, shared: str | None, place: str) -> None:
        """`shared`: the number of a formula whose copies have no text; they look along their row if the first does."""
        row, column = place_of(place)
        if text and is_of_own_row(text, row):
            self.cells.add((row, column))
            self.shared |= {shared} - {None}
        elif not text and shared in self.shared:
            self.cells.add((row, column))


def is_of_own_row(formula: str, row: int) -> bool:
    """True where every cell that it looks at is on the same row of the same sheet, and there is one."""
    plain = _TEXT.sub("", formula)
    if is_link(formula) or _OTHER_SHEET.search(plain):
        return False
    found = (_OD_CELL if "[." in plain else _CELL).findall(plain)
    return bool(found) and all(not fixed and int(number) == row for fixed, number in found)
