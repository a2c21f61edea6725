"""Tiedot ja asteikko in Chromium: the example lives with what is typed, and a mistake keeps what was written."""

from django.urls import reverse

from strategia.models import Strategia


def test_the_example_follows_what_is_typed_and_nothing_is_saved_before_its_button(
    transactional_db, cast, sivu_kayttajana
):
    sivu = sivu_kayttajana(cast.kaisa)
    sivu.goto(reverse("strategia:strategia-muokkaa", args=[cast.strategia.pk]))
    esimerkki = sivu.locator("#esikatselu")
    sivu.get_by_label("Aste 4").press_sequentially("Pian valmis")
    esimerkki.get_by_text("Pian valmis").wait_for()
    sivu.get_by_label("liikennevaloina").check()
    esimerkki.get_by_text("Keltainen (2)").wait_for()
    sivu.get_by_label("ei näytetä").check()
    esimerkki.get_by_text("kommentti riittää vastaukseksi").wait_for()
    assert Strategia.objects.get(pk=cast.strategia.pk).asteikko == {}
    sivu.get_by_label("sanoina").check()
    sivu.get_by_role("button", name="Tallenna").click()
    sivu.get_by_text("on tallennettu.").wait_for()
    strategia = Strategia.objects.get(pk=cast.strategia.pk)
    assert (strategia.asteikko, strategia.esitys) == ({"4": "Pian valmis"}, "sanat")
