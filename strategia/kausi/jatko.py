"""A plan and the rows chosen of it -> the plan of the next term: its own rows, each of which continues one of the old.

A row takes along what it says and whose it is, not when it was in force, nor what was recorded of it. A toimiala or a
toimielin that has ended and a person who has left stay behind.
"""

import uuid
from copy import copy

from django.db import transaction
from django.utils import timezone
from simple_history.utils import bulk_create_with_history

from ..models import (
    MITTARIN_LUVUT,
    OMAT,
    Mittari,
    MuuToimiala,
    Painopiste,
    Strategia,
    StrateginenTavoite,
    Tavoitearvo,
    Toimenpide,
    Toimiala,
    Toimielin,
    Vastuuhenkilo,
)
from ..permissions import recording_people

ERA = 500


def begin_next(strategia: Strategia) -> Strategia:
    """An unsaved plan with the words, the columns and the scale of the old one, for a form to fill."""
    new = copy(strategia)
    new.pk, new._state = None, copy(strategia._state)
    new._state.adding = True
    new.nimi, new.otsikko, new.esittely, new.avain, new.tunnus = "", "", "", "", uuid.uuid4()
    new.alkuvuosi = strategia.loppuvuosi + 1 if strategia.loppuvuosi else None
    new.loppuvuosi = None
    new.sarakkeet = _timeless(strategia.sarakkeet)
    return new


def _timeless(sarakkeet):
    """The columns without what told of a time: a heading over one jakso's scores, the numbers of the measures."""
    found = {}
    for entry in sarakkeet:
        kept = {name: value for name, value in entry.items() if name != "jakso"}
        if "jakso" in entry and entry["rooli"] not in OMAT:
            kept = {name: value for name, value in kept.items() if name not in ("otsikko", "yla")}
        if entry["rooli"] not in MITTARIN_LUVUT:
            found.setdefault((entry["rooli"], entry["otsikko"] if entry["rooli"] in OMAT else ""), kept)
    return list(found.values())


def copy_rows(old: Strategia, new: Strategia, *, painopisteet, toimenpiteet, mittarit: bool, by) -> int:
    """Write the chosen painopisteet and toimenpiteet into the new plan -> how many toimenpiteet. In one transaction.

    A tavoite comes with its toimenpiteet; one that has none in the old plan comes with its painopiste. The number of
    queries does not depend on the rows.
    """
    with transaction.atomic():
        chosen = [each for each in toimenpiteet if each.tavoite.painopiste_id in painopisteet]
        ylimmat = _copy(Painopiste.objects.filter(pk__in=painopisteet, strategia=old), strategia_id=lambda _: new.pk)
        tavoitteet = _copy(_tavoitteet_of(old, chosen, ylimmat), painopiste_id=lambda t: ylimmat[t.painopiste_id].pk)
        rows = _copy_toimenpiteet(chosen, tavoitteet, by)
        if mittarit:
            parents = {"painopiste": ylimmat, "tavoite": tavoitteet, "toimenpide": rows}
            _copy_mittarit(old, new, parents, by)
    return len(rows)


def _copy(queryset, **parents):
    """{old id: its copy, stored}. parents: {column: what it is of the old row}."""
    copies = {}
    for row in queryset:
        copies[row.pk] = _bare(row)
        for column, parent in parents.items():
            setattr(copies[row.pk], column, parent(row))
    if copies:
        next(iter(copies.values())).__class__.objects.bulk_create(copies.values(), batch_size=ERA)
    return copies


def _bare(row):
    """The row's own columns as a row that is not stored yet."""
    names = [field.attname for field in row._meta.concrete_fields if not field.unique]
    return row.__class__(**{name: getattr(row, name) for name in names})


def _tavoitteet_of(old, chosen, ylimmat):
    used = {each.tavoite_id for each in chosen}
    all_of = StrateginenTavoite.objects.filter(painopiste__strategia=old, painopiste__in=ylimmat)
    bare = set(all_of.filter(toimenpiteet=None).values_list("pk", flat=True))
    return all_of.filter(pk__in=used | bare)


