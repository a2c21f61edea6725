"""The toimenpiteet on which a person is named -> another's: one act for each plan, undone as any act on many rows."""

from django.db import transaction
from django.utils.translation import gettext as _

from ..joukkomuutos.teko import do
from ..models import Joukkomuutos, Strategia, Vastuuhenkilo
from ..vuoro import lock_kunta


def hand_over(toimenpiteet, luovuttaja, kenelle, *, by):
    """[Joukkomuutos]: on each of these rows the other's name (None: nobody's) takes the place of luovuttaja's."""
    with transaction.atomic():
        lock_kunta(luovuttaja.kunta_id)
        rows = list(toimenpiteet.select_related("tavoite__painopiste"))
        people = _named_on(rows)
        by_plan = {}
        for row in rows:
            others = people[row.pk] - {luovuttaja.pk}
            new = sorted(others | ({kenelle.pk} if kenelle else set()))
            by_plan.setdefault(row.tavoite.painopiste.strategia_id, {})[row] = {"vastuuhenkilot": new}
        words = {"keneltä": luovuttaja, "kenelle": kenelle or _("toimialan yhteisiksi")}
        kuvaus = _("Vastuu siirtyi: %(keneltä)s → %(kenelle)s") % words
        plans = Strategia.objects.in_bulk(by_plan)
        how = {"kuvaus": kuvaus, "by": by, "luovuttaja": luovuttaja}
        return [do(plans[pk], Joukkomuutos.Laji.VASTUUHENKILOT, rows, **how) for pk, rows in by_plan.items()]


def _named_on(rows):
    found = {row.pk: set() for row in rows}
    for toimenpide, person in Vastuuhenkilo.objects.filter(toimenpide__in=found).values_list("toimenpide", "kayttaja"):
        found[toimenpide].add(person)
    return found
