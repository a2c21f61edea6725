"""A year's line: where a day is, whose labels meet, and what is ahead."""

from dataclasses import replace
from datetime import date, timedelta
from types import SimpleNamespace

from raportit.etusivu.vuosi import LEVEYS, build_year
from seuranta.kalenteri.tapahtumat import Kalenterimerkinta
from seuranta.models import Seurantajakso

TANAAN = date(2026, 9, 9)


def tapahtuma(pvm, lyhyt="vastausaika päättyy"):
    return Kalenterimerkinta(pvm, "vastaus", "Vastausaika päättyy", SimpleNamespace(nimi="II"), f"x-{pvm}", lyhyt)


def test_a_day_stands_where_it_is_in_its_year():
    vuosi = build_year([], [tapahtuma(date(2026, 1, 1)), tapahtuma(date(2026, 12, 31))], TANAAN)
    assert vuosi.merkit[0].x == 0
    assert LEVEYS - 4 < vuosi.merkit[1].x < LEVEYS
    assert vuosi.merkit[1].loppuun, "nimi ei mene yli reunan"
    assert [merkki.on_mennyt for merkki in vuosi.merkit] == [True, False]


def test_labels_that_would_meet_stand_on_rows_of_their_own():
    near = [tapahtuma(date(2026, 9, day)) for day in (1, 5, 9)]
    assert [merkki.taso for merkki in build_year([], near, TANAAN).merkit] == [2, 1, 0]
    far = [tapahtuma(date(2026, month, 1)) for month in (1, 5, 9)]
    assert [merkki.taso for merkki in build_year([], far, TANAAN).merkit] == [0, 0, 0]


def test_today_is_not_drawn_over_a_label():
    beside, over = tapahtuma(date(2026, 1, 5)), tapahtuma(TANAAN)
    assert [above for above, _below in build_year([], [beside], TANAAN).tanaan_viivat] == [2]
    vuosi = build_year([], [replace(over, pvm=over.pvm - timedelta(3))], TANAAN)
    ((merkki, height),) = vuosi.nimet
    assert merkki.x < vuosi.tanaan and vuosi.tanaan_viivat == [(2, height - 9), (height + 9, vuosi.viiva)]


def test_what_is_ahead_is_told_with_how_far_it_is():
    days = [date(2026, 9, 8), TANAAN, date(2026, 9, 10), date(2026, 9, 15), date(2027, 1, 2)]
    vuosi = build_year([], [tapahtuma(day) for day in days], TANAAN)
    assert [paiva.paassa for paiva in vuosi.tulevat] == ["tänään", "huomenna", "6 päivän päästä", "115 päivän päästä"]
    assert len(vuosi.kaikki) == 4


def test_a_jakso_is_a_bar_as_far_as_the_year_reaches():
    jakso = Seurantajakso(nimi="Tilinpäätös", alkaa=date(2025, 9, 1), paattyy=date(2026, 2, 1))
    (bar,) = build_year([jakso], [], TANAAN).palkit
    assert bar.x == 0
    assert 90 < bar.leveys < 100
    assert not build_year([Seurantajakso(nimi="Ilman päiviä")], [], TANAAN).palkit


def test_the_front_page_shows_the_year(cast, kirjautunut):
    page = kirjautunut(cast.kaisa).get("/").text
    assert "Tilaa kalenteriin" in page
    assert "<h2>Vuosi " in page
