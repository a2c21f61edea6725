"""Seurantajakso + user -> the rows not answered that can be sent as they were in the jakso before, and the others."""

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from strategia.permissions import own_toimenpiteet

from ..kirjaaminen.kopio import answers
from ..kirjaaminen.lue import build_rows
from ..models import Kirjaus, Osavastaus

EI_ENNEN = _("Edellisellä jaksolla ei ollut vastausta.")
EI_LAHETETTY = _("Edellisen jakson vastausta ei lähetetty.")
EI_VASTAUS = _("Edellisellä jaksolla ei annettu toteutumisastetta.")
ON_OSIA = _("Rivillä vastaavat yksiköt. Käy niiden vastaukset läpi rivillä.")


def list_unanswered(jakso, user):
    """([Kirjausrivi that can be sent], [(Kirjausrivi, why it cannot)]) of the user's own rows in the plan's order.

    The same few queries whatever the number of rows.
    """
    begun = Kirjaus.objects.filter(jakso=jakso, toimenpide=OuterRef("pk")).exclude(tila=Kirjaus.Tila.EI_VASTATTU)
    own = (jakso.toimenpiteet() & own_toimenpiteet(user)).order_by()
    rows = build_rows(jakso, user, only=own.filter(~Exists(begun)).values("pk"))
    of_last = Osavastaus.objects.filter(kirjaus__jakso__strategia=jakso.strategia_id, toimiala=None)
    by_units = set(of_last.order_by().values_list("kirjaus", flat=True).distinct())
    told = [(row, _why_not(row, jakso.strategia, by_units)) for row in rows]
    return [row for row, why in told if not why], [(row, why) for row, why in told if why]


def _why_not(row, strategia, by_units):
    last = row.edellinen
    if last is None or last.tila == Kirjaus.Tila.EI_VASTATTU:
        return EI_ENNEN
    if last.tila not in Kirjaus.LAHETETYT:
        return EI_LAHETETTY
    if not answers(last, strategia):
        return EI_VASTAUS
    return ON_OSIA if last.pk in by_units else ""


def tunniste(row):
    """What of the row was shown: the row itself, the answer that is copied and that nothing is said of it yet."""
    return f"{row.toimenpide.pk}.{row.edellinen.pk}.{row.edellinen.versio}.{row.kirjaus.versio}"
