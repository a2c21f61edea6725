"""The mittarit on the entry page: under their toimenpide, and as cards of a tavoite or a painopiste."""

import html
import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from raportit.sulkeminen.sulje import close_jakso
from seuranta.models import Kirjaus, MittariArvo, Mittaus, Vastaus
from strategia.models import Mittari
from tests.cast import create_mittari

from ..conftest import give_mittarit_away
from .test_views import row

HTMX = {"HX-Request": "true"}


@pytest.fixture
def sivun_osoite(cast):
    return reverse("seuranta:kirjaus-lista", args=[cast.jakso.pk])


@pytest.fixture
def reitit(cast):
    """The measure of väylä, a number: Veikko's."""
    return cast.mittarit[0]


@pytest.fixture
def kulkee(cast):
    """The measure of a tavoite, a per cent: recorded by Sivistyspalvelut, Otso's."""
    return cast.mittarit[1]


@pytest.fixture
def raati(cast):
    """The measure of a painopiste, kyllä/ei: the koordinaattori's."""
    return cast.mittarit[2]


def prefix_of(mittari):
    if mittari.toimenpide_id:
        return f"t{mittari.toimenpide_id}-m{mittari.pk}"
    return f"g{mittari.tavoite_id}-m{mittari.pk}" if mittari.tavoite_id else f"p{mittari.painopiste_id}-m{mittari.pk}"


def mitta(mittari, teksti="", *, versio=0, huomautus="", sisainen_huomio="", **more):
    """The fields of one mittari as a browser posts them."""
    values = {"versio": versio, "teksti": teksti, "huomautus": huomautus, "sisainen_huomio": sisainen_huomio, **more}
    return {f"{prefix_of(mittari)}-{name}": value for name, value in values.items()}


def stored(cast, mittari):
    return MittariArvo.objects.filter(jakso=cast.jakso, mittari=mittari).first()


def write(cast, mittari, teksti, *, by, versio=0, **more):
    (saved,), _conflicts = MittariArvo.objects.record(cast.jakso, {mittari: Mittaus(versio, teksti, **more)}, by=by)
    return saved


def words(answer):
    """The text of the page as it is read."""
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", answer.text))).replace("\xa0", " ")


# --- who may not


def test_otso_writes_no_value_under_veikkos_toimenpide(cast, kirjautunut, sivun_osoite, reitit):
    otso = kirjautunut(cast.otso)
    answer = otso.post(sivun_osoite, row(cast.vayla) | mitta(reitit, "99"))
    assert answer.status_code == 409
    assert "eivät ole enää sinun" in answer.text
    assert "99" in words(answer)
    data = row(cast.vayla) | mitta(reitit, "99") | {"rivi": cast.vayla.pk}
    assert otso.post(sivun_osoite, data, headers=HTMX).status_code == 404
    assert stored(cast, reitit) is None


@pytest.mark.parametrize("who", ["veikko", "hilkka", "tarmo"])
def test_a_card_is_for_those_who_record_it(who, cast, kirjautunut, sivun_osoite, kulkee, raati):
    client = kirjautunut(getattr(cast, who))
    page = client.get(sivun_osoite).text
    for mittari in (kulkee, raati):
        assert mittari.nimi not in page
        data = mitta(mittari, "50") | {"rivi": prefix_of(mittari).partition("-")[0]}
        assert client.post(sivun_osoite, data, headers=HTMX).status_code == 404
        client.post(sivun_osoite, data)
        assert stored(cast, mittari) is None


@pytest.mark.parametrize("who", ["liisa", "ulla"])
def test_others_do_not_find_it(who, cast, kirjautunut, sivun_osoite, reitit):
    assert kirjautunut(getattr(cast, who)).post(sivun_osoite, mitta(reitit, "1")).status_code == 404
    assert stored(cast, reitit) is None


