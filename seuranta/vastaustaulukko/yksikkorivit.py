"""A sheet of a workbook of answers -> its rows of units and of toimialat that comment, each a Tiedostorivi.

Its score and comment stand as those of a nameless kirjaus: so they are told, decided and typed over as those of a
toimenpide are.
"""

from ..taulukko.rows.model import Kirjausarvo, Tiedostorivi
from .lehti import Lisalehti

YKSIKKOLEHTI = Lisalehti(
    {
        "tunniste": "Yksikön tunniste",
        "toimenpide": "Mihin yksikkö vastaa",
        "yksikko": "Yksikkö tai toimiala",
        "johtava": "Johtava toimiala",
        "edellinen_aste": "Yksikön edellinen arvio",
        "edellinen_kommentti": "Yksikön edellinen kommentti",
        "toteutumisaste": "Yksikön toteutumisaste",
        "kommentti": "Yksikön kommentti",
    },
    "yksikko",
    ("toteutumisaste", "kommentti"),
)


def read_yksikko_row(cells, texts, arvio):
    """{role: cell}, {role: text}, (Arvio, a faulty score as it was written) -> Tiedostorivi."""
    score, raw = arvio
    told = {role: cells[role] for role in YKSIKKOLEHTI.kysytyt if role in cells}
    arvo = Kirjausarvo("", score.score, "", texts.get("kommentti"), None, raw, told)
    own = {role: cells[role] for role in ("tunniste", "toimenpide", "yksikko") if role in cells}
    empty = ("painopiste", "tavoite", "toimialan_tavoite", "koodi", "toimielin", "toimiala", "vastuu", "riski")
    cell = next(cells[role] for role in ("yksikko", "toimenpide", "tunniste") if role in cells)
    return Tiedostorivi(
        cell=cell, **dict.fromkeys(empty), toimenpide=texts.get("toimenpide"), mittari=None, sdg=(), kirjaukset=(arvo,),
        cells=own, tunniste=texts.get("tunniste"), yksikko=texts.get("yksikko") or "",
    )  # fmt: skip
