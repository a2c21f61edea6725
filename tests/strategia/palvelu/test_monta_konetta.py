"""Several machines on one PostgreSQL and one bucket: whichever is asked answers, and each may go away."""

import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.files.storage import default_storage
from django.db import connection
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from raportit.models import Raporttiversio, Syke, Tallenne
from raportit.tallenne.tallenteet import name_of
from seuranta.models import Kirjaus, Seurantajakso, Tuonti
from strategia.models import Toimenpide
from strategia.varasto import list_stored
from tests.cast import build_cast
from tests.kone import Selain, koneet, wait_until  # noqa: F401  a fixture
from tests.s3 import s3_osoite, sanko, varasto  # noqa: F401  fixtures

pytestmark = pytest.mark.vain_postgres
TAULUKKO = """Painopiste;Tavoite;Toimenpide;Toimiala
Elävä kylä & sujuva arki;Turvalliset koulutiet;Väylä Kirkkotie–Koulupolku;Tekniset palvelut
Elävä kylä & sujuva arki;Turvalliset koulutiet;Ääsin silta;Tekniset palvelut
""".encode()
# Every report waits in the queue, as a long one does.
PITKINA = """
def post_worker_init(worker):
    from raportit.tallenne import jono
    jono.PITKA = 0
"""


@pytest.fixture
def selain_of(kirjautunut, settings):
    return lambda user: Selain(kirjautunut(user).cookies[settings.SESSION_COOKIE_NAME])


@pytest.fixture
def a_ja_b(kannan_url, koneet, sanko, varasto, tmp_path):  # noqa: F811
    """Two machines, each with a web server, a worker and a folder of its own; their files are in the bucket."""
    (tmp_path / "pitkina.py").write_text(PITKINA)
    shared = sanko | {"DATABASE_URL": kannan_url}
    webs = [koneet.palvelin(name, "--config", str(tmp_path / "pitkina.py"), **shared) for name in ("a", "b")]
    return webs, start_workers(koneet, shared)


def start_workers(koneet, shared):  # noqa: F811
    """{the name by which the queue knows it: its process}"""
    workers = {}
    for name in ("a", "b"):
        process = koneet.tyontekija(name, **shared)
        wait_until(lambda: Syke.objects.count() > len(workers))
        workers[Syke.objects.exclude(tunnus__in=workers).get().tunnus] = process
    return workers


def shown(answer, name):
    assert answer.status == 200, (answer.status, answer.text[:2000])
    return re.search(rf'name="{name}" value="([^"]+)"', answer.text)[1]


def test_what_one_machine_takes_in_the_other_goes_on_with(a_ja_b, koneet, selain_of):  # noqa: F811
    cast, ((a, b), workers) = build_cast(), a_ja_b
    aino, kaisa = selain_of(cast.aino), selain_of(cast.kaisa)
    # An import is sent to the one, looked through and saved at the other.
    path = aino.send_file(a, "/tuonti/", "silta.csv", TAULUKKO).location
    tuonti = Tuonti.objects.get()
    assert path == reverse("seuranta:tuonti-detail", args=[tuonti.pk])
    save = {"sormenjalki": shown(aino.get(b, path), "sormenjalki")}
    assert aino.post(b, f"{path}tallenna/", save).status == 302
    assert Toimenpide.objects.filter(nimi="Ääsin silta").exists()
    assert [aino.get(each, f"{path}tiedosto/").content for each in (a, b)] == [TAULUKKO] * 2
    # A draft is asked for at the one and fetched at the other, whichever worker made it.
    waiting = kaisa.get(a, f"/jaksot/{cast.jakso.pk}/luonnos.pdf").location
    assert "/luonnos/" in waiting
    wait_until(lambda: kaisa.get(b, f"{waiting}?lataa=1").content.startswith(b"%PDF"))
    # A jakso is closed at the one; its files are read at both, also when the machine that made them is gone.
    close(kaisa, (b, a), cast.jakso)
    first = read_files(kaisa, (a, b), 1)
    stop_who_made(workers)
    reopen = {"syy": "Silta puuttui."}
    assert kaisa.post(b, reverse("seuranta:jakso-avaa-uudelleen", args=[cast.jakso.pk]), reopen).status == 302
    close(kaisa, (a, b), cast.jakso)
    assert read_files(kaisa, (b, a), 2) != first
    for name in ("a", "b"):
        left = [path for path in (koneet.folder / name / "tiedostot").rglob("*") if path.is_file()]
        assert left == [], "toisen koneen levyllä on jotakin, mitä toinen tarvitsee"
    assert list_stored("")[0] and all(default_storage.exists(name_of(each)) for each in Tallenne.objects.all())


