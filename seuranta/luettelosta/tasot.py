"""An indented list as pasted -> rows of painopiste, tavoite and toimenpide, or what is wrong and on which line.

A level is told by numbering ("1.", "1.1"), else by indentation, else by the sign before the text: Word pastes its lists
without indentation, each level with a sign of its own. A sign falls away; a number is text and stays.
"""

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from strategia.models import NIMEN_PITUUS
from strategia.nimet import avain
from strategia.teksti import clean_typed

TASOJA = 3
SARKAIN = 4  # columns of a tab at the beginning of a line
# Word's bullets come as these, some as letters of its symbol fonts; "o" is its second level.
_LUETELMA = re.compile(r"([-–—−‐*+•·◦‣▪▫■□●○►▶➢➤✓§\u00a7\uf000-\uf0ff]|o(?=\s))\s*")
_NUMERO = re.compile(r"(\d{1,3}(?:\.\d{1,3})*)[.)]?\s+(?=\S)")
_KIRJAIN = re.compile(r"[a-zåäö][.)]\s+(?=\S)", re.IGNORECASE)


@dataclass(frozen=True)
class Luettelorivi:
    """One line of the list: its number in the text from 1, its text, and what tells its level."""

    rivi: int
    teksti: str
    sisennys: int
    merkki: str
    numerointi: int  # 2 of "1.1", 0 of none

    @property
    def avain(self):
        return avain(self.teksti)


def read_list(text: str) -> tuple[list[tuple[str, str, str]], list[str]]:
    """-> ([(painopiste, tavoite or "", toimenpide)], [sentence that names the line]); without errors all is in rows."""
    rivit = [rivi for number, line in enumerate(clean_typed(text).split("\n"), 1) if (rivi := _read_line(number, line))]
    if not rivit:
        return [], [_("Liitä luettelo: kirjoita ensin painopiste ja sen alle sisennettynä sen toimenpiteet.")]
    tasot = _levels_of(rivit)
    errors = [*_too_long(rivit), *_too_deep(rivit, tasot)]
    if not errors and max(tasot) == 0:
        errors = [_("Luettelossa on vain yksi taso. Sisennä toimenpiteet painopisteen alle.")]
    return ([], errors) if errors else _join_levels(rivit, tasot)


def _read_line(number, line):
    bare = line.strip().strip("\u200b\ufeff")
    if not bare:
        return None
    lead = line[: len(line) - len(line.lstrip())]
    mark = _LUETELMA.match(bare)
    text = " ".join((bare[mark.end() :] if mark else bare).split())
    numbered = None if mark else _NUMERO.match(bare)
    sign = mark[1] if mark else "1" if numbered else "a" if _KIRJAIN.match(bare) else ""
    depth = numbered[1].count(".") + 1 if numbered else 0
    return Luettelorivi(number, text, len(lead.expandtabs(SARKAIN)), sign, depth) if text else None


def _levels_of(rivit):
    """The level of each line from 0. The text tells it in one way alone, in the strongest that it uses."""
    depths = {rivi.numerointi for rivi in rivit}
    if 0 not in depths and len(depths) > 1:
        steps, told = sorted(depths), [rivi.numerointi for rivi in rivit]
    elif len({rivi.sisennys for rivi in rivit}) > 1:
        told = [rivi.sisennys for rivi in rivit]
        steps = sorted(set(told))
        if len(steps) > TASOJA:
            return _by_parent(told)
    else:
        told = [(rivi.merkki, rivi.numerointi) for rivi in rivit]
        steps = list(dict.fromkeys(told))
    return [steps.index(each) for each in told]


def _by_parent(indents):
    """Where each branch is indented in its own way, a line is under the nearest line above that is less indented."""
    levels, above = [], []
    for indent in indents:
        above = [each for each in above if each < indent]
        levels.append(len(above))
        above.append(indent)
    return levels


def _too_long(rivit):
    for rivi in rivit:
        if len(rivi.teksti) > NIMEN_PITUUS:
            told = {"rivi": rivi.rivi, "n": len(rivi.teksti), "raja": NIMEN_PITUUS}
            yield _("Rivi %(rivi)s: nimessä on %(n)s merkkiä, ja siihen mahtuu %(raja)s.") % told


def _too_deep(rivit, tasot):
    """Of each line that stands where no level is, or under none."""
    for rivi, taso in zip(rivit, tasot, strict=True):
        if taso >= TASOJA:
            told = {"rivi": rivi.rivi, "teksti": _short(rivi)}
            yield _("Rivi %(rivi)s: ”%(teksti)s” on neljännellä tasolla. Tasoja on enintään kolme.") % told
    if tasot[0]:
        told = {"rivi": rivit[0].rivi, "teksti": _short(rivit[0])}
        yield _("Rivi %(rivi)s: ”%(teksti)s” on sisennetty, vaikka sen yllä ei ole painopistettä.") % told


def _join_levels(rivit, tasot):
    """The lowest level is the toimenpide; of two levels there is no tavoite."""
    deepest, path, rows, errors, seen = max(tasot), {}, [], [], {}
    for order, (rivi, taso) in enumerate(zip(rivit, tasot, strict=True)):
        path = {level: above for level, above in path.items() if level < taso} | {taso: rivi}
        if taso < deepest:
            below = tasot[order + 1] if order + 1 < len(tasot) else 0
            errors += [] if below > taso else [_nothing_below(rivi)]
            continue
        tavoite = path[1].teksti if deepest == 2 and 1 in path else ""
        first = seen.setdefault((path[0].avain, avain(tavoite), rivi.avain), rivi)
        errors += [] if first is rivi else [_twice(rivi, first)]
        rows.append((path[0].teksti, tavoite, rivi.teksti))
    return rows, errors


def _nothing_below(rivi):
    told = {"rivi": rivi.rivi, "teksti": _short(rivi)}
    return _("Rivi %(rivi)s: kohdan ”%(teksti)s” alla ei ole yhtään toimenpidettä. Lisää toimenpide.") % told


def _twice(rivi, first):
    told = {"rivi": rivi.rivi, "teksti": _short(rivi), "toinen": first.rivi}
    return _("Rivi %(rivi)s: ”%(teksti)s” on jo saman kohdan alla rivillä %(toinen)s.") % told


def _short(rivi):
    return rivi.teksti if len(rivi.teksti) <= 60 else f"{rivi.teksti[:59]}…"
