"""Answering in a table: fetched or mailed, filled in, sorted, saved by another program, handed in, looked at, saved."""

import io

import openpyxl
import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from seuranta.models import Kirjaus, Tuonti, Vastaus
from strategia.models import Vastuuhenkilo
from tests.raportit.toimisto import convert

PITKA = "Työ etenee – & valmistuu: ä ö å. " * 31


@pytest.fixture
def veikko(cast, kirjautunut):
    return kirjautunut(cast.veikko)


@pytest.fixture
def kaisa(cast, kirjautunut):
    return kirjautunut(cast.kaisa)


class Taulukko:
    """A downloaded table: its cells by heading and toimenpide, and its bytes when it has been filled in."""

    def __init__(self, data):
        self.book = openpyxl.load_workbook(io.BytesIO(data))
        self.sheet = self.book.active

    @property
    def columns(self):
        return {cell.value: cell.column for cell in self.sheet[1]}

    def row(self, nimi):
        column = self.columns["Toimenpide"]
        return next(r for r in range(2, self.sheet.max_row + 1) if self.sheet.cell(r, column).value == nimi)

    def cell(self, nimi, heading):
        return self.sheet.cell(self.row(nimi), self.columns[heading])

    def write(self, nimi, **values):
        headings = {"aste": "Toteutumisaste", "syy": "Ei arvioida (syy)", "kommentti": "Kommentti"}
        headings |= {"huomio": "Sisäinen huomio", "tunniste": "Rivin tunniste"}
        for name, value in values.items():
            self.cell(nimi, headings[name]).value = value

    def data(self):
        target = io.BytesIO()
        self.book.save(target)
        return target.getvalue()


@pytest.fixture
def lataa(cast):
    def fetch(client, toimiala=None, jakso=None):
        args = [(jakso or cast.jakso).pk, (toimiala or cast.tekniset).pk]
        answer = client.get(reverse("seuranta:vastaustaulukko-lataa", args=args))
        assert answer.status_code == 200, answer.status_code
        return Taulukko(answer.content)

    return fetch


@pytest.fixture
def palauta(cast):
    """`palauta(client, data)`: hand the table in; returns the Tuonti that waits in the preview."""

    def send(client, data, name="vastaukset.xlsx", toimiala=None):
        lista = reverse("seuranta:vastaustaulukko-lista", args=[cast.jakso.pk])
        content = data if isinstance(data, bytes) else data.data()
        toimiala = (toimiala or cast.tekniset).pk
        answer = client.post(lista, {"toimiala": toimiala, "tiedosto": SimpleUploadedFile(name, content)})
        assert answer.status_code == 302, answer.text
        return Tuonti.objects.first()

    return send


def sivu(client, tuonti, **query):
    return client.get(reverse("seuranta:tuonti-detail", args=[tuonti.pk]), query)


def paata(client, tuonti, **decisions):
    client.post(reverse("seuranta:tuonti-paata", args=[tuonti.pk]), decisions)


def tallenna(client, tuonti):
    """Press the save button that the page shows; returns the next page."""
    page = sivu(client, tuonti).text
    mark = page.partition('name="sormenjalki" value="')[2].partition('"')[0]
    return client.post(reverse("seuranta:tuonti-tallenna", args=[tuonti.pk]), {"sormenjalki": mark}, follow=True).text


def kirjaus(cast, toimenpide):
    return Kirjaus.objects.get(jakso=cast.jakso, toimenpide=toimenpide)


# --- the whole way


def test_what_veikko_writes_in_the_table_is_saved_as_his_answers(cast, veikko, lataa, palauta):
    taulukko = lataa(veikko)
    taulukko.write(cast.vayla.nimi, aste=4, kommentti=PITKA, huomio="Kysy Hilkalta.")
    tuonti = palauta(veikko, taulukko)
    page = sivu(veikko, tuonti, nayta="kaikki").text
    assert "Kaikki on selvää: voit tallentaa." in page
    assert "Tallenna 1 rivi" in page
    assert not Kirjaus.objects.filter(jakso=cast.jakso).exists()
    assert "Tuonti on tallennettu." in tallenna(veikko, tuonti)
    saved = kirjaus(cast, cast.vayla)
    assert (saved.toteutumisaste, saved.kommentti, saved.sisainen_huomio) == (4, PITKA.strip(), "Kysy Hilkalta.")
    assert (saved.tila, saved.versio, saved.tuonti) == (Kirjaus.Tila.LAHETETTY, 1, tuonti)
    assert saved.history.get().history_user == cast.veikko
    assert Kirjaus.objects.filter(jakso=cast.jakso).count() == 1


