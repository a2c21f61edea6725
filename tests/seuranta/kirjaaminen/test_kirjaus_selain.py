"""Recording in Chromium: by keyboard alone, over a lost connection, an ended session and a closed tab, side by side."""

import pytest
from django.urls import reverse

from seuranta.models import Kirjaus, Vastaus
from strategia.models import Istunto, Toimenpide
from tests.cast import SALASANA
from tests.test_selain import sign_in
from tests.ymparisto import kierrokset

RIVEJA = max(20, kierrokset(100))  # a hundred where all rounds are asked for: each is some twenty keys


@pytest.fixture
def osoite(transactional_db, cast):
    return reverse("seuranta:kirjaus-lista", args=[cast.jakso.pk])


def fill_to(count, cast):
    """Veikko's list becomes this long."""
    Toimenpide.objects.bulk_create(
        Toimenpide(kunta=cast.kunta, tavoite=cast.tavoitteet[n % 3], nimi=f"Teko {n} – ä & ö", toimiala=cast.tekniset)
        for n in range(count - 3)
    )


def entry(sivu, toimenpide):
    return sivu.locator(f"#t{toimenpide.pk}")


def comment(sivu, toimenpide):
    return entry(sivu, toimenpide).get_by_label("Kommentti", exact=False).first


def stored(cast):
    return {k.toimenpide_id: k for k in Kirjaus.objects.filter(jakso=cast.jakso)}


def kept_texts(sivu):
    """What the browser remembers of unsaved rows."""
    return sivu.evaluate("Object.values(localStorage).join('')")


def wait_until(sivu, expression):
    """Ask again until it is true: the page's own policy forbids Playwright's waiting, which evaluates a string."""
    for _try in range(1200):
        if sivu.evaluate(expression):
            return
        sivu.wait_for_timeout(50)
    pytest.fail(f"ei toteutunut: {expression}")


def wait_saved(sivu, toimenpide):
    entry(sivu, toimenpide).get_by_text("Tallennettu klo").wait_for()


def cut_off(sivu):
    """No request of this tab gets through any more, not even the one it sends as it is closed.

    Being offline alone ends together with the tab, and the last save could then slip through.
    """
    sivu.context.set_offline(True)
    sivu.evaluate("XMLHttpRequest.prototype.send = () => {}")


def test_a_check_before_closing_leads_to_the_texts_of_a_row_that_has_been_sent(osoite, cast, sivu_kayttajana):
    Kirjaus.objects.record(cast.jakso, {cast.vayla: Vastaus(0, 3, laheta=True)}, by=cast.veikko)
    sivu = sivu_kayttajana(cast.kaisa)
    sivu.goto(reverse("seuranta:jakso-tarkista", args=[cast.jakso.pk]) + "?havainto=kommentti")
    sivu.get_by_role("main").get_by_role("link", name=cast.vayla.nimi).click()
    comment(sivu, cast.vayla).fill("Väylä on auki.")


# --- by keyboard alone


def type_in(sivu, text):
    """The first letters, which may be commands, key by key and the rest as a keyboard that completes words gives it."""
    sivu.keyboard.type(text[:4])
    sivu.keyboard.insert_text(text[4:])


def test_a_hundred_rows_are_recorded_by_keyboard_alone(osoite, cast, sivu_kayttajana):
    fill_to(RIVEJA, cast)
    sivu = sivu_kayttajana(cast.veikko)
    sivu.goto(osoite)
    sivu.get_by_text("Muutokset tallentuvat itsestään.").wait_for()
    written = {}
    for number in range(RIVEJA):
        sivu.keyboard.press("Alt+ArrowDown")
        here = sivu.evaluate("document.activeElement.id")
        sivu.keyboard.press(str(number % 5 + 1))
        sivu.keyboard.press("Tab")
        type_in(sivu, f"{number} etenee, 100 € & ä.")
        written[int(here[1:])] = (number % 5 + 1, f"{number} etenee, 100 € & ä.")
    sivu.keyboard.press("Alt+ArrowDown")
    sivu.get_by_text("Tällä sivulla ei ole vastaamattomia rivejä.").wait_for()
    sivu.keyboard.press("Tab")
    wait_until(sivu, "localStorage.length === 0")
    assert sivu.get_by_text("Tällä sivulla ei ole vastaamattomia rivejä.").is_visible(), "tallennus ei vie viestiä"
    assert {pk: (k.toteutumisaste, k.kommentti) for pk, k in stored(cast).items()} == written
    assert len(written) == RIVEJA


