"""Tuonti -> the source's own table beside what is stored now: the proof that an import lost nothing."""

import io
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter

from strategia.models import LISAKENTAT, OMA, OMA_KIRJAUS, OMAT, Toimenpide
from strategia.solusta import Solurivi, mittari_now, text_in_table

from ..models import Kirjaus, Tuonti
from ..solut import write_row
from ..taulukko.soluviite import without_sheet
from ..tiedosto.paatokset import Laji, read_decisions
from ..tiedosto.rivit import only_sheet, word_of
from .esikatselu import plan_stored, read_untouched
from .mittarivertailu import list_columns_of_measures, pair_cells

ROOLIT = (
    *("painopiste", "tavoite", "toimialan_tavoite", "koodi", "toimenpide", "toimielin", "toimiala"),
    *("vastuu", "riski", "mittari", "sdg", "voimassa"),
)
MITTARIN_LUKU = "mittari:"  # and the letter of its column
KIRJAUKSEN_ROOLIT = ("toteutumisaste", "syy", "kommentti", *LISAKENTAT, "sisainen_huomio")


@dataclass(frozen=True)
class Solupari:
    """What the source said in its cell and what is stored; "" where neither says anything."""

    lahde: str
    talletettu: str
    cell: str = ""

    @property
    def on_ero(self):
        return bool(self.lahde) and " ".join(self.lahde.split()) != " ".join(self.talletettu.split())


@dataclass(frozen=True)
class Lahdevertailurivi:
    cell: str
    solut: tuple[Solupari, ...]

    @property
    def eroja(self):
        return sum(solu.on_ero for solu in self.solut)


@dataclass(frozen=True)
class Lahdevertailu:
    """The columns in the source's order and words. `etuliite`: "Taul1!" where the file has one sheet, else ""."""

    otsikot: tuple[str, ...]
    rows: tuple[Lahdevertailurivi, ...]
    etuliite: str = ""

    @property
    def eroja(self):
        return sum(row.eroja for row in self.rows)


def compare(tuonti: Tuonti) -> Lahdevertailu:
    """The stored file read again, cell by cell beside the database; the queries do not grow with the rows."""
    paatokset = read_decisions(tuonti)
    plan = plan_stored(tuonti, paatokset, only_compare=True)
    ids = [row.toimenpide_id for row in plan.rows if row.toimenpide_id]
    related = Toimenpide.objects.select_related("tavoite__painopiste", "toimiala", "toimielin")
    related = related.prefetch_related("mittarit__tavoitteet", "mittarit__arvot__jakso", "riskit")
    stored = {toimenpide.pk: toimenpide for toimenpide in related.filter(pk__in=ids)}
    kirjaukset = {}
    for kirjaus in Kirjaus.objects.filter(toimenpide__in=ids).select_related("jakso"):
        kirjaukset[kirjaus.toimenpide_id, kirjaus.jakso.nimi] = kirjaus
    columns, originals = _columns(plan), _originals(tuonti, paatokset)
    return Lahdevertailu(
        tuple(
            f"{heading}, {jakso}" if jakso and len(plan.luettu.jaksot) > 1 else heading
            for _role, heading, jakso in columns
        ),
        tuple(_compare_row(row, stored.get(row.toimenpide_id), kirjaukset, columns, originals) for row in plan.rows),
        only_sheet(plan.luettu),
    )


def _originals(tuonti, paatokset):
    """{(cell, role): the file's own text} of the cells that a person typed over; they differ from the file too."""
    typed = paatokset.arvot[Laji.SOLU]
    if not typed:
        return {}
    found = {(cell, role): "" for cell in typed for role in (*ROOLIT, *KIRJAUKSEN_ROOLIT, *OMAT)}
    untouched = read_untouched(tuonti, paatokset)
    if untouched.status == "reject":  # the server's hurry: better a difference too many than one too few
        return dict.fromkeys(found, untouched.errors[0].fi)
    for rivi in untouched.rows:
        found |= {(cell, role): _source_text(rivi, role) for role, cell in rivi.cells.items() if (cell, role) in found}
        found |= {(cell, OMA): rivi.omat.get(heading, "") for cell, heading in rivi.own_cells.items() if cell in typed}
        for arvo in rivi.kirjaukset:
            told = {(cell, role): _told(role, arvo) for role, cell in arvo.cells.items() if (cell, role) in found}
            omat = arvo.own_cells.items()
            found |= told | {(cell, OMA_KIRJAUS): arvo.omat.get(heading, "") for cell, heading in omat if cell in typed}
    return found


def _columns(plan):
    """[(role, heading, jakso or None)]: what the sheet tells in bands and titles first, then its own columns."""
    luettu = plan.luettu
    own = {role for role, _heading, _jakso in luettu.columns}
    columns = [
        (role, luettu.headings.get(role) or str(word_of(role)), None)
        for role in ROOLIT
        if role not in (*own, "koodi", "voimassa") and any(getattr(row.rivi, role) for row in plan.rows)
    ]
    for role, heading, jakso in luettu.columns:
        if role in (*KIRJAUKSEN_ROOLIT, OMA_KIRJAUS):
            jaksot = [jakso] if jakso else luettu.jaksot  # a flat table has a row for each jakso, here it is a column
            columns += [(role, heading, nimi) for nimi in jaksot]
        elif role in (*ROOLIT, OMA, "mittari.suunta"):  # arrows are kept as a column of the kunta's own
            columns.append((role if role in ROOLIT else OMA, heading, None))
    columns += [
        (MITTARIN_LUKU + kirjain, heading, None) for kirjain, heading in list_columns_of_measures(luettu).items()
    ]
    return list(dict.fromkeys(columns))