def test_nobody_writes_to_a_closed_jakso_and_what_came_late_is_shown(cast, kirjautunut, sivun_osoite, reitit):
    cast.jakso.finish(by=cast.kaisa)
    close_jakso(cast.jakso, by=cast.kaisa)
    answer = kirjautunut(cast.veikko).post(
        sivun_osoite, row(cast.vayla) | mitta(reitit, "11", huomautus="Kaksi uutta reittiä.")
    )
    assert answer.status_code == 404
    assert "Kaksi uutta reittiä." in answer.text
    assert stored(cast, reitit) is None


# --- a value under its toimenpide


def test_veikko_sees_target_last_value_and_writes_the_value_now(cast, kirjautunut, sivun_osoite, reitit):
    veikko = kirjautunut(cast.veikko)
    page = words(veikko.get(sivun_osoite))
    assert "Turvallisia koulureittejä kpl Tavoite: 12 kpl 30.4.2026: 9 kpl" in page
    assert "arvo puuttuu (tavoite 12 kpl)" in page
    assert "Mittarit eivät muuta toteutumisastetta. Sen arvioit itse." in page
    answer = veikko.post(sivun_osoite, row(cast.vayla) | mitta(reitit, "11", huomautus="Yksi uusi."), follow=True)
    assert "Tallennettu klo" in answer.text
    assert "11 kpl (tavoite 12 kpl): ei vielä" in words(answer)
    arvo = stored(cast, reitit)
    assert (arvo.teksti, arvo.luku, arvo.huomautus, arvo.tila) == ("11", 11, "Yksi uusi.", "")
    assert arvo.history.get().history_user == cast.veikko
    assert not Kirjaus.objects.filter(jakso=cast.jakso).exists(), "arvo ei arvioi toimenpidettä"


@pytest.mark.parametrize(
    ("typed", "luku", "sentence"),
    [
        ("12", 12, "12 kpl (tavoite 12 kpl): saavutettu"),
        ("1 234,5", 1234.5, "1 234,5 kpl (tavoite 12 kpl): saavutettu"),
        ("13 kpl", 13, "13 kpl (tavoite 12 kpl): saavutettu"),
        ("8", 8, "8 kpl (tavoite 12 kpl): ei vielä, heikkeni"),
        ("n. 70", None, "n. 70 (tavoite 12 kpl): ei voi verrata"),
    ],
)
def test_the_script_is_told_the_result(typed, luku, sentence, cast, kirjautunut, sivun_osoite, reitit):
    data = row(cast.vayla) | mitta(reitit, typed) | {"rivi": cast.vayla.pk}
    answer = kirjautunut(cast.veikko).post(sivun_osoite, data, headers=HTMX)
    assert (answer.status_code, answer.headers["X-Kirjaus"]) == (200, "tallennettu")
    assert sentence in words(answer)
    assert f'id="{prefix_of(reitit)}-versio" value="1"' in answer.text
    arvo = stored(cast, reitit)
    assert arvo.teksti == typed
    assert arvo.luku == luku


def test_the_same_page_saved_twice_is_one_value(cast, kirjautunut, sivun_osoite, reitit):
    veikko = kirjautunut(cast.veikko)
    veikko.post(sivun_osoite, row(cast.vayla) | mitta(reitit, "11"))
    veikko.post(sivun_osoite, row(cast.vayla) | mitta(reitit, "11", versio=1))
    assert (stored(cast, reitit).versio, stored(cast, reitit).history.count()) == (1, 1)


def test_a_value_and_its_row_are_sent_together(cast, kirjautunut, sivun_osoite, reitit):
    data = row(cast.vayla, aste="3", kommentti="Etenee.") | mitta(reitit, "11") | {"laheta": cast.vayla.pk}
    kirjautunut(cast.veikko).post(sivun_osoite, data)
    kirjaus = Kirjaus.objects.get(jakso=cast.jakso, toimenpide=cast.vayla)
    assert kirjaus.tila == "lahetetty"
    assert stored(cast, reitit).is_told_with(kirjaus)


