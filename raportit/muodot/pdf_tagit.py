"""Pages as WeasyPrint drew them -> the tags that it leaves out or gets wrong, before the file is written.

It tags each page for itself. What it does not do, and a screen reader or an archive asks for:
headers and footers are artifacts, and so is a picture that only adorns a word; a table that runs over pages is
one table, its repeated header an artifact, a row cut by a page's foot one row; TH has Scope and is found by its
ID; a link says where it leads; the file tells that it is PDF/UA as well as PDF/A.
"""

import zlib
from functools import partial

import pydyf

TIIVIYS = 7  # of 9: a third of the time, and two hundredths more bytes
_SVG = "{http://www.w3.org/2000/svg}"


def mend(document, pdf):
    """WeasyPrint's finisher: changes the unwritten PDF. Costs microseconds a cell, for nothing is read again."""
    tags = _Tags(pdf)
    boxes = [box for page in document.pages for box in _walk_boxes(page._page_box)]
    _drop_marks(tags, boxes)
    _join_tables(tags, boxes)
    _drop_adornments(tags, boxes)
    _keep_lists_clean(tags)
    tags.prune()
    tags.mark_artifacts()
    _tell_headers(tags, boxes)
    _tell_links(boxes)
    _tell_both_marks(pdf)


def _walk_boxes(box):
    box = getattr(box, "_box", box)  # what is placed absolutely stands in a case of its own
    yield box
    for child in getattr(box, "children", ()):
        yield from _walk_boxes(child)


class _Tags:
    """The structure tree of an unwritten PDF."""

    def __init__(self, pdf):
        self.pdf = pdf
        self.root = self.get(pdf.catalog["StructTreeRoot"])
        self.document = self.get(self.root["K"][0])
        nums = self.get(self.root["ParentTree"])["Nums"]
        self.parents = dict(zip(nums[::2], nums[1::2], strict=True))  # {page or annotation: references}

    def get(self, reference):
        return self.pdf.objects[int(reference.split()[0])]

    def kids(self, element):
        """The elements under this one; content and links apart."""
        for kid in element["K"]:
            if not isinstance(kid, int) and (found := self.get(kid)).get("Type") == "/StructElem":
                yield found

    def walk(self, element=None):
        element = element or self.document
        yield element
        for kid in self.kids(element):
            yield from self.walk(kid)

    def move(self, kid, to):
        self.detach(kid)
        to["K"].append(kid.reference)
        kid["P"] = to.reference

    def detach(self, kid):
        kids = self.get(kid["P"])["K"]
        if kid.reference in kids:
            kids.remove(kid.reference)

    def prune(self):
        """Take away what holds nothing any more; an empty cell keeps its place in its row."""

        def is_empty(element):
            for kid in list(self.kids(element)):
                if is_empty(kid):
                    self.detach(kid)
            return not element["K"] and element["S"] not in ("/TD", "/TH")

        is_empty(self.document)

    def mark_artifacts(self):
        """What has no place in the tree is an artifact, and says so where it is drawn."""
        kept = {element.number for element in self.walk()}
        for page in map(self.get, self.pdf.page_references):
            owners = self.parents[page["StructParents"]]
            lost = {mcid for mcid, owner in enumerate(owners) if self.get(owner).number not in kept}
            if lost:
                _redraw_as_artifacts(self.get(page["Contents"]).stream, lost)
                owners[:] = ["null" if mcid in lost else owner for mcid, owner in enumerate(owners)]


def _redraw_as_artifacts(stream, lost):
    for place, part in enumerate(stream):
        if isinstance(part, pydyf.Dictionary) and part.get("MCID") in lost:
            stream[place - 1], stream[place] = "/Artifact", pydyf.Dictionary({"Type": "/Pagination"})


# --- tables that run over pages


def _join_tables(tags, boxes):
    """What continues a table of an earlier page joins it: its repeated header goes, a cut row is made whole."""
    tables, renamed = {}, {}
    for box in boxes:
        if box.element_tag == "table" and _rows(box):
            known = tables.get(box.element)
            if known is None:
                known = tables[box.element] = {}
                _remember(known, box)
            else:
                _join_fragment(tags, known, box, renamed)
    for box in boxes:
        if renamed and hasattr(box, "mark") and "Headers" in box.mark["A"]:
            headers = box.mark["A"]["Headers"]
            headers[:] = [renamed.get(header.string, header) for header in headers]


def _rows(table):
    """[(group's tag, row's box)] of a table's box; its wrapper has none."""
    groups = [group for group in table.children if group.element_tag in ("thead", "tbody", "tfoot")]
    return [(group.element_tag, row) for group in groups for row in group.children]


