"""The columns of the report: chosen, ordered and named by the koordinaattori, with a preview that saves nothing."""

import io
from dataclasses import replace
from unittest import mock

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse
from docx import Document
from pptx import Presentation

from raportit.koonti.sarakkeet import apply_choices, fingerprint, list_choices
from raportit.muodot import render_report
from raportit.muodot.xlsx import render_xlsx
from raportit.osavuosikatsaus import build, from_json, make_public, to_json
from raportit.osavuosikatsaus.julkinen import map_rows
from raportit.raportti.esittelyteksti import write_text
from raportit.sulkeminen.sulje import close_jakso
from seuranta.models import Kirjaus
from strategia.models import RAPORTIN_OSAT, Strategia

from ...katsoja import AXE
from ...test_selain import sign_in as selain_sign_in
from ..mitattu import mitattu_raportti
from ..rakenna import KOOTTU, rakenna
from ..saarikko import saarikon_raportti

pytestmark = pytest.mark.django_db


def sign_in(user):
    client = Client()
    client.force_login(user)
    return client


def osoite(strategia):
    return reverse("raportit:sarakkeet-muokkaa", args=[strategia.pk])


def lomake(strategia, **changes):
    """What the page would post: {field: value}; None takes a field away (an empty checkbox)."""
    data = {"tunniste": fingerprint(strategia)}
    for place, valinta in enumerate(list_choices(strategia)):
        data |= {f"{valinta.rooli}-otsikko": valinta.otsikko, f"{valinta.rooli}-jarjestys": place + 1}
        data |= {f"{valinta.rooli}-nakyy": "on"} if valinta.nakyy else {}
        data |= {f"{valinta.rooli}-valiotsikko": "on"} if valinta.valiotsikko else {}
    return {name: value for name, value in (data | changes).items() if value is not None}


def otsikot(jakso):
    jakso.refresh_from_db()
    jakso.strategia.refresh_from_db()
    return [s.otsikko for s in build(jakso, koottu=KOOTTU).taulukon_sarakkeet]


@pytest.mark.parametrize("who", ["veikko", "hilkka", "liisa", "tarmo", "ulla"])
def test_only_the_koordinaattori_changes_the_columns(cast, who):
    client, before = sign_in(getattr(cast, who)), cast.strategia.sarakkeet
    answer = client.post(osoite(cast.strategia), lomake(cast.strategia, **{"kommentti-otsikko": "Muu"}))
    assert answer.status_code in (403, 404)
    assert Strategia.objects.get(pk=cast.strategia.pk).sarakkeet == before


def test_order_names_and_what_is_shown_are_the_reports(cast):
    before = otsikot(cast.jakso)
    assert "Kommentti" in before
    changes = {"kommentti-otsikko": "Tilannekuva & selitys", "kommentti-jarjestys": 1, "toimiala-nakyy": None}
    answer = sign_in(cast.kaisa).post(osoite(cast.strategia), lomake(cast.strategia, **changes), follow=True)
    assert "Raportin sarakkeet on tallennettu." in answer.content.decode()
    after = otsikot(cast.jakso)
    assert after[0] == "Tilannekuva & selitys"
    assert "Toimiala" not in after
    assert set(after) == set(before) - {"Kommentti", "Toimiala"} | {"Tilannekuva & selitys"}
    again = lomake(Strategia.objects.get(pk=cast.strategia.pk), **{"toimiala-nakyy": "on"})
    sign_in(cast.kaisa).post(osoite(cast.strategia), again)
    assert "Toimiala" in otsikot(cast.jakso)