def test_a_value_written_on_an_approved_row_waits_for_hilkka_again(cast, kirjautunut, sivun_osoite, reitit):
    veikko = kirjautunut(cast.veikko)
    sent = row(cast.vayla, aste="3", kommentti="Etenee.") | mitta(reitit, "11")
    veikko.post(sivun_osoite, sent | {"laheta": cast.vayla.pk})
    kirjaus = Kirjaus.objects.get(jakso=cast.jakso, toimenpide=cast.vayla)
    Kirjaus.objects.approve(cast.jakso, {kirjaus.pk: kirjaus.versio}, by=cast.hilkka)
    kirjaus.refresh_from_db()
    again = row(cast.vayla, versio=kirjaus.versio, aste="3", kommentti="Etenee.") | mitta(reitit, "12", versio=1)
    answer = veikko.post(sivun_osoite, again | {"rivi": cast.vayla.pk}, headers=HTMX)
    assert answer.headers["X-Kirjaus"] == "tallennettu"
    kirjaus.refresh_from_db()
    assert kirjaus.tila == "lahetetty"
    assert f'id="t{cast.vayla.pk}-versio" value="{kirjaus.versio}"' in answer.text
    assert 'data-tila="lahetetty"' in answer.text


def test_a_value_that_another_changed_is_shown_beside_and_chosen(cast, kirjautunut, sivun_osoite, reitit):
    write(cast, reitit, "10", by=cast.hilkka, huomautus="Hilkan luku.")
    veikko = kirjautunut(cast.veikko)
    mine = row(cast.vayla, aste="3", kommentti="Etenee.") | mitta(reitit, "11", huomautus="Oma luku.")
    answer = veikko.post(sivun_osoite, mine | {"laheta": cast.vayla.pk})
    assert answer.status_code == 409
    for text in ("Toinen ehti tallentaa tämän arvon ensin.", "Hilkan luku.", "Oma luku.", "Hilkka Hyvönen"):
        assert text in words(answer)
    assert Kirjaus.objects.get(jakso=cast.jakso, toimenpide=cast.vayla).tila == "luonnos", "ei lähde ilman arvoa"
    assert stored(cast, reitit).teksti == "10"
    again = row(cast.vayla, versio=1, aste="3", kommentti="Etenee.") | mitta(
        reitit, "11", huomautus="Oma luku.", nahty="1"
    )
    answer = veikko.post(sivun_osoite, again | {"ratkaise": f"{prefix_of(reitit)}:oma"})
    assert answer.status_code == 302
    assert answer.url.endswith(f"#t{cast.vayla.pk}")
    assert (stored(cast, reitit).teksti, stored(cast, reitit).versio) == ("11", 2)


def test_the_other_value_may_be_taken_too(cast, kirjautunut, sivun_osoite, reitit):
    write(cast, reitit, "10", by=cast.hilkka)
    data = row(cast.vayla) | mitta(reitit, "11", nahty="1") | {"ratkaise": f"{prefix_of(reitit)}:tallennettu"}
    assert kirjautunut(cast.veikko).post(sivun_osoite, data).status_code == 302
    assert stored(cast, reitit).teksti == "10"


def test_a_value_sent_along_as_it_was_hides_nothing_and_the_other_is_told(cast, kirjautunut, sivun_osoite, reitit):
    write(cast, reitit, "9", by=cast.veikko)
    write(cast, reitit, "10", by=cast.hilkka, versio=1)
    data = row(cast.vayla, kommentti="Etenee.") | mitta(reitit, "9", versio=1) | {"rivi": cast.vayla.pk}
    answer = kirjautunut(cast.veikko).post(sivun_osoite, data, headers=HTMX)
    assert answer.headers["X-Kirjaus"] == "tallennettu"
    assert "Arvo on muuttunut toisaalla : 10 kpl" in words(answer)
    assert f'id="{prefix_of(reitit)}-versio" value="1"' in answer.text, "kentässä on yhä vanha arvo"
    again = row(cast.vayla, versio=1, kommentti="Etenee hyvin.") | mitta(reitit, "9", versio=1)
    kirjautunut(cast.veikko).post(sivun_osoite, again | {"rivi": cast.vayla.pk}, headers=HTMX)
    assert stored(cast, reitit).teksti == "10"


