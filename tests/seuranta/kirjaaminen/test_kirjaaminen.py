"""Recording side by side: two texts of one row, the last period's answer again, filters, and viimeistely."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime

from seuranta.models import Kirjaus, Vastaus
from strategia.models import StrateginenTavoite, Toimenpide

from .test_views import row


@pytest.fixture
def sivun_osoite(cast):
    return reverse("seuranta:kirjaus-lista", args=[cast.jakso.pk])


def record(cast, toimenpide, by, versio=0, **values):
    saved, conflicts = Kirjaus.objects.record(cast.jakso, {toimenpide: Vastaus(versio, **values)}, by=by)
    assert not conflicts
    return saved[0]


def stored(cast, toimenpide=None):
    return Kirjaus.objects.get(jakso=cast.jakso, toimenpide=toimenpide or cast.vayla)


def field(page, name):
    """The value of a hidden field as the browser would post it."""
    return re.search(rf'name="{name}"[^>]* value="([^"]*)"', page)[1]


HTMX = {"HX-Request": "true"}


# --- who may not


def test_otso_cannot_save_veikkos_row_one_by_one(cast, kirjautunut, sivun_osoite):
    data = row(cast.vayla, aste="5") | {"rivi": cast.vayla.pk}
    assert kirjautunut(cast.otso).post(sivun_osoite, data, headers=HTMX).status_code == 404
    assert not Kirjaus.objects.filter(jakso=cast.jakso).exists()


@pytest.mark.parametrize("rivi", ["", "x", "²", "9" * 30, "-1"])
def test_a_row_that_is_no_row_is_not_found(rivi, cast, kirjautunut, sivun_osoite):
    assert kirjautunut(cast.veikko).post(sivun_osoite, {"rivi": rivi}, headers=HTMX).status_code == 404


def test_hilkka_who_signed_in_meanwhile_does_not_save_what_veikko_wrote(cast, kirjautunut, sivun_osoite):
    data = row(cast.vayla, aste="5") | {"rivi": cast.vayla.pk, "kirjaaja": cast.veikko.pk}
    for headers in ({}, HTMX):
        assert kirjautunut(cast.hilkka).post(sivun_osoite, data, headers=headers).status_code == 403
    assert not Kirjaus.objects.filter(jakso=cast.jakso).exists()


def test_in_viimeistely_veikkos_row_is_not_found(cast, kirjautunut, sivun_osoite):
    cast.jakso.finish(by=cast.kaisa)
    data = row(cast.vayla, aste="5") | {"rivi": cast.vayla.pk}
    assert kirjautunut(cast.veikko).post(sivun_osoite, data, headers=HTMX).status_code == 404


def test_what_was_written_too_late_is_shown_and_not_saved(cast, kirjautunut, sivun_osoite):
    cast.jakso.finish(by=cast.kaisa)
    veikko = kirjautunut(cast.veikko)
    answer = veikko.post(sivun_osoite, row(cast.vayla, aste="5", kommentti="Tunnin työ & tulos."))
    assert answer.status_code == 404
    assert "Kirjaaminen on päättynyt" in answer.text
    assert "Tunnin työ &amp; tulos." in answer.text
    assert not Kirjaus.objects.filter(jakso=cast.jakso).exists()
    assert "Kirjaaminen on päättynyt" not in veikko.get(sivun_osoite).text
    stranger = kirjautunut(cast.ulla).post(sivun_osoite, row(cast.vayla, kommentti="Tunnin työ & tulos."))
    assert "Kirjaaminen on päättynyt" not in stranger.text


# --- two texts of one row


@pytest.fixture
def kaksi(cast, kirjautunut, sivun_osoite):
    """Veikko saved first; Hilkka's page, opened before that, comes back with both texts."""
    kirjautunut(cast.veikko).post(sivun_osoite, row(cast.vayla, aste="3", kommentti="Veikon teksti & luku."))
    hilkka = kirjautunut(cast.hilkka)
    mine = row(cast.vayla, aste="4", kommentti="Hilkan teksti.", sisainen_huomio="Soita.")
    answer = hilkka.post(sivun_osoite, mine)
    assert answer.status_code == 409

    def choose(choice, **changes):
        pk = cast.vayla.pk
        seen = {name: field(answer.text, name) for name in (f"t{pk}-nahty", f"t{pk}-versio")}
        return hilkka.post(sivun_osoite, mine | seen | {"ratkaise": f"{pk}:{choice}"} | changes, follow=True)

    choose.answer = answer
    return choose


