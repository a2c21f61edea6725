"""The own table in XLSX: its words for a score and the numbers of its measures, in their own columns, as they stand."""

import io

import openpyxl
import pytest
from django.utils import timezone

from raportit.muodot import render_report
from raportit.osavuosikatsaus import build, from_json, to_json
from raportit.osavuosikatsaus.julkinen import make_public
from seuranta.models import Kirjaus, MittariArvo, Tuonti, Vastaus
from seuranta.taulukko.rows import read
from seuranta.tiedosto.kumous import undo_import
from seuranta.tuonti.apply import apply_plan
from seuranta.tuonti.plan import Target
from strategia.models import Strategia
from tests.seuranta.taulukko.taulukot import book

OTSIKOT = ["Painopiste", "Toimenpide", "Mittari", "Tavoitearvo {}", "Toteuma 30.4.{}", "Tilanne 30.4.{}", "Kommentti"]
RIVIT = [
    ["Elinvoima", "Avataan työtila", "Kävijät", "yli 50 kpl", "57 kpl", "Kesken", "Etenee."],
    ["Elinvoima", "Myydään tilat", "Myydyt tilat", 3, 2, "Toteutettu", "Valmis."],
    ["Talous", "Kilpailutetaan", "Säästö", "1 000 €", "900 €", "Ei aloitettu", "Ei vielä."],
]


def tuo(vuosi):
    data = book([otsikko.format(vuosi) for otsikko in OTSIKOT], *RIVIT)
    plan, tuonti = apply_plan(read(data, "seuranta.xlsx"), Target("Koe", "Strategia"), data=data, name="seuranta.xlsx")
    assert tuonti, [error.fi for error in plan.errors]
    return Strategia.objects.get().jaksot.last()


def table(raportti):
    rows = list(
        openpyxl.load_workbook(io.BytesIO(render_report(raportti, "xlsx"))).worksheets[0].iter_rows(values_only=True)
    )
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]


def report(jakso, *hidden):
    strategia = Strategia.objects.get()
    strategia.sarakkeet = [*strategia.sarakkeet, *({"rooli": rooli, "piilossa": True} for rooli in hidden)]
    jakso.strategia = strategia
    return build(jakso, koottu=timezone.now())


@pytest.fixture
def jakso(db):
    return tuo(2024)


def test_they_stand_in_the_order_of_the_file_as_they_were_written(jakso):
    rows = table(report(jakso))
    assert list(rows[0])[:7] == [otsikko.format(2024) for otsikko in OTSIKOT]
    assert list(rows[0].values())[2:6] == ["Kävijät", "yli 50 kpl", "57 kpl", "Kesken"]
    assert list(rows[1].values())[2:6] == ["Myydyt tilat", 3, 2, "Toteutettu"]


def test_what_a_person_has_changed_since_is_told_as_it_is_now(jakso):
    kirjaus = Kirjaus.objects.get(toimenpide__nimi="Avataan työtila")
    vastaus = Vastaus(kirjaus.versio, toteutumisaste=5, kommentti=kirjaus.kommentti)
    Kirjaus.objects.record(jakso, {kirjaus.toimenpide: vastaus}, by=None)
    MittariArvo.objects.filter(mittari__nimi="Kävijät").update(teksti="61 kpl", luku=61)
    assert list(table(report(jakso))[0].values())[3:6] == ["yli 50 kpl", "61 kpl", 5]


def test_what_is_frozen_comes_back_equal(jakso):
    raportti = report(jakso)
    text = to_json(raportti)
    assert '"alkuperainen":"Kesken"' in text
    again = from_json(text)
    assert (again.lukusarakkeet, again.painopisteet) == (raportti.lukusarakkeet, raportti.painopisteet)
    assert table(again) == table(raportti)


@pytest.mark.parametrize(
    ("hidden", "gone"),
    [
        ("mittarit.tavoite", ["Tavoitearvo 2024", "yli 50 kpl"]),
        ("mittarit.arvot", ["Toteuma 30.4.2024", "57 kpl"]),
        ("mittarit", ["Tavoitearvo 2024", "yli 50 kpl", "Toteuma 30.4.2024", "57 kpl"]),
        ("toteutumisaste", ["Tilanne 30.4.2024", "Kesken"]),
    ],
)
def test_what_is_hidden_is_in_no_public_cell_and_not_in_its_json(hidden, gone, jakso):
    shown, public = report(jakso), make_public(report(jakso, hidden))
    assert all(each in str(table(shown)) for each in gone)
    assert not [each for each in gone if each in str(table(public)) or each in to_json(public)]


def test_hidden_after_the_freezing_of_an_earlier_version_they_are_in_no_correction_either(jakso):
    old = report(jakso)
    public = make_public(report(jakso, "mittarit", "toteutumisaste"), aiempi=make_public(old))
    told = " ".join(f"{m.kohde} {m.tieto} {m.ennen} {m.nyt}" for m in public.korjaus.muutokset)
    assert "Kesken" not in told
    assert "57 kpl" not in told


def test_the_columns_are_those_of_the_newest_table_and_undoing_brings_the_earlier_back(jakso):
    later = tuo(2025)
    headings = list(table(report(later))[0])
    assert {"Tavoitearvo 2025", "Toteuma 30.4.2025"} <= set(headings)
    assert not {"Tavoitearvo 2024", "Toteuma 30.4.2024"} & set(headings)
    undo_import(Tuonti.objects.first(), by=None)
    assert "Toteuma 30.4.2024" in list(table(report(jakso))[0])
