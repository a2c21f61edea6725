"""Units' answers and the comments of other toimialat in the workbook of answers: a sheet of their own."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from seuranta.models import Kirjaus, Osavastaus, Seurantajakso, Tuonti, Vastaus, Yksikkovastaus
from seuranta.vastaustaulukko.kirja import answer_table_bytes
from strategia.models import MuuToimiala

from .taulukko import Taulukko, address, paata, sivu, tallenna

LEHTI = "Yksiköt ja kommentit"
HEADINGS = {"aste": "Yksikön toteutumisaste", "kommentti": "Yksikön kommentti", "nimi": "Yksikkö tai toimiala"}


class Yksikkotaulukko(Taulukko):
    """The same workbook, handled on its sheet of units: a row is known by its toimenpide and its unit."""

    def __init__(self, data):
        super().__init__(data)
        self.sheet = self.book[LEHTI]

    def row(self, keys):
        columns = [self.columns["Mihin yksikkö vastaa"], self.columns["Yksikkö tai toimiala"]]
        rows = range(2, self.sheet.max_row + 1)
        return next(r for r in rows if tuple(self.sheet.cell(r, c).value for c in columns) == keys)

    def write(self, toimenpide, nimi, **values):
        row = self.row((toimenpide.nimi, nimi))
        for name, value in values.items():
            self.sheet.cell(row, self.columns[HEADINGS[name]]).value = value

    def add(self, toimenpide, nimi, **values):
        row = self.sheet.max_row + 1
        self.sheet.cell(row, self.columns["Mihin yksikkö vastaa"]).value = toimenpide.nimi
        for name, value in {"nimi": nimi, **values}.items():
            self.sheet.cell(row, self.columns[HEADINGS[name]]).value = value

    @property
    def shown(self):
        """[(toimenpide, unit, last score, score, comment)]"""
        names = [
            "Mihin yksikkö vastaa",
            "Yksikkö tai toimiala",
            "Yksikön edellinen arvio",
            *list(HEADINGS.values())[:2],
        ]
        rows = range(2, self.sheet.max_row + 1)
        return [tuple(self.sheet.cell(r, self.columns[n]).value for n in names) for r in rows]


@pytest.fixture
def osat(cast):
    """Two units of vayla, one of which answered last time only."""
    answer_last_time(cast)
    told = [Yksikkovastaus("Lomitus", 4, "Päiviä 812.")]
    return Osavastaus.objects.record(cast.jakso, cast.vayla, told, by=cast.veikko)[0]


def answer_last_time(cast):
    cast.edellinen.reopen(by=cast.kaisa, syy="Yksikkö lisätään.")
    Osavastaus.objects.record(cast.edellinen, cast.vayla, [Yksikkovastaus("Puistot", 2)], by=cast.kaisa)


@pytest.fixture
def osallinen(cast):
    """Tekniset take part in the kerho that another toimiala leads."""
    return MuuToimiala.objects.create(kunta=cast.kunta, toimenpide=cast.kerho, toimiala=cast.tekniset)


def table(cast, by=None, toimiala=None):
    return Yksikkotaulukko(answer_table_bytes(cast.jakso, toimiala or cast.tekniset, by or cast.veikko))


def hand_in(client, cast, taulukko, toimiala=None):
    path = reverse("seuranta:vastaustaulukko-lista", args=[cast.jakso.pk])
    file = SimpleUploadedFile("vastaukset.xlsx", taulukko.data())
    answer = client.post(path, {"tiedosto": file, "toimiala": (toimiala or cast.tekniset).pk})
    assert answer.status_code == 302, answer.text
    return Tuonti.objects.order_by("pk").last()


def stored(cast, toimenpide=None):
    rows = Osavastaus.objects.filter(kirjaus__jakso=cast.jakso, kirjaus__toimenpide=toimenpide or cast.vayla)
    return [(osa.nimi, osa.toteutumisaste, osa.kommentti) for osa in rows]


def kirjaus(cast, toimenpide):
    return Kirjaus.objects.filter(jakso=cast.jakso, toimenpide=toimenpide).first()


def test_each_unit_is_a_row_and_so_is_who_answered_last_time(cast, osat, osallinen):
    assert [row for row in table(cast).shown if row[0] in (cast.vayla.nimi, cast.kerho.nimi)] == [
        (cast.vayla.nimi, "Lomitus", None, 4, "Päiviä 812."),
        (cast.vayla.nimi, "Puistot", 2, None, None),
        (cast.kerho.nimi, "Tekniset palvelut", None, None, None),
    ]


def test_what_was_filled_in_is_shown_recorded_and_undone(cast, osat, osallinen, veikko):
    taulukko = table(cast)
    taulukko.write(cast.vayla, "Lomitus", aste=5)
    taulukko.write(cast.vayla, "Puistot", aste="3", kommentti="Niitetty.")
    taulukko.add(cast.vayla, "Katuosa", aste=1)
    taulukko.write(cast.kerho, "Tekniset palvelut", kommentti="Tekniset auttoivat.")
    assert kirjaus(cast, cast.kerho) is None
    tuonti = hand_in(veikko, cast, taulukko)
    page = sivu(veikko, tuonti).text
    for told in ("Niitetty.", "Tekniset auttoivat.", "Katuosa", "tunnistettiin nimestä"):
        assert told in page
    assert stored(cast) == [("Lomitus", 4, "Päiviä 812.")]
    assert "Vastaukset on tallennettu." in tallenna(veikko, tuonti)
    assert stored(cast) == [("Lomitus", 5, "Päiviä 812."), ("Puistot", 3, "Niitetty."), ("Katuosa", 1, "")]
    assert stored(cast, cast.kerho) == [("Tekniset palvelut", None, "Tekniset auttoivat.")]
    comment = Osavastaus.objects.get(kirjaus__jakso=cast.jakso, kirjaus__toimenpide=cast.kerho)
    assert (comment.toimiala, comment.history.first().history_user) == (cast.tekniset, cast.veikko)
    assert kirjaus(cast, cast.kerho).tila == "ei_vastattu", "what is told beside it is no draft of the one that leads"
    veikko.post(address(tuonti, "kumoa"))
    assert stored(cast) == [("Lomitus", 4, "Päiviä 812.")]
    assert stored(cast, cast.kerho) == []
    assert kirjaus(cast, cast.kerho) is None


def test_a_score_of_the_row_and_its_units_come_in_one_file(cast, veikko, osallinen):
    """Where there was no kirjaus: the units make it, and the row's own answer is no conflict with theirs."""
    assert kirjaus(cast, cast.vayla) is None
    answer_last_time(cast)
    taulukko = table(cast)
    taulukko.write(cast.vayla, "Puistot", aste=4)
    whole = Taulukko(taulukko.data())
    whole.sheet = whole.book.worksheets[0]
    whole.write(cast.vayla.nimi, aste=3, kommentti="Molemmat.")
    tuonti = hand_in(veikko, cast, whole)
    assert "Vastaukset on tallennettu." in tallenna(veikko, tuonti)
    row = kirjaus(cast, cast.vayla)
    assert (row.toteutumisaste, row.kommentti, row.tila, stored(cast)) == (
        3,
        "Molemmat.",
        "lahetetty",
        [("Puistot", 4, "")],
    )
    veikko.post(address(tuonti, "kumoa"))
    assert kirjaus(cast, cast.vayla) is None


