"""An act on many toimenpiteet: done with what each had before it, and undone where nobody has touched it since."""

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from ..models import Joukkomuutos, Joukkomuutosrivi, Kayttaja, Tapahtuma, Toimenpide, Toimiala, Toimielin
from ..tapahtuma import record
from ..vuoro import lock_kunta
from .rivitiedot import KENTAT, LIITOKSET, read_values, write_values


def do(strategia, laji, muutokset, *, kuvaus, by, luovuttaja=None):
    """The Joukkomuutos of {toimenpide: {name: new value}}, or None where every row is so already.

    A toimiala that is to lead is no longer among the others of the toimenpide. luovuttaja: whose rows are handed over.
    """
    with transaction.atomic():
        lock_kunta(strategia.kunta_id)
        now = read_values(muutokset, [*KENTAT, *LIITOKSET])
        changed = {}
        for toimenpide, values in muutokset.items():
            before = now[toimenpide.pk]
            if values.get("toimiala") in before["muut_toimialat"]:
                others = [pk for pk in before["muut_toimialat"] if pk != values["toimiala"]]
                values = {**values, "muut_toimialat": others}
            if new := {name: value for name, value in values.items() if value != before[name]}:
                changed[toimenpide] = new
        if not changed:
            return None
        own = {"kunta_id": strategia.kunta_id}
        act = Joukkomuutos.objects.create(strategia=strategia, laji=laji, kuvaus=kuvaus, tekija=by, **own)
        Joukkomuutosrivi.objects.bulk_create(
            Joukkomuutosrivi(
                joukkomuutos=act,
                toimenpide=toimenpide,
                ennen={name: now[toimenpide.pk][name] for name in values},
                jalkeen=values,
                **own,
            )
            for toimenpide, values in changed.items()
        )
        write_values(changed, reason=act.merkki, by=by)
        teko = Tapahtuma.Laji.LUOVUTETTU if luovuttaja else Tapahtuma.Laji.MUUTETTU
        record(teko, by=by, kunta=strategia.kunta_id, kohde=luovuttaja or strategia, mihin=kuvaus)
    return act


def undo(act, *, by):
    """Give each row what it had before the act; one that is not as the act left it stays, and its este tells why."""
    with transaction.atomic():
        lock_kunta(act.kunta_id)
        rivit = list(act.rivit.select_related("toimenpide"))
        newest, now = _newest_reasons(act), read_values([r.toimenpide for r in rivit], [*KENTAT, *LIITOKSET])
        known = _known_ids(act.kunta_id)
        for rivi in rivit:
            is_touched = newest.get(rivi.toimenpide_id) != act.merkki or any(
                now[rivi.toimenpide_id][name] != value for name, value in rivi.jalkeen.items()
            )
            rivi.este = _("Riviä on muutettu sen jälkeen.") if is_touched else _missing(rivi.ennen, known)
        Joukkomuutosrivi.objects.bulk_update([r for r in rivit if r.este], ["este"], batch_size=500)
        restored = {rivi.toimenpide: rivi.ennen for rivi in rivit if not rivi.este}
        if restored:
            write_values(restored, reason=f"{act.merkki} kumottu", by=by)
        act.kumoaja, act.kumottu = by, timezone.now()
        act.save(update_fields=["kumoaja", "kumottu"])
        record(Tapahtuma.Laji.KUMOTTU, by=by, kunta=act.kunta_id, kohde=act)
    return len(restored)


def _newest_reasons(act):
    """{toimenpide's id: the change reason of its newest entry of history}"""
    history = Toimenpide.history.filter(id__in=act.rivit.values("toimenpide")).order_by()
    newest = history.values("id").annotate(newest=Max("history_id")).values("newest")
    return dict(Toimenpide.history.filter(history_id__in=newest).values_list("id", "history_change_reason"))


def _known_ids(kunta_id):
    """{name: the ids that may be given}: of toimialat and toimielimet those in use."""
    return {
        "toimiala": set(Toimiala.objects.filter(kunta=kunta_id, lopetettu=None).values_list("pk", flat=True)),
        "toimielin": set(Toimielin.objects.filter(kunta=kunta_id, lopetettu=None).values_list("pk", flat=True)),
        "vastuuhenkilot": set(Kayttaja.objects.filter(kunta=kunta_id).values_list("pk", flat=True)),
    }


def _missing(ennen, known):
    """Why what a row had cannot be given back, or ""."""
    words = {
        "toimiala": _("Entinen toimiala on lopetettu."),
        "toimielin": _("Entinen toimielin on lopetettu."),
        "vastuuhenkilot": _("Entistä vastuuhenkilöä ei enää ole."),
    }
    for name, ids in known.items():
        had = ennen.get(name) or []
        if not set(had if isinstance(had, list) else [had]) <= ids:
            return words[name]
    return ""
