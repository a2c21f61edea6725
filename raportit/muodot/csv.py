"""Osavuosikatsaus -> CSV for open data: a line for each toimenpide, under the same words in every kunta."""

import csv
import io

from django.utils import translation

from seuranta.solut import FORMULA, readable
from strategia.models import LISAKENTAT, OMA_KIRJAUS, OMAN_ALUT

from ..osavuosikatsaus import Osavuosikatsaus
from ..osavuosikatsaus.model import is_own
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
    target = io.StringIO()
    writer = csv.writer(target, delimiter=";", lineterminator="\r\n")
    columns = CSV_SARAKKEET | {LISAKENTAT[rooli]: rooli for rooli in raportti.lisakentat}
    if raportti.julkinen:
        columns = {heading: rooli for heading, rooli in columns.items() if rooli not in raportti.piilotetut}
    columns = _with_own(columns, raportti)
    writer.writerow(columns)
    with translation.override("fi"):  # the importer knows the reasons by their Finnish words
        for tiedot in flatten(raportti):
            values = {**tiedot, "jakso": raportti.jakso.nimi, "sdg": "; ".join(tiedot["sdg"]), "syy": reason(tiedot)}
            writer.writerow([_defuse(values[rooli]) for rooli in columns.values()])
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
