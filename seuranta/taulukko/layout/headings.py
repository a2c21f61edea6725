"""The words of headings: what municipalities call the columns, the periods and the rows that are not data.

A layout is data: a new municipality adds its words here. A word may end in * ("risk*": risk, riski, riskit).
A heading means the first role below of which it holds a phrase, so what a heading is about at its end
("tavoitteen toteuttamista uhkaavat riskit") stands before what it only mentions.
"""

import re
from functools import lru_cache

ARVO = "arvo"  # a period or "toteuma": the values tell whether it is a score or a comment
MUU = "muu"  # plainly another thing: never read as a score

# What only some kunnat ask of a kirjaus.
LISAT = {
    "ennuste": "ennuste; ennusteet; ennustettu; toteutumisennuste*; tilinpäätösennuste*; prognos*",
    "poikkeaman_syy": "poikkeaman syy*; poikkeamien syy*; poikkeaman seli*; poikkeaman perustel*; syy poikkeamaan; "
    "syyt poikkeamaan; orsak till avvikelse*; orsaker till avvikelse*",
    "korjaavat_toimet": "korjaava toimi; korjaavat toimet; korjaava toimenpide*; korjaavat toimenpi*; korjaustoimet; "
    "korjaustoimenpi*; korrigerande åtgärd*; korrigeringsåtgärd*",
}

HEADINGS = (
    ("sisainen_huomio", "sisäinen huomio*; sisäiset huomio*; sisäinen komment*; intern anmärkning*"),
    ("korjaavat_toimet", LISAT["korjaavat_toimet"]),
    ("poikkeaman_syy", LISAT["poikkeaman_syy"]),
    ("syy", "syy; miksi ei arvioida; orsak"),
    ("toimialan_tavoite", "toimialan tavoite; toimialan tavoitteet; toimialojen tavoitteet; sektorns mål"),
    ("painopiste", "valtuustokauden tavoite; valtuustokauden tavoitteet"),
    ("sdg", "sdg; sdg*; kestävän kehityksen tavoite; kestävän kehityksen tavoitteet; agenda 2030"),
    ("mittari", "mittari; mittarit; mittarin*; tunnusluku; tunnusluvut; indikaattori*; mätare; indikator*"),
    ("riski", "riski; riskit; risk; risker"),
    (
        "toteutumisaste",
        "toteutumisaste*; etenemisaste*; edistymisaste*; toteumisaste*; valmiusaste*; valmistumisaste*; aste; "
        "arvosana; pisteet; pistemäärä; status; tila; liikennevalo*; förverkligandegrad; genomförandegrad; grad",
    ),
    (
        "kommentti",
        "kommentti; kommentit; kommentointi; komentointi; kommentoi; selite; perustelu; perustelut; "
        "huomiot; huomautus; huomautukset; teksti; sanallinen arvio; sanallinen arviointi; sanallinen kuvaus; "
        "tilannekuvaus; lisätieto; lisätiedot; kommentar; kommentarer; beskrivning",
    ),
    (MUU, "prioriteetti; tärkeys; järjestys; järjestysnumero; euro; eurot; kpl; määräraha*; budjetti; kustannu*"),
    ("toimielin", "toimielin; toimielimet; lautakunta; vastuulautakunta; organ; nämnd"),
    ("toimiala", "toimiala; toimialat; vastuutoimiala; palvelualue; hallinnonala; sektor; sektorn"),
    (
        "vastuu",
        "vastuu; vastuutaho*; vastuuhenkilö*; vastuullinen*; vastuualue*; vastuuyksikkö; vastuutyöntekijä; omistaja; "
        "toteuttaja*; ansvar*; ansvarig*",
    ),
    ("jakso", "jakso; seurantajakso; raportointijakso; uppföljningsperiod"),
    ("koodi", "koodi; tunnus; tunniste; kod"),
    (
        "toimenpide",
        "toimenpide; toimenpiteet; toimenpide*; teko; teot; kärkihanke; kärkihankkeet; hanke; hankkeet; åtgärd; "
        "åtgärder",
    ),
    (
        "painopiste",
        "painopiste; painopisteet; painopistealue*; strategiakärki; strategiakärjet; strateginen kärki; "
        "strategiset kärjet; kärki; kärjet; strateginen päämäärä; strategiset päämäärät; päämäärä; päämäärät; "
        "strateginen teema; teema; fokusalue; tyngdpunkt*; fokusområde*; prioritering; insatsområde*",
    ),
    (
        "tavoite",
        "tavoite; tavoitteet; vuositavoite; vuositavoitteet; strategiatavoite; strategiatavoitteet; mål; målsättning; "
        "målsättningar",
    ),
    (
        "voimassa",
        "voimassa; voimassaolo*; voimassaoloaika; toteutusvuosi; toteutusvuodet; toteutusaika; vuodet; giltighet*",
    ),
    (MUU, "nro; nr; no; numero; vuosi; aikataulu; tidtabell; tidsplan; alkaa; päättyy; år"),
    (
        ARVO,
        "toteuma*; toteutuma*; toteutuminen; eteneminen; edistyminen; tilanne*; kokonaistilan*; arvio; arviointi; "
        "seuranta; seurannan*; uppföljning; läge; utfall",
    ),
    ("ennuste", LISAT["ennuste"]),
    ("poikkeaman_syy", "poikkeama; poikkeamat; avvikelse; avvikelser"),
    (
        ARVO,
        _KAUDET := "seurantavuosi; kesä*; kevät*; syksy*; syys*; talvi*; osavuosi*; vuosikatsau*; väliraport*; "
        "välikatsau*; katsaus*; tilinpäät*; neljännes*; kvartaal*; puolivuosi*; q1; q2; q3; q4; tammikuu*; helmikuu*; "
        "maaliskuu*; huhtikuu*; toukokuu*; elokuu*; lokakuu*; marraskuu*; joulukuu*; tammi; helmi; maalis; huhti; "
        "touko; heinä*; elo; loka; marras; joulu; vår; sommar; höst; delår*; bokslut",
    ),
)

