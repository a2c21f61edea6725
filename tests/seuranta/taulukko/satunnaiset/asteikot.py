"""How a table says its status: numbers, words, signs, colours, x in one of several columns, other scales.

Each value carries what it must be read as. What DESIGN 6 has a person asked of (other scales, words of timetable)
is right only when it is asked, with the proposed score or none.
"""

from dataclasses import dataclass, field

VARIT = {
    "vihrea": ["00B050", "92D050", "C6EFCE", "A9D08E"],
    "keltainen": ["FFFF00", "FFEB9C", "FFE699"],
    "punainen": ["FF0000", "FFC7CE", "FF7C80"],
}
VARISANAT = {
    "fi": ("vihreä", "keltainen", "punainen"),
    "sv": ("grön", "gul", "röd"),
    "en": ("green", "yellow", "red"),
}
LOPPUSANAT = {  # done, partly, not
    "fi": [("toteutunut", "toteutunut osittain", "ei toteutunut"), ("valmis", "kesken", "ei aloitettu")],
    "sv": [("genomförd", "delvis genomförd", "inte genomförd"), ("klar", "pågår", "ej påbörjad")],
    "en": [("completed", "partially completed", "not completed"), ("done", "in progress", "not started")],
}
SANAT = {
    "fi": [
        {"Toteutunut": 5, "Toteutunut osittain": 3, "Ei toteutunut": 1},
        {"Toteutettu": 5, "Kesken": 3, "Ei aloitettu": 1},
        {"Valmis": 5, "Käynnissä": 3, "Suunnitteilla": 2, "Ei aloitettu": 1},
        {"Ei aloitettu": 1, "Suunnitteilla": 2, "Käynnissä": 3, "Lähes valmis": 4, "Toteutunut": 5},
        {"kyllä": 5, "osittain": 3, "ei": 1},
        {"VALMIS": 5, "KESKEN": 3, "EI ALOITETTU": 1},
        {"Toteutuu": 5, "Toteutuu osittain": 3, "Ei toteudu": 1},
    ],
    "sv": [
        {"Genomförd": 5, "Delvis genomförd": 3, "Ej genomförd": 1},
        {"Klar": 5, "Pågår": 3, "Planerad": 2, "Ej påbörjad": 1},
        {"Uppnått": 5, "Delvis uppnått": 3, "Ej uppnått": 1},
        {"ja": 5, "delvis": 3, "nej": 1},
    ],
    "en": [
        {"Completed": 5, "In progress": 3, "Not started": 1},
        {"Done": 5, "Under way": 3, "Planned": 2, "Not started": 1},
        {"Complete": 5, "Partially complete": 3, "Not started": 1},
        {"yes": 5, "partly": 3, "no": 1},
    ],
}
AIKATAULUSANAT = {
    "fi": ["Aikataulussa", "Myöhässä", "Jatkuva"],
    "sv": ["Enligt tidtabell", "Försenad", "Fortlöpande"],
    "en": ["On track", "Behind schedule", "On hold", "Ongoing"],
}
NIMET_1_5 = {
    "fi": ["ei aloitettu", "suunnitteilla", "käynnissä", "lähes valmis", "toteutunut"],
    "sv": ["ej påbörjad", "planerad", "pågår", "nästan klar", "genomförd"],
    "en": ["not started", "planned", "in progress", "nearly done", "completed"],
}
MERKIT = [("☺", "😐", "☹"), ("●", "◐", "○"), ("✓", None, "✗"), ("◆", "■", "▲"), ("✔", None, "✖"), ("🟢", "🟡", "🔴")]
EI_KERRO = {"●", "◐", "○", "◆", "■", "▲"}  # these say nothing without a legend, or are said with one by good manners
EI_ARVIOIDA = {"fi": ["-", "ei arvioitu"], "sv": ["-"], "en": ["-"]}


@dataclass(frozen=True)
class Aste:
    """One value of a scale. `luvut`: the scores it may be read as (None: left open); `on_kysyttava`: asked anyway."""

    arvo: object
    luvut: tuple
    on_kysyttava: bool = False
    tayte: str = ""
    muoto: str = ""


@dataclass
class Asteikko:
    """A way to say the status. `tapa`: solu, rasti, rastiluku, oma_vari, muu_vari, rivin_vari, ei (comments only)."""

    nimi: str
    tapa: str
    asteet: list
    legenda: list = field(default_factory=list)
    otsikon_pera: str = ""
    koodit: set = field(default_factory=set)
    peruste: str = "sana"  # what it leans on: shown in the figures


def draw_scale(noppa, kieli, *, vareja):
    """A scale for a table in `kieli`; `vareja`: whether the format keeps fills."""
    ways = [
        *[(numbers, 6), (labelled, 2), (words, 6), (percents, 2), (signs, 2), (crosses, 3), (crossed_numbers, 1)],
        *[(other_scale, 3), (timetable, 1), (no_status, 2)],
        *([(own_colour, 2), (other_colour, 1), (row_colour, 1)] if vareja else []),
    ]
    way = noppa.choice([way for way, weight in ways for _ in range(weight)])
    return way(noppa, kieli)


def numbers(noppa, kieli):
    asteet = [Aste(n, (n,)) for n in range(1, 6)]
    if noppa.random() < 0.15:
        asteet = [Aste(f"{n}", (n,)) for n in range(1, 6)]
    legend = []
    if noppa.random() < 0.35:
        names = NIMET_1_5[kieli]
        legend = noppa.choice(
            [
                [", ".join(f"{n} = {word}" for n, word in enumerate(names, 1))],
                [f"{n} = {word}" for n, word in enumerate(names, 1)],
                [f"1 = {names[0]}, 5 = {names[4]}"],
            ]
        )
    return Asteikko("numerot", "solu", asteet, legend, noppa.choice(["", "", " (1–5)", " 1–5"]), peruste="luku")


