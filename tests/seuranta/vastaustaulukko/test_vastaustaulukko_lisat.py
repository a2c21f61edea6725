"""A vastaustaulukko where the strategia asks for ennuste, poikkeaman syy and korjaavat toimet too."""

import pytest

from seuranta.models import Kirjaus, Vastaus
from strategia.models import LISAKENTAT

from .taulukko import PITKA, kirjaus, paata, sivu, tallenna

OTSIKOT = set(LISAKENTAT.values())


@pytest.fixture
def veikko(cast, kirjautunut):
    return kirjautunut(cast.veikko)


@pytest.fixture
def kysyy(cast):
    """The strategia asks all three."""
    cast.strategia.use_lisakentat(LISAKENTAT)
    cast.strategia.save()


def test_no_column_where_they_are_not_asked(cast, veikko, lataa):
    assert not OTSIKOT & set(lataa(veikko).columns)


def test_what_is_written_in_them_is_saved_and_an_untouched_table_changes_nothing(cast, kysyy, veikko, lataa, palauta):
    taulukko = lataa(veikko)
    assert set(taulukko.columns) >= OTSIKOT
    assert str(taulukko.sheet.page_setup.paperSize) == taulukko.sheet.PAPERSIZE_A3  # wide enough
    taulukko.write(cast.vayla.nimi, aste=2, kommentti="Alkoi.")
    taulukko.cell(cast.vayla.nimi, "Ennuste").value = PITKA
    taulukko.cell(cast.vayla.nimi, "Korjaavat toimet").value = "=1+1 ei lasketa"
    taulukko.cell(cast.vayla.nimi, "Korjaavat toimet").data_type = "s"
    tuonti = palauta(veikko, taulukko)
    assert "Korjaavat toimet" in sivu(veikko, tuonti, nayta="kaikki").text
    tallenna(veikko, tuonti)
    saved = kirjaus(cast, cast.vayla)
    assert (saved.ennuste, saved.poikkeaman_syy) == (PITKA.strip(), "")
    assert saved.korjaavat_toimet == "=1+1 ei lasketa"
    assert (saved.tila, saved.history.get().history_user) == (Kirjaus.Tila.LAHETETTY, cast.veikko)
    again = lataa(veikko)
    assert again.cell(cast.vayla.nimi, "Ennuste").value == PITKA.strip()
    assert sivu(veikko, palauta(veikko, again)).context["plan"].counts["changed"] == 0


def test_a_newer_forecast_of_anothers_is_never_replaced_in_silence(cast, kysyy, veikko, lataa, palauta):
    first = Vastaus(0, 2, kommentti="Alkoi.", ennuste="Ensimmäinen.")
    Kirjaus.objects.record(cast.jakso, {cast.vayla: first}, by=cast.veikko)
    untouched, written = lataa(veikko), lataa(veikko)
    second = Vastaus(1, 2, kommentti="Alkoi.", ennuste="Hilkan uusi.")
    Kirjaus.objects.record(cast.jakso, {cast.vayla: second}, by=cast.hilkka)
    assert sivu(veikko, palauta(veikko, untouched)).context["plan"].counts["changed"] == 0
    cell = written.cell(cast.vayla.nimi, "Ennuste")
    cell.value = "Veikon oma."
    tuonti = palauta(veikko, written)
    plan = sivu(veikko, tuonti).context["plan"]
    (error,) = plan.errors
    assert error.code == "conflict"
    assert "Hilkan uusi." in error.fi
    paata(veikko, tuonti, **{f"ristiriita|{error.cell}": "molemmat"})
    tallenna(veikko, tuonti)
    assert kirjaus(cast, cast.vayla).ennuste == "Hilkan uusi.\nVeikon oma."


def test_a_table_made_before_they_were_asked_leaves_them_alone(cast, veikko, lataa, palauta):
    taulukko = lataa(veikko)
    cast.strategia.use_lisakentat(["ennuste"])
    cast.strategia.save()
    vastaus = Vastaus(0, ennuste="Valmistuu.")
    Kirjaus.objects.record(cast.jakso, {cast.vayla: vastaus}, by=cast.hilkka)
    taulukko.write(cast.vayla.nimi, aste=4, kommentti="Etenee.")
    tuonti = palauta(veikko, taulukko)
    tallenna(veikko, tuonti)
    saved = kirjaus(cast, cast.vayla)
    assert (saved.toteutumisaste, saved.kommentti, saved.ennuste) == (4, "Etenee.", "Valmistuu.")