def test_too_long_a_note_is_told_at_its_field_and_kept(cast, kirjautunut, sivun_osoite, reitit):
    answer = kirjautunut(cast.veikko).post(sivun_osoite, row(cast.vayla) | mitta(reitit, "11", huomautus="x" * 32_768))
    assert answer.status_code == 409
    assert "enintään 32767 merkkiä" in answer.text
    assert "x" * 32_768 in answer.text
    assert stored(cast, reitit) is None


def test_a_value_of_a_mittari_that_is_followed_no_more_is_shown_back(cast, kirjautunut, sivun_osoite, reitit):
    Mittari.objects.filter(pk=reitit.pk).update(voimassa_asti=date(2020, 1, 1))
    answer = kirjautunut(cast.veikko).post(sivun_osoite, row(cast.vayla, kommentti="Etenee.") | mitta(reitit, "11"))
    assert answer.status_code == 409
    assert "Turvallisia koulureittejä Arvo 11" in words(answer)
    assert Kirjaus.objects.get(jakso=cast.jakso, toimenpide=cast.vayla).kommentti == "Etenee."


def test_no_change_since_the_last_copies_the_row_and_not_its_values(cast, kirjautunut, sivun_osoite, reitit):
    veikko = kirjautunut(cast.veikko)
    assert "Ei muutosta edelliseen ei kopioi mittarien arvoja." in veikko.get(sivun_osoite).text
    veikko.post(sivun_osoite, row(cast.vayla) | mitta(reitit) | {"ei_muutosta": cast.vayla.pk})
    assert Kirjaus.objects.get(jakso=cast.jakso, toimenpide=cast.vayla).toteutumisaste == 2
    assert stored(cast, reitit) is None


def test_in_viimeistely_kaisa_rewords_and_the_owners_value_stays(cast, kirjautunut, sivun_osoite, reitit):
    write(cast, reitit, "11", by=cast.veikko)
    cast.jakso.finish(by=cast.kaisa)
    kaisa = kirjautunut(cast.kaisa)
    kaisa.post(sivun_osoite, mitta(reitit, "12", versio=1))
    assert stored(cast, reitit).kirjaajan_tekstit == {"teksti": "11"}
    assert "Kirjaajan arvo: 11" in words(kaisa.get(sivun_osoite))
    assert kirjautunut(cast.veikko).post(sivun_osoite, mitta(reitit, "13", versio=2)).status_code == 404


def test_what_the_source_said_of_a_kylla_ei_stays_as_it_was(cast, kirjautunut, sivun_osoite):
    mittari = create_mittari(cast.strategia, {"toimenpide": cast.vayla}, "Lupa", "kylla_ei", "", "suurempi", "", {})
    write(cast, mittari, "osittain", by=cast.kaisa)
    page = kirjautunut(cast.veikko).get(sivun_osoite).text
    assert f'<input type="radio" name="{prefix_of(mittari)}-teksti" value="osittain" checked>' in page


# --- the card of a tavoite or a painopiste


def test_otso_records_the_card_of_a_tavoite_where_he_has_no_toimenpide(cast, kirjautunut, sivun_osoite, kulkee):
    otso = kirjautunut(cast.otso)
    page = words(otso.get(sivun_osoite))
    assert "Turvalliset koulutiet Tavoitteen mittarit" in page
    assert "Väylä" not in page
    kortti = f"g{kulkee.tavoite_id}"
    answer = otso.post(sivun_osoite, mitta(kulkee, "75 %") | {"rivi": kortti}, headers=HTMX)
    assert "75 % (tavoite 60 %): saavutettu" in words(answer)
    assert 'data-tila="luonnos"' in answer.text
    otso.post(sivun_osoite, mitta(kulkee, "75 %", versio=1) | {"laheta": kortti})
    assert stored(cast, kulkee).tila == "lahetetty"


