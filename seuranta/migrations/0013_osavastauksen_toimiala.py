"""A comment of another toimiala is an osavastaus that knows it; what viimeistely changes stays in its owner's words."""

import django.db.models.deletion
from django.db import migrations, models

from seuranta.triggers import TRIGGERS


class Migration(migrations.Migration):

    dependencies = [
        ('seuranta', '0012_solujen_mittarit'),
        ('strategia', '0007_lukutapa'),
    ]

    operations = [
        TRIGGERS.remove_operation(),
        migrations.AddField(
            model_name='historicalosavastaus',
            name='kirjaajan_tekstit',
            field=models.JSONField(blank=True, default=dict, verbose_name='kirjaajan tekstit ennen viimeistelyä'),
        ),
        migrations.AddField(
            model_name='historicalosavastaus',
            name='toimiala',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='strategia.toimiala', verbose_name='toimiala'),
        ),
        migrations.AddField(
            model_name='osavastaus',
            name='kirjaajan_tekstit',
            field=models.JSONField(blank=True, default=dict, verbose_name='kirjaajan tekstit ennen viimeistelyä'),
        ),
        migrations.AddField(
            model_name='osavastaus',
            name='toimiala',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='strategia.toimiala', verbose_name='toimiala'),
        ),
        TRIGGERS.install_operation(),
    ]
