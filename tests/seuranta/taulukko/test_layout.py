"""Where the table is and what its columns mean: from headings, and from values where headings lie or are silent."""

import pytest
from openpyxl.styles import PatternFill

from seuranta.taulukko.layout.headings import best_class
from seuranta.taulukko.rows import read

from .taulukot import OTSIKOT, book, cells_of, codes, named_cells, text

RIVI = ["Elinvoima", "Yritykset", "Palvelupiste", "Tekninen", 4, "Etenee"]


def roles(*rows, **options):
    luettu = read(book(*rows), "taulu.xlsx", **options)
    return [column[0] for column in luettu.columns]


# --- words of headings


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        ("TOIMENPITEET", "alin"),
        ("Teko", "alin"),
        ("Åtgärd", "alin"),
        ("Valtuustokauden tavoite", "ylin"),
        ("Strateginen kärki", "ylin"),
        ("Strategiset tavoitteet", "keski"),
        ("Toimialan tavoite", "toimialan_tavoite"),
        ("Merkittävimmät tavoitteen toteuttamista uhkaavat riskit", "riski"),
        ("Toimenpiteen toteutumisaste", "aste"),
        ("Toteutumis-\naste (1–5)", "aste"),
        ("Mittarit, arviointi", "mittari"),
        ("Vastuu ja aikataulu", "vastuu"),
        ("Kokonais-tilanne", "aste"),
        ("osavuosisikatsaus II", "kausi"),
        ("Toteuma 1-12/2023", "kausi"),
        ("Nro", "numero"),
        ("Toimenpide 12", ""),
        ("Tavoite B", ""),
        ("Avataan uusi toimipiste ja kootaan toimenpiteet yhteen ohjelmaan vuoden aikana", ""),
    ],
)
def test_a_heading_means_what_it_is_about(heading, name):
    assert best_class(heading) == name


# --- where the header is


def test_titles_stand_over_the_header():
    luettu = read(book(["Testikunta"], ["Strategian seuranta 2026"], [], OTSIKOT, RIVI), "taulu.xlsx")
    assert luettu.rows[0].cell == "Taul1!C5"
    assert luettu.title == "Testikunta"
    assert luettu.jaksot == ("2026",)


def test_a_header_of_three_rows_names_its_columns_together():
    rows = [
        ["TOIMENPITEET", None, None, "VASTUUTAHO", "Seurantavuosi 2023", None],
        [*OTSIKOT[:4], None, None],
        [None, None, None, None, "kevät", "osavuosikatsaus I"],
    ]
    luettu = read(book(*rows, RIVI), "taulu.xlsx")
    assert luettu.jaksot == ("Osavuosikatsaus I 2023",)
    assert luettu.rows[0].kirjaukset[0].toteutumisaste == 4
    assert luettu.rows[0].kirjaukset[0].kommentti == "Etenee"


def test_a_header_repeated_on_every_page_is_told_as_such():
    luettu = read(book(OTSIKOT, RIVI, ["Sivu 2"], OTSIKOT, [*RIVI[:2], "Toinen", *RIVI[3:]]), "taulu.xlsx")
    assert [rivi.toimenpide for rivi in luettu.rows] == ["Palvelupiste", "Toinen"]
    assert {skip.reason for skip in luettu.skipped if skip.cell.endswith("4")} == {"repeated_header"}


def test_several_sheets_are_read_and_a_guide_is_told():
    def add(workbook):
        workbook.create_sheet("Ohje", 0).append(["Täytä taulukko syyskuun loppuun mennessä."])
        workbook.create_sheet("Toinen").append(OTSIKOT)
        workbook["Toinen"].append([*RIVI[:2], "Toinen", *RIVI[3:]])

    luettu = read(book(OTSIKOT, RIVI, look=add), "taulu.xlsx")
    assert [rivi.cell for rivi in luettu.rows] == ["Taul1!C2", "Toinen!C2"]
    assert [(skip.cell, skip.reason) for skip in luettu.skipped][0] == ("Ohje!A1", "guide")


def test_many_columns_of_a_kuntas_own_do_not_hide_the_header():
    own = [f"Oma {number}" for number in range(20)]
    luettu = read(book([*OTSIKOT, *own], [*RIVI, *own]), "taulu.xlsx")
    assert len(luettu.rows) == 1
    assert len(luettu.rows[0].kirjaukset[0].omat) == 20


