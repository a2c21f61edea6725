"""The request in hand: its id, and from about where it came. None outside a request, as in a command."""

from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(frozen=True)
class Pyynto:
    """osoite: the network of the client's address, "" where nobody tells it."""

    osoite: str
    tunnus: str


PYYNTO: ContextVar[Pyynto | None] = ContextVar("pyynto", default=None)


def request_id():
    pyynto = PYYNTO.get()
    return pyynto.tunnus if pyynto else ""
