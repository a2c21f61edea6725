"""Kinds 1–16 once more: two levels or bands, two rows of headings, two jaksot, headings that no word table knows."""

from .kuvaus import V, taulu

_TASOT = [("Puhdas ilma", "Päästöt alas")] * 2 + [("Iloiset lapset", "Leikki kaikille")] * 2
_NIMET = ["Pyöräväylä rantaan", "Bussit sähköllä", "Leikkipuisto kunnostetaan", "Kerho joka kylään"]
_TEKSTIT = ["Väylä on suunniteltu.", "Neljä bussia ajaa.", "Keinut vaihdettiin.", "Kerhoja on kuusi."]
_MUUT = ["Katselmus pidetään.", "Akut hankitaan.", "Hiekka vaihdetaan.", "Ohjaajia haetaan."]
_YLA = ["Runko", "Oksa", "Toimenpide"]


def _rows(*more):
    return [[*tasot, nimi, *rest] for tasot, nimi, rest in zip(_TASOT, _NIMET, more, strict=True)]


def _expected(first, *more, sheet="Seuranta", column="C"):
    return [
        (f"{sheet}!{column}{first + n}", *tasot, nimi, *rest)
        for n, (tasot, nimi, rest) in enumerate(zip(_TASOT, _NIMET, more, strict=True))
    ]


def _banded(*more):
    """The painopiste on a row of its own above its rows."""
    rows = [[tavoite, nimi, *rest] for (_p, tavoite), nimi, rest in zip(_TASOT, _NIMET, more, strict=True)]
    return [["Puhdas ilma"], *rows[:2], ["Iloiset lapset"], *rows[2:]]


def _expected_banded(first, *more):
    places = (first + 1, first + 2, first + 4, first + 5)
    return [
        (f"Seuranta!B{place}", *tasot, nimi, *rest)
        for place, tasot, nimi, rest in zip(places, _TASOT, _NIMET, more, strict=True)
    ]


_ASTEET = [(2, 3), (4, 5), (1, 1), (3, 4)]
_LUVUT = [([first, second],) for first, second in _ASTEET]
_KENTAT = "painopiste tavoite toimenpide asteet"