def test_names_with_numbers_are_rows_and_not_headers():
    rows = [["Painopiste 1", "Tavoite 1", f"Toimenpide {n}", "Toimiala 2", None, None] for n in range(5)]
    assert len(read(book(OTSIKOT, *rows), "taulu.xlsx").rows) == 5


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ([["Painopiste", "Kommentti"], ["a", "c"]], "missing_column"),
        ([["Elinvoima", "Yritykset", "Piste", 4], ["a", "b", "c", 2]], "no_header"),
        ([OTSIKOT], "no_rows"),
        ([[*OTSIKOT, "Toteutumisaste"], [*RIVI, 1]], "duplicate_header"),
    ],
)
def test_a_table_that_cannot_be_known_is_refused(rows, reason):
    luettu = read(book(*rows), "taulu.xlsx")
    assert (luettu.status, luettu.reason) == ("reject", reason)


def test_the_lowest_level_is_the_row_where_no_column_is_of_toimenpiteet():
    luettu = read(book(["Painopiste", "Tavoite", "Kommentti"], ["a", "b", "c"]), "taulu.xlsx")
    assert [(rivi.painopiste, rivi.tavoite, rivi.toimenpide) for rivi in luettu.rows] == [("a", None, "b")]


def test_a_table_without_toimenpiteet_says_which_column_to_add():
    luettu = read(book(["Painopiste", "Toimiala"], ["a", "b"]), "taulu.xlsx")
    assert luettu.errors[0].fi == (
        "Otsikoista ei näe, missä sarakkeessa toimenpiteet ovat. Valitse se (komennolla --sarake OTSIKKO=toimenpide)."
    )


# --- what a column means


def test_numbers_from_one_to_five_are_a_score_unless_the_heading_plainly_says_otherwise():
    assert "toteutumisaste" in roles(["Toimenpide", "Tavoite", "kesä"], ["a", "b", 3], ["c", "d", 5])
    assert "toteutumisaste" in roles(["Toimenpide", "Tavoite", "Lukema"], ["a", "b", 3], ["c", "d", 5])
    assert "toteutumisaste" not in roles(["Toimenpide", "Tavoite", "Nro"], ["a", "b", 3], ["c", "d", 5])
    assert "toteutumisaste" not in roles(["Toimenpide", "Tavoite", "SDG"], ["a", "b", 3], ["c", "d", 5])


def test_where_a_heading_says_aste_it_wins():
    luettu = read(book(["Toimenpide", "Tavoite", "Kokonaistilanne", "Etenemisaste"], ["a", "b", 3, 5]), "taulu.xlsx")
    assert luettu.rows[0].kirjaukset[0].toteutumisaste == 5
    assert luettu.rows[0].kirjaukset[0].omat == {"Kokonaistilanne": "3"}


def test_a_column_of_dotted_codes_is_the_code_and_a_running_number_is_not():
    luettu = read(book(["Nro", "Toimenpide", "Tavoite"], ["1.1", "a", "t"], ["1.2", "b", "t"]), "taulu.xlsx")
    assert [rivi.koodi for rivi in luettu.rows] == ["1.1", "1.2"]
    luettu = read(book(["Nro", "Toimenpide", "Tavoite"], [1, "a", "t"], [2, "b", "t"]), "taulu.xlsx")
    assert [rivi.koodi for rivi in luettu.rows] == [None, None]


def test_a_list_of_names_under_one_heading_is_a_table_too():
    assert [rivi.toimenpide for rivi in read(text("Toimenpide", "a", "b"), "taulu.csv").rows] == ["a", "b"]


def test_two_periods_side_by_side_are_two_jaksot():
    header = ["Toimenpide", "Tavoite", "Toteutumisaste kevät 2023", "Kommentti", "Toteutumisaste syksy 2023", "Huomiot"]
    luettu = read(book(header, ["a", "b", 2, "alussa", 4, "etenee"]), "taulu.xlsx", jakso="Oma")
    assert luettu.jaksot == ("Kevät 2023", "Syksy 2023")
    assert [(k.toteutumisaste, k.kommentti) for k in luettu.rows[0].kirjaukset] == [(2, "alussa"), (4, "etenee")]
    assert codes(luettu.notices) == [("", "needs_decision")]  # the given name is not put on either


