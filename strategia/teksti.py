"""Text that came from outside: what of it can be kept, and the id that it names. No Django: files are read by it."""

import argparse
import re

PISIN_TUNNISTE = 18  # digits: a longer id fits no database, and asking for it fails

_BREAKS = (0x0B, 0x0C, 0x85, 0x2028, 0x2029)
# The control characters of both sets, halves of a character (surrogates) and what is none. Nobody sees them, XML
# holds few of them, PostgreSQL takes neither NUL nor a half.
_NOT_TEXT = dict.fromkeys((*range(0x09), *range(0x0E, 0x20), *range(0x7F, 0x85), *range(0x86, 0xA0)))
_NOT_TEXT |= dict.fromkeys((*range(0xD800, 0xE000), 0xFFFE, 0xFFFF))
CLEAN = _NOT_TEXT | dict.fromkeys(_BREAKS, "\n")  # of str.translate
_UNCLEAN = re.compile(f"[{re.escape(''.join(map(chr, CLEAN)))}]")
_HALF = re.compile(r"[\ud800-\udfff]")


def clean_text(text: str) -> str:
    """The text without control characters; what breaks a line (vertical tab, form feed) is a line break.

    Tab, line feed and carriage return stay, and so does what somebody may have meant: non-breaking space, soft hyphen.
    """
    if text.isprintable():  # most texts: what is not text is not printable
        return text
    return text.translate(CLEAN) if _UNCLEAN.search(text) else text  # to look is quicker than to change nothing


def clean_stored(value):
    """The same of what was stored before texts were cleaned; lists and dicts are gone through."""
    if value is None or isinstance(value, int):
        return value
    if isinstance(value, str):
        return clean_text(value)
    if isinstance(value, dict):
        return {clean_stored(key): clean_stored(each) for key, each in value.items()}
    return [clean_stored(each) for each in value] if isinstance(value, list) else value


def clean_fields(rows, names):
    """The objects, whose texts of these names were stored before texts were cleaned and may not be written anew."""
    for row in rows:
        for name in names:
            setattr(row, name, clean_stored(getattr(row, name)))
    return rows


def clean_typed(text: str) -> str:
    """The same of what a browser sent, whose line break is two characters: a text of full length fits its field."""
    return clean_text(text).replace("\r\n", "\n")


def drop_controls(text: str) -> str:
    """The same with every break as it is: in a pasted table a line feed ends the row, a vertical tab only a line."""
    return text.translate(_NOT_TEXT)


def argument(text: str) -> str:
    """An argument of a command (argparse's type=), cleaned. What the shell sent in another coding is refused."""
    if _HALF.search(text):
        raise argparse.ArgumentTypeError("teksti ei ole UTF-8-merkistöä. Tarkista komentorivin merkistö.")
    return clean_text(text)


def argument_within(limit: int):
    """The same for a text that is stored: longer than its field is wrong usage, told at its option."""

    def read(text):
        text = argument(text)
        if len(text) > limit:
            raise argparse.ArgumentTypeError(f"liian pitkä: {len(text)} merkkiä, enintään {limit}. Lyhennä sitä.")
        return text

    return read


def read_id(text: str) -> int | None:
    """The id that the text names, None where it names none: plain digits only, and no more than an id can have."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= PISIN_TUNNISTE else None
