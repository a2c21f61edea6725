"""Kind 17: what is no plain table. Until it is read whole it is refused or asked, and no row of it is lost unsaid."""

from .kuvaus import V, taulu

_TORJUTAAN = {"status": "reject", "reason": "missing_column", "sanoo": "--sarake"}
_PIHAT, _KIRJASTO, _TORI = "Koulupihat vihertyvät", "Kirjasto auki iltaisin", "Torille sähköt"

# --- toimialat as columns

taulu(
    "17-toimialat-arvosanoina.xlsx",
    [
        ["Tavoite", "Toimenpide", "Sivistys", "Tekniikka", "Hallinto"],
        ["Hyvä arki", _PIHAT, 3, 4, None],
        ["Hyvä arki", _KIRJASTO, 5, None, 2],
        ["Elävä tori", _TORI, None, 2, 3],
        ["Elävä tori", "Markkinat keväällä", 4, 4, 1],
    ],
    "tavoite toimenpide omat",
    [
        ("Seuranta!B2", "Hyvä arki", _PIHAT, {"Sivistys": "3", "Tekniikka": "4"}),
        ("Seuranta!B3", "Hyvä arki", _KIRJASTO, {"Sivistys": "5", "Hallinto": "2"}),
        ("Seuranta!B4", "Elävä tori", _TORI, {"Tekniikka": "2", "Hallinto": "3"}),
        (
            "Seuranta!B5",
            "Elävä tori",
            "Markkinat keväällä",
            {"Sivistys": "4", "Tekniikka": "4", "Hallinto": "1"},
        ),
    ],
    kysymykset=["column_role"],
)
taulu(
    "17-toimialat-ylaotsikkoina.ods",
    [
        ["Toimenpide", V("Sivistystoimi", oikealle=1), None, V("Tekninen toimi", oikealle=1), None],
        [None, "Tila", "Kommentti", "Tila", "Kommentti"],
        [_PIHAT, "Kesken", "Kaksi pihaa valmis.", "Valmis", "Istutettu."],
        [_KIRJASTO, "Valmis", "Auki jo.", "Ei aloitettu", None],
        [_TORI, None, None, "Kesken", "Kaivetaan."],
    ],
    kysymykset=["column_role", "column_role"],
    rivit_avoinna=True,
)
taulu(
    "17-toimialat-rasteina.csv",
    [
        ["Mihin pyrimme", "Toimenpide", "Sivistyspalvelut", "Tekniset palvelut", "Hallintopalvelut"],
        ["Hyvä arki", _PIHAT, "x", "x", ""],
        ["Hyvä arki", _KIRJASTO, "x", "", ""],
        ["Elävä tori", _TORI, "", "x", "x"],
    ],
    "toimenpide sailyy",
    [
        ("B2", _PIHAT, ["Sivistyspalvelut", "Tekniset palvelut"]),
        ("B3", _KIRJASTO, ["Sivistyspalvelut"]),
        ("B4", _TORI, ["Tekniset palvelut", "Hallintopalvelut"]),
    ],
    jaksoja=0,
)

# --- a card, or a sheet for each toimenpide

taulu(
    "17-kortti.xls",
    [
        ["Toimenpidekortti"],
        [],
        ["Toimenpide", _PIHAT],
        ["Vastuu", "Sivistysjohtaja"],
        ["Toteutumisaste", 4],
        ["Kommentti", "Kaksi pihaa on valmiina."],
        ["Aikataulu", "2025"],
    ],
    **_TORJUTAAN,
)
taulu(
    "17-lehti-toimenpidetta-kohti.ods",
    {
        "Pihat": [["Nimi", _PIHAT], ["Painopiste", "Hyvä arki"], ["Tila", "Kesken"], ["Kuvaus", "Kolme pihaa."]],
        "Tori": [["Nimi", _TORI], ["Painopiste", "Elävä tori"], ["Tila", "Valmis"], ["Kuvaus", "Kaivettu."]],
    },
    **_TORJUTAAN,
)
taulu(
    "17-kortteja-allekkain.csv",
    [
        *(["Toimenpide:", _PIHAT], ["Tavoite:", "Hyvä arki"], ["Tilanne:", "Kesken"], []),
        *(["Toimenpide:", _TORI], ["Tavoite:", "Elävä tori"], ["Tilanne:", "Valmis"]),
    ],
    **_TORJUTAAN,
)

# --- turned on its side