def test_the_name_of_the_only_jakso_may_be_given():
    assert read(book(OTSIKOT, RIVI), "taulu.xlsx", jakso="Tilinpäätös 2025").jaksot == ("Tilinpäätös 2025",)


@pytest.mark.parametrize(
    ("title", "sheet", "name", "jakso"),
    [
        ("Osavuosikatsaus II/2024", "Taul1", "a.xlsx", "Osavuosikatsaus II/2024"),
        ("Kaupungin tilinpäätös 2024", "Taul1", "a.xlsx", "Tilinpäätös 2024"),
        ("Strategia 2022–2025", "Seuranta 2024", "a.xlsx", "2024"),
        ("Strategian seuranta 2025", "Kevät 2025", "a.xlsx", "Kevät 2025"),
        ("Strategian seuranta", "Taul1", "seuranta-2023.xlsx", "2023"),
        ("Strategian seuranta", "Taul1", "seuranta.xlsx", "Jakso 1"),
    ],
)
def test_a_jakso_is_named_by_the_title_the_sheet_or_the_file(title, sheet, name, jakso):
    assert read(book([title], [], OTSIKOT, RIVI, sheet=sheet), name).jaksot == (jakso,)


def test_a_person_may_say_what_a_column_means():
    data = book(["Toimenpide", "Tavoite", "Lisä"], ["a", "b", "palvelut"])
    assert read(data, "taulu.xlsx", columns={"C": "toimiala"}).rows[0].toimiala == "palvelut"
    assert read(data, "taulu.xlsx", columns={"C": "mikä"}).reason == "unknown_header"


# --- rows that are not data


def test_totals_legends_and_notes_stand_at_the_foot():
    rows = [OTSIKOT, RIVI, ["Keskiarvo", None, None, None, 4], [], ["1 = ei aloitettu, 5 = valmis"], ["Laatija: Kaisa"]]
    luettu = read(book(*rows), "taulu.xlsx")
    assert [(skip.cell, skip.reason) for skip in luettu.skipped[6:]] == [
        ("Taul1!A3", "total"),
        ("Taul1!E3", "total"),
        ("Taul1!A5", "legend"),
        ("Taul1!A6", "note"),
    ]
    assert luettu.labels == {1: "ei aloitettu", 5: "valmis"}


def test_a_band_names_the_painopiste_of_the_rows_under_it():
    header = ["Tavoite", "Toimenpide", "Toteutumisaste"]
    luettu = read(book(header, ["Elinvoima"], ["t", "a", 3], ["Hyvinvointi"], ["t", "b", 4]), "taulu.xlsx")
    assert [(rivi.painopiste, rivi.toimenpide) for rivi in luettu.rows] == [("Elinvoima", "a"), ("Hyvinvointi", "b")]
    assert luettu.rows[1].cells["painopiste"] == "Taul1!A4"


def test_a_painopiste_alone_on_its_row_stands_over_the_rows_below():
    rows = [["Elinvoima"], [None, "T1", "a", None, 3], [None, None, "b", None, 4], ["Arki"], [None, "T2", "c", None, 5]]
    luettu = read(book(OTSIKOT, *rows), "taulu.xlsx")
    assert [(rivi.painopiste, rivi.tavoite) for rivi in luettu.rows] == [
        ("Elinvoima", "T1"),
        ("Elinvoima", "T1"),
        ("Arki", "T2"),
    ]


def test_fill_colours_are_scores_only_where_nothing_is_written():
    def paint(workbook):
        for row, rgb in ((2, "FF00B050"), (3, "FFFFFF00"), (4, "FFED7D31")):
            workbook.active.cell(row, 5).fill = PatternFill("solid", fgColor=rgb)

    blank = [["P", "T", name, "X", None, "k"] for name in "abc"]
    luettu = read(book(OTSIKOT, *blank, look=paint), "taulu.xlsx")
    assert [rivi.kirjaukset[0].toteutumisaste for rivi in luettu.rows] == [5, 3, None]
    assert codes(luettu.notices)[2] == ("Taul1!E4", "needs_decision")
    written = [["P", "T", name, "X", 2, "k"] for name in "abc"]
    assert read(book(OTSIKOT, *written, look=paint), "taulu.xlsx").notices == ()