# --- who may not


def test_a_table_is_for_those_who_record_in_its_toimiala(cast, kirjautunut, lataa, palauta, veikko):
    lista = reverse("seuranta:vastaustaulukko-lista", args=[cast.jakso.pk])
    tekniset = reverse("seuranta:vastaustaulukko-lataa", args=[cast.jakso.pk, cast.tekniset.pk])
    tuonti = palauta(veikko, lataa(veikko))
    statuses = {
        who: tuple(kirjautunut(getattr(cast, who)).get(path).status_code for path in (lista, tekniset))
        for who in ("liisa", "tarmo", "otso", "hilkka", "kaisa", "aino", "ulla")
    }
    assert statuses == {
        "liisa": (404, 404), "tarmo": (403, 403), "otso": (200, 403), "ulla": (404, 404), "hilkka": (200, 200),
        "kaisa": (200, 200), "aino": (200, 200),
    }  # fmt: skip
    for who, status in {"otso": 403, "hilkka": 403, "tarmo": 403, "ulla": 404, "kaisa": 200}.items():
        assert sivu(kirjautunut(getattr(cast, who)), tuonti).status_code == status, who
    for name in ("paata", "tallenna", "hylkaa", "kumoa"):
        path = reverse(f"seuranta:tuonti-{name}", args=[tuonti.pk])
        assert kirjautunut(cast.otso).post(path).status_code == 403, name


def test_otso_cannot_hand_in_the_answers_of_another_toimiala(cast, kirjautunut, kaisa, lataa):
    lista = reverse("seuranta:vastaustaulukko-lista", args=[cast.jakso.pk])
    data = {"tiedosto": SimpleUploadedFile("x.xlsx", lataa(kaisa).data()), "toimiala": cast.tekniset.pk}
    answer = kirjautunut(cast.otso).post(lista, data)  # the only toimiala of Otso stands, whatever was posted
    assert answer.status_code == 302
    tuonti = Tuonti.objects.get()
    assert tuonti.toimiala == cast.sivistys
    page = sivu(kirjautunut(cast.otso), tuonti).text
    assert "Rivin toimenpide ei ole toimialan ”Sivistyspalvelut”" in page
    assert not Kirjaus.objects.filter(jakso=cast.jakso).exists()


def test_a_closed_jakso_gives_no_table_and_takes_none(cast, kaisa, veikko, lataa, palauta):
    taulukko = lataa(veikko)
    taulukko.write(cast.vayla.nimi, aste=4)
    tuonti = palauta(veikko, taulukko)
    cast.jakso.finish(by=cast.kaisa)
    lista = reverse("seuranta:vastaustaulukko-lista", args=[cast.jakso.pk])
    assert veikko.get(lista).status_code == 404
    assert kaisa.get(lista).status_code == 200  # in viimeistely the koordinaattori still writes
    assert "Jakso ”Osavuosikatsaus II 2026” ei ota enää vastaan vastauksia." in sivu(veikko, tuonti).text
    assert "Mitään ei tallennettu" in tallenna(veikko, tuonti)
    assert not Kirjaus.objects.filter(jakso=cast.jakso).exists()


# --- what stands in the table


