"""Many rows at once: chosen by filter, changed in one act with its history, undone where nobody has touched them."""

import datetime
import re

import pytest
from django.urls import reverse

from raportit.models import Raporttiversio
from strategia.models import Joukkomuutos, MuuToimiala, Toimenpide, Toimiala, Vastuuhenkilo
from tests.cast import create_user

from .vaiheet import change_many, choose, sent_form


@pytest.fixture
def kaisa(cast, kirjautunut):
    return kirjautunut(cast.kaisa)


@pytest.fixture
def rivit(cast):
    return reverse("strategia:rivit-muuta", args=[cast.strategia.pk])


def again(*toimenpiteet):
    return [Toimenpide.objects.get(pk=each.pk) for each in toimenpiteet]


def undo_page(kaisa, act):
    return kaisa.post(reverse("strategia:joukkomuutos-detail", args=[act.pk]), follow=True).text


# --- who may not


def test_only_who_coordinates_changes_many_rows(cast, kirjautunut, kaisa, rivit):
    change_many(kaisa, cast, "sitovuus", [cast.vayla], sitovuus="muu")
    act = reverse("strategia:joukkomuutos-detail", args=[Joukkomuutos.objects.get().pk])
    chosen = {"teko": "sitovuus", "toimenpiteet": [cast.kerho.pk]}
    people = [(getattr(cast, who), 403) for who in ("veikko", "hilkka", "liisa", "tarmo")] + [(cast.ulla, 404)]
    for person, status in people:
        client = kirjautunut(person)
        assert [client.get(rivit).status_code, client.post(rivit, chosen).status_code] == [status] * 2
        assert [client.get(act).status_code, client.post(act).status_code] == [status] * 2
    assert again(cast.vayla)[0].sitovuus == "muu"


def test_rows_and_units_of_another_kunta_are_not_among_the_choices(cast, kaisa):
    naapuri = cast.naapuri
    assert choose(kaisa, cast, "toimiala", [naapuri.toimenpide]).status_code == 422
    page = choose(kaisa, cast, "toimiala", [cast.ranssi, naapuri.toimenpide])
    path, hidden = sent_form(page)
    assert hidden["rivit"] == str(cast.ranssi.pk)
    answer = kaisa.post(path, hidden | {"toimiala": naapuri.tekniset.pk, "uusi": ""})
    assert (answer.status_code, Joukkomuutos.objects.count()) == (422, 0)


# --- the address that was


def test_the_old_address_of_giving_toimialat_opens_the_same_rows(cast, kaisa, rivit):
    vanha = rivit.replace("/rivit/", "/toimialat/")
    tavoite, tekniset = cast.vayla.tavoite_id, cast.tekniset.pk
    for kysely, kohde in [
        ("", "?toimiala=ei"),
        ("?nayta=ilman&vastuu=tekninen+johtaja", "?haku=tekninen+johtaja&toimiala=ei"),
        (f"?nayta=kaikki&tavoite={tavoite}", f"?tavoite={tavoite}"),
        (f"?nayta={tekniset}", f"?toimiala={tekniset}"),
        ("?nayta=kaikki&vieras=1", ""),
    ]:
        answer = kaisa.get(vanha + kysely)
        assert (answer.status_code, answer["Location"]) == (302, rivit + kohde)
    # The newest address of the page takes what the old one sent along.
    page = kaisa.get(vanha, follow=True)
    assert page.status_code == 200
    assert [each.pk for each in page.context["toimenpiteet"]] == [cast.ranssi.pk]
    assert kaisa.post(vanha, {"toimenpiteet": [cast.ranssi.pk]}).status_code == 405


# --- choosing


def test_the_filter_finds_what_is_missing_and_words_with_umlauts(cast, kaisa, rivit):
    def found(**query):
        return [each.nimi for each in kaisa.get(rivit, query).context["toimenpiteet"]]

    cast.vayla.vastuuhenkilot.add(cast.veikko, through_defaults={"kunta": cast.kunta})
    Toimenpide.objects.filter(pk=cast.kerho.pk).update(voimassa_asti="2026-01-01", sitovuus="valtuusto")
    assert len(found()) == 8
    assert found(toimiala="ei") == [cast.ranssi.nimi]
    assert found(haku="ÄIJÄNSUO uudet") == ["Uudet katuvalot Äijänsuolle"]
    assert found(vastuuhenkilo=cast.veikko.pk) == [cast.vayla.nimi]
    assert found(sitovuus="valtuusto") == found(voimassa="paattynyt") == [cast.kerho.nimi]
    assert found(tavoite=cast.tavoitteet[1].pk, voimassa="nyt") == [cast.toimenpiteet[3].nimi]
    assert len(found(toimielin="ei")) == 8


