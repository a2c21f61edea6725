"""User text can fetch, embed or break nothing: known payloads in names and comments show as text in every format."""

import csv
import io
import json
import re
import socket
import subprocess
import zipfile
from dataclasses import fields, replace
from html.parser import HTMLParser

import openpyxl
import pikepdf
import pytest
from docx import Document
from docx.oxml.ns import qn
from lxml import etree

from raportit.models import Saate
from raportit.muodot import MUODOT, render_report
from raportit.muodot.kaavio import list_charts, render_chart_png, render_svg
from raportit.muodot.palstoitus import ASKED, fit_columns
from raportit.muodot.ruudukko import Ruudukko
from raportit.osavuosikatsaus import build, readable
from raportit.osavuosikatsaus.julkinen import map_rows
from raportit.osavuosikatsaus.mitattu import Osavastaus
from raportit.osavuosikatsaus.model import Rivi, Sarake
from raportit.raportti.esittelyteksti import write_text
from raportit.templatetags.raportti import LASKETUT
from seuranta.models import Kirjaus
from strategia.models import Painopiste, Strategia, StrateginenTavoite, Toimenpide, Toimiala
from strategia.teksti import clean_text
from tests.ohjelmat.verapdf import check_pdfs

from ..rakenna import KOOTTU, rakenna
from ..saarikko import numbered, saarikon_raportti

HAITAT = [
    "<script>alert(1)</script>",
    '"><img src=http://192.0.2.1/a.png onerror=alert(1)>',
    "</td></tr></table><h1>Väärä otsikko</h1>",
    "<style>*{display:none}</style>",
    '<link rel="attachment" href="file:///etc/passwd">',
    '<object data="file:///etc/passwd"></object>',
    "<svg onload=alert(1)><image href='http://192.0.2.1/'/></svg>",
    "url(http://192.0.2.1/a) ; background: url('file:///etc/shadow')",
    "@import 'http://169.254.169.254/latest/meta-data/';",
    "http://localhost:5432/ file:///etc/passwd javascript:alert(1)",
    '=HYPERLINK("http://192.0.2.1";"klikkaa")',
    "=cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "{{ raportti.kunta }} {% load static %} {0} {x.__class__} %s %(x)s",
    "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>&e; &amp; &#x3c; ]]>",
    "\u202eoikealta vasemmalle\u202c \u2066eristetty\u2069 \ufeff\u200b",
    "ohjausmerkit \x00\x01\x08\x0b\x1b\x7f\x85\ufffe loppu",
    "Ä" * 5000,
]


KANNASTA = [haitta.replace("\x00", "") for haitta in HAITAT]  # PostgreSQL keeps no NUL, and so no test can
ASTEET = [*range(1, 6)] * 3 + [1, 2, 3]
SANASTO = {"kommentti": KANNASTA[1], "painopiste": KANNASTA[13]}
AVAUS = "\n\n".join(KANNASTA[:17])


@pytest.fixture
def raportti():
    """A report whose every name and text is a payload."""
    rivit = [
        {"toimenpide": haitta[:1000], "toimiala": KANNASTA[number % 2]}
        | dict.fromkeys(("vastuu", "riski", "kommentti"), haitta)
        for number, haitta in enumerate(KANNASTA)
    ]
    names = {"painopisteet": KANNASTA[:2], "tavoitteet": KANNASTA[:5], "otsikko": KANNASTA[0], "sanasto": SANASTO}
    raportti = saarikon_raportti(ASTEET, edelliset=[3] * len(ASTEET), versio=1, rivit=rivit, **names)
    return replace(raportti, avaus=AVAUS, kokous=KANNASTA[0])


