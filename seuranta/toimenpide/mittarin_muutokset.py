"""Mittarit -> who changed what they are and what is aimed at, and when: their plan, not their values."""

from itertools import groupby

from django.utils.translation import gettext as _

from strategia.models import Mittari, Tavoitearvo, Toimiala
from strategia.teksti import clean_fields

from ..muutos import diff_words
from .historia import Kentanmuutos, Tallennus, as_save, compare, tuonnit_of

KENTAT = (
    *("nimi", "laji", "yksikko", "suunta", "desimaalit", "toimiala", "lahde", "palvelu", "ulkoinen_tunnus"),
    *("lahto_teksti", "lahto_vuosi", "voimassa_alkaen", "voimassa_asti"),
)
TEKSTIT = ("nimi", "yksikko", "lahde", "ulkoinen_tunnus", "lahto_teksti")


def list_plan_changes(mittarit, kunta) -> dict[int, tuple[Tallennus, ...]]:
    """{mittari's id: its saves, the newest first}; two queries, one more for toimialat and one for imports."""
    ids = [mittari.pk for mittari in mittarit]
    own = clean_fields(_rows_of(Mittari.history.filter(kunta=kunta, id__in=ids)), TEKSTIT)
    aims = clean_fields(_rows_of(Tavoitearvo.history.filter(kunta=kunta, mittari_id__in=ids)), ("teksti",))
    tuonnit = tuonnit_of([*own, *aims], kunta)
    found = [*_changes_of(own, tuonnit), *_changes_of_targets(aims, tuonnit)]
    saves = {}
    for pk, tallennus in sorted(found, key=lambda each: each[1].milloin, reverse=True):
        saves.setdefault(pk, []).append(tallennus)
    return {pk: _join_saves(each) for pk, each in saves.items()}


def _rows_of(history):
    return list(history.select_related("history_user").order_by("history_id"))


def _changes_of(rows, tuonnit):
    toimialat = {row.toimiala_id for row in rows} - {None}
    names = {pk: str(toimiala) for pk, toimiala in Toimiala.objects.in_bulk(toimialat).items()} if toimialat else {}
    before = {}
    for row in rows:
        changed = compare(before.get(row.id), row, KENTAT, lambda row, name: _text(row, name, names))
        before[row.id] = row
        if changed:
            yield row.id, as_save(row, changed, tuonnit)


def _text(row, name, names):
    if name == "toimiala":
        return names.get(row.toimiala_id, "")
    if name in ("laji", "suunta", "palvelu"):
        return str(getattr(row, f"get_{name}_display")())
    value = getattr(row, name)
    if hasattr(value, "year"):
        return f"{value:%-d.%-m.%Y}"
    return "" if value is None else str(value)


def _changes_of_targets(rows, tuonnit):
    """A target that was taken away has become nothing."""
    before = {}
    for row in rows:
        old, new = before.get(row.id, ""), "" if row.history_type == "-" else row.teksti
        before[row.id] = new
        if old != new:
            word = f"{_('Tavoite')} {row.vuosi or _('toistaiseksi')}"
            erot = tuple(diff_words(old, new)) if old and new else ()
            yield row.mittari_id, as_save(row, (Kentanmuutos(word, old, new, erot),), tuonnit)


def _join_saves(saves):
    """What one person saved in one second was one press of a button."""
    grouped = groupby(saves, key=lambda each: (each.milloin.replace(microsecond=0), each.kuka, each.tuonti))
    joined = (list(group) for _key, group in grouped)
    return tuple(
        Tallennus(
            group[0].milloin, group[0].kuka, group[0].tuonti, tuple(k for each in reversed(group) for k in each.kentat)
        )
        for group in joined
    )
