"""PDF + the HTML it was drawn from -> what PDF/UA and PDF/A ask for is there, and nothing is said in another order.

Every PDF that a test makes goes through this (tests/conftest.py). It follows the points of the Matterhorn
protocol that a machine can judge, as far as our reports can break them.
"""

import io
import re
from functools import cache

import pikepdf
from fontTools.ttLib import TTFont
from lxml import html as lxml_html

from raportit.muodot.svg import unpack_font

PAINTING = {"Tj", "TJ", "'", '"', "f", "F", "f*", "B", "B*", "b", "b*", "S", "s", "sh", "Do", "BI"}
TEXT = {"Tj", "TJ", "'", '"'}
# element -> what may stand right under it
UNDER = {
    "L": {"LI", "L", "Caption"},
    "LI": {"Lbl", "LBody"},
    "Table": {"TR", "THead", "TBody", "TFoot", "Caption"},
    "THead": {"TR"},
    "TBody": {"TR"},
    "TR": {"TH", "TD"},
}


def check_pdf(content, page):
    """AssertionError tells what is wrong."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        tree = list(walk(pdf.Root.StructTreeRoot.K[0]))
        drawn = [_read_page(pdf_page) for pdf_page in pdf.pages]
        source = lxml_html.document_fromstring(page)
        _check_document(pdf, source)
        _check_content(pdf, tree, drawn)
        _check_headings(tree)
        _check_nesting(tree)
        _check_tables(pdf, tree)
        _check_pictures_and_links(pdf, tree)
        _check_fonts(pdf, source)
        _check_outline(pdf, source)
        _check_order(pdf, drawn, source)


def _kind(element):
    return str(element.S)[1:]


def _kids(element):
    kids = element.get("/K", [])
    return list(kids) if isinstance(kids, pikepdf.Array) else [kids]


def _is_element(kid):
    return isinstance(kid, pikepdf.Dictionary) and "/S" in kid


def walk(element):
    yield element
    for kid in _kids(element):
        if _is_element(kid):
            assert kid.P.objgen == element.objgen, f"{_kind(kid)} ei tunne vanhempaansa {_kind(element)}"
            yield from walk(kid)


# --- the file


def _check_document(pdf, source):
    title = " ".join(source.findtext(".//title").split())
    assert str(pdf.Root.Lang) == "fi"
    assert pdf.Root.MarkInfo.Marked
    assert pdf.Root.ViewerPreferences.DisplayDocTitle
    assert str(pdf.docinfo["/Title"]) == title
    with pdf.open_metadata() as told:
        marks = [told.get(key) for key in ("pdfuaid:part", "pdfaid:part", "pdfaid:conformance", "dc:title")]
    assert marks == ["1", "2", "A", title]
    xmp = pdf.Root.Metadata.read_bytes()
    assert xmp.count(b"<rdf:RDF") == 1 and b"pdfaExtension" in xmp
    assert "/Filter" not in pdf.Root.Metadata or pdf.Root.Metadata.Filter == "/FlateDecode"
    [intent] = pdf.Root.OutputIntents
    assert intent.S == "/GTS_PDFA1" and len(intent.DestOutputProfile.read_bytes()) > 100
    assert "/ID" in pdf.trailer and "/Encrypt" not in pdf.trailer
    assert not {"/AcroForm", "/OpenAction", "/AA"} & set(pdf.Root.keys())
    assert "/JavaScript" not in pdf.Root.get("/Names", {})


# --- what is drawn


def _read_page(page):
    """{mcid: its text}; everything that is drawn is tagged or an artifact."""
    fonts = {name: _read_cmap(font) for name, font in page.Resources.get("/Font", {}).items()}
    texts, stack, font = {}, [], None
    for operands, operator in pikepdf.parse_content_stream(page):
        operator = str(operator)
        if operator in ("BMC", "BDC"):
            stack.append((str(operands[0]), operands[1].get("/MCID") if operator == "BDC" else None))
            if stack[-1][1] is not None:
                assert stack[-1][1] not in texts, "sama MCID kahdesti"
                texts[stack[-1][1]] = ""
        elif operator == "EMC":
            stack.pop()
        elif operator == "Tf":
            font = fonts[str(operands[0])]
        if operator in PAINTING:
            assert stack, f"{operator} on tagien ja artifaktien ulkopuolella"
            assert len({kind == "/Artifact" for kind, _ in stack}) == 1, "tagi artifaktin sisällä"
        if operator in TEXT and stack[0][1] is not None:
            texts[stack[0][1]] += _decode(operands[-1], font)
    assert not stack
    return texts


def _read_cmap(font):
    cmap = font.ToUnicode.read_bytes().decode()
    known = {}
    for block in re.findall(r"beginbfchar(.*?)endbfchar", cmap, re.DOTALL):
        for code, text in re.findall(r"<(\w+)>\s*<(\w+)>", block):
            known[int(code, 16)] = bytes.fromhex(text).decode("utf-16-be")
    for block in re.findall(r"beginbfrange(.*?)endbfrange", cmap, re.DOTALL):
        for first, last, text in re.findall(r"<(\w+)>\s*<(\w+)>\s*<(\w+)>", block):
            for step, code in enumerate(range(int(first, 16), int(last, 16) + 1)):
                known[code] = chr(int(text, 16) + step)
    return known


def _decode(shown, font):
    parts = shown if isinstance(shown, pikepdf.Array) else [shown]
    codes = b"".join(bytes(part) for part in parts if isinstance(part, pikepdf.String))
    return "".join(font[int.from_bytes(codes[i : i + 2], "big")] for i in range(0, len(codes), 2))


def _check_content(pdf, tree, drawn):
    """Every tagged piece is in the tree once, under the element that the page names as its owner."""
    nums = list(pdf.Root.StructTreeRoot.ParentTree.Nums)
    owners = {int(key): value for key, value in zip(nums[::2], nums[1::2], strict=True)}
    found = set()
    for element in tree:
        for kid in _kids(element):
            if isinstance(kid, int):
                place = (_page_number(pdf, element), kid)
                assert place not in found, "sama sisältö kahdesti"
                found.add(place)
                owner = owners[int(pdf.pages[place[0]].obj.StructParents)][kid]
                assert owner.objgen == element.objgen
    assert found == {(number, mcid) for number, texts in enumerate(drawn) for mcid in texts}


def _page_number(pdf, element):
    if not hasattr(pdf, "numbers"):
        pdf.numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
    return pdf.numbers[element.Pg.objgen]


# --- the tree


def _check_headings(tree):
    levels = [int(_kind(tag)[1]) for tag in tree if re.fullmatch(r"H[1-6]", _kind(tag))]
    assert levels[0] == 1 and levels.count(1) == 1, levels
    assert all(later <= earlier + 1 for earlier, later in zip(levels, levels[1:], strict=False)), levels


def _check_nesting(tree):
    for element in tree:
        if _kind(element) in UNDER:
            kids = {_kind(kid) if _is_element(kid) else "sisältö" for kid in _kids(element)}
            assert kids <= UNDER[_kind(element)], f"{_kind(element)}: {kids}"


def _check_tables(pdf, tree):
    by_id = _read_ids(pdf)
    for table in (tag for tag in tree if _kind(tag) == "Table"):
        rows = [tag for tag in walk(table) if _kind(tag) == "TR"]
        widths = {sum(int(cell.A.get("/ColSpan", 1)) for cell in _kids(row)) for row in rows}
        assert len(widths) == 1, f"rivien sarakemäärät {widths}"
        heads = [kid for kid in _kids(table) if _kind(kid) == "THead"]
        assert len(heads) == 1 and len(_kids(table)) - len(heads) >= 1
        for cell in (cell for row in rows for cell in _kids(row)):
            if _kind(cell) == "TH":
                assert cell.A.Scope in ("/Row", "/Column")
                assert by_id[str(cell.ID)].objgen == cell.objgen
            else:
                headers = [by_id[str(header)] for header in cell.A.Headers]
                assert headers and all(_is_in(header, table) for header in headers)
                assert any(header.A.Scope == "/Column" for header in headers)


def _read_ids(pdf):
    if "/IDTree" not in pdf.Root.StructTreeRoot:
        return {}
    names = list(pdf.Root.StructTreeRoot.IDTree.Names)
    keys = [bytes(name) for name in names[::2]]
    assert keys == sorted(keys) and len(keys) == len(set(keys))
    return dict(zip((str(name) for name in names[::2]), names[1::2], strict=True))


def _is_in(element, ancestor):
    while "/P" in element:
        if element.objgen == ancestor.objgen:
            return True
        element = element.P
    return False


def _check_pictures_and_links(pdf, tree):
    for figure in (tag for tag in tree if _kind(tag) == "Figure"):
        assert str(figure.get("/Alt", "")).strip(), "kuva ilman vaihtoehtoista tekstiä"
        assert len(figure.A.BBox) == 4
    for page in pdf.pages:
        annots = list(page.get("/Annots", []))
        assert not annots or page.Tabs == "/S"
        for annot in annots:
            assert annot.Subtype == "/Link" and str(annot.Contents).strip() and "/StructParent" in annot
            assert int(annot.F) & 4, "linkki ei tulostu"


def _check_fonts(pdf, source):
    """Every font is inside. Another one than ours only where somebody wrote a letter that ours does not have."""
    objects = [obj for obj in pdf.objects if isinstance(obj, pikepdf.Dictionary)]
    found = [obj for obj in objects if obj.get("/Type") == "/FontDescriptor"]
    foreign = set(map(ord, source.text_content())) - _known_letters() - {0x9, 0xA, 0xD}
    assert found
    for font in found:
        assert "/FontFile2" in font or "/FontFile3" in font, f"{font.FontName} ei ole mukana"
        assert foreign or "Source-Sans-3" in str(font.FontName), f"vieras fontti {font.FontName}"


@cache
def _known_letters():
    return set(TTFont(io.BytesIO(unpack_font("Regular"))).getBestCmap())


def _check_outline(pdf, source):
    with pdf.open_outline() as outline:
        titles = [title for item in outline.root for title in (item.title, *(kid.title for kid in item.children))]
    headings = [heading.text_content() for heading in source.iter("h2", "h3")]
    assert [_squeeze(title) for title in titles] == [_squeeze(heading) for heading in headings]


# --- what a screen reader says


def _check_order(pdf, drawn, source):
    for unread in source.xpath("//head | //svg | //*[@class='merkki']"):
        unread.drop_tree()
    spoken = _squeeze("".join(_speak(pdf, pdf.Root.StructTreeRoot.K[0], drawn)))
    written = _squeeze(source.text_content())
    if spoken != written:
        place = next(i for i, (a, b) in enumerate(zip(spoken + "\0", written + "\0", strict=False)) if a != b)
        start = max(0, place - 40)
        raise AssertionError(f"PDF: …{spoken[start : place + 60]}…\nHTML: …{written[start : place + 60]}…")


def _speak(pdf, element, drawn):
    """The texts in the tree's order, without what the stylesheet adds: bullets and the contents' page numbers."""
    for kid in _kids(element):
        if isinstance(kid, int):
            if _kind(element) != "Figure":
                yield drawn[_page_number(pdf, element)][kid]
        elif _is_element(kid) and _kind(kid) != "Lbl" and (_kind(kid), _kind(element)) != ("Link", "Link"):
            yield from _speak(pdf, kid, drawn)


def _squeeze(text):
    """The letters; what is not seen (white space, marks of direction and width) is no text."""
    return re.sub(r"[\s\ufffd\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]", "", text).casefold()
