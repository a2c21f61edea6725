"""Random tables: the judge knows right from wrong, the generator draws all kinds, and what must hold of any reading."""

import random
from collections import Counter
from types import SimpleNamespace

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from seuranta.taulukko.rows import read, read_cells
from seuranta.taulukko.soluviite import address
from tests.ymparisto import kierrokset

from .satunnaiset import draw_table, table_of
from .satunnaiset.oraakkeli import right_reading
from .satunnaiset.tuomari import HILJAA, KYSYTTY, OIKEIN, judge, key
from .taulukot import named_cells

OSUUDET = (0, 0.15, 0.3, 1)

# --- the judge


@pytest.mark.parametrize("osuus", OSUUDET)
def test_a_reading_that_holds_the_truth_is_right(osuus):
    for siemen in range(kierrokset(2000)):
        taulu = table_of(siemen, osuus)
        tuomio = judge(taulu, right_reading(taulu.totuus))
        assert (tuomio.lopputulos, tuomio.viat[:2], tuomio.turhat) == (OIKEIN, [], []), taulu.siemen


def change(field, value):
    return lambda luettu: setattr(luettu.rows[0], field, value)


def change_kirjaus(field, value):
    return lambda luettu: setattr(luettu.rows[0].kirjaukset[0], field, value)


VAHINGOT = {
    "the name of another": change("toimenpide", "Aivan muuta"),
    "a level too many": change("toimialan_tavoite", "Aivan muuta"),
    "no level": change("painopiste", None),
    "an own column dropped": change("omat", {}),
    "a row dropped": lambda luettu: luettu.rows.pop(0),
    "a row made of nothing": lambda luettu: luettu.rows.append(
        SimpleNamespace(cell="Muu!A1", toimenpide="x", kirjaukset=luettu.rows[0].kirjaukset)
    ),  # noqa: E501
    "a score that is not there": change_kirjaus("toteutumisaste", 2),
    "another's comment": change_kirjaus("kommentti", "Aivan muuta"),
    "a jakso too many": lambda luettu: luettu.rows[0].kirjaukset.append(luettu.rows[0].kirjaukset[0]),
}


def plain_table():
    """A table with a level above, an own column and one score that is not 2."""
    for siemen in range(500):
        taulu = table_of(siemen, 0)
        truth = taulu.totuus.rivit[0]
        is_plain = truth.tasot[0][1] == "painopiste" and len(truth.tasot) < 3 and not taulu.totuus.koodit
        if is_plain and truth.omat and truth.asteet and truth.asteet[0][0] == (5,) and truth.kommentit[0][0]:
            return taulu
    raise AssertionError("no such table")


@pytest.mark.parametrize("vahinko", VAHINGOT.values(), ids=VAHINGOT)
def test_a_damage_that_nobody_is_told_of_is_wrong_in_silence(vahinko):
    taulu = plain_table()
    luettu = right_reading(taulu.totuus)
    vahinko(luettu)
    assert judge(taulu, luettu).lopputulos == HILJAA


def test_a_damage_at_a_cell_or_a_column_that_was_asked_about_is_asked():
    taulu = plain_table()
    cell = taulu.totuus.rivit[0].asteet[0][2][0]
    heading = next(each for each in taulu.totuus.otsikot if each.rstrip("0123456789") == cell.rstrip("0123456789"))
    for place in (cell, heading):
        luettu = right_reading(taulu.totuus)
        luettu.rows[0].kirjaukset[0].toteutumisaste = None
        luettu.errors.append(SimpleNamespace(cell=place, code="column_role", fi="?", en="?"))
        assert judge(taulu, luettu).lopputulos == KYSYTTY
    luettu.errors[-1].cell = taulu.totuus.rivit[1].solu  # a question elsewhere covers nothing
    assert judge(taulu, luettu).lopputulos == HILJAA


def test_a_needless_question_and_a_refusal_are_asked():
    taulu = plain_table()
    luettu = right_reading(taulu.totuus)
    luettu.errors.append(SimpleNamespace(cell=taulu.totuus.rivit[0].solu, code="column_role", fi="?", en="?"))
    assert judge(taulu, luettu).lopputulos == KYSYTTY
    assert judge(taulu, SimpleNamespace(status="reject", reason="no_header")).lopputulos == KYSYTTY


def test_what_must_be_asked_and_is_not_is_wrong_in_silence():
    seen = Counter()
    for siemen in range(300):
        taulu = table_of(siemen, 0)
        for code in taulu.totuus.koodit:
            luettu = right_reading(taulu.totuus)
            luettu.errors = [error for error in luettu.errors if error.code != code]
            assert judge(taulu, luettu).lopputulos == HILJAA, (siemen, code)
            seen[code] += 1
    assert {"unknown_scale", "unknown_word", "year_needed", "several_toimialat", "older_copy"} <= set(seen), seen


# --- the generator


