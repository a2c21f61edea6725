"""The request in hand: its id, and from about where it came. None outside a request, as in a command."""

import ipaddress
import secrets
from contextvars import ContextVar
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Pyynto:
    """osoite_of: tells the client's address, asked only when an act is written."""

    osoite_of: object
    tunnus: str = field(default_factory=lambda: secrets.token_hex(8))

    @property
    def osoite(self):
        return shorten(self.osoite_of())


PYYNTO: ContextVar[Pyynto | None] = ContextVar("pyynto", default=None)


def request_id():
    pyynto = PYYNTO.get()
    return pyynto.tunnus if pyynto else ""


def shorten(osoite) -> str:
    """The network of an address, not the machine: IPv4 /24, IPv6 /48; "" of what is no address."""
    try:
        address = ipaddress.ip_address(str(osoite or "").strip())
    except ValueError:
        return ""
    address = getattr(address, "ipv4_mapped", None) or address
    return str(ipaddress.ip_network((str(address), 24 if address.version == 4 else 48), strict=False))
