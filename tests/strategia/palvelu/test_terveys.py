"""What a probe is told: alive, ready, and what is late; nothing that an outsider could use."""

import re
import subprocess
import sys
from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from raportit.tallenne import tarkistukset
from raportit.tallenne.jono import render_versio
from raportit.tallenne.syke import beat
from strategia.models import Ajo
from strategia.palvelu import luvut, tila
from tests.ymparisto import JUURI

VALMIS = "/terveys/valmis"


@pytest.fixture(autouse=True)
def heti(monkeypatch):
    """Each probe is answered anew."""
    monkeypatch.setattr(tila, "TUORE", 0)


@pytest.fixture
def kunnossa(db):
    """The worker beats, cron has run and a backup was made."""
    beat("testi")
    for komento in ("muistuta", "varmuuskopio"):
        Ajo.objects.create(komento=komento, alkoi=timezone.now(), onnistui=timezone.now())


def test_all_is_well(kunnossa, client):
    answer = client.get(VALMIS)
    assert (answer.status_code, answer.json()) == (200, {"tila": "valmis", "viat": [], "varoitukset": []})
    assert client.get("/terveys").json() == {"tila": "toimii"}


@pytest.mark.parametrize("osoite", ["/terveys", VALMIS])
def test_a_probe_asks_by_any_name_without_https_and_gets_no_session(osoite, kunnossa, client, settings):
    settings.SECURE_SSL_REDIRECT, settings.ALLOWED_HOSTS = True, ["seuranta.kunta.example"]
    answer = client.get(osoite, headers={"host": "10.0.0.7:8000"})
    assert answer.status_code == 200
    assert not answer.cookies
    assert "no-store" in answer.headers["Cache-Control"]
    assert client.head(osoite).status_code == 200
    assert client.post(osoite).status_code == 405
    # and nothing else is let by
    assert client.get("/ohje/", headers={"host": "10.0.0.7:8000"}).status_code in (301, 400)


def test_alive_asks_nothing_of_the_database(client, django_assert_num_queries, db):
    with django_assert_num_queries(0):
        assert client.get("/terveys").status_code == 200


def test_a_late_cron_and_a_dead_worker_are_warnings(db, client):
    answer = client.get(VALMIS)
    assert (answer.status_code, answer.json()["varoitukset"]) == (200, ["ajastus", "tyontekija", "varmuuskopio"])
    Ajo.objects.create(komento="muistuta", alkoi=timezone.now() - timedelta(hours=27), onnistui=timezone.now())
    assert "ajastus" in client.get(VALMIS).json()["varoitukset"]


def test_a_backup_that_was_never_made_or_did_not_succeed_is_told(kunnossa, cast, client, kirjautunut):
    kopio = Ajo.objects.filter(komento="varmuuskopio")
    kopio.update(onnistui=timezone.now() - timedelta(hours=27))
    assert client.get(VALMIS).json()["varoitukset"] == ["varmuuskopio"]
    kopio.delete()
    page = kirjautunut(cast.aino).get(reverse("strategia:palvelun-tila")).text
    assert "Varmuuskopiota ei ole tehty vuorokauteen (viimeksi: ei koskaan)." in page
    assert "Kaikki toimii" not in page


def test_strangers_who_ask_often_do_not_load_the_database(kunnossa, client, monkeypatch, django_assert_num_queries):
    monkeypatch.setattr(tila, "TUORE", 60)
    tila._VIIMEKSI.clear()
    client.get(VALMIS)
    with django_assert_num_queries(0):
        assert all(client.get(VALMIS).status_code == 200 for _ in range(20))
    tila._VIIMEKSI.clear()


def test_what_waits_too_long_is_a_warning(kunnossa, client):
    render_versio.enqueue(1)
    assert client.get(VALMIS).json()["varoitukset"] == []
    old = timezone.now() - timedelta(minutes=16)
    DBTaskResult.objects.update(enqueued_at=old)
    assert client.get(VALMIS).json()["varoitukset"] == ["jono"]
    DBTaskResult.objects.update(run_after=timezone.now() + timedelta(hours=3))  # a message to be tried later
    assert client.get(VALMIS).json()["varoitukset"] == []


