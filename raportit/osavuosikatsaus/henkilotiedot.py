"""Osavuosikatsaus -> where in all that it holds there seems to be an address, a phone number or an identity code."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, is_dataclass

from django.utils.translation import gettext as _

from seuranta.tarkistus import find_personal_data

from .korjaus import name_of, name_of_text
from .mitattu import Mittari, Osavastaus
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
    found = (
        Henkilotieto(kohde, tieto, loyto.laji)
        for kohde, tieto, text in list_texts(raportti, told_by_row)
        for loyto in find_personal_data(text)
    )
    return list(dict.fromkeys(found))


def list_texts(raportti: Osavuosikatsaus, told_by_row: Collection[str] = ()) -> Iterator[tuple[str, str, str]]:
    """(part, value's word, text) of every text that a person has written into the report."""
    sanasto = raportti.strategia.sanasto
    parts = [
        (raportti.jakso.nimi, raportti),
        (raportti.kunta.nimi, raportti.kunta),
        (raportti.jakso.nimi, raportti.jakso),
    ]
    parts += [(raportti.strategia.nimi, raportti.strategia)]
    parts += [(sarake.otsikko, sarake) for sarake in raportti.sarakkeet]
    for painopiste in raportti.painopisteet:
        parts += [(painopiste.nimi, painopiste), *((tavoite.nimi, tavoite) for tavoite in painopiste.tavoitteet)]
    parts += [(name_of(rivi), rivi) for rivi in raportti.kaikki_rivit]
    parts += _hanging_parts(raportti)
    for kohde, part in parts:
        for name in told_fields(part):
            is_told = isinstance(part, (Rivi, Osavastaus, Mittari)) and name in told_by_row
            if name not in ("logo", "korostusvari") and not is_told:  # those two hold no words
                yield from ((kohde, word_of(part, name, sanasto), text) for text in _texts(getattr(part, name)))
    if raportti.korjaus:
        yield from _texts_of_correction(raportti.korjaus)


def _hanging_parts(raportti):
    """[(part's name, part)] of measures with their values and targets, of risks and of what units answered."""
    for mittari in raportti.mittaristo.mittarit:
        yield from ((mittari.nimi, part) for part in (mittari, *mittari.tavoitteet, *mittari.arvot))
    yield from ((name_of_text(riski.teksti), riski) for riski in raportti.riskit)
    yield from ((name_of(rivi), osa) for rivi in raportti.rivit for osa in rivi.osavastaukset)


def _texts(value):
    if isinstance(value, dict):
        return list(value.values())
    if isinstance(value, tuple):
        return [text for text in value if isinstance(text, str)]
    return [value.nimi] if is_dataclass(value) else [value] if isinstance(value, str) else []


def _texts_of_correction(korjaus: Korjaus):
    yield _("Luettelo korjauksista"), _("Korjauksen syy"), korjaus.syy
    for muutos in korjaus.muutokset:
        yield from ((muutos.kohde, f"{muutos.tieto}, {word}", text) for word, text in _sides(muutos))


def _sides(muutos: Muutos):
    return [(_("kohde"), muutos.kohde), (_("ennen"), muutos.ennen), (_("nyt"), muutos.nyt)]
