"""Tuonti + decisions -> Plan -> what the preview shows: rows, what waits for a person, what was interpreted."""

import hashlib
import json
import os
import re
import tempfile
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from strategia.models import LISAKENTAT, SANASTO, TARJOTUT_NIMET, Toimiala
from strategia.nimet import avain

from ..models import Kirjaus, Tuonti
from ..taulukko.guard import Issue
from ..taulukko.rows import Luettu
from ..taulukko.sandbox import read_in_turn
from ..vastaustaulukko import reading_of, scale_words
from .apply import store_file
from .plan import Plan, PlannedRow, Target, build_answers_plan, build_plan, known_labels
from .plan.changes import shown
from .plan.ehdotukset import suggest_renamed, suggest_toimialat

JASENTIMEN_VERSIO = 3  # grows when the same file would be read otherwise: stored rows are then read anew
MUUTOS = {"new": _("uusi"), "changed": _("muuttuu"), "same": _("ennallaan")}
SARAKKEEN_ROOLIT = [
    ("", _("Jätä pois")),
    *SANASTO.items(),
    *LISAKENTAT.items(),
    ("jakso", _("Jakso")),
    ("syy", _("Syy, miksi ei arviota")),
    ("sisainen_huomio", _("Sisäinen huomio")),
]
# Errors whose value a person may type over; of the others the choices are made for them.
KORJATTAVAT = {
    "ambiguous_score",
    "date_in_score",
    "score_range",
    "score_not_integer",
    "score_not_number",
    "error_cell",
    "formula_without_value",
    "missing_name",
    "too_long",
    "duplicate_row",
    "several_toimialat",
}
NIMELLA_LUETTAVAT = {"broken_id", "mixed_row"}  # the row's own name may be taken in place of its id
KOKO_RIVIN = {
    *NIMELLA_LUETTAVAT, "unknown_id", "unknown_toimenpide", "other_toimiala", "other_jakso", "not_yours",
    "ambiguous_row", "copied_row",
}  # fmt: skip
OHITUS = {
    "jakso": _("otsikot ja nimet"),
    "title": _("taulukon nimi"),
    "header": _("otsikko"),
    "repeated_header": _("toistuva otsikko"),
    "band": _("väliotsikko"),
    "legend": _("selite"),
    "total": _("yhteensä-rivi"),
    "note": _("huomautus"),
    "unknown_column": _("tuntematon sarake"),
    "hidden": _("piilotettu"),
    "guide": _("ohje"),
    "not_table": _("ei taulukkoa"),
    "empty_row": _("tyhjä rivi"),
}


_ASTE = re.compile(r"(?<![\d,.])[1-5](?![\d,.]*\d)(?!\))")  # a digit alone, not the number of a list


@dataclass
class Esikatselurivi:
    """One row of the file beside what it becomes, with the issues that stand in its cells."""

    planned: PlannedRow
    errors: list[Issue] = field(default_factory=list)
    notices: list[Issue] = field(default_factory=list)
    is_unsettled: bool = False  # does one of its errors still wait for a person?

    @property
    def muutos(self):
        return MUUTOS[self.planned.change]

    @property
    def muuttuvat(self):
        """[(word, before, after)] of everything that changes, the kirjaukset with their jakso."""
        own = [(word_of(name), *pair) for name, pair in self.planned.changes.items()]
        inner = [
            (f"{word_of(name)}, {kirjaus.jakso}", *(shown(name, value) for value in pair))
            for kirjaus in self.planned.kirjaukset
            for name, pair in kirjaus.changes.items()
            if name != "syy" or pair[1]
        ]
        return own + inner


@dataclass
class Ratkaistava:
    """One decision: an error, or several that have the same answer."""

    issue: Issue
    cells: list[str]
    nimi: str = ""
    avain: str = ""
    ehdotukset: list = field(default_factory=list)
    on_ohitettu: bool = False
    toimenpide: str = ""
    on_teksti: bool = False  # two texts can be kept one after the other, two scores cannot

    @property
    def on_korjattava(self):
        return self.issue.code in KORJATTAVAT

    @property
    def on_luettavissa_nimella(self):
        return self.issue.code in NIMELLA_LUETTAVAT

    @property
    def on_koko_rivi(self):
        return self.issue.code in KOKO_RIVIN

    @property
    def pikavalinnat(self):
        """The scores that the text itself holds, once each: "1) 4, 2) 5" offers 4 and 5."""
        text = self.issue.fi.partition("”")[2].partition("”")[0] if "score" in self.issue.code else ""
        return sorted(set(_ASTE.findall(text)))


