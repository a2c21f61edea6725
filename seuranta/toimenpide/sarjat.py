"""Mittarit + user -> the measures over time: a table and a line of each, and who changed what of its values."""

from dataclasses import dataclass, field, replace

from strategia.models import Mittari
from strategia.teksti import clean_fields

from ..mittariviiva import Mittariviiva, draw_line
from ..models import KIRJOITTAJA, MittariArvo
from ..tulos import KYLLA_EI, compare, number_of, read_kylla_ei, show_target, show_value, target_in_force
from .historia import Tallennus, list_saves
from .mittarin_muutokset import list_plan_changes

ARVON_KENTAT = ("teksti", "huomautus", "sisainen_huomio", "tila", "palautuksen_syy")
ARVON_TEKSTIT = ("teksti", "huomautus", "sisainen_huomio", "palautuksen_syy")
LEVEYS, KORKEUS = 320, 80


@dataclass(frozen=True)
class Sarjarivi:
    """One value and what it was compared with, in words; sisainen_huomio only for who follows the toimenpide."""

    aika: str
    arvo: str
    tavoite: str
    tulos: str
    huomautus: str = ""
    sisainen_huomio: str = ""
    historia: tuple[Tallennus, ...] = ()
    viimeistelyn_erot: tuple = ()  # [(word, how it differs)] of what viimeistely has changed


@dataclass(frozen=True)
class Sarja:
    """rivit: from the newest time to the oldest. nayttaa: the columns that the reader may see.

    muutokset: the saves of its plan, for who follows it.
    """

    mittari: Mittari
    rivit: tuple[Sarjarivi, ...]
    lahto: str
    viiva: Mittariviiva | None
    selite: str
    nayttaa: dict[str, bool] = field(default_factory=dict)
    muutokset: tuple[Tallennus, ...] = ()


def describe_mittarit(mittarit: list[Mittari], user, *, follows: bool, hidden: set[str]) -> list[Sarja]:
    """Those that the reader may see, with their tavoitteet at hand; [] where the report does not publish them.

    One query, and some for history, for any number of them.
    """
    if "mittarit" in hidden or not mittarit:
        return []
    values = MittariArvo.objects.visible_to(user).filter(mittari__in=mittarit).select_related("jakso")
    arvot = {}
    for arvo in clean_fields(list(values), ARVON_TEKSTIT):
        arvot.setdefault(arvo.mittari_id, []).append(arvo)
    saves = _saves_of(mittarit, user.kunta_id) if follows else {}
    muutokset = list_plan_changes(mittarit, user.kunta_id) if follows else {}
    nayttaa = {name: f"mittarit.{name}" not in hidden for name in ("lahto", "arvot", "tavoite", "tulos", "huomautus")}
    nayttaa["tulos"] = all(nayttaa[name] for name in ("arvot", "tavoite", "tulos"))
    built = [_build(mittari, arvot.get(mittari.pk, ()), saves, nayttaa, follows=follows) for mittari in mittarit]
    return [replace(sarja, muutokset=muutokset.get(sarja.mittari.pk, ())) for sarja in built]


def _build(mittari, arvot, saves, nayttaa, *, follows):
    in_time = sorted(arvot, key=_moment) if nayttaa["arvot"] else []
    rows = [_build_row(mittari, arvo, saves, nayttaa, follows=follows) for arvo in in_time]
    lahto = mittari.lahto_teksti.strip() if nayttaa["lahto"] else ""
    aims = _numbers_of(mittari, in_time[-1]) if in_time and nayttaa["tavoite"] else ()
    told = [lahto, *(row.arvo for row in rows)] if lahto else [row.arvo for row in rows]
    line = _draw(mittari, in_time, aims, with_start=bool(lahto))
    return Sarja(mittari, tuple(reversed(rows)), lahto, line, ", ".join(told), nayttaa)


def _moment(arvo):
    """What a value sorts by: a year where it is over, a jakso of unknown time by its order."""
    if arvo.jakso_id is None:
        return (arvo.paiva.isoformat() if arvo.paiva else f"{arvo.vuosi}-12-31"), 0
    when = arvo.jakso.ajankohta
    return (when[0].isoformat() if when else ""), arvo.jakso.jarjestys


def _build_row(mittari, arvo, saves, nayttaa, *, follows):
    tavoite = _target_of(mittari, arvo)
    return Sarjarivi(
        aika=str(arvo.jakso or arvo.vuosi or f"{arvo.paiva:%-d.%-m.%Y}"),
        arvo=show_value(mittari, arvo),
        tavoite=show_target(mittari, tavoite) if tavoite and nayttaa["tavoite"] else "",
        tulos=compare(mittari, arvo, tavoite).sana if nayttaa["tulos"] else "",
        huomautus=arvo.huomautus if nayttaa["huomautus"] else "",
        sisainen_huomio=arvo.sisainen_huomio if follows else "",
        historia=tuple(saves.get(arvo.pk, ())),
        viimeistelyn_erot=tuple(arvo.viimeistelyn_erot) if follows else (),
    )


def _target_of(mittari, arvo):
    year = arvo.jakso.vuosi if arvo.jakso else arvo.vuosi or arvo.paiva.year
    return target_in_force(mittari.tavoitteet.all(), year)


def _numbers_of(mittari, arvo):
    """The target in force, as the line draws it."""
    tavoite = _target_of(mittari, arvo)
    if tavoite is None or not mittari.is_numeric:
        return ()
    one = number_of(mittari, tavoite)
    return (one,) if one is not None else (tavoite.ala, tavoite.yla)


def _draw(mittari, arvot, aims, *, with_start):
    numbers = [_number(mittari, arvo.teksti, number_of(mittari, arvo)) for arvo in arvot]
    if with_start:
        numbers.insert(0, _number(mittari, mittari.lahto_teksti, mittari.lahto_luku))
    if len([number for number in numbers if number is not None]) < 2:
        return None
    aims = [None if aim is None else float(aim) for aim in aims]
    return draw_line(numbers, aims, is_level=mittari.laji == KYLLA_EI, leveys=LEVEYS, korkeus=KORKEUS)


def _number(mittari, teksti, luku):
    if mittari.laji == KYLLA_EI:
        said = read_kylla_ei(teksti)
        return None if said is None else int(said)
    return float(luku) if mittari.is_numeric and luku is not None else None


def _saves_of(mittarit, kunta):
    """{value's id: [Tallennus], the newest first}"""
    rows = MittariArvo.history.filter(kunta=kunta, mittari_id__in=[mittari.pk for mittari in mittarit])
    rows = clean_fields(list(rows.select_related(*KIRJOITTAJA).order_by("history_id")), ARVON_TEKSTIT)
    return list_saves(rows, ARVON_KENTAT, _arvo_text, kunta, key=lambda row: row.id)


def _arvo_text(row, name):
    if name == "tila":
        return str(row.get_tila_display()) if row.tila else ""
    return getattr(row, name)
