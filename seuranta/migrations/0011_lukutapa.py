"""What people decide of the reading of a table is kept for the next one of the same shape."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from seuranta.triggers import TRIGGERS

LAJIT = [
    ("jakso", "Jakson nimi"),
    ("strategia", "Strategian nimi"),
    ("tilanne", "Tilanne (päivä, jota arviot kuvaavat)"),
    ("asteikko", "Numeroiden selitteet"),
    ("sarake", "Sarakkeen merkitys"),
    ("kysymys", "Vastaus kysymykseen"),
    ("solu", "Oikea arvo"),
    ("ohita", "Arvo jää pois"),
    ("ristiriita", "Kumpi arvo jää voimaan"),
    ("toimiala", "Mitä toimialaa nimi tarkoittaa"),
    ("toimenpide", "Mikä toimenpide rivi on"),
    ("paata", "Toimenpide päättyy"),
    ("voimassa", "Nimen vuodet ja voimassaolo"),
    ("otsikkorivi", "Rivi, jolla otsikot ovat"),
    ("valilehdet", "Luettavat välilehdet"),
    ("sana", "Mitä sana tarkoittaa"),
    ("kuvaus", "Mitä numerot tarkoittavat"),
    ("vuosi", "Vuosi, joka otsikoista puuttuu"),
    ("tapa", "Miten luetaan"),
    ("lukutapa", "Aiempi lukutapa"),
]


class Migration(migrations.Migration):
    dependencies = [
        ("seuranta", "0010_omat_sarakkeet"),
        ("strategia", "0007_lukutapa"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        TRIGGERS.remove_operation(),
        migrations.AddField(
            model_name="tuonti",
            name="muistettu",
            field=models.JSONField(blank=True, default=dict, verbose_name="aiempi lukutapa"),
        ),
        migrations.AlterField(
            model_name="paatos",
            name="laji",
            field=models.CharField(choices=LAJIT, max_length=20, verbose_name="mitä päätettiin"),
        ),
        migrations.CreateModel(
            name="Lukutapa",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("avain", models.CharField(max_length=64, verbose_name="otsikoiden tiiviste")),
                ("otsikot", models.JSONField(blank=True, default=list, verbose_name="otsikot")),
                ("sarakkeet", models.JSONField(blank=True, default=dict, verbose_name="sarakkeiden merkitykset")),
                ("otsikkorivi", models.PositiveIntegerField(blank=True, null=True, verbose_name="otsikkorivi")),
                ("jatetyt", models.JSONField(blank=True, default=list, verbose_name="pois jätetyt välilehdet")),
                ("tavat", models.JSONField(blank=True, default=dict, verbose_name="muut valinnat")),
                ("tiedostonimi", models.CharField(blank=True, max_length=255, verbose_name="tiedoston nimi")),
                ("milloin", models.DateTimeField(default=django.utils.timezone.now, verbose_name="milloin")),
                ("versio", models.PositiveIntegerField(default=1, verbose_name="versio")),
                (
                    "kuka",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="kuka",
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
            ],
            options={
                "verbose_name": "taulukon lukutapa",
                "verbose_name_plural": "taulukoiden lukutavat",
                "ordering": ["pk"],
                "constraints": [models.UniqueConstraint(fields=("kunta", "avain"), name="lukutapa_kerran_kunnassa")],
            },
        ),
        TRIGGERS.install_operation(),
    ]
