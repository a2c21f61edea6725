"""The reminders and the messages of returned rows move to strategia's one table of messages.

Going back leaves the messages there, and the tables of before empty: a reminder of that day could leave again.
"""

from django.db import migrations

PALAUTUS = "palautus"
SAMAT = (
    *("kunta_id", "kayttaja_id", "tekija_id", "paiva", "tila", "toimenpiteet", "mittarit"),
    *("yritetty", "yrityksia", "virhe"),
)


def move(apps, schema_editor):
    Muistutus = apps.get_model("seuranta", "Muistutus")
    Ilmoitusviesti = apps.get_model("strategia", "Ilmoitusviesti")
    old = Muistutus.objects.select_related("jakso").order_by("pk")
    Ilmoitusviesti.objects.bulk_create((_as_message(Ilmoitusviesti, m) for m in old.iterator()), batch_size=500)


def _as_message(Ilmoitusviesti, muistutus):
    is_return = muistutus.laji == PALAUTUS
    return Ilmoitusviesti(
        laji=PALAUTUS if is_return else "muistutus",
        vaihe="" if is_return else muistutus.laji,
        kohde="seurantajakso",
        kohde_id=muistutus.jakso_id,
        kohteen_nimi=muistutus.jakso.nimi,
        **{name: getattr(muistutus, name) for name in SAMAT},
    )


class Migration(migrations.Migration):
    dependencies = [
        ("seuranta", "0015_joukkokirjaukset"),
        ("strategia", "0012_ilmoitusviestit"),
    ]

    operations = [
        migrations.RunPython(move, migrations.RunPython.noop),
        migrations.DeleteModel(name="Muistutus"),
    ]
