"""The options of `tuo` that say how a table is read -> decisions, the same that a person makes on the page."""

import argparse
import re

from strategia.models import NIMEN_PITUUS
from strategia.nimet import word_key
from strategia.teksti import argument, argument_within

from ..taulukko.soluviite import Soluviite
from ..tiedosto.paatokset import EI, EI_KAYTETA, Laji
from .roolit import ROOLIT

ENSIN, VIIMEKSI = 1990, 2100  # the years that the reader takes for years
RIVEJA = 1_048_576
_ASTEET = {str(aste): aste for aste in range(1, 6)} | {EI: EI}
_PARI = re.compile(r"\s*(\d{1,2})\s*=\s*([1-5]|ei)\s*", re.IGNORECASE)


def add_options(parser) -> None:
    """The options of DESIGN §5 in the order in which its line has them; nonsense is told at its option."""
    add = parser.add_argument
    add("--sarake", type=_sarake, action="append", metavar="OTSIKKO|KIRJAIN=ROOLI", help=_HELP["sarake"], default=[])
    add("--otsikkorivi", type=_otsikkorivi, metavar="N", help="rivi, jolla otsikot ovat; 0, jos otsikoita ei ole")
    name = argument_within(NIMEN_PITUUS)
    add("--valilehti", type=name, action="append", metavar="NIMI", help="lue vain tämä välilehti", default=[])
    add("--sana", type=_sana, action="append", metavar="SANA=1-5|ei", help=_HELP["sana"], default=[])
    add("--asteikko", type=_asteikko, metavar="1=5,2=3,3=1", help="mitä taulukon numerot tarkoittavat")
    add("--siirra", type=_solu, action="append", metavar="SOLU", help=_HELP["siirra"], default=[])
    add("--vuosi", type=_vuosi, metavar="VVVV", help="vuosi, joka otsikoiden päivistä puuttuu")
    for nimi, tavat in TAVAT.items():
        add(f"--{nimi}", choices=tavat, help=_HELP[nimi])
    add("--ilman-lukutapaa", action="store_true", help="älä käytä sitä, mitä samanlaisesta taulukosta on päätetty")


TAVAT = {
    "prosentit": ("lahin", "mittari"),
    "numerointi": ("muuttunut", "uudet", "nimet"),
    "toimialat": ("yksi", "useita"),
    "osat": ("yhdista", "riveiksi"),
}
_HELP = {
    "siirra": "rivin solut tästä alkaen kuuluvat sarakkeen verran oikealle, esimerkiksi Taul1!C7; voi antaa monta",
    "sarake": "mitä sarakkeessa on; voi antaa monta",
    "sana": "mitä sana tarkoittaa toteutumisasteena",
    "prosentit": "muut kuin 0, 25, 50, 75 ja 100 %%: lähin aste vai mittari",
    "numerointi": "koodi ja nimi eivät täsmää: numerointi on muuttunut, rivit ovat uusia vai nimet ovat muuttuneet",
    "toimialat": "solun monta nimeä ovat yksi toimiala vai useita",
    "osat": "saman toimenpiteen rivit: yhdistetäänkö ne vai luetaanko riveiksi, myös samannimiset",
}


def read_options(options: dict) -> dict:
    """{(laji, paikka): value} of what was told; of a place told twice the later holds."""
    told = {(Laji.SARAKE, paikka): rooli for paikka, rooli in options["sarake"]}
    told |= {(Laji.SANA, sana): aste for sana, aste in options["sana"]}
    told |= {(Laji.SIIRTO, solu): True for solu in options["siirra"]}
    told |= {(Laji.TAPA, nimi): options[nimi] for nimi in TAVAT if options[nimi]}
    told |= {(Laji.KUVAUS, numero): aste for numero, aste in (options["asteikko"] or {}).items()}
    single = {
        Laji.OTSIKKORIVI: options["otsikkorivi"],
        Laji.VALILEHDET: options["valilehti"] or None,
        Laji.VUOSI: options["vuosi"],
        Laji.LUKUTAPA: EI_KAYTETA if options["ilman_lukutapaa"] else None,
    }
    return told | {(laji, ""): value for laji, value in single.items() if value is not None}


def _split(text, what):
    """At the last "=": a heading may hold one."""
    paikka, mark, arvo = argument(text).rpartition("=")
    if not mark or not paikka.strip() or not arvo.strip():
        raise argparse.ArgumentTypeError(f"”{_short(text)}” ei ole muotoa {what}.")
    return paikka.strip(), arvo.strip().casefold()


def _sarake(text):
    paikka, rooli = _split(text, "OTSIKKO=ROOLI tai KIRJAIN=ROOLI")
    if rooli not in ROOLIT:
        raise argparse.ArgumentTypeError(f"”{_short(rooli)}” ei ole rooli. Roolit: {', '.join(ROOLIT)}.")
    if len(paikka) > NIMEN_PITUUS:
        raise argparse.ArgumentTypeError(f"otsikko on liian pitkä: {len(paikka)} merkkiä, enintään {NIMEN_PITUUS}.")
    return paikka, rooli


def _sana(text):
    sana, aste = _split(text, "SANA=1-5 tai SANA=ei")
    if aste not in _ASTEET:
        raise argparse.ArgumentTypeError(f"”{_short(aste)}” ei ole toteutumisaste 1–5 eikä ”ei”.")
    key = word_key(sana)
    if not key or len(key) > NIMEN_PITUUS:
        raise argparse.ArgumentTypeError(f"”{_short(sana)}” ei ole sana, joka taulukossa voisi olla.")
    return key, _ASTEET[aste]


def _solu(text):
    solu = argument(text).strip()
    viite = Soluviite.parse(solu)
    if not viite or not viite.row or len(solu) > NIMEN_PITUUS:
        raise argparse.ArgumentTypeError(f"”{_short(text)}” ei ole solu, esimerkiksi Taul1!C7 tai C7.")
    return solu


def _asteikko(text):
    """{"1": 5, "2": 3, …}; a number may be told once."""
    pairs = [_PARI.fullmatch(pair) for pair in argument(text).split(",")]
    if not all(pairs):
        raise argparse.ArgumentTypeError(f"”{_short(text)}” ei ole muotoa 1=5,2=3,3=1.")
    told = [(str(int(pair[1])), _ASTEET[pair[2].casefold()]) for pair in pairs]
    twice = next((number for place, (number, _aste) in enumerate(told) if number in dict(told[:place])), None)
    if twice:
        raise argparse.ArgumentTypeError(f"numerolla {twice} on kaksi merkitystä. Anna kukin numero kerran.")
    return dict(told)


def _otsikkorivi(text):
    return _number(text, 0, RIVEJA, "rivin numero (0, jos otsikoita ei ole)")


def _vuosi(text):
    return _number(text, ENSIN, VIIMEKSI, f"vuosi väliltä {ENSIN}–{VIIMEKSI}")


def _number(text, first, last, what):
    text = argument(text).strip()
    if not (text.isascii() and text.isdecimal() and len(text) <= 7 and first <= int(text) <= last):
        raise argparse.ArgumentTypeError(f"”{_short(text)}” ei ole {what}.")
    return int(text)


def _short(text):
    text = argument(text)
    return text if len(text) <= 60 else f"{text[:59]}…"
