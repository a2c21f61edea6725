"""Kinds 12, 14, 15 and 16: own columns, all that is asked, the same table next year, small faults."""

import datetime

from .asteet import _expected, _rows
from .kuvaus import V, taulu

# --- 12: own columns

taulu(
    "12-luvut-ja-paivat.xlsx",
    [
        [
            "Painopiste",
            "Tavoite",
            "Toimenpide",
            "Toimiala",
            "Budjetti, €",
            "Määräaika",
            "Tärkeys (1–5)",
            "Toteutumisaste",
            "Kommentti",
        ],
        [
            "Elävä keskusta",
            "Kauppa säilyy",
            "Avataan tiloja",
            "Elinvoima",
            12000,
            V(datetime.date(2024, 8, 31), muoto="dd.mm.yyyy"),
            5,
            3,
            "Kaksi.",
        ],  # noqa: E501
        [
            "Elävä keskusta",
            "Kauppa säilyy",
            "Palkataan tuottaja",
            "Elinvoima",
            45000.5,
            V(datetime.date(2024, 12, 31), muoto="dd.mm.yyyy"),
            2,
            5,
            None,
        ],  # noqa: E501
        ["Puhtaat vedet", "Rannat kuntoon", "Siivotaan rannat", "Tekninen", None, None, 1, 4, None],
    ],
    "painopiste toimenpide asteet kommentit omat",
    [
        (
            "Seuranta!C2",
            "Elävä keskusta",
            "Avataan tiloja",
            [3],
            ["Kaksi."],
            {"Budjetti, €": "12000", "Määräaika": "31.8.2024", "Tärkeys (1–5)": "5"},
        ),  # noqa: E501
        (
            "Seuranta!C3",
            "Elävä keskusta",
            "Palkataan tuottaja",
            [5],
            [None],
            {"Budjetti, €": "45000,5", "Määräaika": "31.12.2024", "Tärkeys (1–5)": "2"},
        ),  # noqa: E501
        ("Seuranta!C4", "Puhtaat vedet", "Siivotaan rannat", [4], [None], {"Tärkeys (1–5)": "1"}),
    ],
    jaksoja=1,
)
taulu(
    "12-oudot-otsikot.csv",
    [
        ["Tavoite", "Hupsista", "Toimenpide", "Kelle", "Paljonko", "Toteutumisaste"],
        *[
            [goal, odd, name, who, much, score]
            for goal, odd, name, who, much, score in (
                ("Kauppa säilyy", "A", "Avataan tiloja", "Yrittäjille", "7,5", "3"),
                ("Kauppa säilyy", "B", "Palkataan tuottaja", "Kaikille", "12", "5"),
                ("Rannat kuntoon", "A", "Siivotaan rannat", "Uimareille", "3", "4"),
                ("Rannat kuntoon", "C", "Venesatama ruopataan", "Veneilijöille", "140", "1"),
            )
        ],
    ],
    "tavoite toimenpide asteet sailyy",
    [
        ("C2", "Kauppa säilyy", "Avataan tiloja", [3], ["A", "Yrittäjille", "7,5"]),
        ("C3", "Kauppa säilyy", "Palkataan tuottaja", [5], ["B", "Kaikille", "12"]),
        ("C4", "Rannat kuntoon", "Siivotaan rannat", [4], ["A", "Uimareille", "3"]),
        ("C5", "Rannat kuntoon", "Venesatama ruopataan", [1], ["C", "Veneilijöille", "140"]),
    ],
    jaksoja=1,
)
taulu(
    "12-jakson-omat.ods",
    [
        ["Tavoite", "Toimenpide", V("Kevät 2024", oikealle=2), None, None, V("Syksy 2024", oikealle=2), None, None],
        [None, None, "Toteutumisaste", "Kommentti", "Käytetty, €", "Toteutumisaste", "Kommentti", "Käytetty, €"],
        *_rows(
            [2, "Yksi.", 1000, 3, "Kaksi.", 2500],
            [1, None, None, 5, None, 300],
            [4, None, 50, 4, None, 75],
            [1, None, 0, 2, "Lupa.", 0],
        ),
    ],
    "tavoite toimenpide asteet kommentit sailyy",
    _expected(
        "Seuranta",
        3,
        "B",
        ([2, 3], ["Yksi.", "Kaksi."], ["1000", "2500"]),
        ([1, 5], [None, None], ["300"]),
        ([4, 4], [None, None], ["50", "75"]),
        ([1, 2], [None, "Lupa."], []),
    ),
    jaksoja=2,
)

# --- 14: what was a notice over a column is a question

