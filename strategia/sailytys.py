"""What the kunta keeps of its people only for its time: old acts go, the names of those who left become roles.

No row of a person is deleted, for history refers to it: it is the row itself that no longer tells who it was.
"""

import datetime

from django.db import connection, transaction
from django.db.models import Max, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from .models import SAILYTYS, Kalenteriavain, Kayttaja, Kunta, Tapahtuma, Ulkotunnus
from .tapahtuma import record
from .vuoro import lock_kunta

Laji = Tapahtuma.Laji
NIMETON = "tunnus.invalid"  # no address of this end ever receives anything (RFC 2606)


def drop_old_acts() -> int:
    """The acts past their kunta's date -> how many went. On PostgreSQL only the owner's function may take them."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT public.siivoa_tapahtumat()")
            return cursor.fetchone()[0]
    terms = [(kunta.pk, kunta.sailytys_kk) for kunta in Kunta.objects.all()]
    return sum(_drop_of(kunta, months) for kunta, months in [*terms, (None, SAILYTYS)])


def _drop_of(kunta, months):
    with transaction.atomic():
        count = Tapahtuma.objects.filter(kunta=kunta, milloin__lt=months_ago(months)).delete()[0]
        if count:
            record(Laji.TAPAHTUMIA_POISTETTU, by=None, kunta=kunta, mihin=count)
    return count


def months_ago(months) -> datetime.datetime:
    """The same time of the day so many months ago; the month's last day where it has no such day."""
    now = timezone.now()
    year, month = divmod(now.year * 12 + now.month - 1 - months, 12)
    for day in (now.day, 30, 29, 28):
        try:
            return now.replace(year=year, month=month + 1, day=day)
        except ValueError:
            continue
    raise AssertionError("unreachable")


def drop_old_names(forget=None) -> int:
    """Of those who left before their kunta's time: no name, no address -> how many. forget: what else tells the name,
    called with the person in the same transaction.
    """
    return sum(_drop_name(person, forget) for person in list_left())


def list_left():
    """The people out of use who last signed in, and were ended, longer ago than their kunta keeps names."""
    found = []
    for kunta in Kunta.objects.all():
        gone = Kayttaja.objects.filter(kunta=kunta, is_active=False).exclude(email__endswith=f"@{NIMETON}")
        limit = months_ago(kunta.sailytys_kk)
        gone = gone.filter(Q(last_login=None) | Q(last_login__lt=limit), luotu__lt=limit)
        ended = Tapahtuma.objects.filter(laji=Laji.KAYTOSTA, kohteen_laji=Kayttaja._meta.label_lower, kunta=kunta)
        when = dict(ended.order_by().values_list("kohteen_id").annotate(Max("milloin")))
        found += [person for person in gone if person.pk not in when or when[person.pk] < limit]
    return found


def _drop_name(person, forget):
    with transaction.atomic():
        lock_kunta(person.kunta_id)
        person = Kayttaja.objects.select_for_update().get(pk=person.pk)
        if person.is_active:
            return 0
        person.nimi = _("%(rooli)s (poistunut)") % {"rooli": person.get_rooli_display()}
        person.email = f"poistunut-{person.pk}@{NIMETON}"
        person.viestivalinnat = {}
        person.set_unusable_password()
        person.save(update_fields=["nimi", "email", "viestivalinnat", "password"])
        for model in (Kalenteriavain, Ulkotunnus):
            model.objects.filter(kayttaja=person).delete()
        if forget:
            forget(person)
        record(Laji.NIMI_POISTETTU, by=None, kunta=person.kunta_id, kohde=person)
    return 1
