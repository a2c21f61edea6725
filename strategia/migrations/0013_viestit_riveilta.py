"""One kind of message more: somebody has written beside a row."""


from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('strategia', '0012_ilmoitusviestit'),
    ]

    operations = [
        migrations.AlterField(
            model_name='ilmoitusviesti',
            name='laji',
            field=models.CharField(choices=[('muistutus', 'muistutus vastaamattomista riveistä'), ('palautus', 'palautus täydennettäväksi'), ('avaus', 'jakso on avattu'), ('hyvaksyttavat', 'rivejä odottaa hyväksymistä'), ('hyvaksyntaaika', 'hyväksymisen määräaika lähestyy'), ('viimeistely', 'jakso on viimeistelyssä'), ('julkaisu', 'raportti on julkaistu'), ('kysymys', 'viesti riviltä')], max_length=20, verbose_name='laji'),
        ),
    ]
