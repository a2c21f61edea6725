"""A period whose state date is a jakso's is that jakso, and a person is told."""

from datetime import date

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from seuranta.models import Kirjaus, Seurantajakso, Tuonti
from strategia.models import Kunta, Strategia

from .test_tuo import tuo
from .tuontisivut import LISTA, sivu, tallenna, xlsx

OTSIKOT = ["Painopiste", "Strateginen tavoite", "Toimenpide", "Toimiala"]
TILANNE = [*OTSIKOT, "Tilanne 30.6.2025", "Kommentti 30.6.2025"]
NIMET = [
    ["Elävä kylä", "Turvalliset tiet", "Väylä kuntoon", "Tekniset"],
    ["Elävä kylä", "Turvalliset tiet", "Valot vaihdetaan", "Tekniset"],
    ["Rohkea talous", "Tilat käyttöön", "Koulu vuokrataan", "Tekniset"],
]
VASTAUKSET = [[2, "Suunnitelma on tehty."], [4, "Puolet on vaihdettu."], [None, None]]


def rows(*columns):
    return [[*nimet, *told] for nimet, *parts in zip(NIMET, *columns, strict=True) for told in [sum(parts, [])]]


@pytest.fixture
def taulukko(tmp_path):
    def write(otsikot, rows, name="taulu.xlsx"):
        book = openpyxl.Workbook()
        book.active.title = "Seuranta"
        for row in [otsikot, *rows]:
            book.active.append(row)
        book.save(tmp_path / name)
        return tmp_path / name

    return write


@pytest.fixture
def make_jakso(db):
    kunta = Kunta.objects.create(nimi="Kirkkoranta", virallinen_nimi="Kirkkorannan kunta")
    strategia = Strategia.objects.create(kunta=kunta, nimi="Strategia")

    def make(nimi, paattyy, tila=Seurantajakso.Tila.AVOINNA):
        return Seurantajakso.objects.create(
            kunta=kunta, strategia=strategia, nimi=nimi, paattyy=paattyy, tila=tila, jarjestys=1
        )

    return make


def names():
    return [jakso.nimi for jakso in Seurantajakso.objects.order_by("pk")]


def told(answer, code="spelling_joined"):
    return [(notice["cell"], notice["fi"]) for notice in answer["notices"] if notice["code"] == code]


def scores(jakso):
    kirjaukset = Kirjaus.objects.filter(jakso=jakso).order_by("toimenpide")
    return [(kirjaus.toteutumisaste, kirjaus.kommentti) for kirjaus in kirjaukset]


def test_a_heading_of_the_day_on_which_a_jakso_ends_is_that_jakso(make_jakso, taulukko):
    jakso = make_jakso("Puolivuosikatsaus 2025", date(2025, 6, 30))
    answer = tuo(taulukko(TILANNE, rows(VASTAUKSET)))
    assert told(answer) == [
        ("Seuranta!E1", "”30.6.2025” luettiin jaksoksi ”Puolivuosikatsaus 2025”, sillä sen tilannepäivä on sama.")
    ]
    assert [kirjaus["jakso"] for kirjaus in answer["rows"][0]["kirjaukset"]] == ["Puolivuosikatsaus 2025"]
    assert names() == ["Puolivuosikatsaus 2025"]
    assert scores(jakso)[:2] == [(2, "Suunnitelma on tehty."), (4, "Puolet on vaihdettu.")]


def test_the_second_time_nothing_changes(make_jakso, taulukko):
    make_jakso("Puolivuosikatsaus 2025", date(2025, 6, 30))
    path = taulukko(TILANNE, rows(VASTAUKSET))
    tuo(path)
    again = tuo(path)
    assert again["counts"] == {"new": 0, "changed": 0, "same": 3, "errors": 0}
    assert len(told(again)) == 1
    assert names() == ["Puolivuosikatsaus 2025"]


def test_a_jakso_of_that_name_is_itself_whatever_ends_on_the_day(make_jakso, taulukko):
    day = make_jakso("30.6.2025", date(2025, 6, 30))
    make_jakso("Puolivuosikatsaus 2025", date(2025, 6, 30))
    answer = tuo(taulukko(TILANNE, rows(VASTAUKSET)))
    assert told(answer) == []
    assert len(scores(day)) >= 2


@pytest.mark.parametrize(
    ("vuosi", "expected"), [("2025", ["Puolivuosikatsaus 2025"]), ("2024", ["Puolivuosikatsaus 2025", "30.6.2024"])]
)
def test_a_day_without_a_year_is_a_jaksos_once_its_year_is_told(make_jakso, taulukko, vuosi, expected):
    make_jakso("Puolivuosikatsaus 2025", date(2025, 6, 30))
    path = taulukko([*OTSIKOT, "Tilanne 30.6.", "Kommentti 30.6."], rows(VASTAUKSET))
    asked = tuo(path, code=1)
    assert {error["code"] for error in asked["errors"]} == {"year_needed"}
    tuo(path, "--vuosi", vuosi)
    assert names() == expected


