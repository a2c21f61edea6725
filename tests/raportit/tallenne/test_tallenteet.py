"""What is frozen stays: its bytes in every format, whatever happens to the plan, the people and the code after."""

import hashlib

import pytest
from django.db import IntegrityError, connection, transaction
from django.template import engines
from django.test import override_settings

from raportit.models import Raporttiversio, Tallenne
from raportit.muodot import MUODOT
from raportit.osavuosikatsaus import from_json
from raportit.sulkeminen.sulje import close_jakso
from raportit.tallenne import tallenteet
from raportit.tallenne.lataus import send_file
from raportit.tallenne.tallenteet import TallennePuuttuu, store_all, stored_bytes
from seuranta.models import Kirjaus, Vastaus
from seuranta.tiedosto.luenta import store_file
from strategia.models import Toimenpide, Toimiala

pytestmark = pytest.mark.django_db


def digests(versio):
    versio = Raporttiversio.objects.get(pk=versio.pk)
    return {muoto: hashlib.sha256(stored_bytes(versio, muoto)).hexdigest() for muoto in MUODOT}


def rename_toimialat(cast):
    for toimiala in Toimiala.objects.filter(kunta=cast.kunta):
        toimiala.nimi = f"Uusi {toimiala.nimi}"
        toimiala.save()
    cast.kunta.virallinen_nimi, cast.kunta.korostusvari = "Uuden Kirkkorannan kunta", "#7a1f5c"
    cast.kunta.save()


def move_toimenpiteet(cast):
    Toimenpide.objects.filter(kunta=cast.kunta).update(tavoite=cast.tavoitteet[-1], nimi="Kaikki samaa")


def edit_labels(cast):
    cast.strategia.asteikko = {"1": "Alku", "2": "Pohja", "3": "Puoli", "4": "Loppu", "5": "Valmis"}
    cast.strategia.sanasto, cast.strategia.esitys = {"toimenpide": "Teko"}, "liikennevalo"
    cast.strategia.otsikko = "Aivan toinen otsikko"
    cast.strategia.save()


def import_a_file(cast):
    table = b"Painopiste;Tavoite;Toimenpide;Toteutumisaste\r\nRohkea talous;Tilat;Uusi teko;3\r\n"
    store_file(cast.kunta, table, "uusi.csv", by=cast.aino)
    Kirjaus.objects.record(cast.jakso, {cast.vayla: Vastaus(0, 5, kommentti="Valmis.")}, by=cast.kaisa)


def correct_the_jakso(cast):
    cast.edellinen.reopen(by=cast.kaisa, syy="Väärä luku.")
    close_jakso(cast.edellinen, by=cast.kaisa)


@pytest.mark.parametrize("change", [rename_toimialat, move_toimenpiteet, edit_labels, import_a_file, correct_the_jakso])
def test_no_later_change_touches_a_byte(cast, change):
    store_all(cast.versio)
    before = digests(cast.versio)
    assert len(set(before.values())) == len(MUODOT)
    change(cast)
    store_all(cast.versio)
    assert digests(cast.versio) == before


def test_nor_do_new_templates_and_renderers(cast, monkeypatch, tmp_path):
    store_all(cast.versio)
    before = digests(cast.versio)
    (tmp_path / "print.html").write_text("<p>Uusi ulkoasu</p>")
    (tmp_path / "raportit").mkdir()
    (tmp_path / "raportit" / "tiedosto.html").write_text("<p>Uusi ulkoasu</p>")
    with override_settings(TEMPLATES=[{**engines.templates["django"], "DIRS": [tmp_path]}]):
        assert digests(cast.versio) == before
    monkeypatch.setattr(tallenteet, "render_apart", lambda *args: b"uusi")
    assert digests(cast.versio) == before


def test_file_is_made_once_and_its_row_tells_what_it_is(cast, settings):
    first = stored_bytes(cast.versio, "csv")
    assert stored_bytes(cast.versio, "csv") == first
    tallenne = Tallenne.objects.get(versio=cast.versio, muoto="csv")
    assert (tallenne.sha256, tallenne.koko) == (hashlib.sha256(first).hexdigest(), len(first))
    assert (settings.MEDIA_ROOT / "raportit" / str(cast.kunta.pk) / f"{tallenne.sha256}.csv").read_bytes() == first