def read_new(data: bytes, name: str, *, by) -> tuple[Luettu, Tuonti | None]:
    """A file as it comes in -> what it holds, and the Tuonti that now keeps it; a refused file is not kept."""
    luettu = read_file(data, name, labels=known_labels(Target(by.kunta.nimi)))
    if luettu.status == "reject":
        return luettu, None
    tuonti = store_file(by.kunta, data, name, by=by)
    _keep_reading(tuonti, luettu, _reading_key(tuonti, *_reading(tuonti)))
    return luettu, tuonti


def read_stored(tuonti: Tuonti) -> Luettu:
    """The rows of the stored file by the choices made so far: from the row itself when nothing has changed."""
    labels, answers = _reading(tuonti)
    key = _reading_key(tuonti, labels, answers)
    if tuonti.jasennyksen_avain == key:
        return Luettu.from_dict(tuonti.jasennetty)
    luettu = read_file(tuonti.tiedosto.read(), tuonti.tiedostonimi, tuonti.valinnat, labels, answers)
    if luettu.status != "reject":  # a refusal may be the server's hurry: it is tried again
        _keep_reading(tuonti, luettu, key)
    return luettu


def read_untouched(tuonti: Tuonti) -> Luettu:
    """The stored file as it is, without what a person typed over its cells."""
    return read_file(tuonti.tiedosto.read(), tuonti.tiedostonimi, {**tuonti.valinnat, "solut": {}}, *_reading(tuonti))


def _reading(tuonti):
    """(the words of the scale, the headings of a vastaustaulukko) by which the file is read."""
    if tuonti.jakso_id:
        return scale_words(tuonti.jakso.strategia), reading_of(tuonti.jakso.strategia)
    return known_labels(target_of(tuonti)), None


def _reading_key(tuonti, labels, answers):
    choices = {name: tuonti.valinnat.get(name) for name in ("jakso", "sarakkeet", "solut")}
    told = json.dumps([tuonti.sha256, choices, labels, answers, JASENTIMEN_VERSIO], sort_keys=True)
    return hashlib.sha256(told.encode()).hexdigest()


def _keep_reading(tuonti, luettu, key):
    tuonti.jasennetty, tuonti.jasennyksen_avain = luettu.to_dict(), key
    tuonti.save(update_fields=["jasennetty", "jasennyksen_avain"])


def read_file(data: bytes, name: str, valinnat=None, labels=None, answers=None) -> Luettu:
    """The file as read, by a person's choices of columns, cells typed over and the jakso's name.

    answers: heading -> role, for a vastaustaulukko.
    """
    valinnat = valinnat or {}
    names = {"jakso": "jakso", "columns": "sarakkeet", "cells": "solut"}
    choices = {option: valinnat[ours] for option, ours in names.items() if valinnat.get(ours)}
    choices |= {"answers": answers} if answers else {}
    return read_in_turn(data, name, folder=_turns(), labels=labels, **choices)


def _turns():
    """Where the processes of this installation find their turns: not in MEDIA_ROOT, a refused file leaves no trace."""
    own = hashlib.sha256(str(settings.MEDIA_ROOT).encode()).hexdigest()[:12]
    return Path(tempfile.gettempdir()) / f"strategian-seuranta-{os.getuid()}-{own}"


def target_of(tuonti: Tuonti) -> Target:
    """The decisions stored with the tuonti, as the plan wants them."""
    valinnat = tuonti.valinnat
    return Target(
        kunta=tuonti.kunta.nimi,
        strategia=valinnat.get("strategia") or None,
        toimialat=valinnat.get("toimialat", {}),
        toimenpiteet=valinnat.get("toimenpiteet", {}),
        paatettavat=tuple(valinnat.get("paatettavat", ())),
        ristiriidat=valinnat.get("ristiriidat", {}),
        ohitetut=tuple(valinnat.get("ohitetut", ())),
        tilanne=date.fromisoformat(valinnat["tilanne"]) if valinnat.get("tilanne") else None,
        asteikko=TARJOTUT_NIMET if valinnat.get("asteikko") else {},
    )


