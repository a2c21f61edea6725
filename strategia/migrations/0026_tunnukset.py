"""The tunnus of each row that a public address names: the rows there are get one each. Back again it is gone."""

import uuid

from django.db import migrations, models

MALLIT = ("strategia", "painopiste", "strateginentavoite", "toimenpide", "mittari")
# A random UUID as RFC 4122 has it, and as SQLite keeps one: 32 hexadecimal digits.
SATUNNAINEN = {
    "postgresql": "gen_random_uuid()",
    "sqlite": "lower(hex(randomblob(6)) || '4' || substr(hex(randomblob(2)), 2)"
    " || substr('89ab', 1 + abs(random() % 4), 1) || substr(hex(randomblob(2)), 2) || hex(randomblob(6)))",
}


def give_each(model_name, app="strategia"):
    """The operation that gives every row of the model a tunnus of its own."""

    def give(apps, schema_editor):
        table = schema_editor.quote_name(apps.get_model(app, model_name)._meta.db_table)
        random = SATUNNAINEN[schema_editor.connection.vendor]
        schema_editor.execute(f"UPDATE {table} SET tunnus = {random} WHERE tunnus IS NULL")  # noqa: S608  our own words

    return migrations.RunPython(give, migrations.RunPython.noop)


def add_tunnus(model_name, app="strategia"):
    """The operations that add the field to a table with rows."""
    told = {"verbose_name": "tunnus", "default": uuid.uuid4, "editable": False}
    return [
        migrations.AddField(model_name, "tunnus", models.UUIDField(null=True, editable=False, verbose_name="tunnus")),
        give_each(model_name, app),
        migrations.AlterField(model_name, "tunnus", models.UUIDField(unique=True, **told)),
    ]


class Migration(migrations.Migration):

    dependencies = [("strategia", "0025_istunnot")]

    operations = [operation for model_name in MALLIT for operation in add_tunnus(model_name)]
