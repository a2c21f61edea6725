"""Every address that a kunta has had: those of today to begin with.

Going back forgets the earlier ones.
"""

import django.db.models.deletion
from django.db import migrations, models


def keep_addresses(apps, schema_editor):
    kunnat = apps.get_model("strategia", "Kunta").objects.values_list("pk", "slug")
    osoite = apps.get_model("strategia", "KunnanOsoite")
    osoite.objects.bulk_create(osoite(kunta_id=pk, slug=slug) for pk, slug in kunnat)


class Migration(migrations.Migration):
    dependencies = [("strategia", "0055_julkinen_puoli")]

    operations = [
        migrations.CreateModel(
            name="KunnanOsoite",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("slug", models.CharField(editable=False, max_length=220, unique=True, verbose_name="osoite")),
                (
                    "kunta",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="strategia.kunta",
                        verbose_name="kunta",
                    ),
                ),
            ],
            options={
                "verbose_name": "kunnan osoite",
                "verbose_name_plural": "kuntien osoitteet",
                "ordering": ["slug"],
            },
        ),
        migrations.RunPython(keep_addresses, migrations.RunPython.noop),
    ]