taulu(
    "17-kyljellaan.xlsx",
    [
        ["Toimenpide", _PIHAT, _KIRJASTO, _TORI],
        ["Painopiste", "Hyvä arki", "Hyvä arki", "Elävä tori"],
        ["Toteutumisaste", 4, 5, 2],
        ["Kommentti", "Kaksi pihaa on valmiina.", "Auki jo.", "Kaivetaan."],
    ],
    **_TORJUTAAN,
)
taulu(
    "17-kyljellaan-nimetta.csv",
    [
        ["", _PIHAT, _KIRJASTO, _TORI],
        ["Tavoite", "Hyvä arki", "Hyvä arki", "Elävä tori"],
        ["Tila", "Kesken", "Valmis", "Kesken"],
        ["Vastuu", "Rehtori", "Kirjastonjohtaja", "Insinööri"],
    ],
    status="reject",
    reason="no_header",
    sanoo="--otsikkorivi",
)
taulu(
    "17-kyljellaan-vuosin.ods",
    [
        ["Tavoite", "Hyvä arki", "Hyvä arki", "Elävä tori"],
        ["Teko", _PIHAT, _KIRJASTO, _TORI],
        ["2023", 3, 4, 1],
        ["2024", 4, 5, 2],
    ],
    **_TORJUTAAN,
)

# --- levels in one column

taulu(
    "17-puu-koodein.xlsx",
    [
        ["Strategia", "Toteutumisaste"],
        *(["1 Hyvä arki"], ["1.1 Koulut kuntoon"], [f"1.1.1 {_PIHAT}", 4], [f"1.1.2 {_KIRJASTO}", 5]),
        *(["2 Elävä tori"], ["2.1 Tapahtumia"], [f"2.1.1 {_TORI}", 2]),
    ],
    "painopiste tavoite koodi toimenpide asteet",
    [
        ("Seuranta!A4", "1 Hyvä arki", "1.1 Koulut kuntoon", "1.1.1", _PIHAT, [4]),
        ("Seuranta!A5", "1 Hyvä arki", "1.1 Koulut kuntoon", "1.1.2", _KIRJASTO, [5]),
        ("Seuranta!A8", "2 Elävä tori", "2.1 Tapahtumia", "2.1.1", _TORI, [2]),
    ],
    jaksoja=1,
)
taulu(
    "17-puu-sanoin.ods",
    [
        ["Toimenpiteet", "Arvio 30.4.2025", "Arvio 31.8.2025", "Huomiot 31.8.2025"],
        *(["Painopiste 1: Hyvä arki"], ["Tavoite 1.1: Koulut kuntoon"]),
        *([_PIHAT, 3, 4, "Kaksi pihaa valmiina."], [_KIRJASTO, 2, 5, "Auki jo."]),
        *(["Painopiste 2: Elävä tori"], ["Tavoite 2.1: Tapahtumia"], [_TORI, 1, 2, "Kaivetaan."]),
    ],
    "painopiste tavoite toimenpide asteet",
    [
        ("Seuranta!A4", "Hyvä arki", "Koulut kuntoon", _PIHAT, [3, 4]),
        ("Seuranta!A5", "Hyvä arki", "Koulut kuntoon", _KIRJASTO, [2, 5]),
        ("Seuranta!A8", "Elävä tori", "Tapahtumia", _TORI, [1, 2]),
    ],
    jaksoja=2,
)
taulu(
    "17-puu-sisennyksin.csv",
    [
        ["Painopiste / tavoite / toimenpide", "Tila", "Kommentti"],
        *(["HYVÄ ARKI", "", ""], ["  Koulut kuntoon", "", ""]),
        *([f"    {_PIHAT}", "Kesken", "Kaksi valmiina."], [f"    {_KIRJASTO}", "Valmis", "Auki jo."]),
        *(["ELÄVÄ TORI", "", ""], ["  Tapahtumia", "", ""], [f"    {_TORI}", "Kesken", "Kaivetaan."]),
    ],
    **_TORJUTAAN,
)

# --- several tables on a sheet

taulu(
    "17-vierekkain.xlsx",
    [
        ["Toimenpide", "Toteutumisaste", None, "Toimenpide", "Toteutumisaste"],
        [_PIHAT, 4, None, _TORI, 2],
        [_KIRJASTO, 5, None, "Markkinat keväällä", 3],
    ],
    status="reject",
    reason="duplicate_header",
    sanoo="--sarake",
)
taulu(
    "17-mittarit-alla.xls",
    [
        *(["Hyvä arki"], ["Toimenpide", "Toteutumisaste"], [_PIHAT, 4], [_KIRJASTO, 5], [], ["Mittarit"]),
        *(["Mittari", "Tavoite", "Toteuma"], ["Kävijät", 100, 90], ["Illat", 5, 6]),
    ],
    "toimenpide asteet",
    [("Seuranta!A3", _PIHAT, [4]), ("Seuranta!A4", _KIRJASTO, [5])],
    jaksoja=1,
)
taulu(
    "17-riskit-alla.ods",
    [
        ["Painopiste", "Tavoite", "Toimenpide", "Toteutumisaste"],
        ["Hyvä arki", "Koulut", _PIHAT, 4],
        ["Hyvä arki", "Koulut", _KIRJASTO, 5],
        [],
        ["Riski", "Todennäköisyys", "Vaikutus"],
        ["Rahat loppuvat", 3, 4],
        ["Väki vähenee", 2, 5],
    ],
    "painopiste tavoite toimenpide asteet",
    [
        ("Seuranta!C2", "Hyvä arki", "Koulut", _PIHAT, [4]),
        ("Seuranta!C3", "Hyvä arki", "Koulut", _KIRJASTO, [5]),
    ],
    jaksoja=1,
)

