"""A person's own key of the calendar of deadlines."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('strategia', '0016_edeltaja'),
    ]

    operations = [
        migrations.CreateModel(
            name='Kalenteriavain',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('rooli', models.CharField(choices=[('raportoija', 'raportoija'), ('hyvaksyja', 'hyväksyjä'), ('koordinaattori', 'koordinaattori'), ('paakayttaja', 'pääkäyttäjä'), ('luottamushenkilo', 'luottamushenkilö'), ('tarkastaja', 'tarkastaja')], editable=False, max_length=20, verbose_name='rooli')),
                ('tiiviste', models.CharField(editable=False, max_length=64, unique=True, verbose_name='tiiviste')),
                ('luotu', models.DateTimeField(verbose_name='luotu')),
                ('kayttaja', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='kalenteriavain', to=settings.AUTH_USER_MODEL, verbose_name='käyttäjä')),
                ('kunta', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='strategia.kunta', verbose_name='kunta')),
            ],
            options={
                'verbose_name': 'kalenterin avain',
                'verbose_name_plural': 'kalenterien avaimet',
            },
        ),
    ]