def close(selain, palvelimet, jakso):
    jakso.refresh_from_db()
    if jakso.tila == Seurantajakso.Tila.AVOINNA:
        finish = reverse("seuranta:jakso-viimeistele", args=[jakso.pk])
        assert selain.post(palvelimet[0], finish, {"vahvista": 1}).status == 302
    assert selain.post(palvelimet[1], reverse("raportit:jakso-sulje", args=[jakso.pk]), {}).status == 302
    jakso.refresh_from_db()
    assert jakso.tila == Seurantajakso.Tila.SULJETTU


def read_files(selain, palvelimet, numero):
    """{format: bytes} of the version that was just closed, the same at every server."""
    versio = Raporttiversio.objects.latest("pk")
    assert versio.numero == numero
    wait_until(lambda: not DBTaskResult.objects.exclude(status="SUCCESSFUL").exists())
    paths = {muoto: reverse("raportit:versio-lataa", args=[versio.pk, muoto]) for muoto in ("pdf", "xlsx", "docx")}
    told = [{muoto: selain.get(each, path) for muoto, path in paths.items()} for each in palvelimet]
    assert {answer.status for each in told for answer in each.values()} == {200}
    read = [{muoto: answer.content for muoto, answer in each.items()} for each in told]
    assert read[0] == read[1] and read[0]["pdf"].startswith(b"%PDF")
    return read[0]


def stop_who_made(workers):
    """Let the other make the next ones."""
    made = workers[DBTaskResult.objects.latest("finished_at").worker_ids[-1]]
    made.terminate()
    assert made.wait(60) == 0
    assert Syke.objects.count() == 1


# --- no connection before the fork


def test_processes_that_are_made_of_a_loaded_one_share_no_connection(kannan_url, koneet, selain_of, tmp_path):  # noqa: F811
    cast = build_cast()
    kaisa, path = selain_of(cast.kaisa), reverse("seuranta:kirjaus-lista", args=[cast.jakso.pk])
    log = ["--access-logfile", "-", "--access-logformat", "palveli %(p)s %(m)s", "--threads", "1"]
    url = f"{kannan_url}?application_name=esilataus"
    palvelin = koneet.palvelin("a", "--preload", "--workers", "2", *log, DATABASE_URL=url)
    assert count_connections() == 0, "yhteys avattiin ennen haarautumista"
    with ThreadPoolExecutor(3) as readers:  # who keep a process busy now and then: else one may take every save
        for number in range(60):
            pages = [readers.submit(kaisa.get, palvelin, path) for _reader in range(3)]
            told = {"versio": number, "aste": "3", "kommentti": f"Vaihe {number}."}
            fields = {f"t{cast.vayla.pk}-{name}": value for name, value in told.items()} | {"rivi": cast.vayla.pk}
            assert kaisa.post_row(palvelin, path, fields).status == 200
            assert {page.result().status for page in pages} == {200}
            if len(served := set(re.findall(r"palveli <(\d+)> POST", palvelin.loki.read_text()))) == 2:
                break
    assert len(served) == 2
    assert Kirjaus.objects.get(jakso=cast.jakso).kommentti == f"Vaihe {number}."
    assert count_connections() >= 2, "kummallakin on omansa"


def count_connections():
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE application_name = 'esilataus'")
        return cursor.fetchone()[0]
