"""A new jakso proposed from those that have been."""

from datetime import date

import pytest

from seuranta.jakso.ehdotus import propose_next
from seuranta.models import Seurantajakso
from strategia.nimet import avain


def jakso(nimi, alkaa="", paattyy="", vastaus="", hyvaksynta="", tyyppi="osavuosikatsaus"):
    days = [date.fromisoformat(day) if day else None for day in (alkaa, paattyy, vastaus, hyvaksynta)]
    names = ("alkaa", "paattyy", "vastaus_viimeistaan", "hyvaksynta_viimeistaan")
    return Seurantajakso(nimi=nimi, avain=avain(nimi), tyyppi=tyyppi, **dict(zip(names, days, strict=True)))


def proposed(*jaksot):
    """(name, type, first day, last day) as text."""
    found = propose_next(list(jaksot))
    return (found["nimi"], found["tyyppi"], *(str(found.get(name, "")) for name in ("alkaa", "paattyy")))


I_2026 = jakso("Osavuosikatsaus I 2026", "2026-01-01", "2026-04-30", "2026-05-15", "2026-05-22")
II_2026 = jakso("Osavuosikatsaus II 2026", "2026-05-01", "2026-08-31", "2026-09-15", "2026-09-22")
TP_2026 = jakso("Tilinpäätös 2026", "2026-01-01", "2026-12-31", "2027-01-31", tyyppi="tilinpaatos")


def test_the_first_jakso_has_no_proposal():
    assert propose_next([]) == {}


def test_the_next_third_of_the_year_follows_with_its_deadlines():
    assert propose_next([I_2026]) == {
        "nimi": "Osavuosikatsaus II 2026",
        "tyyppi": "osavuosikatsaus",
        "alkaa": date(2026, 5, 1),
        "paattyy": date(2026, 8, 31),
        "vastaus_viimeistaan": date(2026, 9, 15),
        "hyvaksynta_viimeistaan": date(2026, 9, 22),
    }


def test_the_year_ends_in_a_tilinpaatos():
    assert proposed(I_2026, II_2026) == ("Tilinpäätös 2026", "tilinpaatos", "2026-01-01", "2026-12-31")


def test_after_the_tilinpaatos_a_new_year_begins():
    assert proposed(I_2026, II_2026, TP_2026) == (
        "Osavuosikatsaus I 2027", "osavuosikatsaus", "2027-01-01", "2027-04-30"
    )  # fmt: skip


def test_the_kuntas_own_rhythm_is_repeated():
    i_2027 = jakso("Osavuosikatsaus I 2027", "2027-01-01", "2027-04-30")
    ii_2027 = jakso("Osavuosikatsaus II 2027", "2027-05-01", "2027-08-31")
    assert proposed(I_2026, II_2026, TP_2026, i_2027)[0] == "Osavuosikatsaus II 2027"
    assert proposed(I_2026, II_2026, TP_2026, i_2027, ii_2027) == (
        "Tilinpäätös 2027", "tilinpaatos", "2027-01-01", "2027-12-31"
    )  # fmt: skip


