"""The name of a kunta in public addresses is stored, and no two share one: the later of two alike gets -2.

Going back takes the column away, and with it every address that somebody chose.
"""

from django.db import migrations
from django.utils.text import slugify

import strategia.fields


def name_addresses(apps, schema_editor):
    kunnat, taken = apps.get_model("strategia", "Kunta").objects, set()
    for kunta in kunnat.order_by("pk"):
        kunta.slug = strategia.fields.free_slug(slugify(kunta.nimi) or str(kunta.pk), taken.__contains__)
        taken.add(kunta.slug)
        kunnat.filter(pk=kunta.pk).update(slug=kunta.slug)


class Migration(migrations.Migration):
    dependencies = [("strategia", "0003_logot_uudelleen")]

    operations = [
        migrations.AddField("kunta", "slug", strategia.fields.OsoiteField(null=True, unique=False)),
        migrations.RunPython(name_addresses, migrations.RunPython.noop),
        migrations.AlterField("kunta", "slug", strategia.fields.OsoiteField()),
    ]
