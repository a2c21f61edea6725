"""A sheet that has ennuste, poikkeaman syy or korjaavat toimenpiteet: every cell a value, and the strategia asks."""

import pytest

from seuranta.models import Kirjaus, Tuonti
from seuranta.taulukko.layout.headings import best_class
from seuranta.taulukko.layout.words import LISAT
from seuranta.taulukko.rows import read
from seuranta.tiedosto.kumous import undo_import
from seuranta.tuonti.lahdevertailu import compare
from strategia.models import LISAKENTAT, Strategia

from ..taulukko.taulukot import book, cells_of, named_cells
from .test_tuo import OTSIKOT, RIVIT, taulukko, tuo  # noqa: F401 -- a fixture

OMAT = ["Ennuste vuoden lopussa", "Poikkeaman syyt", "Korjaavat toimenpiteet"]
TEKSTIT = ["Ei valmistu – 50 %", "Urakka & valitus\nKaksi riviä", "Kilpailutus uusitaan."]


@pytest.mark.parametrize(
    ("heading", "role"),
    [
        ("Ennuste", "ennuste"),
        ("Ennuste 31.12.2026", "ennuste"),
        ("Tilinpäätösennuste", "ennuste"),
        ("Poikkeaman syy", "poikkeaman_syy"),
        ("Syy poikkeamaan", "poikkeaman_syy"),
        ("POIKKEAMAT", "poikkeaman_syy"),
        ("Korjaavat toimet", "korjaavat_toimet"),
        ("Korjaavat toimenpiteet ja aikataulu", "korjaavat_toimet"),
        ("Korrigerande åtgärder", "korjaavat_toimet"),
        ("Syy", "syy"),
        ("Toimenpiteet", "alin"),
        ("Toteuma ja ennuste", "kausi"),
        ("Perustelut ja poikkeamat", "kommentti"),
        ("Riskit ja poikkeamat", "riski"),
    ],
)
def test_the_heading_tells_which_it_is(heading, role):
    assert best_class(heading) == role


def test_the_reader_and_the_strategia_know_the_same_fields():
    assert tuple(LISAT) == tuple(LISAKENTAT)


def test_every_cell_is_a_value_of_its_own():
    data = book([*OTSIKOT, *OMAT], [*RIVIT[0], *TEKSTIT], [*RIVIT[1], 0.5, None, "x"])
    luettu = read(data, "taulu.xlsx")
    assert named_cells(luettu) >= cells_of(data, "taulu.xlsx")
    assert not [skip for skip in luettu.skipped if skip.reason != "header"]
    first, second = (rivi.kirjaukset[0] for rivi in luettu.rows)
    assert [first.ennuste, first.poikkeaman_syy, first.korjaavat_toimet] == TEKSTIT
    assert (second.ennuste, second.poikkeaman_syy, second.korjaavat_toimet) == ("0,5", None, "x")
    assert first.cells["poikkeaman_syy"] == "Taul1!H2"


def test_each_jakso_has_its_own():
    otsikot = ["Toimenpide", "Aste kevät 2026", "Ennuste kevät", "Aste syksy 2026", "Ennuste syksy"]
    luettu = read(book(otsikot, ["Teko", 2, "Valmistuu", 3, "Viivästyy"], ["Toinen", 1, "a", 1, "b"]), "taulu.xlsx")
    assert [(k.jakso, k.ennuste) for k in luettu.rows[0].kirjaukset] == [
        ("Kevät 2026", "Valmistuu"),
        ("Syksy 2026", "Viivästyy"),
    ]


def test_a_sheet_of_forecasts_alone_is_a_jakso_too():
    data = book(["Toimenpide", "Toimiala", "Ennuste 2026"], ["Teko", "Tekninen", "Valmistuu"])
    luettu = read(data, "taulu.xlsx")
    assert luettu.rows[0].kirjaukset[0].ennuste == "Valmistuu"
    assert named_cells(luettu) >= cells_of(data, "taulu.xlsx")


def test_too_long_a_text_is_an_error_with_its_cell():
    luettu = read(book([*OTSIKOT, "Ennuste"], [*RIVIT[0], "x" * 32_767], [*RIVIT[1], "y"]), "taulu.xlsx")
    assert not luettu.errors
    csv = ";".join([*OTSIKOT, "Ennuste"]) + "\nA;B;C;D;3;k;" + "x" * 32_768
    assert [(e.cell, e.code) for e in read(csv.encode(), "taulu.csv").errors] == [("G2", "too_long")]


# --- into the database


def test_its_words_become_the_strategias_and_a_second_time_changes_nothing(taulukko, db):  # noqa: F811
    path = taulukko([[*RIVIT[0], *TEKSTIT], [*RIVIT[1], "", "", ""]], [*OTSIKOT, *OMAT])
    told = tuo(path)
    kirjaus = told["rows"][0]["kirjaukset"][0]
    assert [kirjaus[nimi] for nimi in LISAKENTAT] == TEKSTIT
    assert not any(told["rows"][1]["kirjaukset"][0][nimi] for nimi in LISAKENTAT)
    stored = Kirjaus.objects.get(toimenpide__nimi=RIVIT[0][2])
    assert [getattr(stored, nimi) for nimi in LISAKENTAT] == TEKSTIT
    assert "urakka & valitus" in stored.haku
    assert stored.history.get().ennuste == TEKSTIT[0]
    strategia = Strategia.objects.get()
    assert strategia.lisakentat == list(LISAKENTAT)
    assert [strategia.sana(nimi) for nimi in LISAKENTAT] == OMAT
    assert tuo(path)["counts"] == {"new": 0, "changed": 0, "same": 2, "errors": 0}
    assert compare(Tuonti.objects.first()).eroja == 0
    assert "Urakka & valitus\nKaksi riviä" in [s.talletettu for s in compare(Tuonti.objects.first()).rows[0].solut]


