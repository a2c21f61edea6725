"""Jaksot -> every save of theirs after they were first closed: who, when, from what to what. For who may audit."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from django.db import models
from django.db.models import Min, Q, prefetch_related_objects
from django.utils.translation import gettext as _

from seuranta.models import Kirjaus, MittariArvo, Osavastaus, Riski, Seurantajakso
from seuranta.toimenpide.historia import as_save, compare, tuonnit_of
from strategia.models import LISAKENTAT
from strategia.teksti import clean_fields

from ..models import Raporttiversio, Saate
from ..osavuosikatsaus.korjaus import name_of_text
from .jalkimuutos import Jalkimuutos


@dataclass(frozen=True)
class Seurattu:
    """A table with history. jakso: the path to its jakso. kohde: a row of history -> what it is of."""

    malli: type[models.Model]
    jakso: str
    kentat: tuple[str, ...]
    kohde: Callable
    mukaan: tuple[str, ...] = ()


KERRALLA = 900
JAKSON_HISTORIA = Seurantajakso.history.model  # asked of the manager, for each row anew, it costs a millisecond
SEURATUT = (
    Seurattu(Seurantajakso, "id", ("tila", "avaamisen_syy"), lambda row: row.nimi),
    Seurattu(
        Kirjaus,
        "jakso_id",
        ("toteutumisaste", "syy", "kommentti", *LISAKENTAT, "omat", "sisainen_huomio", "tila", "palautuksen_syy"),
        lambda row: str(row.toimenpide or ""),
        ("toimenpide", "sijaisena"),
    ),
    Seurattu(
        Osavastaus,
        "kirjaus__jakso_id",
        ("nimi", "toteutumisaste", "kommentti"),
        lambda row: f"{row.kirjaus.toimenpide}: {row.nimi}" if row.kirjaus else row.nimi,
        ("kirjaus__toimenpide", "sijaisena"),
    ),
    Seurattu(
        MittariArvo,
        "jakso_id",
        ("teksti", "huomautus", "sisainen_huomio", "tila", "palautuksen_syy"),
        lambda row: str(row.mittari or ""),
        ("mittari", "sijaisena"),
    ),
    Seurattu(
        Riski,
        "jakso_id",
        ("teksti", "todennakoisyys", "vaikutus"),
        lambda row: str(row.toimenpide or row.tavoite or ""),
        ("toimenpide", "tavoite"),
    ),
    Seurattu(Saate, "jakso_id", ("avaus", "painopisteet", "kokous_toimielin", "kokous_pvm"), lambda row: _("Saate")),
)


def list_all_changes(jaksot) -> list[Jalkimuutos]:
    """The newest first. A few queries for each table, for each 900 rows of it."""
    closed = _first_closings(jaksot)
    known = {jakso.pk: jakso for jakso in jaksot if jakso.pk in closed}
    found = [each for seurattu in SEURATUT for each in _changes_in(seurattu, closed, known)] if closed else []
    return sorted(found, key=lambda muutos: muutos.milloin, reverse=True)


def _first_closings(jaksot):
    """{jakso's id: when it was first closed}"""
    versiot = Raporttiversio.objects.filter(jakso__in=jaksot).order_by()
    return dict(versiot.values_list("jakso").annotate(suljettu=Min("luotu")))


def _changes_in(seurattu, closed, jaksot):
    rows = _rows_of(seurattu, closed)
    tuonnit, before = tuonnit_of(rows, next(iter(jaksot.values())).kunta_id), {}
    short = cache(name_of_text)  # a row of many saves has one name
    for row in rows:
        last = before.get(row.id)
        kentat = compare(last, row, _differing(last, row, seurattu.kentat), _text, words=False)
        before[row.id] = row
        if kentat and row.jakson_id in closed and row.history_date > closed[row.jakson_id] and not _only_closes(row):
            told = (jaksot[row.jakson_id].nimi, row.history_date, _who(row, tuonnit))
            kohde = short(seurattu.kohde(row))
            for kentta in kentat:
                yield Jalkimuutos(*told, kohde, kentta.sana, kentta.ennen, kentta.jalkeen)


def _rows_of(seurattu, closed):
    """Every row of history, from the oldest, of what has one after the closing of its jakso."""
    later = Q()
    for jakso, moment in closed.items():
        later |= Q(**{seurattu.jakso: jakso}, history_date__gt=moment)
    history = seurattu.malli.history
    rows = history.filter(id__in=history.filter(later).values("id")).annotate(jakson_id=models.F(seurattu.jakso))
    rows = list(rows.order_by("history_id"))
    for start in range(0, len(rows), KERRALLA):  # many of the same; SQLite takes no thousand of others at a time
        prefetch_related_objects(rows[start : start + KERRALLA], "history_user", *seurattu.mukaan)
    return clean_fields(rows, [name for name in seurattu.kentat if _is_text(seurattu.malli, name)])


def _differing(before, row, names):
    """Those that may differ: to put each value of each save in words costs more than all else here."""
    if before is None or "-" in (before.history_type, row.history_type):
        return names
    return [name for name in names if getattr(before, name) != getattr(row, name)]


def _who(row, tuonnit):
    """The person; of a file the file too."""
    save = as_save(row, (), tuonnit)
    return ", ".join(part for part in (save.kuka, save.tuonti and save.tuonti.tiedostonimi) if part)


def _is_text(malli, name):
    return isinstance(malli._meta.get_field(name), models.TextField | models.CharField)


def _only_closes(row):
    """Closing again changes nothing that was told: its version does."""
    return isinstance(row, JAKSON_HISTORIA) and row.tila == Seurantajakso.Tila.SULJETTU


def _text(row, name):
    """The value of a field as a person reads it; of a row that was deleted there is none."""
    if row.history_type == "-":
        return ""
    value = getattr(row, name)
    if name in ("syy", "tila"):
        return str(getattr(row, f"get_{name}_display")())
    if name == "painopisteet":
        return "\n\n".join(text for text in value.values() if text)
    if hasattr(value, "year"):
        return f"{value:%-d.%-m.%Y}"
    return "" if value is None else str(value)
