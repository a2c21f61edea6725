"""A table:table-cell element -> its text as a person sees it. A note beside the cell is not its text."""

_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_PARAGRAPHS = (f"{_TEXT}p", f"{_TEXT}h")
_NOT_TEXT = (f"{_OFFICE}annotation", f"{_TEXT}note", f"{_TEXT}ruby-text")
_MAX_SPACES = 1_000


def text_of(cell) -> str:
    """The paragraphs of the cell as lines."""
    return "\n".join(_inline(child) for child in cell if child.tag in _PARAGRAPHS)


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