def test_a_hundred_rows_are_recorded_by_keyboard_alone_without_javascript(
    osoite, cast, selain, live_server, kirjautunut, settings
):
    fill_to(RIVEJA, cast)
    context = selain.new_context(base_url=live_server.url, java_script_enabled=False)
    cookie = kirjautunut(cast.veikko).cookies[settings.SESSION_COOKIE_NAME]
    context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])
    sivu = context.new_page()
    sivu.goto(osoite)
    sivu.get_by_role("link", name="Seuraava vastaamaton").focus()
    sivu.keyboard.press("Enter")
    for number in range(RIVEJA):
        _tab_to(sivu, "radio")
        sivu.keyboard.press("Space")
        for _step in range(number % 5):
            sivu.keyboard.press("ArrowRight")
        _tab_to(sivu, "textarea")
        type_in(sivu, f"{number} etenee.")
    while not sivu.locator("button[name=tallenna]:focus").count():
        sivu.keyboard.press("Tab")
    sivu.keyboard.press("Enter")
    sivu.get_by_text(f"{RIVEJA} riviä.").wait_for()
    said = {(k.toteutumisaste, k.kommentti) for k in stored(cast).values()}
    assert said == {(number % 5 + 1, f"{number} etenee.") for number in range(RIVEJA)}
    context.close()


def _tab_to(sivu, what):
    """Press Tab until the focus is in the next radio group or comment."""
    selector = {"radio": "input[type=radio]:focus", "textarea": "textarea[name$=-kommentti]:focus"}[what]
    for _press in range(10):
        sivu.keyboard.press("Tab")
        if sivu.locator(selector).count():
            return
    pytest.fail(f"Tab ei tule kohteeseen {what}")


def test_digits_are_text_in_a_text_field_and_arrows_choose_the_score(osoite, cast, sivu_kayttajana):
    sivu = sivu_kayttajana(cast.veikko)
    sivu.goto(osoite)
    row = entry(sivu, cast.vayla)
    row.focus()
    sivu.keyboard.press("3")
    sivu.keyboard.press("ArrowRight")
    assert row.get_by_role("radio", name="4").is_checked()
    sivu.keyboard.press("Tab")
    sivu.keyboard.type("12345")
    assert comment(sivu, cast.vayla).input_value() == "12345"
    assert row.get_by_role("radio", name="4").is_checked()
    sivu.keyboard.press("Tab")
    wait_saved(sivu, cast.vayla)
    assert (stored(cast)[cast.vayla.pk].toteutumisaste, stored(cast)[cast.vayla.pk].kommentti) == (4, "12345")


def veikon_muu(cast):
    return next(t for t in cast.toimenpiteet if t.toimiala == cast.tekniset and t != cast.vayla)


def test_a_chosen_score_is_taken_back(osoite, cast, sivu_kayttajana):
    sivu = sivu_kayttajana(cast.veikko)
    sivu.goto(osoite)
    clear = entry(sivu, cast.vayla).get_by_text("Poista valinta")
    assert not clear.is_visible(), "ei ole mitään poistettavaa"
    entry(sivu, cast.vayla).locator("[type=radio][value='4']").check()
    comment(sivu, cast.vayla).fill("Melkein valmis.")
    sivu.keyboard.press("Tab")
    wait_saved(sivu, cast.vayla)
    assert stored(cast)[cast.vayla.pk].toteutumisaste == 4
    entry(sivu, cast.vayla).get_by_role("radio", name="Poista valinta").check()
    entry(sivu, veikon_muu(cast)).focus()
    for _try in range(200):
        if stored(cast)[cast.vayla.pk].versio == 2:
            break
        sivu.wait_for_timeout(50)
    sivu.reload()
    assert entry(sivu, cast.vayla).locator("[type=radio]:checked").count() == 0
    assert not clear.is_visible()
    assert stored(cast)[cast.vayla.pk].toteutumisaste is None