def labelled(noppa, kieli):
    form = noppa.choice(["{} {}", "{} = {}", "{} - {}", "{}: {}"])
    return Asteikko(
        "numero ja sana",
        "solu",
        [Aste(form.format(n, word), (n,)) for n, word in enumerate(NIMET_1_5[kieli], 1)],
    )


def words(noppa, kieli):
    chosen = noppa.choice(SANAT[kieli])
    return Asteikko("sanat", "solu", [Aste(word, (score,)) for word, score in chosen.items()])


def timetable(noppa, kieli):
    asked = noppa.sample(AIKATAULUSANAT[kieli], 2)
    known = noppa.choice(SANAT[kieli])
    asteet = [Aste(word, (score,)) for word, score in known.items()]
    asteet += [Aste(word, (None, 1, 2, 3, 4, 5), on_kysyttava=True) for word in asked]
    return Asteikko("aikataulusanat", "solu", asteet)


def percents(noppa, kieli):
    steps = list(enumerate((0, 25, 50, 75, 100), 1))
    way = noppa.choice(["muoto", "teksti", "otsikko"])
    if way == "muoto":
        asteet = [Aste(percent / 100, (score,), muoto="0 %") for score, percent in steps]
    elif way == "teksti":
        asteet = [Aste(f"{percent} %", (score,)) for score, percent in steps]
    else:
        asteet = [Aste(percent, (score,)) for score, percent in steps]
    return Asteikko("prosentit", "solu", asteet, otsikon_pera=", %" if way == "otsikko" else noppa.choice(["", ", %"]))


def signs(noppa, kieli):
    chosen = noppa.choice(MERKIT)
    words = noppa.choice(LOPPUSANAT[kieli])
    pairs = [(sign, score, word) for sign, score, word in zip(chosen, (5, 3, 1), words, strict=True) if sign]
    needs = chosen[0] in EI_KERRO
    legend = []
    if needs or noppa.random() < 0.5:
        legend = [_joined(noppa, [(sign, word) for sign, _score, word in pairs])]
    return Asteikko("merkit", "solu", [Aste(sign, (score,)) for sign, score, _word in pairs], legend, peruste="merkki")


def crosses(noppa, kieli):
    options = [
        {word.capitalize(): score for word, score in zip(words, (5, 3, 1), strict=True)} for words in LOPPUSANAT[kieli]
    ]
    options += [chosen for chosen in SANAT[kieli] if len(chosen) <= 4]
    chosen = noppa.choice(options)
    return Asteikko("rastit", "rasti", [Aste(word, (score,)) for word, score in chosen.items()], peruste="rasti")


def crossed_numbers(noppa, kieli):
    return Asteikko("rastit 1–5", "rastiluku", [Aste(n, (n,)) for n in range(1, 6)], peruste="rasti")


def other_scale(noppa, kieli):
    """0–4, 1–3, 1–3 or 1–5 the other way, school marks: each asked once, written nowhere before that."""
    done, partly, none = LOPPUSANAT[kieli][0]
    kind = noppa.choice(["0-4", "1-3", "3-1", "5-1", "4-10"])
    end = ""
    if kind == "0-4":
        values = {n: (n + 1,) for n in range(5)}
        legend = [", ".join(f"{n} = {word}" for n, word in enumerate(NIMET_1_5[kieli]))]
    elif kind == "1-3":
        values, legend = {1: (1,), 2: (3,), 3: (5,)}, [f"1 = {none}, 2 = {partly}, 3 = {done}"]
    elif kind == "3-1":
        values, legend = {1: (5,), 2: (3,), 3: (1,)}, [f"1 = {done}, 2 = {partly}, 3 = {none}"]
    elif kind == "5-1":
        values = {n: (6 - n,) for n in range(1, 6)}
        legend = [", ".join(f"{n} = {word}" for n, word in enumerate(reversed(NIMET_1_5[kieli]), 1))]
    else:
        values, legend, end = dict.fromkeys(range(4, 11), (1, 2, 3, 4, 5)), [], " (4–10)"
    asteet = [Aste(value, (None, *scores), on_kysyttava=True) for value, scores in values.items()]
    return Asteikko(f"asteikko {kind}", "solu", asteet, legend, end, {"unknown_scale"}, peruste="asteikko")


def own_colour(noppa, kieli):
    return _coloured(noppa, kieli, "oma_vari", with_legend=noppa.random() < 0.6)


def other_colour(noppa, kieli):
    return _coloured(noppa, kieli, "muu_vari", with_legend=True)


def row_colour(noppa, kieli):
    return _coloured(noppa, kieli, "rivin_vari", with_legend=True)


def _coloured(noppa, kieli, way, *, with_legend):
    pairs = list(zip(VARISANAT[kieli], noppa.choice(LOPPUSANAT[kieli]), strict=True))
    legend = []
    if with_legend:
        legend = [_joined(noppa, [(name.capitalize(), word) for name, word in pairs])]
    asteet = [
        Aste(None, (score,), tayte=noppa.choice(VARIT[colour]))
        for colour, score in (("vihrea", 5), ("keltainen", 3), ("punainen", 1))
    ]
    return Asteikko(
        {"oma_vari": "solun väri", "muu_vari": "muun solun väri", "rivin_vari": "rivin väri"}[way],
        way,
        asteet,
        legend,
        peruste="väri",
    )  # noqa: E501


def no_status(noppa, kieli):
    return Asteikko("ei astetta", "ei", [], peruste="teksti")


def _joined(noppa, pairs):
    mark = noppa.choice([" = ", " – ", " = "])
    return noppa.choice([", ", "; ", ",  "]).join(f"{sign}{mark}{word}" for sign, word in pairs)
