"""A table pasted from Excel into a text box: tab-separated, quoted where a cell has a line break or a quote."""

import pytest

from seuranta.taulukko.rows import read
from seuranta.taulukko.sandbox import read_in_child

OTSIKKO = "Painopiste\tStrateginen tavoite\tToimenpide\tToimiala\tToteutumisaste\tKommentti\r\n"


def pasted(*lines, name="liitetty.txt"):
    return read((OTSIKKO + "\r\n".join(lines)).encode(), name)


def told(luettu):
    return [(rivi.toimenpide, rivi.kirjaukset[0].toteutumisaste, rivi.kirjaukset[0].kommentti) for rivi in luettu.rows]


@pytest.mark.parametrize("name", ["", "liitetty.txt", "liitetty.tsv"])
def test_a_pasted_table_is_read(name):
    luettu = pasted("P\tT\ta\tX\t4\tEtenee", "\t\tb\tX\t\t", name=name)
    assert told(luettu) == [("a", 4, "Etenee"), ("b", None, None)]
    assert [rivi.painopiste for rivi in luettu.rows] == ["P", "P"]


def test_a_cell_with_line_breaks_and_quotes_is_one_cell():
    luettu = pasted(
        'P\tT\ta\tX\t4\t"Tilat vuokrattu.\nAvajaiset ""keväällä""."', "P\tT\tb\tX\t2\tSanottiin ”hyvä”; ok, jatkuu"
    )
    assert told(luettu) == [
        ("a", 4, 'Tilat vuokrattu.\nAvajaiset "keväällä".'),
        ("b", 2, "Sanottiin ”hyvä”; ok, jatkuu"),
    ]


def test_a_quote_that_is_only_a_letter_does_not_eat_the_next_rows():
    luettu = pasted('P\tT\tHanke "Ranta\tX\t4\tk', "P\tT\tb\tX\t2\tk")
    assert [rivi.toimenpide for rivi in luettu.rows] == ['Hanke "Ranta', "b"]


def test_cells_left_out_at_the_end_of_a_line_are_empty():
    assert told(pasted("P\tT\ta", "P\tT\tb\tX\t2")) == [("a", None, None), ("b", 2, None)]


def test_a_pasted_column_of_names_and_a_pasted_nothing():
    assert [rivi.toimenpide for rivi in read(b"Toimenpide\r\na\r\nb\r\n", "").rows] == ["a", "b"]
    assert read(b" \r\n", "").reason == "empty_file"
    assert read("Hei! Tässä pyydetty taulukko.".encode(), "").reason == "no_header"


def test_it_goes_through_the_child_as_any_file():
    data = (OTSIKKO + "P\tT\ta\tX\t4\tk").encode()
    assert read_in_child(data, "") == read(data, "")
