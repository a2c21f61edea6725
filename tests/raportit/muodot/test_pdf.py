"""The PDF: what a screen reader and an archive need is in it, and nothing of it comes from outside."""

import io
import logging
import re
import subprocess
from dataclasses import replace

import pikepdf
import pytest
from PIL import Image, ImageChops, ImageDraw, ImageFont, ImageOps

from raportit.muodot.pdf import OMAT, _make_fetcher, render_pdf
from raportit.muodot.svg import unpack_font
from raportit.osavuosikatsaus import compare, from_json, readable, to_json

from ..pdf_tarkistus import walk
from ..saarikko import saarikon_raportti

ASTEET = [5, 4, 3, 2, 1, "ei_arvioida", 3, 3, 5, 5, 2, 1, 4, 4]


def tee(asteet=ASTEET, *, versio=1, edelliset=(4, 4, 4, 2, 2, 2, 1), **kwargs):
    return saarikon_raportti(asteet, versio=versio, edelliset=edelliset, **kwargs)


PIIRRETYT = {}


def draw_once(raportti):
    """The same report is the same bytes, as a test below finds."""
    told = repr(raportti)
    if told not in PIIRRETYT:
        PIIRRETYT[told] = render_pdf(raportti)
    return PIIRRETYT[told]


def avaa(raportti):
    return pikepdf.open(io.BytesIO(draw_once(raportti)))


def teksti(raportti, tmp_path, *options):
    """[the text of each page]"""
    path = tmp_path / "raportti.pdf"
    path.write_bytes(draw_once(raportti))
    out = subprocess.run(["pdftotext", *options, path, "-"], capture_output=True, check=True, text=True)
    return out.stdout.split("\f")[:-1]


def tagit(pdf):
    """Every structure element in reading order. Alive only as long as the pdf is."""
    return list(walk(pdf.Root.StructTreeRoot.K[0]))


def test_pdf_is_tagged_titled_and_in_finnish():
    pdf = avaa(tee())
    assert pdf.Root.Lang == "fi"
    assert pdf.Root.MarkInfo.Marked
    assert pdf.Root.ViewerPreferences.DisplayDocTitle
    assert str(pdf.docinfo["/Title"]) == "Saarikon kunta: Strategian seuranta, Osavuosikatsaus II 2026"
    with pdf.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
        assert metadata["pdfaid:part"] + metadata["pdfaid:conformance"] == "2A"


def test_table_over_pages_is_one_table_and_its_row_one_row():
    """The check of every PDF (pdf_tarkistus.py) compares the order too: a cut row would tell its cells in halves."""
    long = "Työ etenee suunnitellusti, ja seuraavaksi kuullaan asukkaita kylillä. " * 60
    pdf = avaa(saarikon_raportti([3] * 4, versio=1, edelliset=[2] * 4, rivit={"kommentti": long}))
    assert len(pdf.pages) > 6
    tables = [[tag for tag in walk(table) if tag.S == "/TR"] for table in tagit(pdf) if table.S == "/Table"]
    assert 5 in [len(rows) for rows in tables], "neljä riviä ja yksi otsikkorivi"


def test_outline_has_painopisteet_and_tavoitteet():
    with avaa(tee()).open_outline() as outline:
        titles = {item.title: [child.title for child in item.children] for item in outline.root}
    assert list(titles)[:3] == ["Sisällys", "Yhteenveto", "Poikkeamat ja suurimmat muutokset"]
    assert titles["Painopiste 1: sujuva arki"][0] == "Tavoite 1: palvelut ovat lähellä"


def test_every_figure_has_its_words():
    pdf = avaa(tee())
    figures = [tag for tag in tagit(pdf) if tag.S == "/Figure"]
    texts = {str(tag.get("/Alt", "")).replace("\u00a0", " ") for tag in figures}
    assert len(figures) > 15
    assert "asteikolla 1–5" not in texts, "rivin merkki on vain koriste"
    assert "toteutunut 3, lähes valmis 1, käynnissä 3, suunnitteilla 2, ei aloitettu 2, ei arviota 1" in texts


def test_same_report_gives_same_bytes():
    raportti = tee()
    assert render_pdf(raportti) == render_pdf(raportti)


