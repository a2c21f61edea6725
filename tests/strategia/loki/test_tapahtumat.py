"""The page of who did what: whose it is, what it finds, its table, and that it is quick."""

import io
import re
import time

import pytest
from django.db import connection
from django.urls import reverse
from openpyxl import load_workbook

from strategia.models import Kayttaja, Tapahtuma
from strategia.tapahtuma import record
from tests.ymparisto import JUURI

Laji = Tapahtuma.Laji
SIVU, TAULUKKO = reverse("strategia:tapahtuma-lista"), reverse("strategia:tapahtuma-lataa")


@pytest.fixture
def tehdyt(cast):
    """Something of Kirkkoranta, a sign-in there, something of the neighbour and of the installation."""
    record(Laji.MUUTETTU, by=cast.kaisa, kunta=cast.kunta, kohde=cast.strategia, mista="Ennen", mihin="=1+1")
    record(Laji.KIRJAUTUI, by=cast.veikko, kunta=cast.kunta, kohde=cast.veikko, mihin="Tunnuksella")
    record(Laji.LISATTY, by=cast.ulla, kunta=cast.naapuri.kunta, kohde=cast.naapuri.tekniset, mihin="Naapurin asia")
    record(Laji.LISATTY, by=None, kunta=None, mihin="Palvelun asia")
    return cast


@pytest.mark.parametrize("who", ["kaisa", "veikko", "hilkka", "otso", "liisa"])
def test_it_is_not_for_others(who, tehdyt, kirjautunut):
    client = kirjautunut(getattr(tehdyt, who))
    assert client.get(SIVU).status_code == 403
    assert client.get(TAULUKKO).status_code == 403
    assert "Tapahtumat</a>" not in client.get("/ohje/").text


def test_the_auditor_reads_acts_and_not_sign_ins(tehdyt, kirjautunut):
    aino, tarmo = (kirjautunut(who).get(SIVU).text for who in (tehdyt.aino, tehdyt.tarmo))
    for page in (aino, tarmo):
        assert "muutettiin" in page
        assert tehdyt.kaisa.nimi in page
        assert "Naapurin asia" not in page
        assert "Palvelun asia" not in page
    assert "Tunnuksella" in aino
    assert "Tunnuksella" not in tarmo
    assert "kirjautuminen ei onnistunut" not in tarmo  # nor is it a choice
    csv = kirjautunut(tehdyt.tarmo).get(TAULUKKO).content.decode()
    assert "Tunnuksella" not in csv
    asked = kirjautunut(tehdyt.tarmo).get(SIVU, {"laji": "kirjautui"}).text
    assert "Tunnuksella" not in asked


def test_a_superuser_reads_what_was_done_on_the_installation(tehdyt, kirjautunut):
    ylle = Kayttaja.objects.create_superuser("ylle@palvelu.example", "x", nimi="Ylle")
    page = kirjautunut(ylle).get(SIVU).text
    assert "Palvelun asia" in page
    assert "Naapurin asia" not in page
    assert tehdyt.kaisa.nimi not in page


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ({"laji": "muutettu"}, {"Ennen"}),
        ({"laji": "kirjautui"}, {"Tunnuksella"}),
        ({"kuka": "veikko"}, {"Tunnuksella"}),
        ({"kohde": "veikko"}, {"Tunnuksella"}),
        ({"alkaen": "2099-01-01"}, set()),
        ({"asti": "2020-01-01"}, set()),
        ({"alkaen": "1.1.2020", "asti": "31.12.2099"}, {"Ennen", "Tunnuksella"}),
        ({"alkaen": "höpö", "laji": "ei ole", "kuka": "x"}, {"Ennen", "Tunnuksella"}),
    ],
)
def test_it_is_narrowed(asked, shown, tehdyt, kirjautunut):
    if asked.get("kuka") == "veikko":
        asked = {"kuka": str(tehdyt.veikko.pk)}
    page = kirjautunut(tehdyt.aino).get(SIVU, asked).text
    assert {word for word in ("Ennen", "Tunnuksella") if f">{word}</td>" in page} == shown
    assert ("Yhtään tapahtumaa ei löydy." in page) == (not shown)


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"laji": "x"}, "jätetty pois: Mitä tehtiin."),
        ({"alkaen": "foo", "kuka": "99999999999999999999"}, "jätetty pois: Kuka, Alkaen."),
        ({"sivu": "99999999999999999999"}, "Pyydettyä sivua ei ole. Tässä on sivu 1."),
        ({"sivu": "kaksi"}, "Pyydettyä sivua ei ole. Tässä on sivu 1."),
    ],
)
def test_what_it_cannot_read_is_told(asked, told, tehdyt, kirjautunut):
    aino = kirjautunut(tehdyt.aino)
    page = aino.get(SIVU, asked)
    assert page.status_code == 200
    assert told in " ".join(page.text.split())
    if "sivu" not in asked:  # a file of all rows would not say that they are all
        assert aino.get(TAULUKKO, asked).url.startswith(f"{SIVU}?")


