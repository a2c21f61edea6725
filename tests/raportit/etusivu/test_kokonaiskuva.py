"""The front page of those who only read: the newest closed jakso in figures, as the form that is theirs tells it."""

import io
import re
from dataclasses import replace

import pikepdf
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from raportit.etusivu.kokonaiskuva import build_kokonaiskuva, list_versiot
from raportit.sulkeminen.sulje import close_jakso
from raportit.tallenne.nakyma import show_publicly
from raportit.tallenne.tallenteet import TallennePuuttuu, public_bytes
from seuranta.models import Kirjaus, Vastaus
from strategia.models import Toimenpide, Toimielinjasenyys
from tests.silmin import tiivis

SALAISUUS = "Kanarialintu 7319"


def front(user, toimielimet=()):
    return build_kokonaiskuva(list(list_versiot(user)), user, toimielimet)


def answer(jakso, answers, *, by):
    for toimenpide, aste in answers.items():
        vastaus = Vastaus(0, aste, kommentti=f"Aste {aste}.", sisainen_huomio=SALAISUUS, laheta=True)
        Kirjaus.objects.record(jakso, {toimenpide: vastaus}, by=by)


@pytest.fixture
def suljettu(cast):
    """Both jaksot closed: Väylä rose 2 → 4, the lights fell 4 → 3, the club stands at 5."""
    vayla, valot, kerho = cast.toimenpiteet[:3]
    answer(cast.jakso, {vayla: 4, valot: 3, kerho: 5}, by=cast.kaisa)
    cast.jakso.finish(by=cast.kaisa)
    return close_jakso(cast.jakso, by=cast.kaisa)


def test_the_newest_closed_jakso_is_told_in_figures_and_what_moved(cast, suljettu, kirjautunut):
    page = kirjautunut(cast.liisa).get("/").content.decode()
    assert cast.jakso.nimi in page
    assert "▲ nousi 2 → 4" in page
    assert "▼ laski 4 → 3" in page
    assert f'/raportit/{suljettu.pk}/"' in page
    assert "Koko strategia" in page
    assert "Samat luvut taulukkona" in page
    assert page.count('<a href="/" aria-current="page">Etusivu</a>') == 2, "leveässä ja kapeassa valikossa"


def test_the_figures_are_those_of_the_report(cast, suljettu):
    kuva = front(cast.liisa)
    luvut = {nimi: n for n, nimi, _osuus in kuva.luvut}
    assert luvut["nousi edellisestä"] == 1
    assert luvut["laski edellisestä"] == 1
    whole = kuva.osat[0]
    assert (whole.jakauma.yhteensa, whole.nousi, whole.laski) == (8, 1, 1)
    assert sum(osa.jakauma.yhteensa for osa in kuva.osat[1:]) == 8


def test_the_readers_own_toimielin_comes_first(cast):
    Toimenpide.objects.filter(pk=cast.toimenpiteet[1].pk).update(toimielin=cast.lautakunta)
    vayla, valot, kerho = cast.toimenpiteet[:3]
    answer(cast.jakso, {vayla: 1, valot: 3, kerho: 4}, by=cast.kaisa)
    cast.jakso.finish(by=cast.kaisa)
    close_jakso(cast.jakso, by=cast.kaisa)
    kuva = front(cast.liisa, [cast.lautakunta.nimi])
    assert [(osa.rooli, osa.on_oma) for osa in kuva.osat[:2]] == [("toimielin", True), ("", False)]
    assert kuva.osat[0].jakauma.yhteensa == 1
    (laski,) = (each for each in kuva.luettelot if each.laji == "laski")
    assert laski.omia == 1
    assert laski.rivit[0].id == valot.pk


def test_the_page_marks_the_own_toimielin_of_its_reader_alone(cast, kirjautunut):
    Toimenpide.objects.filter(pk=cast.vayla.pk).update(toimielin=cast.lautakunta)
    answer(cast.jakso, {cast.vayla: 4}, by=cast.kaisa)
    cast.jakso.finish(by=cast.kaisa)
    close_jakso(cast.jakso, by=cast.kaisa)
    Toimielinjasenyys.objects.create(kunta=cast.kunta, kayttaja=cast.liisa, toimielin=cast.lautakunta)
    liisa = kirjautunut(cast.liisa).get("/").text
    assert "oma toimielimesi" in liisa
    assert 'href="/raportit/' in liisa, "kuva on sivua, ei tekstiä"
    assert "oma toimielimesi" not in kirjautunut(cast.tarmo).get("/").text


def test_what_is_being_written_is_on_no_front_page_of_a_reader(cast, kirjautunut):
    answer(cast.jakso, {cast.vayla: 5}, by=cast.kaisa)
    Kirjaus.objects.filter(jakso=cast.jakso).update(kommentti=f"Kesken {SALAISUUS}")
    for who in (cast.liisa, cast.tarmo):
        page = kirjautunut(who).get("/").content.decode()
        assert SALAISUUS not in page
        assert cast.jakso.nimi not in page
        assert cast.edellinen.nimi in page


def test_a_version_taken_back_is_not_told_to_the_council(cast, suljettu):
    suljettu.publish(by=cast.kaisa)
    suljettu.withdraw(by=cast.kaisa)
    assert front(cast.liisa).versio.jakso == cast.edellinen
    assert front(cast.tarmo).versio == suljettu


