"""How long what is read of a file may be: as long as the field it goes to. A test compares these with the models."""

NIMI = 1_000
JAKSO = 200
KOODI = 50
TEKSTI = 32_767  # what one cell of Excel holds
VALILEHTI = 100  # a part of the address of each of its cells; Excel's own limit is 31

ROOLIT = {"koodi": KOODI, **dict.fromkeys(("vastuu", "riski", "mittari"), TEKSTI)}  # the others are names


def shorten(name: str, limit: int) -> str:
    """A name that nobody gave (a heading, a title) as far as it fits, cut between words: it stops no import."""
    if len(name) <= limit:
        return name
    return f"{name[: limit - 1].rpartition(' ')[0].rstrip() or name[: limit - 1]}…"
