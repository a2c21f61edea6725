"""Rows of the entry page + their units' answers: those of this jakso, and of the last one those that lack yet."""

from collections import defaultdict
from itertools import count

from ..models import OSIA_ENINTAAN, Kirjaus, Osavastaus, Seurantajakso
from .yksikko import Yksikko


def add_osat(jakso, rows, blank=""):
    """Put on each row its Yksikko list; one query, and none where no row has had a unit.

    blank: the row that has a place for one more. Another toimiala's comment is reworded in viimeistely alone. What is
    on the row already keeps its fields' names and an empty place stays: what is typed or pressed while the row is drawn
    anew still finds it.
    """
    rows, of = [row for row in rows if not row.on_kortti], defaultdict(list)
    used = [row for row in rows if row.osat or getattr(row.toimenpide, "on_osia", False)]
    in_finishing = jakso.tila == Seurantajakso.Tila.VIIMEISTELYSSA
    kirjaukset = [each.pk for row in used for each in (row.kirjaus, row.edellinen) if each and each.pk]
    for osa in Osavastaus.objects.filter(kunta=jakso.kunta_id, kirjaus__in=kirjaukset) if kirjaukset else ():
        of[osa.kirjaus_id].append(osa)
    for row in rows:
        before = {osa.avain: osa for osa in of.get(row.edellinen.pk, ())} if row.edellinen else {}
        blanks = [osa for osa in row.osat if osa.pk is None and osa.ennen is None and not osa.poistui]
        names = {osa.pk or (osa.ennen and osa.ennen.avain): osa.prefix for osa in row.osat}
        row.osat = _list(row, of.get(row.kirjaus.pk, ()), before, in_finishing, names)
        if before and not in_finishing and row.kirjaus.tila not in Kirjaus.LAHETETYT:
            row.osat += _list_offered(row, before, names)
        row.osat += blanks
        if blank and row.tunnus == blank:
            add_blank(row)


def add_blank(row):
    """A place for one more unit, last on the row, where the person goes on."""
    empty = next((osa for osa in row.osat if osa.pk is None and not osa.nimi), None)
    if empty is None:
        empty = Yksikko(Osavastaus(), _next_prefix(row))
        row.osat = [*row.osat, empty]
    row.uusi_osa = empty.prefix


def _next_prefix(row):
    taken = {osa.prefix for osa in row.osat}
    return next(name for n in range(1, OSIA_ENINTAAN + len(taken) + 2) if (name := f"{row.prefix}-n{n}") not in taken)


def _list(row, osat, before, in_finishing, names):
    return [
        Yksikko(
            osa,
            names.get(osa.pk) or f"{row.prefix}-o{osa.pk}",
            before.get(osa.avain),
            on_oma=in_finishing or osa.toimiala_id is None,
        )
        for osa in osat
    ]


def _list_offered(row, before, names):
    """The units that answered in the last jakso and have not in this one: their names are there, to be answered."""
    told = {each.osa.avain for each in row.osat}
    lacking = [osa for key, osa in before.items() if key not in told and osa.toimiala_id is None]
    free = (name for n in count(1) if (name := f"{row.prefix}-n{n}") not in names.values())
    return [Yksikko(Osavastaus(nimi=osa.nimi), names.get(osa.avain) or next(free), osa) for osa in lacking]
