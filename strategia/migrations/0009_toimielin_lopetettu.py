"""A toimielin can be ended."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('strategia', '0008_joukkomuutokset'),
    ]

    operations = [
        migrations.AddField(
            model_name='toimielin',
            name='lopetettu',
            field=models.DateField(blank=True, null=True, verbose_name='lopetettu'),
        ),
    ]
