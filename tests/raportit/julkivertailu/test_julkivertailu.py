"""Published reports side by side: what is compared is public, and of kunnat only those that have all said yes."""

import uuid

import pytest
from django.urls import reverse

from raportit.models import JulkinenRivi, Raporttiversio
from raportit.sulkeminen.sulje import close_jakso
from seuranta.models import Kirjaus
from strategia.models import Kunta, Painopiste
from tests.raportit.julkinen.test_kohteet import both, copy_of  # noqa: F401  a fixture

pytestmark = pytest.mark.django_db
JAKSOT, KUNNAT = "/julkinen/kirkkoranta/vertailu/", "/julkinen/kunnat/vertailu/"


def pairs(answer):
    return {pari.rivi.nimi: pari for osa in answer.context["parit"] for pari in osa.rivit}


# --- jaksot


def test_one_published_report_is_not_enough(cast, client):
    assert client.get("/julkinen/ei-ole/vertailu/").status_code == 404
    cast.versio.publish(by=cast.kaisa)
    page = client.get(JAKSOT)
    assert page.status_code == 200 and "tarvitaan kaksi julkaistua raporttia" in page.text


def test_the_two_newest_are_side_by_side_and_an_address_names_any_two(cast, client, both):  # noqa: F811
    page = client.get(JAKSOT)
    pari = pairs(page)[cast.vayla.nimi]
    assert (pari.ennen.toteutumisaste + 1, pari.muutos) == (pari.nyt.toteutumisaste, "nousi")
    assert cast.edellinen.nimi in page.text and cast.jakso.nimi in page.text and "▲" in page.text
    named = {"ennen": both.tunnus, "nyt": cast.versio.tunnus}  # the wrong way round: time decides
    assert client.get(JAKSOT, named).context["nyt"].jakso_id == cast.jakso.pk
    assert client.get(JAKSOT, {"nyt": uuid.uuid4()}).status_code == 404
    assert client.get(JAKSOT, {"nyt": "x"}).status_code == 404
    rose = client.get(JAKSOT, {"muutos": "nousi"}).text
    assert cast.vayla.nimi in rose and cast.kerho.nimi not in rose


def test_a_painopiste_where_nothing_changed_so_has_no_empty_table(cast, client, both):  # noqa: F811
    page = client.get(JAKSOT, {"muutos": "nousi"})
    [kept] = page.context["rajatut"]
    assert {pari.muutos for pari in kept.rivit} == {"nousi"} and len(page.context["parit"]) > 1
    assert page.text.count("<caption>") == 2, "palkit ja yksi painopiste"
    JulkinenRivi.objects.filter(laji="toimenpide").update(toteutumisaste=3)
    still = client.get(JAKSOT, {"muutos": "nousi"}).text
    assert "Yhtään toimenpidettä ei ole muuttunut näin." in still and still.count("<caption>") == 1


def test_an_address_stays_valid_when_a_report_is_corrected(cast, client, both):  # noqa: F811
    address = {"ennen": cast.versio.tunnus, "nyt": both.tunnus}
    cast.edellinen.reopen(by=cast.kaisa, syy="Korjataan.")
    Kirjaus.objects.filter(jakso=cast.edellinen, toimenpide=cast.vayla).update(toteutumisaste=5)
    close_jakso(cast.edellinen, by=cast.kaisa).publish(by=cast.kaisa)
    assert pairs(client.get(JAKSOT, address))[cast.vayla.nimi].muutos == "laski"
    Raporttiversio.objects.get(pk=both.pk).withdraw(by=cast.kaisa, syy="Virhe.")
    assert client.get(JAKSOT, address).status_code == 200, "yksi raportti: siitä kerrotaan"
    assert "tarvitaan kaksi" in client.get(JAKSOT, address).text


def test_what_is_in_one_of_the_two_says_so(cast, client, both):  # noqa: F811
    JulkinenRivi.objects.filter(versio=both, laji="toimenpide", tunnus=cast.kerho.tunnus).delete()
    JulkinenRivi.objects.filter(versio=cast.versio, laji="toimenpide", tunnus=cast.ranssi.tunnus).delete()
    found = pairs(client.get(JAKSOT))
    assert (found[cast.kerho.nimi].muutos, found[cast.ranssi.nimi].muutos) == ("poistui", "uusi")


