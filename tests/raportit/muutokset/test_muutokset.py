"""What has changed after closing: the council reads it from the public versions, the auditor from every save."""

import io
from datetime import UTC, datetime, timedelta

import openpyxl
import pytest
from django.urls import reverse
from django.utils import timezone
from simple_history.utils import bulk_create_with_history

from raportit.muutokset.jalkimuutos import Jalkimuutos
from raportit.muutokset.muutostaulukko import render_changes_xlsx
from raportit.sulkeminen.sulje import close_jakso
from seuranta.models import Kirjaus
from strategia.models import Toimenpide
from tests.cast import create_kirjaus

SYY = "Väylän kommentti oli väärä"
LISTA = reverse("raportit:muutos-lista")


@pytest.fixture
def korjattu(cast):
    """The closed jakso opened again and closed anew: Väylä's comment and its sisäinen huomio differ."""
    cast.versio.publish(by=cast.kaisa)
    jakso = cast.edellinen
    jakso.reopen(by=cast.kaisa, syy=SYY)
    row = Kirjaus.objects.get(jakso=jakso, toimenpide=cast.vayla)
    row.kommentti, row.sisainen_huomio = "=Valmis & avattu.", "Kysy Otsolta 4711"
    row._history_user = cast.kaisa
    row.save()
    versio = close_jakso(jakso, by=cast.kaisa)
    versio.publish(by=cast.kaisa)
    return versio


def test_an_outsider_is_asked_to_sign_in(client):
    assert client.get(LISTA).status_code == 302


def test_the_council_reads_what_the_public_versions_tell(cast, korjattu, kirjautunut):
    page = kirjautunut(cast.liisa).get(LISTA).content.decode()
    assert "versio 2" in page
    assert SYY in page
    assert "=Valmis &amp; avattu." in page
    assert "Suunnitelma valmis – kilpailu syksyllä." in page, "mitä siinä luki ennen"
    assert "Kysy Otsolta 4711" not in page
    assert cast.kaisa.nimi not in page


def test_an_old_text_that_was_hidden_is_not_told_to_the_council(cast, korjattu, kirjautunut):
    korjattu.withdraw(by=cast.kaisa)
    korjattu.publish(by=cast.kaisa, piilota_vanhat=True)
    page = kirjautunut(cast.liisa).get(LISTA).content.decode()
    assert "Suunnitelma valmis" not in page
    assert "Vanhaa tekstiä ei näytetä." in page
    assert SYY not in page


def test_what_a_newer_version_hides_is_not_told_by_an_earlier_one_that_is_public_again(cast, korjattu, kirjautunut):
    korjattu.withdraw(by=cast.kaisa)
    cast.edellinen.reopen(by=cast.kaisa, syy="Toinen kerta")
    row = Kirjaus.objects.get(jakso=cast.edellinen, toimenpide=cast.vayla)
    row.kommentti = "Avattu syyskuussa."
    row.save()
    third = close_jakso(cast.edellinen, by=cast.kaisa)
    third.publish(by=cast.kaisa, piilota_vanhat=True)
    korjattu.publish(by=cast.kaisa)
    page = kirjautunut(cast.liisa).get(LISTA).content.decode()
    assert "Avattu syyskuussa." in page
    assert "versio 2" in page and "versio 3" in page
    assert "=Valmis &amp; avattu." not in page
    assert SYY not in page


def test_a_correction_that_waits_to_be_closed_is_the_auditors_alone(cast, kirjautunut):
    cast.versio.publish(by=cast.kaisa)
    cast.edellinen.reopen(by=cast.kaisa, syy=SYY)
    row = Kirjaus.objects.get(jakso=cast.edellinen, toimenpide=cast.vayla)
    row.kommentti = "Vielä kesken 4711"
    row.save()
    assert "Vielä kesken 4711" not in kirjautunut(cast.liisa).get(LISTA).content.decode()
    assert "Vielä kesken 4711" in kirjautunut(cast.tarmo).get(LISTA).content.decode()


def test_the_auditor_reads_who_changed_what_from_the_history(cast, korjattu, kirjautunut):
    page = kirjautunut(cast.tarmo).get(LISTA).content.decode()
    for told in (cast.kaisa.nimi, SYY, "Kysy Otsolta 4711", "=Valmis &amp; avattu.", cast.vayla.nimi):
        assert told in page, told
    assert "Puolet valoista on vaihdettu." not in page, "ennen sulkemista kirjattu ei ole muutos"


def test_what_was_never_opened_again_has_no_changes(cast, kirjautunut):
    for who in (cast.liisa, cast.tarmo):
        assert "Mitään ei ole muutettu sulkemisen jälkeen." in kirjautunut(who).get(LISTA).content.decode()


