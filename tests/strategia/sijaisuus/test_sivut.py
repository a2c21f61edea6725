"""Every page as a stand-in: what either of the two may open, and the day before and after nothing of the other's."""

import pytest

from ...osoitteet import SIVUT, address, arguments_of
from ...ymparisto import on_osana, paivan_osa
from .test_oikeudet import stand_in

# The other's own: who stands in for the other, and what the other has sent and not yet saved.
HENKILOKOHTAISET = {"strategia:sijaisuus-uusi"} | {name for name in SIVUT if "vastaukset" in arguments_of(name)}
MUUT = [name for name in SIVUT if name not in HENKILOKOHTAISET]


def opened(cast, client):
    """The names of the pages that this client gets, of today's."""
    todays = paivan_osa(MUUT, lambda name: str(sorted(SIVUT[name][1])))
    return {name for name in todays if client.get(address(name, cast, cast.versio)).status_code == 200}


@pytest.mark.parametrize("kenen", ["veikko", "hilkka"])
def test_a_stand_in_opens_what_either_may_open_on_the_days_and_on_no_other(cast, kirjautunut, kenen):
    other = getattr(cast, kenen)
    own, others = (opened(cast, kirjautunut(user)) for user in (cast.otso, other))
    assert others - own or on_osana(), "there is something to gain"
    row = stand_in(cast.otso, other)
    assert opened(cast, kirjautunut(cast.otso)) == own | others
    row.delete()
    for before, after in ((-1, 2), (2, -1)):
        row = stand_in(cast.otso, other, before, after)
        assert opened(cast, kirjautunut(cast.otso)) == own
        row.delete()
