"""What the log says, one line of JSON each: for a machine that gathers them, and with nothing personal beside ids."""

import json
import logging
import re
import traceback
from datetime import UTC, datetime

from .pyyntotieto import request_id

PYYNNOT = "strategia.pyynto"  # the logger of one line a request
TIEDOT = ("kayttaja", "kunta", "osoite", "menetelma", "polku", "tila", "ms", "tyo")  # what a line may tell beside words
KERTOVAT = ("OSError", "DatabaseError")  # families of faults whose first line tells of the machine, not of a person

# Wherever it stands: what opens an account or a subscription in the address of a mailed link, be that address right or
# not, and anybody's e-mail address, which a mail server repeats in its refusal.
_PEITETTAVA = re.compile(r"(?<=salasana/uusi/)[^/\s]+|(?<=/tilaus/)[^/\s]+|[^\s<>()'\",:;/]+@[^\s<>()'\",:;/]+")


class JsonRivi(logging.Formatter):
    def format(self, record):
        line = {
            "aika": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "taso": record.levelname,
            "loki": record.name,
            "viesti": record.getMessage(),
            "pyynto": getattr(record, "pyynto", "") or request_id(),
        }
        line |= {name: getattr(record, name) for name in TIEDOT if getattr(record, name, None) is not None}
        if record.exc_info and record.exc_info[1]:
            line |= _describe(record.exc_info[1])
        told = {name: _cover(value) for name, value in line.items() if value != ""}
        return json.dumps(told, ensure_ascii=False, default=str)


def _cover(value):
    return _PEITETTAVA.sub("…", value) if isinstance(value, str) else value


def _describe(error):
    """Where it happened. A fault's own words may repeat what a person wrote: told only of those of the machine."""
    places = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(error.__traceback__)]
    is_machines = any(kind.__name__ in KERTOVAT for kind in type(error).__mro__)
    first = str(error).partition("\n")[0][:300] if is_machines else ""  # the lines after it hold the values
    return {"vika": type(error).__name__, "sanoi": first, "paikat": places}
