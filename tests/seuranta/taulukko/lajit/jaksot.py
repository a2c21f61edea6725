"""Kinds 8, 9 and 13: which text is the comment, periods, two languages."""

from .asteet import _NIMET, _TAVOITTEET, _expected, _rows
from .kuvaus import V, taulu

# --- 8: the comment is the text whose heading says so, else the nearest; other texts are kept

taulu(
    "08-otsikko-sanoo.xlsx",
    [
        ["Tavoite", "Toimenpide", "Toteutumisaste", "Seuraavat askeleet", "Kommentti"],
        *_rows(
            [3, "Kolmas tila.", "Kaksi vuokrattu."],
            [5, None, "Aloitti."],
            [4, "Talkoot keväällä.", None],
            [1, "Valitus.", "Lupa."],
        ),  # noqa: E501
    ],
    "tavoite toimenpide asteet kommentit omat",
    _expected(
        "Seuranta",
        2,
        "B",
        ([3], ["Kaksi vuokrattu."], {"Seuraavat askeleet": "Kolmas tila."}),
        ([5], ["Aloitti."], {}),
        ([4], [None], {"Seuraavat askeleet": "Talkoot keväällä."}),
        ([1], ["Lupa."], {"Seuraavat askeleet": "Valitus."}),
    ),
    jaksoja=1,
)
taulu(
    "08-lahin-teksti.csv",
    [
        ["Tavoite", "Toimenpide", "Resurssit", "Toteutumisaste", "Mietteitä matkan varrelta"],
        *_rows(
            ["Oma työ ja pieni avustus.", "3", "Kaksi on vuokrattu ja kolmas neuvotellaan."],
            ["Hankeraha ensi kevääseen.", "5", "Aloitti syksyllä, tapahtumia oli kuusi."],
            ["Talkootyö ja roskalavat.", "4", "Kaikki rannat siistittiin talkoilla."],
            ["Investointiraha puuttuu.", "1", "Lupa viipyy, urakka ei ole alkanut."],
        ),
    ],
    "tavoite toimenpide asteet kommentit omat",
    _expected(
        "",
        2,
        "B",
        ([3], ["Kaksi on vuokrattu ja kolmas neuvotellaan."], {"Resurssit": "Oma työ ja pieni avustus."}),
        ([5], ["Aloitti syksyllä, tapahtumia oli kuusi."], {"Resurssit": "Hankeraha ensi kevääseen."}),
        ([4], ["Kaikki rannat siistittiin talkoilla."], {"Resurssit": "Talkootyö ja roskalavat."}),
        ([1], ["Lupa viipyy, urakka ei ole alkanut."], {"Resurssit": "Investointiraha puuttuu."}),
    ),
    jaksoja=1,
)
taulu(
    "08-kaksi-kommenttia.ods",
    [
        ["Tavoite", "Toimenpide", "Toteutumisaste", "Kommentti", "Kommentit"],
        *_rows(
            [3, "Kaksi vuokrattu.", "Johtaja: hyvä."],
            [5, "Aloitti.", "Johtaja: hyvä."],
            [4, "Siisti.", None],
            [1, "Lupa.", "Kiirehdi."],
        ),  # noqa: E501
    ],
    "tavoite toimenpide asteet",
    _expected("Seuranta", 2, "B", ([3],), ([5],), ([4],), ([1],)),
    kysymykset=["column_role"],
    jaksoja=1,
)

# --- 9: periods

