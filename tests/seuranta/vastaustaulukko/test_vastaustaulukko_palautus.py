"""What a spreadsheet does to a vastaustaulukko: sorted, put in, taken out, damaged, saved by another program."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from seuranta.models import Kirjaus, Vastaus
from tests.ohjelmat.toimisto import convert
from tests.silmin import tiivis

from .taulukko import PITKA, kirjaus, paata, sivu, tallenna

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


def test_a_foreign_row_and_a_damaged_id_are_errors_with_their_cells(cast, kaisa, veikko, lataa, palauta):
    taulukko, toinen = lataa(kaisa), lataa(kaisa, cast.sivistys)
    naapurin = f"{cast.jakso.pk}-{cast.naapuri.toimenpide.pk}-0-00000000r"
    taulukko.write(cast.vayla.nimi, tunniste=toinen.cell(cast.kerho.nimi, "Rivin tunniste").value, aste=1)
    taulukko.write(cast.toimenpiteet[1].nimi, tunniste=naapurin, aste=1)
    taulukko.write(cast.toimenpiteet[4].nimi, tunniste="rikki", aste=1)
    taulukko.cell(cast.toimenpiteet[4].nimi, "Toimenpide").value = "Aivan muu nimi"
    tuonti = palauta(veikko, taulukko)
    told = {issue.cell: issue.code for issue in sivu(veikko, tuonti).context["plan"].errors}
    assert told == {
        "Tekniset palvelut!A2": "other_toimiala",
        "Tekniset palvelut!A3": "broken_id",
        "Tekniset palvelut!A4": "unknown_id",
    }
    page = tiivis(sivu(veikko, tuonti).text)
    assert cast.naapuri.toimenpide.nimi not in page
    assert page.count("Jätä tämä rivi pois") == 3
    assert '<span class="cell">A2</span>' in page  # of one sheet: its guide is no reason to name it every time
    assert "jää pois" not in sivu(veikko, tuonti, nayta="kaikki").text
    for cell in told:
        paata(veikko, tuonti, **{f"ohita|{cell}": "1"})
    page = sivu(veikko, tuonti, nayta="kaikki").text
    assert (page.count('<span class="tag">jää pois</span>'), "tag ratkaistava" in page) == (3, False)
    assert "uutta riviä" not in tallenna(veikko, tuonti)
    assert not Kirjaus.objects.filter(jakso=cast.jakso).exists()


@pytest.mark.parametrize("toinen", [None, "rikki"])
def test_a_row_with_a_wrong_id_is_read_by_its_name_when_a_person_says_so(toinen, cast, veikko, lataa, palauta):
    taulukko = lataa(veikko)
    other = taulukko.cell(cast.toimenpiteet[1].nimi, "Rivin tunniste").value
    taulukko.write(cast.vayla.nimi, tunniste=toinen or other, aste=4, kommentti="Valmistuu.")
    tuonti = palauta(veikko, taulukko)
    page = sivu(veikko, tuonti).text
    assert ("Nimen perusteella rivi on ”Väylä" if toinen else "Rivit ovat menneet sekaisin") in page
    assert "Lue rivi nimen perusteella" in page
    assert not Kirjaus.objects.filter(jakso=cast.jakso).exists()
    paata(veikko, tuonti, **{"nimella|Tekniset palvelut!A2": "1"})
    assert "tunnistettiin nimestä" in sivu(veikko, tuonti, nayta="tulkinnat").text
    assert "Vastaukset on tallennettu." in tallenna(veikko, tuonti)
    assert (kirjaus(cast, cast.vayla).toteutumisaste, kirjaus(cast, cast.vayla).kommentti) == (4, "Valmistuu.")


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
    page = sivu(veikko, tuonti).text
    first = taulukko.cell(cast.vayla.nimi, "Toimenpide").coordinate
    assert f"Jos jätät tämän rivin pois, solun {first} rivi tallentuu." in page
    assert "Jätä tämä rivi pois" in page
    assert "Oikea arvo" not in page, "nimen muuttaminen ei tee rivistä toista toimenpidettä"
    copied = taulukko.sheet.cell(taulukko.sheet.max_row, taulukko.columns["Toimenpide"]).coordinate
    paata(veikko, tuonti, **{f"ohita|{taulukko.sheet.title}!{copied}": "1"})
    tallenna(veikko, tuonti)
    assert kirjaus(cast, cast.vayla).toteutumisaste == 4


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
    page = veikko.post(reverse("seuranta:vastaustaulukko-kumoa", args=[tuonti.jakso_id, tuonti.pk]), follow=True).text
    assert "Tuonti on kumottu." in page
    now = Kirjaus.objects.get(jakso=cast.jakso)
    assert (now.toimenpide, now.toteutumisaste, now.kommentti, now.tila) == (cast.vayla, 2, "Ennen.", "luonnos")


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


def test_a_comment_alone_is_sent_where_the_plan_is_followed_in_words(cast, veikko, lataa, palauta):
    type(cast.strategia).objects.filter(pk=cast.strategia.pk).update(esitys="ei")
    taulukko = lataa(veikko)
    taulukko.write(cast.vayla.nimi, kommentti="Työ etenee sovitusti.")
    tallenna(veikko, palauta(veikko, taulukko))
    sent = kirjaus(cast, cast.vayla)
    assert (sent.tila, sent.toteutumisaste, sent.kommentti) == ("lahetetty", None, "Työ etenee sovitusti.")
