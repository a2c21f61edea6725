"""Random tables in random layouts read back to the same rows; broken files never break the reader."""

import csv
import io
import random
import re
import zipfile
from dataclasses import dataclass, field

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from seuranta.taulukko.rows import read
from seuranta.taulukko.sandbox import Lapsi
from seuranta.taulukko.workbook import clean
from strategia.nimet import normalise
from tests.ymparisto import JUURI, kierrokset

from .ods import S, ods
from .taulukot import OTSIKOT, book, cells_of, named_cells, text

FOLDER = JUURI / "fixtures" / "taulukot"

# --- what a table says


@dataclass
class Teko:
    """A row: what must be read of it, whatever the layout. `arviot`: (score or None, comment or "") for each jakso."""

    painopiste: str
    tavoite: str
    nimi: str
    toimiala: str
    arviot: list


# Words that mean nothing: a name of real words might be a heading, a sum or a board, and be read as such.
sana = st.text("bdfgkptvxzåö", min_size=3, max_size=9)
nimi = st.lists(sana, min_size=1, max_size=4).map(" ".join).map(str.capitalize)
kommentti = (
    st.text("abc åäö.,;\"'=+-@#&>😀€\n\t", max_size=40).map(clean).filter(lambda t: t.count(";") + t.count(",") < 3)
)
arvio = st.tuples(st.sampled_from([1, 2, 3, 4, 5, None]), kommentti)


def names(minimum, maximum):
    return st.lists(nimi, min_size=minimum, max_size=maximum, unique_by=normalise)


@st.composite
def teot(draw, jaksoja):
    toimialat = draw(names(1, 3))
    tavoitteet = iter(draw(names(6, 6)))
    nimet = iter(draw(names(18, 18)))
    return [
        Teko(
            painopiste,
            tavoite,
            next(nimet),
            draw(st.sampled_from(toimialat)),
            draw(st.lists(arvio, min_size=jaksoja, max_size=jaksoja)),
        )
        for painopiste in draw(names(1, 3))
        for tavoite in [next(tavoitteet) for _ in range(draw(st.integers(1, 2)))]
        for _ in range(draw(st.integers(1, 3)))
    ]


# --- how it is laid out


@dataclass
class Asettelu:
    """A layout. `levels`: written on every row, once, or merged; `every`: rows between headers, 0 for one header."""

    ending: str
    order: list
    headings: dict
    levels: str
    has_bands: bool
    titles: list
    every: int
    foot: list
    jaksot: list
    delimiter: str
    labelled: bool
    merges: list = field(default_factory=list)


HEADINGS = {
    "painopiste": ["Painopiste", "PAINOPISTEALUE", "Strateginen kärki", "Tyngdpunktsområde"],
    "tavoite": ["Strateginen tavoite", "Tavoitteet", "Vuosi-\ntavoite", "Mål"],
    "nimi": ["Toimenpide", "TOIMENPITEET", "Teko", "Åtgärd", "Toimen-\npide"],
    "toimiala": ["Toimiala", "Vastuutoimiala", "Sektor"],
    "aste": ["Toteutumisaste", "Etenemisaste (1–5)", "Status", "Genomförandegrad"],
    "kommentti": ["Kommentti", "Huomiot", "Kommentar"],
}
LABELS = {1: "1 = ei aloitettu", 2: "2 – suunnitteilla", 3: "3 Käynnissä", 4: "4: lähes valmis", 5: " 5 "}


@st.composite
def asettelut(draw):
    ending = draw(st.sampled_from(["xlsx", "ods", "csv"]))
    jaksot = draw(st.sampled_from([[""], ["kevät 2025", "syksy 2025"]]))
    has_bands = draw(st.booleans())
    texts = ["painopiste", "tavoite", "nimi", "toimiala"][has_bands:]
    order = draw(st.permutations(texts))
    if has_bands and order[0] == "nimi":  # a lone cell in the column of names is a name
        order = [*order[1:], order[0]]
    return Asettelu(
        ending,
        order,
        {role: draw(st.sampled_from(words)) for role, words in HEADINGS.items()},
        draw(st.sampled_from(["every", "once"] if ending == "csv" else ["every", "once", "merged"])),
        has_bands,
        draw(st.sampled_from([[], ["Vuorijärven kunta"], ["Vuorijärven kunta", "", "Strategian seuranta 2025", ""]])),
        draw(st.sampled_from([0, 2, 3])),
        draw(st.sampled_from([[], ["", "Keskiarvo"], ["1 = ei aloitettu, 5 = toteutunut", "Laatija: koordinaattori"]])),
        jaksot,
        draw(st.sampled_from(";,\t")),
        draw(st.booleans()),
    )


