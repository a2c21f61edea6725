"""A line of a Taulu -> the kirjaukset of its draft: scores, comments and what else a jakso has."""

from ..layout import LISAT, Taulu
from ..layout.choices import OMA_KIRJAUS, Choices
from ..layout.parts import text_of
from ..layout.scores import DEGREES, EI_VASTATTU, SYYT, Arvio, plain_word
from ..pituudet import JAKSO, TEKSTI
from ..soluviite import address
from .cells import BOXES_ASKED, Astelukija
from .drafts import Kirjausluonnos
from .kysymykset import ask
from .marks import read_marks
from .sentences import issue
from .solulukija import Solulukija
from .texts import short


class Kirjauslukija:
    """Reads what the rows of one table tell of its jaksot. `jaksot`: names."""

    def __init__(self, table: Taulu, jaksot: list[str], choices: Choices, solut: Solulukija):
        self.table, self.jaksot, self.choices, self.solut, self.tulos = table, jaksot, choices, solut, solut.tulos
        self.of_jakso = [column for column in table.columns if column.jakso is not None]
        self.jakso_column = next(iter(table.of_role("jakso")), None)
        self.readers = {
            id(column): Astelukija(column, table.evidence[column.column], table.scale, choices)
            for column in table.of_role("toteutumisaste")
        }
        self.boxes = [c for c in table.of_role("toteutumisaste") if self.readers[id(c)].has_boxes and not c.group]

    def read(self, sheet, row, draft) -> None:
        """All that the line tells of each jakso, or of the one that it names."""
        named = self._named_jakso(sheet, row, draft)
        seen: set[tuple] = set()
        for column in self.of_jakso:
            name = named or self.jaksot[column.jakso]
            kirjaus = draft.kirjaukset.get(name)
            if kirjaus is None:
                kirjaus = draft.kirjaukset[name] = Kirjausluonnos(name)
            solu, cell = self.solut.solu_at(sheet, row, column.column), sheet.ref(row, column.column)
            if column.role == "toteutumisaste" and column.group:
                if column.group not in seen:
                    seen.add(column.group)
                    read_marks(self.table, column, sheet, row, kirjaus, self.tulos)
            elif column.role == "toteutumisaste":
                self._read_score(kirjaus, column, solu, cell)
            elif solu is not None and column.role != "mittari.arvo":
                self.read_words(kirjaus, column, solu, cell)
        if self.jakso_column and not named and not any(kirjaus.says for kirjaus in draft.kirjaukset.values()):
            draft.kirjaukset = {}
        if named:
            kirjaus = draft.kirjaukset.setdefault(named, Kirjausluonnos(named))
            kirjaus.cells["jakso"] = sheet.ref(row, self.jakso_column.column)

    def _named_jakso(self, sheet, row, draft):
        """The jakso that a flat table names on the row, "" if none."""
        solu = sheet.rows[row].get(self.jakso_column.column) if self.jakso_column else None
        if solu is None:
            return ""
        cell = sheet.ref(row, self.jakso_column.column)
        if solu.kind == "blank":
            draft.cells["jakso"] = cell
            return ""
        name = " ".join((self.solut.text(solu, cell) or "").split())
        if self.solut.is_too_long(cell, name, JAKSO):
            draft.cells["jakso"] = cell
            return ""
        return name

    def _read_score(self, kirjaus, column, solu, cell):
        if solu is None:
            return
        aste = self.readers[id(column)].read(solu)
        arvio = aste.arvio
        if solu.value is not None or arvio.score:
            kirjaus.cells.setdefault("toteutumisaste", cell)
        # A reason on the row (the column "Syy") may have been read already: a blank score does not wipe it out.
        if arvio.score or arvio.error or arvio.syy != EI_VASTATTU:
            kirjaus.arvio, kirjaus.alkuperainen = arvio, aste.shown
        if aste.asks:
            kirjaus.raw = None if aste.asks == "unknown_scale" else text_of(solu)
            self._ask_score(aste, solu, cell, column)
        elif arvio.error:
            kirjaus.raw = text_of(solu)
            self.tulos.errors.append(issue(cell, arvio.error, text=kirjaus.raw))
        elif arvio.by_colour:
            way = "read_from_colour/word" if solu.kind == "text" and not column.why else "read_from_colour"
            self.tulos.notices.append(issue(cell, way, score=arvio.score, text=solu.value))
        elif column.by_colour == "own" and not column.why and solu.colour == "other":
            self.tulos.notices.append(issue(cell, "needs_decision/colour"))

    def _ask_score(self, aste, solu, cell, column):
        scale = self.table.scale
        if aste.asks == "unknown_word":
            word = " ".join(text_of(solu).split())
            self.tulos.ask("unknown_word", word.casefold(), cell, lambda cells: ask("unknown_word", cells, text=word))
        elif aste.asks == "unknown_scale":
            key = str(sorted(scale.numbers.items()))
            self.tulos.ask("unknown_scale", key, cell, lambda cells: ask("unknown_scale", cells, scale=scale))
        elif aste.asks == BOXES_ASKED:
            score = self._degree(column)
            boxes = [each for each in self.boxes if self._degree(each) == score]
            columns = {address(part.sheet.name, each.column) for part in self.table.parts for each in boxes}
            told = {"text": "”, ”".join(each.heading for each in boxes), "score": score, "columns": columns}
            self.tulos.ask("unknown_word", f"boxes {score}", cell, lambda cells: ask(BOXES_ASKED, cells, **told))
        else:
            heading = column.heading
            self.tulos.ask(aste.asks, heading, cell, lambda cells: ask(aste.asks, cells, text=heading))

    def _degree(self, column):
        """What a ticked box of the column says: as its heading does, else that the work is done."""
        return DEGREES.get(plain_word(column.heading), 5)

    def read_words(self, kirjaus, column, solu, cell) -> None:
        """A comment, a reason, a text of the kunta's own, after what another cell of that role said."""
        role = column.role
        if role == OMA_KIRJAUS:
            if solu.value is not None:
                self.solut.put_own(kirjaus.omat, kirjaus.own_cells, column, solu, cell)
            return
        if kirjaus.cells.setdefault(role, cell) != cell:
            kirjaus.joined[cell] = role
        text = self.solut.text(solu, cell) if solu.kind != "blank" else None
        if not text:
            return
        if role == "syy":
            self._read_reason(kirjaus, text, cell)
            return
        before = kirjaus.lisat.get(role) if role in LISAT else getattr(kirjaus, role)
        joined = f"{before}\n{text}" if before else text
        if self.solut.is_too_long(cell, joined, TEKSTI):
            return
        if role in LISAT:
            kirjaus.lisat[role] = joined
        else:
            setattr(kirjaus, role, joined)

    def _read_reason(self, kirjaus, text, cell):
        syy = SYYT.get(" ".join(text.split()).casefold().rstrip("."))
        if not syy:
            self.tulos.notices.append(issue(cell, "needs_decision/syy", text=short(text)))
        elif not kirjaus.arvio.score and not kirjaus.arvio.error:
            kirjaus.arvio = Arvio(None, syy)

    def tell_percents(self) -> None:
        """That per cents were read as scores."""
        for column in self.table.columns:
            if column.by_percent and column.role == "toteutumisaste":
                way = "_nearest" if self.choices.percents else ""
                self.tulos.notices.append(issue(self.table.cell(column.column), f"needs_decision/percent{way}"))
