"""A typed value + its number format -> the text that Finnish Excel shows: 1,10, 01, 67 %, 1 234,50 €, 31.12.2023, 8.30.

A format is told in Excel's own language as files store it ("#,##0.00", "d.m.yyyy"), whatever the file. What it means is
worked out once; a table has few formats on many cells.
"""

import datetime
import math
import re
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

_TOKEN = re.compile(
    r'"([^"]*)"|\\(.)|[_*].|\[([^\]]*)\]|General|AM/PM|A/P|E[+-]|([ymdhs])\4*|.', re.IGNORECASE | re.DOTALL
)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)(-?[0-9]+(?:\.[0-9]+)?)")
_ELAPSED = re.compile(r"h+|m+|s+", re.IGNORECASE)
_DIGITS = "0#?"
_LITERAL, _CODE = "literal", "code"
_KUUT = (
    *("tammi", "helmi", "maalis", "huhti", "touko", "kesä"),
    *("heinä", "elo", "syys", "loka", "marras", "joulu"),
)
_GENERAL_DIGITS = 10  # of those that are not whole
_TAYSI = frozenset("dm")


def show(value: object, muoto: str = "", *, percent: bool = False) -> str:
    """The text of a number, bool, date, time or span of time. percent: of its format nothing else is known."""
    if isinstance(value, bool):
        return "TOSI" if value else "EPÄTOSI"
    if isinstance(value, (int, float)):
        return _number(value, muoto or ("0.########%" if percent else ""))
    if isinstance(value, (datetime.date, datetime.time, datetime.timedelta)):
        return _moment(value, muoto)
    return str(value)


# --- numbers


class _Osa(NamedTuple):
    """A section of a format: [(what, text)], and the condition that it is for."""

    tokens: tuple[tuple[str, str], ...]
    condition: tuple[str, float] | None


def _number(value, muoto):
    if not math.isfinite(value):
        return str(value)
    osa, is_own_sign = _section_for(value, muoto)
    if osa is None or any(code.lower() == "general" for what, code in osa.tokens if what == _CODE):
        return _around(osa, _general(value))
    codes = [code for what, code in osa.tokens if what == _CODE]
    if not any(code in _DIGITS for code in codes):  # a section of words alone, or of nothing: the number is kept
        words = _literal(osa.tokens)
        return words if words.strip() else _general(value)
    number = Decimal(f"{abs(value):.15g}") * 100 ** codes.count("%")
    text = _fraction(number, osa) if "/" in codes else _scientific(number, osa) if _is_scientific(codes) else None
    text = (_fill(number, osa.tokens) if text is None else text) or _general(value)
    is_negative = value < 0 and not is_own_sign and any(map(str.isdigit, text)) and re.search("[1-9]", text)
    return f"-{text}" if is_negative else text


def _general(value):
    nearest = round(value)
    if abs(value - nearest) < 1e-9:
        return str(nearest)
    return f"{value:.{_GENERAL_DIGITS}g}".replace(".", ",")


def _around(osa, text):
    """General with words beside it: '0 "kpl"' by another name."""
    if osa is None:
        return text
    pieces = [text if code.lower() == "general" else _shown(what, code) for what, code in osa.tokens]
    return "".join(pieces).strip()


def _shown(what, code):
    return code if what == _LITERAL else ""


def _section_for(value, muoto):
    """(the section, True if it tells the sign itself) of a format of up to four, (None, False) where it has none."""
    osat = _sections(muoto)
    if not osat:
        return None, False
    for osa in osat:
        if osa.condition and _holds(value, osa.condition):
            return osa, osa is not osat[0]
    plain = [osa for osa in osat[:3] if not osa.condition]
    if any(osa.condition for osa in osat):
        return (plain or osat)[-1], False
    if value < 0 and len(plain) > 1:
        return plain[1], True
    return (plain[2], False) if value == 0 and len(plain) > 2 else (plain[0], False)


