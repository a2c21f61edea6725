"""The tests' own rules hold: triggers after a flush, marks set by themselves, no skips in CI, the browser."""

import os
import re
import subprocess
import sys

import pytest
from django.db import IntegrityError, connection, transaction

from raportit.models import Raporttiversio
from seuranta.models import Kirjaus, Seurantajakso
from strategia.models import Kunta

from . import conftest, ohitus, ymparisto
from .cast import build_cast
from .ymparisto import JUURI, kierrokset, osuus, otanta, paivan_osa


def assert_triggers_in_place(cast):
    for write in (
        lambda: Kirjaus.objects.filter(jakso=cast.edellinen).update(kommentti="Jälkikäteen"),
        lambda: Raporttiversio.objects.filter(pk=cast.versio.pk).update(data='{"rivit": []}'),
        lambda: Raporttiversio.objects.filter(pk=cast.versio.pk).delete(),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            write()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("kerta", [1, 2])
def test_after_the_flush_of_a_transactional_test_the_triggers_are_in_place_again(kerta):
    assert not Seurantajakso.objects.exists(), "edellisen testin rivit jäivät kantaan"
    assert_triggers_in_place(build_cast())


@pytest.mark.django_db
def test_a_plain_database_test_finds_the_triggers(cast):
    assert_triggers_in_place(cast)


@pytest.mark.parametrize("kerta", [1, 2])
def test_each_test_has_the_cast_as_it_was_built(kerta, cast):
    stored = Kunta.objects.get(pk=cast.kunta.pk)
    assert (cast.kunta.nimi, stored.nimi, cast.jakso.kunta) == ("Kirkkoranta", "Kirkkoranta", stored)
    assert cast.veikko.kunta is cast.kunta, "samat oliot ovat yhä samoja"
    cast.kunta.nimi = "Muualla"
    cast.kunta.save()


def test_who_does_not_ask_for_the_cast_finds_nothing_of_it(db):
    assert not Kunta.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_test_that_commits_has_a_cast_of_its_own(cast):
    assert not connection.in_atomic_block
    assert Kunta.objects.get(pk=cast.kunta.pk).nimi == "Kirkkoranta"


@pytest.mark.django_db(transaction=True)
def test_a_child_process_finds_the_test_database(kannan_url):
    Kunta.objects.create(nimi="Kirkkoranta")
    code = "from strategia.models import Kunta; print(Kunta.objects.get().nimi)"
    child = subprocess.run(
        [sys.executable, "manage.py", "shell", "-v", "0", "-c", code],
        env={**os.environ, "DATABASE_URL": kannan_url},
        cwd=JUURI,
        capture_output=True,
        text=True,
        check=True,
    )
    assert child.stdout == "Kirkkoranta\n"


def test_what_uses_no_database_is_marked_so(request):
    assert request.node.get_closest_marker("ei_kantaa")


def test_what_uses_a_database_is_not(request, db):
    assert not request.node.get_closest_marker("ei_kantaa")


@pytest.mark.vain_postgres
def test_a_test_for_postgresql_alone_runs_there(db):
    assert connection.vendor == "postgresql"


def test_rounds_are_a_twentieth_unless_all_are_asked_for(monkeypatch):
    monkeypatch.delenv("KIERROKSET", raising=False)
    assert (kierrokset(1000), kierrokset(3)) == (50, 1)
    monkeypatch.setenv("KIERROKSET", "kaikki")
    assert (kierrokset(1000), kierrokset(3)) == (1000, 3)


def test_mutations_and_walks_are_sampled_unless_all_are_asked_for(monkeypatch):
    monkeypatch.setattr(ymparisto, "VUOROTELLEN", True)
    monkeypatch.setenv("KIERROKSET", "kaikki")
    assert otanta(range(100)) == paivan_osa(range(100)) == list(range(100))
    assert (osuus(180), ymparisto.kerro_osuus()) == (180, "Kierrokset: kaikki.")
    monkeypatch.delenv("KIERROKSET")
    assert (len(otanta(paivan_osa(range(100)))), len(paivan_osa(range(100))), osuus(180)) == (5, 10, 18)
    assert "make test KIERROKSET=kaikki" in ymparisto.kerro_osuus()
    monkeypatch.setattr(ymparisto, "VUOROTELLEN", False)
    assert paivan_osa(range(100)) == list(range(100)), "yksin ajettu tiedosto kulkee sivut kokonaan"
    assert len(otanta(range(100))) == 5


def test_ten_days_walk_all_of_it(monkeypatch):
    monkeypatch.setattr(ymparisto, "VUOROTELLEN", True)
    monkeypatch.delenv("KIERROKSET", raising=False)
    lajit = {"sivu": range(47), "teko": range(100, 107), "ainoa": [200]}
    kohteet, walked = {each: laji for laji, found in lajit.items() for each in found}, []
    for day in range(10):
        monkeypatch.setattr(ymparisto, "PAIVA", 739_948 + day)
        todays = paivan_osa(kohteet, kohteet.get)
        assert todays == sorted(todays)
        assert {kohteet[each] for each in todays} == set(lajit), "jokaista lajia joka päivä"
        assert len(todays) <= 7
        walked += todays
    assert set(walked) == set(kohteet)


def test_a_file_that_either_database_would_do_for_is_run_by_one_of_them(monkeypatch):
    """By PostgreSQL one day of three: in three days each has been run by both."""

    def turns(tiedosto):
        found = []
        for on_postgres in (False, True):
            monkeypatch.setattr(ymparisto, "ON_POSTGRES", on_postgres)
            found.append(ymparisto.on_vuorossa(tiedosto))
        return found

    monkeypatch.delenv("KIERROKSET", raising=False)
    monkeypatch.setattr(ymparisto, "VUOROTELLEN", True)
    files = [f"tests/test_{n}.py" for n in range(40)]
    assert {tuple(turns(each)) for each in files} == {(True, False), (False, True)}
    days = []
    for day in range(3):
        monkeypatch.setattr(ymparisto, "PAIVA", 739_948 + day)
        days.append(turns(files[0]))
    assert sorted(days) == [[False, True], [True, False], [True, False]]
    monkeypatch.setenv("KIERROKSET", "kaikki")
    assert turns(files[0]) == [True, True]
    monkeypatch.delenv("KIERROKSET")
    monkeypatch.setattr(ymparisto, "VUOROTELLEN", False)
    assert turns(files[0]) == [True, True], "yksin ajettu tiedosto on ajettava"


OHITUKSET = (
    "def test_it():\n    pytest.skip('osa puuttuu')",
    "@pytest.mark.skip(reason='osa puuttuu')\ndef test_it(): pass",
    "pytest.skip('osa puuttuu', allow_module_level=True)",
    "pytest.importorskip('osa_puuttuu', reason='osa puuttuu')",
)


def test_in_ci_every_skip_fails_the_run(tmp_path):
    """By the hooks of this run, in a run of their own: with its settings the whole application would be loaded."""
    hooks = ("pytest_make_collect_report", "pytest_runtest_makereport")
    assert all(getattr(conftest, name) is getattr(ohitus, name) for name in hooks)
    (tmp_path / "conftest.py").write_text(f"from tests.ohitus import {', '.join(hooks)}\n")
    for number, body in enumerate(OHITUKSET):
        (tmp_path / f"test_osa{number}.py").write_text(f"import pytest\n{body}\n")
    here, in_ci = (run_pytest(tmp_path, CI=value) for value in ("", "true"))
    assert here.returncode == 0
    assert "4 skipped" in here.stdout
    assert in_ci.returncode == 1
    assert in_ci.stdout.count("CI:ssä ei ohiteta mitään") >= 4
    for number in range(len(OHITUKSET)):
        assert re.search(rf"^(FAILED|ERROR) \S*test_osa{number}\.py", in_ci.stdout, re.MULTILINE), number


def run_pytest(folder, **env):
    """Of that folder alone: pytest would go through what lies beside it and above it, thousands of folders in /tmp."""
    (folder / "pytest.ini").write_text("[pytest]\naddopts = -ra -p no:django\n")
    command = [sys.executable, "-m", "pytest", "--continue-on-collection-errors", "-c", folder / "pytest.ini"]
    return subprocess.run(
        [*command, "--rootdir", folder, "--confcutdir", folder, folder],
        env={**os.environ, **env},
        cwd=JUURI,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_browser_signs_in_as_the_person_it_is_told(sivu_kayttajana, cast):
    sivu = sivu_kayttajana(cast.veikko)
    response = sivu.goto("/")
    assert response.status == 200
    assert sivu.url.endswith("/")


def test_a_page_that_calls_another_host_is_noticed(sivu, selaimen_virheet):
    sivu.goto("/tili/login/")
    sivu.evaluate("fetch('http://muualla.invalid/').catch(() => {})")
    for _try in range(300):  # until the browser has told, however busy the machine is
        if any("muualla.invalid" in virhe for virhe in selaimen_virheet):
            break
        sivu.wait_for_timeout(100)
    else:
        pytest.fail(f"ei huomattu: {selaimen_virheet}")
    selaimen_virheet.clear()
