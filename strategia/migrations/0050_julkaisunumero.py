"""The number under which the public pages of a kunta are kept, and the addresses that it has had."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("strategia", "0040_upottajat")]

    operations = [
        migrations.CreateModel(
            name="Julkaisunumero",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("numero", models.PositiveBigIntegerField(default=0, verbose_name="julkaisunumero")),
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
                "verbose_name": "julkaisunumero",
                "verbose_name_plural": "julkaisunumerot",
                "constraints": [
                    models.UniqueConstraint(fields=("kunta",), name="julkaisunumero_kerran_kunnassa")
                ],
            },
        ),
    ]
