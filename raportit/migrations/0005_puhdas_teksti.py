"""Texts stored before one door cleaned them: control characters go, what breaks a line is a line break.

Kirjaukset of closed jaksot, history and what is frozen stay as they are and are cleaned when they are read.
Going back leaves them clean. Lost for good: the control characters.
"""

from django.db import migrations, models

from strategia.fields import AvainField
from strategia.teksti import clean_stored

OMAT = ("strategia", "seuranta", "raportit")
PYSYVAT = {"raporttiversio", "tallenne", "julkinentallenne", "julkaisu"}


def clean_texts(apps, schema_editor):
    alias = schema_editor.connection.alias if schema_editor else "default"
    for app in OMAT:
        for model in apps.get_app_config(app).get_models():
            if model._meta.model_name not in PYSYVAT and not model._meta.model_name.startswith("historical"):
                _clean_rows(model, _writable(model.objects.using(alias)))


def _writable(rows):
    return rows.exclude(jakso__tila="suljettu") if rows.model._meta.model_name == "kirjaus" else rows


def _clean_rows(model, rows):
    fields = [field for field in model._meta.concrete_fields if _is_text(field)]
    names = [field.attname for field in fields]
    if not names:
        return
    for pk, *values in rows.order_by().values_list("pk", *names).iterator():
        changed = {name: new for name, value in zip(names, values, strict=True) if (new := clean_stored(value)) != value}
        if changed:
            _write(model, rows, pk, changed)


def _is_text(field):
    if isinstance(field, (AvainField, models.FileField)) or field.choices:
        return False
    return isinstance(field, (models.CharField, models.TextField, models.JSONField))


def _write(model, rows, pk, changed):
    """With the keys that follow the texts; a name that has become another's is told apart by its number."""
    row = rows.get(pk=pk)
    for name, value in changed.items():
        setattr(row, name, value)
    for field in model._meta.concrete_fields:
        if isinstance(field, AvainField) and field.source in changed:
            _tell_apart(row, rows, field, changed)
            changed[field.attname] = field.pre_save(row, False)
    rows.filter(pk=pk).update(**changed)


def _tell_apart(row, rows, field, changed):
    scope = {unique: getattr(row, unique) for unique in _scope(row, field)}
    name, number = changed[field.source], 1
    while rows.filter(**scope, **{field.attname: field.pre_save(row, False)}).exclude(pk=row.pk).exists():
        number += 1
        changed[field.source] = f"{name} ({number})"
        setattr(row, field.source, changed[field.source])


def _scope(row, field):
    """The columns within which the key is unique; None where it need not be."""
    for constraint in row._meta.constraints:
        if isinstance(constraint, models.UniqueConstraint) and field.attname in constraint.fields:
            return [row._meta.get_field(name).attname for name in constraint.fields if name != field.attname]
    return [] if field.unique else ["pk"]


class Migration(migrations.Migration):
    dependencies = [
        ("raportit", "0004_tyontekijan_syke"),
        ("seuranta", "0008_vuodet_nimesta"),
        ("strategia", "0004_kunnan_osoite"),
    ]
    run_before = [("seuranta", "0016_ilmoitusviestit")]  # which takes a table away that is cleaned here

    operations = [migrations.RunPython(clean_texts, migrations.RunPython.noop)]
