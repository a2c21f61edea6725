"""What those who record and approve a row write to each other beside it: seen by them alone, read once it is closed."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from seuranta.jakso.havainnot import check_before_closing
from seuranta.models import Kirjaus, Rivikysymys, Seurantajakso, SuljettuJakso
from tests.cast import create_kirjaus

SANA = "Montako metriä väylästä on valmiina?"


def path_of(cast, toimenpide=None, jakso=None):
    return reverse("seuranta:kysymys-lista", args=[(jakso or cast.jakso).pk, (toimenpide or cast.vayla).pk])


def ask(cast, by, teksti=SANA, *, odottaa=True, toimenpide=None):
    return Rivikysymys.objects.write(cast.jakso, toimenpide or cast.vayla, teksti, by=by, odottaa=odottaa)


def pages_of(cast):
    """The three pages beside whose row it stands, the page of the row's messages and that of all rows."""
    return {
        "kirjaus": reverse("seuranta:kirjaus-lista", args=[cast.jakso.pk]),
        "hyvaksynta": reverse("seuranta:hyvaksynta-lista", args=[cast.jakso.pk]),
        "toimenpide": reverse("seuranta:toimenpide-detail", args=[cast.vayla.pk]),
        "viestit": path_of(cast),
        "kaikki": reverse("seuranta:kysymykset", args=[cast.jakso.pk]),
    }


def test_only_who_records_or_approves_the_row_reads_its_messages(cast, kirjautunut):
    ask(cast, cast.hilkka)
    sent = create_kirjaus(cast.jakso, cast.vayla, 3, "Etenee.")
    sent.tila = Kirjaus.Tila.LAHETETTY
    sent.save()
    seen = {
        who: {name for name, path in pages_of(cast).items() if SANA in kirjautunut(getattr(cast, who)).get(path).text}
        for who in ("aino", "kaisa", "hilkka", "veikko", "otso", "liisa", "tarmo", "ulla")
    }
    assert seen["veikko"] == {"kirjaus", "toimenpide", "viestit", "kaikki"}
    assert seen["aino"] == seen["kaisa"] == seen["hilkka"] == set(pages_of(cast))
    assert [who for who in seen if not seen[who]] == ["otso", "liisa", "tarmo", "ulla"]
    for who in ("otso", "liisa", "tarmo", "ulla"):
        assert kirjautunut(getattr(cast, who)).post(path_of(cast), {"teksti": "Hei"}).status_code == 404
    assert Rivikysymys.objects.count() == 1


def test_a_question_is_written_and_answered_without_javascript(cast, kirjautunut):
    hilkka, veikko, page = kirjautunut(cast.hilkka), kirjautunut(cast.veikko), pages_of(cast)["kirjaus"]
    assert f"{pages_of(cast)['toimenpide']}#jakso-{cast.jakso.pk}" in veikko.get(page).text  # where it can be written
    assert f'href="{path_of(cast)}"' in veikko.get(pages_of(cast)["toimenpide"]).text
    form = hilkka.get(path_of(cast)).text
    assert f"Kirjaajalle: {cast.veikko.nimi}" in form and f"Koordinaattorille: {cast.kaisa.nimi}" in form
    asked = {"teksti": f" {SANA}\r\nEntä\x0b loput?\x00 ", "kenelle": "kirjaaja", "odottaa": "on"}
    told = hilkka.post(path_of(cast), asked, follow=True).text
    assert f"Siitä kerrotaan seuraavana arkiaamuna: {cast.veikko.nimi}." in told
    [viesti] = Rivikysymys.objects.all()
    assert (viesti.teksti, viesti.kirjoittaja, viesti.odottaa) == (f"{SANA}\nEntä\n loput?", cast.hilkka, True)
    row = veikko.get(page).text
    assert "Viestit (1), odottaa vastausta" in row and f"<b>{cast.hilkka.nimi}</b>" in row
    form = veikko.get(path_of(cast)).text
    assert f"Keskusteluun kirjoittaneille: {cast.hilkka.nimi}" in form
    assert f"Koordinaattorille: {cast.kaisa.nimi}, {cast.hilkka.nimi}" in form
    assert "Kirjaajalle:" not in form and "Hyväksyjälle:" not in form  # nobody more would be told
    assert "<h2>Vastaa</h2>" in form and "<h2>Vastaa</h2>" not in hilkka.get(path_of(cast)).text
    assert 'name="odottaa" id="id_odottaa" checked' not in form
    veikko.post(path_of(cast), {"teksti": "Kaikki & vähän päälle.", "kenelle": "keskustelu"})
    row = hilkka.get(pages_of(cast)["toimenpide"]).text
    assert "Viestit (2)" in row and "odottaa vastausta" not in row and "Kaikki &amp; vähän päälle." in row