@pytest.mark.django_db
def test_the_database_gives_them_back_as_they_are_but_for_control_characters(raportti):
    jakso = rakenna(ASTEET, edelliset=[3] * len(ASTEET))
    for model in (Painopiste, StrateginenTavoite, Toimiala):
        for number, row in enumerate(model.objects.order_by("pk")):
            model.objects.filter(pk=row.pk).update(nimi=KANNASTA[number])
    for haitta, toimenpide in zip(KANNASTA, Toimenpide.objects.order_by("jarjestys"), strict=True):
        Toimenpide.objects.filter(pk=toimenpide.pk).update(nimi=haitta[:1000], vastuu=haitta, riski=haitta)
        Kirjaus.objects.filter(toimenpide=toimenpide, jakso=jakso).update(kommentti=haitta)
    Strategia.objects.update(otsikko=KANNASTA[0], sanasto=SANASTO)
    Saate.objects.create(kunta=jakso.kunta, jakso=jakso, avaus=AVAUS, kokous_toimielin=KANNASTA[0])
    jakso.refresh_from_db()
    names = ("kommentti",)  # a plan has been cleaned where it is stored
    clean = map_rows(raportti, lambda rivi: replace(rivi, **{name: clean_text(getattr(rivi, name)) for name in names}))
    assert numbered(build(jakso, koottu=KOOTTU, versio=1)) == clean


@pytest.fixture(autouse=True)
def no_requests(monkeypatch):
    """Whoever opens a connection or asks an address fails the test."""

    def refuse(*args, **kwargs):
        raise AssertionError(f"yhteys ulos: {args}")

    monkeypatch.setattr(socket.socket, "connect", _but_own(socket.socket.connect, refuse))
    monkeypatch.setattr(socket, "getaddrinfo", _but_own(socket.getaddrinfo, refuse))
    monkeypatch.setattr(socket, "create_connection", refuse)


def _but_own(original, refuse):
    """A database on a socket of its own is no request."""

    def call(*args, **kwargs):
        where = args[1] if len(args) > 1 else None
        return original(*args, **kwargs) if isinstance(where, str) and where.startswith("/") else refuse(*args)

    return call


def shown(haitta):
    return readable(haitta.replace("\x00", ""))


class Lukija(HTMLParser):
    """Tags, attributes and text of a page."""

    def __init__(self, page):
        super().__init__()
        self.tags, self.attributes, self.texts = [], [], []
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)
        self.attributes += attributes

    def handle_data(self, data):
        self.texts.append(data)


def test_html_shows_them_as_text(raportti):
    lukija = Lukija(render_report(raportti, "html").decode())
    assert not {"script", "img", "object", "link", "image", "iframe"} & set(lukija.tags)
    assert lukija.tags.count("style") == 1
    assert lukija.tags.count("h1") <= 2
    assert not [name for name, _value in lukija.attributes if name.startswith("on")]
    assert not [value for name, value in lukija.attributes if name in ("href", "src") and not value.startswith("#")]
    text = " ".join(lukija.texts)
    assert [haitta for haitta in HAITAT if readable(haitta.replace("\x00", "")) not in readable(text)] == []


def test_every_cell_and_heading_of_the_table_is_escaped(raportti):
    """The rows are written by hand: every column is tried, with every text of a row."""
    haitta = "<i>&\"'"
    rivi = replace(
        raportti.rivit[0],
        **{field.name: haitta for field in fields(Rivi) if field.type is str and field.name != "syy"},
        sdg=(haitta, haitta),
        syy="luovuttu",
    )
    headings = tuple(Sarake(rooli, haitta) for rooli in ASKED)
    raportti = replace(raportti, sarakkeet=headings)
    taulukko = Ruudukko(raportti, fit_columns(raportti, ASKED), osoite=f"/{haitta}/0/")
    lukija = Lukija(taulukko.html([rivi]))
    assert "i" not in lukija.tags and lukija.tags.count("td") == len(ASKED) - 1
    texts = {field.name for field in fields(Rivi) if field.type is str} & set(ASKED) - {"syy"}
    assert lukija.texts.count(haitta) == len(texts) + len(ASKED) - len(LASKETUT)
    assert ("href", f"/{haitta}/{rivi.id}/") in lukija.attributes


