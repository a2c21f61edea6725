"""Publishing: who may, what becomes public, what never does; and the check of a report by its hash."""

import datetime
import io
import json
from datetime import timedelta

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from raportit.models import Kasittely, Raporttiversio
from raportit.muodot import MUODOT
from raportit.sulkeminen.sulje import close_jakso
from raportit.tallenne.nakyma import show_publicly
from raportit.tallenne.tallenteet import public_bytes, stored_bytes
from seuranta.models import Kirjaus
from strategia.models import Kunta

pytestmark = pytest.mark.django_db


def julkaisu(versio):
    return reverse("raportit:versio-julkaisu", args=[versio.pk])


def julkinen(versio, muoto=""):
    if muoto:
        return reverse("raportit:julkinen-lataa", args=["kirkkoranta", versio.tunnus, muoto])
    return reverse("raportit:julkinen-versio", args=["kirkkoranta", versio.tunnus])


POISTA = {"toimi": "poista", "syy": "Luvuissa on virhe.", "vahvista": "1"}


# --- publishing


@pytest.mark.parametrize("who", ["veikko", "hilkka", "liisa", "tarmo", "ulla"])
def test_others_do_not_publish(cast, kirjautunut, who):
    answer = kirjautunut(getattr(cast, who)).post(julkaisu(cast.versio), {"toimi": "julkaise"})
    assert answer.status_code in (403, 404)
    cast.versio.refresh_from_db()
    assert cast.versio.tila == "sisainen"


def test_page_tells_what_becomes_public_and_asks_first(cast, kirjautunut):
    page = kirjautunut(cast.kaisa).get(julkaisu(cast.versio)).text
    assert "Julkiseksi tulee" in page and "sisäiset huomiot" in page
    assert "8 toimenpidettä arvioineen ja kommentteineen" in page
    assert reverse("raportit:versio-lataa-julkinen", args=[cast.versio.pk, "html"]) in page, "esikatselu"
    assert f"{settings.SITE_URL}{julkinen(cast.versio)}" in page
    cast.versio.refresh_from_db()
    assert cast.versio.tila == "sisainen", "katsominen ei julkaise"


def test_page_warns_of_personal_data(cast, kirjautunut):
    cast.edellinen.reopen(by=cast.kaisa, syy="Yhteystieto.")
    Kirjaus.objects.filter(jakso=cast.edellinen, toimenpide=cast.vayla).update(kommentti="Soita 040 123 4567.")
    versio = close_jakso(cast.edellinen, by=cast.kaisa)
    page = kirjautunut(cast.kaisa).get(julkaisu(versio)).text
    assert "Yhdessä kohdassa näyttää olevan yhteystieto" in page
    assert cast.vayla.nimi in page


def test_published_is_withdrawn_and_published_again_with_its_first_date(cast, kirjautunut):
    kaisa = kirjautunut(cast.kaisa)
    assert "Raportti on julkaistu." in kaisa.post(julkaisu(cast.versio), {"toimi": "julkaise"}, follow=True).text
    cast.versio.refresh_from_db()
    first = cast.versio.julkaistu
    kaisa.post(julkaisu(cast.versio), POISTA)
    cast.versio.refresh_from_db()
    assert cast.versio.tila == "poistettu"
    kaisa.post(julkaisu(cast.versio), {"toimi": "julkaise"})
    cast.versio.refresh_from_db()
    assert (cast.versio.tila, cast.versio.julkaistu) == ("julkaistu", first)


def test_who_published_is_told_to_the_coordinator_and_the_auditor_alone(cast, kirjautunut, client):
    kirjautunut(cast.kaisa).post(julkaisu(cast.versio), {"toimi": "julkaise"})
    page, told = reverse("raportit:versio-detail", args=[cast.versio.pk]), f", {cast.kaisa}</li>"
    for who in (cast.kaisa, cast.aino, cast.tarmo):
        assert told in kirjautunut(who).get(page).text
    for who in (cast.veikko, cast.hilkka, cast.liisa):
        assert told not in kirjautunut(who).get(page).text
    assert str(cast.kaisa) not in client.get(julkinen(cast.versio)).text


