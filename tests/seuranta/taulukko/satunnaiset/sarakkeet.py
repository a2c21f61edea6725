"""Suunnitelma -> the columns of a table, in order, with headings of one to three rows."""

from .asteikot import draw_scale
from .malli import Sarake, Suunnitelma
from .sanat import JOUSTAVAT, OMAT, OTSIKOT, PARIT, nonsense

TASOLUOKAT = ("painopiste", "tavoite", "toimialan_tavoite")
_JAKSOT = {
    "fi": [
        ("päivä", ["30.4.{y}", "31.8.{y}", "31.12.{y}"]),
        ("päivä ilman vuotta", ["30.4.", "31.8.", "31.12."]),
        ("OVK", ["OVK I", "OVK II", "OVK III"]),
        ("OVK ja vuosi", ["OVK1 {y}", "OVK2 {y}"]),
        ("osavuosikatsaus", ["Osavuosikatsaus I/{y}", "Osavuosikatsaus II/{y}"]),
        ("T", ["T1", "T2", "T3"]),
        ("Q", ["Q1", "Q2", "Q3", "Q4"]),
        ("Q ja vuosi", ["Q1/{y}", "Q2/{y}", "Q3/{y}"]),
        ("kuukausi", ["huhtikuu {y}", "elokuu {y}"]),
        ("kausi", ["kevät {y}", "syksy {y}"]),
        ("vuosi", ["{x}", "{y}"]),
        ("roomalainen", ["I", "II"]),
    ],
    "sv": [
        ("päivä", ["30.4.{y}", "31.8.{y}"]),
        ("päivä ilman vuotta", ["30.4.", "31.8."]),
        ("delår", ["Delår 1 {y}", "Delår 2 {y}"]),
        ("tertial", ["Tertial 1", "Tertial 2", "Tertial 3"]),
        ("kausi", ["våren {y}", "hösten {y}"]),
        ("vuosi", ["{x}", "{y}"]),
    ],
    "en": [
        ("Q", ["Q1", "Q2", "Q3", "Q4"]),
        ("Q ja vuosi", ["Q1 {y}", "Q2 {y}", "Q3 {y}"]),
        ("kausi", ["spring {y}", "fall {y}"]),
        ("vuosi", ["{x}", "{y}"]),
    ],
}


def draw_plan(noppa, osuus) -> Suunnitelma:
    kieli = noppa.choice(["fi"] * 6 + ["sv"] * 3 + ["en"] * 2)
    muoto = noppa.choice(["xlsx"] * 5 + ["ods", "xls", "csv", "csv"])
    bilingual = noppa.choice(["vinoviiva", "rivit"]) if kieli == "fi" and noppa.random() < 0.12 else ""
    scale = draw_scale(noppa, kieli, vareja=muoto != "csv")
    vuosi = noppa.choice([2023, 2024, 2025])
    alin = noppa.choice(["toimenpide"] * 8 + ["sitova", "sitova", "mittari"])
    uppers = noppa.choice([1, 1, 2, 2, 2, 3] if alin == "toimenpide" else [1, 1, 2])
    name, labels = _periods(noppa, kieli, vuosi, scale)
    way = "ei" if len(labels) == 1 else noppa.choice(["loppu"] * 4 + ["ylla"] * 3 + ["paljas"])
    if way == "paljas" and scale.tapa not in ("solu", "oma_vari"):
        way = "ylla"
    if (
        len(labels) > 1
        and muoto != "csv"
        and noppa.random() < 0.18
        and name not in ("roomalainen", "päivä ilman vuotta")
    ):
        way = "valilehti"
    ylin = "sarake"
    if way != "valilehti" and noppa.random() < 0.3:
        ylin = noppa.choice(["vali", "vali", "valilehti"] if muoto != "csv" and not bilingual else ["vali"])
    units, unit_way = _units(noppa, kieli, muoto, ylin, uppers, way, alin)
    plan = Suunnitelma(
        kieli,
        muoto,
        osuus,
        scale,
        labels,
        way,
        uppers,
        alin,
        ylin,
        units,
        unit_way,
        noppa.choice(["joka", "joka", "kerran", "kerran"] + (["yhdistetty"] * 2 if muoto != "csv" else [])),
        bilingual,
        vuosi,
        noppa.choice([0, 0, 1, 1, 2, 3]),
        "",
        noppa.choice([1] * 9 + [2]),
        _classes(noppa, uppers, alin, ylin),
    )
    plan.mittarit = _measures(noppa, plan, name)
    plan.kuvaus = {"jaksot": name, "asteikko": scale.nimi}
    plan.kuvaus["vuodeton"] = name == "päivä ilman vuotta" and noppa.random() < 0.3
    return plan


def _periods(noppa, kieli, vuosi, scale):
    if noppa.random() < 0.55 or scale.tapa == "rivin_vari":
        return "yksi", [noppa.choice(["", "", "", f"{vuosi}", f"31.12.{vuosi}" if kieli != "en" else f"{vuosi}"])]
    name, labels = noppa.choice(_JAKSOT[kieli])
    labels = [label.format(y=vuosi, x=vuosi - 1) for label in labels]
    most = 2 if scale.tapa in ("rasti", "rastiluku") else 4
    return name, labels[: noppa.randint(2, max(2, min(most, len(labels))))]