def test_saving_without_a_change_changes_no_report():
    own = [
        {"rooli": "painopiste", "otsikko": "Kärki", "yla": "TOIMENPITEET"},
        {"rooli": "toimenpide", "otsikko": "Teko", "yla": "TOIMENPITEET"},
        {"rooli": "toteutumisaste", "otsikko": "kesä", "jakso": "Osavuosikatsaus II 2026"},
        {"rooli": "kommentti", "otsikko": "osavuosikatsaus II", "jakso": "Osavuosikatsaus II 2026"},
    ]
    jakso = rakenna([4, 3], sarakkeet=own)
    before = build(jakso, koottu=KOOTTU)
    apply_choices(jakso.strategia, list_choices(jakso.strategia))
    after = build(jakso, koottu=KOOTTU)
    assert [s for s in after.sarakkeet if s.rooli != "toimiala"] == [
        s for s in before.sarakkeet if s.rooli != "toimiala"
    ]
    assert [s.rooli for s in after.sarakkeet] == [s.rooli for s in before.sarakkeet]
    assert "kesä" in [cell.value for cell in openpyxl.load_workbook(io.BytesIO(render_xlsx(after))).active[2]]


def test_the_page_builds_the_report_once_for_its_columns_and_its_preview(cast):
    with mock.patch("raportit.koonti.sarakkeet.build", wraps=build) as built:
        assert sign_in(cast.kaisa).get(osoite(cast.strategia)).status_code == 200
    assert built.call_count == 1


def test_preview_shows_the_rows_and_saves_nothing(cast):
    data = lomake(cast.strategia, **{"kommentti-otsikko": "Kokeilu", "esikatsele": "1"})
    page = sign_in(cast.kaisa).post(osoite(cast.strategia), data).content.decode()
    esikatselu = page.split('id="esikatselu"')[1]
    assert '<th scope="col">Kokeilu</th>' in esikatselu
    assert "Kokeilu" not in str(Strategia.objects.get(pk=cast.strategia.pk).sanasto)


def test_forecast_is_a_column_only_where_it_is_chosen(cast):
    Kirjaus.objects.create(
        kunta=cast.kunta, jakso=cast.jakso, toimenpide=cast.vayla, ennuste="Valmistuu", tila="lahetetty"
    )
    assert "Ennuste" not in otsikot(cast.jakso)
    sign_in(cast.kaisa).post(osoite(cast.strategia), lomake(cast.strategia, **{"ennuste-nakyy": "on"}))
    assert Strategia.objects.get(pk=cast.strategia.pk).lisakentat == ["ennuste"]
    assert "Ennuste" in otsikot(cast.jakso)


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("kommentti-jarjestys", "x", "Anna järjestys numerona 1–99."),
        ("kommentti-otsikko", "", "Anna sarakkeelle otsikko."),
    ],
)
def test_wrong_values_are_told_and_nothing_is_saved(cast, field, value, sentence):
    before = cast.strategia.sarakkeet
    answer = sign_in(cast.kaisa).post(osoite(cast.strategia), lomake(cast.strategia, **{field: value}))
    assert (answer.status_code, sentence in answer.content.decode()) == (422, True)
    assert Strategia.objects.get(pk=cast.strategia.pk).sarakkeet == before


def test_the_second_of_two_is_told(cast):
    old = lomake(cast.strategia, **{"kommentti-otsikko": "Ainon sana"})
    sign_in(cast.kaisa).post(osoite(cast.strategia), lomake(cast.strategia, **{"kommentti-otsikko": "Kaisan sana"}))
    answer = sign_in(cast.aino).post(osoite(cast.strategia), old)
    assert answer.status_code == 409
    assert "joku muu muutti sarakkeita" in answer.content.decode()
    assert Strategia.objects.get(pk=cast.strategia.pk).sana("kommentti") == "Kaisan sana"


# --- measures and the other parts


def choose(client, strategia, **changes):
    strategia.refresh_from_db()
    return client.post(osoite(strategia), lomake(strategia, **changes))


def test_a_column_of_measures_is_hidden_and_shown_again(cast, kirjautunut):
    kaisa = kirjautunut(cast.kaisa)
    page = kaisa.get(osoite(cast.strategia)).text
    assert "Mittareista: Tavoite" in page
    assert "Kehitys</th>" in page, "the preview shows the first table of measures"
    choose(kaisa, cast.strategia, **{"mittarit.tavoite-nakyy": None})
    cast.strategia.refresh_from_db()
    assert {"rooli": "mittarit.tavoite", "piilossa": True} in cast.strategia.sarakkeet
    assert "mittarit.tavoite" in cast.strategia.piilotetut
    choose(kaisa, cast.strategia, **{"mittarit.tavoite-nakyy": "on"})
    cast.strategia.refresh_from_db()
    assert "mittarit.tavoite" not in cast.strategia.piilotetut


