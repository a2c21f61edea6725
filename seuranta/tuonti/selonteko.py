"""Plan -> what `tuo` tells a person: all that its JSON tells, grouped, what needs attention first."""

import shlex
from collections import defaultdict

from ..tiedosto.plan import Plan
from ..tiedosto.rivit import OHITUS, POIS
from .kysymykset import patch_of
from .paikat import list_columns
from .valinnat import TAVAT

RIVEJA_NAYTOLLE = 40  # of each group; --json gives all
SOLUJA = 3  # that a line names
OMAT = ("oma", "oma.kirjaus", POIS)
_VIRHEISTA = (
    "  Selaimessa arvon voi korjata tai jättää pois. --ohita-virheet jättää ne pois ja säilyttää tekstin sisäisessä "
    "huomiossa."
)
_TAVAN_VALITSIN = {field: f"--{nimi}" for nimi, field in TAVAT.items()}


def as_text(plan: Plan, *, written: bool) -> str:
    """The outcome first, then the questions with the options that answer them, and how everything was read."""
    if plan.refusal:
        lines = ["Tiedostoa ei tuotu, eikä mitään tallennettu.", *(issue.fi for issue in plan.errors)]
        return "\n".join([*lines, *_grids(plan)])
    counts, luettu = plan.counts, plan.luettu
    lines = [_outcome(plan, written)]
    lines.append(f"Rivejä: {counts['new']} uutta, {counts['changed']} muuttuu, {counts['same']} ennallaan.")
    if plan.has_mittarit:
        lines.append(_tell_mitattu(plan.mittariluvut))
    lines += _questions(plan.questions)
    lines += _listing("Virheet", plan.single)
    lines += [_VIRHEISTA] if plan.single and not written else []
    lines += _listing("Tulkinnat", luettu.notices)
    lines += [*_target(plan), *_columns(plan), *_sheets(plan), *_skipped(luettu.skipped)]
    if plan.missing:
        lines.append(f"Tiedostosta puuttuu {len(plan.missing)} aiemmin tuotua toimenpidettä. Niihin ei koskettu.")
    return "\n".join(lines)


def _outcome(plan, written):
    if written and plan.errors:
        left_out = "1 virheellinen arvo" if len(plan.errors) == 1 else f"{len(plan.errors)} virheellistä arvoa"
        return f"Tallennettu. {left_out} jäi pois; alkuperäinen teksti on sisäisessä huomiossa."
    if written:
        has_changed = plan.counts["new"] or plan.counts["changed"] or plan.has_mittarit
        return "Tallennettu." if has_changed else "Mikään ei muuttunut."
    waits = [_count(len(plan.single), "solu odottaa", "solua odottaa")] if plan.single else []
    waits += [_count(len(plan.questions), "kysymys odottaa", "kysymystä odottaa")] if plan.questions else []
    if waits:
        return f"Mitään ei tallennettu. {' ja '.join(waits)} päätöstäsi."
    return "Esikatselu. Mitään ei tallennettu."


def _tell_mitattu(luvut):
    """ "Mittareita: 139 uutta, 0 muuttuu. Riskejä: 137 uutta, 0 muuttuu." """
    words = {"mittarit": "Mittareita", "riskit": "Riskejä"}
    told = [(words[name], new, changed) for name, (new, changed) in luvut.items() if new or changed]
    return " ".join(f"{word}: {new} uutta, {changed} muuttuu." for word, new, changed in told)


def _count(n, one, many):
    return f"{n} {one if n == 1 else many}"


def _questions(questions):
    lines = [f"Kysymykset ({len(questions)}), joihin vastataan valitsimella:"] if questions else []
    for question in questions:
        lines.append(f"  {_some(question.cells or (question.cell,))}: {question.fi}")
        lines += [f"    {vastaus.fi}: {option_of(patch_of(vastaus))}" for vastaus in question.answers]
    return lines


