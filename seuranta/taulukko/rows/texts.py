"""Solu -> text as it will be stored, and what had to be done to it."""

import html
import re

from ..layout.parts import text_of
from ..workbook import Solu, clean

# Formatting that a web page or an old system left in a cell. Other tags are somebody's text and stay as they are.
_TAG = re.compile(r"<(/?)(b|i|u|em|strong|p|br|ul|ol|li|span|div|font)(?:\s[^<>]*)?/?>", re.IGNORECASE)
_BLOCKS = {"p", "br", "ul", "ol", "li", "div"}
_CODE = re.compile(r"([0-9]{1,3}(?:\.[0-9]{1,3})+)\.?\s+(\S.*)", re.DOTALL)
_NUMBERS = re.compile(r"[0-9]{1,2}(?:\s*[,;]\s*[0-9]{1,2})+")


def read_text(solu: Solu) -> tuple[str, bool]:
    """(the text, True if formatting marks were removed from it)."""
    text = text_of(solu)
    if "<" not in text or not _TAG.search(text):
        return text, False
    return _lines(text), True


def _lines(text):
    """HTML as plain lines: an item of a list begins with a bullet."""
    lines = clean(html.unescape(_TAG.sub(_line_break, text))).split("\n")
    return "\n".join(line for line in map(str.strip, lines) if line and line != "•")


def _line_break(match):
    closing, tag = match[1], match[2].lower()
    if tag == "li" and not closing:
        return "\n• "
    return "\n" if tag in _BLOCKS else ""


def split_code(text: str) -> tuple[str, str]:
    """("01.02.03", the rest) of a name that begins with a dotted code, else ("", the text)."""
    match = _CODE.fullmatch(text)
    return (match[1], match[2]) if match else ("", text)


def split_goals(text: str) -> tuple[str, ...]:
    """The sustainable development goals of a cell: one on a line, between semicolons, or bare numbers with commas."""
    if _NUMBERS.fullmatch(text):
        return tuple(re.findall(r"[0-9]+", text))
    return tuple(part for part in (part.strip() for part in re.split(r"[\n;]", text)) if part)


def short(text: str) -> str:
    """The text on one line, cut where a sentence quotes it."""
    text = " ".join(text.split())
    return text if len(text) <= 80 else f"{text[:79]}…"
