"""The preview in Chromium: what goes on is in sight wherever one is, and covers nothing that one fills in."""

import pytest
from django.urls import reverse

from tests.silmin import under_bar

from .tuontisivut import UUSI

KAPEA, LAPPARI = {"width": 320, "height": 640}, {"width": 1366, "height": 768}


def teot(count, vialla=0):
    """Rows of a plan, the first of them with a score that is none."""
    return [[*UUSI[:2], f"Teko {n}", UUSI[3], 7 if n < vialla else 3, "Ok."] for n in range(count)]


@pytest.fixture
def avaa(transactional_db, cast, laheta, sivu_kayttajana):
    def show(rows, ikkuna):
        sivu, tuonti = sivu_kayttajana(cast.aino), laheta(*rows)
        sivu.set_viewport_size(ikkuna)
        sivu.goto(reverse("seuranta:tuonti-detail", args=[tuonti.pk]))
        return sivu

    return show


def in_sight(nappi):
    """Is it whole in the window as it is now, without scrolling?"""
    return nappi.evaluate(
        """each => { const its = each.getBoundingClientRect();
                     return its.top >= 0 && its.bottom <= innerHeight && its.left >= 0 && its.right <= innerWidth; }"""
    )


@pytest.mark.parametrize("ikkuna", [KAPEA, LAPPARI])
def test_saving_is_in_sight_from_the_first_row_to_the_last(avaa, ikkuna):
    sivu = avaa(teot(60), ikkuna)
    bar = sivu.locator(".bar")
    tallenna = bar.get_by_role("button", name="Tallenna 60 riviä")
    assert in_sight(tallenna)
    sivu.evaluate("scrollTo(0, document.documentElement.scrollHeight / 2)")
    assert in_sight(tallenna)
    assert bar.get_by_role("button").all_inner_texts() == ["Tallenna 60 riviä", "Hylkää tiedosto"]
    assert sivu.evaluate("document.documentElement.scrollWidth <= innerWidth")
    tallenna.click()
    sivu.get_by_text("Tuonti on tallennettu.").wait_for()


@pytest.mark.parametrize("ikkuna", [KAPEA, LAPPARI])
def test_decisions_are_taken_from_the_bar_and_no_field_is_under_it(avaa, ikkuna):
    sivu = avaa(teot(48, vialla=12), ikkuna)
    nappi = sivu.locator(".bar").get_by_role("button", name="Ota päätökset huomioon")
    assert in_sight(nappi)
    sivu.locator("#sisalto input:visible").first.focus()
    for _press in range(24):
        assert not under_bar(sivu), sivu.evaluate("document.activeElement.outerHTML")
        sivu.keyboard.press("Tab")
    for _press in range(24):
        sivu.keyboard.press("Shift+Tab")
        assert not under_bar(sivu), sivu.evaluate("document.activeElement.outerHTML")
    for field in sivu.locator("input[name^='solu|']").all():
        field.fill("4")
    nappi.click()
    sivu.get_by_role("button", name="Tallenna 48 riviä").wait_for()


def test_from_another_part_of_the_preview_the_bar_leads_to_what_waits(avaa):
    sivu = avaa(teot(8, vialla=2), LAPPARI)
    sivu.get_by_role("link", name="Kaikki 8").click()
    sivu.locator(".bar").get_by_role("link", name="Ratkaise 2 solua").click()
    sivu.locator(".bar").get_by_role("button", name="Ota päätökset huomioon").wait_for()


def test_the_sentence_of_labels_follows_the_tick(avaa):
    """And says that the table is yet to be read with it; read so, it names them, and follows the tick's leaving too."""
    sivu = avaa(teot(2), LAPPARI)
    numerot, selitteet = "Raportti näyttää numerot, kunnes vahvistat selitteet.", "Raportti näyttää myös selitteet"
    muuta, rasti = sivu.locator("summary", has_text="Muuta strategiaa"), sivu.get_by_label("Numerot tarkoittavat")
    muuta.click()
    assert sivu.get_by_text(numerot).is_visible() and not sivu.get_by_text(selitteet).is_visible()
    rasti.check()
    assert sivu.get_by_text(selitteet).is_visible() and not sivu.get_by_text(numerot).is_visible()
    tallenna = sivu.get_by_role("button", name="Tallenna 2 riviä")
    assert not tallenna.is_visible() and sivu.get_by_text("Selitteiden rasti ei ole vielä voimassa.").is_visible()
    sivu.locator(".bar").get_by_role("button", name="Ota selitteiden rasti huomioon").click()
    sivu.get_by_text("selitteet, jotka vahvistit: 1 Ei aloitettu").wait_for()
    assert tallenna.is_visible() and not sivu.locator(".lue-ensin").first.is_visible()
    muuta.click()
    rasti.uncheck()
    assert sivu.get_by_text("Raportti näyttää pelkät numerot").is_visible()
    assert not sivu.get_by_text("selitteet, jotka vahvistit").is_visible()
    assert not tallenna.is_visible()
