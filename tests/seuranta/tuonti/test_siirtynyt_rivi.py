"""A row that stands one column too far left: told, shifted back by a button or an option, taken back."""

import json

import pytest
from django.core.management import call_command

from seuranta.models import Tuonti
from seuranta.taulukko.rows import read
from seuranta.templatetags.solut import solussa
from strategia.models import Toimenpide
from tests.ymparisto import SHARED, needs_shared

from .tuontisivut import korjaa, paata, paatetty, sanat, sivu, tallenna, xlsx

OTSIKOT = ["Painopiste", "Strateginen tavoite", "Toimialan tavoite", "Toimenpide", "Vastuu", "Riski", "Mittari"]
ENNEN = ["Koulut", "Oppiminen", "Yhdessä", "Tuetaan lukemista", "Rehtorit", "Kirjat loppuvat.", "Luetut kirjat"]
SIIRTYNYT = ["Koulut", "Oppiminen", "Kohdellaan kaikkia yhdenvertaisesti", "Rehtorit", "Ei tiedetä.", "Päivitetty"]
JALKEEN = ["Koulut", "Oppiminen", "Yhdessä", "Lisätään liikuntaa", "Liikuntatoimi", "Sali on varattu.", "Tunnit"]
ALKU = "Sheet!C3"


@pytest.fixture
def lahetetty(cast, laheta):
    def send(*rows):
        return laheta(content=xlsx(*(rows or (ENNEN, SIIRTYNYT, JALKEEN)), otsikot=OTSIKOT))

    return send


def test_it_is_told_with_a_button_and_shifted_back(cast, aino, lahetetty):
    tuonti = lahetetty()
    page = sivu(aino, tuonti)
    assert "”Rehtorit” on muilla riveillä sarakkeessa ”Vastuu”. Rivi luettiin sellaisenaan." in page
    assert "--siirra" not in page
    assert page.count("Siirrä rivi takaisin oikealle") == 1
    assert "Katso nämä, ennen kuin tallennat" not in page  # told once, with its button
    assert paata(aino, tuonti, **{f"siirto|{ALKU}": "1"}).status_code == 302
    page = sivu(aino, tuonti, nayta="tulkinnat")
    assert "Siirrä rivi takaisin oikealle" not in page
    assert "Rivin solut siirrettiin tästä alkaen sarakkeen verran oikealle." in page
    assert "Rivi siirretään takaisin solusta C3 sarakkeen verran oikealle" in sanat(page)
    tallenna(aino, tuonti)
    teko = Toimenpide.objects.get(nimi=SIIRTYNYT[2])
    assert (teko.vastuu, teko.riski, teko.mittari) == ("Rehtorit", "Ei tiedetä.", "Päivitetty")
    assert teko.toimialan_tavoite == "Yhdessä"
    assert not Toimenpide.objects.filter(nimi="Rehtorit").exists()


def test_it_is_saved_as_it_is_read_unless_somebody_shifts_it(aino, lahetetty):
    tallenna(aino, lahetetty())
    assert Toimenpide.objects.get(nimi="Rehtorit").vastuu == "Ei tiedetä."


def test_taking_it_back_reads_the_row_as_before(aino, lahetetty):
    tuonti = lahetetty()
    paata(aino, tuonti, **{f"siirto|{ALKU}": "1"})
    paata(aino, tuonti, peru=str(tuonti.paatokset.get(laji="siirto").pk))
    assert "siirto" not in paatetty(tuonti)
    assert "Siirrä rivi takaisin oikealle" in sivu(aino, tuonti)


def test_what_was_typed_over_the_moving_cells_is_told_and_goes(aino, lahetetty):
    tuonti = lahetetty()
    korjaa(aino, tuonti, "Sheet!D3", E3="Toinen", A3="Kirjastot")
    assert "Siirto peruu ne korjaukset" in sivu(aino, tuonti)
    paata(aino, tuonti, **{f"siirto|{ALKU}": "1"})
    assert paatetty(tuonti)["solu"] == {"Sheet!A3": "Kirjastot"}
    korjaa(aino, tuonti, "Sheet!D3", E3="Opettajat")
    assert paatetty(tuonti)["solu"] == {"Sheet!A3": "Kirjastot", "Sheet!E3": "Opettajat"}
    paata(aino, tuonti, peru=str(tuonti.paatokset.get(laji="siirto").pk))
    assert paatetty(tuonti)["solu"] == {"Sheet!A3": "Kirjastot"}


