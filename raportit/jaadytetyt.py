"""Frozen JSON -> the ids of the rows inside it, and the same with the ids that they have in this installation.

What a row is called: strategia, painopiste, tavoite, toimenpide, mittari, and of those no address names kunta, jakso
and riski.
"""


def frozen_ids(data: dict) -> dict[str, set[int]]:
    """{laji: the ids of its rows} of a frozen report as JSON has it, in any shape that it has had."""
    found = {laji: set() for laji in ("strategia", "painopiste", "tavoite", "toimenpide", "mittari")}
    for laji, holder, key in _places(data):
        if laji in found:
            found[laji].add(holder[key])
    return found


def renumber(data: dict, siirtyma: dict[str, int]) -> dict:
    """Make every id inside it greater by what siirtyma says of its laji; in place."""
    for laji, holder, key in list(_places(data)):
        holder[key] += siirtyma.get(laji, 0)
    return data


def _places(data):
    """(laji, the object that holds the id, under which key) of every id there is."""
    yield "kunta", data["kunta"], "id"
    yield "strategia", data["strategia"], "id"
    for jakso in (data["jakso"], data["edellinen"], *data.get("aiemmat", ())):
        if jakso:
            yield "jakso", jakso, "id"
    yield from _jaksot_of(data.get("lukusarakkeet", ()))
    for painopiste in data["painopisteet"]:
        yield from _places_of("painopiste", painopiste)
        for tavoite in painopiste["tavoitteet"]:
            yield from _places_of("tavoite", tavoite)
            for rivi in tavoite["rivit"]:
                yield from _places_of("toimenpide", rivi)
    for rivi in (*data.get("paattyneet", ()), *data.get("eivat_mukana", ())):
        yield from _places_of("toimenpide", rivi)


def _places_of(laji, row):
    """Its own, and those of the measures and risks that hang under it."""
    yield laji, row, "id"
    for mittari in row.get("mittarit", ()):
        yield "mittari", mittari, "id"
        yield from _jaksot_of([arvo for arvo in (mittari.get("arvo"), *mittari.get("aiemmat", ())) if arvo])
    for riski in row.get("riskit", ()):
        yield "riski", riski, "id"


def _jaksot_of(holders):
    for each in holders:
        if each.get("jakso"):
            yield "jakso", each, "jakso"
