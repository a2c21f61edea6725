"""Spellings of a toimiala or a toimielin that a person has decided: what files are read by from now on."""

from .models import Kirjoitusasu
from .nimet import avain


def rename(row, nimi):
    """Give the row a new name; a file that has the old one is still understood. In a transaction of the caller."""
    old, row.nimi = row.nimi, nimi
    row.save()
    if avain(old) != avain(nimi):
        remember(old, row)
    # A name that is a row's own stands for nothing else.
    _known(row, nimi).delete()


def remember(nimi, row):
    """From now on this spelling means this row."""
    _known(row, nimi).delete()
    Kirjoitusasu.objects.create(kunta_id=row.kunta_id, asu=nimi, **{row._meta.model_name: row})


def _known(row, nimi):
    of_kind = {f"{row._meta.model_name}__isnull": False}
    return Kirjoitusasu.objects.filter(kunta=row.kunta_id, avain=avain(nimi), **of_kind)
