"""The own table of all 21 files, once settled, equals its source in every data cell as shown.

What differs is listed by kind in EROT, with its reason and how many cells there are.
"""

import io
from collections import defaultdict
from itertools import zip_longest

import openpyxl
import pytest
from django.core.management import call_command
from django.utils import timezone

from raportit.muodot import render_report
from raportit.osavuosikatsaus import build
from seuranta.models import Seurantajakso, Tuonti
from seuranta.taulukko.layout.scores import as_text
from seuranta.taulukko.rows import read_cells
from seuranta.tiedosto.paatokset import read_decisions
from seuranta.tuonti.esikatselu import plan_stored
from seuranta.tuonti.lahdevertailu import compare as compare_with_source
from strategia.models import Strategia, Toimenpide
from tests.seuranta.taulukko.taulukot import cells_of_row
from tests.ymparisto import SHARED, needs_shared

pytestmark = [needs_shared, pytest.mark.django_db]

# What a person answers to the questions of each: the options of `tuo`.
VASTAUKSET = {
    "aineisto/keuruu-2023.xlsx": {"ohita_virheet": True},
    "aineisto/strategiakarjet-2024.xlsx": {},
    "aineisto/tuusula-2023.xlsx": {},
    "aineisto/kerava-2018-2021.xlsx": {"ohita_virheet": True},
    "aineisto/kemi-2023.xlsx": {},
    "tuntemattomat/asteikko-kaanteinen.xlsx": {"asteikko": {"1": 5, "2": 3, "3": 1}},
    "tuntemattomat/hyvinvointisuunnitelma-rasti.xlsx": {},
    "tuntemattomat/jakso-paiva-ilman-vuotta.xlsx": {},
    "tuntemattomat/koko-rivi-varilla.xlsx": {},
    "tuntemattomat/kommentti-kahdella-rivilla.xlsx": {},
    "tuntemattomat/kylla-ei-kaksi-vuotta.xls": {"sana": [("K", 5), ("os.", 3)]},
    "tuntemattomat/malmo-nuolet.xlsx": {"sarake": [("Mål 2014!G", "mittari.suunta")]},
    "tuntemattomat/mikkeli-vari-toisessa-sarakkeessa.xlsx": {},
    "tuntemattomat/sitovat-tavoitteet-toteuma.xlsx": {},
    "tuntemattomat/tasapainottamisohjelma-eurot.xlsx": {},
    "tuntemattomat/tavoitearvo-ja-toteuma.xlsx": {},
    "tuntemattomat/tilanne-sanoin-huomiot.xlsx": {"sana": [("Jatkuva", 3), ("Kesken, puolivälissä", 3)]},
    "tuntemattomat/tyokirja-kaavoineen.xlsx": {"vuosi": 2024},
    "tuntemattomat/vaikuttavuus-ei-ole-aste.xlsx": {},
    "tuntemattomat/valilehti-per-toimiala.xlsx": {},
    "tuntemattomat/waterloo-neljannekset.csv": {"sana": [("On hold", 2)]},
}


def tuo(tiedosto):
    quiet = {"stdout": io.StringIO(), "stderr": io.StringIO()}
    call_command("tuo", SHARED / tiedosto, kunta="Koe", **VASTAUKSET[tiedosto], **quiet)
    return Tuonti.objects.get()


def show_all(strategia):
    """As where somebody has chosen every column for the report."""
    strategia.sarakkeet = [{n: v for n, v in each.items() if n != "piilossa"} for each in strategia.sarakkeet]
    strategia.save()


def own_tables():
    """{toimenpide's id: [(heading above, heading, text)]} of its rows in the own table of each jakso."""
    strategia, found = Strategia.objects.get(), defaultdict(list)
    show_all(strategia)
    jaksot = list(strategia.jaksot.all()) or [
        Seurantajakso.objects.create(
            kunta=strategia.kunta, strategia=strategia, nimi="Suunnitelma", tila="avoinna", jarjestys=1
        )
    ]
    for jakso in jaksot:
        raportti = build(jakso, koottu=timezone.now())
        sheet = openpyxl.load_workbook(io.BytesIO(render_report(raportti, "xlsx"))).active
        head = int(sheet.freeze_panes[1:]) - 1
        rows = list(sheet.iter_rows(values_only=True))
        above, last = rows[0] if head == 2 else (), ""
        headings = []
        for yla, otsikko in zip_longest(above, rows[head - 1]):
            last = yla or last
            headings.append((last, otsikko))
        for rivi, values in zip(raportti.rivit, rows[head:], strict=True):
            found[rivi.id] += [(*heading, plain(v)) for heading, v in zip(headings, values, strict=True)]
    return found


def plain(value):
    return " ".join(str("" if value is None else value).split())


