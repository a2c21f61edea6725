"""A text -> the number and unit it plainly is, and back as Finnish writes them. No Django: files are read by it.

Plain is what can be read in one way only: "57", "1 234,5", "80 %", "-0,4", "5 000 €", "57 kpl". What somebody would
have to interpret ("n. 70", "120 / 400", "alle 9 %", "1.2.2023") is no number here but a text.
"""

import re
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

NUMEROITA, DESIMAALEJA = 15, 4  # what is stored in full on both databases: SQLite keeps 15 digits of a number
PISIN_YKSIKKO = 40
MIINUS = "\u2212"

_SPACES = re.compile(r"[\s\u00a0\u2000-\u200a\u202f\u205f\u3000]+")
_MINUS = re.compile(r"^[\u2212\u2013\u2012\uff0d](?=\s?[0-9€])")  # signs that print as a minus; a dash alone is none
_LUKU = re.compile(
    r"""(?P<merkki>[+-]\s?)?
        (?P<alku>€\s?)?
        (?P<kokonaiset>[1-9][0-9]{0,2}(?:\s[0-9]{3})+|[1-9][0-9]{0,2}(?:\.[0-9]{3})+(?![0-9])|[0-9]+)
        (?:(?P<erotin>[.,])(?P<desimaalit>[0-9]+))?
        (?:\s?(?P<yksikko>[^\W\d_%‰€$£°].*|[%‰€$£°].*))?""",
    re.VERBOSE,
)
_VALI = re.compile(r"(?<=[0-9%€])\s*[-\u2013\u2014]\s*(?=[0-9])")
_VUODET = re.compile(r"(?:19|20)[0-9]{2}\s*[-\u2013\u2014]\s*(?:19|20)?[0-9]{2}")
_WORD = r"(?:[^\W\d_]|[%‰€$£°/²³.·-])+"
_YKSIKKO = re.compile(
    rf"(?:(?:milj\.?|mrd\.?|miljoonaa|tuhatta|t)\s)?{_WORD}|{_WORD}\s?/\s?{_WORD}|[^\W\d_]+\.\s{_WORD}"
)
# After a number these tell when, about how much or of how many: it is no unit.
_EI_YKSIKKO = re.compile(
    r"\b(?:noin|n|alle|yli|ennen|asti|mennessä|saakka|jälkeen|enintään|vähintään|eli|tai|ja|kpl:sta|klo|x)\b"
    r"|(?:tammi|helmi|maalis|huhti|touko|kesä|heinä|elo|syys|loka|marras|joulu)kuu"
    r"|^(?:kevät|kesä|syksy|talvi)",
    re.IGNORECASE,
)
_SAMOJA = (
    {"%", "prosentti", "prosenttia", "pros", "pros.", "percent"},
    {"€", "eur", "euro", "euroa", "e"},
    {"kpl", "kpl.", "kappaletta", "kappale"},
    {"htv", "henkilötyövuotta", "henkilötyövuosi"},
)


class Lukuteksti(NamedTuple):
    """A number that a text plainly is, and the unit written beside it ("" where none is)."""

    luku: Decimal
    yksikko: str


@lru_cache(maxsize=20_000)  # a report compares the same texts again and again
def read_lukuteksti(text: str) -> Lukuteksti | None:
    """The number and unit of a plain text, None for any other. "67 %" is 67 and "%"."""
    if len(text) > 100:
        return None
    plain = _MINUS.sub("-", _SPACES.sub(" ", text).strip())
    found = _LUKU.fullmatch(plain)
    if found is None or not _is_plain(found):
        return None
    yksikko = (found["yksikko"] or "").strip() or ("€" if found["alku"] else "")
    if yksikko and not _is_unit(yksikko):
        return None
    whole = re.sub(r"[ .]", "", found["kokonaiset"])
    luku = Decimal(f"{(found['merkki'] or '').strip()}{whole}.{found['desimaalit'] or ''}")
    return Lukuteksti(luku + 0, yksikko) if fits(luku) else None  # + 0: there is no minus nought


def read_luku(text: str) -> Decimal | None:
    """The number alone."""
    read = read_lukuteksti(text)
    return read.luku if read else None