def test_the_table_shows_the_own_rows_with_the_last_period_beside(cast, veikko, lataa):
    taulukko = lataa(veikko)
    names = [taulukko.sheet.cell(r, taulukko.columns["Toimenpide"]).value for r in range(2, 5)]
    assert names == [cast.toimenpiteet[i].nimi for i in (0, 1, 4)]
    assert taulukko.sheet.max_row == 4
    nimi = cast.vayla.nimi
    assert taulukko.cell(nimi, "Edellinen arvio").value == 2
    assert taulukko.cell(nimi, "Edellinen kommentti").value == "Suunnitelma valmis – kilpailu syksyllä."
    assert taulukko.sheet.column_dimensions["A"].hidden
    assert not taulukko.sheet.protection.sheet  # a protected sheet cannot be sorted
    lists = {str(v.sqref): v.formula1 for v in taulukko.sheet.data_validations.dataValidation if v.type == "list"}
    assert sorted(lists.values()) == ['"1,2,3,4,5"', '"ei arvioida tällä jaksolla,alkaa myöhemmin,luovuttu"']
    assert taulukko.sheet.print_title_rows == "$1:$1"
    assert taulukko.sheet.page_setup.orientation == "landscape"


def test_what_is_given_to_another_person_is_not_in_veikkos_table(cast, veikko, kaisa, lataa):
    Vastuuhenkilo.objects.create(kunta=cast.kunta, toimenpide=cast.vayla, kayttaja=cast.hilkka)
    assert lataa(veikko).sheet.max_row == 3
    assert lataa(kaisa).sheet.max_row == 4


@pytest.mark.parametrize(
    "text", ["=1+1", "+358 40 123", "- ensin tämä", "@summa", '=HYPERLINK("x")', "'=lainaus", "#REF!"]
)
def test_text_that_looks_like_a_formula_is_text_both_ways(text, cast, veikko, lataa, palauta):
    Kirjaus.objects.record(cast.jakso, {cast.vayla: Vastaus(0, 3, kommentti=text)}, by=cast.veikko)
    taulukko = lataa(veikko)
    assert taulukko.cell(cast.vayla.nimi, "Kommentti").data_type == "s"
    assert taulukko.cell(cast.vayla.nimi, "Kommentti").value == text
    taulukko.write(cast.vayla.nimi, aste=4)
    tallenna(veikko, palauta(veikko, taulukko))
    assert (kirjaus(cast, cast.vayla).toteutumisaste, kirjaus(cast, cast.vayla).kommentti) == (4, text)


# --- two people at once


def test_a_newer_value_of_another_is_a_conflict_with_both_texts(cast, veikko, lataa, palauta):
    taulukko = lataa(veikko)
    taulukko.write(cast.vayla.nimi, kommentti="Veikon teksti.")
    Kirjaus.objects.record(cast.jakso, {cast.vayla: Vastaus(0, 3, kommentti="Hilkan teksti.")}, by=cast.hilkka)
    tuonti = palauta(veikko, taulukko)
    page = sivu(veikko, tuonti).text
    assert "Yksi solu odottaa päätöstäsi." in page
    for told in ("Hilkan teksti.", "Veikon teksti.", "Hilkka Hyvönen"):
        assert told in page
    assert "Mitään ei tallennettu" in tallenna(veikko, tuonti)
    assert kirjaus(cast, cast.vayla).kommentti == "Hilkan teksti."
    solu = f"Tekniset palvelut!{taulukko.cell(cast.vayla.nimi, 'Kommentti').coordinate}"
    paata(veikko, tuonti, **{f"ristiriita|{solu}": "molemmat"})
    tallenna(veikko, tuonti)
    assert kirjaus(cast, cast.vayla).kommentti == "Hilkan teksti.\nVeikon teksti."
    assert kirjaus(cast, cast.vayla).toteutumisaste == 3


def test_a_cell_that_nobody_touched_does_not_bring_the_old_value_back(cast, veikko, lataa, palauta):
    Kirjaus.objects.record(cast.jakso, {cast.vayla: Vastaus(0, 2, kommentti="Vanha.")}, by=cast.veikko)
    taulukko = lataa(veikko)
    taulukko.write(cast.vayla.nimi, huomio="Taulukossa lisätty.")
    Kirjaus.objects.record(cast.jakso, {cast.vayla: Vastaus(1, 5, kommentti="Uusi.")}, by=cast.hilkka)
    tallenna(veikko, palauta(veikko, taulukko))
    now = kirjaus(cast, cast.vayla)
    assert (now.toteutumisaste, now.kommentti, now.sisainen_huomio) == (5, "Uusi.", "Taulukossa lisätty.")


