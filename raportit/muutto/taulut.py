"""Which tables a kunta takes along, and which rows of them."""

from django.apps import apps
from django.db import connection
from django.db.models import AutoField, Max, Q

from strategia.models import Kayttaja, Kunta
from strategia.palvelu.taulurivit import tables_of

# What opens a door is made anew in the new installation: keys, calendars' addresses, the kunta's own sign-in. Who has
# subscribed to reports has given the address to this one alone, and encrypted by its key. The number of what an
# installation has published is its own.
EI_MUKAAN = {
    *("strategia.avain", "strategia.kalenteriavain", "strategia.tunnistaja", "strategia.ulkotunnus"),
    *("raportit.tilaus", "raportit.tilausviesti", "strategia.julkaisunumero"),
}


def travelling_tables() -> list:
    """[model] of the tables whose rows belong to a kunta, in the order of their names; the kunta itself first."""
    mine = [model for model in tables_of(apps) if _has_kunta(model) and model._meta.label_lower not in EI_MUKAAN]
    return [Kunta, *mine]


def _has_kunta(model):
    return any(field.name == "kunta" and field.related_model is Kunta for field in model._meta.concrete_fields)


def rows_of(model, kunta: int):
    """The rows that it takes along, as a queryset: of people also those of no kunta who have acted in it."""
    rows = model._base_manager
    if model is Kunta:
        return rows.filter(pk=kunta)
    if model is Kayttaja:
        return rows.filter(Q(kunta=kunta) | Q(kunta=None, pk__in=_actors_in(kunta)))
    return rows.filter(kunta=kunta)


def _actors_in(kunta):
    """The ids of all who are named in the rows of the kunta."""
    found = set()
    for model in travelling_tables():
        for field in model._meta.concrete_fields:
            if field.related_model is Kayttaja and model is not Kayttaja:
                named = model._base_manager.filter(kunta=kunta).order_by().values_list(field.attname, flat=True)
                found.update(named.distinct())
    return found - {None}


class EiVoiMuuttaa(Exception):
    """The kunta cannot be written out or taken in. The text says why and what to do."""


def largest_ids() -> dict[str, int]:
    """{label: the largest id that a row of the table has had here, as far as it is known}; of every table of ours."""
    found = {}
    for label, model in own_models().items():
        pk = model._meta.pk
        if isinstance(pk, AutoField):
            found[label] = max(found.get(label, 0), _largest(model, pk.attname), _last_given(model))
        if hasattr(model, "instance_type"):  # of a row that is gone its history still tells
            of = model.instance_type._meta.label_lower
            found[of] = max(found.get(of, 0), _largest(model, "id"))
    return found


def own_models() -> dict:
    """{label: model} of every table of this application."""
    names = ("strategia", "seuranta", "raportit")
    return {model._meta.label_lower: model for name in names for model in apps.get_app_config(name).get_models()}


def _largest(model, column):
    return model._base_manager.aggregate(suurin=Max(column))["suurin"] or 0


def _last_given(model):
    """A row may have been taken away since: no other ever gets its id."""
    table, column = model._meta.db_table, model._meta.pk.column
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        else:
            cursor.execute("SELECT pg_sequence_last_value(pg_get_serial_sequence(%s, %s)::regclass)", [table, column])
        return (cursor.fetchone() or [0])[0] or 0
