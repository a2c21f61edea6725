"""Strategia -> the radio buttons and reasons of the entry page: drawn once for a page, filled in for each row.

Six buttons and a list on 250 rows would be most of the page's time if each were drawn by the template.
"""

from django.template.loader import render_to_string
from django.utils.html import format_html

from ..models import Kirjaus, Toteutumisaste
from .rivi import EI_ARVIOIDA

SYYT = [syy for syy in Kirjaus.Syy if syy != Kirjaus.Syy.EI_VASTATTU]
ASTEET = [*map(str, Toteutumisaste.values), EI_ARVIOIDA]
VALITTAVAT = {f"aste_{aste}": " checked" for aste in ASTEET} | {f"syy_{syy}": " selected" for syy in SYYT}
MERKKI = "\0{}\0"  # no text that has come through a form holds a NUL


class Asteikko:
    """The buttons of one strategia: `Asteikko(strategia).draw(row)` gives those of one row as HTML."""

    def __init__(self, strategia):
        marks = {name: MERKKI.format(name) for name in ("rivi", "virhe", *VALITTAVAT)}
        context = {
            "merkki": marks,
            "asteet": [(n, strategia.asteen_nimi(n), marks[f"aste_{n}"]) for n in Toteutumisaste.values],
            "syyt": [(syy, marks[f"syy_{syy}"]) for syy in SYYT],
        }
        self.pattern = (
            render_to_string("seuranta/kirjaaminen/_asteikko.html", context).replace("{", "{{").replace("}", "}}")
        )
        for name, mark in marks.items():
            self.pattern = self.pattern.replace(mark, f"{{{name}}}")
        self.unchosen = dict.fromkeys(VALITTAVAT, "")

    def draw(self, row):
        chosen = {name: VALITTAVAT[name] for name in (f"aste_{row.aste}", f"syy_{row.syy}") if name in VALITTAVAT}
        virhe = " ".join(row.errors.get("aste", ()))
        return format_html(self.pattern, rivi=row.prefix, virhe=virhe, **self.unchosen | chosen)