def test_an_untouched_table_changes_nothing(cast, osat, osallinen, veikko):
    before = list(Osavastaus.history.values_list("history_id"))
    tuonti = hand_in(veikko, cast, table(cast))
    assert "Kaikki on selvää" in sivu(veikko, tuonti).text
    tallenna(veikko, tuonti)
    assert list(Osavastaus.history.values_list("history_id")) == before


def test_what_another_has_written_since_is_a_conflict_and_an_untouched_cell_keeps_it(cast, osat, veikko):
    taulukko, [lomitus] = table(cast), osat
    again = Yksikkovastaus("Lomitus", 2, "Hilkan sanoin.", pk=lomitus.pk, versio=lomitus.versio)
    Osavastaus.objects.record(cast.jakso, cast.vayla, [again], by=cast.hilkka)
    taulukko.write(cast.vayla, "Lomitus", kommentti="Veikon sanoin.")
    tuonti = hand_in(veikko, cast, taulukko)
    cell = f"{LEHTI}!{taulukko.sheet.cell(2, taulukko.columns['Yksikön kommentti']).coordinate}"
    page = sivu(veikko, tuonti).text
    assert "Hilkka Hyvönen" in page
    assert f"ristiriita|{cell}" in page
    assert f"ristiriita|{cell.replace('H', 'G')}" not in page, "the score was not touched"
    paata(veikko, tuonti, **{f"ristiriita|{cell}": "molemmat"})
    tallenna(veikko, tuonti)
    assert stored(cast) == [("Lomitus", 2, "Hilkan sanoin.\nVeikon sanoin.")]


def test_a_unit_that_was_removed_since_is_told_if_something_was_written(cast, osat, veikko):
    taulukko, [lomitus] = table(cast), osat
    gone = Yksikkovastaus("Lomitus", pk=lomitus.pk, versio=lomitus.versio, poista=True)
    Osavastaus.objects.record(cast.jakso, cast.vayla, [gone], by=cast.hilkka)
    assert "Kaikki on selvää" in sivu(veikko, hand_in(veikko, cast, taulukko)).text
    taulukko.write(cast.vayla, "Lomitus", kommentti="Uutta.")
    assert "yksikkö on poistettu" in sivu(veikko, hand_in(veikko, cast, taulukko)).text


