"""The public home of a kunta and the pages of its rows: only what a published report tells, over the jaksot."""

import re
import uuid
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape

from raportit.models import JulkinenRivi, Raporttiversio
from raportit.sulkeminen.sulje import close_jakso
from seuranta.models import Kirjaus, Seurantajakso
from strategia.models import Strategia
from strategia.sahkoposti import absolute_url
from tests.raportit.raportti.test_kaksi_muotoa import correct

pytestmark = pytest.mark.django_db
KOTI, TEOT = "/julkinen/kirkkoranta/", "/julkinen/kirkkoranta/toimenpiteet/"
MITAT = "/julkinen/kirkkoranta/mittarit/"


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
    assert client.get(TEOT).status_code == client.get(MITAT).status_code == 404
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
    levels = page.partition("portaat-asteet")[2].partition("</svg>")[0]
    assert '<tspan class="aste">5</tspan> Toteutunut</text>' in levels, "asteikon nimet"
    stair = page.partition('julkinen-viiva portaat"')[2].partition("</svg>")[0]
    assert re.search(r'<text class="muutos nousi"[^>]*>\s+nousi\s+2 → 3\s+</text>', stair), "muutos viivan päässä"
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
    told = page.partition('class="small soft julkinen-korvatut"')[2].partition("</span>")[0]
    assert "Korjattu versio 2." in told and "Lue korvattu versio 1" in told
    assert reverse("raportit:julkinen-versio", args=["kirkkoranta", cast.versio.tunnus]) in told
    cast.versio.withdraw(by=cast.kaisa, syy="Väärä taulukko.")
    assert "korvattu versio" not in client.get(sivu("toimenpide", cast.vayla)).text, "poistettuun ei viitata"


def test_a_level_tells_the_scores_under_it_jakso_by_jakso(cast, client, both):
    answer = client.get(sivu("painopiste", cast.painopisteet[0]))
    now, before = answer.context["jakaumat"]
    assert (before[1]["jakso"], before[2].kpl) == (cast.edellinen.nimi, {2: 1, 4: 1, 5: 1, 3: 1})
    assert (now[1]["jakso"], now[2].kpl[3]) == (cast.jakso.nimi, 1)
    chapter = answer.text.partition("Toteutuminen jaksoittain")[2].partition("</table>")[0]
    assert "<title>5: 1, 4: 1, 3: 1, 2: 1</title>" in chapter
    JulkinenRivi.objects.filter(laji="toimenpide").update(toteutumisaste=None)
    assert "Toteutuminen jaksoittain" not in client.get(f"{sivu('tavoite', cast.vayla.tavoite)}?x").text


def test_a_toimenpide_tells_the_columns_of_its_report_and_has_none_for_what_nobody_told(cast, client, both):
    row = JulkinenRivi.objects.get(laji="toimenpide", tunnus=cast.vayla.tunnus, versio=both)
    row.tiedot |= {"riski": "Urakka viivästyy.", "omat": {"Kumppanit": "Kyläyhdistys"}, "vastuu": "Veikko Virta"}
    row.save()
    JulkinenRivi.objects.filter(laji="toimenpide").update(kommentti="", toteutumisaste=None, syy="", muutos="")
    page = client.get(sivu("toimenpide", cast.vayla)).text
    told = page.partition('<dl class="julkinen-kerrottu">')[2].partition("</dl>")[0]
    assert "Urakka viivästyy." in told and "Kumppanit" in told and "Kyläyhdistys" in told
    assert "Veikko" not in page, "vastuu voi olla henkilö"
    table = page.partition("Mitä jaksoilla on kerrottu")[2].partition("</table>")[0]
    assert "Toteutumisaste" not in table and "Kommentti" not in table and "Muutos" not in table
    assert f"Sivun osoite pysyy samana: {absolute_url(sivu('toimenpide', cast.vayla))}" in page
    assert reverse("raportit:avoin-versio", args=["kirkkoranta", both.tunnus, "json"]) in page


def test_levels_and_measures_have_pages_that_lead_to_each_other(cast, client, both):
    tavoite = cast.vayla.tavoite
    page = client.get(sivu("painopiste", tavoite.painopiste)).text
    assert sivu("toimenpide", cast.vayla) in page and sivu("tavoite", tavoite) in page
    assert sivu("painopiste", tavoite.painopiste) in client.get(sivu("tavoite", tavoite)).text
    mittari = JulkinenRivi.objects.filter(laji="mittari", versio=both).first()
    answer = client.get(sivu("mittari", mittari))
    assert answer.status_code == 200 and mittari.nimi in answer.text
    own = JulkinenRivi.objects.filter(laji="mittari").exclude(toimenpide=None).last()
    assert f"{KOTI}toimenpide/{own.toimenpide}/" in client.get(sivu("mittari", own)).text
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
    for path, most in ((KOTI, 14), (TEOT, 9), (MITAT, 9), (sivu("toimenpide", cast.vayla), 9)):
        with django_assert_max_num_queries(most):
            answer = client.get(path)
        assert answer.status_code == 200 and not answer.cookies


