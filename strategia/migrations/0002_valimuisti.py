"""The table of the cache that all processes share: it is there whether or not CACHE_URL names another now.

Going back leaves it: nobody else uses the name.
"""

from django.core.management import call_command
from django.db import migrations


def create_table(apps, schema_editor):
    call_command("createcachetable", "valimuisti", database=schema_editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):
    dependencies = [("strategia", "0001_initial")]

    operations = [migrations.RunPython(create_table, migrations.RunPython.noop)]
