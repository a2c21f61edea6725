"""Osavuosikatsaus -> flat tables: XLSX in the kunta's own columns and words, CSV in ours. One row is one toimenpide.

Text stays text in both: nothing that somebody wrote is ever run as a formula.
"""

import io
import re
from copy import copy
from decimal import Decimal
from itertools import groupby

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter

from seuranta.models import Kirjaus
from seuranta.solut import KIRJASIN, readable, set_heights, set_paper, sheet_name, write_row
from strategia import varit
from strategia.models import MITTARIN_LUVUT, RAPORTIN_OSAT
from strategia.valot import VALOT

from ..osavuosikatsaus import Osavuosikatsaus, Sarake, syy_name
from ..osavuosikatsaus.korjaus import show_osavastaus
from ..osavuosikatsaus.model import is_own, sitovuus_name
from ..osavuosikatsaus.rinnakkain import Vertailu
from ..osavuosikatsaus.yhteenveto import muutos_name
from .kansilehti import write_cover
from .mittarilehdet import list_comparison, list_sheets
from .palstoitus import EDELLISKAUDELLA
from .tuloste import patient_gc
from .yleisotsikot import YLEISET, list_neutral

# Column widths in characters, at most; a column of short texts is as wide as the longest of them.
LEVEYDET = {"toteutumisaste": 16, "koodi": 12, "sdg": 18, "toimiala": 26, "toimielin": 24, "syy": 24, "vastuu": 26}
# The fill of a light and the ink on it: colours that a sheet's own lights are read from, too.
VALOJEN_VARIT = {"vihrea": ("92D050", "222222"), "keltainen": ("FFFF00", "222222"), "punainen": ("FF0000", "FFFFFF")}
OTSIKON_KORKEUS = 22  # points
RASTIT = {"x", "×", "✕", "✓", "✔", "☑"}  # of one of several columns: which of them, its score tells
LEVEYS, LEVEAT, LEVEA = 34, ("toimenpide", "kommentti", "korjaavat_toimet"), 52
LUVUT = (int, Decimal)
TEKSTI = {"horizontal": "left", "indent": 1, "wrap_text": True}  # indented, so that columns stand apart without a line
# Characters of all columns together: as wide as a screen, and letters of eight points on a page on its side.
KAIKKIAAN, PISIN_SANA = 210, 22


@patient_gc()
def render_xlsx(raportti: Osavuosikatsaus) -> bytes:
    """A sheet named after the jakso: painopiste and tavoite first, then the kunta's columns in its own order.

    A cell holds text or a whole number; the header is frozen and filters. Measures and risks, where there are any,
    have a sheet of their own each. For the council a sheet before them tells what the table is of.
    """
    book = Workbook()
    sheet = book.active
    sheet.title = sheet_name(raportti.jakso.nimi) or "Raportti"
    book.properties.title = readable(f"{raportti.kunta.virallinen_nimi}: {raportti.otsikko}")
    book.properties.subject = readable(raportti.jakso.nimi)  # whole, so that the file can be read back
    sarakkeet = _list_columns(raportti)
    _write_table(sheet, raportti, sarakkeet, _cell_value)
    for lehti in list_sheets(raportti):
        _add_sheet(book, raportti, *lehti)
    if YLEISET in raportti.osat:
        _write_table(book.create_sheet(_("Yleiset otsikot")), raportti, list_neutral(sarakkeet), _neutral_value)
    if raportti.julkinen:
        write_cover(book.create_sheet(_("Raportti"), 0), raportti, sheet.title)
        book.active = 0
        sheet.sheet_view.tabSelected = False
    return _save(book)


def _write_table(sheet, raportti, sarakkeet, read):
    header = _write_header(sheet, sarakkeet)
    for number, tiedot in enumerate(flatten(raportti), header + 1):
        write_row(sheet, number, [read(raportti, sarake, tiedot, sarakkeet) for sarake in sarakkeet])
    _dress(sheet, raportti, sarakkeet, header)
    if any(sarake.rooli == "toteutumisaste" for sarake in sarakkeet):
        column = [sarake.rooli for sarake in sarakkeet].index("toteutumisaste") + 1
        _colour_lights(sheet, raportti.strategia, column, header, [rivi.toteutumisaste for rivi in raportti.rivit])


