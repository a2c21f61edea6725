"""Plan -> how a preview shows it: rows beside what they become, and what was interpreted."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from django.core.paginator import Paginator
from django.utils.translation import gettext_lazy as _

from strategia.models import LISAKENTAT, SANASTO, Mittari

from ..taulukko.guard import Issue
from ..taulukko.rows import Luettu
from ..taulukko.soluviite import sheet_of
from .plan import Plan, PlannedMittari, PlannedRow, shown
from .ratkaistavat import Ratkaistava

MUUTOS = {"new": _("uusi"), "changed": _("muuttuu"), "same": _("ennallaan")}
RIVEJA_SIVULLA = 100
POIS = "pois"  # the role of a column that is left out
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
    "left_out": _("jätetty pois"),
    "formula": _("kaava oman rivinsä soluista"),
    "hidden": _("piilotettu"),
    "guide": _("ohje"),
    "not_table": _("ei taulukkoa"),
    "empty_row": _("tyhjä rivi"),
    "cell_note": _("solun huomautus"),
    "link": _("linkin osoite"),
    "text_box": _("tekstiruutu"),
    "page_header": _("sivun ylä- tai alatunniste"),
    "picture": _("kuvia"),
}


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
        own = [told for name, pair in self.planned.changes.items() for told in _tell(name, *pair)]
        inner = [
            (f"{sana}, {kirjaus.jakso}", shown(name, before), shown(name, after))
            for kirjaus in self.planned.kirjaukset
            for name, pair in kirjaus.changes.items()
            for sana, before, after in _tell(name, *pair)
            if name != "syy" or after
        ]
        return own + inner + self.mitattu

    @property
    def mitattu(self):
        """The same of its measures, units and risks."""
        told = [line for mittari in self.planned.mittarit for line in tell_mittari(mittari)]
        told += [(word_of(name), *pair) for osa in self.planned.osat for name, pair in osa.changes.items()]
        return told + [(_("Riski"), *riski.teksti) for riski in self.planned.riskit]


def _tell(name, before, after):
    """[(word, before, after)]: of the kunta's own columns one for each that changes."""
    if name == "muut_toimialat":
        before, after = ", ".join(before), ", ".join(after)
    if name != "omat":
        return [(word_of(name), before, after)]
    return [(otsikko, before.get(otsikko, ""), text) for otsikko, text in after.items() if text != before.get(otsikko)]


def tell_mittari(mittari: PlannedMittari) -> list[tuple[str, str, str]]:
    """[(word, before, after)] of a measure that is made or changes: itself, then its targets and its values."""
    luettu = mittari.luettu
    told = [] if mittari.mittari_id else [(_("Mittari"), "", _described(luettu))]
    told += [
        (_MITTARISTA[name], _laji(name, before), _laji(name, after))
        for name, (before, after) in mittari.changes.items()
    ]
    if luettu.lahto and not mittari.mittari_id:
        told.append((_("Lähtöarvo"), "", luettu.lahto.teksti))
    for word, luvut in ((_("Tavoite"), mittari.tavoitteet), (_("Arvo"), mittari.arvot)):
        told += [(f"{luettu.nimi}, {_when(word, luku.aika)}", *luku.teksti) for luku in luvut]
    return told


_MITTARISTA = {
    **{"nimi": _("Mittari"), "laji": _("Mittarin laji"), "yksikko": _("Yksikkö"), "lahto_teksti": _("Lähtöarvo")},
    "lahto_vuosi": _("Lähtöarvon vuosi"),
    "huomautus": _("Huomautus"),
}


def _described(luettu):
    kind = luettu.yksikko or ("" if luettu.laji == Mittari.Laji.TEKSTI else Mittari.Laji(luettu.laji).label)
    return f"{luettu.nimi} ({kind})" if kind else luettu.nimi


def _laji(name, value):
    return Mittari.Laji(value).label if name == "laji" else value


def _when(word, aika):
    name, when = aika
    if name == "paiva":
        day = date.fromisoformat(when)
        when = f"{day.day}.{day.month}.{day.year}"
    return f"{word} {when}" if when is not None else word


