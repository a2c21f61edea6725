"""Kinds 1, 2, 3, 10 and 11: no dead end, the lowest level, year columns, sheets, continued lines and totals."""

from .kuvaus import V, taulu

# --- 1: what cannot be known is refused with the option that settles it

taulu(
    "01-ei-otsikoita.csv",
    [["abc", "def"], ["12", "34"], ["ghi", "56"]],
    status="reject",
    reason="no_header",
    sanoo="--otsikkorivi",
)
taulu(
    "01-ei-nimea.xlsx",
    [["Vuosi", "Budjetti, €", "Käytetty, €"], [2023, 12000, 9000], [2024, 15000, 15500], [2025, 11000, 4000]],
    status="reject",
    sanoo="--",
)
taulu(
    "01-kaksi-riveina.ods",
    {"Muistio": [["Kokous pidettiin", None], ["Läsnä kuusi", "Poissa kaksi"], [None, "Seuraava syksyllä"]]},
    status="reject",
    sanoo="--",
)

# --- 2: the lowest level is the row

taulu(
    "02-sitova-tavoite.xlsx",
    [
        ["Vuorijärvi – sitovat tavoitteet 2024"],
        ["Painopiste", "Sitova tavoite", "Vastuuhenkilö", "Toteutumisaste", "Selite"],
        ["Elävä keskusta", "Torin vuokrapaikat täynnä", "Elinkeinojohtaja", 4, "Kesällä 22 kauppiasta."],
        [None, "Tyhjät liiketilat puolittuvat", "Elinkeinojohtaja", 2, None],
        ["Puhtaat vedet", "Jätevesien ohituksia ei ole", "Vesihuoltopäällikkö", 5, "Ei yhtään."],
    ],
    "painopiste toimenpide vastuu asteet kommentit",
    [
        (
            "Seuranta!B3",
            "Elävä keskusta",
            "Torin vuokrapaikat täynnä",
            "Elinkeinojohtaja",
            [4],
            ["Kesällä 22 kauppiasta."],
        ),
        ("Seuranta!B4", "Elävä keskusta", "Tyhjät liiketilat puolittuvat", "Elinkeinojohtaja", [2], [None]),
        ("Seuranta!B5", "Puhtaat vedet", "Jätevesien ohituksia ei ole", "Vesihuoltopäällikkö", [5], ["Ei yhtään."]),
    ],
    jaksoja=1,
)
taulu(
    "02-uppdrag.csv",
    [
        ["Mål", "Uppdrag", "Nämnd", "Status", "Kommentar"],
        ["Levande skärgård", "Bryggorna i skick", "Tekniska nämnden", "Klar", "Tre bryggor byttes."],
        ["Levande skärgård", "Turlistan publiceras på våren", "Tekniska nämnden", "Pågår", ""],
        ["Trygg skola", "Varje klass har en vuxen till", "Bildningsnämnden", "Ej påbörjad", "Väntar på budget."],
    ],
    "pp_tai_tavoite toimenpide toimielin asteet kommentit",
    [
        ("B2", "Levande skärgård", "Bryggorna i skick", "Tekniska nämnden", [5], ["Tre bryggor byttes."]),
        ("B3", "Levande skärgård", "Turlistan publiceras på våren", "Tekniska nämnden", [3], [None]),
        ("B4", "Trygg skola", "Varje klass har en vuxen till", "Bildningsnämnden", [1], ["Väntar på budget."]),
    ],
    jaksoja=1,
)
taulu(
    "02-outo-alin-taso.ods",
    [
        ["Suunta", "Mihin pyrimme", "Aie", "Kuka hoitaa", "Toteutumisaste", "Huomiot"],
        ["Kasvava kylä", "Uusia asukkaita", "Markkinoidaan tontteja", "Maankäyttöpäällikkö", 3, "Messuilla käytiin."],
        ["Kasvava kylä", "Uusia asukkaita", "Vuokratalo asemalle", "Tekninen johtaja", 1, "Rahoitus auki."],
        ["Kasvava kylä", "Hyvät yhteydet", "Kutsutaksi koekäyttöön", "Kuljetussuunnittelija", 4, "Kolme reittiä."],
        ["Rohkea koulu", "Jokainen oppii", "Lukukoira luokkiin", "Rehtorit", 5, "Jo kuudella koululla."],
        ["Rohkea koulu", "Jokainen oppii", "Laskupaja iltapäiviin", "Rehtorit", 2, "Ohjaaja puuttuu."],
        ["Rohkea koulu", "Turvallinen päivä", "Välituntivalvojat", "Rehtorit", 4, "Kaikilla kouluilla."],
    ],
    "painopiste tavoite toimenpide asteet kommentit",
    [
        ("Seuranta!C2", "Kasvava kylä", "Uusia asukkaita", "Markkinoidaan tontteja", [3], ["Messuilla käytiin."]),
        ("Seuranta!C3", "Kasvava kylä", "Uusia asukkaita", "Vuokratalo asemalle", [1], ["Rahoitus auki."]),
        ("Seuranta!C4", "Kasvava kylä", "Hyvät yhteydet", "Kutsutaksi koekäyttöön", [4], ["Kolme reittiä."]),
        ("Seuranta!C5", "Rohkea koulu", "Jokainen oppii", "Lukukoira luokkiin", [5], ["Jo kuudella koululla."]),
        ("Seuranta!C6", "Rohkea koulu", "Jokainen oppii", "Laskupaja iltapäiviin", [2], ["Ohjaaja puuttuu."]),
        ("Seuranta!C7", "Rohkea koulu", "Turvallinen päivä", "Välituntivalvojat", [4], ["Kaikilla kouluilla."]),
    ],
    jaksoja=1,
)
taulu(
    "02-nelja-tasoa.xlsx",
    [
        ["Ohjelma", "Painopiste", "Tavoite", "Toimenpide", "Toimiala", "Toteutumisaste"],
        ["Kasvuohjelma", "Elävä keskusta", "Kauppa säilyy", "Avataan pop up -tiloja", "Elinvoima", 3],
        ["Kasvuohjelma", "Elävä keskusta", "Tapahtumia torille", "Palkataan tuottaja", "Elinvoima", 5],
        ["Arkiohjelma", "Puhtaat vedet", "Rannat kuntoon", "Siivotaan uimarannat", "Tekninen", 4],
    ],
    "toimenpide toimiala sailyy asteet",
    [
        (
            "Seuranta!D2",
            "Avataan pop up -tiloja",
            "Elinvoima",
            ["Kasvuohjelma", "Elävä keskusta", "Kauppa säilyy"],
            [3],
        ),
        (
            "Seuranta!D3",
            "Palkataan tuottaja",
            "Elinvoima",
            ["Kasvuohjelma", "Elävä keskusta", "Tapahtumia torille"],
            [5],
        ),
        ("Seuranta!D4", "Siivotaan uimarannat", "Tekninen", ["Arkiohjelma", "Puhtaat vedet", "Rannat kuntoon"], [4]),
    ],
    jaksoja=1,
)

