"""User -> the days of the jaksot that the user may see: deadlines, planned closings, meetings. Names and dates only."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from strategia.permissions import sees_closed_only

from ..models import Kokous, Seurantajakso

MAARAAJAT = ("vastaus", "hyvaksynta", "sulkeminen")


@dataclass(frozen=True)
class Kalenterimerkinta:
    """laji: one of MAARAAJAT or "kokous". tunnus: its own among all of the installation's, for ever.

    lyhyt: what a label says of it.
    """

    pvm: date
    laji: str
    nimi: str
    jakso: Seurantajakso
    tunnus: str
    lyhyt: str = ""

    @property
    def otsikko(self):
        return f"{self.nimi}: {self.jakso.nimi}"


def list_events(user, jaksot: list[Seurantajakso] | None = None) -> list[Kalenterimerkinta]:
    """In the order of time. jaksot: those of jaksot_of, where they are at hand; else one query more."""
    jaksot = jaksot_of(user) if jaksot is None else jaksot
    shown = () if sees_closed_only(user) else jaksot  # whoever sees no open jakso has nothing to answer by
    found = [each for jakso in shown for each in _deadlines(jakso)]
    known = {jakso.pk: jakso for jakso in jaksot}
    for kokous in Kokous.objects.filter(jakso__in=list(known), kunta=user.kunta_id):
        nimi = _("%(toimielin)s käsittelee raportin") % {"toimielin": kokous.toimielin}
        jakso, tunnus = known[kokous.jakso_id], f"kokous-{kokous.pk}"
        found.append(Kalenterimerkinta(kokous.pvm, "kokous", nimi, jakso, tunnus, kokous.toimielin))
    return sorted(found, key=lambda each: (each.pvm, each.otsikko))


def jaksot_of(user) -> list[Seurantajakso]:
    """Those that the user may see, each with the deadlines of the user's own toimialat."""
    return list(Seurantajakso.objects.visible_to(user).with_own_deadlines(user).order_by("alkaa", "jarjestys", "pk"))


def _deadlines(jakso):
    days = (jakso.oma_vastausaika, jakso.oma_hyvaksyntaaika, jakso.sulkeminen_suunniteltu)
    names = (_("Vastausaika päättyy"), _("Hyväksyntä päättyy"), _("Jakso suljetaan"))
    past = (_("vastausaika päättyi"), _("hyväksyntä päättyi"), _("sulkeminen oli suunniteltu"))
    today = timezone.localdate()
    for laji, day, nimi, mennyt in zip(MAARAAJAT, days, names, past, strict=True):
        if day and not _is_overtaken(jakso, laji, day):
            lyhyt = mennyt if day < today else nimi[:1].lower() + nimi[1:]
            yield Kalenterimerkinta(day, laji, nimi, jakso, f"{laji}-{jakso.pk}", lyhyt)


def _is_overtaken(jakso, laji, day):
    """A closed jakso is not closed again, and nobody answers by a day that comes after the answering has ended."""
    if laji == "sulkeminen":
        return jakso.is_closed
    return (jakso.is_closed or jakso.is_in_finishing) and day >= timezone.localdate()
