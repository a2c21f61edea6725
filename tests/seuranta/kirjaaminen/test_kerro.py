"""What the page says of rows that were just saved."""

from types import SimpleNamespace

from seuranta.kirjaaminen.kerro import NIMETAAN, _name_left, list_left

EMPTY = {"tila": "luonnos", "aste": "", "kommentti": "", "on_sanallinen": False, "on_kortti": False}


def _row(pk, **values):
    return SimpleNamespace(prefix=f"t{pk}", lyhyt_nimi=f"Rivi <{pk}>", is_unsettled=False, **EMPTY | values)


def test_a_long_list_of_what_was_left_names_some_and_counts_the_rest():
    told = _name_left(list_left([_row(pk) for pk in range(NIMETAAN + 3)]))
    assert told.count("<a ") == NIMETAAN
    assert "Rivi &lt;0&gt;</a>: Toteutumisaste ja kommentti puuttuvat." in told
    assert told.endswith("Lisäksi 3 riviä.")


def test_only_what_is_begun_and_does_not_wait_for_the_person_is_left():
    waits = _row(1, aste="3")
    waits.is_unsettled = True
    others = [_row(2, tila="ei_vastattu"), _row(3, tila="lahetetty", aste="3"), waits]
    returned = _row(4, tila="palautettu", aste="3", kommentti="Ennallaan.")
    words = _row(5, on_sanallinen=True)
    assert list_left([*others, returned, words]) == [
        (returned, "Palautettua riviä ei ole täydennetty."),
        (words, "Kommentti puuttuu."),
    ]
