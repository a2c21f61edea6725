"""A cell of a municipality's own table -> the measure or the risk that it is, and back the text that the cell shows.

One cell is one measure, whatever it lists: parting it is for a person to decide.
"""

import re
from collections.abc import Iterable
from typing import NamedTuple

from .nimet import avain

KYLLA_EI = re.compile(r"[\s:(]*kyllä\s*/\s*ei\s*\)?\.?$", re.IGNORECASE)  # the end of what is answered by yes or no
YKSIKKO = re.compile(r"[\s,(]+(?P<yksikko>kpl|lkm|%|€|htv|euroa)\s*\)?\.?$", re.IGNORECASE)
_LUETELMA = re.compile(r"^(?:[•●▪◦*–—-]\s*)+|^\(?[0-9a-zåäö]{1,2}[.)]\s+", re.IGNORECASE)
_OTSIKKO = re.compile(r"^mittarit?\s*:\s*", re.IGNORECASE)
_LAUSEEN_KYLLA_EI = re.compile(r"(?<=kyllä/ei\.)\s+(?=\S)|(?<=kyllä/ ei\.)\s+(?=\S)", re.IGNORECASE)


class Solumittari(NamedTuple):
    """A measure of one cell. laji: "teksti", or "kylla_ei" where the text ends with that."""

    nimi: str
    laji: str


class Solurivi(NamedTuple):
    """What came of a cell as it is now, its text, and the cell as it was ("" of what a person has added)."""

    nimi: str
    teksti: str
    alkuperainen: str


def says_something(text: str | None) -> bool:
    """Is there a letter or a digit? "–" is no measure and no risk."""
    return any(map(str.isalnum, text or ""))


def read_solumittari(text: str) -> Solumittari:
    """The whole cell as one measure; its name on one line, without the word "Mittari:"."""
    whole = " ".join(text.split())
    plain = _OTSIKKO.sub("", whole) or whole
    found = KYLLA_EI.search(plain)
    if found and found.start():
        return Solumittari(plain[: found.start()], "kylla_ei")
    return Solumittari(plain, "teksti")


def mittari_now(nimi: str, laji: str, alkuperainen: str) -> Solurivi:
    """A measure of the register as its cell would say it."""
    return Solurivi(nimi, f"{nimi}: kyllä/ei" if laji == "kylla_ei" else nimi, alkuperainen)


def list_parts(text: str) -> list[str]:
    """The measures that a text seems to hold, one for each line; of a sentence that asks kyllä/ei each by itself."""
    lines = [_OTSIKKO.sub("", _without_mark(line)) for line in text.splitlines()]
    return [part.strip() for line in lines for part in _LAUSEEN_KYLLA_EI.split(line) if part.strip()]


def _without_mark(line):
    line = line.strip()
    while (shorter := _LUETELMA.sub("", line)) != line:
        line = shorter.strip()
    return line


def text_in_table(cell: str, rivit: Iterable[Solurivi]) -> str:
    """What the cell shows: its own text while nobody has changed what came of it, else what that is now, a line each.

    That a cell was parted into what it lists is no change of it.
    """
    rivit = list(rivit)
    known = {name for source in {each.alkuperainen for each in rivit} - {""} for name in _names_in(source)}
    if not known or all(avain(each.nimi) in known for each in rivit):
        return cell  # what a person has added to a row whose cell is empty has tables of its own
    return "\n".join(each.teksti for each in rivit)


def _names_in(source):
    """The keys of the names that a cell holds, whole and in its parts; a part's unit may stand apart of its name."""
    parts = [source, *list_parts(source)]
    names = [read_solumittari(part).nimi for part in parts]
    return map(avain, [source, *names, *(YKSIKKO.sub("", name) for name in names)])
