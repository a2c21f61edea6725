"""Seurantajakso + user -> the rows not answered that can be sent as they were in the jakso before, and the others."""

from typing import NamedTuple

from django.db.models import Exists, JSONField, OuterRef, Subquery
from django.db.models.functions import JSONObject
from django.utils.translation import gettext_lazy as _

from strategia.permissions import own_toimenpiteet

from ..kirjaaminen.kopio import answers
from ..kirjaaminen.lue import build_rows
from ..kirjaaminen.paikka import Nimi
from ..models import Kirjaus, Osavastaus

EI_ENNEN = _("Edellisellä jaksolla ei ollut vastausta.")
EI_LAHETETTY = _("Edellisen jakson vastausta ei lähetetty.")
EI_VASTAUS = _("Edellisellä jaksolla ei annettu toteutumisastetta.")
ON_OSIA = _("Rivillä vastaavat yksiköt. Käy niiden vastaukset läpi rivillä.")


class Sama(NamedTuple):
    """A row that nobody has answered: what it takes to send it as it was; or syy, why it cannot be sent."""

    pk: int
    painopiste: Nimi
    tunniste: str
    syy: str
    paino: int = 1


def list_unanswered(jakso, user):
    """([Sama that can be sent], [Sama that cannot]) of the user's own rows in the plan's order.

    The same few queries whatever the number of rows, and no model of any of them: there may be thousands.
    """
    asked = _unanswered(jakso, user).annotate(
        nyt=Subquery(Kirjaus.objects.filter(jakso=jakso, toimenpide=OuterRef("pk")).values("versio")[:1]),
        ennen=_last(jakso),
    )
    by_units = _answered_by_units(jakso)
    told = [_same(values, jakso.strategia, by_units) for values in asked.values_list(*_OF_SAME)]
    return [row for row in told if not row.syy], [row for row in told if row.syy]


_OF_SAME = ("pk", "tavoite__painopiste", "tavoite__painopiste__nimi", "nyt", "ennen")


def read_rows(jakso, user, some):
    """{toimenpide's id: Kirjausrivi} of these Samat; one query."""
    return {row.toimenpide.pk: row for row in build_rows(jakso, user, only=[each.pk for each in some])}


def list_sendable(jakso, user, seen):
    """[Kirjausrivi] of the rows that can be sent, in the plan's order: those that are as `seen` tells, by tunniste."""
    rows, _others = list_unanswered(jakso, user)
    found = read_rows(jakso, user, [row for row in rows if row.tunniste in seen])
    return [row for row in found.values() if tunniste(row) in seen]


def _unanswered(jakso, user):
    begun = Kirjaus.objects.filter(jakso=jakso, toimenpide=OuterRef("pk")).exclude(tila=Kirjaus.Tila.EI_VASTATTU)
    return (jakso.toimenpiteet() & own_toimenpiteet(user)).filter(~Exists(begun))


def _last(jakso):
    """Of each row by its index: what was said of it in the jakso before; its text only where that is the answer."""
    fields = ("pk", "versio", "tila", "toteutumisaste", "syy", *(["kommentti"] if jakso.strategia.is_in_words else []))
    last = Kirjaus.objects.filter(jakso=jakso.edellinen(), toimenpide=OuterRef("pk"))
    return Subquery(last.values(tieto=JSONObject(**{name: name for name in fields}))[:1], output_field=JSONField())


def _answered_by_units(jakso):
    of_last = Osavastaus.objects.filter(kunta=jakso.kunta_id, kirjaus__jakso__strategia=jakso.strategia_id)
    return set(of_last.filter(toimiala=None).order_by().values_list("kirjaus", flat=True).distinct())


def _same(values, strategia, by_units):
    pk, painopiste, nimi, nyt, ennen = values
    last = ennen and Kirjaus(**ennen)
    syy = _why_not(last, strategia, by_units)
    return Sama(pk, Nimi(painopiste, nimi), "" if syy else _join(pk, last, nyt or 0), str(syy))


def _why_not(last, strategia, by_units):
    if last is None or last.tila == Kirjaus.Tila.EI_VASTATTU:
        return EI_ENNEN
    if last.tila not in Kirjaus.LAHETETYT:
        return EI_LAHETETTY
    if not answers(last, strategia):
        return EI_VASTAUS
    return ON_OSIA if last.pk in by_units else ""


def tunniste(row):
    """What of the row was shown: the row itself, the answer that is copied and that nothing is said of it yet."""
    return _join(row.toimenpide.pk, row.edellinen, row.kirjaus.versio) if row.edellinen else ""


def _join(pk, last, versio):
    return f"{pk}.{last.pk}.{last.versio}.{versio}"