taulu(
    "14-kaksi-astetta.xlsx",
    [
        ["Tavoite", "Toimenpide", "Toteutumisaste", "Etenemisaste"],
        *_rows([3, 4], [5, 5], [4, 2], [1, 1]),
    ],
    "tavoite toimenpide",
    _expected("Seuranta", 2, "B", (), (), (), ()),
    kysymykset=["column_role"],
)
taulu(
    "14-kaksi-toimialaa.csv",
    [
        ["Tavoite", "Toimenpide", "Toimiala", "Toteutumisaste"],
        *_rows(["Tekninen / Sivistys", "3"], ["Tekninen", "5"], ["Sivistys", "4"], ["Tekninen / Sivistys", "1"]),
    ],
    "tavoite toimenpide asteet",
    _expected("", 2, "B", ([3],), ([5],), ([4],), ([1],)),
    kysymykset=["several_toimialat"],
    jaksoja=1,
)
taulu(
    "14-kaikki-toimialat.ods",
    [
        ["Mihin pyrimme", "Toimenpide", "Toimiala", "Tilanne", "Huomiot"],
        *_rows(
            ["Kaikki toimialat", "Kesken", "Kaksi."],
            ["Tekninen", "Valmis", None],
            ["Sivistys", "Valmis", None],
            ["Kaikki toimialat", "Ei aloitettu", None],
        ),  # noqa: E501
    ],
    "pp_tai_tavoite toimenpide asteet kommentit",
    _expected("Seuranta", 2, "B", ([3], ["Kaksi."]), ([5], [None]), ([5], [None]), ([1], [None])),
    kysymykset=["several_toimialat"],
    jaksoja=1,
)

# --- 15: the same shape next year: what settles one settles the other

for _vuosi, _paate, _lisa in ((2024, "csv", []), (2025, "xlsx", ["Resurssit"]), (2026, "ods", [])):
    taulu(
        f"15-sama-muoto-{_vuosi}.{_paate}",
        [
            [f"Seuranta {_vuosi}"],
            ["Tavoite", "Toimenpide", *_lisa, f"Arvosana (4–10) {_vuosi}", f"Mietteet {_vuosi}"],
            *_rows(
                *(
                    [*(["Oma työ."] if _lisa else []), grade, text]
                    for grade, text in (
                        (7, "Kaksi vuokrattu."),
                        (9, "Aloitti työn."),
                        (10, "Siistiä tuli."),
                        (4, "Lupa viipyy."),
                    )
                )
            ),  # noqa: E501
        ],
        "tavoite toimenpide asteet",
        _expected("" if _paate == "csv" else "Seuranta", 3, "B", (["?"],), (["?"],), (["?"],), (["?"],)),
        kysymykset=["unknown_scale"],
        jaksoja=1,
        valinnat={"scale": {"4": 1, "7": 3, "9": 4, "10": 5}},
        valittuna=[[3], [4], [5], [1]],
    )

# --- 16: small faults

taulu(
    "16-koodi-muotoiltuna.xlsx",
    [
        ["Koodi", "Tavoite", "Toimenpide", "Toteutumisaste"],
        [V(1.1, muoto="0.00"), "Kauppa säilyy", "Avataan tiloja", 3],
        [V(1.2, muoto="0.00"), "Kauppa säilyy", "Palkataan tuottaja", 5],
        [V(2.1, muoto="0.00"), "Rannat kuntoon", "Siivotaan rannat", 4],
    ],
    "koodi tavoite toimenpide asteet",
    [
        ("Seuranta!C2", "1,10", "Kauppa säilyy", "Avataan tiloja", [3]),
        ("Seuranta!C3", "1,20", "Kauppa säilyy", "Palkataan tuottaja", [5]),
        ("Seuranta!C4", "2,10", "Rannat kuntoon", "Siivotaan rannat", [4]),
    ],
    jaksoja=1,
)
taulu(
    "16-dos.csv",
    [
        ["Tavoite", "Toimenpide", "Toteutumisaste"],
        *_rows(["3"], ["5"], ["4"], ["1"]),
        ["Työ säilyy", "Äijänsuon väylä", "2"],
    ],
    "tavoite toimenpide asteet",
    [*_expected("", 2, "B", ([3],), ([5],), ([4],), ([1],)), ("B6", "Työ säilyy", "Äijänsuon väylä", [2])],
    merkisto="cp850",
    jaksoja=1,
    voi_torjua=True,
)
taulu(
    "16-paivat-otsikoissa.xls",
    [
        [
            "Tavoite",
            "Toimenpide",
            V(datetime.date(2025, 4, 30), muoto="dd.mm.yyyy"),
            V(datetime.date(2025, 8, 31), muoto="dd.mm.yyyy"),
        ],
        *_rows([2, 3], [1, 5], [4, 4], [1, 2]),
    ],
    "tavoite toimenpide asteet",
    _expected("Seuranta", 2, "B", ([2, 3],), ([1, 5],), ([4, 4],), ([1, 2],)),
    jaksot=["30.4.2025", "31.8.2025"],
)
taulu(
    "16-juokseva-numero.ods",
    [
        ["Nro", "Painopiste", "Toimenpide", "Toimiala", "Toteutumisaste"],
        [1, "Elävä keskusta", "Avataan tiloja", "Elinvoima", 3],
        [2, "Elävä keskusta", "Palkataan tuottaja", "Elinvoima", 5],
        [3, "Puhtaat vedet", "Siivotaan rannat", "Tekninen", 4],
    ],
    "koodi painopiste toimenpide asteet omat",
    [
        ("Seuranta!C2", None, "Elävä keskusta", "Avataan tiloja", [3], {"Nro": "1"}),
        ("Seuranta!C3", None, "Elävä keskusta", "Palkataan tuottaja", [5], {"Nro": "2"}),
        ("Seuranta!C4", None, "Puhtaat vedet", "Siivotaan rannat", [4], {"Nro": "3"}),
    ],
    jaksoja=1,
)
