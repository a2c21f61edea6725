"""A stand-in is set by the person oneself or by the pääkäyttäjä, told where people look, and ended by either."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from seuranta.muistutus.tilanne import answerers_of, build_tilanne, list_approvers
from strategia.models import Kayttaja, Rooli, Sijaisuus

from .test_oikeudet import PAIVA, again, stand_in

OMA = "strategia:sijaisuus-oma"
LOPETA = "strategia:sijaisuus-lopeta"


def days(first=0, last=7):
    today = timezone.localdate()
    return {"alkaa": (today + first * PAIVA).isoformat(), "paattyy": (today + last * PAIVA).isoformat()}


@pytest.mark.parametrize("who", ["kaisa", "aino", "liisa", "tarmo"])
def test_who_is_bound_to_no_toimiala_has_no_stand_in(cast, kirjautunut, who):
    client = kirjautunut(getattr(cast, who))
    assert client.post(reverse(OMA), {"sijainen": cast.otso.pk, **days()}).status_code == 403
    assert not Sijaisuus.objects.exists()


@pytest.mark.parametrize(("who", "status"), [("kaisa", 403), ("otso", 403), ("ulla", 404)])
def test_another_s_stand_in_is_the_paakayttaja_s_to_set_and_to_end(cast, kirjautunut, who, status):
    client, set_before = kirjautunut(getattr(cast, who)), stand_in(cast.otso, cast.veikko)
    page = reverse("strategia:sijaisuus-uusi", args=[cast.veikko.pk])
    assert client.post(page, {"sijainen": cast.hilkka.pk, **days()}).status_code == status
    assert client.post(reverse(LOPETA, args=[set_before.pk])).status_code == status
    assert list(Sijaisuus.objects.all()) == [set_before]


def test_a_person_sets_the_own_stand_in_who_sees_the_rows_at_once(cast, kirjautunut):
    veikko = kirjautunut(cast.veikko)
    answer = veikko.post(reverse(OMA), {"sijainen": cast.otso.pk, **days()}, follow=True)
    assert f"{cast.otso} on sijaisena" in answer.text
    made = Sijaisuus.objects.get()
    assert (made.sijainen, made.sijaistettava, made.tekija) == (cast.otso, cast.veikko, cast.veikko)
    assert f"Sijaisena {cast.otso}" in veikko.get(reverse("strategia:omat-tiedot")).text
    otso = kirjautunut(cast.otso)
    assert cast.vayla.nimi in otso.get(reverse("seuranta:kirjaus-lista", args=[cast.jakso.pk])).text
    mine = otso.get(reverse("strategia:omat-tiedot")).text
    assert f"sijaistettava {cast.veikko}" in mine
    assert "Lopeta sijaisuus" not in mine, "the other's to end"


def test_the_paakayttaja_sets_and_ends_it(cast, kirjautunut):
    aino, detail = kirjautunut(cast.aino), reverse("strategia:kayttaja-detail", args=[cast.veikko.pk])
    assert reverse("strategia:sijaisuus-uusi", args=[cast.veikko.pk]) in aino.get(detail).text
    page = reverse("strategia:sijaisuus-uusi", args=[cast.veikko.pk])
    assert aino.post(page, {"sijainen": cast.hilkka.pk, **days()}).url == detail
    assert f"Sijaisena {cast.hilkka}" in aino.get(detail).text
    answer = aino.post(reverse(LOPETA, args=[Sijaisuus.objects.get().pk]), follow=True)
    assert f"{cast.hilkka} ei ole enää sijaisena." in answer.text
    assert not Sijaisuus.objects.exists()


def test_one_that_has_begun_ends_at_once_and_its_days_stay_told(cast, kirjautunut):
    begun = stand_in(cast.otso, cast.veikko, before=3, after=5)
    kirjautunut(cast.veikko).post(reverse(LOPETA, args=[begun.pk]))
    begun.refresh_from_db()
    assert (begun.alkaa, begun.paattyy) == (timezone.localdate() - 3 * PAIVA, timezone.localdate() - PAIVA)
    assert again(cast.otso).sijaisuudet == []


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        (days(3, 1), "Viimeinen päivä on ennen ensimmäistä."),
        (days(-1, 1), "Ensimmäinen päivä on jo mennyt."),
        ({"alkaa": "", "paattyy": ""}, "Täytä tämä kohta."),
    ],
)
def test_days_that_cannot_be(cast, kirjautunut, told, sentence):
    answer = kirjautunut(cast.veikko).post(reverse(OMA), {"sijainen": cast.otso.pk, **told})
    assert (answer.status_code, sentence in answer.text) == (422, True)
    assert not Sijaisuus.objects.exists()


@pytest.mark.parametrize("who", ["veikko", "kaisa", "liisa", "ulla"])
def test_only_another_raportoija_or_hyvaksyja_of_the_kunta_stands_in(cast, kirjautunut, who):
    answer = kirjautunut(cast.veikko).post(reverse(OMA), {"sijainen": getattr(cast, who).pk, **days()})
    assert answer.status_code == 422
    assert not Sijaisuus.objects.exists()


def test_the_same_twice_is_told(cast, kirjautunut):
    veikko = kirjautunut(cast.veikko)
    for _time in range(2):
        answer = veikko.post(reverse(OMA), {"sijainen": cast.otso.pk, **days()})
    assert answer.status_code == 422
    assert "Hän on jo sijaisena" in answer.text
    assert Sijaisuus.objects.count() == 1


def test_a_past_one_is_told_no_more(cast, kirjautunut):
    stand_in(cast.otso, cast.veikko, before=9, after=-1)
    assert "Ei sijaisuuksia." in kirjautunut(cast.veikko).get(reverse("strategia:omat-tiedot")).text


def test_the_database_refuses_one_s_own_stand_in_and_days_the_wrong_way(cast):
    for people, after in (((cast.otso, cast.otso), 1), ((cast.otso, cast.veikko), -5)):
        with pytest.raises(IntegrityError), transaction.atomic():
            stand_in(*people, before=1, after=after)


# --- told where people look


def test_the_list_of_users_tells_of_those_to_come(cast, kirjautunut):
    stand_in(cast.otso, cast.veikko, before=-2, after=5)
    stand_in(cast.hilkka, cast.veikko, before=5, after=-2)
    shown = kirjautunut(cast.aino).get(reverse("strategia:kayttaja-lista")).text
    assert f"Sijainen {cast.otso}" in shown
    assert f"Sijainen {cast.hilkka}" not in shown, "it is over"


def test_who_has_answered_tells_who_stands_in_today(cast, kirjautunut):
    page = reverse("seuranta:jakso-detail", args=[cast.jakso.pk])
    kaisa = kirjautunut(cast.kaisa)
    assert "Tänään sijaisena:" not in kaisa.get(page).text
    stand_in(cast.otso, cast.veikko)
    shown = kaisa.get(page).text
    assert f"Tänään sijaisena: {cast.otso}" in " ".join(shown.split())


def test_the_stand_in_is_told_on_the_own_pages(cast, kirjautunut):
    otso = kirjautunut(cast.otso)
    pages = [reverse("raportit:etusivu"), reverse("seuranta:kirjaus-lista", args=[cast.jakso.pk])]
    assert not [page for page in pages if "Olet tänään sijaisena" in otso.get(page).text]
    stand_in(cast.otso, cast.veikko)
    for page in pages:
        assert f"Olet tänään sijaisena: <b>{cast.veikko}</b>." in otso.get(page).text


def test_both_are_told_when_it_has_ended_for_a_week(cast, kirjautunut):
    pages = [reverse("raportit:etusivu"), reverse("strategia:omat-tiedot")]
    told = {cast.otso: "Sijaisuutesi päättyi", cast.veikko: f"{cast.otso} oli sijaisenasi"}

    def shown():
        return {who: [words in kirjautunut(who).get(page).text for page in pages] for who, words in told.items()}

    over = stand_in(cast.otso, cast.veikko, before=9, after=-1)
    assert shown() == dict.fromkeys(told, [True, True])
    assert "Lähettämäsi vastaukset jäävät voimaan." in kirjautunut(cast.otso).get(pages[0]).text
    going_on = stand_in(cast.otso, cast.veikko, before=0, after=1)
    assert shown() == dict.fromkeys(told, [False, False]), "jatkuu"
    going_on.delete()
    Sijaisuus.objects.filter(pk=over.pk).update(paattyy=timezone.localdate() - 8 * PAIVA)
    assert shown() == dict.fromkeys(told, [False, False]), "siitä on yli viikko"


def test_of_many_that_have_ended_between_the_same_two_the_last_is_told(cast, kirjautunut):
    for before, after in ((6, -5), (4, -2), (4, -2)):
        last = stand_in(cast.otso, cast.veikko, before=before, after=after)
    stand_in(cast.otso, cast.hilkka, before=6, after=-5)
    page = kirjautunut(cast.veikko).get(reverse("raportit:etusivu")).text
    assert page.count(f"{cast.otso} oli sijaisenasi") == 1
    assert f"oli sijaisenasi {last.paattyy.day}.{last.paattyy.month}.{last.paattyy.year} saakka" in page
    assert kirjautunut(cast.otso).get(reverse("raportit:etusivu")).text.count("Sijaisuutesi päättyi") == 2


def test_a_stand_in_is_reminded_with_the_other(cast):
    def answering():
        rows = answerers_of(cast.jakso, list(cast.jakso.toimenpiteet()))
        return {person.nimi for person in rows[cast.vayla.pk]}

    assert answering() == {str(cast.veikko)}
    stand_in(cast.otso, cast.veikko)
    stand_in(cast.otso, cast.hilkka)
    assert answering() == {str(cast.veikko), str(cast.otso)}
    assert list_approvers(cast.jakso)[cast.tekniset.pk] == [cast.hilkka, cast.otso]
    Sijaisuus.objects.update(alkaa=timezone.localdate() + PAIVA, paattyy=timezone.localdate() + PAIVA)
    assert answering() == {str(cast.veikko)}


def test_looking_who_has_answered_costs_no_query_more(cast, django_assert_num_queries):
    with CaptureQueriesContext(connection) as before:
        build_tilanne(cast.jakso)
    stand_in(cast.otso, cast.veikko)
    with django_assert_num_queries(len(before)):
        build_tilanne(cast.jakso)


@pytest.mark.parametrize("changed", [{"is_active": False}, {"rooli": Rooli.KOORDINAATTORI}], ids=["left", "role"])
def test_that_of_one_who_has_left_or_changed_roles_is_ended_too(cast, kirjautunut, changed):
    """The page offers the button: otherwise the sijaisuus would be in force again as soon as the person is back."""
    row = stand_in(cast.otso, cast.veikko, before=1, after=9)
    Kayttaja.objects.filter(pk=cast.veikko.pk).update(**changed)
    aino, osoite = kirjautunut(cast.aino), reverse("strategia:sijaisuus-lopeta", args=[row.pk])
    assert osoite in aino.get(reverse("strategia:kayttaja-detail", args=[cast.veikko.pk])).text
    assert aino.post(osoite).status_code == 302
    row.refresh_from_db()
    assert not row.on_tanaan


def test_one_that_is_over_keeps_its_days_when_an_old_page_ends_it(cast, kirjautunut):
    row = stand_in(cast.otso, cast.veikko, before=9, after=-5)
    last = row.paattyy
    kirjautunut(cast.veikko).post(reverse(LOPETA, args=[row.pk]))
    row.refresh_from_db()
    assert row.paattyy == last