# --- 3: year columns

taulu(
    "03-mittarin-vuodet.xlsx",
    [
        ["Tavoite", "Toimenpide", "Mittari", "Mittarin arvo", None, None, "Tila", "Kommentti"],
        [None, None, None, "2022", "2023", "2024", None, None],
        ["Kirjasto elää", "Omatoimiaika laajenee", "Käynnit, 1 000 kpl", 81, 86, 93, 4, "Kaksi toimipistettä."],
        ["Kirjasto elää", "Kirjailijavieraat kylille", "Illat, kpl", 3, 4, 2, 2, None],
        ["Ruoka lähellä", "Sopimukset tiloille", "Tilat, kpl", 5, 7, 7, 3, "Neuvottelut jatkuvat."],
    ],
    "tavoite toimenpide mittari asteet kommentit arvot",
    [
        (
            "Seuranta!B3",
            "Kirjasto elää",
            "Omatoimiaika laajenee",
            "Käynnit",
            [4],
            ["Kaksi toimipistettä."],
            ["81", "86", "93"],
        ),
        ("Seuranta!B4", "Kirjasto elää", "Kirjailijavieraat kylille", "Illat", [2], [None], ["3", "4", "2"]),
        (
            "Seuranta!B5",
            "Ruoka lähellä",
            "Sopimukset tiloille",
            "Tilat",
            [3],
            ["Neuvottelut jatkuvat."],
            ["5", "7", "7"],
        ),
    ],
    jaksoja=1,
    jakso_ei=["2022", "2023"],
)
taulu(
    "03-vuodet-jaksoina.ods",
    [
        ["Painopiste", "Tavoite", "Toimenpide", "Toteutuminen", None],
        [None, None, None, "2023", "2024"],
        ["Elävä keskusta", "Kauppa säilyy", "Avataan pop up -tiloja", 2, 3],
        ["Elävä keskusta", "Kauppa säilyy", "Uusitaan valaistus", 4, 5],
        ["Puhtaat vedet", "Rannat kuntoon", "Siivotaan uimarannat", 1, None],
    ],
    "painopiste tavoite toimenpide asteet",
    [
        ("Seuranta!C3", "Elävä keskusta", "Kauppa säilyy", "Avataan pop up -tiloja", [2, 3]),
        ("Seuranta!C4", "Elävä keskusta", "Kauppa säilyy", "Uusitaan valaistus", [4, 5]),
        ("Seuranta!C5", "Puhtaat vedet", "Rannat kuntoon", "Siivotaan uimarannat", [1, None]),
    ],
    jaksot=["2023", "2024"],
)
taulu(
    "03-vuosirastit.csv",
    [
        ["Mihin pyrimme", "Toimenpide", "Toimiala", "2024", "2025", "2026"],
        ["Uusia asukkaita", "Markkinoidaan tontteja", "Tekninen", "x", "x", ""],
        ["Uusia asukkaita", "Vuokratalo asemalle", "Tekninen", "", "", "x"],
        ["Hyvät yhteydet", "Kutsutaksi koekäyttöön", "Elinvoima", "x", "", ""],
        ["Hyvät yhteydet", "Asemalle liityntäpysäköinti", "Tekninen", "", "x", "x"],
    ],
    "toimenpide toimiala sailyy",
    [
        ("B2", "Markkinoidaan tontteja", "Tekninen", ["Uusia asukkaita", "2024", "2025"]),
        ("B3", "Vuokratalo asemalle", "Tekninen", ["Uusia asukkaita", "2026"]),
        ("B4", "Kutsutaksi koekäyttöön", "Elinvoima", ["Hyvät yhteydet", "2024"]),
        ("B5", "Asemalle liityntäpysäköinti", "Tekninen", ["Hyvät yhteydet", "2025", "2026"]),
    ],
    jaksoja=0,
)

