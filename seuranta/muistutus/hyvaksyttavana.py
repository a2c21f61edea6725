"""Rows that wait for approval + day -> a daily digest to each who approves, and a message when the deadline nears."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from strategia.ilmoittaminen import Ilmoitus, Lahteneet
from strategia.models import Ilmoitusviesti, Kunta

from ..models import Kirjaus, Seurantajakso, ToimialanMaaraaika
from ..tyopaivat import due_stage, is_quiet
from .tilanne import list_approvers

Laji = Ilmoitusviesti.Laji
PAIVIA_ENNEN = (3, 0)  # the deadline of approving
MUISTI = timedelta(days=7)  # for so long a missed day is made good, and none is told twice


def tell_waiting(kunta=None, *, today=None):
    """Tell those who approve of what waits for them -> Lahteneet.

    A digest goes when something new waits; of a jakso whose deadline nears its own message goes instead. Running it
    again the same day, or twice at once, sends nothing twice. On a quiet day nothing leaves.
    """
    today, tulos = today or timezone.localdate(), Lahteneet()
    for one in [] if is_quiet(today) else [kunta] if kunta else Kunta.objects.all():
        waiting = _list_waiting(one)
        mine = Ilmoitusviesti.objects.filter(kunta=one, laji__in=[Laji.HYVAKSYTTAVAT, Laji.HYVAKSYNTAAIKA])
        for viesti in mine.unsent().exclude(kayttaja__in=[kayttaja.pk for kayttaja in waiting]):
            tulos.drop(viesti, _("Hyväksyttäviä rivejä ei enää ollut."))
        told = _last_told(mine)
        for kayttaja, rivit in waiting.items():
            tulos.send(list(_claim_for(kayttaja, one, rivit, told, today)))
    return tulos


def _list_waiting(kunta):
    """{person: [kirjaus with its maaraaika]}: the toimiala's hyväksyjät, where there is none the koordinaattorit."""
    rows = Kirjaus.objects.filter(kunta=kunta, tila=Kirjaus.Tila.LAHETETTY, jakso__tila=Seurantajakso.Tila.AVOINNA)
    rows = rows.select_related("jakso", "toimenpide").defer("kommentti", "sisainen_huomio", "haku")
    own = ToimialanMaaraaika.objects.filter(kunta=kunta).exclude(hyvaksynta_viimeistaan=None)
    days = {(pk, toimiala): day for pk, toimiala, day in own.values_list("jakso", "toimiala", "hyvaksynta_viimeistaan")}
    found, approvers = {}, {}
    for kirjaus in rows.order_by("jakso", "pk"):
        approvers = approvers or list_approvers(kirjaus.jakso)
        whose = (kirjaus.jakso_id, kirjaus.toimenpide.toimiala_id)
        kirjaus.maaraaika = days.get(whose) or kirjaus.jakso.hyvaksynta_viimeistaan
        for kayttaja in approvers.get(kirjaus.toimenpide.toimiala_id) or approvers[None]:
            found.setdefault(kayttaja, []).append(kirjaus)
    return found


def _last_told(viestit):
    """{(person's id, jakso's id or None for all): when}"""
    sent = viestit.filter(tila=Ilmoitusviesti.Tila.LAHETETTY).order_by("yritetty")
    rows = sent.values_list("kayttaja", "laji", "kohde_id", "yritetty")
    return {(kayttaja, pk if laji == Laji.HYVAKSYNTAAIKA else None): when for kayttaja, laji, pk, when in rows}


def _claim_for(kayttaja, kunta, rivit, told, today):
    """The Ilmoitukset of one person today."""
    nearing = _nearing(rivit, today)
    rest = list(rivit)
    for jakso, (stage, own) in nearing.items() if kayttaja.wants(Laji.HYVAKSYNTAAIKA) else ():
        earlier = jakso.viestit.filter(laji=Laji.HYVAKSYNTAAIKA, kayttaja=kayttaja, vaihe=str(stage))
        if earlier.filter(tila=Ilmoitusviesti.Tila.LAHETETTY, paiva__gt=today - MUISTI).exists():
            continue
        viesti = _claim(jakso, kayttaja, Laji.HYVAKSYNTAAIKA, own, today, vaihe=str(stage))
        rest = [kirjaus for kirjaus in rest if kirjaus.jakso_id != jakso.pk]
        if viesti:
            yield _tell(viesti, own, _("Hyväksymisen määräaika lähestyy: %(jakso)s") % {"jakso": jakso.nimi})
    is_due = kayttaja.wants(Laji.HYVAKSYTTAVAT) and any(_is_new(kirjaus, kayttaja, told) for kirjaus in rest)
    if is_due and (viesti := _claim(kunta, kayttaja, Laji.HYVAKSYTTAVAT, rest, today)):
        yield _tell(viesti, rest, _("Hyväksyttäviä rivejä odottaa sinua"))


def _nearing(rivit, today):
    """{jakso: (stage, its rows)} of those whose deadline of approving nears."""
    found = {}
    for jakso, own in _by_jakso(rivit).items():
        days = {kirjaus.maaraaika for kirjaus in own} - {None}
        stages = {due_stage(day, today, since=today - MUISTI, stages=PAIVIA_ENNEN) for day in days} - {None}
        if stages and max(days) >= today:
            found[jakso] = (min(stages), own)
    return found


def _by_jakso(rivit):
    found = {}
    for kirjaus in rivit:
        found.setdefault(kirjaus.jakso, []).append(kirjaus)
    return found


def _is_new(kirjaus, kayttaja, told):
    whens = [told[key] for key in ((kayttaja.pk, None), (kayttaja.pk, kirjaus.jakso_id)) if key in told]
    return not whens or kirjaus.muokattu > max(whens)


def _claim(row, kayttaja, laji, rivit, today, **values):
    ids = [kirjaus.toimenpide_id for kirjaus in rivit]
    return Ilmoitusviesti.objects.claim(row, kayttaja, laji, paiva=today, toimenpiteet=ids, **values)


def _tell(viesti, rivit, aihe):
    lauseet = []
    for jakso, own in _by_jakso(rivit).items():
        n = len(own)
        text = ngettext(
            "%(jakso)s: %(n)d rivi odottaa hyväksymistäsi.", "%(jakso)s: %(n)d riviä odottaa hyväksymistäsi.", n
        )
        lauseet.append(text % {"jakso": jakso.nimi, "n": n})
        if days := sorted(kirjaus.maaraaika for kirjaus in own if kirjaus.maaraaika):
            lauseet.append(_("Hyväksy viimeistään %(pvm)s.") % {"pvm": date_format(days[0], "j.n.Y")})
    return Ilmoitus(viesti, aihe, lauseet, reverse("seuranta:hyvaksyttavat"), _("Avaa hyväksyttävät"))
