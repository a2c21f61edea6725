"""What search engines and shared links find: maps of what is public, a picture, and where the site really is."""

import io
import xml.etree.ElementTree as ET
from html.parser import HTMLParser

import pytest
from django.conf import settings
from PIL import Image

from raportit.sulkeminen.sulje import close_jakso

pytestmark = pytest.mark.django_db
KOTI = "/julkinen/kirkkoranta/"
NIMI = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"


@pytest.fixture
def julkaistu(cast):
    cast.versio.publish(by=cast.kaisa)
    return cast.versio


class Merkinnat(HTMLParser):
    """{name: content} of a page's meta and link elements."""

    def __init__(self, page):
        super().__init__()
        self.found = {}
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        told = dict(attributes)
        if tag in ("meta", "link"):
            name = told.get("property") or told.get("itemprop") or told.get("rel") or told.get("name")
            self.found.setdefault(name, told.get("content") or told.get("href"))


def locations(answer):
    return [each.text for each in ET.fromstring(answer.content).iter(NIMI)]  # noqa: S314  our own answer


def test_the_maps_name_each_public_page_and_no_other(cast, client, julkaistu):
    [kartta] = locations(client.get("/sitemap.xml"))
    assert kartta == f"{settings.SITE_URL}{KOTI}sivukartta.xml", "naapuri ei ole julkaissut mitään"
    pages = locations(client.get(f"{KOTI}sivukartta.xml", headers={"host": "127.0.0.1"}))
    assert f"{settings.SITE_URL}{KOTI}toimenpide/{cast.vayla.tunnus}/" in pages
    assert f"{settings.SITE_URL}{KOTI}{julkaistu.tunnus}/" in pages
    assert f"{settings.SITE_URL}{KOTI}mittarit/" in pages
    assert len(set(pages)) == len(pages) > 10
    assert {client.get(page.removeprefix(settings.SITE_URL)).status_code for page in pages} == {200}
    julkaistu.withdraw(by=cast.kaisa, syy="Virhe.")
    assert not any("toimenpide/" in page for page in locations(client.get(f"{KOTI}sivukartta.xml")))
    assert locations(client.get("/sitemap.xml")) == []


def test_a_corrected_report_gives_each_row_once(cast, client, julkaistu):
    before = locations(client.get(f"{KOTI}sivukartta.xml"))
    cast.edellinen.reopen(by=cast.kaisa, syy="Korjaus.")
    second = close_jakso(cast.edellinen, by=cast.kaisa)
    second.publish(by=cast.kaisa)
    after = locations(client.get(f"{KOTI}sivukartta.xml"))
    assert {*after} - {*before} == {f"{settings.SITE_URL}{KOTI}{second.tunnus}/"}


def test_robots_are_shown_the_public_side_alone(client):
    lines = client.get("/robots.txt").text.splitlines()
    assert lines[0] == "User-agent: *" and f"Sitemap: {settings.SITE_URL}/sitemap.xml" in lines
    assert "Allow: /julkinen/" in lines and "Disallow: /" in lines


def test_a_shared_link_has_its_address_and_a_picture(cast, client, julkaistu):
    for path in (
        *(KOTI, f"{KOTI}toimenpiteet/", f"{KOTI}mittarit/", f"{KOTI}data/", f"{KOTI}{julkaistu.tunnus}/"),
        f"{KOTI}toimenpide/{cast.vayla.tunnus}/",
    ):
        found = Merkinnat(client.get(path, headers={"host": "127.0.0.1"}).text).found
        assert found["og:url"] == found["canonical"] == f"{settings.SITE_URL}{path}"
        assert found["og:title"] and found["og:site_name"] == str(cast.kunta)
        picture = client.get(found["og:image"].removeprefix(settings.SITE_URL))
        assert Image.open(io.BytesIO(picture.content)).size == (1200, 630)
    julkaistu.withdraw(by=cast.kaisa, syy="Virhe.")
    assert "og:image" not in Merkinnat(client.get(KOTI).text).found
    assert client.get(f"{KOTI}kuva.png").status_code == 404
    assert "og:url" not in client.get(f"{KOTI}{julkaistu.tunnus}/").text


def test_the_data_is_told_of_as_a_data_set(cast, client, julkaistu):
    page = client.get(f"{KOTI}data/").text
    found = Merkinnat(page).found
    assert 'itemtype="https://schema.org/Dataset"' in page and len(found["description"]) > 50
    assert found["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert found["contentUrl"].startswith(f"{settings.SITE_URL}{KOTI}data/uusin.")
    julkaistu.withdraw(by=cast.kaisa, syy="Virhe.")
    assert "schema.org" not in client.get(f"{KOTI}data/").text


def test_unknown_and_never_published_are_the_same_bytes(cast, client):
    told = {
        client.get(f"{KOTI}{rest}").content
        for rest in (
            *(f"{cast.versio.tunnus}/", f"{cast.versio.pk}/", f"toimenpide/{cast.vayla.tunnus}/", "kuva.png"),
            *("987654/", "toimenpide/7d0b2f3c-0000-4000-8000-000000000000/", "olematon/", "toimenpiteet/", "mittarit/"),
        )
    }
    assert client.get("/julkinen/ei-ole/").content in told and len(told) == 1
