"""Osavuosikatsaus -> CSV for open data, under the same words in every kunta: a line for each toimenpide, and another
file with a line for each value of a measure."""

import csv
import io
from typing import NamedTuple

from django.utils import translation

from seuranta.solut import FORMULA, readable
from strategia.models import LISAKENTAT, OMA_KIRJAUS, OMAN_ALUT

from ..osavuosikatsaus import Osavuosikatsaus, Painopiste, Tavoite
from ..osavuosikatsaus.mitattu import Mittari, MittariArvo
from ..osavuosikatsaus.mittarisanat import tulos_title
from ..osavuosikatsaus.model import Rivi, is_own
from .xlsx import flatten, reason

CSV_SARAKKEET = {
    "Painopiste": "painopiste",
    "Strateginen tavoite": "tavoite",
    "Toimialan tavoite": "toimialan_tavoite",
    "Koodi": "koodi",
    "Toimenpide": "toimenpide",
    "Toimielin": "toimielin",
    "Toimiala": "toimiala",
    "Vastuu": "vastuu",
    "Riski": "riski",
    "Mittari": "mittari",
    "SDG": "sdg",
    "Jakso": "jakso",
    "Toteutumisaste": "toteutumisaste",
    "Syy": "syy",
    "Kommentti": "kommentti",
}


def render_csv(raportti: Osavuosikatsaus) -> bytes:
    """Our flat export, the same for every kunta: UTF-8 with BOM, semicolons, the headings of CSV_SARAKKEET in Finnish.

    A text that a spreadsheet would run ("=1+1", "- ensin") gets one apostrophe before it. The importer takes one
    apostrophe off a text in which only apostrophes and white space stand before =, +, - or @, so that what was
    exported comes back equal, texts that began with an apostrophe themselves too.
    """
    columns = CSV_SARAKKEET | {LISAKENTAT[rooli]: rooli for rooli in raportti.lisakentat}
    if raportti.julkinen:
        columns = {heading: rooli for heading, rooli in columns.items() if rooli not in raportti.piilotetut}
    for heading, name in (("Sitovuus", "sitovuus"), ("Voimassa", "voimassa")):
        if any(getattr(rivi, name) for rivi in raportti.rivit):
            columns[heading] = name
    columns = _with_own(columns, raportti)
    with translation.override("fi"):  # the importer knows the reasons by their Finnish words
        rows = []
        for tiedot in flatten(raportti):
            values = {**tiedot, "jakso": raportti.jakso.nimi, "sdg": "; ".join(tiedot["sdg"]), "syy": reason(tiedot)}
            rows.append([values[rooli] for rooli in columns.values()])
    return write_csv([list(columns), *rows])


def render_mittarit_csv(raportti: Osavuosikatsaus) -> bytes:
    """The measures that the report tells, as render_csv writes: a line for each value in the order of time.

    A measure without a value, or whose values are not shown, has one line. Tulos and tavoite stand on the line of the
    report's own value. Columns that are hidden from the tables of measures are in neither form.
    """
    with translation.override("fi"):
        columns, lines = list_mittaririvit(raportti)
        rows = [[read(line) for read in columns.values()] for line in lines]
    return write_csv([list(columns), *rows])


def list_mittaririvit(raportti: Osavuosikatsaus):
    """({heading: how a line is read} of what is shown, [line]); its words are of the language that is spoken."""
    shown = {sarake.rooli.partition(".")[2] for sarake in raportti.mittarisarakkeet}
    groups = [columns for part, columns in MITTARIN_SARAKKEET.items() if part in ("", *shown)]
    jaksot = {jakso.id: jakso.nimi for jakso in (*raportti.aiemmat, raportti.jakso)}
    lines = [
        _Aikarivi(*place, arvo, jaksot.get(arvo.jakso, "") if arvo else "")
        for place in raportti.kerrottavat
        for arvo in _list_values(place[-1], with_earlier="arvot" in shown)
    ]
    return {heading: read for group in groups for heading, read in group.items()}, lines


def _list_values(mittari, *, with_earlier):
    """Its values; last the report's own, None where there is none to tell."""
    return (*mittari.aiemmat, mittari.arvo) if with_earlier else (mittari.arvo,)