@pytest.mark.parametrize("harm", [lambda path: path.unlink(), lambda path: path.write_bytes(b"toinen")])
def test_lost_or_changed_file_is_refused_and_not_replaced(cast, settings, kirjautunut, harm):
    stored_bytes(cast.versio, "csv")
    [path] = settings.MEDIA_ROOT.rglob("*.csv")
    harm(path)
    with pytest.raises(TallennePuuttuu):
        stored_bytes(cast.versio, "csv")
    answer = kirjautunut(cast.tarmo).get(f"/raportit/{cast.versio.pk}/raportti.csv")
    assert answer.status_code == 503
    assert "palauttamaan se varmuuskopiosta" in answer.text


def test_of_two_makers_the_first_ones_bytes_stay(cast, monkeypatch):
    first = stored_bytes(cast.versio, "csv")
    monkeypatch.setattr(tallenteet, "render_apart", lambda *args: b"toiset tavut")
    assert tallenteet._make(cast.versio, "csv") == first


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE raportit_tallenne SET sha256 = 'x'",
        "UPDATE raportit_tallenne SET koko = 0",
        "DELETE FROM raportit_tallenne",
    ],
)
def test_row_of_a_file_is_frozen_too(cast, sql):
    stored_bytes(cast.versio, "csv")
    with pytest.raises(IntegrityError, match="pysyvä"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    assert Tallenne.objects.get().koko > 0


def test_correction_lists_every_change_and_why(cast):
    cast.edellinen.reopen(by=cast.kaisa, syy="Valtuusto huomasi väärän luvun.")
    row = Kirjaus.objects.get(jakso=cast.edellinen, toimenpide=cast.vayla)
    vastaus = Vastaus(row.versio, 3, kommentti="Korjattu teksti & luku.")
    Kirjaus.objects.record(cast.edellinen, {cast.vayla: vastaus}, by=cast.kaisa)
    second = close_jakso(cast.edellinen, by=cast.kaisa)
    raportti = from_json(second.data)
    assert (second.numero, raportti.korjaus.versio) == (2, 1)
    assert raportti.korjaus.syy == "Valtuusto huomasi väärän luvun."
    assert [(m.kohde, m.tieto, m.ennen, m.nyt) for m in raportti.korjaus.muutokset] == [
        (cast.vayla.nimi, "Toteutumisaste", "2", "3"),
        (cast.vayla.nimi, "Kommentti", "Suunnitelma valmis – kilpailu syksyllä.", "Korjattu teksti & luku."),
    ]
    page = stored_bytes(second, "html").decode()
    assert "Korjattu versio 2" in page and "Korjattu teksti &amp; luku." in page
    assert from_json(cast.versio.data).korjaus is None


def test_correction_tells_what_came_what_left_and_what_moved(cast):
    cast.edellinen.reopen(by=cast.kaisa, syy="Lisäys.")
    Toimenpide.objects.filter(pk=cast.kerho.pk).update(tavoite=cast.tavoitteet[0])
    Kirjaus.objects.filter(jakso=cast.edellinen, toimenpide=cast.vayla).update(syy="luovuttu", toteutumisaste=None)
    new = Toimenpide.objects.create(kunta=cast.kunta, tavoite=cast.tavoitteet[0], nimi="Uusi reitti")
    told = from_json(close_jakso(cast.edellinen, by=cast.kaisa).data).korjaus.muutokset
    kyla = "Elävä kylä & sujuva arki"
    assert {(m.kohde, m.ennen, m.nyt) for m in told} == {
        (new.nimi, "", "lisätty"),
        (cast.vayla.nimi, "2", "luovuttu"),
        (cast.kerho.nimi, f"{kyla} / Hyvä koulupäivä", f"{kyla} / Turvalliset koulutiet"),
    }


def test_hash_of_the_frozen_text_is_on_the_last_page(cast):
    raportti = from_json(cast.versio.data)
    assert raportti.tiiviste == cast.versio.sha256
    assert cast.versio.sha256 in stored_bytes(cast.versio, "html").decode()
    assert cast.versio.sha256 not in cast.versio.data


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("Osavuosikatsaus 1–6/2026-versio-1", 'attachment; filename="osavuosikatsaus-1-6-2026-versio-1.csv"'),
        ("Отчёт 1/2026", "attachment; filename*=utf-8''%D0%BE%D1%82%D1%87%D1%91%D1%82-1-2026.csv"),
    ],
)
def test_a_file_is_called_as_its_jakso(name, told):
    assert send_file(b"", "csv", name).headers["Content-Disposition"] == told
