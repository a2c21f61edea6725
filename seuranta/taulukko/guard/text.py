"""Bytes -> text with its line ends as \\n, or the Issue why they are not text."""

import codecs
import re

from .issues import Issue, refusal

# Excel and old systems write cp1252 when they do not write UTF-8; charset guessers get Finnish wrong.
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_BINARY_STARTS = (b"%PDF", b"\x89PNG", b"GIF8", b"\xff\xd8\xff", b"{\\rtf", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
# UTF-8 that was once read as cp1252 ("lÃ¤hi"), and UTF-7 ("l+AOQ-hi").
_TWICE_ENCODED = re.compile(r"Ã[¤¶¥„–…]|â€[œ™“”]|Â[ \u00a0§]|\ufffd")
_UTF7 = re.compile(r"[A-Za-z]\+A[A-Za-z0-9/]{2}-")


def decode(data: bytes) -> tuple[str | None, Issue | None]:
    """The text, or the refusal not_text, control_chars or encoding; exactly one of the two is None."""
    if data.startswith(_BINARY_STARTS):
        return None, refusal("not_text")
    text = _decoded(data)
    if text is None:
        return None, refusal("not_text")
    controls = _CONTROL.findall(text)
    if "\x00" in controls or len(controls) * 100 > len(text):
        return None, refusal("not_text")
    text = re.sub(r"\r\n?", "\n", text)
    if controls:
        row = text.count("\n", 0, _CONTROL.search(text).start()) + 1
        return None, refusal("control_chars", row=row)
    if _TWICE_ENCODED.search(text) or (text.isascii() and _UTF7.search(text)):
        return None, refusal("encoding")
    return text, None


def _decoded(data):
    encodings = [encoding for bom, encoding in _BOMS if data.startswith(bom)] or ["utf-8", "cp1252"]
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None
