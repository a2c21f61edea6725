"""Wrong tries of passwords, codes and keys: how many there may still be, whatever process, door or Host they come by.

A try takes a place before anything is checked, and whoever is right gives it back. A place is free again 15 minutes
after it was taken, so in no 15 minutes there are more tries than places. Places are keys of a cache of their own,
taken by `add`, which one of two alone gets.
"""

from dataclasses import dataclass, field
from datetime import timedelta

from django.core.cache import caches
from django.utils import timezone
from django.utils.crypto import salted_hmac

AIKA = 15 * 60  # seconds that a place stays taken
TUNNUKSELLE = 10  # to an account, shared by all browsers in which its owner has not signed in before
SELAIMELLE = 10  # to each browser in which its owner has
OSOITTEELLE = 100  # from one address: a city hall lives behind one


class LiianMonta(Exception):
    """No place is free before `vapautuu`. kohde: of what there were too many."""

    def __init__(self, kohde, vapautuu):
        super().__init__(kohde)
        self.kohde, self.vapautuu = kohde, vapautuu

    @property
    def odota(self):
        """Whole seconds until then."""
        return max(1, int((self.vapautuu - timezone.now()).total_seconds()) + 1)


@dataclass
class Yritys:
    """A try that has begun: the places that it took."""

    paikat: list[str] = field(default_factory=list)

    def give_back(self):
        """It was right, or nothing was tried: it counts for nothing."""
        _cache().delete_many(self.paikat)
        self.paikat.clear()


def begin_try(tunnus, *, osoite="", selain="") -> Yritys:
    """Take the places of a try, or raise LiianMonta with none taken.

    tunnus: the account's key, or the name that was typed where no account has it. selain: the browser's id where the
    account's owner has signed in with it before; what others try does not concern it. osoite: "" where not known.
    """
    if selain:
        return Yritys([_take("selain", f"{tunnus} {selain}", SELAIMELLE)])
    yritys = Yritys([_take("osoite", osoite, OSOITTEELLE)] if osoite else [])
    try:
        yritys.paikat.append(_take("tunnus", tunnus, TUNNUKSELLE))
    except LiianMonta:
        yritys.give_back()  # no password was looked at
        raise
    return yritys


def count_wrong_key(osoite):
    """A wrong key came from the address. Raises LiianMonta once there have been too many.

    Apart from passwords: a program left with an old key keeps nobody behind the same address from signing in.
    """
    if osoite:
        _take("avain", osoite, OSOITTEELLE)


def forget_tries(tunnus):
    """The account's owner has shown who it is by mail: those who do not know its password start anew, too."""
    _cache().delete_many(_places("tunnus", tunnus, TUNNUKSELLE))


def drop_worn_out() -> int:
    return _cache().drop_expired()


def _cache():
    return caches["yritykset"]


def _places(kohde, kenen, montako):
    """What was typed is not kept: people type passwords there."""
    name = salted_hmac("strategia.yritykset", f"{kohde} {kenen}", algorithm="sha256").hexdigest()
    return [f"{name}:{number}" for number in range(montako)]


def _take(kohde, kenen, montako):
    """The place taken."""
    places = _places(kohde, kenen, montako)
    until = timezone.now() + timedelta(seconds=AIKA)
    taken = _cache().get_many(places)
    for place in places:
        if place not in taken and _cache().add(place, until, AIKA):
            return place
    raise LiianMonta(kohde, min(_cache().get_many(places).values(), default=until))
