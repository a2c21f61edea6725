"""Kinds 4, 7, 9, 10, 11, 15 and 16 under two rows of headings, of three levels, some of whose headings mean nothing."""

import datetime

from .kuvaus import V, taulu
from .oudot import _ASTEET, _KENTAT, _MUUT, _NIMET, _TASOT, _TEKSTIT, _YLA, _expected, _rows

_ALLA = [None, None, None]


def _over(heading, *below, above=_YLA):
    """Two header rows: the heading is spread over those below it."""
    return [[*above, V(heading, oikealle=len(below) - 1), *[None] * (len(below) - 1)], [*_ALLA, *below]]


taulu(
    "04-nollasta-kolmeen-ylhaalla.xlsx",
    [
        ["0 = ei aloitettu, 1 = suunnitteilla, 2 = kesken, 3 = valmis"],
        *_over("Toteutumisaste", "Kevät 2025", "Syksy 2025"),
        *_rows((0, 1), (2, 3), (0, 0), (1, 2)),
    ],
    _KENTAT,
    _expected(4, (["?1", "?2"],), (["?3", "?5"],), (["?1", "?1"],), (["?2", "?3"],)),
    kysymykset=["unknown_scale"],
    jaksot=["Kevät 2025", "Syksy 2025"],
)
taulu(
    "07-varit-ylhaalla.xlsx",
    [
        *_over("Tilanne", "30.4.2025", "31.8.2025"),
        *_rows(
            (V(tayte="FFFF00"), V(tayte="00B050")),
            (V(tayte="FF0000"), V(tayte="FFFF00")),
            (V(tayte="00B050"), V(tayte="00B050")),
            (V(tayte="FF0000"), V(tayte="FF0000")),
        ),
    ],
    _KENTAT,
    _expected(3, ([3, 5],), ([1, 3],), ([5, 5],), ([1, 1],)),
    jaksot=["30.4.2025", "31.8.2025"],
)
taulu(
    "09-kolmannekset.xlsx",
    [
        *_over("Läge", "T1 2025", "T2 2025", "T3 2025", above=["Runko", "Oksa", "Delmål"]),
        *_rows(*((*pair, 5) for pair in _ASTEET)),
    ],
    _KENTAT,
    _expected(3, *(([*pair, 5],) for pair in _ASTEET)),
    jaksoja=3,
)
_LEHDET = {"Tekniset palvelut": slice(0, 2), "Sivistyspalvelut": slice(2, 4)}
taulu(
    "10-valilehti-toimialaa-kohti-ylhaalla.ods",
    {lehti: [*_over("Tila 2025", "Kevät", "Syksy"), *_rows(*_ASTEET)[rivit]] for lehti, rivit in _LEHDET.items()},
    f"{_KENTAT} toimiala",
    [
        (f"{lehti}!C{3 + n}", *_TASOT[rivit][n], _NIMET[rivit][n], [*_ASTEET[rivit][n]], lehti)
        for lehti, rivit in _LEHDET.items()
        for n in range(2)
    ],
    jaksot=["Kevät 2025", "Syksy 2025"],
)
taulu(
    "11-jatkorivi-ylhaalla.ods",
    [
        *_over("Osavuosikatsaus I 2025", "Aste", "Huomiot"),
        *_rows(*((a, text) for (a, _b), text in zip(_ASTEET, _TEKSTIT, strict=True))),
        [*_ALLA, None, _MUUT[3]],
        ["Yhteensä", None, None, 10],
    ],
    f"{_KENTAT} kommentit",
    _expected(
        3,
        *(
            ([a], [f"{text}\n{_MUUT[3]}" if text == _TEKSTIT[3] else text])
            for (a, _b), text in zip(_ASTEET, _TEKSTIT, strict=True)
        ),
    ),
    jaksot=["Osavuosikatsaus I 2025"],
    summat=["Seuranta!A8", "Seuranta!D8"],
)
taulu(
    "15-sama-muoto-ylhaalla.ods",
    [*_over("Kukka", "30.4.2025", "31.8.2025", above=["Runko", "Oksa", "Lehti"]), *_rows(*_ASTEET)],
    kysymykset=["column_role"],
    rivit_avoinna=True,
    valinnat={"roles": {"Lehti": "toimenpide"}},
    valittuna=[[*pair] for pair in _ASTEET],
)
_PAIVAT = [V(datetime.date(2025, month, day), muoto="dd.mm.yyyy") for month, day in ((4, 30), (8, 31))]
taulu(
    "16-paivat-ylhaalla.xlsx",
    [
        *_over("Tila", *_PAIVAT, above=["Tunnus", "Oksa", "Toimenpide"]),
        *([f"0{n + 1}", *row[1:]] for n, row in enumerate(_rows(*_ASTEET))),
    ],
    "pp_tai_tavoite toimenpide asteet koodi",
    [
        (cell, tavoite, nimi, pair, f"0{n + 1}")
        for n, (cell, _p, tavoite, nimi, pair) in enumerate(_expected(3, *([[*p]] for p in _ASTEET)))
    ],
    jaksot=["30.4.2025", "31.8.2025"],
)
