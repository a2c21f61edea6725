"""The table in which wrong tries are counted.

Going back leaves it: nobody else uses the name.
"""

from django.core.management import call_command
from django.db import migrations


def create_table(apps, schema_editor):
    call_command("createcachetable", "yritykset", database=schema_editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):
    dependencies = [("strategia", "0018_tapahtumat")]

    operations = [migrations.RunPython(create_table, migrations.RunPython.noop)]