def test_addresses_are_links_on_every_page_that_shows_them(cast, kirjautunut):
    address = "https://kirkkoranta.fi/väylä"
    link = f'<a href="https://kirkkoranta.fi/v%C3%A4yl%C3%A4" rel="nofollow">{address}</a>'
    ask(cast, cast.kaisa, f"Onko ({address}) se?")
    sent = create_kirjaus(cast.jakso, cast.vayla, 3, f"Kartta: {address}.")
    sent.tila = Kirjaus.Tila.LAHETETTY
    sent.save()
    hilkka = kirjautunut(cast.hilkka)
    counts = {name: hilkka.get(path).text.count(link) for name, path in pages_of(cast).items()}
    assert counts == {"kirjaus": 1, "hyvaksynta": 2, "toimenpide": 2, "viestit": 1, "kaikki": 1}
    cast.jakso.finish(by=cast.kaisa)
    seen = kirjautunut(cast.veikko).get(reverse("seuranta:vastaukset", args=[cast.jakso.pk])).text
    assert f"Kartta: {link}." in seen and f"Onko ({link}) se?" in seen


def test_a_form_sent_twice_says_it_once(cast, kirjautunut):
    veikko = kirjautunut(cast.veikko)
    for _ in range(2):
        veikko.post(path_of(cast), {"teksti": SANA, "kenelle": "hyvaksyja"})
    assert Rivikysymys.objects.count() == 1


def test_the_same_sent_again_may_begin_to_wait_for_an_answer(cast, kirjautunut):
    veikko, hilkka = kirjautunut(cast.veikko), kirjautunut(cast.hilkka)
    sent = {"teksti": SANA, "kenelle": "hyvaksyja"}
    veikko.post(path_of(cast), sent)
    assert "odottaa vastausta" not in hilkka.get(path_of(cast)).text
    veikko.post(path_of(cast), sent | {"odottaa": "on"})
    assert [viesti.odottaa for viesti in Rivikysymys.objects.all()] == [True]
    assert "odottaa vastausta" in hilkka.get(path_of(cast)).text
    veikko.post(path_of(cast), sent)
    assert Rivikysymys.objects.get().odottaa, "kahdesti lähtenyt lomake ei peru odottamista"


def test_personal_data_is_told_under_the_field_and_goes_when_sent_again(cast, kirjautunut):
    veikko = kirjautunut(cast.veikko)
    data = {"teksti": "Soita 040 123 4567, 010190-016K.", "kenelle": "hyvaksyja"}
    answer = veikko.post(path_of(cast), data)
    assert answer.status_code == 422 and not Rivikysymys.objects.exists()
    assert "Tekstissä näyttää olevan" in answer.text and "puhelinnumero 040 123 4567" in answer.text
    assert answer.text.count("Soita 040 123 4567") == 1
    assert 'name="vahvista" value="1"' in answer.text
    veikko.post(path_of(cast), data | {"vahvista": "1"})
    assert Rivikysymys.objects.count() == 1


@pytest.mark.parametrize("teksti", ["", "  \x00 ", "ä" * 2001])
def test_nothing_and_too_much_are_refused(cast, kirjautunut, teksti):
    answer = kirjautunut(cast.veikko).post(path_of(cast), {"teksti": teksti, "kenelle": "hyvaksyja"})
    assert answer.status_code == 422 and not Rivikysymys.objects.exists()


def test_a_raportoija_asks_in_viimeistely_though_the_row_is_closed_to_writing(cast, kirjautunut):
    ask(cast, cast.kaisa)
    cast.jakso.finish(by=cast.kaisa)
    veikko = kirjautunut(cast.veikko)
    assert SANA in veikko.get(reverse("seuranta:vastaukset", args=[cast.jakso.pk])).text
    assert veikko.post(path_of(cast), {"teksti": "Kaikki.", "kenelle": "keskustelu"}).status_code == 302
    assert Rivikysymys.objects.count() == 2


# --- the check before closing