def test_both_texts_stand_side_by_side_with_who_and_when(cast, kaksi):
    page = kaksi.answer.text
    kirjaus = stored(cast)
    assert "Toinen ehti tallentaa tämän rivin ensin." in page
    assert "<b>Veikko Väänänen</b>" in page
    assert date_format(localtime(kirjaus.muokattu), "j.n.Y \\k\\l\\o H.i") in page
    assert "Veikon teksti &amp; luku." in page
    assert page.count("Hilkan teksti.") == 3  # side by side, in the field, and where the two are joined
    assert "Veikon teksti &amp; luku.\n\nHilkan teksti.</textarea>" in page


def test_saving_again_without_choosing_overwrites_nothing(cast, kirjautunut, sivun_osoite, kaksi):
    versio = field(kaksi.answer.text, f"t{cast.vayla.pk}-versio")
    again = kirjautunut(cast.hilkka).post(sivun_osoite, row(cast.vayla, versio=versio, aste="4", kommentti="Hilkan."))
    assert again.status_code == 409
    assert stored(cast).kommentti == "Veikon teksti & luku."


@pytest.mark.parametrize(
    ("choice", "kommentti", "aste"),
    [
        ("tallennettu", "Veikon teksti & luku.", 3),
        ("oma", "Hilkan teksti.", 4),
        ("yhdista", "Yhdessä kirjoitettu.", 4),
    ],
)
def test_one_takes_the_other_keeps_the_own_or_joins(choice, kommentti, aste, cast, kaksi):
    answer = kaksi(choice, **{f"t{cast.vayla.pk}-yhdistetty": "Yhdessä kirjoitettu."})
    assert answer.status_code == 200
    kirjaus = stored(cast)
    assert (kirjaus.kommentti, kirjaus.toteutumisaste) == (kommentti, aste)
    texts = list(kirjaus.history.values_list("kommentti", flat=True))
    assert texts[-1] == "Veikon teksti & luku.", "korvattu teksti säilyy historiassa"


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["koko sivu", "rivi"])
def test_what_was_joined_by_hand_stays_when_another_button_is_pressed(headers, cast, kirjautunut, sivun_osoite, kaksi):
    pk, hilkka = cast.vayla.pk, kirjautunut(cast.hilkka)
    mine = row(cast.vayla, aste="4", kommentti="Hilkan teksti.") | {f"t{pk}-yhdistetty": "Yhdessä & käsin."}
    data = mine | {f"t{pk}-nahty": 1, "laheta": pk, "rivi": pk}
    page = hilkka.post(sivun_osoite, data, headers=headers).text
    assert "\nYhdessä &amp; käsin.</textarea>" in page
    record(cast, cast.vayla, cast.kaisa, 1, toteutumisaste=2, kommentti="Kaisan teksti.")
    third = hilkka.post(sivun_osoite, data, headers=headers).text
    assert "\nKaisan teksti.\n\nYhdessä &amp; käsin.</textarea>" in third


def test_a_third_text_meanwhile_is_shown_before_anything_is_chosen(cast, kaksi):
    record(cast, cast.vayla, cast.kaisa, 1, toteutumisaste=2, kommentti="Kaisan teksti.")
    answer = kaksi("oma")
    assert answer.status_code == 409
    assert "Kaisan teksti." in answer.text
    assert stored(cast).kommentti == "Kaisan teksti."


def test_another_window_of_the_same_person_is_called_so(cast, kirjautunut, sivun_osoite):
    veikko = kirjautunut(cast.veikko)
    veikko.post(sivun_osoite, row(cast.vayla, aste="3", kommentti="Ensimmäinen ikkuna."))
    answer = veikko.post(sivun_osoite, row(cast.vayla, aste="4", kommentti="Toinen ikkuna."))
    assert answer.status_code == 409
    assert "Tallensit tämän rivin jo toisessa ikkunassa." in answer.text
    assert "Toinen ehti" not in answer.text


def test_a_row_sent_along_untouched_takes_nothing_from_the_other(cast, kirjautunut, sivun_osoite):
    valot = cast.toimenpiteet[1]
    record(cast, cast.vayla, cast.veikko, toteutumisaste=2, kommentti="Alku.")
    record(cast, cast.vayla, cast.veikko, 1, toteutumisaste=3, kommentti="Jatko.")
    page = row(cast.vayla, versio=1, aste="2", kommentti="Alku.") | row(valot, aste="5", kommentti="Valmis.")
    answer = kirjautunut(cast.hilkka).post(sivun_osoite, page)
    assert answer.status_code == 302
    assert stored(cast).kommentti == "Jatko."
    assert stored(cast, valot).kommentti == "Valmis."
    sent = kirjautunut(cast.hilkka).post(sivun_osoite, page | {"laheta": cast.vayla.pk})
    assert sent.status_code == 409, "lähettäjä ei ole nähnyt toisen tekstiä"


