"""Kinds 4–7: other scales, words and signs, x in one of several columns, colours."""

from .kuvaus import V, taulu

_NIMET = ["Avataan pop up -tiloja", "Palkataan tuottaja", "Siivotaan uimarannat", "Venesatama ruopataan"]
_TAVOITTEET = ["Kauppa säilyy", "Kauppa säilyy", "Rannat kuntoon", "Rannat kuntoon"]


def _rows(*more):
    return [[goal, name, *rest] for goal, name, rest in zip(_TAVOITTEET, _NIMET, more, strict=True)]


def _expected(sheet, first, column, *more):
    start = f"{sheet}!" if sheet else ""
    return [
        (f"{start}{column}{first + n}", goal, name, *rest)
        for n, (goal, name, rest) in enumerate(zip(_TAVOITTEET, _NIMET, more, strict=True))
    ]


# --- 4: a scale that is not 1 worst … 5 best

taulu(
    "04-kaanteinen.xlsx",
    [
        ["Arvio: 1 = toteutunut, 2 = osittain toteutunut, 3 = ei toteutunut"],
        ["Tavoite", "Toimenpide", "Arvio", "Kommentti"],
        *_rows([1, "Kaksi vuokrattu."], [3, None], [2, "Puolet."], [1, None]),
    ],
    "tavoite toimenpide asteet kommentit",
    _expected(
        "Seuranta", 3, "B", (["?5"], ["Kaksi vuokrattu."]), (["?1"], [None]), (["?3"], ["Puolet."]), (["?5"], [None])
    ),
    kysymykset=["unknown_scale"],
)
taulu(
    "04-nollasta-neljaan.csv",
    [
        ["Tavoite", "Toimenpide", "Toteutumisaste 30.4.2024", "Toteutumisaste 31.8.2024"],
        *_rows(["0", "2"], ["1", "4"], ["3", "3"], ["0", "1"]),
        ["0 = ei aloitettu, 1 = suunnitteilla, 2 = käynnissä, 3 = lähes valmis, 4 = toteutunut"],
    ],
    "tavoite toimenpide asteet",
    _expected("", 2, "B", (["?1", "?3"],), (["?2", "?5"],), (["?4", "?4"],), (["?1", "?2"],)),
    kysymykset=["unknown_scale"],
    jaksoja=2,
)
taulu(
    "04-kouluarvosana.ods",
    [
        ["Mihin pyrimme", "Mitä teemme", "Arvosana (4–10)", "Perustelu"],
        *_rows([7, "Kaksi vuokrattu."], [9, "Aloitti."], [10, "Siisti."], [4, "Lupa viipyy."]),
    ],
    "pp_tai_tavoite toimenpide asteet kommentit",
    _expected(
        "Seuranta",
        2,
        "B",
        (["?"], ["Kaksi vuokrattu."]),
        (["?"], ["Aloitti."]),
        (["?"], ["Siisti."]),
        (["?"], ["Lupa viipyy."]),
    ),
    kysymykset=["unknown_scale"],
)

# --- 5: words and signs

taulu(
    "05-sanat.xlsx",
    [
        ["Tavoite", "Toimenpide", "Toimiala", "Tilanne", "Huomiot"],
        *_rows(
            ["Elinvoima", "Kesken", "Kaksi."],
            ["Elinvoima", "Toteutettu", None],
            ["Tekninen", "VALMIS", None],
            ["Tekninen", "Ei aloitettu", "Lupa."],
        ),  # noqa: E501
    ],
    "tavoite toimenpide asteet kommentit",
    _expected("Seuranta", 2, "B", ([3], ["Kaksi."]), ([5], [None]), ([5], [None]), ([1], ["Lupa."])),
    jaksoja=1,
)
taulu(
    "05-naamat.csv",
    [
        ["Tavoite", "Toimenpide", "Fiilis keväällä 2025", "Fiilis syksyllä 2025"],
        *_rows(["😐", "☺"], ["☹", "😐"], ["☺", "☺"], ["☹", "☹"]),
    ],
    "tavoite toimenpide asteet",
    _expected("", 2, "B", ([3, 5],), ([1, 3],), ([5, 5],), ([1, 1],)),
    jaksoja=2,
)
taulu(
    "05-kuviot-selitteineen.ods",
    [
        ["Strategins uppföljning 2024"],
        ["◆ = genomförd, ■ = pågår, ▲ = ej påbörjad"],
        [],
        ["Mål", "Åtgärd", "Ansvarig", "Läge"],
        *_rows(["Rektorn", "■"], ["Rektorn", "◆"], ["Chefen", "◆"], ["Chefen", "▲"]),
    ],
    "pp_tai_tavoite toimenpide vastuu asteet",
    _expected("Seuranta", 5, "B", ("Rektorn", [3]), ("Rektorn", [5]), ("Chefen", [5]), ("Chefen", [1])),
    jaksoja=1,
)
taulu(
    "05-aikataulun-sanat.xls",
    [
        ["Tavoite", "Toimenpide", "Status"],
        *_rows(["Valmis"], ["Aikataulussa"], ["Valmis"], ["Aikataulussa"]),
    ],
    "tavoite toimenpide asteet",
    _expected("Seuranta", 2, "B", ([5],), (["?"],), ([5],), (["?"],)),
    kysymykset=["unknown_word"],
)

# --- 6: x in one of several columns

