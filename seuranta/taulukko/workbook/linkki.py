"""A formula -> the link that it is: the address it opens and the text it shows."""

import re
from typing import NamedTuple

_STRING = r'\s*"((?:[^"]|"")*)"\s*'
_LINK = re.compile(rf"(?:of:|oooc:)?=\s*HYPERLINK\({_STRING}(?:[,;]{_STRING})?\)\s*", re.IGNORECASE | re.DOTALL)
_ANY_LINK = re.compile(r"\bHYPERLINK\s*\(", re.IGNORECASE)


class Linkki(NamedTuple):
    """`text`: what is shown, "" where only a spreadsheet program could work it out."""

    address: str
    text: str


def is_link(formula: str) -> bool:
    """Does the formula open anything?"""
    return _ANY_LINK.search(formula) is not None


def read_link(formula: str) -> Linkki | None:
    """None where it is none; an address that other cells make is told as the whole formula."""
    if not is_link(formula):
        return None
    literal = _LINK.fullmatch(formula)
    if not literal:
        return Linkki(formula, "")
    address, text = (part and part.replace('""', '"') for part in literal.groups())
    return Linkki(address, text or address)