@pytest.mark.parametrize("value", ["²", "9" * 40, "٣", "-1", "x"])
def test_a_strange_filter_is_no_error(value, kaisa, rivit):
    assert (
        kaisa.get(rivit, dict.fromkeys(("toimiala", "tavoite", "vastuuhenkilo", "voimassa"), value)).status_code == 200
    )


def test_all_that_match_are_taken_though_not_all_are_drawn(cast, kaisa):
    Toimenpide.objects.bulk_create(
        Toimenpide(kunta=cast.kunta, tavoite=cast.tavoitteet[0], nimi=f"Teko {n}", haku=f"teko {n}") for n in range(320)
    )
    page = change_many(kaisa, cast, "toimiala", "kaikki", "?haku=teko", toimiala=cast.tekniset.pk, uusi="").text
    assert "320 toimenpidettä muuttui." in page
    assert Toimenpide.objects.filter(toimiala=cast.tekniset, nimi__startswith="Teko").count() == 320
    assert Toimenpide.objects.get(pk=cast.ranssi.pk).toimiala is None, "ei vastaa rajausta"


def test_what_is_not_chosen_is_told(cast, kaisa, rivit):
    answer = kaisa.post(rivit, {"teko": "toimiala"})
    assert (answer.status_code, "Valitse ainakin yksi toimenpide." in answer.text) == (422, True)
    answer = kaisa.post(rivit, {"teko": "poista", "toimenpiteet": [cast.vayla.pk]})
    assert (answer.status_code, "Valitse, mitä muutetaan." in answer.text) == (422, True)


# --- one act


def test_one_act_is_one_entry_of_history_a_row_and_veikko_gets_the_row(cast, kaisa, kirjautunut):
    frozen, before = Raporttiversio.objects.get().data, cast.ranssi.history.count()
    page = change_many(kaisa, cast, "toimiala", [cast.ranssi, cast.vayla], toimiala=cast.tekniset.pk, uusi="").text
    assert "1 toimenpide muuttui." in page, "toisella se oli jo"
    (ranssi,) = again(cast.ranssi)
    entry = ranssi.history.first()
    act = Joukkomuutos.objects.get()
    assert (ranssi.toimiala, ranssi.history.count()) == (cast.tekniset, before + 1)
    assert (entry.history_user, entry.history_change_reason) == (cast.kaisa, act.merkki)
    rivi = act.rivit.get()
    assert (rivi.ennen, rivi.jalkeen) == ({"toimiala": None}, {"toimiala": cast.tekniset.pk})
    path = reverse("seuranta:kirjaus-lista", args=[cast.jakso.pk])
    assert "Ränssin koulu" in kirjautunut(cast.veikko).get(path).text
    assert Raporttiversio.objects.get().data == frozen


def test_a_new_toimiala_is_made_once_on_the_way(cast, kaisa):
    change_many(kaisa, cast, "toimiala", [cast.ranssi], toimiala="", uusi="Tilat & ympäristö")
    change_many(kaisa, cast, "toimiala", [cast.vayla], toimiala="", uusi="TILAT & YMPÄRISTÖ")
    assert {str(each.toimiala) for each in again(cast.ranssi, cast.vayla)} == {"Tilat & ympäristö"}
    assert Toimiala.objects.filter(kunta=cast.kunta).count() == 4


def test_vastuuhenkilot_have_a_history_and_ending_and_sitovuus_are_given(cast, kaisa):
    rows = [cast.vayla, cast.kerho]
    change_many(kaisa, cast, "vastuuhenkilot", rows, vastuuhenkilot=[cast.veikko.pk, cast.otso.pk])
    for each in rows:
        entry = each.history.first()
        assert set(each.vastuuhenkilot.all()) == {cast.veikko, cast.otso}
        assert entry.vastuussa == sorted([cast.veikko.pk, cast.otso.pk])
    change_many(kaisa, cast, "voimassa", rows, voimassa_alkaen="", voimassa_asti="2026-12-31")
    change_many(kaisa, cast, "sitovuus", rows, sitovuus="valtuusto")
    change_many(kaisa, cast, "toimielin", rows, toimielin=cast.lautakunta.pk)
    for each in again(*rows):
        assert (each.voimassa_asti, each.sitovuus) == (datetime.date(2026, 12, 31), "valtuusto")
        assert (each.toimielin, each.voimassa_alkaen) == (cast.lautakunta, None)
        assert each.history.first().vastuussa == sorted([cast.veikko.pk, cast.otso.pk])
    assert Vastuuhenkilo.objects.filter(kunta=cast.kunta).count() == 4
    change_many(kaisa, cast, "vastuuhenkilot", [cast.vayla], vastuuhenkilot=[cast.otso.pk])
    page = kaisa.get(reverse("seuranta:toimenpide-detail", args=[cast.vayla.pk])).text
    page = " ".join(re.sub(r"<[^>]+>", " ", page).split())
    assert f"vastuuhenkilöt: {cast.otso}, {cast.veikko} → {cast.otso}" in page
    assert page.count("vastuuhenkilöt:") == 2, "what did not change them does not tell them"
    assert "sitovuus: valtuusto" in page


