"""Rows -> their radio buttons and reasons: drawn once for a page, filled in for each row.

Six buttons and a list on 250 rows would be most of the page's time if each were drawn by the template.
"""

from django.template.loader import render_to_string
from django.utils.html import format_html

from ..models import Kirjaus, Toteutumisaste
from .rivi import EI_ARVIOIDA

SYYT = [syy for syy in Kirjaus.Syy if syy != Kirjaus.Syy.EI_VASTATTU]
ASTEET = [*map(str, Toteutumisaste.values), EI_ARVIOIDA]
VALITTAVAT = {f"aste_{aste}": " checked" for aste in ASTEET} | {f"syy_{syy}": " selected" for syy in SYYT}
VALITSEMATTA = dict.fromkeys(VALITTAVAT, "")
MERKKI = "\0{}\0"  # no text that has come through a form holds a NUL


def draw(rows):
    """Put on each row its buttons as HTML; all rows are of one strategia."""
    pattern = _draw_pattern(rows[0].asteen_nimet) if rows else ""
    for row in rows:
        chosen = {name: VALITTAVAT[name] for name in (f"aste_{row.aste}", f"syy_{row.syy}") if name in VALITTAVAT}
        virhe = " ".join(row.errors.get("aste", ()))
        row.asteikko = format_html(pattern, rivi=row.prefix, virhe=virhe, **VALITSEMATTA | chosen)


def _draw_pattern(names):
    """The buttons with a {field} of str.format in each place where rows differ."""
    marks = {name: MERKKI.format(name) for name in ("rivi", "virhe", *VALITTAVAT)}
    context = {
        "merkki": marks,
        "asteet": [(aste, nimi, marks[f"aste_{aste}"]) for aste, nimi in names.items()],
        "syyt": [(syy, marks[f"syy_{syy}"]) for syy in SYYT],
    }
    pattern = render_to_string("seuranta/kirjaaminen/_asteikko.html", context).replace("{", "{{").replace("}", "}}")
    for name, mark in marks.items():
        pattern = pattern.replace(mark, f"{{{name}}}")
    return pattern
