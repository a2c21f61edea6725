"""Tables of which a part of the headings means nothing: the evidence around them reads, or a person is asked."""

from seuranta.taulukko.rows import read

from .taulukot import book

TEOT = ["Avataan uimahalli", "Rakennetaan polku", "Perustetaan yrityspuisto", "Jatketaan neuvontaa"]
TEKSTIT = [
    "Uimahalli avattiin syksyllä, kävijöitä oli paljon.",
    "Polun rakentaminen alkoi kesällä ja jatkuu.",
    "Puisto valmistui, ja tontit on varattu.",
    "Neuvonta siirtyi, sillä rahoitus puuttui.",
]


def read_book(*rows, name="taulu.xlsx", **options):
    return read(book(*rows), name, **options)


def scores(luettu):
    return [tuple(kirjaus.toteutumisaste for kirjaus in rivi.kirjaukset) for rivi in luettu.rows]


# --- headings of two rows


def test_an_unknown_word_over_status_words_covers_all_their_columns():
    luettu = read_book(
        ["Painopiste", "Toimenpide", "Zorp"],
        [None, None, "Toteutunut", "Toteutunut osittain", "Ei toteutunut"],
        *([f"P{n}", teko, *("x" if n % 3 == place else None for place in range(3))] for n, teko in enumerate(TEOT)),
    )
    assert scores(luettu) == [(5,), (3,), (1,), (5,)]
    assert luettu.status == "ok"


def test_a_second_header_row_translates_the_first_and_fills_what_it_left_open():
    luettu = read_book(
        ["Painopiste", "Toimenpide", None, None, None, "Toteutumisaste"],
        ["Tyngdpunkt", "Åtgärd", "Zorp", "Blimp", "Frob", "Genomförandegrad"],
        *([f"P{n}", teko, f"a{n}", f"b{n}", f"c{n}", "Kesken"] for n, teko in enumerate(TEOT)),
    )
    assert [rivi.toimenpide for rivi in luettu.rows] == TEOT
    assert luettu.rows[0].omat | luettu.rows[0].kirjaukset[0].omat == {"Zorp": "a0", "Blimp": "b0", "Frob": "c0"}


def test_one_word_repeated_under_periods_is_a_heading_and_no_row():
    luettu = read_book(
        ["Painopiste", "Toimenpide", "OVK1 2024", "OVK2 2024"],
        [None, None, "Zorp", "Zorp"],
        *([f"P{n}", teko, TEKSTIT[n], TEKSTIT[n - 1]] for n, teko in enumerate(TEOT)),
    )
    assert [rivi.toimenpide for rivi in luettu.rows] == TEOT


def test_a_period_over_its_columns_does_not_cover_those_of_another_period():
    luettu = read_book(
        ["Painopiste", "Toimenpide", "Zorp OVK1 2024", None, "Zorp OVK2 2024"],
        [None, None, "kyllä", "ei", "kyllä", "ei", "Huomioita OVK1 2024", "Huomioita OVK2 2024"],
        *(
            [f"P{n}", teko, *(("x", None, None, "x") if n % 2 else (None, "x", "x", None)), TEKSTIT[n], TEKSTIT[n - 1]]
            for n, teko in enumerate(TEOT)
        ),
    )
    assert luettu.jaksot == ("Osavuosikatsaus 1 2024", "Osavuosikatsaus 2 2024")
    assert scores(luettu) == [(1, 5), (5, 1), (1, 5), (5, 1)]
    assert [kirjaus.kommentti for kirjaus in luettu.rows[1].kirjaukset] == [TEKSTIT[1], TEKSTIT[0]]
