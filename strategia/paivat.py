"""The bounds of a day that anybody writes, for every field and file. No Django: files are read by it."""

from datetime import date

ENSIMMAINEN, VIIMEINEN = date(1990, 1, 1), date(2100, 12, 31)


def is_possible(day: date | None) -> bool:
    """True for a day within the bounds: past them a reminder's day or the next jakso is in no calendar."""
    return day is not None and ENSIMMAINEN <= day <= VIIMEINEN
