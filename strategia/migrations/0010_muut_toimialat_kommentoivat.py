"""The help of Toimenpide.muut_toimialat tells that they comment; nothing in the database changes."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('strategia', '0009_toimielin_lopetettu'),
    ]

    operations = [
        migrations.AlterField(
            model_name='toimenpide',
            name='muut_toimialat',
            field=models.ManyToManyField(blank=True, help_text='Toimiala johtaa ja arvioi. Muut näkevät toimenpiteen kirjaussivullaan ja voivat kommentoida sitä.', related_name='muut_toimenpiteet', through='strategia.MuuToimiala', to='strategia.toimiala', verbose_name='muut toimialat'),
        ),
    ]