def test_a_hidden_column_is_on_the_auditors_front_page_only(cast, kirjautunut):
    cast.strategia.sarakkeet = [{"rooli": "toimiala", "otsikko": "Toimiala", "piilossa": True}]
    cast.strategia.save()
    answer(cast.jakso, {cast.vayla: 4}, by=cast.kaisa)
    cast.jakso.finish(by=cast.kaisa)
    close_jakso(cast.jakso, by=cast.kaisa)
    assert front(cast.tarmo).luettelot[0].rivit[0].toimiala == cast.tekniset.nimi
    assert cast.tekniset.nimi not in kirjautunut(cast.liisa).get("/").content.decode()


def test_the_figures_ask_four_questions(cast, suljettu):
    suljettu.publish(by=cast.kaisa)
    cast.jakso.refresh_from_db()
    cast.jakso.reopen(by=cast.kaisa, syy="Väylän aste oli väärin")
    Kirjaus.objects.filter(jakso=cast.jakso, toimenpide=cast.vayla).update(toteutumisaste=3, kommentti="Siirtyi. " * 9)
    versio = close_jakso(cast.jakso, by=cast.kaisa)
    with CaptureQueriesContext(connection) as queries:
        kuva = front(cast.liisa)
    assert kuva.versio == versio
    assert {muutos.tieto: muutos.lyhyesti for muutos in kuva.korjaukset} == {"Toteutumisaste": "4 → 3", "Kommentti": ""}
    assert len(queries) <= 4
    hidden = [replace(muutos, piilossa=True).lyhyesti for muutos in kuva.korjaukset]
    assert hidden == ["", ""], "mitä ei kerrota, ei kerrota lyhyestikään"


def test_what_is_drawn_once_follows_what_is_public_and_whose_eyes_see_it(cast, suljettu, kirjautunut):
    """The picture is kept in memory: each change of what may be seen draws it anew."""
    suljettu.publish(by=cast.kaisa)
    liisa, tarmo = kirjautunut(cast.liisa), kirjautunut(cast.tarmo)
    assert "Sisäinen" not in liisa.get("/").text
    cast.jakso.refresh_from_db()
    cast.jakso.reopen(by=cast.kaisa, syy="Väylän aste oli väärin")
    row = Kirjaus.objects.get(jakso=cast.jakso, toimenpide=cast.vayla)
    row.kommentti = "Uusi kommentti."
    row.save()
    versio = close_jakso(cast.jakso, by=cast.kaisa)
    assert "kommentti" in liisa.get("/").text.lower()
    assert ">Sisäinen<" in liisa.get("/").text
    versio.publish(by=cast.kaisa, piilota_vanhat=True)
    assert ">Sisäinen<" not in liisa.get("/").text
    versio.withdraw(by=cast.kaisa)
    assert "Poistettu julkaisusta" not in liisa.get("/").text
    assert "Poistettu julkaisusta" in tarmo.get("/").text


def test_the_link_tells_how_many_pages_the_pdf_has_once_it_is_made(cast, kirjautunut):
    liisa = kirjautunut(cast.liisa)
    assert re.search(r">\s*PDF\s*</a>", liisa.get("/").text)
    content = public_bytes(show_publicly(cast.versio), "pdf")
    with pikepdf.open(io.BytesIO(content)) as pdf:
        pages = len(pdf.pages)
    assert pages > 1 and re.search(rf">\s*PDF, {pages} sivua\s*</a>", liisa.get("/").text)


def test_a_lost_pdf_does_not_take_the_front_page_along(cast, kirjautunut, monkeypatch):
    def is_lost(*_file):
        raise TallennePuuttuu

    monkeypatch.setattr("raportit.etusivu.piirretty.public_digest", lambda *_file: "0" * 64)
    monkeypatch.setattr("raportit.etusivu.piirretty.public_bytes", is_lost)
    assert re.search(r">\s*PDF\s*</a>", kirjautunut(cast.liisa).get("/").text)


def test_what_stands_still_has_the_mark_of_its_score(cast, kirjautunut, monkeypatch):
    monkeypatch.setattr("raportit.osavuosikatsaus.model.arviot.JUMISSA", 2)
    answer(cast.jakso, {cast.toimenpiteet[1]: 4}, by=cast.kaisa)
    cast.jakso.finish(by=cast.kaisa)
    close_jakso(cast.jakso, by=cast.kaisa)
    page = tiivis(kirjautunut(cast.liisa).get("/").text)
    assert '<b>4</b><svg class="merkki"' in page and page.count('class="on"/>') == 4


def test_a_kunta_without_reports_says_so(cast, kirjautunut):
    liisa = kirjautunut(cast.liisa)
    cast.versio.publish(by=cast.kaisa)
    cast.versio.withdraw(by=cast.kaisa)
    assert "Raportteja ei vielä ole." in liisa.get("/").content.decode()


def test_a_chapter_left_out_of_the_report_does_not_come_back_on_the_front_page(cast, kirjautunut):
    cast.strategia.sarakkeet = [*cast.strategia.sarakkeet, {"rooli": "luku.muutokset", "piilossa": True}]
    cast.strategia.save()
    answer(cast.jakso, {cast.vayla: 4}, by=cast.kaisa)
    cast.jakso.finish(by=cast.kaisa)
    close_jakso(cast.jakso, by=cast.kaisa)
    for reader in (cast.liisa, cast.tarmo):
        page = kirjautunut(reader).get("/").text
        assert "Koko strategia" in page
        assert "Mikä nousi, laski tai pysyi paikallaan" not in page
