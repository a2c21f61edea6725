"""Kaisa begins a strategia without a file: a pasted list goes through the import's preview, and can be undone."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from seuranta.models import Lukutapa, Tuonti
from strategia.models import Strategia, Toimenpide
from tests.seuranta.tuonti.tuontisivut import tallenna
from tests.silmin import tiivis

LISTA = """Elinvoima
  Yrityksiä kuntaan
    1.1.1 Tontit; halvat
    1.1.2 Neuvonta
Hyvä arki
  Liikettä
    Kävelyreitit"""


@pytest.fixture
def uusi(cast):
    words = {"painopiste": "Kärki", "tavoite": "Päämäärä", "toimenpide": "Teko"}
    return Strategia.objects.create(kunta=cast.kunta, nimi="Kirkkorannan uusi strategia", sanasto=words)


def path(strategia):
    return reverse("seuranta:strategia-luettelo", args=[strategia.pk])


def paste(client, strategia, text=LISTA):
    answer = client.post(path(strategia), {"luettelo": text})
    assert answer.status_code == 302, answer.text
    return Tuonti.objects.latest("pk")


@pytest.mark.parametrize("who", ["veikko", "hilkka", "otso", "liisa", "tarmo"])
def test_only_the_koordinaattori_pastes_a_list(cast, uusi, kirjautunut, who):
    client = kirjautunut(getattr(cast, who))
    assert client.get(path(uusi)).status_code == 403
    assert client.post(path(uusi), {"luettelo": LISTA}).status_code == 403
    assert not Tuonti.objects.exists()


def test_of_another_kunta_it_is_not_there(cast, uusi, kirjautunut):
    assert kirjautunut(cast.ulla).post(path(uusi), {"luettelo": LISTA}).status_code == 404


def test_the_pages_of_a_new_strategia_lead_to_it(uusi, kaisa):
    page = kaisa.get(reverse("strategia:strategia-detail", args=[uusi.pk])).text
    assert f'href="{path(uusi)}"' in page
    assert reverse("strategia:strategia-rakenne", args=[uusi.pk]) in page
    assert "liittää painopisteet, tavoitteet ja toimenpiteet luettelona" in tiivis(kaisa.get("/strategia/uusi/").text)


def test_a_list_is_previewed_saved_and_undone_by_the_koordinaattori(cast, uusi, kaisa):
    tuonti = paste(kaisa, uusi)
    page = kaisa.get(tuonti.get_absolute_url()).text
    assert "Tontit; halvat" in page
    assert "””" not in page, "a list has no headings to tell"
    assert "Kirkkorannan uusi strategia" in page
    assert not Toimenpide.objects.filter(tavoite__painopiste__strategia=uusi).exists()
    assert "Tuonti on tallennettu." in tallenna(kaisa, tuonti)
    rows = Toimenpide.objects.filter(tavoite__painopiste__strategia=uusi).order_by("pk")
    assert list(rows.values_list("tavoite__painopiste__nimi", "tavoite__nimi", "koodi", "nimi")) == [
        ("Elinvoima", "Yrityksiä kuntaan", "1.1.1", "Tontit; halvat"),
        ("Elinvoima", "Yrityksiä kuntaan", "1.1.2", "Neuvonta"),
        ("Hyvä arki", "Liikettä", "", "Kävelyreitit"),
    ]
    uusi.refresh_from_db()
    assert (uusi.sana("painopiste"), uusi.sana("toimenpide")) == ("Kärki", "Teko")
    assert kaisa.post(reverse("seuranta:tuonti-kumoa", args=[tuonti.pk])).status_code == 302
    assert not rows.exists()


@pytest.mark.parametrize(
    "lista", ["• Uusi kärki\no Tavoite\n▪ Eka teko\n▪ Toka teko", "Kärki\n\tEka teko\n\tToka teko"]
)
def test_names_that_sound_like_headings_are_names(uusi, kaisa, lista):
    tallenna(kaisa, paste(kaisa, uusi, lista))
    rows = Toimenpide.objects.filter(tavoite__painopiste__strategia=uusi).order_by("pk")
    assert list(rows.values_list("nimi", flat=True)) == ["Eka teko", "Toka teko"]
    assert not Lukutapa.objects.exists(), "no table is read by a list"


def test_the_same_list_again_changes_nothing(uusi, kaisa):
    tallenna(kaisa, paste(kaisa, uusi))
    again = paste(kaisa, uusi)
    tallenna(kaisa, again)
    again.refresh_from_db()
    assert (again.luvut["new"], again.luvut["changed"], again.luvut["same"]) == (0, 0, 3)


def test_what_is_wrong_is_told_with_its_line_and_the_text_stays(uusi, kaisa):
    answer = kaisa.post(path(uusi), {"luettelo": "Elinvoima\n  Yrityksiä\n    Tontit\nHyvä arki"})
    assert answer.status_code == 422
    assert "Rivi 4: kohdan ”Hyvä arki” alla ei ole yhtään toimenpidettä." in answer.text
    assert "Elinvoima\n  Yrityksiä\n    Tontit\nHyvä arki" in answer.text
    assert not Tuonti.objects.exists()


def test_a_list_put_aside_leads_to_the_strategia_and_not_to_a_page_that_refuses(uusi, kaisa):
    tuonti = paste(kaisa, uusi)
    assert 'href="/tuonti/"' not in kaisa.get(tuonti.get_absolute_url()).text
    answer = kaisa.post(reverse("seuranta:tuonti-hylkaa", args=[tuonti.pk]), follow=True)
    assert answer.status_code == 200
    assert "Tiedosto on hylätty. Mitään ei tallennettu." in answer.text


def test_a_table_of_the_paakayttaja_is_still_not_the_koordinaattoris(kaisa, laheta):
    tuonti = laheta(["Rohkea talous", "Tilat käyttöön", "Avoin työtila", "Sivistyspalvelut", 2, "Kesken."])
    assert kaisa.get(tuonti.get_absolute_url()).status_code == 403


@pytest.mark.parametrize("who", ["veikko", "hilkka", "liisa", "tarmo"])
def test_others_do_not_open_the_list(cast, uusi, kaisa, kirjautunut, who):
    assert kirjautunut(getattr(cast, who)).get(paste(kaisa, uusi).get_absolute_url()).status_code == 403


@pytest.mark.parametrize("nimi", [Tuonti.LUETTELO, Tuonti.LUETTELO.replace(" ", " \x07")])
def test_a_table_of_the_paakayttaja_is_no_list_whatever_its_name(cast, kirjautunut, kaisa, nimi):
    """A list that was downloaded, filled with toimialat and sent in again is a table as any other."""
    table = b"Toimenpide;Toimiala\nUusi teko;Uusi toimiala\nToinen teko;Uusi toimiala\n"
    kirjautunut(cast.aino).post("/tuonti/", {"tiedosto": SimpleUploadedFile(nimi, table)})
    tuonti = Tuonti.objects.get()
    assert not tuonti.on_luettelo
    assert tuonti.tiedostonimi.endswith(".csv"), "it tells how the file is read"
    assert kaisa.get(tuonti.get_absolute_url()).status_code == 403
