"""The pages of the Word file as LibreOffice lays them out: the cover, the contents, and the edges of each page."""

import io
import re
import subprocess
from base64 import b64encode
from dataclasses import replace
from functools import partial

import pytest
from docx import Document
from docx.oxml.ns import qn
from PIL import Image

from raportit.muodot.docx import render_docx
from raportit.tyyli.esimerkki import build_example

from ...ohjelmat.toimisto import convert_all, update_contents
from ..saarikko import TAYSI, saarikon_raportti

MARGIN = 45.35  # points, on either side


@pytest.fixture(scope="module")
def sivut(tmp_path_factory):
    """{name of RAPORTIT: [(width of the page in points, [(x where a word ends, the word)])] of each page}."""
    folder = tmp_path_factory.mktemp("sivut")
    paths = {name: folder / f"{place}.docx" for place, name in enumerate(RAPORTIT)}
    for name, make in RAPORTIT.items():
        paths[name].write_bytes(render_docx(make()))
    return dict(zip(paths, map(_pages_of, convert_all(list(paths.values()), "pdf")), strict=True))


def _pages_of(pdf):
    out = subprocess.run(["pdftotext", "-bbox", pdf, "-"], capture_output=True, check=True, text=True)
    pages = out.stdout.split("<page ")[1:]
    words = r'xMax="(\S+)" yMax="\S+">([^<]*)</word>'
    return [
        (float(re.search(r'width="(\S+)"', page)[1]), [(float(x), word) for x, word in re.findall(words, page)])
        for page in pages
    ]


def leveana(versio):
    """Columns so wide that their page is turned."""
    wide = "Elinkaarikustannuksia ei pystytä arvioimaan"
    return saarikon_raportti([5, 4], versio=versio, rivit={"riski": wide, "mittari": wide, "vastuu": wide})


@pytest.mark.parametrize("versio", [1, None])
def test_the_number_of_a_page_stands_at_the_right_edge_of_upright_and_turned_pages(versio, sivut):
    cover, *pages = sivut[versio]
    assert {round(width) for width, _words in pages} == {595, 842}
    for number, (width, words) in enumerate(pages, 2):
        assert [word for _x, word in words[-3:]] == [str(number), "/", str(len(pages) + 1)]
        assert words[-1][0] == pytest.approx(width - MARGIN, abs=2)
        marks = [x for x, word in words if word == "Luonnos"]
        assert len(marks) == (versio is None)
        assert not marks or marks[0] == pytest.approx(width / 2, abs=30)


def kannella(**changes):
    """The example with a cover of these words: logo, long names, a part of the report."""
    target = io.BytesIO()
    Image.new("RGB", (400, 160), "#7a1f5c").save(target, "PNG")
    logo = f"data:image/png;base64,{b64encode(target.getvalue()).decode()}" if changes.pop("logo", False) else ""
    example = build_example()
    strategia = replace(example.strategia, nimi=changes.pop("nimi", ""), otsikko=changes.pop("otsikko", ""))
    return replace(example, strategia=strategia, kunta=replace(example.kunta, logo=logo), **changes)


def pitkin_sanoin():
    return kannella(
        logo=True,
        otsikko="Kuntastrategian ja hyvinvointisuunnitelman toteutumisen seurantaraportti valtuustolle",
        nimi="Rohkea, reilu ja rento: kuntastrategia ja sen toimeenpano-ohjelmat vuosille 2024–2030 kaikkiaan",
        kokous="Kaupunginhallitus 30.11.2026 § 412, kaupunginvaltuusto 14.12.2026 § 84, KEU/1234/00.01.02/2026",
        rajaus=("Toimiala: Sivistyspalvelut", "Vain keskeneräiset toimenpiteet"),
        versio=None,
    )


@pytest.mark.parametrize("kansi", ["lyhyt", "luonnos", "pitkä"])
def test_the_cover_is_one_page(kansi, sivut):
    kansi, sisallys = ([word for _x, word in words] for _width, words in sivut[kansi][:2])
    assert "koottu" in kansi
    assert "Sisällys" in sisallys


RAPORTIT = {  # what `sivut` opens, all at once
    1: partial(leveana, 1),
    None: partial(leveana, None),
    "lyhyt": kannella,
    "luonnos": partial(kannella, nimi="Kuntastrategia 2030", kokous="Kunnanvaltuusto 14.12.2026 § 84", versio=None),
    "pitkä": pitkin_sanoin,
}


def test_contents_have_the_toimielimet_where_they_are_headings():
    raportti = saarikon_raportti(
        [5, 4],
        versio=1,
        sarakkeet=[{"rooli": "toimielin", "otsikko": "Toimielin", "valiotsikko": True}],
        rivit={"toimielin": "Vapaa-aika- & kulttuurilautakunta"},
    )
    document = Document(io.BytesIO(render_docx(raportti)))
    found = [(p.style.style_id, p.text) for p in document.paragraphs]
    entries = [each for each in found if each[0].startswith("TOC") and each[0] != "TOCHeading"]
    assert entries[1:4] == [
        ("TOC1", "Painopiste 1: sujuva arki"),
        ("TOC2", "Vapaa-aika- & kulttuurilautakunta"),
        ("TOC3", "Tavoite 1: palvelut ovat lähellä"),
    ]
    headings = [each for each in found if each[0].startswith("Heading")]
    assert [("Heading" + style[3:], text) for style, text in entries[1:4]] == headings[1:4]
    [field] = [node.text for node in document.element.body.iter(qn("w:instrText")) if "TOC" in node.text]
    assert '"1-3"' in field, "päivitys Wordissa pitää samat tasot"


def test_contents_are_updated_on_opening_and_then_tell_on_which_page_each_chapter_is(tmp_path):
    path = tmp_path / "raportti.docx"
    path.write_bytes(render_docx(saarikon_raportti(**TAYSI, versio=1)))
    settings = Document(path).settings.element
    assert settings.find(qn("w:updateFields")).get(qn("w:val")) == "true"
    command = ["pdftotext", "-layout", update_contents(path), "-"]
    text = subprocess.run(command, capture_output=True, check=True, text=True).stdout
    _kansi, sisallys, *rest = text.split("\f")
    told = re.findall(r"^(\S.*?)\s*\.{3,}\s*(\d+)$", sisallys, re.MULTILINE)
    first = ["Yhteenveto", "Poikkeamat ja suurimmat muutokset", "Painopiste 1: sujuva arki"]
    assert [name for name, _page in told][:3] == first
    assert len(told) == 8 and len({page for _name, page in told}) == 8
    for name, page in told:
        first_lines = "\n".join(rest[int(page) - 3].strip().splitlines()[:12])
        assert name in first_lines, (name, page)
