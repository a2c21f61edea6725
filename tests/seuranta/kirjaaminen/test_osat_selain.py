"""The units of a row in Chromium: added by a button, saved as typed, kept over a lost connection, narrow."""

import pytest
from django.urls import reverse

from seuranta.models import Osavastaus, Yksikkovastaus
from strategia.models import MuuToimiala
from tests.katsoja import AXE, RUN_AXE, TASO

from .test_kirjaus_selain import cut_off, wait_until


@pytest.fixture
def osoite(transactional_db, cast):
    return reverse("seuranta:kirjaus-lista", args=[cast.jakso.pk])


def stored(cast):
    rows = Osavastaus.objects.filter(kirjaus__jakso=cast.jakso, kirjaus__toimenpide=cast.vayla)
    return [(each.nimi, each.toteutumisaste, each.kommentti) for each in rows]


def open_units(sivu, cast):
    rivi = sivu.locator(f"#t{cast.vayla.pk}")
    rivi.get_by_text("Yksiköiden vastaukset").first.click()
    rivi.get_by_role("button", name="Lisää yksikkö").click()
    rivi.get_by_label("Yksikkö", exact=True).wait_for()
    return rivi


def test_a_unit_is_added_and_saved_as_it_is_typed_and_once(osoite, cast, sivu_kayttajana):
    sivu = sivu_kayttajana(cast.veikko)
    sivu.goto(osoite)
    rivi = open_units(sivu, cast)
    wait_until(sivu, "document.activeElement.name.endsWith('-n1-nimi')")
    sivu.keyboard.type("Lomitus")
    rivi.get_by_label("Toteutumisaste", exact=True).select_option("4")
    sivu.keyboard.press("Control+s")
    sivu.locator("#rajaa-q").focus()
    wait_until(sivu, f"document.getElementById('t{cast.vayla.pk}-n1-id').value !== ''")
    rivi.locator("[name$='-n1-kommentti']").fill("Kesken.")
    sivu.locator("#rajaa-q").focus()
    wait_until(sivu, f"document.getElementById('t{cast.vayla.pk}-n1-versio').value === '2'")
    assert stored(cast) == [("Lomitus", 4, "Kesken.")]
    rivi.get_by_role("button", name="Lisää yksikkö").click()
    rivi.locator(f"#t{cast.vayla.pk}-n2").wait_for()
    assert rivi.locator("[name$='-nimi']").first.input_value() == "Lomitus"
    rivi.locator("button[name=poista_osa]").first.click()
    wait_until(sivu, f"!document.querySelector('#t{cast.vayla.pk}-n1')")
    assert stored(cast) == []
    wait_until(sivu, "localStorage.length === 0")


def hold_answers(sivu):
    """-> a function that lets the answers to what is sent from now on come, one by one, as it is called."""
    held = []
    sivu.route(
        "**/kirjaa/**", lambda route: held.append(route) if route.request.method == "POST" else route.continue_()
    )

    def let():
        for _each in range(100):
            if held:
                return held.pop(0).continue_()
            sivu.wait_for_timeout(50)
        raise AssertionError("nothing was sent")

    return let


def test_what_is_typed_and_pressed_while_the_row_is_drawn_anew_is_not_lost(osoite, cast, sivu_kayttajana):
    """The first answer draws the row anew: two units that are taken away meanwhile go, and a third keeps its words."""
    sivu, prefix = sivu_kayttajana(cast.veikko), f"t{cast.vayla.pk}"
    sivu.goto(osoite)
    rivi = open_units(sivu, cast)
    for n, nimi in enumerate(("Lomitus", "Katuosa", "Vesiosa"), 1):
        sivu.locator(f"#{prefix}-n{n}-nimi").fill(nimi)
        if n < 3:
            rivi.get_by_role("button", name="Lisää yksikkö").click()
            sivu.locator(f"#{prefix}-n{n + 1}-nimi").wait_for()
    let = hold_answers(sivu)
    rivi.get_by_role("button", name="Lisää yksikkö").click()
    for n in (1, 2):
        sivu.locator(f"#{prefix}-n{n} button[name=poista_osa]").click()
    sivu.locator(f"#{prefix}-n3-kommentti").fill("Kirjoitettu odottaessa.")
    let()
    sivu.locator(f"#{prefix}-n4-nimi").wait_for()
    sivu.locator(f"#{prefix}-n4-nimi").fill("Puisto-osa")
    let()
    wait_until(sivu, f"!document.getElementById('{prefix}-n1') && !document.getElementById('{prefix}-n2')")
    assert sivu.locator(f"#{prefix}-n3-kommentti").input_value() == "Kirjoitettu odottaessa."
    assert sivu.locator(f"#{prefix}-n4-nimi").input_value() == "Puisto-osa"
    sivu.unroute_all(behavior="ignoreErrors")
    sivu.locator("#rajaa-q").focus()
    wait_until(sivu, "localStorage.length === 0")
    assert stored(cast) == [("Vesiosa", None, "Kirjoitettu odottaessa."), ("Puisto-osa", None, "")]


