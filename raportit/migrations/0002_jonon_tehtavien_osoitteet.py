"""The tasks of the queue name the function that they call: those waiting and those finished follow it to its room."""

from django.db import migrations

ENNEN, JALKEEN = "raportit.jono.", "raportit.tallenne.jono."
TEHTAVAT = ("render_versio", "render_luonnos")


def carry_over(apps, schema_editor):
    _rename(apps, schema_editor, ENNEN, JALKEEN)


def carry_back(apps, schema_editor):
    _rename(apps, schema_editor, JALKEEN, ENNEN)


def _rename(apps, schema_editor, old, new):
    results = apps.get_model("django_tasks_database", "DBTaskResult").objects.using(schema_editor.connection.alias)
    for name in TEHTAVAT:
        results.filter(task_path=f"{old}{name}").update(task_path=f"{new}{name}")


class Migration(migrations.Migration):
    dependencies = [
        ("raportit", "0001_initial"),
        ("django_tasks_database", "0001_initial"),
    ]

    operations = [migrations.RunPython(carry_over, carry_back)]