def test_its_table_holds_the_same_rows_and_runs_nothing(tehdyt, kirjautunut):
    aino = kirjautunut(tehdyt.aino)
    csv = aino.get(TAULUKKO, {"laji": "muutettu"}).content.decode("utf-8-sig")
    lines = csv.splitlines()
    assert lines[0].startswith("Milloin;Kuka;Rooli;")
    assert len(lines) == 2
    assert f";{tehdyt.kaisa.nimi};koordinaattori;;muutettiin;strategia;" in lines[1]
    assert ";Ennen;'=1+1;" in lines[1]
    book = aino.get(TAULUKKO, {"muoto": "xlsx"}).content
    rows = list(load_workbook(io.BytesIO(book)).active.iter_rows())
    (cell,) = [cell for row in rows for cell in row if cell.value == "=1+1"]
    assert (cell.data_type, cell.quotePrefix) == ("s", True)
    assert [str(row[4].value) for row in rows] == ["Mitä tehtiin", "ladattiin", "kirjautui", "muutettiin", "suljettiin"]
    assert aino.get(TAULUKKO, {"muoto": "pdf"}).status_code == 404


def test_a_download_of_it_is_an_act_too(tehdyt, kirjautunut):
    kirjautunut(tehdyt.tarmo).get(TAULUKKO)
    row = Tapahtuma.objects.first()
    assert (row.laji, row.kuka, row.mihin) == ("ladattu", tehdyt.tarmo, "tapahtumat (csv)")


def fill_to(count, cast):
    """A row of each person and laji by Django; the database copies them, for it takes a tenth of the time."""
    lajit = (Laji.MUUTETTU, Laji.KIRJAUTUI, Laji.LADATTU, Laji.TALLENNETTU)
    people = (cast.kaisa, cast.veikko, cast.otso)
    first, *_others = mallit = Tapahtuma.objects.bulk_create(
        Tapahtuma(kunta=cast.kunta, laji=lajit[n % 4], kuka=people[n % 3], kohteen_nimi=f"Teko {n}") for n in range(12)
    )
    columns = [field.column for field in Tapahtuma._meta.concrete_fields if not field.primary_key]
    values = ("'Teko ' || n" if column == "kohteen_nimi" else column for column in columns)
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            WITH RECURSIVE luku(n) AS (SELECT %s UNION ALL SELECT n + 1 FROM luku WHERE n < %s)
            INSERT INTO strategia_tapahtuma ({", ".join(columns)}) SELECT {", ".join(values)}
            FROM luku JOIN strategia_tapahtuma AS malli ON malli.id = %s + n %% %s ORDER BY n
            """,  # noqa: S608
            [len(mallit), count - 1, first.pk, len(mallit)],
        )


def test_a_hundred_thousand_rows_are_quick(cast, kirjautunut):
    before = Tapahtuma.objects.count()
    fill_to(100_000, cast)
    assert Tapahtuma.objects.count() == before + 100_000
    aino = kirjautunut(cast.aino)
    aino.get(SIVU)
    for asked in ({}, {"laji": "muutettu"}, {"kuka": cast.kaisa.pk}, {"kohde": "Teko 777"}, {"sivu": "1999"}):
        started = time.process_time()
        assert aino.get(SIVU, asked).status_code == 200
        assert time.process_time() - started < 0.6, asked


def test_each_kind_that_the_filter_offers_is_written_somewhere():
    """One that nothing writes would tell an auditor that the act was never done."""
    apps = [path for app in ("strategia", "seuranta", "raportit") for path in (JUURI / app).rglob("*.py")]
    text = "".join(path.read_text() for path in apps)
    assert [laji.name for laji in Tapahtuma.Laji if not re.search(rf"Laji\.{laji.name}\b", text)] == []
