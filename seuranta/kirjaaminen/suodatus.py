"""What the address asks to see of the entry page's rows: state, own, toimiala, painopiste, sitovuus, words, at once."""

from collections import Counter
from dataclasses import dataclass, fields, replace
from urllib.parse import urlencode

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from strategia.models import Sitovuus
from strategia.nimet import searchable

from ..models import Kirjaus

ILMAN = "ilman"  # the toimenpiteet without a toimiala


@dataclass(frozen=True)
class Suodatus:
    """Each "" lets every row through."""

    tila: str = ""
    omat: str = ""
    toimiala: str = ""
    painopiste: str = ""
    sitovuus: str = ""
    q: str = ""

    @classmethod
    def of(cls, data):
        """From a GET; a value that means nothing finds nothing, and the page then says so."""
        return cls(**{field.name: data.get(field.name, "").strip()[:200] for field in fields(cls)})

    def __bool__(self):
        return self != Suodatus()

    @property
    def is_narrow(self):
        """Is there something besides the state?"""
        return bool(replace(self, tila=""))

    def select(self, rows, always=()):
        """The rows that it lets through, and those of `always` that it does not."""
        rules, kept = list(self._rules()), {row.prefix for row in always}
        if not rules:
            return list(rows)
        return [row for row in rows if row.prefix in kept or all(lets(row) for lets in rules)]

    def _rules(self):
        """(row) -> does it let it through, of each that says something: most say nothing, and the rows are many."""
        if self.tila:
            yield lambda row: row.tila == self.tila
        if self.omat:
            yield lambda row: row.is_mine
        if self.toimiala:
            yield lambda row: self.toimiala in toimialat_of(row)
        if self.painopiste:
            yield lambda row: str(row.painopiste.pk) == self.painopiste
        if self.sitovuus:
            yield lambda row: row.sitovuus == self.sitovuus
        if words := searchable(self.q).split():
            yield lambda row: all(word in row.haku for word in words)

    def query(self, *, rivi="", osa="", **changes):
        """The address of this list with some of these otherwise, on the page of `rivi`: "?tila=luonnos&omat=1".

        osa: the row that has a place for one more unit.
        """
        wanted = replace(self, **changes)
        values = {field.name: getattr(wanted, field.name) for field in fields(self)} | {"rivi": rivi, "osa": osa}
        return "?" + urlencode({name: value for name, value in values.items() if value})

    def without(self, name):
        return replace(self, **{name: ""})


def toimialat_of(row):
    """{value: name} of those that it is found by: of several a card is, whose mittarit are theirs."""
    told = row.toimialat or (row.toimiala,)
    return {str(each.pk) if each else ILMAN: each.nimi if each else _("Ilman toimialaa") for each in told}


def list_toimialat(rows, suodatus):
    """[(value, name, how many rows it would show)] in the order of names, those without a toimiala last."""
    counts = Counter(value for row in suodatus.without("toimiala").select(rows) for value in toimialat_of(row))
    names = {value: name for row in rows for value, name in toimialat_of(row).items()}
    order = sorted(names, key=lambda value: (value == ILMAN, searchable(names[value])))
    return [(value, names[value], counts[value]) for value in order]


def list_painopisteet(rows, suodatus):
    """[(value, name, how many rows it would show)] in the plan's order."""
    counts = Counter(str(row.painopiste.pk) for row in suodatus.without("painopiste").select(rows))
    names = {str(row.painopiste.pk): row.painopiste.nimi for row in rows}
    return [(value, name, counts[value]) for value, name in names.items()]


def list_sitovuudet(rows, suodatus):
    """[(value, name, how many rows it would show)] of those that some row has."""
    counts = Counter(row.sitovuus for row in suodatus.without("sitovuus").select(rows))
    used = {row.sitovuus for row in rows}
    return [(value, name, counts[value]) for value, name in Sitovuus.choices if value in used]


def count_states(rows):
    """{tila: how many}, every state present, plus "kaikki" and "lahetetyt" (sent or already approved).

    What another toimiala leads has no state here, and is in no count.
    """
    counts = Counter(row.tila for row in rows if row.tila)
    return {
        **{tila.value: counts[tila] for tila in Kirjaus.Tila},
        "kaikki": counts.total(),
        "lahetetyt": sum(counts[tila] for tila in Kirjaus.LAHETETYT),
    }


CHIPS = (
    (Kirjaus.Tila.PALAUTETTU, gettext_lazy("Palautettu")),
    ("", gettext_lazy("Kaikki")),
    *((tila, tila.label) for tila in (Kirjaus.Tila.EI_VASTATTU, Kirjaus.Tila.LUONNOS, *Kirjaus.LAHETETYT)),
)


def list_chips(suodatus, counts):
    """[(tila, word, how many, address)]; palautettu and hyväksytty only where there are some."""
    rare = (Kirjaus.Tila.PALAUTETTU, Kirjaus.Tila.HYVAKSYTTY)
    return [
        (tila, word, counts[tila or "kaikki"], suodatus.query(tila=tila))
        for tila, word in CHIPS
        if tila not in rare or counts[tila] or suodatus.tila == tila
    ]
