"""The five municipalities' tables come in whole: the counts that their README promises, and no cell lost."""

import io
import json
import re
from collections import Counter
from dataclasses import asdict

import openpyxl
import pytest
from django.core.management import call_command
from django.utils import timezone

from raportit.osavuosikatsaus import build
from seuranta.models import Riski, Seurantajakso, Tuonti
from seuranta.taulukko.rows import read
from seuranta.tiedosto.kumous import undo_import
from seuranta.tuonti.lahdevertailu import compare
from seuranta.tuonti.plan import mittarit_of
from strategia.models import Mittari, Strategia, Toimenpide
from tests.ymparisto import SHARED, needs_shared

from ..taulukko.taulukot import cells_of, codes, named_cells

FILES = [
    f"{name}.{ending}"
    for name in ("keuruu-2023", "tuusula-2023", "strategiakarjet-2024", "kerava-2018-2021", "kemi-2023")
    for ending in ("txt", "xlsx")
]

pytestmark = needs_shared


def aineisto(name):
    return (SHARED / "aineisto" / name).read_bytes()


def luettu(name):
    return read(aineisto(name), name)


def scores(result):
    return Counter(kirjaus.toteutumisaste for rivi in result.rows for kirjaus in rivi.kirjaukset)


def comments(result):
    return sum(1 for rivi in result.rows for kirjaus in rivi.kirjaukset if kirjaus.kommentti)


def distinct(result, *fields):
    return len({tuple(getattr(rivi, field) for field in fields) for rivi in result.rows})


# --- what holds for every file


@pytest.mark.parametrize("name", FILES)
def test_every_cell_is_a_value_or_told(name):
    assert cells_of(aineisto(name), name) <= named_cells(luettu(name))


@pytest.mark.parametrize("name", [name for name in FILES if not name.startswith(("kemi", "strategiakarjet"))])
def test_the_text_and_the_workbook_say_the_same(name):
    other = name.replace(".txt", ".xlsx") if name.endswith("txt") else name.replace(".xlsx", ".txt")
    assert [values(rivi) for rivi in luettu(name).rows] == [values(rivi) for rivi in luettu(other).rows]


def values(rivi):
    """The row without its places. A paragraph of the published text is a line, in the workbook it is a sentence."""
    found, places = asdict(rivi), {"cells": None, "joined": None, "blanks": None}
    kirjaukset = [{**kirjaus, **places} for kirjaus in found["kirjaukset"]]
    return {**found, **places, "toimenpide": " ".join(rivi.toimenpide.split()), "cell": None, "kirjaukset": kirjaukset}


# --- Keuruu: headings that lie, 26 pages, nine spellings


@pytest.mark.parametrize(("name", "cell"), [("keuruu-2023.txt", "E260"), ("keuruu-2023.xlsx", "Seuranta 2023!E152")])
def test_keuruu(name, cell):
    result = luettu(name)
    assert (result.status, len(result.rows)) == ("row_errors", 188)
    assert distinct(result, "painopiste") == 4
    assert distinct(result, "painopiste", "tavoite") == 24
    assert distinct(result, "toimiala") == 3
    assert scores(result) == {1: 23, 2: 45, 3: 49, 4: 28, 5: 42, None: 1}
    assert comments(result) == 156
    assert result.jaksot == ("Osavuosikatsaus II 2023",)
    assert codes(result.errors) == [(cell, "ambiguous_score")]
    assert [kirjaus.raw for rivi in result.rows for kirjaus in rivi.kirjaukset if kirjaus.raw] == ["1) 4, 2) 5"]


def test_keuruu_keeps_its_own_words_and_the_order_of_its_columns():
    result = luettu("keuruu-2023.xlsx")
    assert result.title == "KEURUUN STRATEGIAN JA TOIMENPIDEOHJELMIEN SEURANTA- JA RAPORTOINTITYÖKALU"
    assert result.columns[3:] == (
        ("toimiala", "Toimiala", None),
        ("toteutumisaste", "kesä", "Osavuosikatsaus II 2023"),
        ("kommentti", "osavuosikatsaus II", "Osavuosikatsaus II 2023"),
    )
    assert result.headings["tavoite"] == "Strateginen tavoite"
    assert (result.labels, result.esitys) == ({}, "numerot")


def test_keuruu_spellings_are_joined_and_told():
    told = [notice for notice in luettu("keuruu-2023.xlsx").notices if notice.code == "spelling_joined"]
    assert len(told) == 8
    assert told[-1].cell == "Seuranta 2023!D171"
    assert told[-1].fi == "”Elinvoima ja asuin ympäristö” luettiin samaksi kuin ”Elinvoima ja asuinympäristö”."


# --- Tuusula: codes, scores with their labels


