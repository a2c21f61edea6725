"""Who is told by mail of a new report, and what has gone to each."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

_ID = ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"))
_KUNTA = (
    "kunta",
    models.ForeignKey(
        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="strategia.kunta", verbose_name="kunta"
    ),
)
_TILAT = [("lahdossa", "Lähdössä"), ("lahetetty", "Lähetetty"), ("epaonnistui", "Ei lähtenyt")]


class Migration(migrations.Migration):
    dependencies = [("raportit", "0015_ilman_like_hakemistoja"), ("strategia", "0055_julkinen_puoli")]

    operations = [
        migrations.CreateModel(
            name="Tilaus",
            fields=[
                _ID,
                ("tunniste", models.CharField(editable=False, max_length=64, verbose_name="osoitteen tunniste")),
                ("osoite", models.TextField(editable=False, verbose_name="sähköposti salattuna")),
                ("avain", models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name="avain")),
                ("luotu", models.DateTimeField(default=django.utils.timezone.now, verbose_name="pyydetty")),
                ("vahvistettu", models.DateTimeField(blank=True, null=True, verbose_name="vahvistettu")),
                _KUNTA,
            ],
            options={
                "verbose_name": "tilaus",
                "verbose_name_plural": "tilaukset",
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("kunta", "tunniste"), name="tilaus_kerran_kunnassa")
                ],
            },
        ),
        migrations.CreateModel(
            name="Tilausviesti",
            fields=[
                _ID,
                (
                    "tila",
                    models.CharField(choices=_TILAT, default="lahdossa", max_length=20, verbose_name="tila"),
                ),
                ("yritetty", models.DateTimeField(default=django.utils.timezone.now, verbose_name="yritetty")),
                ("yrityksia", models.PositiveSmallIntegerField(default=1, verbose_name="yrityksiä")),
                ("virhe", models.CharField(blank=True, max_length=100, verbose_name="virhe")),
                _KUNTA,
                (
                    "tilaus",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="viestit",
                        to="raportit.tilaus",
                        verbose_name="tilaus",
                    ),
                ),
                (
                    "versio",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="raportit.raporttiversio",
                        verbose_name="raporttiversio",
                    ),
                ),
            ],
            options={
                "verbose_name": "tilaajan viesti",
                "verbose_name_plural": "tilaajien viestit",
                "ordering": ["-pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("tilaus", "versio"), name="tilaajalle_kerran_versiosta")
                ],
            },
        ),
    ]