def test_an_empty_cell_erases_nothing_and_a_persons_own_waits(taulukko, db):  # noqa: F811
    otsikot = [*OTSIKOT, "Ennuste"]
    tuo(taulukko([[*RIVIT[0], "Valmistuu."]], otsikot))
    assert tuo(taulukko([[*RIVIT[0], ""]], otsikot))["counts"]["same"] == 1
    kirjaus = Kirjaus.objects.get()
    kirjaus.ennuste, kirjaus.versio = "Ihmisen oma.", 2
    kirjaus.save()
    told = tuo(taulukko([[*RIVIT[0], "Taulukon uusi."]], otsikot), code=1)
    assert [(error["cell"], error["code"]) for error in told["errors"]] == [("Sheet!G2", "conflict")]
    assert Kirjaus.objects.get().ennuste == "Ihmisen oma."


def test_a_file_that_answers_them_turns_them_on_and_undoing_it_off(taulukko, db):  # noqa: F811
    tuo(taulukko())
    assert Strategia.objects.get().lisakentat == []
    tuo(taulukko([[*row, ""] for row in RIVIT], [*OTSIKOT, "Ennuste"]))
    assert Strategia.objects.get().lisakentat == []  # a column without a word answers nothing
    tuo(taulukko([[*row, "Valmistuu."] for row in RIVIT[:2]], [*OTSIKOT, "Arvioitu ennuste"]))
    assert (Strategia.objects.get().lisakentat, Strategia.objects.get().sana("ennuste")) == (
        ["ennuste"],
        "Arvioitu ennuste",
    )
    undo_import(Tuonti.objects.first(), by=None)
    assert Strategia.objects.get().lisakentat == []
    assert not Kirjaus.objects.exclude(ennuste="").exists()


def test_what_the_koordinaattori_turned_off_stays_off(taulukko, db):  # noqa: F811
    path = taulukko([[*RIVIT[0], "Valmistuu."]], [*OTSIKOT, "Ennuste"])
    tuo(path)
    strategia = Strategia.objects.get()
    strategia.use_lisakentat([])
    strategia.save()
    tuo(taulukko([[*RIVIT[0], "Viivästyy."]], [*OTSIKOT, "Ennuste"]))
    assert (Strategia.objects.get().lisakentat, Kirjaus.objects.get().ennuste) == ([], "Viivästyy.")


def test_what_was_chosen_before_the_first_import_stays_and_the_sheets_words_come(taulukko, db):  # noqa: F811
    tuo(taulukko())
    Strategia.objects.update(sarakkeet=[], sanasto={})
    strategia = Strategia.objects.get()
    strategia.use_lisakentat(["ennuste"])
    strategia.save()
    tuo(taulukko(otsikot=["Kärki", *OTSIKOT[1:]]))
    strategia.refresh_from_db()
    assert (strategia.sana("painopiste"), strategia.lisakentat) == ("Kärki", ["ennuste"])


def test_parts_of_the_report_chosen_before_the_first_import_stay_and_the_sheets_words_come(taulukko, db):  # noqa: F811
    tuo(taulukko())
    parts = [{"rooli": "mittarit.kehitys", "piilossa": True}, {"rooli": "sdg.tavoitteittain"}]
    Strategia.objects.update(sarakkeet=parts, sanasto={})
    for _time in range(2):
        tuo(taulukko(otsikot=["Kärki", *OTSIKOT[1:]]))
        strategia = Strategia.objects.get()
        assert strategia.sana("painopiste") == "Kärki"
        assert [each["rooli"] for each in strategia.sarakkeet][-2:] == ["mittarit.kehitys", "sdg.tavoitteittain"]
        assert ("mittarit.kehitys" in strategia.piilotetut, "sdg.tavoitteittain" in strategia.piilotetut) == (
            True,
            False,
        )
        assert len(strategia.sarakkeet) == len(OTSIKOT) + 2


def test_a_word_that_somebody_has_given_before_the_first_import_stays(taulukko, db):  # noqa: F811
    tuo(taulukko())
    Strategia.objects.update(sarakkeet=[{"rooli": "ennuste", "otsikko": "Arvio"}], sanasto={"ennuste": "Arvio"})
    tuo(taulukko([[*RIVIT[0], "Valmistuu."]], [*OTSIKOT, "Ennuste"]))
    strategia = Strategia.objects.get()
    assert (strategia.sana("ennuste"), strategia.sana("painopiste")) == ("Arvio", OTSIKOT[0])
    assert "Arvio" in [each["otsikko"] for each in strategia.sarakkeet]


@pytest.mark.parametrize("mark", ["piilossa", "pois"])
def test_what_was_hidden_or_turned_off_before_the_first_import_stays_so(taulukko, db, mark):  # noqa: F811
    tuo(taulukko())
    Strategia.objects.update(sarakkeet=[{"rooli": "ennuste", mark: True}], sanasto={})
    tuo(taulukko([[*RIVIT[0], "Valmistuu."]], [*OTSIKOT, "Ennuste"]))
    assert "ennuste" in Strategia.objects.get().piilotetut