taulu(
    "09-paiva-ilman-vuotta.xlsx",
    {
        "Seuranta 2025": [
            ["Tavoite", "Toimenpide", "Tilanne 30.4.", "Kommentti 30.4.", "Tilanne 31.8.", "Kommentti 31.8."],
            *_rows(
                ["Kesken", "Yksi.", "Kesken", "Kaksi."],
                ["Ei aloitettu", None, "Valmis", None],
                ["Valmis", None, "Valmis", None],
                ["Ei aloitettu", None, "Kesken", "Lupa."],
            ),  # noqa: E501
        ]
    },
    "tavoite toimenpide asteet kommentit",
    _expected(
        "Seuranta 2025",
        2,
        "B",
        ([3, 3], ["Yksi.", "Kaksi."]),
        ([1, 5], [None, None]),
        ([5, 5], [None, None]),
        ([1, 3], [None, "Lupa."]),
    ),  # noqa: E501
    jaksot=["30.4.2025", "31.8.2025"],
)
taulu(
    "09-vuosi-puuttuu.csv",
    [
        ["Tavoite", "Toimenpide", "Toteutumisaste 30.4.", "Toteutumisaste 31.8."],
        *_rows(["2", "3"], ["1", "5"], ["4", "4"], ["1", "2"]),
    ],
    "tavoite toimenpide asteet",
    _expected("", 2, "B", ([2, 3],), ([1, 5],), ([4, 4],), ([1, 2],)),
    kysymykset=["year_needed"],
    jaksot=["30.4.", "31.8."],
)
taulu(
    "09-yhdistetyt-jaksot.ods",
    [
        ["Strategian seuranta"],
        ["Mihin pyrimme", "Mitä teemme", V("OVK I 2024", oikealle=1), None, V("OVK II 2024", oikealle=1), None],
        [None, None, "Arvio", "Sanallinen arvio", "Arvio", "Sanallinen arvio"],
        *_rows([2, "Yksi.", 3, "Kaksi."], [1, None, 5, None], [4, None, 4, None], [1, None, 2, "Lupa."]),
    ],
    "pp_tai_tavoite toimenpide asteet kommentit",
    _expected(
        "Seuranta",
        4,
        "B",
        ([2, 3], ["Yksi.", "Kaksi."]),
        ([1, 5], [None, None]),
        ([4, 4], [None, None]),
        ([1, 2], [None, "Lupa."]),
    ),  # noqa: E501
    jaksoja=2,
)
_VALILEHTI = ["Tavoite", "Toimenpide", "Toimiala", "Toteutumisaste", "Kommentti"]
taulu(
    "09-valilehti-jaksoa-kohti.xls",
    {
        "T1 2024": [
            _VALILEHTI,
            *_rows(["Elinvoima", 2, "Yksi."], ["Elinvoima", 1, None], ["Tekninen", 4, None], ["Tekninen", 1, None]),
        ],
        "T2 2024": [
            _VALILEHTI,
            *_rows(["Elinvoima", 3, "Kaksi."], ["Elinvoima", 5, None], ["Tekninen", 4, None], ["Tekninen", 2, "Lupa."]),
        ],  # noqa: E501
    },
    "tavoite toimenpide toimiala asteet kommentit",
    _expected(
        "T1 2024",
        2,
        "B",
        ("Elinvoima", [2, 3], ["Yksi.", "Kaksi."]),
        ("Elinvoima", [1, 5], [None, None]),
        ("Tekninen", [4, 4], [None, None]),
        ("Tekninen", [1, 2], [None, "Lupa."]),
    ),
    jaksoja=2,
)
taulu(
    "09-delar.csv",
    [
        [
            "Mål",
            "Åtgärd",
            "Status delår 1 2024",
            "Kommentar delår 1 2024",
            "Status delår 2 2024",
            "Kommentar delår 2 2024",
        ],
        *_rows(
            ["Pågår", "En.", "Pågår", "Två."],
            ["Ej påbörjad", "", "Klar", ""],
            ["Klar", "", "Klar", ""],
            ["Ej påbörjad", "", "Pågår", ""],
        ),  # noqa: E501
    ],
    "pp_tai_tavoite toimenpide asteet kommentit",
    _expected(
        "", 2, "B", ([3, 3], ["En.", "Två."]), ([1, 5], [None, None]), ([5, 5], [None, None]), ([1, 3], [None, None])
    ),
    jaksoja=2,
)
taulu(
    "09-tavoitearvo-ja-toteuma.xlsx",
    [
        ["Tavoite", "Toimenpide", "Mittari", "Tavoitearvo 2024", "Toteuma 2024"],
        *_rows(["Tilat, kpl", 3, 2], ["Tapahtumat, kpl", 6, 7], ["Rannat, kpl", 5, 5], ["Paikat, kpl", 40, 0]),
    ],
    "tavoite toimenpide mittari asteet tavoitearvot arvot",
    _expected(
        "Seuranta",
        2,
        "B",
        ("Tilat", [None], ["3"], ["2"]),
        ("Tapahtumat", [None], ["6"], ["7"]),
        ("Rannat", [None], ["5"], ["5"]),
        ("Paikat", [None], ["40"], ["0"]),
    ),
    jaksoja=1,
)