def test_an_empty_cell_never_erases(cast, veikko, lataa, palauta):
    Kirjaus.objects.record(cast.jakso, {cast.vayla: Vastaus(0, 2, kommentti="Jää.")}, by=cast.veikko)
    taulukko = lataa(veikko)
    taulukko.write(cast.vayla.nimi, aste=None, kommentti=None)
    tuonti = palauta(veikko, taulukko)
    assert sivu(veikko, tuonti).context["plan"].counts == {"new": 0, "changed": 0, "same": 3, "errors": 0}
    tallenna(veikko, tuonti)
    assert (kirjaus(cast, cast.vayla).toteutumisaste, kirjaus(cast, cast.vayla).kommentti) == (2, "Jää.")


def test_a_save_between_the_preview_and_the_button_writes_nothing(cast, veikko, lataa, palauta):
    taulukko = lataa(veikko)
    taulukko.write(cast.vayla.nimi, aste=4)
    tuonti = palauta(veikko, taulukko)
    mark = sivu(veikko, tuonti).text.partition('name="sormenjalki" value="')[2].partition('"')[0]
    Kirjaus.objects.record(cast.jakso, {cast.vayla: Vastaus(0, 1)}, by=cast.hilkka)
    path = reverse("seuranta:tuonti-tallenna", args=[tuonti.pk])
    page = veikko.post(path, {"sormenjalki": mark}, follow=True).text
    assert "Mitään ei tallennettu" in page
    assert kirjaus(cast, cast.vayla).toteutumisaste == 1


# --- what a spreadsheet does to a table


def test_rows_sorted_put_in_taken_out_and_a_renamed_sheet_still_find_their_own(cast, veikko, lataa, palauta):
    taulukko = lataa(veikko)
    vayla, valot, tilat = (cast.toimenpiteet[i] for i in (0, 1, 4))
    taulukko.write(vayla.nimi, aste=5, kommentti="Väylä.")
    taulukko.write(tilat.nimi, syy="luovuttu")
    rows = [[cell.value for cell in row] for row in taulukko.sheet.iter_rows(min_row=2)]
    taulukko.sheet.delete_rows(2, 3)
    taulukko.sheet.append([])
    for row in (rows[2], [None] * 5, rows[0]):  # turned round, an empty row put in, the second taken out
        taulukko.sheet.append(row)
    taulukko.sheet.insert_rows(1)
    taulukko.sheet["B1"] = "Tekniset, täytetty 3.9."
    taulukko.sheet.title = "Kopio (2)"
    tuonti = palauta(veikko, taulukko)
    plan = sivu(veikko, tuonti).context["plan"]
    assert (plan.counts["changed"], [p.nimi for p in plan.missing]) == (2, [valot.nimi])
    tallenna(veikko, tuonti)
    assert (kirjaus(cast, vayla).toteutumisaste, kirjaus(cast, vayla).kommentti) == (5, "Väylä.")
    assert (kirjaus(cast, tilat).syy, kirjaus(cast, tilat).tila) == ("luovuttu", "lahetetty")
    assert not Kirjaus.objects.filter(jakso=cast.jakso, toimenpide=valot).exists()


def test_without_the_hidden_column_a_row_is_known_by_its_name(cast, veikko, lataa, palauta):
    taulukko = lataa(veikko)
    taulukko.write(cast.vayla.nimi, aste=4)
    taulukko.sheet.delete_cols(1)
    tuonti = palauta(veikko, taulukko)
    assert "tunnistettiin nimestä" in sivu(veikko, tuonti, nayta="tulkinnat").text
    tallenna(veikko, tuonti)
    assert kirjaus(cast, cast.vayla).toteutumisaste == 4


