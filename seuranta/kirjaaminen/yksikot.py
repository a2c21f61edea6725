"""Rows of the entry page + their units' answers: those of this jakso, and of the last one those that lack yet."""

from collections import defaultdict

from ..models import OSIA_ENINTAAN, Kirjaus, Osavastaus, Seurantajakso
from .yksikko import Yksikko


def add_osat(jakso, rows, blank=""):
    """Put on each row its Yksikko list; one query, and none where no row has had a unit.

    blank: the row that has a place for one more. Another toimiala's comment is reworded in viimeistely alone.
    """
    rows, of = [row for row in rows if not row.on_kortti], defaultdict(list)
    used = [row for row in rows if row.osat or getattr(row.toimenpide, "on_osia", False)]
    in_finishing = jakso.tila == Seurantajakso.Tila.VIIMEISTELYSSA
    kirjaukset = [each.pk for row in used for each in (row.kirjaus, row.edellinen) if each and each.pk]
    for osa in Osavastaus.objects.filter(kirjaus__in=kirjaukset) if kirjaukset else ():
        of[osa.kirjaus_id].append(osa)
    for row in rows:
        before = {osa.avain: osa for osa in of.get(row.edellinen.pk, ())} if row.edellinen else {}
        row.osat = _list(row, of.get(row.kirjaus.pk, ()), before, in_finishing)
        if before and not in_finishing and row.kirjaus.tila not in Kirjaus.LAHETETYT:
            row.osat += _list_offered(row, before)
        if blank and row.tunnus == blank:
            add_blank(row)


def add_blank(row):
    """A place for one more unit, last on the row, where the person goes on."""
    row.osat = [*row.osat, Yksikko(Osavastaus(), _next_prefix(row))]
    row.uusi_osa = row.osat[-1].prefix


def _next_prefix(row):
    taken = {osa.prefix for osa in row.osat}
    return next(name for n in range(1, OSIA_ENINTAAN + len(taken) + 2) if (name := f"{row.prefix}-n{n}") not in taken)


def _list(row, osat, before, in_finishing):
    return [
        Yksikko(osa, f"{row.prefix}-o{osa.pk}", before.get(osa.avain), on_oma=in_finishing or osa.toimiala_id is None)
        for osa in osat
    ]


def _list_offered(row, before):
    """The units that answered in the last jakso and have not in this one: their names are there, to be answered."""
    told = {each.osa.avain for each in row.osat}
    lacking = [osa for key, osa in before.items() if key not in told and osa.toimiala_id is None]
    return [Yksikko(Osavastaus(nimi=osa.nimi), f"{row.prefix}-n{n}", osa) for n, osa in enumerate(lacking, 1)]
