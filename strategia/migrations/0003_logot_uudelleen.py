"""The stored logos anew, as those that are sent now: PNG or JPEG without metadata. Frozen reports hold their own.

Going back leaves them so. Lost for good: the metadata, and a logo that was no picture.
"""

from django.core.files.base import ContentFile
from django.db import migrations, transaction

from strategia.kuva import KuvaVirhe, reencode


def store_anew(apps, schema_editor):
    for kunta in apps.get_model("strategia", "Kunta").objects.exclude(logo=""):
        storage, old = kunta.logo.storage, kunta.logo.name
        try:
            with storage.open(old) as file:
                content, _ending = reencode(file)
        except FileNotFoundError:
            continue
        except KuvaVirhe:  # no picture that a page or a report could show
            kunta.logo = ""
        else:
            kunta.logo = storage.save(f"logot/{kunta.pk}", ContentFile(content))
        kunta.save(update_fields=["logo"])
        transaction.on_commit(lambda storage=storage, old=old: storage.delete(old))


class Migration(migrations.Migration):
    dependencies = [("strategia", "0002_valimuisti")]

    operations = [migrations.RunPython(store_anew, migrations.RunPython.noop)]