def test_a_score_on_anothers_toimenpide_and_words_on_anothers_comment_are_not_asked(
    cast, osallinen, veikko, kirjautunut
):
    taulukko, otso = table(cast), kirjautunut(cast.otso)
    taulukko.write(cast.kerho, "Tekniset palvelut", aste=5, kommentti="Auttoivat.")
    page = sivu(veikko, hand_in(veikko, cast, taulukko)).text
    assert "Tätä ei kysytä tällä rivillä" in page
    told = Yksikkovastaus("Tekniset palvelut", kommentti="Oma.", toimiala=cast.tekniset)
    Osavastaus.objects.record(cast.jakso, cast.kerho, [told], by=cast.veikko)
    leading = table(cast, cast.otso, cast.sivistys)
    leading.write(cast.kerho, "Tekniset palvelut", aste=4)
    tallenna(otso, hand_in(otso, cast, leading, cast.sivistys))
    assert stored(cast, cast.kerho) == [("Tekniset palvelut", 4, "Oma.")]
    leading.write(cast.kerho, "Tekniset palvelut", kommentti="Toisen sanoin.")
    assert "Tätä ei kysytä tällä rivillä" in sivu(otso, hand_in(otso, cast, leading, cast.sivistys)).text


def test_in_viimeistely_the_koordinaattori_rewords_and_the_owners_words_stay_beside(cast, osat, kaisa):
    Seurantajakso.objects.filter(pk=cast.jakso.pk).update(tila="viimeistelyssa")
    cast.jakso.refresh_from_db()
    taulukko = table(cast, cast.kaisa)
    taulukko.write(cast.vayla, "Lomitus", kommentti="Lomituspäiviä 812.")
    tallenna(kaisa, hand_in(kaisa, cast, taulukko))
    osa = Osavastaus.objects.get(kirjaus__jakso=cast.jakso, nimi="Lomitus")
    assert (osa.kommentti, osa.kirjaajan_tekstit) == ("Lomituspäiviä 812.", {"kommentti": "Päiviä 812."})


@pytest.mark.parametrize("kind", ["y", "k"])
def test_ids_of_others_are_unknown_rows(cast, osat, osallinen, veikko, kind):
    """Of another toimiala's toimenpide, and of another kunta's."""
    for toimenpide in (cast.toimenpiteet[3] if kind == "k" else cast.kerho, cast.naapuri.toimenpide):
        taulukko = table(cast)
        taulukko.sheet.cell(2, 1).value = f"{cast.jakso.pk}-{toimenpide.pk}-0-0-00000000{kind}"
        taulukko.sheet.cell(2, taulukko.columns["Yksikön kommentti"]).value = "Vieraalle."
        tuonti = hand_in(veikko, cast, taulukko)
        assert "Rivin toimenpide ei ole tämän toimialan" in sivu(veikko, tuonti).text
        assert "Vastaukset on tallennettu." not in tallenna(veikko, tuonti)
        assert not Osavastaus.objects.filter(kommentti="Vieraalle.").exists()


def test_a_toimiala_that_only_takes_part_has_a_table_too(cast, osallinen, veikko, kaisa):
    cast.jakso.toimenpiteet().filter(toimiala=cast.tekniset).update(toimiala=cast.sivistys)
    assert str(cast.tekniset) in veikko.get(reverse("seuranta:vastaustaulukko-lista", args=[cast.jakso.pk])).text
    taulukko = table(cast, cast.kaisa)
    taulukko.write(cast.kerho, "Tekniset palvelut", kommentti="Postissa tullut.")
    tallenna(kaisa, hand_in(kaisa, cast, taulukko))
    assert stored(cast, cast.kerho) == [("Tekniset palvelut", None, "Postissa tullut.")]


def test_a_row_below_the_last_without_a_name_and_one_of_no_toimenpide_wait(cast, osat, veikko):
    taulukko = table(cast)
    taulukko.add(cast.vayla, None, aste=3)
    taulukko.add(cast.kerho, "Katuosa", aste=3)
    page = sivu(veikko, hand_in(veikko, cast, taulukko)).text
    assert "yksikön nimi puuttuu" in page
    assert "ei ole tämän nimistä toimenpidettä" in page


