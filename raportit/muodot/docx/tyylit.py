"""The look of the Word file: its styles, its pages and what repeats on each of them."""

from dataclasses import dataclass
from functools import cache
from xml.sax.saxutils import escape

from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from ..svg import unpack_font

FONTTI = "Source Sans 3"
HARMAA, VIIVA, OKRA = "5B6469", "C9CFD2", "8A5A00"
TEKSTIN_LEVEYS = {False: 178, True: 265}  # millimetres between the margins: upright, turned
MM = 56.7  # twentieths of a point


@dataclass(frozen=True)
class Ilme:
    """The kunta's words and colours (six hexadecimal digits) of one file."""

    kunta: str
    otsikko: str
    kansi: str
    kannen_teksti: str
    korostus: str
    on_luonnos: bool


def dress(document, ilme):
    """Give the document our styles in place of the template's."""
    _write_styles(document.styles.element, ilme)
    _name_fonts(document)
    _update_fields(document)
    _drop_thumbnail(document.part.package)


# id, name, size (pt), bold, colour, before, after (pt), more of its paragraph
def _paragraph_styles(ilme):
    edges = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="{space}" w:color="{ilme.kansi}"/>'
        for side, space in (("top", 30), ("left", 24), ("bottom", 30), ("right", 24))
    )
    cover = f'<w:pBdr>{edges}</w:pBdr><w:shd w:val="clear" w:color="auto" w:fill="{ilme.kansi}"/>'
    cover += '<w:ind w:left="500" w:right="500"/>'
    own, keep = ilme.korostus, "<w:keepNext/><w:keepLines/>"
    edge = f'<w:pBdr><w:left w:val="single" w:sz="16" w:space="8" w:color="{own}"/></w:pBdr><w:ind w:left="170"/>'
    bullets = '<w:numPr><w:numId w:val="1"/></w:numPr><w:contextualSpacing/>'
    tabs = '<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="10090"/></w:tabs>'
    return [
        ("Title", "Title", 32, True, ilme.kannen_teksti, 0, 14, cover),
        ("Subtitle", "Subtitle", 14, False, ilme.kannen_teksti, 0, 0, cover),
        ("Kansi", "Kansi", 12, True, ilme.kannen_teksti, 0, 0, cover),
        ("KansiLogo", "Kansi logo", 12, False, ilme.kannen_teksti, 0, 8, cover),
        ("KansiMerkki", "Kansi merkki", 12, True, ilme.kannen_teksti, 14, 0, cover),
        ("KansiAlas", "Kansi alas", 8.5, False, ilme.kannen_teksti, 0, 0, cover),
        ("KansiTieto", "Kansi tieto", 8.5, False, ilme.kannen_teksti, 10, 0, cover),
        ("Heading1", "heading 1", 21, True, own, 0, 8, keep + '<w:outlineLvl w:val="0"/>'),
        ("Heading2", "heading 2", 12, True, own, 18, 5, keep + '<w:outlineLvl w:val="1"/>'),
        ("Heading3", "heading 3", 10, True, "222222", 10, 3, keep + '<w:outlineLvl w:val="2"/>'),
        ("Heading4", "heading 4", 10, True, "5B6469", 8, 2, keep + '<w:outlineLvl w:val="3"/>'),
        ("Caption", "caption", 11, True, own, 14, 4, keep),
        ("Johdanto", "Johdanto", 11, False, "222222", 0, 8, "<w:keepNext/>"),
        ("Palkki", "Palkki", 10, False, "222222", 0, 6, "<w:keepNext/>"),
        ("Ylarivi", "Ylärivi", 9.5, True, HARMAA, 0, 3, "<w:keepNext/>"),
        ("Avainluku", "Avainluku", 9, False, HARMAA, 0, 5, edge),
        ("Selite", "Selite", 8.5, False, "222222", 10, 6, ""),
        ("ListBullet", "List Bullet", 10, False, "222222", 0, 8, bullets),
        ("TaulukonOtsikko", "Taulukon otsikko", 8.5, True, HARMAA, 0, 0, "<w:keepNext/>"),
        ("TaulukonTeksti", "Taulukon teksti", 9, False, "222222", 0, 0, ""),
        ("TOCHeading", "TOC Heading", 21, True, own, 0, 8, keep),
        ("TOC1", "toc 1", 10, True, "222222", 5, 0, tabs),
        ("TOC2", "toc 2", 10, False, "222222", 2, 0, tabs + '<w:ind w:left="284"/>'),
        ("TOC3", "toc 3", 10, False, "222222", 1, 0, tabs + '<w:ind w:left="568"/>'),
        ("Header", "header", 8.5, False, HARMAA, 0, 0, _tabs(turned=False)),
        ("Footer", "footer", 8.5, False, HARMAA, 0, 0, _tabs(turned=False)),
        ("HeaderVaaka", "Ylätunniste, vaaka", 8.5, False, HARMAA, 0, 0, _tabs(turned=True)),
        ("FooterVaaka", "Alatunniste, vaaka", 8.5, False, HARMAA, 0, 0, _tabs(turned=True)),
        ("Vali", "Väli", 1, False, "222222", 0, 0, ""),
        ("Osavali", "Osan väli", 1, False, "222222", 40, 0, "<w:keepNext/>"),
    ]


