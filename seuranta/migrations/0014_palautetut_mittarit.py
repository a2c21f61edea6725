"""A message of what was sent back may tell of values of mittarit."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('seuranta', '0013_osavastauksen_toimiala'),
    ]

    operations = [
        migrations.AddField(
            model_name='muistutus',
            name='mittarit',
            field=models.JSONField(blank=True, default=list, verbose_name='mittarit'),
        ),
    ]