def test_a_faulty_score_waits_and_a_reason_is_no_score_of_a_unit(cast, osat, veikko):
    taulukko = table(cast)
    taulukko.write(cast.vayla, "Lomitus", aste="4,5")
    taulukko.write(cast.vayla, "Puistot", aste="luovuttu")
    tuonti = hand_in(veikko, cast, taulukko)
    page = sivu(veikko, tuonti).text
    assert "ei ole kokonaisluku" in page
    assert "Toteutumisaste ”luovuttu” ei ole numero" in page
    tallenna(veikko, tuonti)
    assert stored(cast) == [("Lomitus", 4, "Päiviä 812.")]


def test_sent_rows_wait_anew_and_come_back_when_it_is_undone(cast, osat, veikko):
    row = kirjaus(cast, cast.vayla)
    Kirjaus.objects.record(cast.jakso, {cast.vayla: Vastaus(row.versio, 4, "", "Valmis.", laheta=True)}, by=cast.veikko)
    Kirjaus.objects.approve(cast.jakso, {row.pk: kirjaus(cast, cast.vayla).versio}, by=cast.hilkka)
    taulukko = table(cast)
    taulukko.write(cast.vayla, "Lomitus", aste=5)
    tuonti = hand_in(veikko, cast, taulukko)
    tallenna(veikko, tuonti)
    assert kirjaus(cast, cast.vayla).tila == "lahetetty"
    veikko.post(address(tuonti, "kumoa"))
    assert (kirjaus(cast, cast.vayla).tila, stored(cast)) == ("hyvaksytty", [("Lomitus", 4, "Päiviä 812.")])


def test_rows_that_were_mixed_up_are_not_read(cast, osat, veikko):
    taulukko = table(cast)
    ids = [taulukko.sheet.cell(row, 1).value for row in (2, 3)]
    taulukko.sheet.cell(2, 1).value, taulukko.sheet.cell(3, 1).value = reversed(ids)
    taulukko.write(cast.vayla, "Puistot", kommentti="Puistojen.")
    page = sivu(veikko, hand_in(veikko, cast, taulukko)).text
    assert "Rivit ovat menneet sekaisin" in page


def test_no_more_units_than_a_row_holds(cast, osat, veikko, monkeypatch):
    monkeypatch.setattr("seuranta.vastaustaulukko.yksikkoplan.OSIA_ENINTAAN", 2)
    taulukko = table(cast)
    for nimi in ("Katuosa", "Vesiosa"):
        taulukko.add(cast.vayla, nimi, aste=3)
    page = sivu(veikko, hand_in(veikko, cast, taulukko)).text
    assert page.count("voi olla enintään 2 yksikköä") >= 1


def test_a_toimiala_without_units_has_no_sheet_of_them(cast):
    book = Taulukko(answer_table_bytes(cast.jakso, cast.sivistys, cast.kaisa)).book
    assert LEHTI not in book.sheetnames


def test_a_sheet_of_toimenpiteet_whose_words_are_those_of_another_sheet_is_still_theirs(cast, veikko):
    """The kunta calls its toimenpide a mittari and has a column Arvo of its own."""
    cast.strategia.sanasto = {"toimenpide": "Mittari"}
    cast.strategia.sarakkeet = [{"otsikko": "Arvo", "rooli": "oma.kirjaus", "kysytaan": True}]
    cast.strategia.save()
    taulukko = Taulukko(answer_table_bytes(cast.jakso, cast.tekniset, cast.veikko))
    row = next(r for r in range(2, 9) if taulukko.sheet.cell(r, taulukko.columns["Mittari"]).value == cast.vayla.nimi)
    taulukko.sheet.cell(row, taulukko.columns["Toteutumisaste"]).value = 4
    taulukko.sheet.cell(row, taulukko.columns["Arvo"]).value = "12 kpl"
    tallenna(veikko, hand_in(veikko, cast, taulukko))
    row = kirjaus(cast, cast.vayla)
    assert (row.toteutumisaste, row.omat) == (4, {"Arvo": "12 kpl"})


@pytest.mark.parametrize("count", [1, 40])
def test_the_table_and_its_preview_ask_as_few_queries_for_forty_units_as_for_one(
    count, cast, osat, osallinen, veikko, django_assert_num_queries
):
    units = [Yksikkovastaus(f"Yksikkö {n}", 3) for n in range(count)]
    Osavastaus.objects.record(cast.jakso, cast.vayla, units, by=cast.veikko, in_order=False)
    with django_assert_num_queries(10):
        taulukko = table(cast)
    for n in range(count):
        taulukko.write(cast.vayla, f"Yksikkö {n}", aste=4)
    tuonti = hand_in(veikko, cast, taulukko)
    sivu(veikko, tuonti)  # the file is read once
    with django_assert_num_queries(14):
        assert sivu(veikko, tuonti).text.count("Yksikkö ") >= count
