"""The measures of the plan: who edits them, what is kept, ended and taken away, and a text made into measures."""

import datetime

import lxml.html
import pytest
from django.urls import reverse

from seuranta.models import MittariArvo, Mittaus
from strategia.models import Mittari, Tavoitearvo
from tests.cast import create_mittari

UUSI = {"nimi": "Liukkaat  tiet ", "laji": "luku", "yksikko": "kpl", "suunta": "pienempi"}


@pytest.fixture
def kaisa(cast, kirjautunut):
    return kirjautunut(cast.kaisa)


def uusi(taso, row):
    return reverse(f"strategia:{taso}-mittari-uusi", args=[row.pk])


def muokkaa(mittari):
    return reverse("strategia:mittari-muokkaa", args=[mittari.pk])


def lista(cast):
    return reverse("strategia:mittari-lista", args=[cast.strategia.pk])


def form_of(client, path):
    """What a browser sends of the form of the page, untouched."""
    page = client.get(path)
    assert page.status_code == 200
    return sent(page.context["form"])


def sent(form):
    return {field.html_name: "" if field.value() is None else field.value() for field in form}


# --- who may not


def test_only_who_coordinates_edits_the_measures(cast, kirjautunut):
    before = list(Mittari.objects.order_by("pk").values_list())
    mittari = cast.mittarit[0]
    paths = [uusi("toimenpide", cast.vayla), uusi("tavoite", cast.tavoitteet[0]), muokkaa(mittari)]
    for who, status in (("veikko", 403), ("hilkka", 403), ("liisa", 403), ("tarmo", 403), ("ulla", 404)):
        client = kirjautunut(getattr(cast, who))
        for path in paths:
            assert client.get(path).status_code == client.post(path, UUSI).status_code == status
        assert client.post(muokkaa(mittari), {"poista": "1"}).status_code == status
        assert client.post(lista(cast), {"alas": f"mittari-{mittari.pk}"}).status_code == status
        jaa = reverse("strategia:toimenpide-mittareiksi", args=[cast.vayla.pk])
        assert client.post(jaa, {"osat": "Oma"}).status_code == status
    assert list(Mittari.objects.order_by("pk").values_list()) == before


def test_everybody_of_the_kunta_reads_them_and_nobody_else(cast, kirjautunut):
    for who in ("aino", "veikko", "liisa", "tarmo"):
        page = kirjautunut(getattr(cast, who)).get(lista(cast)).text
        assert "Turvallisia koulureittejä" in page
        assert ("Lisää mittari" in page or "/muokkaa/" in page) == (who == "aino")
    assert kirjautunut(cast.ulla).get(lista(cast)).status_code == 404


def test_a_councillor_reads_no_hidden_column(cast, kirjautunut):
    cast.strategia.sarakkeet = [{"rooli": "mittari", "otsikko": "Mittari", "piilossa": True}]
    cast.strategia.save()
    detail = reverse("seuranta:toimenpide-detail", args=[cast.vayla.pk])
    for path in (lista(cast), detail):
        assert "Turvallisia koulureittejä" not in kirjautunut(cast.liisa).get(path).text
        assert "Turvallisia koulureittejä" in kirjautunut(cast.veikko).get(path).text


# --- adding and editing


@pytest.mark.parametrize("taso", ["toimenpide", "tavoite", "painopiste"])
def test_kaisa_adds_a_mittari_at_every_level(taso, cast, kaisa):
    row = {"toimenpide": cast.vayla, "tavoite": cast.tavoitteet[1], "painopiste": cast.painopisteet[0]}[taso]
    data = UUSI | {"lahto_teksti": "41 kpl", "lahto_vuosi": "2025", "tavoite_2026": "n. 30", "tavoite_avoin": "10–20"}
    page = kaisa.post(uusi(taso, row), data, follow=True).text
    assert "Mittari Liukkaat tiet on tallennettu." in page
    assert "Tavoite ”n. 30” ei ole luku. Saavuttamista ei voi verrata." in page
    mittari = Mittari.objects.get(nimi="Liukkaat tiet")
    assert (mittari.kohde, mittari.strategia, mittari.kunta) == (row, cast.strategia, cast.kunta)
    assert (mittari.lahto_teksti, mittari.lahto_luku, mittari.lahto_vuosi) == ("41 kpl", 41, 2025)
    targets = [(t.vuosi, t.teksti, t.luku, t.ala, t.yla) for t in mittari.tavoitteet.all()]
    assert targets == [(2026, "n. 30", None, None, None), (None, "10–20", None, 10, 20)]
    assert mittari.history.get().history_user == cast.kaisa
    assert {t.history.get().history_user for t in mittari.tavoitteet.all()} == {cast.kaisa}


