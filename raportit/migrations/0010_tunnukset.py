"""The tunnus of each version, and what the ids inside each frozen report are. The frozen bytes stay.

A row that has been taken away since gets one of its own, the same in every version of its kunta. Back again they are
gone.
"""

import json
from importlib import import_module
from uuid import uuid4

import django.db.models.deletion
from django.db import migrations, models

from raportit.jaadytetyt import frozen_ids
from raportit.triggers import TRIGGERS

add_tunnus = import_module("strategia.migrations.0026_tunnukset").add_tunnus
MALLIT = {
    "strategia": "Strategia",
    "painopiste": "Painopiste",
    "tavoite": "StrateginenTavoite",
    "toimenpide": "Toimenpide",
    "mittari": "Mittari",
}


def write_tunnukset(apps, schema_editor):
    versiot = apps.get_model("raportit", "Raporttiversio").objects.order_by("kunta", "pk")
    model, kunta = apps.get_model("raportit", "JaadytettyTunnus"), None
    for pk, kunta_id, data in versiot.values_list("pk", "kunta", "data").iterator(chunk_size=20):
        if kunta_id != kunta:
            kunta, known = kunta_id, _read_known(apps, kunta_id)
        told = {"versio_id": pk, "kunta_id": kunta_id}
        model.objects.bulk_create(
            model(**told, laji=laji, jaadytetty_id=each, tunnus=known.setdefault((laji, each), uuid4()))
            for laji, ids in frozen_ids(json.loads(data)).items()
            for each in sorted(ids)
        )


def _read_known(apps, kunta_id):
    """{(laji, id): tunnus} of the rows that the kunta has now."""
    return {
        (laji, pk): tunnus
        for laji, name in MALLIT.items()
        for pk, tunnus in apps.get_model("strategia", name)
        .objects.filter(kunta=kunta_id)
        .values_list("pk", "tunnus")
    }


class Migration(migrations.Migration):

    dependencies = [("raportit", "0008_tekijan_nimi"), ("strategia", "0026_tunnukset")]

    operations = [
        TRIGGERS.remove_operation(),
        *add_tunnus("raporttiversio", "raportit"),
        migrations.CreateModel(
            name="JaadytettyTunnus",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                ("jaadytetty_id", models.BigIntegerField(verbose_name="numero raportissa")),
                ("tunnus", models.UUIDField(db_index=True, verbose_name="tunnus")),
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
                        related_name="tunnukset",
                        to="raportit.raporttiversio",
                        verbose_name="raporttiversio",
                    ),
                ),
            ],
            options={
                "verbose_name": "raportin rivin tunnus",
                "verbose_name_plural": "raporttien rivien tunnukset",
                "ordering": ["versio", "laji", "jaadytetty_id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("versio", "laji", "jaadytetty_id"), name="tunnus_kerran_versiossa"
                    )
                ],
            },
        ),
        migrations.RunPython(write_tunnukset, migrations.RunPython.noop),
        TRIGGERS.install_operation(),
    ]