def _copy_toimenpiteet(chosen, tavoitteet, by):
    kunta = chosen[0].kunta_id if chosen else None
    in_use = {
        "toimiala_id": set(Toimiala.objects.filter(kunta=kunta, lopetettu=None).values_list("pk", flat=True)),
        "toimielin_id": set(Toimielin.objects.filter(kunta=kunta, lopetettu=None).values_list("pk", flat=True)),
    }
    copies = {}
    for row in chosen:
        copies[row.pk] = new = _bare(row)
        new.tavoite_id, new.edeltaja_id = tavoitteet[row.tavoite_id].pk, row.pk
        new.voimassa_alkaen = new.voimassa_asti = None
        for column, ids in in_use.items():
            setattr(new, column, getattr(row, column) if getattr(row, column) in ids else None)
    if copies:
        Toimenpide.objects.bulk_create(copies.values(), batch_size=ERA)
        people = _copy_links(copies, in_use["toimiala_id"], kunta)
        _write_history(copies, people, by)
    return copies


def _copy_links(copies, toimialat, kunta):
    """Whose the rows are -> {new id: [the people's ids]}."""
    people = set(recording_people(kunta).filter(is_active=True).values_list("pk", flat=True))
    vastuussa = {}
    for each in Vastuuhenkilo.objects.filter(toimenpide__in=copies, kayttaja__in=people):
        vastuussa.setdefault(copies[each.toimenpide_id].pk, []).append(each.kayttaja_id)
    pairs = [(pk, who) for pk, ids in vastuussa.items() for who in ids]
    Vastuuhenkilo.objects.bulk_create(
        [Vastuuhenkilo(kunta_id=kunta, toimenpide_id=pk, kayttaja_id=who) for pk, who in pairs], batch_size=ERA
    )
    others = MuuToimiala.objects.filter(toimenpide__in=copies, toimiala__in=toimialat)
    leading = {pk: new for pk, new in copies.items() if new.toimiala_id}
    MuuToimiala.objects.bulk_create(
        [
            MuuToimiala(kunta_id=kunta, toimenpide_id=leading[each.toimenpide_id].pk, toimiala_id=each.toimiala_id)
            for each in others
            if each.toimenpide_id in leading
        ],
        batch_size=ERA,
    )
    return vastuussa


def _write_history(copies, people, by):
    """One row for each, which tells its people as after any save; in one statement, for a row of history stays."""
    history, now = Toimenpide.history.model, timezone.now()
    names = [field.attname for field in history.tracked_fields]
    known = {"history_date": now, "history_type": "+", "history_user": by}
    rows = [
        history(**{name: getattr(new, name) for name in names}, vastuussa=sorted(people.get(new.pk, [])), **known)
        for new in copies.values()
    ]
    history.objects.bulk_create(rows, batch_size=ERA)


def _copy_mittarit(old, new, parents, by):
    """Those still followed, with the targets of the new term's years and of no year; what was measured stays behind."""
    mine = Mittari.objects.filter(strategia=old).in_force(timezone.localdate(), None)
    kohteet = {f"{name}_id": copies for name, copies in parents.items()}
    in_use = set(Toimiala.objects.filter(kunta=old.kunta_id, lopetettu=None).values_list("pk", flat=True))
    copies = {}
    for row in mine:
        column = next(column for column in kohteet if getattr(row, column))
        parent = kohteet[column].get(getattr(row, column))
        if parent is not None:
            copies[row.pk] = each = _bare(row)
            each.toimiala_id = row.toimiala_id if row.toimiala_id in in_use else None
            each.strategia_id, each.voimassa_alkaen, each.voimassa_asti = new.pk, None, None
            setattr(each, column, parent.pk)
    if not copies:
        return
    bulk_create_with_history(list(copies.values()), Mittari, batch_size=ERA, default_user=by)
    targets = [
        each
        for each in Tavoitearvo.objects.filter(mittari__in=copies)
        if each.vuosi is None or new.alkuvuosi is None or each.vuosi >= new.alkuvuosi
    ]
    kept = [_bare(each) for each in targets]
    for each in kept:
        each.mittari_id = copies[each.mittari_id].pk
    bulk_create_with_history(kept, Tavoitearvo, batch_size=ERA, default_user=by)
