"""A kunta's own sign-in (OIDC): its provider, its groups and who a person is to it."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('strategia', '0019_yritykset'),
    ]

    operations = [
        migrations.CreateModel(
            name='Tunnistajaryhma',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ryhma', models.CharField(help_text='Sellaisena kuin kirjautuminen sen kertoo: Entra ID:ssä ryhmän objektitunnus.', max_length=200, verbose_name='ryhmä')),
                ('rooli', models.CharField(blank=True, choices=[('raportoija', 'raportoija'), ('hyvaksyja', 'hyväksyjä'), ('koordinaattori', 'koordinaattori'), ('paakayttaja', 'pääkäyttäjä'), ('luottamushenkilo', 'luottamushenkilö'), ('tarkastaja', 'tarkastaja')], max_length=20, verbose_name='rooli')),
                ('kunta', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='strategia.kunta', verbose_name='kunta')),
            ],
            options={
                'verbose_name': 'kertakirjautumisen ryhmä',
                'verbose_name_plural': 'kertakirjautumisen ryhmät',
                'ordering': ['ryhma'],
            },
        ),
        migrations.CreateModel(
            name='TunnistajaryhmanToimiala',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kunta', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='strategia.kunta', verbose_name='kunta')),
                ('ryhma', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='strategia.tunnistajaryhma', verbose_name='ryhmä')),
                ('toimiala', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='strategia.toimiala', verbose_name='toimiala')),
            ],
            options={
                'verbose_name': 'ryhmän toimiala',
                'verbose_name_plural': 'ryhmien toimialat',
            },
        ),
        migrations.AddField(
            model_name='tunnistajaryhma',
            name='toimialat',
            field=models.ManyToManyField(blank=True, related_name='+', through='strategia.TunnistajaryhmanToimiala', to='strategia.toimiala', verbose_name='toimialat'),
        ),
        migrations.CreateModel(
            name='Ulkotunnus',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('issuer', models.CharField(editable=False, max_length=500, verbose_name='tunnistajan osoite')),
                ('tunniste', models.CharField(editable=False, max_length=255, verbose_name='tunniste tunnistajassa')),
                ('luotu', models.DateTimeField(auto_now_add=True, verbose_name='liitetty')),
                ('kayttaja', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='ulkotunnukset', to=settings.AUTH_USER_MODEL, verbose_name='käyttäjä')),
                ('kunta', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='strategia.kunta', verbose_name='kunta')),
            ],
            options={
                'verbose_name': 'kunnan tunnus',
                'verbose_name_plural': 'kunnan tunnukset',
            },
        ),
        migrations.CreateModel(
            name='Tunnistaja',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('issuer', models.CharField(blank=True, editable=False, max_length=500, verbose_name='tunnistajan osoite')),
                ('client', models.CharField(blank=True, editable=False, max_length=200, verbose_name='palvelun tunnus tunnistajassa')),
                ('salaisuus', models.TextField(blank=True, editable=False, verbose_name='salattu salaisuus')),
                ('ryhmavaite', models.CharField(default='groups', editable=False, max_length=100, verbose_name='ryhmien väite')),
                ('verkkotunnukset', models.JSONField(blank=True, default=list, editable=False, verbose_name='verkkotunnukset')),
                ('on_toinen_tekija', models.BooleanField(default=False, help_text='Valitse vain, jos kunnan oma kirjautuminen vaatii salasanan lisäksi toisen tunnistautumisen. Muuten pääkäyttäjä ja koordinaattori tarvitsevat täällä vielä koodin tai avaimen.', verbose_name='Kunnan tunnus riittää vahvaksi kirjautumiseksi')),
                ('salasanat_suljettu', models.BooleanField(default=False, help_text='Tämän palvelun omat salasanat eivät enää kelpaa, eikä niitä voi vaihtaa tai pyytää.', verbose_name='Palveluun kirjaudutaan vain kunnan tunnuksella')),
                ('amr', models.JSONField(blank=True, default=list, editable=False, verbose_name='viimeksi kerrottu tapa')),
                ('kunta', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='strategia.kunta', verbose_name='kunta')),
            ],
            options={
                'verbose_name': 'kunnan kertakirjautuminen',
                'verbose_name_plural': 'kuntien kertakirjautumiset',
                'constraints': [models.UniqueConstraint(fields=('kunta',), name='tunnistaja_kerran_kunnassa')],
            },
        ),
        migrations.AddConstraint(
            model_name='tunnistajaryhmantoimiala',
            constraint=models.UniqueConstraint(fields=('ryhma', 'toimiala'), name='ryhman_toimiala_kerran'),
        ),
        migrations.AddConstraint(
            model_name='tunnistajaryhma',
            constraint=models.UniqueConstraint(fields=('kunta', 'ryhma'), name='ryhma_kerran_kunnassa'),
        ),
        migrations.AddConstraint(
            model_name='ulkotunnus',
            constraint=models.UniqueConstraint(fields=('kunta', 'issuer', 'tunniste'), name='ulkotunnus_kerran_kunnassa'),
        ),
        migrations.AddConstraint(
            model_name='ulkotunnus',
            constraint=models.UniqueConstraint(fields=('kayttaja', 'issuer'), name='ulkotunnus_kerran_kayttajalla'),
        ),
    ]
