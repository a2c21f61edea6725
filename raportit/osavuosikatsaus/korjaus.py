"""An earlier report + the corrected one -> what changed between them, value by value."""

from dataclasses import fields

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from seuranta.models import Kirjaus

from .model import Korjaus, Muutos, Osavuosikatsaus, Rivi

# What a row is called by, and what only follows from another jakso.
_NOT_COMPARED = ("id", "edellinen", "samana", "toteutumisaste", "syy")  # the last two are one value in the list
NAME_LENGTH = 120


def compare(old: Osavuosikatsaus, new: Osavuosikatsaus, syy: str) -> Korjaus:
    """Every changed value in the plan's order, then what came and what left. syy: why the jakso was opened again."""
    muutokset = [*_compare_names(old, new), *_compare_rows(old, new)]
    return Korjaus(versio=old.versio, syy=syy, muutokset=tuple(muutokset))


def _compare_names(old, new):
    """Texts of the report itself, its painopisteet and tavoitteet."""
    yield from _texts(new.jakso.nimi, old, new)
    yield from _texts(new.jakso.nimi, old.jakso, new.jakso)
    yield from _texts(new.strategia.nimi, old.strategia, new.strategia)
    for kind in (_painopisteet, _tavoitteet):
        before = kind(old)
        for key, part in kind(new).items():
            if key in before:
                yield from _texts(part.nimi, before[key], part)


def _painopisteet(raportti):
    return {painopiste.id: painopiste for painopiste in raportti.painopisteet}


def _tavoitteet(raportti):
    return {tavoite.id: tavoite for painopiste in raportti.painopisteet for tavoite in painopiste.tavoitteet}


def _texts(kohde, old, new):
    """The changed texts and dates that two parts of the same kind hold themselves."""
    for field in fields(new):
        before, now = getattr(old, field.name), getattr(new, field.name)
        if before != now and field.name not in ("koottu", "versio", "tiiviste") and _is_plain(before, now):
            yield Muutos(kohde, field.name.replace("_", " ").capitalize(), _show(before), _show(now))


def _is_plain(*values):
    return all(value is None or isinstance(value, str) or hasattr(value, "isoformat") for value in values)


def _show(value):
    if hasattr(value, "isoformat"):
        return f"{value.day}.{value.month}.{value.year}"
    return "" if value is None else str(value)


def _compare_rows(old, new):
    before, now = _rows(old), _rows(new)
    for key, (place, rivi) in now.items():
        if key not in before:
            yield Muutos(_name(rivi), _("Toimenpide"), "", _("lisätty"))
            continue
        earlier_place, earlier = before[key]
        yield from _values(earlier, rivi, new.strategia.sanasto)
        if place != earlier_place:
            yield Muutos(_name(rivi), new.strategia.sanasto.get("tavoite", _("Tavoite")), earlier_place, place)
    for key, (_place, rivi) in before.items():
        if key not in now:
            yield Muutos(_name(rivi), _("Toimenpide"), _("oli raportissa"), _("poistettu"))


def _rows(raportti):
    """{toimenpide's id: (where it stands, its row)}"""
    return {
        rivi.id: (f"{painopiste.nimi} / {tavoite.nimi}", rivi)
        for painopiste in raportti.painopisteet
        for tavoite in painopiste.tavoitteet
        for rivi in tavoite.rivit
    }


def _values(old, new, sanasto):
    if (old.toteutumisaste, old.syy) != (new.toteutumisaste, new.syy):
        yield Muutos(_name(new), sanasto.get("toteutumisaste", _("Toteutumisaste")), _score(old), _score(new))
    for field in fields(Rivi):
        before, now = getattr(old, field.name), getattr(new, field.name)
        if before != now and field.name not in _NOT_COMPARED:
            tieto = sanasto.get(field.name, field.name.replace("_", " ").capitalize())
            yield Muutos(_name(new), tieto, _value(before), _value(now))


def _name(rivi):
    """What a row is called in the list: its name may be a page long, and stands there once for each value."""
    name = Truncator(" ".join(rivi.toimenpide.split())).chars(NAME_LENGTH)
    return f"{rivi.koodi} {name}".strip()


def _score(rivi):
    """The score, or why there is none."""
    return _show(rivi.toteutumisaste or (str(Kirjaus.Syy(rivi.syy).label) if rivi.syy else ""))


def _value(value):
    return "; ".join(map(str, value)) if isinstance(value, tuple) else _show(value)