def test_a_foreign_row_and_an_unknown_id_are_errors_with_their_cells(cast, kaisa, veikko, lataa, palauta):
    taulukko, toinen = lataa(kaisa), lataa(kaisa, cast.sivistys)
    naapurin = f"{cast.jakso.pk}-{cast.naapuri.toimenpide.pk}-0-00000000r"
    taulukko.write(cast.vayla.nimi, tunniste=toinen.cell(cast.kerho.nimi, "Rivin tunniste").value, aste=1)
    taulukko.write(cast.toimenpiteet[1].nimi, tunniste=naapurin, aste=1)
    taulukko.write(cast.toimenpiteet[4].nimi, tunniste="rikki", aste=1)
    tuonti = palauta(veikko, taulukko)
    told = {issue.cell: issue.code for issue in sivu(veikko, tuonti).context["plan"].errors}
    assert told == {
        "Tekniset palvelut!A2": "other_toimiala",
        "Tekniset palvelut!A3": "unknown_id",
        "Tekniset palvelut!A4": "unknown_id",
    }
    assert cast.naapuri.toimenpide.nimi not in sivu(veikko, tuonti).text
    for cell in told:
        paata(veikko, tuonti, **{f"ohita|{cell}": "1"})
    tallenna(veikko, tuonti)
    assert not Kirjaus.objects.filter(jakso=cast.jakso).exists()


def test_ids_left_behind_by_sorting_one_column_are_noticed(cast, veikko, lataa, palauta):
    taulukko = lataa(veikko)
    first, second = cast.vayla.nimi, cast.toimenpiteet[1].nimi
    a, b = taulukko.cell(first, "Rivin tunniste"), taulukko.cell(second, "Rivin tunniste")
    a.value, b.value = b.value, a.value
    taulukko.write(first, aste=4)
    plan = sivu(veikko, palauta(veikko, taulukko)).context["plan"]
    assert {issue.code for issue in plan.errors} == {"mixed_row"}


def test_a_copied_row_that_says_another_thing_waits_for_a_person(cast, veikko, lataa, palauta):
    taulukko = lataa(veikko)
    taulukko.write(cast.vayla.nimi, aste=4)
    copy = [cell.value for cell in taulukko.sheet[2]]
    taulukko.sheet.append(copy)
    assert not sivu(veikko, palauta(veikko, taulukko)).context["plan"].errors
    taulukko.sheet.cell(taulukko.sheet.max_row, taulukko.columns["Toteutumisaste"]).value = 2
    tuonti = palauta(veikko, taulukko)
    assert "Sama toimenpide on jo solussa" in sivu(veikko, tuonti).text


def test_a_new_row_adds_no_toimenpide(cast, veikko, lataa, palauta):
    taulukko = lataa(veikko)
    row = taulukko.sheet.max_row + 1
    taulukko.sheet.cell(row, taulukko.columns["Toimenpide"]).value = "Aivan uusi asia"
    taulukko.sheet.cell(row, taulukko.columns["Toteutumisaste"]).value = 3
    tuonti = palauta(veikko, taulukko)
    assert "Taulukolla ei voi lisätä toimenpiteitä" in sivu(veikko, tuonti).text


def test_a_faulty_score_is_an_error_and_may_be_typed_over(cast, veikko, lataa, palauta):
    taulukko = lataa(veikko)
    taulukko.write(cast.vayla.nimi, aste="4/5", kommentti="Melkein.")
    tuonti = palauta(veikko, taulukko)
    solu = f"Tekniset palvelut!{taulukko.cell(cast.vayla.nimi, 'Toteutumisaste').coordinate}"
    assert solu in sivu(veikko, tuonti).text
    paata(veikko, tuonti, **{f"solu|{solu}": "4"})
    tallenna(veikko, tuonti)
    assert kirjaus(cast, cast.vayla).toteutumisaste == 4


