"""A toimiala that takes part comments on the entry page; the leading one sees it, scores and sends."""

import pytest
from django.urls import reverse

from seuranta.models import Kirjaus, Osavastaus, Vastaus
from strategia.models import MuuToimiala

Tila = Kirjaus.Tila


@pytest.fixture
def sivu(cast):
    return reverse("seuranta:kirjaus-lista", args=[cast.jakso.pk])


@pytest.fixture
def osa(cast):
    """Veikko's toimiala takes part in the kerho that Otso's leads."""
    return MuuToimiala.objects.create(kunta=cast.kunta, toimenpide=cast.kerho, toimiala=cast.tekniset)


def told(response):
    return " ".join(response.content.decode().split())


def write(client, sivu, osa, text, versio=0, **fields):
    return client.post(sivu, {f"k{osa.pk}-versio": versio, f"k{osa.pk}-kommentti": text, **fields})


def stored(cast):
    rows = Osavastaus.objects.filter(kirjaus__jakso=cast.jakso, kirjaus__toimenpide=cast.kerho)
    return [(each.nimi, each.toimiala, each.toteutumisaste, each.kommentti) for each in rows]


def test_who_takes_part_sees_it_and_comments_and_it_is_no_answer(cast, osa, kirjautunut, sivu):
    veikko = kirjautunut(cast.veikko)
    page = told(veikko.get(sivu))
    assert f'id="k{osa.pk}"' in page
    assert f'name="t{cast.kerho.pk}-aste"' not in page
    assert "Johtaa ja arvioi" in page
    before = page.partition('id="lahetetyt">')[2][:6]
    assert write(veikko, sivu, osa, "Tekniset auttoivat.").status_code == 302
    assert stored(cast) == [("Tekniset palvelut", cast.tekniset, None, "Tekniset auttoivat.")]
    kirjaus = Kirjaus.objects.get(jakso=cast.jakso, toimenpide=cast.kerho)
    assert (kirjaus.tila, kirjaus.kommentti) == (Tila.EI_VASTATTU, "")  # it is no draft of the leader's
    page = told(veikko.get(sivu))
    assert "Tekniset auttoivat." in page
    assert page.partition('id="lahetetyt">')[2][:6] == before


def test_the_leader_sees_it_scores_and_rewords_it_not(cast, osa, kirjautunut, sivu):
    write(kirjautunut(cast.veikko), sivu, osa, "Tekniset auttoivat.")
    [comment] = Osavastaus.objects.filter(toimiala=cast.tekniset)
    otso, row = kirjautunut(cast.otso), f"t{cast.kerho.pk}"
    page = told(otso.get(sivu))
    assert "Tekniset auttoivat." in page
    assert f"{row}-o{comment.pk}-aste" in page
    assert f"{row}-o{comment.pk}-kommentti" not in page
    unit = f"{row}-o{comment.pk}"
    data = {f"{row}-versio": 1, f"{row}-aste": "4", f"{row}-kommentti": "Kesken.", "laheta": cast.kerho.pk}
    data |= {f"{unit}-versio": 1, f"{unit}-id": comment.pk, f"{unit}-aste": "3"}
    otso.post(sivu, data | {f"{unit}-kommentti": "Ujutettu.", f"{unit}-nimi": "Ujutettu"})
    assert stored(cast) == [("Tekniset palvelut", cast.tekniset, 3, "Tekniset auttoivat.")]
    kirjaus = Kirjaus.objects.get(jakso=cast.jakso, toimenpide=cast.kerho)
    assert (kirjaus.tila, kirjaus.toteutumisaste) == (Tila.LAHETETTY, 4)
    otso.post(sivu, data | {"poista_osa": unit, f"{unit}-versio": 2, f"{row}-versio": kirjaus.versio})
    assert len(stored(cast)) == 1


def test_a_comment_written_after_it_was_approved_is_looked_at(cast, osa, kirjautunut, sivu):
    Kirjaus.objects.record(cast.jakso, {cast.kerho: Vastaus(0, 3, "", "Valmis.", laheta=True)}, by=cast.otso)
    kirjaus = Kirjaus.objects.get(jakso=cast.jakso, toimenpide=cast.kerho)
    Kirjaus.objects.approve(cast.jakso, {kirjaus.pk: 1}, by=cast.kaisa)
    write(kirjautunut(cast.veikko), sivu, osa, "Ei valmis.")
    kirjaus.refresh_from_db()
    assert kirjaus.tila == Tila.LAHETETTY
    page = told(kirjautunut(cast.kaisa).get(reverse("seuranta:hyvaksynta-lista", args=[cast.jakso.pk])))
    assert "<b>Tekniset palvelut:</b> Ei valmis." in page


