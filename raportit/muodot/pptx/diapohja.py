"""The template: a 16:9 master and its two layouts in the kunta's colour, with Finnish as the language.

Made of python-pptx's own, whose 4:3 layouts and English go.
"""

from copy import deepcopy
from xml.sax.saxutils import escape

from django.utils.translation import gettext as _
from lxml import etree
from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.opc.package import XmlPart
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Pt

from seuranta.solut import KIRJASIN
from strategia import varit

from ..palkki import VARIT

LEVEYS, KORKEUS = Pt(960), Pt(540)
REUNA = 42  # points on either side
TEKSTIN_LEVEYS = 960 - 2 * REUNA
OTSIKKO, RUNKO, ALAREUNA = (28, 76), 116, 500  # points: top and height of a title; where the content begins and ends
OTSIKON_KOKO, RUNGON_KOKO, HARMAA = 26, 18, "5B6469"
KANSI, SISALTO = 0, 1  # the places of the layouts
_ALL = {"Title Slide": "Kansi", "Title and Content": "Otsikko ja sisältö"}
_ANKKURI = {"title": "b", "body": "t", "ftr": "ctr", "sldNum": "ctr"}


def new_presentation(korostusvari: str):
    """An empty presentation on our template."""
    presentation = Presentation()
    presentation.slide_width, presentation.slide_height = LEVEYS, KORKEUS
    presentation.element.find(qn("p:sldSz")).attrib.pop("type", None)
    _drop_layouts(presentation)
    _drop_extras(presentation)
    colour = varit.accent(korostusvari)
    _write_theme(presentation, colour[1:])
    _write_master(presentation.slide_master)
    _write_cover(presentation.slide_layouts[KANSI], korostusvari or varit.OLETUSVARI)
    _write_content(presentation.slide_layouts[SISALTO])
    return presentation


def _drop_layouts(presentation):
    for layout in list(presentation.slide_layouts):
        if layout.name not in _ALL:
            presentation.slide_layouts.remove(layout)
        else:
            layout.name = _ALL[layout.name]


def _drop_extras(presentation):
    """The picture of the template's first page, and the settings of somebody's printer."""
    for source in (presentation.part, presentation.part.package):
        rels = source._rels
        for key in [key for key, rel in rels.items() if rel.reltype.endswith(("/thumbnail", "/printerSettings"))]:
            rels.pop(key)


def _write_theme(presentation, colour):
    part = next(rel.target_part for rel in presentation.slide_master.part.rels.values() if "theme" in rel.reltype)
    theme = etree.fromstring(part.blob)
    ns = {"a": "http://schemas.openxmlformats.org/drawingml/2006/main"}
    own = {"dk1": "222222", "lt1": "FFFFFF", "dk2": colour, "lt2": "F2F4F5", "hlink": colour, "folHlink": colour}
    own |= {"accent1": colour} | {f"accent{n}": VARIT[aste][1:] for n, aste in enumerate((5, 4, 3, 2, 1), 2)}
    for name, value in own.items():
        place = theme.find(f".//a:clrScheme/a:{name}", ns)
        for child in list(place):
            place.remove(child)
        etree.SubElement(place, f"{{{ns['a']}}}srgbClr", val=value)
    for font in theme.findall(".//a:fontScheme/*/a:latin", ns):
        font.set("typeface", KIRJASIN)
    theme.set("name", "Strategian seuranta")
    part._blob = etree.tostring(theme, xml_declaration=True, encoding="UTF-8", standalone=True)


