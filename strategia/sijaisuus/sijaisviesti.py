"""A sijaisuus -> a mail to the stand-in: for whom, and on which days. It gives rights, so no day is quiet for it."""

from smtplib import SMTPException

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from ..ilmoittaminen import Ilmoitus, Lahteneet
from ..models import Ilmoitusviesti, Sijaisuus
from ..sahkoposti import send_after

SIJAISUUS, Tila = Ilmoitusviesti.Laji.SIJAISUUS, Ilmoitusviesti.Tila


def tell(sijaisuus, *, by) -> bool:
    """Will the stand-in hear of it, once the page has answered?"""
    person, today = sijaisuus.sijainen, timezone.localdate()
    if not person.wants(SIJAISUUS):
        return False
    viesti = Ilmoitusviesti.objects.claim(sijaisuus, person, SIJAISUUS, paiva=today, tekija=by)
    if viesti:
        send_after(deliver, viesti.pk)
    return bool(viesti)


def deliver(pk, *, connection):
    """Send this one. Raises SMTPException when it did not leave."""
    tulos = _send([_mine().get(pk=pk)], connection)
    if tulos.jaaneet:
        raise SMTPException(tulos.jaaneet[0].virhe)


def tell_sijaisuudet(kunta=None) -> Lahteneet:
    """What did not leave when the sijaisuus was set."""
    waiting = _mine().unsent().filter(laji=SIJAISUUS).order_by("pk")
    waiting = waiting.filter(kunta=kunta) if kunta else waiting
    return _send(waiting)


def _mine():
    return Ilmoitusviesti.objects.select_related("kayttaja", "kunta", "tekija")


def _send(viestit, connection=None):
    """Those that are still true and the caller's to send."""
    tulos, leaving = Lahteneet(), []
    for viesti in viestit:
        sijaisuus = Sijaisuus.objects.not_over().filter(pk=viesti.kohde_id).first()
        if not (sijaisuus and viesti.kayttaja.is_active and viesti.kayttaja.wants(SIJAISUUS)):
            tulos.drop(viesti, _("Sijaisuus on päättynyt, tai henkilö ei halua näitä viestejä."))
        elif claimed := viesti if viesti.tila == Tila.LAHDOSSA else viesti.claim_again():
            leaving.append(_build(claimed, sijaisuus))
    tulos.send(leaving, connection)
    return tulos


def _build(viesti, sijaisuus):
    days = {name: date_format(getattr(sijaisuus, name), "j.n.Y") for name in ("alkaa", "paattyy")}
    told = {"kenen": sijaisuus.sijaistettava, **days}
    lauseet = [
        _("Olet sijaisena %(alkaa)s–%(paattyy)s. Sijaistettava on %(kenen)s.") % told,
        _("Noina päivinä näet samat rivit kuin sijaistettava ja teet niille sen, minkä hänkin voi tehdä."),
        _("Sijaisuus alkaa ja päättyy itsestään. Historiassa näkyy sinun nimesi ja se, että toimit sijaisena."),
    ]
    aihe = _("Olet sijaisena %(alkaa)s–%(paattyy)s: %(kenen)s") % told
    return Ilmoitus(viesti, aihe, lauseet, reverse("raportit:etusivu"), _("Avaa etusivu"))
