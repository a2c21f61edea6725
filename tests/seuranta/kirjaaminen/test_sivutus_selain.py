"""The pages of a long list in Chromium: on to the next unanswered row, back to a text left behind, nothing hidden."""

import pytest
from django.urls import reverse

from seuranta.models import Kirjaus, Vastaus
from tests.silmin import under_bar

from .test_kirjaus_selain import comment, cut_off, entry, stored, wait_saved, wait_until
from .test_sivutus import add_rows

IKKUNAT = {"leveä": {"width": 1366, "height": 768}, "kapea": {"width": 390, "height": 844}}


@pytest.fixture
def osoite(transactional_db, cast, ilman_mittareita):
    return reverse("seuranta:kirjaus-lista", args=[cast.jakso.pk])


@pytest.fixture
def teot(osoite, cast):
    """Veikko's list: 400 rows in the first painopiste and one in the second, which are three pages."""
    return add_rows(cast, 398)


def answer(cast, toimenpiteet, **values):
    vastaus = Vastaus(0, 3, kommentti="Käynnissä.", **values)
    Kirjaus.objects.record(cast.jakso, dict.fromkeys(toimenpiteet, vastaus), by=cast.veikko)


def wait_focused(sivu, toimenpide):
    wait_until(sivu, f"document.activeElement.id === 't{toimenpide.pk}'")


def words_of(link):
    """As a screen reader says it."""
    return " ".join(link.text_content().split())


def wait_moved(sivu, toimenpide):
    """Another page is asked for, and the row has the focus there."""
    sivu.wait_for_url(f"**rivi={toimenpide.pk}#t{toimenpide.pk}")
    wait_focused(sivu, toimenpide)


def test_the_next_unanswered_row_goes_on_from_page_to_page_and_what_was_written_is_saved(
    osoite, cast, teot, sivu_kayttajana
):
    answer(cast, [*cast.toimenpiteet[:2], *teot[:147], *teot[150:398]])
    sivu = sivu_kayttajana(cast.veikko)
    sivu.goto(osoite)
    sivu.keyboard.press("Alt+ArrowDown")
    wait_focused(sivu, teot[147])
    assert "1–150 (1 vastaamatta)" in words_of(sivu.locator(".pages [aria-current]").first)
    sivu.keyboard.press("4")
    sivu.keyboard.press("Tab")
    sivu.keyboard.type("Kirjoitettu sivun lopussa.")
    sivu.keyboard.press("Alt+ArrowDown")
    wait_moved(sivu, teot[148])
    assert stored(cast)[teot[147].pk].kommentti == "Kirjoitettu sivun lopussa."
    assert "151–300" in words_of(sivu.locator(".pages [aria-current]").first)
    sivu.keyboard.press("Alt+ArrowDown")
    wait_focused(sivu, teot[149])
    sivu.keyboard.press("Alt+ArrowDown")
    wait_moved(sivu, cast.toimenpiteet[4])
    sivu.keyboard.press("Alt+ArrowDown")
    wait_moved(sivu, teot[148])


def test_the_figure_of_the_page_follows_what_is_saved(osoite, cast, teot, sivu_kayttajana):
    sivu = sivu_kayttajana(cast.veikko)
    sivu.goto(osoite)
    assert not sivu.get_by_text("Tallenna, ennen kuin vaihdat sivua.").locator("visible=true").count()
    entry(sivu, cast.vayla).focus()
    sivu.keyboard.press("5")
    sivu.keyboard.press("Alt+ArrowDown")
    wait_saved(sivu, cast.vayla)
    for here in sivu.locator(".pages [aria-current]").all():
        assert "1–150 (149 vastaamatta)" in words_of(here)
    assert "151–300 (150 vastaamatta)" in words_of(sivu.locator(".pages a:not([aria-current])").first)


def test_an_address_with_its_row_only_after_the_hash_opens_the_rows_page(osoite, cast, teot, sivu_kayttajana):
    sivu = sivu_kayttajana(cast.veikko)
    sivu.goto(f"{osoite}#t{teot[200].pk}")
    wait_focused(sivu, teot[200])
    assert sivu.url.endswith(f"{osoite}?rivi={teot[200].pk}#t{teot[200].pk}")


