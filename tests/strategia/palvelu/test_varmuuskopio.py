"""A backup of a running installation, restored into an empty one on either database; a broken one restores nothing."""

import hashlib
import itertools
import json
import os
import re
import secrets
import subprocess
import sys
import tarfile
import threading
import time
from pathlib import Path
from subprocess import PIPE

import psycopg
import pyrage
import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from raportit.models import Raporttiversio
from raportit.tallenne.eheys import find_faults
from raportit.tallenne.tallenteet import stored_bytes
from seuranta.models import Kirjaus
from seuranta.tiedosto.luenta import store_file
from strategia.models import Ajo, Kunta, Strategia
from strategia.palvelu.kopiointi import LAJI, MUOTO, write_backup
from strategia.palvelu.paketti import PakettiViallinen, new_package, read_package
from strategia.palvelu.palauttaminen import Ladattu
from strategia.palvelu.taulurivit import dump_rows
from tests import tyhja_kanta
from tests.sovelluksena import connect
from tests.ymparisto import JUURI, ON_POSTGRES


class Asennus:
    """An empty installation of its own: database, folder and SECRET_KEY."""

    def __init__(self, url, media):
        self.url, self.media = url, media

    def environ(self):
        return os.environ | {
            "DATABASE_URL": self.url,
            "MEDIA_ROOT": str(self.media),
            "SECRET_KEY": secrets.token_urlsafe(50),
            "MFA_KEY": secrets.token_urlsafe(50),
            "DJANGO_SETTINGS_MODULE": "strategia.settings",
            "DEBUG": "0",
        }

    def run(self, *command):
        program = [sys.executable, "manage.py", *map(str, command)]
        return subprocess.run(program, cwd=JUURI, env=self.environ(), capture_output=True, text=True, check=False)

    def succeed(self, *command):
        done = self.run(*command)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def close(self):
        pass


class YhdessaProsessissa(Asennus):
    """One process runs its commands one after another: starting the application takes longer than most of them."""

    _process = None

    def run(self, *command):
        self._process = self._process or self._start()
        self._process.stdin.write(json.dumps([str(word) for word in command]) + "\n")
        self._process.stdin.flush()
        return subprocess.CompletedProcess(command, *json.loads(self._process.stdout.readline()))

    def _start(self):
        program, pipes = [sys.executable, "-m", "tests.ohjelmat.komennot"], dict.fromkeys(("stdin", "stdout"), PIPE)
        return subprocess.Popen(program, cwd=JUURI, env=self.environ(), text=True, **pipes)

    def close(self):
        if self._process:
            self._process.communicate()


@pytest.fixture
def uusi_asennus(tmp_path, tyhja_sqlite):
    """`uusi_asennus("sqlite")` or ("postgresql", on the server of these tests): its tables are there, and not a row.

    ilman_tauluja: there is nothing at all in its database.
    omin_prosessein: each of its commands is a process, as where people give them.
    """
    made, asennukset, numbers = [], [], itertools.count()

    def make(kind, *, ilman_tauluja=False, omin_prosessein=False):
        name = f"asennus{next(numbers)}"
        if kind == "sqlite":
            url = f"sqlite:///{tmp_path / name}.sqlite3"
            if not ilman_tauluja:
                tyhja_sqlite(tmp_path / f"{name}.sqlite3")
        else:
            made.append(f"{name}_{secrets.token_hex(4)}")
            url = _new_database(made[-1], ilman_tauluja)
        media = tmp_path / f"{name}-media"
        media.mkdir()
        asennukset.append((Asennus if omin_prosessein else YhdessaProsessissa)(url, media))
        return asennukset[-1]

    yield make
    for asennus in asennukset:
        asennus.close()
    for name in made:
        tyhja_kanta.run_as_admin(f'DROP DATABASE "{name}" WITH (FORCE)')


