"""A toimenpide that continues one of an earlier plan: the link by hand, and how far its page tells."""

import datetime

import pytest
from django.urls import reverse

from seuranta.models import Kirjaus, Seurantajakso, Vastaus
from strategia.models import Painopiste, Strategia, StrateginenTavoite, Toimenpide
from tests.cast import create_toimiala
from tests.seuranta.tuonti.tuontisivut import UUSI, paata, sivu, tallenna
from tests.silmin import tiivis


@pytest.fixture
def jatko(cast):
    """The path to school in the plan of the next term, with an open jakso; nothing links it yet."""
    own = {"kunta": cast.kunta}
    uusi = Strategia.objects.create(nimi="Kirkkorannan strategia 2030–2033", jarjestys=1, **own)
    painopiste = Painopiste.objects.create(strategia=uusi, nimi="Arki", **own)
    tavoite = StrateginenTavoite.objects.create(painopiste=painopiste, nimi="Tiet", **own)
    return Toimenpide.objects.create(tavoite=tavoite, nimi="Koulupolku loppuun", toimiala=cast.tekniset, **own)


def new_jakso(jatko, aste=4):
    strategia = jatko.tavoite.painopiste.strategia
    jakso = Seurantajakso.objects.create(
        kunta=jatko.kunta,
        strategia=strategia,
        nimi="Osavuosikatsaus I 2030",
        alkaa=datetime.date(2030, 1, 1),
        paattyy=datetime.date(2030, 4, 30),
        tila=Seurantajakso.Tila.AVOINNA,
        jarjestys=1,
    )
    if aste:
        Kirjaus.objects.record(jakso, {jatko: Vastaus(versio=0, toteutumisaste=aste, kommentti="Loppu.")}, by=None)
    return jakso


def link(jatko, edeltaja):
    jatko.edeltaja = edeltaja
    jatko.save()


def page_of(client, toimenpide):
    return tiivis(client.get(reverse("seuranta:toimenpide-detail", args=[toimenpide.pk])).text)


def edit(client, toimenpide, **values):
    path = reverse("strategia:toimenpide-muokkaa", args=[toimenpide.pk])
    page = client.get(path)
    sent = {field.html_name: "" if field.value() is None else field.value() for field in page.context["form"]}
    return client.post(path, sent | values)


# --- linked by hand


def test_kaisa_links_it_by_hand_and_takes_the_link_away(cast, kaisa, jatko):
    assert edit(kaisa, jatko, edeltaja=cast.vayla.pk).status_code == 302
    jatko.refresh_from_db()
    assert jatko.edeltaja == cast.vayla
    page = page_of(kaisa, jatko)
    assert "Jatkaa" in page
    assert "edeltäjä" in page, "the change is in its history"
    assert "Koulupolku loppuun" in page_of(kaisa, cast.vayla), "the old one tells who continues it"
    assert edit(kaisa, jatko, edeltaja="").status_code == 302
    jatko.refresh_from_db()
    assert jatko.edeltaja is None


def test_others_of_the_form_do_not_touch_the_link(cast, kaisa, jatko):
    link(jatko, cast.vayla)
    edit(kaisa, jatko, nimi="Koulupolku valmiiksi")
    jatko.refresh_from_db()
    assert (jatko.nimi, jatko.edeltaja) == ("Koulupolku valmiiksi", cast.vayla)


def test_one_of_the_same_plan_or_of_another_kunta_is_not_offered_nor_taken(cast, kaisa, jatko):
    page = kaisa.get(reverse("strategia:toimenpide-muokkaa", args=[jatko.pk])).text
    assert f'<option value="{cast.vayla.pk}">' in page
    assert f'<option value="{jatko.pk}"' not in page
    assert cast.naapuri.toimenpide.nimi not in page
    for wrong in (jatko, cast.naapuri.toimenpide):
        assert edit(kaisa, jatko, edeltaja=wrong.pk).status_code == 422
    jatko.refresh_from_db()
    assert jatko.edeltaja is None


def test_a_circle_is_refused_in_words(cast, kaisa, jatko):
    link(jatko, cast.vayla)
    answer = edit(kaisa, cast.vayla, edeltaja=jatko.pk)
    assert answer.status_code == 422
    assert "Edeltäjä jatkaa itse tätä toimenpidettä. Valitse toinen." in answer.text
    cast.vayla.refresh_from_db()
    assert cast.vayla.edeltaja is None


def test_one_moved_under_the_plan_of_its_edeltaja_is_refused_by_the_model(cast, jatko):
    jatko.edeltaja = cast.vayla
    jatko.tavoite = cast.tavoitteet[0]
    assert jatko._wrong_with(cast.vayla) == "Edeltäjän on oltava toisessa suunnitelmassa."
    jatko.kunta = cast.naapuri.kunta
    assert jatko._wrong_with(cast.vayla) == "Edeltäjän on oltava saman kunnan toimenpide."


def test_a_kunta_of_one_plan_is_not_asked(cast, kaisa):
    assert "Edeltäjä" not in kaisa.get(reverse("strategia:toimenpide-muokkaa", args=[cast.vayla.pk])).text


def test_a_link_written_past_the_forms_in_a_circle_does_not_hang_the_page(cast, kaisa, jatko):
    link(jatko, cast.vayla)
    Toimenpide.objects.filter(pk=cast.vayla.pk).update(edeltaja=jatko)
    assert cast.vayla.nimi in page_of(kaisa, jatko)


