"""Seurantajakso + who reminds -> whom a reminder would reach today, and why nobody."""

from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _

from strategia.models import Ilmoitusviesti

from ..jakson_mittarit import mittarit_of
from ..models import Kirjaus, MittariArvo
from .kaanteet import list_told
from .tilanne import answerers_of_all

MUISTUTUS, Tila = Ilmoitusviesti.Laji.MUISTUTUS, Ilmoitusviesti.Tila
TAMAN_PAIVAN = (Tila.LAHETETTY, Tila.LAHDOSSA)  # what did not leave may be tried again the same day


def list_remindable(tilanne, *, by):
    """[Henkilorivi] of those with something open who would get the message: willing, and not reminded today."""
    return [h for h in list_told(tilanne.henkilot, MUISTUTUS, by=by) if h.kesken and not _is_reminded(h.muistutus)]


def explain_none(tilanne, *, by):
    """Why nobody would get a reminder though there is somebody to answer; "" where it says nothing new."""
    waiting = [henkilo for henkilo in tilanne.henkilot if henkilo.kesken]
    others = [henkilo for henkilo in waiting if henkilo.kayttaja != by]
    if not waiting or list_remindable(tilanne, by=by):
        return ""
    if any(_is_reminded(henkilo.muistutus) for henkilo in others):
        return _("Muistutus on jo lähtenyt tänään. Seuraavan voi lähettää huomenna.")
    if others:
        return _("Ne, joiden vastaus puuttuu, eivät halua muistutuksia. Kysy heiltä muuten.")
    return _("Vain sinun vastauksiasi puuttuu. Muistutusta ei lähde itsellesi.")


def _is_reminded(muistutus):
    return bool(muistutus) and muistutus.paiva == timezone.localdate() and muistutus.tila in TAMAN_PAIVAN


def remindable_toimialat(jakso, *, by, with_mitat=False):
    """{id, None for what has none} of the toimialat of whose open rows, and mittarit of no toimenpide where such are
    open (with_mitat, one query more), a reminder would reach somebody.

    The same few queries for any number of rows; of them the ids alone are read.
    """
    rows = _open_ones(jakso.toimenpiteet(), Kirjaus.objects.filter(toimenpide=OuterRef("pk")), jakso)
    of_none = mittarit_of(jakso).filter(toimenpide=None)
    mitat = _open_ones(of_none, MittariArvo.objects.filter(mittari=OuterRef("pk")), jakso) if with_mitat else []
    reminded, answerers = _reminded_today(jakso), answerers_of_all(jakso, rows, mitat)
    return {
        row.toimiala_id
        for some, whose in zip((rows, mitat), answerers, strict=True)
        for row in some
        if any(u != by and u.pk not in reminded and u.wants(MUISTUTUS) for u in whose[row.pk])
    }


def _open_ones(rows, answers, jakso):
    sent = answers.filter(jakso=jakso, tila__in=Kirjaus.LAHETETYT)
    return list(rows.order_by().filter(~Exists(sent)).values_list("pk", "toimiala_id", named=True))


def _reminded_today(jakso):
    today = jakso.viestit.filter(laji=MUISTUTUS, paiva=timezone.localdate(), tila__in=TAMAN_PAIVAN)
    return set(today.values_list("kayttaja", flat=True))