def test_pdf_shows_them_as_text_and_links_nowhere(raportti, tmp_path, caplog):
    path = tmp_path / "raportti.pdf"
    path.write_bytes(render_report(raportti, "pdf"))
    assert not [record for record in caplog.records if record.name == "weasyprint" and "192.0.2.1" in record.message]
    with pikepdf.open(path) as pdf:
        assert "/EmbeddedFiles" not in pdf.Root.get("/Names", {})
        actions = [note.get("/A", {}) for page in pdf.pages for note in page.get("/Annots", [])]
        assert not [action for action in actions if action.get("/S") in ("/URI", "/Launch", "/JavaScript")]
    text = subprocess.run(["pdftotext", "-raw", path, "-"], capture_output=True, check=True, text=True).stdout
    squeezed = re.sub(r"\s", "", text)
    plain = [haitta for haitta in HAITAT if "\u202e" not in haitta and "\x00" not in haitta and len(haitta) < 1000]
    assert [haitta for haitta in plain if re.sub(r"\s", "", haitta) not in squeezed] == []
    assert squeezed.count("Ä") >= 10_000, "every letter of the long word is drawn"
    assert "ohjausmerkit" in text and "loppu" in text
    assert "oikealtavasemmalle" in squeezed, "written in its own direction"


# --- addresses in a text: those that read as what they are, and no other

PITKA = "https://paatokset.kirkkoranta.fi/valtuusto/2026/" + "kaavoituskatsaus-" * 12 + "ä.pdf"
OSOITTEET = {  # as it is written: where it leads
    "https://kirkkoranta.fi/kaavat": "https://kirkkoranta.fi/kaavat",
    "http://kirkkoranta.fi": "http://kirkkoranta.fi",
    PITKA: PITKA.replace("ä", "%C3%A4"),
}
EI_LINKKI = "javascript:alert(1) https://a@b.fi data:text/html,x http://192.0.2.1/x"


@pytest.fixture
def osoitteellinen(raportti):
    """Addresses among the payloads: in a comment, in what a unit says and in what only text stands."""
    first, second, last = OSOITTEET
    osa = Osavastaus(nimi="Tekniset", toteutumisaste=3, kommentti=f"Meillä {second}!")
    rows = {
        1: {"kommentti": f"Katso {first}. {EI_LINKKI}", "vastuu": "https://vastuu.example"},
        2: {"kommentti": f"({last})", "osavastaukset": (osa,), "toimenpide": "https://nimi.example"},
    }
    return map_rows(raportti, lambda rivi: replace(rivi, **rows.get(rivi.id, {})))


def test_an_address_in_a_comment_is_a_link_of_the_page(osoitteellinen):
    lukija = Lukija(render_report(osoitteellinen, "html").decode())
    out = [value for name, value in lukija.attributes if name == "href" and not value.startswith("#")]
    assert set(out) == set(OSOITTEET.values())
    assert lukija.attributes.count(("rel", "nofollow")) == len(out)
    assert set(OSOITTEET) <= set(lukija.texts)


def test_a_pdf_leads_exactly_to_the_addresses_of_its_comments(osoitteellinen, tmp_path):
    path = tmp_path / "raportti.pdf"
    path.write_bytes(render_report(osoitteellinen, "pdf"))
    with pikepdf.open(path) as pdf:
        notes = [note for page in pdf.pages for note in page.get("/Annots", []) if "/A" in note]
        assert {note.A.S for note in notes} == {"/URI"}
        told = {(str(note.A.URI), str(note.Contents)) for note in notes}
    assert told == {(target, written) for written, target in OSOITTEET.items()}
    assert check_pdfs({"osoitteet": path.read_bytes()}) == []


def test_word_leads_exactly_to_the_addresses_of_its_comments(osoitteellinen):
    word = Document(io.BytesIO(render_report(osoitteellinen, "docx")))
    relations = {key: rel.target_ref for key, rel in word.part.rels.items() if rel.is_external}
    assert sorted(relations.values()) == sorted(OSOITTEET.values())
    links = [link for link in word.element.iter(qn("w:hyperlink")) if link.get(qn("r:id"))]
    told = {(relations[link.get(qn("r:id"))], "".join(t.text for t in link.iter(qn("w:t")))) for link in links}
    assert told == {(target, written) for written, target in OSOITTEET.items()}


