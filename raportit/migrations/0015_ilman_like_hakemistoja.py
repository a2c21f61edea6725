"""Away with the indexes for LIKE 'x%': no query of ours or of our libraries asks so, and each write kept them up.

Going back does not make them again.
"""

from django.db import migrations

LIKE = """
    SELECT index.relname FROM pg_index JOIN pg_class AS index ON index.oid = indexrelid
    JOIN pg_namespace AS schema ON schema.oid = index.relnamespace
    WHERE schema.nspname = current_schema() AND index.relname LIKE '%\\_like' AND NOT indisunique
"""


def drop_like_indexes(apps, schema_editor):
    if schema_editor.connection.vendor != "postgresql":
        return
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(LIKE)
        for (name,) in cursor.fetchall():
            cursor.execute(f"DROP INDEX {schema_editor.quote_name(name)}")


class Migration(migrations.Migration):
    dependencies = [
        ("account", "0009_emailaddress_unique_primary_email"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("django_tasks_database", "__latest__"),
        ("mfa", "__latest__"),
        ("raportit", "0020_julkiset_rivit"),
        ("seuranta", "0024_hakupolku"),
        ("socialaccount", "__latest__"),
        ("strategia", "0026_tunnukset"),
    ]

    operations = [migrations.RunPython(drop_like_indexes, migrations.RunPython.noop)]
