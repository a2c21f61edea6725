"""Sessions of our own, each of somebody. Everybody signs in once more; Django's own table is not used any more.

Going back does not bring Django's own table: the version before needs a backup of its own time, as README says.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("strategia", "0024_sijaisuusviesti")]

    operations = [
        migrations.CreateModel(
            name="Istunto",
            fields=[
                (
                    "session_key",
                    models.CharField(max_length=40, primary_key=True, serialize=False, verbose_name="session key"),
                ),
                ("session_data", models.TextField(verbose_name="session data")),
                ("expire_date", models.DateTimeField(db_index=True, verbose_name="expire date")),
                ("alkoi", models.DateTimeField(editable=False, verbose_name="kirjautunut")),
                ("nahty", models.DateTimeField(editable=False, verbose_name="viimeksi käytössä")),
                ("selain", models.CharField(blank=True, editable=False, max_length=80, verbose_name="selain")),
                ("osoite", models.CharField(blank=True, editable=False, max_length=45, verbose_name="verkko")),
                (
                    "kayttaja",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="istunnot",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="käyttäjä",
                    ),
                ),
            ],
            options={"verbose_name": "istunto", "verbose_name_plural": "istunnot"},
        ),
        migrations.RunSQL("DROP TABLE IF EXISTS django_session", migrations.RunSQL.noop),
    ]
