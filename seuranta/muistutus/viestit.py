"""Seurantajakso + day -> one message to each person who still has rows to answer, and what became of it."""

import logging
from dataclasses import dataclass, field
from smtplib import SMTPException

from django.utils import timezone
from django.utils.translation import gettext as _

from strategia.models import Ilmoitusviesti, Kayttaja, Rooli, Vastuuhenkilo
from strategia.sahkoposti import send_after, send_messages

from ..models import Kirjaus, Seurantajakso
from ..tyopaivat import due_stage, is_quiet
from .palautetut import list_returned_values, owners_of
from .rivit import Vastausmittari, Vastausrivi, ids_of
from .tilanne import build_tilanne
from .viestin_teksti import build_reminder

logger = logging.getLogger(__name__)

Laji = Ilmoitusviesti.Laji


@dataclass
class Lahetys:
    """An Ilmoitusviesti that this run alone may send, with the rows it tells of."""

    muistutus: Ilmoitusviesti
    rivit: list[Vastausrivi | Vastausmittari]

    @property
    def kayttaja(self):
        return self.muistutus.kayttaja


@dataclass
class Lahetystulos:
    """What became of one run: the messages that left, those that did not, who had had one this day or wants none.

    Those that a page caused are leaving: they go once it has answered.
    viat: (Seurantajakso, exception) of those that could not be gone through at all.
    """

    lahteneet: list[Ilmoitusviesti] = field(default_factory=list)
    jaaneet: list[Ilmoitusviesti] = field(default_factory=list)
    jo_saaneet: list[Kayttaja] = field(default_factory=list)
    kieltaneet: list[Kayttaja] = field(default_factory=list)
    viat: list[tuple[Seurantajakso, Exception]] = field(default_factory=list)

    def __iadd__(self, other):
        for name in ("lahteneet", "jaaneet", "jo_saaneet", "kieltaneet", "viat"):
            getattr(self, name).extend(getattr(other, name))
        return self


def remind_due(kunta=None, *, today=None):
    """Send every reminder that is due, today or since the last run, and those that did not leave -> Lahetystulos.

    Running it again the same day, or twice at once, sends nothing twice. On a quiet day nothing leaves.
    """
    today, tulos = today or timezone.localdate(), Lahetystulos()
    if is_quiet(today):
        return tulos
    jaksot = Seurantajakso.objects.filter(tila=Seurantajakso.Tila.AVOINNA).select_related("strategia", "kunta")
    for jakso in jaksot.filter(kunta=kunta) if kunta else jaksot:
        try:
            tulos += _send(jakso, [*_claim_due(jakso, today), *_claim_returned(jakso, today)])
            Seurantajakso.objects.filter(pk=jakso.pk).update(muistutettu=today)
        except Exception as error:  # one jakso's fault, whatever it is, keeps no other kunta waiting
            logger.exception("muistutus: jakso %s", jakso.pk)
            tulos.viat.append((jakso, error))
    return tulos


def _claim_due(jakso, today):
    """[Lahetys]: one for each person with something open that is due today, or whose last one did not leave."""
    reminders = jakso.viestit.filter(laji=Laji.MUISTUTUS)
    unsent = {m.kayttaja_id: m for m in reminders.unsent().order_by("pk")}
    henkilot = build_tilanne(jakso).henkilot
    waiting = [henkilo for henkilo in henkilot if henkilo.kesken and henkilo.kayttaja.wants(Laji.MUISTUTUS)]
    done = unsent.keys() - {henkilo.kayttaja.pk for henkilo in waiting}
    reminders.filter(kayttaja__in=done).drop_unsent(_("Vastattavaa ei enää ollut."))
    since = jakso.muistutettu or today  # looked at for the first time: nothing was missed before it opened
    reminded = jakso.viestit.reminded_since(since)
    for henkilo in waiting:
        kesken = henkilo.kesken
        stages = {due_stage(rivi.maaraaika, today, since=since) for rivi in kesken} - {None}
        told = ids_of(kesken) | {"paiva": today}
        claimed, earlier = None, unsent.get(henkilo.kayttaja.pk)
        if stages and (henkilo.kayttaja.pk, str(min(stages))) not in reminded:
            vaihe = str(min(stages))
            claimed = Ilmoitusviesti.objects.claim(jakso, henkilo.kayttaja, Laji.MUISTUTUS, vaihe=vaihe, **told)
        elif earlier:
            claimed = earlier.claim_again(**told)
        if claimed:
            claimed.kayttaja = henkilo.kayttaja
            yield Lahetys(claimed, kesken)