def _neutral_value(raportti, sarake, tiedot, sarakkeet):
    """As in the kunta's own table, but a score is its number."""
    if sarake.rooli == "toteutumisaste":
        return tiedot["toteutumisaste"]
    return _cell_value(raportti, sarake, tiedot, sarakkeet)


def _add_sheet(book, aineisto, otsikko, sarakkeet, rivit):
    sheet = book.create_sheet(sheet_name(otsikko))
    header = _write_header(sheet, sarakkeet)
    for number, values in enumerate(rivit, header + 1):
        write_row(sheet, number, values)
    _dress(sheet, aineisto, sarakkeet, header)


@patient_gc()
def render_comparison_xlsx(vertailu: Vertailu) -> bytes:
    """One sheet: the plan's columns, then under the name of each jakso its score, how it moved and the comment."""
    book = Workbook()
    sheet = book.active
    sheet.title = sheet_name(vertailu.otsikko)
    book.properties.title = readable(f"{vertailu.kunta.virallinen_nimi}: {vertailu.otsikko}")
    sarakkeet = _comparison_columns(vertailu)
    header = _write_header(sheet, sarakkeet)
    has_codes = any(sarake.rooli == "koodi" for sarake in sarakkeet)
    for number, values in enumerate(_comparison_rows(vertailu, has_codes), header + 1):
        write_row(sheet, number, values)
    _dress(sheet, vertailu, sarakkeet, header)
    places = [place for place, sarake in enumerate(sarakkeet, 1) if sarake.rooli == "toteutumisaste"]
    for jakso, column in enumerate(places):
        asteet = [rivi.solut[jakso].aste for rivi in vertailu.rivit]
        _colour_lights(sheet, vertailu.raportit[jakso].strategia, column, header, asteet)
    for lehti in list_comparison(vertailu):
        _add_sheet(book, vertailu, *lehti)
    return _save(book)


def _comparison_columns(vertailu):
    words = {**vertailu.strategia.sanasto, "muutos": _("Muutos")}
    koodi = ["koodi"] if any(rivi.koodi for rivi in vertailu.rivit) else []
    sarakkeet = [Sarake(rooli, words[rooli]) for rooli in ("painopiste", "tavoite", *koodi, "toimenpide")]
    for place, raportti in enumerate(vertailu.raportit):
        asked = ["toteutumisaste", *(["muutos"] if place else []), "kommentti"]
        sarakkeet += [Sarake(rooli, words[rooli], yla=raportti.jakso.nimi) for rooli in asked]
    return sarakkeet


def _comparison_rows(vertailu, has_codes):
    for painopiste in vertailu.painopisteet:
        for tavoite in painopiste.tavoitteet:
            for rivi in tavoite.rivit:
                values = [painopiste.nimi, tavoite.nimi, *([rivi.koodi] if has_codes else []), rivi.nimi]
                for place, solu in enumerate(rivi.solut):
                    moved = [muutos_name(solu.muutos) if solu.muutos else ""] if place else []
                    score = solu.aste if solu.teksti == str(solu.aste) else solu.teksti
                    values += [score, *moved, solu.kommentti]
                yield values


def _save(book):
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _write_header(sheet, sarakkeet):
    """The headings, under those above them where the kunta's own sheet has two rows; returns the last row's number."""
    above = [sarake.yla for sarake in sarakkeet]
    if not any(above):
        write_row(sheet, 1, [_heading(sarake) for sarake in sarakkeet])
        return 1
    column = 1
    for yla, run in groupby(above):
        last = column + len(list(run)) - 1
        write_row(sheet, 1, [*[""] * (column - 1), yla])
        if yla and last > column:
            sheet.merge_cells(start_row=1, end_row=1, start_column=column, end_column=last)
        column = last + 1
    write_row(sheet, 2, [_heading(sarake) for sarake in sarakkeet])
    return 2


def _heading(sarake):
    return getattr(sarake, "taulukossa", "") or sarake.otsikko


