"""A jakso remembers the day until which its reminders have been looked after."""

from django.db import migrations, models

from seuranta.triggers import TRIGGERS


class Migration(migrations.Migration):
    dependencies = [("seuranta", "0005_otettu_mukaan")]

    operations = [
        TRIGGERS.remove_operation(),
        migrations.AddField(
            model_name="seurantajakso",
            name="muistutettu",
            field=models.DateField(blank=True, editable=False, null=True, verbose_name="muistutukset katsottu"),
        ),
        TRIGGERS.install_operation(),
    ]
