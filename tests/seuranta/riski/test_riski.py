"""Risks: who records them, the list and the matrix, and what a closed jakso keeps."""

import pytest
from django.urls import reverse

from seuranta.models import Riski, Seurantajakso
from seuranta.riski.taulu import build_matrix, number_rows
from tests.strategia.mittaristo.test_mittaristo import form_of


@pytest.fixture
def lista(cast):
    return reverse("seuranta:riski-lista", args=[cast.strategia.pk])


def uusi(taso, row):
    return reverse(f"seuranta:{taso}-riski-uusi", args=[row.pk])


def muokkaa(riski):
    return reverse("seuranta:riski-muokkaa", args=[riski.pk])


def create(cast, teksti, **values):
    known = {"kunta": cast.kunta, "strategia": cast.strategia}
    return Riski.objects.create(teksti=teksti, **{**known, "toimenpide": cast.vayla, **values})


def close(jakso):
    Seurantajakso.objects.filter(pk=jakso.pk).update(tila="suljettu")


# --- who may not


def test_who_does_not_record_the_toimenpide_does_not_touch_its_risks(cast, kirjautunut):
    before = list(Riski.objects.order_by("pk").values_list())
    for who, status in (("otso", 403), ("liisa", 403), ("tarmo", 403), ("ulla", 404)):
        client = kirjautunut(getattr(cast, who))
        for path in (uusi("toimenpide", cast.vayla), muokkaa(cast.riski)):
            assert client.get(path).status_code == client.post(path, {"teksti": "Oma"}).status_code == status
        assert client.post(muokkaa(cast.riski), {"poista": "1"}).status_code == status
    assert kirjautunut(cast.veikko).post(uusi("tavoite", cast.tavoitteet[0]), {"teksti": "Oma"}).status_code == 403
    assert list(Riski.objects.order_by("pk").values_list()) == before


def test_who_reads_the_risks_of_an_open_jakso(cast, kirjautunut, lista):
    create(cast, "Avoimen jakson riski", jakso=cast.jakso)
    readers = {
        who
        for who in ("aino", "kaisa", "veikko", "hilkka", "otso", "liisa", "tarmo")
        if "Avoimen jakson riski" in kirjautunut(getattr(cast, who)).get(lista).text
    }
    assert readers == {"aino", "kaisa", "veikko", "hilkka", "tarmo"}
    close(cast.jakso)
    assert "Avoimen jakson riski" in kirjautunut(cast.liisa).get(lista).text


def test_a_councillor_reads_no_hidden_risks(cast, kirjautunut, lista):
    cast.strategia.sarakkeet = [{"rooli": "riski", "otsikko": "Riski", "piilossa": True}]
    cast.strategia.save()
    for path in (lista, reverse("seuranta:toimenpide-detail", args=[cast.vayla.pk])):
        assert "Urakka kallistuu" not in kirjautunut(cast.liisa).get(path).text
        assert "Urakka kallistuu" in kirjautunut(cast.kaisa).get(path).text


# --- recording


def test_veikko_records_a_risk_of_his_toimenpide_in_the_open_jakso(cast, kirjautunut):
    data = {"teksti": "Lupa viivästyy", "todennakoisyys": "4", "vaikutus": "", "jakso": cast.jakso.pk}
    page = kirjautunut(cast.veikko).post(uusi("toimenpide", cast.vayla), data, follow=True).text
    assert "Riski on tallennettu." in page
    riski = Riski.objects.get(teksti="Lupa viivästyy")
    assert (riski.kohde, riski.jakso, riski.kunta, riski.strategia) == (
        cast.vayla,
        cast.jakso,
        cast.kunta,
        cast.strategia,
    )
    assert (riski.todennakoisyys, riski.vaikutus, riski.suuruus) == (4, None, None)
    assert riski.history.get().history_user == cast.veikko


@pytest.mark.parametrize("values", [{"teksti": " "}, {"todennakoisyys": "6"}, {"vaikutus": "0"}, {"vaikutus": "x"}])
def test_what_is_wrong_is_told(values, cast, kirjautunut):
    data = {"teksti": "Lupa", "todennakoisyys": "4", "vaikutus": "5", "jakso": ""} | values
    assert kirjautunut(cast.kaisa).post(uusi("toimenpide", cast.vayla), data).status_code == 422
    assert Riski.objects.filter(kunta=cast.kunta).count() == 1


def test_only_a_jakso_that_takes_answers_is_chosen(cast, kirjautunut):
    for jakso in (cast.edellinen, cast.naapuri.jakso):
        data = {"teksti": "Lupa", "jakso": jakso.pk}
        assert kirjautunut(cast.kaisa).post(uusi("toimenpide", cast.vayla), data).status_code == 422
    cast.jakso.finish(by=cast.kaisa)
    data = {"teksti": "Lupa", "jakso": cast.jakso.pk}
    assert kirjautunut(cast.veikko).post(uusi("toimenpide", cast.vayla), data).status_code == 422
    assert kirjautunut(cast.kaisa).post(uusi("toimenpide", cast.vayla), data).status_code == 302


