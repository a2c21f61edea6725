"""The public home of a kunta and the pages of its rows: only what a published report tells, over the jaksot."""

import re
import uuid
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from raportit.models import JulkinenRivi, Raporttiversio
from raportit.sulkeminen.sulje import close_jakso
from seuranta.models import Kirjaus, Seurantajakso
from strategia.models import Strategia
from tests.raportit.raportti.test_kaksi_muotoa import correct

pytestmark = pytest.mark.django_db
KOTI, TEOT = "/julkinen/kirkkoranta/", "/julkinen/kirkkoranta/toimenpiteet/"


def sivu(laji, rivi):
    return reverse("raportit:julkinen-kohde", args=["kirkkoranta", laji, rivi.tunnus])


@pytest.fixture
def both(cast):
    """Two jaksot published: väylä rose from what it was in the first."""
    score = Kirjaus.objects.get(jakso=cast.edellinen, toimenpide=cast.vayla).toteutumisaste
    told = {"kunta": cast.kunta, "tila": Kirjaus.Tila.LAHETETTY, "kommentti": "Väylä valmistui."}
    cast.jakso.kirjaukset.filter(toimenpide=cast.vayla).delete()
    Kirjaus.objects.create(jakso=cast.jakso, toimenpide=cast.vayla, toteutumisaste=score + 1, syy="", **told)
    Seurantajakso.objects.filter(pk=cast.jakso.pk).update(tila=Seurantajakso.Tila.VIIMEISTELYSSA)
    cast.jakso.refresh_from_db()
    cast.versio.publish(by=cast.kaisa)
    newest = close_jakso(cast.jakso, by=cast.kaisa)
    newest.publish(by=cast.kaisa)
    return newest


def test_what_is_not_published_is_not_there(cast, client):
    for laji, rivi in (
        ("toimenpide", cast.vayla),
        ("painopiste", cast.painopisteet[0]),
        ("tavoite", cast.tavoitteet[0]),
        ("mittari", cast.mittarit[0]),
    ):
        assert client.get(sivu(laji, rivi)).status_code == 404
    assert client.get(TEOT).status_code == 404
    assert "Raportteja ei ole vielä julkaistu." in client.get(KOTI).text
    cast.versio.publish(when=timezone.now() + timedelta(hours=1))
    assert client.get(sivu("toimenpide", cast.vayla)).status_code == client.get(TEOT).status_code == 404
    assert cast.edellinen.nimi not in client.get(KOTI).text
    Raporttiversio.objects.update(julkaistaan=timezone.now())
    assert client.get(sivu("toimenpide", cast.vayla)).status_code == client.get(TEOT).status_code == 200


def test_a_toimenpide_is_told_over_the_jaksot(cast, client, both):
    page = client.get(sivu("toimenpide", cast.vayla)).text
    assert cast.vayla.nimi in page and "Väylä valmistui." in page and "Suunnitelma valmis" in page
    assert "nousi" in page and "Näin toimenpide on edennyt" in page and "portaat" in page
    assert page.index(f">{cast.jakso.nimi}</a>") < page.index(f">{cast.edellinen.nimi}</a>")
    assert "Veikko" not in page and "/toimenpiteet/1/" not in page
    both.withdraw(by=cast.kaisa)
    page = client.get(sivu("toimenpide", cast.vayla)).text
    assert "Väylä valmistui." not in page and "Suunnitelma valmis" in page and "portaat" not in page


def test_the_stair_says_what_its_levels_and_steps_are_and_the_change_has_a_column(cast, client, both):
    head = JulkinenRivi.objects.get(laji="strategia", versio=both)
    head.tiedot["asteikko"] = {"5": "Toteutunut"}
    head.save()
    JulkinenRivi.objects.filter(tunnus=cast.vayla.tunnus, versio=both).update(muutos="nousi")
    page = client.get(sivu("toimenpide", cast.vayla)).text
    stair = page.partition("portaat")[2].partition("</svg>")[0]
    assert '<tspan class="aste">5</tspan> Toteutunut</text>' in stair, "asteikon nimet"
    assert f">{cast.edellinen.nimi}</text>" in stair and f">{cast.jakso.nimi}</text>" in stair, (
        "jaksot myös ilman päivää"
    )
    table = page.partition("Mitä jaksoilla on kerrottu")[2].partition("</table>")[0]
    assert '<th scope="col">Muutos</th>' in table
    assert table.count("▲") == 1, "muutos sanotaan omassa sarakkeessaan kerran"


