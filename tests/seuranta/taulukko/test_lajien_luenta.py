"""Golden tables of kinds 1–17, each read as its expected file says: names, levels, scores, comments, own columns."""

import json

import pytest

from seuranta.taulukko.layout.headings import is_period, weigh
from seuranta.taulukko.rows import read

from .lajit.kuvaus import TAULUT
from .lajit.tee import FOLDER
from .satunnaiset.tuomari import key
from .taulukot import named_cells

LUETTAVAT = sorted(TAULUT)


@pytest.mark.parametrize("nimi", LUETTAVAT)
def test_the_table_is_read_as_written_beside_it(nimi):
    odotus = json.loads((FOLDER / f"{nimi}.json").read_text())
    luettu = read((FOLDER / nimi).read_bytes(), nimi)
    assert differences(odotus, luettu) == []


def differences(odotus, luettu):
    """Every way in which the reading differs from what is expected, as sentences."""
    if odotus["status"] == "reject":
        told = [] if luettu.status == "reject" else [f"luettiin {len(luettu.rows)} riviä"]
        if odotus["reason"] and luettu.reason != odotus["reason"]:
            told.append(f"syy {luettu.reason}, oikein {odotus['reason']}")
        return told + [f"ei neuvo: {e.fi}" for e in luettu.errors[:1] if odotus["sanoo"] not in e.fi]
    if luettu.status == "reject":
        return [] if odotus.get("voi_torjua") else [f"torjuttiin: {luettu.reason}"]
    found = _questions(odotus, luettu) + _jaksot(odotus, luettu)
    if odotus.get("rivit_avoinna"):
        return found
    rows, wanted = {rivi.cell: rivi for rivi in luettu.rows}, odotus["rivit"]
    if [rivi.cell for rivi in luettu.rows] != [row["solu"] for row in wanted]:
        found.append(f"rivit {[rivi.cell for rivi in luettu.rows]}, oikein {[row['solu'] for row in wanted]}")
    asked = {_line(cell) for error in luettu.errors for cell in (error.cell,)}
    for row in wanted:
        if row["solu"] in rows:
            found += [f"{row['solu']}: {what}" for what in _row(row, rows[row["solu"]], asked)]
    skipped = {skip.cell for skip in luettu.skipped if skip.reason == "total"}
    return found + [f"summa {cell} ei ole ohitettu" for cell in odotus.get("summat", []) if cell not in skipped]


def _questions(odotus, luettu):
    """Each question once, by its code and sentence."""
    have = sorted(code for code, _fi in {(error.code, error.fi) for error in luettu.errors})
    wanted = sorted(odotus.get("kysymykset", []))
    return [] if have == wanted else [f"kysyttiin {have}, oikein {wanted}: {[e.fi for e in luettu.errors[:2]]}"]


def _jaksot(odotus, luettu):
    names, found = list(luettu.jaksot), []
    if "jaksot" in odotus and names != odotus["jaksot"]:
        found.append(f"jaksot {names}, oikein {odotus['jaksot']}")
    if "jaksoja" in odotus and len(names) != odotus["jaksoja"]:
        found.append(f"jaksot {names}, oikein {odotus['jaksoja']}")
    return found + [f"jaksona on {name}" for name in odotus.get("jakso_ei", []) if name in names]


def _line(cell):
    return cell.rstrip("0123456789").rpartition("!")[0], cell[len(cell.rstrip("0123456789")) :]


def _row(row, rivi, asked):
    for name, want in row.items():
        if name == "asteet":
            yield from _scores(want, rivi, _line(rivi.cell) in asked)
        elif name == "kommentit":
            have = [kirjaus.kommentti for kirjaus in rivi.kirjaukset]
            if have != want:
                yield f"kommentit {have}, oikein {want}"
        elif name == "omat":
            have = own_columns(rivi)
            if {key(heading): key(text) for heading, text in want.items()} != have:
                yield f"omat {have}, oikein {want}"
        elif name in ("arvot", "tavoitearvot"):
            yield from _measure(name, want, rivi)
        elif name == "sailyy":
            texts = {key(text) for text in _texts(rivi)}
            yield from (f"{text!r} puuttuu" for text in want if not any(key(text) in have for have in texts))
        elif name == "pp_tai_tavoite":
            if want not in (rivi.painopiste, rivi.tavoite):
                yield f"{want!r} ei ole painopiste eikä tavoite"
        elif name == "mittari":
            if want not in (rivi.mittari or ""):
                yield f"mittari {rivi.mittari!r}, oikein {want!r}"
        elif name != "solu" and getattr(rivi, name) != want:
            yield f"{name} {getattr(rivi, name)!r}, oikein {want!r}"


