"""One text that holds several measures: how it is split, and what kind each line tells."""

import pytest

from strategia.mittaristo.osat import list_parts, read_part


@pytest.mark.parametrize(
    ("teksti", "osat"),
    [
        ("Kävijöiden määrä", ["Kävijöiden määrä"]),
        ("• Kyselyn tulos\n• - Ilmapiirin arvio", ["Kyselyn tulos", "Ilmapiirin arvio"]),
        ("1. Kysely\n2) Tilasto\na) Arvio", ["Kysely", "Tilasto", "Arvio"]),
        ("Mittarit: Suunnitelma tehty: kyllä/ei", ["Suunnitelma tehty: kyllä/ei"]),
        (
            "Kysely tehty: kyllä/ei. Tulos huomioitu: kyllä/ei.",
            ["Kysely tehty: kyllä/ei.", "Tulos huomioitu: kyllä/ei."],
        ),
        ("Tapaamiset kpl\n\n  \nHankkeet lkm", ["Tapaamiset kpl", "Hankkeet lkm"]),
        ("360-arviointi", ["360-arviointi"]),
        ("", []),
    ],
)
def test_each_line_is_a_measure_without_its_mark(teksti, osat):
    assert list_parts(teksti) == osat


@pytest.mark.parametrize(
    ("teksti", "alku"),
    [
        ("Suunnitelma tehty: kyllä/ei", ("Suunnitelma tehty", "kylla_ei", "")),
        ("Suunnitelma tehty (kyllä/ei).", ("Suunnitelma tehty", "kylla_ei", "")),
        ("Määrä on kasvanut: kyllä/ ei.", ("Määrä on kasvanut", "kylla_ei", "")),
        ("Tapaamiset, kpl", ("Tapaamiset", "luku", "kpl")),
        ("Käyttäjien osuus (%)", ("Käyttäjien osuus", "prosentti", "%")),
        ("Menot €", ("Menot", "euro", "€")),
        ("Kyselyn tulos", ("Kyselyn tulos", "teksti", "")),
        ("kyllä/ei", ("kyllä/ei", "teksti", "")),
        ("kpl", ("kpl", "teksti", "")),
    ],
)
def test_the_end_of_a_line_tells_the_kind(teksti, alku):
    assert read_part(teksti) == alku


def test_a_name_fits_its_field():
    assert len(read_part("ä" * 5000).nimi) == 1000
