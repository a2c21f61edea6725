"""Osavuosikatsaus -> where in all that it holds there seems to be an address, a phone number or an identity code."""

from collections.abc import Collection
from dataclasses import dataclass, is_dataclass
from operator import attrgetter

from django.utils.translation import gettext as _

from seuranta.tarkistus import find_personal_data

from .korjaus import name_of, name_of_text
from .mitattu import Mittari, Osavastaus, Riski
from .model import Korjaus, Muutos, Osavuosikatsaus, Rivi
from .sanat import told_fields, word_of


@dataclass(frozen=True)
class Henkilotieto:
    """kohde: what part of the report it stands in. tieto: in which value. laji: as find_personal_data has it."""

    kohde: str
    tieto: str
    laji: str


def find_in_report(raportti: Osavuosikatsaus, *, told_by_row: Collection[str] = ()) -> list[Henkilotieto]:
    """Each place once, from the opening text to the list of corrections, headings and names included.

    told_by_row: fields of a Rivi, of its units' answers and of a measure that have been looked through elsewhere and
    are left out.
    """
    sanasto = raportti.strategia.sanasto
    found = (
        Henkilotieto(_name(kohde), word_of(part, name, sanasto) if part else name, loyto.laji)
        for kohde, part, name, text in _list_texts(raportti, told_by_row)
        for loyto in (find_personal_data(text) if text else ())
    )
    return list(dict.fromkeys(found))


def _name(kohde):
    """Worked out for what is found alone: to cut a name takes longer than to look through the row."""
    if isinstance(kohde, Rivi):
        return name_of(kohde)
    return name_of_text(kohde.teksti) if isinstance(kohde, Riski) else kohde


def _list_texts(raportti, told_by_row):
    """(where, part of the report, its field, text) of every text that a person has written into the report.

    where: a name, or the row or risk that has it. Of the list of corrections no part, and a word for the field.
    """
    readers = {}
    for kohde, part in _list_parts(raportti):
        kind = type(part)
        if kind not in readers:
            names = _names_of(part, told_by_row)
            readers[kind] = names, attrgetter(*names, "__class__")  # with a last one, so that it always gives a tuple
        names, read = readers[kind]
        for name, value in zip(names, read(part), strict=False):
            if value and isinstance(value, str):
                yield kohde, part, name, value
            elif value:
                yield from ((kohde, part, name, text) for text in _texts(value))
    if raportti.korjaus:
        yield from _texts_of_correction(raportti.korjaus)


def _names_of(part, told_by_row):
    looked_through = told_by_row if isinstance(part, (Rivi, Osavastaus, Mittari)) else ()
    holds_no_words = ("logo", "korostusvari")
    return [name for name in told_fields(part) if name not in holds_no_words and name not in looked_through]


def _list_parts(raportti):
    """[(where, part)] of all that a report holds."""
    parts = [
        (raportti.jakso.nimi, raportti),
        (raportti.kunta.nimi, raportti.kunta),
        (raportti.jakso.nimi, raportti.jakso),
    ]
    parts += [(raportti.strategia.nimi, raportti.strategia)]
    parts += [(sarake.otsikko, sarake) for sarake in raportti.sarakkeet]
    for painopiste in raportti.painopisteet:
        parts += [(painopiste.nimi, painopiste), *((tavoite.nimi, tavoite) for tavoite in painopiste.tavoitteet)]
    parts += [(rivi, rivi) for rivi in raportti.kaikki_rivit]
    return [*parts, *_hanging_parts(raportti)]


def _hanging_parts(raportti):
    """(where, part) of measures with their values and targets, of risks and of what units answered."""
    for mittari in raportti.mittaristo.mittarit:
        yield from ((mittari.nimi, part) for part in (mittari, *mittari.tavoitteet, *mittari.arvot))
    yield from ((riski, riski) for riski in raportti.riskit)
    yield from ((rivi, osa) for rivi in raportti.rivit for osa in rivi.osavastaukset)


def _texts(value):
    if isinstance(value, dict):
        return list(value.values())
    if isinstance(value, tuple):
        return [text for text in value if isinstance(text, str)]
    return [value.nimi] if is_dataclass(value) else []


def _texts_of_correction(korjaus: Korjaus):
    yield _("Luettelo korjauksista"), None, _("Korjauksen syy"), korjaus.syy
    for muutos in korjaus.muutokset:
        yield from ((muutos.kohde, None, f"{muutos.tieto}, {word}", text) for word, text in _sides(muutos))


def _sides(muutos: Muutos):
    return [(_("kohde"), muutos.kohde), (_("ennen"), muutos.ennen), (_("nyt"), muutos.nyt)]
