"""Figures of a jakso + today -> the koordinaattori's next act in it: what, where, and whom or how many it concerns."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .vastaustila import Jaksonluvut

MUISTUTETAAN = 14  # days before the time to answer ends: until then nobody is late


@dataclass(frozen=True)
class Seuraava:
    """aikaa: of the time to answer, in words; "" where that is of no matter."""

    nimi: str
    osoite: str
    selite: str = ""
    aikaa: str = ""


def is_reminding_due(luvut: Jaksonluvut, today: date, *, kortteja: int = 0) -> bool:
    """Are answers missing of an open jakso whose time to answer is about to end, or has ended? See next_act."""
    days = _days_left(luvut.jakso, today)
    return luvut.jakso.is_open and bool(luvut.puuttuvat or kortteja) and days is not None and days <= MUISTUTETAAN


def next_act(
    luvut: Jaksonluvut, odottaa: int, today: date, *, kortteja: int = 0, muistettavat: set | None = None
) -> Seuraava:
    """odottaa: how many wait to be approved, measures of no toimenpide among them; kortteja: how many cards of these
    are not sent, and in no figure of luvut.

    muistettavat: the toimialat (ids) of which a reminder would reach somebody; None where nobody is to be reminded.
    """
    jakso, puuttuu = luvut.jakso, bool(luvut.puuttuvat or kortteja)
    if jakso.is_in_finishing:
        closing = reverse("raportit:jakso-sulje", args=[jakso.pk])
        return Seuraava(_("Sulje jakso"), closing, _("näet ensin tarkistukset"))
    page, days = reverse("seuranta:jakso-detail", args=[jakso.pk]), _days_left(jakso, today)
    aikaa = "" if days is None else _days_in_words(days)
    if n := len(muistettavat or ()):
        selite = ngettext("yhdelle toimialalle, näet ensin kenelle", "%(n)s toimialalle, näet ensin kenelle", n)
        return Seuraava(_("Lähetä muistutus"), f"{page}?muistuta#muistuta", selite % {"n": n}, aikaa)
    if odottaa and not puuttuu:
        selite = ngettext("yksi vastaus odottaa", "%(n)s vastausta odottaa", odottaa) % {"n": odottaa}
        approving = reverse("seuranta:hyvaksynta-lista", args=[jakso.pk])
        return Seuraava(_("Hyväksyttävät"), approving, selite, aikaa)
    if luvut.yhteensa.kaikki and not puuttuu:
        return Seuraava(_("Siirrä viimeistelyyn"), f"{page}#seuraava-vaihe", _("kaikki on hyväksytty"), aikaa)
    selite = "" if luvut.puuttuvat else _("mittareita on vastaamatta") if kortteja else ""
    selite = selite if muistettavat is None else _("ketään ei voi nyt muistuttaa, näet miksi")
    return Seuraava(_("Vastaustilanne"), page, selite, aikaa)


def _days_left(jakso, today):
    return (jakso.vastaus_viimeistaan - today).days if jakso.vastaus_viimeistaan else None


def _days_in_words(days):
    if days < 0:
        return _("aika on päättynyt")
    if days == 0:
        return _("tänään on viimeinen päivä")
    return ngettext("1 päivä jäljellä", "%(n)s päivää jäljellä", days) % {"n": days}
