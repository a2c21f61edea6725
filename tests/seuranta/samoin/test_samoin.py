"""Many rows as they were in the jakso before: looked at, sent at once, taken back."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from seuranta.models import Joukkokirjaus, Kirjaus, Osavastaus, Vastaus, Yksikkovastaus
from seuranta.samoin.rivit import EI_ENNEN, EI_LAHETETTY, EI_VASTAUS, ON_OSIA
from strategia.models import Toimenpide
from tests.seuranta.kirjaaminen.test_views import row


@pytest.fixture
def osoite(cast):
    return reverse("seuranta:samoin", args=[cast.jakso.pk])


def fields(page):
    """What the page's own button sends."""
    text = page.text
    return {"vahvista": "1", "rivit": text.split('name="rivit" value="')[1].split('"')[0]}


def answers(cast):
    return {kirjaus.toimenpide_id: kirjaus for kirjaus in Kirjaus.objects.filter(jakso=cast.jakso)}


# --- who may not


def test_liisa_and_ulla_do_not_find_it_and_nobody_a_closed_jakso(cast, kirjautunut, osoite):
    for who in (cast.liisa, cast.ulla):
        assert kirjautunut(who).post(osoite, {"vahvista": "1"}).status_code == 404
    closed = reverse("seuranta:samoin", args=[cast.edellinen.pk])
    assert kirjautunut(cast.kaisa).post(closed, {"vahvista": "1"}).status_code == 404


def test_veikko_sends_his_own_rows_only(cast, kirjautunut, osoite):
    kaikki = fields(kirjautunut(cast.kaisa).get(osoite))
    kirjautunut(cast.veikko).post(osoite, kaikki)
    assert {each.toimenpide.toimiala for each in answers(cast).values()} == {cast.tekniset}


def test_another_person_in_the_same_browser_sends_nothing(cast, kirjautunut, osoite):
    veikko = kirjautunut(cast.veikko)
    data = fields(veikko.get(osoite)) | {"kirjaaja": cast.hilkka.pk}
    assert veikko.post(osoite, data).status_code == 403
    assert not answers(cast)


# --- what is sent


def test_all_that_is_unanswered_is_sent_as_it_was(cast, kirjautunut, osoite):
    veikko = kirjautunut(cast.veikko)
    page = veikko.get(osoite)
    assert "Lähetä 3 riviä" in page.text
    assert "Suunnitelma valmis – kilpailu syksyllä." in page.text
    page = veikko.post(osoite, fields(page), follow=True)
    assert "3 riviä on lähetetty samanlaisina kuin edellisellä jaksolla." in page.text
    vayla = answers(cast)[cast.vayla.pk]
    assert (vayla.toteutumisaste, vayla.kommentti) == (2, "Suunnitelma valmis – kilpailu syksyllä.")
    assert (vayla.tila, vayla.ei_muutosta) == ("lahetetty", True)
    assert vayla.history.get().history_user == cast.veikko
    assert "Jokaiseen riviisi on jo vastattu tai vastaus on aloitettu." in page.text


def test_the_front_page_counts_what_the_page_lists(cast, kirjautunut, osoite):
    for who in (cast.veikko, cast.otso, cast.kaisa):
        count = len(fields(kirjautunut(who).get(osoite))["rivit"].split(","))
        assert f"Ei muutosta kaikkiin vastaamattomiin ({count})" in kirjautunut(who).get("/").text


def test_a_draft_is_never_overwritten(cast, kirjautunut, osoite):
    veikko = kirjautunut(cast.veikko)
    data = fields(veikko.get(osoite))
    kirjattava = reverse("seuranta:kirjaus-lista", args=[cast.jakso.pk])
    veikko.post(kirjattava, row(cast.vayla, aste="4", kommentti="Kirjoitan tätä."))
    page = veikko.post(osoite, data, follow=True)
    assert "1 riviä ei lähetetty: siihen on jo vastattu tai se on muuttunut sillä välin." in page.text
    assert (answers(cast)[cast.vayla.pk].kommentti, answers(cast)[cast.vayla.pk].tila) == ("Kirjoitan tätä.", "luonnos")


def test_pressed_twice_it_is_sent_once(cast, kirjautunut, osoite):
    veikko = kirjautunut(cast.veikko)
    data = fields(veikko.get(osoite))
    veikko.post(osoite, data)
    page = veikko.post(osoite, data, follow=True)
    assert "3 riviä ei lähetetty" in page.text
    assert Joukkokirjaus.objects.count() == 1
    assert {each.versio for each in answers(cast).values()} == {1}


