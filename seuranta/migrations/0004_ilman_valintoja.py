"""The choices of a file are rows of Paatos now."""

from django.db import migrations

from seuranta.triggers import TRIGGERS


class Migration(migrations.Migration):
    dependencies = [("seuranta", "0003_valinnat_paatoksiksi")]

    operations = [
        TRIGGERS.remove_operation(),
        migrations.RemoveField(model_name="tuonti", name="valinnat"),
        TRIGGERS.install_operation(),
    ]