def as_json_number(luku: Decimal | None) -> int | float | None:
    """As JSON has numbers: fifteen digits, which is what is stored, are exact in it."""
    if luku is None:
        return None
    return int(luku) if luku == luku.to_integral_value() else float(luku)


def read_vali(text: str) -> tuple[Decimal, Decimal] | None:
    """The ends of a range of two plain numbers, the lower first: "10–20 %" -> (10, 20). Two years are no range."""
    if read_lukuteksti(text):
        return None  # "-5": a number below nought
    ends = _ends_of(text)
    numbers = [read_luku(end) for end in ends]
    if len(numbers) != 2 or None in numbers or numbers[0] > numbers[1] or _are_years(text):
        return None
    return numbers[0], numbers[1]


def read_ala(text: str) -> Decimal | None:
    """The lower end of a range."""
    ends = read_vali(text)
    return ends[0] if ends else None


def read_yla(text: str) -> Decimal | None:
    """The upper end of a range."""
    ends = read_vali(text)
    return ends[1] if ends else None


def read_yksikko(text: str) -> str:
    """The unit written beside a plain number, or beside the last one of a range; "" where none is."""
    read = read_lukuteksti(text) or read_lukuteksti(_ends_of(text)[-1])
    return read.yksikko if read else ""


def fits(luku: Decimal) -> bool:
    """Can it be stored in full? What cannot stays a text: it is never rounded unasked."""
    if not luku.is_finite():
        return False
    _sign, digits, exponent = luku.normalize().as_tuple()
    return -exponent <= DESIMAALEJA and len(digits) + exponent <= NUMEROITA - DESIMAALEJA


@lru_cache(maxsize=5_000)
def is_same_unit(one: str, other: str) -> bool:
    """Do the two words mean one unit? "%" and "prosenttia" do."""
    one, other = (_SPACES.sub(" ", word).strip().casefold() for word in (one, other))
    return one == other or any(one in words and other in words for words in _SAMOJA)


@lru_cache(maxsize=50_000)  # a report shows the same numbers in many places
def write_luku(luku: Decimal | int, desimaalit: int | None = None) -> str:
    """1 234,50 with spaces that do not break; at least so many decimals, and never one less than the number has."""
    whole, _point, decimals = f"{Decimal(luku):f}".lstrip("-").partition(".")
    decimals = decimals.rstrip("0").ljust(desimaalit or 0, "0")
    groups = f"{int(whole):,}".replace(",", "\u00a0")
    return (MIINUS if luku < 0 else "") + groups + ("," if decimals else "") + decimals


def with_unit(text: str, yksikko: str) -> str:
    """ "80 %" of "80" and "%", on one line."""
    return f"{text}\u00a0{yksikko}" if yksikko else text


def _ends_of(text):
    return _VALI.split(text.strip()) if len(text) <= 100 else [text]


def _are_years(text):
    return bool(_VUODET.fullmatch(text.strip()))


def _is_plain(found):
    """Has it one reading only? A point may part thousands, decimals, or the day and month of a date."""
    whole, separator, decimals = found["kokonaiset"], found["erotin"], found["desimaalit"]
    has_unit = bool(found["yksikko"] or found["alku"])
    if "." in whole:  # "1.234,5" and "1.234.567 €" are numbers; "1.234" and "1.234.567" may be something else
        return separator == "," or (not separator and whole.count(".") > 1 and has_unit)
    if whole.startswith("0") and len(whole) > 1:
        return False  # a code
    if separator != ".":
        return True
    if len(decimals) == 3 and len(whole) <= 3 and whole != "0":
        return False  # a thousand or a decimal?
    may_be_a_date = 1 <= int(whole) <= 31 and len(decimals) <= 2 and 1 <= int(decimals) <= 12
    return has_unit or not may_be_a_date


def _is_unit(text):
    is_counted = any(sign.isnumeric() for sign in text if sign not in "²³")  # "5½"
    fits_in = len(text) <= PISIN_YKSIKKO and not is_counted
    return fits_in and bool(_YKSIKKO.fullmatch(text)) and not _EI_YKSIKKO.search(text)