def _units(noppa, kieli, muoto, ylin, uppers, way, alin):
    """(the columns of who is responsible, how the unit is told)."""
    columns = noppa.choice(
        [("toimiala",), ("toimiala",), ("vastuu",), ("toimiala", "vastuu"), ("toimielin", "vastuu"), ()]
    )
    if ylin == "valilehti":
        return (columns if "toimiala" in columns else ("toimiala", *columns)), "sarake"
    if ylin == "sarake" and way != "valilehti":
        chance = noppa.random()
        if chance < 0.12 and muoto != "csv" and uppers >= 2:
            return tuple(each for each in columns if each == "vastuu"), "valilehti"
        if chance < 0.22 and kieli != "en":
            return tuple(each for each in columns if each == "vastuu"), "vali"
    return columns, "sarake" if columns else "ei"


def _classes(noppa, uppers, alin, ylin):
    if alin == "toimenpide" and uppers == 1:
        return (noppa.choice(["painopiste", "tavoite", "tavoite"]),) if ylin == "sarake" else ("painopiste",)
    return TASOLUOKAT[:uppers]


def _measures(noppa, plan, periods):
    if plan.alin == "mittari":
        return noppa.choice(["vuodet", "arvot"]) if periods == "yksi" else "arvot"
    ways = ["", "", "", "", "", "teksti", "teksti", "arvot", "arvot"]
    if plan.jaksotapa != "paljas" and periods in ("yksi", "päivä", "kausi", "OVK"):
        ways.append("vuodet")
    return noppa.choice(ways)


class Otsikoija:
    """Gives each class of columns its heading: in one language or two, or nonsense by the drawn share."""

    def __init__(self, noppa, plan):
        self.noppa, self.plan = noppa, plan
        self._given = {}

    def head(self, luokka, words=None):
        """-> (heading, or a pair of two languages; is it known). The same class has the same heading everywhere."""
        key = (luokka, words)
        if key not in self._given:
            self._given[key] = self._draw(luokka, words)
        return self._given[key]

    def _draw(self, luokka, words):
        if self.noppa.random() < self.plan.osuus:
            used = {known for known, _ in self._given.values()}
            word = nonsense(self.noppa)
            while word in used:
                word = nonsense(self.noppa)
            return word, False
        if words:
            return words, True
        if self.plan.kaksikielinen and luokka in PARIT:
            return PARIT[luokka] if self.plan.kaksikielinen == "rivit" else " / ".join(PARIT[luokka]), True
        if luokka == "sitova" and "tavoite" in self.plan.luokat:
            used = {known for known, _ in self._given.values()}
            pool = [word for word in OTSIKOT[luokka][self.plan.kieli] if word not in used]
            return self.noppa.choice(pool), True
        return self.noppa.choice(OTSIKOT[luokka][self.plan.kieli]), True

    def column(self, luokka, kind, *above, words=None, jakso=None, tieto=None, end=""):
        heading, is_known = self.head(kind, words)
        pair = heading if isinstance(heading, tuple) else (heading,)
        return Sarake(luokka, (*above, *(word + end for word in pair)), is_known, jakso, tieto)


def draw_columns(noppa, plan) -> list[Sarake]:
    heads = Otsikoija(noppa, plan)
    columns = []
    numbering = noppa.choice(["", "", "", "koodi", "kirjainkoodi", "numero"])
    plan.kuvaus["numerointi"] = numbering
    if numbering:
        columns.append(
            heads.column("koodi" if "koodi" in numbering else "numero", "koodi" if "koodi" in numbering else "numero")
        )
    for depth, luokka in enumerate(plan.luokat):
        if depth or plan.ylin == "sarake":
            columns.append(heads.column("taso", luokka, tieto=depth))
    alin = plan.alin
    columns.append(heads.column("alin", alin))
    own_words = list(OMAT[plan.kieli])
    noppa.shuffle(own_words)
    has_comment = plan.asteikko.tapa in ("ei", "muu_vari") or noppa.random() < 0.85
    has_comment = has_comment and (plan.jaksotapa != "paljas" or plan.asteikko.tapa == "ei")
    if not has_comment:  # then the text nearest to the status is the comment, whatever its heading
        own_words = [entry for entry in own_words if entry[1] != "teksti"]
    own_words = own_words[: plan.omia]
    units = [heads.column(kind, kind) for kind in plan.yksikot] if plan.yksikkotapa == "sarake" or plan.yksikot else []
    left = [
        heads.column("oma", f"oma {word}", words=word, tieto=kind) for word, kind, on_right in own_words if not on_right
    ]
    middle = noppa.choice([units + left, left + units])
    if noppa.random() < 0.05:
        middle.append("aikarasti")
    columns += middle
    columns += _measure_columns(noppa, plan, heads)
    columns = [each for column in columns for each in (_timetable(heads) if column == "aikarasti" else [column])]
    if has_comment and noppa.random() < 0.03:
        columns.append(Sarake("oma", ("",), False, None, "teksti"))
    right = [(word, kind) for word, kind, on_right in own_words if on_right]
    periods = _period_columns(noppa, plan, heads, right, has_comment)
    if noppa.random() < 0.1:
        _group(plan, columns, periods)
    return columns + periods


