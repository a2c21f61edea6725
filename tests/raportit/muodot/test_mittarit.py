"""Measures, risks, goals and units' answers in every format of a report: what a reader finds there."""

import csv
import io
import re
import subprocess
import zipfile
from dataclasses import replace
from decimal import Decimal

import docx
import openpyxl
import pytest
from django.template.loader import render_to_string
from lxml import html

from raportit.muodot import MUODOT, render_report
from raportit.muodot.pdf import render_pdf
from raportit.osavuosikatsaus import make_public
from raportit.osavuosikatsaus.rinnakkain import Vertailu
from raportit.tallenne.lataus import name_links
from seuranta.mittariviiva import LEVEYS, draw_line
from strategia.models import RAPORTIN_OSAT
from tests.ohjelmat.verapdf import check_pdfs

from ..mitattu import HUOMAUTUS, mitattu_raportti
from ..saarikko import saarikon_raportti


@pytest.fixture(scope="module")
def raportti():
    return replace(mitattu_raportti(versio=1), osat=("sdg.tavoitteittain",))


def page(raportti):
    return html.fromstring(render_to_string("raportit/osavuosikatsaus/raportti.html", {"raportti": raportti}))


def cells(row):
    return [" ".join(cell.text_content().split()) for cell in row.xpath("./th|./td")]


def table(tree, otsikko, place=0):
    """[the texts of each row] of the table of this caption, without pictures' titles."""
    for title in tree.xpath("//svg//title"):
        title.text = ""
    found = [each for each in tree.xpath("//table[caption]") if each.find("caption").text_content() == otsikko]
    return [cells(row) for row in found[place].xpath(".//tr")]


def test_the_table_of_a_tavoite_has_the_pictures_columns_in_its_order(raportti):
    head, *rows = table(page(raportti), "Mittarit", 1)
    assert head == ["Mittari", "Lähtö 2025", "30.4.2026", "30.8.2026", "Tavoite", "Tulos", "Kehitys"]
    assert [row[:-1] for row in rows[:5]] == [
        ["Sähköisesti hoidettu asiointi %, enemmän on parempi", "41", "68", "75", "80 (2026)", "○ ei vielä"],
        ["Sähköiset lomakkeet kpl, enemmän on parempi", "4", "9", "12", "12 (2026)", "✓ saavutettu"],
        ["Poissaololupa haetaan sähköisesti kyllä/ei", "ei", "ei", "kyllä", "kyllä (2026)", "✓ saavutettu"],
        [
            *("Asiakaspalvelun vastausaika minuuttia, vähemmän on parempi", "12,0", "8,5", "9,5"),
            *("8,0 (2026)", "▼ ei vielä, heikkeni"),
        ],
        ["Digineuvonta kertaa, enemmän on parempi", "6", "10", "–", "20 (2026)", "– arvo puuttuu"],
    ]
    assert rows[5][0].endswith("Toimenpide: Toimenpide 1: lähipalveluiden saavutettavuus paranee")


def test_words_have_a_table_of_their_own_and_notes_a_list(raportti):
    tree = page(raportti)
    assert table(tree, "Mittarit sanoin") == [
        ["Mittari", "30.8.2026", "Tavoite", "Tulos"],
        ["Henkilöstön arvio työstä", "Arvio on ennallaan.", "Paranee vuosittain.", "– ei voi verrata"],
    ]
    notes = [" ".join(each.text_content().split()) for each in tree.xpath("//ul[@class='huomautukset']/li")]
    assert f"Sähköisesti hoidettu asiointi: {HUOMAUTUS}" in notes


def test_the_line_tells_its_values_and_target_in_words(raportti):
    titles = [title.text for title in page(raportti).xpath("//svg[@class='mittariviiva']/title")]
    assert titles[:3] == [
        "Lähtö 2025: 41\u00a0%, 30.4.2026: 68\u00a0%, 30.8.2026: 75\u00a0%. Tavoite: 80\u00a0%.",
        "Lähtö 2025: 4\u00a0kpl, 30.4.2026: 9\u00a0kpl, 30.8.2026: 12\u00a0kpl. Tavoite: 12\u00a0kpl.",
        "Lähtö 2025: ei, 30.4.2026: ei, 30.8.2026: kyllä. Tavoite: kyllä.",
    ]
    assert "30.8.2026: arvo puuttuu" in titles[4]


