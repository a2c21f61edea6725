"""Years that end a name are proposed, not taken: a start that an import took too late for the row's own score goes.

Going back leaves the start away: nobody had said it. Lost for good: `alkaa` of such a toimenpide.
"""

from collections import defaultdict

from django.db import migrations, models

from seuranta.ajankohta import ajankohta

LAJIT = [
    ("jakso", "Jakson nimi"),
    ("strategia", "Strategian nimi"),
    ("tilanne", "Tilanne (päivä, jota arviot kuvaavat)"),
    ("asteikko", "Numeroiden selitteet"),
    ("sarake", "Sarakkeen merkitys"),
    ("kysymys", "Vastaus kysymykseen"),
    ("solu", "Oikea arvo"),
    ("ohita", "Arvo jää pois"),
    ("ristiriita", "Kumpi arvo jää voimaan"),
    ("toimiala", "Mitä toimialaa nimi tarkoittaa"),
    ("toimenpide", "Mikä toimenpide rivi on"),
    ("paata", "Toimenpide päättyy"),
    ("voimassa", "Nimen vuodet ja voimassaolo"),
]


def take_starts_away(apps, schema_editor):
    """Of the rows that an import gave their start: one that a person has given since holds."""
    alias = schema_editor.connection.alias
    Toimenpide = apps.get_model("strategia", "Toimenpide").objects.using(alias)
    starts = dict(Toimenpide.exclude(voimassa_alkaen=None).values_list("pk", "voimassa_alkaen"))
    scored, imported = _first_scores(apps, alias), _imported_starts(apps, alias)
    begun = [pk for pk, start in starts.items() if imported.get(pk) == start and pk in scored and scored[pk] < start]
    for first in range(0, len(begun), 500):
        Toimenpide.filter(pk__in=begun[first : first + 500]).update(voimassa_alkaen=None)


def _first_scores(apps, alias):
    """{toimenpide's id: the end of the first jakso in which it has a score}"""
    jaksot = apps.get_model("seuranta", "Seurantajakso").objects.using(alias).values_list("pk", "nimi", "paattyy")
    ends = {pk: when[0] for pk, nimi, paattyy in jaksot if (when := ajankohta(nimi, paattyy))}
    found = defaultdict(list)
    kirjaukset = apps.get_model("seuranta", "Kirjaus").objects.using(alias)
    answers = kirjaukset.exclude(toteutumisaste=None).exclude(toimenpide__voimassa_alkaen=None)
    for toimenpide, jakso in answers.values_list("toimenpide_id", "jakso_id").iterator():
        if jakso in ends:
            found[toimenpide].append(ends[jakso])
    return {toimenpide: min(days) for toimenpide, days in found.items()}


def _imported_starts(apps, alias):
    """{toimenpide's id: the start that the newest import left}"""
    history = apps.get_model("strategia", "HistoricalToimenpide").objects.using(alias)
    rows = history.filter(history_change_reason__startswith="tuonti ").order_by("history_id")
    return dict(rows.values_list("id", "voimassa_alkaen").iterator())


class Migration(migrations.Migration):
    dependencies = [("seuranta", "0007_jaksot_ajassa"), ("strategia", "0001_initial")]

    operations = [
        migrations.AlterField(
            model_name="paatos",
            name="laji",
            field=models.CharField(choices=LAJIT, max_length=20, verbose_name="mitä päätettiin"),
        ),
        migrations.RunPython(take_starts_away, migrations.RunPython.noop),
    ]
