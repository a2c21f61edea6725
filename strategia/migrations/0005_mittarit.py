"""Mittarit and their targets, other toimialat of a toimenpide, links between plans, SDG of a tavoite, keys of the API."""

import django.core.validators
import django.db.models.deletion
import simple_history.models
import strategia.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('strategia', '0004_kunnan_osoite'),
    ]

    operations = [
        migrations.AddField(
            model_name='strategia',
            name='laji',
            field=models.CharField(choices=[('strategia', 'strategia'), ('hyvinvointisuunnitelma', 'hyvinvointisuunnitelma'), ('talousohjelma', 'talouden tasapainottamisohjelma'), ('kuntakonserni', 'kuntakonserni'), ('muu', 'muu suunnitelma')], default='strategia', max_length=30, verbose_name='laji'),
        ),
        migrations.AddField(
            model_name='strateginentavoite',
            name='sdg',
            field=models.JSONField(blank=True, default=list, verbose_name='kestävän kehityksen tavoitteet'),
        ),
        migrations.CreateModel(
            name='Avain',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('nimi', models.CharField(help_text='Mikä ohjelma avainta käyttää, esimerkiksi Tietovarasto.', max_length=80, verbose_name='nimi')),
                ('tiiviste', models.CharField(editable=False, max_length=64, unique=True, verbose_name='tiiviste')),
                ('alku', models.CharField(editable=False, max_length=8, verbose_name='avaimen alku')),
                ('luotu', models.DateTimeField(auto_now_add=True, verbose_name='luotu')),
                ('lopetettu', models.DateTimeField(blank=True, null=True, verbose_name='lopetettu')),
                ('kaytetty', models.DateTimeField(blank=True, null=True, verbose_name='viimeksi käytetty')),
                ('kunta', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='strategia.kunta', verbose_name='kunta')),
                ('lopettaja', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='lopettaja')),
                ('tekija', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='tekijä')),
            ],
            options={
                'verbose_name': 'rajapinnan avain',
                'verbose_name_plural': 'rajapinnan avaimet',
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='HistoricalMittari',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('nimi', models.CharField(max_length=1000, verbose_name='nimi')),
                ('avain', strategia.fields.AvainField(editable=False, max_length=64, source='nimi')),
                ('jarjestys', models.PositiveIntegerField(default=0, verbose_name='järjestys')),
                ('kerta', models.PositiveSmallIntegerField(default=1, verbose_name='monesko samanlainen')),
                ('laji', models.CharField(choices=[('luku', 'luku'), ('prosentti', 'prosentti'), ('euro', 'euro'), ('kylla_ei', 'kyllä/ei'), ('teksti', 'teksti')], default='luku', max_length=20, verbose_name='laji')),
                ('yksikko', models.CharField(blank=True, help_text='Esimerkiksi kpl, %, €, htv.', max_length=40, verbose_name='yksikkö')),
                ('suunta', models.CharField(choices=[('suurempi', 'enemmän on parempi'), ('pienempi', 'vähemmän on parempi'), ('vali', 'välillä on hyvä'), ('ei', 'ei suuntaa')], default='suurempi', max_length=20, verbose_name='suunta')),
                ('desimaalit', models.PositiveSmallIntegerField(blank=True, help_text='Montako desimaalia näytetään. Tyhjänä niin monta kuin luvussa on.', null=True, validators=[django.core.validators.MaxValueValidator(4)], verbose_name='desimaaleja')),
                ('lahde', models.CharField(blank=True, help_text='Mistä arvo saadaan, esimerkiksi asukaskysely.', max_length=1000, verbose_name='lähde')),
                ('palvelu', models.CharField(blank=True, choices=[('sotkanet', 'Sotkanet'), ('tilastokeskus', 'Tilastokeskus')], max_length=20, verbose_name='tilastopalvelu')),
                ('ulkoinen_tunnus', models.CharField(blank=True, max_length=200, verbose_name='tunnus tilastopalvelussa')),
                ('lahto_teksti', models.TextField(blank=True, validators=[django.core.validators.MaxLengthValidator(32767)], verbose_name='lähtöarvo')),
                ('lahto_luku', models.DecimalField(blank=True, decimal_places=4, editable=False, max_digits=15, null=True, verbose_name='lähtöarvo lukuna')),
                ('lahto_vuosi', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='lähtöarvon vuosi')),
                ('voimassa_alkaen', models.DateField(blank=True, null=True, verbose_name='seurataan alkaen')),
                ('voimassa_asti', models.DateField(blank=True, null=True, verbose_name='seurataan asti')),
                ('alkuperainen', models.TextField(blank=True, editable=False, verbose_name='mittari taulukon sanoin')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('kunta', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='strategia.kunta', verbose_name='kunta')),
                ('painopiste', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='strategia.painopiste', verbose_name='painopiste')),
                ('strategia', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='strategia.strategia', verbose_name='strategia')),
                ('tavoite', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='strategia.strateginentavoite', verbose_name='strateginen tavoite')),
                ('toimenpide', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='strategia.toimenpide', verbose_name='toimenpide')),
                ('toimiala', models.ForeignKey(blank=True, db_constraint=False, help_text='Kuka antaa arvon. Tyhjänä sen antaa koordinaattori.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='strategia.toimiala', verbose_name='kirjaava toimiala')),
            ],
            options={
                'verbose_name': 'mittarin muutos',
                'verbose_name_plural': 'historical mittarit',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='Mittari',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('nimi', models.CharField(max_length=1000, verbose_name='nimi')),
                ('avain', strategia.fields.AvainField(editable=False, max_length=64, source='nimi')),
                ('jarjestys', models.PositiveIntegerField(default=0, verbose_name='järjestys')),
                ('kerta', models.PositiveSmallIntegerField(default=1, verbose_name='monesko samanlainen')),
                ('laji', models.CharField(choices=[('luku', 'luku'), ('prosentti', 'prosentti'), ('euro', 'euro'), ('kylla_ei', 'kyllä/ei'), ('teksti', 'teksti')], default='luku', max_length=20, verbose_name='laji')),
                ('yksikko', models.CharField(blank=True, help_text='Esimerkiksi kpl, %, €, htv.', max_length=40, verbose_name='yksikkö')),
                ('suunta', models.CharField(choices=[('suurempi', 'enemmän on parempi'), ('pienempi', 'vähemmän on parempi'), ('vali', 'välillä on hyvä'), ('ei', 'ei suuntaa')], default='suurempi', max_length=20, verbose_name='suunta')),
                ('desimaalit', models.PositiveSmallIntegerField(blank=True, help_text='Montako desimaalia näytetään. Tyhjänä niin monta kuin luvussa on.', null=True, validators=[django.core.validators.MaxValueValidator(4)], verbose_name='desimaaleja')),
                ('lahde', models.CharField(blank=True, help_text='Mistä arvo saadaan, esimerkiksi asukaskysely.', max_length=1000, verbose_name='lähde')),
                ('palvelu', models.CharField(blank=True, choices=[('sotkanet', 'Sotkanet'), ('tilastokeskus', 'Tilastokeskus')], max_length=20, verbose_name='tilastopalvelu')),
                ('ulkoinen_tunnus', models.CharField(blank=True, max_length=200, verbose_name='tunnus tilastopalvelussa')),
                ('lahto_teksti', models.TextField(blank=True, validators=[django.core.validators.MaxLengthValidator(32767)], verbose_name='lähtöarvo')),
                ('lahto_luku', models.DecimalField(blank=True, decimal_places=4, editable=False, max_digits=15, null=True, verbose_name='lähtöarvo lukuna')),
                ('lahto_vuosi', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='lähtöarvon vuosi')),
                ('voimassa_alkaen', models.DateField(blank=True, null=True, verbose_name='seurataan alkaen')),
                ('voimassa_asti', models.DateField(blank=True, null=True, verbose_name='seurataan asti')),
                ('alkuperainen', models.TextField(blank=True, editable=False, verbose_name='mittari taulukon sanoin')),
                ('haku', strategia.fields.HakuField(blank=True, editable=False, sources=('nimi',))),
                ('kunta', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='strategia.kunta', verbose_name='kunta')),
                ('painopiste', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='mittarit', to='strategia.painopiste', verbose_name='painopiste')),
                ('strategia', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='mittarit', to='strategia.strategia', verbose_name='strategia')),
                ('tavoite', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='mittarit', to='strategia.strateginentavoite', verbose_name='strateginen tavoite')),
                ('toimenpide', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='mittarit', to='strategia.toimenpide', verbose_name='toimenpide')),
                ('toimiala', models.ForeignKey(blank=True, help_text='Kuka antaa arvon. Tyhjänä sen antaa koordinaattori.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='mittarit', to='strategia.toimiala', verbose_name='kirjaava toimiala')),
            ],
            options={
                'verbose_name': 'mittari',
                'verbose_name_plural': 'mittarit',
                'ordering': ['jarjestys', 'pk'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='HistoricalTavoitearvo',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('vuosi', models.PositiveSmallIntegerField(blank=True, help_text='Tyhjänä tavoite on voimassa toistaiseksi.', null=True, verbose_name='vuosi')),
                ('teksti', models.TextField(validators=[django.core.validators.MaxLengthValidator(32767)], verbose_name='tavoite')),
                ('luku', models.DecimalField(blank=True, decimal_places=4, editable=False, max_digits=15, null=True, verbose_name='tavoite lukuna')),
                ('ala', models.DecimalField(blank=True, decimal_places=4, editable=False, max_digits=15, null=True, verbose_name='vähintään')),
                ('yla', models.DecimalField(blank=True, decimal_places=4, editable=False, max_digits=15, null=True, verbose_name='enintään')),
                ('alkuperainen', models.TextField(blank=True, editable=False, verbose_name='tavoite taulukon sanoin')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('kunta', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='strategia.kunta', verbose_name='kunta')),
                ('mittari', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='strategia.mittari', verbose_name='mittari')),
            ],
            options={
                'verbose_name': 'tavoitearvon muutos',
                'verbose_name_plural': 'historical tavoitearvot',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='MuuToimiala',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kunta', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='strategia.kunta', verbose_name='kunta')),
                ('toimenpide', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='strategia.toimenpide', verbose_name='toimenpide')),
                ('toimiala', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='strategia.toimiala', verbose_name='toimiala')),
            ],
            options={
                'verbose_name': 'muu toimiala',
                'verbose_name_plural': 'muut toimialat',
            },
        ),
        migrations.AddField(
            model_name='toimenpide',
            name='muut_toimialat',
            field=models.ManyToManyField(blank=True, help_text='Toimiala johtaa ja arvioi. Muut toimialat kerrotaan toimenpiteen sivulla ja raportissa.', related_name='muut_toimenpiteet', through='strategia.MuuToimiala', to='strategia.toimiala', verbose_name='muut toimialat'),
        ),
        migrations.CreateModel(
            name='Tavoitearvo',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('vuosi', models.PositiveSmallIntegerField(blank=True, help_text='Tyhjänä tavoite on voimassa toistaiseksi.', null=True, verbose_name='vuosi')),
                ('teksti', models.TextField(validators=[django.core.validators.MaxLengthValidator(32767)], verbose_name='tavoite')),
                ('luku', models.DecimalField(blank=True, decimal_places=4, editable=False, max_digits=15, null=True, verbose_name='tavoite lukuna')),
                ('ala', models.DecimalField(blank=True, decimal_places=4, editable=False, max_digits=15, null=True, verbose_name='vähintään')),
                ('yla', models.DecimalField(blank=True, decimal_places=4, editable=False, max_digits=15, null=True, verbose_name='enintään')),
                ('alkuperainen', models.TextField(blank=True, editable=False, verbose_name='tavoite taulukon sanoin')),
                ('kunta', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='strategia.kunta', verbose_name='kunta')),
                ('mittari', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='tavoitteet', to='strategia.mittari', verbose_name='mittari')),
            ],
            options={
                'verbose_name': 'tavoitearvo',
                'verbose_name_plural': 'tavoitearvot',
                'ordering': [models.OrderBy(models.F('vuosi'), nulls_last=True), 'pk'],
            },
        ),
        migrations.CreateModel(
            name='ToimenpideLinkki',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('jarjestys', models.PositiveIntegerField(default=0, verbose_name='järjestys')),
                ('kunta', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='strategia.kunta', verbose_name='kunta')),
                ('tavoite', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='linkit', to='strategia.strateginentavoite', verbose_name='strateginen tavoite')),
                ('toimenpide', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='linkit', to='strategia.toimenpide', verbose_name='toimenpide')),
            ],
            options={
                'verbose_name': 'linkitetty toimenpide',
                'verbose_name_plural': 'linkitetyt toimenpiteet',
                'ordering': ['jarjestys', 'pk'],
            },
        ),
        migrations.AddIndex(
            model_name='mittari',
            index=models.Index(fields=['kunta', 'toimiala'], name='mittari_toimialoittain'),
        ),
        migrations.AddConstraint(
            model_name='mittari',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('painopiste__isnull', True), ('tavoite__isnull', True), ('toimenpide__isnull', False)), models.Q(('painopiste__isnull', True), ('tavoite__isnull', False), ('toimenpide__isnull', True)), models.Q(('painopiste__isnull', False), ('tavoite__isnull', True), ('toimenpide__isnull', True)), _connector='OR'), name='mittarilla_yksi_kohde'),
        ),
        migrations.AddConstraint(
            model_name='mittari',
            constraint=models.CheckConstraint(condition=models.Q(('toimenpide__isnull', True), ('toimiala__isnull', True), _connector='OR'), name='toimenpiteen_mittarin_kirjaaja'),
        ),
        migrations.AddConstraint(
            model_name='mittari',
            constraint=models.CheckConstraint(condition=models.Q(('voimassa_alkaen__isnull', True), ('voimassa_asti__isnull', True), ('voimassa_alkaen__lte', models.F('voimassa_asti')), _connector='OR'), name='mittari_alkaa_ennen_loppua'),
        ),
        migrations.AddConstraint(
            model_name='mittari',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('palvelu', ''), ('ulkoinen_tunnus', '')), models.Q(models.Q(('palvelu', ''), _negated=True), models.Q(('ulkoinen_tunnus', ''), _negated=True)), _connector='OR'), name='mittarin_tunnus_ja_palvelu'),
        ),
        migrations.AddConstraint(
            model_name='mittari',
            constraint=models.UniqueConstraint(fields=('toimenpide', 'avain', 'kerta'), name='mittari_kerran_toimenpide'),
        ),
        migrations.AddConstraint(
            model_name='mittari',
            constraint=models.UniqueConstraint(fields=('tavoite', 'avain', 'kerta'), name='mittari_kerran_tavoite'),
        ),
        migrations.AddConstraint(
            model_name='mittari',
            constraint=models.UniqueConstraint(fields=('painopiste', 'avain', 'kerta'), name='mittari_kerran_painopiste'),
        ),
        migrations.AddConstraint(
            model_name='muutoimiala',
            constraint=models.UniqueConstraint(fields=('toimenpide', 'toimiala'), name='muu_toimiala_kerran'),
        ),
        migrations.AddConstraint(
            model_name='tavoitearvo',
            constraint=models.UniqueConstraint(fields=('mittari', 'vuosi'), name='tavoite_kerran_vuodessa'),
        ),
        migrations.AddConstraint(
            model_name='tavoitearvo',
            constraint=models.UniqueConstraint(condition=models.Q(('vuosi__isnull', True)), fields=('mittari',), name='tavoite_kerran_ilman_vuotta'),
        ),
        migrations.AddConstraint(
            model_name='tavoitearvo',
            constraint=models.CheckConstraint(condition=models.Q(('teksti', ''), _negated=True), name='tavoitearvolla_teksti'),
        ),
        migrations.AddConstraint(
            model_name='tavoitearvo',
            constraint=models.CheckConstraint(condition=models.Q(('luku__isnull', True), models.Q(('ala__isnull', True), ('yla__isnull', True)), _connector='OR'), name='tavoite_luku_tai_vali'),
        ),
        migrations.AddConstraint(
            model_name='tavoitearvo',
            constraint=models.CheckConstraint(condition=models.Q(('ala__isnull', True), ('yla__isnull', True), ('ala__lte', models.F('yla')), _connector='OR'), name='tavoitteen_vali'),
        ),
        migrations.AddConstraint(
            model_name='toimenpidelinkki',
            constraint=models.UniqueConstraint(fields=('tavoite', 'toimenpide'), name='linkki_kerran_tavoitteessa'),
        ),
    ]
