"""Toimielimet: added, renamed, ended and joined by the koordinaattori; old files and old reports stay understood."""

import pytest
from django.urls import reverse

from raportit.models import Raporttiversio
from seuranta.tuonti.plan.register import Register
from strategia.models import Kirjoitusasu, Toimenpide, Toimielin

LISTA = "/toimielimet/"


@pytest.fixture
def kaisa(cast, kirjautunut):
    return kirjautunut(cast.kaisa)


@pytest.fixture
def jaosto(cast):
    return Toimielin.objects.create(kunta=cast.kunta, nimi="Tiejaosto", jarjestys=1)


def page(toimielin, name="detail"):
    return reverse(f"strategia:toimielin-{name}", args=[toimielin.pk])


def give(toimielin, *toimenpiteet):
    Toimenpide.objects.filter(pk__in=[each.pk for each in toimenpiteet]).update(toimielin=toimielin)


def again(row):
    return type(row).objects.get(pk=row.pk)


def test_only_who_coordinates_may_touch_them(cast, kirjautunut, jaosto):
    paths = [LISTA, page(jaosto), page(jaosto, "yhdista"), page(jaosto, "lopeta")]
    for who in ("veikko", "hilkka", "liisa", "tarmo"):
        client = kirjautunut(getattr(cast, who))
        assert [client.post(path, {"nimi": "X", "kohde": cast.lautakunta.pk}).status_code for path in paths] == [
            403
        ] * 4
    ulla = kirjautunut(cast.ulla)
    assert [ulla.post(path, {"nimi": "X"}).status_code for path in paths[1:]] == [404] * 3
    assert (again(jaosto).nimi, again(jaosto).lopetettu) == ("Tiejaosto", None)


def test_kaisa_adds_and_renames_and_the_old_name_is_remembered(cast, kaisa):
    assert (
        "Toimielin Hyvinvointilautakunta on lisätty."
        in kaisa.post(LISTA, {"nimi": "Hyvinvointilautakunta "}, follow=True).text
    )
    new = Toimielin.objects.get(nimi="Hyvinvointilautakunta")
    assert new.kunta == cast.kunta
    kaisa.post(page(new), {"nimi": "Elämänlaatulautakunta"})
    assert again(new).nimi == "Elämänlaatulautakunta"
    assert Kirjoitusasu.objects.get(asu="Hyvinvointilautakunta").toimielin == new
    kaisa.post(page(new), {"nimi": "Hyvinvointilautakunta"})
    assert list(Kirjoitusasu.objects.values_list("asu", flat=True)) == ["Elämänlaatulautakunta"]


def test_a_name_that_is_taken_is_told(cast, kaisa, jaosto):
    answer = kaisa.post(LISTA, {"nimi": "TIEJAOSTO"})
    assert (answer.status_code, "Toimielin ”Tiejaosto” on jo." in answer.text) == (422, True)
    Toimielin.objects.filter(pk=jaosto.pk).update(lopetettu="2026-01-01")
    assert "Ota se uudelleen käyttöön." in kaisa.post(LISTA, {"nimi": "tiejaosto"}).text
    assert Toimielin.objects.filter(kunta=cast.kunta).count() == 2


def test_joining_moves_the_rows_with_history_and_old_reports_and_files_stay_understood(cast, kaisa, jaosto):
    give(jaosto, cast.vayla, cast.kerho)
    frozen, entries = Raporttiversio.objects.get().data, cast.vayla.history.count()
    shown = kaisa.get(page(jaosto, "yhdista")).text
    assert "Toimenpiteet (2) siirtyvät valitsemallesi toimielimelle." in shown
    told = kaisa.post(page(jaosto, "yhdista"), {"kohde": cast.lautakunta.pk}, follow=True).text
    assert "2 toimenpidettä siirtyi toimielimelle" in told
    vayla = again(cast.vayla)
    assert (vayla.toimielin, vayla.history.count(), vayla.history.first().history_user) == (
        cast.lautakunta,
        entries + 1,
        cast.kaisa,
    )
    assert again(jaosto).lopetettu
    assert Raporttiversio.objects.get().data == frozen
    register = Register.__new__(Register)  # what a file's name is read as, without a file
    register.toimielimet = {each.avain: each for each in Toimielin.objects.filter(kunta=cast.kunta)}
    register.asut = {Toimielin: {asu.avain: asu.toimielin for asu in Kirjoitusasu.objects.filter(kunta=cast.kunta)}}
    assert register.find_toimielin("Tiejaosto") == cast.lautakunta


def test_one_is_ended_when_nothing_hangs_on_it_and_taken_into_use_again(cast, kaisa, jaosto):
    give(jaosto, cast.vayla)
    told = kaisa.post(page(jaosto, "lopeta"), {"kaytossa": "0"}, follow=True).text
    assert "Toimielimellä on toimenpiteitä." in told
    give(None, cast.vayla)
    kaisa.post(page(jaosto, "lopeta"), {"kaytossa": "0"}, follow=True)
    assert again(jaosto).lopetettu
    muokkaa = reverse("strategia:toimenpide-muokkaa", args=[cast.vayla.pk])
    assert "Tiejaosto" not in kaisa.get(muokkaa).text
    assert kaisa.post(page(cast.lautakunta, "yhdista"), {"kohde": jaosto.pk}).status_code == 422
    kaisa.post(page(jaosto, "lopeta"), {"kaytossa": "1"}, follow=True)
    assert again(jaosto).lopetettu is None
    assert "Tiejaosto" in kaisa.get(muokkaa).text


def test_an_ended_one_stays_on_the_form_of_a_row_that_has_it(cast, kaisa, jaosto):
    give(jaosto, cast.vayla)
    Toimielin.objects.filter(pk=jaosto.pk).update(lopetettu="2026-01-01")
    assert "Tiejaosto" in kaisa.get(reverse("strategia:toimenpide-muokkaa", args=[cast.vayla.pk])).text


def test_two_at_one_name_see_each_other(cast, kaisa, kirjautunut, jaosto):
    versio = kaisa.get(page(jaosto)).context["form"]["versio"].value()
    kirjautunut(cast.aino).post(page(jaosto), {"nimi": "Ainon jaosto", "versio": versio})
    answer = kaisa.post(page(jaosto), {"nimi": "Kaisan jaosto", "versio": versio})
    assert (answer.status_code, "Ainon jaosto" in answer.text) == (409, True)
    assert again(jaosto).nimi == "Ainon jaosto"


@pytest.mark.parametrize("count", [25, 250])
def test_the_list_asks_as_few_queries_for_250_as_for_25(count, cast, kaisa, django_assert_num_queries):
    Toimielin.objects.bulk_create(Toimielin(kunta=cast.kunta, nimi=f"T{n}", avain=f"{n:064}") for n in range(count))
    with django_assert_num_queries(4):
        kaisa.get(LISTA)
