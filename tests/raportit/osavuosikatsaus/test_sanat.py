"""Every field that a report shows has its word, and a correction of it is told."""

import datetime
from dataclasses import fields, is_dataclass, replace

import pytest

from raportit.osavuosikatsaus import compare, mitattu, model
from raportit.osavuosikatsaus.model import katsaus, puitteet, runko
from raportit.osavuosikatsaus.sanat import SANAT

from ..saarikko import saarikon_raportti

OSAT = [
    cls
    for home in (katsaus, puitteet, runko, mitattu)
    for cls in vars(home).values()
    if is_dataclass(cls) and cls.__module__ == home.__name__
]
# Of what others hold, and the list itself.
LASKETUT = (model.Jakauma, model.Muutos, model.Korjaus, mitattu.Mittaristo, mitattu.Lahto)


def test_every_part_of_a_report_is_in_the_table():
    assert len(OSAT) >= 15
    assert set(SANAT) == {cls for cls in OSAT if cls not in LASKETUT}


@pytest.mark.parametrize("cls", SANAT, ids=lambda cls: cls.__name__)
def test_every_field_has_its_word_or_a_reason_to_have_none(cls):
    assert set(SANAT[cls]) == {field.name for field in fields(cls)}


VANHA = saarikon_raportti([5, 3], versio=1, sarakkeet=[{"rooli": "toimenpide", "otsikko": "Teko"}])


def _rivi(raportti, **changes):
    painopiste = raportti.painopisteet[0]
    tavoite = painopiste.tavoitteet[0]
    rivit = (replace(tavoite.rivit[0], **changes), *tavoite.rivit[1:])
    tavoitteet = (replace(tavoite, rivit=rivit), *painopiste.tavoitteet[1:])
    return replace(raportti, painopisteet=(replace(painopiste, tavoitteet=tavoitteet), *raportti.painopisteet[1:]))


UUDET = {
    "toteutumisaste": (1, "Toteutumisaste", "5", "1"),
    "vastuu": ("Uusi vastuu", "Vastuu", VANHA.rivit[0].vastuu, "Uusi vastuu"),
    "sdg": (("3", "4"), "SDG", "; ".join(VANHA.rivit[0].sdg), "3; 4"),
    "edellinen": (2, "Toteutumisaste edellisellä jaksolla", "", "2"),
}


@pytest.mark.parametrize("name", UUDET)
def test_a_rows_change_is_told_in_words(name):
    value, tieto, ennen, nyt = UUDET[name]
    (muutos,) = compare(VANHA, _rivi(VANHA, **{name: value}), "").muutokset
    assert (muutos.tieto, muutos.ennen, muutos.nyt) == (tieto, ennen, nyt)


def test_every_field_of_a_row_that_has_a_word_is_compared():
    for field in fields(model.Rivi):
        if SANAT[model.Rivi][field.name] is None:
            continue
        old = getattr(VANHA.rivit[0], field.name)
        new = (
            ("muu",)
            if isinstance(old, tuple)
            else {"Otsikko": "muu"}
            if isinstance(old, dict)
            else 4
            if field.name in ("edellinen", "samana", "toteutumisaste")
            else "muu"
        )
        assert len(compare(VANHA, _rivi(VANHA, **{field.name: new}), "").muutokset) == 1, field.name


def muutokset(new):
    return [(m.tieto, m.ennen, m.nyt) for m in compare(VANHA, new, "").muutokset]


def test_dates_types_and_names_of_the_jakso_are_told_in_words():
    jakso = replace(VANHA.jakso, tyyppi="tilinpaatos", paattyy=datetime.date(2026, 12, 31))
    assert muutokset(replace(VANHA, jakso=jakso)) == [
        ("Jakson tyyppi", "osavuosikatsaus" if VANHA.jakso.tyyppi == "osavuosikatsaus" else "muu", "tilinpäätös"),
        ("Jakso päättyy", "30.8.2026", "31.12.2026"),
    ]


def test_renamed_labels_and_words_are_told():
    strategia = replace(
        VANHA.strategia,
        asteikko={**VANHA.strategia.asteikko, "5": "Valmis"},
        sanasto={**VANHA.strategia.sanasto, "vastuu": "Vetäjä"},
    )
    assert muutokset(replace(VANHA, strategia=strategia)) == [
        ("Sana: Vastuu", VANHA.strategia.sanasto["vastuu"], "Vetäjä"),
        ("Toteutumisasteen nimi: 5", VANHA.strategia.asteikko["5"], "Valmis"),
    ]


def test_columns_that_came_left_or_moved_are_told():
    first, *rest = VANHA.sarakkeet
    assert muutokset(replace(VANHA, sarakkeet=tuple(rest))) == [("Sarake", "oli raportissa", "poistettu")]
    assert muutokset(replace(VANHA, sarakkeet=(*rest, first)))[0][0] == "Sarakkeiden järjestys"


def test_the_logo_is_told_only_as_changed():
    assert muutokset(replace(VANHA, kunta=replace(VANHA.kunta, logo="data:image/png;base64,AAAA"))) == [
        ("Logo", "", "vaihtui")
    ]
