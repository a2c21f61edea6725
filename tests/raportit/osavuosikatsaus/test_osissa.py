"""A long report as pages: the first leads to every painopiste, each of those to its neighbours, and files are whole."""

from urllib.parse import urlencode

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse
from lxml import html

from raportit.muodot import render_report
from raportit.osavuosikatsaus import Rajaus, build, open_page, osissa
from raportit.sulkeminen.sulje import close_jakso
from seuranta.models import Seurantajakso
from strategia.models import Toimenpide
from tests.cast import create_mittari

from ..rakenna import KOOTTU, rakenna

PAINOPISTE = "//section[contains(@class, 'painopiste')]"
OTSIKOT, TAULUKOT = f"{PAINOPISTE}/h2/a", f"{PAINOPISTE}//table"


@pytest.fixture
def pitka(monkeypatch):
    monkeypatch.setattr(osissa, "PITKA", 6)


@pytest.fixture
def raportti(db):
    jakso = rakenna([1, 2, 3, 4, 5, 3, 2], painopisteessa=3, tavoitteessa=2)
    toimenpide = Toimenpide.objects.filter(kunta=jakso.kunta).order_by("pk").last()
    create_mittari(jakso.strategia, {"toimenpide": toimenpide}, "Käynnit", "luku", "", "suurempi", "", {2026: "10"})
    return build(jakso, koottu=KOOTTU, versio=1)


def nimet(raportti):
    return [painopiste.nimi for painopiste in raportti.painopisteet]


def render(sivu):
    told = {"raportti": sivu.raportti, "sivu": sivu}
    return html.fromstring(render_to_string("raportit/osavuosikatsaus/raportti.html", told))


def test_a_report_of_usual_length_is_one_page(raportti):
    assert len(raportti.rivit) == 7
    assert open_page(raportti, None).on_osissa is False


def test_the_first_page_leads_to_each_painopiste_and_tells_no_row(pitka, raportti):
    sivu = open_page(raportti, None)
    page = render(sivu)
    links = [link.get("href") for link in page.xpath(OTSIKOT)]
    assert sivu.raportti is raportti and sivu.on_osissa
    assert links == [f"?{urlencode({'painopiste': nimi})}".replace("+", "%20") for nimi in nimet(raportti)]
    assert not page.xpath(TAULUKOT)
    assert f"{len(raportti.rivit)}" in page.get_element_by_id("yhteenveto").text_content()


def test_a_missed_measure_leads_to_the_page_that_tells_of_it(pitka, raportti):
    page = render(open_page(raportti, None))
    [link] = page.xpath("//table[contains(@class, 'saavuttamatta')]//a")
    *_rest, last = raportti.painopisteet
    assert link.get("href") == f"?{urlencode({'painopiste': last.nimi})}#tavoite-{last.tavoitteet[-1].id}"
    part = render(open_page(raportti, Rajaus(painopiste=last.nimi)))
    assert part.get_element_by_id(f"tavoite-{last.tavoitteet[-1].id}") is not None


def test_every_row_stands_on_the_page_of_its_painopiste(pitka, raportti):
    pages = [open_page(raportti, Rajaus(painopiste=nimi)) for nimi in nimet(raportti)]
    assert [rivi.id for sivu in pages for rivi in sivu.raportti.rivit] == [rivi.id for rivi in raportti.rivit]
    assert [(sivu.edellinen, sivu.seuraava) for sivu in pages] == [
        ("", nimet(raportti)[1]),
        (nimet(raportti)[0], nimet(raportti)[2]),
        (nimet(raportti)[1], ""),
    ]
    assert all(sivu.on_osa and not sivu.on_osissa for sivu in pages)


def test_another_cut_of_a_long_report_is_whole(pitka, raportti):
    sivu = open_page(raportti, Rajaus(vain="keskeneraiset"))
    assert not sivu.on_osissa and not sivu.on_osa
    assert sivu.raportti.rajaus


def test_a_file_holds_all_of_a_long_report(pitka, raportti):
    page = html.fromstring(render_report(raportti, "html"))
    assert len(page.xpath(TAULUKOT)) >= len(raportti.painopisteet)


@pytest.fixture
def versio(cast):
    cast.jakso.finish(by=cast.kaisa)
    versio = close_jakso(cast.jakso, by=cast.kaisa)
    versio.publish(by=cast.kaisa)
    return versio


def test_its_reader_goes_from_part_to_part_signed_in_or_not(monkeypatch, cast, versio, kirjautunut):
    monkeypatch.setattr(osissa, "PITKA", 1)
    own = reverse("raportit:versio-detail", args=[versio.pk])
    public = reverse("raportit:julkinen-versio", args=[cast.kunta.slug, versio.tunnus])
    names = [painopiste.nimi for painopiste in cast.strategia.painopisteet.order_by("jarjestys")]
    for client, address in ((kirjautunut(cast.liisa), own), (Client(headers={"host": "localhost"}), public)):
        first = html.fromstring(client.get(address).text)
        assert "jokaisella kohdalla on oma sivunsa" in first.text_content()
        links = [link.get("href") for link in first.xpath(OTSIKOT)]
        assert len(links) == len(names) > 1
        part = html.fromstring(client.get(f"{address}{links[0]}").text)
        assert len(part.xpath(PAINOPISTE)) == 1 and part.xpath(TAULUKOT)
        assert [link.get("rel") for link in part.xpath("//nav[@aria-label='Raportin kohdat']//a")] == [None, "next"]
        [back, _following] = part.xpath("//nav[@aria-label='Raportin kohdat']//a")
        assert back.get("href") == "?"


def test_a_public_address_of_a_part_that_is_not_there_shows_the_report(cast, versio):
    address = reverse("raportit:julkinen-versio", args=[cast.kunta.slug, versio.tunnus])
    client = Client(headers={"host": "localhost"})
    for asked in ("Olematon", "", "<b>", "x" * 5_000):
        answer = client.get(address, {"painopiste": asked})
        assert answer.status_code == 200
        assert "Tämä on raportin osa" not in answer.text
    assert Seurantajakso.objects.get(pk=cast.jakso.pk).tila == "suljettu"