def test_the_check_before_closing_tells_what_nobody_has_answered(cast, kirjautunut):
    ask(cast, cast.hilkka)
    ask(cast, cast.hilkka, "Ja milloin?")
    ask(cast, cast.kaisa, toimenpide=cast.kerho)
    ask(cast, cast.otso, "Syksyllä.", odottaa=False, toimenpide=cast.kerho)
    luvut = {laji: maara for laji, _sana, maara in check_before_closing(cast.jakso).luvut}
    assert luvut["viesti"] == 1
    page = kirjautunut(cast.kaisa).get(reverse("seuranta:jakso-tarkista", args=[cast.jakso.pk]) + "?havainto=viesti")
    assert f"Viestiin ei ole vastattu: {cast.hilkka.nimi}" in page.text
    assert SANA not in page.text


def test_thanks_is_no_question(cast):
    asked = ask(cast, cast.hilkka)
    ask(cast, cast.veikko, "Kaikki.", odottaa=False)
    ask(cast, cast.hilkka, "Kiitos.", odottaa=False)
    assert list(Rivikysymys.objects.unanswered()) == []
    again = ask(cast, cast.hilkka, "Entä talvella?")
    assert list(Rivikysymys.objects.unanswered()) == [again] != [asked]
    assert Rivikysymys.objects.read(cast.jakso, [cast.vayla.pk])[cast.vayla.pk].avoin == again


# --- a closed jakso


def test_a_closed_jakso_is_read_and_takes_no_message_by_any_door(cast, kirjautunut):
    viesti = ask(cast, cast.hilkka)
    opened = Seurantajakso.objects.get(pk=cast.jakso.pk)
    Seurantajakso.objects.filter(pk=cast.jakso.pk).update(tila="suljettu")
    veikko = kirjautunut(cast.veikko)
    page = veikko.get(path_of(cast))
    assert SANA in page.text and "Jakso on suljettu" in page.text and 'name="teksti"' not in page.text
    assert veikko.post(path_of(cast), {"teksti": "Myöhässä.", "kenelle": "hyvaksyja"}).status_code == 409
    with pytest.raises(SuljettuJakso):
        Rivikysymys.objects.write(opened, cast.vayla, "Myöhässä.", by=cast.veikko)  # it was open when it was read
    row = {"kunta": cast.kunta, "jakso": opened, "toimenpide": cast.vayla, "kirjoittaja": cast.veikko}
    mine = Rivikysymys.objects.filter(pk=viesti.pk)
    for write in (
        lambda: Rivikysymys.objects.create(**row, teksti="Myöhässä."),
        lambda: mine.update(teksti="Myöhässä."),
        lambda: mine.delete(),
    ):
        with pytest.raises(IntegrityError, match="suljettu jakso"), transaction.atomic():
            write()
    assert [each.teksti for each in Rivikysymys.objects.all()] == [SANA]


def test_before_a_jakso_is_open_there_is_no_page(cast, kirjautunut):
    Seurantajakso.objects.filter(pk=cast.jakso.pk).update(tila="tulossa")
    kaisa = kirjautunut(cast.kaisa)
    assert kaisa.get(path_of(cast)).status_code == 404
    assert kaisa.get(pages_of(cast)["kaikki"]).status_code == 404


# --- queries


@pytest.mark.parametrize("name", ["kirjaus", "hyvaksynta"])
def test_a_page_of_rows_asks_one_question_more_where_somebody_has_written(
    cast, kirjautunut, name, django_assert_num_queries
):
    for toimenpide in cast.toimenpiteet:
        sent = create_kirjaus(cast.jakso, toimenpide, 3, "Etenee.")
        sent.tila = Kirjaus.Tila.LAHETETTY
        sent.save()
    hilkka, path = kirjautunut(cast.hilkka), pages_of(cast)[name]
    hilkka.get(path)
    before = count(hilkka, path)
    ask(cast, cast.kaisa, toimenpide=cast.kerho)  # of a row that is not hers
    assert count(hilkka, path) == before + 1
    for toimenpide in cast.toimenpiteet:
        ask(cast, cast.kaisa, toimenpide=toimenpide)
        ask(cast, cast.aino, toimenpide=toimenpide)
    with django_assert_num_queries(before + 1):
        assert SANA in hilkka.get(path).text


def count(client, path):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        client.get(path)
    return len(queries)
