"""The text of the agenda: the opening text and a proposal in it, copied with one press or by hand; the address too."""

from dataclasses import replace
from datetime import date

import pytest
from django.conf import settings
from django.urls import reverse

from raportit.models import Kasittely, Saate
from raportit.osavuosikatsaus import split_meeting
from raportit.raportti.esittelyteksti import write_text
from raportit.sulkeminen.sulje import close_jakso
from raportit.tallenne.nakyma import show_publicly

from ...test_selain import sign_in
from ..saarikko import saarikon_raportti


@pytest.mark.parametrize(
    ("kokous", "osat"),
    [
        ("Kunnanvaltuusto 12.10.2026", ("Kunnanvaltuusto", date(2026, 10, 12))),
        ("Kunnanvaltuusto", ("Kunnanvaltuusto", None)),
        ("12.10.2026", ("", date(2026, 10, 12))),
        ("Jaosto 31.2.2026", ("Jaosto 31.2.2026", None)),
        ("", ("", None)),
    ],
)
def test_a_meeting_is_a_body_and_a_day(kokous, osat):
    assert split_meeting(kokous) == osat


def test_the_text_has_the_opening_before_the_figures_and_ends_with_a_proposal():
    raportti = saarikon_raportti([5, 3], versio=1)
    told = write_text(replace(raportti, avaus="Vuosi alkoi hyvin.\n\nTalous kantaa.", kokous="Valtuusto 12.10.2026"))
    opening, figures = told.index("Vuosi alkoi hyvin.\n\nTalous kantaa."), told.index("Raportissa on 2 toimenpidettä.")
    assert opening < figures
    name = "”Strategian seuranta, Osavuosikatsaus II 2026”"
    assert told.endswith(f"Päätösehdotus: Valtuusto merkitsee tiedoksi raportin {name}.")
    assert write_text(raportti).endswith(f"Päätösehdotus: Merkitään tiedoksi raportti {name}.")
    assert "\n\n\n" not in told


@pytest.mark.django_db
def test_the_address_is_told_once_it_is_public_and_not_before(cast, kirjautunut):
    kaisa, page = kirjautunut(cast.kaisa), reverse("raportit:versio-detail", args=[cast.versio.pk])
    assert "julkinen-osoite" not in kaisa.get(page).text
    publish = {"toimi": "julkaise"}
    after = kaisa.post(reverse("raportit:versio-julkaisu", args=[cast.versio.pk]), publish, follow=True).text
    address = f"{settings.SITE_URL}{reverse('raportit:julkinen-versio', args=['kirkkoranta', cast.versio.tunnus])}"
    assert f'value="{address}" readonly' in after
    assert after.count("data-kopioi=") == 2 and "kopioi.js" in after
    cast.versio.withdraw(by=cast.kaisa)
    assert "julkinen-osoite" not in kaisa.get(page).text


@pytest.mark.django_db
def test_a_kasittely_is_begun_with_the_meeting_of_the_report_until_it_has_been_told(cast, kirjautunut):
    cast.jakso.finish(by=cast.kaisa)
    meeting = {"kokous_toimielin": "Kunnanvaltuusto", "kokous_pvm": date(2026, 10, 12)}
    Saate.objects.update_or_create(jakso=cast.jakso, kunta=cast.kunta, defaults=meeting)
    versio = close_jakso(cast.jakso, by=cast.kaisa)
    kaisa, path = kirjautunut(cast.kaisa), reverse("raportit:kasittely-uusi", args=[versio.pk])
    form = kaisa.get(path).context["form"]
    assert (form["toimielin"].value(), form["pvm"].value()) == ("Kunnanvaltuusto", date(2026, 10, 12))
    kaisa.post(path, {"toimielin": "Kunnanvaltuusto", "pvm": "12.10.2026"})
    assert Kasittely.objects.get(versio=versio).pvm == date(2026, 10, 12)
    assert not kaisa.get(path).context["form"]["toimielin"].value()
    assert not kaisa.get(reverse("raportit:kasittely-uusi", args=[cast.versio.pk])).context["form"]["pvm"].value()


def test_the_text_is_copied_by_a_press_and_by_hand_where_there_is_no_script(transactional_db, cast, sivu):
    sign_in(sivu, cast.kaisa)
    sivu.goto(reverse("raportit:versio-detail", args=[cast.versio.pk]))
    sivu.locator("summary", has_text="Esittelyteksti").click()
    sivu.locator("[data-kopioi=esittelyteksti]").click()
    sivu.get_by_text("Kopioitu.").wait_for()
    field = sivu.get_by_label("Esittelyteksti", exact=True)
    selected = "field => field.value.slice(field.selectionStart, field.selectionEnd)"
    assert field.evaluate(selected) == write_text(show_publicly(cast.versio).raportti)