def _scores(wanted, rivi, is_asked):
    have = [kirjaus.toteutumisaste for kirjaus in rivi.kirjaukset]
    if len(have) != len(wanted):
        yield f"asteet {have}, oikein {wanted}"
        return
    for score, want in zip(have, wanted, strict=True):
        if isinstance(want, str):
            if not is_asked:
                yield f"aste {score}, kysymättä {want}"
            if score is not None and want != "?" and str(score) != want[1:]:
                yield f"aste {score}, oikein {want}"
        elif score != want:
            yield f"aste {score}, oikein {want}"


def _measure(name, wanted, rivi):
    lists = {"arvot": "arvot", "tavoitearvot": "tavoitteet"}
    have = [key(value.teksti) for mittari in rivi.mittarit for value in getattr(mittari, lists[name])]
    if have != [key(text) for text in wanted]:
        yield f"{name} {have}, oikein {wanted}"


def own_columns(rivi):
    holders = (rivi, *rivi.kirjaukset)
    return {key(heading): key(text) for holder in holders for heading, text in holder.omat.items()}


def _texts(rivi):
    yield from (getattr(rivi, name) for name in ("painopiste", "tavoite", "toimialan_tavoite", "vastuu", "mittari"))
    for holder in (rivi, *rivi.kirjaukset):
        for heading, text in holder.omat.items():
            yield heading if key(text) == "x" else text
    for mittari in rivi.mittarit:
        yield from (value.teksti for value in (*mittari.arvot, *mittari.tavoitteet))


@pytest.mark.parametrize("nimi", [nimi for nimi in LUETTAVAT if not nimi.startswith("01")])
def test_no_cell_of_it_is_lost(nimi):
    luettu, taulu = read((FOLDER / nimi).read_bytes(), nimi), TAULUT[nimi]
    if luettu.status != "reject":
        assert taulu.solut() - named_cells(luettu) == set()


@pytest.mark.parametrize("nimi", [nimi for nimi in LUETTAVAT if "valinnat" in TAULUT[nimi].odotus])
def test_what_a_person_chose_once_settles_the_next_years_file(nimi):
    odotus = TAULUT[nimi].odotus
    luettu = read((FOLDER / nimi).read_bytes(), nimi, choices=odotus["valinnat"])
    assert (luettu.status, luettu.errors) == ("ok", ())
    assert [[kirjaus.toteutumisaste for kirjaus in rivi.kirjaukset] for rivi in luettu.rows] == odotus["valittuna"]


# --- how the tables of a kind differ

TASOT = ("painopiste", "tavoite", "toimialan_tavoite", "toimenpide")
LAJIT = sorted({taulu.laji for taulu in TAULUT.values()})


def shape(nimi):
    """(levels, rows of the header, format, where the periods stand) of a golden table, as its own file tells them."""
    luettu = _read(nimi)
    sarakkeet = [sarake for sheet in luettu.reading for sarake in sheet.sarakkeet]
    levels = len({sarake.role for sarake in sarakkeet} & set(TASOT))
    header = max((len(sheet.otsikkorivit) for sheet in luettu.reading), default=0)
    return levels, header, nimi.rpartition(".")[2], _layout_of_periods(luettu, header)


def _read(nimi):
    return read((FOLDER / nimi).read_bytes(), nimi)


def _layout_of_periods(luettu, header):
    """ "none", "one", "side by side", "above" (a row of headings of its own) or "by sheet"."""
    by_sheet = [{sarake.jakso for sarake in sheet.sarakkeet} - {None} for sheet in luettu.reading]
    if len(luettu.jaksot) < 2:
        return "one" if luettu.jaksot else "none"
    if len(by_sheet) > 1 and not set.intersection(*by_sheet):
        return "by sheet"
    return "above" if header > 1 else "side by side"


def unknown_headings(nimi):
    """The headings of the table that none of the word tables knows."""
    leaves = {sarake.otsikko.split(" – ")[-1] for sheet in _read(nimi).reading for sarake in sheet.sarakkeet}
    return {leaf for leaf in leaves if leaf and not weigh(leaf) and not is_period(leaf)}


@pytest.mark.parametrize("laji", LAJIT)
def test_the_tables_of_a_kind_have_three_shapes_and_differ_in_each_way(laji):
    """| kind | levels | header rows | formats | periods |, as `shape` finds them in the files: `pytest -s` prints it.

    Three shapes are three different fours; and no kind has only one number of levels, of header rows, one format or
    one place of periods, for what is always alike is not proved.
    """
    shapes = {shape(nimi) for nimi, taulu in TAULUT.items() if taulu.laji == laji}
    told = [sorted({each[place] for each in shapes}) for place in range(4)]
    print(f"| {laji} | " + " | ".join(", ".join(map(str, values)) for values in told) + f" | {len(shapes)} shapes |")
    assert len(shapes) >= 3
    assert [len(values) > 1 for values in told] == [True] * 4
    assert len(told[2]) >= 3


@pytest.mark.parametrize("laji", LAJIT)
def test_each_kind_has_headings_that_are_in_no_word_table(laji):
    assert any(unknown_headings(nimi) for nimi, taulu in TAULUT.items() if taulu.laji == laji)