def _group(plan, columns, periods):
    """A row of its own above all headings: what is planned, what is followed."""
    words = {"fi": ("Suunnitelma", "Seuranta"), "sv": ("Plan", "Uppföljning"), "en": ("Plan", "Follow-up")}[plan.kieli]
    for word, group in zip(words, (columns, periods), strict=True):
        for column in group:
            column.otsikko = (word, *column.otsikko)


def _timetable(heads):
    parent, is_known = heads.head(
        "aikarasti", {"fi": "Toteutusaika", "sv": "Tidpunkt", "en": "Timing"}[heads.plan.kieli]
    )
    return [Sarake("aikarasti", (parent, f"Q{n}"), is_known, None, f"Q{n}") for n in range(1, 5)]


def _measure_columns(noppa, plan, heads):
    way = plan.mittarit
    if not way:
        return []
    columns = [] if plan.alin == "mittari" else [heads.column("mittari", "mittari")]
    is_known = heads.head("mittari")[1]  # years are a measure's series only beside what is known for a measure
    if way == "arvot":
        if noppa.random() < 0.4:
            columns.append(heads.column("lahto", "lahto"))
        columns.append(heads.column("tavoitearvo", "tavoitearvo"))
        if noppa.random() < 0.5 or plan.alin == "mittari":
            columns.append(heads.column("toteuma", "toteuma"))
    if way == "vuodet":
        above = ()
        if noppa.random() < 0.5:
            above = (
                heads.head(
                    "vuosiarvot", {"fi": "Mittarin arvo", "sv": "Mätarens värde", "en": "Measured value"}[plan.kieli]
                )[0],
            )
        columns += [
            Sarake("vuosiarvo", (*above, f"{year}"), is_known, None, year)
            for year in range(plan.vuosi - 2, plan.vuosi + 1)
        ]
    for column in columns:  # a target beside what nobody knows for a measure is kept, wherever
        column.on_tuttu = column.on_tuttu and is_known
    if way != "teksti" and noppa.random() < 0.15:
        columns.append(
            heads.column("suunta", "suunta", words={"fi": "Kehitys", "sv": "Utveckling", "en": "Trend"}[plan.kieli])
        )
    return columns


def _period_columns(noppa, plan, heads, right, has_comment):
    """Statuses and comments of all jaksot, with the own columns that belong to them."""
    periods = [(None, "")] if plan.jaksotapa == "valilehti" else list(enumerate(plan.jaksot))
    repeats_own = plan.jaksotapa in ("loppu", "ylla") and noppa.random() < 0.4
    blocks = []
    for number, label in periods:
        jakso = number or 0
        above = (label,) if label and plan.jaksotapa == "ylla" else ()
        end = f" {label}" if label and plan.jaksotapa in ("loppu", "ei") else ""
        block = _status_columns(noppa, plan, heads, jakso, above, end, label)
        if has_comment:
            block.append(heads.column("kommentti", "kommentti", *above, jakso=jakso, end=end))
        if repeats_own or number == periods[-1][0]:
            block += [
                heads.column(
                    "oma", f"oma {word}", *above, words=word, jakso=jakso, tieto=kind, end=end if repeats_own else ""
                )
                for word, kind in right
            ]
        blocks.append(block)
    if plan.jaksotapa == "loppu" and len(periods) > 1 and noppa.random() < 0.25:
        flat = [column for block in blocks for column in block]
        order = ("aste", "rasti", "kommentti", "oma")
        return sorted(flat, key=lambda column: order.index(column.luokka))
    return [column for block in blocks for column in block]


def _status_columns(noppa, plan, heads, jakso, above, end, label):
    scale = plan.asteikko
    if scale.tapa in ("ei", "muu_vari", "rivin_vari"):
        return []
    if scale.tapa in ("rasti", "rastiluku"):
        parent, is_known = heads.head("aste")
        parent = " / ".join(parent) if isinstance(parent, tuple) else parent
        return [
            Sarake("rasti", (f"{parent}{' ' + label if label else ''}", f"{aste.arvo}"), is_known, jakso, aste)
            for aste in scale.asteet
        ]
    if plan.jaksotapa == "paljas":
        parent, is_known = heads.head("aste")
        parent = " / ".join(parent) if isinstance(parent, tuple) else parent
        return [Sarake("aste", (parent + scale.otsikon_pera, label), is_known, jakso)]
    return [heads.column("aste", "aste", *above, jakso=jakso, end=scale.otsikon_pera + end)]


def is_flexible(column):
    """Whether only order tells which level the column is."""
    return not column.on_tuttu or any(word in JOUSTAVAT for word in column.otsikko)