def test_sending_folds_the_row_and_moves_to_the_next(osoite, cast, sivu_kayttajana):
    sivu = sivu_kayttajana(cast.veikko)
    sivu.goto(osoite)
    entry(sivu, cast.vayla).focus()
    sivu.keyboard.press("5")
    sivu.keyboard.press("Tab")
    sivu.keyboard.type("Valmis & käytössä.")
    sivu.keyboard.press("Control+Enter")
    wait_until(sivu, f"document.activeElement.id === 't{cast.toimenpiteet[1].pk}'")
    assert sivu.locator(f"details#t{cast.vayla.pk}:not([open])").count() == 1
    sivu.get_by_text("1 / 3 lähetetty.").wait_for()
    assert 'Lähetetty <span data-maara="lahetetty">1</span>' in sivu.content()
    assert stored(cast)[cast.vayla.pk].tila == "lahetetty"


def test_the_last_answer_is_copied_with_one_button(osoite, cast, sivu_kayttajana):
    sivu = sivu_kayttajana(cast.veikko)
    sivu.goto(osoite)
    entry(sivu, cast.vayla).get_by_role("button", name="Ei muutosta edelliseen").click()
    sivu.locator(f"details#t{cast.vayla.pk}").get_by_text("✓ Lähetetty").wait_for()
    assert comment(sivu, cast.vayla).input_value() == "Suunnitelma valmis – kilpailu syksyllä."
    assert stored(cast)[cast.vayla.pk].tila == "lahetetty"
    assert stored(cast)[cast.vayla.pk].ei_muutosta


def test_a_save_leaves_the_field_and_the_focus_alone(osoite, cast, sivu_kayttajana):
    """The pause in typing saves; what is typed while the answer is on its way stays, and is saved in its turn."""
    sivu = sivu_kayttajana(cast.veikko)
    sivu.goto(osoite)
    comment(sivu, cast.vayla).focus()
    sivu.keyboard.type("Alku")
    wait_saved(sivu, cast.vayla)
    held = []  # the next save waits here: on a slow machine it would be there before one looks
    sivu.route(f"**{osoite}", lambda route: held.append(route))
    sivu.keyboard.type(" ja jatko")
    assert sivu.evaluate("document.activeElement.name") == f"t{cast.vayla.pk}-kommentti"
    assert stored(cast)[cast.vayla.pk].kommentti == "Alku"
    for _try in range(1200):
        if held:
            break
        sivu.wait_for_timeout(50)
    assert "jatko" in held[0].request.post_data, "jokainen merkki ei tallennu erikseen"
    held[0].continue_()
    wait_saved(sivu, cast.vayla)
    assert stored(cast)[cast.vayla.pk].kommentti == "Alku ja jatko"


