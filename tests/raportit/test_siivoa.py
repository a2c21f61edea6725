"""`manage.py siivoa`: what nobody needs goes, what somebody needs stays; the second time nothing is left."""

import os
import time
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from raportit.models import Syke
from raportit.osavuosikatsaus import build
from raportit.tallenne import jono
from raportit.tallenne.luonnokset import keep_draft, read_draft
from raportit.tallenne.tallenteet import stored_bytes
from seuranta.models import Tuonti
from seuranta.tiedosto.luenta import discard, store_file
from strategia.istunnot import SessionStore
from strategia.models import Istunto
from strategia.varasto import Varasto

pytestmark = pytest.mark.django_db


def siivoa():
    told = StringIO()
    call_command("siivoa", stdout=told)
    return told.getvalue()


def put_back(path, **age):
    """The file was written so long ago."""
    os.utime(path, (time.time() - timedelta(**age).total_seconds(),) * 2)


def test_an_installation_with_nothing_to_take_says_so(cast):
    assert siivoa() == "Ei mitään poistettavaa.\n"


def test_what_was_left_half_written_goes_and_what_is_being_written_stays(cast, settings):
    stored = stored_bytes(cast.versio, "csv")
    folder = Path(settings.MEDIA_ROOT) / "raportit" / str(cast.kunta.pk)
    for name in ("tmpab12cd_3", ".kesken-ab12cd_3", ".kesken-uusi0000"):
        (folder / name).write_bytes(b"puolikas")
    for path in folder.iterdir():
        if path.name != ".kesken-uusi0000":
            put_back(path, hours=2)
    assert siivoa() == "Poistettu kesken jääneet tiedostot: 2\n"
    assert (folder / ".kesken-uusi0000").exists() and stored_bytes(cast.versio, "csv") == stored
    assert siivoa() == "Ei mitään poistettavaa.\n"


def test_a_file_that_is_being_written_is_called_so(tmp_path, monkeypatch):
    """Killed at its worst moment, it is known as unfinished."""
    seen = []
    monkeypatch.setattr("os.fsync", lambda number: seen.extend(path.name for path in tmp_path.iterdir()))
    Varasto(tmp_path).put("a.pdf", b"kokonainen")
    assert [name.startswith(".kesken-") for name in seen] == [True]
    assert [path.name for path in tmp_path.iterdir()] == ["a.pdf"]


def test_a_logo_that_was_replaced_goes(cast, settings):
    cast.kunta.logo.save("vanha.png", ContentFile(b"vanha"))
    old = Path(cast.kunta.logo.path)
    cast.kunta.logo.save("uusi.png", ContentFile(b"uusi"))
    new = Path(cast.kunta.logo.path)
    put_back(old, hours=2)
    put_back(new, hours=2)
    assert siivoa() == "Poistettu vaihdetut ja poistetut logot: 1\n"
    assert not old.exists() and new.read_bytes() == b"uusi"


def test_a_discarded_import_goes_with_its_file_and_others_stay(cast):
    gone, waiting, saved = (store_file(cast.kunta, b"a;b\n1;2\n", "a.csv", by=cast.aino) for _ in range(3))
    discard(gone)
    Tuonti.objects.filter(pk=saved.pk).update(tila=Tuonti.Tila.TALLENNETTU)
    assert siivoa() == "Poistettu hylätyt tuonnit: 1\n"
    assert set(Tuonti.objects.values_list("pk", flat=True)) == {waiting.pk, saved.pk}
    assert not Path(gone.tiedosto.path).exists()
    assert all(Path(tuonti.tiedosto.path).exists() for tuonti in (waiting, saved))


def test_an_ended_session_goes_and_one_that_lasts_stays(cast):
    for hours in (-1, 1):
        session = SessionStore()
        session.set_expiry(timezone.now() + timedelta(hours=hours))
        session.save()
    assert siivoa() == "Poistettu päättyneet istunnot: 1\n"
    assert Istunto.objects.get().expire_date > timezone.now()


def test_a_task_of_long_ago_goes_and_one_that_waits_stays(cast):
    old = timezone.now() - timedelta(days=15)
    for number, status in enumerate(("SUCCESSFUL", "FAILED", "READY"), start=1):
        jono.render_versio.enqueue(number)
        finished = None if status == "READY" else old
        newest = DBTaskResult.objects.order_by("-enqueued_at")[:1].values("pk")
        DBTaskResult.objects.filter(pk__in=list(newest.values_list("pk", flat=True))).update(
            status=status, finished_at=finished, enqueued_at=old
        )
    Syke.objects.create(tunnus="kuollut", aika=old)
    assert siivoa() == "Poistettu vanhat työt: 2\n"
    assert DBTaskResult.objects.get().status == "READY" and not Syke.objects.exists()


def test_an_old_draft_goes_and_one_of_today_stays(cast, settings):
    old, new = (
        keep_draft(cast.kunta.pk, build(jakso, koottu=timezone.now(), versio=None)) for jakso in cast_jaksot(cast)
    )
    folder = Path(settings.MEDIA_ROOT) / "raportit" / str(cast.kunta.pk) / "luonnokset"
    put_back(folder / f"{old}.json", hours=25)
    assert siivoa() == "Poistettu vanhat luonnokset: 1\n"
    assert read_draft(cast.kunta.pk, old) is None and read_draft(cast.kunta.pk, new) is not None


def cast_jaksot(cast):
    return cast.edellinen, cast.jakso