def _holds(value, condition):
    sign, limit = condition
    return {
        "<": value < limit, ">": value > limit, "=": value == limit,
        "<=": value <= limit, ">=": value >= limit, "<>": value != limit,
    }[sign]  # fmt: skip


@lru_cache(maxsize=500)
def _sections(muoto):
    sections, tokens, condition = [], [], None
    for token in _TOKEN.finditer(muoto):
        if token[0] == ";":
            sections.append(_Osa(tuple(tokens), condition))
            tokens, condition = [], None
        elif token[3] is not None:
            found = _CONDITION.fullmatch(token[3])
            condition = (found[1], float(found[2])) if found else condition
            tokens += _bracket(token[3])
        else:
            tokens += _token(token)
    return (*sections, _Osa(tuple(tokens), condition)) if muoto else ()


def _bracket(inside):
    """[$€-40B] is a sign of currency, [h] a span of time; colours and languages say nothing."""
    if inside.startswith("$"):
        sign = inside[1:].partition("-")[0]
        return [(_LITERAL, sign)] if sign else []
    return [(_CODE, f"[{inside.lower()}]")] if _ELAPSED.fullmatch(inside) else []


def _token(token):
    text = token[0]
    if token[1] is not None or token[2] is not None:
        return [(_LITERAL, token[1] if token[1] is not None else token[2])]
    if text[0] in "_*":  # a space as wide as a sign, or a sign that fills the cell
        return []
    is_code = token[4] or len(text) > 1 or text in "0#?.,%/@"
    return [(_CODE if is_code else _LITERAL, text)]


def _literal(tokens):
    return "".join(code for what, code in tokens if what == _LITERAL)


def _is_scientific(codes):
    return any(code.upper() in ("E+", "E-") for code in codes)


def _scientific(number, osa):
    codes = [code for what, code in osa.tokens if what == _CODE]
    before = codes[: next(place for place, code in enumerate(codes) if code.upper() in ("E+", "E-"))]
    decimals = sum(code in _DIGITS for code in before[before.index(".") :]) if "." in before else 0
    mantissa, _e, power = f"{number:.{decimals}E}".partition("E")
    return f"{mantissa.replace('.', ',')}E{power[0]}{power[1:].zfill(2)}"


def _fraction(number, osa):
    """ "# ?/?": the nearest with as many digits below as the format has marks."""
    codes = [code for what, code in osa.tokens if what == _CODE]
    digits = max(1, sum(code in _DIGITS for code in codes[codes.index("/") :]))
    nearest = Fraction(number).limit_denominator(10**digits - 1)
    whole, rest = divmod(nearest.numerator, nearest.denominator)
    part = f"{rest}/{nearest.denominator}" if rest else ""
    return " ".join(filter(None, [str(whole) if whole or not part else "", part]))


def _fill(number, tokens):
    """The digits put into the marks of the section, its words between them where they stand."""
    marks = [place for place, (what, code) in enumerate(tokens) if what == _CODE and code in _DIGITS]
    point = next((place for place, token in enumerate(tokens) if token == (_CODE, ".")), len(tokens))
    whole = [place for place in marks if place < point]
    after = [place for place in marks if place > point]
    commas = [place for place, token in enumerate(tokens) if token == (_CODE, ",")]
    last = max(whole, default=-1)
    number = number.scaleb(-3 * sum(last < place < point for place in commas))
    number = number.quantize(Decimal(1).scaleb(-len(after)), rounding=ROUND_HALF_UP)
    digits, _point, decimals = f"{number:f}".partition(".")
    grouped = any(min(whole, default=0) < place < last for place in commas)
    pieces = _whole_part(digits, tokens, whole, grouped) | _decimals(decimals, tokens, after)
    if any(pieces.get(place) for place in after):
        pieces[point] = ","
    text = ""
    for place, (what, code) in enumerate(tokens):
        piece = pieces.get(place, code if what == _LITERAL else "")
        if (what, code) == (_CODE, "%"):
            piece = "%" if not text or text[-1].isspace() else " %"
        text += piece
    return text.strip()