@pytest.mark.parametrize("name", ["tuusula-2023.txt", "tuusula-2023.xlsx"])
def test_tuusula(name):
    result = luettu(name)
    assert (result.status, len(result.rows), distinct(result, "painopiste")) == ("ok", 52, 6)
    assert scores(result) == {2: 14, 3: 33, 4: 3, None: 2}
    assert (result.jaksot, result.esitys) == (("2023",), "numerot")
    assert result.labels[3] == "Toteutus on aloitettu, ei vielä valmis"
    assert sorted(result.labels) == [2, 3, 4]


def test_tuusula_keeps_both_rows_of_one_code_and_says_so():
    result = luettu("tuusula-2023.xlsx")
    twins = [rivi for rivi in result.rows if rivi.koodi == "07.02.02"]
    assert len(twins) == 2
    assert twins[0].toimenpide == twins[1].toimenpide
    assert codes(result.notices) == [("Etenemisraportti!C26", "duplicate_code"), ("Etenemisraportti!E1", "own_column")]


def test_tuusula_leaves_the_missing_vuositavoite_missing():
    rivi = next(rivi for rivi in luettu("tuusula-2023.xlsx").rows if rivi.koodi == "07.01.01")
    assert rivi.painopiste.startswith("07. ")
    assert rivi.tavoite is None


# --- strategiakärjet: the state is only a colour


def test_strategiakarjet_reads_the_state_from_the_colours_and_says_so():
    result = luettu("strategiakarjet-2024.xlsx")
    assert (len(result.rows), distinct(result, "painopiste"), distinct(result, "painopiste", "tavoite")) == (8, 4, 5)
    assert scores(result) == {5: 6, 3: 2}
    assert Counter(notice.code for notice in result.notices) == {"read_from_colour": 8, "carried_down": 7}
    assert (result.jaksot, result.esitys) == (("2024",), "liikennevalo")
    assert result.labels == {1: "ei toteutunut", 3: "toteutunut osittain", 5: "toteutunut"}


def test_strategiakarjet_as_text_has_lost_its_colours():
    result = luettu("strategiakarjet-2024.txt")
    assert scores(result) == {None: 8}
    assert comments(result) == 8
    assert [skip.reason for skip in result.skipped if skip.cell == "A15"] == ["legend"]


# --- Kerava: a plan by boards


@pytest.mark.parametrize(
    ("name", "cell"), [("kerava-2018-2021.txt", "D182"), ("kerava-2018-2021.xlsx", "Sivistyksen edelläkävijä!D7")]
)
def test_kerava(name, cell):
    result = luettu(name)
    assert (result.status, len(result.rows), distinct(result, "painopiste")) == ("ok", 141, 7)
    assert (result.jaksot, result.esitys) == ((), "ei")
    assert all(rivi.kirjaukset == () for rivi in result.rows)
    assert [notice.cell for notice in result.notices if notice.code == "needs_decision"] == [cell]
    shifted = next(rivi for rivi in result.rows if rivi.cell == cell)
    assert shifted.toimenpide == "Vastuualuejohtajat"


def test_kerava_takes_the_board_from_the_band_over_the_rows():
    result = luettu("kerava-2018-2021.txt")
    boards = {rivi.cell: rivi.toimielin for rivi in result.rows}
    assert boards["D12"] is None
    assert boards["D20"] == "Elinkeino- ja työllisyysjaosto"
    assert boards["D216"] == "Hallintopalvelut"
    assert boards["D242"] == "Elinkeinokone- ja työllisyysjaosto"


def test_kerava_lists_become_lines():
    rivi = next(rivi for rivi in luettu("kerava-2018-2021.txt").rows if rivi.cell == "D20")
    assert rivi.painopiste == "Innostunut henkilöstö"
    assert rivi.tavoite.split("\n") == [
        "• - Arvostamme vahvaa ammattijohtajuutta, joka tukee strategian toteutumista.",
        "• - Valmentava ja arvostava esimies luo mahdollisuudet onnistua ja kehittyä.",
    ]


# --- Kemi: words without numbers


def test_kemi():
    result = luettu("kemi-2023.xlsx")
    assert (result.status, len(result.rows), distinct(result, "painopiste")) == ("ok", 16, 3)
    assert result.rows[0].painopiste == "ELINVOIMAINEN KAUPUNKI, hyvinvointi"
    assert result.rows[0].sdg == ("3 TERVEYTTÄ JA HYVINVOINTIA",)
    assert (result.jaksot, comments(result), result.esitys) == (("1-12/2023",), 16, "ei")


def test_kemi_as_text_says_what_is_no_table_line_by_line():
    result = luettu("kemi-2023.txt")
    assert len(result.rows) == 6
    assert [notice.cell for notice in result.notices] == ["A19", "F12", "F13", "F14", "F15"]
    told = [skip.cell for skip in result.skipped if skip.reason == "not_table"]
    assert told[0] == "A19"
    assert len(told) == 110


