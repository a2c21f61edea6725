"""Messages beside rows -> a digest to each person the next working morning, or a mail at once. The text stays there."""

from datetime import timedelta
from smtplib import SMTPException

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from strategia.ilmoittaminen import Ilmoitus, Lahteneet
from strategia.models import Ilmoitusviesti
from strategia.permissions import can_record
from strategia.sahkoposti import send_after

from ..models import KESKUSTELTAVAT, Rivikysymys, Seurantajakso
from ..tyopaivat import is_quiet, next_working_day

KYSYMYS, Tila = Ilmoitusviesti.Laji.KYSYMYS, Ilmoitusviesti.Tila


def tell(kysymys, people, *, heti):
    """Those of these people who are told of it, at once or in the digest of the next working morning."""
    told = [person for person in people if person.wants(KYSYMYS)]
    if heti:
        shared = {"paiva": timezone.localdate(), "toimenpiteet": [kysymys.toimenpide_id], "tekija": kysymys.kirjoittaja}
        claimed = [Ilmoitusviesti.objects.claim(kysymys, person, KYSYMYS, **shared) for person in told]
        if leaving := [viesti.pk for viesti in claimed if viesti]:
            _take_from_digests(kysymys, told)
            send_after(deliver, *leaving)
    else:
        for person in told:
            _put_in_digest(kysymys, person)
    return told


def _put_in_digest(kysymys, person):
    """One more row in the person's digest of the jakso; it is made where there is none yet."""
    paiva = next_working_day(timezone.localdate() + timedelta(days=1))
    digest, _made = Ilmoitusviesti.objects.get_or_create(
        kohde=kysymys.jakso._meta.model_name,
        kohde_id=kysymys.jakso_id,
        kayttaja=person,
        laji=KYSYMYS,
        paiva=paiva,
        defaults={
            "kunta_id": kysymys.kunta_id,
            "kohteen_nimi": kysymys.jakso.nimi,
            "tila": Tila.ODOTTAA,
            "yrityksia": 0,
        },
    )
    if kysymys.toimenpide_id not in digest.toimenpiteet:
        digest.toimenpiteet = [*digest.toimenpiteet, kysymys.toimenpide_id]
        digest.save(update_fields=["toimenpiteet"])


def _take_from_digests(kysymys, people):
    """What waits for the morning tells no more of a row of which these people hear now."""
    waiting = Ilmoitusviesti.objects.of(kysymys.jakso).filter(laji=KYSYMYS, kayttaja__in=people, tila=Tila.ODOTTAA)
    for digest in waiting:
        digest.toimenpiteet = [pk for pk in digest.toimenpiteet if pk != kysymys.toimenpide_id]
        if digest.toimenpiteet:
            digest.save(update_fields=["toimenpiteet"])
        else:
            digest.delete()


def deliver(*pks, connection):
    """Send these, of one message that was to be told at once. Raises SMTPException when one did not leave."""
    tulos, mine = Lahteneet(), Ilmoitusviesti.objects.filter(pk__in=pks)
    viestit = mine.select_related("kayttaja", "kunta", "tekija")
    claimed = [viesti if viesti.tila == Tila.LAHDOSSA else viesti.claim_again() for viesti in viestit]
    tulos.send(list(_build(filter(None, claimed), tulos, _as_it_is)), connection)
    if tulos.jaaneet:
        raise SMTPException(tulos.jaaneet[0].virhe)


def tell_questions(kunta=None, *, today=None):
    """Send the digests whose day has come, and what did not leave before -> Lahteneet. What was read since is dropped.

    Running it again the same day, or twice at once, sends nothing twice. On a quiet day nothing leaves.
    """
    today, tulos = today or timezone.localdate(), Lahteneet()
    if is_quiet(today):
        return tulos
    waiting = Ilmoitusviesti.objects.unsent().filter(laji=KYSYMYS, paiva__lte=today)
    waiting = waiting.filter(kunta=kunta) if kunta else waiting
    waiting = waiting.select_related("kayttaja", "kunta", "tekija").order_by("pk")
    tulos.send(list(_build(waiting, tulos, Ilmoitusviesti.claim_again)))
    return tulos


def _as_it_is(viesti):
    """It has been claimed already."""
    return viesti


def _build(viestit, tulos, claim):
    """The Ilmoitukset of those that are still true and that are the caller's to send."""
    for viesti in viestit:
        jakso = _jakso_of(viesti)
        ketjut = _unread(jakso, viesti) if jakso else {}
        if syy := _why_not(jakso, ketjut, viesti.kayttaja):
            tulos.drop(viesti, syy)
        elif claimed := claim(viesti):
            yield _tell(jakso, ketjut, claimed)


def _jakso_of(viesti):
    if viesti.kohde == Rivikysymys._meta.model_name:
        return Seurantajakso.objects.filter(kunta=viesti.kunta_id, rivikysymykset=viesti.kohde_id).first()
    return Seurantajakso.objects.filter(pk=viesti.kohde_id).first()


def _unread(jakso, viesti):
    """{toimenpide: Ketju} of its rows that the person may read and beside which another has written last."""
    ketjut = Rivikysymys.objects.read(jakso, viesti.toimenpiteet)
    rows = jakso.toimenpiteet().in_bulk(viesti.toimenpiteet)
    told = {rows[pk]: ketju for pk, ketju in ketjut.items() if pk in rows and ketju.waits_for(viesti.kayttaja)}
    return {row: ketju for row, ketju in told.items() if can_record(viesti.kayttaja, row)}


def _why_not(jakso, ketjut, kayttaja):
    """Why the message is no longer true, "" while it is."""
    if jakso is None or jakso.tila not in KESKUSTELTAVAT:
        return _("Jakson tila on muuttunut.")
    if not ketjut:
        return _("Viestiin on jo vastattu, tai henkilö ei enää näe riviä.")
    if not kayttaja.is_active:
        return _("Henkilöllä ei enää ole tunnusta käytössä.")
    return "" if kayttaja.wants(KYSYMYS) else _("Henkilö ei halua näitä viestejä.")


def _tell(jakso, ketjut, viesti):
    n, first = len(ketjut), next(iter(ketjut))
    lauseet = [
        ngettext("%(jakso)s: sinulle on kirjoitettu riville.", "%(jakso)s: sinulle on kirjoitettu %(n)d riville.", n)
        % {"jakso": jakso.nimi, "n": n},
        *(f"{ketju.viestit[-1].kirjoittaja}: {' '.join(row.nimi.split())}" for row, ketju in ketjut.items()),
    ]
    page = reverse("seuranta:kysymys-lista", args=[jakso.pk, first.pk])
    if n > 1:
        page = reverse("seuranta:kysymykset", args=[jakso.pk])
    return Ilmoitus(viesti, _("Viesti riviltä: %(jakso)s") % {"jakso": jakso.nimi}, lauseet, page, _("Lue ja vastaa"))