def test_what_cannot_be_sent_is_listed_with_why(cast, kirjautunut, osoite):
    cast.edellinen.reopen(by=cast.kaisa, syy="Puutteita.")
    before = {kirjaus.toimenpide_id: kirjaus for kirjaus in Kirjaus.objects.filter(jakso=cast.edellinen)}
    valot, kiinteistot, raati = cast.toimenpiteet[1], cast.toimenpiteet[4], cast.toimenpiteet[6]
    Kirjaus.objects.filter(pk=before[cast.vayla.pk].pk).update(tila="luonnos")
    Kirjaus.objects.filter(pk=before[valot.pk].pk).update(toteutumisaste=None, syy="ei_vastattu")
    Osavastaus.objects.record(cast.edellinen, kiinteistot, [Yksikkovastaus("Tilapalvelu", 2)], by=cast.kaisa)
    page = kirjautunut(cast.kaisa).get(osoite)
    listed = page.text.split("Nämä jäävät vastattaviksi")[1]
    for toimenpide, syy in (
        (cast.vayla, EI_LAHETETTY),
        (valot, EI_VASTAUS),
        (cast.ranssi, EI_ENNEN),
        (kiinteistot, ON_OSIA),
    ):
        assert f"#t{toimenpide.pk}" in listed
        assert str(syy) in listed
    assert f"#t{raati.pk}" not in listed, "syy ilman astetta on vastaus"
    count = len(fields(page)["rivit"].split(","))
    assert f"({count})" in kirjautunut(cast.kaisa).get("/").text


def test_an_answer_before_that_changes_meanwhile_is_not_copied_unseen(cast, kirjautunut, osoite):
    kaisa = kirjautunut(cast.kaisa)
    data = fields(kaisa.get(osoite))
    cast.edellinen.reopen(by=cast.kaisa, syy="Virhe.")
    korjattu = Kirjaus.objects.get(jakso=cast.edellinen, toimenpide=cast.vayla)
    vastaus = Vastaus(korjattu.versio, 5, kommentti="Valmistui sittenkin.")
    Kirjaus.objects.record(cast.edellinen, {cast.vayla: vastaus}, by=cast.kaisa)
    page = kaisa.post(osoite, data, follow=True)
    assert "1 riviä ei lähetetty" in page.text
    assert cast.vayla.pk not in answers(cast)


# --- taken back


def undo(client, osoite):
    return client.post(osoite, {"kumoa": Joukkokirjaus.objects.first().pk}, follow=True)


def test_it_is_undone_in_one_act_and_what_was_approved_since_stays(cast, kirjautunut, osoite):
    veikko = kirjautunut(cast.veikko)
    veikko.post(osoite, fields(veikko.get(osoite)))
    approved = answers(cast)[cast.vayla.pk]
    Kirjaus.objects.approve(cast.jakso, {approved.pk: approved.versio}, by=cast.hilkka)
    page = undo(veikko, osoite)
    assert "2 riviä on taas vastaamatta." in page.text
    stayed = page.text.split("Nämä rivit jäivät ennalleen:")[1].split("</ul>")[0]
    assert cast.vayla.nimi in stayed
    assert "Vastaus on hyväksytty." in stayed
    states = {pk: each.tila for pk, each in answers(cast).items()}
    assert states.pop(cast.vayla.pk) == "hyvaksytty"
    assert set(states.values()) == {"ei_vastattu"}
    blank = answers(cast)[cast.toimenpiteet[1].pk]
    assert (blank.toteutumisaste, blank.syy, blank.kommentti, blank.ei_muutosta) == (None, "ei_vastattu", "", False)
    assert blank.lahetetty is None
    assert blank.history.count() == 2


def test_undone_it_can_be_sent_again_and_undone_again(cast, kirjautunut, osoite):
    veikko = kirjautunut(cast.veikko)
    for sent in (1, 3):
        veikko.post(osoite, fields(veikko.get(osoite)))
        assert {each.versio for each in answers(cast).values()} == {sent}
        undo(veikko, osoite)
        assert {(each.versio, each.tila) for each in answers(cast).values()} == {(sent + 1, "ei_vastattu")}
    page = undo(veikko, osoite)  # of what is undone nothing is left
    assert "taas vastaamatta" not in page.text


def test_what_was_rewritten_after_it_stays(cast, kirjautunut, osoite):
    veikko = kirjautunut(cast.veikko)
    veikko.post(osoite, fields(veikko.get(osoite)))
    Kirjaus.objects.record(cast.jakso, {cast.vayla: Vastaus(1, 5, kommentti="Valmis.", laheta=True)}, by=cast.hilkka)
    page = undo(veikko, osoite)
    assert "Riviä on muutettu sen jälkeen." in page.text
    assert answers(cast)[cast.vayla.pk].kommentti == "Valmis."