# --- its page over the terms


def test_the_history_reaches_the_earlier_plan_and_the_score_is_compared(cast, kaisa, jatko):
    link(jatko, cast.vayla)
    Seurantajakso.objects.filter(pk=cast.jakso.pk).delete()
    new_jakso(jatko)
    page = page_of(kaisa, jatko)
    places = [
        page.index(each) for each in ("<h3>Osavuosikatsaus I 2030", "Aiempi suunnitelma:", "<h3>Osavuosikatsaus I 2026")
    ]
    assert places == sorted(places)
    assert "nousi (2 → 4)" in page
    assert "Suunnitelma valmis – kilpailu syksyllä." in page
    assert "Osavuosikatsaus I 2026: 2, Osavuosikatsaus I 2030: 4" in page, "one line over both terms"


def test_on_another_scale_the_old_score_has_its_own_label_and_no_move(cast, kaisa, jatko):
    link(jatko, cast.vayla)
    Seurantajakso.objects.filter(pk=cast.jakso.pk).delete()
    cast.strategia.asteikko = {"2": "Suunnitteilla"}
    cast.strategia.save()
    Strategia.objects.filter(pk=jatko.tavoite.painopiste.strategia_id).update(
        asteikko={"2": "Puolivälissä", "4": "Melkein"}
    )
    new_jakso(jatko)
    page = page_of(kaisa, jatko)
    assert "<b>2</b>Suunnitteilla" in page
    assert "<b>4</b>Melkein" in page
    assert "nousi" not in page
    assert "uusi arvio" not in page
    assert "Asteikko on toinen, joten arvioita ei verrata." in page
    assert "Osavuosikatsaus I 2026: 2, " not in page, "no line over two scales"


def test_who_does_not_follow_the_old_one_sees_of_it_what_its_own_page_shows(cast, kirjautunut, jatko):
    other = create_toimiala(cast.kunta, "Uusi ympäristötoimi")
    Toimenpide.objects.filter(pk=cast.vayla.pk).update(toimiala=other)
    vastaus = Vastaus(versio=0, toteutumisaste=4, kommentti="Kesken & salainen.", sisainen_huomio="Kysy rahasta.")
    Kirjaus.objects.record(cast.jakso, {cast.vayla: vastaus}, by=cast.kaisa)
    Kirjaus.history.filter(jakso=cast.edellinen, toimenpide_id=cast.vayla.pk).update(sisainen_huomio="Vain sisällä.")
    link(jatko, cast.vayla)
    new_jakso(jatko)
    page = page_of(kirjautunut(cast.veikko), jatko)
    assert "Suunnitelma valmis – kilpailu syksyllä." in page
    for hidden in ("Kesken", "Kysy rahasta", "Vain sisällä", "Osavuosikatsaus II 2026"):
        assert hidden not in page
    assert "Loppu." in page


def test_a_third_term_reaches_the_first(cast, kaisa, jatko):
    own = {"kunta": cast.kunta}
    kolmas = Strategia.objects.create(nimi="Kirkkorannan strategia 2034–2037", jarjestys=2, **own)
    painopiste = Painopiste.objects.create(strategia=kolmas, nimi="Arki", **own)
    tavoite = StrateginenTavoite.objects.create(painopiste=painopiste, nimi="Tiet", **own)
    link(jatko, cast.vayla)
    polku = Toimenpide.objects.create(tavoite=tavoite, nimi="Polku", toimiala=cast.tekniset, edeltaja=jatko, **own)
    page = page_of(kaisa, polku)
    assert "Osavuosikatsaus I 2026" in page
    assert [each.pk for each in polku.list_edeltajat()] == [jatko.pk, cast.vayla.pk]


# --- other doors


def test_an_import_that_renames_it_keeps_the_link(cast, jatko, laheta, aino):
    Toimenpide.objects.filter(pk=jatko.pk).update(koodi="01.01")
    link(Toimenpide.objects.get(pk=jatko.pk), cast.vayla)
    tuonti = laheta(["Arki", "Tiet", "01.01 Koulupolku loppuun asti", "Tekniset palvelut", 2, "Kesken."])
    paata(aino, tuonti, jakso="Osavuosikatsaus II 2030", strategia=jatko.tavoite.painopiste.strategia.nimi)
    tallenna(aino, tuonti)
    assert Toimenpide.objects.get(pk=jatko.pk).edeltaja == cast.vayla


def test_an_import_whose_row_is_continued_is_not_undone_in_silence(cast, jatko, laheta, aino):
    tuonti = laheta(UUSI)
    tallenna(aino, tuonti)
    made = Toimenpide.objects.get(nimi=UUSI[2])
    link(jatko, made)
    aino.post(reverse("seuranta:tuonti-kumoa", args=[tuonti.pk]))
    assert Toimenpide.objects.filter(pk=made.pk).exists()
    assert "Tuotuja toimenpiteitä jatkaa toisessa suunnitelmassa 1 toimenpidettä." in sivu(aino, tuonti)


def test_the_old_plan_is_not_removed_under_the_new(cast, kaisa, jatko):
    link(jatko, cast.vayla)
    kaisa.post(reverse("strategia:strategia-muokkaa", args=[cast.strategia.pk]), {"poista": "1"})
    assert Strategia.objects.filter(pk=cast.strategia.pk).exists()