def test_a_fault_is_told_beside_its_field(osoite, cast, sivu_kayttajana, selaimen_virheet):
    sivu = sivu_kayttajana(cast.veikko)
    sivu.goto(osoite)
    valot = entry(sivu, cast.toimenpiteet[1])
    valot.get_by_role("radio", name="5").check(force=True)
    valot.get_by_role("button", name="Lähetä").click()
    sivu.get_by_text("Lähetetty.", exact=True).locator("visible=true").wait_for()
    comment(sivu, cast.vayla).fill("Teksti ilman arviota.")
    entry(sivu, cast.vayla).get_by_role("button", name="Lähetä").click()
    entry(sivu, cast.vayla).get_by_text("Valitse toteutumisaste 1–5 tai Ei arvioida, ja lähetä sitten.").wait_for()
    assert "Ei lähetetty." in entry(sivu, cast.vayla).locator(".saved").inner_text()
    assert sivu.locator("#tiedote").inner_text() == ""
    assert comment(sivu, cast.vayla).input_value() == "Teksti ilman arviota."
    assert stored(cast)[cast.vayla.pk].kommentti == "Teksti ilman arviota."
    assert kept_texts(sivu) == ""
    sivu.keyboard.press("4")
    entry(sivu, cast.vayla).get_by_role("button", name="Lähetä").click()
    sivu.get_by_text("2 / 3 lähetetty.").wait_for()
    selaimen_virheet.clear()  # the browser's own line about the refused answer


# --- nothing is lost


def test_nothing_is_lost_over_a_lost_connection(osoite, cast, sivu_kayttajana, selaimen_virheet):
    fill_to(20, cast)
    sivu = sivu_kayttajana(cast.veikko)
    sivu.goto(osoite)
    written = set()
    for number in range(20):
        sivu.context.set_offline(5 <= number < 15)
        sivu.keyboard.press("Alt+ArrowDown")
        sivu.keyboard.press("2")
        sivu.keyboard.press("Tab")
        sivu.keyboard.type(f"Rivi {number} & ä.")
        written.add(f"Rivi {number} & ä.")
        if number == 14:
            sivu.get_by_text("Ei tallennettu, yhteys poikki.").first.wait_for()
            assert "Rivi 6 & ä." in kept_texts(sivu)
    sivu.keyboard.press("Alt+ArrowDown")
    sivu.keyboard.press("Tab")
    wait_until(sivu, "localStorage.length === 0")
    assert {k.kommentti for k in stored(cast).values()} == written
    assert sivu.get_by_text("Ei tallennettu").locator("visible=true").count() == 0
    selaimen_virheet.clear()


def test_a_row_sent_without_a_connection_is_sent_when_it_returns(osoite, cast, sivu_kayttajana, selaimen_virheet):
    sivu = sivu_kayttajana(cast.veikko)
    sivu.goto(osoite)
    sivu.context.set_offline(True)
    entry(sivu, cast.vayla).focus()
    sivu.keyboard.press("4")
    sivu.keyboard.press("Tab")
    sivu.keyboard.type("Lähes valmis.")
    sivu.keyboard.press("Control+Enter")
    entry(sivu, cast.vayla).get_by_text("Ei tallennettu, yhteys poikki.").wait_for()
    sivu.context.set_offline(False)
    sivu.get_by_text("1 / 3 lähetetty.").wait_for()
    assert stored(cast)[cast.vayla.pk].kommentti == "Lähes valmis."
    selaimen_virheet.clear()


def test_an_ended_session_loses_nothing_when_one_signs_in_beside(osoite, cast, sivu_kayttajana):
    sivu = sivu_kayttajana(cast.veikko)
    sivu.goto(osoite)
    Istunto.objects.all().delete()
    entry(sivu, cast.vayla).focus()
    sivu.keyboard.press("4")
    sivu.keyboard.press("Tab")
    sivu.keyboard.type("Kirjoitettu istunnon jälkeen.")
    sivu.keyboard.press("Alt+ArrowDown")
    row = entry(sivu, cast.vayla)
    row.get_by_text("istuntosi on päättynyt").wait_for()
    assert sivu.url.endswith(osoite), "kirjautumissivu ei tule rivin tilalle"
    with sivu.context.expect_page() as opened:
        row.get_by_role("link", name="Kirjaudu uudessa välilehdessä").click()
    beside = opened.value
    beside.get_by_label("Sähköposti").fill(cast.veikko.email)
    beside.get_by_label("Salasana").fill(SALASANA)
    beside.get_by_role("button", name="Kirjaudu", exact=True).click()
    beside.get_by_role("heading", name="Hei,").wait_for()
    beside.close()
    sivu.evaluate("document.dispatchEvent(new Event('visibilitychange'))")  # headless has no foreground
    wait_saved(sivu, cast.vayla)
    assert stored(cast)[cast.vayla.pk].kommentti == "Kirjoitettu istunnon jälkeen."


