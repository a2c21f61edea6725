"""A jakso tells when it is to be closed, and which toimielimet deal with its report and when."""

import django.db.models.deletion
import strategia.fields
from seuranta.triggers import TRIGGERS
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('seuranta', '0019_sijaisena'),
        ('strategia', '0017_kalenteriavaimet'),
    ]

    operations = [
        TRIGGERS.remove_operation(),
        migrations.AddField(
            model_name='historicalseurantajakso',
            name='sulkeminen_suunniteltu',
            field=models.DateField(blank=True, help_text='Näkyy etusivulla ja kalenterissa.', null=True, verbose_name='suunniteltu sulkeminen'),
        ),
        migrations.AddField(
            model_name='seurantajakso',
            name='sulkeminen_suunniteltu',
            field=models.DateField(blank=True, help_text='Näkyy etusivulla ja kalenterissa.', null=True, verbose_name='suunniteltu sulkeminen'),
        ),
        migrations.CreateModel(
            name='Kokous',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('toimielin', models.CharField(help_text='Esimerkiksi Kunnanvaltuusto', max_length=300, verbose_name='toimielin')),
                ('avain', strategia.fields.AvainField(editable=False, max_length=64, source='toimielin')),
                ('pvm', models.DateField(verbose_name='kokouspäivä')),
                ('jakso', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='kokoukset', to='seuranta.seurantajakso', verbose_name='seurantajakso')),
                ('kunta', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='strategia.kunta', verbose_name='kunta')),
            ],
            options={
                'verbose_name': 'kokous',
                'verbose_name_plural': 'kokoukset',
                'ordering': ['pvm', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('jakso', 'avain', 'pvm'), name='kokous_kerran_paivassa')],
            },
        ),
        TRIGGERS.install_operation(),
    ]