def cells_of(rivi):
    cells = cells_of_row(rivi)
    for mittari in rivi.mittarit:
        luvut = (*mittari.tavoitteet, *mittari.arvot, *filter(None, [mittari.lahto]))
        cells |= {mittari.cell, *(luku.cell for luku in luvut)}
    return cells


def compare(tiedosto):
    """(how many data cells were compared, {kind of difference: {cell}})."""
    tuonti = tuo(tiedosto)
    plan = plan_stored(tuonti, read_decisions(tuonti), only_compare=True)
    book, *_rest = read_cells((SHARED / tiedosto).read_bytes(), tiedosto, {})
    shown = {s.ref(r, c): plain(as_text(x)) for s in book.sheets for r, row in s.rows.items() for c, x in row.items()}
    headings = {
        (sheet.nimi, column.kirjain): column.otsikko for sheet in plan.luettu.reading for column in sheet.sarakkeet
    }
    context = {skip.cell for skip in plan.luettu.skipped} | {""}
    tables, found, count = own_tables(), defaultdict(set), 0
    for row in plan.rows:
        for cell in sorted(cells_of(row.rivi) - context):
            if text := shown.get(cell, ""):
                count += 1
                sheet, _mark, place = cell.rpartition("!")
                heading = headings[sheet, place.rstrip("0123456789")]
                told = [said for yla, o, said in tables[row.toimenpide_id] if heading in (o, f"{yla} – {o}")]
                if text not in told:
                    found[kind_of(text, told, row.rivi, cell)].add(cell)
    return count, dict(found)


def kind_of(text, told, rivi, cell):
    """Why the own table does not show the cell's text under the cell's heading."""
    joined = {
        cell for kirjaus in rivi.kirjaukset if kirjaus.joined for cell in (*kirjaus.joined, *kirjaus.cells.values())
    }
    if text == "x":
        return RASTI
    if any(kirjaus.raw == text for kirjaus in rivi.kirjaukset):
        return VIRHE
    if any(loosely(text) == loosely(said) for said in told):
        return ASU
    if cell in joined and any(text in said for said in told):
        return JATKO
    return "other"


def loosely(text):
    return "".join(filter(str.isalnum, text.casefold()))


ASU = "a spelling that differs in white space, full stop or comma only is one name: the import told so"
VIRHE = "an error that a person decides; its text is in the sisäinen huomio"
RASTI = "an x tells by its column which score it is: the own table has one column of scores and tells the score"
JATKO = "a line that continues a row is in the row's own cell, after a line break: the import told so"
EROT = {
    "aineisto/keuruu-2023.xlsx": {ASU: 8, VIRHE: 1},
    "aineisto/kerava-2018-2021.xlsx": {ASU: 4},
    "tuntemattomat/hyvinvointisuunnitelma-rasti.xlsx": {RASTI: 8},
    "tuntemattomat/kommentti-kahdella-rivilla.xlsx": {JATKO: 8},
}


@pytest.mark.parametrize("tiedosto", VASTAUKSET)
def test_every_data_cell_stands_under_its_own_heading_as_it_was_shown(tiedosto):
    count, found = compare(tiedosto)
    assert {kind: len(cells) for kind, cells in found.items()} == EROT.get(tiedosto, {}), found
    assert count >= 4 * len(Toimenpide.objects.all())  # name, a level, and two more at least


@pytest.mark.parametrize("tiedosto", VASTAUKSET)
def test_the_page_beside_the_source_has_every_data_cell_too_and_its_differences(tiedosto):
    vertailu, erot = compare_with_source(tuo(tiedosto)), EROT.get(tiedosto, {})
    told = {solu.cell for row in vertailu.rows for solu in row.solut if solu.lahde}
    continued = erot.get(JATKO, 0) // 2  # the line below of each pair has its text in the cell of the line above
    assert len(data_cells(tiedosto) - told) == continued
    assert vertailu.eroja == erot.get(VIRHE, 0)


def data_cells(tiedosto):
    tuonti = Tuonti.objects.get()
    plan = plan_stored(tuonti, read_decisions(tuonti), only_compare=True)
    book, *_rest = read_cells((SHARED / tiedosto).read_bytes(), tiedosto, {})
    shown = {s.ref(r, c) for s in book.sheets for r, row in s.rows.items() for c, x in row.items() if plain(as_text(x))}
    context = {skip.cell for skip in plan.luettu.skipped} | {""}
    return {cell for row in plan.rows for cell in cells_of(row.rivi) - context if cell in shown}


def test_all_of_the_21_files_are_compared():
    files = [path for folder in ("aineisto", "tuntemattomat") for path in (SHARED / folder).iterdir()]
    tables = {f"{path.parent.name}/{path.name}" for path in files if path.suffix in (".xlsx", ".xls", ".csv")}
    assert tables == set(VASTAUKSET)
    assert len(tables) == 21