def _write_master(master):
    tree = master.shapes._spTree
    for shape in list(master.placeholders):
        tree.remove(shape._element)
    top, height = OTSIKKO
    for number, (kind, box, text) in enumerate(
        (
            ("title", (REUNA, top, TEKSTIN_LEVEYS, height), _("Otsikko")),
            ("body", (REUNA, RUNKO, TEKSTIN_LEVEYS, ALAREUNA - RUNKO), _("Teksti")),
            ("ftr", (REUNA, 508, TEKSTIN_LEVEYS - 80, 22), ""),
            ("sldNum", (960 - REUNA - 70, 508, 70, 22), ""),
        ),
        2,
    ):
        tree.append(_placeholder(number, kind, box, text))
    styles = master._element.find(qn("p:txStyles"))
    styles.find(qn("p:titleStyle")).getparent().replace(styles.find(qn("p:titleStyle")), parse_xml(_TITLE_STYLE))
    styles.replace(styles.find(qn("p:bodyStyle")), parse_xml(_BODY_STYLE))


_NS = nsdecls("a", "p", "r")
_SPACE = '<a:lnSpc><a:spcPct val="100000"/></a:lnSpc><a:spcBef><a:spcPts val="{}"/></a:spcBef><a:buNone/>'
_LATIN = '<a:latin typeface="+{}-lt"/>'
_TITLE_STYLE = (
    f'<p:titleStyle {_NS}><a:lvl1pPr algn="l">{_SPACE.format(0)}'
    f'<a:defRPr lang="fi-FI" sz="{OTSIKON_KOKO * 100}" b="1"><a:solidFill><a:schemeClr val="tx2"/></a:solidFill>'
    f"{_LATIN.format('mj')}</a:defRPr></a:lvl1pPr></p:titleStyle>"
)
_BODY_STYLE = (
    f'<p:bodyStyle {_NS}><a:lvl1pPr marL="0" indent="0" algn="l">{_SPACE.format(600)}'
    f'<a:defRPr lang="fi-FI" sz="{RUNGON_KOKO * 100}"><a:solidFill><a:schemeClr val="tx1"/></a:solidFill>'
    f"{_LATIN.format('mn')}</a:defRPr></a:lvl1pPr></p:bodyStyle>"
)


def _placeholder(number, kind, box, text, style="", idx=""):
    """A placeholder's XML; box: left, top, width and height in points."""
    runs = _NUMERO if kind == "sldNum" else f'<a:r><a:rPr lang="fi-FI"/><a:t>{escape(text)}</a:t></a:r>' if text else ""
    if kind in ("ftr", "sldNum"):
        side, idx = ("r", "11") if kind == "sldNum" else ("l", "10")
        grey = f'<a:solidFill><a:srgbClr val="{HARMAA}"/></a:solidFill>'
        style = f'<a:lvl1pPr algn="{side}"><a:defRPr lang="fi-FI" sz="1100">{grey}</a:defRPr></a:lvl1pPr>'
    elif kind in ("body", "subTitle"):
        idx = idx or "1"
    left, top, width, height = (Pt(each) for each in box)
    return parse_xml(
        f'<p:sp {_NS}><p:nvSpPr><p:cNvPr id="{number}" name="{_NIMET[kind]} {number}"/>'
        f'<p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>'
        f'<p:nvPr><p:ph type="{kind}"{f" idx={chr(34)}{idx}{chr(34)}" if idx else ""}/></p:nvPr></p:nvSpPr>'
        f'<p:spPr><a:xfrm><a:off x="{left}" y="{top}"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr>'
        f'<p:txBody><a:bodyPr lIns="0" tIns="0" rIns="0" bIns="0" anchor="{_ANKKURI.get(kind, "t")}"><a:normAutofit/>'
        f"</a:bodyPr><a:lstStyle>{style}</a:lstStyle><a:p>{runs}</a:p></p:txBody></p:sp>"
    )


_NUMERO = '<a:fld id="{C1FF6DA9-008F-8B48-92A6-B652298478BF}" type="slidenum"><a:rPr lang="fi-FI"/><a:t>1</a:t></a:fld>'
_NIMET = {
    "title": "Otsikko",
    "ctrTitle": "Otsikko",
    "subTitle": "Alaotsikko",
    "body": "Teksti",
    "ftr": "Alatunniste",
    "sldNum": "Dian numero",
}