def test_editing_one_row_tells_its_vastuuhenkilot_too(cast, kaisa):
    path = reverse("strategia:toimenpide-muokkaa", args=[cast.vayla.pk])
    data = {"nimi": cast.vayla.nimi, "tavoite": cast.vayla.tavoite_id, "toimiala": cast.tekniset.pk, "sitovuus": "muu"}
    assert kaisa.post(path, data | {"vastuuhenkilot": [cast.veikko.pk]}).status_code == 302
    (vayla,) = again(cast.vayla)
    assert (vayla.history.first().vastuussa, vayla.sitovuus) == ([cast.veikko.pk], "muu")


@pytest.mark.parametrize(
    ("teko", "values", "told"),
    [
        ("toimiala", {}, "Valitse toimiala listasta tai kirjoita uuden nimi, mutta vain toinen."),
        ("toimiala", {"uusi": "vanha toimiala"}, "Tämän niminen toimiala on lopetettu."),
        ("voimassa", {}, "Anna ainakin toinen päivä."),
        ("voimassa", {"voimassa_asti": "2025-12-31"}, "Osa päättyisi ennen kuin alkaa (1)"),
        ("voimassa", {"voimassa_asti": "31.2.2026"}, "voimassa_asti"),
        ("sitovuus", {"sitovuus": "hallitus"}, "sitovuus"),
        ("vastuuhenkilot", {"vastuuhenkilot": ["9" * 30]}, "Valitse jokin tarjotuista vaihtoehdoista."),
    ],
)
def test_what_is_wrong_is_told_and_nothing_changes(teko, values, told, cast, kaisa):
    Toimiala.objects.create(kunta=cast.kunta, nimi="Vanha toimiala", lopetettu="2026-01-01")
    Toimenpide.objects.filter(pk=cast.vayla.pk).update(voimassa_alkaen="2026-01-01")
    answer = change_many(kaisa, cast, teko, [cast.vayla, cast.kerho], **values)
    assert (answer.status_code, told in answer.text) == (422, True)
    assert Joukkomuutos.objects.count() == 0


def test_who_loses_the_row_is_told(cast, kaisa):
    cast.vayla.vastuuhenkilot.add(cast.veikko, through_defaults={"kunta": cast.kunta})
    page = change_many(kaisa, cast, "toimiala", [cast.vayla], toimiala=cast.sivistys.pk, uusi="").text
    assert "eikä hän näe toimenpidettä: Veikko Väänänen." in page


def test_what_another_changed_meanwhile_is_shown_and_not_replaced(cast, kaisa, kirjautunut):
    path, hidden = sent_form(choose(kaisa, cast, "toimiala", [cast.vayla]))
    change_many(kirjautunut(cast.aino), cast, "toimiala", [cast.vayla], toimiala=cast.hyvinvointi.pk, uusi="")
    answer = kaisa.post(path, hidden | {"toimiala": cast.sivistys.pk, "uusi": ""})
    assert (answer.status_code, "Joku muu muutti valittuja rivejä" in answer.text) == (409, True)
    assert "Hyvinvointi &amp; vapaa-aika: 1" in answer.text
    assert again(cast.vayla)[0].toimiala == cast.hyvinvointi
    path, hidden = sent_form(answer)
    assert kaisa.post(path, hidden | {"toimiala": cast.sivistys.pk, "uusi": ""}).status_code == 302
    assert again(cast.vayla)[0].toimiala == cast.sivistys


# --- toimialat by vastuu


def test_toimialat_are_made_of_vastuu_with_what_becomes_what_told_first(cast, kaisa):
    Toimiala.objects.create(kunta=cast.kunta, nimi="Vanha toimi", lopetettu="2026-01-01")
    texts = ["sivistyspalvelut, rehtorit", "Museo", "MUSEO / kirjasto", "", "Vanha toimi"]
    rows = cast.toimenpiteet[:5]
    for each, vastuu in zip(rows, texts, strict=True):
        Toimenpide.objects.filter(pk=each.pk).update(vastuu=vastuu)
    page = choose(kaisa, cast, "vastuusta", rows)
    told = [(e.nimi, e.valinta, len(e.toimenpiteet)) for e in page.context["form"].ehdotukset]
    assert told == [("sivistyspalvelut", str(cast.sivistys.pk), 1), ("Museo", "uusi", 2), ("Vanha toimi", "", 1)]
    assert "1 toimenpiteellä ei ole vastuuta, ja se jää ennalleen." in page.text
    assert Toimiala.objects.filter(nimi="Museo").count() == 0, "esikatselu ei tee mitään"
    path, hidden = sent_form(page)
    kaisa.post(path, hidden | {"nimi_2": ""})
    toimialat = [each.toimiala.nimi for each in again(*rows)]
    assert toimialat == ["Sivistyspalvelut", "Museo", "Museo", rows[3].toimiala.nimi, rows[4].toimiala.nimi]
    assert again(rows[0])[0].vastuu == "sivistyspalvelut, rehtorit"


