"""A raporttiversio is frozen: what the council saw is published or withdrawn, never changed or deleted."""

import datetime

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import F, ProtectedError
from django.utils import timezone

from raportit.models import Julkaisu, Kasittely, Raporttiversio
from raportit.triggers import FROZEN


def run_sql(sql, *values):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def change_by_save(versio):
    versio.data = '{"rivit": []}'
    versio.save()


WRITES = {
    "save": change_by_save,
    "queryset.update": lambda versio: Raporttiversio.objects.update(sha256="0" * 64),
    "renumber": lambda versio: Raporttiversio.objects.update(numero=F("numero") + 1),
    "queryset.delete": lambda versio: Raporttiversio.objects.all()._raw_delete("default"),
    "delete": lambda versio: versio.delete(),
    "raw UPDATE": lambda versio: run_sql("UPDATE raportit_raporttiversio SET data = '{}'"),
    "raw DELETE": lambda versio: run_sql("DELETE FROM raportit_raporttiversio"),
    "new id": lambda versio: run_sql("UPDATE raportit_raporttiversio SET id = id + 1000"),
}


def stored(versio):
    return Raporttiversio.objects.filter(pk=versio.pk).values_list().get()


def assert_frozen(cast, write):
    before = stored(cast.versio)
    # Django itself spares a row that others hang under, before the trigger is asked.
    with pytest.raises(IntegrityError, match="raporttiversio on pysyvä|protected"), transaction.atomic():
        write(cast.versio)
    assert stored(cast.versio) == before


@pytest.mark.parametrize("path", WRITES)
def test_a_raporttiversio_is_not_changed(cast, path):
    assert_frozen(cast, WRITES[path])


@pytest.mark.vain_postgres
@pytest.mark.django_db(transaction=True)  # PostgreSQL truncates no table the transaction wrote to
def test_nor_is_it_truncated(cast):
    assert_frozen(cast, lambda versio: run_sql("TRUNCATE raportit_raporttiversio CASCADE"))


@pytest.mark.vain_sqlite
def test_nor_replaced(cast):
    """SQLite's REPLACE takes the old row away without asking the triggers of UPDATE and DELETE."""
    same = "kunta_id, jakso_id, sha256, luotu, tekijan_nimi, tila"
    for in_the_way in ("id, numero + 1", "id + 1, numero"):
        sql = f"""
            INSERT OR REPLACE INTO raportit_raporttiversio (id, numero, data, {same})
            SELECT {in_the_way}, '', {same} FROM raportit_raporttiversio
        """  # noqa: S608  the columns are those above
        assert_frozen(cast, lambda versio, sql=sql: run_sql(sql))


def test_every_column_is_frozen_but_those_of_publishing_and_the_name_that_becomes_a_role():
    columns = {field.column for field in Raporttiversio._meta.concrete_fields}
    own = {"tunnus", "siirtyma"}  # have triggers of their own: see test_tunnukset and muutto
    assert columns - own - set(FROZEN) == {*Raporttiversio.MUUTTUVAT, "tekijan_nimi"}


def test_publishing_and_withdrawing_are_not_changes(cast):
    for tila in (Raporttiversio.Tila.JULKAISTU, Raporttiversio.Tila.POISTETTU):
        cast.versio.tila, cast.versio.julkaistu = tila, timezone.now()
        cast.versio.save()
        assert Raporttiversio.objects.get(pk=cast.versio.pk).tila == tila


def test_its_hash_is_that_of_its_bytes(cast):
    assert cast.versio.sha256 == Raporttiversio.digest(cast.versio.data)


def test_a_kasittely_is_written_beside_it_and_holds_it(cast):
    kasittely = Kasittely.objects.create(
        kunta=cast.kunta, versio=cast.versio, toimielin="Valtuusto", pvm=datetime.date(2026, 6, 1), pykala="§ 41"
    )
    assert str(kasittely) == "Valtuusto 1.6.2026"
    with pytest.raises(ProtectedError):
        cast.versio.delete()


# --- who published it


def test_each_act_of_publishing_is_written_down_beside_the_version(cast):
    before = cast.versio.data
    cast.versio.publish(by=cast.kaisa)
    cast.versio.publish(by=cast.aino)
    cast.versio.withdraw(by=cast.aino)
    acts = list(cast.versio.julkaisut.values_list("tila", "tekija", "tekijan_nimi"))
    assert acts == [("julkaistu", cast.kaisa.pk, str(cast.kaisa)), ("poistettu", cast.aino.pk, str(cast.aino))]
    versio = Raporttiversio.objects.get(pk=cast.versio.pk)
    assert (versio.data, versio.tila, versio.julkaistu) == (before, "poistettu", cast.versio.julkaisut.first().aika)


def test_an_old_copy_in_memory_does_not_publish_again(cast):
    copy = Raporttiversio.objects.get(pk=cast.versio.pk)
    cast.versio.publish(by=cast.kaisa)
    copy.publish(by=cast.aino)
    assert copy.julkaistu == cast.versio.julkaistu and Julkaisu.objects.count() == 1


ACTS = {
    "save": lambda act: Julkaisu(pk=act.pk, kunta=act.kunta, versio=act.versio, tila="sisainen", aika=act.aika).save(),
    "queryset.update": lambda act: Julkaisu.objects.update(tekija=None),
    "delete": lambda act: act.delete(),
    "raw UPDATE": lambda act: run_sql("UPDATE raportit_julkaisu SET tila = 'poistettu'"),
    "raw DELETE": lambda act: run_sql("DELETE FROM raportit_julkaisu"),
}


@pytest.mark.parametrize("path", ACTS)
def test_an_act_of_publishing_is_not_changed(cast, path):
    assert_act_stays(cast, ACTS[path])


@pytest.mark.vain_postgres
@pytest.mark.django_db(transaction=True)
def test_nor_are_the_acts_truncated(cast):
    assert_act_stays(cast, lambda act: run_sql("TRUNCATE raportit_julkaisu"))


@pytest.mark.vain_sqlite
def test_nor_is_an_act_replaced(cast):
    columns = "id, kunta_id, versio_id, aika, tekijan_nimi"
    sql = f"INSERT OR REPLACE INTO raportit_julkaisu ({columns}, tila) SELECT {columns}, '' FROM raportit_julkaisu"  # noqa: S608
    assert_act_stays(cast, lambda act: run_sql(sql))


def assert_act_stays(cast, write):
    cast.versio.publish(by=cast.kaisa)
    before = Julkaisu.objects.values_list().get()
    with pytest.raises(IntegrityError, match="raporttiversio on pysyvä"), transaction.atomic():
        write(Julkaisu.objects.get())
    assert Julkaisu.objects.values_list().get() == before