def test_an_ended_session_loses_nothing_when_one_signs_in_again(osoite, cast, sivu):
    sign_in(sivu, cast.veikko)
    sivu.goto(osoite)
    Istunto.objects.all().delete()
    comment(sivu, cast.vayla).fill("Jäi tallentamatta & säilyi.")
    entry(sivu, cast.toimenpiteet[1]).focus()
    entry(sivu, cast.vayla).get_by_text("istuntosi on päättynyt").wait_for()
    sivu.reload()
    sivu.get_by_label("Sähköposti").fill(cast.veikko.email)
    sivu.get_by_label("Salasana").fill(SALASANA)
    sivu.get_by_role("button", name="Kirjaudu", exact=True).click()
    sivu.get_by_text("Löysimme tallentamattoman tekstin.").wait_for()
    row = entry(sivu, cast.vayla)
    assert row.get_by_text("Jäi tallentamatta & säilyi.").is_visible()
    row.get_by_role("button", name="Palauta").click()
    sivu.keyboard.press("Tab")
    wait_saved(sivu, cast.vayla)
    assert stored(cast)[cast.vayla.pk].kommentti == "Jäi tallentamatta & säilyi."
    assert kept_texts(sivu) == ""
    assert not sivu.get_by_text("Löysimme tallentamattoman tekstin").locator("visible=true").count()


def test_an_ended_session_loses_nothing_without_javascript(osoite, cast, selain, live_server, kirjautunut, settings):
    context = selain.new_context(base_url=live_server.url, java_script_enabled=False)
    cookie = kirjautunut(cast.veikko).cookies[settings.SESSION_COOKIE_NAME]
    context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])
    sivu = context.new_page()
    sivu.goto(osoite)
    comment(sivu, cast.vayla).fill("Pitkä teksti & paljon työtä.")
    Istunto.objects.all().delete()
    sivu.get_by_role("button", name="Tallenna", exact=True).last.click()
    sivu.get_by_role("heading", name="Istuntosi päättyi").wait_for()
    beside = context.new_page()
    sign_in(beside, cast.veikko)
    sivu.get_by_role("button", name="Lähetä uudelleen").click()
    if sivu.get_by_role("button", name="Lähetä uudelleen").count():  # signing in changed the page's protection too
        sivu.get_by_role("button", name="Lähetä uudelleen").click()
    sivu.get_by_text("1 rivi.").wait_for()
    assert stored(cast)[cast.vayla.pk].kommentti == "Pitkä teksti & paljon työtä."
    context.close()


def test_a_closed_tab_loses_nothing_and_another_person_sees_nothing(osoite, cast, sivu_kayttajana, selaimen_virheet):
    sivu = sivu_kayttajana(cast.veikko)
    sivu.goto(osoite)
    cut_off(sivu)
    comment(sivu, cast.vayla).fill("Vain Veikon silmille.")
    sivu.close()
    context = sivu.context
    context.set_offline(False)
    selaimen_virheet.clear()

    other = context.new_page()
    context.clear_cookies()
    sign_in(other, cast.hilkka)
    other.goto(osoite)
    other.get_by_text("Muutokset tallentuvat itsestään.").wait_for()
    assert "Vain Veikon silmille." not in other.content()
    other.close()

    context.clear_cookies()
    again = context.new_page()
    sign_in(again, cast.veikko)
    again.goto(osoite)
    again.get_by_text("Löysimme tallentamattoman tekstin.").wait_for()
    assert comment(again, cast.vayla).input_value() == ""
    again.get_by_role("button", name="Palauta kaikki").click()
    wait_saved(again, cast.vayla)
    assert stored(cast)[cast.vayla.pk].kommentti == "Vain Veikon silmille."


