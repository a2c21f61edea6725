"""The public side of a kunta of several plans: its strategia leads, and a row is told over the terms it continues."""

import pytest
from django.urls import reverse

from strategia.models import Strategia, Toimenpide
from tests.raportit.vertailu.test_kaudet import close_first, closed_jakso, kaisa, uusi  # noqa: F401  fixtures
from tests.silmin import tiivis

ETUSIVU, VERTAILU = "/julkinen/kirkkoranta/", "/julkinen/kirkkoranta/vertailu/"


@pytest.fixture
def kausi(cast, uusi):  # noqa: F811
    """The first report of the next term, public beside the one before."""
    cast.versio.publish(by=cast.kaisa)
    versio = close_first(cast, uusi)
    versio.publish(by=cast.kaisa)
    return versio


def page_of(client, toimenpide):
    return tiivis(client.get(f"/julkinen/kirkkoranta/toimenpide/{toimenpide.tunnus}/").text)


def test_the_jaksot_of_the_term_before_are_told_and_compared(cast, client, kausi):
    jatko = Toimenpide.objects.get(edeltaja=cast.vayla)
    page = page_of(client, jatko)
    assert "Osavuosikatsaus I 2030" in page and cast.versio.jakso.nimi in page
    assert "Näin toimenpide on edennyt" in page, "one line over both terms"
    assert "Jatkaa aiempaa suunnitelmaa" in page and page.count(f"/toimenpide/{cast.vayla.tunnus}/") == 1
    before = page_of(client, cast.vayla)
    assert "Jatkuu suunnitelmassa" in before and f"/toimenpide/{jatko.tunnus}/" in before
    pairs = {pari.rivi.nimi: pari for osa in client.get(VERTAILU).context["parit"] for pari in osa.rivit}
    assert pairs[cast.vayla.nimi].muutos == "nousi", "from 2 to 4"


def test_on_another_scale_nothing_is_compared_and_the_labels_are_its_own(cast, client, uusi):  # noqa: F811
    cast.versio.publish(by=cast.kaisa)
    Strategia.objects.filter(pk=uusi.pk).update(asteikko={"4": "Melkein", "3": "Puolivälissä"})
    close_first(cast, uusi).publish(by=cast.kaisa)
    page = page_of(client, Toimenpide.objects.get(edeltaja=cast.vayla))
    assert "asteikko on toinen, joten arvioita ei verrata." in page
    assert "Näin toimenpide on edennyt" not in page
    side_by_side = client.get(VERTAILU)
    assert "Asteikko on toinen, joten arvioita ei verrata." in side_by_side.text
    moves = {pari.muutos for osa in side_by_side.context["parit"] for pari in osa.rivit}
    assert not moves & {"nousi", "laski", "ennallaan"}


def test_what_is_not_public_of_the_other_term_is_not_told(cast, client, uusi):  # noqa: F811
    close_first(cast, uusi).publish(by=cast.kaisa)
    page = page_of(client, Toimenpide.objects.get(edeltaja=cast.vayla))
    assert cast.versio.jakso.nimi not in page and str(cast.vayla.tunnus) not in page


def test_another_plan_never_takes_the_place_of_the_strategia(cast, client, kirjautunut, both_plans):
    home = client.get(ETUSIVU)
    assert home.context["paa"].jakso_id == cast.versio.jakso_id
    assert "Hyvinvointisuunnitelma" in home.text, "the list tells whose each report is"
    assert client.get(VERTAILU).status_code == 200
    liisa = kirjautunut(cast.liisa)
    assert cast.versio.jakso.nimi in liisa.get("/").text
    assert "Hyvinvointisuunnitelma" in liisa.get(reverse("raportit:versio-lista")).text


@pytest.fixture
def both_plans(cast, client):
    """The strategia's report, and a later one of a plan that nothing joins to it."""
    cast.versio.publish(by=cast.kaisa)
    toinen = Strategia.objects.create(
        kunta=cast.kunta, nimi="Hyvinvointisuunnitelma", laji=Strategia.Laji.HYVINVOINTI, jarjestys=9
    )
    versio = closed_jakso(cast, toinen, "Osavuosikatsaus II 2030", {})
    versio.publish(by=cast.kaisa)
    return versio
