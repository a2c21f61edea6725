"""Decisions <-> Choices: what a person has said of a table's reading, as it is stored and as the reader takes it."""

from strategia.nimet import word_key

from ..taulukko.layout.choices import Choices
from ..tiedosto.paatokset import EI, Laji
from .roolit import POIS

TAVAT = {"prosentit": "percents", "numerointi": "numbering", "toimialat": "units", "osat": "parts"}
_TAVAN_NIMI = {field: nimi for nimi, field in TAVAT.items()}
_KARTAT = {  # a decision for each key
    "headers": Laji.OTSIKKORIVI,
    "roles": Laji.SARAKE,
    "words": Laji.SANA,
    "scale": Laji.KUVAUS,
}
LUKEMISEN = {Laji.SARAKE, Laji.OTSIKKORIVI, Laji.VALILEHDET, Laji.SANA, Laji.KUVAUS, Laji.VUOSI, Laji.TAPA}


def choices_of(arvot: dict, *, sanat: dict | None = None, asteikko: dict | None = None) -> Choices:
    """arvot: {laji: {paikka: value}}. sanat, asteikko: what the strategia knows; what is decided of the file wins."""
    words = {**(sanat or {}), **{sana: _score(aste) for sana, aste in arvot.get(Laji.SANA, {}).items()}}
    scale = {**(asteikko or {}), **arvot.get(Laji.KUVAUS, {})}
    tavat = arvot.get(Laji.TAPA, {})
    return Choices(
        headers=dict(arvot.get(Laji.OTSIKKORIVI, {})),
        sheets=tuple(arvot.get(Laji.VALILEHDET, {}).get("", ())),
        roles={paikka: rooli or POIS for paikka, rooli in arvot.get(Laji.SARAKE, {}).items()},
        words=words,
        scale={int(numero): _score(aste) for numero, aste in scale.items()},
        year=arvot.get(Laji.VUOSI, {}).get(""),
        **{field: tavat[nimi] for nimi, field in TAVAT.items() if nimi in tavat},
    )


def _score(aste):
    return None if aste == EI else aste


def decisions_of(patch: dict) -> dict:
    """{(laji, paikka): value} of an answer's patch of Choices."""
    told = {}
    for name, value in patch.items():
        if name in _KARTAT:
            key = word_key if name == "words" else str
            told |= {(_KARTAT[name], key(paikka)): _stored(each) for paikka, each in value.items()}
        elif name == "sheets":
            told[Laji.VALILEHDET, ""] = list(value)
        elif name == "year":
            told[Laji.VUOSI, ""] = value
        else:
            told[Laji.TAPA, _TAVAN_NIMI[name]] = value
    return told


def _stored(value):
    """A place that is left empty is decided too: None would take the decision back."""
    return EI if value is None else value
