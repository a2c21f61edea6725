"""Ennuste, poikkeaman syy and korjaavat toimet in the report: in every format where they are asked, else in none."""

import csv
import html
import io
import re
import subprocess

import docx
import openpyxl
import pikepdf
import pytest

from raportit.muodot import render_report
from raportit.osavuosikatsaus import from_json
from raportit.sulkeminen.sulje import close_jakso
from raportit.tallenne.tallenteet import stored_bytes
from seuranta.models import Kirjaus
from strategia.models import LISAKENTAT, Strategia

from .rakenna import rakenna
from .saarikko import saarikon_raportti

MUODOT = ("html", "pdf", "docx", "xlsx", "csv", "json")
TEKSTIT = {
    "ennuste": "Toteutuu osittain – arvio 50 %",
    "poikkeaman_syy": "Kilpailutus & valitus <kesken>",
    "korjaavat_toimet": "Äijänsuon urakka jaetaan kahtia",
}


def kokoa(*roolit, **texts):
    """Four toimenpidettä of which these roles are asked: one has all of TEKSTIT, or three have the texts given."""
    return saarikon_raportti([4, 3, 2, None], lisakentat=roolit, rivit=texts or [{}, TEKSTIT])


@pytest.fixture
def jakso(db):
    """The same in the database; nothing is asked yet."""
    jakso = rakenna([4, 3, 2, None])
    kirjaus = jakso.kirjaukset.order_by("pk")[1]
    Kirjaus.objects.filter(pk=kirjaus.pk).update(**TEKSTIT)
    return jakso


def ask(jakso, *roolit):
    jakso.strategia.use_lisakentat(roolit)
    jakso.strategia.save()


def words_of(content, muoto, tmp_path):
    """All text of the file as one line."""
    if muoto == "pdf":
        (tmp_path / "r.pdf").write_bytes(content)
        told = subprocess.run(["pdftotext", "-raw", tmp_path / "r.pdf", "-"], capture_output=True, check=True)
        text = told.stdout.decode()
    elif muoto == "docx":
        document = docx.Document(io.BytesIO(content))
        text = " ".join(cell.text for table in document.tables for row in table.rows for cell in row.cells)
        text += " ".join(paragraph.text for paragraph in document.paragraphs)
    elif muoto == "xlsx":
        sheet = openpyxl.load_workbook(io.BytesIO(content)).active
        text = " ".join(str(value) for row in sheet.iter_rows(values_only=True) for value in row if value)
    elif muoto == "html":
        text = html.unescape(re.sub(r"<[^>]*>", " ", content.decode()))
    else:
        text = content.decode()
    return " ".join(text.split())


@pytest.mark.parametrize("muoto", MUODOT)
def test_a_frozen_report_tells_them_where_they_are_asked(muoto, jakso, tmp_path):
    ask(jakso, *LISAKENTAT)
    jakso.finish(by=None)
    versio = close_jakso(jakso, by=None)
    words = words_of(stored_bytes(versio, muoto), muoto, tmp_path)
    for rooli, text in TEKSTIT.items():
        assert text in words
        assert LISAKENTAT[rooli] in words
    if muoto in ("html", "pdf", "docx"):
        assert "Ennusteet, poikkeamat ja korjaavat toimet" in words
    before = stored_bytes(versio, muoto)
    ask(jakso)
    Strategia.objects.update(sanasto={"ennuste": "Muu sana"})
    assert stored_bytes(versio, muoto) == before


@pytest.mark.parametrize("muoto", MUODOT)
def test_no_format_tells_them_where_they_are_not_asked(muoto, tmp_path):
    words = words_of(render_report(kokoa(), muoto), muoto, tmp_path)
    assert not [text for text in TEKSTIT.values() if text in words]
    if muoto != "json":  # which has every word of the strategia, used or not
        assert not [heading for heading in LISAKENTAT.values() if heading in words]


@pytest.mark.parametrize("muoto", ["xlsx", "csv"])
def test_what_nobody_has_written_has_no_column(muoto, tmp_path):
    own = [{}, {**TEKSTIT, "ennuste": ""}]
    raportti = saarikon_raportti([4, 3, 2, None], lisakentat=["ennuste", "korjaavat_toimet"], rivit=own)
    words = words_of(render_report(raportti, muoto), muoto, tmp_path)
    assert "Korjaavat toimet" in words
    assert "Ennuste" not in words
    assert "Poikkeaman syy" not in words