def test_the_years_of_the_plan_are_asked_and_those_that_have_a_target(cast, kaisa):
    Tavoitearvo.objects.create(kunta=cast.kunta, mittari=cast.mittarit[0], vuosi=2033, teksti="20")
    data = form_of(kaisa, muokkaa(cast.mittarit[0]))
    asked = [name for name in data if name.startswith("tavoite_")]
    assert asked == [f"tavoite_{each}" for each in (2026, 2027, 2028, 2029, 2033, "avoin")]
    assert (data["tavoite_2026"], data["tavoite_2033"]) == ("12", "20")


def test_saving_untouched_changes_nothing(cast, kaisa):
    for mittari in cast.mittarit:
        before = [list(model.objects.order_by("pk").values_list()) for model in (Mittari, Tavoitearvo)]
        targets = Tavoitearvo.history.count()
        assert kaisa.post(muokkaa(mittari), form_of(kaisa, muokkaa(mittari))).status_code == 302
        assert [list(model.objects.order_by("pk").values_list()) for model in (Mittari, Tavoitearvo)] == before
        assert Tavoitearvo.history.count() == targets


def test_a_target_is_changed_and_taken_away_with_its_history(cast, kaisa):
    mittari = cast.mittarit[1]  # {2025: 60 %, until further notice: 80 %}
    data = form_of(kaisa, muokkaa(mittari)) | {"tavoite_2025": "", "tavoite_avoin": "85 %"}
    kaisa.post(muokkaa(mittari), data)
    [left] = mittari.tavoitteet.all()
    assert (left.vuosi, left.teksti, left.luku) == (None, "85 %", 85)
    last = Tavoitearvo.history.filter(mittari=mittari.pk, vuosi=2025).first()
    assert (last.history_type, last.history_user) == ("-", cast.kaisa)