taulu(
    "01-mikaan-ei-tuttua.xls",
    [["Runko", "Oksa", "Lehti", "Sato"], *_rows(*([text] for text in _TEKSTIT))],
    kysymykset=["column_role", "column_role"],
    rivit_avoinna=True,
)
taulu(
    "02-alin-oudon-alla.xls",
    [
        ["Runko", "Oksa", "Delmål", V("Toteutumisaste", oikealle=1), None],
        [None, None, None, "Kevät 2025", "Syksy 2025"],
        *_rows(*_ASTEET),
    ],
    _KENTAT,
    _expected(3, *_LUVUT),
    jaksot=["Kevät 2025", "Syksy 2025"],
)
taulu(
    "03-vuodet-ja-jaksot.xls",
    [
        [*_YLA, "Mittari", V("Mittarin arvo", oikealle=1), None, "Tila 30.4.2025", "Tila 31.8.2025"],
        [None, None, None, None, "2023", "2024", None, None],
        *_rows(*((f"Määrä {n}, kpl", 10 + n, 20 + n, *pair) for n, pair in enumerate(_ASTEET))),
    ],
    f"{_KENTAT} arvot",
    _expected(3, *(([*pair], [f"{10 + n}", f"{20 + n}"]) for n, pair in enumerate(_ASTEET))),
    jaksot=["30.4.2025", "31.8.2025"],
)
taulu(
    "04-nollasta-kolmeen-jaksoittain.xls",
    [
        ["0 = ei aloitettu, 1 = suunnitteilla, 2 = kesken, 3 = valmis"],
        ["Oksa", "Toimenpide", "Arvio T1 2025", "Arvio T2 2025"],
        *_banded((0, 1), (2, 3), (0, 0), (1, 2)),
    ],
    _KENTAT,
    _expected_banded(3, (["?1", "?2"],), (["?3", "?5"],), (["?1", "?1"],), (["?2", "?3"],)),
    kysymykset=["unknown_scale"],
    jaksoja=2,
)
taulu(
    "05-sanat-jaksoittain.xls",
    [
        ["Runko", "Oksa", "Åtgärd", V("Läge", oikealle=1), None],
        [None, None, None, "Delår 1 2025", "Delår 2 2025"],
        *_rows(("Pågår", "Klar"), ("Ej påbörjad", "Pågår"), ("Planeras", "Klar"), ("Pågår", "Pågår")),
    ],
    _KENTAT,
    _expected(3, ([3, 5],), ([1, 3],), ([2, 5],), ([3, 3],)),
    jaksoja=2,
)
taulu(
    "06-rasti-jaksoittain.xls",
    [
        [*_YLA, V("Lehti 30.4.2025", oikealle=1), None, V("Lehti 31.8.2025", oikealle=1), None],
        [None, None, None, "Valmis", "Kesken", "Valmis", "Kesken"],
        *_rows((None, "x", "x", None), (None, "x", None, "x"), ("x", None, "x", None), (None, None, None, "x")),
    ],
    _KENTAT,
    _expected(3, ([3, 5],), ([3, 3],), ([5, 5],), ([None, 3],)),
    jaksot=["30.4.2025", "31.8.2025"],
)
taulu(
    "07-varit-jaksoittain.ods",
    [
        [*_YLA, "Lehti 30.4.2025", "Lehti 31.8.2025"],
        *_rows(
            (V(tayte="FFFF00"), V(tayte="00B050")),
            (V(tayte="FF0000"), V(tayte="FFFF00")),
            (V(tayte="00B050"), V(tayte="00B050")),
            (V(tayte="FF0000"), V(tayte="FF0000")),
        ),
    ],
    _KENTAT,
    _expected(2, ([3, 5],), ([1, 3],), ([5, 5],), ([1, 1],)),
    jaksot=["30.4.2025", "31.8.2025"],
)
taulu(
    "08-kommentti-jaksoittain.xls",
    [
        [
            "Runko",
            "Tavoite",
            "Toimenpide",
            V("Osavuosikatsaus I 2025", oikealle=2),
            None,
            None,
            V("Osavuosikatsaus II 2025", oikealle=2),
            None,
            None,
        ],
        [None, None, None, "Aste", "Perustelu", "Lehti", "Aste", "Perustelu", "Lehti"],
        *_rows(*((a, _TEKSTIT[n], _MUUT[n], b, _TEKSTIT[n - 1], _MUUT[n - 1]) for n, (a, b) in enumerate(_ASTEET))),
    ],
    f"{_KENTAT} kommentit",
    _expected(3, *(([*pair], [_TEKSTIT[n], _TEKSTIT[n - 1]]) for n, pair in enumerate(_ASTEET))),
    jaksot=["Osavuosikatsaus I 2025", "Osavuosikatsaus II 2025"],
)
taulu(
    "09-neljannekset-ylhaalla.xls",
    [
        ["Seurantaraportti 2025"],
        ["Oksa", "Toimenpide", V("Q1", oikealle=1), None, V("Q2", oikealle=1), None],
        [None, None, "Tila", "Huomiot", "Tila", "Huomiot"],
        *_banded(*((a, _TEKSTIT[n], b, _MUUT[n]) for n, (a, b) in enumerate(_ASTEET))),
    ],
    f"{_KENTAT} kommentit",
    _expected_banded(4, *(([*pair], [_TEKSTIT[n], _MUUT[n]]) for n, pair in enumerate(_ASTEET))),
    jaksot=["Q1 2025", "Q2 2025"],
)
_LEHTI = [["Oksa", "Toimenpide", "Toimiala", "Tila kevät 2025", "Tila syksy 2025"]]
taulu(
    "10-valilehti-painopistetta-kohti.xls",
    {
        "Puhdas ilma": [
            *_LEHTI,
            *([*row[1:], "Tekninen", *pair] for row, pair in zip(_rows(*[()] * 4)[:2], _ASTEET[:2], strict=True)),
        ],
        "Iloiset lapset": [
            *_LEHTI,
            *([*row[1:], "Sivistys", *pair] for row, pair in zip(_rows(*[()] * 4)[2:], _ASTEET[2:], strict=True)),
        ],
    },
    f"{_KENTAT} toimiala",
    [
        (f"{sheet}!B{row}", *tasot, nimi, [*pair], unit)
        for sheet, row, tasot, nimi, pair, unit in zip(
            ["Puhdas ilma"] * 2 + ["Iloiset lapset"] * 2,
            [2, 3, 2, 3],
            _TASOT,
            _NIMET,
            _ASTEET,
            ["Tekninen"] * 2 + ["Sivistys"] * 2,
            strict=True,
        )
    ],
    jaksoja=2,
)
taulu(
    "11-jatkorivi-jaksoittain.xls",
    [
        [*_YLA, "Aste 30.4.2025", "Huomiot 30.4.2025", "Aste 31.8.2025", "Huomiot 31.8.2025"],
        *_rows(*((a, _TEKSTIT[n], b, _MUUT[n]) for n, (a, b) in enumerate(_ASTEET)))[:1],
        [None, None, None, None, "Rahat riittävät.", None, "Urakka alkoi."],
        *_rows(*((a, _TEKSTIT[n], b, _MUUT[n]) for n, (a, b) in enumerate(_ASTEET)))[1:],
        ["Yhteensä", None, None, 10, None, 13, None],
    ],
    f"{_KENTAT} kommentit",
    [
        (f"Seuranta!C{row}", *tasot, nimi, [*pair], texts)
        for row, tasot, nimi, pair, texts in zip(
            [2, 4, 5, 6],
            _TASOT,
            _NIMET,
            _ASTEET,
            [
                [f"{_TEKSTIT[0]}\nRahat riittävät.", f"{_MUUT[0]}\nUrakka alkoi."],
                *([_TEKSTIT[n], _MUUT[n]] for n in (1, 2, 3)),
            ],
            strict=True,
        )
    ],
    jaksoja=2,
    summat=["Seuranta!A7", "Seuranta!D7", "Seuranta!F7"],
)
taulu(
    "12-omat-bandien-alla.xls",
    [
        ["Oksa", "Toimenpide", "Kelle", "Paljonko", "Aste 2024", "Lehti 2024", "Aste 2025", "Lehti 2025"],
        *_banded(*((f"Ryhmä {n}", 100 * n + 250, a, 11 + n, b, 31 + n) for n, (a, b) in enumerate(_ASTEET))),
    ],
    f"{_KENTAT} sailyy",
    _expected_banded(
        2, *(([*pair], [f"Ryhmä {n}", f"{100 * n + 250}", f"{11 + n}", f"{31 + n}"]) for n, pair in enumerate(_ASTEET))
    ),
    jaksoja=2,
)
taulu(
    "13-kaksi-kielta-jaksoittain.xls",
    [
        ["Runko", "Oksa", "Toimenpide / Åtgärd", "Tila / Läge 2024", "Tila / Läge 2025"],
        *_rows(*_ASTEET),
    ],
    _KENTAT,
    _expected(2, *_LUVUT),
    jaksoja=2,
)
taulu(
    "14-yksikoita-ja-kaksi-jaksoa.xls",
    [
        ["Runko", "Oksa", "Toimenpide", "Toimiala", V("Toteutumisaste", oikealle=1), None],
        [None, None, None, None, "2024", "2025"],
        *_rows(("Tekninen / Sivistys", 2, 3), ("Tekninen", 4, 5), ("Sivistys", 1, 1), ("Sivistys", 3, 4)),
    ],
    _KENTAT,
    _expected(3, *_LUVUT),
    kysymykset=["several_toimialat"],
    jaksoja=2,
)
taulu(
    "15-sama-muoto-jaksoittain.xls",
    [["Runko", "Oksa", "Lehti", "Kukka 30.4.2025", "Kukka 31.8.2025"], *_rows(*_ASTEET)],
    kysymykset=["column_role"],
    rivit_avoinna=True,
    valinnat={"roles": {"Lehti": "toimenpide"}},
    valittuna=[[*pair] for pair in _ASTEET],
)
taulu(
    "16-koodit-ja-paivat.ods",
    [
        ["Runko", "Oksa", "Toimenpide", "Tunnus", "30.4.2025", "31.8.2025"],
        *_rows(*((f"0{n + 1}", *pair) for n, pair in enumerate(_ASTEET))),
    ],
    f"{_KENTAT} koodi",
    _expected(2, *(([*pair], f"0{n + 1}") for n, pair in enumerate(_ASTEET))),
    jaksot=["30.4.2025", "31.8.2025"],
)
