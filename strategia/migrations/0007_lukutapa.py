"""What the words and numbers of a table mean is kept with the strategia, as people have answered."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("strategia", "0006_omat_sarakkeet")]

    operations = [
        migrations.AddField(
            "strategia",
            "lahdeasteikko",
            models.JSONField(blank=True, default=dict, verbose_name="mitä taulukon numerot tarkoittavat"),
        ),
        migrations.AddField(
            "strategia",
            "tilasanat",
            models.JSONField(blank=True, default=dict, verbose_name="mitä taulukon sanat tarkoittavat"),
        ),
    ]