def test_the_second_editor_sees_what_the_first_one_saved(cast, kirjautunut):
    veikko, kaisa = kirjautunut(cast.veikko), kirjautunut(cast.kaisa)
    path = muokkaa(cast.riski)
    mine, theirs = form_of(veikko, path), form_of(kaisa, path)
    kaisa.post(path, theirs | {"vaikutus": "5"})
    answer = veikko.post(path, mine | {"vaikutus": "2"})
    assert answer.status_code == 409
    cast.riski.refresh_from_db()
    assert cast.riski.vaikutus == 5


def test_a_risk_of_a_closed_jakso_stays_as_it_was(cast, kirjautunut):
    riski, kaisa = create(cast, "Jakson riski", jakso=cast.jakso), kirjautunut(cast.kaisa)
    data = form_of(kaisa, muokkaa(riski))
    close(cast.jakso)
    before = Riski.objects.filter(pk=riski.pk).values_list().get()
    for changed in ({"vaikutus": "5"}, {"jakso": ""}):
        answer = kaisa.post(muokkaa(riski), data | changed)
        assert answer.status_code in (409, 422)
        assert "ei ota enää vastaan" in answer.text
    assert "Poista riski" not in kaisa.get(muokkaa(riski)).text
    page = kaisa.post(muokkaa(riski), {"poista": "1"}, follow=True).text
    assert "Jakso Osavuosikatsaus II 2026 ei ota enää vastaan kirjauksia." in page
    assert Riski.objects.filter(pk=riski.pk).values_list().get() == before


def test_a_risk_is_taken_away_and_its_history_stays(cast, kirjautunut):
    kirjautunut(cast.veikko).post(muokkaa(cast.riski), {"poista": "1"})
    assert not Riski.objects.filter(pk=cast.riski.pk).exists()
    last = Riski.history.filter(id=cast.riski.pk).first()
    assert (last.history_type, last.history_user) == ("-", cast.veikko)


# --- the list and the matrix


def test_the_greatest_comes_first_and_those_of_unknown_size_last(cast, kirjautunut, lista):
    for teksti, likely, effect in (("Pieni", 1, 2), ("Suuri", 5, 4), ("Toinen suuri", 4, 5)):
        create(cast, teksti, todennakoisyys=likely, vaikutus=effect)
    answer = kirjautunut(cast.kaisa).get(lista)
    assert [r.teksti for r in answer.context["sivu"]] == ["Suuri", "Toinen suuri", "Pieni", "Urakka kallistuu"]
    assert "1 riski puuttuu taulukosta" in answer.text
    places = {
        (ruutu.todennakoisyys, ruutu.vaikutus): (ruutu.taso, [riski.numero for riski in ruutu.riskit])
        for _likely, ruudut in answer.context["matriisi"]
        for ruutu in ruudut
        if ruutu.riskit
    }
    assert places == {(5, 4): ("suuri", [1]), (4, 5): ("suuri", [2]), (1, 2): ("pieni", [3])}


def test_the_matrix_goes_from_the_likeliest_down():
    matrix = build_matrix(number_rows([], 100))
    assert [likely for likely, _row in matrix] == [5, 4, 3, 2, 1]
    assert [[ruutu.taso for ruutu in row] for _likely, row in matrix][0] == [
        *("pieni", "kohtalainen", "suuri", "suuri", "suuri")
    ]


def test_narrowed_to_a_jakso_or_to_the_plan(cast, kirjautunut, lista):
    create(cast, "Jakson riski", jakso=cast.jakso)
    kaisa = kirjautunut(cast.kaisa)
    shown = {
        chosen: [r.teksti for r in kaisa.get(lista, {"jakso": chosen}).context["sivu"]]
        for chosen in ("", "suunnitelma", str(cast.jakso.pk), "x", "9" * 40)
    }
    both = ["Urakka kallistuu", "Jakson riski"]
    assert shown == {"": both, "suunnitelma": both[:1], str(cast.jakso.pk): both[1:], "x": both, "9" * 40: both}


def test_the_matrix_finds_a_risk_on_its_page_and_the_pages_keep_the_choice(cast, kirjautunut, lista):
    for i in range(101):
        create(cast, f"R{i}", todennakoisyys=5, vaikutus=5, jakso=cast.jakso)
    last = Riski.objects.get(teksti="R100")
    page = kirjautunut(cast.kaisa).get(lista, {"jakso": cast.jakso.pk}).text
    assert f'href="?jakso={cast.jakso.pk}&amp;sivu=2#riski-{last.pk}"' in page
    assert f'id="riski-{last.pk}"' not in page
    assert f'href="?jakso={cast.jakso.pk}&amp;sivu=2" rel="next"' in page
    second = kirjautunut(cast.kaisa).get(lista, {"jakso": cast.jakso.pk, "sivu": 2})
    assert [riski.numero for riski in second.context["sivu"]] == [101]


@pytest.mark.parametrize("count", [25, 250])
def test_the_page_asks_as_few_queries_for_250_rows_as_for_25(
    count, cast, kirjautunut, lista, django_assert_num_queries
):
    for i in range(count):
        create(cast, f"R{i}", todennakoisyys=i % 5 + 1, vaikutus=3, jakso=cast.jakso)
    kaisa = kirjautunut(cast.kaisa)
    with django_assert_num_queries(7):  # the session's own among them
        kaisa.get(lista)
