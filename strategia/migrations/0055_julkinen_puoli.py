"""What the public side asks of a kunta: its strategia in words, may it be compared, and feedback on a toimenpide.

The feedback there was has been read: it does not come to the front page as new. Going back takes
the answers to it, and what was told of the strategia, away with their columns.
"""

from django.db import migrations, models


def _handle_old(apps, schema_editor):
    apps.get_model("strategia", "Palaute").objects.filter(kasitelty=None).update(kasitelty=models.F("luotu"))


class Migration(migrations.Migration):
    dependencies = [("strategia", "0050_julkaisunumero")]

    operations = [
        migrations.AddField(
            model_name="kunta",
            name="vertailtavissa",
            field=models.BooleanField(
                default=False,
                help_text=(
                    "Julkaistut luvut näytetään painopisteittäin niiden palvelun kuntien kanssa,"
                    " jotka ovat sallineet saman."
                ),
                verbose_name="raporttimme saa näkyä toisten kuntien rinnalla",
            ),
        ),
        migrations.AddField(
            model_name="palaute",
            name="aihe",
            field=models.CharField(blank=True, default="", max_length=1000, verbose_name="aihe"),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="palaute",
            name="kasitelty",
            field=models.DateTimeField(blank=True, null=True, verbose_name="käsitelty"),
        ),
        migrations.AddField(
            model_name="palaute",
            name="nakyy",
            field=models.BooleanField(
                default=False, verbose_name="näytä viesti ja vastaus toimenpiteen julkisella sivulla"
            ),
        ),
        migrations.AddField(
            model_name="palaute",
            name="toimenpide",
            field=models.UUIDField(blank=True, editable=False, null=True, verbose_name="toimenpiteen tunnus"),
        ),
        migrations.AddField(
            model_name="palaute",
            name="vastaus",
            field=models.TextField(blank=True, default="", max_length=5000, verbose_name="vastaus"),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="strategia",
            name="esittely",
            field=models.TextField(
                blank=True,
                default="",
                help_text=(
                    "Muutama lause asukkaalle. Näkyy kunnan julkisen sivun alussa. Tyhjä rivi aloittaa kappaleen."
                ),
                max_length=3000,
                verbose_name="mikä strategia on",
            ),
            preserve_default=False,
        ),
        migrations.RunPython(_handle_old, migrations.RunPython.noop, elidable=True),
        migrations.AddIndex(
            model_name="palaute",
            index=models.Index(fields=["kunta", "toimenpide"], name="palaute_toimenpiteesta"),
        ),
        migrations.AddConstraint(
            model_name="palaute",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("nakyy", False),
                    models.Q(("toimenpide__isnull", False), models.Q(("vastaus", ""), _negated=True)),
                    _connector="OR",
                ),
                name="nakyva_palaute_on_vastattu",
            ),
        ),
    ]
