"""What was decided of one year's table reads the next years': other years, more columns, sheets added or renamed."""

import io

import openpyxl
import pytest

from seuranta.models import Lukutapa, Tuonti
from seuranta.tuonti.esikatselu import plan_stored

from .tuontisivut import OTSIKOT, UUSI, VANHA, kysymys, paata, sanat, sivu, tallenna

ALKU = OTSIKOT[:4]


def kirja(**sheets):
    """Sheets of rows as the bytes of a workbook."""
    book, target = openpyxl.Workbook(), io.BytesIO()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(target)
    return target.getvalue()


def tila(aino, laheta, content):
    """(how many decisions it waits for, the codes of its notices) of a file that comes in now."""
    laheta(content=content)
    plan = plan_stored(Tuonti.objects.first())
    return plan.waiting, {notice.code for notice in plan.luettu.notices}, plan


def seuranta(*headings, values=(3, "Ok.")):
    return [[*ALKU, *headings], [*UUSI[:4], *values], [*VANHA[:4], *values]]


def test_columns_of_the_years_to_come_are_read_as_those_of_this_year(aino, laheta):
    tuonti = laheta(content=kirja(Seuranta=seuranta("Puuhari 2024", "Puuhari 2025", values=(2, 3))))
    for letter in "EF":
        paata(aino, tuonti, **{f"sarake|Seuranta!{letter}": "toteutumisaste"})
    assert "Tuonti on tallennettu." in tallenna(aino, tuonti)
    headings = ("Puuhari 2024", "Puuhari 2025", "Puuhari 2026")
    waiting, codes, plan = tila(aino, laheta, kirja(Seuranta=seuranta(*headings, values=(2, 3, 4))))
    assert (waiting, "reading_known" in codes) == (0, True)
    scores = [kirjaus.toteutumisaste for kirjaus in plan.rows[0].rivi.kirjaukset]
    assert scores == [2, 3, 4]


@pytest.mark.parametrize("vuosi", ["", " 2027"])
def test_an_older_copy_left_out_is_left_out_the_next_year_and_a_new_sheet_is_read(aino, laheta, vuosi):
    rows = [[*ALKU, "Toteutumisaste"], *([*UUSI[:2], f"Teko {n}", UUSI[3], n] for n in (1, 2, 3, 4))]
    older = [rows[0], *([*row[:4], 1] for row in rows[1:])]
    tuonti = laheta(content=kirja(**{"Seuranta": rows, "Seuranta (2)": older}))
    paata(aino, tuonti, **{kysymys(aino, tuonti): "0"})
    assert "Tuonti on tallennettu." in tallenna(aino, tuonti)
    more = [rows[0], [*UUSI[:2], "Muu teko", UUSI[3], 5]]
    sheets = {f"Seuranta{vuosi}": rows, f"Seuranta{vuosi} (2)": older, "Lisät": more}
    waiting, codes, plan = tila(aino, laheta, kirja(**sheets))
    assert (waiting, "reading_known" in codes) == (0, True)
    assert {row.rivi.toimenpide for row in plan.rows} == {"Teko 1", "Teko 2", "Teko 3", "Teko 4", "Muu teko"}
    assert [row.rivi.kirjaukset[0].toteutumisaste for row in plan.rows][:4] == [1, 2, 3, 4]


def test_a_header_row_that_was_chosen_is_found_where_it_stands_the_next_year(aino, laheta):
    odd = [["Zorp", "Blimp", "Frob"], ["Elinvoima", "Avataan satama", 3], ["Elinvoima", "Kaava laaditaan", 4]]
    tuonti = laheta(content=kirja(A=odd))
    paata(aino, tuonti, sivulta="lukutapa", **{"otsikkorivi|A": "1"})
    paata(aino, tuonti, sivulta="lukutapa", **{"sarake|A!B": "toimenpide", "sarake|A!C": "toteutumisaste"})
    assert "Tuonti on tallennettu." in tallenna(aino, tuonti), sanat(sivu(aino, tuonti))
    waiting, codes, plan = tila(aino, laheta, kirja(A=[["Taulu"], [None], *odd]))
    assert (waiting, "reading_known" in codes, len(plan.rows)) == (0, True, 2)


def test_per_cents_told_to_be_a_measure_are_one_the_next_year(aino, laheta):
    tuonti = laheta(content=kirja(A=seuranta("Valmiusaste %", "Kommentti", values=(10, "Ok."))))
    paata(aino, tuonti, **{kysymys(aino, tuonti): "1"})
    assert "Tuonti on tallennettu." in tallenna(aino, tuonti)
    waiting, codes, plan = tila(aino, laheta, kirja(A=seuranta("Valmiusaste %", "Kommentti", values=(60, "Ok."))))
    assert (waiting, "reading_known" in codes) == (0, True)
    assert plan.rows[0].rivi.mittarit[0].arvot[0].luku == 60
    assert Lukutapa.objects.get().tavat == {"prosentit": "mittari"}


def test_the_year_of_one_file_is_not_the_next_ones(aino, laheta):
    rows = seuranta("Toteutumisaste 30.4.", "Toteutumisaste 31.8.", values=(2, 3))
    tuonti = laheta(content=kirja(A=rows))
    paata(aino, tuonti, sivulta="lukutapa", vuosi="2025")
    assert "Tuonti on tallennettu." in tallenna(aino, tuonti)
    waiting, _codes, plan = tila(aino, laheta, kirja(A=rows))
    assert (waiting, [question.code for question in plan.questions]) == (1, ["year_needed"])
