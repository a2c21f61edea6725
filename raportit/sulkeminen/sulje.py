"""Seurantajakso -> Raporttiversio: closing a jakso is freezing its report."""

from dataclasses import replace

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from seuranta.models import Seurantajakso, SuljettuJakso
from strategia.models import Tapahtuma
from strategia.tapahtuma import record

from ..models import Raporttiversio
from ..osavuosikatsaus import Osavuosikatsaus, build, compare, from_json, to_json
from ..tunnukset import write_tunnukset


def close_jakso(jakso: Seurantajakso, *, by) -> Raporttiversio:
    """Lock the jakso, freeze its whole report as the next raporttiversio and set it closed: all or nothing.

    The lock (FOR UPDATE on PostgreSQL, the write transaction on SQLite) makes every kirjaus being saved
    either part of the report or refused by the trigger. Rendering follows, outside the transaction.
    Raises SuljettuJakso when the jakso is not in viimeistely.
    """
    with transaction.atomic():
        locked = (
            Seurantajakso.objects.select_for_update(of=("self",)).select_related("strategia__kunta").get(pk=jakso.pk)
        )
        if not locked.is_in_finishing:
            raise SuljettuJakso(
                _("Jakson voi sulkea vain viimeistelystä. Sen tila on nyt %(tila)s.")
                % {"tila": locked.get_tila_display()}
            )
        versio = _freeze(locked, by)
        locked.tila = Seurantajakso.Tila.SULJETTU
        locked._history_user = by
        locked.save()
        record(Tapahtuma.Laji.SULJETTU, by=by, kunta=locked.kunta_id, kohde=locked, mihin=versio)
    jakso.tila = locked.tila
    return versio


def draw_up(jakso: Seurantajakso, now) -> Osavuosikatsaus:
    """What closing would freeze now: the next version, with what it corrects of the one before."""
    previous = jakso.raporttiversiot.order_by("numero").last()
    raportti = build(jakso, koottu=now, versio=previous.numero + 1 if previous else 1)
    if not previous:
        return raportti
    return replace(
        raportti, korjaus=compare(from_json(previous.data, previous.siirtyma), raportti, jakso.avaamisen_syy)
    )


def _freeze(jakso, by):
    now = timezone.now()
    raportti = draw_up(jakso, now)
    data = to_json(raportti)
    versio = Raporttiversio.objects.create(
        kunta=jakso.kunta,
        jakso=jakso,
        numero=raportti.versio,
        data=data,
        sha256=Raporttiversio.digest(data),
        luotu=now,
        tekija=by,
        tekijan_nimi=str(by) if by else "",
    )
    write_tunnukset(versio)
    return versio
