"""The request in hand: its id, and from about where it came. None outside a request, as in a command."""

from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(frozen=True)
class Pyynto:
    """osoite_of: tells the network of the client's address, asked only when an act is written."""

    osoite_of: object
    tunnus: str

    @property
    def osoite(self):
        return self.osoite_of()


PYYNTO: ContextVar[Pyynto | None] = ContextVar("pyynto", default=None)


def request_id():
    pyynto = PYYNTO.get()
    return pyynto.tunnus if pyynto else ""
