"""Who asks for it is told of a published report: once, on a working morning, and only while it is public."""

from datetime import date

import pytest
from django.urls import reverse

from raportit.julkaisu.julkaisusta import tell_published
from raportit.models import Raporttiversio
from strategia.models import Ilmoitusviesti
from tests.posti import text_of

PERJANTAI, LAUANTAI, MAANANTAI = date(2026, 9, 4), date(2026, 9, 5), date(2026, 9, 7)


@pytest.fixture
def julkaistu(cast, kirjautunut, monkeypatch, posti):
    """Liisa asks for it, Tarmo does not; Kaisa publishes on a Friday."""
    monkeypatch.setattr("django.utils.timezone.localdate", lambda: PERJANTAI)
    for who in (cast.liisa, cast.ulla, cast.kaisa):
        who.viestivalinnat = {"julkaisu": True}
        who.save()
    path = reverse("raportit:versio-julkaisu", args=[cast.versio.pk])
    assert kirjautunut(cast.kaisa).post(path, {"toimi": "julkaise"}).status_code == 302
    assert posti.viestit == []
    return cast


def test_liisa_who_asked_for_it_is_told_once(julkaistu, posti):
    for day in (PERJANTAI, LAUANTAI, MAANANTAI, MAANANTAI):
        tell_published(today=day)
    [viesti] = posti.viestit
    assert viesti.vastaanottajat == [julkaistu.liisa.email]
    assert f"Raportti {julkaistu.versio} on julkaistu." in text_of(viesti)
    assert f"https://localhost/raportit/{julkaistu.versio.pk}/" in text_of(viesti)


def test_one_that_is_public_no_more_is_not_told_of(julkaistu, posti):
    Raporttiversio.objects.get(pk=julkaistu.versio.pk).withdraw(by=julkaistu.kaisa)
    [turha] = tell_published(julkaistu.kunta, today=MAANANTAI).turhat
    assert turha.virhe == "Raportti ei enää ole julkaistu."
    assert (posti.viestit, Ilmoitusviesti.objects.get().tila) == ([], "korvattu")


@pytest.mark.parametrize("muutos", [{"is_active": False}, {"viestivalinnat": {}}])
def test_who_has_left_or_wants_it_no_more_hears_nothing(muutos, julkaistu, posti):
    for name, value in muutos.items():
        setattr(julkaistu.liisa, name, value)
    julkaistu.liisa.save()
    tell_published(today=MAANANTAI)
    assert posti.viestit == []