def test_withdrawing_what_was_never_published_changes_nothing(cast, kirjautunut):
    kirjautunut(cast.kaisa).post(julkaisu(cast.versio), POISTA)
    cast.versio.refresh_from_db()
    assert cast.versio.tila == "sisainen"


def test_published_at_a_time_it_waits_for_it_and_may_be_called_off(cast, kirjautunut, client):
    kaisa, morning = kirjautunut(cast.kaisa), timezone.localdate() + timedelta(days=3)
    told = {"toimi": "julkaise", "paiva": f"{morning:%Y-%m-%d}"}
    page = kaisa.post(julkaisu(cast.versio), told, follow=True).text
    assert f"Julkaistaan {morning:%-d.%-m.}" in page and "klo 8" in page and "Sisäinen" in page
    assert client.get(julkinen(cast.versio)).status_code == 404
    assert client.get(julkinen(cast.versio, "csv")).status_code == 404
    assert "Ajastus on peruttu." in kaisa.post(julkaisu(cast.versio), {"toimi": "peru"}, follow=True).text
    kaisa.post(julkaisu(cast.versio), told)
    Raporttiversio.objects.update(julkaistaan=timezone.now() - timedelta(seconds=1))
    assert client.get(julkinen(cast.versio)).status_code == 200
    assert client.get(julkinen(cast.versio, "csv")).status_code == 200
    assert "Poista raportti julkaisusta" in kaisa.get(julkaisu(cast.versio)).text


def test_a_time_that_has_gone_or_is_no_time_is_told(cast, kirjautunut):
    kaisa, today = kirjautunut(cast.kaisa), f"{timezone.localdate() - timedelta(days=1):%Y-%m-%d}"
    for told, says in (
        ({"paiva": today}, "Aika on jo mennyt."),
        ({"kello": "8.30"}, "Kerro myös päivä."),
        ({"paiva": today, "kello": "aamulla"}, "Kirjoita kellonaika näin: 8.30."),
    ):
        answer = kaisa.post(julkaisu(cast.versio), {"toimi": "julkaise", **told})
        assert answer.status_code == 422 and says in answer.text
    cast.versio.refresh_from_db()
    assert (cast.versio.tila, cast.versio.julkaistaan) == ("sisainen", None)


def test_the_reason_is_shown_first_and_tells_nobodys_data(cast, kirjautunut, client):
    cast.versio.publish()
    kaisa = kirjautunut(cast.kaisa)
    bad = kaisa.post(julkaisu(cast.versio), {**POISTA, "syy": "Kysy: aino.aalto@keuruu.fi"})
    assert bad.status_code == 422 and "yhteystieto tai henkilötunnus" in bad.text
    page = kaisa.post(julkaisu(cast.versio), {**POISTA, "vahvista": ""})
    assert "Näin se kerrotaan vanhassa osoitteessa" in page.text and "Luvuissa on virhe." in page.text
    assert client.get(julkinen(cast.versio)).status_code == 200
    kaisa.post(julkaisu(cast.versio), POISTA)
    gone = client.get(julkinen(cast.versio))
    assert gone.status_code == 410 and "Luvuissa on virhe." in gone.text
    assert f"{timezone.localdate():%-d.%-m.%Y}" in gone.text and "kilpailu syksyllä" not in gone.text
    assert client.get(julkinen(cast.versio, "csv")).status_code == 410


# --- what the public sees


@pytest.mark.parametrize("muoto", ["", "pdf", "json"])
def test_unpublished_looks_exactly_like_a_missing_one(cast, client, muoto):
    own = julkinen(cast.versio, muoto)
    missing = own.replace(f"/{cast.versio.pk}/", "/987654321/")
    theirs, none = client.get(own), client.get(missing)
    assert theirs.status_code == none.status_code == 404
    assert theirs.text.replace(own, "") == none.text.replace(missing, "")
    changing = {"Content-Length": "", "Expires": "", "X-Request-ID": ""}
    assert {**theirs.headers, **changing} == {**none.headers, **changing}
    assert "Osavuosikatsaus I 2026" not in client.get("/julkinen/kirkkoranta/").text


