"""Text that came from outside: what of it can be taken."""

PISIN_TUNNISTE = 18  # digits: a longer id fits no database, and asking for it fails


def read_id(text: str) -> int | None:
    """The id that the text names, None where it names none: plain digits only, and no more than an id can have."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= PISIN_TUNNISTE else None
