"""The audit's table, whose rows stay as they are, and how long a kunta keeps its people's names."""

import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import strategia.models.tapahtuma
from strategia.triggers import TRIGGERS
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('strategia', '0017_kalenteriavaimet'),
    ]

    operations = [
        migrations.CreateModel(
            name='Tapahtuma',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('milloin', models.DateTimeField(default=django.utils.timezone.now, verbose_name='milloin')),
                ('laji', models.CharField(choices=strategia.models.tapahtuma.list_lajit, max_length=40, verbose_name='mitä tehtiin')),
                ('rooli', models.CharField(blank=True, choices=[('raportoija', 'raportoija'), ('hyvaksyja', 'hyväksyjä'), ('koordinaattori', 'koordinaattori'), ('paakayttaja', 'pääkäyttäjä'), ('luottamushenkilo', 'luottamushenkilö'), ('tarkastaja', 'tarkastaja')], max_length=20, verbose_name='rooli')),
                ('kohteen_laji', models.CharField(blank=True, max_length=60, verbose_name='kohteen laji')),
                ('kohteen_id', models.BigIntegerField(blank=True, null=True, verbose_name='kohteen tunniste')),
                ('kohteen_nimi', models.CharField(blank=True, max_length=300, verbose_name='kohde')),
                ('mista', models.CharField(blank=True, max_length=300, verbose_name='mistä')),
                ('mihin', models.CharField(blank=True, max_length=300, verbose_name='mihin')),
                ('pyynto_id', models.CharField(blank=True, max_length=32, verbose_name='pyyntö')),
                ('osoite', models.CharField(blank=True, max_length=50, verbose_name='verkko-osoite')),
                ('kerta', models.CharField(blank=True, max_length=120, null=True, unique=True, verbose_name='kerta')),
            ],
            options={
                'verbose_name': 'tapahtuma',
                'verbose_name_plural': 'tapahtumat',
                'ordering': ['-pk'],
            },
        ),
        migrations.AddField(
            model_name='kunta',
            name='sailytys_kk',
            field=models.PositiveSmallIntegerField(default=60, help_text='Näin kauan käytöstä poistetun käyttäjän nimi ja tapahtumien luettelo säilyvät. Oletus 60: valtuustokausi ja vuosi sen jälkeen.', validators=[django.core.validators.MinValueValidator(12), django.core.validators.MaxValueValidator(240)], verbose_name='henkilötietojen säilytys kuukausina'),
        ),
        migrations.AddConstraint(
            model_name='kunta',
            constraint=models.CheckConstraint(condition=models.Q(('sailytys_kk__range', (12, 240))), name='sailytys_on_kohtuullinen'),
        ),
        migrations.AddField(
            model_name='tapahtuma',
            name='kuka',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='kuka'),
        ),
        migrations.AddField(
            model_name='tapahtuma',
            name='kunta',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='strategia.kunta', verbose_name='kunta'),
        ),
        migrations.AddField(
            model_name='tapahtuma',
            name='sijaisena',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='kenen sijaisena'),
        ),
        migrations.AddIndex(
            model_name='tapahtuma',
            index=models.Index(fields=['kunta', '-id'], name='tapahtuma_kunta'),
        ),
        migrations.AddIndex(
            model_name='tapahtuma',
            index=models.Index(fields=['kunta', 'laji', '-id'], name='tapahtuma_laji'),
        ),
        migrations.AddIndex(
            model_name='tapahtuma',
            index=models.Index(fields=['kunta', 'kuka', '-id'], name='tapahtuma_kuka'),
        ),
        migrations.AddIndex(
            model_name='tapahtuma',
            index=models.Index(fields=['kunta', 'milloin'], name='tapahtuma_milloin'),
        ),
        TRIGGERS.install_operation(),
    ]
