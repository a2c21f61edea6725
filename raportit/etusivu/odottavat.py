"""Figures of the open jaksot + versions -> what waits for the koordinaattori, and what a person did last."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from seuranta.models import Kirjaus, Rivikysymys, Seurantajakso
from strategia.models import Palaute
from strategia.permissions import coordinates, own_toimenpiteet

from ..models import Raporttiversio, Tilausviesti
from .vastaustila import Jaksonluvut

LAINAUS = 120  # letters of a message


@dataclass(frozen=True)
class Odottava:
    kpl: int
    nimi: str
    osoite: str
    selite: str


def list_waiting_rows(luvut: Jaksonluvut, odottaa: int) -> list[Odottava]:
    """Rows to approve and drafts not sent. odottaa: how many wait, measures of no toimenpide among them."""
    return [each for each in (_to_approve(luvut, odottaa), _drafts(luvut)) if each.kpl]


def _to_approve(luvut, n):
    oldest, mittareita = luvut.yhteensa.vanhin, max(n - luvut.yhteensa.odottaa, 0)
    parts = [(osa.toimiala or _("Ilman toimialaa"), osa.odottaa) for osa in luvut.odottavat]
    selite = _parts(luvut, [*parts, *([(_("Mittarit"), mittareita)] if mittareita else [])])
    if oldest:
        day = date_format(timezone.localtime(oldest), "j.n.")
        selite = f"{selite} {_('Vanhin lähetetty %(pvm)s') % {'pvm': day}}"
    nimi = _name_waiting(n, mittareita)
    return Odottava(n, nimi, reverse("seuranta:hyvaksynta-lista", args=[luvut.jakso.pk]), selite)


def _name_waiting(n, mittareita):
    """What the n are, of which so many are measures of no toimenpide."""
    if mittareita == n:
        return ngettext("mittari hyväksyttävänä", "mittaria hyväksyttävänä", n)
    if mittareita:
        return _("riviä ja mittaria hyväksyttävänä")
    return ngettext("rivi hyväksyttävänä", "riviä hyväksyttävänä", n)


def _drafts(luvut):
    n = luvut.yhteensa.luonnos
    selite = _parts(luvut, [(osa.toimiala or _("Ilman toimialaa"), osa.luonnos) for osa in luvut.luonnoksia])
    nimi = ngettext("luonnos lähettämättä", "luonnosta lähettämättä", n)
    osoite = f"{reverse('seuranta:kirjaus-lista', args=[luvut.jakso.pk])}?tila=luonnos"
    return Odottava(n, nimi, osoite, f"{selite} {_('Luonnos ei tule raporttiin ennen kuin se lähetetään.')}")


def _parts(luvut, parts):
    """ "Osavuosikatsaus II: Kasvu 18, Elinvoima 9." """
    told = ", ".join(f"{nimi} {n}" for nimi, n in parts)
    return f"{luvut.jakso}: {told}."


def list_questions(jaksot: list[Seurantajakso], user) -> list[Odottava]:
    """Messages beside rows that wait for an answer, other people's, of each jakso; the newest is told. One query.

    To who coordinates those of all rows, as the checks of the jakso show them; to others those of the own rows.
    """
    waiting = Rivikysymys.objects.unanswered().filter(jakso__in=jaksot).exclude(kirjoittaja=user)
    if not coordinates(user):
        waiting = waiting.filter(toimenpide__in=own_toimenpiteet(user))
    found = {}
    for kysymys in waiting.select_related("kirjoittaja").order_by("-pk"):
        found.setdefault(kysymys.jakso_id, []).append(kysymys)
    page, query = ("jakso-tarkista", "?havainto=viesti") if coordinates(user) else ("kysymykset", "")
    return [_question(reverse(f"seuranta:{page}", args=[pk]) + query, kysymykset) for pk, kysymykset in found.items()]


def _question(osoite, kysymykset):
    newest, n = kysymykset[0], len(kysymykset)
    day = date_format(timezone.localtime(newest.kirjoitettu), "j.n.")
    nimi = ngettext("viesti vastaamatta", "viestiä vastaamatta", n)
    return Odottava(n, nimi, osoite, f"{newest.kirjoittaja} {day}: ”{Truncator(newest.teksti).chars(LAINAUS)}”")


def list_feedback(kunta) -> list[Odottava]:
    """Messages that nobody has answered or put aside, as one; the newest is told. One query."""
    waiting = list(Palaute.objects.filter(kunta=kunta, kasitelty=None).order_by("-pk"))
    if not waiting:
        return []
    nimi = ngettext("palaute käsittelemättä", "palautetta käsittelemättä", len(waiting))
    day, text = date_format(timezone.localtime(waiting[0].luotu), "j.n."), Truncator(waiting[0].viesti).chars(LAINAUS)
    return [Odottava(len(waiting), nimi, reverse("strategia:palaute-lista"), f"{day}: ”{text}”")]


def list_unsent(kunta) -> list[Odottava]:
    """What did not leave to those who subscribe to reports, as one."""
    failed = Tilausviesti.objects.filter(kunta=kunta, tila=Tilausviesti.Tila.EPAONNISTUI).count()
    if not failed:
        return []
    nimi = ngettext("tilaajan viesti ei lähtenyt", "tilaajan viestiä ei lähtenyt", failed)
    return [Odottava(failed, nimi, reverse("raportit:tilaus-lista"), _("Tieto julkaistusta raportista."))]


def list_unpublished(versiot: list[Raporttiversio]) -> list[Odottava]:
    """The newest versions that have not been published, as one."""
    waiting = [each for each in versiot if each.tila == Raporttiversio.Tila.SISAINEN and each.korvaava is None]
    if not waiting:
        return []
    n = len(waiting)
    alone, every = ("raportit:versio-detail", [waiting[0].pk]), ("raportit:versio-lista", [])
    name, args = alone if n == 1 else every
    osoite = reverse(name, args=args)
    nimi = ngettext("raportti julkaisematta", "raporttia julkaisematta", n)
    return [Odottava(n, nimi, osoite, "; ".join(str(each) for each in waiting))]


def find_last_act(user) -> Kirjaus | None:
    """The newest row of the history of kirjaukset that the user has written, with its jakso and toimenpide."""
    mine = Kirjaus.history.filter(history_user=user.pk, kunta=user.kunta_id)
    found = mine.select_related("jakso", "toimenpide").order_by("-history_id").first()
    return found if found and found.toimenpide and found.jakso else None
