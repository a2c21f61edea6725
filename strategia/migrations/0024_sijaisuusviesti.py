"""One kind of message more: a person has been set as a stand-in."""


from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('strategia', '0023_ajot'),
    ]

    operations = [
        migrations.AlterField(
            model_name='ilmoitusviesti',
            name='laji',
            field=models.CharField(choices=[('muistutus', 'muistutus vastaamattomista riveistä'), ('palautus', 'palautus täydennettäväksi'), ('avaus', 'jakso on avattu'), ('hyvaksyttavat', 'rivejä odottaa hyväksymistä'), ('hyvaksyntaaika', 'hyväksymisen määräaika lähestyy'), ('viimeistely', 'jakso on viimeistelyssä'), ('julkaisu', 'raportti on julkaistu'), ('kysymys', 'viesti riviltä'), ('sijaisuus', 'sinut on merkitty sijaiseksi')], max_length=20, verbose_name='laji'),
        ),
    ]
