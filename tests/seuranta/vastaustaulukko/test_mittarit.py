"""The mittarit in the workbook of answers: a sheet of their own, read back as rows are."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from seuranta.models import MittariArvo, Mittaus, Tuonti
from seuranta.vastaustaulukko.kirja import answer_table_bytes
from tests.cast import create_mittari

from .taulukko import Taulukko, paata, sivu, tallenna


class Mittaritaulukko(Taulukko):
    """The same workbook, handled on its sheet of mittarit."""

    def __init__(self, data):
        super().__init__(data)
        self.sheet = self.book["Mittarit"]

    def row(self, nimi):
        column = self.columns["Mittari"]
        return next(r for r in range(2, self.sheet.max_row + 1) if self.sheet.cell(r, column).value == nimi)


@pytest.fixture
def kaynnit(cast):
    """Of a tavoite, and of Veikko's toimiala."""
    kohde = {"tavoite": cast.tavoitteet[0]}
    tavoitteet = {None: "9"}
    return create_mittari(
        cast.strategia, kohde, "Käyntejä", "luku", "kpl", "suurempi", "", tavoitteet, toimiala=cast.tekniset
    )


def table(cast, by=None):
    return Mittaritaulukko(answer_table_bytes(cast.jakso, cast.tekniset, by or cast.veikko))


def hand_in(client, cast, taulukko):
    path = reverse("seuranta:vastaustaulukko-lista", args=[cast.jakso.pk])
    data = {"tiedosto": SimpleUploadedFile("vastaukset.xlsx", taulukko.data()), "toimiala": cast.tekniset.pk}
    answer = client.post(path, data)
    assert answer.status_code == 302, answer.text
    return Tuonti.objects.order_by("pk").last()


def stored(cast, mittari):
    return MittariArvo.objects.filter(jakso=cast.jakso, mittari=mittari).first()


def test_each_of_the_toimiala_is_a_row_with_target_and_last_value(cast, kaynnit):
    taulukko, reitit = table(cast), cast.mittarit[0]
    names = {taulukko.sheet.cell(r, taulukko.columns["Mittari"]).value for r in range(2, taulukko.sheet.max_row + 1)}
    assert {reitit.nimi, "Käyntejä"} <= names
    assert taulukko.cell(reitit.nimi, "Tavoite nyt").value == "12\u00a0kpl"
    assert taulukko.cell(reitit.nimi, "Edellinen arvo").value == "9\u00a0kpl"
    assert taulukko.cell("Käyntejä", "Mihin mittari kuuluu").value == cast.tavoitteet[0].nimi
    assert not names & {mittari.nimi for mittari in cast.mittarit if mittari.toimiala_id == cast.sivistys.pk}


def test_what_was_filled_in_is_recorded_sent_and_undone(cast, kaynnit, veikko):
    taulukko, reitit = table(cast), cast.mittarit[0]
    taulukko.cell(reitit.nimi, "Arvo").value = 11
    taulukko.cell(reitit.nimi, "Arvon huomautus").value = "Yksi puuttuu."
    taulukko.cell("Käyntejä", "Arvo").value = "noin 70"
    tuonti = hand_in(veikko, cast, taulukko)
    page = sivu(veikko, tuonti).text
    assert "Yksi puuttuu." in page
    assert "noin 70" in page
    assert stored(cast, reitit) is None
    assert "Vastaukset on tallennettu." in tallenna(veikko, tuonti)
    arvo = stored(cast, reitit)
    assert (arvo.teksti, arvo.luku, arvo.huomautus, arvo.tila) == ("11", 11, "Yksi puuttuu.", "")
    assert (stored(cast, kaynnit).teksti, stored(cast, kaynnit).tila) == ("noin 70", "lahetetty")
    assert arvo.history.first().history_user == cast.veikko
    veikko.post(reverse("seuranta:vastaustaulukko-kumoa", args=[cast.jakso.pk, tuonti.pk]))
    assert stored(cast, reitit) is None