class _Aikarivi(NamedTuple):
    """A value of a measure and where it hangs. arvo: None where the report's own is missing."""

    painopiste: Painopiste
    tavoite: Tavoite | None
    toimenpide: Rivi | None
    mittari: Mittari
    arvo: MittariArvo | None
    jakso: str

    def own(self, text):
        """What is told of the measure at the report's own time; "" on the lines of earlier times."""
        return text if self.arvo is self.mittari.arvo else ""


def _number(luku):
    """As a program reads it: 1234.5."""
    return "" if luku is None else f"{luku.normalize():f}"


# {the part of a table that is shown or hidden, "" always: {heading: _Aikarivi -> what its cell holds}}
MITTARIN_SARAKKEET = {
    "": {
        "Painopiste": lambda rivi: rivi.painopiste.nimi,
        "Strateginen tavoite": lambda rivi: rivi.tavoite.nimi if rivi.tavoite else "",
        "Koodi": lambda rivi: rivi.toimenpide.koodi if rivi.toimenpide else "",
        "Toimenpide": lambda rivi: rivi.toimenpide.toimenpide if rivi.toimenpide else "",
        "Mittari": lambda rivi: rivi.mittari.nimi,
        "Yksikkö": lambda rivi: rivi.mittari.mitta,
        "Suunta": lambda rivi: rivi.mittari.suunta_sanoin,
        "Lähde": lambda rivi: rivi.mittari.lahde,
    },
    "lahto": {
        "Lähtöarvo": lambda rivi: rivi.mittari.lahto_teksti,
        "Lähtöarvo lukuna": lambda rivi: _number(rivi.mittari.lahto_luku),
        "Lähtövuosi": lambda rivi: rivi.mittari.lahto_vuosi,
    },
    "arvot": {
        "Jakso": lambda rivi: rivi.jakso,
        "Vuosi": lambda rivi: rivi.arvo and rivi.arvo.vuosi,
        "Päivä": lambda rivi: rivi.arvo and rivi.arvo.paiva,
        "Arvo": lambda rivi: rivi.arvo.teksti if rivi.arvo else "",
        "Arvo lukuna": lambda rivi: _number(rivi.arvo and rivi.arvo.luku),
    },
    "tavoite": {
        "Tavoite": lambda rivi: rivi.own(rivi.mittari.tavoite and rivi.mittari.tavoite.teksti),
        "Tavoite lukuna": lambda rivi: rivi.own(_number(rivi.mittari.tavoite and rivi.mittari.tavoite.luku)),
        "Tavoitevuosi": lambda rivi: rivi.own(rivi.mittari.tavoite and rivi.mittari.tavoite.vuosi),
    },
    "tulos": {"Tulos": lambda rivi: rivi.own(tulos_title(rivi.mittari))},
    "huomautus": {"Huomautus": lambda rivi: rivi.arvo.huomautus if rivi.arvo else ""},
}


def write_csv(rows: list[list]) -> bytes:
    """Rows as render_csv writes them, the first of them the headings."""
    target = io.StringIO()
    writer = csv.writer(target, delimiter=";", lineterminator="\r\n")
    writer.writerows([_defuse(value) for value in row] for row in rows)
    return b"\xef\xbb\xbf" + target.getvalue().encode()


def _with_own(columns, raportti):
    """The kunta's own columns too, where they are read as what they are: the toimenpide's left of the jakso."""
    own = {sarake.rooli: sarake.otsikko for sarake in raportti.sarakkeet if is_own(sarake.rooli)}
    of_kirjaus = {otsikko: rooli for rooli, otsikko in own.items() if rooli.startswith(OMAN_ALUT[OMA_KIRJAUS])}
    of_toimenpide = {otsikko: rooli for rooli, otsikko in own.items() if otsikko not in of_kirjaus}
    place = list(columns).index("Jakso")
    told = list(columns.items())
    return dict(told[:place]) | of_toimenpide | dict(told[place:]) | of_kirjaus


def _defuse(value):
    text = "" if value is None else readable(str(value))
    return f"'{text}" if FORMULA.match(text) else text