def _claim_returned(jakso, today):
    """[Lahetys]: the messages of returned rows that did not leave before; those settled since are left out."""
    for muistutus in jakso.viestit.unsent().filter(laji=Laji.PALAUTUS).select_related("kayttaja"):
        rivit = [rivi for rivi in _told_by(muistutus, build_tilanne(jakso)) if rivi.is_returned]
        if not rivit or not muistutus.kayttaja.is_active:
            jakso.viestit.filter(pk=muistutus.pk).drop_unsent(_("Rivejä ei enää ollut täydennettävänä."))
        elif claimed := muistutus.claim_again(paiva=today):
            yield Lahetys(claimed, rivit)


def remind(jakso, henkilot, *, by, lause=""):
    """Remind these Henkilorivit now because a person asked for it, with that person's own sentence -> Lahetystulos.

    Whoever has nothing open or wants no reminders is left in peace, and so is whoever has had one today already.
    """
    tulos, claimed = Lahetystulos(), []
    for henkilo in henkilot:
        if not (kesken := henkilo.kesken) or henkilo.kayttaja == by:
            continue
        if not henkilo.kayttaja.wants(Laji.MUISTUTUS):
            tulos.kieltaneet.append(henkilo.kayttaja)
            continue
        muistutus = Ilmoitusviesti.objects.claim(
            jakso,
            henkilo.kayttaja,
            Laji.MUISTUTUS,
            vaihe=Ilmoitusviesti.Vaihe.PYYNTO,
            paiva=timezone.localdate(),
            **ids_of(kesken),
            tekija=by,
            lause=lause,
        )
        if muistutus is None:
            tulos.jo_saaneet.append(henkilo.kayttaja)
        else:
            claimed.append(Lahetys(muistutus, kesken))
    tulos += _send_after(claimed)
    return tulos


def tell_returned(jakso, kirjaukset, *, by):
    """Tell the owners of these kirjaukset that they have been sent back: one message to each -> Lahetystulos.

    The owner is who is named on the row, else who wrote it last, else who answers for it.
    """
    ids = {kirjaus.toimenpide_id for kirjaus in kirjaukset}
    rivit = [rivi for rivi in build_tilanne(jakso).rivit if rivi.toimenpide.pk in ids and rivi.is_returned]
    named = set(_named([rivi.toimenpide for rivi in rivit]))
    writers, by_owner = _writers_of(rivit, by), {}
    for rivi in rivit:
        writer = writers.get(rivi.kirjaus.pk)
        all_of_them = rivi.toimenpide.pk in named or writer not in rivi.vastaajat
        owners = rivi.vastaajat if all_of_them else [writer]
        for owner in owners:
            if owner != by and owner.wants(Laji.PALAUTUS):
                by_owner.setdefault(owner, []).append(rivi)
    return _send_after([_return(jakso, owner, own, by) for owner, own in by_owner.items()])


def tell_returned_values(jakso, arvot, *, by):
    """Tell the owners of these values of no toimenpide that they have been sent back, as of rows -> Lahetystulos."""
    rivit = list_returned_values(build_tilanne(jakso), {arvo.mittari_id for arvo in arvot})
    owners = {owner: own for owner, own in owners_of(rivit, by=by).items() if owner.wants(Laji.PALAUTUS)}
    return _send_after([_return(jakso, owner, own, by) for owner, own in owners.items()])


def _named(toimenpiteet):
    """The ids of those of these toimenpiteet on which somebody in use is named."""
    people = Vastuuhenkilo.objects.filter(toimenpide__in=toimenpiteet, kayttaja__is_active=True)
    return people.values_list("toimenpide", flat=True)


