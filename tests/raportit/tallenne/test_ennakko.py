"""A draft that nobody has changed is drawn once, and that of a jakso being finished before anybody asks."""

import pytest
from django.urls import reverse
from django.utils import timezone

from raportit.models import Syke
from raportit.tallenne.ennakko import VALI, Ennakko
from strategia.models import Toimenpide

pytestmark = pytest.mark.django_db


@pytest.fixture
def piirretyt(monkeypatch):
    """[(muoto, when it was put together)] of each drawing."""
    drawn = []

    def draw(raportti, muoto):
        drawn.append((muoto, raportti.koottu))
        return f"{muoto} {len(drawn)}".encode()

    monkeypatch.setattr("raportit.tallenne.luonnokset.render_apart", draw)
    return drawn


def luonnos(cast, muoto="pdf"):
    return reverse("raportit:luonnos-lataa", args=[cast.jakso.pk, muoto])


def test_a_draft_equal_but_for_its_time_is_served_from_store_and_a_changed_one_drawn(cast, kirjautunut, piirretyt):
    kaisa = kirjautunut(cast.kaisa)
    assert [kaisa.get(luonnos(cast)).content for _ in range(2)] == [b"pdf 1"] * 2
    assert kaisa.get(luonnos(cast, "docx")).content == b"docx 2"
    assert kaisa.get(luonnos(cast), {"toimiala": cast.tekniset.nimi}).content == b"pdf 3", "osa on oma luonnoksensa"
    Toimenpide.objects.filter(pk=cast.vayla.pk).update(nimi="Toinen nimi")
    assert kaisa.get(luonnos(cast)).content == b"pdf 4"


def test_pdf_and_word_are_the_workers_where_one_works(cast, kirjautunut, piirretyt):
    Syke.objects.create(tunnus="a", aika=timezone.now())
    kaisa = kirjautunut(cast.kaisa)
    for muoto in ("pdf", "docx"):
        assert "Tiedostoa tehdään" in kaisa.get(luonnos(cast, muoto), follow=True).text
    assert kaisa.get(luonnos(cast, "csv")).status_code == 200
    assert piirretyt == []


def test_the_draft_of_a_jakso_being_finished_is_there_before_anybody_asks(cast, kirjautunut, piirretyt, monkeypatch):
    ennakko = Ennakko()
    assert ennakko.make_one() is None, "mikään jakso ei ole viimeistelyssä"
    cast.jakso.finish(by=cast.kaisa)
    assert ennakko.make_one() == cast.jakso
    assert ennakko.make_one() is None, "kymmenessä minuutissa kerran"
    assert kirjautunut(cast.kaisa).get(luonnos(cast)).content == b"pdf 1"
    later = timezone.now() + VALI
    monkeypatch.setattr(timezone, "now", lambda: later)
    assert ennakko.make_one() == cast.jakso
    assert len(piirretyt) == 1, "mikään ei ollut muuttunut"