def test_one_chapter_tells_which_targets_are_missed(raportti):
    tree = page(raportti)
    [chapter] = tree.xpath("//section[@id='mittarit']")
    assert "10 mittarista 3 on saavuttanut tavoitteensa." in chapter.text_content()
    missed, without, unlike = (
        [cells(row) for row in each.xpath("./tbody/tr")]
        for each in chapter.xpath(".//table[contains(@class, 'mittarit')]")
    )
    assert [row[0].partition(" Tavoite ")[0] for row in missed] == [
        *("Sähköisesti hoidettu asiointi", "Asiakaspalvelun vastausaika", "Toimintakate")
    ]
    assert missed[0][1:] == ["75 %", "80 % (2026)", "○ ei vielä"]
    assert [row[1] for row in without] == ["ei lähetetty", "–"]
    assert [row[1:] for row in unlike] == [["Arvio on ennallaan.", "Paranee vuosittain."]]
    assert "10 mittarista 3" in tree.xpath("//section[@id='yhteenveto']")[0].text_content()


def test_the_missed_targets_are_on_one_page_of_the_pdf(raportti, tmp_path):
    (tmp_path / "r.pdf").write_bytes(render_pdf(raportti))
    out = subprocess.run(["pdftotext", "-layout", tmp_path / "r.pdf", "-"], capture_output=True, check=True, text=True)
    [chapter] = [each for each in out.stdout.split("\f") if "Tavoite on saavuttamatta" in each]
    for word in ("Sähköisesti hoidettu asiointi", "Asiakaspalvelun vastausaika", "Toimintakate", "Digineuvonta"):
        assert word in chapter


def test_risks_are_a_matrix_and_a_list(raportti):
    tree = page(raportti)
    matrix = table(tree, "Riskit todennäköisyyden ja vaikutuksen mukaan")
    assert matrix[0] == ["Todennäköisyys", *(f"Vaikutus {n}" for n in range(1, 6))]
    assert matrix[1] == ["5", "", "", "", "", "1"]
    assert matrix[3] == ["3", "", "", "", "2", ""]
    teko = "Toimenpide 1: lähipalveluiden saavutettavuus paranee"
    assert table(tree, "Riskiluettelo, suurin ensin")[1:] == [
        ["1. Hakijoita ei ole", teko, "5", "5", "25"],
        ["2. Urakka kallistuu", teko, "3", "4", "12"],
        ["3. Rahoitus viivästyy", "Tavoite 2: palvelut ovat lähellä", "–", "2", "–"],
    ]


def test_units_and_other_toimialat_stand_in_their_row_and_goals_in_a_part_of_their_own(raportti):
    tree = page(raportti)
    [row] = [each for each in tree.xpath("//div[@class='tavoite']//tr") if "Lomituspalvelut" in each.text_content()]
    comment = row.xpath("./td[last()]")[0].text_content()
    assert comment.splitlines()[-2:] == [
        "Lomituspalvelut 4 Lähes valmis: Päiviä oli 812.",
        "Maaseutuhallinto 2 Suunnitteilla",
    ]
    assert "myös Sivistyspalvelut" in row.text_content()
    assert "4 Hyvä koulutus" in tree.xpath("//section[@id='sdg']/h3")[0].text_content()
    assert not page(replace(raportti, osat=())).xpath("//section[@id='sdg']")


def test_a_unit_is_told_beside_the_name_where_comments_are_no_column():
    shown = make_public(replace(mitattu_raportti(versio=1), piilotetut=("kommentti",)))
    [name] = [each for each in page(shown).xpath("//tbody//th") if "Lomituspalvelut" in each.text_content()]
    assert "812" not in name.text_content()


@pytest.mark.parametrize("rooli", [rooli for rooli in RAPORTIN_OSAT if rooli.startswith("mittarit.")])
def test_a_column_that_is_not_chosen_is_in_no_table(rooli):
    raportti = mitattu_raportti(versio=1, sarakkeet=[{"rooli": rooli, "piilossa": True}])
    tree = page(raportti)
    heads = [
        cells(row) for row in tree.xpath("//section[contains(@class, 'painopiste')]//table[@class='mittarit']//tr[1]")
    ]
    words = {"lahto": "Lähtö", "arvot": "30.8.2026", "tavoite": "Tavoite", "tulos": "Tulos", "kehitys": "Kehitys"}
    gone = words.get(rooli.partition(".")[2], "Huomautus")
    assert not [head for row in heads for head in row if head.startswith(gone)]
    assert bool(tree.xpath("//ul[@class='huomautukset']")) == (rooli != "mittarit.huomautus")
    assert bool(tree.xpath("//section[@id='mittarit']")) == (rooli != "mittarit.tulos")
    for muoto in ("docx", "xlsx", "html"):
        render_report(raportti, muoto)


