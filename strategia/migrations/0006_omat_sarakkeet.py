"""A toimenpide keeps the municipality's own columns."""

import strategia.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('strategia', '0005_mittarit'),
    ]

    operations = [
        migrations.AddField(
            model_name='historicaltoimenpide',
            name='omat',
            field=models.JSONField(blank=True, default=dict, verbose_name='omat sarakkeet'),
        ),
        migrations.AddField(
            model_name='toimenpide',
            name='omat',
            field=models.JSONField(blank=True, default=dict, verbose_name='omat sarakkeet'),
        ),
        migrations.AlterField(
            model_name='toimenpide',
            name='haku',
            field=strategia.fields.HakuField(blank=True, editable=False, sources=('koodi', 'nimi', 'vastuu', 'omat_tekstina')),
        ),
    ]
