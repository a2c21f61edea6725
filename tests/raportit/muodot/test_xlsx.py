"""The flat tables: text stays text, the columns are the kunta's own."""

import csv
import io
from dataclasses import replace

import openpyxl
import pytest
from django.utils import translation

from raportit.muodot.csv import render_csv
from raportit.muodot.xlsx import render_xlsx
from raportit.osavuosikatsaus import make_public
from seuranta.solut import _count_lines
from strategia.models import LISAKENTAT

from ...ohjelmat.toimisto import convert
from ..saarikko import saarikon_raportti

HANKALAT = ["=1+1", "+358 40 123", "- ensin", "@SUM(A1)", "'=1+1", "#REF!", "a\x0bb\x01c", "  =cmd|' /C calc'!A0", "-"]


def lue_xlsx(raportti):
    return openpyxl.load_workbook(io.BytesIO(render_xlsx(raportti))).active


def lue_csv(raportti):
    content = render_csv(raportti)
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


def test_xlsx_has_the_kuntas_headings_in_its_order_levels_first():
    own = [
        {"rooli": "toimenpide", "otsikko": "Teko"},
        {"rooli": "kommentti", "otsikko": ""},
        {"rooli": "painopiste", "otsikko": "Strategiakärjet"},
        {"rooli": "toteutumisaste", "otsikko": "kesä"},
    ]
    sheet = lue_xlsx(saarikon_raportti([5, 2], sarakkeet=own))
    otsikot = [cell.value for cell in sheet[1]]
    assert otsikot == ["Strategiakärjet", "Strateginen tavoite", "Teko", "Toimiala", "Kommentti", "Toteutumisaste"]
    assert sheet["A2"].value == "Painopiste 1: sujuva arki"
    assert [row[5].value for row in sheet.iter_rows(min_row=2)] == [5, 2]
    assert sheet.title == "Osavuosikatsaus II 2026"
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", "A1:F3")
    assert all(cell.font.bold for cell in sheet[1])
    assert sheet["C2"].alignment.wrap_text


def test_code_stands_before_the_name_where_the_kuntas_sheet_has_no_column_for_it():
    own = [{"rooli": "toimenpide", "otsikko": "Toimenpide"}]
    rivi = {"koodi": "01.02.03", "toimenpide": "Avaamme laiturin"}
    values = [cell.value for cell in lue_xlsx(saarikon_raportti([4], sarakkeet=own, rivit=rivi))[2]]
    assert "01.02.03 Avaamme laiturin" in values


def test_reason_that_somebody_gave_gets_a_column():
    sheet = lue_xlsx(saarikon_raportti([5, "ei_arvioida"]))
    assert [cell.value for cell in sheet["G"]] == ["Syy", None, "ei arvioida tällä jaksolla"]


@pytest.mark.parametrize("teksti", HANKALAT)
def test_xlsx_runs_no_text_as_a_formula(teksti):
    sheet = lue_xlsx(saarikon_raportti([5], rivit={"kommentti": teksti}))
    [cell] = [cell for cell in sheet[2] if cell.column == sheet.max_column]
    assert cell.data_type == "s"
    assert cell.value == teksti.replace("\x0b", "\n").replace("\x01", "")


def test_csv_headings_and_values():
    sdg = ("3 Terveys", "11 Kaupungit")
    rows = lue_csv(saarikon_raportti([5, "ei_arvioida", None], rivit={"sdg": sdg}))
    assert ";".join(rows[0]) == (
        "Painopiste;Strateginen tavoite;Toimialan tavoite;Koodi;Toimenpide;Toimielin;Toimiala;Vastuu;Riski;Mittari;"
        "SDG;Jakso;Toteutumisaste;Syy;Kommentti"
    )
    assert [row[11:14] for row in rows[1:]] == [
        ["Osavuosikatsaus II 2026", "5", ""],
        ["Osavuosikatsaus II 2026", "", "ei arvioida tällä jaksolla"],
        ["Osavuosikatsaus II 2026", "", "ei vastattu"],
    ]
    assert rows[1][10] == "3 Terveys; 11 Kaupungit"


