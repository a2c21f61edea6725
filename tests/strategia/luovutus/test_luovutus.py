"""A leaver's toimenpiteet go to another in one act: offered as they are lost, one entry of history a row, undone."""

import pytest
from django.urls import reverse

from strategia.joukkomuutos.teko import undo
from strategia.models import Jasenyys, Joukkomuutos, Rooli, Tapahtuma, Toimenpide, Vastuuhenkilo
from tests.cast import create_user


@pytest.fixture
def pekka(cast):
    """A raportoija of Tekniset who is named on two rows, on one of them beside Veikko."""
    pekka = create_user(cast.kunta, "Pekka Pelto", Rooli.RAPORTOIJA, cast.tekniset)
    for toimenpide, person in ((cast.vayla, pekka), (cast.vayla, cast.veikko), (cast.toimenpiteet[1], pekka)):
        Vastuuhenkilo.objects.create(kunta=cast.kunta, toimenpide=toimenpide, kayttaja=person)
    return pekka


def page(person, rivit=""):
    return reverse("strategia:luovutus", args=[person.pk]) + (f"?rivit={rivit}" if rivit else "")


def named(toimenpide):
    return {person.nimi for person in toimenpide.vastuuhenkilot.all()}


@pytest.mark.parametrize(("who", "status"), [("kaisa", 403), ("veikko", 403), ("ulla", 404)])
def test_only_the_paakayttaja_hands_over(cast, pekka, kirjautunut, who, status):
    client = kirjautunut(getattr(cast, who))
    assert client.get(page(pekka)).status_code == status
    assert client.post(page(pekka), {"kenelle": cast.hilkka.pk}).status_code == status
    assert named(cast.vayla) == {"Pekka Pelto", str(cast.veikko)}


def test_all_rows_go_in_one_act_with_one_entry_of_history_each(cast, pekka, kirjautunut):
    before = {row: row.history.count() for row in (cast.vayla, cast.toimenpiteet[1])}
    answer = kirjautunut(cast.aino).post(page(pekka), {"kenelle": cast.hilkka.pk}, follow=True)
    assert f"2 toimenpidettä siirtyi: {cast.hilkka}." in answer.text
    assert named(cast.vayla) == {str(cast.veikko), str(cast.hilkka)}
    assert named(cast.toimenpiteet[1]) == {str(cast.hilkka)}
    act = Joukkomuutos.objects.get()
    for row, count in before.items():
        assert row.history.count() == count + 1
        assert (row.history.first().history_user, row.history.first().history_change_reason) == (cast.aino, act.merkki)
    assert act.kuvaus == f"Vastuu siirtyi: Pekka Pelto → {cast.hilkka}"
    told = Tapahtuma.objects.get(laji=Tapahtuma.Laji.LUOVUTETTU)  # the auditor finds it by the leaver
    assert (told.kuka, told.kohteen_nimi, told.mihin) == (cast.aino, "Pekka Pelto", act.kuvaus)
    assert undo(act, by=cast.aino) == 2
    assert named(cast.vayla) == {"Pekka Pelto", str(cast.veikko)}


def test_deactivating_offers_it(cast, pekka, kirjautunut):
    aino = kirjautunut(cast.aino)
    answer = aino.post(reverse("strategia:kayttaja-kaytto", args=[pekka.pk]), {"kaytossa": "0"})
    assert answer.url == page(pekka, "irti")
    shown = aino.get(answer.url).text
    assert "Luovuta 2 toimenpidettä" in shown
    assert cast.vayla.nimi in shown
    assert aino.post(answer.url, {"kenelle": ""}).status_code == 422, "nobody is chosen beforehand"
    aino.post(answer.url, {"kenelle": "ei"})
    assert (named(cast.vayla), named(cast.toimenpiteet[1])) == ({str(cast.veikko)}, set())


