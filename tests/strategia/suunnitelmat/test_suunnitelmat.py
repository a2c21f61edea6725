"""Several plans of one kunta: their front page, their names, and a toimenpide of one that stands in another."""

import datetime

import pytest
from django.urls import reverse

from raportit.models import Raporttiversio
from seuranta.linkitetyt import list_linkitetyt, nearest_kirjaukset
from seuranta.models import Kirjaus, Seurantajakso, Vastaus
from strategia.models import Strategia, ToimenpideLinkki
from tests.cast import create_kirjaus, create_plan
from tests.strategia.mittaristo.test_mittaristo import form_of

HYTE = {"Hyvinvoiva kunta": {"Liikettä arkeen": [("Kuntosali auki", "Hyvinvointi & vapaa-aika")]}}
LISTA = "/strategia/"


@pytest.fixture
def hyte(cast):
    """The second plan, with a toimenpide of its own."""
    plan = Strategia.objects.create(
        kunta=cast.kunta, nimi="Hyvinvointisuunnitelma 2026", laji="hyvinvointisuunnitelma", jarjestys=1
    )
    plan.tavoite = create_plan(plan, HYTE, {cast.hyvinvointi.nimi: cast.hyvinvointi})[1][0]
    return plan


@pytest.fixture
def kaisa(cast, kirjautunut):
    return kirjautunut(cast.kaisa)


def linkit(toimenpide):
    return reverse("strategia:toimenpide-linkit", args=[toimenpide.pk])


def link(cast, hyte, toimenpide=None):
    return ToimenpideLinkki.objects.create(kunta=cast.kunta, toimenpide=toimenpide or cast.vayla, tavoite=hyte.tavoite)


# --- the plans


def test_only_who_coordinates_adds_and_names_plans(cast, kirjautunut):
    muokkaa = reverse("strategia:strategia-muokkaa", args=[cast.strategia.pk])
    for who, status in (("veikko", 403), ("hilkka", 403), ("liisa", 403), ("tarmo", 403)):
        client = kirjautunut(getattr(cast, who))
        for path in ("/strategia/uusi/", muokkaa, linkit(cast.vayla)):
            assert client.get(path).status_code == client.post(path, {"nimi": "X"}).status_code == status
    for path in (muokkaa, linkit(cast.vayla)):
        assert kirjautunut(cast.ulla).post(path, {"nimi": "X"}).status_code == 404
    assert Strategia.objects.filter(kunta=cast.kunta).count() == 1


def test_kaisa_adds_a_plan_and_the_front_page_lists_both(cast, kaisa):
    data = {"nimi": " Talouden  ohjelma ", "laji": "talousohjelma", "alkuvuosi": "2026", "loppuvuosi": "2028"}
    page = kaisa.post("/strategia/uusi/", data | {"otsikko": ""}, follow=True).text
    assert "Talouden ohjelma on tallennettu." in page
    plan = Strategia.objects.get(nimi="Talouden ohjelma")
    assert (plan.kunta, plan.laji, plan.jarjestys) == (cast.kunta, "talousohjelma", 1)
    page = kaisa.get(LISTA).text
    assert "talouden tasapainottamisohjelma, 2026–2028" in page
    assert "Kirkkorannan strategia 2026–2029" in page


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"nimi": ""}, "Täytä tämä kohta."),
        ({"nimi": "kirkkorannan STRATEGIA 2026–2029."}, "Tämän niminen suunnitelma on jo. Anna toinen nimi."),
        ({"alkuvuosi": "2029", "loppuvuosi": "2026"}, "Suunnitelma päättyy ennen kuin se alkaa. Korjaa vuodet."),
        ({"laji": "muuta"}, "laji"),
    ],
)
def test_what_is_wrong_is_told(values, told, cast, kaisa):
    data = {"nimi": "Uusi", "laji": "muu", "alkuvuosi": "", "loppuvuosi": "", "otsikko": ""} | values
    answer = kaisa.post("/strategia/uusi/", data)
    assert (answer.status_code, told in answer.text) == (422, True)
    assert Strategia.objects.filter(kunta=cast.kunta).count() == 1


def test_a_new_name_changes_no_closed_report_and_two_editors_see_each_other(cast, kaisa, kirjautunut):
    path, frozen = reverse("strategia:strategia-muokkaa", args=[cast.strategia.pk]), Raporttiversio.objects.get().data
    aino = kirjautunut(cast.aino)
    mine, theirs = form_of(kaisa, path), form_of(aino, path)
    assert aino.post(path, theirs | {"nimi": "Ainon nimi"}).status_code == 302
    assert kaisa.post(path, mine | {"nimi": "Kaisan nimi"}).status_code == 409
    assert Strategia.objects.get(pk=cast.strategia.pk).nimi == "Ainon nimi"
    assert Raporttiversio.objects.get().data == frozen


def test_the_front_page_counts_by_plan(cast, kaisa, hyte):
    link(cast, hyte)
    counted = {
        plan.nimi: (plan.toimenpiteita, plan.mittareita, plan.linkitettyja)
        for plan in kaisa.get(LISTA).context["strategiat"]
    }
    assert counted == {"Kirkkorannan strategia 2026–2029": (8, 4, 0), "Hyvinvointisuunnitelma 2026": (1, 0, 1)}


