"""How the walk is counted (see kulku.py), and that nobody walks farther than today."""

import pytest
from django.db import transaction

from .kulku import JUURI, Jalki, Kulku, Kutsu, count_returns, fold, list_stays, tell, walk_all, walk_import, walk_row

# Returns at most, of all requests of the walk together. At commit 15cb9d4, where this was first told, they were 71, 113
# and 627; that of a mittari was told first when its page was made.
# A change may only shorten it: a row and an import at most half of that, a report no more. They hold much that was not
# there then: own columns, measures, risks, and the questions of a table nobody has seen.
RAJAT = {"row": 32, "mittari": 47, "import": 56, "report": 627}


def record(text):
    """[Kutsu] of lines like "  rivit.lue": two spaces deeper is called by the line above, at the place of its name."""
    kutsut, above = [], {-1: None}
    for line in text.splitlines():
        nimi = line.strip()
        depth = (len(line) - len(nimi)) // 2
        kutsut.append(Kutsu(above[depth - 1], nimi, nimi.partition(".")[0], nimi))
        above[depth] = len(kutsut) - 1
    return kutsut


def names(kutsut):
    return [kutsu.nimi for kutsu in kutsut]


def walk(text):
    return Kulku(tuple(fold(record(text))))


# --- stays and returns


def test_an_unbroken_run_of_calls_in_one_module_is_one_stay():
    assert list_stays(["views", "views", "rivit", "rivit", "views"]) == ["views", "rivit", "views"]
    assert list_stays([]) == []


def test_a_return_is_a_stay_in_a_module_already_left():
    there_and_back = walk("views.sivu\n  rivit.lue\n  views._show\n  rivit.laske\n    mallit.nimi\n")
    assert there_and_back.oleskelut == ["views", "rivit", "views", "rivit", "mallit"]
    assert there_and_back.moduulit == {"views", "rivit", "mallit"}
    assert there_and_back.paluut == 2


def test_a_way_that_only_goes_on_has_no_returns():
    """That the caller goes on when what it called is done is no call, and so no stay."""
    assert walk("views.sivu\n  rivit.lue\n  mallit.tallenna\n").paluut == 0


# --- folding


@pytest.mark.parametrize("rows", [1, 2, 20])
def test_a_loop_is_told_once_however_many_rows_it_has(rows):
    loop = "views.sivu\n" + rows * "  rivit.lue\n    mallit.nimi\n  views._laske\n" + "  lomake.piirra\n"
    assert names(fold(record(loop))) == ["views.sivu", "rivit.lue", "mallit.nimi", "views._laske", "lomake.piirra"]


def test_every_way_that_a_row_took_is_told():
    loop = "views.sivu\n  rivit.lue\n    mallit.nimi\n  rivit.lue\n    lomake.virhe\n  rivit.lue\n    mallit.nimi\n"
    assert names(fold(record(loop))) == ["views.sivu", "rivit.lue", "mallit.nimi", "lomake.virhe"]


def test_what_two_functions_call_is_told_twice():
    twice = "views.sivu\n  rivit.lue\n    mallit.nimi\n  rivit.laske\n    mallit.nimi\n"
    assert names(fold(record(twice))) == ["views.sivu", "rivit.lue", "mallit.nimi", "rivit.laske", "mallit.nimi"]


# --- what counts as a call


def run(text, **names):
    """The calls that `kulje()` makes of a module of ours with this text."""
    exec(compile(text, str(JUURI / "seuranta" / "keksitty.py"), "exec"), names)  # noqa: S102 -- the text stands below
    with Jalki() as jalki:
        names["kulje"]()
    return [kutsu.nimi for kutsu in fold(jalki.kutsut)]


def test_from_one_place_one_call_from_two_places_two():
    text = "def nimi(n): pass\ndef kulje():\n    for n in range(9): nimi(n)\n    nimi(1)\n"
    assert run(text) == ["kulje", "nimi", "nimi"]


def test_what_others_call_for_us_counts_as_ours():
    """`map` and Django's templates stand between; the place is then the one that called them."""
    text = "def nimi(n): return n\ndef kulje(): return max(list(kaanna(nimi, range(9))), key=lambda n: -n)\n"
    foreign = compile("def kaanna(f, values):\n    return [f(value) for value in values]\n", "muualla.py", "exec")
    known = {}
    exec(foreign, known)  # noqa: S102
    assert run(text, kaanna=known["kaanna"]) == ["kulje", "nimi", "kulje.<locals>.<lambda>"]


def test_a_property_is_a_call_and_a_comprehension_is_not():
    text = (
        "class Rivi:\n    nimi = property(lambda self: 1)\n"
        "def kulje(): return [Rivi().nimi for n in range(3)], sum(Rivi().nimi for n in range(3))\n"
    )
    assert run(text) == ["kulje", "Rivi.<lambda>", "Rivi.<lambda>"]


def test_a_generator_that_goes_on_is_the_call_that_began_it():
    text = (
        "def rivit():\n    yield 1\n    yield 2\ndef kulje():\n    found = rivit()\n    next(found)\n    next(found)\n"
    )
    assert run(text) == ["kulje", "rivit"]


def test_an_import_and_the_body_of_a_class_are_no_calls():
    text = "def kulje():\n    class Rivi:\n        nimi = 1\n    exec(compile('x = 1', __file__, 'exec'))\n"
    assert run(text, __file__=str(JUURI / "seuranta" / "toinen.py")) == ["kulje"]


def test_who_is_left_by_an_error_calls_no_more():
    text = "def kaadu(): int('')\ndef nimi(): pass\ndef kulje():\n    try: kaadu()\n    except ValueError: nimi()\n"
    assert run(text) == ["kulje", "kaadu", "nimi"]


# --- the walks


@pytest.mark.vain_sqlite
def test_nobody_walks_farther_than_that(cast):
    walks = walk_all(cast)
    assert walks.keys() == RAJAT.keys()
    for name, parts in walks.items():
        assert count_returns(parts) <= RAJAT[name], "\n".join(tell(name, parts, with_path=True))


@pytest.mark.vain_sqlite
def test_the_way_is_as_long_with_twenty_rows_as_with_two(cast):
    assert lengths(cast, 2) == lengths(cast, 20)


def lengths(cast, rows):
    """The number of stays of each request; the database is then as it was."""
    with transaction.atomic():
        parts = walk_row(cast, rows) | walk_import(cast, rows)
        transaction.set_rollback(True)
    return {part: len(kulku.oleskelut) for part, kulku in parts.items()}
