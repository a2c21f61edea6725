"""Tuonti -> what its undo would take away and put back, counted in words: one is asked before it is done."""

from collections import Counter
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from strategia.luvut import luku

from ..models import Tuonti

# The name of the model -> (one, how many), in the order that a person thinks of them.
SANAT = {
    "strategia": (_("strategia"), _("strategiaa")),
    "painopiste": (_("painopiste"), _("painopistettä")),
    "strateginentavoite": (_("tavoite"), _("tavoitetta")),
    "toimenpide": (_("toimenpide"), _("toimenpidettä")),
    "seurantajakso": (_("jakso"), _("jaksoa")),
    "kirjaus": (_("kirjaus"), _("kirjausta")),
    "osavastaus": (_("yksikön vastaus"), _("yksikön vastausta")),
    "mittari": (_("mittari"), _("mittaria")),
    "tavoitearvo": (_("mittarin tavoite"), _("mittarin tavoitetta")),
    "mittariarvo": (_("mittarin arvo"), _("mittarin arvoa")),
    "riski": (_("riski"), _("riskiä")),
    "toimiala": (_("toimiala"), _("toimialaa")),
    "toimielin": (_("toimielin"), _("toimielintä")),
}


@dataclass(frozen=True)
class Kumottavat:
    """[“141 toimenpidettä”, …]: what the import made and would go, and what it changed and would come back."""

    poistuvat: list[str]
    palaavat: list[str]


def count_undone(tuonti: Tuonti) -> Kumottavat:
    """A row that it changed twice is counted once."""
    changes = {(change["malli"], change["id"], change["luotu"]) for change in tuonti.muutokset}
    made = Counter(malli for malli, _pk, luotu in changes if luotu)
    changed = Counter(malli for malli, pk, luotu in changes if not luotu and (malli, pk, True) not in changes)
    details = [_("strategian tiedot")] if changed.pop("strategia", 0) else []
    return Kumottavat(_told(made), [*_told(changed), *details])


def _told(counts):
    sentence = "yksi %(one)s", "%(luku)s %(many)s"
    found = [(counts[malli], one, many) for malli, (one, many) in SANAT.items() if counts[malli]]
    return [ngettext(*sentence, n) % {"one": one, "many": many, "luku": luku(n)} for n, one, many in found]
