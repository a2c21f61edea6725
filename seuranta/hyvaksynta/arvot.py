"""Seurantajakso + user -> the values of mittarit that wait for approval, and what was posted on them -> settled values.

Those of a toimenpide are looked at beside its kirjaus and approved with it; those of a tavoite or a painopiste wait
by themselves.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from strategia.permissions import approvable_mittarit
from strategia.teksti import read_id

from .. import tulos
from ..models import Kirjaus, MittariArvo, Osavastaus
from ..muistutus.viestit import tell_returned_values


@dataclass
class Hyvaksyttavaarvo:
    """A value with what it means beside its target. virhe, syy: what was wrong with sending it back, and the reason."""

    arvo: MittariArvo
    lause: str
    virhe: str = ""
    syy: str = ""
    muuttui: bool = False

    @property
    def prefix(self):
        return f"m{self.arvo.pk}"

    @property
    def mittari(self):
        return self.arvo.mittari


def add_values(jakso, rivit):
    """Put on each Hyvaksyntarivi the values of its mittarit and its units' answers; the same queries for any number."""
    by_kirjaus = {}
    for osa in Osavastaus.objects.filter(kunta=jakso.kunta_id, kirjaus__in=[row.kirjaus.pk for row in rivit]):
        by_kirjaus.setdefault(osa.kirjaus_id, []).append(osa)
    by_toimenpide = {}
    for each in _told(jakso, mittari__toimenpide__in=[row.toimenpide.pk for row in rivit]):
        by_toimenpide.setdefault(each.mittari.toimenpide_id, []).append(each)
    for row in rivit:
        row.arvot = by_toimenpide.get(row.toimenpide.pk, [])
        row.osat = by_kirjaus.get(row.kirjaus.pk, [])


def list_waiting(jakso, user):
    """[Hyvaksyttavaarvo] of the sent values of no toimenpide that the user may approve."""
    own = {"mittari__in": approvable_mittarit(user), "tila": Kirjaus.Tila.LAHETETTY}
    return [each for each in _told(jakso, **own) if each.arvo.has_own_state]


def _told(jakso, **which):
    found = MittariArvo.objects.filter(jakso=jakso, **which).order_by("mittari__jarjestys", "mittari")
    found = found.select_related("mittari__tavoite", "mittari__painopiste").prefetch_related("mittari__tavoitteet")
    vuosi = jakso.vuosi
    return [
        Hyvaksyttavaarvo(
            arvo,
            tulos.sentence(arvo.mittari, arvo, tulos.target_in_force(arvo.mittari.tavoitteet.all(), vuosi)),
        )
        for arvo in found
    ]


def settle_values(jakso, arvot, data, *, by):
    """Approve the chosen values, or send back the one whose button was pressed -> (settled, settled by another).

    One that cannot be settled knows why. Raises SuljettuJakso.
    """
    pressed = data.get("palauta_arvo", "")
    waiting = {str(each.arvo.pk): each for each in arvot}
    for each in arvot:
        each.syy = data.get(f"{each.prefix}-syy", "").strip().replace("\r\n", "\n")
    chosen = [pressed] if pressed else [] if data.get("palauta") else data.getlist("arvo")
    here = [waiting[pk] for pk in chosen if pk in waiting]
    for each in here:
        each.virhe = _fault_of(each, is_returned=bool(pressed))
    versiot = {each.arvo.pk: read_id(data.get(f"{each.prefix}-versio", "")) for each in here if not each.virhe}
    if not versiot:
        return 0, len(chosen) - len(here)
    if pressed:
        settled, changed = MittariArvo.objects.send_back(jakso, versiot, here[0].syy, by=by)
        tell_returned_values(jakso, settled, by=by)
    else:
        settled, changed = MittariArvo.objects.approve(jakso, versiot, by=by)
    return len(settled), len(chosen) - len(here) + sum(arvo.tila != Kirjaus.Tila.LAHETETTY for arvo in changed)


def _fault_of(each, *, is_returned):
    if is_returned:
        return "" if each.syy else _("Kirjoita, mitä pitää täydentää, ja palauta sitten.")
    if each.syy:
        return _("Kirjoitit, mitä pitää täydentää. Palauta mittari, tai tyhjennä kenttä ja hyväksy se sitten.")
    return ""