# --- undoing


def test_undoing_restores_the_untouched_and_lists_the_rest(cast, kaisa, kirjautunut):
    MuuToimiala.objects.create(kunta=cast.kunta, toimenpide=cast.kerho, toimiala=cast.hyvinvointi)
    rows = [cast.vayla, cast.kerho, cast.ranssi]
    change_many(kaisa, cast, "toimiala", rows, toimiala=cast.hyvinvointi.pk, uusi="")
    act = Joukkomuutos.objects.get()
    assert not MuuToimiala.objects.exists(), "se johtaa nyt"
    change_many(kaisa, cast, "sitovuus", [cast.vayla], sitovuus="muu")
    page = undo_page(kaisa, act)
    assert "2 toimenpidettä palautettiin." in page
    assert "Riviä on muutettu sen jälkeen." in page
    vayla, kerho, ranssi = again(*rows)
    assert [vayla.toimiala, kerho.toimiala, ranssi.toimiala] == [cast.hyvinvointi, cast.sivistys, None]
    assert MuuToimiala.objects.get().toimiala == cast.hyvinvointi
    assert kerho.history.first().history_user == cast.kaisa
    entries = Toimenpide.history.count()
    undo_page(kirjautunut(cast.aino), act)
    assert Toimenpide.history.count() == entries, "toisen kerran ei enää mitään"
    assert Joukkomuutos.objects.get(pk=act.pk).kumoaja == cast.kaisa


def test_people_and_days_come_back_and_an_ended_toimiala_does_not(cast, kaisa):
    pekka = create_user(cast.kunta, "Pekka Pitkänen", "raportoija", cast.tekniset)
    cast.vayla.vastuuhenkilot.add(pekka, through_defaults={"kunta": cast.kunta})
    change_many(kaisa, cast, "vastuuhenkilot", [cast.vayla, cast.kerho], vastuuhenkilot=[cast.veikko.pk])
    undo_page(kaisa, Joukkomuutos.objects.first())
    assert (list(cast.vayla.vastuuhenkilot.all()), cast.kerho.vastuuhenkilot.count()) == ([pekka], 0)
    assert (cast.vayla.history.first().vastuussa, cast.kerho.history.first().vastuussa) == ([pekka.pk], [])
    change_many(kaisa, cast, "voimassa", [cast.vayla], voimassa_alkaen="2026-01-01", voimassa_asti="")
    undo_page(kaisa, Joukkomuutos.objects.first())
    assert again(cast.vayla)[0].voimassa_alkaen is None
    change_many(kaisa, cast, "toimiala", [cast.toimenpiteet[7]], toimiala=cast.sivistys.pk, uusi="")
    Toimiala.objects.filter(pk=cast.hyvinvointi.pk).update(lopetettu="2026-02-01")
    assert "Entinen toimiala on lopetettu." in undo_page(kaisa, Joukkomuutos.objects.first())
    assert again(cast.toimenpiteet[7])[0].toimiala == cast.sivistys


# --- what it costs


@pytest.mark.parametrize("count", [25, 250])
def test_as_few_queries_for_250_rows_as_for_25(
    count, cast, kaisa, rivit, django_assert_num_queries, django_assert_max_num_queries
):
    Toimenpide.objects.bulk_create(
        Toimenpide(kunta=cast.kunta, tavoite=cast.tavoitteet[0], nimi=f"Teko {n}", vastuu="Museo", haku=f"teko {n}")
        for n in range(count)
    )
    with django_assert_num_queries(13):
        kaisa.get(rivit, {"haku": "teko"})
    path, hidden = sent_form(choose(kaisa, cast, "vastuuhenkilot", "kaikki", "?haku=teko"))
    with django_assert_max_num_queries(45):  # SQLite takes so many rows in a statement, and no more
        assert kaisa.post(path, hidden | {"vastuuhenkilot": [cast.veikko.pk]}).status_code == 302
    act = reverse("strategia:joukkomuutos-detail", args=[Joukkomuutos.objects.get().pk])
    with django_assert_max_num_queries(45):
        kaisa.post(act)
    assert Vastuuhenkilo.objects.count() == 0
    kaisa.get(act)  # tells its message
    with django_assert_num_queries(6):
        kaisa.get(act)