def test_every_kind_is_drawn():
    seen = {}
    for siemen in range(400):
        for kind, value in table_of(siemen, 0).kuvaus.items():
            if kind not in ("otsikot", "tiedosto"):
                seen.setdefault(kind, Counter())[value] += 1
    least = {
        "asteikko": 17, "jaksot": 14, "jaksotapa": 5, "alin": 3, "ylin": 3, "yksikkö": 4, "toisto": 3, "muoto": 4,
        "kieli": 3, "kaksikielinen": 3, "mittarit": 4, "omia": 4, "summat": 3, "toistuva otsikko": 3, "numerointi": 4,
        "tasoja": 3, "otsikkorivejä": 3, "peruste": 7,
    }  # fmt: skip
    assert {kind: len(seen[kind]) >= count for kind, count in least.items()} == dict.fromkeys(least, True), seen


def test_the_same_seed_draws_the_same_table():
    for osuus in OSUUDET:
        first, again = table_of(7, osuus), table_of(7, osuus)
        assert first.totuus == again.totuus
        assert read(first.tavut, first.nimi) == read(again.tavut, again.nimi)


@pytest.mark.parametrize("muoto", ["xlsx", "ods", "xls", "csv"])
def test_the_file_holds_the_cells_that_the_truth_tells(muoto):
    """What was drawn is in the file, read here by the workbook's own reader cell by cell."""
    tables = [taulu for taulu in map(lambda s: table_of(s, 0.3), range(120)) if taulu.nimi.endswith(muoto)]  # noqa: C417
    for taulu in tables:
        book, _typed, issue = read_cells(taulu.tavut, taulu.nimi, {})
        assert issue is None, (taulu.siemen, issue)
        have = {
            address(sheet.name, column, row): solu.value
            for sheet in book.sheets
            for row, cells in sheet.rows.items()
            for column, solu in cells.items()
            if solu.value not in (None, "")
        }
        assert set(have) == set(taulu.totuus.kaikki), taulu.siemen
        for cell, solu in taulu.totuus.kaikki.items():
            if isinstance(solu.arvo, str):
                assert key(have[cell]) == key(solu.arvo), (taulu.siemen, cell)
    assert len(tables) >= 5


# --- what must hold of any reading

taulut = st.builds(draw_table, st.randoms(use_true_random=False), st.sampled_from(OSUUDET))


@settings(
    max_examples=kierrokset(2000),
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
    phases=[Phase.generate],  # shrinking a table takes minutes; the printed blob repeats the failure
    print_blob=True,
)
@given(taulut)
def test_whatever_the_table_no_cell_is_lost_and_no_number_becomes_a_score_unasked(taulu):
    luettu = read(taulu.tavut, taulu.nimi)
    assert luettu == read(taulu.tavut, taulu.nimi)
    if luettu.status == "reject":
        assert luettu.reason
        assert luettu.errors
        return
    assert lost_cells(taulu, luettu) == []
    assert scores_of_strange_numbers(taulu, luettu) == []


def lost_cells(taulu, luettu):
    """Filled cells that are named nowhere and whose text is in no row."""
    named = named_cells(luettu)
    return [cell for cell in taulu.totuus.kaikki if cell not in named]


def scores_of_strange_numbers(taulu, luettu):
    """Scores whose cell holds a number outside 1–5 that is no per cent, and that nobody was asked about.

    A score that a cell's colour tells says nothing of the number in it: a coloured row has its codes in it too.
    """
    asked = {error.cell for error in luettu.errors}
    strange = []
    for rivi in luettu.rows:
        for kirjaus in rivi.kirjaukset:
            cell = kirjaus.cells.get("toteutumisaste")
            solu = taulu.totuus.kaikki.get(cell)
            if kirjaus.toteutumisaste is None or solu is None or solu.tayte or cell in asked:
                continue
            number = solu.arvo
            if isinstance(number, int | float) and number not in (0, 25, 50, 75, 100, 0.25, 0.5, 0.75, 1, 2, 3, 4, 5):
                strange.append(cell)
    return strange


def test_a_table_of_chance_alone_is_read_or_refused():
    """Cells thrown anywhere: no exception, whatever stands where."""
    for siemen in range(kierrokset(1000)):
        noppa = random.Random(siemen)
        taulu = draw_table(noppa, noppa.choice(OSUUDET))
        luettu = read(_shuffled(taulu, noppa), "sekaisin.csv")
        assert luettu.status in ("ok", "row_errors", "reject")


def _shuffled(taulu, noppa):
    texts = [f"{solu.arvo}".replace("\n", " ").replace(";", ",") for solu in taulu.totuus.kaikki.values()]
    noppa.shuffle(texts)
    width = noppa.randint(2, 9)
    lines = [texts[start : start + width] for start in range(0, len(texts), width)]
    return "\n".join(";".join(line) for line in lines).encode()
