"""HTML of the report -> paragraphs, tables and pictures of Word."""

import io
import re
from base64 import b64decode
from xml.sax.saxutils import quoteattr

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from ..svg import render_png, size_of
from .kappale import Kappale, bookmark, in_order, plain, symbol
from .tyylit import MM, TEKSTIN_LEVEYS, Sivut

_TYYLIT = {
    "h2": "Heading1",
    "h3": "Heading2",
    "h4": "Heading3",
    "h5": "Heading4",
    "caption": "Caption",
    "li": "ListBullet",
}
_KANNEN_LUOKAT = {
    "logo": "KansiLogo",
    "jakso": "Subtitle",
    "rajaus": "KansiMerkki",
    "luonnosmerkki": "KansiMerkki",
}
_LUOKAT = {"johdanto": "Johdanto", "ylarivi": "Ylarivi", "palkkirivi": "Palkki"}
_KANSI = {"h1": "Title", "dt": "KansiTieto"}
_VARIT = {"nousi": "0C6B5D", "laski": "9A3412", "saavutettu": "0C6B5D", "heikkeni": "9A3412"}
_SKIPPED = {"script", "style", "colgroup", "template", "title"}
_TABLE_STYLE = '<w:tblStyle w:val="Raportti"/>'
_TABLE_LOOK = (
    '<w:tblLayout w:type="fixed"/><w:tblLook w:val="0420" w:firstRow="1" w:lastRow="0" w:firstColumn="0"'
    ' w:lastColumn="0" w:noHBand="0" w:noVBand="1"/>'
)
EMU = 9525  # of one CSS pixel
LOGO_LEVEYS, LOGO_KORKEUS = 200, 80  # CSS pixels at most
_NS = nsdecls("w", "r", "wp", "a", "pic")