def test_2500_rows_come_a_hundred_at_a_time_at_addresses_of_their_own(
    cast,
    client,
    both,  # noqa: F811
    django_assert_max_num_queries,
):
    known = JulkinenRivi.objects.get(versio=both, tunnus=cast.vayla.tunnus)
    numbers = range(1000, 3500)
    JulkinenRivi.objects.bulk_create((copy_of(known, tunnus=uuid.uuid4(), jarjestys=n) for n in numbers), 200)
    address = f"{JAKSOT}?ennen={cast.versio.tunnus}&nyt={both.tunnus}&muutos=uusi"
    first = client.get(address)
    assert rows_on(first) == 100 and "Sivu 1 / 25" in first.text and "muutos=uusi&amp;sivu=2" in first.text
    with django_assert_max_num_queries(12):
        second = client.get(f"{address}&sivu=2")
    assert rows_on(second) == 100 and not tunnukset_on(first) & tunnukset_on(second)
    assert client.get(f"{address}&sivu=2").text == second.text
    assert 'class="cards palkit calm"' in first.text and 'class="cards palkit calm"' not in second.text


def rows_on(answer):
    return answer.text.count('href="/julkinen/kirkkoranta/toimenpide/')


def tunnukset_on(answer):
    return {pari.rivi.tunnus for osa in answer.context["rajatut"] for pari in osa.rivit}


# --- kunnat


@pytest.fixture
def naapuri(cast):
    """The neighbour has a painopiste of the same name, written otherwise, in a published report."""
    own, nimi = cast.naapuri, cast.painopisteet[0].nimi
    Painopiste.objects.filter(pk=own.toimenpide.tavoite.painopiste_id).update(nimi=f" {nimi.upper()}.")
    versio = Raporttiversio.objects.filter(kunta=own.kunta).first()
    if versio is None:
        own.jakso.finish(by=cast.ulla)
        versio = close_jakso(own.jakso, by=cast.ulla)
    versio.publish(by=cast.ulla)
    JulkinenRivi.objects.filter(versio=versio, laji="painopiste").update(nimi=f" {nimi.upper()}.")
    cast.versio.publish(by=cast.kaisa)
    return own.kunta


@pytest.mark.parametrize("saying", [(), ("kunta",), ("naapuri",)])
def test_both_have_to_say_yes(cast, client, naapuri, saying):
    chosen = [{"kunta": cast.kunta, "naapuri": naapuri}[name].pk for name in saying]
    Kunta.objects.filter(pk__in=chosen).update(vertailtavissa=True)
    page = client.get(KUNNAT)
    assert page.context["yhteiset"] == [] and str(naapuri) not in page.text


def test_the_shared_names_of_those_that_said_yes(cast, client, kirjautunut, naapuri):
    Kunta.objects.filter(pk=naapuri.pk).update(vertailtavissa=True)
    data = {"virallinen_nimi": cast.kunta.virallinen_nimi, "muoto": "kunta", "vertailtavissa": "on"}
    kirjautunut(cast.aino).post(reverse("strategia:kunta-muokkaa"), data)
    page = client.get(KUNNAT)
    (yhteinen,) = page.context["yhteiset"]
    assert "5, pisimmällä" in page.text, "mitä palkkien värit ovat"
    assert {each.kunta for each in yhteinen.kunnat} == {cast.kunta, naapuri}
    own = JulkinenRivi.objects.filter(versio=cast.versio, laji="toimenpide", painopiste=cast.painopisteet[0].tunnus)
    assert next(e for e in yhteinen.kunnat if e.kunta == cast.kunta).luvut.yhteensa == own.count() > 0
    assert "Kunnat rinnakkain" in client.get("/julkinen/kirkkoranta/").text
    Raporttiversio.objects.get(kunta=naapuri).withdraw(by=cast.ulla, syy="Virhe.")
    assert client.get(KUNNAT).context["yhteiset"] == []


def test_many_kunnat_come_a_page_at_a_time(cast, client, naapuri, monkeypatch):
    monkeypatch.setattr("raportit.julkivertailu.sivuittain.SIVULLA", 1)
    Kunta.objects.update(vertailtavissa=True)
    pages = [client.get(KUNNAT, {"sivu": n}) for n in (1, 2)]
    told = [[each.kunta for osa in page.context["yhteiset"] for each in osa.kunnat] for page in pages]
    assert [len(kunnat) for kunnat in told] == [1, 1] and told[0] != told[1]
    assert "Sivu 2 / 2" in pages[1].text
