"""A sheet of a workbook of answers -> its rows of mittarit. A row is a Tiedostorivi that holds its one mittari.

Its value stands as the raw answer of a nameless kirjaus, and its note as the comment: so they are told, decided and
typed over as those of a toimenpide are.
"""

from ..taulukko.rows.model import Kirjausarvo, Luettumittari, Tiedostorivi
from .lehti import Lisalehti

ARVO, HUOMAUTUS = "arvo", "huomautus"
MITTARILEHTI = Lisalehti(
    {
        "tunniste": "Mittarin tunniste",
        "kohde": "Mihin mittari kuuluu",
        "mittari": "Mittari",
        "yksikko": "Yksikkö",
        "tavoite": "Tavoite nyt",
        "ennen": "Edellinen arvo",
        ARVO: "Arvo",
        HUOMAUTUS: "Arvon huomautus",
    },
    "mittari",
    (ARVO, HUOMAUTUS),
)


def read_mittari_row(cells, texts, _arvio):
    """{role: cell}, {role: text} -> Tiedostorivi."""
    own = {"tunniste": cells["tunniste"]} if "tunniste" in cells else {}
    answers = {"toteutumisaste": ARVO, "kommentti": HUOMAUTUS}
    arvo = Kirjausarvo(
        "",
        None,
        "",
        texts.get(HUOMAUTUS),
        None,
        texts.get(ARVO),
        {field: cells[role] for field, role in answers.items() if role in cells},
    )
    nimi, cell = texts.get("mittari") or "", cells.get("mittari") or cells["tunniste"]
    names = dict.fromkeys(("painopiste", "toimialan_tavoite", "koodi", "toimielin", "toimiala", "vastuu", "riski"))
    return Tiedostorivi(
        cell=cell, **names, tavoite=texts.get("kohde"), toimenpide=nimi, mittari=None, sdg=(), kirjaukset=(arvo,),
        cells=own, tunniste=texts.get("tunniste"), mittarit=(Luettumittari(nimi, cell=cell),),
    )  # fmt: skip