def test_a_target_in_another_unit_is_told(cast, kaisa):
    data = form_of(kaisa, muokkaa(cast.mittarit[3])) | {"tavoite_2027": "1,1 milj. €"}
    page = kaisa.post(muokkaa(cast.mittarit[3]), data, follow=True).text
    assert "Tavoite ”1,1 milj. €” ei ole yksikössä €. Saavuttamista ei voi verrata." in page


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"nimi": " "}, "Täytä tämä kohta."),
        ({"nimi": "Toinen mittari"}, "Tämän niminen mittari on jo. Anna toinen nimi."),
        ({"ulkoinen_tunnus": "3113"}, "Anna sekä tilastopalvelu että tunnus, tai ei kumpaakaan."),
        ({"palvelu": "sotkanet"}, "Anna sekä tilastopalvelu että tunnus, tai ei kumpaakaan."),
        ({"voimassa_alkaen": "2027-01-01", "voimassa_asti": "2026-01-01"}, "Seuranta päättyy ennen kuin se alkaa."),
        ({"laji": "kylla_ei"}, "Kirjoita kyllä tai ei."),
        ({"desimaalit": "9"}, "4"),
        ({"lahto_vuosi": "26"}, "1990"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_is_saved(values, told, cast, kaisa):
    create_mittari(cast.strategia, {"toimenpide": cast.vayla}, "Toinen mittari", "luku", "", "suurempi", "", {})
    before = list(Mittari.objects.order_by("pk").values_list())
    path = muokkaa(cast.mittarit[0])
    answer = kaisa.post(path, form_of(kaisa, path) | values)
    assert (answer.status_code, told in answer.text) == (422, True)
    assert list(Mittari.objects.order_by("pk").values_list()) == before


def test_a_mittari_of_another_kuntas_toimiala_is_not_to_be_chosen(cast, kaisa):
    path = muokkaa(cast.mittarit[1])
    answer = kaisa.post(path, form_of(kaisa, path) | {"toimiala": cast.naapuri.tekniset.pk})
    assert answer.status_code == 422
    assert "toimiala" not in form_of(kaisa, muokkaa(cast.mittarit[0]))  # Väylä's own toimiala records it


def test_the_second_editor_sees_what_the_first_one_saved(cast, kaisa, kirjautunut):
    path, aino = muokkaa(cast.mittarit[0]), kirjautunut(cast.aino)
    mine, theirs = form_of(kaisa, path), form_of(aino, path)
    aino.post(path, theirs | {"tavoite_2026": "15"})
    answer = kaisa.post(path, mine | {"tavoite_2026": "14"})
    assert answer.status_code == 409
    assert "Tavoite 2026" in answer.text
    assert [t.teksti for t in cast.mittarit[0].tavoitteet.all()] == ["15"]
    assert kaisa.post(path, sent(answer.context["form"])).status_code == 302
    assert [t.teksti for t in cast.mittarit[0].tavoitteet.all()] == ["14"]


def test_a_new_kind_makes_the_texts_numbers_in_closed_jaksot_too(cast, kaisa):
    """Nothing of a closed jakso is written: its number was there all the time."""
    mittari = cast.mittarit[0]
    Mittari.objects.filter(pk=mittari.pk).update(laji="teksti")
    kaisa.post(muokkaa(mittari), form_of(kaisa, muokkaa(mittari)) | {"laji": "luku"})
    assert MittariArvo.objects.get(jakso=cast.edellinen, mittari=mittari).luku == 9


# --- order, end and taking away


def test_moved_up_and_down(cast, kaisa):
    kohde = {"toimenpide": cast.vayla}
    second = create_mittari(cast.strategia, kohde, "Toinen", "luku", "", "suurempi", "", {})
    third = create_mittari(cast.strategia, kohde, "Kolmas", "luku", "", "suurempi", "", {})
    kaisa.post(lista(cast), {"ylos": f"mittari-{third.pk}"})
    kaisa.post(lista(cast), {"ylos": f"mittari-{third.pk}"})
    names = [m.nimi for m in cast.vayla.mittarit.all()]
    assert names == ["Kolmas", "Turvallisia koulureittejä", "Toinen"]
    kaisa.post(lista(cast), {"alas": f"mittari-{second.pk}"})  # at the edge
    assert [m.nimi for m in cast.vayla.mittarit.all()] == names
    for wrong in ("mittari-", "mittari-x", f"mittari-{cast.naapuri.mittari.pk}", "mittari-" + "9" * 40):
        assert kaisa.post(lista(cast), {"alas": wrong}).status_code == 404


def test_one_without_values_is_taken_away_and_one_with_values_is_ended(cast, kaisa):
    empty, told = cast.mittarit[3], cast.mittarit[0]
    page = kaisa.post(muokkaa(told), {"poista": "1"}, follow=True).text
    assert "Mittarilla on arvoja, eikä sitä voi poistaa. Päätä sen seuranta: täytä Seurataan asti." in page
    assert "Poista mittari" not in kaisa.get(muokkaa(told)).text
    page = kaisa.post(muokkaa(empty), {"poista": "1"}, follow=True).text
    assert "Mittari Toimintakate on poistettu." in page
    assert not Mittari.objects.filter(pk=empty.pk).exists()
    assert Mittari.history.filter(id=empty.pk).first().history_user == cast.kaisa
    kaisa.post(muokkaa(told), form_of(kaisa, muokkaa(told)) | {"voimassa_asti": "2026-04-30"})
    told.refresh_from_db()
    day = datetime.date(2026, 4, 30)
    assert told.voimassa_asti == day
    ends = cast.jakso
    assert told not in Mittari.objects.in_force(ends.alkaa, ends.paattyy)
    assert told in Mittari.objects.in_force(cast.edellinen.alkaa, cast.edellinen.paattyy)
    assert told in Mittari.objects.in_force(None, None)


# --- a text made into measures


def test_the_text_of_a_toimenpide_is_made_into_measures_by_a_click(cast, kaisa):
    text = "• Reittejä kpl\n• Suunnitelma valmis: kyllä/ei"
    cast.kerho.mittari = text
    cast.kerho.save()
    assert "Tee tekstistä mittareita" in kaisa.get(reverse("seuranta:toimenpide-detail", args=[cast.kerho.pk])).text
    path = reverse("strategia:toimenpide-mittareiksi", args=[cast.kerho.pk])
    data = form_of(kaisa, path)
    for _ in range(2):
        page = kaisa.post(path, data, follow=True).text
    assert "Nämä ovat jo mittareina." in page
    made = list(cast.kerho.mittarit.values_list("nimi", "laji", "yksikko"))
    assert made == [("Reittejä", "luku", "kpl"), ("Suunnitelma valmis", "kylla_ei", "")]
    cast.kerho.refresh_from_db()
    assert cast.kerho.mittari == text


def test_a_text_mittari_is_split_and_keeps_its_values_and_its_sources_words(cast, kaisa):
    text = "Kysely tehty: kyllä/ei. Tulos huomioitu: kyllä/ei."
    kohde = {"tavoite": cast.tavoitteet[1]}
    mittari = create_mittari(cast.strategia, kohde, text, "teksti", "", "ei", "", {2026: "Tehty"})
    MittariArvo.objects.record_outside({mittari: Mittaus(0, "kyllä")}, by=cast.kaisa, vuosi=2025)
    path = reverse("strategia:mittari-jaa", args=[mittari.pk])
    assert "Tee tekstistä mittareita" in kaisa.get(muokkaa(mittari)).text
    page = kaisa.post(path, form_of(kaisa, path), follow=True).text
    assert "Tekstistä tuli 2 mittaria." in page
    first, second = cast.tavoitteet[1].mittarit.all()
    assert (first, first.nimi, first.laji, first.alkuperainen) == (mittari, "Kysely tehty", "kylla_ei", text)
    assert (second.nimi, second.laji, second.arvot.count()) == ("Tulos huomioitu", "kylla_ei", 0)
    assert first.arvot.get().teksti == "kyllä"
    assert kaisa.get(path).status_code == 404  # it is no text any more


@pytest.mark.parametrize(
    ("osat", "told"),
    [
        (" \n ", "Täytä tämä kohta."),
        ("ä" * 1001, "Rivi on liian pitkä: 1001 merkkiä, enintään 1000."),
        ("\n".join(map(str, range(51))), "Enintään 50 mittaria kerralla."),
    ],
)
def test_too_much_or_nothing_is_told(osat, told, cast, kaisa):
    path = reverse("strategia:toimenpide-mittareiksi", args=[cast.kerho.pk])
    answer = kaisa.post(path, {"osat": osat})
    assert (answer.status_code, told in answer.text) == (422, True)
    assert not cast.kerho.mittarit.exists()


def test_after_saving_the_page_on_which_it_stands_is_shown(cast, kaisa):
    for i in range(100):
        create_mittari(cast.strategia, {"toimenpide": cast.vayla}, f"M{i:03}", "luku", "", "suurempi", "", {})
    last = Mittari.objects.get(nimi="M099")
    answer = kaisa.post(muokkaa(last), form_of(kaisa, muokkaa(last)))
    assert answer.url == f"{lista(cast)}?sivu=2#mittari-{last.pk}"
    assert f'id="mittari-{last.pk}"' in kaisa.get(answer.url).text
    order = [m.nimi for page in (1, 2) for m in kaisa.get(lista(cast), {"sivu": page}).context["sivu"]]
    assert order[:2] == ["Kunnassa on asukasraati", "Kulkee itse kouluun"]
    assert order[-2:] == ["M099", "Toimintakate"]
    assert len(order) == 104


# --- cost


@pytest.mark.parametrize("count", [25, 250])
def test_the_page_asks_as_few_queries_for_250_rows_as_for_25(count, cast, kaisa, django_assert_num_queries):
    for i in range(count):
        create_mittari(cast.strategia, {"toimenpide": cast.vayla}, f"M{i}", "luku", "", "suurempi", "", {2026: "1"})
    with django_assert_num_queries(7):  # the session's own among them
        kaisa.get(lista(cast))


def test_the_columns_are_named_once_and_each_row_of_the_plan_heads_its_measures(cast, kaisa):
    """139 measures of 139 rows named their columns 139 times."""
    (table,) = lxml.html.fromstring(kaisa.get(lista(cast)).text).iter("table")
    columns = [th.text_content().strip() for th in table.findall("thead/tr/th")]
    assert columns == ["Mittari", "Lähtöarvo", "Tavoite", "Kirjaa", "Järjestys"]
    heads = [tbody.find("tr[@class='ryhma']/th") for tbody in table.findall("tbody")]
    assert {(head.get("scope"), head.get("colspan")) for head in heads} == {("rowgroup", "5")}
    named = [" ".join(head.text_content().split()) for head in heads]
    assert len(named) > 2
    for mittari in cast.mittarit:
        assert sum(str(mittari.kohde) in each for each in named) == 1, mittari
