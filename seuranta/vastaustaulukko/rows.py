"""Bytes of a vastaustaulukko of our own -> Luettu. Its headings are known, so nothing of its layout is guessed.

Rows may have been sorted, filtered, put in and taken out; columns moved; sheets renamed and copied.
"""

from ..taulukko.guard import refusal
from ..taulukko.layout import LISAT, Skip
from ..taulukko.layout.scores import EI_VASTATTU, LABELS, SYYT, Arvio, as_text, read_score
from ..taulukko.pituudet import TEKSTI
from ..taulukko.rows import collector_at_rest, read_cells
from ..taulukko.rows.model import Kirjausarvo, Luettu, Tiedostorivi
from ..taulukko.rows.sentences import issue
from .mittaririvit import MITTARILEHTI, read_mittari_row
from .yksikkorivit import YKSIKKOLEHTI, read_yksikko_row

ANSWERS = ("toteutumisaste", "syy", "kommentti", *LISAT, "sisainen_huomio")
OMA = "oma.kirjaus:"  # and the heading of a column of the kunta's own: its role
CONTEXT = "tausta"  # columns that are only there to be read: the last period, the state
LEHDET = ((MITTARILEHTI, read_mittari_row), (YKSIKKOLEHTI, read_yksikko_row))
_NAMES = ("painopiste", "tavoite", "koodi", "toimenpide")


def read(
    data: bytes,
    name: str,
    *,
    headings: dict[str, str],
    labels: dict[int, str] | None = None,
    cells: dict[str, str] | None = None,
) -> Luettu:
    """The rows, each with its `tunniste` and one nameless kirjaus. Refusals: no_header, duplicate_header, no_rows.

    `headings`: a column's heading -> its role, CONTEXT for what is not read, OMA and its name for one of the kunta's
    own. `labels`: the words of the strategia's scale. `cells`: "Taul1!E5" -> the text a person typed over it.
    """
    with collector_at_rest():
        book, _typed, problem = read_cells(data, name, cells or {})
        if problem:
            return _refused(problem)
        return _read_book(book, headings, {word.casefold(): score for score, word in (labels or {}).items()})


def _read_book(book, headings, labels):
    roles = {_plain(heading): role for heading, role in headings.items()}
    lukija = _Lukija({**LABELS, **labels})
    for sheet in book.sheets:
        header, columns = _find_header(sheet, roles)
        own = None if "tunniste" in columns.values() else _find_lehti(sheet)
        if problem := lukija.read_lehti(sheet, *own) if own else lukija.read_sheet(sheet, roles, header, columns):
            return _refused(problem)
    if not lukija.has_header:
        return _refused(refusal("no_header/answers"))
    if not lukija.rows:
        return _refused(refusal("no_rows"))
    status = "row_errors" if lukija.errors else "ok"
    return Luettu(
        status,
        None,
        tuple(lukija.rows),
        tuple(lukija.errors),
        skipped=tuple(lukija.skipped),
        headings={},
        labels={},
    )


def _find_lehti(sheet):
    """(its Lisalehti, how a row of it is read, the header's row, column -> role); None of a sheet of toimenpiteet."""
    found = ((lehti, read_row, *lehti.find_header(sheet)) for lehti, read_row in LEHDET)
    return next((each for each in found if each[2]), None)


def is_answer(role):
    """Is a column of this role written by those who answer?"""
    return role in ANSWERS or role.startswith(OMA)


def _refused(problem):
    return Luettu("reject", problem.code, errors=(problem,), headings={}, labels={})


def _plain(text):
    return " ".join(str(text).split()).casefold()


