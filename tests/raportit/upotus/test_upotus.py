"""Parts of a report on another site: only sites that the kunta lists, only these pages, only what is published."""

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.html import escape

from strategia.sivustot import list_sivustot, validate_sivustot

pytestmark = pytest.mark.django_db
SIVUSTO = "https://www.kirkkoranta.example"


@pytest.fixture
def versio(cast):
    cast.versio.publish(by=cast.kaisa)
    return cast.versio


@pytest.fixture
def osat(cast):
    return [
        reverse("raportit:upotus-yhteenveto", args=["kirkkoranta"]),
        reverse("raportit:upotus-painopiste", args=["kirkkoranta", cast.painopisteet[0].tunnus]),
        reverse("raportit:upotus-mittari", args=["kirkkoranta", cast.mittarit[0].tunnus]),
    ]


def test_only_a_listed_site_may_frame_and_only_the_parts(cast, versio, osat, client):
    for path in osat:
        answer = client.get(path)
        assert (answer.status_code, answer.headers["X-Frame-Options"]) == (200, "DENY")
        assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
    cast.kunta.upottajat = f"{SIVUSTO}/\n"
    cast.kunta.save()
    for path in osat:
        answer = client.get(path)
        assert "X-Frame-Options" not in answer.headers and not answer.cookies
        assert f"frame-ancestors 'self' {SIVUSTO}" in answer.headers["Content-Security-Policy"]
        assert "default-src 'self'" in answer.headers["Content-Security-Policy"]
    assert client.get("/julkinen/kirkkoranta/").headers["X-Frame-Options"] == "DENY"


def test_parts_tell_of_the_published_report_and_are_gone_with_it(cast, versio, osat, client):
    summary, painopiste, mittari = (client.get(path).text for path in osat)
    assert escape(cast.painopisteet[0].nimi) in summary and cast.vayla.nimi in painopiste
    assert cast.mittarit[0].nimi in mittari
    page = client.get("/julkinen/kirkkoranta/upotukset/").text
    assert all(f"{settings.SITE_URL}{path}" in page for path in osat)
    versio.withdraw(by=cast.kaisa)
    assert {client.get(path).status_code for path in osat} == {404}


def test_a_chart_has_an_address_of_its_own(cast, versio, client):
    for muoto, content_type in (("svg", "image/svg+xml"), ("png", "image/png")):
        newest = reverse("raportit:upotus-uusin-kaavio", args=["kirkkoranta", "painopisteet", muoto])
        own = reverse("raportit:upotus-kaavio", args=["kirkkoranta", versio.tunnus, "painopisteet", muoto])
        first, second = client.get(newest), client.get(own)
        assert (first.status_code, first.headers["Content-Type"]) == (200, content_type)
        assert first.content == second.content
        assert client.get(own, headers={"If-None-Match": second.headers["ETag"]}).status_code == 304
    versio.withdraw(by=cast.kaisa)
    assert (client.get(newest).status_code, client.get(own).status_code) == (404, 410)


@pytest.mark.parametrize(
    "text",
    [
        *("http://www.kunta.fi", "https://*.kunta.fi", "https://kunta.fi/polku", "https://a@kunta.fi", "kunta.fi"),
        *("https://kunta.fi; script-src *", "https://kunta.fi 'unsafe-inline'", "https://kunta"),
    ],
)
def test_what_is_no_origin_is_refused_and_never_reaches_a_header(text):
    assert list_sivustot(text) == []
    with pytest.raises(ValidationError):
        validate_sivustot(f"{SIVUSTO}\n{text}")


def test_origins_are_told_once_each():
    validate_sivustot(f"{SIVUSTO}\n\n{SIVUSTO}/\nhttps://kunta.fi:8443")
    assert list_sivustot(f"{SIVUSTO}\n{SIVUSTO}/\nhttps://kunta.fi:8443") == [SIVUSTO, "https://kunta.fi:8443"]
