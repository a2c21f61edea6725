"""When a version is published or was withdrawn and why, and the lines of the public forms (`manage.py julkisrivit`)."""

import django.db.models.deletion
from django.db import migrations, models

from raportit.triggers import TRIGGERS


class Migration(migrations.Migration):
    dependencies = [
        ("raportit", "0011_siirtyma"),
        ("seuranta", "0024_hakupolku"),
        ("strategia", "0026_tunnukset"),
    ]

    operations = [
        TRIGGERS.remove_operation(),
        migrations.AddField(
            model_name="raporttiversio",
            name="julkaistaan",
            field=models.DateTimeField(blank=True, null=True, verbose_name="julkaistaan"),
        ),
        migrations.AddField(
            model_name="raporttiversio",
            name="poistamisen_syy",
            field=models.TextField(blank=True, verbose_name="miksi poistettiin julkaisusta"),
        ),
        migrations.AddField(
            model_name="raporttiversio",
            name="poistettu",
            field=models.DateTimeField(blank=True, null=True, verbose_name="poistettu julkaisusta"),
        ),
        migrations.AlterField(
            model_name="julkaisu",
            name="tila",
            field=models.CharField(
                choices=[
                    ("julkaistu", "Julkaistu"),
                    ("ajastettu", "Julkaisu ajastettu"),
                    ("peruttu", "Ajastus peruttu"),
                    ("poistettu", "Poistettu julkaisusta"),
                ],
                max_length=20,
                verbose_name="tila",
            ),
        ),
        migrations.CreateModel(
            name="JulkinenRivi",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("strategia", models.UUIDField(editable=False, verbose_name="strategian tunnus")),
                (
                    "laji",
                    models.CharField(
                        choices=[
                            ("strategia", "strategia"),
                            ("painopiste", "painopiste"),
                            ("tavoite", "strateginen tavoite"),
                            ("toimenpide", "toimenpide"),
                            ("mittari", "mittari"),
                        ],
                        max_length=20,
                        verbose_name="laji",
                    ),
                ),
                ("tunnus", models.UUIDField(editable=False, verbose_name="tunnus")),
                ("jarjestys", models.PositiveIntegerField(verbose_name="järjestys")),
                ("painopiste", models.UUIDField(editable=False, null=True, verbose_name="painopisteen tunnus")),
                ("tavoite", models.UUIDField(editable=False, null=True, verbose_name="tavoitteen tunnus")),
                ("toimenpide", models.UUIDField(editable=False, null=True, verbose_name="toimenpiteen tunnus")),
                ("nimi", models.TextField(blank=True, verbose_name="nimi")),
                ("koodi", models.TextField(blank=True, verbose_name="koodi")),
                ("painopisteen_nimi", models.TextField(blank=True, verbose_name="painopisteen nimi")),
                ("tavoitteen_nimi", models.TextField(blank=True, verbose_name="tavoitteen nimi")),
                ("toimiala", models.TextField(blank=True, verbose_name="toimiala")),
                ("toimielin", models.TextField(blank=True, verbose_name="toimielin")),
                ("toteutumisaste", models.PositiveSmallIntegerField(null=True, verbose_name="toteutumisaste")),
                ("aste_sanoin", models.TextField(blank=True, verbose_name="toteutumisaste sanoin")),
                ("syy", models.TextField(blank=True, verbose_name="ei arviota, syy")),
                ("edellinen", models.PositiveSmallIntegerField(null=True, verbose_name="edellinen toteutumisaste")),
                ("muutos", models.CharField(blank=True, max_length=20, verbose_name="muutos")),
                ("kommentti", models.TextField(blank=True, verbose_name="kommentti")),
                ("sdg", models.TextField(blank=True, verbose_name="kestävän kehityksen tavoitteet")),
                ("tiedot", models.JSONField(default=dict, verbose_name="muut tiedot")),
                ("haku", models.TextField(blank=True, verbose_name="hakuteksti")),
                (
                    "jakso",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="seuranta.seurantajakso",
                        verbose_name="seurantajakso",
                    ),
                ),
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
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="julkiset_rivit",
                        to="raportit.raporttiversio",
                        verbose_name="raporttiversio",
                    ),
                ),
            ],
            options={
                "verbose_name": "julkinen rivi",
                "verbose_name_plural": "julkiset rivit",
                "ordering": ["versio", "jarjestys"],
                "indexes": [
                    models.Index(fields=["kunta", "laji", "tunnus"], name="julkinen_rivi_tunnuksella"),
                    models.Index(fields=["versio", "laji", "jarjestys"], name="julkinen_rivi_versiossa"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("versio", "laji", "tunnus"), name="julkinen_rivi_kerran_versiossa")
                ],
            },
        ),
        TRIGGERS.install_operation(),
    ]
