"""Rows and values that wait for approval + day -> a daily digest to each who approves, a message when time runs out."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from strategia.ilmoittaminen import Ilmoitus, Lahteneet
from strategia.models import Ilmoitusviesti, Kunta

from ..models import Kirjaus, MittariArvo, Seurantajakso, ToimialanMaaraaika
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
    """{person: [kirjaus, or value of no toimenpide, with its maaraaika]}

    The toimiala's hyväksyjät, where there is none the koordinaattorit.
    """
    own = ToimialanMaaraaika.objects.filter(kunta=kunta).exclude(hyvaksynta_viimeistaan=None)
    days = {(pk, toimiala): day for pk, toimiala, day in own.values_list("jakso", "toimiala", "hyvaksynta_viimeistaan")}
    found, approvers = {}, {}
    for rivi, toimiala in _waiting_rows(kunta):
        approvers = approvers or list_approvers(rivi.jakso)
        rivi.maaraaika = days.get((rivi.jakso_id, toimiala)) or rivi.jakso.hyvaksynta_viimeistaan
        for kayttaja in approvers.get(toimiala) or approvers[None]:
            found.setdefault(kayttaja, []).append(rivi)
    return found


def _waiting_rows(kunta):
    """[(kirjaus or value, its toimiala's id)] by jakso: a value of a toimenpide is approved with its kirjaus."""
    sent = {"kunta": kunta, "tila": Kirjaus.Tila.LAHETETTY, "jakso__tila": Seurantajakso.Tila.AVOINNA}
    rows = Kirjaus.objects.filter(**sent).select_related("jakso", "toimenpide")
    rows = rows.defer("kommentti", "sisainen_huomio", "haku").order_by("jakso", "pk")
    values = MittariArvo.objects.filter(**sent, mittari__toimenpide=None).select_related("jakso", "mittari")
    found = [(row, row.toimenpide.toimiala_id) for row in rows]
    found += [(value, value.mittari.toimiala_id) for value in values.order_by("jakso", "pk")]
    return sorted(found, key=lambda pair: pair[0].jakso_id)


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
        rest = [rivi for rivi in rest if rivi.jakso_id != jakso.pk]
        if viesti:
            yield _tell(viesti, own, _("Hyväksymisen määräaika lähestyy: %(jakso)s") % {"jakso": jakso.nimi})
    is_due = kayttaja.wants(Laji.HYVAKSYTTAVAT) and any(_is_new(rivi, kayttaja, told) for rivi in rest)
    if is_due and (viesti := _claim(kunta, kayttaja, Laji.HYVAKSYTTAVAT, rest, today)):
        yield _tell(viesti, rest, _("Hyväksyttäviä rivejä odottaa sinua"))


def _nearing(rivit, today):
    """{jakso: (stage, its rows)} of those whose deadline of approving nears."""
    found = {}
    for jakso, own in _by_jakso(rivit).items():
        days = {rivi.maaraaika for rivi in own} - {None}
        stages = {due_stage(day, today, since=today - MUISTI, stages=PAIVIA_ENNEN) for day in days} - {None}
        if stages and max(days) >= today:
            found[jakso] = (min(stages), own)
    return found


def _by_jakso(rivit):
    found = {}
    for rivi in rivit:
        found.setdefault(rivi.jakso, []).append(rivi)
    return found


def _is_new(rivi, kayttaja, told):
    whens = [told[key] for key in ((kayttaja.pk, None), (kayttaja.pk, rivi.jakso_id)) if key in told]
    return not whens or rivi.muokattu > max(whens)


def _claim(row, kayttaja, laji, rivit, today, **values):
    values |= {name: [getattr(rivi, f"{one}_id") for rivi in some] for name, one, some in _by_kind(rivit)}
    return Ilmoitusviesti.objects.claim(row, kayttaja, laji, paiva=today, **values)


def _by_kind(rivit):
    """((field of an Ilmoitusviesti, what its ids are of, [those of the rows])), of kirjaukset and of values."""
    kirjaukset = [rivi for rivi in rivit if isinstance(rivi, Kirjaus)]
    arvot = [rivi for rivi in rivit if isinstance(rivi, MittariArvo)]
    return (("toimenpiteet", "toimenpide", kirjaukset), ("mittarit", "mittari", arvot))


def _tell(viesti, rivit, aihe):
    lauseet = []
    for jakso, own in _by_jakso(rivit).items():
        lauseet += [_count(name, jakso, len(some)) for name, _one, some in _by_kind(own) if some]
        if days := sorted(rivi.maaraaika for rivi in own if rivi.maaraaika):
            lauseet.append(_("Hyväksy viimeistään %(pvm)s.") % {"pvm": date_format(days[0], "j.n.Y")})
    return Ilmoitus(viesti, aihe, lauseet, reverse("seuranta:hyvaksyttavat"), _("Avaa hyväksyttävät"))


def _count(name, jakso, n):
    text = ngettext(
        "%(jakso)s: %(n)d rivi odottaa hyväksymistäsi.", "%(jakso)s: %(n)d riviä odottaa hyväksymistäsi.", n
    )
    if name == "mittarit":
        text = ngettext(
            "%(jakso)s: %(n)d mittarin arvo odottaa hyväksymistäsi.",
            "%(jakso)s: %(n)d mittarin arvoa odottaa hyväksymistäsi.",
            n,
        )
    return text % {"jakso": jakso.nimi, "n": n}