def test_the_other_rows_of_a_refused_page_show_what_was_just_saved(cast, kirjautunut, sivun_osoite):
    record(cast, cast.vayla, cast.veikko, toteutumisaste=2, kommentti="Alku.")
    valot = cast.toimenpiteet[1]
    page = row(cast.vayla, aste="5", kommentti="Toinen.") | row(valot, aste="5", kommentti="Valmis.")
    answer = kirjautunut(cast.hilkka).post(sivun_osoite, page)
    assert field(answer.text, f"t{valot.pk}-versio") == "1"
    assert "Valmis.</textarea>" in answer.text


# --- approval is no second text


def approve(cast, kirjaus):
    settled, _changed = Kirjaus.objects.approve(cast.jakso, {kirjaus.pk: kirjaus.versio}, by=cast.hilkka)
    assert settled


def test_a_change_over_an_approval_is_saved_and_returns_to_sent(cast, kirjautunut, sivun_osoite):
    kirjaus = record(cast, cast.vayla, cast.veikko, toteutumisaste=3, kommentti="Kesken.", laheta=True)
    approve(cast, kirjaus)
    answer = kirjautunut(cast.veikko).post(sivun_osoite, row(cast.vayla, versio=1, aste="4", kommentti="Lähes valmis."))
    assert answer.status_code == 302
    kirjaus = stored(cast)
    assert (kirjaus.kommentti, kirjaus.tila, kirjaus.versio) == ("Lähes valmis.", "lahetetty", 3)


def test_sending_over_a_return_shows_first_why_it_was_returned(cast, kirjautunut, sivun_osoite):
    kirjaus = record(cast, cast.vayla, cast.veikko, toteutumisaste=3, kommentti="Kesken.", laheta=True)
    Kirjaus.objects.send_back(cast.jakso, {kirjaus.pk: 1}, "Kerro metrit.", by=cast.hilkka)
    data = row(cast.vayla, versio=1, aste="3", kommentti="Kesken yhä.") | {"laheta": cast.vayla.pk}
    answer = kirjautunut(cast.veikko).post(sivun_osoite, data)
    assert answer.status_code == 409
    assert "Kerro metrit." in answer.text
    assert stored(cast).tila == "palautettu"


@pytest.fixture
def palautettu(cast):
    """Veikko's row was sent back after he had opened his page: that page knows versio 1."""
    kirjaus = record(cast, cast.vayla, cast.veikko, toteutumisaste=3, kommentti="Kesken.", laheta=True)
    Kirjaus.objects.send_back(cast.jakso, {kirjaus.pk: 1}, "Kerro metrit & paikka.", by=cast.hilkka)


def test_a_save_over_a_return_says_why_and_the_folded_line_says_it_too(palautettu, cast, kirjautunut, sivun_osoite):
    data = row(cast.vayla, versio=1, aste="3", kommentti="Kesken yhä.") | {"rivi": cast.vayla.pk, "taitettu": "1"}
    answer = kirjautunut(cast.veikko).post(sivun_osoite, data, headers=HTMX)
    assert (answer["X-Kirjaus"], stored(cast).kommentti) == ("tallennettu", "Kesken yhä.")
    assert "Kerro metrit &amp; paikka." in answer.text
    assert '<span class="state">Palautettu täydennettäväksi</span>' in answer.text
    assert "✓" not in answer.text


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["koko sivu", "rivi"])
def test_a_return_is_not_called_a_text_of_another_window(headers, palautettu, cast, kirjautunut, sivun_osoite):
    data = row(cast.vayla, versio=1, aste="3", kommentti="Kesken yhä.") | {"laheta": cast.vayla.pk}
    answer = kirjautunut(cast.veikko).post(sivun_osoite, data | {"rivi": cast.vayla.pk}, headers=headers)
    assert answer.status_code == 409
    assert "Rivi palautettiin täydennettäväksi sen jälkeen, kun avasit sivun." in answer.text
    assert "Kerro metrit &amp; paikka." in answer.text
    assert "toisessa ikkunassa" not in answer.text


def test_another_text_before_the_return_is_called_so(palautettu, cast, kirjautunut, sivun_osoite):
    record(cast, cast.vayla, cast.kaisa, 2, toteutumisaste=2, kommentti="Kaisan teksti.")
    data = row(cast.vayla, versio=1, aste="3", kommentti="Kesken yhä.") | {"laheta": cast.vayla.pk}
    answer = kirjautunut(cast.veikko).post(sivun_osoite, data)
    assert "Toinen ehti tallentaa tämän rivin ensin." in answer.text
    assert "Kerro metrit &amp; paikka." in answer.text


