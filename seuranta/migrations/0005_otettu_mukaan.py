"""A row that nobody has sent counts in a report only where the koordinaattori has taken it in."""

from django.db import migrations, models

from seuranta.triggers import TRIGGERS

OTETTU_MUKAAN = models.BooleanField(
    default=False,
    help_text="Koordinaattori on viimeistelyssä kirjoittanut tai ottanut mukaan rivin, jota ei ole lähetetty.",
    verbose_name="otettu mukaan raporttiin",
)


class Migration(migrations.Migration):
    dependencies = [("seuranta", "0004_ilman_valintoja")]

    operations = [
        TRIGGERS.remove_operation(),
        migrations.AddField(model_name="historicalkirjaus", name="otettu_mukaan", field=OTETTU_MUKAAN),
        migrations.AddField(model_name="kirjaus", name="otettu_mukaan", field=OTETTU_MUKAAN.clone()),
        TRIGGERS.install_operation(),
    ]