def _new_database(name, ilman_tauluja):
    template = "template1" if ilman_tauluja else tyhja_kanta.TALLELLA
    tyhja_kanta.run_as_admin(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    return os.environ["DATABASE_URL"].rpartition("/")[0] + f"/{name}"


@pytest.fixture
def kaytossa(transactional_db, cast):
    """An installation with a closed jakso, its files and an import."""
    stored_bytes(cast.versio, "csv")
    store_file(cast.kunta, b"a;b\n1;2\n", "a.csv", by=cast.aino)
    return cast


def manifest(path, **key):
    return json.loads(dict(read_package(path, **key))["luettelo.json"])


OTHER = "sqlite" if ON_POSTGRES else None


def test_a_backup_taken_while_twenty_write_is_one_moment(kaytossa, tmp_path, uusi_asennus):
    """Restored here and, on PostgreSQL, in the other database and back: row by row, byte by byte the same.

    On SQLite where there is not even a table; on PostgreSQL the owner restores so below.
    """
    own = {"kunta": kaytossa.kunta, "jakso": kaytossa.jakso, "toteutumisaste": 3, "syy": ""}
    rows = [Kirjaus.objects.create(**own, toimenpide=toimenpide) for toimenpide in kaytossa.toimenpiteet]
    pks, ended, acknowledged = [row.pk for row in rows], threading.Event(), [0] * 20

    def write(number):
        while not ended.is_set():
            mine = Kirjaus.objects.filter(pk=pks[number % len(pks)])
            acknowledged[number] += mine.update(kommentti=f"{number}: {acknowledged[number]}")
        connection.close()

    writers = [threading.Thread(target=write, args=(number,)) for number in range(20)]
    for writer in writers:
        writer.start()
    try:
        while sum(acknowledged) < 100:
            time.sleep(0.02)
        write_backup(tmp_path / "kopio")
    finally:
        ended.set()
        for writer in writers:
            writer.join()
    first = manifest(tmp_path / "kopio")
    assert first["taulut"]["seuranta_kirjaus"][0] == Kirjaus.objects.count()
    kinds = ["sqlite", "postgresql"] if ON_POSTGRES else ["sqlite"]
    source = tmp_path / "kopio"
    for kind in kinds:  # on PostgreSQL: from it to SQLite, and from there back
        asennus = uusi_asennus(kind, ilman_tauluja=not ON_POSTGRES)
        assert "Palautettu ja tarkistettu" in asennus.succeed("palautus", source)
        source = tmp_path / f"kopio-{kind}"
        assert re.search(r"riviä, \d+ tiedostoa, \d+,\d Mt, \d+,\d s\.", asennus.succeed("varmuuskopio", source))
        second = manifest(source)
        same = {table for table, rows in first["taulut"].items() if second["taulut"][table] == rows}
        assert first["taulut"].keys() - same == {"strategia_ajo"}  # the backup itself ran there
        assert second["tiedostot"] == first["tiedostot"]
        assert "Kaikki on tallella" in asennus.succeed("tarkista")


def test_what_is_restored_is_guarded_counts_on_and_can_be_written(kaytossa, tmp_path, uusi_asennus):
    call_command("varmuuskopio", str(tmp_path / "kopio"), verbosity=0)
    assert Ajo.objects.get(komento="varmuuskopio").onnistui
    asennus = uusi_asennus("postgresql" if ON_POSTGRES else "sqlite", omin_prosessein=True)
    asennus.succeed("palautus", tmp_path / "kopio")
    closed = Kirjaus.objects.filter(jakso__tila="suljettu").first()
    told = asennus.run(
        "shell",
        "-c",
        "from seuranta.models import *; from strategia.models import *; from django.db import IntegrityError;"
        f"kunta = Kunta.objects.create(nimi='Uusi', virallinen_nimi='Uusi', slug='uusi');"
        "print('pk', kunta.pk);\n"
        "try:\n"
        f"    Kirjaus.objects.filter(pk={closed.pk}).update(kommentti='x')\n"
        "except IntegrityError as error: print('kieltää', error)",
    )
    assert "kieltää suljettu jakso" in told.stdout, told.stdout + told.stderr


def test_a_backup_is_encrypted_for_its_key_and_opened_by_no_other(kaytossa, tmp_path, uusi_asennus):
    own, other = pyrage.x25519.Identity.generate(), pyrage.x25519.Identity.generate()
    for name, identity in (("oma", own), ("vieras", other)):
        (tmp_path / name).write_text(f"# created\n{identity}\n")
    path = tmp_path / "kopio.age"
    write_backup(path, recipient=str(own.to_public()))
    assert kaytossa.aino.email.encode() not in path.read_bytes()
    assert oct(path.stat().st_mode)[-3:] == "600"
    assert manifest(path, identity=tmp_path / "oma")["tiedostot"]
    for key in (None, tmp_path / "vieras", tmp_path / "ei-ole"):
        with pytest.raises(PakettiViallinen):
            manifest(path, identity=key)
    done = uusi_asennus("sqlite").run("palautus", path)
    assert done.returncode == 1 and "Anna salainen avain valitsimella --avain" in done.stderr


def test_a_backup_for_a_key_that_is_none_leaves_no_file(db, tmp_path):
    with pytest.raises(CommandError, match="alkaa age1"):
        call_command("varmuuskopio", str(tmp_path / "kopio"), "--avain", "salainen", verbosity=0)
    assert not list(tmp_path.iterdir())


def test_a_backup_never_writes_over_another(db, tmp_path):
    (tmp_path / "kopio").write_text("eilinen")
    with pytest.raises(CommandError, match="on jo olemassa"):
        call_command("varmuuskopio", str(tmp_path / "kopio"), verbosity=0)
    assert (tmp_path / "kopio").read_text() == "eilinen"


@pytest.mark.parametrize("command", [["varmuuskopio"], ["vie_kunta", "Kirkkoranta"]])
def test_no_copy_is_written_among_the_files_that_the_next_one_would_hold(command, cast, settings):
    place = settings.MEDIA_ROOT / "kopiot" / "kopio"
    place.parent.mkdir()
    with pytest.raises(CommandError, match="tulisi mukaan seuraavaan kopioon"):
        call_command(*command, str(place), verbosity=0)
    assert not place.exists()


def cut(content):
    return content[: len(content) // 2]


def flip(content):
    middle = len(content) // 2
    return content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :]


@pytest.fixture(scope="module")
def muutettu():
    """`muutettu(path, new, name=content)`: the package with parts in place of its own; None takes one away."""

    def change(source, target, **parts):
        with new_package(target) as package:
            for name, content in read_package(source):
                key = next((key for key in parts if re.fullmatch(key, name)), None)
                content = parts[key](content) if key else content
                if content is not None:
                    package.add(name, content)

    return change


def test_what_is_broken_restores_nothing(kaytossa, tmp_path, uusi_asennus, muutettu):
    """One installation meets all of them and stays empty; then the whole one is restored there."""
    source, asennus = tmp_path / "kopio", uusi_asennus("sqlite")
    write_backup(source)
    raw = source.read_bytes()
    (tmp_path / "katkennut").write_bytes(cut(raw))
    (tmp_path / "muuttunut").write_bytes(flip(raw))
    (tmp_path / "muu").write_bytes(b"PK\x03\x04 jokin muu")
    with tarfile.open(tmp_path / "toinen", "w:gz") as tar:
        tar.add(JUURI / "manage.py")
    muutettu(source, tmp_path / "ilman-loppua", **{"luettelo.json": lambda content: None})
    muutettu(
        source, tmp_path / "rivi-pois", **{"kanta/seuranta_kirjaus/.*": lambda text: text.rsplit(b"\n", 2)[0] + b"\n"}
    )
    muutettu(source, tmp_path / "toinen-tiedosto", **{"tiedostot/.*": lambda content: content + b"x"})
    muutettu(source, tmp_path / "tiedosto-pois", **{"tiedostot/.*": lambda content: None})
    muutettu(
        source, tmp_path / "uudempi", **{"alku.json": lambda text: text.replace(b"0017_kalenteri", b"9999_tuleva")}
    )
    for name in (
        *("katkennut", "muuttunut", "muu", "toinen", "ilman-loppua"),
        *("rivi-pois", "toinen-tiedosto", "tiedosto-pois", "uudempi"),
    ):
        done = asennus.run("palautus", tmp_path / name)
        assert done.returncode in (1, 2) and "Mitään ei palautettu." in done.stderr, (name, done.stdout, done.stderr)
        assert "Traceback" not in done.stderr, (name, done.stderr)
        assert [path for path in asennus.media.rglob("*") if path.is_file()] == [], name
    asennus.succeed("palautus", source)
    again = asennus.run("palautus", source)
    assert again.returncode == 2 and "Palauta tyhjään tietokantaan" in again.stderr


def test_a_backup_whose_names_lead_elsewhere_writes_nothing_there(kaytossa, tmp_path, uusi_asennus):
    source = tmp_path / "kopio"
    write_backup(source)
    evil = b"paha"
    with new_package(tmp_path / "paha") as package:
        for name, content in read_package(source):
            package.add(name, content)
            if name == "alku.json":
                package.add(f"tiedostot/{hashlib.sha256(evil).hexdigest()}/../../paha.txt", evil)
    done = uusi_asennus("sqlite").run("palautus", tmp_path / "paha")
    assert done.returncode != 0
    assert not list(tmp_path.rglob("paha.txt"))


def test_tarkista_finds_what_has_changed(cast, settings):
    assert find_faults() == []
    stored_bytes(cast.versio, "csv")
    tuonti = store_file(cast.kunta, b"a;b\n1;2\n", "a.csv", by=cast.aino)
    [path] = Path(settings.MEDIA_ROOT).rglob("*.csv")
    path.write_bytes(b"muuta")
    Path(tuonti.tiedosto.path).unlink()
    with pytest.raises(CommandError) as told:
        call_command("tarkista", verbosity=0)
    assert "csv: tiedosto on muuttunut." in str(told.value)
    assert f"Tuonti {tuonti.pk}: tiedostoa ei ole." in str(told.value)
    assert Raporttiversio.objects.exists()


# --- two roles


@pytest.mark.vain_postgres
def test_the_owner_restores_and_the_application_is_left_with_its_own_rights(
    kaytossa, tmp_path, uusi_asennus, monkeypatch
):
    """By processes of their own, as README says: what was restored is as narrow as what was migrated."""
    write_backup(tmp_path / "kopio")
    asennus = uusi_asennus("postgresql", ilman_tauluja=True, omin_prosessein=True)
    rooli = f"palautettu_{os.getpid()}"
    monkeypatch.setenv("OMISTAJAN_DATABASE_URL", asennus.url)
    kanta = asennus.url.rpartition("/")[2]
    asennus.url = re.sub("//[^@]*@", f"//{rooli}:salainen@", asennus.url)
    assert f"Sovelluksen rooli {rooli} on valmis." in asennus.succeed("kantaroolit")
    asennus.succeed("palautus", tmp_path / "kopio")
    monkeypatch.delenv("OMISTAJAN_DATABASE_URL")
    asennus.succeed("tarkista")
    assert asennus.run("migrate", "raportit", "zero").returncode != 0
    with connect(rooli, dbname=kanta) as raw:
        assert raw.execute("SELECT count(*) > 0 FROM seuranta_historicalkirjaus").fetchone()[0]
        for statement in ("DELETE FROM seuranta_historicalkirjaus", "CREATE TEMPORARY TABLE x (id bigint)"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                raw.execute(statement)


PAHA = hashlib.sha256(b"paha").hexdigest()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        (f"tiedostot/{PAHA}/../../paha", b"paha"),
        (f"tiedostot/{PAHA}//tmp/paha", b"paha"),
        ("kanta/strategia_kunta/0", b'["id\\") VALUES (1);--"]\n[1]'),
        ("kanta/strategia_kunta/0", b"\xff"),
        ("luettelo.json", b'{"muu": 1}'),
        ("alku.json", None),
    ],
)
def test_what_somebody_has_made_by_hand_restores_nothing(name, content, db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    applied = sorted(MigrationLoader(connection).applied_migrations)
    beginning = {"laji": LAJI, "muoto": MUOTO, "migraatiot": applied} if content else {"laji": LAJI}
    with new_package(tmp_path / "kopio") as package:
        package.add("alku.json", json.dumps(beginning).encode())
        if content:
            package.add(name, content)
    with pytest.raises(CommandError, match=r"Tiedosto on viallinen .*Mitään ei palautettu\."):
        call_command("palautus", str(tmp_path / "kopio"), verbosity=0)
    assert not list(tmp_path.rglob("paha")) and not Path("/tmp/paha").exists()  # noqa: S108
    assert not Kunta.objects.exists()


def test_a_row_is_the_same_whatever_the_order_of_the_keys_of_its_json(db):
    """PostgreSQL keeps them in an order of its own: what SQLite wrote is restored there all the same."""
    kunta = Kunta.objects.create(nimi="Kunta", virallinen_nimi="Kunta")
    Strategia.objects.create(kunta=kunta, nimi="S", sanasto={"toimenpide": "Teko", "mittari": "Luku"})
    rows = Strategia.objects.all()
    [lines] = dump_rows(rows)
    told = '{"toimenpide":"Teko","mittari":"Luku"}'
    turned = [line.replace(told, '{"mittari":"Luku","toimenpide":"Teko"}') for line in lines]
    for written in (lines, turned):
        loaded = Ladattu()
        loaded.add(written)
        assert loaded.is_in(rows)
    loaded = Ladattu()
    loaded.add([line.replace("Teko", "Toimi") for line in lines])
    assert not loaded.is_in(rows)