def lay(rows, layout):
    """The grid of values, a list of lists; fills `layout.merges` with (row, last row, column), counted from 1."""
    header = [layout.headings[role] for role in layout.order]
    for jakso in layout.jaksot:
        header += [f"{layout.headings['aste']} {jakso}".strip(), f"{layout.headings['kommentti']} {jakso}".strip()]
    grid = [[title] for title in layout.titles] + [header]
    last = None
    for number, teko in enumerate(rows):
        if layout.has_bands and (last is None or teko.painopiste != last.painopiste):
            grid.append([teko.painopiste])
        elif layout.every and number and number % layout.every == 0:
            grid.append(header)
            last = None if layout.levels == "merged" else last  # no merge goes through a header
        grid.append(_line(teko, last, layout))
        last = teko
    return grid + [[line] for line in layout.foot]


def _line(teko, last, layout):
    cells = [getattr(teko, role) for role in layout.order]
    if layout.levels != "every" and last is not None:
        is_same = teko.painopiste == last.painopiste
        for role, same in (("painopiste", is_same), ("tavoite", is_same and teko.tavoite == last.tavoite)):
            if same and role in layout.order:
                cells[layout.order.index(role)] = None
    for score, words in teko.arviot:
        cells += [LABELS[score] if layout.labelled and score else score, words or None]
    return cells


def merged_runs(grid, layout):
    """(first row, last row, column) of each level cell and the blanks of the rows right under it."""
    columns = [layout.order.index(role) for role in ("painopiste", "tavoite") if role in layout.order]
    width = len(layout.order) + 2 * len(layout.jaksot)
    runs = []
    for column in columns:
        first = None
        for number, row in enumerate([*grid, []], 1):
            is_data = len(row) == width
            if first and is_data and row[column] is None:
                continue
            if first and number - 1 > first:
                runs.append((first, number - 1, column + 1))
            first = number if is_data else None
    return runs


def write(grid, layout):
    if layout.ending == "csv":
        return text(*([("" if value is None else value) for value in row] for row in grid), delimiter=layout.delimiter)
    runs = merged_runs(grid, layout) if layout.levels == "merged" else []
    if layout.ending == "ods":
        return _write_ods(grid, runs)
    workbook = Workbook()
    for number, row in enumerate(grid, 1):
        for column, value in enumerate(row, 1):
            if value not in (None, ""):
                cell = workbook.active.cell(number, column, value)
                cell.data_type = "s" if isinstance(value, str) else "n"  # "=…" is a text here
    for first, last, column in runs:
        workbook.active.merge_cells(start_row=first, end_row=last, start_column=column, end_column=column)
    file = io.BytesIO()
    workbook.save(file)
    return file.getvalue()


def _write_ods(grid, runs):
    rows = [[None if value == "" else value for value in row] for row in grid]
    for first, last, column in runs:
        rows[first - 1][column - 1] = S(rows[first - 1][column - 1], span=(1, last - first + 1))
        for row in range(first, last):
            rows[row][column - 1] = S(None, covered=True)
    return ods(*rows)


def read_back(luettu):
    return [
        Teko(
            rivi.painopiste,
            rivi.tavoite,
            rivi.toimenpide,
            rivi.toimiala,
            [(kirjaus.toteutumisaste, kirjaus.kommentti or "") for kirjaus in rivi.kirjaukset],
        )
        for rivi in luettu.rows
    ]


@settings(
    max_examples=kierrokset(4000),
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
    phases=[Phase.generate],  # shrinking a table takes minutes; the printed blob repeats the failure
    print_blob=True,
)
@given(st.data())
def test_a_random_table_in_a_random_layout_reads_back_to_its_rows(data):
    layout = data.draw(asettelut())
    rows = data.draw(teot(len(layout.jaksot)))
    grid = lay(rows, layout)
    luettu = read(write(grid, layout), f"taulu.{layout.ending}")
    assert luettu.status == "ok", luettu.errors[:3]
    assert read_back(luettu) == rows


# --- broken files

NASTY = [
    None, "", " ", 0, -1, 6, 3.5, 1e308, -1e-300, 10**30, True, False, "#REF!", "=1+1", "'", "''", '"', "Yhteensä",
    "Toimenpide", "Painopiste: x", "Päämäärä 1: x", "Kunnanhallitus", "x" * 1001, "y" * 40_000, "\u202e", "<b>",
    "<ul><li>", "1) 4, 2) 5", "2023–2025", "01.02.03 x", "_x000D_", "_x0000_", "😀", "5 = x", "vihreä",
    "100 %",
    "9" * 400, "1e999", "٤", "\n\n", "\t", ";", "Kevät 2025", "ei arvioida",
]  # fmt: skip


ODD = [
    b"0",
    b"-1",
    b"7",
    b"99999",
    b"4294967296",
    b"1048576",
    b"e",
    b"n",
    b"x",
    b"A1:XFD1048576",
    b"",
    b"NaN",
    b"1e999",
]


