"""A table of measures beside the table of the rows: the measures of painopisteet and tavoitteet."""

import io
from io import StringIO

import openpyxl
from django.core.management import call_command

from seuranta.taulukko.rows import Luettu, read
from strategia.models import Mittari, Toimenpide

from .taulukot import cells_of, named_cells

TEOT = [
    ["Painopiste", "Tavoite", "Toimenpide", "Toteutumisaste 2024", "Kommentti"],
    *(["Elinvoima", "Yritykset kasvavat", f"Teko {n}", 3, f"Etenee {n}."] for n in range(1, 6)),
]
MITTARIT = [
    ["Painopiste", "Tavoite", "Mittari", "Tavoitearvo 2025", "Toteuma 2024", "Lähde"],
    ["Elinvoima", "Yritykset kasvavat", "Yrityksiä, kpl", 120, 110, "Tilastokeskus"],
    ["Elinvoima", "Yritykset kasvavat", "Työpaikkoja", 900, 870, None],
    ["Elinvoima", "Asukkaat viihtyvät", "Asukastyytyväisyys", "4,0", "3,5", "Kysely"],
]


def kirja(**sheets):
    book, target = openpyxl.Workbook(), io.BytesIO()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(target)
    return target.getvalue()


def luettu_of(**sheets):
    data = kirja(**sheets)
    luettu = read(data, "seuranta.xlsx")
    of_measures = {cell for mittari in luettu.mittarit for cell in cells_of_mittari(mittari)}
    levels = {f"Mittarit!{letter}{row}" for letter in "AB" for row in range(2, 5)}
    assert cells_of(data, "seuranta.xlsx") <= named_cells(luettu) | of_measures | levels
    return luettu


def cells_of_mittari(mittari):
    luvut = (*mittari.tavoitteet, *mittari.arvot, *filter(None, [mittari.lahto]))
    return {mittari.cell, *(luku.cell for luku in luvut)}


def test_they_are_the_measures_of_no_row_and_the_rows_are_as_they_were():
    luettu = luettu_of(Teot=TEOT, Mittarit=MITTARIT)
    assert (luettu.status, [rivi.toimenpide for rivi in luettu.rows]) == ("ok", [f"Teko {n}" for n in range(1, 6)])
    assert luettu.rows == read(kirja(Teot=TEOT), "seuranta.xlsx").rows
    told = [(each.painopiste, each.tavoite, each.nimi, each.yksikko) for each in luettu.mittarit]
    assert told == [
        ("Elinvoima", "Yritykset kasvavat", "Yrityksiä, kpl", "kpl"),
        ("Elinvoima", "Yritykset kasvavat", "Työpaikkoja", None),
        ("Elinvoima", "Asukkaat viihtyvät", "Asukastyytyväisyys", None),
    ]
    first = luettu.mittarit[0]
    assert [(luku.vuosi, luku.luku) for luku in (*first.tavoitteet, *first.arvot)] == [(2025, 120), (2024, 110)]
    assert Luettu.from_dict(luettu.to_dict()) == luettu


def test_what_is_left_out_of_it_is_told():
    luettu = luettu_of(Teot=TEOT, Mittarit=MITTARIT)
    assert [(notice.cell, notice.fi) for notice in luettu.notices if notice.code == "needs_decision"] == [
        (
            "Mittarit!C1",
            "Taulukko ”Mittarit” luettiin painopisteiden ja tavoitteiden mittareiksi. Sen muut sarakkeet (F) jäivät "
            "pois.",
        )
    ]
    left = [(skip.cell, skip.text) for skip in luettu.skipped if skip.reason == "left_out"]
    assert left == [("Mittarit!F2", "Tilastokeskus"), ("Mittarit!F4", "Kysely")]
    sheet = next(each for each in luettu.reading if each.nimi == "Mittarit")
    assert (sheet.luettu, [sarake.role for sarake in sheet.sarakkeet][2]) == (True, "mittari")


def test_a_list_of_measures_without_values_or_levels_is_not_read():
    plain = [["Mittari", "Lähde"], *(row[2::3] for row in MITTARIT[1:])]
    assert read(kirja(Teot=TEOT, Mittarit=plain), "seuranta.xlsx").mittarit == ()


def test_the_import_hangs_them_under_what_they_name_and_the_second_time_changes_nothing(db, tmp_path):
    path = tmp_path / "seuranta.xlsx"
    path.write_bytes(kirja(Teot=TEOT, Mittarit=MITTARIT))
    for _time in (1, 2):
        call_command("tuo", str(path), "--kunta", "Naapuri", stdout=(out := StringIO()))
    assert "Mikään ei muuttunut." in out.getvalue()
    assert Toimenpide.objects.count() == 5
    told = Mittari.objects.filter(tavoite__isnull=False).values_list("tavoite__nimi", "nimi")
    assert set(told) == {
        ("Yritykset kasvavat", "Yrityksiä, kpl"),
        ("Yritykset kasvavat", "Työpaikkoja"),
        ("Asukkaat viihtyvät", "Asukastyytyväisyys"),
    }
    call_command("tuo", str(path), "--kunta", "Naapuri", "--json", "--esikatsele", stdout=(out := StringIO()))
    assert '"nimi": "Asukastyytyväisyys"' in out.getvalue()
