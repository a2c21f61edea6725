"""Text (and score) -> what in it should be looked at before it is published. No Django: words in, findings out."""

import re
from datetime import date
from typing import NamedTuple

# --- personal data: e-mail addresses, phone numbers, personal identity codes


class Loyto(NamedTuple):
    """A piece of personal data in a text: which kind (a key of LAJIT) and the words themselves."""

    laji: str
    teksti: str


LAJIT = ("henkilotunnus", "sahkoposti", "puhelin")

_EMAIL = re.compile(
    r"[\w.+'-]{0,64}\w(?:@|\s?[(\[{]\s?(?:at|ät|a|@)\s?[)\]}]\s?)"
    r"\w[\w-]{0,64}(?:\.[\w-]{1,64}){0,5}\.[^\W\d_]{2,}",
    re.IGNORECASE,
)
# In every text that _EMAIL finds something in; it alone takes three times what all the others do.
_AT = re.compile(r"@|[(\[{]\s?(?:at|ät|a)\s?[)\]}]", re.IGNORECASE)
# A dash may have become another dash on its way through a word processor.
_HETU = re.compile(
    r"(?<!\w)(\d{2})(\d{2})(\d{2}) ?([-+A-FU-Y\u2010-\u2015\u2212]) ?(\d{3})([0-9A-Y])(?!\w)", re.IGNORECASE
)
_CENTURIES = {"+": 1800, **dict.fromkeys("-YXWVU", 1900), **dict.fromkeys("ABCDEF", 2000)}
_CHECK_CHARACTERS = "0123456789ABCDEFHJKLMNPRSTUVWXY"

_GAP = r"[ \u00a0\u2009\u202f]?[-\u2010\u2011\u2013]?[ \u00a0\u2009\u202f]?"
_PHONE = re.compile(
    # Not the tail of a longer number, of a code (01.02.03), an asianumero (KEU/0123/2026) or an account.
    rf"(?<![\w.,/+-])(?<!\d[ \u00a0])(?P<alku>\+ ?[1-9]\d{{0,2}}|00[1-9]\d{{0,2}}|\(0\d{{1,3}}\)|0[1-9]\d{{0,2}})"
    rf"(?P<loput>(?:{_GAP}(?:\(0\)|\d)){{3,16}})(?!\d|[/.,]\d|[-\u2013]\d|\w)"
)
_LABELLED = re.compile(
    r"(?<!\w)(?:puh(?:elin(?:numero)?)?|gsm|tel)\b[.:]{0,2} ?(\d(?:[ -]?\d){4,11})(?!\w)", re.IGNORECASE
)
# Most texts have a year or a sum at most. So many digits, parted by nothing but signs, has whatever follows "puh." or
# is an identity code, and seven of them a phone number.
_FIVE_DIGITS, _SEVEN_DIGITS = (re.compile(rf"\d(?:\W{{0,5}}\d){{{more}}}") for more in (4, 6))
_MONEY = re.compile(r"[ \u00a0]?(?:€|euro|eur\b|e\b|milj|mrd|t€|%|kpl|m2|m²|ha\b|tonnia|asukas)", re.IGNORECASE)


def find_personal_data(text):
    """[Loyto] in the order of LAJIT, each text once."""
    emails = [Loyto("sahkoposti", m.group()) for m in _EMAIL.finditer(text)] if _AT.search(text) else []
    codes = phones = labelled = ()
    if _FIVE_DIGITS.search(text):
        codes = [Loyto("henkilotunnus", m.group()) for m in _HETU.finditer(text) if _is_hetu(*m.groups())]
        labelled = [Loyto("puhelin", m.group(1)) for m in _LABELLED.finditer(text)]
        if _SEVEN_DIGITS.search(text):
            phones = [Loyto("puhelin", m.group()) for m in _PHONE.finditer(text) if _is_phone(m, text)]
    return list(dict.fromkeys([*codes, *emails, *phones, *labelled]))


def _is_hetu(day, month, year, separator, number, check):
    """Does the date exist and the check character agree? Separators A-F and U-Y came in 2024."""
    century = _CENTURIES.get(separator.upper(), 1900)
    try:
        date(century + int(year), int(month), int(day))
    except ValueError:
        return False
    return int(number) >= 2 and _CHECK_CHARACTERS[int(day + month + year + number) % 31] == check.upper()


def _is_phone(match, text):
    """Enough digits, and none of the things that only look like a phone number."""
    start, groups = re.sub(r"\D", "", match["alku"]), re.findall(r"\d+", match["loput"].replace("(0)", " "))
    digits = len(start) + sum(len(group) for group in groups)
    amount = _MONEY.match(text, match.end())
    if match["alku"].startswith(("+", "00")):
        finnish = start.removeprefix("00").startswith("358")
        return not amount and (8 if finnish else 10) <= digits <= 17
    if amount or not 7 <= digits <= 12 or start in ("01", "04", "07"):
        return False
    looks_else = (_RUN, _YTUNNUS, _DATE, _CODE)
    return not any(pattern.fullmatch(match.group()) for pattern in looks_else)


_RUN = re.compile(r"\d{7}|(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])(?:19|20)\d\d|0\d{4}\D.*|0(?!4|50)\d{5,}\D.*")
_YTUNNUS = re.compile(r"\d{7}\D\d")
_DATE = re.compile(r"(?:0[1-9]|[12]\d|3[01])\D+(?:0[1-9]|1[0-2])\D+(?:(?:19|20)\d\d|\d\d)")
_CODE = re.compile(r"\d\d(?:\D\d\d)+")


