"""The shape of a table: what changes from one file to the next does not belong to it."""

import pytest

from seuranta.models import Lukutapa
from seuranta.taulukko.rows import read
from seuranta.tuonti.lukutapa import _likeness
from seuranta.tuonti.muoto import heading_key, shape_of, shape_of_row, sheet_key

from .tuontisivut import OTSIKOT, UUSI, xlsx


@pytest.mark.parametrize(
    ("otsikko", "avain"),
    [
        ("Toteuma 30.4.2026", "toteuma"),
        ("Toteuma 31.8.", "toteuma"),
        ("Tavoitetaso 2025–2026", "tavoitetaso"),
        ("Arvio, OVK II", "arvio ovk"),
        ("OVK1/2024", "ovk"),
        ("Toteutumisaste\n(1–5)", "toteutumisaste"),
        ("Tilanne huhtikuu 2026", "tilanne"),
        ("Q3", "q"),
        ("2026", ""),
        ("kesä", ""),
        ("Vilkkaus", "vilkkaus"),
        ("Mittarin arvo, %", "mittarin arvo %"),
    ],
)
def test_years_dates_and_numbers_of_periods_are_no_part_of_a_heading(otsikko, avain):
    assert heading_key(otsikko) == avain


def test_a_sheet_keeps_the_number_that_tells_it_from_another():
    assert [sheet_key(nimi) for nimi in ("Seuranta 2025", "Seuranta 2026", "Seuranta 2026 (2)", "Ohje")] == [
        *("seuranta", "seuranta", "seuranta 2", "ohje"),
    ]


def shape(*otsikot):
    return shape_of(read(xlsx([*UUSI, "x", "y"], otsikot=[*OTSIKOT, *otsikot]), "seuranta.xlsx"))


def test_other_years_are_the_same_shape_and_one_column_more_is_near():
    then, now = shape("Arvio 2025"), shape("Arvio 2026")
    assert then.avain == now.avain
    tapa = Lukutapa(avain=then.avain, otsikot=then.otsikot)
    assert _likeness(tapa, now) == 1
    assert 0 < _likeness(tapa, shape("Arvio 2026", "Kuka")) < 1
    other = read(xlsx(["a", 1, "b"], otsikot=["Toimenpide", "Hinta", "Lisätietoja"]), "muu.xlsx")
    assert _likeness(tapa, shape_of(other)) == 0


def test_columns_alike_are_told_apart_by_their_order():
    keys = [sarake.avain for sarake in shape("Arvio 2025", "Arvio 2026").sarakkeet]
    assert keys[-2:] == ["arvio", "arvio#2"]


def test_a_row_may_be_looked_at_as_the_headings():
    luettu = read(xlsx(UUSI), "seuranta.xlsx")
    assert shape_of_row(luettu, 1).avain == shape_of(luettu).avain
    assert [each.paikka for each in shape_of_row(luettu, 1).sarakkeet][:2] == ["Sheet!A", "Sheet!B"]
