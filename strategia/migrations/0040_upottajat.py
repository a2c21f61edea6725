from django.db import migrations, models

import strategia.sivustot


class Migration(migrations.Migration):
    dependencies = [("strategia", "0026_tunnukset")]

    operations = [
        migrations.AddField(
            model_name="kunta",
            name="upottajat",
            field=models.TextField(
                blank=True,
                default="",
                help_text="Yksi riville, esimerkiksi https://www.keuruu.fi. Tyhjänä upottaa ei voi.",
                validators=[strategia.sivustot.validate_sivustot],
                verbose_name="sivustot, joille raportin osia saa upottaa",
            ),
            preserve_default=False,
        ),
    ]
