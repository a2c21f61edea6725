"""The whole flow in Chromium: sign in, record, finish, close, fetch the PDF."""

from seuranta.models import Kirjaus

from .cast import SALASANA


def sign_in(sivu, user):
    sivu.goto("/tili/kirjaudu/")
    sivu.get_by_label("Sähköposti").fill(user.email)
    sivu.get_by_label("Salasana").fill(SALASANA)
    sivu.get_by_role("button", name="Kirjaudu", exact=True).click()
    sivu.get_by_role("heading", name="Hei,").wait_for()


def sign_out(sivu):
    sivu.get_by_role("link", name="Kirjaudu ulos").click()
    sivu.get_by_role("button", name="Kirjaudu ulos").click()


def test_veikko_records_and_kaisa_closes_and_fetches_the_pdf(transactional_db, cast, sivu):
    sign_in(sivu, cast.veikko)
    sivu.get_by_role("link", name="Kirjaa").click()
    entry = sivu.locator("article", has_text="Väylä Kirkkotie–Koulupolku")
    entry.get_by_role("radio", name="4").check()
    entry.get_by_label("Kommentti").fill("Urakka on kilpailutettu – työt alkavat & jatkuvat syksyn.")
    entry.get_by_role("button", name="Lähetä").click()
    sivu.get_by_text("1 / 3 lähetetty.").wait_for()
    kirjaus = Kirjaus.objects.get(jakso=cast.jakso)
    assert (kirjaus.toteutumisaste, kirjaus.tila) == (4, "lahetetty")
    sign_out(sivu)

    sign_in(sivu, cast.kaisa)
    sivu.locator("#sisalto").get_by_role("link", name="Vastaustilanne").click()
    sivu.get_by_role("button", name="Siirrä viimeistelyyn").click()
    sivu.get_by_text("7 riviä on lähettämättä.").wait_for()
    sivu.get_by_role("button", name="Siirrä viimeistelyyn").click()
    sivu.get_by_role("link", name="Sulje jakso").click()
    sivu.get_by_role("button", name="Sulje jakso").click()
    sivu.get_by_text("Jakso on suljettu ja raportti jäädytetty. Versio 1.").wait_for()
    sivu.get_by_role("link", name="Avaa raportti").click()
    sivu.get_by_text("Urakka on kilpailutettu – työt alkavat & jatkuvat syksyn.").first.wait_for()

    with sivu.expect_download() as download:
        sivu.get_by_role("link", name="Lataa PDF").click()
    content = download.value.path().read_bytes()
    assert content.startswith(b"%PDF-1.7")
    versio = cast.jakso.raporttiversiot.get()
    assert versio.sha256 == versio.digest(versio.data)


def test_the_entry_page_works_without_javascript(transactional_db, cast, selain, live_server):
    context = selain.new_context(base_url=live_server.url, java_script_enabled=False)
    sivu = context.new_page()
    sign_in(sivu, cast.otso)
    sivu.get_by_role("link", name="Kirjaa").click()
    entry = sivu.locator("article", has_text="Kerho jokaiselle koululle")
    entry.get_by_role("radio", name="Ei arvioida").check()
    entry.get_by_label("Ei arvioida tällä jaksolla (syy)").select_option("luovuttu")
    sivu.get_by_role("button", name="Tallenna", exact=True).last.click()
    sivu.get_by_text("1 rivi.").wait_for()
    assert Kirjaus.objects.get(jakso=cast.jakso).syy == "luovuttu"
    context.close()


def test_a_session_that_ends_in_the_middle_loses_nothing_without_javascript(
    transactional_db, cast, selain, live_server, settings
):
    """Sign in beside, come back, send again: signing in makes a new protection, so the form asks once more."""
    context = selain.new_context(base_url=live_server.url, java_script_enabled=False)
    sivu = context.new_page()
    sign_in(sivu, cast.otso)
    sivu.get_by_role("link", name="Kirjaa").click()
    sivu.locator("article", has_text="Kerho jokaiselle koululle").get_by_label("Kommentti").fill(
        "Kerho – alkoi\nkeväällä."
    )
    context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    sivu.get_by_role("button", name="Tallenna", exact=True).last.click()
    sivu.get_by_role("heading", name="Istuntosi päättyi").wait_for()
    assert sivu.get_by_text("Kerho – alkoi").is_visible()
    with context.expect_page() as beside:
        sivu.get_by_role("link", name="Kirjaudu uudessa välilehdessä").click()
    sign_in(beside.value, cast.otso)
    sivu.get_by_role("button", name="Lähetä uudelleen").click()
    sivu.get_by_role("heading", name="Lähetä vielä kerran").wait_for()
    sivu.get_by_role("button", name="Lähetä uudelleen").click()
    sivu.get_by_text("1 rivi.").wait_for()
    assert Kirjaus.objects.get(jakso=cast.jakso).kommentti == "Kerho – alkoi\nkeväällä."
    context.close()