def test_they_are_gathered_on_one_page_and_not_spread_over_the_tables():
    raportti = kokoa(*LISAKENTAT)
    assert [rivi.ennuste for rivi in raportti.poikkeamat] == [TEKSTIT["ennuste"]]
    assert not {sarake.rooli for sarake in raportti.taulukon_sarakkeet} & LISAKENTAT.keys()
    page = render_report(raportti, "html").decode()
    assert page.count(TEKSTIT["ennuste"]) == 1
    assert from_json(render_report(raportti, "json").decode()).poikkeamat == raportti.poikkeamat


@pytest.mark.parametrize("turned", [True, False])
def test_the_table_of_deviations_breaks_no_word_and_turns_its_page_where_it_must(turned, tmp_path):
    texts = {"poikkeaman_syy": "Kilpailutus viivästyi. " * 30, "korjaavat_toimet": "Talousarviovalmistelussa."}
    raportti = kokoa(*(LISAKENTAT if turned else ["ennuste"]), ennuste="Toteutuu suunnitellusti.", **texts)
    words = words_of(render_report(raportti, "pdf"), "pdf", tmp_path)
    lead = "3 toimenpiteestä on kirjattu ennuste, poikkeama tai korjaavia toimia."
    table = words.partition(f"Ennusteet, poikkeamat ja korjaavat toimet {lead}")[2].partition("PAINOPISTE")[0]
    more = ("Kilpailutus", "Talousarviovalmistelussa.") if turned else ()
    for word in ("suunnitellusti.", "lähipalveluiden", *more):
        assert table.count(word) >= 3
    assert "Toteutumisaste" in table
    with pikepdf.open(tmp_path / "r.pdf") as pdf:
        assert any(page.MediaBox[2] > page.MediaBox[3] for page in pdf.pages) == turned


@pytest.mark.parametrize("muoto", ["html", "pdf", "docx"])
def test_they_are_a_part_of_their_own_that_the_contents_tell(muoto, tmp_path):
    raportti = kokoa(*LISAKENTAT)
    assert not raportti.luvut["muutokset"], "muutosten sivua ei ole, kun edellistä jaksoa ei ole"
    words = words_of(render_report(raportti, muoto), muoto, tmp_path)
    assert words.count("Ennusteet, poikkeamat ja korjaavat toimet") >= (1 if muoto == "html" else 2)
    assert "Yhdestä toimenpiteestä on kirjattu ennuste, poikkeama tai korjaavia toimia." in words
    assert "Poikkeamat ja suurimmat muutokset" not in words


def test_a_sheet_that_has_them_as_columns_gets_its_columns_back():
    words = {"toimenpide": "Teko", "toimiala": "Kenen", "toteutumisaste": "Aste"}
    words |= {"ennuste": "Arvio loppuvuodesta", "kommentti": "Selite"}
    own = [{"rooli": rooli, "otsikko": otsikko} for rooli, otsikko in words.items()]
    raportti = saarikon_raportti([4, 3], sarakkeet=own, rivit={"ennuste": TEKSTIT["ennuste"]})
    assert "Arvio loppuvuodesta" in [sarake.otsikko for sarake in raportti.taulukon_sarakkeet]
    sheet = openpyxl.load_workbook(io.BytesIO(render_report(raportti, "xlsx"))).active
    heading = [cell.value for cell in sheet[1]]
    assert heading[2:] == list(words.values())
    flat = list(csv.DictReader(io.StringIO(render_report(raportti, "csv").decode("utf-8-sig")), delimiter=";"))
    assert {line["Ennuste"] for line in flat} == {TEKSTIT["ennuste"]}


@pytest.mark.parametrize("muoto", MUODOT)
def test_a_thousand_letters_and_a_long_word_stop_no_format(muoto, tmp_path):
    long = ("Sää & urakka – äö. " * 60)[:1000].strip()
    raportti = kokoa(*LISAKENTAT, ennuste=long, poikkeaman_syy="x" * 5_000, korjaavat_toimet="a\x0bb")
    words = words_of(render_report(raportti, muoto), muoto, tmp_path)
    assert "Sää & urakka – äö." in words
    assert "\x0b" not in words