def _list_columns(raportti):
    """What stood over the rows of the kunta's own sheet comes first: toimielin, painopiste, tavoite."""
    kept = {
        s.rooli: s
        for s in raportti.sarakkeet
        if s.rooli not in ("tavoite", "toteutumisaste", "kommentti") or raportti.is_used(s.rooli)
    }
    levels = [rooli for rooli, sarake in kept.items() if sarake.valiotsikko]
    first = [kept.pop(rooli) for rooli in (*levels, "painopiste", "tavoite") if rooli in kept]
    # A reason that somebody gave has no column in the kunta's own table, nor a forecast where the table is read.
    given = set(raportti.syyt) - {Kirjaus.Syy.EI_VASTATTU}
    words = RAPORTIN_OSAT | {"osavastaukset": _("Osavastaukset"), "edelliskaudella": str(EDELLISKAUDELLA)}
    words["voimassa"] = RAPORTIN_OSAT["toimenpide.voimassa"]
    more = [Sarake(rooli, words[rooli]) for rooli in _list_more(raportti)]
    more += [Sarake(rooli, raportti.strategia.sanasto[rooli]) for rooli in raportti.lisakentat if rooli not in kept]
    own = _put_luvut([*first, *kept.values()], raportti.lukusarakkeet)
    return [*own, *more, *([Sarake("syy", _("Syy"))] if given else [])]


def _put_luvut(sarakkeet, luvut):
    """The columns of measures' numbers in their places among the others; last those whose place is not shown."""
    placed = []
    for sarake in sarakkeet:
        placed += [sarake, *(luku for luku in luvut if luku.jalkeen == sarake.rooli)]
    return [*placed, *(luku for luku in luvut if luku not in placed)]


def _list_more(raportti):
    """What stands in a cell of another column on the page, and in one of its own here."""
    is_told = {
        "muut_toimialat": any(rivi.muut_toimialat for rivi in raportti.rivit)
        and "muut_toimialat" not in raportti.piilotetut,
        **{osa: any(getattr(rivi, osa) for rivi in raportti.rivit) for osa in ("sitovuus", "voimassa")},
        "osavastaukset": any(rivi.osavastaukset for rivi in raportti.rivit),
        "edelliskaudella": bool(raportti.edelliskausi),
    }
    return [rooli for rooli, used in is_told.items() if used]


def flatten(raportti):
    """{role: raw value} of each row, its painopiste and tavoite among them."""
    for painopiste in raportti.painopisteet:
        for tavoite in painopiste.tavoitteet:
            for rivi in tavoite.rivit:
                own = {s.rooli: getattr(rivi, s.rooli) for s in raportti.sarakkeet if is_own(s.rooli)}
                yield {**vars(rivi), **own, "rivi": rivi, "painopiste": painopiste.nimi, "tavoite": tavoite.nimi}


def _cell_value(raportti, sarake, tiedot, sarakkeet):
    rooli = sarake.rooli
    if rooli in MITTARIN_LUVUT:
        return _as_told(sarake.text_of(tiedot["rivi"]))
    if rooli == "toimenpide" and tiedot["koodi"] and all(sarake.rooli != "koodi" for sarake in sarakkeet):
        return f"{tiedot['koodi']} {tiedot['toimenpide']}"
    if rooli == "syy":
        return reason(tiedot)
    if rooli == "toteutumisaste" and tiedot["alkuperainen"] and tiedot["alkuperainen"].casefold() not in RASTIT:
        return _as_told(tiedot["alkuperainen"])
    if rooli == "toteutumisaste" and tiedot[rooli]:
        return _score(raportti.strategia, sarake, tiedot[rooli])
    if rooli == "sitovuus":
        return sitovuus_name(tiedot[rooli])
    if rooli == "osavastaukset":
        return "\n".join(f"{osa.nimi}: {show_osavastaus(osa)}" for osa in tiedot[rooli])
    return "; ".join(tiedot[rooli]) if rooli in ("sdg", "muut_toimialat") else tiedot[rooli]


def _as_told(text):
    """A cell's own text; a whole number as a number."""
    return int(text) if re.fullmatch(r"0|[1-9][0-9]{0,14}", text) else text


