"""A table:table-cell element -> its text as a person sees it, and beside it its notes, links, boxes and pictures.

A note beside the cell is not its text.
"""

from .linkki import read_link

_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_HREF = "{http://www.w3.org/1999/xlink}href"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_PARAGRAPHS = (f"{_TEXT}p", f"{_TEXT}h")
_NOT_TEXT = (f"{_OFFICE}annotation", f"{_TEXT}note", f"{_TEXT}ruby-text")
_MAX_SPACES = 1_000


def text_of(cell) -> str:
    """The paragraphs of the cell as lines."""
    return "\n".join(_inline(child) for child in cell if child.tag in _PARAGRAPHS)


def beside_of(cell) -> list[tuple[str, str]]:
    """[(reason, text)] of what stands at the cell and is no value; a picture has no text."""
    found = []
    formula = cell.get(f"{_TABLE}formula")
    if formula and (linkki := read_link(formula)):
        found.append(("link", linkki.address))
    for child in cell:
        if child.tag == f"{_OFFICE}annotation":
            found.append(("cell_note", _lines(child)))
        elif child.tag in _PARAGRAPHS:
            found += [("link", link.get(_HREF, "")) for link in child.iter(f"{_TEXT}a")]
        elif child.tag.startswith(_DRAW):
            found += _drawn(child)
    return found


def drawn_in(shapes) -> list[tuple[str, str]]:
    """The same of what is drawn on a sheet."""
    return [found for shape in shapes for found in _drawn(shape)]


def _drawn(shape):
    """A frame holds a picture, a chart or a box; other shapes may have a text of their own; a group holds shapes."""
    if shape.tag == f"{_DRAW}g":
        return drawn_in(shape)
    if any(child.tag in (f"{_DRAW}image", f"{_DRAW}object", f"{_DRAW}object-ole") for child in shape):
        return [("picture", "")]
    boxes = [child for child in shape if child.tag == f"{_DRAW}text-box"] or [shape]
    return [("text_box", text) for text in map(_lines, boxes) if text.strip()]


def _lines(element):
    return "\n".join(_inline(each) for each in element.iter() if each.tag in _PARAGRAPHS)


def _inline(element):
    pieces = [element.text or ""]
    for child in element:
        pieces += [_child(child), child.tail or ""]
    return "".join(pieces)


def _child(child):
    if child.tag in _NOT_TEXT:
        return ""
    if child.tag == f"{_TEXT}s":
        return " " * min(_MAX_SPACES, int(child.get(f"{_TEXT}c", 1)))
    if child.tag == f"{_TEXT}tab":
        return "\t"
    return "\n" if child.tag == f"{_TEXT}line-break" else _inline(child)
