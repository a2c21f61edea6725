"""Reading in the limited child: the same answer, and whatever happens to the child is only a refusal."""

import itertools
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Timer

import pytest

from seuranta.taulukko import sandbox
from seuranta.taulukko.rows import read
from seuranta.taulukko.sandbox import Lapsi, read_in_child
from strategia.lukko import TURNS, turn
from tests.ymparisto import JUURI

from .taulukot import OTSIKOT, book, text

CHILD = Path(sandbox.__file__).with_name("child.py")
OHJELMAT = JUURI / "tests" / "ohjelmat"
RIVI = ["Elinvoima", "Yritykset", "Palvelupiste", "Tekninen", 4, "Etenee"]


def locked(code):
    """What a child that has given up its rights says when it then tries the code: the name of its exception."""
    command = [sys.executable, OHJELMAT / "lukittu.py", CHILD, code]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    return run.stdout.strip() or run.returncode


@pytest.mark.parametrize(
    "luettu",
    [
        (book(OTSIKOT, RIVI, [None, None, "Toinen", "X", "4/5", "k"]), "seuranta-2026.xlsx"),
        (text([*OTSIKOT, "SDG"], ["P", "T", "a", "X", "3 Käynnissä", "k", "3; 4"]), "seuranta.csv"),
        (text(OTSIKOT), "seuranta.csv"),
        (b"%PDF-1.7", "seuranta.xlsx"),
    ],
)
def test_the_child_gives_what_reading_here_gives(luettu):
    data, name = luettu
    assert read_in_child(data, name) == read(data, name)


def test_the_choices_of_a_person_reach_the_child():
    data = book(["Toimenpide", "Tavoite", "Lisä"], ["a", "b", "Maalissa"])
    choices = {"jakso": "Kevät 2026", "columns": {"C": "toteutumisaste"}, "labels": {5: "maalissa"}}
    luettu = read_in_child(data, "taulu.xlsx", **choices)
    assert luettu == read(data, "taulu.xlsx", **choices)
    assert luettu.rows[0].kirjaukset[0].toteutumisaste == 5


def test_one_child_reads_many_files():
    with Lapsi() as lapsi:
        for number in range(1, 4):
            luettu = lapsi.read(book(OTSIKOT, [*RIVI[:2], f"Teko {number}", *RIVI[3:]]), "a.xlsx")
            assert luettu.rows[0].toimenpide == f"Teko {number}"
        assert lapsi.started == 1


def test_a_child_that_overruns_its_time_is_a_refusal_and_the_next_file_is_read(monkeypatch):
    # However little of the processor a busy machine gave it in its millisecond, it had all of it.
    monkeypatch.setattr(sandbox, "_seconds_of_children", itertools.count().__next__)
    with Lapsi(wall_seconds=0.001) as lapsi:
        luettu = lapsi.read(book(OTSIKOT, RIVI), "a.xlsx")
        assert (luettu.status, luettu.reason) == ("reject", "too_large")
        assert luettu.errors[0].fi.startswith("Tiedoston lukeminen vei liikaa aikaa tai muistia")
        lapsi.wall_seconds = 9
        assert lapsi.read(book(OTSIKOT, RIVI), "a.xlsx").status == "ok"
        assert lapsi.started == 2


def test_a_child_that_dies_is_a_refusal():
    with Lapsi() as lapsi:
        lapsi.read(text(OTSIKOT), "a.csv")
        lapsi.process.kill()
        time.sleep(0.1)
        assert lapsi.read(book(OTSIKOT, RIVI) + bytes(1_000_000), "a.xlsx").reason == "too_large"


def test_a_bug_in_reading_is_logged_and_refused(caplog):
    with Lapsi() as lapsi:
        assert lapsi.read(text(OTSIKOT), "a.csv", eitunneta=1).reason == "corrupt"
        assert "TypeError" in caplog.text
        assert lapsi.read(book(OTSIKOT, RIVI), "a.xlsx").status == "ok"


