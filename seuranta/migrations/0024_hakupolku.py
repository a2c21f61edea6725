"""Triggers that read no table of their caller's, a closed jakso that only the owner's function opens (PostgreSQL)."""

from django.db import migrations

from seuranta.triggers import AVAUKSEN_TUNNUS, AVAUS, TRIGGERS


def make_function(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(AVAUS)
        schema_editor.execute(f"REVOKE ALL ON FUNCTION {AVAUKSEN_TUNNUS} FROM PUBLIC")


def drop_function(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"DROP FUNCTION IF EXISTS {AVAUKSEN_TUNNUS}")


class Migration(migrations.Migration):

    dependencies = [
        ("seuranta", "0022_riskit_sijaisena"),
        ("strategia", "0018_tapahtumat"),
    ]

    operations = [
        TRIGGERS.remove_operation(),
        TRIGGERS.install_operation(),
        migrations.RunPython(make_function, drop_function),
    ]