def _write_cover(layout, colour):
    """The whole page in the kunta's colour; the letters on it are of the one that is read there."""
    _empty(layout)
    ink = varit.text_on(colour)[1:]
    fill = f'<a:solidFill><a:srgbClr val="{colour[1:]}"/></a:solidFill><a:effectLst/>'
    layout._element.cSld.insert(0, parse_xml(f"<p:bg {_NS}><p:bgPr>{fill}</p:bgPr></p:bg>"))

    def look(size, bold=0):
        ink_fill = f'<a:solidFill><a:srgbClr val="{ink}"/></a:solidFill>'
        return f'<a:lvl1pPr><a:defRPr lang="fi-FI" sz="{size * 100}" b="{bold}">{ink_fill}</a:defRPr></a:lvl1pPr>'

    tree = layout.shapes._spTree
    tree.append(_placeholder(2, "ctrTitle", KANNEN_OTSIKKO, _("Otsikko"), look(KANNEN_KOOT[0], 1)))
    tree.append(_placeholder(3, "subTitle", KANNEN_ALAOTSIKKO, _("Jakso"), look(KANNEN_KOOT[1])))
    tree.append(_placeholder(4, "body", KANNEN_TIEDOT, _("Tiedot"), look(KANNEN_KOOT[2]), idx="12"))


KANNEN_LOGO = (REUNA, 40, 200, 80)  # left, top, width, height in points
KANNEN_OTSIKKO = (REUNA, 136, TEKSTIN_LEVEYS, 150)
KANNEN_ALAOTSIKKO = (REUNA, 296, TEKSTIN_LEVEYS, 56)
KANNEN_TIEDOT = (REUNA, 366, TEKSTIN_LEVEYS, 150)
KANNEN_KOOT = (38, 20, 14)  # points, of these three


def _write_content(layout):
    _empty(layout)
    top, height = OTSIKKO
    tree = layout.shapes._spTree
    tree.append(_placeholder(2, "title", (REUNA, top, TEKSTIN_LEVEYS, height), _("Otsikko")))
    tree.append(_placeholder(3, "body", (REUNA, RUNKO, TEKSTIN_LEVEYS, ALAREUNA - RUNKO), _("Teksti")))
    tree.append(_placeholder(4, "ftr", (REUNA, 508, TEKSTIN_LEVEYS - 80, 22), ""))
    tree.append(_placeholder(5, "sldNum", (960 - REUNA - 70, 508, 70, 22), ""))


def _empty(layout):
    tree = layout.shapes._spTree
    for shape in list(layout.shapes):
        tree.remove(shape._element)


def add_feet(slide, text: str) -> None:
    """What the layout has at its foot, on the slide too: PowerPoint shows it only where the slide has its own."""
    for shape in slide.slide_layout.placeholders:
        kind = shape._element.find(".//" + qn("p:ph")).get("type")
        if kind in ("ftr", "sldNum"):
            own = deepcopy(shape._element)
            own.nvSpPr.cNvPr.set("id", str(max(each.shape_id for each in slide.shapes) + 1))
            slide.shapes._spTree.append(own)
            if kind == "ftr":
                slide.shapes[-1].text_frame.text = text


def speak_finnish(presentation) -> None:
    """No part says that its language is another than Finnish."""
    for part in presentation.part.package.iter_parts():
        if isinstance(part, XmlPart):
            for node in part._element.iter(etree.Element):
                if node.get("lang") not in (None, "fi-FI") or node.tag in _RUNS and node.get("lang") is None:
                    node.set("lang", "fi-FI")


_RUNS = {qn(f"a:{name}") for name in ("rPr", "endParaRPr", "defRPr")}


def rgb(colour: str) -> RGBColor:
    """ "#0c6b5d" or "0c6b5d" as python-pptx has it."""
    return RGBColor.from_string(colour.lstrip("#").upper())
