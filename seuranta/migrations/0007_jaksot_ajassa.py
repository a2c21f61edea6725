"""The stored jaksot of each strategia in the order of time, closed ones too; their frozen reports stay as they are.

Going back leaves them so: an order is as good for the version before.
"""

from collections import defaultdict

from django.db import migrations

from seuranta.ajankohta import in_time


def put_in_time(apps, schema_editor):
    Seurantajakso = apps.get_model("seuranta", "Seurantajakso")
    jaksot = Seurantajakso.objects.using(schema_editor.connection.alias)
    by_strategia = defaultdict(list)
    for jakso in jaksot.only("strategia", "nimi", "paattyy", "jarjestys").order_by("jarjestys", "pk"):
        by_strategia[jakso.strategia_id].append(jakso)
    for own in by_strategia.values():
        for number, jakso in enumerate(in_time(own), 1):
            if jakso.jarjestys != number:
                jaksot.filter(pk=jakso.pk).update(jarjestys=number)


class Migration(migrations.Migration):
    dependencies = [("seuranta", "0006_muistutettu")]

    operations = [migrations.RunPython(put_in_time, migrations.RunPython.noop)]
