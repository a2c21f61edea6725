"""Several units answer one toimenpide on the entry page; the whole is chosen by a person."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from seuranta.models import Kirjaus, Osavastaus, Yksikkovastaus
from tests.cast import create_kirjaus

Tila = Kirjaus.Tila


@pytest.fixture
def sivu(cast):
    return reverse("seuranta:kirjaus-lista", args=[cast.jakso.pk])


def post(client, sivu, rivi, **fields):
    """As a browser without JavaScript sends one row: its own fields and those of its units."""
    prefix = f"t{rivi.pk}"
    data = {f"{prefix}-versio": 0, f"{prefix}-aste": "", f"{prefix}-kommentti": "", f"{prefix}-sisainen_huomio": ""}
    for name, value in fields.items():
        is_button = name in ("laheta", "ei_muutosta", "ratkaise", "lisaa_osa", "poista_osa")
        data[name if is_button else f"{prefix}-{name.replace('__', '-')}"] = value
    return client.post(sivu, data)


def osa(slot, nimi="", aste="", kommentti="", versio=0, pk=""):
    values = {"nimi": nimi, "aste": aste, "kommentti": kommentti, "versio": versio, "id": pk}
    return {f"{slot}__{name}": value for name, value in values.items()}


def stored(cast, toimenpide=None):
    rows = Osavastaus.objects.filter(kirjaus__jakso=cast.jakso, kirjaus__toimenpide=toimenpide or cast.vayla)
    return [(each.nimi, each.toteutumisaste, each.kommentti) for each in rows]


def told(response):
    return " ".join(response.content.decode().split())


def test_a_place_for_a_unit_is_opened_by_a_button_and_what_was_typed_is_saved_first(cast, kirjautunut, sivu):
    client = kirjautunut(cast.veikko)
    assert "-n1-nimi" not in told(client.get(sivu))
    response = post(client, sivu, cast.vayla, kommentti="Kesken.", lisaa_osa=cast.vayla.pk)
    assert response.status_code == 302 and response.url.endswith(f"osa={cast.vayla.pk}#t{cast.vayla.pk}")
    assert Kirjaus.objects.get(jakso=cast.jakso, toimenpide=cast.vayla).kommentti == "Kesken."
    page = told(client.get(response.url))
    assert f'name="t{cast.vayla.pk}-n1-nimi"' in page
    assert "Rivin toteutumisasteen valitset itse." in page


def test_units_are_added_edited_and_removed_and_the_whole_stays_the_persons(cast, kirjautunut, sivu):
    client = kirjautunut(cast.veikko)
    post(client, sivu, cast.vayla, **osa("n1", "Lomituspalvelut", "4", "Kesken."), **osa("n2", "Maaseutuhallinto", "2"))
    assert stored(cast) == [("Lomituspalvelut", 4, "Kesken."), ("Maaseutuhallinto", 2, "")]
    kirjaus = Kirjaus.objects.get(jakso=cast.jakso, toimenpide=cast.vayla)
    assert (kirjaus.toteutumisaste, kirjaus.tila) == (None, Tila.LUONNOS)
    lomitus, maaseutu = Osavastaus.objects.filter(kirjaus=kirjaus)
    slots = f"o{lomitus.pk}", f"o{maaseutu.pk}"
    page = told(client.get(sivu))
    assert all(f'name="t{cast.vayla.pk}-{slot}-nimi"' in page for slot in slots)
    post(
        client, sivu, cast.vayla, versio=1, aste="3", laheta=cast.vayla.pk,
        **osa(slots[0], "Lomitus", "5", "Valmis.", 1, lomitus.pk),
        **osa(slots[1], "Maaseutuhallinto", "2", "", 1, maaseutu.pk),
    )  # fmt: skip
    assert stored(cast) == [("Lomitus", 5, "Valmis."), ("Maaseutuhallinto", 2, "")]
    kirjaus.refresh_from_db()
    assert (kirjaus.toteutumisaste, kirjaus.tila) == (3, Tila.LAHETETTY)
    post(
        client, sivu, cast.vayla, versio=kirjaus.versio, aste="3", poista_osa=f"t{cast.vayla.pk}-{slots[1]}",
        **osa(slots[0], "Lomitus", "5", "Valmis.", 2, lomitus.pk),
        **osa(slots[1], "Maaseutuhallinto", "2", "", 1, maaseutu.pk),
    )  # fmt: skip
    assert stored(cast) == [("Lomitus", 5, "Valmis.")]
    last = Osavastaus.history.filter(id=maaseutu.pk).first()
    assert (last.history_type, last.history_user) == ("-", cast.veikko)


def test_what_was_saved_twice_from_one_page_is_one_unit(cast, kirjautunut, sivu):
    client = kirjautunut(cast.veikko)
    post(client, sivu, cast.vayla, **osa("n1", "Lomitus", "4"))
    [first] = Osavastaus.objects.filter(kirjaus__toimenpide=cast.vayla, kirjaus__jakso=cast.jakso)
    post(client, sivu, cast.vayla, versio=1, **osa("n1", "Lomitus", "5", "", 1, first.pk))
    assert stored(cast) == [("Lomitus", 5, "")]


def test_the_second_writer_sees_both_and_chooses(cast, kirjautunut, sivu):
    [first] = Osavastaus.objects.record(cast.jakso, cast.vayla, [Yksikkovastaus("Lomitus", 4)], by=cast.veikko)[0]
    unit = Yksikkovastaus("Lomitus", 5, "Hilkan.", pk=first.pk, versio=1)
    Osavastaus.objects.record(cast.jakso, cast.vayla, [unit], by=cast.hilkka)
    client, slot = kirjautunut(cast.veikko), f"o{first.pk}"
    response = post(client, sivu, cast.vayla, versio=1, aste="3", **osa(slot, "Lomitus", "2", "Oma.", 1, first.pk))
    page = told(response)
    assert response.status_code == 409
    assert "Toinen ehti tallentaa tämän yksikön vastauksen ensin." in page
    assert "Hilkan." in page and "Oma." in page
    assert stored(cast) == [("Lomitus", 5, "Hilkan.")]
    assert Kirjaus.objects.get(jakso=cast.jakso, toimenpide=cast.vayla).toteutumisaste == 3  # the rest is saved
    name = f"t{cast.vayla.pk}-{slot}"
    again = osa(slot, "Lomitus", "2", "Oma.", 1, first.pk) | {f"{slot}__nahty": 2}
    response = post(client, sivu, cast.vayla, versio=2, aste="3", ratkaise=f"{name}:oma", **again)
    assert response.status_code == 302
    assert stored(cast) == [("Lomitus", 2, "Oma.")]


def test_a_row_is_not_sent_while_one_of_its_units_waits_for_the_person(cast, kirjautunut, sivu):
    client = kirjautunut(cast.veikko)
    response = post(client, sivu, cast.vayla, aste="3", laheta=cast.vayla.pk, **osa("n1", "", "4", "Kuka?"))
    assert response.status_code == 409
    assert "Kirjoita, mikä yksikkö vastaa." in told(response)
    kirjaus = Kirjaus.objects.get(jakso=cast.jakso, toimenpide=cast.vayla)
    assert (kirjaus.tila, kirjaus.toteutumisaste, stored(cast)) == (Tila.LUONNOS, 3, [])


def test_one_name_is_one_unit(cast, kirjautunut, sivu):
    response = post(
        kirjautunut(cast.veikko), sivu, cast.vayla, **osa("n1", "Lomitus", "4"), **osa("n2", "lomitus.", "2")
    )
    assert response.status_code == 409
    assert "Tämänniminen yksikkö on rivillä jo." in told(response)
    assert stored(cast) == [("Lomitus", 4, "")]


def test_what_another_took_away_is_told_and_can_be_made_anew(cast, kirjautunut, sivu):
    [first] = Osavastaus.objects.record(cast.jakso, cast.vayla, [Yksikkovastaus("Lomitus", 4)], by=cast.veikko)[0]
    gone = Yksikkovastaus("Lomitus", 4, pk=first.pk, versio=1, poista=True)
    Osavastaus.objects.record(cast.jakso, cast.vayla, [gone], by=cast.hilkka)
    client, slot = kirjautunut(cast.veikko), f"o{first.pk}"
    assert post(client, sivu, cast.vayla, versio=1, **osa(slot, "Lomitus", "4", "", 1, first.pk)).status_code == 302
    assert stored(cast) == []  # it was only sent along
    response = post(client, sivu, cast.vayla, versio=1, **osa(slot, "Lomitus", "5", "Oma.", 1, first.pk))
    assert response.status_code == 409
    assert "Toinen on poistanut yksikön." in told(response)
    assert f'name="t{cast.vayla.pk}-{slot}-id" id="t{cast.vayla.pk}-{slot}-id" value=""' in told(response)
    post(client, sivu, cast.vayla, versio=1, **osa("n1", "Lomitus", "5", "Oma.", 0))
    assert stored(cast) == [("Lomitus", 5, "Oma.")]


def test_the_next_jakso_offers_the_units_of_the_last_one_and_stores_none_that_nobody_answered(cast, kirjautunut, sivu):
    remember_units(cast)
    client = kirjautunut(cast.veikko)
    page = told(client.get(sivu))
    assert f'name="t{cast.vayla.pk}-n1-nimi" id="t{cast.vayla.pk}-n1-nimi" value="Lomitus"' in page
    assert "Ennen hyvin." in page
    post(client, sivu, cast.vayla, **osa("n1", "Lomitus"), **osa("n2", "Maaseutu", "3"))
    assert stored(cast) == [("Maaseutu", 3, "")]
    assert 'value="Lomitus"' in told(client.get(sivu))  # and offers the one that lacks


def test_no_change_since_the_last_jakso_is_said_for_the_units_too(cast, kirjautunut, sivu):
    remember_units(cast)
    post(
        kirjautunut(cast.veikko), sivu, cast.vayla, ei_muutosta=cast.vayla.pk,
        **osa("n1", "Lomitus"), **osa("n2", "Maaseutu", "3"),
    )  # fmt: skip
    assert stored(cast) == [("Lomitus", 4, "Ennen hyvin."), ("Maaseutu", 3, "")]
    assert Kirjaus.objects.get(jakso=cast.jakso, toimenpide=cast.vayla).ei_muutosta


def remember_units(cast):
    cast.edellinen.reopen(by=cast.kaisa, syy="Yksiköt lisätään.")
    kirjaus = Kirjaus.objects.filter(jakso=cast.edellinen, toimenpide=cast.vayla).first()
    if kirjaus is None:
        kirjaus = create_kirjaus(cast.edellinen, cast.vayla, 3, "Ennen.")
        kirjaus.save()
    units = [Yksikkovastaus("Lomitus", 4, "Ennen hyvin."), Yksikkovastaus("Maaseutu", 2)]
    Osavastaus.objects.record(cast.edellinen, cast.vayla, units, by=cast.kaisa)


@pytest.mark.parametrize("whose", ["naapurin", "toisen toimialan"])
def test_a_unit_of_another_row_is_not_written_by_its_id(whose, cast, kirjautunut, sivu):
    jakso, toimenpide = (
        (cast.naapuri.jakso, cast.naapuri.toimenpide) if whose == "naapurin" else (cast.jakso, cast.kerho)
    )
    by = cast.ulla if whose == "naapurin" else cast.otso
    [theirs] = Osavastaus.objects.record(jakso, toimenpide, [Yksikkovastaus("Muiden", 4, "Muiden.")], by=by)[0]
    for slot in (f"o{theirs.pk}", "n1"):
        answer = post(kirjautunut(cast.veikko), sivu, cast.vayla, **osa(slot, "Kaapattu", "1", "Oma.", 1, theirs.pk))
        assert "Toinen on poistanut yksikön." in told(answer)
        post(
            kirjautunut(cast.veikko),
            sivu,
            cast.vayla,
            poista_osa=f"t{cast.vayla.pk}-{slot}",
            **osa(slot, "", "", "", 1, theirs.pk),
        )
    theirs.refresh_from_db()
    assert (theirs.nimi, theirs.toteutumisaste, theirs.versio) == ("Muiden", 4, 1)
    assert stored(cast) == []


def test_what_viimeistely_changes_stays_beside_in_its_owners_words_and_is_counted(cast, kirjautunut, sivu):
    [first] = Osavastaus.objects.record(cast.jakso, cast.vayla, [Yksikkovastaus("Lomitus", 4, "Oma.")], by=cast.veikko)[
        0
    ]
    cast.jakso.finish(by=cast.kaisa)
    client, slot = kirjautunut(cast.kaisa), f"o{first.pk}"
    assert (
        post(client, sivu, cast.vayla, versio=1, **osa(slot, "Lomitus", "4", "Hiottu.", 1, first.pk)).status_code == 302
    )
    first.refresh_from_db()
    assert (first.kommentti, first.kirjaajan_tekstit) == ("Hiottu.", {"kommentti": "Oma."})
    assert Kirjaus.objects.get(jakso=cast.jakso, toimenpide=cast.vayla).otettu_mukaan
    assert "Kirjaajan kommentti: Oma." in told(client.get(sivu))


def test_with_javascript_a_saved_unit_gets_its_id_and_a_button_draws_the_row_anew(cast, kirjautunut, sivu):
    client, name = kirjautunut(cast.veikko), f"t{cast.vayla.pk}"
    data = {"rivi": cast.vayla.pk, f"{name}-versio": 0, f"{name}-aste": "", f"{name}-kommentti": ""}
    data |= {f"{name}-{key.replace('__', '-')}": value for key, value in osa("n1", "Lomitus", "4").items()}
    response = client.post(sivu, data, headers={"HX-Request": "true"})
    [first] = Osavastaus.objects.filter(kirjaus__jakso=cast.jakso, kirjaus__toimenpide=cast.vayla)
    assert response.headers["X-Kirjaus"] == "tallennettu"
    assert f'id="{name}-n1-id" value="{first.pk}" data-hx-swap-oob="true"' in told(response)
    data |= {f"{name}-n1-id": first.pk, f"{name}-n1-versio": 1, f"{name}-versio": 1, "lisaa_osa": cast.vayla.pk}
    page = told(client.post(sivu, data, headers={"HX-Request": "true"}))
    assert f'name="{name}-n1-id" id="{name}-n1-id" value="{first.pk}"' in page, "what is typed meanwhile finds it"
    assert f'name="{name}-n2-nimi"' in page and "autofocus" in page
    assert stored(cast) == [("Lomitus", 4, "")]


def test_another_toimiala_neither_sees_nor_writes_the_units(cast, kirjautunut, sivu):
    Osavastaus.objects.record(cast.jakso, cast.vayla, [Yksikkovastaus("Lomitus", 4, "Salassa.")], by=cast.veikko)
    client = kirjautunut(cast.otso)
    assert "Salassa." not in told(client.get(sivu))
    response = post(client, sivu, cast.vayla, **osa("n1", "Otson yksikkö", "1", "Teksti."))
    assert [nimi for nimi, _aste, _kommentti in stored(cast)] == ["Lomitus"]
    assert "Teksti." in told(response)  # and the text is not lost


def test_they_cost_one_query_and_only_where_a_row_has_some(cast, kirjautunut, sivu, django_assert_num_queries):
    veikko = kirjautunut(cast.veikko)
    veikko.get(sivu)
    with CaptureQueriesContext(connection) as without:
        veikko.get(sivu)
    units = [Yksikkovastaus(f"Yksikkö {n}", 3) for n in range(20)]
    Osavastaus.objects.record(cast.jakso, cast.vayla, units, by=cast.veikko)
    with django_assert_num_queries(len(without) + 1):
        assert veikko.get(sivu).text.count('class="yksikko"') == 20
