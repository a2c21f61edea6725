"""A sheet of a workbook of answers -> its rows of mittarit. A row is a Tiedostorivi that holds its one mittari.

Its value stands as the raw answer of a nameless kirjaus, and its note as the comment: so they are told, decided and
typed over as those of a toimenpide are.
"""

from ..taulukko.rows.model import Kirjausarvo, Luettumittari, Tiedostorivi

ARVO, HUOMAUTUS = "arvo", "huomautus"
# Our own headings, the same for every kunta: the reader knows these words, so they are not translated.
OTSIKOT = {
    "tunniste": "Mittarin tunniste",
    "kohde": "Mihin mittari kuuluu",
    "mittari": "Mittari",
    "yksikko": "Yksikkö",
    "tavoite": "Tavoite nyt",
    "ennen": "Edellinen arvo",
    ARVO: "Arvo",
    HUOMAUTUS: "Arvon huomautus",
}
_ROOLIT = {otsikko.casefold(): rooli for rooli, otsikko in OTSIKOT.items()}


def find_mittari_header(sheet):
    """(the row, column -> role) of the first row that names the mittari and its value; (0, {}) where none does."""
    for row, cells in sheet.rows.items():
        plain = {column: " ".join(str(solu.value).split()).casefold() for column, solu in cells.items()}
        columns = {column: _ROOLIT[text] for column, text in plain.items() if text in _ROOLIT}
        found = set(columns.values())
        if ARVO in found and found & {"tunniste", "mittari"}:
            return row, columns
    return 0, {}


def is_mittari_answered(said, columns):
    """Does the row say a value or a note? said: column -> what stands in it."""
    return any(columns.get(column) in (ARVO, HUOMAUTUS) for column in said)


def read_mittari_row(cells, texts):
    """{role: cell}, {role: text} -> Tiedostorivi."""
    own = {"tunniste": cells["tunniste"]} if "tunniste" in cells else {}
    arvo = Kirjausarvo(
        "",
        None,
        "",
        texts.get(HUOMAUTUS),
        None,
        texts.get(ARVO),
        {"toteutumisaste": cells[ARVO]} | ({"kommentti": cells[HUOMAUTUS]} if HUOMAUTUS in cells else {}),
    )
    nimi, cell = texts.get("mittari") or "", cells.get("mittari") or cells["tunniste"]
    names = dict.fromkeys(("painopiste", "toimialan_tavoite", "koodi", "toimielin", "toimiala", "vastuu", "riski"))
    return Tiedostorivi(
        cell=cell, **names, tavoite=texts.get("kohde"), toimenpide=nimi, mittari=None, sdg=(), kirjaukset=(arvo,),
        cells=own, tunniste=texts.get("tunniste"), mittarit=(Luettumittari(nimi, cell=cell),),
    )  # fmt: skip