def test_a_returned_row_is_ready_again_only_when_it_has_been_completed(palautettu, cast, kirjautunut, sivun_osoite):
    veikko, valot = kirjautunut(cast.veikko), cast.toimenpiteet[1]
    page = row(cast.vayla, versio=2, aste="3", kommentti="Kesken.") | row(valot, aste="5", kommentti="Valmis.")
    answer = veikko.post(sivun_osoite, page | {"laheta": "valmiit"}, follow=True)
    assert "1 rivi on lähetetty." in answer.text
    assert "Palautettu rivi on valmis, kun olet täydentänyt sitä." in answer.text
    assert (stored(cast).tila, stored(cast, valot).tila) == ("palautettu", "lahetetty")
    veikko.post(sivun_osoite, row(cast.vayla, versio=2, aste="3", kommentti="Kesken, 300 metriä."))
    completed = row(cast.vayla, versio=3, aste="3", kommentti="Kesken, 300 metriä.")
    veikko.post(sivun_osoite, completed | {"laheta": "valmiit"})
    assert stored(cast).tila == "lahetetty"


def test_a_returned_row_completed_in_the_same_post_is_sent(palautettu, cast, kirjautunut, sivun_osoite):
    data = row(cast.vayla, versio=2, aste="3", kommentti="Kesken, 300 metriä.") | {"laheta": "valmiit"}
    assert "1 rivi on lähetetty." in kirjautunut(cast.veikko).post(sivun_osoite, data, follow=True).text
    assert (stored(cast).tila, stored(cast).kommentti) == ("lahetetty", "Kesken, 300 metriä.")


def test_its_own_button_sends_a_returned_row_as_it_is(palautettu, cast, kirjautunut, sivun_osoite):
    data = row(cast.vayla, versio=2, aste="3", kommentti="Kesken.") | {"laheta": cast.vayla.pk}
    kirjautunut(cast.veikko).post(sivun_osoite, data)
    assert stored(cast).tila == "lahetetty"


def test_when_no_row_is_ready_the_page_says_so(cast, kirjautunut, sivun_osoite):
    data = row(cast.vayla, aste="3") | {"laheta": "valmiit"}
    answer = kirjautunut(cast.veikko).post(sivun_osoite, data, follow=True)
    assert "Yhtään riviä ei lähetetty." in answer.text
    assert stored(cast).tila == "luonnos"


def test_what_was_left_unsent_is_named_with_why(cast, kirjautunut, sivun_osoite):
    valot = cast.toimenpiteet[1]
    data = row(cast.vayla, aste="3") | row(valot, aste="4", kommentti="Vaihdettu.") | {"laheta": "valmiit"}
    answer = kirjautunut(cast.veikko).post(sivun_osoite, data, follow=True)
    assert "1 rivi on lähetetty." in answer.text
    assert "1 rivi jäi lähettämättä:" in answer.text
    assert f'<a href="#t{cast.vayla.pk}">{cast.vayla.nimi}</a>: Kommentti puuttuu.' in answer.text
    data = row(cast.vayla, versio=1, kommentti="Kesken.") | {"laheta": "valmiit"}
    answer = kirjautunut(cast.veikko).post(sivun_osoite, data, follow=True)
    assert "Toteutumisaste puuttuu." in answer.text


# --- as in the last period


def test_no_change_copies_the_last_score_and_comment_sends_them_and_says_so(cast, kirjautunut, sivun_osoite):
    veikko = kirjautunut(cast.veikko)
    assert "Ei muutosta edelliseen lähettää rivin heti." in veikko.get(sivun_osoite).text
    answer = veikko.post(sivun_osoite, row(cast.vayla) | {"ei_muutosta": cast.vayla.pk}, follow=True)
    kirjaus = stored(cast)
    assert (kirjaus.toteutumisaste, kirjaus.kommentti) == (2, "Suunnitelma valmis – kilpailu syksyllä.")
    assert (kirjaus.ei_muutosta, kirjaus.tila) == (True, "lahetetty")
    assert "Lähetetty · ei muutosta edelliseen" in answer.text
    assert "1 rivi on lähetetty samanlaisena kuin edellisellä jaksolla." in answer.text
    veikko.post(sivun_osoite, row(cast.vayla) | {"ei_muutosta": cast.vayla.pk})
    assert stored(cast).versio == 1, "kahdesti painettu on yksi kirjaus"


