"""A vastaustaulukko where columns of the municipality's own are asked too."""

import pytest

from seuranta.models import Kirjaus, Vastaus

from .taulukko import PITKA, kirjaus, paata, sivu, tallenna

OTSIKKO, TILA = "Kumppanit ja\nsidosryhmät", "Tila"  # the second is the word of a column of ours


@pytest.fixture
def veikko(cast, kirjautunut):
    return kirjautunut(cast.veikko)


@pytest.fixture
def kysyy(cast):
    own = [{"rooli": "oma.kirjaus", "otsikko": otsikko, "piilossa": True} for otsikko in (OTSIKKO, TILA, "Ei kysytä")]
    cast.strategia.sarakkeet = [*cast.strategia.sarakkeet, *own]
    cast.strategia.ask_omat([OTSIKKO, TILA])
    cast.strategia.save()


def test_what_is_written_in_them_is_saved_and_an_untouched_table_changes_nothing(cast, kysyy, veikko, lataa, palauta):
    taulukko = lataa(veikko)
    assert {"Kumppanit ja sidosryhmät", "Oma sarake: Tila", "Tila"} <= set(taulukko.columns)
    assert "Ei kysytä" not in taulukko.columns
    taulukko.write(cast.vayla.nimi, aste=2, kommentti="Alkoi.")
    taulukko.cell(cast.vayla.nimi, "Kumppanit ja sidosryhmät").value = PITKA
    taulukko.cell(cast.vayla.nimi, "Oma sarake: Tila").value = "Jäissä"
    tuonti = palauta(veikko, taulukko)
    page = sivu(veikko, tuonti, nayta="kaikki").text
    assert f"{TILA}, {cast.jakso.nimi}" in page
    assert "Jäissä" in page
    tallenna(veikko, tuonti)
    saved = kirjaus(cast, cast.vayla)
    assert saved.omat == {OTSIKKO: PITKA.strip(), TILA: "Jäissä"}
    assert (saved.tila, saved.history.get().history_user) == (Kirjaus.Tila.LAHETETTY, cast.veikko)
    again = lataa(veikko)
    assert again.cell(cast.vayla.nimi, "Kumppanit ja sidosryhmät").value == PITKA.strip()
    assert sivu(veikko, palauta(veikko, again)).context["plan"].counts["changed"] == 0


def test_a_newer_text_of_anothers_is_never_replaced_in_silence(cast, kysyy, veikko, lataa, palauta):
    first = Vastaus(0, 2, kommentti="Alkoi.", omat={OTSIKKO: "Ensimmäinen.", TILA: "Sama"})
    Kirjaus.objects.record(cast.jakso, {cast.vayla: first}, by=cast.veikko)
    untouched, written = lataa(veikko), lataa(veikko)
    second = Vastaus(1, 2, kommentti="Alkoi.", omat={OTSIKKO: "Hilkan uusi."})
    Kirjaus.objects.record(cast.jakso, {cast.vayla: second}, by=cast.hilkka)
    assert sivu(veikko, palauta(veikko, untouched)).context["plan"].counts["changed"] == 0
    written.cell(cast.vayla.nimi, "Kumppanit ja sidosryhmät").value = "Veikon oma."
    tuonti = palauta(veikko, written)
    (error,) = sivu(veikko, tuonti).context["plan"].errors
    assert error.code == "conflict"
    assert "Hilkan uusi." in error.fi
    paata(veikko, tuonti, **{f"ristiriita|{error.cell}": "molemmat"})
    tallenna(veikko, tuonti)
    assert kirjaus(cast, cast.vayla).omat == {OTSIKKO: "Hilkan uusi.\nVeikon oma.", TILA: "Sama"}


def test_two_texts_that_do_not_fit_together_are_told_at_their_cell(cast, kysyy, veikko, lataa, palauta):
    taulukko = lataa(veikko)
    vastaus = Vastaus(0, 2, kommentti="Alkoi.", omat={OTSIKKO: "x" * 32_000})
    Kirjaus.objects.record(cast.jakso, {cast.vayla: vastaus}, by=cast.hilkka)
    taulukko.cell(cast.vayla.nimi, "Kumppanit ja sidosryhmät").value = "y" * 1_000
    tuonti = palauta(veikko, taulukko)
    (error,) = sivu(veikko, tuonti).context["plan"].errors
    paata(veikko, tuonti, **{f"ristiriita|{error.cell}": "molemmat"})
    plan = sivu(veikko, tuonti).context["plan"]
    assert [(each.cell, each.code) for each in plan.errors] == [(error.cell, "too_long")]


def test_a_table_made_while_they_were_asked_is_read_when_they_are_no_more(cast, kysyy, veikko, lataa, palauta):
    taulukko = lataa(veikko)
    cast.strategia.ask_omat([])
    cast.strategia.save()
    taulukko.cell(cast.vayla.nimi, "Oma sarake: Tila").value = "Jäissä"
    tallenna(veikko, palauta(veikko, taulukko))
    assert kirjaus(cast, cast.vayla).omat == {TILA: "Jäissä"}
