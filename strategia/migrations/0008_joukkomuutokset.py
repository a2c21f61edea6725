"""Acts on many toimenpiteet at once, and whose a toimenpide was after each save."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('strategia', '0007_lukutapa'),
    ]

    operations = [
        migrations.AddField(
            model_name='historicaltoimenpide',
            name='vastuussa',
            field=models.JSONField(null=True, verbose_name='vastuuhenkilöt'),
        ),
        migrations.CreateModel(
            name='Joukkomuutos',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('laji', models.CharField(choices=[('toimiala', 'toimiala'), ('toimielin', 'toimielin'), ('vastuuhenkilot', 'vastuuhenkilöt'), ('voimassa', 'voimassaolo'), ('sitovuus', 'sitovuus')], max_length=20, verbose_name='mitä muutettiin')),
                ('kuvaus', models.TextField(verbose_name='kuvaus')),
                ('luotu', models.DateTimeField(auto_now_add=True, verbose_name='tehty')),
                ('kumottu', models.DateTimeField(blank=True, null=True, verbose_name='kumottu')),
                ('kumoaja', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='kumoaja')),
                ('kunta', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='strategia.kunta', verbose_name='kunta')),
                ('strategia', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='joukkomuutokset', to='strategia.strategia', verbose_name='strategia')),
                ('tekija', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='tekijä')),
            ],
            options={
                'verbose_name': 'monen rivin muutos',
                'verbose_name_plural': 'monen rivin muutokset',
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='Joukkomuutosrivi',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ennen', models.JSONField(default=dict, verbose_name='ennen')),
                ('jalkeen', models.JSONField(default=dict, verbose_name='jälkeen')),
                ('este', models.CharField(blank=True, max_length=200, editable=False, verbose_name='miksi ei palautettu')),
                ('joukkomuutos', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rivit', to='strategia.joukkomuutos', verbose_name='monen rivin muutos')),
                ('kunta', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='strategia.kunta', verbose_name='kunta')),
                ('toimenpide', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='strategia.toimenpide', verbose_name='toimenpide')),
            ],
            options={
                'verbose_name': 'monen rivin muutoksen rivi',
                'verbose_name_plural': 'monen rivin muutoksen rivit',
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(fields=('joukkomuutos', 'toimenpide'), name='joukkomuutoksessa_kerran')],
            },
        ),
    ]