def test_a_jakso_or_a_year_is_asked_for(cast, korjattu, kirjautunut):
    liisa, vuosi = kirjautunut(cast.liisa), cast.edellinen.vuosi
    for asked in (f"jakso={cast.edellinen.pk}", f"vuosi={vuosi}"):
        assert SYY in liisa.get(f"{LISTA}?{asked}").content.decode(), asked
    for nowhere in (f"jakso={cast.jakso.pk}", f"jakso={cast.naapuri.jakso.pk}", "vuosi=1999", "jakso=x", "vuosi="):
        assert liisa.get(f"{LISTA}?{nowhere}").status_code == 404, nowhere


def test_the_table_is_saved_as_text(cast, korjattu, kirjautunut):
    asked = {"vuosi": cast.edellinen.vuosi}
    answer = kirjautunut(cast.tarmo).get(reverse("raportit:muutos-lataa", args=["xlsx"]), asked)
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows[0] == ["Jakso", "Milloin", "Mistä", "Kohde", "Tieto", "Ennen", "Nyt"]
    (changed,) = (row for row in rows if row[6] == "=Valmis & avattu.")
    assert changed[2:6] == [cast.kaisa.nimi, cast.vayla.nimi, "kommentti", "Suunnitelma valmis – kilpailu syksyllä."]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n"}
    csv = kirjautunut(cast.liisa).get(reverse("raportit:muutos-lataa", args=["csv"]), asked).content.decode("utf-8-sig")
    assert "'=Valmis & avattu." in csv
    assert "Kysy Otsolta 4711" not in csv


def test_no_other_format_is_there(cast, kirjautunut):
    pdf = reverse("raportit:muutos-lataa", args=["pdf"])
    assert kirjautunut(cast.liisa).get(pdf, {"vuosi": cast.edellinen.vuosi}).status_code == 404


@pytest.mark.parametrize(("letter", "room"), [("ä", 32_767), ("😀", 16_383)])
def test_a_text_longer_than_a_cell_goes_on_in_the_next_row(letter, room):
    """A workbook's cell holds 32,767 characters, and openpyxl cuts what is longer without a word."""
    text = letter * room + "loppu"
    muutos = Jalkimuutos("Kesä", datetime(2026, 9, 1, 12, tzinfo=UTC), "Kaisa", "Väylä", "kommentti", "lyhyt", text)
    sheet = openpyxl.load_workbook(io.BytesIO(render_changes_xlsx([muutos], "Kesä"))).active
    _headings, first, second = ([cell.value for cell in row] for row in sheet.iter_rows())
    assert first[4:6] == ["kommentti (1/2)", "lyhyt"] and second[3:6] == ["Väylä", "kommentti (2/2)", None]
    assert first[6] + second[6] == text
    assert len(first[6].encode("utf-16-le")) // 2 <= 32_767


def test_many_changes_are_pages_and_the_table_holds_them_all(cast, korjattu, kirjautunut):
    rows = Kirjaus.objects.filter(toimenpide=cast.vayla, jakso=cast.edellinen)
    saves = [_as_history(rows.get(), n, cast.tarmo) for n in range(120)]
    Kirjaus.history.model.objects.bulk_create(saves)
    tarmo, year = kirjautunut(cast.tarmo), {"vuosi": cast.edellinen.vuosi}
    first, second = (tarmo.get(LISTA, year | {"sivu": n}).text for n in (1, 2))
    assert first.count("<tr>") == 101 and "Sivu 1 / 2" in first
    assert "Tallennus 119." in first and "Tallennus 0." not in first and "Tallennus 0." in second
    assert f"vuosi={cast.edellinen.vuosi}&amp;sivu=2" in first
    csv = tarmo.get(reverse("raportit:muutos-lataa", args=["csv"]), year).content.decode("utf-8-sig")
    assert all(f"Tallennus {n}." in csv for n in range(120))


def test_changes_of_over_a_thousand_toimenpiteet_are_told(cast, kirjautunut):
    """SQLite refused to look for so many at once."""
    cast.edellinen.reopen(by=cast.kaisa, syy=SYY)
    own = {"kunta": cast.kunta, "tavoite": cast.tavoitteet[0]}
    teot = Toimenpide.objects.bulk_create(Toimenpide(nimi=f"Lisätty {n}", **own) for n in range(1_100))
    bulk_create_with_history([create_kirjaus(cast.edellinen, teko, 3, "Tehty.") for teko in teot], Kirjaus)
    answer = kirjautunut(cast.tarmo).get(LISTA, {"jakso": cast.edellinen.pk})
    assert answer.status_code == 200
    assert {muutos.kohde for muutos in answer.context["sivu"].paginator.object_list} >= {"Lisätty 0", "Lisätty 1099"}


def _as_history(row, number, user):
    kept = {field.attname for field in Kirjaus.history.model._meta.concrete_fields}
    values = {
        field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields if field.attname in kept
    }
    when = timezone.now() + timedelta(seconds=number)
    told = {"kommentti": f"Tallennus {number}.", "history_date": when, "history_type": "~", "history_user": user}
    return Kirjaus.history.model(**values | told)