def test_what_was_no_answer_is_copied_but_not_sent_and_the_row_says_why(cast, kirjautunut, sivun_osoite):
    cast.edellinen.reopen(by=cast.kaisa, syy="Aste puuttui.")
    Kirjaus.objects.filter(jakso=cast.edellinen, toimenpide=cast.vayla).update(
        toteutumisaste=None, syy=Kirjaus.Syy.EI_VASTATTU
    )
    answer = kirjautunut(cast.veikko).post(sivun_osoite, row(cast.vayla) | {"ei_muutosta": cast.vayla.pk})
    assert (answer.status_code, stored(cast).tila) == (409, "luonnos")
    assert stored(cast).kommentti == "Suunnitelma valmis – kilpailu syksyllä."
    assert "Edellisellä jaksolla ei annettu toteutumisastetta." in answer.text
    assert "Nämä rivit tallentuivat, mutta niitä ei lähetetty." in answer.text


def test_the_mark_goes_when_the_text_is_written_anew_but_not_when_it_is_sent(cast, kirjautunut, sivun_osoite):
    veikko, kommentti = kirjautunut(cast.veikko), "Suunnitelma valmis – kilpailu syksyllä."
    veikko.post(sivun_osoite, row(cast.vayla) | {"ei_muutosta": cast.vayla.pk})
    assert (stored(cast).ei_muutosta, stored(cast).tila) == (True, "lahetetty")
    veikko.post(sivun_osoite, row(cast.vayla, versio=1, aste="2", kommentti=kommentti) | {"laheta": cast.vayla.pk})
    assert (stored(cast).ei_muutosta, stored(cast).versio) == (True, 1)
    veikko.post(sivun_osoite, row(cast.vayla, versio=1, aste="3", kommentti=kommentti))
    assert not stored(cast).ei_muutosta


def test_what_was_already_written_stays_in_the_history(cast, kirjautunut, sivun_osoite):
    data = row(cast.vayla, aste="4", kommentti="Kirjoitin tämän itse.") | {"ei_muutosta": cast.vayla.pk}
    kirjautunut(cast.veikko).post(sivun_osoite, data)
    texts = list(stored(cast).history.values_list("kommentti", flat=True))
    assert texts == ["Suunnitelma valmis – kilpailu syksyllä.", "Kirjoitin tämän itse."]


def test_no_change_never_hides_what_another_wrote(cast, kirjautunut, sivun_osoite):
    record(cast, cast.vayla, cast.veikko, toteutumisaste=5, kommentti="Valmistui eilen.")
    answer = kirjautunut(cast.hilkka).post(sivun_osoite, row(cast.vayla) | {"ei_muutosta": cast.vayla.pk})
    assert answer.status_code == 409
    assert stored(cast).kommentti == "Valmistui eilen."


def test_there_is_nothing_to_copy_where_nothing_was_said(cast, kirjautunut, sivun_osoite):
    kaisa = kirjautunut(cast.kaisa)
    assert f'name="ei_muutosta" value="{cast.ranssi.pk}"' not in kaisa.get(sivun_osoite).text
    kaisa.post(sivun_osoite, row(cast.ranssi) | {"ei_muutosta": cast.ranssi.pk})
    assert not Kirjaus.objects.filter(jakso=cast.jakso).exists()


def test_a_reason_for_no_score_is_copied_too(cast, kirjautunut, sivun_osoite):
    raati = Toimenpide.objects.get(nimi__startswith="Kuntalaisraati")
    kirjautunut(cast.otso).post(sivun_osoite, row(raati) | {"ei_muutosta": raati.pk})
    kirjaus = stored(cast, raati)
    assert (kirjaus.toteutumisaste, kirjaus.syy, kirjaus.kommentti) == (None, "ei_arvioida", "Raati alkaa ensi vuonna.")


# --- one row at a time


def test_one_row_is_answered_with_what_changed_on_it_and_without_its_fields(cast, kirjautunut, sivun_osoite):
    data = row(cast.vayla, aste="3", kommentti="Käynnissä.") | {"rivi": cast.vayla.pk}
    answer = kirjautunut(cast.veikko).post(sivun_osoite, data, headers=HTMX)
    assert (answer.status_code, answer["X-Kirjaus"]) == (200, "tallennettu")
    assert "Tallennettu klo " in answer.text
    assert field(answer.text, f"t{cast.vayla.pk}-versio") == "1"
    assert "<textarea" not in answer.text
    assert "<html" not in answer.text


def test_a_sent_row_tells_its_name_once(cast, kirjautunut, sivun_osoite):
    record(cast, cast.vayla, cast.veikko, toteutumisaste=3, kommentti="Kesken.", laheta=True)
    page = kirjautunut(cast.veikko).get(sivun_osoite).text
    assert names(page).count(cast.vayla.nimi) == 1