def test_a_card_is_not_sent_without_a_value_or_a_reason(cast, kirjautunut, sivun_osoite, kulkee):
    otso, kortti = kirjautunut(cast.otso), f"g{kulkee.tavoite_id}"
    answer = otso.post(sivun_osoite, mitta(kulkee, sisainen_huomio="Kysely kesken.") | {"laheta": kortti})
    assert answer.status_code == 409
    assert "Anna arvo tai kerro huomautuksessa, miksi sitä ei ole, ja lähetä sitten." in answer.text
    assert (stored(cast, kulkee).tila, stored(cast, kulkee).sisainen_huomio) == ("luonnos", "Kysely kesken.")
    data = mitta(kulkee, huomautus="Kyselyä ei tehty.", versio=1, sisainen_huomio="Kysely kesken.")
    otso.post(sivun_osoite, data | {"laheta": kortti})
    assert stored(cast, kulkee).tila == "lahetetty"


def test_a_value_that_was_sent_back_shows_its_reason_first_and_goes_again(cast, kirjautunut, sivun_osoite, kulkee):
    arvo = write(cast, kulkee, "75 %", by=cast.otso, laheta=True)
    MittariArvo.objects.send_back(cast.jakso, {arvo.pk: 1}, "Mistä luku on?", by=cast.kaisa)
    otso = kirjautunut(cast.otso)
    page = otso.get(sivun_osoite)
    assert "Mistä luku on?" in page.text
    assert re.search(r'class="entry[^"]*palautettu"[^>]*id="(\w+)"', page.text)[1] == f"g{kulkee.tavoite_id}"
    untouched = row(cast.kerho) | mitta(kulkee, "75 %", versio=2) | {"laheta": "valmiit"}
    otso.post(sivun_osoite, untouched)
    assert stored(cast, kulkee).tila == "palautettu", "valmiiden nappi ei lähetä palautettua koskematta"
    otso.post(sivun_osoite, mitta(kulkee, "75 %", huomautus="Kyselystä.", versio=2) | {"laheta": "valmiit"})
    assert stored(cast, kulkee).tila == "lahetetty"


def test_cards_are_in_the_figures_and_filters_of_the_page(cast, kirjautunut, sivun_osoite, kulkee):
    otso = kirjautunut(cast.otso)
    assert "0 / 4" in words(otso.get(sivun_osoite))
    write(cast, kulkee, "75 %", by=cast.otso, laheta=True)
    assert "1 / 4" in words(otso.get(sivun_osoite))
    assert kulkee.nimi in otso.get(sivun_osoite, {"tila": "lahetetty"}).text
    assert kulkee.nimi not in otso.get(sivun_osoite, {"tila": "ei_vastattu"}).text
    assert kulkee.nimi in otso.get(sivun_osoite, {"q": "kulkee itse"}).text


def test_a_card_of_several_toimialat_is_found_by_each_of_them(cast, kirjautunut, sivun_osoite, kulkee):
    own, kaisa = {"tavoite": kulkee.tavoite}, kirjautunut(cast.kaisa)
    create_mittari(cast.strategia, own, "Talvikunnossapito", "luku", "", "suurempi", "", {}, toimiala=cast.tekniset)
    tilanne = kaisa.get(reverse("seuranta:jakso-detail", args=[cast.jakso.pk])).text
    for toimiala in (cast.sivistys, cast.tekniset):
        osoite = f"{sivun_osoite}?toimiala={toimiala.pk}"
        assert osoite in tilanne and f'id="g{kulkee.tavoite_id}"' in kaisa.get(osoite).text, toimiala
    assert f'id="g{kulkee.tavoite_id}"' not in kaisa.get(sivun_osoite, {"toimiala": "ilman"}).text
    rajaus = {value: n for value, _name, n in kaisa.get(sivun_osoite).context["toimialat"]}
    for value in (str(cast.sivistys.pk), str(cast.tekniset.pk)):
        found = kaisa.get(sivun_osoite, {"toimiala": value}).text
        assert len(re.findall(r'class="entry[^"]*" id="', found)) == rajaus[value]


def test_kaisa_has_the_card_of_a_painopiste_before_its_rows(cast, kirjautunut, sivun_osoite, raati):
    page = kirjautunut(cast.kaisa).get(sivun_osoite).text
    entries = re.findall(r'class="entry[^"]*" id="(\w+)"', page)
    assert entries[:3] == [f"p{raati.painopiste_id}", f"g{cast.tavoitteet[0].pk}", f"t{cast.vayla.pk}"]


