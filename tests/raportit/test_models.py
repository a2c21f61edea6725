"""A raporttiversio is frozen: what the council saw is published or withdrawn, never changed or deleted."""

import datetime

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import F, ProtectedError
from django.utils import timezone

from raportit.models import Kasittely, Raporttiversio
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
    with pytest.raises(IntegrityError, match="raporttiversio on pysyvä"), transaction.atomic():
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


def test_every_column_is_frozen_but_those_of_publishing():
    columns = {field.column for field in Raporttiversio._meta.concrete_fields}
    assert columns - set(FROZEN) == {"tila", "julkaistu"}


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