def test_no_table_has_a_link(osoitteellinen):
    with zipfile.ZipFile(io.BytesIO(render_report(osoitteellinen, "xlsx"))) as book:
        parts = b"".join(book.read(name) for name in book.namelist())
    assert b"<hyperlink" not in parts and b'TargetMode="External"' not in parts
    assert next(iter(OSOITTEET)).encode() in parts
    for muoto in ("csv", "json"):
        assert b"nofollow" not in render_report(osoitteellinen, muoto)


def test_xlsx_runs_nothing(raportti):
    content = render_report(raportti, "xlsx")
    cells = [cell for row in openpyxl.load_workbook(io.BytesIO(content)).active for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    values = {cell.value for cell in cells}
    assert [haitta for haitta in HAITAT if shown(haitta) not in values] == []
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        assert not [name for name in book.namelist() if "external" in name.lower()]
        assert b"<f>" not in book.read("xl/worksheets/sheet1.xml")


def test_csv_runs_nothing(raportti):
    rows = list(csv.reader(io.StringIO(render_report(raportti, "csv").decode("utf-8-sig"), newline=""), delimiter=";"))
    comments = [row[14] for row in rows[1:]]
    for haitta, comment in zip(HAITAT, comments, strict=True):
        assert comment.removeprefix("'") == shown(haitta)
        assert not re.match(r"\s*[=+\-@]", comment)


def test_json_holds_them_as_they_are(raportti):
    data = json.loads(render_report(raportti, "json"))
    comments = [r["kommentti"] for p in data["painopisteet"] for t in p["tavoitteet"] for r in t["rivit"]]
    assert comments == [haitta.replace("\x00", "") for haitta in HAITAT]


def test_word_shows_them_as_text(raportti):
    with zipfile.ZipFile(io.BytesIO(render_report(raportti, "docx"))) as word:
        relations = "".join(word.read(name).decode() for name in word.namelist() if name.endswith(".rels"))
        document = word.read("word/document.xml").decode()
    assert 'TargetMode="External"' not in relations
    assert not re.search(r"<w:(?:fldSimple|instrText)[^>]*>[^<]*(?:HYPERLINK|INCLUDE|DDE)", document)
    text = "".join(re.findall(r"<w:t(?: [^>]*)?>([^<]*)</w:t>", document))
    missing = [haitta for haitta in HAITAT if _squeeze(_escape(shown(haitta))) not in _squeeze(text)]
    assert missing == []


def test_slides_show_them_as_text(raportti):
    with zipfile.ZipFile(io.BytesIO(render_report(raportti, "pptx"))) as slides:
        relations = "".join(slides.read(name).decode() for name in slides.namelist() if name.endswith(".rels"))
        pages = [slides.read(name).decode() for name in slides.namelist() if name.startswith("ppt/slides/slide")]
        charts = [slides.read(name) for name in slides.namelist() if name.endswith(".xlsx")]
    assert 'TargetMode="External"' not in relations
    assert not [page for page in pages if "hlinkClick" in page or "action=" in page]
    text = _squeeze("".join("".join(re.findall(r"<a:t>([^<]*)</a:t>", page)) for page in pages))
    assert _squeeze(_escape(shown(KANNASTA[0]))) in text and _squeeze(_escape(shown(KANNASTA[1]))) in text
    cells = [cell for book in charts for row in openpyxl.load_workbook(io.BytesIO(book)).active for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n"}


def test_charts_and_the_text_of_the_agenda_show_them_as_text(raportti):
    for nimi in list_charts(raportti):
        picture = etree.fromstring(render_svg(raportti, nimi).encode())
        assert {etree.QName(each).localname for each in picture.iter()} <= {"svg", "title", "desc", "rect", "text", "g"}
        names = {name.lower() for each in picture.iter() for name in each.attrib}
        assert not [name for name in names if name.startswith("on") or name.endswith("href")]
        assert render_chart_png(raportti, nimi).startswith(b"\x89PNG")
    assert HAITAT[0] in write_text(raportti)


def _escape(text):
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _squeeze(text):
    return re.sub(r"\s", "", text).replace("&quot;", '"')


def test_every_format_there_is_has_its_test():
    assert set(MUODOT) == {"html", "pdf", "xlsx", "docx", "pptx", "csv", "mitat.csv", "json"}
