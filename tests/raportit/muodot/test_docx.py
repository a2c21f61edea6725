"""The Word file: what a screen reader, LibreOffice and case management need is in it."""

import io
import re
import subprocess
import zipfile
from base64 import b64encode
from dataclasses import replace

import pikepdf
import pytest
from django.template.loader import render_to_string
from docx import Document
from docx.oxml.ns import qn
from lxml import html
from PIL import Image

from raportit.muodot.docx import render_docx
from raportit.osavuosikatsaus import readable
from raportit.tyyli.esimerkki import build_example

from ...ohjelmat.toimisto import TAGGED_PDF, convert
from ..saarikko import saarikon_raportti

ASTEET = [5, 4, 3, 2, 1, "ei_arvioida", 3, 3, 5, 5, 2, 1, 4, 4]


def tee(asteet=ASTEET, *, versio=1, edelliset=(4, 4, 4, 2, 2, 2, 1), **kwargs):
    return saarikon_raportti(asteet, versio=versio, edelliset=edelliset, **kwargs)


def avaa(raportti):
    return Document(io.BytesIO(render_docx(raportti)))


def otsikot(document):
    found = [(p.style.style_id, p.text) for p in document.paragraphs]
    return [(style, text) for style, text in found if re.match(r"Heading|Title|TOCH", style)]


def muunna(raportti, tmp_path, kind):
    path = tmp_path / "raportti.docx"
    path.write_bytes(render_docx(raportti))
    return convert(path, kind)


def sanat(text):
    return re.sub(r"[■□●▲▼]|\s", "", text)


def test_headings_are_headings_and_in_the_reports_order():
    found = otsikot(avaa(tee()))
    assert found[:5] == [
        ("Title", "Strategian seuranta"),
        ("TOCHeading", "Sisällys"),
        ("Heading1", "Yhteenveto"),
        ("Heading1", "Poikkeamat ja suurimmat muutokset"),
        ("Heading2", "Laski edellisestä jaksosta"),
    ]
    assert ("Heading2", "Tavoite 1: palvelut ovat lähellä") in found
    assert len([style for style, _ in found if style == "Title"]) == 1


@pytest.mark.parametrize("esitys", ["numerot", "sanat", "liikennevalo", "ei"])
def test_word_holds_the_text_of_the_page_and_in_its_order(esitys):
    raportti = tee(esitys=esitys)
    page = html.document_fromstring(render_to_string("print.html", {"raportti": raportti}))
    for picture in page.xpath("//svg | //head"):
        picture.drop_tree()
    body = avaa(raportti).element.body
    text = "".join(node.text or "" for node in body.iter(qn("w:t")))
    assert sanat(text) == sanat(page.text_content())


def test_every_table_repeats_its_header_and_breaks_no_row():
    long = {"kommentti": "Pitkä kommentti riviltä toiselle. " * 60}
    document = avaa(saarikon_raportti(ASTEET, versio=1, rivit=[long if aste == 5 else {} for aste in ASTEET]))
    assert len(document.tables) >= 5
    for table in document.tables:
        first, *rest = (row._tr.trPr for row in table.rows)
        assert first.find(qn("w:tblHeader")) is not None
        assert rest and not any(look is not None and look.find(qn("w:tblHeader")) is not None for look in rest)
    rows = [row for table in document.tables for row in table.rows]
    tall = [row for row in rows if row._tr.trPr is None or row._tr.trPr.find(qn("w:cantSplit")) is None]
    assert {"Pitkä" in row.cells[-1].text for row in tall} == {True}, "vain yli puolen sivun rivi saa katketa"


def test_it_says_its_language_title_and_author():
    document = avaa(build_example())
    lang = document.styles.element.find(f".//{qn('w:docDefaults')}//{qn('w:lang')}")
    assert lang.get(qn("w:val")) == "fi-FI"
    told = document.core_properties
    assert (told.title, told.author, told.language) == (
        "Esimerkin kunta: Strategian seuranta, Osavuosikatsaus II 2026",
        "Esimerkin kunta",
        "fi-FI",
    )


def test_every_picture_has_its_words():
    document = avaa(build_example())
    told = [picture.get("descr") for picture in document.element.body.iter(qn("wp:docPr"))]
    assert len(told) > 8 and all(told)
    assert any("toteutunut 1, lähes valmis 1" in words for words in told)
    ids = [mark.get("id") for mark in document.element.body.iter(qn("wp:docPr"))]
    assert len(ids) == len(set(ids))


