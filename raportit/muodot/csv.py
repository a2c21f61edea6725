"""Osavuosikatsaus -> CSV for open data: a line for each toimenpide, under the same words in every kunta."""

import csv
import io

from django.utils import translation

from seuranta.solut import FORMULA, readable
from strategia.models import LISAKENTAT

from ..osavuosikatsaus import Osavuosikatsaus
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
    writer.writerow(columns)
    with translation.override("fi"):  # the importer knows the reasons by their Finnish words
        for tiedot in flatten(raportti):
            values = {**tiedot, "jakso": raportti.jakso.nimi, "sdg": "; ".join(tiedot["sdg"]), "syy": reason(tiedot)}
            writer.writerow([_defuse(values[rooli]) for rooli in columns.values()])
    return b"\xef\xbb\xbf" + target.getvalue().encode()


def _defuse(value):
    text = "" if value is None else readable(str(value))
    return f"'{text}" if FORMULA.match(text) else text