def test_two_of_one_toimiala_see_both_comments(cast, osa, kirjautunut, sivu):
    write(kirjautunut(cast.hilkka), sivu, osa, "Hilkan.")
    veikko = kirjautunut(cast.veikko)
    answer = write(veikko, sivu, osa, "Veikon.")
    assert answer.status_code == 409
    assert "Toinen ehti tallentaa tämän kommentin ensin." in told(answer)
    assert stored(cast)[0][3] == "Hilkan."
    write(veikko, sivu, osa, "Veikon.", **{"ratkaise": f"k{osa.pk}:oma", f"k{osa.pk}-nahty": 1})
    assert stored(cast)[0][3] == "Veikon."
    write(veikko, sivu, osa, "", 2)
    assert stored(cast) == []
    assert Osavastaus.history.filter(kommentti="Veikon.").exists()


def test_a_unit_of_the_same_name_is_the_comment(cast, osa, kirjautunut, sivu):
    kirjaus = Kirjaus.objects.create(kunta=cast.kunta, jakso=cast.jakso, toimenpide=cast.kerho, versio=1)
    Osavastaus.objects.create(kunta=cast.kunta, kirjaus=kirjaus, nimi="tekniset palvelut", toteutumisaste=2, versio=1)
    write(kirjautunut(cast.veikko), sivu, osa, "Meiltä.", 1)
    assert stored(cast) == [("Tekniset palvelut", cast.tekniset, 2, "Meiltä.")]


def test_who_takes_no_part_writes_nothing_and_loses_nothing(cast, osa, kirjautunut, sivu):
    answer = write(kirjautunut(cast.otso), sivu, osa, "Johtajan kommentti.")
    assert (answer.status_code, stored(cast)) == (409, [])
    assert "Johtajan kommentti." in told(answer)
    MuuToimiala.objects.all().delete()
    named = {f"k{osa.pk}-toimenpide": cast.kerho.pk}
    answer = write(kirjautunut(cast.veikko), sivu, osa, "Ei enää mukana.", **named)
    assert "Ei enää mukana." in told(answer)
    assert cast.kerho.nimi in told(answer), "whose it was, though nothing links them any more"
    assert stored(cast) == []
    named = {f"k{osa.pk}-toimenpide": cast.naapuri.toimenpide.pk}
    answer = write(kirjautunut(cast.veikko), sivu, osa, "Ei enää mukana.", **named)
    assert cast.naapuri.toimenpide.nimi not in told(answer)


def test_a_closed_or_finished_jakso_takes_no_comment(cast, osa, kirjautunut, sivu):
    veikko = kirjautunut(cast.veikko)
    cast.jakso.finish(by=cast.kaisa)
    answer = write(veikko, sivu, osa, "Tämä tuli myöhässä.")
    assert answer.status_code == 404
    assert "Tämä tuli myöhässä." in told(answer)
    assert stored(cast) == []


def test_with_javascript_one_comment_is_saved_by_itself(cast, osa, kirjautunut, sivu):
    veikko = kirjautunut(cast.veikko)
    answer = veikko.post(
        sivu,
        {"rivi": f"k{osa.pk}", f"k{osa.pk}-versio": 0, f"k{osa.pk}-kommentti": "Nyt."},
        headers={"HX-Request": "true"},
    )
    assert answer.headers["X-Kirjaus"] == "tallennettu"
    assert f'id="k{osa.pk}-versio" value="1"' in told(answer)
    assert stored(cast)[0][3] == "Nyt."


def test_the_filter_by_words_finds_it_and_a_state_hides_it(cast, osa, kirjautunut, sivu):
    veikko = kirjautunut(cast.veikko)
    assert f'id="k{osa.pk}"' in told(veikko.get(sivu, {"q": cast.kerho.nimi}))
    assert f'id="k{osa.pk}"' not in told(veikko.get(sivu, {"tila": "ei_vastattu"}))
