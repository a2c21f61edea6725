"""Answering in a table: fetched or mailed, filled in, handed in, looked at, saved."""

import io
import zipfile

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from seuranta.models import KOMMENTIN_PITUUS, Kirjaus, Tuonti, Vastaus
from seuranta.vastaustaulukko.rows import read
from strategia.models import Vastuuhenkilo
from tests.seuranta.taulukko.taulukot import text

from .taulukko import PITKA, Taulukko, kirjaus, paata, sivu, tallenna

# --- the whole way


def test_what_veikko_writes_in_the_table_is_saved_as_his_answers(cast, veikko, lataa, palauta):
    taulukko = lataa(veikko)
    taulukko.write(cast.vayla.nimi, aste=4, kommentti=PITKA, huomio="Kysy Hilkalta.")
    tuonti = palauta(veikko, taulukko)
    page = sivu(veikko, tuonti, nayta="kaikki").text
    assert "Kaikki on selvää: voit tallentaa." in page
    assert "Tallenna 1 rivi" in page
    assert not Kirjaus.objects.filter(jakso=cast.jakso).exists()
    assert "Vastaukset on tallennettu." in tallenna(veikko, tuonti)
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
        path = reverse(f"seuranta:vastaustaulukko-{name}", args=[tuonti.jakso_id, tuonti.pk])
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
    assert all(v.showErrorMessage and v.showInputMessage for v in taulukko.sheet.data_validations.dataValidation)
    assert taulukko.sheet.print_title_rows == "$1:$1"
    assert taulukko.sheet.page_setup.orientation == "landscape"
    assert str(taulukko.sheet.page_setup.paperSize) == taulukko.sheet.PAPERSIZE_A4


def test_a_row_has_room_for_its_text_and_grows_with_what_is_typed(cast, veikko, lataa):
    Kirjaus.objects.record(cast.jakso, {cast.vayla: Vastaus(0, 2, kommentti=PITKA)}, by=cast.veikko)
    taulukko = lataa(veikko)
    rows = (taulukko.row(cast.toimenpiteet[i].nimi) for i in (0, 1))
    long, short = (taulukko.sheet.row_dimensions[row].height for row in rows)
    assert long > 15 * len(PITKA) / 44 > short
    book = zipfile.ZipFile(io.BytesIO(veikko.get(_path(cast)).content))
    assert b"customHeight" not in book.read("xl/worksheets/sheet1.xml")  # a fixed height would hide what is typed


def _path(cast):
    return reverse("seuranta:vastaustaulukko-lataa", args=[cast.jakso.pk, cast.tekniset.pk])


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


def test_a_text_longer_than_its_field_is_told_at_its_cell():
    headings = {"Toimenpide": "toimenpide", "Kommentti": "kommentti", "Sisäinen huomio": "sisainen_huomio"}
    full, more = "k" * KOMMENTIN_PITUUS, "k" * (KOMMENTIN_PITUUS + 1)
    luettu = read(text(list(headings), ["Teko", full, more], ["Toinen", more, full]), "v.csv", headings=headings)
    assert [(error.cell, error.code) for error in luettu.errors] == [("C2", "too_long"), ("B3", "too_long")]
    assert [rivi.kirjaukset[0].kommentti for rivi in luettu.rows] == [full, None]


def test_two_texts_that_are_too_long_together_wait_at_their_cell(cast, veikko, lataa, palauta):
    taulukko = lataa(veikko)
    taulukko.write(cast.vayla.nimi, kommentti="v" * 20_000)
    Kirjaus.objects.record(cast.jakso, {cast.vayla: Vastaus(0, 3, kommentti="h" * 20_000)}, by=cast.hilkka)
    tuonti = palauta(veikko, taulukko)
    solu = f"Tekniset palvelut!{taulukko.cell(cast.vayla.nimi, 'Kommentti').coordinate}"
    paata(veikko, tuonti, **{f"ristiriita|{solu}": "molemmat"})
    assert f"yhteensä 40001 merkkiä, enintään {KOMMENTIN_PITUUS}. Lyhennä sitä." in sivu(veikko, tuonti).text
    assert "Mitään ei tallennettu" in tallenna(veikko, tuonti)
    paata(veikko, tuonti, **{f"solu|{solu}": "v" * 1_000})
    tallenna(veikko, tuonti)
    assert kirjaus(cast, cast.vayla).kommentti == "h" * 20_000 + "\n" + "v" * 1_000


def test_two_texts_may_both_stay_but_of_two_scores_one_is_chosen(cast, veikko, lataa, palauta):
    taulukko = lataa(veikko)
    taulukko.write(cast.vayla.nimi, aste=4)
    Kirjaus.objects.record(cast.jakso, {cast.vayla: Vastaus(0, 3, kommentti="Hilkan teksti.")}, by=cast.hilkka)
    assert "Ota molemmat peräkkäin" not in sivu(veikko, palauta(veikko, taulukko)).text
    taulukko.write(cast.vayla.nimi, kommentti="Veikon teksti.")
    assert sivu(veikko, palauta(veikko, taulukko)).text.count("Ota molemmat peräkkäin") == 1