# --- 10: a sheet per unit, priority or programme

_RIVIT = [
    ["Painopiste", "Tavoite", "Toimenpide", "Toteutumisaste 2024", "Kommentti 2024"],
    ["Elävä keskusta", "Kauppa säilyy", "Avataan pop up -tiloja", 3, "Kaksi vuokrattu."],
    ["Puhtaat vedet", "Rannat kuntoon", "Siivotaan uimarannat", 5, None],
]
taulu(
    "10-valilehti-toimialaa-kohti.xlsx",
    {
        "Elinvoimapalvelut": _RIVIT[:2],
        "Tekniset palvelut": [
            _RIVIT[0],
            _RIVIT[2],
            ["Puhtaat vedet", "Rannat kuntoon", "Venesatama ruopataan", 1, "Lupa."],
        ],
    },
    "painopiste tavoite toimenpide toimiala asteet kommentit",
    [
        (
            "Elinvoimapalvelut!C2",
            "Elävä keskusta",
            "Kauppa säilyy",
            "Avataan pop up -tiloja",
            "Elinvoimapalvelut",
            [3],
            ["Kaksi vuokrattu."],
        ),
        (
            "Tekniset palvelut!C2",
            "Puhtaat vedet",
            "Rannat kuntoon",
            "Siivotaan uimarannat",
            "Tekniset palvelut",
            [5],
            [None],
        ),
        (
            "Tekniset palvelut!C3",
            "Puhtaat vedet",
            "Rannat kuntoon",
            "Venesatama ruopataan",
            "Tekniset palvelut",
            [1],
            ["Lupa."],
        ),
    ],
    jaksoja=1,
)
taulu(
    "10-valilehti-ohjelmaa-kohti.ods",
    {
        "Elävä keskusta": [
            ["Strategian seuranta"],
            ["Mihin pyrimme", "Mitä teemme", "Toimiala", "Tilanne", "Huomiot"],
            ["Kauppa säilyy", "Avataan pop up -tiloja", "Elinvoima", "Kesken", "Kaksi vuokrattu."],
            ["Kauppa säilyy", "Uusitaan valaistus", "Tekninen", "Valmis", None],
            ["Torille väkeä", "Palkataan tuottaja", "Elinvoima", "Ei aloitettu", None],
        ],
        "Puhtaat vedet": [
            ["Strategian seuranta"],
            ["Mihin pyrimme", "Mitä teemme", "Toimiala", "Tilanne", "Huomiot"],
            ["Rannat kuntoon", "Siivotaan uimarannat", "Tekninen", "Valmis", "Talkoilla."],
            ["Rannat kuntoon", "Venesatama ruopataan", "Tekninen", "Ei aloitettu", "Lupa."],
            ["Rannat kuntoon", "Laiturit uusitaan", "Tekninen", "Kesken", None],
        ],
    },
    "painopiste tavoite toimenpide toimiala asteet kommentit",
    [
        (
            "Elävä keskusta!B3",
            "Elävä keskusta",
            "Kauppa säilyy",
            "Avataan pop up -tiloja",
            "Elinvoima",
            [3],
            ["Kaksi vuokrattu."],
        ),
        ("Elävä keskusta!B4", "Elävä keskusta", "Kauppa säilyy", "Uusitaan valaistus", "Tekninen", [5], [None]),
        ("Elävä keskusta!B5", "Elävä keskusta", "Torille väkeä", "Palkataan tuottaja", "Elinvoima", [1], [None]),
        (
            "Puhtaat vedet!B3",
            "Puhtaat vedet",
            "Rannat kuntoon",
            "Siivotaan uimarannat",
            "Tekninen",
            [5],
            ["Talkoilla."],
        ),
        ("Puhtaat vedet!B4", "Puhtaat vedet", "Rannat kuntoon", "Venesatama ruopataan", "Tekninen", [1], ["Lupa."]),
        ("Puhtaat vedet!B5", "Puhtaat vedet", "Rannat kuntoon", "Laiturit uusitaan", "Tekninen", [3], [None]),
    ],
    jaksoja=1,
)
taulu(
    "10-vanhempi-kopio.xls",
    {
        "Seuranta": [
            ["Painopiste", "Toimenpide", "Toimiala", "Toteutumisaste"],
            ["Elävä keskusta", "Avataan pop up -tiloja", "Elinvoima", 3],
            ["Puhtaat vedet", "Siivotaan uimarannat", "Tekninen", 5],
            ["Puhtaat vedet", "Venesatama ruopataan", "Tekninen", 1],
        ],
        "Seuranta (2)": [
            ["Painopiste", "Toimenpide", "Toimiala", "Toteutumisaste"],
            ["Elävä keskusta", "Avataan pop up -tiloja", "Elinvoima", 1],
            ["Puhtaat vedet", "Siivotaan uimarannat", "Tekninen", 4],
            ["Puhtaat vedet", "Venesatama ruopataan", "Tekninen", 1],
        ],
    },
    kysymykset=["older_copy"],
    rivit_avoinna=True,
)