def test_a_measure_s_line_says_when_its_values_are_of_and_its_result_has_a_mark(cast, client, both):
    told = [
        {"aika": str(2020 + n), "teksti": str(n), "nakyy": f"{n} kpl", "luku": n, "vuosi": 2020 + n} for n in range(5)
    ]
    mittari = JulkinenRivi.objects.filter(laji="mittari", versio=both).first()
    aim = {"aika": "", "teksti": "4", "nakyy": "4 kpl", "luku": 4, "vuosi": None}
    mittari.tiedot |= {"arvot": told, "tavoite": aim, "tulos": "saavutettu", "tulos_sanoin": "saavutettu"}
    mittari.save()
    page = client.get(sivu("mittari", mittari)).text
    under = page.partition('<ul class="julkinen-ajat">')[2].partition("</ul>")[0]
    assert re.findall(r"<li>(.+?)</li>", under) == ["2020: 0 kpl", "2024: 4 kpl"]
    assert "✓" in page and "tavoite 4 kpl: saavutettu" in page


def test_of_a_corrected_jakso_the_newest_public_version_is_told(cast, client, both):
    correct(cast, kommentti="Korjattu teksti.").publish(by=cast.kaisa)
    page = client.get(sivu("toimenpide", cast.vayla)).text
    assert "Korjattu teksti." in page and "Suunnitelma valmis" not in page


def test_levels_and_measures_have_pages_that_lead_to_each_other(cast, client, both):
    tavoite = cast.vayla.tavoite
    page = client.get(sivu("painopiste", tavoite.painopiste)).text
    assert sivu("toimenpide", cast.vayla) in page and sivu("tavoite", tavoite) in page
    assert sivu("painopiste", tavoite.painopiste) in client.get(sivu("tavoite", tavoite)).text
    mittari = JulkinenRivi.objects.filter(laji="mittari", versio=both).first()
    answer = client.get(sivu("mittari", mittari))
    assert answer.status_code == 200 and mittari.nimi in answer.text
    for wrong in (
        f"{KOTI}toimenpide/{uuid.uuid4()}/",
        f"{KOTI}mittari/{cast.vayla.tunnus}/",
        f"{KOTI}x/{mittari.tunnus}/",
    ):
        assert client.get(wrong).status_code == 404
    assert client.get(sivu("toimenpide", cast.vayla).replace("kirkkoranta", "metsapitaja")).status_code == 404


def test_the_home_tells_the_newest_report_and_what_moved(cast, client, both):
    page = client.get(KOTI).text
    assert "Mikä nousi ja mikä laski" in page and sivu("toimenpide", cast.vayla) in page
    assert reverse("raportit:julkinen-versio", args=["kirkkoranta", both.tunnus]) in page
    assert sivu("painopiste", cast.painopisteet[0]) in page and cast.edellinen.nimi in page


def test_a_first_report_asks_of_no_changes_and_its_figures_say_what_they_are(cast, client):
    Strategia.objects.filter(pk=cast.strategia.pk).update(asteikko={})
    cast.edellinen.reopen(by=cast.kaisa, syy="Ilman nimiä.")
    close_jakso(cast.edellinen, by=cast.kaisa).publish(by=cast.kaisa)
    page = client.get(KOTI)
    assert 'name="muutos"' not in page.text and 'name="muutos"' not in client.get(TEOT).text
    assert re.search(r"aste\s+5,\s+\d+ % toimenpiteistä", page.text), "pelkkä numero ei kerro, mitä se on"
    assert f'href="{TEOT}">Toimenpiteet' in page.text and "menu-public" in client.get(f"{KOTI}tilaus/").text


def test_a_report_without_scores_shows_its_painopisteet_all_the_same(cast, client):
    Strategia.objects.filter(pk=cast.strategia.pk).update(esitys="ei")
    cast.edellinen.reopen(by=cast.kaisa, syy="Ilman asteita.")
    close_jakso(cast.edellinen, by=cast.kaisa).publish(by=cast.kaisa)
    assert sivu("painopiste", cast.painopisteet[0]) in client.get(KOTI).text


def test_filters_have_an_address_and_find_what_they_name(cast, client, both):
    vayla = JulkinenRivi.objects.get(versio=both, tunnus=cast.vayla.tunnus)
    other = JulkinenRivi.objects.filter(versio=both, laji="toimenpide").exclude(toimiala=vayla.toimiala).first()
    for query in (
        {"q": "VÄYLÄ valmistui"},
        {"muutos": "nousi"},
        {"aste": vayla.toteutumisaste, "painopiste": vayla.painopiste},
        {"toimiala": vayla.toimiala},
    ):
        page = client.get(TEOT, query).text
        assert sivu("toimenpide", cast.vayla) in page, query
        assert sivu("toimenpide", other) not in page, query
    assert "rajaus, jota raportissa ei ole" in client.get(TEOT, {"toimiala": "Ei ole"}).text
    assert "0 toimenpidettä" in client.get(TEOT, {"q": "olematon"}).text


def test_pages_ask_as_many_questions_whatever_there_is(cast, client, both, django_assert_max_num_queries):
    for path, most in ((KOTI, 14), (TEOT, 9), (sivu("toimenpide", cast.vayla), 8)):
        with django_assert_max_num_queries(most):
            answer = client.get(path)
        assert answer.status_code == 200 and not answer.cookies