def test_the_preview_tells_a_reason_by_its_words(cast, veikko, lataa, palauta):
    taulukko = lataa(veikko)
    taulukko.write(cast.vayla.nimi, syy="luovuttu")
    page = sivu(veikko, palauta(veikko, taulukko), nayta="changed").text
    assert "ei vastattu → <b>luovuttu</b>" in page
    assert "ei_vastattu" not in page


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
    path = reverse("seuranta:vastaustaulukko-tallenna", args=[tuonti.jakso_id, tuonti.pk])
    page = veikko.post(path, {"sormenjalki": mark}, follow=True).text
    assert "Mitään ei tallennettu" in page
    assert kirjaus(cast, cast.vayla).toteutumisaste == 1


# --- by mail


def test_kaisa_mails_the_table_to_a_person_of_the_toimiala(cast, kaisa, veikko):
    path = reverse("seuranta:vastaustaulukko-laheta", args=[cast.jakso.pk, cast.tekniset.pk])
    assert veikko.post(path, {"kayttaja": cast.hilkka.pk}).status_code == 403
    for stranger in (cast.otso, cast.liisa, cast.ulla):
        assert "Taulukkoa ei lähetetty." in kaisa.post(path, {"kayttaja": stranger.pk}, follow=True).text
    assert not mail.outbox
    page = kaisa.post(path, {"kayttaja": cast.veikko.pk}, follow=True).text
    assert "Taulukko lähtee: Veikko Väänänen." in page
    (message,) = mail.outbox
    assert message.to == [cast.veikko.email]
    assert message.subject == "Osavuosikatsaus II 2026: Tekniset palvelut"
    assert message.reply_to == [cast.kaisa.email], "täytetty taulukko palaa vastaamalla"
    name, content, kind = message.attachments[0]
    assert name == "vastaustaulukko-tekniset-palvelut-osavuosikatsaus-ii-2026.xlsx"
    assert Taulukko(content).sheet.max_row == 4


OSOITE = "eeva.ulkopuolinen@yhdistys.example"


def test_a_table_goes_to_any_address_once_the_address_has_been_read_and_confirmed(cast, kaisa, veikko):
    path = reverse("seuranta:vastaustaulukko-laheta", args=[cast.jakso.pk, cast.tekniset.pk])
    assert veikko.post(path, {"osoite": OSOITE, "vahvista": "1"}).status_code == 403
    for wrong in ("", "eeva", "eeva@", "a@b.fi\nBcc: c@d.fi", f"{'e' * 250}@yhdistys.example"):
        assert "Tarkista sähköpostiosoite." in kaisa.post(path, {"osoite": wrong, "vahvista": "1"}, follow=True).text
    page = kaisa.post(path, {"osoite": OSOITE}).text
    assert f"<b>{OSOITE}</b>" in page and "Siinä on 3 toimenpidettä" in page and "myös sisäiset huomiot" in page
    assert not mail.outbox, "mitään ei lähde ennen vahvistusta"
    page = kaisa.post(path, {"osoite": OSOITE, "vahvista": "1"}, follow=True).text
    assert f"Taulukko lähtee: {OSOITE}." in page
    (message,) = mail.outbox
    assert (message.to, message.reply_to) == ([OSOITE], [cast.kaisa.email])
    assert message.body.startswith("Hei\n") and "palauttaa sen myös itse" not in message.body
    assert "http" not in message.body, "hänellä ei ole tunnusta, jolla kirjautua"
    assert Taulukko(message.attachments[0][1]).sheet.max_row == 4


def test_whose_answers_they_are_stands_on_the_tuonti(cast, kaisa, veikko, lataa):
    lista = reverse("seuranta:vastaustaulukko-lista", args=[cast.jakso.pk])
    assert "Kenen vastaukset" in kaisa.get(lista).text and "Kenen vastaukset" not in veikko.get(lista).text
    taulukko = lataa(veikko)
    taulukko.write(cast.vayla.nimi, aste=4, kommentti="Valmis.")

    def hand_in(client, **more):
        file = SimpleUploadedFile("x.xlsx", taulukko.data())
        return client.post(lista, {"tiedosto": file, "toimiala": cast.tekniset.pk, **more})

    assert hand_in(kaisa, vastaaja="x" * 201).status_code == 422
    hand_in(kaisa, vastaaja=OSOITE)
    tuonti = Tuonti.objects.get()
    assert (tuonti.vastaaja, tuonti.tekija) == (OSOITE, cast.kaisa)
    assert f"Vastaaja: {OSOITE}" in sivu(kaisa, tuonti).text
    tallenna(kaisa, tuonti)
    assert f"Vastaaja: {OSOITE}" in sivu(kaisa, tuonti).text
    hand_in(veikko, vastaaja="Joku muu")
    own = Tuonti.objects.latest("pk")
    assert own.vastaaja == "" and "Vastaaja:" not in sivu(veikko, own).text