def test_pages_are_numbered_and_contents_lead_to_them(tmp_path):
    raportti = tee()
    pages = teksti(raportti, tmp_path)
    assert [page.split()[-1] for page in pages[1:]] == [f"{n}/{len(pages)}" for n in range(2, len(pages) + 1)]
    contents = " ".join(pages[1].split())
    number = next(i for i, page in enumerate(pages, 1) if i > 2 and page.count("Painopiste 1: sujuva arki") >= 2)
    assert f"Painopiste 1: sujuva arki {number} " in contents
    pdf = avaa(raportti)
    links = [annot for annot in pdf.pages[1].get("/Annots", []) if annot.Subtype == "/Link"]
    assert len(links) >= 8


def test_draft_says_so_on_every_page_and_a_version_nowhere(tmp_path):
    raportti = tee(versio=None)
    assert all("Luonnos" in page for page in teksti(raportti, tmp_path))
    assert not any("uonnos" in page for page in teksti(replace(raportti, versio=2), tmp_path))


def test_cover_tells_whose_what_and_when(tmp_path):
    cover = teksti(tee(), tmp_path)[0].split("\n")
    assert [line for line in cover if line] == [
        "Saarikon kunta",
        "Strategian seuranta",
        "Osavuosikatsaus II 2026",
        "Strategia",
        "Kuntastrategia 2030",
        "Tilanne",
        "30.8.2026",
        "Tiedot koottu",
        "3.10.2026, versio 1",
    ]


def test_header_row_repeats_and_no_heading_is_alone_at_a_pages_foot(tmp_path):
    rivit = [{"kommentti": "Työ etenee suunnitellusti. " * (number * 7 % 19)} for number in range(48)]
    pages = teksti(saarikon_raportti([3] * 48, versio=1, rivit=rivit), tmp_path, "-layout")
    body = [page for page in pages if "Toimenpide 1" in page or re.search(r"Toimenpide \d+:", page)]
    assert len(body) > 5
    for page in body:
        lines = [line.strip() for line in page.split("\n") if line.strip()]
        assert any(line.startswith("Toimenpide ") and line.endswith("Kommentti") for line in lines[:8])
        last = lines[-2]  # above the foot
        assert not last.startswith("Tavoite ") and not last.endswith("Kommentti")


@pytest.mark.parametrize("esitys", ["numerot", "sanat", "liikennevalo", "ei"])
def test_every_way_to_show_the_scale_renders(esitys, tmp_path):
    assert "Toimenpide 1" in " ".join(teksti(tee(esitys=esitys), tmp_path))


def test_long_and_odd_texts_neither_stop_nor_overflow(tmp_path):
    assert "\x00" not in readable("ohjaus\x00merkki")  # PostgreSQL keeps no NUL, so that one is tried here
    texts = ["sana" * 1250, "Pitkä kommentti. " * 600, "ohjaus\x01\x0bmerkki\ufffe"]
    rivit = [{"kommentti": text} for text in texts]
    rivit[1] |= {"toimiala": "x" * 120}
    pages = teksti(saarikon_raportti([5, 4, 3], versio=1, rivit=rivit), tmp_path)
    text = "".join("".join(pages).split())
    assert text.count("sana") >= 1245, "sivun vaihtuessa sana voi katketa"
    assert text.count("Pitkäkommentti.") >= 590
    assert "merkki" in text


def test_text_fetches_nothing(caplog, tmp_path):
    payload = '<img src="https://paha.example/x.png"><style>@import url(file:///etc/passwd)</style>'
    rivi = {"kommentti": payload, "toimenpide": payload}
    with caplog.at_level(logging.WARNING, logger="weasyprint"):
        pages = teksti(saarikon_raportti([5], rivit=rivi, painopisteet=payload, tavoitteet=payload), tmp_path)
    assert "@import" in " ".join(pages)
    assert not [record for record in caplog.records if "paha" in record.getMessage()]


@pytest.mark.parametrize(
    "url",
    ["https://paha.example/x", "file:///etc/passwd", "data:text/css,*{}", "https://static.invalid/../../manage.py"],
)
def test_fetcher_serves_our_static_files_only(url):
    fetcher = _make_fetcher()
    assert b"@page" in fetcher(OMAT + "css/print.css").read()
    with pytest.raises(Exception, match=r".+"):
        fetcher(url)


