"""The flat tables of the mittarit in the admin: out as text, in by the rules of the pages."""

import io
import re

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from raportit.sulkeminen.sulje import close_jakso
from seuranta.mittari.taulukko import MittariArvoResource, MittariResource, TavoitearvoResource
from seuranta.models import MittariArvo, Mittaus
from strategia.models import Kayttaja, Mittari, Tavoitearvo

from ..test_resources import XLSX, workbook

TAULUT = [(MittariResource, Mittari), (TavoitearvoResource, Tavoitearvo), (MittariArvoResource, MittariArvo)]


@pytest.fixture
def yllapitaja(db):
    return Kayttaja.objects.create_superuser("yllapito@example.fi", "pitkä-salasana-9", nimi="Ylläpito")


@pytest.fixture
def tuo(yllapitaja):
    """(resource, {heading: text} …) -> [sentence] of what cannot be; with an error nothing is written."""

    def come_in(resource, *rows):
        headings = list(dict.fromkeys(name for row in rows for name in row))
        table = workbook(headings, *([row.get(name, "") for name in headings] for row in rows))
        result = resource().import_data(XLSX.create_dataset(table), use_transactions=True, user=yllapitaja)
        assert not result.base_errors
        errors = [str(error.error) for line in result.rows for error in line.errors]
        return errors + [str(row.error) for row in result.invalid_rows]

    return come_in


@pytest.fixture
def rivi(cast):
    """A row of the table of values: of Veikko's measure in the open jakso."""
    base = {"Kunta": cast.kunta.nimi, "Mittarin tunniste": cast.mittarit[0].pk, "Jakso": cast.jakso.nimi}
    return lambda **cells: base | {"Arvo": "10 kpl"} | cells


def stored(cast, **place):
    return MittariArvo.objects.filter(mittari=cast.mittarit[0], **(place or {"jakso": cast.jakso})).first()


# --- who may


@pytest.mark.parametrize("model", ["strategia_mittari", "strategia_tavoitearvo", "seuranta_mittariarvo"])
def test_only_the_maintainer_gets_tables_out_and_in(model, cast, kirjautunut, client, yllapitaja):
    client.force_login(yllapitaja)
    Kayttaja.objects.filter(pk=cast.hilkka.pk).update(is_staff=True)
    for action in ("export", "import"):
        path = reverse(f"admin:{model}_{action}")
        for person in (cast.aino, cast.kaisa, cast.veikko, cast.ulla):
            assert kirjautunut(person).get(path).status_code == 302  # to the admin's own sign-in
        assert client.get(path).status_code == 200
    assert kirjautunut(cast.hilkka).get(reverse(f"admin:{model}_import")).status_code == 403


@pytest.mark.parametrize("model", ["strategia_mittari", "strategia_tavoitearvo", "seuranta_mittariarvo"])
def test_a_row_still_is_nobodys_to_change_in_the_admin(model, cast, client, yllapitaja):
    client.force_login(yllapitaja)
    assert client.get(reverse(f"admin:{model}_add")).status_code == 403


# --- out


def test_they_go_out_without_a_note_of_the_house_and_without_formulas(cast):
    mittaus = Mittaus(0, "=1+1", "Yksi uusi.", "Vain sisällä.")
    MittariArvo.objects.record(cast.jakso, {cast.mittarit[0]: mittaus}, by=cast.veikko)
    tables = [resource().export(model.objects.filter(kunta=cast.kunta)) for resource, model in TAULUT]
    mittarit, tavoitteet, arvot = (table.dict for table in tables)
    assert [row["Mittari"] for row in mittarit if row["Kohde"] == str(cast.vayla)] == ["Turvallisia koulureittejä"]
    assert {(row["Mittari"], row["Vuosi"], row["Tavoite"]) for row in tavoitteet} >= {
        ("Kulkee itse kouluun", "2025", "60 %"),
        ("Kulkee itse kouluun", "", "80 %"),
    }
    written = next(row for row in arvot if row["Jakso"] == cast.jakso.nimi)
    assert (written["Arvo"], written["Huomautus"], str(written["Versio"])) == ("=1+1", "Yksi uusi.", "1")
    book = openpyxl.load_workbook(io.BytesIO(XLSX.export_data(tables[2])))
    cells = [cell for line in book.active.iter_rows() for cell in line]
    assert not any(cell.data_type == "f" for cell in cells)
    assert "Vain sisällä." not in [cell.value for cell in cells]


