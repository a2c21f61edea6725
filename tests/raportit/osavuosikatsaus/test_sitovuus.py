"""Whom a toimenpide binds: told where the koordinaattori has chosen so, in every format, and nowhere else."""

import io
import json
import zipfile

import pytest
from openpyxl import load_workbook

from raportit.muodot import render_report
from raportit.osavuosikatsaus import build, from_json, to_json
from raportit.osavuosikatsaus.julkinen import make_public
from strategia.models import StrateginenTavoite, Toimenpide

from ..rakenna import KOOTTU, rakenna

pytestmark = pytest.mark.django_db


@pytest.fixture
def jakso():
    """A jakso of two rows: the first says whom it binds, the other takes it of its tavoite."""
    jakso = rakenna([5, 3])
    StrateginenTavoite.objects.update(sitovuus="valtuusto")
    Toimenpide.objects.filter(jarjestys=0).update(sitovuus="toimielin")
    return jakso


def koottu(jakso, *, chosen):
    jakso.strategia.sarakkeet = [{"rooli": "sitovuus"}] if chosen else []
    return build(jakso, koottu=KOOTTU, versio=1)


def test_unchosen_it_is_in_no_byte_of_the_report(jakso):
    unchosen = koottu(jakso, chosen=False)
    text = to_json(unchosen)
    assert "sitovuus" not in text and "valtuusto" not in text
    assert "Sitovuus" not in render_report(unchosen, "html").decode() + render_report(unchosen, "csv").decode()
    Toimenpide.objects.update(sitovuus="")
    StrateginenTavoite.objects.update(sitovuus="")
    assert to_json(koottu(jakso, chosen=False)) == text


def test_chosen_it_is_the_rows_own_else_that_of_the_tavoite(jakso):
    raportti = koottu(jakso, chosen=True)
    assert [rivi.sitovuus for rivi in raportti.rivit] == ["toimielin", "valtuusto"]
    assert from_json(to_json(raportti)) == raportti
    assert [rivi.sitovuus for rivi in make_public(raportti).rivit] == ["toimielin", "valtuusto"]
    rows = json.loads(to_json(raportti))["painopisteet"][0]["tavoitteet"][0]["rivit"]
    assert [row["sitovuus"] for row in rows] == ["toimielin", "valtuusto"]


def test_chosen_it_is_in_every_format(jakso):
    raportti = koottu(jakso, chosen=True)
    assert "Sitovuus: toimielin" in render_report(raportti, "html").decode()
    lines = render_report(raportti, "csv").decode().splitlines()
    assert lines[0].endswith(";Sitovuus")
    assert [line.rpartition(";")[2] for line in lines[1:3]] == ["toimielin", "valtuusto"]
    with zipfile.ZipFile(io.BytesIO(render_report(raportti, "docx"))) as docx:
        assert "Sitovuus: valtuusto" in docx.read("word/document.xml").decode()
    book = load_workbook(io.BytesIO(render_report(raportti, "xlsx")))
    tables = [[[cell.value for cell in row] for row in sheet] for sheet in book]
    headings = next(row for table in tables for row in table if "Sitovuus" in row)
    column = headings.index("Sitovuus")
    table = next(table for table in tables if headings in table)
    assert [row[column] for row in table if row[column] in ("toimielin", "valtuusto")] == ["toimielin", "valtuusto"]


def test_chosen_it_stands_after_the_name_on_the_slides():
    jakso = rakenna([5, 1], edelliset=[3, 3])
    Toimenpide.objects.filter(jarjestys=1).update(sitovuus="valtuusto")
    for chosen in (True, False):
        with zipfile.ZipFile(io.BytesIO(render_report(koottu(jakso, chosen=chosen), "pptx"))) as slides:
            text = "".join(slides.read(name).decode() for name in slides.namelist() if "slides/slide" in name)
        assert ("(sitovuus: valtuusto)" in text) == chosen
