"""A published report -> one message to each person who has asked to hear of it."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from seuranta.tyopaivat import is_quiet, next_working_day
from strategia.ilmoittaminen import Ilmoitus, Lahteneet
from strategia.models import Ilmoitusviesti, Kayttaja

from ..models import Raporttiversio

JULKAISU = Ilmoitusviesti.Laji.JULKAISU


def announce_published(versio, *, by):
    """Let those who ask for it be told on the next working morning -> how many are."""
    people = Kayttaja.objects.filter(kunta=versio.kunta_id, is_active=True)
    told = [kayttaja for kayttaja in people if kayttaja.wants(JULKAISU) and kayttaja != by]
    shared = {"kohde": versio._meta.model_name, "kohde_id": versio.pk, "kohteen_nimi": str(versio)[:300]}
    shared |= {"kunta_id": versio.kunta_id, "laji": JULKAISU, "tila": Ilmoitusviesti.Tila.ODOTTAA, "yrityksia": 0}
    first = timezone.localdate(versio.julkaistaan) if versio.julkaistaan else timezone.localdate()
    paiva = next_working_day(first + timedelta(days=1))
    viestit = [Ilmoitusviesti(**shared, kayttaja=kayttaja, paiva=paiva, tekija=by) for kayttaja in told]
    return len(Ilmoitusviesti.objects.bulk_create(viestit, ignore_conflicts=True))


def tell_published(kunta=None, *, today=None):
    """Send those whose day has come, and those that did not leave -> Lahteneet. On a quiet day nothing leaves."""
    today, tulos = today or timezone.localdate(), Lahteneet()
    if is_quiet(today):
        return tulos
    waiting = Ilmoitusviesti.objects.unsent().filter(laji=JULKAISU, paiva__lte=today).select_related("kayttaja")
    waiting = list((waiting.filter(kunta=kunta) if kunta else waiting).order_by("pk"))
    versiot = Raporttiversio.objects.defer("data").select_related("jakso")
    versiot = versiot.in_bulk({viesti.kohde_id for viesti in waiting})
    tulos.send(list(_claim(waiting, versiot, tulos)))
    return tulos


def _claim(waiting, versiot, tulos):
    for viesti in waiting:
        versio = versiot.get(viesti.kohde_id)
        if syy := _why_not(versio, viesti.kayttaja):
            tulos.drop(viesti, syy)
        elif claimed := viesti.claim_again():
            lause = _("Raportti %(nimi)s on julkaistu.") % {"nimi": viesti.kohteen_nimi}
            page = reverse("raportit:versio-detail", args=[versio.pk])
            yield Ilmoitus(claimed, lause, [lause], page, _("Avaa raportti"))


def _why_not(versio, kayttaja):
    """Why the message is no longer true, "" while it is."""
    if versio is None or not versio.on_julkinen:
        return _("Raportti ei enää ole julkaistu.")
    if not kayttaja.is_active:
        return _("Henkilöllä ei enää ole tunnusta käytössä.")
    return "" if kayttaja.wants(JULKAISU) else _("Henkilö ei halua näitä viestejä.")
