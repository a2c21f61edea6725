"""A page of ours as WeasyPrint lays it out, by shorter ways to the same bytes: what it does twice is done once.

Each is looked at by a test that draws a report with it and without it (tests/raportit/muodot/test_pdf_ladonta.py).
"""

import re
from functools import cache
from xml.etree import ElementTree

import pydyf
from weasyprint import CSS, HTML
from weasyprint.css.counters import CounterStyle
from weasyprint.html import UA
from weasyprint.layout import inline
from weasyprint.text.ffi import pango
from weasyprint.text.line_break import Layout

_UNCLOSED = re.compile(r"<((?:br|col|img|meta)\b[^>]*?)/?>")
_PARAGRAPH_ENDS = re.compile("[\n\r\u2029]")


class PdfSivu(HTML):
    """What our templates wrote, read in a sixth of the time: all but a few tags of it is XML already."""

    def __init__(self, html, base_url, url_fetcher):
        try:
            root = _read_as_xml(html)
        except ElementTree.ParseError:
            super().__init__(string=html, base_url=base_url, url_fetcher=url_fetcher)
        else:
            super().__init__(string="<html>", base_url=base_url, url_fetcher=url_fetcher)
            self.etree_element = root
            self.wrapper_element = type(self.wrapper_element).from_html_root(root)

    def _ua_stylesheets(self, forms=False):
        return [_browser_styles()]


def _read_as_xml(html):
    page = html[html.index("<html") :].replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ')
    return ElementTree.fromstring(_UNCLOSED.sub(r"<\1/>", page))  # noqa: S314 -- our own templates' text


@cache
def _browser_styles():
    """WeasyPrint's own stylesheet without notes, of which we have none, and with the marks of list items only.

    For each pseudo-element that a rule could give to every element a style is worked out for every element.
    """
    css = re.sub(r"(?m)^::(?:footnote|note)-.*$", "", UA)
    return CSS(string=css.replace("\n::marker", "\nli::marker"), counter_style=CounterStyle())


@cache
def shorten() -> None:
    """Take the shorter ways from now on in this process."""
    _count_pages_once()
    _shape_lines_once()
    _remember_line_heights()


def _count_pages_once():
    """pydyf lists all pages anew for each tag, which is quadratic: a twentieth of a long report."""
    plain = pydyf.PDF.page_references.fget

    def page_references(pdf):
        known = vars(pdf).get("_known_pages", ())
        if len(pdf.pages["Kids"]) != 3 * len(known):
            known = pdf._known_pages = plain(pdf)
        return known

    pydyf.PDF.page_references = property(page_references)


def _shape_lines_once():
    """A line keeps the shape that it was measured in till it is drawn. WeasyPrint lets it go to spare memory.

    Drawing asks for a single paragraph, and what changes that has the line shaped anew: it is told when the text is.
    """
    plain = Layout.set_text

    def set_text(layout, text, justify=False):
        is_paragraph = not _PARAGRAPH_ENDS.search(text)
        pango.pango_layout_set_single_paragraph_mode(layout.layout, is_paragraph)
        plain(layout, text, justify)

    Layout.set_text = set_text
    Layout.deactivate = lambda layout: None
    Layout.reactivate = lambda layout, style: None


def _remember_line_heights():
    """Each line asks its style for its height. WeasyPrint knows it by the text of all that a style says of a font."""
    plain = inline.strut

    def strut(style):
        known = vars(style).get("_strut")
        if known is None:
            known = style._strut = plain(style)
        return known

    inline.strut = strut
