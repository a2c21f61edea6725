"""The mittarit of a plan: as they are listed, their order, taking one away, making several of one text."""

from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Coalesce

from ..models import MITTARIN_KOHTEET, Mittari, Strategia, Tavoitearvo
from ..nimet import avain
from .osat import read_part

YLOS, ALAS = -1, 1


class MittarillaOnArvoja(Exception):
    """Somebody has told a value of it: it can be ended, not taken away."""


@dataclass
class Ryhma:
    """What mittarit hang under, with them in their order."""

    taso: str  # one of MITTARIN_KOHTEET
    kohde: object
    mittarit: list = field(default_factory=list)


def in_plan_order(strategia):
    """The mittarit of the strategia with what the page shows of them, each level before what is under it."""
    found = Mittari.objects.filter(strategia=strategia).prefetch_related("tavoitteet")
    found = found.select_related("toimiala", "painopiste", "tavoite__painopiste", "toimenpide__toimiala")
    levels = {
        "painopisteen": Coalesce("painopiste", "tavoite__painopiste", "toimenpide__tavoite__painopiste"),
        "painopisteen_sija": Coalesce(
            *("painopiste__jarjestys", "tavoite__painopiste__jarjestys"),
            "toimenpide__tavoite__painopiste__jarjestys",
        ),
        "tavoitteen": Coalesce("tavoite", "toimenpide__tavoite"),
        "tavoitteen_sija": Coalesce("tavoite__jarjestys", "toimenpide__tavoite__jarjestys"),
    }
    under = ("tavoitteen_sija", "tavoitteen", "toimenpide__jarjestys", "toimenpide")
    places = [F(name).asc(nulls_first=True) for name in under]
    return found.annotate(**levels).order_by("painopisteen_sija", "painopisteen", *places, "jarjestys", "pk")


def group_mittarit(mittarit):
    """[Ryhma] of mittarit in the plan's order."""
    groups = []
    for mittari in mittarit:
        taso = next(name for name in MITTARIN_KOHTEET if getattr(mittari, f"{name}_id"))
        if not groups or (groups[-1].taso, groups[-1].kohde) != (taso, mittari.kohde):
            groups.append(Ryhma(taso, mittari.kohde))
        groups[-1].mittarit.append(mittari)
    return groups


def page_of(mittari, size):
    """The number of the page of `size` on which the mittari stands."""
    order = list(in_plan_order(mittari.strategia).prefetch_related(None).values_list("pk", flat=True))
    return order.index(mittari.pk) // size + 1


def siblings_of(mittari):
    """The mittarit among which it has its place."""
    return mittari.kohde.mittarit.order_by("jarjestys", "pk")


def place_last(mittari):
    """Set the place of a mittari that is new under its kohde, and tell it apart from one of the same name."""
    others = siblings_of(mittari).exclude(pk=mittari.pk)
    last = others.last()
    mittari.jarjestys = last.jarjestys + 1 if last else 1
    alike = others.filter(avain=avain(mittari.nimi)).order_by("kerta").last()
    mittari.kerta = alike.kerta + 1 if alike else 1


def move(mittari, step):
    """One place up or down among its siblings; was there room?"""
    with transaction.atomic():
        Strategia.objects.select_for_update().get(pk=mittari.strategia_id)
        rows = list(siblings_of(mittari))
        place = rows.index(mittari)
        target = min(max(place + step, 0), len(rows) - 1)
        rows.insert(target, rows.pop(place))
        for number, each in enumerate(rows, 1):
            each.jarjestys = number
        Mittari.objects.bulk_update(rows, ["jarjestys"])
    return target != place


def remove(mittari, *, by):
    """Delete a mittari of which nobody has told a value, with its targets. Raises MittarillaOnArvoja."""
    with transaction.atomic():
        Strategia.objects.select_for_update().get(pk=mittari.strategia_id)
        if mittari.arvot.exists():
            raise MittarillaOnArvoja
        for row in (*Tavoitearvo.objects.filter(mittari=mittari), mittari):
            row._history_user = by
            row.delete()


def make_of_texts(kohde, texts, *, by, first=None):
    """Make a mittari of each text under the row `kohde`, {"toimenpide": row}; the first of them of `first`, if given.

    `first` is the text mittari that held them all: it keeps its values and its history, and the source's own words.
    A text of which there is a mittari of the same name already is left as it is: sent twice it is made once.
    """
    made, [row] = [], kohde.values()
    known = {each.avain for each in row.mittarit.all() if each != first}
    with transaction.atomic():
        for alku in map(read_part, texts):
            if avain(alku.nimi) in known:
                continue
            known.add(avain(alku.nimi))
            made.append(_begin(first if first is not None and not made else _new_under(kohde), alku, by))
    return made


def _begin(mittari, alku, by):
    if not mittari._state.adding:
        mittari.alkuperainen = mittari.alkuperainen or mittari.nimi
    mittari.nimi, mittari.laji, mittari.yksikko = alku
    if mittari._state.adding:
        place_last(mittari)
    mittari._history_user = by
    mittari.save()
    return mittari


def _new_under(kohde):
    [(taso, row)] = kohde.items()
    parents = {"painopiste": lambda: row, "tavoite": lambda: row.painopiste}
    painopiste = parents.get(taso, lambda: row.tavoite.painopiste)()
    return Mittari(kunta_id=row.kunta_id, strategia_id=painopiste.strategia_id, **kohde)