def test_a_long_list_comes_a_page_at_a_time_and_a_filter_stays_on_the_next_page(cast, client, both, monkeypatch):
    monkeypatch.setattr("raportit.julkinen.views.SIVULLA", 2)
    first = client.get(f"{TEOT}?q=e")
    count = first.context["sivu"].paginator.count
    assert count > 2 and f"{count} toimenpidettä" in first.text and "?q=e&amp;sivu=2" in first.text
    second = client.get(f"{TEOT}?q=e&sivu=2")
    names = [[rivi.tunnus for rivi in answer.context["sivu"]] for answer in (first, second)]
    assert len(names[0]) == 2 and not set(names[0]) & set(names[1])


# --- the list of measures


def test_the_home_leads_to_all_measures_where_it_shows_some(cast, client, both, monkeypatch):
    count = JulkinenRivi.objects.filter(versio=both, laji="mittari").count()
    assert "Kaikki mittarit" not in client.get(KOTI).text, "kaikki ovat jo näkyvissä"
    monkeypatch.setattr("raportit.julkinen.kohteet.MITTAREITA", 2)
    assert f'<a href="{MITAT}">Kaikki mittarit ({count})</a>' in client.get(f"{KOTI}?x").text


def test_every_measure_is_listed_under_its_painopiste_with_its_data(cast, client, both):
    told = list(JulkinenRivi.objects.filter(versio=both, laji="mittari"))
    answer = client.get(MITAT)
    assert f"{len(told)} mittaria" in answer.text and answer.headers["ETag"] and not answer.cookies
    assert all(sivu("mittari", rivi) in answer.text for rivi in told)
    headings = re.findall(r"<h2>(.+?)</h2>", answer.text)
    assert headings == [escape(nimi) for nimi in dict.fromkeys(rivi.painopisteen_nimi for rivi in told)]
    assert reverse("raportit:avoin-versio", args=["kirkkoranta", both.tunnus, "mittarit.csv"]) in answer.text
    both.withdraw(by=cast.kaisa)
    cast.versio.withdraw(by=cast.kaisa)
    assert client.get(MITAT).status_code == 404


def test_measures_are_found_by_word_painopiste_and_result(cast, client, both):
    first, *others = JulkinenRivi.objects.filter(versio=both, laji="mittari")
    first.tiedot |= {"tulos": "saavutettu", "tulos_sanoin": "saavutettu"}
    first.save()
    for rivi in others:
        rivi.tiedot |= {"tulos": "ei_viela", "tulos_sanoin": "ei vielä"}
        rivi.save()
    assert client.get(f"{MITAT}?tulos=saavutettu").text.count(f'href="{KOTI}mittari/') == 1
    named = client.get(MITAT, {"q": first.nimi.upper(), "painopiste": first.painopiste})
    assert sivu("mittari", first) in named.text and sivu("mittari", others[0]) not in named.text
    assert "0 mittaria" in client.get(MITAT, {"q": "olematon"}).text
    assert "rajaus, jota raportissa ei ole" in client.get(MITAT, {"tulos": "Ei ole"}).text


@pytest.mark.parametrize("path", [TEOT, MITAT])
def test_what_is_wrong_in_a_filter_is_told_at_its_field(path, client, both):
    too_long = client.get(path, {"q": "a" * 201}).text
    assert "Lyhennä hakua." in too_long and "rajaus, jota raportissa ei ole" not in too_long
    for name, value in (("q", "a" * 201), ("painopiste", "Ei ole"), ("toimiala", "Ei ole")):
        page = client.get(path, {name: value}).text
        described = re.findall(r'aria-describedby="(id_\w+)"', page)
        assert described == [f"id_{name}_error"] and page.count(f'id="{described[0]}"') == 1


def test_a_hundred_measures_come_at_a_time(cast, client, both, django_assert_max_num_queries):
    known = JulkinenRivi.objects.filter(versio=both, laji="mittari").last()
    more = range(1000, 1250)
    JulkinenRivi.objects.bulk_create(copy_of(known, tunnus=uuid.uuid4(), jarjestys=n) for n in more)
    with django_assert_max_num_queries(9):
        first = client.get(MITAT)
    assert first.text.count(f'href="{KOTI}mittari/') == 100 and "?sivu=2" in first.text


def copy_of(rivi, **other):
    told = {field.attname: getattr(rivi, field.attname) for field in rivi._meta.fields if not field.primary_key}
    return JulkinenRivi(**told | other)
