"""The page of one mittari: who finds it, and what it tells of values and of the plan."""

import pytest
from django.urls import reverse

from seuranta.models import MittariArvo, Mittaus
from strategia.models import Avain, Mittari, Tavoitearvo

from ...strategia.mittaristo.test_mittaristo import form_of


@pytest.fixture
def kulkee(cast):
    """The measure of a tavoite, Otso's: no toimenpide's page tells of it."""
    return cast.mittarit[1]


@pytest.fixture
def osoite(kulkee):
    return reverse("seuranta:mittari-detail", args=[kulkee.pk])


def test_another_kunta_does_not_find_it(cast, kirjautunut, osoite):
    assert kirjautunut(cast.ulla).get(osoite).status_code == 404
    assert kirjautunut(cast.ulla).get(reverse("seuranta:mittari-detail", args=[987654])).status_code == 404


@pytest.mark.parametrize(
    ("place", "above"), [(0, "Väylä Kirkkotie"), (1, "Turvalliset koulutiet"), (2, "Elävä kylä &amp; sujuva arki")]
)
def test_it_tells_where_it_hangs(cast, kirjautunut, place, above):
    page = kirjautunut(cast.liisa).get(reverse("seuranta:mittari-detail", args=[cast.mittarit[place].pk]))
    assert above in page.text.partition("<h1>")[0]


def test_who_changed_a_value_and_from_what_is_told_to_who_follows_it(cast, kirjautunut, osoite, kulkee):
    MittariArvo.objects.record(cast.jakso, {kulkee: Mittaus(0, "70 %", "Kysely.", "Tarkista.")}, by=cast.otso)
    key, _token = Avain.objects.make(cast.kunta, "Tietovarasto", by=cast.aino)
    MittariArvo.objects.record(cast.jakso, {kulkee: Mittaus(1, "72 %")}, by=None, reason=key.merkki)
    for person in (cast.otso, cast.kaisa, cast.tarmo):
        page = kirjautunut(person).get(osoite).text
        for token in ("<del>70</del><ins>72</ins> %", "Otso", "rajapinta Tietovarasto", "Tarkista."):
            assert token in page
    for person in (cast.liisa, cast.veikko):
        page = kirjautunut(person).get(osoite).text
        assert "68\u00a0%" in page, "of a closed jakso"
        assert not [token for token in ("72", "Otso", "Kysely", "Tarkista", "muutokset") if token in page]


def test_who_changed_the_plan_is_told_as_one_save(cast, kirjautunut, osoite, kulkee):
    kaisa = kirjautunut(cast.kaisa)
    form = reverse("strategia:mittari-muokkaa", args=[kulkee.pk])
    kaisa.post(form, form_of(kaisa, form) | {"nimi": "Kulkee itse", "tavoite_2027": "75 %", "tavoite_avoin": ""})
    assert Tavoitearvo.objects.filter(mittari=kulkee, vuosi=2027).exists()
    page = kirjautunut(cast.tarmo).get(osoite).text.partition("Mittarin muutokset")[2]
    assert page.count("Kaisa") == 1
    for token in ("Tavoite 2027:", "75 %", "Tavoite toistaiseksi:", "80 %", "Kulkee itse <del>kouluun</del>"):
        assert token in page.replace("itse<del> ", "itse <del>")


@pytest.mark.parametrize("rooli", ["mittarit", "mittari"])
def test_what_the_report_does_not_publish_is_neither_page_nor_link_of_who_does_not_follow(
    cast, kirjautunut, osoite, rooli
):
    cast.strategia.sarakkeet = [{"rooli": rooli, "piilossa": True}]
    cast.strategia.save()
    lista = reverse("strategia:mittari-lista", args=[cast.strategia.pk])
    liisa, veikko = kirjautunut(cast.liisa), kirjautunut(cast.veikko)
    assert liisa.get(osoite).status_code == veikko.get(osoite).status_code == 404
    assert "Kulkee itse kouluun" not in liisa.get(lista).text
    assert "Kulkee itse kouluun" in veikko.get(lista).text
    assert osoite not in veikko.get(lista).text
    assert kirjautunut(cast.tarmo).get(osoite).status_code == 200


@pytest.mark.parametrize(("rooli", "token"), [("mittarit.lahto", "41 %"), ("mittarit.tavoite", "60 %")])
def test_a_hidden_column_of_measures_is_in_no_list_of_a_councillor(cast, kirjautunut, osoite, rooli, token):
    cast.strategia.sarakkeet = [{"rooli": rooli, "piilossa": True}]
    cast.strategia.save()
    lista = reverse("strategia:mittari-lista", args=[cast.strategia.pk])
    for address in (lista, osoite):
        assert token not in kirjautunut(cast.liisa).get(address).text
        assert token in kirjautunut(cast.tarmo).get(address).text


def test_what_hangs_on_it_is_told_where_it_could_be_removed(cast, kirjautunut, kulkee):
    kaisa, form = kirjautunut(cast.kaisa), reverse("strategia:mittari-muokkaa", args=[kulkee.pk])
    page = kaisa.get(form).text
    assert "Mittarilla on 1 arvo, eikä sitä voi poistaa. Päätä sen seuranta" in " ".join(page.split())
    assert "Poista mittari" not in page
    kaisa.post(form, {"poista": "1"})
    assert Mittari.objects.filter(pk=kulkee.pk).exists()
    assert "Poista mittari" in kaisa.get(reverse("strategia:mittari-muokkaa", args=[cast.mittarit[3].pk])).text


@pytest.mark.parametrize("changes", [1, 25])
def test_as_many_queries_for_25_changes_as_for_one(
    cast, kirjautunut, osoite, kulkee, changes, django_assert_num_queries
):
    for number in range(changes):
        kulkee.nimi = f"Nimi {number}"
        kulkee.save()
        MittariArvo.objects.record(cast.jakso, {kulkee: Mittaus(number, f"{number}")}, by=cast.otso)
    otso = kirjautunut(cast.otso)
    with django_assert_num_queries(11):
        assert otso.get(osoite).status_code == 200
