"""What the ids inside a frozen report are: each leads to the tunnus of its row, and nothing changes where it leads."""

import json
from importlib import import_module
from uuid import uuid4

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction

from raportit.models import JaadytettyTunnus, Raporttiversio
from raportit.sulkeminen.sulje import close_jakso
from raportit.triggers import TRIGGERS
from raportit.tunnukset import MALLIT, read_tunnukset, write_tunnukset
from seuranta.models import Seurantajakso
from strategia.kausi.jatko import begin_next, copy_rows
from strategia.models import Mittari, Painopiste, StrateginenTavoite, Toimenpide

pytestmark = pytest.mark.django_db
SAMAT = (Painopiste, StrateginenTavoite, Toimenpide, Mittari)


@pytest.fixture
def closed(cast):
    """A version with measures inside: of the open jakso, closed too."""
    Seurantajakso.objects.filter(pk=cast.jakso.pk).update(tila=Seurantajakso.Tila.VIIMEISTELYSSA)
    cast.jakso.refresh_from_db()
    return close_jakso(cast.jakso, by=cast.kaisa)


def test_every_frozen_id_leads_to_the_tunnus_of_its_row(cast, closed):
    known, data = read_tunnukset(closed), json.loads(closed.data)
    for painopiste in data["painopisteet"]:
        assert known["painopiste", painopiste["id"]] == Painopiste.objects.get(pk=painopiste["id"]).tunnus
        for rivi in (rivi for tavoite in painopiste["tavoitteet"] for rivi in tavoite["rivit"]):
            assert known["toimenpide", rivi["id"]] == Toimenpide.objects.get(pk=rivi["id"]).tunnus
    assert known["strategia", cast.strategia.pk] == cast.strategia.tunnus
    assert {laji for laji, _pk in known} == set(MALLIT)
    assert all(MALLIT[laji].objects.get(pk=pk).tunnus == tunnus for (laji, pk), tunnus in known.items())


@pytest.mark.vain_postgres  # SQLite takes a thousand values in a statement
def test_freezing_writes_them_in_as_many_queries_whatever_there_is(cast, django_assert_num_queries):
    for versio, rows in ((cast.versio, 8), (bigger(cast), 250)):
        with django_assert_num_queries(6):
            write_tunnukset(versio)
        assert JaadytettyTunnus.objects.filter(versio=versio, laji="toimenpide").count() >= rows


@pytest.fixture(autouse=True)
def _fresh(request, cast):
    """For who writes them by hand: the version of the cast has none yet."""
    if request.node.name.startswith(("test_freezing", "test_the_migration")):
        forget()


def forget():
    TRIGGERS.remove(connection)
    JaadytettyTunnus.objects.all().delete()
    TRIGGERS.install(connection)


def bigger(cast):
    """Version 2, with 250 rows more; they are in no table."""
    data = json.loads(cast.versio.data)
    rivit = data["painopisteet"][0]["tavoitteet"][0]["rivit"]
    rivit += [{**rivit[0], "id": 10_000 + number} for number in range(250)]
    text = json.dumps(data)
    told = {"kunta": cast.kunta, "jakso": cast.edellinen, "numero": 2, "luotu": cast.versio.luotu}
    return Raporttiversio.objects.create(**told, data=text, sha256=Raporttiversio.digest(text))


def test_the_migration_leads_one_id_to_one_tunnus_in_every_version(cast):
    """Also where the row has been taken away since."""
    versiot = [cast.versio, bigger(cast)]
    import_module("raportit.migrations.0010_tunnukset").write_tunnukset(apps, None)
    first, second = map(read_tunnukset, versiot)
    assert len(first) > 12 and len(second) == len(first) + 250
    assert first == {key: second[key] for key in first}
    assert first["toimenpide", cast.vayla.pk] == cast.vayla.tunnus
    assert len(set(second.values())) == len(second)


# --- nothing changes where they lead

TEOT = {
    "save": lambda row: row.save(),
    "update": lambda row: JaadytettyTunnus.objects.update(tunnus=uuid4()),
    "delete": lambda row: row.delete(),
    "address": lambda row: Raporttiversio.objects.update(tunnus=uuid4()),
}


@pytest.mark.parametrize("teko", TEOT)
def test_no_path_changes_them(cast, teko):
    before = read_tunnukset(cast.versio), cast.versio.tunnus
    with pytest.raises(IntegrityError, match="raporttiversio on pysyvä"), transaction.atomic():
        TEOT[teko](JaadytettyTunnus.objects.first())
    assert (read_tunnukset(cast.versio), Raporttiversio.objects.get(pk=cast.versio.pk).tunnus) == before


@pytest.mark.vain_sqlite
@pytest.mark.parametrize("table", ["raportit_jaadytettytunnus", "raportit_raporttiversio"])
def test_nor_does_replace(cast, table):
    with connection.cursor() as cursor, pytest.raises(IntegrityError, match="raporttiversio on pysyvä"):
        cursor.execute(f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}")  # noqa: S608


def test_the_check_of_the_service_finds_what_is_missing(cast, capsys):
    call_command("tarkista")
    assert "Raporttien rivien tunnukset: 1 tarkistettu, vikoja 0" in capsys.readouterr().out
    forget()
    with pytest.raises(CommandError, match=rf"Raporttiversion {cast.versio.pk} riveistä \d+ on ilman tunnusta"):
        call_command("tarkista", verbosity=0)


# --- no two rows share one


def test_a_copy_has_its_own(cast):
    """The plan of the next term is made of the rows of the old one."""
    new = begin_next(cast.strategia)
    new.nimi = "Seuraava"
    new.save()
    toimenpiteet = list(Toimenpide.objects.filter(kunta=cast.kunta).select_related("tavoite"))
    painopisteet = {each.pk for each in cast.painopisteet}
    copy_rows(cast.strategia, new, painopisteet=painopisteet, toimenpiteet=toimenpiteet, mittarit=True, by=cast.kaisa)
    assert new.tunnus != cast.strategia.tunnus
    for model in SAMAT:
        tunnukset = list(model.objects.values_list("tunnus", flat=True))
        assert len(set(tunnukset)) == len(tunnukset) > 1