def test_a_sent_row_is_answered_folded(cast, kirjautunut, sivun_osoite):
    data = row(cast.vayla, aste="3", kommentti="Käynnissä.") | {"rivi": cast.vayla.pk, "laheta": cast.vayla.pk}
    answer = kirjautunut(cast.veikko).post(sivun_osoite, data, headers=HTMX)
    assert '<details class="entry lahetetty"' in answer.text
    assert stored(cast).tila == "lahetetty"


def test_a_faulty_row_is_answered_beside_its_field_and_keeps_its_versio(cast, kirjautunut, sivun_osoite):
    data = row(cast.vayla, aste="6", kommentti="Teksti.") | {"rivi": cast.vayla.pk, "laheta": cast.vayla.pk}
    answer = kirjautunut(cast.veikko).post(sivun_osoite, data, headers=HTMX)
    assert (answer.status_code, answer["X-Kirjaus"]) == (409, "virhe")
    assert "Valitse toteutumisaste 1–5 tai Ei arvioida." in answer.text
    assert field(answer.text, f"t{cast.vayla.pk}-versio") == "0"
    assert not Kirjaus.objects.filter(jakso=cast.jakso).exists()


def test_a_row_sent_without_a_score_is_saved_but_not_sent(cast, kirjautunut, sivun_osoite):
    data = row(cast.vayla, kommentti="Teksti.") | {"rivi": cast.vayla.pk, "laheta": cast.vayla.pk}
    veikko = kirjautunut(cast.veikko)
    answer = veikko.post(sivun_osoite, data, headers=HTMX)
    assert (answer.status_code, answer["X-Kirjaus"]) == (409, "lahettamatta")
    assert "Valitse toteutumisaste 1–5 tai Ei arvioida, ja lähetä sitten." in answer.text
    assert re.search(r"Tallennettu +klo \d+\.\d\d\. Ei lähetetty\.", answer.text)
    kirjaus = stored(cast)
    assert (kirjaus.tila, kirjaus.kommentti, kirjaus.toteutumisaste) == ("luonnos", "Teksti.", None)
    versio = field(answer.text, f"t{cast.vayla.pk}-versio")
    assert versio == str(kirjaus.versio)
    data = row(cast.vayla, versio=versio, aste="3", kommentti="Teksti.") | {"laheta": cast.vayla.pk}
    veikko.post(sivun_osoite, data | {"rivi": cast.vayla.pk}, headers=HTMX)
    assert stored(cast).tila == "lahetetty"


def test_a_row_sent_without_a_score_does_not_go_over_another_text(cast, kirjautunut, sivun_osoite):
    record(cast, cast.vayla, cast.hilkka, toteutumisaste=3, kommentti="Hilkan teksti.")
    data = row(cast.vayla, kommentti="Veikon teksti.") | {"rivi": cast.vayla.pk, "laheta": cast.vayla.pk}
    answer = kirjautunut(cast.veikko).post(sivun_osoite, data, headers=HTMX)
    assert answer["X-Kirjaus"] == "ristiriita"
    assert "Veikon teksti." in answer.text
    assert stored(cast).kommentti == "Hilkan teksti."


def test_the_second_text_is_answered_beside_the_first(cast, kirjautunut, sivun_osoite):
    record(cast, cast.vayla, cast.veikko, toteutumisaste=3, kommentti="Veikon teksti.")
    data = row(cast.vayla, aste="4", kommentti="Hilkan teksti.") | {"rivi": cast.vayla.pk}
    answer = kirjautunut(cast.hilkka).post(sivun_osoite, data, headers=HTMX)
    assert (answer.status_code, answer["X-Kirjaus"]) == (409, "ristiriita")
    assert "Veikon teksti." in answer.text
    assert "Hilkan teksti." in answer.text
    assert field(answer.text, f"t{cast.vayla.pk}-versio") == "0", "seuraavakin tallennus kysyy"


def test_a_save_of_one_row_costs_the_same_whatever_the_page_holds(cast, kirjautunut, sivun_osoite, kyselyt):
    def save(versio):
        data = row(cast.vayla, versio=versio, aste="3", kommentti=f"Teksti {versio}.") | {"rivi": cast.vayla.pk}
        return kyselyt(lambda: kirjautunut(cast.veikko).post(sivun_osoite, data, headers=HTMX))

    save(0)
    few = save(1)
    make_rows(cast, 250)
    assert save(2) == few


