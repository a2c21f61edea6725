"""The mittarit of the entry page in Chromium: typed, saved, told; by keyboard, over a lost connection, narrow, without
JavaScript.
"""

import pytest
from django.urls import reverse

from seuranta.models import MittariArvo, Mittaus
from tests.cast import create_mittari
from tests.katsoja import AXE, RUN_AXE, TASO

from .test_kirjaus_selain import cut_off, wait_until
from .test_mittarit import prefix_of


@pytest.fixture
def osoite(transactional_db, cast):
    return reverse("seuranta:kirjaus-lista", args=[cast.jakso.pk])


@pytest.fixture
def reitit(cast):
    return cast.mittarit[0]


def stored(cast, mittari):
    return MittariArvo.objects.filter(jakso=cast.jakso, mittari=mittari).first()


def test_a_typed_value_is_saved_and_its_result_stands_beside(osoite, cast, reitit, sivu_kayttajana):
    sivu = sivu_kayttajana(cast.veikko)
    sivu.goto(osoite)
    field = sivu.get_by_label(reitit.nimi, exact=True)
    field.focus()
    sivu.keyboard.type("11")
    sivu.keyboard.press("Tab")
    sivu.get_by_text("11 kpl (tavoite 12 kpl): ei vielä").wait_for()
    assert stored(cast, reitit).luku == 11
    assert sivu.evaluate("document.activeElement.localName") == "summary", "kohdistus jää seuraavaan"
    assert field.input_value() == "11"
    field.fill("12")
    field.press("Tab")
    sivu.get_by_text("12 kpl (tavoite 12 kpl): saavutettu").wait_for()
    assert (stored(cast, reitit).luku, stored(cast, reitit).versio) == (12, 2)
    wait_until(sivu, "localStorage.length === 0")


def test_kylla_is_chosen_with_the_keyboard_and_a_card_is_sent(osoite, cast, sivu_kayttajana):
    raati = cast.mittarit[2]
    sivu = sivu_kayttajana(cast.kaisa)
    sivu.goto(osoite)
    kortti = sivu.locator(f"#p{raati.painopiste_id}")
    kortti.get_by_role("radio", name="Kyllä").focus()
    sivu.keyboard.press("Space")
    sivu.get_by_text("kyllä (tavoite kyllä): saavutettu").wait_for()
    sivu.keyboard.press("Control+Enter")
    kortti.locator(".state", has_text="Lähetetty").wait_for()
    assert stored(cast, raati).tila == "lahetetty"
    assert sivu.locator("#lahetetyt").inner_text() == "1 / 11"


def test_a_value_that_was_not_saved_is_offered_back(osoite, cast, reitit, sivu_kayttajana, selaimen_virheet):
    sivu = sivu_kayttajana(cast.veikko)
    sivu.goto(osoite)
    cut_off(sivu)
    sivu.get_by_label(reitit.nimi, exact=True).fill("11")
    sivu.keyboard.press("Tab")
    wait_until(sivu, "localStorage.length === 1")
    again = sivu.context.new_page()
    sivu.close(run_before_unload=False)
    again.context.set_offline(False)
    again.goto(osoite)
    again.get_by_text(f"{reitit.nimi}: 11").wait_for()
    again.get_by_role("button", name="Palauta", exact=True).click()
    again.get_by_text("11 kpl (tavoite 12 kpl): ei vielä").wait_for()
    assert stored(cast, reitit).teksti == "11"
    selaimen_virheet.clear()


def test_two_browsers_see_both_values_and_one_chooses(osoite, cast, reitit, sivu_kayttajana, selaimen_virheet):
    sivu = sivu_kayttajana(cast.veikko)
    sivu.goto(osoite)
    MittariArvo.objects.record(cast.jakso, {reitit: Mittaus(0, "10", "Hilkan luku")}, by=cast.hilkka)
    sivu.get_by_label(reitit.nimi, exact=True).fill("11")
    sivu.keyboard.press("Tab")
    sivu.get_by_text("Toinen ehti tallentaa tämän arvon ensin.").wait_for()
    assert sivu.get_by_text("Hilkan luku").is_visible()
    assert sivu.get_by_label(reitit.nimi, exact=True).input_value() == "11"
    sivu.get_by_role("button", name="Käytä omaani").click()
    sivu.get_by_text("Toinen ehti tallentaa tämän arvon ensin.").wait_for(state="detached")
    assert (stored(cast, reitit).teksti, stored(cast, reitit).versio) == ("11", 2)
    selaimen_virheet.clear()


# How much lower its link stands than the result of each mittari, in pixels; a row may be many lines tall.
HUOMAUTUS_ALEMPANA = """[...document.querySelectorAll(".mitat tbody")].map(row => {
    const top = part => row.querySelector(part).getBoundingClientRect().top;
    return top("summary") - top(".tulos span");
})"""


@pytest.mark.parametrize("leveys", [320, 1366])
def test_the_table_fits_and_is_accessible(leveys, osoite, cast, sivu_kayttajana):
    create_mittari(cast.strategia, {"toimenpide": cast.vayla}, "Pitkä nimi " * 12, "teksti", "", "ei", "", {None: "x"})
    create_mittari(cast.strategia, {"toimenpide": cast.vayla}, "Lupa", "kylla_ei", "", "suurempi", "", {None: "kyllä"})
    sivu = sivu_kayttajana(cast.kaisa)
    sivu.add_init_script(AXE)
    sivu.set_viewport_size({"width": leveys, "height": 800})
    sivu.goto(osoite)
    assert sivu.evaluate("document.documentElement.scrollWidth <= innerWidth")
    if leveys > 700:
        assert max(sivu.evaluate(HUOMAUTUS_ALEMPANA)) < 6, "huomautus on rivin ensimmäisellä rivillä"
    sivu.locator("summary", has_text="Huomautus").first.click()
    assert sivu.evaluate(RUN_AXE, TASO) == []


def test_without_javascript_a_value_is_saved_with_the_page(
    osoite, cast, reitit, selain, live_server, kirjautunut, settings
):
    context = selain.new_context(base_url=live_server.url, java_script_enabled=False)
    cookie = kirjautunut(cast.veikko).cookies[settings.SESSION_COOKIE_NAME]
    context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])
    sivu = context.new_page()
    sivu.goto(osoite)
    sivu.get_by_label(reitit.nimi, exact=True).fill("1 234,5")
    sivu.get_by_label(reitit.nimi, exact=True).press("Enter")
    sivu.get_by_text("1 234,5 kpl (tavoite 12 kpl): saavutettu").wait_for()
    assert prefix_of(reitit)
    assert stored(cast, reitit).teksti == "1 234,5"
    context.close()