def mutated_bytes(data, dice):
    """Some bytes flipped, cut, doubled or put in; of a zip often inside its members, where it hurts more."""
    if data.startswith(b"PK") and dice.random() < 0.8:
        return _mutated_member(data, dice)
    data = bytearray(data)
    for _ in range(dice.choice([1, 1, 2, 8, 40])):
        start = dice.randrange(len(data) or 1)
        length = dice.choice([1, 1, 2, 16, 300])
        way = dice.randrange(4)
        if way == 0:
            data[start : start + 1] = bytes([dice.randrange(256)])
        elif way == 1:
            del data[start : start + length]
        elif way == 2:
            data[start:start] = data[start : start + length] * dice.choice([1, 2, 50])
        else:
            data[start:start] = dice.choice(
                [b"\0", b"<", b"&", b'"', b";", b"\n", b"\xff\xfe", b"99999999", b"-1", b"A"]
            )
    return bytes(data)


def _mutated_member(data, dice):
    copy = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(copy, "w", zipfile.ZIP_DEFLATED) as target:
        unlucky = dice.choice(source.namelist())
        unlucky = dice.choice(
            [unlucky, next((n for n in source.namelist() if "sheet1" in n or "content" in n), unlucky)]
        )
        for name in source.namelist():
            content = source.read(name)
            target.writestr(name, _mutated_xml(content, dice) if name == unlucky else content)
    return copy.getvalue()


def _mutated_xml(content, dice):
    """Attributes and texts changed to others, so that it still is XML; else bytes as they come."""
    if dice.random() < 0.3:
        return mutated_bytes(content, dice)
    places = [match.span(match.lastindex) for match in re.finditer(rb'="([^"<>]*)"|>([^<>]+)<', content)]
    for start, end in sorted(dice.sample(places, min(len(places), dice.choice([1, 1, 2, 10]))), reverse=True):
        other = dice.choice(places)
        value = dice.choice([*ODD, content[slice(*other)]])
        content = content[:start] + value + content[end:]
    return content


def good_files():
    files = [(path.read_bytes(), path.name) for path in sorted(FOLDER.glob("**/*.*")) if path.suffix != ".json"]
    assert len(files) > 25
    return files


def test_mutated_files_never_crash_hang_or_write(kierrokset, caplog, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    files, seen = good_files(), {"ok": 0, "row_errors": 0, "reject": 0}
    with Lapsi() as lapsi:
        for number in range(kierrokset(5000)):
            dice = random.Random(number)  # noqa: S311 -- the number of the round repeats it
            data, name = dice.choice(files)
            luettu = lapsi.read(mutated_bytes(data, dice), name)
            seen[luettu.status] += 1
            assert not caplog.records, f"kierros {number}: {caplog.text}"
        assert lapsi.started < 5, "the child died again and again"
    assert seen["reject"]
    assert seen["ok"]
    assert list(tmp_path.iterdir()) == []


def test_mutated_cells_are_read_or_told(kierrokset, caplog):
    with Lapsi() as lapsi:
        for number in range(kierrokset(5000)):
            dice = random.Random(number)  # noqa: S311 -- the number of the round repeats it
            data, name = mutated_table(dice)
            luettu = lapsi.read(data, name)
            assert not caplog.records, f"kierros {number}: {caplog.text}"
            if luettu.status != "reject" and name.endswith("xlsx"):
                assert cells_of(data, name) <= named_cells(luettu), f"kierros {number}"
        assert lapsi.started == 1


def mutated_table(dice):
    rows = [list(OTSIKOT)]
    rows += [
        [f"P{n // 4}", f"T{n // 2}", f"Teko {n}", "Tekninen", n % 5 + 1, f"k {n}"]
        for n in range(dice.choice([1, 5, 12]))
    ]
    for _ in range(dice.choice([1, 2, 5, 20])):
        row = dice.choice(rows)
        row[dice.randrange(len(row))] = dice.choice(NASTY)
    if dice.random() < 0.2:
        rows.insert(dice.randrange(len(rows)), [dice.choice(NASTY)])
    if dice.random() < 0.5:
        record = io.StringIO()
        csv.writer(record, delimiter=dice.choice(";,\t")).writerows(rows)
        return record.getvalue().encode("utf-8", "replace"), "a.csv"
    return book(*rows), "a.xlsx"


@pytest.mark.parametrize("value", NASTY, ids=repr)
def test_every_nasty_value_in_every_column(value):
    for column in range(len(OTSIKOT)):
        row = ["P", "T", "a", "X", 4, "k"]
        row[column] = value
        data = book(OTSIKOT, ["P", "T", "b", "X", 3, "k"], row)
        luettu = read(data, "a.xlsx")
        if luettu.status != "reject":
            assert cells_of(data, "a.xlsx") <= named_cells(luettu)