@pytest.mark.parametrize(
    ("teksti", "vietyna"),
    [
        ("=1+1", "'=1+1"),
        ("- ensin\n- sitten", "'- ensin\n- sitten"),
        ("+358 40 123", "'+358 40 123"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1+1", "'\t=1+1"),
        ("'=1+1", "''=1+1"),
        ("'lainaus'", "'lainaus'"),
        ("-", "-"),
        ("2 = 3 - 1", "2 = 3 - 1"),
    ],
)
def test_csv_defuses_what_a_spreadsheet_would_run_and_nothing_else(teksti, vietyna):
    assert lue_csv(saarikon_raportti([5], rivit={"kommentti": teksti}))[1][14] == vietyna


@pytest.mark.parametrize("kieli", ["fi", "sv"])
def test_csv_speaks_finnish_whatever_the_page_speaks(kieli):
    raportti = saarikon_raportti(["luovuttu"])
    with translation.override(kieli):
        assert lue_csv(raportti)[1][13] == "luovuttu"


def test_libreoffice_opens_it_without_a_formula_and_saves_the_same_values(tmp_path):
    rivit = [{"kommentti": teksti} for teksti in ("=1+1", "- ensin\n- sitten", "@SUM(A1)")]
    path = tmp_path / "raportti.xlsx"
    path.write_bytes(render_xlsx(saarikon_raportti([5, 4, 3], edelliset=[4, 4, 4], rivit=rivit)))
    before = [[cell.value for cell in row] for row in openpyxl.load_workbook(path).active]
    sheet = openpyxl.load_workbook(convert(path, "xlsx")).active
    assert [[cell.value for cell in row] for row in sheet] == before
    assert not [cell for row in sheet for cell in row if cell.data_type == "f"]
    assert sheet.auto_filter.ref == "A1:F4"


def test_row_has_room_for_its_lines():
    rivit = [{"kommentti": "Pitkä kommentti. " * 20}, {"kommentti": "rivi\n" * 100}]
    sheet = lue_xlsx(saarikon_raportti([5, 4], rivit=rivit))
    assert [sheet.row_dimensions[row].height for row in (2, 3)] == [108, 409]


def widths_of(sheet):
    return {column.value: sheet.column_dimensions[column.column_letter].width for column in sheet[1]}


def test_long_columns_give_way_to_each_other_and_keep_their_words_whole():
    long = "Elinkaarikustannuksia ei pystytä arvioimaan luotettavasti ennen kilpailutusta. " * 3
    rivi = dict.fromkeys(("riski", "mittari", "kommentti"), long)
    widths = widths_of(lue_xlsx(saarikon_raportti([5, 4], rivit=rivi)))
    assert sum(widths.values()) == pytest.approx(210, abs=0.5), "A4 vaakana, luettavin kirjaimin"
    assert widths["Kommentti"] > widths["Riski"] > 23
    rivi |= dict.fromkeys(("vastuu", "toimialan_tavoite", *LISAKENTAT), long)
    widths = widths_of(lue_xlsx(saarikon_raportti([5, 4], rivit=rivi, lisakentat=LISAKENTAT)))
    texts = ("Toimialan tavoite", "Riski", "Mittari", "Kommentti", "Ennuste", "Poikkeaman syy", "Korjaavat toimet")
    assert {widths[heading] for heading in texts} == {len("Elinkaarikustannuksia") + 2}
    assert all(width >= max(map(len, heading.split())) for heading, width in widths.items())


def test_few_columns_keep_the_width_they_ask_for():
    widths = widths_of(lue_xlsx(saarikon_raportti([5], rivit={"kommentti": "Pitkä kommentti. " * 20})))
    assert (widths["Kommentti"], widths["Toimenpide"]) == (52, 52)


def test_texts_of_neighbouring_columns_stand_apart_and_numbers_in_the_middle():
    sheet = lue_xlsx(saarikon_raportti([5]))
    looks = {(type(cell.value), cell.alignment.horizontal, cell.alignment.indent) for cell in sheet[2] if cell.value}
    assert looks == {(str, "left", 1), (int, "center", 0)}
    assert {cell.alignment.indent for cell in sheet[1]} == {1}


@pytest.mark.parametrize(
    ("teksti", "riveja"),
    [
        ("lyhyt", 1),
        ("yksitoista_ yksitoista_", 2),
        ("yksitoista_ yks yksitoista_", 3),
        ("x" * 45, 5),
        ("ab " + "x" * 25, 4),
        ("ab " + "x" * 8, 1),
        ("rivi\n\nrivi", 3),
        (" " * 30, 1),
    ],
)
def test_a_row_is_counted_as_it_wraps(teksti, riveja):
    assert _count_lines(teksti, 11.9) == riveja


# --- for the council


def kirja(raportti):
    return openpyxl.load_workbook(io.BytesIO(render_xlsx(raportti)))


def lehden_tekstit(sheet):
    return [[value for value in row if value is not None] for row in sheet.values if any(row)]


def test_the_council_reads_first_what_the_table_is_of_and_then_the_kuntas_own_table():
    own = [
        {"rooli": "toimenpide", "otsikko": "Teko", "yla": "SUUNNITELMA"},
        {"rooli": "kommentti", "otsikko": "Tilanne"},
    ]
    raportti = saarikon_raportti([5, 5, 2, None], edelliset=[4, 5, 3, 3], versio=1, sarakkeet=own)
    book = kirja(make_public(raportti))
    assert book.sheetnames == ["Raportti", "Osavuosikatsaus II 2026"] and book.active.title == "Raportti"
    rows = lehden_tekstit(book["Raportti"])
    assert rows[:2] == [["Strategian seuranta"], ["Osavuosikatsaus II 2026"]]
    assert ["Tilanne", "30.8.2026"] in rows and ["Tiedot koottu", "3.10.2026, versio 1"] in rows
    assert ["Toimenpiteitä", 4] in rows
    assert ["Toteutumisaste 5: Toteutunut", 2, "50 %"] in rows and ["Ei arviota", 1, "25 %"] in rows
    assert any(row[0].startswith("Muutos edellisestä jaksosta (Osavuosikatsaus I 2026): nousi 1") for row in rows)
    assert ["Taulukko on välilehdellä ”Osavuosikatsaus II 2026”. Jokainen rivi on yksi toimenpide."] in rows
    assert list(book["Osavuosikatsaus II 2026"].values) == list(lue_xlsx(raportti).values), "oma taulukko on sama"
    assert kirja(raportti).sheetnames == ["Osavuosikatsaus II 2026"], "sisäinen tiedosto luetaan takaisin sellaisenaan"


def test_the_first_jakso_a_draft_and_words_alone_say_nothing_untrue():
    first = lehden_tekstit(kirja(make_public(saarikon_raportti([5, 3], versio=None)))["Raportti"])
    assert not [row for row in first if "edelli" in str(row)] and ["Luonnos"] in first
    words = lehden_tekstit(kirja(make_public(saarikon_raportti([5, 3], versio=1, esitys="ei")))["Raportti"])
    assert ["Toimenpiteitä", 2] in words and ["Kommentoitu", 2] in words
    assert not [row for row in words if "Toteutu" in str(row[0]) or "1–5" in str(row)]


def test_neutral_headings_are_a_sheet_of_their_own_where_they_are_chosen():
    own = [
        {"rooli": "toimenpide", "otsikko": "Teko", "yla": "SUUNNITELMA"},
        {"rooli": "toteutumisaste", "otsikko": "kesä", "sanoin": True},
    ]
    raportti = make_public(saarikon_raportti([5, 2], versio=1, sarakkeet=own))
    sheet = kirja(replace(raportti, osat=("xlsx.yleiset_otsikot",)))["Yleiset otsikot"]
    headings, *rows = sheet.values
    assert {"Painopiste", "Strateginen tavoite", "Toimenpide", "Toteutumisaste"} <= set(headings)
    assert "kesä" not in headings
    assert [row[headings.index("Toteutumisaste")] for row in rows] == [5, 2]
    assert "Yleiset otsikot" not in kirja(raportti).sheetnames


def test_what_somebody_wrote_is_text_on_the_first_sheet_too():
    raportti = replace(make_public(saarikon_raportti([5], versio=1, otsikko="=1+1")), kokous="=2+2")
    cells = [cell for row in kirja(raportti)["Raportti"] for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    assert {"=1+1", "=2+2"} <= {cell.value for cell in cells}
