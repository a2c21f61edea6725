"""Suunnitelma + columns -> what the rows of a table say."""

from .malli import Teko
from .tekstit import MITTARIT, TOIMIALAT, TOIMIELIMET, VASTUUT, Tekstit


def draw_deeds(noppa, plan, columns, texts: Tekstit) -> list[Teko]:
    units = texts.some(TOIMIALAT, noppa.randint(2, 4))
    boards = texts.some(TOIMIELIMET, noppa.randint(2, 3))
    people = texts.some(VASTUUT, 6)
    blank = noppa.choice([0.05, 0.2, 0.5])
    deeds = [
        Teko(
            levels,
            _said(noppa, plan, texts.action(plan.alin)),
            None,
            noppa.choice(units),
            noppa.choice(people),
            noppa.choice(boards),
            [_status(noppa, plan) for _ in plan.jaksot],
            [None if noppa.random() < blank else texts.comment() for _ in plan.jaksot],
        )
        for levels, most in _trees(noppa, plan, texts)
        for _ in range(most)
    ]
    if plan.yksikkotapa in ("vali", "valilehti"):  # bands and sheets hold the rows of one unit together
        field = "toimielin" if plan.yksikkotapa == "vali" else "toimiala"
        deeds.sort(key=lambda deed: getattr(deed, field))
    if plan.yksikkotapa == "sarake" and not plan.kaksikielinen and noppa.random() < 0.06:
        for deed in noppa.sample(deeds, 2):
            others = [unit for unit in units if unit != deed.toimiala]
            deed.toimiala = f"{deed.toimiala} / {noppa.choice(others)}"
    _number(noppa, plan, deeds)
    for deed in deeds:
        _fill(noppa, plan, columns, texts, deed)
    return deeds


def _trees(noppa, plan, texts):
    """(names of the levels above, how many rows below) of each lowest branch."""
    tops = noppa.randint(2, 4) if plan.tasoja > 1 else noppa.randint(3, 5)
    for _ in range(tops):
        top = (_said(noppa, plan, texts.level(0)),)
        branches = [top]
        for depth in range(1, plan.tasoja):
            most = 3 if depth == 1 else 2
            branches = [
                (*branch, _said(noppa, plan, texts.level(depth)))
                for branch in branches
                for _ in range(noppa.randint(1, most))
            ]
        yield from ((branch, noppa.randint(1, 4)) for branch in branches)


def _said(noppa, plan, name):
    """A name; of a table in two languages with its twin."""
    if not plan.kaksikielinen:
        return name
    other = Tekstit(noppa, "sv").level(noppa.choice([0, 1, 2]))
    return f"{name} / {other}" if plan.kaksikielinen == "vinoviiva" else f"{name}\n{other}"


def _status(noppa, plan):
    if not plan.asteikko.asteet or noppa.random() < 0.08:
        return None
    return noppa.choice(plan.asteikko.asteet)


def _number(noppa, plan, deeds):
    way = plan.kuvaus.get("numerointi")
    form = noppa.choice(["{}.{}", "{:02}.{:02}", "{}.{}."])
    letter = noppa.choice(["T", "TP-", "A"])
    tops = []
    for number, deed in enumerate(deeds, 1):
        if deed.tasot[0] not in tops:
            tops.append(deed.tasot[0])
        if way == "koodi":
            order = sum(other.tasot[0] == deed.tasot[0] for other in deeds[:number])
            deed.koodi = form.format(tops.index(deed.tasot[0]) + 1, order)
        elif way:
            deed.koodi = f"{letter}{number}" if way == "kirjainkoodi" else number


def _fill(noppa, plan, columns, texts, deed):
    """Values of the own columns and of the measures."""
    small = noppa.random() < 0.3
    series = noppa.randint(1, 6) if small else noppa.choice([noppa.randint(12, 900), noppa.randint(10, 99) / 10])
    measure = noppa.choice(MITTARIT[plan.kieli])
    for number, column in enumerate(columns):
        if column.luokka == "oma":
            deed.arvot[number] = None if noppa.random() < 0.12 else texts.own(column.tieto)
        elif column.luokka == "aikarasti":
            deed.arvot[number] = "x" if noppa.random() < 0.4 else None
        elif column.luokka == "suunta":
            deed.arvot[number] = noppa.choice("↑→↓")
        elif column.luokka == "mittari":
            deed.arvot[number] = measure
        elif column.luokka in ("lahto", "tavoitearvo", "toteuma", "vuosiarvo"):
            deed.arvot[number] = None if noppa.random() < 0.08 else _value(noppa, series)


def _value(noppa, series):
    if isinstance(series, int):
        return max(0, series + noppa.randint(-1, 3)) if series < 10 else series + noppa.randint(-5, 12)
    return round(series + noppa.randint(-8, 12) / 10, 1)