# --- many of them


def test_a_page_counts_its_mittarit_too(cast, kirjautunut, sivun_osoite, monkeypatch):
    monkeypatch.setattr("seuranta.kirjaaminen.sivutus.ENINTAAN", 3)
    monkeypatch.setattr("seuranta.kirjaaminen.views.ENINTAAN", 3)
    for number in range(4):
        create_mittari(
            cast.strategia, {"toimenpide": cast.toimenpiteet[1]}, f"M{number}", "luku", "", "suurempi", "", {}
        )
    veikko = kirjautunut(cast.veikko)
    first = veikko.get(sivun_osoite)
    assert re.findall(r'class="entry[^"]*" id="(\w+)"', first.text) == [f"t{cast.vayla.pk}"]
    second = veikko.get(sivun_osoite, {"rivi": cast.toimenpiteet[1].pk})
    assert second.text.count('class="luku"') == 4
    answer = veikko.post(sivun_osoite, row(cast.vayla, kommentti="Etenee."))
    assert f"rivi={cast.vayla.pk}" in answer.url


def test_the_page_asks_as_few_queries_for_many_mittarit_as_for_few(cast, kirjautunut, sivun_osoite):
    veikko, counts = kirjautunut(cast.veikko), []
    for name in ("Yksi", "Kaksi"):
        for number in range(25):
            create_mittari(
                cast.strategia, {"toimenpide": cast.vayla}, f"{name} {number}", "luku", "", "suurempi", "", {2026: "1"}
            )
        with CaptureQueriesContext(connection) as asked:
            page = veikko.get(sivun_osoite)
        counts.append(len(asked))
    assert page.text.count('class="luku"') == 51
    assert counts[0] == counts[1]


def test_a_strategia_without_mittarit_asks_nothing_more(cast, kirjautunut, sivun_osoite):
    veikko = kirjautunut(cast.veikko)
    veikko.get(sivun_osoite)
    with CaptureQueriesContext(connection) as with_mittarit:
        veikko.get(sivun_osoite)
    give_mittarit_away(cast)
    with CaptureQueriesContext(connection) as without:
        page = veikko.get(sivun_osoite)
    assert len(with_mittarit) - len(without) == 3
    assert "Mittarit eivät muuta" not in page.text


def test_the_texts_of_a_mittari_are_in_history_with_who_wrote_them(cast, kirjautunut, sivun_osoite, reitit):
    kirjautunut(cast.veikko).post(sivun_osoite, row(cast.vayla) | mitta(reitit, "9", sisainen_huomio="Arvio."))
    kirjautunut(cast.kaisa).post(sivun_osoite, mitta(reitit, "10", versio=1, sisainen_huomio="Arvio."))
    told = [(h.teksti, h.history_user) for h in stored(cast, reitit).history.order_by("history_id")]
    assert told == [("9", cast.veikko), ("10", cast.kaisa)]


def test_a_vastaus_of_the_row_alone_still_leaves_the_value(cast, kirjautunut, sivun_osoite, reitit):
    write(cast, reitit, "9", by=cast.veikko)
    Kirjaus.objects.record(cast.jakso, {cast.vayla: Vastaus(0, 3, kommentti="Etenee.")}, by=cast.veikko)
    kirjautunut(cast.veikko).post(sivun_osoite, row(cast.vayla, versio=1, aste="4", kommentti="Etenee."))
    assert stored(cast, reitit).teksti == "9"


def test_the_front_page_counts_cards_as_the_list_does(cast, kirjautunut, kulkee):
    otso = kirjautunut(cast.otso)
    assert "0 / 4 lähetetty." in words(otso.get("/"))
    write(cast, kulkee, "75 %", by=cast.otso, laheta=True)
    assert "1 / 4 lähetetty." in words(otso.get("/"))
    assert "0 / 3 lähetetty." in words(kirjautunut(cast.veikko).get("/"))