def _compare_row(row, toimenpide, kirjaukset, columns, originals):
    arvot = {arvo.jakso: arvo for arvo in row.rivi.kirjaukset}
    pairs, luvut = [], pair_cells(row.rivi, list(toimenpide.mittarit.all()) if toimenpide else [])
    for role, heading, jakso in columns:
        if role.startswith(MITTARIN_LUKU):
            cell, lahde, nyt = luvut.get(role.removeprefix(MITTARIN_LUKU), ("", "", ""))
            pair = Solupari(lahde, nyt, cell)
        elif role in OMAT:
            pair = _compare_own(heading, row.rivi, toimenpide)
            if jakso is not None:
                pair = _compare_own(heading, arvot.get(jakso), kirjaukset.get((row.toimenpide_id, jakso)))
        elif jakso is None:
            cell = row.rivi.cells.get(role, row.rivi.cell)
            pair = Solupari(_source_text(row.rivi, role), _stored_text(toimenpide, role), cell)
        else:
            pair = _compare_kirjaus(role, arvot.get(jakso), kirjaukset.get((row.toimenpide_id, jakso)))
        pairs.append(replace(pair, lahde=originals.get((pair.cell, role), pair.lahde)))
    return Lahdevertailurivi(row.rivi.cell, tuple(pairs))


def _compare_own(heading, source, stored):
    """A column of the kunta's own, of a row beside its toimenpide or of a kirjaus beside the stored one."""
    now = stored.omat.get(heading, "") if stored else ""
    if source is None:
        return Solupari("", now)
    cell = next((cell for cell, otsikko in source.own_cells.items() if otsikko == heading), "")
    return Solupari(source.omat.get(heading, ""), now, cell)


def _source_text(rivi, role):
    value = getattr(rivi, role, "")
    if role == "sdg":
        return "; ".join(value)
    return rivi.vuosina if role == "voimassa" else value or ""


def _stored_text(toimenpide, role):
    if toimenpide is None:
        return ""
    if role == "painopiste":
        return toimenpide.tavoite.painopiste.nimi
    if role == "sdg":
        return "; ".join(toimenpide.sdg)
    if role == "voimassa":
        days = (toimenpide.voimassa_alkaen, toimenpide.voimassa_asti)
        return "–".join(str(year) for year in dict.fromkeys(day.year for day in days if day))
    if role == "mittari":
        mittarit = (mittari_now(each.nimi, each.laji, each.alkuperainen) for each in toimenpide.mittarit.all())
        return text_in_table(toimenpide.mittari, mittarit)
    if role == "riski":
        riskit = (Solurivi(each.teksti, each.teksti, each.alkuperainen) for each in toimenpide.riskit.all())
        return text_in_table(toimenpide.riski, riskit)
    value = getattr(toimenpide, "nimi" if role == "toimenpide" else role)
    return str(value) if value else ""


def _compare_kirjaus(role, arvo, kirjaus):
    now = str((getattr(kirjaus, role) if kirjaus else "") or "")
    if role == "toteutumisaste" and kirjaus and arvo and arvo.alkuperainen:  # as the source wrote it
        now = kirjaus.alkuperainen or now
    now = _reason(now) if role == "syy" else now
    if arvo is None:
        return Solupari("", now)
    told = _told(role, arvo)
    # What a file adds to a sisäinen huomio stands after what was there.
    return Solupari(told, told if role == "sisainen_huomio" and told in now else now, arvo.cells.get(role, ""))


def _told(role, arvo):
    if role == "toteutumisaste":
        return arvo.raw or arvo.alkuperainen or str(arvo.toteutumisaste or "")
    if role == "syy":
        return _reason(arvo.syy if arvo.syy != Kirjaus.Syy.EI_VASTATTU else "")
    return getattr(arvo, role, "") or ""


def _reason(syy):
    return str(Kirjaus.Syy(syy).label) if syy else ""


def workbook_bytes(vertailu: Lahdevertailu) -> bytes:
    """A workbook: the table as it is stored now, its differing cells marked, and on a sheet of their own both texts."""
    book = Workbook()
    sheet, differences = book.active, book.create_sheet(_("Erot tiedostoon"))
    sheet.title = _("Taulukko nyt")
    _write_head(sheet, vertailu.otsikot)
    _write_head(differences, (_("Solu"), _("Sarake"), _("Tiedostossa"), _("Nyt")))
    line = 1
    for number, row in enumerate(vertailu.rows, 2):
        write_row(sheet, number, [_value(solu.talletettu) for solu in row.solut])
        for column, (heading, solu) in enumerate(zip(vertailu.otsikot, row.solut, strict=True), 1):
            if solu.on_ero:
                line += 1
                sheet.cell(number, column).fill = PatternFill("solid", fgColor="FFE08A")
                cell = without_sheet(solu.cell, vertailu.etuliite)
                write_row(differences, line, [cell, heading, solu.lahde, solu.talletettu])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _write_head(sheet, headings):
    write_row(sheet, 1, headings)
    for column, cell in enumerate(sheet[1], 1):
        cell.font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(column)].width = 24
    sheet.freeze_panes = "A2"


def _value(text):
    return int(text) if len(text) == 1 and text in "12345" else text
