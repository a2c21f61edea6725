"""Stored files in a bucket of a real S3 server: all that a folder does, and nothing half-written where it refuses."""

import json

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from raportit.models import Tallenne
from raportit.osavuosikatsaus import build
from raportit.tallenne.eheys import find_faults
from raportit.tallenne.luonnokset import drop_old_drafts, keep_draft, read_draft
from raportit.tallenne.tallenteet import TallennePuuttuu, drop_unfinished, name_of, stored_bytes
from seuranta.tiedosto.luenta import discard, drop_discarded, store_file
from strategia.palvelu.kopiointi import write_backup
from strategia.palvelu.paketti import read_package
from strategia.varasto import VarastoEiVastaa, list_stored, read_stored
from tests.s3 import s3_osoite, sanko, varasto  # noqa: F401  fixtures

pytestmark = pytest.mark.django_db


def test_a_name_that_is_taken_gets_another_and_put_takes_its_place(varasto):  # noqa: F811
    assert default_storage.save("tuonnit/1/abc", ContentFile(b"a")) == "tuonnit/1/abc"
    second = default_storage.save("tuonnit/1/abc", ContentFile(b"b"))
    assert second != "tuonnit/1/abc"
    default_storage.put("tuonnit/1/abc", b"c")
    assert (read_stored("tuonnit/1/abc"), read_stored(second)) == (b"c", b"b")
    assert list_stored("tuonnit") == (["1"], [])
    assert list_stored("ei-ole") == ([], [])
    with pytest.raises(FileNotFoundError):
        read_stored("tuonnit/1/ei-ole")


def test_a_large_file_comes_back_as_it_was(varasto):  # noqa: F811
    """More than one part of an upload."""
    content = bytes(range(256)) * 40_000  # 10 MB
    name = default_storage.save("tuonnit/1/suuri", ContentFile(content))
    assert read_stored(name) == content


def test_reports_drafts_and_imports_live_in_the_bucket(cast, varasto, settings):  # noqa: F811
    first = stored_bytes(cast.versio, "csv")
    assert stored_bytes(cast.versio, "csv") == first == read_stored(name_of(Tallenne.objects.get()))
    draft = keep_draft(cast.kunta.pk, build(cast.jakso, koottu=cast.versio.luotu, versio=None))
    assert read_draft(cast.kunta.pk, draft) is not None
    assert read_draft(cast.kunta.pk, "0" * 64) is None
    assert (drop_old_drafts(), drop_unfinished()) == (0, 0)
    tuonti = store_file(cast.kunta, b"a;b\n1;2\n", "a.csv", by=cast.aino)
    assert tuonti.tiedosto.read() == b"a;b\n1;2\n"
    assert find_faults() == []
    discard(tuonti)
    assert drop_discarded() == 1
    call_command("siivoa", verbosity=0)
    assert not [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()]
    default_storage.delete(name_of(Tallenne.objects.get()))
    with pytest.raises(TallennePuuttuu):
        stored_bytes(cast.versio, "csv")


def test_a_backup_holds_the_bucket(transactional_db, cast, varasto, tmp_path):  # noqa: F811
    stored_bytes(cast.versio, "csv")
    write_backup(tmp_path / "kopio")
    files = json.loads(dict(read_package(tmp_path / "kopio"))["luettelo.json"])["tiedostot"]
    assert list(files) == [name_of(Tallenne.objects.get())]


@pytest.mark.parametrize("harm", [{"secret_key": "väärä"}, {"endpoint_url": "http://127.0.0.1:9"}])
def test_a_bucket_that_refuses_is_told_as_what_it_is(harm, cast, varasto, settings, kirjautunut):  # noqa: F811
    settings.STORAGES = settings.STORAGES | {
        "default": settings.STORAGES["default"] | {"OPTIONS": varasto | harm},
    }
    with pytest.raises(VarastoEiVastaa):
        default_storage.put("a", b"a")
    answer = Client().get("/terveys/valmis")
    assert (answer.status_code, answer.json()["viat"]) == (503, ["varasto"])
    client = Client(raise_request_exception=False)
    client.force_login(cast.tarmo)
    page = client.get(reverse("raportit:versio-lataa", args=[cast.versio.pk, "csv"]))
    assert page.status_code == 503 and "Tiedostovarasto ei juuri nyt vastaa" in page.text
    assert not Tallenne.objects.exists()


def test_a_bucket_names_no_machine_on_a_page(cast, varasto, settings):  # noqa: F811
    settings.STORAGES = settings.STORAGES | {
        "default": settings.STORAGES["default"] | {"OPTIONS": varasto | {"secret_key": "väärä"}},
    }
    client = Client(raise_request_exception=False)
    client.force_login(cast.tarmo)
    page = client.get(reverse("raportit:versio-lataa", args=[cast.versio.pk, "csv"]))
    assert varasto["bucket_name"] not in page.text and "127.0.0.1" not in page.text