def _remember(known, table):
    """{row's element: [its cells' marks]}, and under "last" the newest row of the body."""
    for group, row in _rows(table):
        known[row.element] = [cell.mark for cell in row.children]
        if group == "tbody":
            known["last"] = row.children[0].mark


def _join_fragment(tags, known, table, renamed):
    for group, row in _rows(table):
        marks = [cell.mark for cell in row.children]
        whole = known.get(row.element)
        line = tags.get(marks[0]["P"])
        if whole is None:
            tags.move(line, tags.get(tags.get(known["last"]["P"])["P"]))
            known[row.element], known["last"] = marks, marks[0]
            continue
        for mark, first in zip(marks, whole, strict=True):
            if "ID" in mark:
                renamed[mark["ID"].string] = first["ID"]
            if group != "thead":
                for kid in list(tags.kids(mark)):
                    tags.move(kid, first)
        tags.detach(line)


def _drop_marks(tags, boxes):
    """The squares of a score are letters that say what the number before them says. Cells are not joined yet."""
    for box in boxes:
        if box.element_tag == "td" and hasattr(box, "mark") and "aste" in box.element.get("class", ""):
            parts = [part for line in box.children for part in line.children]
            for part, kid in zip(parts, list(box.mark["K"]), strict=True):
                if part.element.get("class") == "merkki":
                    tags.detach(tags.get(kid))


def _drop_adornments(tags, boxes):
    """A picture hidden from screen readers on the page is an artifact here."""
    pictures = {box.element: box.element.find(f"{_SVG}title") for box in boxes if box.element_tag == f"{_SVG}svg"}
    hidden = {title.text for svg, title in pictures.items() if svg.get("aria-hidden") and title is not None}
    spoken = {title.text for svg, title in pictures.items() if not svg.get("aria-hidden") and title is not None}
    for element in list(tags.walk()):
        if element["S"] == "/Figure" and "Alt" in element and element["Alt"].string in hidden - spoken:
            tags.detach(element)


def _keep_lists_clean(tags):
    """The white space between two items is no item."""
    for element in list(tags.walk()):
        if element["S"] == "/L":
            for kid in list(tags.kids(element)):
                if kid["S"] not in ("/LI", "/L", "/Caption"):
                    tags.detach(kid)


# --- what headers, links and the file say


def _tell_headers(tags, boxes):
    """TH says what it heads, and the tree tells where each ID is."""
    for box in boxes:
        if box.element_tag == "th" and hasattr(box, "mark"):
            box.mark["A"]["Scope"] = "/Row" if box.element.get("scope") == "row" else "/Column"
    named = {element["ID"].string: element for element in tags.walk() if "ID" in element}
    names = pydyf.Array()
    for _name, element in sorted(named.items()):
        names += [element["ID"], element.reference]
    if names:
        tree = pydyf.Dictionary({"Names": names})
        tags.pdf.add_object(tree)
        tags.root["IDTree"] = tree.reference


def _tell_links(boxes):
    for box in boxes:
        if getattr(box, "link_annotation", None) and (words := " ".join("".join(box.element.itertext()).split())):
            box.link_annotation["Contents"] = pydyf.String(words)


# PDF/A wants every property that it does not know described.
_PDFUA = b"""<rdf:Description xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" rdf:about="" pdfuaid:part="1"/>
<rdf:Description xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#"
 rdf:about=""><pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix><pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of PDF/UA that the file conforms to</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
</rdf:RDF>"""


def _tell_both_marks(pdf):
    """WeasyPrint writes one mark, PDF/A; the accessible one joins it: one file is both."""
    metadata = pdf.objects[int(pdf.catalog["Metadata"].split()[0])]
    metadata.stream = [part.replace(b"</rdf:RDF>", _PDFUA) for part in metadata.stream]


class _Tavuina(pydyf.Object):
    """An object of the PDF as the bytes that it will be."""

    data, compressible = b"", False

    def __init__(self, source):
        super().__init__()
        self.number, self.generation, self.free = source.number, source.generation, source.free
        self.compressible = source.compressible
        if self.free != "f":
            self.data = source.data


def fix_bytes(pdf):
    """To be done last: pydyf would write and compress every object twice, for the file and for its hash.

    All but the pages goes into one object that pydyf makes while it writes, and packs by its slowest way.
    """
    pdf.objects = [_Tavuina(each) for each in pdf.objects]
    pdf.add_object = partial(_add_packed, pdf)


def _add_packed(pdf, late):
    if isinstance(late, pydyf.Stream):
        content = b"\n".join(part if isinstance(part, bytes) else part.encode() for part in late.stream)
        late.stream, late.compress = [zlib.compress(content, TIIVIYS)], False
        late.extra["Filter"] = "/FlateDecode"
    pydyf.PDF.add_object(pdf, late)