@pytest.mark.parametrize("count", [25, 250])
def test_the_front_page_asks_as_few_queries_for_250_plans(count, cast, kaisa, django_assert_num_queries):
    Strategia.objects.bulk_create(
        Strategia(kunta=cast.kunta, nimi=f"S{i}", avain=f"{i:064}", laji="muu") for i in range(count)
    )
    with django_assert_num_queries(4):  # the session's own among them
        kaisa.get(LISTA)


# --- linked


def test_kaisa_links_a_toimenpide_into_another_plan_and_takes_it_away(cast, kaisa, hyte):
    page = kaisa.post(linkit(cast.vayla), {"tavoite": hyte.tavoite.pk}, follow=True).text
    assert "Toimenpide näkyy myös suunnitelmassa Hyvinvointisuunnitelma 2026." in page
    [made] = cast.vayla.linkit.all()
    assert (made.kunta, made.tavoite) == (cast.kunta, hyte.tavoite)
    detail = kaisa.get(reverse("seuranta:toimenpide-detail", args=[cast.vayla.pk])).text
    assert "Muissa suunnitelmissa" in detail
    assert kaisa.post(linkit(cast.vayla), {"tavoite": hyte.tavoite.pk}).status_code == 422  # there already
    kaisa.post(linkit(cast.vayla), {"poista": made.pk})
    assert not cast.vayla.linkit.exists()


def test_only_another_plan_of_the_same_kunta_is_linked_into(cast, kaisa, hyte):
    wrong = [cast.tavoitteet[1].pk, cast.naapuri.toimenpide.tavoite_id, 987654321, "x", "9" * 40]
    for tavoite in wrong:
        assert kaisa.post(linkit(cast.vayla), {"tavoite": tavoite}).status_code == 422
    theirs = link(cast, hyte, cast.kerho)
    for poista in (theirs.pk, "x", "9" * 40):
        assert kaisa.post(linkit(cast.vayla), {"poista": poista}).status_code == 404
    assert list(ToimenpideLinkki.objects.all()) == [theirs]


def test_it_is_recorded_once_and_in_no_count_of_the_other_plan(cast, hyte):
    link(cast, hyte)
    jakso = Seurantajakso.objects.create(kunta=cast.kunta, strategia=hyte, nimi="Kevät 2026", tila="avoinna")
    assert [toimenpide.nimi for toimenpide in jakso.toimenpiteet()] == ["Kuntosali auki"]


def test_the_other_plan_shows_the_nearest_kirjaus_in_the_recording_plans_words(cast, kaisa, hyte):
    cast.strategia.asteikko = {"2": "Suunnitteilla"}
    cast.strategia.save()
    link(cast, hyte)
    path = reverse("seuranta:linkitetyt", args=[hyte.pk])
    page = kaisa.get(path).text
    assert "Osavuosikatsaus I 2026" in page
    assert "2 Suunnitteilla" in page
    assert "Kirkkorannan strategia 2026–2029" in page
    assert "Suunnitelma valmis – kilpailu syksyllä." in page


def test_a_councillor_sees_only_what_was_closed_and_published(cast, kirjautunut, hyte):
    link(cast, hyte)
    Kirjaus.objects.record(cast.jakso, {cast.vayla: Vastaus(0, 5, kommentti="Vielä luonnos")}, by=cast.veikko)
    Seurantajakso.objects.filter(pk=cast.jakso.pk).update(paattyy=datetime.date.today(), alkaa=None)
    path, liisa = reverse("seuranta:linkitetyt", args=[hyte.pk]), kirjautunut(cast.liisa)
    assert "Vielä luonnos" in kirjautunut(cast.kaisa).get(path).text
    page = liisa.get(path).text
    assert "Vielä luonnos" not in page
    assert "Suunnitelma valmis" in page
    cast.strategia.sarakkeet = [{"rooli": "kommentti", "otsikko": "Kommentti", "piilossa": True}]
    cast.strategia.save()
    assert "Suunnitelma valmis" not in liisa.get(path).text


def test_the_nearest_in_time_and_of_two_as_near_the_earlier(cast):
    create_kirjaus(cast.jakso, cast.vayla, 4, "Elokuu").save()
    everything = Kirjaus.objects.filter(kunta=cast.kunta)  # the ends of the jaksot are 30.4. and 31.8.

    def score(*day):
        return nearest_kirjaukset(everything, [cast.vayla.pk], datetime.date(*day))[cast.vayla.pk].toteutumisaste

    assert [score(2026, 1, 1), score(2026, 6, 30), score(2026, 7, 1), score(2027, 1, 1)] == [2, 2, 4, 4]
    Seurantajakso.objects.filter(pk=cast.jakso.pk).update(paattyy=datetime.date(2026, 4, 29), alkaa=None)
    assert score(2026, 4, 30) == 2
    Seurantajakso.objects.filter(pk=cast.jakso.pk).update(paattyy=None, nimi="Ajaton")
    assert score(2030, 1, 1) == 2


def test_two_queries_whatever_the_number_of_links(cast, hyte, django_assert_num_queries):
    for toimenpide in cast.toimenpiteet:
        link(cast, hyte, toimenpide)
    with django_assert_num_queries(2):
        rows = list_linkitetyt(hyte, Kirjaus.objects.filter(kunta=cast.kunta))
    assert [row.toimenpide for row in rows] == cast.toimenpiteet
    assert [row.kirjaus is None for row in rows] == [False] * 5 + [True, False, False]