# The headings of our own flat export. Only there an apostrophe before a formula is ours to take off.
VIENTI = {
    "Painopiste", "Strateginen tavoite", "Toimialan tavoite", "Koodi", "Toimenpide", "Toimielin", "Toimiala", "Vastuu",
    "Riski", "Mittari", "SDG", "Jakso", "Toteutumisaste", "Syy", "Kommentti",
}  # fmt: skip

# Bands over rows that name a board, and the words a summary row begins with.
TOIMIELIN_WORDS = re.compile(
    r"lautakun|jaosto|kaupunginhallit|kunnanhallit|valtuusto\b|toimikun|johtokun|nämnd|sektionen|styrelse",
    re.IGNORECASE,
)
TOTAL_WORDS = re.compile(
    r"(yhteensä|keskiarvo|summa|ka\.?|lukumäärä|kaikki yhteensä|totalt|sammanlagt|medeltal|medelvärde)\b", re.IGNORECASE
)

# The kinds of a jakso: any spelling that begins so -> the word in its name.
JAKSO_KINDS = (
    (r"osavuosi\w*|delårs\w*", "Osavuosikatsaus"),
    (r"tilinpäät\w*|bokslut\w*", "Tilinpäätös"),
    (r"neljännesvuosi\w*|kvartaal\w*", "Neljännesvuosi"),
    (r"puolivuosi\w*", "Puolivuosikatsaus"),
    (r"välikatsau\w*", "Välikatsaus"),
    (r"väliraport\w*", "Väliraportti"),
)

_TOKEN = re.compile(r"[^\W_]+")
_HYPHEN = re.compile(r"(\w)[-\u00ad]\s*(\w)")
_PERIOD = re.compile(r"(?<!\d)20\d\d(?!\d)|(?<!\d)\d{1,2}\s*[-–]\s*\d{1,2}\s*/")
# "Toimenpide 12" and "Tavoite B" are names that somebody gave, not headings.
_NAMES = {"painopiste", "tavoite", "toimialan_tavoite", "toimenpide", "toimiala", "toimielin"}
_NUMBERED = re.compile(r"\b(?!20\d\d\b)(?:\d+|\w)\b")
_MAX_LENGTH, _MAX_WORDS = 80, 8


@lru_cache(maxsize=10_000)
def role_of(heading: str) -> str:
    """The role a heading gives its column, ARVO or MUU, or "" when its words are not known."""
    if len(heading) > _MAX_LENGTH:
        return ""
    words = _words(heading)
    if words.count(" ") >= _MAX_WORDS:
        return ""
    # Most texts of a table are no headings: they hold no word of this page and are done with at once.
    if _ANY.search(words):
        for role, pattern in _TABLE:
            if pattern.search(words):
                return "" if role in _NAMES and _NUMBERED.search(words) else role
    return ARVO if _PERIOD.search(heading) else ""


def may_name_toimenpide(texts: str) -> bool:
    """False if none of the texts, joined, can mean toimenpide: asked of every row of a file, and soon answered."""
    folded = texts.casefold()
    return any(map(folded.__contains__, _STEMS))


def names_toimenpide(text: str) -> bool:
    """True if the text as a heading means toimenpide."""
    if len(text) > _MAX_LENGTH or not may_name_toimenpide(text):
        return False
    words = _words(text)
    return bool(_TOIMENPIDE.search(words)) and not _NUMBERED.search(words) and role_of(text) == "toimenpide"


@lru_cache(maxsize=10_000)
def is_period(text: str) -> bool:
    """True if the text names a time: a year, a month, a season, a report of the year."""
    return bool(_PERIOD.search(text) or _NAMED_PERIOD.search(_words(text)))


def _words(text):
    text = text.casefold()
    return " ".join(_TOKEN.findall(_HYPHEN.sub(r"\1\2", text) if "-" in text or "\u00ad" in text else text))


def _pattern(*entries):
    phrases = [phrase.strip().replace("*", r"\w*") for entry in entries for phrase in entry.split(";")]
    return re.compile(rf"\b(?:{'|'.join(phrases)})\b")


_TABLE = tuple((role, _pattern(entry)) for role, entry in HEADINGS)
_ANY = _pattern(*(entry for _, entry in HEADINGS))
_TOIMENPIDE = next(pattern for role, pattern in _TABLE if role == "toimenpide")
# A hyphen may stand anywhere in a word, so it alone makes a text worth a closer look.
_STEMS = {
    *(word.strip()[:4] for role, words in HEADINGS if role == "toimenpide" for word in words.split(";")),
    *("-", "\u00ad"),
}
_NAMED_PERIOD = _pattern(_KAUDET)