def make_rows(cast, count):
    Toimenpide.objects.bulk_create(
        Toimenpide(kunta=cast.kunta, tavoite=cast.tavoitteet[0], nimi=f"Teko {n}", toimiala=cast.tekniset, jarjestys=n)
        for n in range(count)
    )


@pytest.fixture
def kyselyt():
    """`kyselyt(work)`: how many queries the work makes."""

    def count(work):
        with CaptureQueriesContext(connection) as queries:
            work()
        return len(queries)

    return count


def test_the_page_makes_three_queries_beside_session_and_user(cast, kirjautunut, sivun_osoite, ilman_mittareita):
    make_rows(cast, 60)
    veikko = kirjautunut(cast.veikko)
    with CaptureQueriesContext(connection) as queries:
        veikko.get(sivun_osoite)
    mine = [q["sql"] for q in queries if "strategia_istunto" not in q["sql"] and "SAVEPOINT" not in q["sql"]]
    user, *own = mine
    assert "strategia_kayttaja" in user
    assert len(own) == 3, own


# --- filters


def names(page):
    return re.findall(r'<h[34] id="t\d+-nimi">([^<]*)<', page) + re.findall(r'<span class="name">([^<]*)<', page)


def test_filters_are_joined_and_counted(cast, kirjautunut, sivun_osoite):
    kaisa = kirjautunut(cast.kaisa)
    record(cast, cast.kerho, cast.otso, toteutumisaste=5, kommentti="Äiti & lapsi -kerho.")
    everything = kaisa.get(sivun_osoite).text
    assert 'Kaikki <span data-maara="">11</span>' in everything, "kahdeksan toimenpidettä, kolme mittarikorttia"
    assert "Sivistyspalvelut (4)" in everything
    page = kaisa.get(sivun_osoite, {"toimiala": cast.sivistys.pk, "painopiste": cast.painopisteet[0].pk}).text
    assert names(page) == ["Kerho jokaiselle koululle", "Lähiruokaa kouluihin: kala &amp; marjat"]
    assert 'Ei vastattu <span data-maara="ei_vastattu">2</span>' in page
    assert f"?tila=luonnos&amp;toimiala={cast.sivistys.pk}&amp;painopiste={cast.painopisteet[0].pk}" in page
    page = kaisa.get(sivun_osoite, {"toimiala": cast.sivistys.pk, "tila": "luonnos", "q": "ÄITI lapsi"}).text
    assert names(page) == ["Kerho jokaiselle koululle"]


def test_words_are_found_in_names_of_every_level(cast, kirjautunut, sivun_osoite):
    kaisa = kirjautunut(cast.kaisa)
    assert names(kaisa.get(sivun_osoite, {"q": "äijänsuo"}).text) == ["Uudet katuvalot Äijänsuolle"]
    assert len(names(kaisa.get(sivun_osoite, {"q": "rohkea"}).text)) == 4
    assert len(names(kaisa.get(sivun_osoite, {"q": "koulutiet"}).text)) == 2


def test_own_are_those_one_is_vastuuhenkilo_of(cast, kirjautunut, sivun_osoite):
    kaisa = kirjautunut(cast.kaisa)
    assert "Olen vastuuhenkilö" not in kaisa.get(sivun_osoite).text
    cast.vayla.vastuuhenkilot.add(cast.kaisa, through_defaults={"kunta": cast.kunta})
    assert "Olen vastuuhenkilö (1)" in kaisa.get(sivun_osoite).text
    assert names(kaisa.get(sivun_osoite, {"omat": "1"}).text) == ["Väylä Kirkkotie–Koulupolku"]


def test_rows_are_narrowed_by_whom_they_bind_once_some_row_says_it(cast, kirjautunut, sivun_osoite):
    veikko = kirjautunut(cast.veikko)
    assert "rajaa-sitovuus" not in veikko.get(sivun_osoite).text
    StrateginenTavoite.objects.filter(pk=cast.vayla.tavoite_id).update(sitovuus="valtuusto")
    Toimenpide.objects.filter(pk=cast.vayla.pk).update(sitovuus="toimielin")
    page = veikko.get(sivun_osoite, {"sitovuus": "toimielin"}).text
    assert '<option value="toimielin" selected>toimielin (1)</option>' in page
    assert '<option value="valtuusto">' in page
    assert names(page) == [cast.vayla.nimi]
    of_tavoite = names(veikko.get(sivun_osoite, {"sitovuus": "valtuusto"}).text)
    assert of_tavoite and cast.vayla.nimi not in of_tavoite