def test_a_table_of_another_jakso_or_no_table_at_all_is_refused(cast, veikko, lataa, palauta):
    taulukko = lataa(veikko)
    for nimi in (cast.toimenpiteet[i].nimi for i in (0, 1, 4)):
        old = taulukko.cell(nimi, "Rivin tunniste").value
        taulukko.write(nimi, tunniste=old.replace(f"{cast.jakso.pk}-", f"{cast.edellinen.pk}-", 1))
    assert "Taulukko on tehty toista jaksoa varten." in sivu(veikko, palauta(veikko, taulukko)).text
    lista = reverse("seuranta:vastaustaulukko-lista", args=[cast.jakso.pk])
    strange = SimpleUploadedFile("muu.csv", b"Nimi;Luku\r\nx;1\r\n")
    answer = veikko.post(lista, {"tiedosto": strange})
    assert answer.status_code == 422
    assert "Tiedosto ei ole vastaustaulukko" in answer.text


def test_an_answer_table_can_be_undone(cast, veikko, lataa, palauta):
    Kirjaus.objects.record(cast.jakso, {cast.vayla: Vastaus(0, 2, kommentti="Ennen.")}, by=cast.veikko)
    taulukko = lataa(veikko)
    taulukko.write(cast.vayla.nimi, aste=5)
    taulukko.write(cast.toimenpiteet[1].nimi, aste=1)
    tuonti = palauta(veikko, taulukko)
    tallenna(veikko, tuonti)
    page = veikko.post(reverse("seuranta:tuonti-kumoa", args=[tuonti.pk]), follow=True).text
    assert "Tuonti on kumottu." in page
    now = Kirjaus.objects.get(jakso=cast.jakso)
    assert (now.toimenpide, now.toteutumisaste, now.kommentti, now.tila) == (cast.vayla, 2, "Ennen.", "luonnos")


# --- by mail


def test_kaisa_mails_the_table_to_a_person_of_the_toimiala(cast, kaisa, veikko):
    path = reverse("seuranta:vastaustaulukko-laheta", args=[cast.jakso.pk, cast.tekniset.pk])
    assert veikko.post(path, {"kayttaja": cast.hilkka.pk}).status_code == 403
    for stranger in (cast.otso, cast.liisa, cast.ulla):
        assert "Taulukkoa ei lähetetty." in kaisa.post(path, {"kayttaja": stranger.pk}, follow=True).text
    assert not mail.outbox
    page = kaisa.post(path, {"kayttaja": cast.veikko.pk}, follow=True).text
    assert "Taulukko on lähetetty: Veikko Väänänen." in page
    (message,) = mail.outbox
    assert message.to == [cast.veikko.email]
    assert message.subject == "Osavuosikatsaus II 2026: Tekniset palvelut"
    name, content, kind = message.attachments[0]
    assert name == "vastaustaulukko-tekniset-palvelut-osavuosikatsaus-ii-2026.xlsx"
    assert Taulukko(content).sheet.max_row == 4


# --- saved by another program


@pytest.mark.parametrize("muoto", ["xlsx", "ods"])
def test_a_table_saved_by_libreoffice_still_finds_its_rows(muoto, cast, veikko, lataa, palauta, tmp_path):
    Kirjaus.objects.record(cast.jakso, {cast.vayla: Vastaus(0, 2, kommentti="=1+1\n- toinen rivi")}, by=cast.veikko)
    taulukko = lataa(veikko)
    taulukko.write(cast.vayla.nimi, aste=5)
    taulukko.write(cast.toimenpiteet[1].nimi, syy="alkaa myöhemmin", kommentti=PITKA)
    (tmp_path / "vastaukset.xlsx").write_bytes(taulukko.data())
    saved = convert(tmp_path / "vastaukset.xlsx", muoto)
    tuonti = palauta(veikko, saved.read_bytes(), name=saved.name)
    plan = sivu(veikko, tuonti).context["plan"]
    assert (plan.errors, plan.counts["changed"]) == ((), 2)
    tallenna(veikko, tuonti)
    first, second = kirjaus(cast, cast.vayla), kirjaus(cast, cast.toimenpiteet[1])
    assert (first.toteutumisaste, first.kommentti) == (5, "=1+1\n- toinen rivi")
    assert (second.syy, second.kommentti) == ("alkaa_myohemmin", PITKA.strip())
