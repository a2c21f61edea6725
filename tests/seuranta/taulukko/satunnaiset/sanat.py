"""What the columns of follow-up tables are called, by class and language, and words that mean nothing.

Headings as towns write them. A class in JOUSTAVAT names no fixed level: order decides what it is.
"""

KIELET = ("fi", "sv", "en")

OTSIKOT = {
    "painopiste": {
        "fi": [
            *("Painopiste", "Strategian painopiste", "Painopistealue", "Strateginen painopiste", "Strategiakärki"),
            *("Päämäärä", "Strateginen päämäärä", "Valtuustokauden\ntavoite", "PAINOPISTE", "Kärkiteema"),
        ],
        "sv": ["Tyngdpunkt", "Tyngdpunktsområde", "Strategisk tyngdpunkt", "Fokusområde", "Prioriterat område"],
        "en": ["Strategic priority", "Focus area", "Strategic theme", "Priority area", "Pillar"],
    },
    "tavoite": {
        "fi": [
            *("Tavoite", "Strateginen tavoite", "Tavoitteet", "Vuositavoite", "Toiminnallinen tavoite"),
            *("Vuosi-\ntavoite", "Strategiset tavoitteet", "TAVOITE"),
        ],
        "sv": ["Mål", "Strategiskt mål", "Målsättning", "Inriktningsmål"],
        "en": ["Objective", "Strategic objective", "Goal", "Objectives"],
    },
    "toimialan_tavoite": {
        "fi": ["Toimialan tavoite", "Toimialan tavoitteet", "Toimialan toiminnallinen tavoite"],
        "sv": ["Sektorns mål", "Sektorns målsättning"],
        "en": ["Departmental objective", "Department goal"],
    },
    "toimenpide": {
        "fi": [
            *("Toimenpide", "Toimenpiteet", "TOIMENPIDE", "Strategian toimenpide", "Teko", "Kärkihanke"),
            *("Toimen-\npide", "Toimenpide / hanke", "Toimenpiteen kuvaus"),
        ],
        "sv": ["Åtgärd", "Åtgärder", "Aktivitet", "Konkret åtgärd"],
        "en": ["Action", "Actions", "Initiative", "Key action", "Activity"],
    },
    # The lowest level of a table that has no column of actions.
    "sitova": {
        "fi": ["Sitova tavoite", "Toiminnallinen tavoite 2024", "Osatavoite", "Valtuustoon nähden sitova tavoite"],
        "sv": ["Delmål", "Uppdrag", "Bindande mål"],
        "en": ["Initiative", "Deliverable", "Action item"],
    },
    "nimi": {"fi": ["Nimi", "Hankkeen nimi"], "sv": ["Namn"], "en": ["Name", "Project name"]},
    "koodi": {"fi": ["Koodi", "Tunnus", "Tunniste"], "sv": ["Kod", "ID"], "en": ["Code", "ID", "Ref."]},
    "numero": {"fi": ["Nro", "Nro.", "#", "Järjestysnumero"], "sv": ["Nr", "#"], "en": ["No.", "#"]},
    "toimiala": {
        "fi": ["Toimiala", "Vastuutoimiala", "Palvelualue", "TOIMIALA"],
        "sv": ["Sektor", "Sektorn"],
        "en": ["Department", "Division"],
    },
    "vastuu": {
        "fi": ["Vastuu", "Vastuuhenkilö", "Vastuutaho", "Vastuutahot", "Vastuullinen viranhaltija", "Omistaja"],
        "sv": ["Ansvarig", "Ansvar", "Ansvarig tjänsteman"],
        "en": ["Responsible", "Lead", "Owner", "Responsible person"],
    },
    "toimielin": {
        "fi": ["Toimielin", "Lautakunta", "Vastuulautakunta"],
        "sv": ["Nämnd", "Organ"],
        "en": ["Committee", "Board"],
    },
    "aste": {
        "fi": [
            *("Toteutumisaste", "Toteutusaste", "Etenemisaste", "Toteutuminen", "Toteutuma", "Tila", "Tilanne"),
            *("Status", "Arvio toteutumisesta", "Edistyminen", "Valmiusaste"),
        ],
        "sv": ["Läge", "Status", "Genomförandegrad", "Måluppfyllelse", "Bedömning av genomförandet"],
        "en": ["Status", "Progress", "Completion status", "Implementation status"],
    },
    "kommentti": {
        "fi": [
            *("Kommentti", "Kommentit", "Huomiot", "Sanallinen arvio", "Miten toteutunut", "Perustelu"),
            *("Huomioita", "Selite", "Sanallinen kuvaus", "Tilannekuvaus"),
        ],
        "sv": ["Kommentar", "Kommentarer", "Anmärkningar", "Beskrivning av läget", "Motivering"],
        "en": ["Comment", "Comments", "Notes", "Progress update", "Update"],
    },
    "mittari": {
        "fi": ["Mittari", "Mittarit", "Arviointimittari", "Tunnusluku", "Indikaattori"],
        "sv": ["Mätare", "Indikator", "Nyckeltal"],
        "en": ["Measure", "Indicator", "KPI", "Metric"],
    },
    "lahto": {
        "fi": ["Lähtötaso", "Lähtötilanne", "Lähtöarvo"],
        "sv": ["Utgångsläge", "Utgångsvärde"],
        "en": ["Baseline", "Starting value"],
    },
    "tavoitearvo": {
        "fi": ["Tavoitearvo", "Tavoitetaso", "Tavoitetaso 2025", "Mittarin tavoitetaso"],
        "sv": ["Målvärde", "Målnivå"],
        "en": ["Target value", "Target 2025"],
    },
    "toteuma": {"fi": ["Toteuma", "Toteutunut arvo"], "sv": ["Utfall"], "en": ["Actual", "Actual value"]},
}

