"""Luettu -> the sheet's columns and what each was taken for; what a person may say that it is."""

from django.utils.translation import gettext_lazy as _

from strategia.models import LISAKENTAT, SANASTO

from ..taulukko.rows import Luettu
from ..taulukko.soluviite import Soluviite, letters_of
from ..tiedosto.rivit import word_of

SARAKKEEN_ROOLIT = [
    ("", _("Jätä pois")),
    *SANASTO.items(),
    *LISAKENTAT.items(),
    ("jakso", _("Jakso")),
    ("syy", _("Syy, miksi ei arviota")),
    ("sisainen_huomio", _("Sisäinen huomio")),
]


def list_columns(luettu: Luettu) -> list[tuple[str, str, str]]:
    """[(letter, heading, role)] of the sheet's columns, those that were not understood too."""
    found = {}
    first = luettu.rows[0] if luettu.rows else None
    for rivi in luettu.rows[:50]:
        for role, cell in [*rivi.cells.items(), *((r, c) for k in rivi.kirjaukset for r, c in k.cells.items())]:
            if role in SANASTO or role in (*LISAKENTAT, "jakso", "syy", "sisainen_huomio"):
                found.setdefault(Soluviite.parse(cell).column, role)
    headings = {role: heading for role, heading, _jakso in luettu.columns}
    columns = {column: (headings.get(role, word_of(role)), role) for column, role in found.items()}
    for skip in luettu.skipped:
        if skip.reason == "unknown_column" and first:
            columns.setdefault(Soluviite.parse(skip.cell).column, (skip.text, ""))
    return [(letters_of(column), *columns[column]) for column in sorted(columns)]