# --- a score and a comment that contradict each other

# What a word says of the score: the lowest and the highest that it goes with.
VALMIS, KESKEN, EI_VALMIS, EI_ALOITETTU = (3, 5), (1, 4), (1, 4), (1, 2)
_MELKEIN_VALMIS = (2, 5)

_DONE = frozenset(
    [
        "valmis",
        "valmistunut",
        "valmistui",
        "valmistuneet",
        "valmistuivat",
        "toteutunut",
        "toteutui",
        "toteutuneet",
        "toteutuivat",
        "toteutettu",
        "toteutettiin",
        "saavutettu",
        "päättynyt",
    ]
)
_DONE_PHRASES = ("otettu käyttöön", "käyttöön otettu", "saatettu loppuun", "saatu päätökseen", "saatu valmiiksi")
_UNDER_WAY = frozenset(
    [
        "kesken",
        "keskeneräinen",
        "keskeneräiset",
        "käynnissä",
        "meneillään",
        "menossa",
        "suunnitteilla",
        "valmisteilla",
        "kehitteillä",
        "työstössä",
        "tekeillä",
    ]
)
_BEGUN = frozenset(["aloitettu", "aloitettiin", "alkanut", "käynnistetty", "käynnistynyt", "käynnistyi"])
_NOT_BEGUN = frozenset(["aloittamatta", "käynnistämättä", "alkamatta"])
_UNDONE = frozenset(["toteuttamatta", "toteutumatta", "tekemättä"])
_NO = frozenset(["ei", "eivät", "en", "emme", "eikä", "eivätkä", "ettei", "etteivät"])
# With these a done word tells of a part, of a plan, or of the time to come.
_HEDGES = frozenset(
    [
        "osittain",
        "osin",
        "osaksi",
        "osa",
        "puolet",
        "lähes",
        "melkein",
        "pian",
        "mennessä",
        "kun",
        "jos",
        "kunnes",
        "ennen",
        "olisi",
        "pitäisi",
        "pitää",
        "tulee",
        "tavoitteena",
        "tavoite",
        "loppuvuonna",
        "ensi",
    ]
)
_PLAN_STEMS = ("suunnitel", "selvity", "luonno", "kartoitu", "valmistel", "hakemu", "tarjou", "kilpailu")
_CLAUSES = re.compile(r"[.!?;:\n]+|,|\s[–—-]\s|\bmutta\b|\bvaan\b|\bkuitenkin\b", re.IGNORECASE)
_SHORT = 2  # words: "Aloitettu." and "Työ aloitettu" speak of the whole toimenpide, a longer clause of a part


def find_contradiction(aste, kommentti, *, ykkosen_nimi=""):
    """The word of the comment that does not go with the score, or "" where none speaks against it.

    Whole words only: "valmistelu" is not "valmis". One word that goes with the score is enough to be content.
    `ykkosen_nimi` is the strategia's own label of 1: only if it says that nothing has begun does a word of
    work under way speak against a 1.
    """
    if not aste or not _says_something(_words(kommentti)):
        return ""
    begun = (2, 4) if _says_not_begun(ykkosen_nimi) else KESKEN
    found = [signal for clause in _CLAUSES.split(kommentti) for signal in _read_clause(clause, begun)]
    if not found or any(low <= aste <= high for _word, (low, high) in found):
        return ""
    return found[0][0]


_SIGNALS = frozenset(["tehty"]).union(_DONE, _UNDER_WAY, _BEGUN, _NOT_BEGUN, _UNDONE)
_WORD = re.compile(r"[^\W\d_]+")


def _words(text):
    return _WORD.findall(text.casefold())


def _says_something(words):
    """Is there any of the words or phrases that tell of a score? Most texts, and most clauses, have none."""
    if not _SIGNALS.isdisjoint(words):
        return True
    text = " ".join(words)
    return any(phrase in text for phrase in _DONE_PHRASES)


def _read_clause(clause, begun):
    """[(word, (lowest score, highest score))] that this clause says; begun: those of work under way."""
    words = _words(clause)
    if not _says_something(words):
        return
    negated = not _NO.isdisjoint(words)
    vague = not _HEDGES.isdisjoint(words) or any(word.startswith(_PLAN_STEMS) for word in words)
    for word in words:
        done = word in _DONE or (word == "tehty" and len(words) <= _SHORT)
        if done:
            yield (f"ei {word}", EI_VALMIS) if negated else (word, _MELKEIN_VALMIS if vague else VALMIS)
        elif word in _UNDER_WAY:
            yield (f"ei {word}", (1, 5)) if negated else (word, begun)
        elif word in _BEGUN:
            yield from _read_beginning(word, words, begun, negated=negated)
        elif word in _NOT_BEGUN:
            yield word, EI_ALOITETTU
        elif word in _UNDONE:
            yield word, EI_VALMIS
    text = " ".join(words)
    yield from ((p, VALMIS if not vague else _MELKEIN_VALMIS) for p in _DONE_PHRASES if p in text and not negated)


def _read_beginning(word, words, begun, *, negated):
    if negated:
        yield f"ei {word}", EI_ALOITETTU
    else:
        yield word, begun if len(words) <= _SHORT else (begun[0], 5)


def _says_not_begun(nimi):
    words = _words(nimi)
    return bool(words) and (words[0] == "ei" or not _NOT_BEGUN.isdisjoint(words))