def test_xlsx_has_a_sheet_of_measures_with_numbers_as_numbers(raportti):
    book = openpyxl.load_workbook(io.BytesIO(render_report(raportti, "xlsx")))
    assert book.sheetnames == [raportti.jakso.nimi, "Mittarit", "Riskit"]
    head, *rows = book["Mittarit"].iter_rows(values_only=True)
    assert head[3:5] + head[7:] == (
        *("Mittari", "Yksikkö", "Lähtö", "Lähtövuosi", "30.4.2026", "30.8.2026"),
        *("Tavoite", "Tavoitevuosi", "Tulos", "Huomautus"),
    )
    assert rows[4][7:13] == (12, 2025, 8.5, 9.5, 8, 2026)
    assert rows[1][13:] == ("ei vielä", HUOMAUTUS)
    assert [row[3:] for row in book["Riskit"].iter_rows(min_row=2, values_only=True)][0] == (
        "Hakijoita ei ole",
        5,
        5,
        25,
    )


def test_word_has_the_tables_and_the_alternative_texts(raportti):
    content = render_report(raportti, "docx")
    document = docx.Document(io.BytesIO(content))
    rows = [[cell.text for cell in row.cells] for each in document.tables for row in each.rows]
    assert ["○ ei vielä" in row for row in rows].count(True) == 2
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        text = file.read("word/document.xml").decode()
    assert len(re.findall(r'descr="Lähtö 2025: [^"]*Tavoite', text)) >= 5


def test_what_is_told_is_told_in_every_format_and_csv_keeps_to_its_rows(raportti):
    assert render_report(raportti, "csv") == render_report(
        saarikon_raportti([5, 3, 1, 4, 2], edelliset=[4, 3, 2, 4, 1], versio=1), "csv"
    )
    for muoto in set(MUODOT) - {"csv", "pdf", "xlsx", "docx", "pptx"}:
        assert "Digineuvonta" in render_report(raportti, muoto).decode()


def read_csv(raportti):
    """[{heading: text}] of the file of measures."""
    text = render_report(raportti, "mitat.csv").decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def test_csv_of_measures_has_a_line_for_each_value_in_time(raportti):
    rows = read_csv(raportti)
    told = [mittari for *_place, mittari in raportti.kerrottavat]
    assert len(rows) == sum(len(mittari.aiemmat) + 1 for mittari in told)
    asiointi = [row for row in rows if row["Mittari"] == "Sähköisesti hoidettu asiointi"]
    named = ("Jakso", "Arvo", "Arvo lukuna", "Tavoite", "Tavoite lukuna", "Tulos", "Huomautus")
    before, now = ([row[name] for name in named] for row in asiointi)
    assert before == [raportti.edellinen.nimi, "68 %", "68", "", "", "", ""]
    assert now == [raportti.jakso.nimi, "75 %", "75", "80 %", "80", "ei vielä", HUOMAUTUS]
    [missing] = [row for row in rows if row["Mittari"] == "Digineuvonta" and not row["Jakso"]]
    assert (missing["Arvo"], missing["Tulos"]) == ("", "arvo puuttuu")
    of_row = {row["Toimenpide"] for row in rows if row["Mittari"] == "Toimintakate"}
    assert of_row == {raportti.painopisteet[0].tavoitteet[0].rivit[0].toimenpide}


def test_csv_of_measures_says_a_number_as_a_program_reads_it_and_runs_no_formula(raportti):
    [painopiste] = raportti.painopisteet
    mittari = replace(painopiste.mittarit[0], nimi="=1+1", lahto_teksti="1 234,50 €", lahto_luku=Decimal("1234.50"))
    odd = replace(raportti, painopisteet=(replace(painopiste, mittarit=(mittari,)),))
    [row] = [each for each in read_csv(odd) if each["Mittari"].endswith("=1+1")]
    assert (row["Mittari"], row["Lähtöarvo"], row["Lähtöarvo lukuna"]) == ("'=1+1", "1 234,50 €", "1234.5")