def test_a_row_that_the_file_does_not_ask_about_is_not_shifted(aino, lahetetty):
    tuonti = lahetetty()
    assert "C2: tätä ei enää kysytä" in paata(aino, tuonti, **{"siirto|Sheet!C2": "1"}).text
    assert "siirto" not in paatetty(tuonti)


def test_a_lost_name_leaves_its_place_for_it():
    """The levels are those of the rows around it, so the name is what is missing: the rest goes right of it."""
    content = xlsx(ENNEN, [*ENNEN[:3], "Rehtorit", "Ei tiedetä.", "Päivitetty"], JALKEEN, otsikot=OTSIKOT)
    luettu = read(content, "a.xlsx")
    assert luettu.siirtyneet == (("Sheet!D3", "Sheet!D3"),)
    luettu = read(content, "a.xlsx", shifted=("Sheet!D3",))
    assert [issue.code for issue in luettu.errors] == ["missing_name"]
    assert (luettu.rows[1].toimialan_tavoite, luettu.rows[1].vastuu) == ("Yhdessä", "Rehtorit")


def test_a_higher_level_may_be_the_one_that_is_missing():
    luettu = read(
        xlsx(ENNEN, ["Oppiminen", "Yhdessä", "Uusi", "Rehtorit", "Riski", "Mitta"], otsikot=OTSIKOT), "a.xlsx"
    )
    assert luettu.siirtyneet == (("Sheet!D3", "Sheet!A3"),)


def test_nothing_falls_off_the_table():
    """What stands in the table's last column has no place to go: the row is told without a button."""
    rows = [[*ENNEN, "Oma"], [*SIIRTYNYT, None, "Oma"], [*JALKEEN, "Oma"]]
    luettu = read(xlsx(*rows, otsikot=[*OTSIKOT, "Muistiinpano"]), "a.xlsx")
    assert [notice.cell for notice in luettu.notices if notice.code == "needs_decision"] == ["Sheet!D3"]
    assert luettu.siirtyneet == ()
    assert "--siirra" not in luettu.notices[0].fi


@pytest.mark.parametrize("cell", ["Sheet!C9", "Toinen!C3", "Sheet!H3", "Sheet!C"])
def test_a_cell_that_is_not_in_the_file_is_refused(cell):
    luettu = read(xlsx(ENNEN, SIIRTYNYT, otsikot=OTSIKOT), "a.xlsx", shifted=(cell,))
    assert (luettu.status, luettu.reason) == ("reject", "unknown_cell")


def test_the_command_shifts_it_and_remembers(cast, tmp_path, capsys):
    path = tmp_path / "taulu.xlsx"
    path.write_bytes(xlsx(ENNEN, SIIRTYNYT, JALKEEN, otsikot=OTSIKOT))
    call_command("tuo", str(path), kunta=cast.kunta.nimi, strategia="Uusi", siirra=[ALKU], json=True)
    rows = json.loads(capsys.readouterr().out)["rows"]
    assert [row["toimenpide"] for row in rows] == [ENNEN[3], SIIRTYNYT[2], JALKEEN[3]]
    assert paatetty(Tuonti.objects.first())["siirto"] == {ALKU: True}


@needs_shared
@pytest.mark.parametrize(
    ("name", "row", "start"),
    [
        ("kerava-2018-2021.txt", "D182", "C182"),
        ("kerava-2018-2021.xlsx", "Sivistyksen edelläkävijä!D7", "Sivistyksen edelläkävijä!C7"),
    ],
)
def test_the_row_of_kerava(name, row, start):
    data = (SHARED / "aineisto" / name).read_bytes()
    assert read(data, name).siirtyneet == ((row, start),)
    luettu = read(data, name, shifted=(start,))
    (rivi,) = (rivi for rivi in luettu.rows if rivi.cell == row)
    assert rivi.toimenpide.startswith("Lapsia, oppilaita, opiskelijoita ja henkilöstöä kohdellaan")
    assert (rivi.vastuu, rivi.mittari) == ("Vastuualuejohtajat", "• Suunnitelma päivitetty")
    assert (len(luettu.rows), luettu.siirtyneet, luettu.errors) == (141, (), ())


def test_a_sheets_name_is_said_once_with_its_cell():
    told = "Sama rivi on solussa Taul1!C2. Toinen on solussa Taul2!C2."
    assert solussa(told, "Taul1!C9") == "Sama rivi on solussa C2. Toinen on solussa Taul2!C2."
    assert solussa(told, "") == told
