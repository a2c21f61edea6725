"""A jakso or a plan made by mistake is deleted while nothing hangs on it; what hangs is told."""

import pytest
from django.urls import reverse
from django.utils import timezone

from raportit.models import Saate
from seuranta.models import Kirjaus, Seurantajakso, ToimialanMaaraaika, Vastaus
from strategia.models import Ilmoitusviesti, Painopiste, Strategia
from strategia.poistaminen import list_hanging
from tests.cast import create_jakso

POISTA = {"poista": "1"}


@pytest.fixture
def kaisa(cast, kirjautunut):
    return kirjautunut(cast.kaisa)


@pytest.fixture
def vahinko(cast):
    """A jakso that nobody meant."""
    return create_jakso(cast.strategia, "Vahinko 2026", 9, 11, jarjestys=5)


def jaksoon(jakso):
    return reverse("seuranta:jakso-muokkaa", args=[jakso.pk])


def suunnitelmaan(strategia):
    return reverse("strategia:strategia-muokkaa", args=[strategia.pk])


def test_only_who_coordinates_deletes(cast, kirjautunut, vahinko):
    tyhja = Strategia.objects.create(kunta=cast.kunta, nimi="Tyhjä")
    for who, status in (("veikko", 403), ("hilkka", 403), ("tarmo", 403), ("ulla", 404)):
        client = kirjautunut(getattr(cast, who))
        assert client.post(suunnitelmaan(tyhja), POISTA).status_code == status
        assert client.post(jaksoon(vahinko), POISTA).status_code in (403, 404)
    assert Seurantajakso.objects.filter(pk=vahinko.pk).exists()
    assert Strategia.objects.filter(pk=tyhja.pk).exists()


def test_an_empty_jakso_goes_with_its_deadlines_and_its_history_stays(cast, kaisa, vahinko):
    ToimialanMaaraaika.objects.create(
        kunta=cast.kunta, jakso=vahinko, toimiala=cast.tekniset, vastaus_viimeistaan=timezone.localdate()
    )
    assert "Poista jakso" in kaisa.get(jaksoon(vahinko)).text
    assert "Jakso Vahinko 2026 on poistettu." in kaisa.post(jaksoon(vahinko), POISTA, follow=True).text
    assert not Seurantajakso.objects.filter(pk=vahinko.pk).exists()
    entry = Seurantajakso.history.filter(id=vahinko.pk).first()
    assert (entry.history_type, entry.history_user) == ("-", cast.kaisa)


def _answer(cast, jakso):
    Kirjaus.objects.record(jakso, {cast.vayla: Vastaus(0, 3)}, by=cast.veikko)


def _message(cast, jakso):
    sent = {"tekija": cast.kaisa, "vaihe": "pyynto", "paiva": timezone.localdate()}
    Ilmoitusviesti.objects.claim(jakso, cast.veikko, "muistutus", **sent)


def _text(cast, jakso):
    Saate.objects.create(kunta=cast.kunta, jakso=jakso, avaus="Kirjoitettu teksti")


@pytest.mark.parametrize(
    ("hang", "told"), [(_answer, "kirjaukset 1"), (_message, "viestit 1"), (_text, "raporttien saatteet 1")]
)
def test_a_jakso_with_anything_stays_and_tells_what(hang, told, cast, kaisa, vahinko):
    hang(cast, vahinko)
    page = kaisa.get(jaksoon(vahinko)).text
    assert ("Nyt siinä on vielä:" in page, told in page, 'name="poista"' in page) == (True, True, False)
    page = kaisa.post(jaksoon(vahinko), POISTA, follow=True).text
    assert "Jaksoa ei poistettu: siinä on jo jotakin." in page
    assert Seurantajakso.objects.filter(pk=vahinko.pk).exists()


def test_texts_that_have_been_emptied_hang_on_nothing(cast, kaisa, vahinko):
    Saate.objects.create(kunta=cast.kunta, jakso=vahinko, kokous_toimielin="Kunnanhallitus")
    assert "Jakso Vahinko 2026 on poistettu." in kaisa.post(jaksoon(vahinko), POISTA, follow=True).text
    assert not Saate.objects.filter(kokous_toimielin="Kunnanhallitus").exists()


def test_a_closed_jakso_is_not_deleted(cast, kaisa):
    kaisa.post(jaksoon(cast.edellinen), POISTA)
    assert Seurantajakso.objects.filter(pk=cast.edellinen.pk).exists()


def test_an_empty_plan_goes_and_one_with_anything_stays(cast, kaisa):
    tyhja = Strategia.objects.create(kunta=cast.kunta, nimi="Tyhjä")
    painopiste = Painopiste.objects.create(kunta=cast.kunta, strategia=tyhja, nimi="Yksi")
    page = kaisa.post(suunnitelmaan(tyhja), POISTA, follow=True).text
    assert "Suunnitelmaa ei poistettu: siinä on jo jotakin." in page
    assert "painopisteet 1" in page
    painopiste.delete()
    assert "Tyhjä on poistettu." in kaisa.post(suunnitelmaan(tyhja), POISTA, follow=True).text
    assert not Strategia.objects.filter(pk=tyhja.pk).exists()
    assert dict(list_hanging(cast.strategia))["seurantajaksot"] == 2
