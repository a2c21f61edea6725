"""Closed jaksot side by side: one row a toimenpide, one column a jakso, and how it moved between them."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from raportit.models import Raporttiversio
from raportit.osavuosikatsaus import build, from_json
from raportit.sulkeminen import close_jakso
from raportit.vertailu import Vertailu
from seuranta.models import Kirjaus, Seurantajakso
from strategia.models import Toimenpide

from .rakenna import KOOTTU, rakenna

pytestmark = pytest.mark.django_db


def avaa(user, *versiot):
    client = Client()
    client.force_login(user)
    return client.get(reverse("raportit:vertailu"), {"versio": [versio.pk for versio in versiot]})


def sulje(jakso, by):
    if jakso.tila == "avoinna":
        jakso.finish(by=by)
    return close_jakso(jakso, by=by)


def kaksi_raporttia():
    jakso = rakenna([5, 2, 3, "luovuttu"], edelliset=[4, 3, 3, 3])
    jakso.refresh_from_db()
    return build(jakso.edellinen(), koottu=KOOTTU), build(jakso, koottu=KOOTTU)


def test_every_row_has_a_cell_for_each_jakso_and_its_move():
    [(nimi, rivit)] = Vertailu(kaksi_raporttia()).painopisteet
    assert nimi == "Painopiste 1: sujuva arki"
    assert [[solu.teksti for solu in rivi.solut] for rivi in rivit] == [
        ["4 Lähes valmis", "5 Toteutunut"],
        ["3 Käynnissä", "2 Suunnitteilla"],
        ["3 Käynnissä", "3 Käynnissä"],
        ["3 Käynnissä", "luovuttu"],
    ]
    assert [rivi.solut[1].muutos for rivi in rivit] == ["nousi", "laski", "ennallaan", ""]
    assert [rivi.muuttui for rivi in rivit] == [True, True, False, False]


def test_a_renamed_toimenpide_is_the_same_and_one_that_ended_is_still_there():
    edellinen, _nyt = kaksi_raporttia()
    first, last = Toimenpide.objects.order_by("jarjestys")[0], Toimenpide.objects.order_by("jarjestys")[3]
    Toimenpide.objects.filter(pk=first.pk).update(nimi="Uusi nimi")
    Kirjaus.objects.filter(toimenpide=last, jakso__nimi__contains="II ").delete()
    Toimenpide.objects.filter(pk=last.pk).update(voimassa_asti="2026-04-30")
    nyt = build(Seurantajakso.objects.get(nimi="Osavuosikatsaus II 2026"), koottu=KOOTTU)
    [(_painopiste, rivit)] = Vertailu((edellinen, nyt)).painopisteet
    assert rivit[0].nimi == "Uusi nimi"
    assert [solu.teksti for solu in rivit[0].solut] == ["4 Lähes valmis", "5 Toteutunut"]
    assert [solu.teksti for solu in rivit[3].solut] == ["3 Käynnissä", "–"]


def test_page_shows_the_newest_versions_of_closed_jaksot_only(cast):
    early, late = cast.versio, sulje(cast.jakso, cast.kaisa)
    page = avaa(cast.liisa, early, late).content.decode()
    assert re.search(rf'<th scope="col">{re.escape(from_json(late.data).jakso.nimi)}</th>', page)
    assert "Toteutuminen jaksoittain" in page
    one = avaa(cast.liisa, early).content.decode()
    assert "Valitse vähintään kaksi saman strategian jaksoa." in one


def test_another_kuntas_versions_are_as_if_they_were_not(cast):
    early, late = cast.versio, sulje(cast.jakso, cast.kaisa)
    page = avaa(cast.ulla, early, late).content.decode()
    assert "Toteutuminen jaksoittain" not in page
    assert from_json(late.data).rivit[0].toimenpide not in page
    assert Raporttiversio.objects.filter(kunta=cast.kunta).count() >= 2
