"""What is kept for its time only: after it old acts go and the names of those who left become roles; nothing else."""

import datetime

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from raportit.models import Julkaisu, Raporttiversio
from raportit.tekijat import forget_maker
from seuranta.models import Kirjaus
from strategia.kayttaja.tunnus import set_active
from strategia.models import Kayttaja, Tapahtuma
from strategia.sailytys import drop_old_acts, drop_old_names, months_ago
from strategia.tapahtuma import record

Laji = Tapahtuma.Laji


def days_ago(days):
    return timezone.now() - datetime.timedelta(days=days)


def act_of(kunta, days):
    return Tapahtuma.objects.create(kunta=kunta, laji=Laji.MUUTETTU, milloin=days_ago(days), mihin=f"{days} päivää")


# --- acts


def test_only_the_acts_past_their_own_kuntas_date_go_and_that_leaves_a_row(cast):
    cast.kunta.sailytys_kk = 24
    cast.kunta.save()
    for kunta in (cast.kunta, cast.naapuri.kunta, None):
        for days in (100, 800, 2000):
            act_of(kunta, days)
    assert drop_old_acts() == 4
    left = Tapahtuma.objects.filter(laji=Laji.MUUTETTU).order_by("pk").values_list("kunta", "mihin")
    own, other = cast.kunta.pk, cast.naapuri.kunta.pk
    assert list(left) == [
        (own, "100 päivää"),
        (other, "100 päivää"),
        (other, "800 päivää"),
        (None, "100 päivää"),
        (None, "800 päivää"),
    ]
    told = Tapahtuma.objects.filter(laji=Laji.TAPAHTUMIA_POISTETTU).values_list("kunta", "mihin")
    assert set(told) == {(own, "2"), (other, "1"), (None, "1")}
    assert drop_old_acts() == 0


def test_a_kunta_cannot_choose_a_time_shorter_than_a_year(cast):
    cast.kunta.sailytys_kk = 1
    with pytest.raises(IntegrityError), transaction.atomic():
        cast.kunta.save()


@pytest.mark.parametrize(
    ("now", "months", "day"),
    [("2026-03-31", 1, "2026-02-28"), ("2026-11-28", 60, "2021-11-28"), ("2026-01-15", 13, "2024-12-15")],
)
def test_months_are_counted_by_the_calendar(now, months, day, monkeypatch):
    moment = datetime.datetime.fromisoformat(f"{now}T12:00:00+00:00")
    monkeypatch.setattr("django.utils.timezone.now", lambda: moment)
    assert months_ago(months).date().isoformat() == day


# --- names


@pytest.fixture
def lahtenyt(cast):
    """Kaisa, who closed and published, has left six years ago."""
    cast.versio.publish(by=cast.kaisa)
    set_active(cast.kaisa, False)
    Kayttaja.objects.filter(pk=cast.kaisa.pk).update(luotu=days_ago(3000), last_login=days_ago(2200))
    if connection.vendor == "sqlite":  # her leaving, too, was long ago: an old row, as nothing changes a stored one
        with connection.cursor() as cursor:
            cursor.execute("DROP TRIGGER tapahtuma_update")
    else:
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("ALTER TABLE strategia_tapahtuma DISABLE TRIGGER tapahtuma_write")
    Tapahtuma.objects.filter(laji=Laji.KAYTOSTA).update(milloin=days_ago(2100))
    return cast


def drop():
    return drop_old_names(forget_maker)


def test_the_name_of_who_left_long_ago_becomes_a_role(lahtenyt):
    frozen = Raporttiversio.objects.values_list("pk", "data", "sha256").order_by("pk")
    before, rows, pk = list(frozen), Kirjaus.history.count(), lahtenyt.kaisa.pk
    name, email = lahtenyt.kaisa.nimi, lahtenyt.kaisa.email
    assert drop() == 1
    kaisa = Kayttaja.objects.get(pk=pk)
    assert (kaisa.nimi, kaisa.is_active, kaisa.has_usable_password()) == ("koordinaattori (poistunut)", False, False)
    assert email not in kaisa.email
    assert list(frozen) == before
    assert Kirjaus.history.count() == rows
    told = {*Julkaisu.objects.values_list("tekijan_nimi", flat=True)}
    told |= {*Raporttiversio.objects.filter(tekija=pk).values_list("tekijan_nimi", flat=True)}
    assert told == {"koordinaattori (poistunut)"}
    row = Tapahtuma.objects.filter(laji=Laji.NIMI_POISTETTU).get()
    assert (row.kohteen_id, row.kuka) == (pk, None)
    assert name not in (row.kohteen_nimi, row.mista, row.mihin)
    assert drop() == 0


@pytest.mark.parametrize("why", ["käytössä", "kirjautunut", "kunta säilyttää"])
def test_who_has_not_been_away_long_enough_keeps_the_name(why, lahtenyt):
    if why == "käytössä":
        Kayttaja.objects.filter(pk=lahtenyt.kaisa.pk).update(is_active=True)
    elif why == "kirjautunut":
        Kayttaja.objects.filter(pk=lahtenyt.kaisa.pk).update(last_login=days_ago(300))
    else:
        lahtenyt.kunta.sailytys_kk = 120
        lahtenyt.kunta.save()
    assert drop() == 0
    assert Kayttaja.objects.get(pk=lahtenyt.kaisa.pk).nimi == lahtenyt.kaisa.nimi


def test_who_was_ended_yesterday_keeps_the_name_however_long_ago_the_last_sign_in(cast):
    set_active(cast.kaisa, False)
    Kayttaja.objects.filter(pk=cast.kaisa.pk).update(luotu=days_ago(3000), last_login=days_ago(2200))
    assert drop() == 0


def test_the_command_does_both(lahtenyt, capsys):
    act_of(lahtenyt.kunta, 2000)
    call_command("siivoa")
    told = capsys.readouterr().out
    assert "poistuneiden käyttäjien nimet: 1" in told
    assert "säilytysajan ylittäneet tapahtumat: 2" in told  # hers of leaving is as old


@pytest.mark.vain_postgres
def test_the_owners_function_turns_no_name_of_one_in_use(cast):
    with pytest.raises(IntegrityError, match="nimi on säilytettävä"), transaction.atomic():
        forget_maker(cast.kaisa)
    assert set(Raporttiversio.objects.filter(kunta=cast.kunta).values_list("tekijan_nimi", flat=True)) == {
        str(cast.kaisa)
    }


def test_the_other_columns_of_an_act_of_publishing_stay(cast):
    cast.versio.publish(by=cast.kaisa)
    record(Laji.MUUTETTU, by=None, kunta=cast.kunta)
    for changed in ({"tila": "sisainen"}, {"aika": timezone.now()}, {"tekija": cast.aino}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Julkaisu.objects.update(**changed)
