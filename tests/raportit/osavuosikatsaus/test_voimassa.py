"""From when until when a toimenpide is in force: told where the koordinaattori has chosen so, and nowhere else."""

import io
import zipfile
from datetime import date

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from raportit.muodot import render_report
from raportit.osavuosikatsaus import build, from_json, to_json
from raportit.osavuosikatsaus.julkinen import make_public
from raportit.sulkeminen.sulje import close_jakso
from raportit.tallenne.julkisrivit import remake_rows
from strategia.models import Strategia, Toimenpide

from ..rakenna import KOOTTU, rakenna

pytestmark = pytest.mark.django_db
ALKAA, ASTI = date(2026, 1, 1), date(2028, 12, 31)


@pytest.fixture
def jakso():
    """A jakso of two rows: the first is in force for three years."""
    jakso = rakenna([5, 3])
    Toimenpide.objects.filter(jarjestys=0).update(voimassa_alkaen=ALKAA, voimassa_asti=ASTI)
    return jakso


def koottu(jakso, *, chosen):
    jakso.strategia.sarakkeet = [{"rooli": "toimenpide.voimassa" if chosen else "voimassa"}]
    return build(jakso, koottu=KOOTTU, versio=1)


def test_unchosen_it_is_in_no_byte_of_the_report(jakso):
    unchosen = koottu(jakso, chosen=False)
    text = to_json(unchosen)
    assert "voimassa" not in text and "2026–2028" not in render_report(unchosen, "html").decode()
    Toimenpide.objects.update(voimassa_alkaen=None, voimassa_asti=None)
    assert to_json(koottu(jakso, chosen=False)) == text


@pytest.mark.parametrize(
    ("alkaa", "asti", "sanoin"),
    [
        (ALKAA, ASTI, "2026–2028"),
        (ALKAA, date(2026, 12, 31), "2026"),
        (date(2026, 3, 1), ASTI, "1.3.2026–31.12.2028"),
        (ALKAA, None, "1.1.2026–"),
        (None, ASTI, "–31.12.2028"),
        (None, None, ""),
    ],
)
def test_it_is_told_by_years_or_by_days(alkaa, asti, sanoin, jakso):
    Toimenpide.objects.filter(jarjestys=0).update(voimassa_alkaen=alkaa, voimassa_asti=asti)
    raportti = koottu(jakso, chosen=True)
    assert [rivi.voimassa for rivi in raportti.rivit] == [sanoin, ""]
    assert from_json(to_json(raportti)) == raportti
    assert [rivi.voimassa for rivi in make_public(raportti).rivit] == [sanoin, ""]


def test_chosen_it_is_in_every_format(jakso):
    raportti = koottu(jakso, chosen=True)
    assert "Voimassa: 2026–2028" in render_report(raportti, "html").decode()
    lines = render_report(raportti, "csv").decode().splitlines()
    assert lines[0].endswith(";Voimassa") and lines[1].endswith(";2026–2028")
    with zipfile.ZipFile(io.BytesIO(render_report(raportti, "docx"))) as docx:
        assert "Voimassa: 2026–2028" in docx.read("word/document.xml").decode()
    sheet = load_workbook(io.BytesIO(render_report(raportti, "xlsx"))).active
    told = {cell.value for row in sheet.iter_rows() for cell in row}
    assert {"Voimassa", "2026–2028"} <= told


@pytest.mark.parametrize("chosen", [True, False])
def test_the_public_page_of_the_toimenpide_tells_it_where_its_report_does(chosen, cast, client):
    Strategia.objects.filter(pk=cast.strategia.pk).update(
        sarakkeet=[{"rooli": "toimenpide.voimassa" if chosen else "voimassa"}]
    )
    Toimenpide.objects.filter(pk=cast.vayla.pk).update(voimassa_alkaen=ALKAA, voimassa_asti=ASTI)
    cast.edellinen.reopen(by=cast.kaisa, syy="Voimassaolo puuttui.")
    close_jakso(cast.edellinen, by=cast.kaisa).publish(by=cast.kaisa)
    path = reverse("raportit:julkinen-kohde", args=["kirkkoranta", "toimenpide", cast.vayla.tunnus])
    assert ("<dd>2026–2028</dd>" in client.get(path).text) is chosen
    remake_rows()
    assert ("<dd>2026–2028</dd>" in client.get(f"{path}?x").text) is chosen