def option_of(patch: dict) -> str:
    """How an answer is told to the command: --sana Kesken=3"""
    told = []
    for name, value in patch.items():
        if name == "headers":
            told += [f"--otsikkorivi {row}" for row in dict.fromkeys(value.values())]
        elif name == "sheets":
            told += [f"--valilehti {_quoted(sheet)}" for sheet in value]
        elif name == "roles":
            told += [f"--sarake {_quoted(f'{paikka}={rooli or POIS}')}" for paikka, rooli in value.items()]
        elif name == "words":
            told += [f"--sana {_quoted(f'{sana}={_score(aste)}')}" for sana, aste in value.items()]
        elif name == "scale":
            told.append(f"--asteikko {','.join(f'{numero}={_score(aste)}' for numero, aste in value.items())}")
        else:
            told.append(f"{'--vuosi' if name == 'year' else _TAVAN_VALITSIN[name]} {value}")
    return " ".join(told)


def _score(aste):
    return "ei" if aste is None else aste


def _quoted(text):
    return text if shlex.quote(text) == text or text.replace("=", "").isalnum() else f'"{text}"'


def _listing(title, issues):
    """Each sentence once, with the cells it is about."""
    cells = defaultdict(list)
    for issue in issues:
        cells[issue.fi].append(issue.cell)
    told = [f"  {_some(where)}: {fi}" if any(where) else f"  {fi}" for fi, where in cells.items()]
    return _group(f"{title} ({len(issues)}):", told) if issues else []


def _group(title, told):
    rest = len(told) - RIVEJA_NAYTOLLE
    return [title, *told[:RIVEJA_NAYTOLLE], *([f"  … ja {rest} muuta."] if rest > 0 else [])]


def _some(cells):
    return ", ".join(cells[:SOLUJA]) + (f" ja {len(cells) - SOLUJA} muuta solua" if len(cells) > SOLUJA else "")


def _target(plan):
    jaksot = ", ".join(f"”{jakso}”" for jakso in plan.luettu.jaksot)
    return [f"Strategia: ”{plan.strategia}”. " + (f"Jaksot: {jaksot}." if jaksot else "Jaksoa ei synny.")]


def _columns(plan):
    """The columns with a role, then those that the municipality keeps as its own."""
    columns = list_columns(plan.luettu)
    read = [sarake for sarake in columns if sarake.rooli not in OMAT]
    own = [sarake for sarake in columns if sarake.rooli in OMAT]
    lines = _group(f"Sarakkeet ({len(read)}) luettiin näin:", list(map(_column, read))) if read else []
    return lines + (_group(f"Omat ja pois jäävät sarakkeet ({len(own)}):", list(map(_column, own))) if own else [])


def _column(sarake):
    return f"  {sarake.kirjain} ”{sarake.otsikko}”: {sarake.lause}"


def _sheets(plan):
    left = [sheet for sheet in plan.luettu.reading if not sheet.luettu]
    told = [f"  {sheet.nimi}: {sheet.why}" for sheet in left]
    return _group(f"Välilehdet, joita ei luettu ({len(left)}):", told) if left else []


def _skipped(skipped):
    """By reason: how many cells, and the first of them with its text."""
    by_reason = defaultdict(list)
    for skip in skipped:
        by_reason[skip.reason].append(skip)
    told = [
        f"  {OHITUS.get(reason, reason)} ({len(skips)}): {_some([skip.cell for skip in skips])}"
        for reason, skips in by_reason.items()
    ]
    return _group(f"Solut, joista ei tullut rivien arvoja ({len(skipped)}):", told) if skipped else []


def _grids(plan):
    """The first filled rows of a refused table, so that its header row can be told."""
    lines = []
    for grid in plan.luettu.ruudukot:
        filled = [(row, cells) for row, cells in grid.rivit if cells and not grid.on_piilotettu][:5]
        lines += [f"Välilehti ”{grid.nimi}”:"] if filled and grid.nimi else []
        lines += [f"  {row}: {' | '.join(f'{each} {text}' for each, text in cells.items())}" for row, cells in filled]
    return lines
