"""A row made by mistake -> what hangs on it, or gone. Whatever model refers to it is asked, this app's or another's."""

from django.db import models, transaction

from .models import Ilmoitusviesti, KunnanRivi


class Riippuu(Exception):
    """Something hangs on what was to be deleted. args[0]: what, as list_hanging tells it."""


def list_hanging(row, *, own=()):
    """[(what, in the plural, how many)] of the rows that refer to this one.

    own: the models, by name, whose rows are parts of it and go with it. History is no part and hangs on nothing, and
    a row that says nothing (its model's TYHJA, if it has one) hangs as little.
    """
    found = []
    for relation in row._meta.get_fields(include_hidden=True):
        if not (relation.auto_created and not relation.concrete) or relation.on_delete is models.DO_NOTHING:
            continue
        model = relation.related_model
        if model.__name__ not in own and (n := _count(model, relation.field.name, row)):
            found.append((model._meta.verbose_name_plural, n))
    if n := Ilmoitusviesti.objects.of(row).count():  # which names its row without a relation
        found.append((Ilmoitusviesti._meta.verbose_name_plural, n))
    return found


def _count(model, name, row):
    of_its_kunta = {"kunta": row.kunta_id} if issubclass(model, KunnanRivi) else {}
    rows = model._default_manager.filter(**{name: row}, **of_its_kunta)
    return (rows.exclude(model.TYHJA) if hasattr(model, "TYHJA") else rows).count()


def remove(row, *, own=()):
    """Delete it with its own parts. Raises Riippuu. In the kunta's turn: nothing is hung on it meanwhile."""
    with transaction.atomic():
        type(row)._base_manager.select_for_update().get(pk=row.pk)
        if hanging := list_hanging(row, own=own):
            raise Riippuu(hanging)
        row.delete()