def plan_stored(tuonti: Tuonti, *, by=None, only_compare=False) -> Plan:
    """The plan of the stored file; of a vastaustaulukko what `by` may record of it, else its sender."""
    if tuonti.jakso_id:
        sender = by or tuonti.tekija
        return build_answers_plan(
            read_stored(tuonti), target_of(tuonti), jakso=tuonti.jakso, toimiala=tuonti.toimiala, by=sender
        )
    return build_plan(read_stored(tuonti), target_of(tuonti), only_compare=only_compare)


def list_rows(plan: Plan) -> list[Esikatselurivi]:
    """Every row of the plan in the file's order, with its issues found by their cells."""
    rows = [Esikatselurivi(planned) for planned in plan.rows]
    by_cell = {cell: row for row in rows for cell in _cells_of(row.planned.rivi)}
    for issue in plan.errors:
        if issue.cell in by_cell:
            by_cell[issue.cell].errors.append(issue)
            by_cell[issue.cell].is_unsettled |= issue.cell not in plan.target.ohitetut
    for issue in plan.luettu.notices:
        if issue.cell in by_cell:
            by_cell[issue.cell].notices.append(issue)
    return rows


def _cells_of(rivi):
    return {rivi.cell, *rivi.cells.values(), *(cell for k in rivi.kirjaukset for cell in k.cells.values())}


def list_decisions(plan: Plan) -> list[Ratkaistava]:
    """What waits for a person; the cells that hold the same unknown toimiala are one decision."""
    found, by_name = [], {}
    names = {row.rivi.cells.get("toimiala"): row.rivi.toimiala for row in plan.rows}
    toimenpiteet = {cell: row.rivi.toimenpide for row in plan.rows for cell in _cells_of(row.rivi)}
    answers = [kirjaus.cells for row in plan.rows for kirjaus in row.rivi.kirjaukset]
    texts = {cell for cells in answers for role, cell in cells.items() if role in Kirjaus.TEKSTIT}
    toimialat = list(Toimiala.objects.filter(kunta=plan.kunta_id))
    for issue in plan.errors:
        nimi = names.get(issue.cell) if issue.code == "unknown_toimiala" else None
        if nimi and avain(nimi) in by_name:
            by_name[avain(nimi)].cells.append(issue.cell)
            continue
        item = Ratkaistava(issue, [issue.cell], on_ohitettu=issue.cell in plan.target.ohitetut)
        item.toimenpide, item.on_teksti = toimenpiteet.get(issue.cell) or "", issue.cell in texts
        if nimi:
            item.nimi, item.avain = nimi, avain(nimi)
            item.ehdotukset = suggest_toimialat(nimi, toimialat)
            by_name[item.avain] = item
        found.append(item)
    return found


def list_questions(tuonti: Tuonti, plan: Plan):
    """What may be read in two ways and nobody has answered yet: the file is not guessed."""
    answered = tuonti.valinnat.get("kysytyt", ())
    return [question for question in plan.luettu.questions if question.cell not in answered]


def only_sheet(luettu: Luettu) -> str:
    """ "Taul1!" when every cell of the result is of one sheet, a guide beside it apart; else ""."""
    issues = (*luettu.errors, *luettu.notices, *(skip for skip in luettu.skipped if skip.reason != "guide"))
    sheets = {cell[: cell.rfind("!") + 1] for cell in (each.cell for each in (*luettu.rows, *issues)) if cell}
    return sheets.pop() if len(sheets) == 1 else ""


def group_notices(plan: Plan) -> list[tuple[str, list[str]]]:
    """[(sentence, its cells)]: the same interpretation of many cells is told once, the plainest kind last."""
    groups = defaultdict(list)
    for notice in sorted(plan.luettu.notices, key=lambda notice: notice.code == "carried_down"):
        groups[notice.fi].append(notice.cell)
    return list(groups.items())


def list_renamed(plan: Plan):
    """[(new row, [missing toimenpide that looks like it])] for a person to join."""
    return suggest_renamed(plan)


