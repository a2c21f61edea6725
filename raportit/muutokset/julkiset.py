"""Jaksot + reader -> what their corrected versions have changed, as the public form of each tells it."""

from django.utils import timezone
from django.utils.translation import gettext as _

from ..models import Raporttiversio
from ..tallenne.nakyma import show_publicly
from .jalkimuutos import Jalkimuutos


def list_public_changes(jaksot, user) -> list[Jalkimuutos]:
    """The newest version first. What may not be told any more is said to have been there, never what it was."""
    corrected = Raporttiversio.objects.readable_by(user).filter(jakso__in=jaksot, numero__gt=1)
    versiot = corrected.select_related("jakso").order_by("-luotu", "-pk")
    return [muutos for versio in versiot for muutos in _changes_of(versio)]


def _changes_of(versio):
    korjaus, jakso = show_publicly(versio).raportti.korjaus, versio.jakso.nimi
    if korjaus is None:
        return
    told = (jakso, timezone.localtime(versio.luotu), _("versio %(numero)s") % {"numero": versio.numero})
    if korjaus.syy:
        yield Jalkimuutos(*told, jakso, _("Korjauksen syy"), "", korjaus.syy)
    for muutos in korjaus.muutokset:
        yield Jalkimuutos(*told, muutos.kohde, muutos.tieto, muutos.ennen_sanoin, muutos.nyt)