@pytest.mark.parametrize(
    "code",
    [
        "socket.socket()",
        "socket.create_connection(('127.0.0.1', 9))",
        "subprocess.run(['true'])",
        "os.fork()",
        "os.system('true')",
        "os.kill(os.getppid(), 0)",
        "os.remove('/tmp/ei-ole')",
        "open('/tmp/strategian-seuranta', 'w')",
        "os.open('/tmp/strategian-seuranta', os.O_CREAT | os.O_WRONLY)",
        "ctypes.CDLL(None)",
    ],
)
def test_the_child_can_reach_nobody_and_write_nothing(code):
    assert locked(code) == "PermissionError"


def test_the_child_has_half_a_gigabyte_and_nine_seconds_and_no_environment():
    assert locked("bytearray(600 * 1024 * 1024)") == "MemoryError"
    assert locked("child._limit_cpu(); print(child.resource.getrlimit(child.resource.RLIMIT_CPU)[0] < 12)") == "True"
    assert locked("import PIL") == "ModuleNotFoundError"


def test_reading_here_does_not_load_what_only_the_child_needs():
    code = (
        "import sys, seuranta.taulukko.sandbox; print([m for m in ('openpyxl', 'xlrd', 'django') if m in sys.modules])"
    )
    run = subprocess.run(
        [sys.executable, "-c", code], cwd=CHILD.parents[3], capture_output=True, text=True, check=False
    )
    assert run.stdout.strip() == "[]", run.stderr


# --- turns


def test_so_many_read_at_once_and_the_next_is_told_to_wait(tmp_path):
    with turn(tmp_path, turns=2) as first, turn(tmp_path, turns=2) as second:
        start = time.monotonic()
        with turn(tmp_path, turns=2, wait_seconds=0.3) as third:
            assert (first, second, third) == (True, True, False)
        assert 0.3 <= time.monotonic() - start < 3
    with turn(tmp_path, turns=2, wait_seconds=0) as later:
        assert later


def test_a_turn_comes_as_soon_as_another_ends_and_comes_back_from_the_dead(tmp_path):
    command = [sys.executable, "-m", "tests.ohjelmat.vuoron_pitaja", tmp_path]
    holder = subprocess.Popen(command, stdout=subprocess.PIPE, cwd=JUURI)
    assert holder.stdout.readline() == b"on\n"
    Timer(0.5, holder.kill).start()
    with turn(tmp_path, turns=1, wait_seconds=20) as is_mine:
        assert is_mine
    holder.wait()
    holder.stdout.close()


def test_ten_files_at_once_never_make_more_children_than_there_are_turns(tmp_path, monkeypatch):
    running, most = [], []

    def read(data, name, **_choices):
        running.append(name)
        most.append(len(running))
        time.sleep(0.05)
        running.remove(name)
        return name

    monkeypatch.setattr(sandbox, "read_in_child", read)
    with ThreadPoolExecutor(10) as pool:
        names = [f"{n}.csv" for n in range(10)]
        done = list(pool.map(lambda name: sandbox.read_in_turn(b"", name, folder=tmp_path), names))
    assert done == names
    assert max(most) <= TURNS


def test_a_child_that_got_no_time_blames_the_server_and_one_that_spun_the_file(monkeypatch):
    with Lapsi(wall_seconds=0.3) as lapsi:
        lapsi._start()
        lapsi.process.send_signal(signal.SIGSTOP)
        stopped = lapsi.read(text(OTSIKOT, RIVI), "a.csv")
    assert (stopped.reason, "Palvelimella on nyt paljon muuta työtä" in stopped.errors[0].fi) == ("too_large", True)
    monkeypatch.setattr(sandbox, "_seconds_of_children", iter([0, 0.29]).__next__)
    with Lapsi(wall_seconds=0.3) as lapsi:
        lapsi._start()
        lapsi.process.send_signal(signal.SIGSTOP)
        spun = lapsi.read(text(OTSIKOT, RIVI), "a.csv")
    assert (spun.reason, "Poista sarakkeet" in spun.errors[0].fi) == ("too_large", True)