def list_rows(plan: Plan) -> list[Esikatselurivi]:
    """Every row of the plan in the file's order, with its issues found by their cells."""
    rows = [Esikatselurivi(planned) for planned in plan.rows]
    for issue in plan.errors:
        if issue.cell in plan.row_at:
            row = rows[plan.row_at[issue.cell]]
            row.errors.append(issue)
            row.is_unsettled |= issue.cell not in plan.target.ohitetut
    for issue in plan.luettu.notices:
        if issue.cell in plan.row_at:
            rows[plan.row_at[issue.cell]].notices.append(issue)
    return rows


def describe_preview(plan: Plan, kohdat: list[Ratkaistava], *, nayta: str, sivu) -> dict:
    """What both previews show of a plan: the chosen part of its rows, and everything that is told of it."""
    rows, luettu = list_rows(plan), plan.luettu
    told = {
        "plan": plan,
        "ratkaistavat": kohdat,
        "tulkinnat": group_notices(luettu),
        "katsottavat": [
            notice
            for notice in luettu.notices
            if notice.code == "needs_decision" and (notice.cell, notice.value) not in luettu.siirtyneet
        ],
        "ohitetut": [
            (skip.cell.rstrip("!"), OHITUS.get(skip.reason, skip.reason), skip.text) for skip in luettu.skipped
        ],
        "etuliite": only_sheet(luettu),
        "avoimia": plan.waiting,
        "on_toinen": plan.is_other,
        "luvut": plan.counts,
    }
    nayta = nayta or ("ratkaistavat" if told["avoimia"] > told["on_toinen"] else "kaikki")
    shown = [row for row in rows if nayta == "kaikki" or row.planned.change == nayta]
    return {**told, "nayta": nayta, "sivu": Paginator(shown, RIVEJA_SIVULLA).get_page(sivu)}


def only_sheet(luettu: Luettu) -> str:
    """ "Taul1!" when every cell of the result is of one sheet, a guide beside it apart; else ""."""
    issues = (*luettu.errors, *luettu.notices, *(skip for skip in luettu.skipped if skip.reason != "guide"))
    sheets = {sheet_of(cell) for cell in (each.cell for each in (*luettu.rows, *issues)) if cell}
    return sheets.pop() if len(sheets) == 1 else ""


def group_notices(luettu: Luettu) -> list[tuple[str, list[str]]]:
    """[(sentence, its cells)]: the same interpretation of many cells is told once, the plainest kind last."""
    groups = defaultdict(list)
    for notice in sorted(luettu.notices, key=lambda notice: notice.code == "carried_down"):
        groups[notice.fi].append(notice.cell)
    return list(groups.items())


def word_of(name):
    words = {"nimi": _("Nimi"), "syy": _("Syy"), "sisainen_huomio": _("Sisäinen huomio"), "sdg": "SDG"}
    words["muut_toimialat"] = _("Muut toimialat")
    words["alkuperainen"] = _("Toteutumisaste taulukon sanoin")
    words |= {"voimassa_alkaen": _("Voimassa alkaen"), "voimassa_asti": _("Voimassa asti")}
    return words.get(name) or (SANASTO | LISAKENTAT).get(name, name)


_ROOLIT = {
    "jakso": _("Jakso"),
    "syy": _("Syy, miksi ei arviota"),
    "sisainen_huomio": _("Sisäinen huomio"),
    "mittari.lahto": _("Mittarin lähtöarvo"),
    "mittari.tavoite": _("Mittarin tavoitearvo"),
    "mittari.arvo": _("Mittarin toteuma"),
    "mittari.suunta": _("Mittarin suunta (nuolet)"),
    "voimassa": _("Voimassa"),
    "voimassa.alkaa": _("Alkaa"),
    "voimassa.paattyy": _("Päättyy"),
    "oma": _("Oma sarake"),
    "oma.kirjaus": _("Oma sarake, jakso"),
    POIS: _("Jätä pois"),
}


def role_word(rooli: str):
    """The word of a role in the neutral words of the application; "" and "pois" leave the column out."""
    return _ROOLIT.get(rooli or POIS) or word_of(rooli)