@pytest.mark.parametrize(
    ("last", "expected"),
    [
        (
            jakso("Q1 2026", "2026-01-01", "2026-03-31", tyyppi="neljannesvuosi"),
            ("Q2 2026", "neljannesvuosi", "2026-04-01", "2026-06-30"),
        ),
        (
            jakso("Q4 2026", "2026-10-01", "2026-12-31", tyyppi="neljannesvuosi"),
            ("Q1 2027", "neljannesvuosi", "2027-01-01", "2027-03-31"),
        ),
        (
            jakso("2. neljännesvuosi 2026", "2026-04-01", "2026-06-30", tyyppi="neljannesvuosi"),
            ("3. neljännesvuosi 2026", "neljannesvuosi", "2026-07-01", "2026-09-30"),
        ),
        (
            jakso("Seuranta 1/2026", "2026-01-01", "2026-06-30", tyyppi="muu"),
            ("Seuranta 2/2026", "muu", "2026-07-01", "2026-12-31"),
        ),
        (
            jakso("Seuranta 2/2026", "2026-07-01", "2026-12-31", tyyppi="muu"),
            ("Seuranta 1/2027", "muu", "2027-01-01", "2027-06-30"),
        ),
        (
            jakso("Strategian seuranta 2026", "2026-01-01", "2026-12-31", tyyppi="muu"),
            ("Strategian seuranta 2027", "muu", "2027-01-01", "2027-12-31"),
        ),
        (
            jakso("Kevään väliarvio 2026", "2026-01-01", "2026-05-31", tyyppi="muu"),
            ("Kevään väliarvio II 2026", "muu", "2026-06-01", "2026-10-31"),
        ),
        (
            jakso("Osavuosikatsaus 1–4/2026", "2026-01-01", "2026-04-30"),
            ("Osavuosikatsaus 5–8/2026", "osavuosikatsaus", "2026-05-01", "2026-08-31"),
        ),
        (
            jakso("10-12/2026", "2026-10-01", "2026-12-31", tyyppi="neljannesvuosi"),
            ("1-3/2027", "neljannesvuosi", "2027-01-01", "2027-03-31"),
        ),
        (
            jakso("Osavuosikatsaus 4/2026", "2026-01-01", "2026-04-30"),
            ("Osavuosikatsaus 8/2026", "osavuosikatsaus", "2026-05-01", "2026-08-31"),
        ),
        (
            jakso("Tilanne 30.4.2026", "2026-01-01", "2026-04-30"),
            ("Tilanne 31.8.2026", "osavuosikatsaus", "2026-05-01", "2026-08-31"),
        ),
        (jakso("Osavuosikatsaus II 2023"), ("Osavuosikatsaus III 2023", "osavuosikatsaus", "", "")),
        (jakso("Jakso 1"), ("Jakso 2", "osavuosikatsaus", "", "")),
        (
            jakso("Osavuosikatsaus I 2023", paattyy="2023-04-30"),
            ("Osavuosikatsaus II 2023", "osavuosikatsaus", "2023-05-01", "2023-08-31"),
        ),
        (
            jakso("Talvi 2023–2024", "2023-09-01", "2024-02-29", tyyppi="muu"),
            ("Talvi II 2023–2024", "muu", "2024-03-01", "2024-08-31"),
        ),
    ],
)
def test_names_and_spans_of_many_kinds(last, expected):
    assert proposed(last) == expected


def test_jaksot_that_begin_with_the_year_each_time_go_on_so():
    first = jakso("Osavuosikatsaus 1/2026", "2026-01-01", "2026-03-31")
    second = jakso("Osavuosikatsaus 2/2026", "2026-01-01", "2026-06-30")
    assert proposed(first, second) == ("Osavuosikatsaus 3/2026", "osavuosikatsaus", "2026-01-01", "2026-09-30")


def test_months_in_the_name_begin_with_the_year_where_the_jaksot_do():
    first = jakso("Katsaus 1–3/2026", "2026-01-01", "2026-03-31")
    second = jakso("Katsaus 1–6/2026", "2026-01-01", "2026-06-30")
    assert proposed(first, second) == ("Katsaus 1–9/2026", "osavuosikatsaus", "2026-01-01", "2026-09-30")


def test_a_name_that_is_taken_is_not_proposed():
    later = jakso("Osavuosikatsaus III 2023")
    assert proposed(later, jakso("Osavuosikatsaus II 2023"))[0] == "Osavuosikatsaus IV 2023"


def test_a_deadline_that_would_fall_on_a_holiday_moves_to_a_working_day():
    last = jakso("Q2 2026", "2026-04-01", "2026-06-30", "2026-07-15", tyyppi="neljannesvuosi")
    assert propose_next([last])["vastaus_viimeistaan"] == date(2026, 10, 15)
    last = jakso("Q3 2026", "2026-07-01", "2026-09-30", "2026-10-06", tyyppi="neljannesvuosi")
    assert propose_next([last])["vastaus_viimeistaan"] == date(2027, 1, 7)  # 6.1. is loppiainen