def test_a_forecast_is_saved_as_typed_and_offered_back_too(osoite, cast, sivu_kayttajana, selaimen_virheet):
    cast.strategia.use_lisakentat(["ennuste", "korjaavat_toimet"])
    cast.strategia.save()
    sivu, pk = sivu_kayttajana(cast.veikko), cast.vayla.pk
    sivu.goto(osoite)
    folded = entry(sivu, cast.vayla).get_by_text("Ennuste ja poikkeama", exact=True)
    assert not sivu.locator(f"#t{pk}-ennuste").is_visible()
    folded.click()
    sivu.locator(f"#t{pk}-ennuste").fill("Valmistuu keväällä – 80 %.")
    sivu.locator(f"#t{pk}-korjaavat_toimet").press("Tab")
    wait_saved(sivu, cast.vayla)
    assert stored(cast)[pk].ennuste == "Valmistuu keväällä – 80 %."
    cut_off(sivu)
    sivu.locator(f"#t{pk}-korjaavat_toimet").fill("Uusi urakka & ääni")
    sivu.close()
    sivu.context.set_offline(False)
    selaimen_virheet.clear()
    again = sivu.context.new_page()
    again.goto(osoite)
    notice = entry(again, cast.vayla).locator(".notice")
    assert "Uusi urakka & ääni" in notice.inner_text()
    notice.get_by_role("button", name="Palauta").click()
    again.get_by_text("Löysimme tallentamattoman tekstin").locator("visible=true").wait_for(state="detached")
    assert again.locator(f"#t{pk}-korjaavat_toimet").is_visible()
    wait_until(again, f"document.getElementById('t{pk}-versio').value === '2'")
    assert stored(cast)[pk].korjaavat_toimet == "Uusi urakka & ääni"


def test_what_is_found_can_be_thrown_away(osoite, cast, sivu_kayttajana, selaimen_virheet):
    sivu = sivu_kayttajana(cast.veikko)
    sivu.goto(osoite)
    cut_off(sivu)
    comment(sivu, cast.vayla).fill("Turha teksti.")
    sivu.close()
    sivu.context.set_offline(False)
    selaimen_virheet.clear()
    again = sivu.context.new_page()
    again.goto(osoite)
    entry(again, cast.vayla).get_by_role("button", name="Hylkää").click()
    again.get_by_text("Löysimme tallentamattoman tekstin").locator("visible=true").wait_for(state="detached")
    assert kept_texts(again) == comment(again, cast.vayla).input_value() == ""
    assert not stored(cast)


def test_of_two_windows_texts_of_one_row_the_newer_is_restored_and_the_older_waits(
    osoite, cast, sivu_kayttajana, selaimen_virheet
):
    first = sivu_kayttajana(cast.veikko)
    second = first.context.new_page()
    for sivu in (first, second):
        sivu.goto(osoite)
    for sivu, text in ((first, "Vanhempi teksti."), (second, "Uudempi teksti.")):
        cut_off(sivu)
        comment(sivu, cast.vayla).fill(text)
    for sivu in (first, second):
        sivu.close()
    first.context.set_offline(False)
    selaimen_virheet.clear()
    again = first.context.new_page()
    again.goto(osoite)
    again.get_by_role("button", name="Palauta kaikki").click()
    wait_saved(again, cast.vayla)
    assert comment(again, cast.vayla).input_value() == "Uudempi teksti."
    assert entry(again, cast.vayla).locator(".notice").get_by_text("Vanhempi teksti.").is_visible()
    assert stored(cast)[cast.vayla.pk].kommentti == "Uudempi teksti."


