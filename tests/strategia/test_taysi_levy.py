"""A disk that is truly full: nothing half-written stays, it is said what it is, and with room all works again."""

import json
import os
import subprocess
import sys

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from raportit.tallenne.tallenteet import TALLENNETTAVAT
from seuranta.models import Kirjaus, Tuonti
from tests.cast import build_cast
from tests.levy import SYY, files_in, fill, levy, make_room, recorded, say, tables_on, two_rows  # noqa: F401  a fixture
from tests.ymparisto import JUURI


@pytest.fixture
def client_of(levy, settings):  # noqa: F811
    settings.MEDIA_ROOT = levy

    def sign_in(user):
        client = Client(raise_request_exception=False)
        client.force_login(user)
        return client

    return sign_in


def rows(count):
    lines = ["Painopiste;Tavoite;Toimenpide;Toimiala;Toteutumisaste;Kommentti"]
    lines += [f"Arki;Sujuva;Teko {number};Tekniset palvelut;3;{'Etenee. ' * 40}" for number in range(count)]
    return "\n".join(lines).encode()


@pytest.mark.django_db
@pytest.mark.parametrize("leave", [0, 64 * 1024])
def test_an_import_that_found_no_room_leaves_nothing_and_succeeds_later(leave, cast, levy, client_of):  # noqa: F811
    """Also one that had room to begin: half of it has been written when the disk is full."""
    aino, content = client_of(cast.aino), rows(400)
    assert len(content) > 2 * leave
    fill(levy, leave=leave)

    def send():
        return aino.post("/tuonti/", {"liite": "", "tiedosto": SimpleUploadedFile("seuranta.csv", content)})

    answer = send()
    assert answer.status_code == 503 and SYY in answer.text
    assert (files_in(levy), Tuonti.objects.count()) == ([], 0)
    make_room(levy)
    assert send().status_code == 302
    assert Tuonti.objects.get().tiedosto.read() == content


@pytest.mark.django_db
@pytest.mark.parametrize("muoto", TALLENNETTAVAT)
def test_a_report_that_found_no_room_leaves_nothing_and_is_made_later(muoto, cast, levy, client_of):  # noqa: F811
    tarmo, path = client_of(cast.tarmo), f"/raportit/{cast.versio.pk}/raportti.{muoto}"
    (levy / "raportit" / str(cast.kunta.pk)).mkdir(parents=True)
    fill(levy)
    answer = tarmo.get(path)
    assert answer.status_code == 503 and SYY in answer.text
    assert [name for name in files_in(levy) if not name.startswith(".vuoro")] == []  # whose turn it is: empty files
    make_room(levy)
    answer = tarmo.get(path)
    assert answer.status_code == 200
    stored = [name for name in files_in(levy) if name.endswith(f".{muoto}")]
    assert len(stored) == 1


@pytest.mark.vain_sqlite
@pytest.mark.django_db
def test_a_database_on_a_full_disk_keeps_the_text_and_what_it_held(levy, tyhja_sqlite):  # noqa: F811
    """The whole installation on one disk, as SQLite has it; in a process of its own, for the database is ours."""
    tyhja_sqlite(levy / "kanta.sqlite3")
    own = {"DATABASE_URL": f"sqlite:///{levy}/kanta.sqlite3", "MEDIA_ROOT": str(levy / "media")}
    done = subprocess.run(
        [sys.executable, "-m", "tests.ohjelmat.taysi_levy", levy],
        cwd=JUURI,
        env=os.environ | own | {"DJANGO_SETTINGS_MODULE": "tests.settings"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout.splitlines()[-1])
    assert told["täynnä"] == [[503, True, True], [503, True, True]]
    assert told["jäi"] == [0, [0, 0]]
    assert [each[0] for each in told["tilaa"]] == [302, 302]
    assert (told["tallessa"], told["kanta"]) == ([1, [2, 2]], "ok")
    assert set(files_in(levy)) <= {f"kanta.sqlite3{ending}" for ending in ("", "-wal", "-shm")}


@pytest.mark.vain_kokonaisina
@pytest.mark.vain_postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("leave", [0, 48 * 1024])
def test_kirjaukset_that_found_no_room_in_postgresql_are_shown_back_and_saved_later(leave, levy, client_of):  # noqa: F811
    """Also where the first of the two has room: neither stays, nor a line of history."""
    cast = build_cast()
    sivu, data, veikko = reverse("seuranta:kirjaus-lista", args=[cast.jakso.pk]), two_rows(cast), client_of(cast.veikko)
    with tables_on(levy, Kirjaus, Kirjaus.history.model):
        fill(levy, leave=leave)
        assert say(veikko.post(sivu, data), data) == [503, True, True]
        assert recorded(cast) == [0, 0]
        assert veikko.get(sivu).status_code == 200  # reading goes on
        make_room(levy)
        assert veikko.post(sivu, data).status_code == 302
        assert recorded(cast) == [2, 2]