class Kirjoittaja:
    """Writes the HTML of one report into one document, in reading order."""

    def __init__(self, document, ilme):
        self.document, self.ilme = document, ilme
        self.body = document.element.body
        self.end = self.body.sectPr
        self.sivut = Sivut(document, ilme)
        self.pending, self.pictures = [], {}
        self.page_break = self.turned = False
        self.in_cover = self.in_contents = False
        self.rooms = {}
        self.number = 0

    def write(self, element):
        self._walk(element)
        self.body.replace(self.end, parse_xml(self.sivut.section_xml(turned=self.turned)))

    # --- blocks

    def _walk(self, element):
        """The element's own text and blocks; inline content between blocks is a paragraph of its own."""
        for part in in_order(element):
            if not isinstance(part, Kappale):
                self._block(part)
            elif runs := part.runs(self):
                self._paragraph(self._style_of(element), runs)

    def _block(self, element):
        if not isinstance(element.tag, str) or element.tag in _SKIPPED:
            return
        classes = element.get("class", "").split()
        if element.get("id"):
            self.pending.append(element.get("id"))
        if "jatkuu" in classes:
            self._append(parse_xml(f'<w:p {_NS}><w:pPr><w:pStyle w:val="Osavali"/></w:pPr></w:p>'))
        elif "osa" in classes:
            self._begin_part("vaaka" in classes)
        if element.tag == "table":
            self._table(element)
        elif element.tag in ("ul", "ol"):
            self._list(element, classes)
        elif "kansi" in classes:
            self._cover(element)
        elif "sisallys" in classes:
            self._contents(element)
        else:
            self._walk(element)

    def _begin_part(self, turned):
        if turned != self.turned:
            self._break_section()
            self.turned = turned
        else:
            self.page_break = True

    def _break_section(self):
        """End the section here: its paper is told by the paragraph that ends it."""
        mark = parse_xml(f'<w:p {_NS}><w:pPr><w:pStyle w:val="Vali"/></w:pPr></w:p>')
        mark.pPr.append(parse_xml(self.sivut.section_xml(turned=self.turned)))
        self._append(mark)

    def _cover(self, element):
        self.in_cover, self.rooms = True, _share_room(element)
        self._walk(element)
        self.in_cover = False

    def _contents(self, element):
        """A contents field with its entries inside: links at once, page numbers when the field is updated."""
        heading = element.find(".//h2")
        self._paragraph("TOCHeading", Kappale.whole(heading).runs(self))
        entries = [each for each in element.iter("a", "span") if each.tag == "a" or each.get("class") == "valissa"]
        levels = [len(list(entry.iterancestors("ul"))) for entry in entries]
        field = f' TOC \\o "1-{max(levels, default=1)}" \\h \\z '
        begin = f'{_char("begin")}<w:r><w:instrText xml:space="preserve">{field}</w:instrText></w:r>'
        for place, (entry, level) in enumerate(zip(entries, levels, strict=True)):
            before = begin + _char("separate") if place == 0 else ""
            after = _char("end") if place == len(entries) - 1 else ""
            runs = Kappale.whole(entry, kohde=entry.get("href", "")[1:]).runs(self)
            self._paragraph(f"TOC{level}", before + runs + after)

    def _list(self, element, classes):
        if "selite" in classes:
            gap = '<w:r><w:t xml:space="preserve">      </w:t></w:r>'
            self._paragraph("Selite", gap.join(Kappale.whole(li).runs(self) for li in element.findall("li")))
            return
        for li in element.findall("li"):
            if "avainluvut" in classes:
                self._paragraph("Avainluku", Kappale.whole(li, koko=18).runs(self))
            else:
                self._walk(li)

    def _style_of(self, element):
        if self.in_cover:
            if element.tag == "dt" and element.getprevious() is None:
                return "KansiAlas"
            return _KANNEN_LUOKAT.get(element.get("class"), _KANSI.get(element.tag, "Kansi"))
        for name in element.get("class", "").split():
            if name in _LUOKAT:
                return _LUOKAT[name]
        return _TYYLIT.get(element.tag, "Normal")

    def _paragraph(self, style, runs):
        marks, page_break = self._take_marks(), "<w:pageBreakBefore/>" if self.page_break else ""
        self.page_break = False
        above = f'<w:spacing w:before="{self.rooms[style] * 20}"/>' if style in self.rooms else ""
        look = f'<w:pPr><w:pStyle w:val="{style}"/>{page_break}{above}</w:pPr>'
        self._append(parse_xml(f"<w:p {_NS}>{look}{marks}{runs}</w:p>"))

    def _take_marks(self):
        """Bookmarks of the ids that have been met: the next paragraph is where their links lead."""
        marks = ""
        for name in self.pending:
            self.number += 1
            mark = f'<w:bookmarkStart w:id="{self.number}" w:name="{bookmark(name)}"/>'
            marks += f'{mark}<w:bookmarkEnd w:id="{self.number}"/>'
        self.pending = []
        return marks

    def _append(self, element):
        self.end.addprevious(element)

    # --- tables

    def _table(self, table):
        caption = table.find("caption")
        name = plain(caption) if caption is not None else ""
        if name:
            self._paragraph("Caption", Kappale.whole(caption).runs(self))
        widths = self._widths(table)
        rows = "".join(self._row(row, widths, row.getparent().tag == "thead") for row in table.iter("tr"))
        grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
        title = f"<w:tblCaption w:val={quoteattr(name)}/>" if name else ""
        look = f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/>{_TABLE_LOOK}{title}'
        xml = f"<w:tblPr>{_TABLE_STYLE}{look}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}"
        self._append(parse_xml(f"<w:tbl {_NS}>{xml}</w:tbl>"))
        self._append(parse_xml(f'<w:p {_NS}><w:pPr><w:pStyle w:val="Vali"/></w:pPr></w:p>'))

    def _widths(self, table):
        """Twentieths of a point of each column, from the per cents that the page's own columns have."""
        told = [re.search(r"\bl(\d+)\b", col.get("class", "")) for col in table.iter("col")]
        told = told or [None] * len(table.find(".//tr"))
        known = [int(match[1]) if match else None for match in told]
        rest = (100 - sum(filter(None, known))) / max(known.count(None), 1)
        full = TEKSTIN_LEVEYS[self.turned] * MM
        return [round(full * (width or rest) / 100) for width in known]

    def _row(self, row, widths, is_header):
        tall = "korkea" in row.get("class", "")
        look = ("" if tall else "<w:cantSplit/>") + ("<w:tblHeader/>" if is_header else "")
        cells, place = "", 0
        for cell in row:
            span = int(cell.get("colspan", 1))
            width, place = sum(widths[place : place + span]), place + span
            cells += self._cell(cell, width, span, is_header)
        return f"<w:tr>{f'<w:trPr>{look}</w:trPr>' if look else ''}{cells}</w:tr>"

    def _cell(self, cell, width, span, is_header):
        style = "TaulukonOtsikko" if is_header else "TaulukonTeksti"
        right = '<w:jc w:val="right"/>' if "luku" in cell.get("class", "").split() else ""
        vari = next((_VARIT[name] for name in cell.get("class", "").split() if name in _VARIT), "")
        runs = Kappale.whole(cell, vari=vari).runs(self)
        merged = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
        bottom = '<w:vAlign w:val="bottom"/>' if is_header else ""
        return (
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{merged}{bottom}</w:tcPr>'
            f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{right}</w:pPr>{runs}</w:p></w:tc>'
        )

    # --- what a paragraph asks for

    def relate(self, osoite):
        """The id by which the file knows this address."""
        return self.document.part.relate_to(osoite, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)

    def picture(self, element):
        """The run of an svg or img."""
        return self._logo(element) if element.tag == "img" else self._drawing(element)

    def _logo(self, img):
        """The kunta's logo from its data: address, no larger than the page shows it."""
        relation, image = self.document.part.get_or_add_image(io.BytesIO(b64decode(img.get("src").partition(",")[2])))
        scale = min(LOGO_LEVEYS / image.px_width, LOGO_KORKEUS / image.px_height)
        return self._place(relation, image.px_width * scale, image.px_height * scale, img.get("alt", ""))

    def _drawing(self, svg):
        told = plain(svg.find("title"))
        if svg.get("aria-hidden"):
            return symbol(svg)
        key = tuple(shape.get(name) for shape in svg for name in ("d", "x", "width", "fill")), svg.get("width"), told
        if key not in self.pictures:
            relation, _image = self.document.part.get_or_add_image(io.BytesIO(render_png(svg)))
            self.pictures[key] = relation
        return self._place(self.pictures[key], *size_of(svg), told)

    def _place(self, relation, width, height, alt):
        """A picture in its line; the sides are CSS pixels."""
        self.number += 1
        sides = {"width": round(width * EMU), "height": round(height * EMU)}
        return _PICTURE.format(**sides, id=self.number, alt=quoteattr(alt), relation=relation)