# --- 11: one toimenpide on several lines; sums and means

taulu(
    "11-jatkorivi.xlsx",
    [
        ["Painopiste", "Tavoite", "Toimenpide", "Toimiala", "Toteutumisaste", "Kommentti"],
        [
            V("Elävä keskusta", alas=2),
            "Kauppa säilyy",
            V("Avataan pop up -tiloja", alas=1),
            "Elinvoima",
            3,
            "Kaksi vuokrattu.",
        ],
        [None, None, None, None, None, "Kolmas neuvotellaan."],
        [None, "Torille väkeä", "Palkataan tuottaja", "Elinvoima", 5, "Aloitti syksyllä."],
        ["Puhtaat vedet", "Rannat kuntoon", "Siivotaan uimarannat", "Tekninen", 4, None],
    ],
    "painopiste tavoite toimenpide asteet kommentit",
    [
        (
            "Seuranta!C2",
            "Elävä keskusta",
            "Kauppa säilyy",
            "Avataan pop up -tiloja",
            [3],
            ["Kaksi vuokrattu.\nKolmas neuvotellaan."],
        ),
        ("Seuranta!C4", "Elävä keskusta", "Torille väkeä", "Palkataan tuottaja", [5], ["Aloitti syksyllä."]),
        ("Seuranta!C5", "Puhtaat vedet", "Rannat kuntoon", "Siivotaan uimarannat", [4], [None]),
    ],
    jaksoja=1,
)
taulu(
    "11-valisummat.ods",
    [
        ["Toimenpide", "Toimiala", "Kustannus, €", "Toteutumisaste"],
        ["Elävä keskusta"],
        ["Avataan pop up -tiloja", "Elinvoima", 12000, 3],
        ["Palkataan tuottaja", "Elinvoima", 45000, 5],
        ["Yhteensä", None, 57000, None],
        ["Puhtaat vedet"],
        ["Siivotaan uimarannat", "Tekninen", 3000, 4],
        ["Yhteensä", None, 3000, None],
        ["Kaikki yhteensä", None, 60000, None],
    ],
    "painopiste toimenpide toimiala asteet omat",
    [
        ("Seuranta!A3", "Elävä keskusta", "Avataan pop up -tiloja", "Elinvoima", [3], {"Kustannus, €": "12000"}),
        ("Seuranta!A4", "Elävä keskusta", "Palkataan tuottaja", "Elinvoima", [5], {"Kustannus, €": "45000"}),
        ("Seuranta!A7", "Puhtaat vedet", "Siivotaan uimarannat", "Tekninen", [4], {"Kustannus, €": "3000"}),
    ],
    jaksoja=1,
    summat=["Seuranta!A5", "Seuranta!C5", "Seuranta!A8", "Seuranta!C8", "Seuranta!A9", "Seuranta!C9"],
)
taulu(
    "11-keskiarvot.csv",
    [
        ["Painopiste", "Toimenpide", "Kuka hoitaa", "Arvio toteutumisesta 1–5"],
        ["Elävä keskusta", "Avataan pop up -tiloja", "Elinkeinojohtaja", "3"],
        ["Elävä keskusta", "Palkataan tuottaja", "Elinkeinojohtaja", "5"],
        ["Elävä keskusta ka.", "", "", "4"],
        ["Puhtaat vedet", "Siivotaan uimarannat", "Kuntatekniikan päällikkö", "4"],
        ["Puhtaat vedet ka.", "", "", "4"],
        ["Toimenpiteitä yhteensä", "3", "", ""],
    ],
    "painopiste toimenpide asteet",
    [
        ("B2", "Elävä keskusta", "Avataan pop up -tiloja", [3]),
        ("B3", "Elävä keskusta", "Palkataan tuottaja", [5]),
        ("B5", "Puhtaat vedet", "Siivotaan uimarannat", [4]),
    ],
    jaksoja=1,
    summat=["A4", "D4", "A6", "D6", "A7", "B7"],
)
taulu(
    "11-osavastaus.xlsx",
    [
        ["Tavoite", "Toimenpide", "Toimiala", "Toteutumisaste", "Kommentti"],
        ["Kauppa säilyy", V("Avataan pop up -tiloja", alas=1), "Elinvoima", 3, "Kaksi vuokrattu."],
        [None, None, "Tekninen", 1, "Sähköt puuttuvat."],
        ["Rannat kuntoon", "Siivotaan uimarannat", "Tekninen", 4, None],
    ],
    kysymykset=["part_answer"],
    rivit_avoinna=True,
)