def test_a_press_begun_before_the_row_is_drawn_anew_counts(osoite, cast, sivu_kayttajana):
    units = [Yksikkovastaus("Lomitus", 4), Yksikkovastaus("Katuosa", 2)]
    osat, prefix = Osavastaus.objects.record(cast.jakso, cast.vayla, units, by=cast.veikko)[0], f"t{cast.vayla.pk}"
    sivu = sivu_kayttajana(cast.veikko)
    sivu.goto(osoite)
    let = hold_answers(sivu)
    sivu.locator(f"#{prefix} button[name=lisaa_osa]").click()
    poista = sivu.locator(f"#{prefix}-o{osat[0].pk} button[name=poista_osa]")
    poista.hover()
    sivu.mouse.down()
    let()
    sivu.locator(f"#{prefix}-n1-nimi").wait_for()
    sivu.mouse.up()
    let()
    wait_until(sivu, f"!document.getElementById('{prefix}-o{osat[0].pk}')")
    assert stored(cast) == [("Katuosa", 2, "")]


def test_a_units_answer_that_was_not_saved_is_offered_back(osoite, cast, sivu_kayttajana, selaimen_virheet):
    [osa] = Osavastaus.objects.record(cast.jakso, cast.vayla, [Yksikkovastaus("Lomitus", 4)], by=cast.veikko)[0]
    sivu = sivu_kayttajana(cast.veikko)
    sivu.goto(osoite)
    cut_off(sivu)
    sivu.locator(f"#t{cast.vayla.pk}-o{osa.pk}-kommentti").fill("Katkon aikana.")
    sivu.keyboard.press("Tab")
    wait_until(sivu, "localStorage.length === 1")
    again = sivu.context.new_page()
    sivu.close(run_before_unload=False)
    again.context.set_offline(False)
    again.goto(osoite)
    again.get_by_role("button", name="Palauta", exact=True).click()
    wait_until(again, f"document.getElementById('t{cast.vayla.pk}-o{osa.pk}-versio').value === '2'")
    assert stored(cast) == [("Lomitus", 4, "Katkon aikana.")]
    selaimen_virheet.clear()


@pytest.mark.parametrize("leveys", [320, 1366])
def test_the_units_fit_and_are_accessible(leveys, osoite, cast, sivu_kayttajana):
    units = [Yksikkovastaus("Lomituspalvelut", 4, "Kesken."), Yksikkovastaus("Pitkä nimi " * 12, 2)]
    Osavastaus.objects.record(cast.jakso, cast.vayla, units, by=cast.veikko)
    sivu = sivu_kayttajana(cast.veikko)
    sivu.add_init_script(AXE)
    sivu.set_viewport_size({"width": leveys, "height": 800})
    sivu.goto(osoite)
    assert sivu.locator(f"#t{cast.vayla.pk} .yksikko").count() == 2
    assert sivu.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert sivu.evaluate(RUN_AXE, TASO) == []


def test_a_comment_of_another_toimiala_is_saved_as_it_is_typed_and_the_walk_passes_it(osoite, cast, sivu_kayttajana):
    osallinen = MuuToimiala.objects.create(kunta=cast.kunta, toimenpide=cast.kerho, toimiala=cast.tekniset)
    sivu = sivu_kayttajana(cast.veikko)
    sivu.add_init_script(AXE)
    sivu.goto(osoite)
    figures = sivu.locator("#lahetetyt").inner_text()
    field = sivu.locator(f"#k{osallinen.pk}-kommentti")
    field.fill("Tekniset auttoivat.")
    sivu.locator("#rajaa-q").focus()
    wait_until(sivu, f"document.getElementById('k{osallinen.pk}-versio').value === '1'")
    assert Osavastaus.objects.get(toimiala=cast.tekniset).kommentti == "Tekniset auttoivat."
    assert sivu.locator("#lahetetyt").inner_text() == figures
    sivu.locator("#seuraava").click()
    assert sivu.evaluate("!document.activeElement.classList.contains('kommentoitava')")
    assert sivu.evaluate(RUN_AXE, TASO) == []
    sivu.set_viewport_size({"width": 390, "height": 800})
    assert sivu.evaluate("document.documentElement.scrollWidth <= innerWidth")
    wait_until(sivu, "localStorage.length === 0")


def test_without_javascript_a_unit_and_a_comment_are_saved_with_the_page(
    osoite, cast, selain, live_server, kirjautunut, settings
):
    osallinen = MuuToimiala.objects.create(kunta=cast.kunta, toimenpide=cast.kerho, toimiala=cast.tekniset)
    context = selain.new_context(base_url=live_server.url, java_script_enabled=False)
    cookie = kirjautunut(cast.veikko).cookies[settings.SESSION_COOKIE_NAME]
    context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])
    sivu = context.new_page()
    sivu.goto(osoite)
    sivu.locator(f"#k{osallinen.pk}-kommentti").fill("Ilman skriptiä.")
    rivi = sivu.locator(f"#t{cast.vayla.pk}")
    rivi.get_by_text("Yksiköiden vastaukset").first.click()
    rivi.get_by_role("button", name="Lisää yksikkö").click()
    sivu.locator(f"#t{cast.vayla.pk}-n1-nimi").fill("Lomitus")
    sivu.locator(f"#t{cast.vayla.pk}-n1-aste").select_option("4")
    sivu.get_by_role("button", name="Tallenna", exact=True).last.click()
    sivu.get_by_text("Tallennettu klo").first.wait_for()
    assert stored(cast) == [("Lomitus", 4, "")]
    assert Osavastaus.objects.get(toimiala=cast.tekniset).kommentti == "Ilman skriptiä."
    context.close()