def test_text_of_a_row_that_is_given_to_others_is_shown_to_be_copied(osoite, cast, sivu_kayttajana, selaimen_virheet):
    sivu = sivu_kayttajana(cast.veikko)
    sivu.goto(osoite)
    cut_off(sivu)
    comment(sivu, cast.vayla).fill("Tunnin työ & tulos.")
    sivu.close()
    sivu.context.set_offline(False)
    selaimen_virheet.clear()
    Toimenpide.objects.filter(pk=cast.vayla.pk).update(toimiala=cast.sivistys)
    again = sivu.context.new_page()
    again.goto(f"{osoite}?tila=lahetetty")
    again.get_by_text("joka ei näy tässä rajauksessa").wait_for()
    again.get_by_role("link", name="Näytä kaikki").first.click()
    notice = again.locator("#loytyi")
    notice.get_by_text("Tunnin työ & tulos.").wait_for()
    assert not notice.get_by_text("joka ei näy tässä rajauksessa").is_visible()
    notice.get_by_role("button", name="Poista teksti selaimesta").click()
    assert not again.get_by_text("Tunnin työ & tulos.").count()
    assert kept_texts(again) == ""


@pytest.mark.parametrize("button", ["Tallenna", "Tallenna ja lähetä valmiit"])
def test_a_button_that_cannot_save_all_leads_to_the_row_that_waits(
    button, osoite, cast, sivu_kayttajana, selaimen_virheet
):
    sivu = sivu_kayttajana(cast.veikko)
    sivu.goto(osoite)
    Istunto.objects.all().delete()
    valot = cast.toimenpiteet[1]
    comment(sivu, valot).fill("Jäi kesken.")
    sivu.get_by_role("button", name=button, exact=True).last.click()
    wait_until(sivu, f"document.activeElement.id === 't{valot.pk}'")
    assert entry(sivu, valot).get_by_text("istuntosi on päättynyt").is_visible()
    selaimen_virheet.clear()


def test_a_page_left_by_a_link_is_saved_first(osoite, cast, sivu_kayttajana):
    sivu = sivu_kayttajana(cast.veikko)
    sivu.goto(osoite)
    comment(sivu, cast.vayla).fill("Ehti mukaan.")
    sivu.get_by_role("link", name="Luonnos").click()
    sivu.wait_for_url("**tila=luonnos")
    assert comment(sivu, cast.vayla).input_value() == "Ehti mukaan."
    assert not sivu.get_by_text("Löysimme tallentamattoman tekstin").locator("visible=true").count()


def test_when_the_jakso_moves_on_the_text_stays_and_the_person_is_told(osoite, cast, sivu_kayttajana, selaimen_virheet):
    sivu = sivu_kayttajana(cast.veikko)
    sivu.goto(osoite)
    cast.jakso.finish(by=cast.kaisa)
    comment(sivu, cast.vayla).fill("Myöhässä.")
    entry(sivu, cast.toimenpiteet[1]).focus()
    entry(sivu, cast.vayla).get_by_text("rivi ei ole enää sinulle avoinna").wait_for()
    assert comment(sivu, cast.vayla).input_value() == "Myöhässä."
    assert "Myöhässä." in kept_texts(sivu)
    selaimen_virheet.clear()


def test_a_row_sent_back_meanwhile_says_so_and_why_without_taking_the_focus(osoite, cast, sivu_kayttajana):
    sent = Vastaus(0, 3, kommentti="Alku.", laheta=True)
    [kirjaus], _conflicts = Kirjaus.objects.record(cast.jakso, {cast.vayla: sent}, by=cast.veikko)
    sivu = sivu_kayttajana(cast.veikko)
    sivu.goto(osoite)
    Kirjaus.objects.send_back(cast.jakso, {kirjaus.pk: 1}, "Kerro metrit & paikka.", by=cast.hilkka)
    row = entry(sivu, cast.vayla)
    summary = row.locator("summary").first
    summary.click()
    comment(sivu, cast.vayla).fill("Alku ja jatko.")
    summary.focus()
    row.get_by_text("Kerro metrit & paikka.").wait_for()
    assert sivu.evaluate("document.activeElement.localName") == "summary", "tallennus ei vie kohdistusta"
    assert "Palautettu täydennettäväksi" in summary.inner_text()
    assert "✓" not in summary.inner_text()
    assert "palautettu täydennettäväksi" in sivu.locator("#tiedote").inner_text()
    assert sivu.get_by_text("0 / 3 lähetetty.").is_visible()


