"""The order of a table from its address: `?jarjesta=nimi` upwards, `?jarjesta=-nimi` downwards."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Jarjestys:
    """The column a table is sorted by, and which way."""

    avain: str
    laskeva: bool = False

    @classmethod
    def of(cls, request, known):
        """What the address asks, if it is one of the known columns; else the first of them, upwards."""
        asked = request.GET.get("jarjesta", "")
        name = asked.removeprefix("-")
        return cls(name, asked.startswith("-")) if name in known else cls(next(iter(known)))

    def order_by(self, fields):
        """The field of the chosen column for a queryset."""
        return f"-{fields[self.avain]}" if self.laskeva else fields[self.avain]

    def sort(self, rows, keys):
        """Rows of a list by the chosen column's key; what has no value comes last either way."""
        key = keys[self.avain]
        told = [row for row in rows if key(row) is not None]
        rest = [row for row in rows if key(row) is None]
        return sorted(told, key=key, reverse=self.laskeva) + rest
