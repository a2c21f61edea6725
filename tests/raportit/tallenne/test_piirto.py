"""A dear file is drawn in a child of the fork server: it takes nobody with it, and nobody leaves it behind."""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from raportit.muodot import KALLIIT, MUODOT
from raportit.tallenne.aineisto import from_text, to_text
from raportit.tallenne.piirto import Piirtaja, PiirtoEpaonnistui, PiirtoKeskeytyi
from tests.raportit.saarikko import saarikon_raportti
from tests.ymparisto import JUURI


def lapset(pid):
    """The processes that this one has started."""
    return [int(each) for each in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def piirtaa(pid):
    """Is it a child that draws? It has said that it is the first to go where the memory ends."""
    try:
        return Path(f"/proc/{pid}/oom_score_adj").read_text().strip() == "1000"
    except FileNotFoundError:
        return False


def odota(told, seconds=60):
    deadline = time.monotonic() + seconds
    while not (found := told()):
        assert time.monotonic() < deadline, "ei tapahtunut ajoissa"
        time.sleep(0.02)
    return found


def on_elossa(pid):
    try:
        return " Z " not in Path(f"/proc/{pid}/stat").read_text()
    except FileNotFoundError:
        return False


@pytest.fixture(scope="module")
def lyhyt():
    return saarikon_raportti([5, 4], versio=1)


@pytest.fixture(scope="module")
def pitka():
    """Some seconds' work."""
    return to_text(saarikon_raportti([3] * 48, versio=1, rivit={"kommentti": "Työ etenee suunnitellusti. " * 400}))


@pytest.fixture(scope="module")
def keskipitka():
    """So long that its child is seen at its work, also where the whole of it must be done."""
    return to_text(saarikon_raportti([3] * 48, versio=1, rivit={"kommentti": "Työ etenee suunnitellusti. " * 20}))


@pytest.fixture(scope="module")
def piirtaja():
    """One for them all: its start takes seconds."""
    made = Piirtaja(enintaan=120)
    yield made
    made.stop()


@pytest.mark.parametrize("muoto", KALLIIT)
def test_a_child_draws_what_this_process_would(piirtaja, lyhyt, muoto):
    text = to_text(lyhyt)
    content, ours = piirtaja.draw(text, muoto), MUODOT[muoto].render(from_text(text))
    assert content == ours if muoto == "pdf" else content[:2] == ours[:2]
    assert odota(lambda: not lapset(piirtaja._process.pid))


def test_the_server_has_no_way_to_the_database(piirtaja, lyhyt):
    piirtaja.draw(to_text(lyhyt), "pdf")
    told = Path(f"/proc/{piirtaja._process.pid}/environ").read_text().split("\0")
    assert "DATABASE_URL=sqlite://:memory:" in told
    assert not [each for each in told if each.startswith(("OMISTAJAN_", "REPLIKAN_"))]
    open_files = [str(each.readlink()) for each in Path(f"/proc/{piirtaja._process.pid}/fd").iterdir()]
    assert not [each for each in open_files if "sqlite" in each or each.startswith("socket:")]


def test_a_bug_a_killed_child_and_a_slow_one_are_told_and_the_next_file_is_made(piirtaja, lyhyt, pitka):
    with pytest.raises(PiirtoEpaonnistui, match="KeyError: 'olematon'"):
        piirtaja.draw(to_text(lyhyt), "olematon")
    killer = subprocess.Popen([sys.executable, "-c", KILL_CHILD, str(piirtaja._process.pid)], cwd=JUURI)
    with pytest.raises(PiirtoEpaonnistui, match=r"päättyi \(-9\): muisti voi olla lopussa"):
        piirtaja.draw(pitka, "pdf")
    assert killer.wait() == 0
    piirtaja.enintaan = 0.05
    with pytest.raises(PiirtoEpaonnistui, match=r"ei valmistunut 0\.05 sekunnissa"):
        piirtaja.draw(pitka, "pdf")
    piirtaja.enintaan = 120
    assert piirtaja.draw(to_text(lyhyt), "pdf").startswith(b"%PDF")


KILL_CHILD = """
import os, sys, time
from pathlib import Path
pid = int(sys.argv[1])
children = Path(f"/proc/{pid}/task/{pid}/children")
while not (found := children.read_text().split()):
    time.sleep(0.02)
told = Path(f"/proc/{found[0]}/oom_score_adj")
while told.read_text().strip() != "1000":
    time.sleep(0.02)
assert os.getpriority(os.PRIO_PROCESS, int(found[0])) >= 15
os.kill(int(found[0]), 9)
"""


def test_a_server_that_has_rested_long_is_started_again_and_a_killed_one_too(lyhyt):
    piirtaja = Piirtaja(vapaana=0)
    try:
        assert piirtaja.draw(to_text(lyhyt), "docx")
        first = piirtaja._process.pid
        odota(lambda: not on_elossa(first))
        assert piirtaja.draw(to_text(lyhyt), "docx")
        assert piirtaja._process.pid != first
    finally:
        piirtaja.stop()


def test_a_child_that_its_politeness_starves_is_given_up_for_a_less_polite_one(keskipitka):
    """As where the pages need all processors: what nice 15 gets of them is hardly anything. Here it is stopped."""
    piirtaja, drawn = Piirtaja(enintaan=120, nalka=1), []
    try:
        thread = threading.Thread(target=lambda: drawn.append(piirtaja.draw(keskipitka, "pdf")))
        thread.start()
        [polite] = odota(lambda: [each for each in lapset(odota(lambda: piirtaja._process).pid) if piirtaa(each)])
        os.kill(polite, signal.SIGSTOP)
        [other] = odota(lambda: [each for each in lapset(piirtaja._process.pid) if each != polite and piirtaa(each)])
        assert os.getpriority(os.PRIO_PROCESS, other) < os.getpriority(os.PRIO_PROCESS, 0) + 15
        assert not on_elossa(polite)
        thread.join()
    finally:
        piirtaja.stop()
    assert drawn[0].startswith(b"%PDF")


def test_what_is_drawn_for_nobody_gives_way(piirtaja, lyhyt, pitka, monkeypatch):
    monkeypatch.setattr("raportit.tallenne.piirto.KATSOO", 0.05)
    with piirtaja.yielding(lambda: True), pytest.raises(PiirtoKeskeytyi):
        piirtaja.draw(pitka, "pdf")
    assert piirtaja.draw(to_text(lyhyt), "pdf").startswith(b"%PDF")


DRAW = """
import django; django.setup()
import sys
from pathlib import Path
from raportit.tallenne.piirto import PIIRTAJA
PIIRTAJA.draw(Path(sys.argv[1]).read_text(), "pdf")
"""


def test_no_child_outlives_the_process_that_asked(tmp_path, pitka):
    text = tmp_path / "raportti.json"
    text.write_text(pitka)
    asker = subprocess.Popen([sys.executable, "-c", DRAW, str(text)], cwd=JUURI)
    [server] = odota(lambda: lapset(asker.pid))
    [child] = odota(lambda: [each for each in lapset(server) if piirtaa(each)])  # loading it starts others
    os.kill(server, signal.SIGTERM)  # a stop of the whole service: what is being drawn is finished
    time.sleep(0.2)
    assert on_elossa(server) and on_elossa(child)
    asker.kill()
    asker.wait()
    odota(lambda: not on_elossa(server) and not on_elossa(child), seconds=5)


def test_a_forked_process_has_a_server_of_its_own(piirtaja, lyhyt):
    """As those of gunicorn --preload: their parent's is not theirs to ask, nor to end."""
    piirtaja.draw(to_text(lyhyt), "docx")
    mine = piirtaja._process.pid
    pid = os.fork()
    if not pid:
        try:
            ours = piirtaja._at_hand().pid
            os._exit(0 if ours != mine and piirtaja.stop() is not None else 1)
        finally:
            os._exit(2)
    assert os.waitpid(pid, 0)[1] == 0
    assert piirtaja.draw(to_text(lyhyt), "docx") and piirtaja._process.pid == mine
