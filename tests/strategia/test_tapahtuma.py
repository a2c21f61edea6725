"""The audit's rows: what an act leaves, and that nothing takes it away or changes it."""

import datetime

import pytest
from django.db import IntegrityError, OperationalError, connection, transaction
from django.db.models import ProtectedError
from django.http import HttpResponse
from django.test import RequestFactory

from strategia.kehys.pyyntotunnus import identify
from strategia.models import Sijaisuus, Tapahtuma, find_person
from strategia.tapahtuma import digest_of, record, record_refusal

Laji = Tapahtuma.Laji
LAUSEET = {
    "sqlite": (
        "UPDATE strategia_tapahtuma SET mihin = 'x'",
        "DELETE FROM strategia_tapahtuma",
        "REPLACE INTO strategia_tapahtuma SELECT * FROM strategia_tapahtuma",
    ),
    "postgresql": (
        "UPDATE strategia_tapahtuma SET mihin = 'x'",
        "DELETE FROM strategia_tapahtuma",
        "TRUNCATE strategia_tapahtuma CASCADE",
    ),
}


@pytest.fixture
def tehty(cast):
    record(Laji.KIRJAUTUI, by=cast.veikko, kunta=cast.kunta, kohde=cast.tekniset, mista="eilen", mihin="tänään")
    return Tapahtuma.objects.first()


def test_a_row_tells_who_what_and_of_which_row(tehty, cast):
    assert (tehty.kuka, tehty.rooli, tehty.kunta) == (cast.veikko, "raportoija", cast.kunta)
    assert (tehty.kohteen_laji, tehty.kohteen_id) == ("strategia.toimiala", cast.tekniset.pk)
    assert (tehty.kohteen_nimi, tehty.mista, tehty.mihin) == ("Tekniset palvelut", "eilen", "tänään")
    assert (tehty.pyynto_id, tehty.osoite, tehty.sijaisena) == ("", "", None)
    assert tehty.milloin.tzinfo == datetime.UTC


def test_long_texts_are_cut_and_their_lines_joined(cast):
    record(Laji.KIRJAUTUI, by=None, kunta=None, mista="a\nb", mihin="ä" * 999)
    row = Tapahtuma.objects.first()
    assert (row.mista, len(row.mihin), row.mihin[-1]) == ("a b", 300, "…")


def test_what_is_rolled_back_leaves_no_row(cast):
    with pytest.raises(RuntimeError), transaction.atomic():
        record(Laji.KIRJAUTUI, by=cast.aino, kunta=cast.kunta)
        raise RuntimeError
    assert not Tapahtuma.objects.filter(laji=Laji.KIRJAUTUI).exists()


def test_a_stand_in_is_told(cast):
    today = datetime.date.today()
    days = {"alkaa": today - datetime.timedelta(days=1), "paattyy": today + datetime.timedelta(days=1)}
    Sijaisuus.objects.create(kunta=cast.kunta, sijaistettava=cast.veikko, sijainen=cast.otso, tekija=cast.aino, **days)
    otso = find_person(cast.otso.pk)
    for kohde in (cast.tekniset, cast.vayla, cast.sivistys, cast.kunta):
        record(Laji.KIRJAUTUI, by=otso, kunta=cast.kunta, kohde=kohde)
    found = Tapahtuma.objects.filter(kuka=otso).order_by("pk")
    found = list(found.values_list("sijaisena", flat=True))
    assert found == [cast.veikko.pk, cast.veikko.pk, None, None]


# --- the request


def test_every_answer_has_the_id_of_its_request(cast, kirjautunut, client):
    pages = [client.get("/tili/kirjaudu/"), client.get("/ei-ole/"), kirjautunut(cast.aino).get("/jaksot/")]
    ids = {page.headers["X-Request-ID"] for page in pages}
    assert len(ids) == 3
    assert all(len(each) == 16 for each in ids)


