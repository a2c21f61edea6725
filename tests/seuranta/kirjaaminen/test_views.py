"""Recording a jakso in the browser, as Veikko does it, and moving it on, as Kaisa does."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from raportit.sulkeminen.sulje import close_jakso
from seuranta.kirjaaminen.sivutus import ENINTAAN
from seuranta.models import Kirjaus, MittariArvo, Mittaus, Seurantajakso, Vastaus
from strategia.models import Jasenyys, Toimenpide
from strategia.permissions import can_import
from tests.cast import create_user


@pytest.fixture
def sivun_osoite(cast):
    return reverse("seuranta:kirjaus-lista", args=[cast.jakso.pk])


def row(toimenpide, *, versio=0, **values):
    """The fields of one row as a browser posts them."""
    fields = {"versio": versio, "aste": "", "syy": "ei_arvioida", "kommentti": "", "sisainen_huomio": "", **values}
    return {f"t{toimenpide.pk}-{name}": value for name, value in fields.items()}


# --- who may not


def test_veikko_cannot_record_another_toimiala(cast, kirjautunut, sivun_osoite):
    kirjautunut(cast.veikko).post(sivun_osoite, row(cast.kerho, aste="5", kommentti="Ei minun."))
    assert not Kirjaus.objects.filter(jakso=cast.jakso).exists()


def test_liisa_and_ulla_do_not_find_the_page(cast, kirjautunut, sivun_osoite):
    for who in (cast.liisa, cast.ulla):
        assert kirjautunut(who).get(sivun_osoite).status_code == 404


def test_tarmo_sees_that_nothing_is_his_to_record(cast, kirjautunut, sivun_osoite):
    assert "Sinulla ei ole toimenpiteitä tällä jaksolla." in kirjautunut(cast.tarmo).get(sivun_osoite).text


def test_nobody_records_a_closed_jakso(cast, kirjautunut):
    for who in (cast.veikko, cast.kaisa):
        path = reverse("seuranta:kirjaus-lista", args=[cast.edellinen.pk])
        assert kirjautunut(who).post(path, row(cast.vayla, aste="5")).status_code == 404


def test_in_viimeistely_only_kaisa_writes(cast, kirjautunut, sivun_osoite):
    cast.jakso.finish(by=cast.kaisa)
    assert kirjautunut(cast.veikko).post(sivun_osoite, row(cast.vayla, aste="5")).status_code == 404
    kirjautunut(cast.kaisa).post(sivun_osoite, row(cast.vayla, aste="4", kommentti="Viimeistelty."))
    assert Kirjaus.objects.get(jakso=cast.jakso, toimenpide=cast.vayla).kommentti == "Viimeistelty."


def test_in_viimeistely_no_day_to_answer_by_is_told(cast, kirjautunut, sivun_osoite):
    Seurantajakso.objects.filter(pk=cast.jakso.pk).update(vastaus_viimeistaan="2026-09-15")
    kaisa = kirjautunut(cast.kaisa)
    assert "Vastaa viimeistään" in kaisa.get(sivun_osoite).text
    cast.jakso.finish(by=cast.kaisa)
    assert "Vastaa viimeistään" not in kaisa.get(sivun_osoite).text


# --- a row that is given to another while the page is open


def give_away(cast):
    cast.vayla.vastuuhenkilot.add(cast.hilkka, through_defaults={"kunta": cast.kunta})


def test_what_veikko_typed_on_a_row_that_is_no_longer_his_is_shown_back(cast, kirjautunut, sivun_osoite):
    valot = cast.toimenpiteet[1]
    give_away(cast)
    text = "Kilpailutus on valmis.\r\nTyöt alkavat <elokuussa>."
    data = row(cast.vayla, aste="4", kommentti=text, sisainen_huomio="Kysy Hilkalta.") | row(
        valot, aste="5", kommentti="Ok."
    )
    answer = kirjautunut(cast.veikko).post(sivun_osoite, data)
    assert answer.status_code == 409
    assert "Nämä rivit eivät ole enää sinun, eikä tekstejäsi tallennettu." in answer.text
    assert "<h3>Väylä Kirkkotie–Koulupolku</h3>" in answer.text
    for shown in (
        '<blockquote class="text">4<',
        "Kilpailutus on valmis.\nTyöt alkavat &lt;elokuussa&gt;.",
        "Kysy Hilkalta.",
    ):
        assert shown in answer.text, shown
    saved = Kirjaus.objects.filter(jakso=cast.jakso)
    assert [(kirjaus.toimenpide, kirjaus.kommentti) for kirjaus in saved] == [(valot, "Ok.")]  # the others are saved


def test_whoever_lost_the_whole_toimiala_gets_everything_back(cast, kirjautunut, sivun_osoite):
    veikko = kirjautunut(cast.veikko)
    Jasenyys.objects.filter(kayttaja=cast.veikko).delete()
    data = row(cast.vayla, kommentti="Tunnin työ.") | row(cast.toimenpiteet[1], kommentti="Toinenkin.")
    answer = veikko.post(sivun_osoite, data)
    assert "Tunnin työ." in answer.text
    assert "Toinenkin." in answer.text
    assert not Kirjaus.objects.filter(jakso=cast.jakso).exists()


def test_a_row_that_was_only_sent_along_is_not_told(cast, kirjautunut, sivun_osoite):
    veikko = kirjautunut(cast.veikko)
    veikko.post(sivun_osoite, row(cast.vayla, aste="4", kommentti="Ennallaan."))
    give_away(cast)
    data = row(cast.vayla, versio=1, aste="4", kommentti="Ennallaan.")
    answer = veikko.post(sivun_osoite, data | row(cast.toimenpiteet[1], aste="5", kommentti="Ok."))
    assert answer.status_code == 302
    assert (
        "eivät ole enää sinun" in veikko.post(sivun_osoite, data | row(cast.vayla, aste="4", kommentti="Uutta.")).text
    )


def test_another_kuntas_row_looks_like_one_that_is_not(cast, kirjautunut, sivun_osoite):
    for pk in (cast.naapuri.toimenpide.pk, 999_999):
        answer = kirjautunut(cast.veikko).post(sivun_osoite, {f"t{pk}-versio": 0, f"t{pk}-kommentti": "Oma sana."})
        assert "<h3>Rivi, jota ei enää ole</h3>" in answer.text
        assert "Oma sana." in answer.text
    hostile = {f"t{'9' * 50}-kommentti": "x", "t²-kommentti": "x", "t1-olematon": "x"}
    assert kirjautunut(cast.veikko).post(sivun_osoite, hostile).status_code == 302


# --- recording


def test_veikko_sees_own_rows_with_the_last_period_beside(cast, kirjautunut, sivun_osoite):
    page = kirjautunut(cast.veikko).get(sivun_osoite).text
    assert "Väylä Kirkkotie–Koulupolku" in page
    assert "Suunnitelma valmis – kilpailu syksyllä." in page
    assert "Kerho jokaiselle koululle" not in page


def test_a_row_given_to_another_person_is_not_on_veikkos_list(cast, kirjautunut, sivun_osoite):
    cast.vayla.vastuuhenkilot.add(cast.hilkka, through_defaults={"kunta": cast.kunta})
    assert "Väylä Kirkkotie–Koulupolku" not in kirjautunut(cast.veikko).get(sivun_osoite).text
    assert "Väylä Kirkkotie–Koulupolku" in kirjautunut(cast.hilkka).get(sivun_osoite).text


def test_a_chosen_score_can_be_taken_back(cast, kirjautunut, sivun_osoite):
    veikko, name = kirjautunut(cast.veikko), f"t{cast.vayla.pk}-aste"
    veikko.post(sivun_osoite, row(cast.vayla, aste="4", kommentti="Melkein valmis."))
    page = veikko.get(sivun_osoite).text
    assert page.count(f'name="{name}" value=""') == 1 and "Poista valinta" in page
    assert f'name="{name}" value="4" checked' in page
    veikko.post(sivun_osoite, row(cast.vayla, versio=1, aste="", kommentti="Melkein valmis."))
    kirjaus = Kirjaus.objects.get(jakso=cast.jakso, toimenpide=cast.vayla)
    assert (kirjaus.toteutumisaste, kirjaus.syy, kirjaus.kommentti) == (None, "ei_vastattu", "Melkein valmis.")


def test_a_row_is_the_whole_toimialas_again_when_who_it_was_given_to_has_left(cast, kirjautunut, sivun_osoite):
    pekka = create_user(cast.kunta, "Pekka Pitkänen", "raportoija", cast.tekniset)
    cast.vayla.vastuuhenkilot.add(pekka, through_defaults={"kunta": cast.kunta})
    assert "Väylä Kirkkotie–Koulupolku" not in kirjautunut(cast.veikko).get(sivun_osoite).text
    pekan_sivu = reverse("strategia:kayttaja-detail", args=[pekka.pk])
    aino = kirjautunut(cast.aino)
    assert "Jos toimenpiteellä ei ole muuta vastuuhenkilöä, se on taas koko toimialan" in aino.get(pekan_sivu).text
    aino.post(reverse("strategia:kayttaja-kaytto", args=[pekka.pk]), {"kaytossa": "0"})
    assert "Väylä Kirkkotie–Koulupolku" in kirjautunut(cast.veikko).get(sivun_osoite).text


def test_saving_makes_a_draft_and_sending_sends_it(cast, kirjautunut, sivun_osoite):
    veikko = kirjautunut(cast.veikko)
    answer = veikko.post(sivun_osoite, row(cast.vayla, aste="3", kommentti="Työ on käynnissä."), follow=True)
    assert "1 rivi." in answer.text
    kirjaus = Kirjaus.objects.get(jakso=cast.jakso)
    assert (kirjaus.toteutumisaste, kirjaus.tila, kirjaus.versio) == (3, "luonnos", 1)
    veikko.post(
        sivun_osoite,
        row(cast.vayla, versio=1, aste="3", kommentti="Työ on käynnissä.") | {"laheta": str(cast.vayla.pk)},
    )
    kirjaus.refresh_from_db()
    assert (kirjaus.tila, kirjaus.versio) == ("lahetetty", 2)
    assert kirjaus.history.first().history_user == cast.veikko


def test_sending_without_a_score_says_what_to_do_and_keeps_the_text(cast, kirjautunut, sivun_osoite):
    answer = kirjautunut(cast.veikko).post(
        sivun_osoite, row(cast.vayla, kommentti="Kirjoitin tämän jo.") | {"laheta": str(cast.vayla.pk)}
    )
    assert "Valitse toteutumisaste 1–5 tai Ei arvioida, ja lähetä sitten." in answer.text
    assert "Nämä rivit tallentuivat, mutta niitä ei lähetetty." in answer.text
    assert "Kirjoitin tämän jo." in answer.text
    kirjaus = Kirjaus.objects.get(jakso=cast.jakso)
    assert (kirjaus.tila, kirjaus.kommentti) == ("luonnos", "Kirjoitin tämän jo.")


def test_not_assessed_is_stored_with_its_reason(cast, kirjautunut, sivun_osoite):
    kirjautunut(cast.veikko).post(sivun_osoite, row(cast.vayla, aste="ei", syy="alkaa_myohemmin"))
    kirjaus = Kirjaus.objects.get(jakso=cast.jakso)
    assert (kirjaus.toteutumisaste, kirjaus.syy) == (None, "alkaa_myohemmin")


@pytest.mark.parametrize("aste", ["0", "6", "-1", "3.5", "viisi"])
def test_a_score_outside_the_scale_is_refused(aste, cast, kirjautunut, sivun_osoite):
    answer = kirjautunut(cast.veikko).post(sivun_osoite, row(cast.vayla, aste=aste, kommentti="Teksti jää."))
    assert "Valitse toteutumisaste 1–5 tai Ei arvioida." in answer.text
    assert "Teksti jää." in answer.text
    assert not Kirjaus.objects.filter(jakso=cast.jakso).exists()


def test_send_the_finished_ones_sends_only_them(cast, kirjautunut, sivun_osoite):
    other = Toimenpide.objects.get(nimi="Uudet katuvalot Äijänsuolle")
    data = row(cast.vayla, aste="4", kommentti="Melkein valmis.") | row(other, aste="2") | {"laheta": "valmiit"}
    kirjautunut(cast.veikko).post(sivun_osoite, data)
    tilat = dict(Kirjaus.objects.filter(jakso=cast.jakso).values_list("toimenpide", "tila"))
    assert tilat == {cast.vayla.pk: "lahetetty", other.pk: "luonnos"}


def test_a_thousand_character_comment_comes_back_as_written(cast, kirjautunut, sivun_osoite):
    kommentti = "Ensimmäinen rivi\n" + "äöå–& <b>" * 110
    veikko = kirjautunut(cast.veikko)
    veikko.post(sivun_osoite, row(cast.vayla, aste="3", kommentti=kommentti.replace("\n", "\r\n")))
    assert Kirjaus.objects.get(jakso=cast.jakso).kommentti == kommentti
    veikko.post(sivun_osoite, row(cast.vayla, versio=1, aste="3", kommentti=kommentti.replace("\n", "\r\n")))
    assert Kirjaus.objects.get(jakso=cast.jakso).versio == 1
    assert (
        "<b>"
        not in veikko.get(sivun_osoite).text.split("<main")[1].replace("<b>3", "").split("Ensimmäinen rivi")[1][:40]
    )


def test_the_second_of_two_editors_sees_both_texts(cast, kirjautunut, sivun_osoite):
    kirjautunut(cast.veikko).post(sivun_osoite, row(cast.vayla, aste="3", kommentti="Veikon teksti."))
    answer = kirjautunut(cast.hilkka).post(sivun_osoite, row(cast.vayla, aste="4", kommentti="Hilkan teksti."))
    assert answer.status_code == 409
    assert "Toinen ehti tallentaa tämän rivin ensin." in answer.text
    assert "Veikon teksti." in answer.text
    assert "Hilkan teksti." in answer.text
    assert Kirjaus.objects.get(jakso=cast.jakso).kommentti == "Veikon teksti."


@pytest.mark.parametrize("count", [25, 250])
def test_the_page_asks_as_few_queries_for_250_rows_as_for_25(
    count, cast, kirjautunut, sivun_osoite, ilman_mittareita, django_assert_num_queries
):
    Toimenpide.objects.bulk_create(
        Toimenpide(kunta=cast.kunta, tavoite=cast.tavoitteet[0], nimi=f"Teko {n}", toimiala=cast.tekniset, jarjestys=n)
        for n in range(count)
    )
    client = kirjautunut(cast.veikko)
    with django_assert_num_queries(5):
        assert client.get(sivun_osoite).text.count('class="entry ') == min(count + 3, ENINTAAN)
    rows = Toimenpide.objects.filter(nimi__startswith="Teko")
    data = {name: value for t in rows for name, value in row(t, aste="3", kommentti="Käynnissä.").items()}
    client.post(sivun_osoite, data)
    assert Kirjaus.objects.filter(jakso=cast.jakso).count() == count


# --- the jakso's way


def test_kaisa_opens_finishes_closes_and_reopens(cast, kirjautunut):
    kaisa = kirjautunut(cast.kaisa)
    kaisa.post(reverse("seuranta:jakso-viimeistele", args=[cast.jakso.pk]), {"vahvista": "1"})
    answer = kaisa.post(reverse("raportit:jakso-sulje", args=[cast.jakso.pk]), follow=True)
    assert "Jakso on suljettu ja raportti jäädytetty. Versio 1." in answer.text
    cast.jakso.refresh_from_db()
    assert cast.jakso.is_closed
    avaa = reverse("seuranta:jakso-avaa-uudelleen", args=[cast.jakso.pk])
    told = "<b>Jakso on avattu uudelleen.</b> Luku & tieto puuttui.".replace("&", "&amp;")
    assert told in kaisa.post(avaa, {"syy": "Luku & tieto puuttui."}, follow=True).text
    assert told in kirjautunut(cast.tarmo).get(reverse("seuranta:jakso-detail", args=[cast.jakso.pk])).text
    kaisa.post(reverse("raportit:jakso-sulje", args=[cast.jakso.pk]))
    assert list(cast.jakso.raporttiversiot.values_list("numero", flat=True)) == [2, 1]
    assert cast.jakso.history.filter(avaamisen_syy="Luku & tieto puuttui.").exists()


def test_viimeistely_is_asked_about_while_rows_are_missing_or_days_are_left(cast, kirjautunut):
    kaisa, path = kirjautunut(cast.kaisa), reverse("seuranta:jakso-viimeistele", args=[cast.jakso.pk])
    Seurantajakso.objects.filter(pk=cast.jakso.pk).update(
        vastaus_viimeistaan=timezone.localdate() + datetime.timedelta(days=4)
    )
    page = kaisa.post(path)
    assert page.status_code == 200
    assert "8 riviä on lähettämättä." in page.text
    assert "Tekniset palvelut: 3" in page.text
    assert "3 tavoitteen tai painopisteen mittarin arvo on lähettämättä." in page.text
    assert "Vastausaikaa on jäljellä 4 päivää" in page.text
    cast.jakso.refresh_from_db()
    assert cast.jakso.is_open
    kaisa.post(path, {"vahvista": "1"})
    cast.jakso.refresh_from_db()
    assert cast.jakso.is_in_finishing


def test_viimeistely_begins_at_once_when_all_is_sent_and_the_time_is_over(cast, kirjautunut):
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    Seurantajakso.objects.filter(pk=cast.jakso.pk).update(vastaus_viimeistaan=yesterday)
    cast.jakso.refresh_from_db()
    sent = {t: Vastaus(0, 3, kommentti="Valmis.", laheta=True) for t in cast.toimenpiteet}
    Kirjaus.objects.record(cast.jakso, sent, by=cast.kaisa)
    values = {mittari: Mittaus(0, "kyllä", laheta=True) for mittari in cast.mittarit[1:]}
    MittariArvo.objects.record(cast.jakso, values, by=cast.kaisa)
    kirjautunut(cast.kaisa).post(reverse("seuranta:jakso-viimeistele", args=[cast.jakso.pk]))
    cast.jakso.refresh_from_db()
    assert cast.jakso.is_in_finishing


def test_the_name_of_a_toimiala_opens_its_rows(cast, kirjautunut):
    page = kirjautunut(cast.kaisa).get(reverse("seuranta:jakso-detail", args=[cast.jakso.pk]))
    link = f"{reverse('seuranta:kirjaus-lista', args=[cast.jakso.pk])}?toimiala={cast.tekniset.pk}"
    assert f'href="{link}" >Tekniset palvelut</a>' in " ".join(page.text.split())
    rows = kirjautunut(cast.kaisa).get(link).text
    assert f'id="t{cast.vayla.pk}"' in rows
    assert f'id="t{cast.kerho.pk}"' not in rows
    cast.jakso.finish(by=cast.kaisa)
    page = kirjautunut(cast.kaisa).get(reverse("seuranta:jakso-detail", args=[cast.edellinen.pk]))
    assert "/kirjaa/?toimiala=" not in page.text


def test_an_open_jakso_cannot_be_closed_past_viimeistely(cast, kirjautunut):
    answer = kirjautunut(cast.kaisa).post(reverse("raportit:jakso-sulje", args=[cast.jakso.pk]), follow=True)
    assert "Jakson voi sulkea vain viimeistelystä." in answer.text
    assert not cast.jakso.raporttiversiot.exists()


def test_reopening_needs_a_reason(cast, kirjautunut):
    cast.jakso.finish(by=cast.kaisa)
    close_jakso(cast.jakso, by=cast.kaisa)
    path = reverse("seuranta:jakso-avaa-uudelleen", args=[cast.jakso.pk])
    assert kirjautunut(cast.kaisa).post(path, {"syy": " "}).status_code == 422
    cast.jakso.refresh_from_db()
    assert cast.jakso.is_closed


def test_who_reopens_is_said_in_one_place(cast, kirjautunut, monkeypatch):
    monkeypatch.setattr("seuranta.jakso.views.can_reopen", can_import)
    detail = reverse("seuranta:jakso-detail", args=[cast.edellinen.pk])
    avaa = reverse("seuranta:jakso-avaa-uudelleen", args=[cast.edellinen.pk])
    kaisa = kirjautunut(cast.kaisa)
    assert avaa not in kaisa.get(detail).text
    assert kaisa.post(avaa, {"syy": "Luku puuttui."}).status_code == 403
    aino = kirjautunut(cast.aino)
    assert avaa in aino.get(detail).text
    assert aino.post(avaa, {"syy": "Luku puuttui."}).status_code == 302


def test_kaisa_makes_a_jakso_and_is_told_what_is_wrong(cast, kirjautunut):
    kaisa, path = kirjautunut(cast.kaisa), reverse("seuranta:jakso-uusi")
    dates = {"alkaa": "2026-12-31", "paattyy": "2026-09-01"}
    answer = kaisa.post(path, {"nimi": "Osavuosikatsaus III 2026", "tyyppi": "osavuosikatsaus", **dates})
    assert "Jakso päättyy ennen kuin se alkaa. Korjaa päivät." in answer.text
    answer = kaisa.post(path, {"nimi": "osavuosikatsaus ii 2026", "tyyppi": "osavuosikatsaus"})
    assert "Tämän niminen jakso on jo. Anna toinen nimi." in answer.text
    kaisa.post(path, {"nimi": "Osavuosikatsaus III 2026", "tyyppi": "osavuosikatsaus"})
    jakso = Seurantajakso.objects.get(nimi="Osavuosikatsaus III 2026")
    assert (jakso.tila, jakso.strategia, jakso.jarjestys) == ("tulossa", cast.strategia, 3)
    assert jakso.edellinen() == cast.jakso
