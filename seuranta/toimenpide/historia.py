"""Rows of history -> what each save changed, who did it and when."""

from dataclasses import dataclass
from datetime import datetime

from strategia.models import LISAKENTAT, Avain

from ..models import Tuonti
from ..muutos import diff_words

TEKSTIT = (
    "nimi",
    "teksti",
    "huomautus",
    "kommentti",
    *LISAKENTAT,
    "sisainen_huomio",
    "palautuksen_syy",
    "vastuu",
    "riski",
    "mittari",
)


@dataclass(frozen=True)
class Kentanmuutos:
    """One field of one save: both values as words, and of a text where they differ."""

    sana: str
    ennen: str
    jalkeen: str
    erot: tuple = ()


@dataclass(frozen=True)
class Tallennus:
    """One save: when, who (or what: an import, a command), and what changed."""

    milloin: datetime
    kuka: str
    tuonti: Tuonti | None
    kentat: tuple[Kentanmuutos, ...]


def list_saves(rows, kentat, text_of, kunta, *, key):
    """{key of a row of history: [Tallennus], the newest first} of what has changed. rows: from the oldest."""
    tuonnit = tuonnit_of(rows, kunta)
    saves, before = {}, {}
    for row in rows:
        changed = compare(before.get(row.id), row, kentat, text_of)
        before[row.id] = row
        if changed:
            saves.setdefault(key(row), []).insert(0, as_save(row, changed, tuonnit))
    return saves


def tuonnit_of(rows, kunta):
    ids = {Tuonti.id_of_merkki(row.history_change_reason) for row in rows} - {None}
    return Tuonti.objects.filter(kunta=kunta).defer("jasennetty", "muutokset").in_bulk(ids) if ids else {}


def as_save(row, kentat, tuonnit):
    who = getattr(row, "kirjoittaja", "") or str(row.history_user or _program_of(row))
    return Tallennus(row.history_date, who, tuonti_of(row, tuonnit), kentat)


def _program_of(row):
    """ "rajapinta Tietovarasto" of what was written by a key; "" of what nobody told."""
    reason = row.history_change_reason or ""
    return reason if reason.startswith(f"{Avain.MERKKI} ") else ""


def tuonti_of(row, tuonnit):
    return tuonnit.get(Tuonti.id_of_merkki(row.history_change_reason))


def compare(before, row, names, text_of, *, words=True):
    """The fields that differ between two rows of history; of the first row those that say something.

    words: also where in the texts they differ, which costs more than the rest.
    """
    found = []
    for name in names:
        if name == "omat":
            found += _compare_own(before.omat if before else {}, row.omat, words=words)
            continue
        old, new = text_of(before, name) if before else "", text_of(row, name)
        if old != new:
            erot = tuple(diff_words(old, new)) if words and name in TEKSTIT and old and new else ()
            found.append(Kentanmuutos(row._meta.get_field(name).verbose_name, old, new, erot))
    return tuple(found)


def _compare_own(before, after, *, words):
    """The kunta's own columns that differ, each by its heading."""
    pairs = {otsikko: (before.get(otsikko, ""), after.get(otsikko, "")) for otsikko in {**before, **after}}
    return [
        Kentanmuutos(otsikko, old, new, tuple(diff_words(old, new)) if words and old and new else ())
        for otsikko, (old, new) in sorted(pairs.items())
        if old != new
    ]