def test_anybody_reads_a_published_report_and_gets_its_files(cast, client):
    cast.versio.publish()
    assert "Osavuosikatsaus I 2026" in client.get("/julkinen/kirkkoranta/").text
    page = client.get(julkinen(cast.versio))
    assert page.status_code == 200 and "Suunnitelma valmis – kilpailu syksyllä." in page.text
    assert 'href="/toimenpiteet/' not in page.text, "julkinen sivu ei vie kirjautumisen taakse"
    for muoto in ("csv", "json", "xlsx"):
        answer = client.get(julkinen(cast.versio, muoto))
        assert answer.content == public_bytes(show_publicly(cast.versio), muoto)
        assert answer.headers["Content-Type"] == MUODOT[muoto].content_type
    assert client.get(julkinen(cast.versio, "exe")).status_code == 404


def test_public_never_sees_notes_names_or_drafts(cast, client):
    cast.edellinen.reopen(by=cast.kaisa, syy="Korjaus.")
    Kirjaus.objects.filter(jakso=cast.edellinen).update(sisainen_huomio="Salainen huomio", palautuksen_syy="Palautus")
    versio = close_jakso(cast.edellinen, by=cast.kaisa)
    versio.publish()
    everything = client.get(julkinen(versio)).text + client.get("/julkinen/kirkkoranta/").text
    everything += "".join(client.get(julkinen(versio, muoto)).content.decode("latin1") for muoto in ("csv", "json"))
    for secret in ("Salainen", "Palautus", "Koivuniemi", "Aaltonen", "@kirkkoranta", cast.jakso.nimi):
        assert secret not in everything


def test_ids_of_open_data_stay_the_same(cast, client):
    cast.versio.publish()
    data = json.loads(client.get(julkinen(cast.versio, "json")).content)
    ids = [rivi["id"] for p in data["painopisteet"] for t in p["tavoitteet"] for rivi in t["rivit"]]
    assert ids == [toimenpide.pk for toimenpide in cast.toimenpiteet]


def test_caches_ask_again_after_what_is_public_whoever_is_signed_in(cast, client, kirjautunut):
    cast.versio.publish()
    file = "max-age=0, must-revalidate, s-maxage=60"
    for path, age in (
        *((each, "max-age=0, must-revalidate") for each in ("/julkinen/kirkkoranta/", julkinen(cast.versio))),
        (julkinen(cast.versio, "csv"), file),
    ):
        for reader in (client, kirjautunut(cast.liisa)):
            shared = reader.get(path)
            assert shared.headers["Cache-Control"] == age
            assert not shared.cookies and "Kirjaudu ulos" not in shared.content.decode()
    etag = client.get(julkinen(cast.versio, "csv")).headers["ETag"]
    assert client.get(julkinen(cast.versio, "csv"), headers={"if-none-match": etag}).status_code == 304


def test_corrected_version_is_told_on_the_earlier_ones_page(cast, client):
    cast.versio.publish()
    cast.edellinen.reopen(by=cast.kaisa, syy="Luku korjattiin.")
    second = close_jakso(cast.edellinen, by=cast.kaisa)
    assert "Korvattu" not in client.get(julkinen(cast.versio)).text, "julkaisematonta ei paljasteta"
    second.publish()
    assert "Korvattu versiolla 2." in client.get(julkinen(cast.versio)).text
    assert "korvaa version 1" in client.get(julkinen(second)).text


def test_unknown_kunta_is_missing_and_names_fold(cast, client):
    assert client.get("/julkinen/ei-ole/").status_code == 404
    assert "Metsäpitäjän kunta" in client.get("/julkinen/metsapitaja/").text
    Kunta.objects.create(nimi="Äänekoski & ympäristö")
    assert client.get("/julkinen/aanekoski-ymparisto/").status_code == 200


def test_another_kuntas_address_does_not_lead_to_a_report(cast, client):
    cast.versio.publish()
    assert client.get(f"/julkinen/metsapitaja/{cast.versio.pk}/").status_code == 404


# --- käsittelyt


