"""What the mittarit showed, the answers of units and the risks; what of them is in a closed jakso stays as it is."""

import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import simple_history.models
import strategia.fields
from django.conf import settings
from django.db import migrations, models

from seuranta.triggers import TRIGGERS


class Migration(migrations.Migration):

    dependencies = [
        ('seuranta', '0008_vuodet_nimesta'),
        ('strategia', '0005_mittarit'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        TRIGGERS.remove_operation(),
        migrations.CreateModel(
            name='HistoricalMittariArvo',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('vuosi', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='vuosi')),
                ('paiva', models.DateField(blank=True, null=True, verbose_name='päivä')),
                ('teksti', models.TextField(blank=True, validators=[django.core.validators.MaxLengthValidator(32767)], verbose_name='arvo')),
                ('luku', models.DecimalField(blank=True, decimal_places=4, editable=False, max_digits=15, null=True, verbose_name='arvo lukuna')),
                ('alkuperainen', models.TextField(blank=True, editable=False, verbose_name='arvo taulukon sanoin')),
                ('huomautus', models.TextField(blank=True, validators=[django.core.validators.MaxLengthValidator(32767)], verbose_name='huomautus')),
                ('sisainen_huomio', models.TextField(blank=True, validators=[django.core.validators.MaxLengthValidator(32767)], verbose_name='sisäinen huomio')),
                ('tila', models.CharField(blank=True, choices=[('ei_vastattu', 'Ei vastattu'), ('luonnos', 'Luonnos'), ('lahetetty', 'Lähetetty'), ('palautettu', 'Palautettu täydennettäväksi'), ('hyvaksytty', 'Hyväksytty')], max_length=20, verbose_name='tila')),
                ('otettu_mukaan', models.BooleanField(default=False, verbose_name='otettu mukaan raporttiin')),
                ('palautuksen_syy', models.TextField(blank=True, verbose_name='mitä täydennetään')),
                ('kirjaajan_tekstit', models.JSONField(blank=True, default=dict, verbose_name='kirjaajan tekstit ennen viimeistelyä')),
                ('versio', models.PositiveIntegerField(default=0, verbose_name='versio')),
                ('muokattu', models.DateTimeField(default=django.utils.timezone.now, verbose_name='muokattu')),
                ('lahetetty', models.DateTimeField(blank=True, null=True, verbose_name='lähetetty')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('jakso', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='seuranta.seurantajakso', verbose_name='seurantajakso')),
                ('kunta', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='strategia.kunta', verbose_name='kunta')),
                ('mittari', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='strategia.mittari', verbose_name='mittari')),
                ('tuonti', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='seuranta.tuonti', verbose_name='tuonti')),
            ],
            options={
                'verbose_name': 'mittarin arvon muutos',
                'verbose_name_plural': 'historical mittarien arvot',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='HistoricalOsavastaus',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('nimi', models.CharField(max_length=1000, verbose_name='yksikkö')),
                ('avain', strategia.fields.AvainField(editable=False, max_length=64, source='nimi')),
                ('toteutumisaste', models.PositiveSmallIntegerField(blank=True, choices=[(1, '1'), (2, '2'), (3, '3'), (4, '4'), (5, '5')], null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(5)], verbose_name='toteutumisaste')),
                ('kommentti', models.TextField(blank=True, validators=[django.core.validators.MaxLengthValidator(32767)], verbose_name='kommentti')),
                ('jarjestys', models.PositiveIntegerField(default=0, verbose_name='järjestys')),
                ('alkuperainen', models.TextField(blank=True, editable=False, verbose_name='vastaus taulukon sanoin')),
                ('versio', models.PositiveIntegerField(default=0, verbose_name='versio')),
                ('muokattu', models.DateTimeField(default=django.utils.timezone.now, verbose_name='muokattu')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('kirjaus', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='seuranta.kirjaus', verbose_name='kirjaus')),
                ('kunta', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='strategia.kunta', verbose_name='kunta')),
            ],
            options={
                'verbose_name': 'osavastauksen muutos',
                'verbose_name_plural': 'historical osavastaukset',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='HistoricalRiski',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('teksti', models.TextField(validators=[django.core.validators.MaxLengthValidator(32767)], verbose_name='riski')),
                ('todennakoisyys', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(5)], verbose_name='todennäköisyys')),
                ('vaikutus', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(5)], verbose_name='vaikutus')),
                ('jarjestys', models.PositiveIntegerField(default=0, verbose_name='järjestys')),
                ('alkuperainen', models.TextField(blank=True, editable=False, verbose_name='riski taulukon sanoin')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('jakso', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='seuranta.seurantajakso', verbose_name='seurantajakso')),
                ('kunta', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='strategia.kunta', verbose_name='kunta')),
                ('strategia', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='strategia.strategia', verbose_name='strategia')),
                ('tavoite', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='strategia.strateginentavoite', verbose_name='strateginen tavoite')),
                ('toimenpide', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='strategia.toimenpide', verbose_name='toimenpide')),
            ],
            options={
                'verbose_name': 'riskin muutos',
                'verbose_name_plural': 'historical riskit',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='MittariArvo',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('vuosi', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='vuosi')),
                ('paiva', models.DateField(blank=True, null=True, verbose_name='päivä')),
                ('teksti', models.TextField(blank=True, validators=[django.core.validators.MaxLengthValidator(32767)], verbose_name='arvo')),
                ('luku', models.DecimalField(blank=True, decimal_places=4, editable=False, max_digits=15, null=True, verbose_name='arvo lukuna')),
                ('alkuperainen', models.TextField(blank=True, editable=False, verbose_name='arvo taulukon sanoin')),
                ('huomautus', models.TextField(blank=True, validators=[django.core.validators.MaxLengthValidator(32767)], verbose_name='huomautus')),
                ('sisainen_huomio', models.TextField(blank=True, validators=[django.core.validators.MaxLengthValidator(32767)], verbose_name='sisäinen huomio')),
                ('tila', models.CharField(blank=True, choices=[('ei_vastattu', 'Ei vastattu'), ('luonnos', 'Luonnos'), ('lahetetty', 'Lähetetty'), ('palautettu', 'Palautettu täydennettäväksi'), ('hyvaksytty', 'Hyväksytty')], max_length=20, verbose_name='tila')),
                ('otettu_mukaan', models.BooleanField(default=False, verbose_name='otettu mukaan raporttiin')),
                ('palautuksen_syy', models.TextField(blank=True, verbose_name='mitä täydennetään')),
                ('kirjaajan_tekstit', models.JSONField(blank=True, default=dict, verbose_name='kirjaajan tekstit ennen viimeistelyä')),
                ('versio', models.PositiveIntegerField(default=0, verbose_name='versio')),
                ('muokattu', models.DateTimeField(default=django.utils.timezone.now, verbose_name='muokattu')),
                ('lahetetty', models.DateTimeField(blank=True, null=True, verbose_name='lähetetty')),
                ('jakso', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='mittariarvot', to='seuranta.seurantajakso', verbose_name='seurantajakso')),
                ('kunta', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='strategia.kunta', verbose_name='kunta')),
                ('mittari', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='arvot', to='strategia.mittari', verbose_name='mittari')),
                ('tuonti', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='seuranta.tuonti', verbose_name='tuonti')),
            ],
            options={
                'verbose_name': 'mittarin arvo',
                'verbose_name_plural': 'mittarien arvot',
                'constraints': [models.UniqueConstraint(fields=('jakso', 'mittari', 'kunta'), name='arvo_kerran_jaksossa'), models.UniqueConstraint(fields=('mittari', 'vuosi', 'kunta'), name='arvo_kerran_vuodessa'), models.UniqueConstraint(fields=('mittari', 'paiva', 'kunta'), name='arvo_kerran_paivassa'), models.CheckConstraint(condition=models.Q(models.Q(('jakso__isnull', False), ('paiva__isnull', True), ('vuosi__isnull', True)), models.Q(('jakso__isnull', True), ('paiva__isnull', True), ('vuosi__isnull', False)), models.Q(('jakso__isnull', True), ('paiva__isnull', False), ('vuosi__isnull', True)), _connector='OR'), name='arvolla_yksi_aika'), models.CheckConstraint(condition=models.Q(('jakso__isnull', False), models.Q(('otettu_mukaan', False), ('tila', '')), _connector='OR'), name='tila_vain_jakson_arvolla')],
            },
        ),
        migrations.CreateModel(
            name='Osavastaus',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('nimi', models.CharField(max_length=1000, verbose_name='yksikkö')),
                ('avain', strategia.fields.AvainField(editable=False, max_length=64, source='nimi')),
                ('toteutumisaste', models.PositiveSmallIntegerField(blank=True, choices=[(1, '1'), (2, '2'), (3, '3'), (4, '4'), (5, '5')], null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(5)], verbose_name='toteutumisaste')),
                ('kommentti', models.TextField(blank=True, validators=[django.core.validators.MaxLengthValidator(32767)], verbose_name='kommentti')),
                ('jarjestys', models.PositiveIntegerField(default=0, verbose_name='järjestys')),
                ('alkuperainen', models.TextField(blank=True, editable=False, verbose_name='vastaus taulukon sanoin')),
                ('versio', models.PositiveIntegerField(default=0, verbose_name='versio')),
                ('muokattu', models.DateTimeField(default=django.utils.timezone.now, verbose_name='muokattu')),
                ('kirjaus', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='osavastaukset', to='seuranta.kirjaus', verbose_name='kirjaus')),
                ('kunta', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='strategia.kunta', verbose_name='kunta')),
            ],
            options={
                'verbose_name': 'osavastaus',
                'verbose_name_plural': 'osavastaukset',
                'ordering': ['jarjestys', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('kirjaus', 'avain', 'kunta'), name='osavastaus_kerran_kirjauksessa'), models.CheckConstraint(condition=models.Q(('toteutumisaste__isnull', True), ('toteutumisaste__range', (1, 5)), _connector='OR'), name='osan_aste_1_5')],
            },
        ),
        migrations.CreateModel(
            name='Riski',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('teksti', models.TextField(validators=[django.core.validators.MaxLengthValidator(32767)], verbose_name='riski')),
                ('todennakoisyys', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(5)], verbose_name='todennäköisyys')),
                ('vaikutus', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(5)], verbose_name='vaikutus')),
                ('jarjestys', models.PositiveIntegerField(default=0, verbose_name='järjestys')),
                ('alkuperainen', models.TextField(blank=True, editable=False, verbose_name='riski taulukon sanoin')),
                ('jakso', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='riskit', to='seuranta.seurantajakso', verbose_name='seurantajakso')),
                ('kunta', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='strategia.kunta', verbose_name='kunta')),
                ('strategia', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='riskit', to='strategia.strategia', verbose_name='strategia')),
                ('tavoite', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='riskit', to='strategia.strateginentavoite', verbose_name='strateginen tavoite')),
                ('toimenpide', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='riskit', to='strategia.toimenpide', verbose_name='toimenpide')),
            ],
            options={
                'verbose_name': 'riski',
                'verbose_name_plural': 'riskit',
                'ordering': ['jarjestys', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('tavoite__isnull', True), ('toimenpide__isnull', False)), models.Q(('tavoite__isnull', False), ('toimenpide__isnull', True)), _connector='OR'), name='riskilla_yksi_kohde'), models.CheckConstraint(condition=models.Q(('todennakoisyys__isnull', True), ('todennakoisyys__range', (1, 5)), _connector='OR'), name='riskin_todennakoisyys_1_5'), models.CheckConstraint(condition=models.Q(('vaikutus__isnull', True), ('vaikutus__range', (1, 5)), _connector='OR'), name='riskin_vaikutus_1_5')],
            },
        ),
        TRIGGERS.install_operation(),
    ]
