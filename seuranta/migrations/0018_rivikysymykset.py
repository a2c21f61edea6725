"""What is written beside a row; held with its jakso by the same triggers as a kirjaus."""


import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from seuranta.triggers import TRIGGERS


class Migration(migrations.Migration):

    dependencies = [
        ('seuranta', '0017_siirtynyt_rivi'),
        ('strategia', '0013_viestit_riveilta'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        TRIGGERS.remove_operation(),  # nothing to take away; going back it sets up those of before again
        migrations.CreateModel(
            name='Rivikysymys',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('teksti', models.TextField(validators=[django.core.validators.MaxLengthValidator(2000)], verbose_name='viesti')),
                ('kirjoitettu', models.DateTimeField(default=django.utils.timezone.now, verbose_name='kirjoitettu')),
                ('odottaa', models.BooleanField(default=False, verbose_name='odottaa vastausta')),
                ('jakso', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rivikysymykset', to='seuranta.seurantajakso', verbose_name='seurantajakso')),
                ('kirjoittaja', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='kirjoittaja')),
                ('kunta', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='strategia.kunta', verbose_name='kunta')),
                ('toimenpide', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rivikysymykset', to='strategia.toimenpide', verbose_name='toimenpide')),
            ],
            options={
                'verbose_name': 'viesti riviltä',
                'verbose_name_plural': 'viestit riveiltä',
                'ordering': ['pk'],
                'indexes': [models.Index(fields=['jakso', 'toimenpide'], name='rivikysymykset_rivilla')],
            },
        ),
        TRIGGERS.install_operation(),
    ]