def _score(strategia, sarake, aste):
    """A number, or the words that the kunta's own sheet has: "3 Käynnissä", "Käynnissä"."""
    nimi = strategia.asteen_nimi(aste)
    if nimi and (strategia.esitys == "liikennevalo" or (sarake.sanoin and strategia.esitys == "sanat")):
        return nimi
    return f"{aste} {nimi}" if nimi and sarake.sanoin else aste


def reason(tiedot):
    return syy_name(tiedot["syy"])


def _dress(sheet, aineisto, sarakkeet, header):
    rows = list(sheet.iter_rows())
    for place, width in enumerate(_widths(rows[header - 1 :], sarakkeet), 1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    _dress_rows(rows[header:])
    set_heights(sheet, rows)
    _dress_header(sheet, varit.accent(aineisto.kunta.korostusvari)[1:], header)
    sheet.freeze_panes = f"A{header + 1}"
    sheet.auto_filter.ref = f"A{header}:{get_column_letter(len(sarakkeet))}{sheet.max_row}"
    set_paper(sheet, header, foot=f"{aineisto.otsikko} · {aineisto.jakson_otsikko}")


def _dress_rows(rows):
    """Each kind of cell has its look worked out once: openpyxl takes as long for one as for writing the cell.

    All cells of a kind share it: to look otherwise one of them needs a copy of its own first.
    """
    line = Border(bottom=Side("thin", color="C9CFD2"))
    top, number = Alignment(**TEKSTI, vertical="top"), Alignment(horizontal="center", vertical="top")
    looks = {}
    for row in rows:
        for cell in row:
            kind = isinstance(cell.value, LUVUT), bool(cell._style and cell.quotePrefix)
            if kind not in looks:
                cell.alignment, cell.border = number if kind[0] else top, line
                looks[kind] = cell._style
            cell._style = looks[kind]


def _widths(rows, sarakkeet):
    """Characters of each column, its heading first; where they are too many together, those of long texts give way."""
    columns = zip(*([cell.value for cell in row] for row in rows), strict=True)
    asked = [_width(sarake.rooli, values) for sarake, values in zip(sarakkeet, columns, strict=True)]
    room = sum(wanted - least for least, wanted in asked)
    over = min(max(sum(wanted for _least, wanted in asked) - KAIKKIAAN, 0), room)
    return [round(wanted - over * (wanted - least) / room, 1) if over else wanted for least, wanted in asked]


def _width(rooli, values):
    """(at least, wanted). No wider than the longest line, no narrower than the longest word of its heading or scores.

    At least, so that its words stay whole, all but the longest. The lengths are counted over all texts at once.
    """
    most = LEVEYDET.get(rooli, LEVEA if rooli in LEVEAT else LEVEYS)
    texts = list(dict.fromkeys(str(value) for value in values if value))
    heading, words = texts[0] if texts else "", " ".join(texts[:1] if rooli != "toteutumisaste" else texts).split()
    least = max(map(len, [*words, ""])) + 3  # room for the arrow of the filter
    longest = max(map(len, "\n".join(text for text in texts if text != heading).split("\n"))) + 2
    wanted = max(least, min(most, longest))
    lengths = set(map(len, " ".join(texts).split()))
    whole = max((length for length in lengths if length <= PISIN_SANA), default=0) + 2
    return min(max(least, whole), wanted), wanted


def _dress_header(sheet, colour, header):
    for number, row in enumerate(sheet.iter_rows(max_row=header), 1):
        lines = sheet.row_dimensions[number]
        lines.height = max(lines.height or 0, OTSIKON_KORKEUS)
        for cell in row:
            cell.font = Font(KIRJASIN, 11, bold=True, color="FFFFFF")
            cell.fill = PatternFill("solid", fgColor=colour)
            cell.alignment = Alignment(**TEKSTI, vertical="center")


def _colour_lights(sheet, strategia, column, header, asteet):
    """The colour of its light on every score, beside the word or the number; asteet: the rows' own, None for none."""
    if strategia.esitys != "liikennevalo":
        return
    for number, aste in enumerate(asteet, header + 1):
        if aste:
            fill, ink = VALOJEN_VARIT[VALOT[aste]]
            cell = sheet.cell(number, column)
            cell._style = copy(cell._style)
            cell.fill, cell.font = PatternFill("solid", fgColor=fill), Font(KIRJASIN, 11, color=ink)