def test_nobody_undoes_what_another_sent(cast, kirjautunut, osoite):
    veikko = kirjautunut(cast.veikko)
    veikko.post(osoite, fields(veikko.get(osoite)))
    act = Joukkokirjaus.objects.get()
    for who in (cast.hilkka, cast.kaisa):
        assert kirjautunut(who).post(osoite, {"kumoa": act.pk}).status_code == 404
    for wrong in ("", "x", "9" * 30):
        assert veikko.post(osoite, {"kumoa": wrong}).status_code == 404
    assert {each.tila for each in answers(cast).values()} == {"lahetetty"}


def test_in_viimeistely_veikko_undoes_nothing(cast, kirjautunut, osoite):
    veikko = kirjautunut(cast.veikko)
    veikko.post(osoite, fields(veikko.get(osoite)))
    cast.jakso.finish(by=cast.kaisa)
    assert undo(veikko, osoite).status_code == 404
    assert {each.tila for each in answers(cast).values()} == {"lahetetty"}


# --- its price


def test_it_asks_as_much_of_one_row_as_of_all(cast, kirjautunut, osoite):
    counts = []
    for who in (cast.otso, cast.kaisa):
        client = kirjautunut(who)
        client.get(osoite)
        with CaptureQueriesContext(connection) as queries:
            client.get(osoite)
        counts.append(len(queries))
    assert counts[0] == counts[1]


@pytest.fixture
def monta(cast):
    """More rows of Veikko's, 2,500 in all, in the first tavoite, each answered in the jakso before."""
    cast.edellinen.reopen(by=cast.kaisa, syy="Mittaus")
    row = {"kunta": cast.kunta, "tavoite": cast.tavoitteet[0], "toimiala": cast.tekniset}
    teot = Toimenpide.objects.bulk_create(Toimenpide(**row, nimi=f"Teko {n}", jarjestys=100 + n) for n in range(2497))
    said = {"kunta": cast.kunta, "jakso": cast.edellinen, "tila": "lahetetty", "toteutumisaste": 3, "syy": ""}
    Kirjaus.objects.bulk_create(Kirjaus(**said, toimenpide=teko, kommentti="Etenee.") for teko in teot)
    return teot


def test_2500_rows_are_a_page_at_a_time_and_ask_as_much(cast, kirjautunut, osoite, request):
    veikko = kirjautunut(cast.veikko)
    with CaptureQueriesContext(connection) as few:
        veikko.get(osoite)
    teot = request.getfixturevalue("monta")
    with CaptureQueriesContext(connection) as many:
        page = veikko.get(osoite)
    assert len(few) == len(many)
    assert "Lähetä 2500 riviä" in page.text
    assert "Lähetä vain tämän sivun 150 riviä" in page.text
    assert "Rivit ovat 17 sivulla." in page.text
    assert page.text.count('<th scope="row">') == 150
    assert teot[-1].nimi not in page.text.split("Nämä lähtevät")[1]
    assert f">{teot[-1].nimi}</th>" in veikko.get(osoite, {"sivu": 17}).text
    for wrong in ("0", "99", "x", "9" * 30):
        assert veikko.get(osoite, {"sivu": wrong}).text.count('<th scope="row">') == 150


def test_of_many_the_page_alone_or_all_that_were_told_are_sent(cast, monta, kirjautunut, osoite):
    veikko = kirjautunut(cast.veikko)
    text = veikko.get(osoite, {"sivu": 17}).text
    shown = text.split('name="sivun_rivit" value="')[1].split('"')[0]
    last = {int(each.split(".")[0]) for each in shown.split(",")}
    page = veikko.post(osoite, {"vahvista": "sivu", "rivit": fields(veikko.get(osoite))["rivit"], "sivun_rivit": shown})
    assert page.status_code == 302
    assert answers(cast).keys() == last
    assert monta[-1].pk in last and monta[0].pk not in last
    page = veikko.post(osoite, fields(veikko.get(osoite)), follow=True)
    assert f"{2500 - len(last)} riviä on lähetetty samanlaisina kuin edellisellä jaksolla." in page.text
    assert len(answers(cast)) == 2500


def test_of_many_that_cannot_be_sent_the_first_are_listed_and_the_rest_counted(cast, monta, kirjautunut, osoite):
    Kirjaus.objects.filter(jakso=cast.edellinen).update(tila="luonnos")
    page = kirjautunut(cast.veikko).get(osoite).text
    assert page.count(str(EI_LAHETETTY)) == 50
    assert "Lisäksi 2450 riviä jää vastattavaksi." in page
    assert "Yhtään riviä ei voi nyt lähettää" in page
