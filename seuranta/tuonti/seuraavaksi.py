"""A saved import -> what is still to be done before the strategia can be followed up, for this user."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from strategia.luvut import luku
from strategia.models import Toimenpide
from strategia.permissions import can_coordinate, can_manage_users, coordinating_people, recording_people

from ..models import Kirjaus, Seurantajakso, Tuonti


@dataclass(frozen=True)
class Askel:
    """One thing to do: a sentence of why, and the link to where."""

    lause: str
    linkki: str
    osoite: str


def list_next(tuonti: Tuonti, user) -> list[Askel]:
    """Only what is not done yet and what the user may do; nothing of an import that is not in force."""
    strategia = tuonti.strategia
    if tuonti.tila != Tuonti.Tila.TALLENNETTU or strategia is None:
        return []
    steps = [_toimialat, _asteikko, _jakso] if can_coordinate(user, strategia) else []
    found = [step(strategia) for step in steps]
    if can_manage_users(user, tuonti.kunta):
        found.insert(0, _people(tuonti.kunta_id))
    return [askel for askel in found if askel]


def _people(kunta):
    coordinating = coordinating_people(kunta).values("pk")
    if recording_people(kunta).filter(is_active=True).exclude(pk__in=coordinating).exists():
        return None
    return Askel(_("Kukaan ei vielä kirjaa."), _("Kutsu käyttäjät"), reverse("strategia:kayttaja-kutsu"))


def _toimialat(strategia):
    count = Toimenpide.objects.filter(tavoite__painopiste__strategia=strategia, toimiala=None).count()
    if not count:
        return None
    lause = ngettext("Yhdeltä toimenpiteeltä puuttuu toimiala.", "%(n)s toimenpiteeltä puuttuu toimiala.", count) % {
        "n": luku(count)
    }
    return Askel(lause, _("Anna toimialat"), reverse("strategia:rivit-muuta", args=[strategia.pk]) + "?toimiala=ei")


def _asteikko(strategia):
    """A scale without labels is looked at where there is something that it labels."""
    scored = Kirjaus.objects.filter(jakso__strategia=strategia, toteutumisaste__isnull=False)
    if any(strategia.asteikko.values()) or not scored.exists():
        return None
    osoite = reverse("strategia:strategia-muokkaa", args=[strategia.pk])
    return Askel(_("Numeroilla 1–5 ei ole selitteitä."), _("Tarkista asteikko"), osoite)


def _jakso(strategia):
    jaksot = Seurantajakso.objects.filter(strategia=strategia)
    if jaksot.exclude(tila__in=[Seurantajakso.Tila.TULOSSA, Seurantajakso.Tila.SULJETTU]).exists():
        return None
    tulossa = jaksot.filter(tila=Seurantajakso.Tila.TULOSSA).first()
    if tulossa:
        lause = _("Jakso %(nimi)s on tulossa.") % {"nimi": tulossa.nimi}
        return Askel(lause, _("Avaa jakso"), reverse("seuranta:jakso-detail", args=[tulossa.pk]))
    return Askel(_("Mikään jakso ei ole avoinna."), _("Luo ja avaa jakso"), reverse("seuranta:jakso-uusi"))
