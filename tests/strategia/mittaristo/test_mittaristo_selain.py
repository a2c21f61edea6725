"""In Chromium: Kaisa keeps the plan's measures, Veikko records a risk, Liisa reads what the council set."""

import pytest

from seuranta.models import Riski
from strategia.models import Mittari, Strategia, StrateginenTavoite
from tests.cast import create_plan

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.selain]


def test_kaisa_adds_a_measure_with_targets_and_makes_others_of_a_text(cast, sivu_kayttajana):
    cast.kerho.mittari = "• Kerhoja kpl\n• Suunnitelma valmis: kyllä/ei"
    cast.kerho.save()
    sivu = sivu_kayttajana(cast.kaisa)
    sivu.goto(f"/toimenpiteet/{cast.vayla.pk}/")
    sivu.get_by_role("link", name="Lisää mittari").click()
    sivu.get_by_label("Nimi").fill("Liukkaat tiet")
    sivu.get_by_label("Suunta").select_option(label="vähemmän on parempi")
    sivu.get_by_label("Tavoite 2026").fill("n. 30")
    sivu.get_by_label("Tavoite toistaiseksi").fill("20")
    sivu.get_by_role("button", name="Tallenna").click()
    sivu.get_by_text("Tavoite ”n. 30” ei ole luku. Saavuttamista ei voi verrata.").wait_for()
    mittari = Mittari.objects.get(nimi="Liukkaat tiet")
    assert [t.luku for t in mittari.tavoitteet.all()] == [None, 20]
    sivu.get_by_role("button", name="Siirrä ylemmäs: Liukkaat tiet").click()
    sivu.wait_for_url(f"**/#mittari-{mittari.pk}")
    assert cast.vayla.mittarit.first() == mittari

    sivu.goto(f"/toimenpiteet/{cast.kerho.pk}/")
    sivu.get_by_role("link", name="Tee tekstistä mittareita").click()
    sivu.get_by_role("button", name="Tee mittarit").click()
    sivu.get_by_text("Tekstistä tuli 2 mittaria.").wait_for()
    assert [m.laji for m in cast.kerho.mittarit.all()] == ["luku", "kylla_ei"]


def test_veikko_records_a_risk_and_finds_it_in_the_matrix(cast, sivu_kayttajana):
    sivu = sivu_kayttajana(cast.veikko)
    sivu.goto(f"/toimenpiteet/{cast.vayla.pk}/")
    sivu.get_by_role("link", name="Lisää riski").click()
    sivu.get_by_label("Riski").fill("Lupa viivästyy")
    sivu.get_by_label("Todennäköisyys").select_option("4")
    sivu.get_by_label("Vaikutus").select_option("5")
    sivu.get_by_role("button", name="Tallenna").click()
    sivu.get_by_text("Riski on tallennettu.").wait_for()
    sivu.locator(".matriisi").get_by_role("link", name="Lupa viivästyy").click()
    assert sivu.url.endswith(f"#riski-{Riski.objects.get(teksti='Lupa viivästyy').pk}")


def test_kaisa_picks_goals_and_links_a_toimenpide_into_another_plan(cast, sivu_kayttajana):
    plan = Strategia.objects.create(kunta=cast.kunta, nimi="Hyvinvointisuunnitelma", laji="hyvinvointisuunnitelma")
    create_plan(plan, {"Hyvinvoiva kunta": {"Liikettä arkeen": []}}, {})
    sivu = sivu_kayttajana(cast.kaisa)
    sivu.goto(f"/tavoitteet/{cast.tavoitteet[0].pk}/")
    sivu.get_by_label("3 Terveyttä ja hyvinvointia").check()
    sivu.get_by_role("button", name="Tallenna").click()
    sivu.get_by_text("Turvalliset koulutiet on tallennettu.").wait_for()
    assert StrateginenTavoite.objects.get(pk=cast.tavoitteet[0].pk).sdg == ["3 Terveyttä ja hyvinvointia"]
    sivu.goto(f"/strategia/{cast.strategia.pk}/kestava-kehitys/")
    sivu.get_by_role("heading", name="3 Terveyttä ja hyvinvointia").wait_for()

    sivu.goto(f"/toimenpiteet/{cast.vayla.pk}/linkit/")
    sivu.get_by_label("Mihin kohtaan").select_option(
        label="Hyvinvointisuunnitelma › Hyvinvoiva kunta › Liikettä arkeen"
    )
    sivu.get_by_role("button", name="Linkitä").click()
    sivu.get_by_text("Toimenpide näkyy myös suunnitelmassa Hyvinvointisuunnitelma.").wait_for()
    sivu.goto(f"/strategia/{plan.pk}/linkitetyt/")
    sivu.get_by_role("link", name="Väylä Kirkkotie–Koulupolku").wait_for()
    assert sivu.get_by_text("Suunnitelma valmis – kilpailu syksyllä.").count() == 1


def test_liisa_reads_what_the_council_set(cast, sivu_kayttajana):
    sivu = sivu_kayttajana(cast.liisa)
    sivu.goto("/strategia/")
    sivu.get_by_role("link", name="Mittarit").click()
    row = sivu.get_by_role("row", name="Kulkee itse kouluun")
    for text in ("41 %", "60 %", "80 %", "Sivistyspalvelut"):
        assert row.get_by_text(text).count() == 1, text
    sivu.get_by_role("link", name="Kulkee itse kouluun").click()
    assert sivu.get_by_role("row", name="Osavuosikatsaus I 2026").get_by_text("68\u00a0%").count() == 1
    assert sivu.get_by_role("link", name="Muokkaa").count() == 0


def test_tarmo_reads_who_set_the_target_of_a_heading(cast, sivu_kayttajana):
    sivu = sivu_kayttajana(cast.tarmo)
    sivu.goto(f"/strategia/{cast.strategia.pk}/mittarit/")
    cast.mittarit[1].nimi = "Kulkee itse"
    cast.mittarit[1]._history_user = cast.kaisa
    cast.mittarit[1].save()
    sivu.get_by_role("link", name="Kulkee itse kouluun").click()
    sivu.get_by_text("Mittarin muutokset").click()
    assert sivu.get_by_text("Kaisa").count() == 1
