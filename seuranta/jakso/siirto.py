"""The order of a strategia's jaksot, as the koordinaattori sees and moves it: which is previous to which.

Time puts them in order. A move holds until the days of a jakso change, or its name where that tells when it is.
"""

import hashlib
from itertools import groupby

AIEMMAKSI, MYOHEMMAKSI = "aiemmaksi", "myohemmaksi"


def mark_moves(jaksot: list) -> None:
    """Set on each jakso (by strategia, the latest first) where it can be moved, and the version of its order."""
    for _strategia, group in groupby(jaksot, key=lambda jakso: jakso.strategia_id):
        own = list(group)
        versio = version_of(reversed(own))
        for number, jakso in enumerate(own, 1):
            jakso.suunnat = [
                suunta for suunta, there_is in ((AIEMMAKSI, number < len(own)), (MYOHEMMAKSI, number > 1)) if there_is
            ]
            jakso.jarjestyksen_versio = versio


def version_of(jaksot) -> str:
    """The order of a strategia's jaksot in short, the first in time first: two people never move one unseen."""
    told = ",".join(str(jakso.pk) for jakso in jaksot)
    return f"j{hashlib.sha256(told.encode()).hexdigest()[:16]}"


def move(jakso, suunta: str, *, by):
    """One place earlier or later; returns the two in their order now, None at the edge. In the kunta's turn."""
    jaksot = list(jakso.strategia.jaksot.select_for_update())
    place = jaksot.index(jakso)
    target = place + (1 if suunta == MYOHEMMAKSI else -1)
    if not 0 <= target < len(jaksot):
        return None
    jaksot.insert(target, jaksot.pop(place))
    for number, each in enumerate(jaksot, 1):
        if each.jarjestys != number:
            each.jarjestys, each._history_user = number, by
            each.save(update_fields=["jarjestys"])
    first = min(place, target)
    return jaksot[first], jaksot[first + 1]