def _tabs(*, turned):
    """The middle and the right edge of the page, of those two that a header or footer has."""
    right = round(TEKSTIN_LEVEYS[turned] * MM)
    return f'<w:tabs><w:tab w:val="center" w:pos="{right // 2}"/><w:tab w:val="right" w:pos="{right}"/></w:tabs>'


def _write_styles(styles, ilme):
    for style in styles.findall(qn("w:style")):
        styles.remove(style)
    defaults = styles.find(qn("w:docDefaults"))
    defaults.getparent().replace(defaults, parse_xml(_DEFAULTS))
    styles.append(parse_xml(_NORMAL))
    for row in _paragraph_styles(ilme):
        styles.append(parse_xml(_style_xml(*row)))
    styles.append(parse_xml(_TABLE_NORMAL))
    styles.append(parse_xml(_TABLE.format(ns=nsdecls("w"), korostus=ilme.korostus, viiva=VIIVA)))


_DEFAULTS = f"""<w:docDefaults {nsdecls("w")}><w:rPrDefault><w:rPr>
<w:rFonts w:ascii="{FONTTI}" w:hAnsi="{FONTTI}" w:eastAsia="{FONTTI}" w:cs="{FONTTI}"/><w:color w:val="222222"/>
<w:sz w:val="20"/><w:szCs w:val="20"/><w:lang w:val="fi-FI" w:eastAsia="fi-FI" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>
<w:pPrDefault><w:pPr><w:spacing w:after="120" w:line="240" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>"""
_NORMAL = f"""<w:style {nsdecls("w")} w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>
<w:qFormat/></w:style>"""
_TABLE_NORMAL = f"""<w:style {nsdecls("w")} w:type="table" w:default="1" w:styleId="TableNormal">
<w:name w:val="Normal Table"/><w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/>
<w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>"""
_TABLE = """<w:style {ns} w:type="table" w:customStyle="1" w:styleId="Raportti"><w:name w:val="Raportti"/>
<w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders>
<w:bottom w:val="single" w:sz="4" w:space="0" w:color="{viiva}"/>
<w:insideH w:val="single" w:sz="4" w:space="0" w:color="{viiva}"/></w:tblBorders>
<w:tblCellMar><w:top w:w="60" w:type="dxa"/><w:left w:w="0" w:type="dxa"/><w:bottom w:w="60" w:type="dxa"/>
<w:right w:w="142" w:type="dxa"/></w:tblCellMar></w:tblPr>
<w:tblStylePr w:type="firstRow"><w:tcPr><w:tcBorders>
<w:bottom w:val="single" w:sz="10" w:space="0" w:color="{korostus}"/></w:tcBorders></w:tcPr></w:tblStylePr></w:style>"""


def _style_xml(id, name, size, bold, colour, before, after, more):
    # The order of OOXML's schema: keepNext, numPr, pBdr, shd, tabs, spacing, ind, contextualSpacing, outlineLvl.
    spacing = f'<w:spacing w:before="{round(before * 20)}" w:after="{round(after * 20)}"/>'
    late = min((more.find(tag) for tag in _AFTER_SPACING if tag in more), default=len(more))
    heading = "<w:next w:val='Normal'/><w:uiPriority w:val='9'/><w:qFormat/>" if id.startswith("Heading") else ""
    letters = f"{'<w:b/>' if bold else ''}{'<w:caps/>' if id == 'Ylarivi' else ''}"
    return (
        f'<w:style {nsdecls("w")} w:type="paragraph" w:styleId="{id}"><w:name w:val="{name}"/>'
        f'<w:basedOn w:val="Normal"/>{heading}<w:pPr>{more[:late]}{spacing}{more[late:]}</w:pPr>'
        f'<w:rPr>{letters}<w:color w:val="{colour}"/><w:sz w:val="{round(size * 2)}"/></w:rPr></w:style>'
    )


_AFTER_SPACING = ("<w:ind", "<w:contextualSpacing", "<w:outlineLvl")


