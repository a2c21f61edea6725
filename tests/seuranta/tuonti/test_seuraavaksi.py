"""What the page of a saved import says is next: only what is not done, to those who may do it."""

import pytest
from django.urls import reverse

from seuranta.models import Seurantajakso
from seuranta.tuonti.seuraavaksi import list_next
from strategia.models import Kayttaja, Strategia, Toimenpide

from .tuontisivut import UUSI, paata, sanat, sivu, tallenna

PUUTTUU = [*UUSI[:3], None, 3, "Ok."]


@pytest.fixture
def tallennettu(cast, aino, laheta):
    """A new strategia of one row, without toimiala, with a score and no labels."""
    tuonti = laheta(PUUTTUU)
    paata(aino, tuonti, strategia="Valtuustokauden strategia")
    tallenna(aino, tuonti)
    tuonti.refresh_from_db()
    return tuonti


def words(tuonti, user):
    return [askel.linkki for askel in list_next(tuonti, user)]


def test_what_is_missing_is_said_with_a_link(cast, aino, tallennettu):
    Kayttaja.objects.filter(kunta=cast.kunta, rooli__in=["raportoija", "hyvaksyja"]).update(is_active=False)
    Seurantajakso.objects.filter(strategia=tallennettu.strategia).update(tila="suljettu")
    page = sanat(sivu(aino, tallennettu))
    assert "Mitä seuraavaksi" in page
    assert "Kukaan ei vielä kirjaa. Kutsu käyttäjät" in page
    assert "Yhdeltä toimenpiteeltä puuttuu toimiala. Anna toimialat" in page
    assert "Numeroilla 1–5 ei ole selitteitä. Tarkista asteikko" in page
    assert "Mikään jakso ei ole avoinna. Luo ja avaa jakso" in page
    for askel in list_next(tallennettu, cast.aino):
        assert aino.get(askel.osoite).status_code == 200, askel


def test_what_has_been_done_is_not_said(cast, aino, tallennettu):
    assert words(tallennettu, cast.aino) == [
        "Anna toimialat",
        "Tarkista asteikko",
    ]  # people and an open jakso are there
    Toimenpide.objects.filter(nimi=PUUTTUU[2], toimiala=None).update(toimiala=cast.tekniset)
    assert words(tallennettu, cast.aino) == ["Tarkista asteikko"]
    Strategia.objects.filter(pk=tallennettu.strategia_id).update(asteikko={"1": "Ei aloitettu"})
    tallennettu.strategia.refresh_from_db()
    assert words(tallennettu, cast.aino) == []
    page = sivu(aino, tallennettu)
    assert "Mitä seuraavaksi" not in page
    assert reverse("strategia:strategia-detail", args=[tallennettu.strategia_id]) in page
    assert "Avaa strategia" in page


def test_a_jakso_that_waits_is_opened(cast, tallennettu):
    Seurantajakso.objects.filter(strategia=tallennettu.strategia).update(tila="tulossa")
    assert words(tallennettu, cast.aino)[-1] == "Avaa jakso"


def test_each_is_told_what_one_may_do(cast, tallennettu):
    Kayttaja.objects.filter(kunta=cast.kunta, rooli__in=["raportoija", "hyvaksyja"]).update(is_active=False)
    assert words(tallennettu, cast.kaisa) == ["Anna toimialat", "Tarkista asteikko"]
    assert words(tallennettu, cast.liisa) == words(tallennettu, cast.ulla) == []


def test_an_undone_import_asks_for_nothing(cast, aino, tallennettu):
    aino.post(f"/tuonti/{tallennettu.pk}/kumoa/")
    tallennettu.refresh_from_db()
    assert words(tallennettu, cast.aino) == []
