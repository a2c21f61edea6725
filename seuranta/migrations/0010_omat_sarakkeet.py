"""A kirjaus keeps the municipality's own columns, and what its table showed as the score."""

import strategia.fields
from django.db import migrations, models

from seuranta.triggers import TRIGGERS


class Migration(migrations.Migration):

    dependencies = [
        ('seuranta', '0009_mittarit'),
    ]

    operations = [
        TRIGGERS.remove_operation(),
        migrations.AddField(
            model_name='historicalkirjaus',
            name='alkuperainen',
            field=models.TextField(blank=True, editable=False, help_text='Mitä taulukon solu näytti.', verbose_name='toteutumisaste taulukon sanoin'),
        ),
        migrations.AddField(
            model_name='historicalkirjaus',
            name='omat',
            field=models.JSONField(blank=True, default=dict, verbose_name='omat sarakkeet'),
        ),
        migrations.AddField(
            model_name='kirjaus',
            name='alkuperainen',
            field=models.TextField(blank=True, editable=False, help_text='Mitä taulukon solu näytti.', verbose_name='toteutumisaste taulukon sanoin'),
        ),
        migrations.AddField(
            model_name='kirjaus',
            name='omat',
            field=models.JSONField(blank=True, default=dict, verbose_name='omat sarakkeet'),
        ),
        migrations.AlterField(
            model_name='kirjaus',
            name='haku',
            field=strategia.fields.HakuField(blank=True, editable=False, sources=('haettava',)),
        ),
        TRIGGERS.install_operation(),
    ]