def test_a_closed_jakso_is_refused_by_its_day_too(make_jakso, taulukko):
    jakso = make_jakso("Puolivuosikatsaus 2025", date(2025, 6, 30), Seurantajakso.Tila.SULJETTU)
    answer = tuo(taulukko(TILANNE, rows(VASTAUKSET)), code=1)
    assert (answer["status"], answer["reason"]) == ("reject", "closed_jakso")
    assert "Puolivuosikatsaus 2025" in answer["errors"][0]["fi"]
    assert scores(jakso) == []


def test_of_two_jaksot_of_one_day_none_is_guessed_and_a_person_is_told(make_jakso, taulukko):
    make_jakso("Puolivuosikatsaus 2025", date(2025, 6, 30))
    make_jakso("Tertiaali 2025", date(2025, 6, 30))
    answer = tuo(taulukko(TILANNE, rows(VASTAUKSET)))
    ((cell, sentence),) = told(answer, "needs_decision")
    assert cell == "Seuranta!E1"
    assert "”Puolivuosikatsaus 2025”, ”Tertiaali 2025”" in sentence
    assert names() == ["Puolivuosikatsaus 2025", "Tertiaali 2025", "30.6.2025"]
    assert tuo(taulukko(TILANNE, rows(VASTAUKSET)))["counts"]["same"] == 3


def test_the_report_and_its_day_in_one_file_are_one_jakso(make_jakso, taulukko):
    jakso = make_jakso("Osavuosikatsaus II 2025", date(2025, 8, 31))
    otsikot = [*OTSIKOT, "Toteutumisaste Osavuosikatsaus II 2025", "Kommentti, tilanne 31.8.2025"]
    answer = tuo(taulukko(otsikot, rows(VASTAUKSET)))
    assert names() == ["Osavuosikatsaus II 2025"]
    assert scores(jakso)[1] == (4, "Puolet on vaihdettu.")
    assert all(len(row["kirjaukset"]) == 1 for row in answer["rows"])


def test_two_scores_of_one_day_stay_two_jaksot_and_are_told(make_jakso, taulukko):
    make_jakso("Osavuosikatsaus II 2025", date(2025, 8, 31))
    otsikot = [*OTSIKOT, "Toteutumisaste Osavuosikatsaus II 2025", "Toteutumisaste 31.8.2025"]
    answer = tuo(taulukko(otsikot, rows([[1], [2], [3]], [[4], [5], [1]])))
    assert names() == ["Osavuosikatsaus II 2025", "31.8.2025"]
    assert len(told(answer, "needs_decision")) == 1


def test_what_a_measure_showed_on_the_day_is_the_jaksos(make_jakso, taulukko):
    make_jakso("Puolivuosikatsaus 2025", date(2025, 6, 30))
    otsikot = [*OTSIKOT, "Mittari", "Tavoitearvo 2025", "Toteuma 30.6.2025"]
    kaynnit = [["Käyntejä", 100, 57], ["Valoja", 40, 12], ["Sopimuksia", 3, 1]]
    answer = tuo(taulukko(otsikot, rows(kaynnit)))
    assert [arvo["jakso"] for arvo in answer["rows"][0]["mittarit"][0]["arvot"]] == ["Puolivuosikatsaus 2025"]
    assert names() == ["Puolivuosikatsaus 2025"]


def test_the_preview_shows_the_jakso_and_says_why(cast, aino):
    cast.jakso.paattyy = date(2026, 8, 31)
    cast.jakso.save()
    nimet = ["Elävä kylä & sujuva arki", "Turvalliset koulutiet", "Väylä Kirkkotie–Koulupolku", "Tekniset palvelut"]
    content = xlsx([*nimet, 3, "Urakka alkoi."], otsikot=[*OTSIKOT, "Tilanne 31.8.2026", "Kommentti 31.8.2026"])
    aino.post(LISTA, {"tiedosto": SimpleUploadedFile("seuranta.xlsx", content)})
    tuonti = Tuonti.objects.first()
    assert f"”31.8.2026” luettiin jaksoksi ”{cast.jakso.nimi}”" in sivu(aino, tuonti, nayta="tulkinnat")
    tallenna(aino, tuonti)
    kirjaus = Kirjaus.objects.get(jakso=cast.jakso, toimenpide=cast.vayla)
    assert (kirjaus.toteutumisaste, kirjaus.kommentti) == (3, "Urakka alkoi.")