# --- text files


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_the_delimiter_is_counted_and_not_guessed_from_sentences(delimiter):
    header = ["Toimenpide", "Tavoite", "Toteutumisaste"]
    data = text("Kokous 1, 2; 3", header, ["a", "b", "3"], ["c", "d", "4"], delimiter=delimiter)
    assert [rivi.toimenpide for rivi in read(data, "taulu.csv").rows] == ["a", "c"]


def test_rows_of_another_width_are_told_and_never_shifted():
    good = [["P", "T", name, "X", "4", "k"] for name in "ac"]
    luettu = read(text(OTSIKOT, good[0], ["P", "T", "b", "X", "5", "k", "yli"], good[1]), "a.csv")
    assert codes(luettu.errors) == [("G3", "ragged")]
    assert [rivi.toimenpide for rivi in luettu.rows] == ["a", None, "c"]
    data = text(OTSIKOT, ["P", "T", "b", "X", "5", "k", "yli"])
    assert read(data, "a.csv").reason == "ragged"


def test_a_quote_that_swallows_rows_is_refused():
    rows = ['P;T;"a;X;4;k', "P;T;b;X;4;k", 'P;T;c";X;4;k']
    assert read(text(OTSIKOT, *rows), "a.csv").reason == "unbalanced_quotes"


def test_no_cell_is_lost_of_a_table_with_everything_in_it():
    rows = [
        ["Kunta", None, "Laatija"],
        [],
        [*OTSIKOT, "Muistiinpano"],
        ["Kunnanhallitus"],
        ["P", "T", "a", "X", "3/4", "k", "oma"],
        [None, " ", "b", "X", None, "k"],
        [None, None, None, None, None, "jatkuu"],
        ["Yhteensä", None, None, None, 7],
        [],
        ["Vihreä = valmis"],
    ]
    data = book(*rows)
    assert cells_of(data, "a.xlsx") <= named_cells(read(data, "a.xlsx"))


# --- a sheet for each period


def sheets(*named, titles=False):
    """A workbook of (name, score) sheets with the same toimenpide; with `titles` the name is the title line."""

    def add(workbook):
        for number, (name, score) in enumerate(named[1:], 2):
            sheet = workbook.create_sheet(f"Taul{number}" if titles else name)
            for row in [*([[name], []] if titles else []), OTSIKOT, [*RIVI[:4], score, f"k{number}"]]:
                sheet.append(row)

    name, score = named[0]
    rows = [*([[name], []] if titles else []), OTSIKOT, [*RIVI[:4], score, "k1"]]
    return book(*rows, look=add, sheet="Taul1" if titles else name)


@pytest.mark.parametrize(
    ("first", "second", "titles"),
    [
        ("Kevät 2025", "Syksy 2025", False),
        ("2024", "2025", False),
        ("Osavuosikatsaus I 2025", "Osavuosikatsaus II 2025", False),
        ("Osavuosikatsaus I 2025", "Osavuosikatsaus II 2025", True),
    ],
)
def test_a_sheet_for_each_period_gives_one_row_with_both(first, second, titles):
    data = sheets((first, 2), (second, 4), titles=titles)
    luettu = read(data, "a.xlsx")
    assert (luettu.status, luettu.jaksot, luettu.notices) == ("ok", (first, second), ())
    told = [[(k.jakso, k.toteutumisaste, k.kommentti) for k in rivi.kirjaukset] for rivi in luettu.rows]
    assert told == [[(first, 2, "k1"), (second, 4, "k2")]]
    assert cells_of(data, "a.xlsx") <= named_cells(luettu)


def test_sheets_that_are_no_periods_are_one_table():
    luettu = read(sheets(("Sivistys", 2), ("Tekninen", 4)), "a.xlsx")
    assert codes(luettu.errors) == [("Tekninen!C2", "duplicate_row")]
    luettu = read(sheets(("Kevät 2025", 2), ("Tekninen", 4)), "a.xlsx")
    assert codes(luettu.errors) == [("Tekninen!C2", "duplicate_row")]
