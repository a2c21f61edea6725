"""Nothing is read before it is known to be safe; every refusal says what to do."""

import io
import re
import zipfile
from pathlib import Path

import pytest
from django.conf import settings

from seuranta.taulukko import rows
from seuranta.taulukko.guard import check, limits, refusal
from seuranta.taulukko.guard.issues import REFUSALS

from .taulukot import OTSIKOT, book, text

HYVA = [["Elinvoima", "Yritykset", "Palvelupiste", "Tekninen", 4, "Etenee"]]


def code(data, name):
    file, issue = check(data, name)
    assert (file is None) != (issue is None)
    return issue.code if issue else file.kind


def with_member(data, name, content, method=zipfile.ZIP_DEFLATED):
    file = io.BytesIO(data)
    with zipfile.ZipFile(file, "a", method) as archive:
        archive.writestr(name, content)
    return file.getvalue()


def test_a_workbook_and_a_text_file_pass():
    assert code(book(OTSIKOT, *HYVA), "seuranta.xlsx") == "xlsx"
    assert code(text(OTSIKOT, ["a", "b", "c", "d", "4", "e"]), "seuranta.csv") == "text"


def test_a_workbook_is_one_under_any_name():
    for name in ("seuranta.csv", "", "..", "../../var/pwned.xlsx", "seuranta.xlsx.exe"):
        assert code(book(OTSIKOT, *HYVA), name) == "xlsx"


@pytest.mark.parametrize("data", [b"", b"\xef\xbb\xbf", b" \n\t\r\n", b"\xff\xfe"])
def test_an_empty_file_is_told_as_empty(data):
    assert code(data, "seuranta.xlsx") == "empty_file"


@pytest.mark.parametrize(
    ("data", "name", "expected"),
    [
        (b"%PDF-1.7 obj", "seuranta.xlsx", "not_xlsx"),
        (b"%PDF-1.7 obj", "seuranta.csv", "not_text"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "seuranta.xlsx", "not_xlsx"),
        (b"Toimenpide;Toteutumisaste\nA;1\n", "seuranta.xlsx", "type_mismatch"),
        (b"<!DOCTYPE html><table><tr><td>1", "seuranta.xls", "html_not_excel"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "seuranta.xls", "old_format"),
        (b"PK\x03\x04 cut short", "seuranta.xlsx", "corrupt"),
        ("Toimenpide;Kommentti\nLÃ¤hikirjasto;x".encode(), "seuranta.csv", "encoding"),
        (b"Toimenpide;Kommentti\nKirjasto;o\x02k" + b" ja paljon muuta" * 20, "a.csv", "control_chars"),
    ],
)
def test_what_is_no_table_is_refused(data, name, expected):
    assert code(data, name) == expected


def test_a_pdf_that_is_called_a_workbook_is_told_in_one_plain_sentence():
    _, issue = check(b"%PDF-1.7", "seuranta.xlsx")
    assert issue.fi.startswith("Tiedosto ei ole Excel-työkirja")
    assert "tallenna muodossa .xlsx" in issue.fi


def test_a_document_type_is_refused_in_any_encoding():
    bomb = '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'.encode("utf-16")
    assert code(with_member(book(OTSIKOT, *HYVA), "xl/extra.xml", bomb), "a.xlsx") == "xml_dtd"


def test_what_inflates_too_far_is_stopped_whatever_the_zip_says():
    assert code(with_member(book(OTSIKOT, *HYVA), "xl/media/a.bin", bytes(61 * 1024 * 1024)), "a.xlsx") == "zip_bomb"


def test_macros_too_many_parts_and_unknown_packings_are_refused():
    good = book(OTSIKOT, *HYVA)
    assert code(with_member(good, "xl/vbaProject.bin", b"x"), "a.xlsm") == "macro"
    assert code(with_member(good, "xl/a.bin", b"x" * 99, zipfile.ZIP_LZMA), "a.xlsx") == "corrupt"
    many = io.BytesIO(good)
    with zipfile.ZipFile(many, "a") as archive:
        for number in range(401):
            archive.writestr(f"xl/m{number}.bin", b"")
    assert code(many.getvalue(), "a.xlsx") == "too_many_members"


def test_a_file_over_ten_megabytes_is_refused_unread():
    assert code(b"a;" * 6_000_000, "a.csv") == "too_large"


@pytest.mark.parametrize("refused", sorted(REFUSALS))
def test_every_refusal_speaks_to_a_person_in_both_languages(refused):
    fi, en = REFUSALS[refused]
    assert fi.endswith(".")
    assert en.endswith(".")
    assert fi.count(".") <= 6


# --- the limits


def test_the_sentences_tell_the_limits_by_which_the_readers_count(monkeypatch):
    assert "enintään 10 megatavua ja 400 000 solua." in refusal("too_large").fi
    assert "at most 10 megabytes and 400,000 cells." in refusal("too_large").en
    for name, code in (
        ("TOIMENPITEET", "too_many_rows"),
        ("COLUMNS", "too_many_columns"),
        ("SHEETS", "too_many_sheets"),
    ):
        monkeypatch.setattr(limits, f"MAX_{name}", 1234)
        assert "enintään 1 234." in refusal(code).fi
        assert "at most 1,234." in refusal(code).en


def test_a_limit_stands_in_one_place():
    twice = re.compile(
        r"^_?MAX_(?:BYTES|MEMBERS|\w+_BYTES|DEPTH|SHEETS|ROWS|TOIMENPITEET|COLUMNS|CELLS|MERGED_AREA) =", re.MULTILINE
    )
    code = {path: path.read_text() for path in Path(limits.__file__).parents[1].rglob("*.py")}
    assert [path.name for path, text in code.items() if twice.search(text)] == ["limits.py"]


def test_what_lets_a_file_in_lets_in_as_much_as_is_read():
    page = (settings.BASE_DIR / "templates" / "400.html").read_text()
    assert f"enintään {limits.MAX_BYTES // limits.MEGABYTE} megatavua." in page
    assert limits.MAX_BYTES < settings.FILE_UPLOAD_MAX_MEMORY_SIZE == settings.DATA_UPLOAD_MAX_MEMORY_SIZE


def test_titles_and_totals_are_beside_the_rows_that_name_a_toimenpide(monkeypatch):
    assert (limits.MAX_TOIMENPITEET, limits.MAX_ROWS) == (20_000, 20_100)
    monkeypatch.setattr(rows, "MAX_TOIMENPITEET", 3)
    table = "Strategian seuranta 2025\nTavoite;Toimenpide;Kommentti\n" + "".join(
        f"T;Toimi {n};Etenee\n" for n in range(4)
    )
    assert rows.read(table.encode(), "neljä.csv").reason == "too_many_rows"
    fits = rows.read(table.replace("T;Toimi 3;Etenee", ";;Yhteensä 3").encode(), "kolme.csv")
    assert (fits.status, len(fits.rows)) == ("ok", 3)