def test_kuntas_colour_is_on_the_cover():
    pdf = avaa(saarikon_raportti([5], versio=1, korostusvari="#ffcc00"))
    assert b"1 0.8 0 rg" in pdf.pages[0].Contents.read_bytes()


def test_many_columns_turn_the_page():
    wide = "Elinkaarikustannuksia ei pystytä arvioimaan"
    pdf = avaa(saarikon_raportti([5, 4], versio=1, rivit={"riski": wide, "mittari": wide, "vastuu": wide}))
    turned = [float(page.MediaBox[2]) > float(page.MediaBox[3]) for page in pdf.pages]
    assert turned == [False, False, False, True, False]


KIRJAIMET = "Šžä€–Öå"


@pytest.fixture(scope="module")
def otsikko(tmp_path_factory):
    """(where each word is on the page whose heading has the letters, a picture of the page)."""
    path = tmp_path_factory.mktemp("kirjaimet") / "raportti.pdf"
    path.write_bytes(render_pdf(saarikon_raportti([5], versio=1, tavoitteet=f"Tavoite {' '.join(KIRJAIMET)} loppu")))
    found = subprocess.run(["pdftotext", "-bbox", path, "-"], capture_output=True, check=True, text=True).stdout
    pages = found.split("<page ")[1:]
    number = next(number for number, page in enumerate(pages, start=1) if "loppu" in page and number > 2)
    picture = path.with_suffix(".png")
    at = ["-f", str(number), "-l", str(number), "-singlefile", "-r", "432", "-gray", "-png"]
    subprocess.run(["pdftoppm", *at, path, picture.with_suffix("")], check=True)
    return pages[number - 1], Image.open(picture).convert("L")


@pytest.mark.parametrize("letter", KIRJAIMET)
def test_letters_are_drawn_as_themselves(letter, otsikko):
    """By picture: a font cut to pieces for the web draws wrong glyphs under right names."""
    drawn = _crop(*otsikko, letter)
    likeness = {other: _likeness(drawn, _draw_letter(other)) for other in "ŠSŽžzaäåoöÖO€E–-—"}
    assert max(likeness, key=likeness.get) == letter, likeness
    assert likeness[letter] > 0.85


def _crop(page, picture, letter):
    """The letter as it stands in the heading, cut out by its place in the file."""
    heading = page.partition(">Tavoite</word>")[2]
    box = re.search(rf'xMin="(\S+)" yMin="(\S+)" xMax="(\S+)" yMax="(\S+)">{letter}</word>', heading)
    left, top, right, bottom = (float(side) * 6 for side in box.groups())
    return _trim(ImageOps.invert(picture.crop((left, top, right, bottom))))


def _draw_letter(letter):
    picture = Image.new("L", (200, 200))
    font = ImageFont.truetype(io.BytesIO(unpack_font("Semibold")), 72)
    ImageDraw.Draw(picture).text((60, 40), letter, 255, font)
    return _trim(picture)


def _trim(picture):
    return picture.crop(picture.point(lambda grey: 255 if grey > 90 else 0).getbbox())


def _likeness(one, other):
    """1 for the same shape and the same sides, down to 0."""
    width, height = (max(one.width, other.width), max(one.height, other.height))
    first, second = (_place(each, width, height) for each in (one, other))
    apart = sum(ImageChops.difference(first, second).histogram()[128:])
    inked = sum(ImageChops.lighter(first, second).histogram()[128:])
    return 1 - apart / inked


def _place(picture, width, height):
    ground = Image.new("L", (width, height))
    ground.paste(picture, ((width - picture.width) // 2, (height - picture.height) // 2))
    return ground


def test_corrected_version_tells_its_changes_and_the_hash_stands_at_the_end(tmp_path):
    """Long values before and after break their row over pages, and are still one row in the tags."""
    first = saarikon_raportti([5, 4], versio=1)
    long = "Korjattu kommentti, jossa on paljon tekstiä. " * 80
    second = saarikon_raportti([5, 4], versio=2, rivit={"kommentti": long})
    raportti = from_json(to_json(replace(second, korjaus=compare(first, second, "Kommentti oli väärä."))))
    pages = teksti(raportti, tmp_path)
    assert "korjattu versio 2" in pages[0]
    assert "Kommentti oli väärä." in " ".join(pages[2].split())
    assert raportti.tiiviste in "".join(pages[-1].split())