# --- measures and risks: a cell is one of each, and comes back as it was

# Of each workbook, counted from the file: measures of kind text and of kind kyllä/ei, and risks.
MITATTUA = {
    "keuruu-2023": (0, 0, 0),
    "strategiakarjet-2024": (1, 7, 0),
    "tuusula-2023": (0, 0, 5),
    "kerava-2018-2021": (138, 1, 137),
    "kemi-2023": (16, 0, 0),
}


def kinds(name):
    """(of kind text, of kind kyllä/ei, risks) of the file as read."""
    rows = luettu(name).rows
    laji = Counter(mittari.laji for rivi in rows for mittari in mittarit_of(rivi))
    return laji["teksti"], laji["kylla_ei"], sum(bool(rivi.riski) for rivi in rows)


@pytest.mark.parametrize("name", MITATTUA)
def test_measures_and_risks_of_each_file(name):
    assert kinds(f"{name}.xlsx") == MITATTUA[name]
    if name != "kemi-2023":
        assert kinds(f"{name}.txt") == MITATTUA[name]


@pytest.mark.parametrize("name", MITATTUA)
def test_the_table_above_is_what_stands_in_the_cells(name):
    """Counted with no reader of ours: what stands below a heading that says mittari or riski."""
    mittarit, riskit = (texts_below(name, word) for word in ("mittari", "risk"))
    kylla_ei = sum(re.search(r"kyllä ?/ ?ei\W*$", text) is not None for text in mittarit)
    assert (len(mittarit) - kylla_ei, kylla_ei, len(riskit)) == MITATTUA[name]


def texts_below(name, word):
    found = []
    for sheet in openpyxl.load_workbook(SHARED / "aineisto" / f"{name}.xlsx"):
        for column in sheet.iter_cols(values_only=True):
            texts = [str(text).strip() for text in column if text not in (None, "")]
            heading = next((text for text in texts[:2] if word in text.casefold() and ":" not in text), None)
            if heading:
                found += [text for text in texts[texts.index(heading) :] if text not in (heading, "-", "–")]
    return found


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["kemi-2023", "strategiakarjet-2024", "kerava-2018-2021"])
def test_measures_and_risks_come_back_in_the_kuntas_own_table_cell_by_cell(name):
    tuo_json(name)
    assert compare(Tuonti.objects.get()).eroja == 0
    strategia = Strategia.objects.get()
    plan = {"kunta": strategia.kunta, "strategia": strategia, "nimi": "Seuranta"}  # Kerava's plan has none
    jakso = Seurantajakso.objects.first() or Seurantajakso.objects.create(**plan)
    printed = Counter((rivi.toimenpide, rivi.mittari, rivi.riski) for rivi in build(jakso, koottu=timezone.now()).rivit)
    source = luettu(f"{name}.xlsx").rows
    assert printed == Counter((rivi.toimenpide, rivi.mittari or "", rivi.riski or "") for rivi in source)


def test_kemi_as_text_has_the_measures_of_its_one_table():
    assert kinds("kemi-2023.txt") == (6, 0, 0)


@pytest.mark.django_db
@pytest.mark.parametrize("name", MITATTUA)
def test_measures_and_risks_are_stored_and_the_second_time_changes_nothing(name):
    first, second = (tuo_json(name) for _ in range(2))
    text, yes_or_no, riskit = MITATTUA[name]
    laji = Counter(Mittari.objects.values_list("laji", flat=True))
    assert (laji["teksti"], laji["kylla_ei"], Riski.objects.count()) == MITATTUA[name]
    assert sum(len(row["mittarit"]) for row in first["rows"]) == text + yes_or_no
    assert (second["counts"]["new"], second["counts"]["changed"]) == (0, 0)
    own_table = {toimenpide.mittari for toimenpide in Toimenpide.objects.all()} - {""}
    assert set(Mittari.objects.values_list("alkuperainen", flat=True)) == own_table
    assert {riski.alkuperainen for riski in Riski.objects.all()} == {t.riski for t in Toimenpide.objects.all()} - {""}
    tuonnit = Tuonti.objects.order_by("-pk")
    for tuonti in tuonnit:
        undo_import(tuonti, by=None)
    assert not Mittari.objects.exists() and not Riski.objects.exists() and not Toimenpide.objects.exists()


def tuo_json(name):
    """What `tuo --json` prints of the workbook."""
    out = io.StringIO()
    file = SHARED / "aineisto" / f"{name}.xlsx"
    call_command("tuo", file, kunta="Koe", json=True, ohita_virheet=True, strategia="Koe", stdout=out)
    return json.loads(out.getvalue())