@pytest.mark.parametrize(("resource", "model"), TAULUT)
def test_what_goes_out_comes_in_without_a_change(resource, model, cast, yllapitaja):
    before = list(model.objects.order_by("pk").values())
    marks = model.history.count()
    dataset = XLSX.create_dataset(XLSX.export_data(resource().export()))
    result = resource().import_data(dataset, use_transactions=True, user=yllapitaja)
    assert [str(e.error) for line in result.rows for e in line.errors] == []
    assert not result.invalid_rows
    assert list(model.objects.order_by("pk").values()) == before
    assert model.history.count() == marks
    assert result.totals["skip"] == len(before)


# --- values in


def test_a_value_comes_in_with_its_number_and_whose_file_it_was(cast, tuo, rivi, yllapitaja):
    assert tuo(MittariArvoResource, rivi(Huomautus="Laskettu."), rivi(Jakso="", Vuosi="2024", Arvo="n. 70")) == []
    value = stored(cast)
    assert (value.teksti, value.luku, value.huomautus, value.versio) == ("10 kpl", 10, "Laskettu.", 1)
    assert value.history.get().history_user == yllapitaja
    assert (stored(cast, vuosi=2024).teksti, stored(cast, vuosi=2024).luku) == ("n. 70", None)


def test_a_day_is_written_as_finns_write_it_and_as_it_went_out(cast, tuo, rivi):
    day = rivi(Jakso="", Päivä="30.6.2025", Arvo="11")
    assert tuo(MittariArvoResource, day) == tuo(MittariArvoResource, day | {"Päivä": "2025-06-30"}) == []
    assert MittariArvo.objects.get(mittari=cast.mittarit[0], paiva="2025-06-30").versio == 1


def test_the_same_file_twice_changes_nothing(cast, tuo, rivi):
    for _time in range(2):
        assert tuo(MittariArvoResource, rivi(Huomautus="A"), rivi(Jakso="", Vuosi="2024")) == []
    assert (stored(cast).versio, stored(cast).history.count()) == (1, 1)
    assert stored(cast, vuosi=2024).history.count() == 1


def test_an_empty_cell_erases_nothing(cast, tuo, rivi):
    tuo(MittariArvoResource, rivi(Huomautus="A"))
    assert tuo(MittariArvoResource, rivi(Arvo="", Huomautus="B", Versio="1")) == []
    assert (stored(cast).teksti, stored(cast).huomautus) == ("10 kpl", "B")
    assert tuo(MittariArvoResource, rivi(Arvo="", Huomautus="", Versio="2")) == []
    assert stored(cast).versio == 2


def test_what_another_has_written_since_stays_and_nothing_of_the_file_is_written(cast, tuo, rivi):
    MittariArvo.objects.record(cast.jakso, {cast.mittarit[0]: Mittaus(0, "8 kpl")}, by=cast.veikko)
    errors = tuo(MittariArvoResource, rivi(Jakso="", Vuosi="2024"), rivi())
    assert errors == ["Arvoa on muutettu: nyt ”8 kpl” (versio 1), tiedostossa ”10 kpl”."]
    assert (stored(cast).teksti, stored(cast, vuosi=2024)) == ("8 kpl", None)
    assert tuo(MittariArvoResource, rivi(Versio="1")) == []
    assert stored(cast).teksti == "10 kpl"


@pytest.mark.parametrize("tila", ["tulossa", "viimeistelyssa", "suljettu"])
def test_a_jakso_that_is_not_open_takes_nothing_and_says_so(tila, cast, tuo, rivi):
    cast.jakso.tila = "viimeistelyssa" if tila == "suljettu" else tila
    cast.jakso.save()
    if tila == "suljettu":
        close_jakso(cast.jakso, by=cast.kaisa)
    assert tuo(MittariArvoResource, rivi()) == [f"Jakso {cast.jakso.nimi} ei ota enää vastaan kirjauksia."]
    assert stored(cast) is None


@pytest.mark.parametrize(
    ("cells", "sentence"),
    [
        ({"Mittarin tunniste": "987654"}, "Mittaria, jonka tunniste on ”987654”, ei ole kunnassa ”Kirkkoranta”."),
        ({"Mittarin tunniste": ""}, "Mittaria, jonka tunniste on ””, ei ole kunnassa ”Kirkkoranta”."),
        ({"Kunta": "Metsäpitäjä"}, "ei ole kunnassa ”Metsäpitäjä”."),
        ({"Jakso": "Olematon"}, "Jaksoa ”Olematon” ei ole mittarin strategiassa."),
        ({"Vuosi": "2024"}, "Arvolla on joko jakso, vuosi tai päivä, ja vain yksi niistä."),
        ({"Jakso": ""}, "Arvolla on joko jakso, vuosi tai päivä, ja vain yksi niistä."),
        ({"Jakso": "", "Vuosi": "1066"}, "vähintään 19"),
        ({"Jakso": "", "Vuosi": "ensi"}, "kokonaisluku"),
        ({"Jakso": "", "Päivä": "40.1.2025"}, "Anna päivä ajalta"),
        ({"Jakso": "", "Päivä": "1.1.0999"}, "Anna päivä ajalta"),
        ({"Versio": "uusi"}, "Versio on numero, ei ”uusi”."),
    ],
)
def test_a_row_that_cannot_be_is_told(cells, sentence, cast, tuo, rivi):
    before = MittariArvo.objects.count()
    errors = tuo(MittariArvoResource, rivi(**cells))
    assert len(errors) == 1
    assert sentence in errors[0]
    assert MittariArvo.objects.count() == before


