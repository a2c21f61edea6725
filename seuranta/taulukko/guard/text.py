"""Bytes -> text with its line ends as \\n, or the Issue why they are not text."""

import codecs
import re
from collections import Counter
from contextlib import suppress
from typing import NamedTuple

from .issues import Issue, refusal

# Excel and old systems write cp1252 when they do not write UTF-8, older ones DOS's or the Mac's letters; charset
# guessers get Finnish wrong.
_OLD = ("cp1252", "cp850", "mac_roman")
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
    if text is None or text == _UNKNOWN:
        return None, refusal("not_text" if text is None else "encoding")
    if _is_binary(text):
        return None, refusal("not_text")
    text = re.sub(r"\r\n?", "\n", text)
    if _CONTROL.search(text):
        row = text.count("\n", 0, _CONTROL.search(text).start()) + 1
        return None, refusal("control_chars", row=row)
    if _TWICE_ENCODED.search(text) or (text.isascii() and _UTF7.search(text)):
        return None, refusal("encoding")
    return text, None


def _is_binary(text):
    controls = _CONTROL.findall(text)
    return "\x00" in controls or len(controls) * 100 > len(text)


def _decoded(data):
    """The text, None where it is none, _UNKNOWN where nothing fits the letters of its words."""
    for encoding in [encoding for bom, encoding in _BOMS if data.startswith(bom)] or ["utf-8"]:
        with suppress(UnicodeDecodeError):
            return data.decode(encoding)
    if _is_binary(data.decode("latin-1")):
        return None
    found = {}
    for encoding in _OLD:
        with suppress(UnicodeDecodeError):
            found[encoding] = _weigh(data.decode(encoding))
    return _choose(found) if found else None


def _choose(found):
    """cp1252 unless its words are broken: then the one whose words are whole, if there is one."""
    usual = found.get("cp1252")
    whole = [each for name, each in found.items() if name != "cp1252" and not each.broken]
    best = max(whole, key=lambda each: each.letters, default=None)
    if usual and not usual.broken:
        is_doubtful = usual.odd and not usual.letters and best and best.letters
        return _UNKNOWN if is_doubtful else usual.text
    if usual and usual.letters - usual.broken >= max((each.letters - each.broken for each in whole), default=0):
        return usual.text
    return best.text if best and [each.letters for each in whole].count(best.letters) == 1 else _UNKNOWN


_UNKNOWN = "\ufffd"
_AROUND = re.compile(r"(?=(.[^\x00-\x7f].))", re.DOTALL)
_LETTERS = frozenset("äöåÄÖÅ")
_ODD = frozenset("ŠšŽžŒœŸ™†‡ƒˆ‰")
_JOINING = frozenset("’‘'–—-·•/°²³½¼¾\u00a0\u00ad")  # signs that may stand within a word or a number with its unit


class _Paino(NamedTuple):
    """What a text is worth: Finnish and Swedish letters within words, signs that stand where no word has them, and
    signs that a word seldom has."""

    letters: int
    broken: int
    odd: int
    text: str


def _weigh(text):
    around = Counter(_AROUND.findall(f" {text} "))
    return _Paino(
        sum(times for each, times in around.items() if each[1] in _LETTERS and _is_word(each)),
        sum(times for each, times in around.items() if _is_broken(each)),
        sum(times for each, times in around.items() if each[1] in _ODD and _is_word(each)) + _unopened(around),
        text,
    )


def _unopened(around):
    """How many quotation marks end a word that none has opened."""
    quotes = [(each, times) for each, times in around.items() if each[1] in "“”„"]
    ends = sum(times for (before, _sign, after), times in quotes if before.isalpha() and not after.isalpha())
    begins = sum(times for (before, _sign, after), times in quotes if after.isalpha() and not before.isalpha())
    return max(0, ends - begins)


def _is_word(around):
    before, sign, after = around
    return (before.isalpha() or after.isalpha()) and not (before.islower() and sign.isupper())


def _is_broken(around):
    before, sign, after = around
    if sign.isalpha():
        return before.islower() and sign.isupper()
    if sign in _JOINING:
        return False
    if before.isalpha() and after.isalpha():
        return True
    return (sign in "„‚†‡ˆ‰" and before.isalpha()) or (sign in "€™‰ˆƒ" and after.isalpha())
