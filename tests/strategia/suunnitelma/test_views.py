"""The strategy tree."""

from django.urls import reverse


def test_veikko_may_look_at_the_tree_but_not_change_it(cast, kirjautunut):
    page = kirjautunut(cast.veikko).get(reverse("strategia:strategia-detail", args=[cast.strategia.pk])).text
    assert "Turvalliset koulutiet" in page
    assert "Muuta monta riviä" not in page
    assert "Tiedot ja asteikko" not in page


def test_kaisa_is_led_to_the_rows_without_a_toimiala(cast, kirjautunut):
    kaisa = kirjautunut(cast.kaisa)
    page = kaisa.get(reverse("strategia:strategia-detail", args=[cast.strategia.pk])).text
    assert "1 toimenpiteeltä puuttuu toimiala." in page
    path = reverse("strategia:rivit-muuta", args=[cast.strategia.pk]) + "?toimiala=ei"
    assert f'href="{path}"' in page
    assert [each.nimi for each in kaisa.get(path).context["toimenpiteet"]] == [cast.ranssi.nimi]
