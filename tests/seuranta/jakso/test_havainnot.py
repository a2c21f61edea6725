"""What Kaisa is shown before she closes a jakso."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from seuranta.jakso.havainnot import check_before_closing
from seuranta.models import Kirjaus
from strategia.models import Mittari, Toimenpide
from tests.cast import create_kirjaus


@pytest.fixture(autouse=True)
def without_measures(cast):
    """Those of the cast have ended: test_mittarihavainnot.py tells of them."""
    Mittari.objects.filter(kunta=cast.kunta).update(voimassa_asti=cast.edellinen.paattyy)


@pytest.fixture
def osoite(cast):
    return reverse("seuranta:jakso-tarkista", args=[cast.jakso.pk])


def record(cast, toimenpide, aste, kommentti, tila=Kirjaus.Tila.LAHETETTY, **values):
    kirjaus = create_kirjaus(cast.jakso, toimenpide, aste, kommentti)
    kirjaus.tila = tila
    for name, value in values.items():
        setattr(kirjaus, name, value)
    kirjaus.save()


def found(cast, toimenpide):
    """{laji: selite} of this row."""
    rivit = {rivi.toimenpide.pk: rivi for rivi in check_before_closing(cast.jakso).rivit}
    return {h.laji: h.selite for h in rivit[toimenpide.pk].havainnot} if toimenpide.pk in rivit else {}


# --- who may not


def test_only_who_coordinates_is_shown_the_checks(cast, kirjautunut, osoite):
    for who in (cast.veikko, cast.hilkka, cast.tarmo):
        assert kirjautunut(who).get(osoite).status_code == 403
    for who in (cast.liisa, cast.ulla):
        assert kirjautunut(who).get(osoite).status_code == 404
    assert "Tarkista ennen sulkemista" not in (
        kirjautunut(cast.veikko).get(reverse("seuranta:jakso-detail", args=[cast.jakso.pk])).text
    )


def test_a_closed_jakso_is_not_checked(cast, kirjautunut):
    path = reverse("seuranta:jakso-tarkista", args=[cast.edellinen.pk])
    assert "Tarkistaa voi avoimen tai viimeisteltävän jakson." in kirjautunut(cast.kaisa).get(path, follow=True).text


# --- what is found


def test_an_unanswered_row_and_one_without_a_comment_are_found(cast):
    record(cast, cast.vayla, 3, "  \n ")
    assert found(cast, cast.kerho) == {"ei_vastattu": ""}
    assert found(cast, cast.vayla) == {"kommentti": ""}


def test_a_draft_without_a_score_is_not_answered(cast):
    record(cast, cast.vayla, Kirjaus.Syy.EI_VASTATTU, "Aloitin tästä.", Kirjaus.Tila.LUONNOS)
    assert found(cast, cast.vayla) == {"ei_vastattu": "", "luonnos": ""}


def test_the_checks_begin_with_what_was_sent_and_nobody_approved(cast, kirjautunut, osoite):
    record(cast, cast.vayla, 3, "Etenee.")
    record(cast, cast.kerho, 5, "Toimii.", Kirjaus.Tila.HYVAKSYTTY)
    havainnot = check_before_closing(cast.jakso)
    assert [(str(sana), n) for _laji, sana, n in havainnot.luvut][0] == ("Lähetetty, ei hyväksytty", 1)
    kaisa = kirjautunut(cast.kaisa)
    sulje = kaisa.get(reverse("raportit:jakso-sulje", args=[cast.jakso.pk])).text
    assert sulje.index("Lähetetty, ei hyväksytty") < sulje.index("Ei vastattu, tai toteutumisaste puuttuu")
    assert cast.vayla.nimi in kaisa.get(osoite, {"havainto": "lahetetty"}).text
    assert cast.kerho.nimi not in kaisa.get(osoite, {"havainto": "lahetetty"}).text
    assert cast.vayla.nimi not in kaisa.get(osoite).text  # nothing is wrong with it: it waits


def test_what_was_sent_is_told_even_where_nothing_else_is_found(cast, kirjautunut):
    Toimenpide.objects.exclude(pk=cast.vayla.pk).update(voimassa_asti=cast.jakso.alkaa.replace(day=1, month=1))
    record(cast, cast.vayla, 3, "Etenee.")
    assert check_before_closing(cast.jakso).rivit == []
    sulje = kirjautunut(cast.kaisa).get(reverse("raportit:jakso-sulje", args=[cast.jakso.pk])).text
    assert "Lähetetty, ei hyväksytty" in sulje
    assert "Tarkistuksissa ei löytynyt korjattavaa." not in sulje


def test_a_row_that_is_not_assessed_for_a_reason_is_answered(cast):
    record(cast, cast.vayla, Kirjaus.Syy.LUOVUTTU, "Tästä luovuttiin.")
    assert found(cast, cast.vayla) == {}


def test_a_returned_row_that_was_not_sent_again_is_found(cast):
    record(cast, cast.vayla, 3, "Kesken.", Kirjaus.Tila.PALAUTETTU)
    assert found(cast, cast.vayla) == {"palautettu": ""}


def test_a_score_and_a_comment_that_contradict_are_found_with_both(cast):
    record(cast, cast.vayla, 5, "Ei aloitettu.")
    assert found(cast, cast.vayla) == {"ristiriita": "toteutumisaste 5, kommentissa ”ei aloitettu”"}


def test_the_own_label_of_1_decides_what_contradicts_it(cast):
    record(cast, cast.vayla, 1, "Aloitettu.")
    assert found(cast, cast.vayla) == {}
    cast.strategia.asteikko = {"1": "Ei aloitettu"}
    cast.strategia.save()
    cast.jakso.refresh_from_db()
    assert "ristiriita" in found(cast, cast.vayla)


def test_the_comment_of_the_last_period_is_known_again(cast):
    record(cast, cast.vayla, 2, "Suunnitelma  VALMIS – kilpailu\nsyksyllä. ")
    record(cast, cast.kerho, 5, "Kerho toimii kaikissa kouluissa.", ei_muutosta=True)
    assert found(cast, cast.vayla) == {"sama": ""}
    assert found(cast, cast.kerho) == {"sama": "merkitty: ei muutosta edelliseen"}


def test_personal_data_is_found_wherever_the_report_publishes_it(cast):
    record(cast, cast.vayla, 3, "Lisätietoja: veikko@kunta.example, 040 123 4567.")
    Toimenpide.objects.filter(pk=cast.kerho.pk).update(vastuu="Otso Öhman, p. 044 123 4567")
    record(cast, cast.kerho, 3, "Toimii.")
    kinds = [h.selite for r in check_before_closing(cast.jakso).rivit for h in r.havainnot if h.laji == "tieto"]
    assert kinds == [
        "kommentti: sähköpostiosoite veikko@kunta.example",
        "kommentti: puhelinnumero 040 123 4567",
        "vastuu: puhelinnumero 044 123 4567",
    ]
    assert {laji: n for laji, _sana, n in check_before_closing(cast.jakso).luvut}["tieto"] == 2


def test_a_personal_identity_code_is_told_of_and_not_repeated(cast, kirjautunut, osoite):
    record(cast, cast.vayla, 3, "x" * 300 + " Asiakas 131052-308T sai avustuksen.")
    assert found(cast, cast.vayla) == {"tieto": "kommentti: henkilötunnus"}
    assert "131052-308T" not in kirjautunut(cast.kaisa).get(osoite).text


def test_sisainen_huomio_is_not_published_and_not_checked(cast):
    record(cast, cast.vayla, 3, "Etenee.", sisainen_huomio="veikko@kunta.example")
    assert found(cast, cast.vayla) == {}


# --- the pages


def test_rows_are_listed_by_toimiala_with_links(cast, kirjautunut, osoite):
    record(cast, cast.vayla, 5, "Kesken.")
    page = kirjautunut(cast.kaisa).get(osoite).text
    row = f"?rivi={cast.vayla.pk}#t{cast.vayla.pk}"
    assert f'/jaksot/{cast.jakso.pk}/kirjaa/{row}"\n          >Väylä Kirkkotie–Koulupolku</a>' in page
    headings = [part.split("<")[0].strip() for part in page.split("<h2>")[1:]]
    assert headings == ["Tekniset palvelut", "Sivistyspalvelut", "Hyvinvointi &amp; vapaa-aika", "Ilman toimialaa"]
    narrowed = kirjautunut(cast.kaisa).get(osoite, {"havainto": "ristiriita"}).text
    assert "Väylä" in narrowed
    assert "Kerho jokaiselle koululle" not in narrowed


def test_kaisa_sees_the_checks_on_the_jakso_and_before_closing_and_decides(cast, kirjautunut):
    record(cast, cast.vayla, 5, "Kesken.")
    kaisa, sulje = kirjautunut(cast.kaisa), reverse("raportit:jakso-sulje", args=[cast.jakso.pk])
    for path in (reverse("seuranta:jakso-detail", args=[cast.jakso.pk]), sulje):
        page = kaisa.get(path).text
        assert "Toteutumisaste ja kommentti näyttävät olevan ristiriidassa" in page
        assert f"/jaksot/{cast.jakso.pk}/tarkista/?havainto=ristiriita" in page
    assert f'href="/jaksot/{cast.jakso.pk}/tarkista/">Näytä kaikki rivit toimialoittain' in kaisa.get(sulje).text
    cast.jakso.finish(by=cast.kaisa)
    kaisa.post(sulje)
    cast.jakso.refresh_from_db()
    assert cast.jakso.is_closed


@pytest.mark.parametrize(("name", "queries"), [("seuranta:jakso-tarkista", 11), ("raportit:jakso-sulje", 30)])
@pytest.mark.parametrize("count", [25, 250])
def test_the_pages_ask_as_few_queries_for_250_rows_as_for_25(
    name, queries, count, cast, kirjautunut, django_assert_num_queries
):
    Toimenpide.objects.bulk_create(
        Toimenpide(kunta=cast.kunta, tavoite=cast.tavoitteet[0], nimi=f"Teko {n}", toimiala=cast.tekniset)
        for n in range(count)
    )
    kaisa, path = kirjautunut(cast.kaisa), reverse(name, args=[cast.jakso.pk])
    with django_assert_num_queries(queries):
        found = kaisa.get(path).context["havainnot"]
    assert sum("Teko " in rivi.toimenpide.nimi for rivi in found.rivit) == count


def test_the_rows_come_a_hundred_at_a_time_and_each_is_on_one_page(cast, kirjautunut, osoite):
    Toimenpide.objects.bulk_create(
        Toimenpide(kunta=cast.kunta, tavoite=cast.tavoitteet[0], nimi=f"{toimiala}: {n}", toimiala=toimiala)
        for toimiala in (cast.tekniset, cast.sivistys)
        for n in range(90)
    )
    kaisa = kirjautunut(cast.kaisa)
    pages = [kaisa.get(osoite, {"sivu": sivu, "havainto": "ei_vastattu"}).text for sivu in (1, 2)]
    kaikki = len(check_before_closing(cast.jakso).list_by_toimiala("ei_vastattu"))
    links = [re.findall(r"#t(\d+)", page) for page in pages]
    assert [len(page) for page in links] == [100, kaikki - 100]
    assert len({*links[0], *links[1]}) == kaikki
    assert "Sivu 1 / 2" in pages[0]
    assert re.findall(r"\?[^\"]*sivu=2[^\"]*", pages[0]) == ["?sivu=2&amp;havainto=ei_vastattu"]
    # A toimiala that goes on tells the same number of rows on both pages.
    counts = [re.findall(r"(\S+)\s*<span class=\"small soft\">\s*(\d+) riviä", page) for page in pages]
    assert counts[0][-1] == counts[1][0] and int(counts[1][0][1]) >= 90


def test_own_columns_that_no_report_shows_are_not_read(cast):
    with CaptureQueriesContext(connection) as queries:
        check_before_closing(cast.jakso)
    assert not [each["sql"] for each in queries if '"omat"' in each["sql"]]
