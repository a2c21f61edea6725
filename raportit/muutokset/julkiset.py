"""Jaksot + reader -> what their corrected versions have changed, as the public form of each tells it."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..models import Raporttiversio
from ..tallenne.nakyma import show_publicly
from .jalkimuutos import Jalkimuutos

_PIILOSSA = gettext_lazy("Vanhaa tekstiä ei näytetä.")


def list_public_changes(jaksot, user) -> list[Jalkimuutos]:
    """The newest version first. What may not be told any more is said to have been there, never what it was."""
    corrected = Raporttiversio.objects.readable_by(user).filter(jakso__in=jaksot, numero__gt=1)
    versiot = corrected.select_related("jakso").order_by("-luotu", "-pk")
    hiding = _newest_hiding(jaksot)
    return [muutos for versio in versiot for muutos in _changes_of(versio, hiding.get(versio.jakso_id, 0))]


def _newest_hiding(jaksot):
    """{jakso's id: the number of its newest version that was published without what it corrected away}"""
    rows = Raporttiversio.objects.filter(jakso__in=jaksot, piilota_vanhat=True).order_by("numero")
    return dict(rows.values_list("jakso", "numero"))


def _changes_of(versio, hiding):
    """What a later version took away without telling it is not told by an earlier one either, if that is public again.

    The earlier version's own page tells it: there a reader sees that the version has been replaced.
    """
    korjaus, jakso = show_publicly(versio).raportti.korjaus, versio.jakso.nimi
    if korjaus is None:
        return
    is_hidden = versio.numero < hiding
    told = (jakso, timezone.localtime(versio.luotu), _("versio %(numero)s") % {"numero": versio.numero})
    if korjaus.syy and not is_hidden:
        yield Jalkimuutos(*told, jakso, _("Korjauksen syy"), "", korjaus.syy)
    for muutos in korjaus.muutokset:
        texts = (_PIILOSSA, _PIILOSSA) if is_hidden else (muutos.ennen_sanoin, muutos.nyt)
        yield Jalkimuutos(*told, "" if is_hidden else muutos.kohde, muutos.tieto, *texts)