def test_a_row_tells_the_request_and_about_where_it_came_from(cast):
    def act(request):
        record(Laji.KIRJAUTUI, by=cast.aino, kunta=cast.kunta)
        return HttpResponse()

    request = RequestFactory().get("/", REMOTE_ADDR="192.0.2.77")
    answer = identify(act)(request)
    row = Tapahtuma.objects.first()
    assert (row.pyynto_id, row.osoite) == (answer.headers["X-Request-ID"], "192.0.2.0")


@pytest.mark.parametrize(("fault", "status"), [(RuntimeError("vika"), 500), (OperationalError("katko"), 503)])
def test_the_page_of_a_fault_tells_the_id_of_its_request(fault, status, cast, client, monkeypatch):
    def broken(*_args, **_kwargs):
        raise fault

    client.raise_request_exception = False
    monkeypatch.setattr("strategia.kunta.views.render", broken)
    page = client.get("/tietosuoja/")
    assert page.status_code == status
    assert f"Tunniste: {page.headers['X-Request-ID']}" in page.text


# --- refused tries


def test_refused_tries_of_an_account_are_one_row_in_a_quarter_of_an_hour(cast, monkeypatch):
    now = datetime.datetime(2026, 3, 2, 12, 0, tzinfo=datetime.UTC)
    for minutes, count in ((0, 1), (5, 1), (14, 1), (16, 2), (29, 2), (30, 3)):
        moment = now + datetime.timedelta(minutes=minutes)
        monkeypatch.setattr("django.utils.timezone.now", lambda moment=moment: moment)
        record_refusal(Laji.KIRJAUTUMINEN_EI, by=cast.veikko, kunta=cast.kunta, tili=cast.veikko.pk)
        assert Tapahtuma.objects.filter(laji=Laji.KIRJAUTUMINEN_EI).count() == count, minutes
    record_refusal(Laji.KIRJAUTUMINEN_EI, by=None, kunta=None, tili=digest_of("joku@jossain.example"))
    assert Tapahtuma.objects.filter(laji=Laji.KIRJAUTUMINEN_EI).count() == 4


def test_what_was_typed_is_not_told(settings):
    assert digest_of(" Joku@Jossain.example") == digest_of("joku@jossain.example")
    assert "joku" not in digest_of("joku@jossain.example")
    before = digest_of("joku@jossain.example")
    settings.SECRET_KEY = "toinen"
    assert digest_of("joku@jossain.example") != before


# --- nothing takes it away


def test_no_path_changes_or_deletes_a_row(tehty, cast):
    with connection.cursor() as cursor:  # TRUNCATE would else say that the links of the row wait to be checked
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE" if connection.vendor == "postgresql" else "SELECT 1")
    rows, other = Tapahtuma.objects.filter(pk=tehty.pk), Tapahtuma(pk=tehty.pk, laji=Laji.KIRJAUTUI_ULOS)
    for write in (
        lambda: rows.update(mihin="x"),
        lambda: rows.delete(),
        lambda: other.save(),
        *(lambda sql=sql: connection.cursor().execute(sql) for sql in LAUSEET[connection.vendor]),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            write()
    assert list(rows.values_list("laji", "mihin")) == [("kirjautui", "tänään")]


def test_a_row_younger_than_the_shortest_time_stays_and_an_older_one_may_go(cast):
    now = datetime.datetime.now(datetime.UTC)
    for days in (364, 367):
        Tapahtuma.objects.create(kunta=cast.kunta, laji=Laji.KIRJAUTUI, milloin=now - datetime.timedelta(days=days))
    younger, older = Tapahtuma.objects.filter(laji=Laji.KIRJAUTUI).order_by("pk")
    with pytest.raises(IntegrityError), transaction.atomic():
        Tapahtuma.objects.filter(pk=younger.pk).delete()
    Tapahtuma.objects.filter(pk=older.pk).delete()
    assert list(Tapahtuma.objects.filter(laji=Laji.KIRJAUTUI)) == [younger]


def test_nobody_who_did_something_is_deleted(tehty, cast):
    with pytest.raises(ProtectedError):
        cast.veikko.delete()
