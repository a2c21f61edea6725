"""What was posted on rows that are no longer the user's -> the texts, to be shown back: never saved and never lost."""

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from strategia.models import LISAKENTAT, OMA_KIRJAUS, OMAN_ALUT, Mittari, Toimenpide
from strategia.teksti import read_id

from ..models import Kirjaus, MittariArvo, Osavastaus
from .forms import plain_newlines
from .omakentat import read_omat
from .rivi import EI_ARVIOIDA, aste_of

_OMA = rf"{OMAN_ALUT[OMA_KIRJAUS]}[0-9a-f]+"
_FIELD = re.compile(rf"t(?P<pk>\d+)-(?P<nimi>aste|kommentti|sisainen_huomio|{'|'.join(LISAKENTAT)}|{_OMA})")

_MITAN_KENTTA = re.compile(r"[tgp]\d+-m(?P<pk>\d+)-(?P<nimi>teksti|huomautus|sisainen_huomio)")

_KOMMENTTI = re.compile(r"k(?P<pk>\d+)-(?P<nimi>kommentti|toimenpide)")
_OSAN_KENTTA = re.compile(r"t(?P<pk>\d+)-(?P<paikka>[on]\d+)-(?P<nimi>nimi|kommentti)")


@dataclass(frozen=True)
class Siirtynyt:
    """A row, or a mittari, that is another's now, out of the jakso or deleted; nimi "" where it is not to be found.

    tekstit: [(word, text)] of what was typed and is not what is stored.
    """

    nimi: str
    tekstit: list[tuple[str, str]]


def list_moved(jakso, rows, data) -> list[Siirtynyt]:
    """The rows of the POST that are not among the user's `rows`, as far as something was typed on them.

    So also of their mittarit: one may be followed no more though its row is. And so of their units.
    """
    own = {row.prefix[1:] for row in rows if not row.on_kortti}
    kommentit = {row.prefix[1:] for row in rows if row.on_kommentti}
    mitat = {str(mitta.mittari.pk) for row in rows if row.mitat for mitta in row.mitat.rivit}
    moved = _list_rows(jakso, _posted_on_others(_FIELD, own, data)) + _list_units(jakso, own, data)
    moved += _list_comments(jakso, _posted_on_others(_KOMMENTTI, kommentit, data))
    return moved + _list_mittarit(jakso, _posted_on_others(_MITAN_KENTTA, mitat, data))


def _list_rows(jakso, posted):
    if not posted:
        return []
    stored = {k.toimenpide_id: k for k in Kirjaus.objects.filter(jakso=jakso, toimenpide__in=posted).defer("haku")}
    names = dict(Toimenpide.objects.filter(kunta=jakso.kunta_id, pk__in=posted).values_list("pk", "nimi"))
    found = ((names.get(pk, ""), _typed(typed, stored.get(pk) or Kirjaus(), jakso)) for pk, typed in posted.items())
    return [Siirtynyt(nimi, tekstit) for nimi, tekstit in found if tekstit]


def _list_units(jakso, own, data):
    """What was typed of a unit, and is not what some unit of its row says."""
    posted = {}
    for name, value in data.items():
        field = _OSAN_KENTTA.fullmatch(name)
        if field and field["pk"] not in own and (pk := read_id(field["pk"])) is not None:
            posted.setdefault(pk, {}).setdefault(field["paikka"], {})[field["nimi"]] = plain_newlines(value).strip()
    if not posted:
        return []
    names = dict(Toimenpide.objects.filter(kunta=jakso.kunta_id, pk__in=posted).values_list("pk", "nimi"))
    stored = Osavastaus.objects.filter(kirjaus__jakso=jakso, kirjaus__toimenpide__in=posted)
    known = set(stored.values_list("kirjaus__toimenpide", "nimi", "kommentti"))
    found = []
    for pk, units in posted.items():
        typed = [(unit.get("nimi", ""), unit.get("kommentti", "")) for unit in units.values()]
        told = [(nimi or _("Yksikkö"), text) for nimi, text in typed if text and (pk, nimi, text) not in known]
        found += [Siirtynyt(names.get(pk, ""), told)] if told else []
    return found


def _list_comments(jakso, posted):
    """What was written of a toimenpide in which the toimiala takes part no more: the page told which they are."""
    told = {pk: typed for pk, typed in posted.items() if typed.get("kommentti")}
    of = {pk: read_id(typed.get("toimenpide", "")) for pk, typed in told.items()}
    if not told:
        return []
    found = Toimenpide.objects.filter(kunta=jakso.kunta_id, pk__in=filter(None, of.values()))
    names = dict(found.values_list("pk", "nimi"))
    return [Siirtynyt(names.get(of[pk], ""), [(_("Kommentti"), typed["kommentti"])]) for pk, typed in told.items()]


def _list_mittarit(jakso, posted):
    if not posted:
        return []
    stored = {arvo.mittari_id: arvo for arvo in MittariArvo.objects.filter(jakso=jakso, mittari__in=posted)}
    names = dict(Mittari.objects.filter(kunta=jakso.kunta_id, pk__in=posted).values_list("pk", "nimi"))
    words = {"teksti": _("Arvo"), "huomautus": _("Huomautus"), "sisainen_huomio": _("Sisäinen huomio")}
    found = []
    for pk, typed in posted.items():
        arvo = stored.get(pk) or MittariArvo()
        texts = ((name, typed.get(name, "")) for name in words)
        tekstit = [(words[name], text) for name, text in texts if text and text != getattr(arvo, name).strip()]
        found += [Siirtynyt(names.get(pk, ""), tekstit)] if tekstit else []
    return found


def _posted_on_others(pattern, own, data):
    """{id: {field: what was posted}} in the order of the page."""
    posted = {}
    for name, value in data.items():
        field = pattern.fullmatch(name)
        if field and field["pk"] not in own and (pk := read_id(field["pk"])) is not None:
            posted.setdefault(pk, {})[field["nimi"]] = plain_newlines(value).strip()
    return posted


def _typed(typed, kirjaus, jakso):
    words = {"kommentti": _("Kommentti"), "sisainen_huomio": _("Sisäinen huomio"), **LISAKENTAT}
    own = {name: oma.otsikko for name, oma in read_omat(jakso.strategia).items()}
    words |= jakso.strategia.lisasanat | own
    stored = {name: getattr(kirjaus, name).strip() for name in words if name not in own}
    stored |= {name: kirjaus.omat.get(otsikko, "").strip() for name, otsikko in own.items()}
    aste = typed.get("aste", "")
    told = [(_("Toteutumisaste"), _("Ei arvioida") if aste == EI_ARVIOIDA else aste)]
    told = told if aste and aste != aste_of(kirjaus) else []
    texts = ((name, typed.get(name, "")) for name in words)
    return told + [(words[name], text) for name, text in texts if text and text != stored[name]]