# --- 13: two languages

taulu(
    "13-kauttaviiva.xlsx",
    [
        ["Painopiste / Tyngdpunkt", "Toimenpide / Åtgärd", "Toimiala / Sektor", "Toteutumisaste / Genomförandegrad"],
        ["Elävä keskusta / Levande centrum", "Avataan tiloja / Öppnar lokaler", "Elinvoima / Livskraft", 3],
        ["Elävä keskusta / Levande centrum", "Palkataan tuottaja / Anställer producent", "Elinvoima / Livskraft", 5],
        ["Puhtaat vedet / Rena vatten", "Siivotaan rannat / Städar stränder", "Tekninen / Tekniska", 4],
    ],
    "painopiste toimenpide toimiala asteet",
    [
        (
            "Seuranta!B2",
            "Elävä keskusta / Levande centrum",
            "Avataan tiloja / Öppnar lokaler",
            "Elinvoima / Livskraft",
            [3],
        ),
        (
            "Seuranta!B3",
            "Elävä keskusta / Levande centrum",
            "Palkataan tuottaja / Anställer producent",
            "Elinvoima / Livskraft",
            [5],
        ),
        (
            "Seuranta!B4",
            "Puhtaat vedet / Rena vatten",
            "Siivotaan rannat / Städar stränder",
            "Tekninen / Tekniska",
            [4],
        ),
    ],
    jaksoja=1,
)
taulu(
    "13-kaksi-otsikkorivia.ods",
    [
        ["Painopiste", "Tavoite", "Toimenpide", "Vastuuhenkilö", "Tila", "Kommentti"],
        ["Tyngdpunkt", "Mål", "Åtgärd", "Ansvarig", "Läge", "Kommentar"],
        ["Elävä keskusta", "Kauppa säilyy", "Avataan tiloja", "Kauppias", "Kesken", "Kaksi.\nTvå."],
        ["Elävä keskusta", "Kauppa säilyy", "Palkataan tuottaja", "Kauppias", "Valmis", None],
        ["Puhtaat vedet", "Rannat kuntoon", "Siivotaan rannat", "Talkoot", "Valmis", None],
    ],
    "painopiste tavoite toimenpide vastuu asteet kommentit",
    [
        ("Seuranta!C3", "Elävä keskusta", "Kauppa säilyy", "Avataan tiloja", "Kauppias", [3], ["Kaksi.\nTvå."]),
        ("Seuranta!C4", "Elävä keskusta", "Kauppa säilyy", "Palkataan tuottaja", "Kauppias", [5], [None]),
        ("Seuranta!C5", "Puhtaat vedet", "Rannat kuntoon", "Siivotaan rannat", "Talkoot", [5], [None]),
    ],
    jaksoja=1,
)
taulu(
    "13-rivinvaihto.csv",
    [
        [
            "Strateginen tavoite\nStrategiskt mål",
            "Toimenpide\nÅtgärd",
            "Etenemisaste\nGenomförandegrad",
            "Huomiot\nAnmärkningar",
        ],
        ["Kauppa säilyy\nHandeln bevaras", "Avataan tiloja\nÖppnar lokaler", "3", "Kaksi. Två."],
        ["Kauppa säilyy\nHandeln bevaras", "Palkataan tuottaja\nAnställer producent", "5", ""],
        ["Rannat kuntoon\nStränderna i skick", "Siivotaan rannat\nStädar stränder", "4", ""],
    ],
    "tavoite toimenpide asteet kommentit",
    [
        ("B2", "Kauppa säilyy\nHandeln bevaras", "Avataan tiloja\nÖppnar lokaler", [3], ["Kaksi. Två."]),
        ("B3", "Kauppa säilyy\nHandeln bevaras", "Palkataan tuottaja\nAnställer producent", [5], [None]),
        ("B4", "Rannat kuntoon\nStränderna i skick", "Siivotaan rannat\nStädar stränder", [4], [None]),
    ],
    jaksoja=1,
)

assert len(_NIMET) == len(_TAVOITTEET)
