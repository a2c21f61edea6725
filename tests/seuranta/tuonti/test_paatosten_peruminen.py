"""A decision that locked an import is taken back on the page that it locked; each is listed with who and when."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from seuranta.models import Kirjaus, Paatos

from ..vastaustaulukko import taulukko as vastaukset
from .tuontisivut import UUSI, paata, paatetty, sanat, sivu, tallenna

LUKITSEVAT = {
    "sulkeutunut jakso": ({"jakso": "Osavuosikatsaus I 2026"}, "Jakso ”Osavuosikatsaus I 2026” on suljettu"),
    "väärä otsikkorivi": ({"otsikkorivi|Sheet": "2"}, "Tiedostossa ei ole yhtään toimenpideriviä"),
}


def peru(client, tuonti, laji, paikka="", **more):
    """Press "Peru" of the decision on the page that lists it."""
    page = sivu(client, tuonti, nayta="tulkinnat")
    pk = Paatos.objects.get(tuonti=tuonti, laji=laji, paikka=paikka).pk
    assert f'name="peru" value="{pk}"' in page
    return paata(client, tuonti, peru=pk, **more)


@pytest.mark.parametrize("lukko", LUKITSEVAT)
def test_a_decision_that_locked_the_import_is_taken_back_on_its_page(lukko, cast, aino, laheta):
    tuonti, (decision, refusal) = laheta(UUSI), LUKITSEVAT[lukko]
    paata(aino, tuonti, **decision)
    page = sivu(aino, tuonti)
    assert refusal in page
    assert "Annetut päätökset" in page
    laji, _mark, paikka = next(iter(decision)).partition("|")
    peru(aino, tuonti, laji, paikka)
    paata(aino, tuonti, jakso=cast.jakso.nimi)
    assert refusal not in sivu(aino, tuonti)
    tallenna(aino, tuonti)
    assert Kirjaus.objects.get(toimenpide__nimi=UUSI[2]).toteutumisaste == 2


def test_the_list_tells_what_was_decided_by_whom_and_when(cast, aino, laheta):
    tuonti = laheta([*UUSI[:4], "4/5", "Ok."])
    paata(aino, tuonti, tilanne="2026-08-31", **{"solu|Sheet!E2": "4", "sarake|Sheet!F": "vastuu"})
    Paatos.objects.filter(laji="solu").update(milloin=datetime(2026, 9, 1, 9, 5, tzinfo=UTC))
    page = sivu(aino, tuonti, nayta="tulkinnat")
    for told in ("Oikea arvo E2 4", "Sarakkeen merkitys Sheet!F Vastuu", "kuvaavat) 31.8.2026"):
        assert told in sanat(page), told
    assert "Aino Aaltonen, 1.9.2026 klo 12.05" in page
    peru(aino, tuonti, "solu", "Sheet!E2")
    assert "solu" not in paatetty(tuonti)
    assert "Yksi solu odottaa päätöstäsi." in sivu(aino, tuonti)


def test_a_stored_value_that_does_not_parse_is_not_listed_as_decided(aino, laheta):
    tuonti = laheta(UUSI)
    Paatos.objects.create(kunta=tuonti.kunta, tuonti=tuonti, laji="tilanne", arvo="15.9.2023", kuka=tuonti.tekija)
    page = sivu(aino, tuonti, nayta="tulkinnat")
    assert page.count('name="peru"') == 2, "jakso ja strategia, joihin taulukko tuodaan"
    assert "Jakson nimi Osavuosikatsaus II 2026 Aino Aaltonen" in sanat(page)


def test_what_was_taken_back_already_is_told(aino, laheta):
    tuonti = laheta(UUSI)
    first = Paatos.objects.get(laji="jakso").pk
    peru(aino, tuonti, "jakso")
    answer = paata(aino, tuonti, peru=first)
    assert (answer.status_code, "se on jo peruttu" in answer.text) == (422, True)


def test_a_decision_on_answers_is_taken_back_too(cast, veikko, lataa, palauta):
    taulukko = lataa(veikko)
    taulukko.write(cast.vayla.nimi, aste="4/5")
    tuonti = palauta(veikko, taulukko)
    solu = f"{taulukko.sheet.title}!{taulukko.cell(cast.vayla.nimi, 'Toteutumisaste').coordinate}"
    vastaukset.paata(veikko, tuonti, **{f"solu|{solu}": "5"})
    paatos = Paatos.objects.get(laji="solu")
    page = vastaukset.sivu(veikko, tuonti, nayta="tulkinnat").text
    assert f'name="peru" value="{paatos.pk}"' in page
    vastaukset.paata(veikko, tuonti, peru=paatos.pk)
    assert "Yksi solu odottaa päätöstäsi." in vastaukset.sivu(veikko, tuonti).text


def test_what_is_decided_of_a_saved_file_is_told_to_be_too_late(aino, laheta):
    tuonti = laheta(UUSI)
    tallenna(aino, tuonti)
    posted = {"versio": tuonti.paatosversio, "jakso": "Uusi jakso"}
    answer = aino.post(reverse("seuranta:tuonti-paata", args=[tuonti.pk]), posted, follow=True)
    assert "Tiedosto on jo käsitelty, eikä päätöksiäsi otettu huomioon." in answer.text