def test_a_filter_that_finds_nothing_says_what_to_do(cast, kirjautunut, sivun_osoite):
    kaisa = kirjautunut(cast.kaisa)
    for nothing in ({"q": "zzz"}, {"toimiala": "x"}, {"painopiste": "99999"}):
        page = kaisa.get(sivun_osoite, nothing).text
        assert "Rajaus ei löydä yhtään toimenpidettä." in page
        assert '<a href="?">Näytä kaikki</a>' in page
    assert "Tässä tilassa ei ole yhtään toimenpidettä." in kaisa.get(sivun_osoite, {"tila": "hyvaksytty"}).text


def test_the_filter_stays_over_a_save_and_a_row_that_waits_shows_past_it(cast, kirjautunut, sivun_osoite):
    kaisa, narrow = kirjautunut(cast.kaisa), f"{sivun_osoite}?tila=ei_vastattu&q=koulu"
    answer = kaisa.post(narrow, row(cast.vayla, aste="3") | {"laheta": cast.vayla.pk})
    assert answer.url == f"{narrow}#t{cast.vayla.pk}"
    stale = kaisa.post(narrow, row(cast.vayla, aste="4", kommentti="Toinen."))
    assert stale.status_code == 409
    assert "Toinen.</textarea>" in stale.text


def test_the_next_unanswered_is_the_first_on_the_page(cast, kirjautunut, sivun_osoite):
    veikko = kirjautunut(cast.veikko)
    record(cast, cast.vayla, cast.veikko, toteutumisaste=3, kommentti="Käynnissä.")
    assert f'href="#t{cast.toimenpiteet[1].pk}">Seuraava vastaamaton' in veikko.get(sivun_osoite).text


# --- viimeistely


def test_kaisa_rewords_and_the_owners_words_stay_beside(cast, kirjautunut, sivun_osoite):
    record(cast, cast.vayla, cast.veikko, toteutumisaste=3, kommentti="Työ on kesken nyt.", laheta=True)
    approve(cast, stored(cast))
    cast.jakso.finish(by=cast.kaisa)
    kaisa = kirjautunut(cast.kaisa)
    assert "<b>Kirjaajan kommentti</b>: Työ on kesken nyt." in kaisa.get(sivun_osoite).text
    kaisa.post(sivun_osoite, row(cast.vayla, versio=2, aste="3", kommentti="Työ on käynnissä nyt."))
    kirjaus = stored(cast)
    assert (kirjaus.kommentti, kirjaus.kirjaajan_kommentti) == ("Työ on käynnissä nyt.", "Työ on kesken nyt.")
    assert kirjaus.tila == "hyvaksytty", "viimeistely ei peru hyväksyntää"
    page = kaisa.get(sivun_osoite).text
    assert "<b>Kirjaajan kommentti</b>: Työ on kesken nyt." in page
    assert "<del>kesken</del><ins>käynnissä</ins>" in page
    kaisa.post(sivun_osoite, row(cast.vayla, versio=3, aste="3", kommentti="Työ on täydessä vauhdissa."))
    assert stored(cast).kirjaajan_kommentti == "Työ on kesken nyt."
    kaisa.post(sivun_osoite, row(cast.vayla, versio=4, aste="3", kommentti="Työ on kesken nyt."))
    assert stored(cast).kirjaajan_kommentti is None


def test_the_owner_sees_the_edited_text(cast, kirjautunut, sivun_osoite):
    record(cast, cast.vayla, cast.veikko, toteutumisaste=3, kommentti="Työ on kesken.", laheta=True)
    cast.jakso.finish(by=cast.kaisa)
    kirjautunut(cast.kaisa).post(sivun_osoite, row(cast.vayla, versio=1, aste="3", kommentti="Työ on käynnissä."))
    veikko = kirjautunut(cast.veikko)
    changed = "<del>kesken.</del><ins>käynnissä.</ins>"
    assert changed in veikko.get(reverse("seuranta:omat")).text
    assert changed in veikko.get(reverse("seuranta:toimenpide-detail", args=[cast.vayla.pk])).text
    assert changed not in kirjautunut(cast.otso).get(reverse("seuranta:omat")).text


def test_the_owner_who_may_write_again_starts_anew(cast, kirjautunut, sivun_osoite):
    record(cast, cast.vayla, cast.veikko, toteutumisaste=3, kommentti="Työ on kesken.", laheta=True)
    cast.jakso.finish(by=cast.kaisa)
    kirjautunut(cast.kaisa).post(sivun_osoite, row(cast.vayla, versio=1, aste="3", kommentti="Työ on käynnissä."))
    cast.jakso.open(by=cast.kaisa)
    kirjautunut(cast.veikko).post(sivun_osoite, row(cast.vayla, versio=2, aste="4", kommentti="Lähes valmis."))
    assert stored(cast).kirjaajan_kommentti is None
