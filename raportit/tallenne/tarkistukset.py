"""What the drawing of reports needs of the machine and of the queue: raportit's part of the service's state."""

import ctypes
from datetime import timedelta
from functools import cache

from django.contrib.staticfiles import finders
from django.core import checks
from django.db import connection
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django_tasks_db.models import DBTaskResult

from ..models import Syke
from .syke import anybody_works, living

# Not imported through WeasyPrint: that takes half a second and 60 MiB, which a web process does without.
KIRJASTOT = ("libpango-1.0.so.0", "libpangoft2-1.0.so.0", "libharfbuzz-subset.so.0")
FONTIT = tuple(f"fonts/SourceSans3-{weight}.ttf.woff2" for weight in ("Regular", "Semibold", "Bold"))
JONON_IKA = timedelta(minutes=15)  # the longest file takes a minute; what has waited so long waits for nobody


def find_missing_parts():
    """Every PDF needs Pango and our own fonts."""
    missing = [name for name in KIRJASTOT if not _loads(name)]
    missing += [name for name in FONTIT if not finders.find(name)]
    if not missing:
        return []
    hint = "Asenna libpango-1.0-0, libpangoft2-1.0-0 ja libharfbuzz-subset0, ja tarkista kansio static/fonts."
    return [checks.Error(f"PDF:ää ei voi tehdä: puuttuu {', '.join(missing)}.", hint, id="palvelu.tuloste")]


@cache
def _loads(name):
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def find_no_worker():
    """Nobody makes what waits."""
    if anybody_works():
        return []
    hint = "Käynnistä `python manage.py tyontekija` palvelimen rinnalle."
    return [
        checks.Warning("Jonon työntekijä ei ole käynnissä: pitkiä tiedostoja ei tehdä.", hint, id="palvelu.tyontekija")
    ]


def find_late_work():
    """What waits does not wait long, also where a worker beats."""
    since = timezone.now() - JONON_IKA
    # What is to be done at a later time is counted from that time.
    just_due = Q(run_after__range=(since, timezone.now()))
    late = DBTaskResult.objects.ready().filter(~just_due, enqueued_at__lt=since).count()
    if not late:
        return []
    hint = "Katso työntekijän loki. Lisää työntekijöitä, jos palvelimella on vapaita ytimiä."
    return [checks.Warning(f"Jonossa on {late} työtä, jotka ovat odottaneet kauan.", hint, id="palvelu.jono")]


def tell_queue() -> str:
    """Do workers live, and what waits for them: one sentence of the page "Palvelun tila"."""
    alive = list(living().order_by("aika").values_list("aika", flat=True))
    waiting = DBTaskResult.objects.ready().count()
    jono = ngettext("Jonossa odottaa %(n)s työ.", "Jonossa odottaa %(n)s työtä.", waiting) % {"n": waiting}
    if not alive:
        return _("Jonon työntekijä ei ole käynnissä.") + f" {jono}"
    seen = f"{timezone.localtime(alive[-1]):%-H.%M.%S}"
    told = ngettext(
        "Jonon työntekijä on käynnissä, viimeksi elossa klo %(klo)s.",
        "Jonon työntekijöitä on käynnissä %(n)s, viimeksi elossa klo %(klo)s.",
        len(alive),
    )
    return f"{told % {'n': len(alive), 'klo': seen}} {jono}"


def check_worker(databases=None, **_kwargs):
    """`manage.py check --database default` tells the same of the worker."""
    if not databases or Syke._meta.db_table not in connection.introspection.table_names():
        return []  # not asked of the database, or it has not been migrated yet
    return find_no_worker()
