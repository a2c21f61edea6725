"""Random follow-up tables, each with its truth: `draw_table(noppa, osuus)`, `osuus` of the headings being nonsense.

sanat, tekstit (what is written) -> asteikot, sarakkeet, teot (what is drawn) -> asettelu (grid and truth) -> kirjoita
(bytes); tuomari judges what the reader made of it. `noppa` is a random.Random: its seed repeats the table.
"""

import random

from .asettelu import Asettelija
from .kirjoita import writer_of
from .malli import Taulu
from .sarakkeet import draw_columns, draw_plan
from .tekstit import Tekstit
from .teot import draw_deeds

__all__ = ["draw_table", "table_of"]


def table_of(siemen: int, osuus: float) -> Taulu:
    """The table of a seed, `osuus` (0–1) of its headings being nonsense."""
    taulu = draw_table(random.Random(f"{siemen}/{osuus}"), osuus)
    taulu.siemen = (siemen, osuus)
    return taulu


def draw_table(noppa, osuus: float) -> Taulu:
    plan = draw_plan(noppa, osuus)
    texts = Tekstit(noppa, plan.kieli)
    columns = draw_columns(noppa, plan)
    deeds = draw_deeds(noppa, plan, columns, texts)
    if any(column.luokka == "kommentti" for column in columns) and plan.jaksotapa != "valilehti":
        for deed in deeds if noppa.random() < 0.08 else ():
            deed.jatko = texts.comment(1) if deed.kommentit[-1] and noppa.random() < 0.25 else None
    plan.kuvaus["tiedosto"] = noppa.choice(
        [f"seuranta-{plan.vuosi}", "seuranta", "strategia liite 2", f"Toimenpideohjelma {plan.vuosi}", "taulukko"]
    )
    if plan.kuvaus["vuodeton"]:
        plan.kuvaus["tiedosto"] = "seuranta"
    layout = Asettelija(noppa, plan, columns, deeds, texts)
    totuus = layout.lay()
    name = f"{plan.kuvaus['tiedosto']}.{plan.muoto}"
    return Taulu(name, writer_of(noppa, plan, layout.arkit), totuus, describe(plan, columns, layout))


def describe(plan, columns, layout) -> dict:
    """What the table is, in words: kinds are counted by these."""
    return plan.kuvaus | {
        "kieli": plan.kieli,
        "muoto": plan.muoto,
        "peruste": plan.asteikko.peruste,
        "jaksotapa": plan.jaksotapa,
        "tasoja": plan.tasoja,
        "alin": plan.alin,
        "ylin": plan.ylin,
        "yksikkö": plan.yksikkotapa,
        "toisto": plan.toisto,
        "kaksikielinen": plan.kaksikielinen,
        "mittarit": plan.mittarit,
        "omia": plan.omia,
        "summat": layout.totals,
        "otsikkorivejä": max(len(column.otsikko) for column in columns),
        "toistuva otsikko": layout.repeat,
        "otsikot": [" | ".join(column.otsikko) for column in columns],
    }