taulu(
    "06-rasti-sanojen-alla.xlsx",
    [
        ["Tavoite", "Toimenpide", V("Toteutuminen 2024", oikealle=2), None, None, "Arviointi"],
        [None, None, "Toteutunut", "Toteutunut osittain", "Ei toteutunut", None],
        *_rows(
            [None, "x", None, "Kaksi."], ["x", None, None, None], ["X", None, None, None], [None, None, "x", "Lupa."]
        ),
    ],
    "tavoite toimenpide asteet kommentit",
    _expected("Seuranta", 3, "B", ([3], ["Kaksi."]), ([5], [None]), ([5], [None]), ([1], ["Lupa."])),
    jaksoja=1,
)
taulu(
    "06-rasti-numeroiden-alla.ods",
    [
        ["Tavoite", "Toimenpide", "Toteutumisaste", None, None, None, None],
        [None, None, "1", "2", "3", "4", "5"],
        *_rows([None, None, "x"], ["x"], [None, None, None, None, "x"], [None, "x"]),
    ],
    "tavoite toimenpide asteet",
    _expected("Seuranta", 3, "B", ([3],), ([1],), ([5],), ([2],)),
    jaksoja=1,
)
taulu(
    "06-rasti-yhdella-rivilla.csv",
    [
        ["Mihin pyrimme", "Mitä teemme", "Valmis", "Kesken", "Ei aloitettu", "Lisätiedot"],
        *_rows(["", "x", "", "Kaksi."], ["x", "", "", ""], ["x", "", "", ""], ["", "", "x", "Lupa."]),
    ],
    "pp_tai_tavoite toimenpide asteet kommentit",
    _expected("", 2, "B", ([3], ["Kaksi."]), ([5], [None]), ([5], [None]), ([1], ["Lupa."])),
    jaksoja=1,
)
taulu(
    "06-rastit-ovat-aikataulu.xlsx",
    [
        ["Tavoite", "Toimenpide", "Ajoitus", None, None, None, "Toteutumisaste"],
        [None, None, "Q1", "Q2", "Q3", "Q4", None],
        *_rows(
            ["x", None, "x", None, 3], [None, "x", None, None, 5], ["x", "x", "x", "x", 4], [None, None, None, "x", 1]
        ),
    ],
    "tavoite toimenpide asteet sailyy",
    _expected("Seuranta", 3, "B", ([3], ["Q1", "Q3"]), ([5], ["Q2"]), ([4], ["Q1", "Q4"]), ([1], ["Q4"])),
    jaksoja=1,
)

# --- 7: colour

_VIHREA, _KELTAINEN, _PUNAINEN = "C6EFCE", "FFEB9C", "FFC7CE"
taulu(
    "07-solun-vari.xlsx",
    [
        ["Tavoite", "Toimenpide", "Toimiala", "Tilanne", "Kommentti"],
        *_rows(
            ["Elinvoima", V(tayte=_KELTAINEN), "Kaksi."],
            ["Elinvoima", V(tayte=_VIHREA), None],
            ["Tekninen", V(tayte=_VIHREA), None],
            ["Tekninen", V(tayte=_PUNAINEN), "Lupa."],
        ),
    ],
    "tavoite toimenpide asteet kommentit",
    _expected("Seuranta", 2, "B", ([3], ["Kaksi."]), ([5], [None]), ([5], [None]), ([1], ["Lupa."])),
    jaksoja=1,
)
taulu(
    "07-toisen-solun-vari.ods",
    [
        ["Mihin pyrimme", "Mitä teemme", "Missä mennään 2024"],
        *_rows(
            [V("Kaksi vuokrattu, kolmas neuvotellaan.", tayte="#ffeb9c".strip("#").upper())],
            [V("Aloitti syksyllä ja tapahtumia oli kuusi.", tayte=_VIHREA)],
            [V("Talkoilla saatiin kaikki siistiksi.", tayte=_VIHREA)],
            [V("Lupa viipyy, ei aloitettu.", tayte=_PUNAINEN)],
        ),
        [],
        ["Vihreä = toteutunut, keltainen = kesken, punainen = ei aloitettu"],
    ],
    "pp_tai_tavoite toimenpide asteet kommentit",
    _expected(
        "Seuranta",
        2,
        "B",
        ([3], ["Kaksi vuokrattu, kolmas neuvotellaan."]),
        ([5], ["Aloitti syksyllä ja tapahtumia oli kuusi."]),
        ([5], ["Talkoilla saatiin kaikki siistiksi."]),
        ([1], ["Lupa viipyy, ei aloitettu."]),
    ),
    jaksoja=1,
)
_RIVIVARIT = [_KELTAINEN, _VIHREA, _VIHREA, _PUNAINEN]
taulu(
    "07-rivin-vari.xls",
    [
        ["Vihreä = valmis, keltainen = kesken, punainen = ei aloitettu"],
        [],
        ["Tavoite", "Toimenpide", "Vastuutaho", "Kommentti"],
        *(
            [V(value, tayte=colour) for value in (goal, name, who, text)]
            for goal, name, who, text, colour in zip(
                _TAVOITTEET,
                _NIMET,
                ["Kauppias", "Tuottaja", "Talkoot", "Satama"],
                ["Kaksi.", "Kuusi.", "Siisti.", "Lupa."],
                _RIVIVARIT,
                strict=True,  # noqa: E501
            )
        ),
    ],
    "tavoite toimenpide vastuu asteet kommentit",
    _expected(
        "Seuranta",
        4,
        "B",
        ("Kauppias", [3], ["Kaksi."]),
        ("Tuottaja", [5], ["Kuusi."]),
        ("Talkoot", [5], ["Siisti."]),
        ("Satama", [1], ["Lupa."]),  # noqa: E501
    ),
    jaksoja=1,
)
