"""The shorter ways to a PDF: they are taken, and lead to the same bytes as WeasyPrint's own."""

import subprocess
import sys
import zlib
from xml.etree import ElementTree

import pydyf
import pytest
import weasyprint.draw
from weasyprint import HTML
from weasyprint.css import StyleFor
from weasyprint.text import line_break
from weasyprint.text.line_break import Layout

from raportit.muodot import pdf, pdf_ladonta
from raportit.muodot.pdf import OMAT, render_pdf
from raportit.muodot.pdf_ladonta import PdfSivu
from raportit.muodot.tuloste import render_print
from raportit.osavuosikatsaus import from_json, to_json
from tests.ymparisto import JUURI

from ..saarikko import SAARIKKO, saarikon_raportti
from .test_verapdf import osoittein, vertailu

OMIN_KEINOIN = """
import sys, django
django.setup()
from weasyprint import HTML
from raportit.muodot import pdf, pdf_ladonta
from raportit.osavuosikatsaus import from_json
pdf_ladonta.shorten = pdf_ladonta._count_pages_once
pdf_ladonta.PdfSivu = lambda html, base_url, fetcher: HTML(string=html, base_url=base_url, url_fetcher=fetcher)
sys.stdout.buffer.write(pdf.render_pdf(from_json(sys.stdin.read())))
"""


def test_same_bytes_as_by_weasyprints_own_ways():
    text = to_json(SAARIKKO)
    plain = subprocess.run([sys.executable, "-c", OMIN_KEINOIN], cwd=JUURI, input=text.encode(), capture_output=True)
    assert plain.returncode == 0, plain.stderr.decode()
    assert plain.stdout == render_pdf(from_json(text))


@pytest.mark.parametrize(
    "raportti", [SAARIKKO, osoittein(1), vertailu(2, True)], ids=["saarikko", "osoitteita", "vertailu"]
)
def test_our_page_is_xml_and_means_the_same(raportti):
    html = render_print(raportti, merkit_tekstina=True)
    ours = pdf_ladonta._read_as_xml(html)
    theirs = HTML(string=html).etree_element
    told = [[(each.tag, each.attrib, _words(each)) for each in tree.iter()] for tree in (ours, theirs)]
    assert told[0] == told[1]


def _words(element):
    return [text.split() for text in (element.text or "", element.tail or "")]


def test_page_that_is_no_xml_is_read_as_html():
    page = PdfSivu("<html><p>yksi<p>kaksi", OMAT, None)
    assert [each.text for each in page.etree_element.iter("p")] == ["yksi", "kaksi"]
    with pytest.raises(ElementTree.ParseError):
        pdf_ladonta._read_as_xml("<html><p>yksi<p>kaksi")


def test_styles_are_worked_out_for_what_there_is(monkeypatch):
    asked, plain = [], StyleFor.set_computed_styles

    def count(self, element, *args, **kwargs):
        asked.append((element, kwargs.get("pseudo_type")))
        plain(self, element, *args, **kwargs)

    monkeypatch.setattr(StyleFor, "set_computed_styles", count)
    render_pdf(saarikon_raportti([3] * 4, versio=1))
    cells = [(element, pseudo) for element, pseudo in asked if getattr(element, "tag", "") == "td"]
    assert cells
    assert not [pseudo for _element, pseudo in cells if pseudo]


def test_tables_of_a_painopiste_share_their_styles(monkeypatch):
    """An id in front of a table would make a style of its own to each cell of it that is not like another."""
    asked, plain = set(), StyleFor.set_computed_styles

    def count(self, element, *args, **kwargs):
        asked.add(element)
        plain(self, element, *args, **kwargs)

    monkeypatch.setattr(StyleFor, "set_computed_styles", count)
    cells = []
    for tavoitteessa in (4, 1):
        asked.clear()
        render_pdf(saarikon_raportti([3] * 12, versio=1, tavoitteessa=tavoitteessa, painopisteessa=12))
        cells.append(len([element for element in asked if getattr(element, "tag", "") in ("td", "th")]))
    assert cells[0] == cells[1]


def test_height_of_a_line_is_known_by_its_style(monkeypatch):
    asked, plain = [], line_break._font_style_cache_key
    monkeypatch.setattr(
        line_break, "_font_style_cache_key", lambda style, **kw: asked.append(id(style)) or plain(style, **kw)
    )
    render_pdf(saarikon_raportti([3] * 40, versio=1))
    assert len(asked) < 400, "rivejä on tuhansia, tyylejä kymmeniä"


def test_line_is_shaped_before_it_is_drawn(monkeypatch):
    shaped, drawing = [], []
    setup, draw_text = Layout.setup, weasyprint.draw.draw_text

    def note(layout, style):
        shaped.append(bool(drawing))
        setup(layout, style)

    def draw(*args):
        drawing.append(1)
        draw_text(*args)
        drawing.pop()

    monkeypatch.setattr(Layout, "setup", note)
    monkeypatch.setattr(weasyprint.draw, "draw_text", draw)
    render_pdf(saarikon_raportti([3] * 4, versio=1))
    assert shaped
    assert not any(shaped)


def test_what_is_not_a_page_is_packed_once(monkeypatch):
    packed, compress = [], zlib.compressobj
    monkeypatch.setattr(pydyf.zlib, "compressobj", lambda level: packed.append(level) or compress(level))
    streams = []
    monkeypatch.setattr(pdf, "_finish", _then(pdf._finish, lambda: streams.append(len(packed))))
    content = render_pdf(saarikon_raportti([3] * 4, versio=1))
    assert streams == [len(packed)], "kirjoittaessa ei pakata mitään hitaasti"
    assert b"/Type /ObjStm" in content


def _then(act, note):
    def both(*args):
        act(*args)
        note()

    return both
