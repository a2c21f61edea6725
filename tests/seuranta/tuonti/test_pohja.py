"""The empty workbook that a kunta without a table of its own may start from."""

import io

from openpyxl import load_workbook

from seuranta.taulukko.rows import read
from seuranta.tuonti.pohja import SARAKKEET, template_bytes


def filled(*rows):
    book = load_workbook(io.BytesIO(template_bytes()))
    for row in rows:
        book.worksheets[0].append(row)
    file = io.BytesIO()
    book.save(file)
    return read(file.getvalue(), "seuranta-2026.xlsx")


def test_the_empty_template_says_that_it_has_no_rows():
    luettu = read(template_bytes(), "pohja.xlsx")
    assert (luettu.status, luettu.reason) == ("reject", "no_rows")


def test_the_filled_template_is_read_whole_without_a_question():
    luettu = filled(
        [
            "Elävä keskusta",
            "Palvelut lähellä",
            "1.1",
            "Avataan kirjasto",
            "Sivistys",
            "Rehtori",
            "Lainat",
            "2025–2027",
            4,
            "k",
        ],  # fmt: skip
        [None, None, "1.2", "Uusitaan verkko", "Tekninen", None, None, None, None, None],
    )
    assert (luettu.status, luettu.errors, luettu.questions, luettu.jaksot) == ("ok", (), (), ("2026",))
    first, second = luettu.rows
    assert (first.painopiste, first.tavoite, first.koodi) == ("Elävä keskusta", "Palvelut lähellä", "1.1")
    assert (first.vastuu, first.mittari, first.vuosina) == ("Rehtori", "Lainat", "2025–2027")
    assert (first.kirjaukset[0].toteutumisaste, first.kirjaukset[0].kommentti) == (4, "k")
    assert (second.tavoite, second.toimiala, second.kirjaukset[0].toteutumisaste) == (
        "Palvelut lähellä",
        "Tekninen",
        None,
    )
    assert {skip.reason for skip in luettu.skipped if skip.cell.startswith("Ohje")} == {"guide"}


def test_every_column_of_the_template_is_known():
    luettu = filled(["P", "T", "1.1", "a", "X", "v", "m", 2026, 4, "k"])
    assert [column[1] for column in luettu.columns] == list(SARAKKEET)


def test_excel_checks_the_score():
    sheet = load_workbook(io.BytesIO(template_bytes())).worksheets[0]
    check = sheet.data_validations.dataValidation[0]
    assert (str(check.sqref), check.formula1, check.formula2) == ("I2:I2001", "1", "5")