def test_the_part_of_goals_is_there_once_it_is_chosen(cast, kirjautunut):
    kaisa = kirjautunut(cast.kaisa)
    assert not build(cast.jakso, koottu=KOOTTU).osat
    choose(kaisa, cast.strategia, **{"sdg.tavoitteittain-nakyy": "on"})
    cast.jakso.refresh_from_db()
    assert build(cast.jakso, koottu=KOOTTU).osat == ("sdg.tavoitteittain",)


def test_measures_of_a_hidden_column_are_shown_when_they_are_chosen_by_themselves(cast, kirjautunut):
    kaisa = kirjautunut(cast.kaisa)
    cast.strategia.sarakkeet = [{"rooli": "mittari", "otsikko": "Mittari", "piilossa": True}]
    cast.strategia.save()
    assert "mittarit" in cast.strategia.piilotetut
    choose(kaisa, cast.strategia, **{"mittarit-nakyy": "on"})
    cast.strategia.refresh_from_db()
    assert {"rooli": "mittarit"} in cast.strategia.sarakkeet
    assert "mittarit" not in cast.strategia.piilotetut


# --- moving


def places(page):
    """The columns of the page in its order, each with the number in its field."""
    forms = [form for form in page.context["rivit"] if "jarjestys" in form.fields]
    return [(form.valinta.rooli, int(form["jarjestys"].value())) for form in forms]


def test_a_column_moves_by_a_press_and_is_saved_only_when_one_saves(cast):
    kaisa, strategia = sign_in(cast.kaisa), cast.strategia
    before = [rooli for rooli, _place in places(kaisa.get(osoite(strategia)))]
    first, second = before[:2]
    moved = kaisa.post(osoite(strategia), lomake(strategia) | {"siirra": f"ylos:{second}"})
    assert moved.status_code == 200
    assert places(moved) == [(rooli, n) for n, rooli in enumerate([second, first, *before[2:]], 1)]
    assert "Järjestys tulee voimaan, kun tallennat." in moved.text
    assert f'value="ylos:{second}" formaction="#rivi-{second}"' in moved.text and moved.text.count("autofocus") == 1
    assert [rooli for rooli, _place in places(kaisa.get(osoite(strategia)))] == before, "mitään ei tallennettu"
    numbers = {f"{rooli}-jarjestys": number for rooli, number in places(moved)}
    kaisa.post(osoite(strategia), lomake(strategia, **numbers))
    assert [rooli for rooli, _place in places(kaisa.get(osoite(strategia)))][:2] == [second, first]


def test_what_is_typed_stays_when_another_column_moves_and_the_edges_stay_where_they_are(cast):
    kaisa, strategia = sign_in(cast.kaisa), cast.strategia
    before = places(kaisa.get(osoite(strategia)))
    typed = lomake(strategia, **{"kommentti-otsikko": "Tilannekuva"})
    for siirto in (f"ylos:{before[0][0]}", f"alas:{before[-1][0]}", "alas:", "ylos:eiole", "x"):
        page = kaisa.post(osoite(strategia), typed | {"siirra": siirto})
        assert [rooli for rooli, _place in places(page)] == [rooli for rooli, _place in before], siirto
        assert "Tilannekuva" in page.text
    for wrong in ("x", "9" * 5000, ""):
        page = kaisa.post(osoite(strategia), typed | {"siirra": "alas:kommentti", "kommentti-jarjestys": wrong})
        assert page.status_code == 422


TARGET_SIZE = """async () => (await axe.run({
    runOnly: {type: "rule", values: ["target-size"]}, rules: {"target-size": {enabled: true}}
})).violations.flatMap(v => v.nodes.map(n => String(n.target)))"""
SIZES = """() => [...document.querySelectorAll("main button:not([tabindex]), main input:not([type=hidden])")]
    .map(e => e.getBoundingClientRect()).map(r => Math.min(r.width, r.height))"""


