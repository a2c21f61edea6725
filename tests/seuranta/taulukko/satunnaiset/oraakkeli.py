"""Totuus -> what a reader that knows it would give: the judge must call it right, and each damage of it by its name."""

from types import SimpleNamespace

from .malli import Totuus
from .tuomari import TASOT


def right_reading(totuus: Totuus):
    """A Luettu in all that the judge looks at: every value in its place, and every question that must be asked."""
    errors = [_question("", code) for code in sorted(totuus.koodit)]
    rows = []
    for truth in totuus.rivit:
        rows.append(_row(truth, totuus))
        for scores, is_asked, cells in truth.asteet:
            if is_asked:
                errors.append(_question(cells[0], "unknown_word"))
            assert scores
    skipped = [SimpleNamespace(cell=cell, reason="total", text="") for cell in totuus.summat]
    return SimpleNamespace(
        status="row_errors" if errors else "ok",
        reason=None,
        rows=rows,
        errors=errors,
        questions=[],
        notices=[],
        skipped=skipped,
        jaksot=[label or "Jakso 1" for label in totuus.tunnukset][: totuus.jaksoja],
    )


def _question(cell, code):
    return SimpleNamespace(cell=cell, code=code, fi=code, en=code)


def _row(truth, totuus):
    row = dict.fromkeys((*TASOT, "koodi", "toimiala", "toimielin", "vastuu", "riski", "mittari"))
    cells, own = {}, {}
    free = [name for name in TASOT if name not in {luokka for _t, luokka, _c in truth.tasot}]
    placed = iter(_order(truth.tasot, free))
    for text, luokka, cell in truth.tasot:
        name = luokka or next(placed)
        row[name], cells[name] = text, cell
    for number, (name, text, cell) in enumerate(truth.kentat):
        name = {"yksikko": "toimielin"}.get(name, name)
        if name:
            row[name], cells[name] = text, cell
        elif text is not None:
            own[f"Sarake {number}"] = str(text)
    for column, solu, _cell in truth.omat:
        own[" – ".join(column.otsikko)] = _shown(solu)
    measure = SimpleNamespace(tavoitteet=[], arvot=[], lahto=None)
    for column, solu, _cell in truth.luvut:
        value = SimpleNamespace(teksti=_shown(solu), luku=solu.arvo)
        if column.luokka == "lahto":
            measure.lahto = value
        else:
            (measure.tavoitteet if column.luokka == "tavoitearvo" else measure.arvot).append(value)
    kirjaukset = [
        SimpleNamespace(
            jakso=label,
            toteutumisaste=next((score for score in status[0] if score), None),
            kommentti="\n".join(comment[0]) or None,
            cells=dict.fromkeys(["toteutumisaste"], status[2][0]) if status[2] else {},
            omat={},
        )
        for label, status, comment in zip(totuus.tunnukset, truth.asteet, truth.kommentit, strict=True)
    ]
    return SimpleNamespace(
        cell=truth.solu,
        toimenpide=truth.nimi,
        cells=cells,
        omat=own,
        mittarit=[measure],
        kirjaukset=kirjaukset[: totuus.jaksoja],
        **row,
    )


def _order(tasot, free):
    """Fields for the levels whose heading names none: in order among those that do."""
    fields, start = [], 0
    for number, (_text, luokka, _cell) in enumerate(tasot):
        if luokka:
            start = TASOT.index(luokka) + 1
            continue
        later = [TASOT.index(each) for _t, each, _c in tasot[number + 1 :] if each]
        fits = [name for name in free if start <= TASOT.index(name) < min(later, default=9)]
        fields.append(fits[0])
        start = TASOT.index(fits[0]) + 1
    return fields


def _shown(solu):
    value = solu.arvo
    if hasattr(value, "year"):
        return f"{value.day}.{value.month}.{value.year}"
    return str(value).replace(".", ",") if isinstance(value, float) else str(value)