def _name_fonts(document):
    """Tell what the letters are, and carry them inside: the kunta's Word need not have the font."""
    part = next(p for p in document.part.package.iter_parts() if p.partname == "/word/fontTable.xml")
    embedded = "".join(
        f'<w:{name} r:id="{_embed_font(part, number, weight)}" w:fontKey="{{{_FONT_KEY}}}"/>'
        for number, (name, weight) in enumerate((("embedRegular", "Regular"), ("embedBold", "Bold")), start=1)
    )
    part._blob = (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:fonts {nsdecls("w", "r")}>'
        f'<w:font w:name="{FONTTI}"><w:altName w:val="Source Sans Pro"/><w:panose1 w:val="020B0503030403020204"/>'
        f'<w:charset w:val="00"/><w:family w:val="swiss"/><w:pitch w:val="variable"/>{embedded}</w:font></w:fonts>'
    ).encode()
    document.settings.element.insert(0, parse_xml(f"<w:embedTrueTypeFonts {nsdecls('w')}/>"))


def _update_fields(document):
    """The contents get their page numbers when the file is opened: only who lays the pages out knows them."""
    after = document.settings.element.find(qn("w:compat"))
    after.addprevious(parse_xml(f'<w:updateFields {nsdecls("w")} w:val="true"/>'))


_FONT_KEY = "5F3C1A7E-9B24-4D68-A1C0-3E7F52D8B946"  # any one will do: it only garbles the start of the font's file
_FONT_TYPE = "application/vnd.openxmlformats-officedocument.obfuscatedFont"
_FONT_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/font"


def _embed_font(table, number, weight):
    """The id by which the table of fonts names the file of this weight."""
    name = PackURI(f"/word/fonts/font{number}.odttf")
    return table.relate_to(Part(name, _FONT_TYPE, _garble(weight), table.package), _FONT_RELATION)


@cache
def _garble(weight):
    """The font's bytes as OOXML wants them (ECMA-376 part 4, 17.8.1): the first 32 turned with the key."""
    key = bytes.fromhex(_FONT_KEY.replace("-", ""))[::-1] * 2
    font = unpack_font(weight)
    return bytes(one ^ other for one, other in zip(font[:32], key, strict=True)) + font[32:]


def _drop_thumbnail(package):
    """The template carries a picture of its own first page."""
    for key in [key for key, rel in package.rels.items() if rel.reltype.endswith("/thumbnail")]:
        del package.rels[key]


class Sivut:
    """The pages of one document: each section's paper, and the header and footer that fit it."""

    def __init__(self, document, ilme):
        self.part, self.ilme = document.part, ilme
        self.edges = {}
        self.is_begun = False

    def section_xml(self, *, turned: bool) -> str:
        """<w:sectPr> of the next section: A4 upright or turned; the very first page is the cover, without edges.

        Each section names its edges: one that did not would have those of the section before it.
        """
        first, self.is_begun = not self.is_begun, True
        width, height = (16838, 11906) if turned else (11906, 16838)
        orient = ' w:orient="landscape"' if turned else ""
        cover = self._cover_header() if first and self.ilme.on_luonnos else ""
        return (
            f'<w:sectPr {nsdecls("w", "r")}>{cover}{self._edges_of(turned)}<w:type w:val="nextPage"/>'
            f'<w:pgSz w:w="{width}" w:h="{height}"{orient}/>'
            '<w:pgMar w:top="1247" w:right="907" w:bottom="1134" w:left="907" w:header="567" w:footer="567"'
            f' w:gutter="0"/>{"<w:titlePg/>" if first else ""}</w:sectPr>'
        )

    def _edges_of(self, turned):
        """Whose and what above, which page of how many below; a draft says so above on every page."""
        if turned not in self.edges:
            vaaka, ilme = "Vaaka" if turned else "", self.ilme
            head = _run(ilme.kunta, f'<w:b/><w:color w:val="{ilme.korostus}"/>')
            head += _TAB + _LUONNOS if ilme.on_luonnos else ""
            pages = f"{_field('PAGE')}{_run(' / ')}{_field('NUMPAGES')}"
            foot = f"{_run(ilme.otsikko[:90])}{_TAB}{_TAB}{pages}"
            self.edges[turned] = self._add("header", f"Header{vaaka}", head) + self._add(
                "footer", f"Footer{vaaka}", foot
            )
        return self.edges[turned]

    def _cover_header(self):
        return self._add("header", "Header", _TAB + _LUONNOS, "first")

    def _add(self, kind, style, runs, pages="default"):
        """Its reference."""
        part, relation = getattr(self.part, f"add_{kind}_part")()
        xml = f'<w:p {nsdecls("w")}><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{runs}</w:p>'
        old = part.element.find(qn("w:p"))
        old.getparent().replace(old, parse_xml(xml))
        return f'<w:{kind}Reference w:type="{pages}" r:id="{relation}"/>'


_TAB = "<w:r><w:tab/></w:r>"


def _run(text, look=""):
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def _field(name):
    return f'<w:fldSimple w:instr="{name}"><w:r><w:t>1</w:t></w:r></w:fldSimple>'


_LUONNOS = _run("Luonnos", f'<w:b/><w:color w:val="{OKRA}"/><w:sz w:val="20"/>')