# --- exports of a task board and of a form

taulu(
    "17-tehtavataulu.xlsx",
    [
        ["Tehtävän tunnus", "Tehtävän nimi", "Säilön nimi", "Edistyminen", "Prioriteetti", "Määritetty kohteelle"],
        ["a1B2", _PIHAT, "Hyvä arki", "Käynnissä", "Keskitaso", "Aino A"],
        ["c3D4", _KIRJASTO, "Hyvä arki", "Valmis", "Tärkeä", "Kalle K"],
        ["e5F6", _TORI, "Elävä tori", "Ei aloitettu", "Keskitaso", None],
    ],
    "toimenpide asteet sailyy",
    [
        ("Seuranta!B2", _PIHAT, [3], ["Hyvä arki", "Keskitaso", "Aino A"]),
        ("Seuranta!B3", _KIRJASTO, [5], ["Hyvä arki", "Tärkeä", "Kalle K"]),
        ("Seuranta!B4", _TORI, [1], ["Elävä tori", "Keskitaso"]),
    ],
    jaksoja=1,
)
taulu(
    "17-taskboard.csv",
    [
        ["Task ID", "Task Name", "Bucket Name", "Progress", "Priority", "Assigned To", "Late"],
        ["x1", "Renew the school yards", "Good everyday life", "In progress", "Medium", "Aino A", "false"],
        ["x2", "Open the library at night", "Good everyday life", "Completed", "Important", "", "false"],
        ["x3", "Power to the square", "Lively square", "Not started", "Medium", "", "true"],
    ],
    "painopiste toimenpide asteet sailyy",
    [
        ("B2", None, "Renew the school yards", [3], ["Good everyday life", "Medium", "false"]),
        ("B3", None, "Open the library at night", [5], ["Good everyday life", "Important", "false"]),
        ("B4", None, "Power to the square", [1], ["Lively square", "Medium", "true"]),
    ],
    jaksoja=1,
)
taulu(
    "17-lomake.ods",
    [
        ["ID", "Start time", "Email", "Name", "Toimenpide", "Miten toimenpide on edennyt?", "Arvio (1-5)"],
        [1, "10/1/25 9:00:00", "anonymous", "Aino A", _PIHAT, "Kaksi pihaa on valmiina.", 4],
        [2, "10/2/25 9:00:00", "anonymous", "Kalle K", _KIRJASTO, "Auki jo.", 5],
        [3, "10/3/25 9:00:00", "anonymous", "Ulla U", _TORI, "Kaivetaan.", 2],
    ],
    "toimenpide asteet",
    [("Seuranta!E2", _PIHAT, [4]), ("Seuranta!E3", _KIRJASTO, [5]), ("Seuranta!E4", _TORI, [2])],
    jaksoja=1,
)

# --- check boxes

taulu(
    "17-ruutu.xlsx",
    [["Toimenpide", "Valmis"], [_PIHAT, True], [_KIRJASTO, False], [_TORI, True]],
    "toimenpide asteet",
    [
        ("Seuranta!A2", _PIHAT, ["?5"]),
        ("Seuranta!A3", _KIRJASTO, ["?1"]),
        ("Seuranta!A4", _TORI, ["?5"]),
    ],
    kysymykset=["unknown_word"],
    jaksoja=1,
    valinnat={"words": {"tosi": 5, "epätosi": 1}},
    valittuna=[[5], [1], [5]],
)
taulu(
    "17-ruutumerkki.csv",
    [
        ["Tavoite", "Toimenpide", "Tehty", "Huomiot"],
        ["Hyvä arki", _PIHAT, "☑", "Kaksi pihaa on valmiina."],
        ["Hyvä arki", _KIRJASTO, "☐", "Ei vielä."],
        ["Elävä tori", _TORI, "☑", "Kaivettu."],
    ],
    "tavoite toimenpide asteet kommentit",
    [
        ("B2", "Hyvä arki", _PIHAT, [5], ["Kaksi pihaa on valmiina."]),
        ("B3", "Hyvä arki", _KIRJASTO, ["?"], ["Ei vielä."]),
        ("B4", "Elävä tori", _TORI, [5], ["Kaivettu."]),
    ],
    kysymykset=["unknown_word"],
    jaksoja=1,
)
taulu(
    "17-ruutuja-rinnakkain.xlsx",
    [
        ["Toimenpide", "Aloitettu", "Käynnissä", "Valmis"],
        [_PIHAT, True, True, False],
        [_KIRJASTO, True, True, True],
        [_TORI, True, False, False],
    ],
    kysymykset=["column_role"],
    rivit_avoinna=True,
)
