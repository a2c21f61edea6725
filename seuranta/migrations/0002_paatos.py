"""A decision on a file becomes a row: of which place, what, by whom and when."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from seuranta.triggers import TRIGGERS


class Migration(migrations.Migration):
    dependencies = [
        ("seuranta", "0001_initial"),
        ("strategia", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        TRIGGERS.remove_operation(),
        migrations.AddField(
            model_name="tuonti",
            name="paatosversio",
            field=models.PositiveIntegerField(default=0, verbose_name="päätösten versio"),
        ),
        migrations.CreateModel(
            name="Paatos",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("laji", models.CharField(choices=[("jakso", "Jakson nimi"), ("strategia", "Strategian nimi"), ("tilanne", "Tilanne (päivä, jota arviot kuvaavat)"), ("asteikko", "Numeroiden selitteet"), ("sarake", "Sarakkeen merkitys"), ("kysymys", "Vastaus kysymykseen"), ("solu", "Oikea arvo"), ("ohita", "Arvo jää pois"), ("ristiriita", "Kumpi arvo jää voimaan"), ("toimiala", "Mitä toimialaa nimi tarkoittaa"), ("toimenpide", "Mikä toimenpide rivi on"), ("paata", "Toimenpide päättyy")], max_length=20, verbose_name="mitä päätettiin")),
                ("paikka", models.CharField(blank=True, max_length=1000, verbose_name="paikka")),
                ("arvo", models.JSONField(blank=True, null=True, verbose_name="päätös")),
                ("milloin", models.DateTimeField(default=django.utils.timezone.now, verbose_name="milloin")),
                ("versio", models.PositiveIntegerField(default=0, verbose_name="versio")),
                ("kuka", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL, verbose_name="kuka")),
                ("kunta", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="strategia.kunta", verbose_name="kunta")),
                ("tuonti", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="paatokset", to="seuranta.tuonti", verbose_name="tuonti")),
            ],
            options={
                "verbose_name": "tuonnin päätös",
                "verbose_name_plural": "tuonnin päätökset",
                "ordering": ["pk"],
                "constraints": [models.UniqueConstraint(fields=("tuonti", "laji", "paikka"), name="paatos_kerran_paikassa")],
            },
        ),
        TRIGGERS.install_operation(),
    ]
