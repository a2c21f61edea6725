"""Names as keys: two spellings of one name give one key. And as the names of files."""

import hashlib
import re
import unicodedata
from functools import lru_cache

# White space of every kind, full stops, commas, soft hyphens and zero-width characters do not tell names apart.
_UNSEEN = re.compile(r"[\u00ad\u200b-\u200d\u2060\ufeff]+")


def normalise(text: str) -> str:
    """The text with what does not tell names apart taken away: "Asuin ympäristö." -> "asuinympäristö"."""
    text = "".join(text.split()).replace(".", "").replace(",", "")
    return text.casefold() if text.isascii() else unicodedata.normalize("NFC", _UNSEEN.sub("", text).casefold())


@lru_cache(maxsize=20_000)  # a file repeats its names on every row
def avain(text: str) -> str:
    """The sha256 (hex) of the normalised text: a key of fixed length for a name of any length."""
    return hashlib.sha256(normalise(text).encode()).hexdigest()


def koodin_avain(text: str) -> str:
    """A code as it is compared: "1,10" is "1.10" (a spreadsheet's comma) but neither "1.1" nor "110"."""
    return unicodedata.normalize("NFC", "".join(text.split())).casefold().replace(",", ".").strip(".")


def word_key(text: str) -> str:
    """The word or sign of a table as it is remembered: " Ei  aloitettu." -> "ei aloitettu"."""
    return " ".join(unicodedata.normalize("NFC", text).casefold().split()).strip(" .,:;")


def searchable(text: str) -> str:
    """The text as it is searched: composed and casefolded, for a database's lower() does not know that Ä is ä."""
    return unicodedata.normalize("NFC", text).casefold()


def file_name(text: str, suffix: str = "") -> str:
    """A file's name of the text: "Osavuosikatsaus 1–6/2026" -> "osavuosikatsaus-1-6-2026". Every sign is a hyphen.

    Latin letters lose their marks; those of other alphabets stay as they are.
    """
    letters = "".join(map(_plain, unicodedata.normalize("NFC", text).lower()))
    return re.sub("-+", "-", letters).strip("-") + (f".{suffix}" if suffix else "")


def _plain(sign):
    base = unicodedata.normalize("NFKD", sign)
    if not (base[0].isascii() and base[0].isalnum()):
        return sign if sign == "_" or sign.isalnum() or _is_mark(sign) else "-"
    return "".join(part if part.isascii() and part.isalnum() else "-" for part in base if not _is_mark(part))


def _is_mark(sign):
    return unicodedata.category(sign).startswith("M")
