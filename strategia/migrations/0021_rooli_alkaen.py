"""From which day a person has had the rooli: of those who have it already, from this migration."""

import django.utils.timezone
from django.db import migrations, models

from ..triggers import ROOLIN_ALKU


class Migration(migrations.Migration):

    dependencies = [
        ('strategia', '0020_tunnistajat'),
    ]

    operations = [
        migrations.AddField(
            model_name='kayttaja',
            name='rooli_alkaen',
            field=models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='rooli alkaen'),
        ),
        ROOLIN_ALKU.install_operation(),
    ]