def _whole_part(digits, tokens, places, grouped):
    """{place: digits}: one for each mark from the right, what is left over for the first."""
    needed = sum(tokens[place][1] == "0" for place in places)
    digits = ("" if digits.strip("0") == "" else digits).zfill(needed) if needed or digits.strip("0") == "" else digits
    if grouped and places:
        return {places[-1]: f"{int(digits):,}".replace(",", " ") if digits else "", **dict.fromkeys(places[:-1], "")}
    pieces = {}
    for place in reversed(places):
        pieces[place], digits = (digits[-1:], digits[:-1]) if place != places[0] else (digits, "")
    return pieces


def _decimals(decimals, tokens, places):
    """{place: digit}: a "#" at the end shows no zero."""
    pieces = dict(zip(places, decimals, strict=False))
    for place in reversed(places):
        if tokens[place][1] != "#" or pieces.get(place) != "0":
            break
        pieces[place] = ""
    return pieces


# --- dates and times


def _moment(value, muoto):
    if isinstance(value, datetime.timedelta):
        return _span(value, muoto)
    codes = _date_codes(muoto)
    letters = {code[0] for code in codes}
    if isinstance(value, datetime.time):
        return _clock(value, seconds="s" in letters)
    if letters & {"d", "m", "y"} and not letters >= _TAYSI and letters & {"m", "y"}:
        return _of_month(value, muoto)
    # A day is told with its year whatever the format leaves out: the value knows it, and a heading needs it.
    day = f"{value.day}.{value.month}.{value.year}"
    if not isinstance(value, datetime.datetime) or value.time() == datetime.time():
        return day
    return day if codes and "h" not in letters else f"{day} {_clock(value, seconds=False)}"


@lru_cache(maxsize=500)
def _date_codes(muoto):
    """The codes of the first section, with minutes as "i": d, dd, mmm, yyyy, h, i, s."""
    found = []
    for what, code in _sections(muoto)[0].tokens if muoto else ():
        code = code.lower().strip("[]")
        if what == _CODE and code[0] in "ymdhs" and code.strip("ymdhs") == "":
            is_minute = code[0] == "m" and len(code) <= 2 and found and found[-1][0] == "h"
            if code[0] == "s" and found and found[-1][0] == "m" and len(found[-1]) <= 2:
                found[-1] = "i" * len(found[-1])
            found.append("i" * len(code) if is_minute else code)
    return tuple(found)


def _of_month(value, muoto):
    """A format without the day: "huhtikuu 2025", "4/2025", "2025"."""
    text = ""
    for what, code in _sections(muoto)[0].tokens:
        text += _date_part(value, code.lower()) if what == _CODE else code
    return text.strip()


def _date_part(value, code):
    if code[0] == "y":
        return str(value.year) if len(code) > 2 else f"{value.year % 100:02}"
    if code[0] == "m":
        return {1: str(value.month), 2: f"{value.month:02}", 3: _KUUT[value.month - 1]}.get(
            len(code), f"{_KUUT[value.month - 1]}kuu"
        )
    return code if code in "/.," else ""


def _clock(value, *, seconds):
    text = f"{value.hour}.{value.minute:02}"
    return f"{text}.{value.second:02}" if seconds or (value.second and isinstance(value, datetime.time)) else text


def _span(value, muoto):
    """Hours and minutes, past a day too: 36.30."""
    seconds = round(value.total_seconds())
    sign, seconds = ("-", -seconds) if seconds < 0 else ("", seconds)
    hours, rest = divmod(seconds, 3600)
    minutes, seconds = divmod(rest, 60)
    shows_seconds = seconds or "s" in {code[0] for code in _date_codes(muoto)}
    return f"{sign}{hours}.{minutes:02}" + (f".{seconds:02}" if shows_seconds else "")