def test_contents_lead_to_their_headings():
    body = avaa(build_example()).element.body
    marks = {mark.get(qn("w:name")) for mark in body.iter(qn("w:bookmarkStart"))}
    links = [link.get(qn("w:anchor")) for link in body.iter(qn("w:hyperlink"))]
    assert len(links) >= 5
    assert set(links) <= marks


def test_letters_of_the_kunta_travel_inside():
    package = zipfile.ZipFile(io.BytesIO(render_docx(build_example())))
    assert {"word/fonts/font1.odttf", "word/fonts/font2.odttf"} <= set(package.namelist())
    assert b'w:name="Source Sans 3"' in package.read("word/fontTable.xml")


def test_kuntas_colour_is_in_its_headings():
    example = build_example()
    raportti = replace(example, kunta=replace(example.kunta, korostusvari="#7a1f5c"))
    styles = zipfile.ZipFile(io.BytesIO(render_docx(raportti))).read("word/styles.xml").decode()
    assert styles.count("7a1f5c") > 5 and "00357a" not in styles


def test_draft_says_so_on_every_page_and_a_version_nowhere(tmp_path):
    pages = _pages(muunna(replace(build_example(), versio=None), tmp_path, TAGGED_PDF))
    assert len(pages) > 5 and all("Luonnos" in page for page in pages)
    (tmp_path / "versio").mkdir()
    assert not any("uonnos" in page for page in _pages(muunna(build_example(), tmp_path / "versio", TAGGED_PDF)))


def _pages(pdf):
    out = subprocess.run(["pdftotext", pdf, "-"], capture_output=True, check=True, text=True).stdout
    return out.split("\f")[:-1]


def test_libreoffice_opens_it_and_headings_and_headers_survive_into_pdf(tmp_path):
    raportti = tee()
    with pikepdf.open(muunna(raportti, tmp_path, TAGGED_PDF)) as pdf:
        found = [obj for obj in pdf.objects if isinstance(obj, pikepdf.Dictionary)]
        tags = [str(obj.S) for obj in found if "/S" in obj and "/P" in obj]
        levels = {level: tags.count(f"/H{level}") for level in (1, 2)}
        assert str(pdf.Root.Lang) == "fi-FI"
    document = avaa(raportti)
    styles = [style for style, _ in otsikot(document)]
    assert levels == {1: styles.count("Heading1"), 2: styles.count("Heading2")}
    headers = sum(len(table.rows[0].cells) for table in document.tables)
    assert tags.count("/TH") >= headers
    assert tags.count("/Table") == len(document.tables)


def test_many_columns_turn_the_page_and_turn_it_back(tmp_path):
    wide = "Elinkaarikustannuksia ei pystytä arvioimaan"
    raportti = saarikon_raportti([5, 4], rivit={"riski": wide, "mittari": wide, "vastuu": wide})
    document = avaa(raportti)
    assert [section.page_width > section.page_height for section in document.sections] == [False, True, False]
    pages = _pages(muunna(raportti, tmp_path, TAGGED_PDF))
    assert all("Luonnos" in page for page in pages)


def test_odd_texts_show_as_text():
    payload = 'a\x01b <b>&amp; "lainaus" \ufffe ]]> <w:p/> {{ 7*7 }}'
    rivi = {"kommentti": payload, "toimenpide": payload}
    document = avaa(saarikon_raportti([5, 4], versio=1, rivit=rivi, painopisteet=payload, tavoitteet=payload))
    shown = " ".join(readable(payload).split())
    assert shown in [text for _style, text in otsikot(document)]
    assert any(shown == cell.text for table in document.tables for row in table.rows for cell in row.cells)


def test_logo_of_the_kunta_is_on_the_cover_with_its_name():
    target = io.BytesIO()
    Image.new("RGB", (400, 100), "#7a1f5c").save(target, "PNG")
    example = build_example()
    logo = f"data:image/png;base64,{b64encode(target.getvalue()).decode()}"
    document = avaa(replace(example, kunta=replace(example.kunta, logo=logo)))
    first = next(document.element.body.iter(qn("wp:inline")))
    assert first.find(qn("wp:docPr")).get("descr") == "Esimerkin kunta"
    size = first.find(qn("wp:extent"))
    assert int(size.get("cx")) == 4 * int(size.get("cy"))
