"""What leads the ids inside a version that its kunta brought along to its rows here; of those there are, nothing."""

from django.db import migrations, models

from raportit.triggers import TRIGGERS


class Migration(migrations.Migration):

    dependencies = [("raportit", "0010_tunnukset")]

    operations = [
        TRIGGERS.remove_operation(),
        migrations.AddField(
            model_name="raporttiversio",
            name="siirtyma",
            field=models.JSONField(default=dict, editable=False, verbose_name="numeroiden siirtymä"),
        ),
        TRIGGERS.install_operation(),
    ]
