"""A version that is public + the confirmed subscriptions -> one message to each, once, whatever happens.

The row of a message is made before it leaves. What the mail server refuses is tried again, later each time; what was
cut off on the way may have left, and is not sent again: the pääkäyttäjä sees that it failed.
"""

import re
from dataclasses import dataclass
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from strategia.sahkoposti import absolute_url, build_message, send_messages
from strategia.salaus import EiAukea, decrypt

from ..models import Raporttiversio, Tilaus, Tilausviesti

Tila = Tilausviesti.Tila
TUORE = timedelta(days=30)  # of what was published longer ago nobody is told any more
ERA = 100  # messages at a time: a worker has other work, too
UUSINNAT = (timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=3), timedelta(hours=20))
KESKEN_JAANYT = timedelta(minutes=15)
POHJA = "raportit/tilaus/viestit/"


@dataclass
class Tilauslahetys:
    """How many messages left and how many did not, this time."""

    lahti: int = 0
    jai: int = 0


def send_confirmation(pk, *, connection):
    """To who asked: a link that confirms, or of a subscription that is there already one that ends it."""
    tilaus = Tilaus.objects.filter(pk=pk).select_related("kunta").first()
    if tilaus is None:
        return
    name = "tilattu" if tilaus.vahvistettu else "vahvista"
    subject = _("Olet jo tilannut raportit") if tilaus.vahvistettu else _("Vahvista raporttien tilaus")
    message = _build(tilaus, name, f"{subject}: {tilaus.kunta}", {})
    connection.send_messages([message])


def tell_subscribers(kunta=None) -> Tilauslahetys:
    """Send what is due: of each newest public version to who had confirmed before it was published."""
    now, tulos = timezone.now(), Tilauslahetys()
    _settle_cut_off(now)
    fresh = Raporttiversio.objects.public_at(now).newest_of_jakso(now).filter(julkaistu__range=(now - TUORE, now))
    fresh = (fresh.filter(kunta=kunta) if kunta else fresh).defer("data").select_related("jakso", "kunta")
    for versio in fresh.order_by("julkaistu"):
        _send_claimed(versio, [*_claim_new(versio), *_claim_failed(versio, now)], tulos)
    return tulos


def _settle_cut_off(now):
    cut_off = Tilausviesti.objects.filter(tila=Tila.LAHDOSSA, yritetty__lt=now - KESKEN_JAANYT)
    cut_off.update(tila=Tila.EPAONNISTUI, yrityksia=len(UUSINNAT) + 1, virhe=_("Lähetys katkesi"))


def _claim_new(versio):
    """Each subscription whose row this process alone has made."""
    waiting = Tilaus.objects.filter(kunta=versio.kunta_id, vahvistettu__lte=versio.julkaistu)
    told = Tilausviesti.objects.filter(kunta=versio.kunta_id, versio=versio)
    for tilaus in waiting.exclude(pk__in=told.values("tilaus")).order_by("pk")[:ERA]:
        try:
            with transaction.atomic():
                yield Tilausviesti.objects.create(kunta_id=versio.kunta_id, tilaus=tilaus, versio=versio)
        except IntegrityError:  # another process was first, or the subscription has just ended
            continue


def _claim_failed(versio, now):
    """Those that did not leave, once their time has come again."""
    due = Q()
    for tries, wait in enumerate(UUSINNAT, 1):
        due |= Q(yrityksia=tries, yritetty__lt=now - wait)
    failed = Tilausviesti.objects.filter(due, kunta=versio.kunta_id, versio=versio, tila=Tila.EPAONNISTUI)
    for viesti in failed.select_related("tilaus")[:ERA]:
        mine = Tilausviesti.objects.filter(pk=viesti.pk, tila=Tila.EPAONNISTUI, yrityksia=viesti.yrityksia)
        if mine.update(tila=Tila.LAHDOSSA, yritetty=now, yrityksia=F("yrityksia") + 1):
            yield viesti


def _send_claimed(versio, viestit, tulos):
    messages, closed = [], []
    for viesti in viestit:
        try:
            messages.append((viesti, _tell(versio, viesti.tilaus)))
        except EiAukea:
            closed.append((viesti, _("Osoite ei aukea")))
    outcomes = send_messages([message for _viesti, message in messages]) if messages else []
    settled = [(viesti, _shorten(virhe)) for (viesti, _m), virhe in zip(messages, outcomes, strict=True)]
    for viesti, virhe in [*settled, *closed]:
        tila = Tila.EPAONNISTUI if virhe else Tila.LAHETETTY
        Tilausviesti.objects.filter(pk=viesti.pk).update(tila=tila, virhe=virhe, yritetty=timezone.now())
        tulos.jai, tulos.lahti = tulos.jai + bool(virhe), tulos.lahti + (not virhe)


def _shorten(virhe):
    """What kind of a refusal: its own words repeat the address."""
    kind, code = virhe.partition(":")[0], re.search(r"\b[45]\d\d\b", virhe)
    return f"{kind} {code[0]}" if code else kind


def _tell(versio, tilaus):
    earlier = Raporttiversio.objects.filter(jakso=versio.jakso_id, numero__lt=versio.numero)
    is_correction = earlier.filter(julkaistu__lt=versio.julkaistu).exists()
    page = reverse("raportit:julkinen-versio", args=[versio.kunta.slug, versio.tunnus])
    lause = _("Raportti %(jakso)s on julkaistu.")
    if is_correction:
        lause = _("Raportti %(jakso)s on korjattu. Korjattu versio %(numero)s on nyt julkaistu ja korvaa aiemman.")
    told = {"lause": lause % {"jakso": versio.jakso, "numero": versio.numero}, "sivu": absolute_url(page)}
    what = _("Korjattu raportti") if is_correction else _("Uusi raportti")
    return _build(tilaus, "raportti", f"{what}: {versio.kunta}, {versio.jakso}", told)


def _build(tilaus, name, subject, told):
    """With the headers by which a mail reader's own button ends the subscription (RFC 8058)."""
    args = [tilaus.kunta.slug, tilaus.avain]
    context = {"kunta": tilaus.kunta, "osoite": absolute_url(reverse("raportit:tilaus-oma", args=args)), **told}
    message = build_message(f"{POHJA}{name}", context, subject=subject, to=decrypt(tilaus.osoite))
    one_click = absolute_url(reverse("raportit:tilaus-lopeta", args=args))
    ending = {"List-Unsubscribe": f"<{one_click}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    message.extra_headers = {**message.extra_headers, **ending}
    return message