JOUSTAVAT = {"Inriktningsmål", "Mål", "Goal", "Kärkiteema", "Objectives", "Pillar", "Tavoitteet"}

# heading, what the cells hold (tekstit.OMAT), right of the status too
OMAT = {
    "fi": [
        ("Resurssit", "teksti", True),
        ("Yhteistyökumppanit", "jarjestot", False),
        ("Rahoituslähde", "rahoitus", False),
        ("Kohderyhmä", "kohderyhma", False),
        ("Kustannusarvio, €", "eurot", False),
        ("Budjetti 2024", "eurot", False),
        ("Määräraha (1 000 €)", "tuhannet", False),
        ("Tärkeys (1–5)", "arvosana", False),
        ("Vaikuttavuus (1–5)", "arvosana", True),
        ("Prioriteetti", "abc", False),
        ("Kiireellisyys", "kiire", False),
        ("Määräaika", "paiva", False),
        ("Aikataulu", "aika", False),
        ("Sitovuus", "sitovuus", False),
        ("Asianumero", "asianumero", False),
        ("Henkilötyöpäivät", "kappaleet", True),
        ("Seuraavat askeleet", "teksti", True),
        ("Käsitelty johtoryhmässä", "paiva", True),
        ("Toteutunut, €", "eurot", True),
        ("Hankkeen tyyppi", "tyyppi", False),
    ],
    "sv": [
        ("Resurser", "teksti", True),
        ("Samarbetspartner", "jarjestot", False),
        ("Finansiering", "rahoitus", False),
        ("Målgrupp", "kohderyhma", False),
        ("Kostnad, €", "eurot", False),
        ("Budget 2024", "eurot", False),
        ("Viktighet (1–5)", "arvosana", False),
        ("Prioritet", "abc", False),
        ("Tidsfrist", "paiva", False),
        ("Tidtabell", "aika", False),
        ("Nästa steg", "teksti", True),
    ],
    "en": [
        ("Resources", "teksti", True),
        ("Partners", "jarjestot", False),
        ("Funding source", "rahoitus", False),
        ("Target group", "kohderyhma", False),
        ("Budget 2024", "eurot", False),
        ("Importance (1–5)", "arvosana", False),
        ("Priority level", "abc", False),
        ("Due date", "paiva", False),
        ("Timeline", "aika", False),
        ("Next steps", "teksti", True),
    ],
}

PARIT = {  # the same heading in Finnish and Swedish
    "painopiste": ("Painopiste", "Tyngdpunkt"),
    "tavoite": ("Strateginen tavoite", "Strategiskt mål"),
    "toimialan_tavoite": ("Toimialan tavoite", "Sektorns mål"),
    "toimenpide": ("Toimenpide", "Åtgärd"),
    "sitova": ("Sitova tavoite", "Bindande mål"),
    "koodi": ("Koodi", "Kod"),
    "numero": ("Nro", "Nr"),
    "toimiala": ("Toimiala", "Sektor"),
    "vastuu": ("Vastuuhenkilö", "Ansvarig"),
    "toimielin": ("Toimielin", "Nämnd"),
    "aste": ("Toteutumisaste", "Genomförandegrad"),
    "kommentti": ("Kommentti", "Kommentar"),
    "mittari": ("Mittari", "Mätare"),
    "lahto": ("Lähtötaso", "Utgångsläge"),
    "tavoitearvo": ("Tavoitearvo", "Målvärde"),
    "toteuma": ("Toteuma", "Utfall"),
}

_ALUT = (
    "vu",
    "plö",
    "kra",
    "huis",
    "tyn",
    "mör",
    "sä",
    "jop",
    "lir",
    "nau",
    "pek",
    "tii",
    "fo",
    "rö",
    "hyt",
    "gla",
    "spo",
)
_KESKET = ["rkk", "ntt", "lv", "mp", "ssk", "rj", "ht", "psk", "ll", "nk", "rt", "st"]
_LOPUT = ["a", "u", "e", "o", "ö", "i", "äs", "in", "ari", "ake", "onen", "us", "imo"]


def nonsense(noppa) -> str:
    """A word of no language that looks like one."""
    word = noppa.choice(_ALUT) + noppa.choice(_KESKET) + noppa.choice(_LOPUT)
    if noppa.random() < 0.3:
        word += " " + noppa.choice(_ALUT) + noppa.choice(_KESKET) + noppa.choice(_LOPUT)
    return word.capitalize()