def test_low_disk_is_a_warning(kunnossa, client, monkeypatch):
    monkeypatch.setattr(tila, "TILAA", 1 << 60)
    answer = client.get(VALMIS)
    assert (answer.status_code, answer.json()["varoitukset"]) == (200, ["levy"])


def test_storage_that_takes_nothing_is_a_fault(kunnossa, client, settings, tmp_path):
    (tmp_path / "tiedosto").write_text("ei kansio")
    settings.MEDIA_ROOT = tmp_path / "tiedosto"
    answer = client.get(VALMIS)
    assert (answer.status_code, answer.json()["tila"], answer.json()["viat"]) == (503, "ei valmis", ["varasto"])
    assert str(tmp_path) not in answer.text


def test_a_probe_leaves_no_file_behind(kunnossa, client, settings):
    client.get(VALMIS)
    assert [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()] == []


@pytest.mark.parametrize(("name", "value"), [("KIRJASTOT", ("libeiole.so.0",)), ("FONTIT", ("fonts/EiOle.woff2",))])
def test_a_machine_that_cannot_draw_a_pdf_is_a_fault(name, value, kunnossa, client, monkeypatch):
    monkeypatch.setattr(tarkistukset, name, value)
    assert (client.get(VALMIS).status_code, client.get(VALMIS).json()["viat"]) == (503, ["tuloste"])


def test_the_fonts_looked_for_are_those_of_the_stylesheet():
    css = (JUURI / "static/css/print.css").read_text()
    assert all(f'url("../{name}")' in css for name in tarkistukset.FONTIT)
    assert css.count("@font-face") == len(tarkistukset.FONTIT)


def test_a_database_older_than_the_code_is_a_fault(kunnossa, client):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'raportit'")
    answer = client.get(VALMIS)
    assert (answer.status_code, answer.json()["viat"]) == (503, ["migraatiot"])


def test_a_database_that_is_away_is_a_fault(tmp_path):
    """In a process of its own, whose database is a folder."""
    code = (
        "import django; django.setup(); from django.test import Client; c = Client();"
        f" answer = c.get('{VALMIS}'); print(answer.status_code, answer.json()['viat'], c.get('/terveys').status_code)"
    )
    environ = {"DATABASE_URL": f"sqlite:///{tmp_path}", "DJANGO_SETTINGS_MODULE": "tests.settings", "PYTHONPATH": "."}
    done = subprocess.run([sys.executable, "-c", code], cwd=JUURI, env=environ, capture_output=True, text=True)
    assert done.stdout.split("\n")[0] == "503 ['tietokanta'] 200", done.stderr


# --- the page


@pytest.mark.parametrize("who", ["kaisa", "veikko", "hilkka", "otso", "liisa", "tarmo"])
def test_nobody_but_the_paakayttaja_sees_the_page(who, cast, kirjautunut):
    assert kirjautunut(getattr(cast, who)).get(reverse("strategia:palvelun-tila")).status_code == 403


def test_the_page_tells_what_helps(cast, kirjautunut):
    text = kirjautunut(cast.aino).get(reverse("strategia:palvelun-tila")).text
    assert "Jonon työntekijä ei ole käynnissä:" in text  # the warning; and the figures, whatever else is wrong:
    assert "Jonon työntekijä ei ole käynnissä. Jonossa odottaa 0 työtä." in text
    assert "Aja komento python manage.py muistuta ajastetusti kerran päivässä." in text
    assert "Ei koskaan" in text


def test_the_page_tells_that_all_is_well(kunnossa, cast, kirjautunut):
    text = kirjautunut(cast.aino).get(reverse("strategia:palvelun-tila")).text
    assert "Kaikki toimii" in text
    alive = r"Jonon työntekijä on käynnissä, viimeksi elossa klo \d+\.\d\d\.\d\d\."
    assert re.search(rf"{alive} Jonossa odottaa \d+ työtä\.", text)


def test_a_command_that_failed_says_why(db):
    from strategia.ajo import run_told

    with pytest.raises(ValueError, match="rikki"), run_told("siivoa"):
        raise ValueError("rikki")
    ajo = Ajo.objects.get()
    assert (ajo.onnistui, ajo.virhe) == (None, "ValueError: rikki")
    with run_told("siivoa"):
        pass
    ajo.refresh_from_db()
    assert (ajo.virhe, ajo.onnistui is not None) == ("", True)
    assert dict(luvut.newest_runs())["Siivous"] == ajo