def test_losing_a_toimiala_offers_what_it_took(cast, pekka, kirjautunut):
    Jasenyys.objects.create(kunta=cast.kunta, kayttaja=pekka, toimiala=cast.sivistys)
    Vastuuhenkilo.objects.create(kunta=cast.kunta, toimenpide=cast.kerho, kayttaja=pekka)
    aino, detail = kirjautunut(cast.aino), reverse("strategia:kayttaja-detail", args=[pekka.pk])
    values = {"nimi": pekka.nimi, "rooli": "raportoija", "toimialat": [cast.sivistys.pk]}
    answer = aino.post(detail, values)
    assert answer.url == page(pekka, "irti")
    shown = aino.get(answer.url).text
    assert "2 toimenpiteellä, joita hän ei enää kirjaa" in shown
    assert cast.kerho.nimi not in shown
    aino.post(answer.url, {"kenelle": cast.veikko.pk})
    assert "Pekka Pelto" in named(cast.kerho), "what he still records stays"
    assert named(cast.vayla) == {str(cast.veikko)}
    again = aino.post(detail, {**values, "nimi": "Pekka Pelto-Aho"})
    assert again.url == reverse("strategia:kayttaja-lista"), "what was lost before is not offered at each save"


def test_who_has_nothing_is_not_led_there(cast, kirjautunut):
    aino = kirjautunut(cast.aino)
    answer = aino.post(reverse("strategia:kayttaja-kaytto", args=[cast.otso.pk]), {"kaytossa": "0"})
    assert answer.url == reverse("strategia:kayttaja-lista")
    assert "Luovutettavaa ei ole." in aino.get(page(cast.otso)).text
    answer = aino.post(page(cast.otso), {"kenelle": cast.hilkka.pk}, follow=True)
    assert "ei ole yhdelläkään toimenpiteellä" in answer.text
    assert not Joukkomuutos.objects.exists()


def test_the_second_time_there_is_nothing_left(cast, pekka, kirjautunut):
    aino = kirjautunut(cast.aino)
    for _time in range(2):
        aino.post(page(pekka), {"kenelle": cast.hilkka.pk})
    assert Joukkomuutos.objects.count() == 1


@pytest.mark.parametrize("who", ["pekka", "ulla", "liisa"])
def test_only_one_who_records_in_the_kunta_gets_them(cast, pekka, kirjautunut, who):
    whom = pekka if who == "pekka" else getattr(cast, who)
    answer = kirjautunut(cast.aino).post(page(pekka), {"kenelle": whom.pk})
    assert answer.status_code == 422
    assert not Joukkomuutos.objects.exists()


def test_one_who_does_not_see_the_rows_is_told_of(cast, pekka, kirjautunut):
    answer = kirjautunut(cast.aino).post(page(pekka), {"kenelle": cast.otso.pk}, follow=True)
    assert f"Vastuuhenkilöltä puuttuu toimiala, eikä hän näe toimenpidettä: {cast.otso}." in answer.text


def test_the_page_costs_the_same_for_any_number_of_rows(cast, pekka, kirjautunut, django_assert_num_queries):
    aino = kirjautunut(cast.aino)
    with django_assert_num_queries(7):
        aino.get(page(pekka))
    rows = Toimenpide.objects.bulk_create(
        Toimenpide(kunta=cast.kunta, tavoite=cast.tavoitteet[0], nimi=f"Lisätty {n}", toimiala=cast.tekniset)
        for n in range(150)
    )
    Vastuuhenkilo.objects.bulk_create(Vastuuhenkilo(kunta=cast.kunta, toimenpide=t, kayttaja=pekka) for t in rows)
    with django_assert_num_queries(7):
        assert "Lisäksi näkymättä: 52" in aino.get(page(pekka)).text


def test_the_page_of_a_user_offers_it_at_any_time(cast, pekka, kirjautunut):
    shown = kirjautunut(cast.aino).get(reverse("strategia:kayttaja-detail", args=[pekka.pk])).text
    assert "Henkilö on vastuuhenkilönä 2 toimenpiteellä." in shown
    assert page(pekka) in shown
