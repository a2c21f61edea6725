"""The files of the public form, and the choice not to tell what stood there before a correction."""

import django.db.models.deletion
from django.db import migrations, models

from raportit.triggers import TRIGGERS


class Migration(migrations.Migration):
    dependencies = [
        ("raportit", "0002_jonon_tehtavien_osoitteet"),
        ("strategia", "0001_initial"),
    ]

    operations = [
        TRIGGERS.remove_operation(),
        migrations.AddField(
            model_name="raporttiversio",
            name="piilota_vanhat",
            field=models.BooleanField(
                default=False,
                help_text="Luettelo korjauksista kertoo, mitä korjattiin, mutta ei mitä siinä luki ennen.",
                verbose_name="älä näytä vanhaa tekstiä",
            ),
        ),
        migrations.CreateModel(
            name="JulkinenTallenne",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("nakyma", models.CharField(max_length=40, verbose_name="mitä näkyi")),
                ("muoto", models.CharField(max_length=10, verbose_name="muoto")),
                ("sha256", models.CharField(db_index=True, max_length=64, verbose_name="tiiviste")),
                ("koko", models.PositiveIntegerField(verbose_name="koko tavuina")),
                ("luotu", models.DateTimeField(auto_now_add=True, verbose_name="luotu")),
                (
                    "kunta",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="strategia.kunta",
                        verbose_name="kunta",
                    ),
                ),
                (
                    "versio",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="julkiset_tallenteet",
                        to="raportit.raporttiversio",
                        verbose_name="raporttiversio",
                    ),
                ),
            ],
            options={
                "verbose_name": "julkinen tallenne",
                "verbose_name_plural": "julkiset tallenteet",
                "ordering": ["versio", "muoto", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("versio", "nakyma", "muoto"), name="julkinen_tallenne_kerran_muodossa"
                    )
                ],
            },
        ),
        TRIGGERS.install_operation(),
    ]