def test_the_second_mail_holds_what_was_saved_and_an_untouched_table_changes_nothing(cast, veikko):
    reitit = cast.mittarit[0]
    MittariArvo.objects.record(cast.jakso, {reitit: Mittaus(0, "11 kpl", "Huomautus.")}, by=cast.hilkka)
    taulukko = table(cast)
    assert taulukko.cell(reitit.nimi, "Arvo").value == "11 kpl"
    tuonti = hand_in(veikko, cast, taulukko)
    tallenna(veikko, tuonti)
    assert (stored(cast, reitit).versio, stored(cast, reitit).teksti) == (1, "11 kpl")


def test_a_value_that_another_has_written_since_is_a_conflict(cast, veikko):
    reitit, taulukko = cast.mittarit[0], table(cast)
    MittariArvo.objects.record(cast.jakso, {reitit: Mittaus(0, "10")}, by=cast.hilkka)
    taulukko.cell(reitit.nimi, "Arvo").value = "11"
    tuonti = hand_in(veikko, cast, taulukko)
    page = sivu(veikko, tuonti).text
    assert "Hilkka Hyvönen" in page
    cell = f"Mittarit!{taulukko.cell(reitit.nimi, 'Arvo').coordinate}"
    assert f"ristiriita|{cell}" in page
    paata(veikko, tuonti, **{f"ristiriita|{cell}": "tiedosto"})
    tallenna(veikko, tuonti)
    assert stored(cast, reitit).teksti == "11"


def test_an_untouched_cell_keeps_what_came_since(cast, veikko):
    reitit, taulukko = cast.mittarit[0], table(cast)
    MittariArvo.objects.record(cast.jakso, {reitit: Mittaus(0, "10")}, by=cast.hilkka)
    tuonti = hand_in(veikko, cast, taulukko)
    assert "Kaikki on selvää" in sivu(veikko, tuonti).text
    assert stored(cast, reitit).teksti == "10"


def test_a_mittari_of_another_toimiala_is_an_error_of_its_own_cell(cast, kaynnit, veikko):
    muiden = next(mittari for mittari in cast.mittarit if mittari.toimiala_id == cast.sivistys.pk)
    taulukko = table(cast)
    row = taulukko.row("Käyntejä")
    taulukko.sheet.cell(row, 1).value = f"{cast.jakso.pk}-{muiden.pk}-0-00000000m"
    taulukko.cell("Käyntejä", "Arvo").value = "5"
    tuonti = hand_in(veikko, cast, taulukko)
    assert "Rivin mittari ei ole tämän toimialan" in sivu(veikko, tuonti).text
    tallenna(veikko, tuonti)
    assert stored(cast, muiden) is None


def test_a_row_without_its_id_is_known_by_its_name(cast, kaynnit, veikko):
    taulukko = table(cast)
    taulukko.sheet.cell(taulukko.row("Käyntejä"), 1).value = None
    taulukko.cell("Käyntejä", "Arvo").value = "5"
    tuonti = hand_in(veikko, cast, taulukko)
    tallenna(veikko, tuonti)
    assert stored(cast, kaynnit).teksti == "5"


def test_a_workbook_made_before_there_was_the_sheet_still_reads(cast, veikko):
    old = Taulukko(answer_table_bytes(cast.jakso, cast.tekniset, cast.veikko))
    del old.book["Mittarit"]
    old.write(cast.vayla.nimi, aste=4, kommentti="Vanhalla pohjalla.")
    tuonti = hand_in(veikko, cast, old)
    tallenna(veikko, tuonti)
    assert cast.vayla.kirjaukset.get(jakso=cast.jakso).kommentti == "Vanhalla pohjalla."


def test_a_plan_without_mittarit_has_no_sheet_of_them(cast, ilman_mittareita):
    book = Taulukko(answer_table_bytes(cast.jakso, cast.tekniset, cast.veikko)).book
    assert len(book.sheetnames) == 2