def test_only_the_koordinaattori_tells_how_it_was_dealt_with(cast, kirjautunut):
    path = reverse("raportit:kasittely-uusi", args=[cast.versio.pk])
    told = {"toimielin": "Valtuusto", "pvm": "2026-06-01", "pykala": "§ 41", "paatos": "Merkittiin tiedoksi."}
    for who in ("veikko", "liisa", "tarmo", "ulla"):
        assert kirjautunut(getattr(cast, who)).post(path, told).status_code in (403, 404)
    assert not Kasittely.objects.exists()
    before = stored_bytes(cast.versio, "html")
    page = kirjautunut(cast.kaisa).post(path, told, follow=True).text
    assert "Merkittiin tiedoksi." in page and "1.6.2026" in page
    assert stored_bytes(cast.versio, "html") == before
    assert "Merkittiin" not in before.decode()
    assert "Merkittiin tiedoksi." in kirjautunut(cast.liisa).get(f"/raportit/{cast.versio.pk}/").text


def test_kasittely_without_date_comes_back_with_what_was_written(cast, kirjautunut):
    path = reverse("raportit:kasittely-uusi", args=[cast.versio.pk])
    answer = kirjautunut(cast.kaisa).post(path, {"toimielin": "Valtuusto & hallitus", "pvm": "1.13.2026"})
    assert answer.status_code == 422
    assert "Valtuusto &amp; hallitus" in answer.text


def test_kasittely_is_taken_away(cast, kirjautunut):
    kasittely = Kasittely.objects.create(
        kunta=cast.kunta, versio=cast.versio, toimielin="Valtuusto", pvm=datetime.date(2026, 6, 1)
    )
    path = reverse("raportit:kasittely-poista", args=[kasittely.pk])
    assert kirjautunut(cast.kaisa).get(path).status_code == 405
    kirjautunut(cast.kaisa).post(path)
    assert not Kasittely.objects.exists()


# --- the check of a report


def tarkista(client, tunniste="", tiedosto=b""):
    data = {"tunniste": tunniste}
    if tiedosto:
        data["tiedosto"] = io.BytesIO(tiedosto)
    return client.post("/tarkista/", data)


def test_hash_tells_the_version_though_lines_break_it(cast, kirjautunut):
    broken = f"Raportin tunniste {cast.versio.sha256[:40].upper()}\n{cast.versio.sha256[40:]}\n"
    page = tarkista(kirjautunut(cast.liisa), broken).text
    assert "Tämä on Kirkkorannan kunta: Osavuosikatsaus I 2026, versio 1" in page
    assert f'href="/raportit/{cast.versio.pk}/"' in page


@pytest.mark.parametrize("muoto", ["json", "csv", "html"])
def test_file_tells_the_version(cast, kirjautunut, muoto):
    content = stored_bytes(cast.versio, muoto)
    assert "Tämä on Kirkkorannan kunta" in tarkista(kirjautunut(cast.liisa), tiedosto=content).text
    assert "ei ole mikään tallennetuista" in tarkista(kirjautunut(cast.liisa), tiedosto=content + b" ").text


def test_outsider_is_told_of_published_ones_only(cast, client, kirjautunut):
    for who in (client, kirjautunut(cast.ulla)):
        assert "ei ole mikään tallennetuista" in tarkista(who, cast.versio.sha256).text
    cast.versio.publish()
    page = tarkista(client, cast.versio.sha256).text
    assert "Tämä on Kirkkorannan kunta" in page and julkinen(cast.versio) in page


def test_newer_version_is_told(cast, kirjautunut, client):
    cast.versio.publish()
    cast.edellinen.reopen(by=cast.kaisa, syy="Korjaus.")
    close_jakso(cast.edellinen, by=cast.kaisa)
    assert "korjattu versio 2" in tarkista(kirjautunut(cast.liisa), cast.versio.sha256).text
    assert "korjattu versio" not in tarkista(client, cast.versio.sha256).text


@pytest.mark.parametrize("tunniste", ["", "   ", "abc", "g" * 64, "0" * 65])
def test_what_is_no_hash_is_told_so(db, client, tunniste):
    answer = tarkista(client, tunniste)
    assert answer.status_code == 422
