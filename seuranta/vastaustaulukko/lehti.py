"""A further sheet of the workbook of answers: its headings, what is asked on it, and which row is its header."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Lisalehti:
    """otsikot: {role: heading}, in their order. nimi: the role that names a row beside its tunniste. kysytyt: the roles
    that are written on.

    The headings are the same for every kunta: the reader knows these words, so they are not translated.
    """

    otsikot: dict[str, str]
    nimi: str
    kysytyt: tuple[str, ...]

    def find_header(self, sheet):
        """(the row, column -> role) of the first row that names a row and something to answer; (0, {}) where none."""
        roolit = {otsikko.casefold(): rooli for rooli, otsikko in self.otsikot.items()}
        for row, cells in sheet.rows.items():
            plain = {column: " ".join(str(solu.value).split()).casefold() for column, solu in cells.items()}
            columns = {column: roolit[text] for column, text in plain.items() if text in roolit}
            if {"tunniste", self.nimi} & set(columns.values()) and set(self.kysytyt) & set(columns.values()):
                return row, columns
        return 0, {}

    def is_answered(self, said, columns):
        """Does a row say anything that is asked? said: column -> what stands in it."""
        return any(columns.get(column) in self.kysytyt for column in said)