# --- two at once


def test_two_browsers_see_both_texts_and_one_joins_them(osoite, cast, sivu_kayttajana, selaimen_virheet):
    sivu = sivu_kayttajana(cast.hilkka)
    sivu.goto(osoite)
    theirs = Vastaus(0, 3, kommentti="Veikon teksti.")
    Kirjaus.objects.record(cast.jakso, {cast.vayla: theirs}, by=cast.veikko)
    entry(sivu, cast.vayla).focus()
    sivu.keyboard.press("4")
    sivu.keyboard.press("Tab")
    sivu.keyboard.type("Hilkan teksti.")
    row = entry(sivu, cast.vayla)
    row.get_by_text("Toinen ehti tallentaa tämän rivin ensin.").wait_for()
    assert sivu.evaluate("document.activeElement.name") == f"t{cast.vayla.pk}-kommentti"
    assert row.get_by_text("Veikon teksti.").first.is_visible()
    sivu.keyboard.type(" Ja lisää.")
    sivu.keyboard.press("Alt+ArrowDown")
    sivu.wait_for_timeout(300)
    assert stored(cast)[cast.vayla.pk].kommentti == "Veikon teksti.", "valitsematta mikään ei korvaudu"
    row.get_by_text("Yhdistä tekstit").click()
    joined = row.get_by_label("Yhdistetty kommentti")
    assert joined.input_value() == "Veikon teksti.\n\nHilkan teksti. Ja lisää.", "jatkettu teksti tulee mukaan"
    joined.fill("Yhteinen teksti.")
    sivu.locator(f"#t{cast.vayla.pk}-kommentti").press_sequentially("!")
    assert joined.input_value() == "Yhteinen teksti.", "käsin yhdistettyyn ei kosketa"
    sivu.keyboard.press("Control+Enter")
    sivu.wait_for_timeout(500)
    assert joined.input_value() == "Yhteinen teksti.", "toinen painike ei vie yhdistettyä tekstiä"
    row.get_by_role("button", name="Tallenna yhdistetty").click()
    row.get_by_text("Toinen ehti tallentaa").wait_for(state="detached")
    assert comment(sivu, cast.vayla).input_value() == "Yhteinen teksti."
    assert stored(cast)[cast.vayla.pk].kommentti == "Yhteinen teksti."
    selaimen_virheet.clear()


@pytest.mark.parametrize(
    ("button", "kept"), [("Käytä tätä", "Veikon teksti."), ("Käytä omaani", "Hilkan uusi teksti.")]
)
def test_one_of_two_texts_is_chosen_on_a_sent_row_too(button, kept, osoite, cast, sivu_kayttajana, selaimen_virheet):
    sent = Vastaus(0, 3, kommentti="Alku.", laheta=True)
    Kirjaus.objects.record(cast.jakso, {cast.vayla: sent}, by=cast.veikko)
    sivu = sivu_kayttajana(cast.hilkka)
    sivu.goto(osoite)
    Kirjaus.objects.record(cast.jakso, {cast.vayla: Vastaus(1, 3, kommentti="Veikon teksti.")}, by=cast.veikko)
    row = entry(sivu, cast.vayla)
    row.locator("summary").first.click()
    comment(sivu, cast.vayla).fill("Hilkan uusi teksti.")
    entry(sivu, cast.toimenpiteet[1]).focus()
    row.get_by_text("Toinen ehti tallentaa tämän rivin ensin.").wait_for()
    row.get_by_role("button", name=button).click()
    row.get_by_text("Toinen ehti tallentaa").wait_for(state="detached")
    assert stored(cast)[cast.vayla.pk].kommentti == kept
    assert kept_texts(sivu) == ""
    selaimen_virheet.clear()
