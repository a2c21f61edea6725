"""A jakso's turns, and rows that wait for approval -> one message to each person concerned."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from strategia.ilmoittaminen import Ilmoitus, Lahteneet
from strategia.models import Ilmoitusviesti

from ..models import Seurantajakso
from ..tyopaivat import is_quiet, next_working_day
from .rivit import ids_of
from .tilanne import Henkilorivi, build_tilanne, list_approvers

Laji, Tila = Ilmoitusviesti.Laji, Ilmoitusviesti.Tila
VAIHEET = {Laji.AVAUS: Seurantajakso.Tila.AVOINNA, Laji.VIIMEISTELY: Seurantajakso.Tila.VIIMEISTELYSSA}


def announce(jakso, laji, *, by, lause=""):
    """Let those whom the turn concerns be told of its turn on the next working morning -> how many are.

    An earlier turn that nobody has been told of yet is told no more.
    """
    jakso.viestit.filter(laji__in=VAIHEET).drop_unsent(_("Jakson tila on muuttunut."))
    paiva = next_working_day(timezone.localdate() + timedelta(days=1))
    # Turned forth and back the same day: what never left keeps nobody from being told of the turn that holds.
    jakso.viestit.filter(laji=laji, paiva=paiva, tila=Tila.KORVATTU).delete()
    shared = {"kohde": jakso._meta.model_name, "kohde_id": jakso.pk, "kohteen_nimi": jakso.nimi, "tekija": by}
    viestit = [
        Ilmoitusviesti(
            **shared,
            kunta_id=jakso.kunta_id,
            kayttaja=henkilo.kayttaja,
            laji=laji,
            paiva=paiva,
            tila=Tila.ODOTTAA,
            yrityksia=0,
            lause=lause,
            **ids_of([*henkilo.rivit, *henkilo.mittarit]),
        )
        for henkilo in list_told(list_concerned(jakso, build_tilanne(jakso), laji), laji, by=by)
    ]
    return len(Ilmoitusviesti.objects.bulk_create(viestit, ignore_conflicts=True))


def list_concerned(jakso, tilanne, laji):
    """[Henkilorivi] of those who answer in the jakso; it goes to viimeistely from those who approve in it, too."""
    found = {henkilo.kayttaja.pk: henkilo for henkilo in tilanne.henkilot}
    if laji == Laji.VIIMEISTELY:
        approvers = list_approvers(jakso)
        for toimiala in filter(None, (osa.toimiala for osa in tilanne.toimialat)):
            for kayttaja in approvers.get(toimiala.pk, ()):
                found.setdefault(kayttaja.pk, Henkilorivi(kayttaja=kayttaja))
    return list(found.values())


def list_told(henkilot, laji, *, by):
    """Those of these Henkilorivit who are told: not who does it, nor who has switched such messages off."""
    return [h for h in henkilot if h.kayttaja != by and h.kayttaja.wants(laji)]


def tell_turns(kunta=None, *, today=None):
    """Send the turns whose day has come, and those that did not leave -> Lahteneet. What is no longer true is dropped.

    Running it again the same day, or twice at once, sends nothing twice. On a quiet day nothing leaves.
    """
    today, tulos = today or timezone.localdate(), Lahteneet()
    if is_quiet(today):
        return tulos
    waiting = Ilmoitusviesti.objects.unsent().filter(laji__in=VAIHEET, paiva__lte=today)
    waiting = waiting.filter(kunta=kunta) if kunta else waiting
    by_jakso = {}
    for viesti in waiting.order_by("pk"):
        by_jakso.setdefault(viesti.kohde_id, []).append(viesti)
    jaksot = Seurantajakso.objects.select_related("kunta").in_bulk(by_jakso)
    for pk, viestit in by_jakso.items():
        tulos.send(list(_claim(jaksot.get(pk), viestit, tulos)))
    return tulos


def _claim(jakso, viestit, tulos):
    tilanne = build_tilanne(jakso) if jakso else None
    henkilot = {
        laji: {henkilo.kayttaja.pk: henkilo for henkilo in list_concerned(jakso, tilanne, laji)} if jakso else {}
        for laji in {viesti.laji for viesti in viestit}
    }
    for viesti in viestit:
        henkilo = henkilot[viesti.laji].get(viesti.kayttaja_id)
        if syy := _why_not(jakso, viesti, henkilo):
            tulos.drop(viesti, syy)
        elif claimed := viesti.claim_again():
            yield _tell(jakso, claimed, henkilo)


def _why_not(jakso, viesti, henkilo):
    """Why the message is no longer true, "" while it is."""
    if jakso is None or jakso.tila != VAIHEET[viesti.laji]:
        return _("Jakson tila on muuttunut.")
    if henkilo is None or (viesti.laji == Laji.AVAUS and not henkilo.kesken):
        return _("Henkilöllä ei enää ole vastattavaa.")
    return "" if henkilo.kayttaja.wants(viesti.laji) else _("Henkilö ei halua näitä viestejä.")


def _tell(jakso, viesti, henkilo):
    if viesti.laji == Laji.VIIMEISTELY:
        lauseet = [
            _("Jakso %(jakso)s on viimeistelyssä.") % {"jakso": jakso.nimi},
            _("Rivejä ei voi enää muuttaa eikä hyväksyä. Koordinaattori viimeistelee tekstit ja raportin."),
        ]
        if henkilo.kesken:
            lauseet.append(_("Sinulta jäi lähettämättä %(mita)s.") % {"mita": henkilo.kesken_sanoin})
        page = reverse("seuranta:vastaukset", args=[jakso.pk])
        return Ilmoitus(viesti, lauseet[0], lauseet, page, _("Katso vastaukset"))
    lauseet = [
        _("Jakso %(jakso)s on avattu.") % {"jakso": jakso.nimi},
        _("Sinulla on %(mita)s vastattavana.") % {"mita": henkilo.kesken_sanoin},
    ]
    if days := sorted(rivi.maaraaika for rivi in henkilo.kesken if rivi.maaraaika):
        lauseet.append(_("Vastaa viimeistään %(pvm)s.") % {"pvm": date_format(days[0], "j.n.Y")})
    page = reverse("seuranta:kirjaus-lista", args=[jakso.pk])
    return Ilmoitus(viesti, _("Vastattavana: %(jakso)s") % {"jakso": jakso.nimi}, lauseet, page, _("Siirry vastaamaan"))