def test_a_text_left_on_another_page_is_offered_where_its_row_is(osoite, cast, teot, sivu_kayttajana, selaimen_virheet):
    sivu = sivu_kayttajana(cast.veikko)
    sivu.goto(f"{osoite}?rivi={teot[200].pk}")
    cut_off(sivu)
    comment(sivu, teot[200]).fill("Jäi selaimeen & säilyi.")
    sivu.close()
    sivu.context.set_offline(False)
    selaimen_virheet.clear()
    again = sivu.context.new_page()
    again.goto(osoite)
    again.get_by_text("Tallentamatonta tekstiä on myös rivillä, joka ei ole tällä sivulla.").wait_for()
    assert not again.get_by_text("joka ei ole enää sinun").locator("visible=true").count()
    again.get_by_role("link", name="Avaa rivi").click()
    entry(again, teot[200]).get_by_role("button", name="Palauta", exact=True).click()
    again.keyboard.press("Tab")
    wait_saved(again, teot[200])
    assert stored(cast)[teot[200].pk].kommentti == "Jäi selaimeen & säilyi."


def test_a_text_whose_row_is_no_longer_ones_own_is_told_on_the_page_that_its_address_opens(
    osoite, cast, teot, sivu_kayttajana, selaimen_virheet
):
    sivu = sivu_kayttajana(cast.veikko)
    sivu.goto(f"{osoite}?rivi={teot[200].pk}")
    cut_off(sivu)
    comment(sivu, teot[200]).fill("Tunnin työ & tulos.")
    sivu.close()
    sivu.context.set_offline(False)
    selaimen_virheet.clear()
    teot[200].toimiala = cast.sivistys
    teot[200].save()
    again = sivu.context.new_page()
    again.goto(osoite)
    again.get_by_role("link", name="Avaa rivi").click()
    again.get_by_text("Tallentamatonta tekstiä jäi rivistä, joka ei ole enää sinun.").wait_for()
    assert again.locator("#loytyi").get_by_text("Tunnin työ & tulos.").is_visible()


def test_without_javascript_one_goes_from_page_to_page_and_saves_each(
    osoite, cast, teot, selain, live_server, kirjautunut, settings
):
    answer(cast, [*cast.toimenpiteet[:2], *teot[:148]])
    context = selain.new_context(base_url=live_server.url, java_script_enabled=False)
    cookie = kirjautunut(cast.veikko).cookies[settings.SESSION_COOKIE_NAME]
    context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])
    sivu = context.new_page()
    sivu.goto(osoite)
    assert sivu.get_by_text("Tallenna, ennen kuin vaihdat sivua.").first.is_visible()
    sivu.get_by_role("link", name="Seuraava vastaamaton").click()
    entry(sivu, teot[148]).get_by_role("radio", name="4").check(force=True)
    comment(sivu, teot[148]).fill("Ilman skriptiä.")
    sivu.get_by_role("button", name="Lähetä tämän sivun valmiit").click()
    sivu.get_by_text("1 rivi on lähetetty.").wait_for()
    assert "151–300 (149 vastaamatta)" in words_of(sivu.locator(".pages [aria-current]").first)
    assert stored(cast)[teot[148].pk].tila == "lahetetty"
    context.close()


# --- what shows


@pytest.mark.parametrize("ikkuna", IKKUNAT)
def test_nothing_that_has_focus_is_under_the_bar_and_nothing_is_wider_than_the_window(
    ikkuna, osoite, cast, teot, sivu_kayttajana
):
    sivu = sivu_kayttajana(cast.veikko)
    sivu.set_viewport_size(IKKUNAT[ikkuna])
    sivu.goto(f"{osoite}?rivi={teot[397].pk}#t{teot[397].pk}")
    wait_focused(sivu, teot[397])
    assert not under_bar(sivu)
    assert sivu.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    seen = 0
    while not sivu.locator(".pages[aria-label='Sivut lopussa'] a:focus").count():
        sivu.keyboard.press("Tab")
        assert not under_bar(sivu), sivu.evaluate("document.activeElement.outerHTML")
        seen += 1
    assert seen > 10
    for _press in range(40):
        sivu.keyboard.press("Shift+Tab")
        assert not under_bar(sivu), sivu.evaluate("document.activeElement.outerHTML")