class _Lukija:
    def __init__(self, labels):
        self.labels = labels
        self.rows, self.errors, self.skipped, self.has_header = [], [], [], False

    def read_sheet(self, sheet, roles, header, columns):
        """Every row under the sheet's header; a refusal if a heading stands there twice."""
        self.has_header = self.has_header or bool(header)
        twice = [role for role in columns.values() if role != CONTEXT and list(columns.values()).count(role) > 1]
        if twice:
            cells = [sheet.ref(header, column) for column, role in columns.items() if role == twice[0]]
            text = sheet.rows[header][next(c for c, role in columns.items() if role == twice[0])].text
            return refusal("duplicate_header", heading=text, cells=", ".join(cells))
        for row, cells in sheet.rows.items():
            said = {column: solu for column, solu in cells.items() if solu.value not in (None, "")}
            if not header or row <= header:
                reason = "guide" if not header else "header" if row == header else "title"
                self._skip(sheet, row, said, reason)
            elif _is_header(said, columns, roles):
                self._skip(sheet, row, said, "repeated_header")
            else:
                self._read_row(sheet, row, said, columns)
        self.skipped += [Skip(sheet.ref(*place), "hidden", text) for place, text in sheet.covered.items()]
        self.skipped += [Skip(*each) for each in sheet.oheiset]
        return None

    def read_lehti(self, sheet, lehti, read_row, header, columns):
        """Every row of one of the further sheets; a refusal as of read_sheet."""
        self.has_header = True
        twice = [role for role in columns.values() if list(columns.values()).count(role) > 1]
        if twice:
            cells = [sheet.ref(header, column) for column, role in columns.items() if role == twice[0]]
            return refusal("duplicate_header", heading=lehti.otsikot[twice[0]], cells=", ".join(cells))
        rows = {row: {c: s for c, s in cells.items() if s.value not in (None, "")} for row, cells in sheet.rows.items()}
        answered = {row for row, said in rows.items() if row > header and lehti.is_answered(said, columns)}
        for row, said in rows.items():
            if row not in answered:  # a sheet that nobody has filled in tells nothing
                reason = "empty_row" if row > header else "header" if row == header else "title"
                self._skip(sheet, row, said, reason if answered else "guide")
                continue
            self._skip(sheet, row, {c: solu for c, solu in said.items() if c not in columns}, "unknown_column")
            refs = {role: sheet.ref(row, column) for column, role in columns.items()}
            solut = {role: said[column] for column, role in columns.items() if column in said}
            texts = {r: self._read_text(solu, refs[r]) for r, solu in solut.items() if r != "toteutumisaste"}
            self.rows.append(read_row(refs, texts, self._read_arvio_alone(solut, refs)))
        self.skipped += [Skip(sheet.ref(*place), "hidden", text) for place, text in sheet.covered.items()]
        self.skipped += [Skip(*each) for each in sheet.oheiset]
        return None

    def _read_arvio_alone(self, solut, cells):
        """As _read_arvio, where no reason is asked: one in place of a score is no score."""
        score, raw = self._read_arvio(solut, cells)
        if score.syy:
            raw = as_text(solut["toteutumisaste"])
            self.errors.append(issue(cells["toteutumisaste"], "score_not_number", text=raw))
        return score, raw

    def _skip(self, sheet, row, cells, reason):
        self.skipped += [Skip(sheet.ref(row, column), reason, solu.text) for column, solu in cells.items()]

    def _read_row(self, sheet, row, said, columns):
        self._skip(sheet, row, {c: solu for c, solu in said.items() if c not in columns}, "unknown_column")
        cells = {role: sheet.ref(row, column) for column, role in columns.items() if role != CONTEXT}
        solut = {role: said[column] for column, role in columns.items() if column in said}
        if not solut.keys() - {CONTEXT}:
            self._skip(sheet, row, {c: solu for c, solu in said.items() if c in columns}, "not_table")
            return
        texts = {role: as_text(solut[role]) for role in (*_NAMES, "tunniste") if role in solut}
        arvio, raw = self._read_arvio(solut, cells)
        written = [role for role in ("kommentti", "sisainen_huomio", *LISAT) if role in solut]
        named = {role: self._read_text(solut[role], cells[role]) for role in written}
        own = {role.removeprefix(OMA): role for role in solut if role.startswith(OMA)}
        omat = {otsikko: self._read_text(solut[role], cells[role]) for otsikko, role in own.items()}
        arvo = Kirjausarvo(
            "",
            arvio.score,
            arvio.syy,  # beside a score too: which of the two is new, only the plan knows
            named.get("kommentti"),
            named.get("sisainen_huomio"),
            raw,
            {role: cell for role, cell in cells.items() if role in ANSWERS},
            **{role: named.get(role) for role in LISAT},
            omat={otsikko: text for otsikko, text in omat.items() if text is not None},
            own_cells={cells[role]: otsikko for otsikko, role in own.items()},
        )
        self.rows.append(_rivi(cells, texts, arvo))

    def _read_arvio(self, solut, cells):
        """(the score and the reason, "" where the row gives none; a faulty score as it was written)."""
        score = read_score(solut.get("toteutumisaste"), self.labels)
        raw = as_text(solut["toteutumisaste"]) if score.error else None
        if score.error:
            self.errors.append(issue(cells["toteutumisaste"], score.error, text=raw))
        syy = score.syy if score.syy != EI_VASTATTU else ""
        if "syy" in solut:
            text = as_text(solut["syy"])
            syy = SYYT.get(_plain(text).rstrip("."), "")
            if not syy:
                self.errors.append(issue(cells["syy"], "unknown_reason", text=text))
        return Arvio(score.score, syy), raw

    def _read_text(self, solu, cell):
        if solu.kind in ("error", "no_value"):
            code = "error_cell" if solu.kind == "error" else "formula_without_value"
            self.errors.append(issue(cell, code, text=solu.text))
            return None
        text = as_text(solu)
        if len(text) > TEKSTI:
            self.errors.append(issue(cell, "too_long", length=len(text), limit=TEKSTI))
            return None
        return text


def _find_header(sheet, roles):
    """(the row, column -> role) of the first row that names the toimenpide or the row, and something to answer."""
    for row, cells in sheet.rows.items():
        columns = {column: roles[_plain(solu.value)] for column, solu in cells.items() if _plain(solu.value) in roles}
        found = set(columns.values())
        if found & {"toimenpide", "tunniste"} and any(is_answer(role) for role in found):
            return row, columns
    return 0, {}


def _is_header(said, columns, roles):
    return sum(roles.get(_plain(solu.value)) == columns.get(column) for column, solu in said.items()) >= 3


def _rivi(cells, texts, arvo):
    own = {role: cells[role] for role in (*_NAMES, "tunniste") if role in cells}
    cell = cells.get("toimenpide") or cells["tunniste"]
    names = {role: texts.get(role) for role in _NAMES}
    empty = dict.fromkeys(("toimialan_tavoite", "toimielin", "toimiala", "vastuu", "riski", "mittari"))
    return Tiedostorivi(
        cell=cell, **names, **empty, sdg=(), kirjaukset=(arvo,), cells=own, tunniste=texts.get("tunniste"),
    )  # fmt: skip