def _share_room(cover):
    """{style: points above it}: what stands at the cover's foot gets all the room that the rest leaves on its page."""
    room = KANNEN_TILA - (KANNEN_LOGO if cover.find(".//img") is not None else 0)
    for element in cover.iter("h1", "p", "dd"):
        letters, line, always = _KANNEN_RIVIT.get(element.get("class") or element.tag, (60, 16, 0))
        room -= (-(-len(plain(element)) // letters) - 1) * line + always
    title = min(OTSIKON_YLLA, max(room - OTSIKON_YLLA // 2, 0))
    return {"Title": title, "KansiAlas": max(room - title, 0)}


KANNEN_TILA, KANNEN_LOGO, OTSIKON_YLLA = 538, 70, 150  # points
# How many letters a line of each holds, points that a line more takes, and what takes room even as one line.
_KANNEN_RIVIT = {
    "h1": (22, 41, 0),
    "jakso": (52, 18, 0),
    "rajaus": (60, 16, 30),
    "luonnosmerkki": (60, 16, 30),
    "dd": (60, 16, 36),
}


def _char(kind):
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


_PICTURE = (
    '<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{width}" cy="{height}"/>'
    '<wp:docPr id="{id}" name="Kuva {id}" descr={alt}/><a:graphic>'
    '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr>'
    '<pic:cNvPr id="{id}" name="Kuva {id}" descr={alt}/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>'
    '<a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm>'
    '<a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/>'
    "</a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
)