@pytest.mark.parametrize("width", [1280, 390])
def test_what_is_pressed_is_large_enough_and_enter_in_a_heading_saves(transactional_db, cast, sivu, width):
    selain_sign_in(sivu, cast.kaisa)
    sivu.set_viewport_size({"width": width, "height": 800})
    sivu.goto(osoite(cast.strategia))
    sivu.evaluate(AXE)
    assert sivu.evaluate(TARGET_SIZE) == []
    sizes = sivu.evaluate(SIZES)
    assert len(sizes) > 20 and min(sizes) >= 24
    sivu.get_by_label("Otsikko: Kommentti").press("Enter")
    sivu.get_by_text("Raportin sarakkeet on tallennettu.").wait_for()


# --- chapters

KAPPALEET = ("mittarit", "muutokset", "poikkeamat", "arviotta")


@pytest.mark.parametrize("luku", KAPPALEET)
def test_a_chapter_is_left_out_of_every_format_and_of_no_other_version(luku):
    own = mitattu_raportti(versio=1)
    rivi = replace(own.rivit[0], ennuste="Valmistuu.", toteutumisaste=None, syy="luovuttu")
    whole = map_rows(own, lambda each: rivi if each.id == rivi.id else each)
    nimi = RAPORTIN_OSAT[f"luku.{luku}"]
    without = replace(whole, piilotetut=(f"luku.{luku}",))
    for raportti, is_there in ((whole, True), (without, False), (make_public(without), False)):
        assert (f'id="{luku}"' in render_report(raportti, "html").decode()) is is_there
        assert (nimi in headings_of_word(raportti)) is is_there
    assert luku not in from_json(to_json(whole)).piilotetut
    assert from_json(to_json(without)).luvut[luku] is False


def headings_of_word(raportti):
    document = Document(io.BytesIO(render_report(raportti, "docx")))
    return [p.text for p in document.paragraphs if p.style.style_id.startswith(("Heading", "TOC"))]


def test_the_agenda_and_the_slides_leave_it_out_too():
    whole = saarikon_raportti([5, 3, 1, None], edelliset=[4, 5, 1, 2], versio=1)
    without = replace(whole, piilotetut=("luku.muutokset", "luku.arviotta"))
    assert "Muutos edellisestä jaksosta" in write_text(whole) and "ei ole arviota" in write_text(whole)
    assert "Muutos edellisestä jaksosta" not in write_text(without) and "ei ole arviota" not in write_text(without)
    titles = [slide.shapes.title.text for slide in Presentation(io.BytesIO(render_report(without, "pptx"))).slides]
    assert "Laski edellisestä jaksosta" not in titles and "Muutos edellisestä jaksosta" not in titles


def test_the_choice_is_kept_for_the_strategia_and_frozen_with_the_version(cast):
    kaisa = sign_in(cast.kaisa)
    page = kaisa.get(osoite(cast.strategia)).text
    assert "Arviotta jääneet" in page.split("<h2>Luvut</h2>")[1]
    kaisa.post(osoite(cast.strategia), lomake(cast.strategia, **{"luku.arviotta-nakyy": None}))
    strategia = Strategia.objects.get(pk=cast.strategia.pk)
    assert strategia.piilotetut >= {"luku.arviotta"}
    cast.jakso.refresh_from_db()
    cast.jakso.finish(by=cast.kaisa)
    versio = close_jakso(cast.jakso, by=cast.kaisa)
    assert "luku.arviotta" in from_json(versio.data).piilotetut
    kaisa.post(osoite(cast.strategia), lomake(strategia, **{"luku.arviotta-nakyy": "on"}))
    assert "luku.arviotta" not in Strategia.objects.get(pk=cast.strategia.pk).piilotetut
    shown = kaisa.get(reverse("raportit:versio-detail", args=[versio.pk])).text
    assert 'id="arviotta"' not in shown, "suljettu raportti on, mitä se oli"
    assert "luku Arviotta jääneet" in kaisa.get(reverse("raportit:versio-julkaisu", args=[versio.pk])).text
