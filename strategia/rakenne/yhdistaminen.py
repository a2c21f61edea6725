"""Two painopisteet, or two tavoitteet of one painopiste, made one: what hangs under the source moves to the target.

What is recorded hangs on the toimenpide, and a frozen report holds names of its own: neither changes.
"""

import re

from django.db import models, transaction
from django.utils.translation import gettext as _
from rapidfuzz import fuzz
from simple_history.utils import bulk_update_with_history

from ..models import Kirjoitusasu, Painopiste, Toimenpide, ToimenpideLinkki
from ..nimet import avain, normalise
from ..vuoro import lock_kunta
from .puu import siblings_of

MUISTUTTAA = 85  # per cent of likeness
NAYTETAAN = 20
SEURAAJAT = []  # f(gone, kept, *, by): what another app keeps by the id of a painopiste; in the same transaction


class EiYhdisty(Exception):
    """What stands in the way. args[0]: [sentence]."""


def suggest_alike(rows):
    """[(row, other)] whose names are nearly the same; such as differ in their numbers are two on purpose."""
    names = [(row, normalise(row.nimi)) for row in rows if row.nimi]
    found = []
    for place, (row, name) in enumerate(names):
        for other, its_name in names[place + 1 :]:
            is_alike = fuzz.ratio(name, its_name, score_cutoff=MUISTUTTAA) and _numbers(name) == _numbers(its_name)
            if is_alike:
                found.append((row, other))
            if len(found) == NAYTETAAN:
                return found
    return found


def _numbers(name):
    return re.findall(r"\d+", name)


def by_likeness(row):
    """Those that it may be joined to, the likest first."""
    others = siblings_of(row).exclude(pk=row.pk)
    return sorted(others, key=lambda other: -fuzz.ratio(normalise(row.nimi), normalise(other.nimi)))


def join(source, target, *, by):
    """Join source into target, which keeps its name; how many toimenpiteet moved. Raises EiYhdisty.

    A file that has the old name is read as the new one's. Tavoitteet of one name in two painopisteet are joined too.
    """
    with transaction.atomic():
        lock_kunta(source.kunta_id)
        if obstacles := list_obstacles(source, target):
            raise EiYhdisty(obstacles)
        path = "tavoite__painopiste" if isinstance(source, Painopiste) else "tavoite"
        moved = Toimenpide.objects.filter(**{path: source}).count()
        _join(source, target, by)
    return moved


def list_obstacles(source, target):
    """[sentence] of what is in both and would be twice, or cannot move."""
    found = [
        each
        for pair in (_pairs(source, target) if isinstance(source, Painopiste) else ())
        for each in list_obstacles(*pair)
    ]
    twice = _same(source.mittarit, target.mittarit)
    if not isinstance(source, Painopiste):
        twice += _same(source.toimenpiteet, target.toimenpiteet)
    text = _("”%(nimi)s” on kummankin alla. Nimeä toinen niistä ensin toisin, poista se tai päätä se.")
    found += [text % {"nimi": nimi} for nimi in twice]
    if _is_held(source) and _is_held(target):
        found.append(_("Kummankin alla on suljetun jakson riskejä, eikä suljettua jaksoa muuteta."))
    return found


def _pairs(source, target):
    """[(tavoite of source, the one of its name in target)]"""
    named = {tavoite.avain: tavoite for tavoite in target.tavoitteet.all()}
    return [(tavoite, named[tavoite.avain]) for tavoite in source.tavoitteet.all() if tavoite.avain in named]


def _same(rows, others):
    keys = ("avain", "koodi") if rows.model is Toimenpide else ("avain",)
    known = set(others.values_list(*keys))
    return [row.nimi for row in rows.all() if tuple(getattr(row, key) for key in keys) in known]


def _is_held(row):
    """Does something of a closed jakso hang straight on it? That takes no write, so that this row has to stay."""
    return any(
        model._default_manager.filter(**{name: row, "jakso__tila": "suljettu"}).exists()
        for model, name in _relations(row)
        if any(field.name == "jakso" for field in model._meta.fields)
    )


def _relations(row):
    """[(model, name of its field)] of whatever refers to such a row, this app's or another's. History stays."""
    return [
        (relation.related_model, relation.field.name)
        for relation in row._meta.get_fields(include_hidden=True)
        if relation.auto_created and not relation.concrete and relation.on_delete is not models.DO_NOTHING
    ]


def _join(source, target, by):
    gone, kept = (target, source) if _is_held(source) else (source, target)
    if isinstance(source, Painopiste):
        for pair in _pairs(source, target):
            _join(*pair, by)
    told = {name: getattr(target, name) for name in ("nimi", "jarjestys", "sitovuus") if hasattr(target, name)}
    told["sdg"] = list(dict.fromkeys([*target.sdg, *source.sdg]))
    if "sitovuus" in told:
        told["sitovuus"] = target.sitovuus or source.sitovuus
    for model, name in _relations(gone):
        _move(model, name, gone, kept, by)
    for follow in SEURAAJAT:
        follow(gone, kept, by=by)
    old = source.nimi
    gone.delete()
    for name, value in told.items():
        setattr(kept, name, value)
    kept.save()
    _remember(old, kept)


def _move(model, name, gone, kept, by):
    """What refers to gone comes after what refers to kept."""
    rows, known = (model._default_manager.filter(**{name: each}) for each in (gone, kept))
    if model is ToimenpideLinkki:
        rows.filter(toimenpide__in=known.values("toimenpide")).delete()
    rows, fields = list(rows), [name]
    if hasattr(model, "jarjestys"):
        fields.append("jarjestys")
        last = known.aggregate(last=models.Max("jarjestys"))["last"] or 0
        rows.sort(key=lambda row: (row.jarjestys, row.pk))
        for place, row in enumerate(rows, last + 1):
            row.jarjestys = place
    for row in rows:
        setattr(row, name, kept)
    if rows and hasattr(model, "history"):
        bulk_update_with_history(rows, model, fields, default_user=by)
    elif rows:
        model._base_manager.bulk_update(rows, fields)


def _remember(nimi, row):
    """A file that has the name means this row; a nameless one is remembered by none."""
    if nimi and avain(nimi) != row.avain:
        kohde = {"painopiste" if isinstance(row, Painopiste) else "tavoite": row}
        Kirjoitusasu.objects.filter(avain=avain(nimi), **kohde).delete()
        Kirjoitusasu.objects.create(kunta_id=row.kunta_id, asu=nimi, **kohde)
