"""How the service is doing now: what stops its pages (an Error) and what should be looked at (a Warning).

Not registered as Django's system checks: a migration that has not been run would keep `migrate` from running.
"""

import shutil
from datetime import timedelta
from pathlib import Path
from threading import Lock
from time import monotonic

from django.conf import settings
from django.core.checks import Error, Warning
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone
from django.utils.crypto import get_random_string

from ..models import Ajo
from ..replika import find_silent_replica

AJASTETTU = "muistuta"  # cron runs it every day, also on those on which it sends nothing
KOPIO = "varmuuskopio"
AJON_VALI = timedelta(hours=26)  # a day, and the time that it may take
TILAA = 1024**3  # bytes that should be free: some hundred reports with their files
TUORE = 1  # seconds that an answer to a probe is good for
NAYTE = b"x" * 4096  # a disk that is full to the last byte takes no block


def read_state() -> tuple[list, list]:
    """(errors, warnings) now, as Django's CheckMessages.

    Where the database does not answer, or is older than the code, nothing more is asked of it.
    """
    errors = find_no_database() or find_missing_migrations()
    if errors:
        return errors, []
    found = [message for find in TARKISTUKSET for message in find()]
    errors = [message for message in found if message.is_serious()]
    return errors, [message for message in found if not message.is_serious()]


def read_state_of_late() -> tuple[list, list]:
    """The same, at most TUORE old: however often strangers ask, a process looks once and the others wait for that."""
    with _LUKKO:
        when, state = _VIIMEKSI.get("tila", (None, None))
        if when is None or monotonic() - when >= TUORE:
            state = read_state()
            _VIIMEKSI["tila"] = monotonic(), state
    return state


_LUKKO, _VIIMEKSI = Lock(), {}


def find_no_database():
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError as error:
        hint = "Tarkista DATABASE_URL ja tietokantapalvelin."
        return [Error(f"Tietokanta ei vastaa: {error}", hint, id="palvelu.tietokanta")]
    return []


def find_missing_migrations():
    """A version newer than its database answers wrongly or not at all."""
    executor = MigrationExecutor(connection)
    missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if not missing:
        return []
    names = ", ".join(str(migration) for migration, _backwards in missing[:3])
    hint = "Aja `python manage.py migrate`."
    return [Error(f"Migraatioita on ajamatta {len(missing)}: {names}", hint, id="palvelu.migraatiot")]


def find_unwritable_storage():
    """Uploads, logos and reports have a place that takes them."""
    try:
        name = default_storage.save(f"terveys/{get_random_string(12)}", ContentFile(NAYTE))
        default_storage.delete(name)
    except OSError as error:
        hint = "Tarkista MEDIA_ROOT (kansion oikeudet ja levyn tila) tai S3-muuttujat."
        return [Error(f"Tiedostoja ei voi tallentaa: {error}", hint, id="palvelu.varasto")]
    return []


def find_full_disk():
    """The next reports and uploads fit."""
    folder = Path(settings.MEDIA_ROOT)
    free = shutil.disk_usage(folder).free if folder.exists() else TILAA
    if free >= TILAA:
        return []
    hint = "Tee tilaa levylle tai siirrä tiedostot suuremmalle."
    return [Warning(f"Levyllä on tilaa enää {free // 1024**2} Mt.", hint, id="palvelu.levy")]


def find_late_cron():
    """Reminders leave only if somebody runs them every day."""
    ran = Ajo.objects.filter(komento=AJASTETTU).first()
    if ran and ran.alkoi > timezone.now() - AJON_VALI:
        return []
    hint = "Aja komento python manage.py muistuta ajastetusti kerran päivässä."
    when = f"{timezone.localtime(ran.alkoi):%-d.%-m.%Y klo %-H.%M}" if ran else "ei koskaan"
    return [Warning(f"Muistutuksia ei ole ajettu vuorokauteen (viimeksi: {when}).", hint, id="palvelu.ajastus")]


def find_no_backup():
    """What breaks can be given back only from a backup of yesterday."""
    made = Ajo.objects.filter(komento=KOPIO).first()
    if made and made.onnistui and made.onnistui > timezone.now() - AJON_VALI:
        return []
    hint = "Aja komento python manage.py varmuuskopio ajastetusti kerran vuorokaudessa, tai kopioi kanta muuten."
    when = f"{timezone.localtime(made.onnistui):%-d.%-m.%Y klo %-H.%M}" if made and made.onnistui else "ei koskaan"
    return [Warning(f"Varmuuskopiota ei ole tehty vuorokauteen (viimeksi: {when}).", hint, id="palvelu.varmuuskopio")]


# In the order they are told. The other apps add theirs as they are loaded: strategia imports neither.
TARKISTUKSET = [find_unwritable_storage, find_full_disk, find_late_cron, find_no_backup, find_silent_replica]
