"""The frozen report of Saarikko, an invented kunta -> a report as data of any shape, with no database.

saarikko.json is what a version of rakenna(**TAYSI) freezes. test_saarikko.py builds that in a database, and others of
the shapes that the tests use, and finds each equal to what is made here; `SAARIKKO=uusi` there writes the file anew.
"""

from dataclasses import replace
from pathlib import Path

from raportit.osavuosikatsaus import Osavuosikatsaus, Painopiste, Tavoite, from_json
from raportit.osavuosikatsaus.columns import list_columns, list_hidden
from seuranta.models import Seurantajakso
from strategia.models import LISAKENTAT, TARJOTUT_NIMET, Strategia

from .rakenna import KOMMENTTI

TAYSI = {
    "asteet": [5, 4, 3, 2, 1, "ei_arvioida", None, "luovuttu", 3, 3, 4, 5] * 4,
    "edelliset": [4, 4, None, 3, "luovuttu", 2] * 8,
}
TIEDOSTO = Path(__file__).with_name("saarikko.json")
SAARIKKO = from_json(TIEDOSTO.read_text())
KIRJAUKSEN = ("kommentti", *LISAKENTAT)


def saarikon_raportti(
    asteet,
    *,
    edelliset=None,
    versio=None,
    rivit=(),
    painopisteet=(),
    tavoitteet=(),
    tavoitteessa=4,
    painopisteessa=12,
    nimet=True,
    lisakentat=(),
    korostusvari="",
    **strategia,
) -> Osavuosikatsaus:
    """The report of rakenna(asteet, edelliset=…, …): at most 48 rows, of which some values are others.

    rivit: {field: value} of every row, or a list of them by row; painopisteet, tavoitteet: a name for all, or a list.
    What a kirjaus holds a row has only where it has a kirjaus. lisakentat: those that are asked besides what the
    sarakkeet have. strategia: fields of the model.
    """
    own = Strategia(**{"asteikko": TARJOTUT_NIMET if nimet else {}, **strategia})
    if lisakentat:
        own.use_lisakentat(lisakentat)
    before = [*(edelliset or ()), *[None] * len(asteet)]
    rows = [
        _rivi(number, aste, before[number], _each(rivit, number, {}), {"kommentti", *own.lisakentat})
        for number, aste in enumerate(asteet)
    ]
    jakso = SAARIKKO.jakso if edelliset is not None else replace(SAARIKKO.jakso, id=SAARIKKO.edellinen.id)
    sarakkeet = list_columns(own, Seurantajakso(nimi=jakso.nimi), rows)
    bands = any(sarake.rooli == "toimielin" and sarake.valiotsikko for sarake in sarakkeet)
    return replace(
        SAARIKKO,
        kunta=replace(SAARIKKO.kunta, korostusvari=korostusvari),
        strategia=_strategia(own),
        jakso=jakso,
        edellinen=SAARIKKO.edellinen if edelliset is not None else None,
        versio=versio,
        sarakkeet=sarakkeet,
        piilotetut=list_hidden(own),
        toimialat=_used(rows, "toimiala", SAARIKKO.toimialat),
        toimielimet=_used(rows, "toimielin"),
        painopisteet=_tree(rows, painopisteet, tavoitteet, tavoitteessa, painopisteessa, bands=bands),
        tiiviste="",
    )


def _each(values, number, default):
    """What is said of the item of this number: one value is of all, a list has one for each."""
    if isinstance(values, dict | str):
        return values
    return values[number] if number < len(values) else default


def _rivi(number, aste, edellinen, own, asked):
    """`own` over the frozen row; a text of a kirjaus only where there is a kirjaus and the strategia asks it."""
    is_scored, edellinen = isinstance(aste, int), edellinen if isinstance(edellinen, int) else None
    values = {"kommentti": KOMMENTTI if is_scored else "", **own}
    values |= {name: "" for name in KIRJAUKSEN if name not in values or name not in asked or not aste}
    return replace(
        SAARIKKO.rivit[number],
        **values,
        toteutumisaste=aste if is_scored else None,
        syy="" if is_scored else aste or "ei_vastattu",
        edellinen=edellinen,
        samana=1 + (aste == edellinen) if is_scored else 0,
    )


def _strategia(own):
    return replace(
        SAARIKKO.strategia,
        otsikko=own.otsikko,
        sanasto={rooli: own.sana(rooli) for rooli in SAARIKKO.strategia.sanasto},
        asteikko=own.asteikko,
        esitys=own.esitys,
    )


def _used(rows, rooli, in_order=()):
    """The names in use: those of the frozen report in its order, the test's own after them."""
    used = dict.fromkeys(name for rivi in rows if (name := getattr(rivi, rooli)))
    return (*(name for name in in_order if name in used), *(name for name in used if name not in in_order))


def _tree(rows, painopisteet, tavoitteet, tavoitteessa, painopisteessa, *, bands):
    tree = []
    for start in range(0, len(rows), tavoitteessa):
        if start % painopisteessa == 0:
            place = len(tree)
            name = _each(painopisteet, place, f"Painopiste {place + 1}: sujuva arki")
            tree.append(Painopiste(id=place + 1, nimi=name, sdg=(), tavoitteet=()))
        place, own = start // tavoitteessa, tuple(rows[start : start + tavoitteessa])
        name = _each(tavoitteet, place, f"Tavoite {place + 1}: palvelut ovat lähellä")
        tavoite = Tavoite(id=place + 1, nimi=name, rivit=own, toimielin=own[0].toimielin if bands else "")
        tree[-1] = replace(tree[-1], tavoitteet=(*tree[-1].tavoitteet, tavoite))
    return tuple(tree)


def numbered(raportti):
    """The report with ids as in a database that had nothing before it: each kind from one, in order."""
    is_first = raportti.edellinen is None
    tavoitteet, rivit = (iter(range(1, 1000)) for _kind in range(2))
    painopisteet = tuple(
        replace(
            painopiste,
            id=number,
            tavoitteet=tuple(
                replace(
                    tavoite,
                    id=next(tavoitteet),
                    rivit=tuple(replace(rivi, id=next(rivit)) for rivi in tavoite.rivit),
                )
                for tavoite in painopiste.tavoitteet
            ),
        )
        for number, painopiste in enumerate(raportti.painopisteet, 1)
    )
    return replace(
        raportti,
        kunta=replace(raportti.kunta, id=1),
        strategia=replace(raportti.strategia, id=1),
        jakso=replace(raportti.jakso, id=1 if is_first else 2),
        edellinen=None if is_first else replace(raportti.edellinen, id=1),
        painopisteet=painopisteet,
    )
