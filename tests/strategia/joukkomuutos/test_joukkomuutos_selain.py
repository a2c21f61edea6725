"""Many rows at once in Chromium: how many clicks, what the bar counts, and the same without JavaScript."""

from django.urls import reverse

from strategia.models import Toimenpide


def test_toimialat_for_every_row_without_one_take_five_clicks(transactional_db, cast, sivu_kayttajana):
    plan = Toimenpide.objects.filter(tavoite__painopiste__strategia=cast.strategia)
    plan.update(toimiala=None, vastuu="Museotoimi, johtaja")
    sivu = sivu_kayttajana(cast.kaisa)
    sivu.goto("/")
    sivu.get_by_role("navigation", name="Päävalikko").get_by_role("link", name="Strategia").click()
    sivu.get_by_role("link", name="Anna toimialat").click()
    sivu.get_by_label("Kaikki 8 rajattua").check()
    sivu.get_by_role("button", name="Toimialat vastuun mukaan").click()
    sivu.get_by_role("button", name="Tallenna toimialat").click()
    sivu.get_by_text("8 toimenpidettä muuttui.").wait_for()
    assert set(plan.values_list("toimiala__nimi", flat=True)) == {"Museotoimi"}
    sivu.get_by_role("button", name="Kumoa muutos").click()
    sivu.get_by_text("8 toimenpidettä palautettiin.").wait_for()
    assert set(plan.values_list("toimiala", flat=True)) == {None}


def test_the_bar_counts_what_is_chosen(transactional_db, cast, sivu_kayttajana):
    sivu = sivu_kayttajana(cast.kaisa)
    sivu.goto(reverse("strategia:rivit-muuta", args=[cast.strategia.pk]))
    look = "getComputedStyle(document.querySelector('.valinta'), '::before').content"
    sivu.get_by_label("Väylä Kirkkotie").check()
    sivu.get_by_label("Ulkoilureitti").check()
    assert "valittu" in sivu.evaluate(look)
    assert sivu.evaluate("document.querySelectorAll('.rivit :checked').length") == 2
    sivu.get_by_label("Kaikki 8 toimenpidettä").check()
    assert "kaikki valittu" in sivu.evaluate(look)
