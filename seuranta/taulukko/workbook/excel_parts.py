"""What hangs on a worksheet of an .xlsx beside its cells: notes, threads, links, text boxes, pictures, page headers.

Its relations name the parts that tell them. The guard has run each through expat; here nothing of them is kept but
their texts.
"""

import posixpath
from typing import NamedTuple
from xml.etree import ElementTree  # noqa: S405 -- the guard has run every member through expat and refused DTDs

from ..soluviite import address
from .oheiset import Keraaja

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_THREADS = "{http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments}"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
_SHAPE = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_ANCHORS = {f"{_DRAWING}{kind}Anchor" for kind in ("twoCell", "oneCell", "absolute")}
_PICTURES = {f"{_DRAWING}pic", f"{_DRAWING}graphicFrame"}


def read_beside(archive, path: str, name: str, arkki, formulas: list[tuple[str, str]]):
    """[Oheinen] of the worksheet `name` at `path`. formulas: (cell, address) of its formulas that are links.

    Raises ValueError where there are more than anybody has made.
    """
    relations = _read_relations(archive, path)
    keraaja = Keraaja(name)
    for cell, text in _notes(archive, relations):
        keraaja.add(cell, "cell_note", text)
    for cell, relation, place in arkki.links:
        target = relations[relation].target if relation in relations else ""
        keraaja.add(cell, "link", "#".join(filter(None, (target, place))))
    for cell, target in formulas:
        keraaja.add(cell, "link", target)
    for target in _targets(archive, relations, "drawing"):
        with archive.open(target) as stream:
            for cell, texts, pictures in _read_drawing(stream):
                for text in texts:
                    keraaja.add(cell, "text_box", text)
                for _picture in range(pictures):
                    keraaja.add_picture(cell)
    for header in arkki.headers:
        keraaja.add_header(header)
    return keraaja.list()


# --- the parts


class _Suhde(NamedTuple):
    kind: str
    target: str


def _read_relations(archive, path):
    """{id: its kind ("comments"), and an address outside or the name of a part}"""
    folder, _slash, file = path.rpartition("/")
    part = f"{folder}/_rels/{file}.rels"
    if part not in archive.namelist():
        return {}
    relations = {}
    with archive.open(part) as stream:
        for element in _elements(stream, lambda tag: tag.endswith("}Relationship")):
            target = element.get("Target", "")
            if element.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, target))[1:]
            relations[element.get("Id")] = _Suhde(element.get("Type", "").rpartition("/")[2], target)
    return relations


def _elements(stream, is_wanted):
    """The wanted elements as they end; all that has been read is let go of, for a part may be large."""
    root, depth = None, 0
    for event, element in ElementTree.iterparse(stream, ("start", "end")):  # noqa: S314 -- see the import
        root = element if root is None else root
        depth += 1 if event == "start" else -1
        if event == "end":
            if is_wanted(element.tag):
                yield element
            if depth == 1:
                root.clear()


def _targets(archive, relations, kind):
    names = set(archive.namelist())
    return [each.target for each in relations.values() if each.kind == kind and each.target in names]


def _notes(archive, relations):
    """(cell, text) of threads and of notes; beside a thread stands a note that only repeats it for older programs."""
    threads = []
    for target in _targets(archive, relations, "threadedComment"):
        with archive.open(target) as stream:
            elements = _elements(stream, lambda tag: tag == f"{_THREADS}threadedComment")
            threads += [(each.get("ref", ""), each.findtext(f"{_THREADS}text", "")) for each in elements]
    yield from threads
    threaded = {cell for cell, _text in threads}
    for target in _targets(archive, relations, "comments"):
        with archive.open(target) as stream:
            for element in _elements(stream, lambda tag: tag == f"{_MAIN}comment"):
                if element.get("ref") not in threaded:
                    yield element.get("ref", ""), "".join(_runs(element))


def _runs(comment):
    """Its texts without the marks of how they are read aloud."""
    for element in comment.iterfind(f"{_MAIN}text/*"):
        if element.tag == f"{_MAIN}t":
            yield element.text or ""
        elif element.tag == f"{_MAIN}r":
            yield element.findtext(f"{_MAIN}t", "")


def _read_drawing(stream):
    """(cell, texts of its boxes, number of its pictures and charts) of each anchor of the drawing."""
    for anchor in _elements(stream, _ANCHORS.__contains__):
        origin = anchor.find(f"{_DRAWING}from")
        cell = ""
        if origin is not None:
            column, row = (int(origin.findtext(f"{_DRAWING}{name}", "0")) for name in ("col", "row"))
            cell = address("", column + 1, row + 1)
        texts, pictures = [], 0
        for element in _shown(anchor):
            pictures += element.tag in _PICTURES
            if element.tag == f"{_DRAWING}txBody":
                texts.append("\n".join(map(_paragraph, element.iter(f"{_SHAPE}p"))))
        yield cell, texts, pictures


def _shown(element):
    """The elements within, without what is only there for older programs."""
    for child in element:
        if child.tag != _FALLBACK:
            yield child
            yield from _shown(child)


def _paragraph(paragraph):
    signs = {f"{_SHAPE}t": lambda each: each.text or "", f"{_SHAPE}br": lambda _: "\n"}
    return "".join(signs[each.tag](each) for each in paragraph.iter() if each.tag in signs)
