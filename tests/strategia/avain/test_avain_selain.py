"""In Chromium: Aino makes a key, a program uses it, and she ends it."""

import pytest

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.selain]


def test_aino_makes_a_key_that_opens_the_interface_until_she_ends_it(cast, sivu_kayttajana):
    sivu = sivu_kayttajana(cast.aino)
    sivu.goto("/ohje/")
    sivu.get_by_role("link", name="Rajapinnan avaimet").click()
    sivu.get_by_label("Nimi").fill("Tietovarasto")
    sivu.get_by_role("button", name="Tee avain").click()
    avain = sivu.get_by_label("Avain", exact=True).input_value()
    ohjelma = {"Authorization": f"Bearer {avain}"}
    told = sivu.context.request.get("/api/v1/mittarit", headers=ohjelma)
    assert [each["nimi"] for each in told.json()["mittarit"]] == [mittari.nimi for mittari in cast.mittarit]
    value = {"mittari": cast.mittarit[0].pk, "jakso": cast.jakso.pk, "versio": 0, "arvo": "11 kpl"}
    assert sivu.context.request.post("/api/v1/arvot", headers=ohjelma, data=value).status == 200
    again = sivu.context.request.post("/api/v1/arvot", headers=ohjelma, data=value | {"arvo": "12 kpl"})
    assert (again.status, again.json()["nykyinen"]["teksti"]) == (409, "11 kpl")
    sivu.goto("/kunta/avaimet/")
    assert avain not in sivu.content()
    sivu.get_by_role("button", name="Lopeta Tietovarasto").click()
    sivu.get_by_text("Avainta Tietovarasto ei enää voi käyttää.").wait_for()
    assert sivu.context.request.get("/api/v1/mittarit", headers=ohjelma).status == 401
