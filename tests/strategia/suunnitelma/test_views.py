"""The strategy tree and giving toimenpiteet their toimiala."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from strategia.models import Toimiala


@pytest.fixture
def anna(cast):
    return reverse("strategia:toimiala-anna", args=[cast.strategia.pk])


def test_veikko_may_look_at_the_tree_but_not_give_toimialat(cast, kirjautunut, anna):
    veikko = kirjautunut(cast.veikko)
    page = veikko.get(reverse("strategia:strategia-detail", args=[cast.strategia.pk])).text
    assert "Turvalliset koulutiet" in page
    assert "Anna toimialoja" not in page
    assert veikko.post(anna, {"toimenpiteet": [cast.ranssi.pk], "toimiala": cast.tekniset.pk}).status_code == 403


def test_kaisa_gives_a_toimiala_and_veikko_gets_the_row(cast, kirjautunut, anna):
    kaisa = kirjautunut(cast.kaisa)
    assert "Ränssin koulu" in kaisa.get(anna).text
    answer = kaisa.post(anna, {"toimenpiteet": [cast.ranssi.pk], "toimiala": cast.tekniset.pk}, follow=True)
    assert "1 toimenpide sai toimialan Tekniset palvelut." in answer.text
    cast.ranssi.refresh_from_db()
    assert cast.ranssi.toimiala == cast.tekniset
    assert cast.ranssi.history.first().history_user == cast.kaisa
    path = reverse("seuranta:kirjaus-lista", args=[cast.jakso.pk])
    assert "Ränssin koulu" in kirjautunut(cast.veikko).get(path).text


def test_a_new_toimiala_can_be_made_on_the_way(cast, kirjautunut, anna):
    kirjautunut(cast.kaisa).post(anna, {"toimenpiteet": [cast.ranssi.pk], "uusi_toimiala": "Tilat & ympäristö"})
    cast.ranssi.refresh_from_db()
    assert cast.ranssi.toimiala.nimi == "Tilat & ympäristö"
    kirjautunut(cast.kaisa).post(anna, {"toimenpiteet": [cast.vayla.pk], "uusi_toimiala": "TILAT & YMPÄRISTÖ"})
    assert Toimiala.objects.filter(kunta=cast.kunta).count() == 4


def test_the_filter_finds_by_words_with_umlauts_and_chooses_what_it_found(cast, kirjautunut, anna):
    page = kirjautunut(cast.kaisa).get(anna, {"nayta": "kaikki", "vastuu": "ÄIJÄNSUO"}).text
    assert page.count('name="toimenpiteet"') == page.count(" checked") == 1
    assert "Uudet katuvalot Äijänsuolle" in page


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({}, "Valitse ainakin yksi toimenpide."),
        ({"toimenpiteet": "oma"}, "Valitse toimiala listasta tai kirjoita uuden nimi, mutta vain toinen."),
    ],
)
def test_what_is_missing_is_said(data, sentence, cast, kirjautunut, anna):
    posted = {key: cast.ranssi.pk if value == "oma" else value for key, value in data.items()}
    answer = kirjautunut(cast.kaisa).post(anna, posted)
    assert answer.status_code == 422
    assert sentence in answer.text


def test_another_kuntas_toimenpide_or_toimiala_cannot_be_slipped_in(cast, kirjautunut, anna):
    naapuri = cast.naapuri
    for data in (
        {"toimenpiteet": [naapuri.toimenpide.pk], "toimiala": cast.tekniset.pk},
        {"toimenpiteet": [cast.ranssi.pk], "toimiala": naapuri.tekniset.pk},
    ):
        assert kirjautunut(cast.kaisa).post(anna, data).status_code == 422
    naapuri.toimenpide.refresh_from_db()
    cast.ranssi.refresh_from_db()
    assert naapuri.toimenpide.toimiala == naapuri.tekniset
    assert cast.ranssi.toimiala is None


# --- the kunta's look, its statements and the feedback


def png():
    content = BytesIO()
    Image.new("RGB", (1, 1)).save(content, "PNG")
    return content.getvalue()


def kunnan_tiedot(**values):
    return {"virallinen_nimi": "Kirkkorannan kunta", "genetiivi": "Kirkkorannan", "muoto": "kunta", **values}


def test_only_aino_changes_how_the_kunta_looks(cast, kirjautunut):
    path = reverse("strategia:kunta-muokkaa")
    for who in (cast.kaisa, cast.veikko):
        assert kirjautunut(who).post(path, kunnan_tiedot(korostusvari="#00ff00")).status_code == 403
    kirjautunut(cast.aino).post(path, kunnan_tiedot(korostusvari="#7A1F3D"))
    assert "/vari/7a1f3d.css" in kirjautunut(cast.veikko).get("/").text


@pytest.mark.parametrize(
    ("colour", "sentence"),
    [("#ffe08a", "Väri on liian vaalea: sen kontrasti valkoiseen on 1,3 : 1."), ("red", "Anna väri muodossa #00357a.")],
)
def test_a_colour_that_cannot_be_read_is_refused(colour, sentence, cast, kirjautunut):
    answer = kirjautunut(cast.aino).post(reverse("strategia:kunta-muokkaa"), kunnan_tiedot(korostusvari=colour))
    assert answer.status_code == 422
    assert sentence in answer.text


def test_the_logo_is_a_picture_of_the_own_kunta(cast, kirjautunut):
    aino, path = kirjautunut(cast.aino), reverse("strategia:kunta-muokkaa")
    logo = SimpleUploadedFile("../../logo.png", png(), content_type="text/html")
    aino.post(path, kunnan_tiedot(logo=logo))
    answer = aino.get(reverse("strategia:kunta-logo"))
    assert (answer.content, answer["Content-Type"]) == (png(), "image/png")
    assert kirjautunut(cast.ulla).get(reverse("strategia:kunta-logo")).status_code == 404
    evil = SimpleUploadedFile("logo.png", b"<svg onload=alert(1)>", content_type="image/png")
    assert aino.post(path, kunnan_tiedot(logo=evil)).status_code == 422


def test_feedback_reaches_the_koordinaattori_of_the_own_kunta(cast, kirjautunut, mailoutbox):
    page = reverse("strategia:palaute")
    answer = kirjautunut(cast.veikko).post(
        page, {"viesti": "Fontti on pieni & ääkköset hyvät.", "sivu": "/omat/"}, follow=True
    )
    assert "Kiitos palautteesta." in answer.text
    assert set(mailoutbox[0].to) == {cast.aino.email, cast.kaisa.email}
    assert (
        "Fontti on pieni &amp; ääkköset hyvät." in kirjautunut(cast.kaisa).get(reverse("strategia:palaute-lista")).text
    )
    assert "Fontti on pieni" not in kirjautunut(cast.ulla).get(reverse("strategia:palaute-lista")).text


def test_the_statements_say_whose_they_are(cast, kirjautunut, client):
    cast.kunta.tietosuojaseloste = "Oma teksti & yhteystieto."
    cast.kunta.save()
    assert "Oma teksti &amp; yhteystieto." in kirjautunut(cast.liisa).get(reverse("strategia:tietosuoja")).text
    assert "Oma teksti" not in kirjautunut(cast.ulla).get(reverse("strategia:tietosuoja")).text
    assert "Rekisterinpitäjä on" not in client.get(reverse("strategia:tietosuoja")).text  # two kunnat: whose?