@pytest.mark.parametrize(
    ("rooli", "headings", "tokens"),
    [
        ("mittarit.lahto", ["Lähtöarvo", "Lähtövuosi"], ["41 %"]),
        ("mittarit.arvot", ["Jakso", "Arvo", "Arvo lukuna"], ["75 %", "68 %"]),
        ("mittarit.tavoite", ["Tavoite", "Tavoitevuosi"], ["80 %"]),
        ("mittarit.tulos", ["Tulos"], ["ei vielä"]),
        ("mittarit.huomautus", ["Huomautus"], [HUOMAUTUS]),
        ("mittarit", ["Tulos", "Arvo"], ["Sähköisesti hoidettu asiointi"]),
    ],
)
@pytest.mark.parametrize("shape", [lambda raportti: raportti, make_public])
def test_a_hidden_column_is_in_no_csv_of_measures_of_either_form(shape, rooli, headings, tokens):
    raportti = shape(mitattu_raportti(versio=1, sarakkeet=[{"rooli": rooli, "piilossa": True}]))
    text = render_report(raportti, "mitat.csv").decode("utf-8-sig")
    assert not [token for token in tokens if token in text]
    assert not set(headings).intersection(text.partition("\r\n")[0].split(";"))


def test_the_page_offers_the_csv_of_measures_where_there_are_some(raportti):
    links = {muoto: muoto for muoto in MUODOT}
    assert "mitat.csv" in dict(name_links(links, raportti)).values()
    assert "mitat.csv" not in dict(name_links(links, saarikon_raportti([5, 3], versio=1))).values()


def test_verapdf_finds_nothing_wrong(raportti):
    many = replace(raportti, kunta=replace(raportti.kunta, korostusvari="#7a1f5c"))
    assert check_pdfs({"mittarit": render_pdf(raportti), "väri": render_pdf(make_public(many))}) == []


# --- side by side


def test_measures_stand_side_by_side(raportti):
    before = replace(raportti, jakso=replace(raportti.jakso, id=99, nimi="Eka"), painopisteet=())
    [painopiste] = raportti.painopisteet
    first = painopiste.tavoitteet[0]
    earlier = tuple(mittari.told("arvo_puuttuu", "") for mittari in first.mittarit[:1])
    before = replace(
        before, painopisteet=(replace(painopiste, tavoitteet=(replace(first, mittarit=earlier),), mittarit=()),)
    )
    vertailu = Vertailu((before, raportti))
    tree = html.fromstring(render_to_string("raportit/osavuosikatsaus/vertailu.html", {"vertailu": vertailu}))
    head, *rows = [cells(row) for row in tree.xpath("//section[@id='mittarit']//tr")]
    assert head == ["Mittari", "Eka", raportti.jakso.nimi]
    assert ["Sähköisesti hoidettu asiointi %, enemmän on parempi", "75 % – arvo puuttuu", "75 % ○ ei vielä"] in rows
    assert ["Sähköiset lomakkeet kpl, enemmän on parempi", "–", "12 kpl ✓ saavutettu"] in rows
    book = openpyxl.load_workbook(io.BytesIO(render_report(vertailu, "xlsx")))
    lines = list(book["Mittarit"].iter_rows(min_row=3, values_only=True))
    assert ("Sähköiset lomakkeet", "kpl", None, None, 12, "saavutettu") in [line[2:] for line in lines]
    assert check_pdfs({"vertailu": render_pdf(vertailu)}) == []


# --- the line


def test_a_line_breaks_where_a_number_is_missing_and_ends_at_the_right():
    line = draw_line([1, None, 3, 5], [4])
    assert line.kulku.count("M") == 2
    assert [x for x, _y, _luku in line.pisteet][-1] == LEVEYS - 6
    assert line.on_viimeinen
    assert not draw_line([1, None]).on_viimeinen
    assert draw_line([None, None], [3]) is None


def test_equal_numbers_stand_in_the_middle_and_a_range_has_two_targets():
    assert {y for _x, y, _luku in draw_line([7, 7, 7]).pisteet} == {13}
    assert len(draw_line([1, 9], [3, 6]).tavoitteet) == 2