def list_columns(luettu: Luettu) -> list[tuple[str, str, str]]:
    """[(letter, heading, role)] of the sheet's columns, those that were not understood too."""
    found = {}
    first = luettu.rows[0] if luettu.rows else None
    for rivi in luettu.rows[:50]:
        for role, cell in [*rivi.cells.items(), *((r, c) for k in rivi.kirjaukset for r, c in k.cells.items())]:
            if role in SANASTO or role in (*LISAKENTAT, "jakso", "syy", "sisainen_huomio"):
                found.setdefault(_letter(cell), role)
    headings = {role: heading for role, heading, _jakso in luettu.columns}
    columns = {letter: (letter, headings.get(role, word_of(role)), role) for letter, role in found.items()}
    for skip in luettu.skipped:
        if skip.reason == "unknown_column" and first:
            columns.setdefault(_letter(skip.cell), (_letter(skip.cell), skip.text, ""))
    return [columns[letter] for letter in sorted(columns, key=lambda letter: (len(letter), letter))]


def _letter(cell):
    return "".join(character for character in cell.rpartition("!")[2] if character.isalpha())


def word_of(name):
    words = {"nimi": _("Nimi"), "syy": _("Syy"), "sisainen_huomio": _("Sisäinen huomio"), "sdg": "SDG"}
    return words.get(name) or (SANASTO | LISAKENTAT).get(name, name)


def read_decisions(data, valinnat: dict, plan: Plan) -> dict:
    """A POST of the preview's form -> the decisions, beside those made earlier.

    Field names are "kind|what": solu|E152 (beside oli|E152, what it was, only a change counts), ohita|E152,
    nimella|A4, ristiriita|F7, toimiala|<avain>, toimenpide|C9, sarake|E. An id that is not of this kunta decides
    nothing.
    """
    valinnat = {**valinnat}
    for name in ("jakso", "tilanne", "strategia"):
        if name in data:
            valinnat[name] = data[name].strip()
    if "kohde" in data:
        valinnat["asteikko"] = "asteikko" in data
    for question in plan.luettu.questions:
        answer = data.get(f"kysymys|{question.cell}", "")
        if answer.isdecimal() and int(answer) < len(question.answers):
            valinnat["sarakkeet"] = {**valinnat.get("sarakkeet", {}), **question.answers[int(answer)].columns}
        if answer:
            valinnat["kysytyt"] = [*valinnat.get("kysytyt", ()), question.cell]
    solut, ohitetut = dict(valinnat.get("solut", {})), set(valinnat.get("ohitetut", ()))
    toimialat = {str(pk) for pk in Toimiala.objects.filter(kunta=plan.kunta_id).values_list("pk", flat=True)}
    puuttuvat = {str(p.id) for p in plan.missing}
    if data.get("peru") == "solut":
        solut = {}
    for field_name in data:
        kind, _bar, what = field_name.partition("|")
        value = _typed(data[field_name])
        was = data.get(f"oli|{what}")
        if kind == "solu" and (value if was is None else value != _typed(was)):
            solut[what] = value
            ohitetut.discard(what)
        elif kind == "nimella" and value == "1":  # without its id the row is known by its name
            solut[what] = ""
            ohitetut.discard(what)
        elif kind == "ohita":
            (ohitetut.add if value == "1" else ohitetut.discard)(what)
        elif kind == "ristiriita" and value in ("tiedosto", "nykyinen", "molemmat"):
            valinnat["ristiriidat"] = {**valinnat.get("ristiriidat", {}), what: value}
        elif kind == "toimiala" and (value == "uusi" or value in toimialat):
            choice = None if value == "uusi" else int(value)
            valinnat["toimialat"] = {**valinnat.get("toimialat", {}), what: choice}
        elif kind == "toimenpide" and value in puuttuvat:
            valinnat["toimenpiteet"] = {**valinnat.get("toimenpiteet", {}), what: int(value)}
        elif kind == "sarake" and value in dict(SARAKKEEN_ROOLIT):
            valinnat["sarakkeet"] = {**valinnat.get("sarakkeet", {}), what: value}
    if "puuttuvat" in data:
        valinnat["paatettavat"] = [int(pk) for pk in data.getlist("paata") if pk in puuttuvat]
    valinnat["solut"], valinnat["ohitetut"] = solut, sorted(ohitetut)
    return valinnat


def _typed(text):
    """As a browser sends it, but with the line breaks of a cell; NUL is nothing that anyone has typed."""
    return text.replace("\r\n", "\n").replace("\x00", "").strip()