def _writers_of(rivit, by):
    """{kirjaus's id: who sent it last}"""
    sent = Kirjaus.history.filter(id__in=[r.kirjaus.pk for r in rivit], tila=Kirjaus.Tila.LAHETETTY)
    people = Kayttaja.objects.in_bulk(sent.order_by().values_list("history_user", flat=True).distinct())
    rows = sent.order_by("history_id").values_list("id", "history_user")
    return {pk: people[user] for pk, user in rows if user in people and people[user] != by}


def _return(jakso, owner, rivit, by):
    muistutus = Ilmoitusviesti.objects.claim(
        jakso,
        owner,
        Laji.PALAUTUS,
        paiva=timezone.localdate(),
        **ids_of(rivit),
        tekija=by,
    )
    return Lahetys(muistutus, rivit)


# --- the sending


def _send_after(lahetykset):
    """What a page has claimed leaves once it has answered -> Lahetystulos of those that are leaving."""
    muistutukset = [lahetys.muistutus for lahetys in lahetykset]
    if muistutukset:
        send_after(deliver, *(muistutus.pk for muistutus in muistutukset))
    return Lahetystulos(lahteneet=muistutukset)


def deliver(*pks, connection):
    """Send these Ilmoitusviestit of one jakso, all but those that have left or are of no use any more.

    Raises SMTPException when one did not leave: it is tried again.
    """
    muistutukset = list(Ilmoitusviesti.objects.filter(pk__in=pks).select_related("kayttaja", "tekija"))
    jakso = muistutukset and Seurantajakso.objects.filter(pk=muistutukset[0].kohde_id).select_related("kunta").first()
    if jakso and (lahetykset := list(_claimed(jakso, muistutukset))):
        tulos = _send(jakso, lahetykset, connection)
        if tulos.jaaneet:
            raise SMTPException(tulos.jaaneet[0].virhe)


def _claimed(jakso, muistutukset):
    """[Lahetys]: a page has claimed them (LAHDOSSA); those that it could not send are claimed again."""
    tilanne = build_tilanne(jakso)
    for muistutus in muistutukset:
        is_return = muistutus.laji == Laji.PALAUTUS
        told = _told_by(muistutus, tilanne)
        rivit = [rivi for rivi in told if (rivi.is_returned if is_return else not rivi.is_sent)]
        is_mine = muistutus.tila == Ilmoitusviesti.Tila.LAHDOSSA or (
            muistutus.tila == Ilmoitusviesti.Tila.EPAONNISTUI and muistutus.claim_again()
        )
        if is_mine and rivit and muistutus.kayttaja.is_active:
            yield Lahetys(muistutus, rivit)
        elif is_mine:
            Ilmoitusviesti.objects.filter(pk=muistutus.pk).update(tila=Ilmoitusviesti.Tila.KORVATTU)


def _told_by(muistutus, tilanne):
    """What the message is of, as it is now."""
    rivit = [rivi for rivi in tilanne.rivit if rivi.toimenpide.pk in muistutus.toimenpiteet]
    return rivit + [rivi for rivi in tilanne.mittarit if rivi.mittari.pk in muistutus.mittarit]


def _send(jakso, lahetykset, connection=None):
    """Send what has been claimed and keep what became of each."""
    lahetykset, tulos = list(lahetykset), Lahetystulos()
    if not lahetykset:
        return tulos
    reply_to = _koordinaattorit_of(jakso)
    messages = [build_reminder(jakso, each.muistutus, each.rivit, reply_to) for each in lahetykset]
    outcomes = send_messages(messages, connection)
    for lahetys, virhe in zip(lahetykset, outcomes, strict=True):
        lahetys.muistutus.settle(virhe)
        (tulos.jaaneet if virhe else tulos.lahteneet).append(lahetys.muistutus)
    return tulos


def _koordinaattorit_of(jakso):
    people = Kayttaja.objects.filter(kunta=jakso.kunta_id, rooli=Rooli.KOORDINAATTORI, is_active=True)
    return list(people.values_list("email", flat=True))
