"""Names as keys: two spellings of one name give one key."""

import hashlib
import re
import unicodedata
from functools import lru_cache

# White space of every kind, full stops, commas, soft hyphens and zero-width characters do not tell names apart.
_NOISE = re.compile(r"[\s.,\u00ad\u200b-\u200d\u2060\ufeff]+")


def normalise(text: str) -> str:
    """The text with what does not tell names apart taken away: "Asuin ympäristö." -> "asuinympäristö"."""
    return unicodedata.normalize("NFC", _NOISE.sub("", text).casefold())


@lru_cache(maxsize=20_000)  # a file repeats its names on every row
def avain(text: str) -> str:
    """The sha256 (hex) of the normalised text: a key of fixed length for a name of any length."""
    return hashlib.sha256(normalise(text).encode()).hexdigest()


def searchable(text: str) -> str:
    """The text as it is searched: composed and casefolded, for a database's lower() does not know that Ä is ä."""
    return unicodedata.normalize("NFC", text).casefold()
