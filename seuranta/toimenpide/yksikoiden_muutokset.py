"""Toimenpide -> what its units, and other toimialat, answered in each jakso, and who changed it and when."""

from dataclasses import replace

from django.db.models import F
from django.utils.translation import gettext as _

from strategia.teksti import clean_fields

from ..models import KIRJOITTAJA, OSAN_KENTAT, Osavastaus
from .historia import Kentanmuutos, Tallennus, as_save, compare, tuonnit_of

OSAN_TEKSTIT = ("nimi", "kommentti")


def list_units(kirjaukset, hidden) -> dict[int, list[Osavastaus]]:
    """{jakso's id: the units' answers} of these Kirjaus rows, without what the reader may not see of them."""
    kirjaukset = list(kirjaukset)
    of = {kirjaus.pk: kirjaus.jakso_id for kirjaus in kirjaukset}
    found = {}
    for osa in clean_fields(list(Osavastaus.objects.filter(kirjaus__in=kirjaukset)), OSAN_TEKSTIT) if of else ():
        if _hide(osa, hidden):
            found.setdefault(of[osa.kirjaus_id], []).append(osa)
    return found


def _hide(osa, hidden):
    """Is something of it left to be seen? As the public form hides it."""
    if osa.toimiala_id and {"toimiala", "muut_toimialat"} & set(hidden):
        return False
    if "toteutumisaste" in hidden:
        osa.toteutumisaste = None
    if "kommentti" in hidden:
        osa.kommentti = ""
    return not {"toteutumisaste", "kommentti"} <= set(hidden)


def list_unit_saves(toimenpide) -> dict[int, list[Tallennus]]:
    """{jakso's id: the saves of its units, the newest first}; one query, and one more for imports."""
    history = Osavastaus.history.filter(kunta=toimenpide.kunta_id, kirjaus__toimenpide=toimenpide.pk)
    rows = list(history.select_related(*KIRJOITTAJA).annotate(jakso=F("kirjaus__jakso")).order_by("history_id"))
    tuonnit = tuonnit_of(clean_fields(rows, OSAN_TEKSTIT), toimenpide.kunta_id)
    saves, before = {}, {}
    for row in rows:
        earlier = before.get(row.id)
        before[row.id] = row
        if row.history_type == "-":
            changed = (Kentanmuutos(row.nimi, "", _("Poistettu")),)
        else:
            changed = tuple(_of_unit(row, kentta) for kentta in compare(earlier, row, OSAN_KENTAT, _text))
        if changed:
            saves.setdefault(row.jakso, []).insert(0, as_save(row, changed, tuonnit))
    return saves


def _of_unit(row, kentta):
    return replace(kentta, sana=f"{row.nimi}: {kentta.sana}")


def _text(row, name):
    return str(getattr(row, name) or "")