def test_a_value_of_another_kuntas_measure_is_not_found_by_the_number_alone(cast, tuo, rivi):
    errors = tuo(MittariArvoResource, rivi(**{"Mittarin tunniste": cast.naapuri.mittari.pk}))
    assert "ei ole kunnassa ”Kirkkoranta”" in errors[0]


# --- measures and targets in


def test_a_new_measure_comes_under_its_toimenpide_and_an_unknown_one_is_told(cast, tuo, yllapitaja):
    row = {"Kunta": cast.kunta.nimi, "Strategia": cast.strategia.nimi, "Taso": "toimenpide", "Kohde": str(cast.kerho)}
    row |= {"Mittari": "Kerholaisia", "Laji": "luku", "Yksikkö": "hlö", "Lähtöarvo": "12", "Lähtövuosi": "2024"}
    for _time in range(2):
        assert tuo(MittariResource, row) == []
    made = Mittari.objects.get(nimi="Kerholaisia")
    assert (made.toimenpide, made.yksikko, made.lahto_luku, made.lahto_vuosi) == (cast.kerho, "hlö", 12, 2024)
    assert made.history.get().history_user == yllapitaja
    assert tuo(MittariResource, row | {"Kohde": "Olematon"}) == ["Strategiassa ei ole: toimenpide ”Olematon”."]
    assert tuo(MittariResource, row | {"Strategia": "Toinen"}) == ["Strategiaa ”Toinen” ei ole kunnassa."]


@pytest.mark.parametrize(
    ("cells", "sentence"),
    [
        ({"Laji": "arvaus"}, "Laji ei voi olla ”arvaus”. Se on jokin näistä: luku, prosentti, euro, kyllä/ei, teksti."),
        ({"Kirjaava toimiala": "Avaruus"}, "Toimialaa ”Avaruus” ei ole kunnassa."),
    ],
)
def test_a_measure_that_cannot_be_is_told(cells, sentence, cast, tuo):
    row = {"Kunta": cast.kunta.nimi, "Tunniste": cast.mittarit[1].pk, **cells}
    assert tuo(MittariResource, row) == [sentence]


def test_a_target_comes_in_for_its_year_and_an_empty_one_erases_none(cast, tuo):
    row = {"Kunta": cast.kunta.nimi, "Mittarin tunniste": cast.mittarit[1].pk}
    assert tuo(TavoitearvoResource, row | {"Vuosi": "2027", "Tavoite": "70–75 %"}, row | {"Tavoite": ""}) == []
    made = Tavoitearvo.objects.get(mittari=cast.mittarit[1], vuosi=2027)
    assert (made.teksti, made.ala, made.yla) == ("70–75 %", 70, 75)
    assert Tavoitearvo.objects.get(mittari=cast.mittarit[1], vuosi=None).teksti == "80 %"
    raati = {"Kunta": cast.kunta.nimi, "Mittarin tunniste": cast.mittarit[2].pk, "Tavoite": "ehkä"}
    assert tuo(TavoitearvoResource, raati) == ["Kirjoita kyllä tai ei."]


def test_the_page_of_the_admin_shows_and_then_writes(cast, client, yllapitaja, rivi):
    client.force_login(yllapitaja)
    table = workbook(list(rivi()), list(rivi().values()))
    upload = SimpleUploadedFile("arvot.xlsx", table)
    shown = client.post(reverse("admin:seuranta_mittariarvo_import"), {"import_file": upload, "format": "0"})
    assert stored(cast) is None
    assert "10 kpl" in re.sub("<[^>]*>", "", shown.text)
    confirm = shown.context["confirm_form"].initial
    client.post(reverse("admin:seuranta_mittariarvo_process_import"), confirm)
    assert (stored(cast).teksti, stored(cast).history.get().history_user) == ("10 kpl", yllapitaja)
