"""A measure's targets and a value -> is the target reached, in words. No database, no Django.

Whatever has the attributes of a target (vuosi, luku, ala, yla, teksti), of a value (luku, teksti) and of a measure
(laji, suunta, yksikko, desimaalit) will do: models, what a file held, what a report froze.
"""

from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from strategia.lukuteksti import is_same_unit, read_yksikko, with_unit, write_luku

SUUREMPI, PIENEMPI, VALI, EI_SUUNTAA = "suurempi", "pienempi", "vali", "ei"
LUVULLISET = ("luku", "prosentti", "euro")
KYLLA_EI, TEKSTI = "kylla_ei", "teksti"
KYLLA, EI = "kyllä", "ei"
_KYLLA_SANAT, _EI_SANAT = ("kyllä", "kylla", "k", "x", "on", "ja", "yes"), ("ei", "e", "nej", "no")


class Tulos(StrEnum):
    """What can be told of a measure."""

    SAAVUTETTU = "saavutettu"
    EI_VIELA = "ei_viela"
    ARVO_PUUTTUU = "arvo_puuttuu"
    EI_TAVOITETTA = "ei_tavoitetta"
    EI_VERRATA = "ei_verrata"  # a target and a value are there, and nobody can tell by them

    @property
    def sana(self):
        return SANAT[self]


SANAT = {
    Tulos.SAAVUTETTU: "saavutettu",
    Tulos.EI_VIELA: "ei vielä",
    Tulos.ARVO_PUUTTUU: "arvo puuttuu",
    Tulos.EI_TAVOITETTA: "ei tavoitetta",
    Tulos.EI_VERRATA: "ei voi verrata",
}


class Suunta(StrEnum):
    """How a value moved from the one before it, by the measure's own direction."""

    PARANI = "parani"
    HEIKKENI = "heikkeni"
    ENNALLAAN = "ennallaan"


class Arvo(NamedTuple):
    """A value that is stored nowhere yet: what somebody is typing."""

    teksti: str
    luku: object = None


def target_in_force(tavoitteet, vuosi):
    """The target of that year, else of the latest year before it, else the one without a year; None where none is.

    Without a year (a jakso that nobody has dated) only the one without a year is known to be in force.
    """
    dated = [each for each in tavoitteet if each.vuosi is not None and vuosi is not None and each.vuosi <= vuosi]
    if dated:
        return max(dated, key=lambda each: each.vuosi)
    return next((each for each in tavoitteet if each.vuosi is None), None)


def compare(mittari, arvo, tavoite) -> Tulos:
    """Is the target reached by this value? `arvo` and `tavoite` may be None."""
    if tavoite is None or not _is_told(tavoite):
        return Tulos.EI_TAVOITETTA
    if arvo is None or not _is_told(arvo):
        return Tulos.ARVO_PUUTTUU
    reached = _is_reached(mittari, arvo, tavoite)
    return Tulos.EI_VERRATA if reached is None else Tulos.SAAVUTETTU if reached else Tulos.EI_VIELA


def move_of(mittari, arvo, ennen) -> Suunta | None:
    """How the value moved from the one before; None where a number or the direction is missing."""
    if mittari.laji == KYLLA_EI:
        now, before = (read_kylla_ei(each.teksti) if each else None for each in (arvo, ennen))
    else:
        now, before = (number_of(mittari, each) for each in (arvo, ennen))
    if now is None or before is None:
        return None
    if now == before:
        return Suunta.ENNALLAAN
    if mittari.laji != KYLLA_EI and mittari.suunta not in (SUUREMPI, PIENEMPI):
        return None
    is_less_better = mittari.laji != KYLLA_EI and mittari.suunta == PIENEMPI
    return Suunta.HEIKKENI if (now > before) == is_less_better else Suunta.PARANI


def sentence(mittari, arvo, tavoite) -> str:
    """ "75 % (tavoite 80 %): ei vielä", "arvo puuttuu (tavoite 80 %)", "75 %: ei tavoitetta"."""
    tulos = compare(mittari, arvo, tavoite)
    now = show_value(mittari, arvo) if arvo is not None and _is_told(arvo) else ""
    if tulos is Tulos.EI_TAVOITETTA:
        return f"{now}: {tulos.sana}" if now else tulos.sana
    aim = f"(tavoite {show_target(mittari, tavoite)})"
    if tulos is Tulos.ARVO_PUUTTUU:
        return f"{tulos.sana} {aim}"
    return f"{now} {aim}: {tulos.sana}"


def show_value(mittari, arvo) -> str:
    """A value as it is read: a number with its unit, of kyllä/ei the word, else its own text."""
    if mittari.laji == KYLLA_EI:
        said = read_kylla_ei(arvo.teksti)
        return arvo.teksti if said is None else (KYLLA if said else EI)
    luku = number_of(mittari, arvo)
    return arvo.teksti if luku is None else with_unit(write_luku(luku, mittari.desimaalit), _unit(mittari))


def show_target(mittari, tavoite) -> str:
    """A target as it is read: "80 %", "10–20 %", "vähintään 10", else its own text."""
    is_range = tavoite.ala is not None or tavoite.yla is not None
    if not is_range or mittari.laji not in LUVULLISET or _is_in_other_unit(mittari, tavoite.teksti):
        return show_value(mittari, tavoite)
    ala, yla = (None if end is None else write_luku(end, mittari.desimaalit) for end in (tavoite.ala, tavoite.yla))
    if ala is None or yla is None:
        return with_unit(f"vähintään {ala}" if yla is None else f"enintään {yla}", _unit(mittari))
    return with_unit(f"{ala}\u2013{yla}", _unit(mittari))


def number_of(mittari, each):
    """The number of a value or a target of this measure; None where it is none, or is in another unit."""
    if each is None or each.luku is None or mittari.laji not in LUVULLISET or _is_in_other_unit(mittari, each.teksti):
        return None
    return each.luku


def read_kylla_ei(teksti: str) -> bool | None:
    """True of "kyllä", False of "ei", None of anything else."""
    word = teksti.strip().rstrip(".").casefold()
    return True if word in _KYLLA_SANAT else False if word in _EI_SANAT else None


def _is_told(each):
    return bool(each.teksti.strip()) or any(getattr(each, name, None) is not None for name in ("luku", "ala", "yla"))


def _is_reached(mittari, arvo, tavoite):
    """True, False, or None where the two cannot be compared."""
    if mittari.laji == KYLLA_EI:
        said, wanted = read_kylla_ei(arvo.teksti), read_kylla_ei(tavoite.teksti)
        return None if said is None or wanted is None else said == wanted
    luku, (ala, yla) = number_of(mittari, arvo), _bounds(mittari, tavoite)
    if luku is None or mittari.suunta == EI_SUUNTAA or (ala is None and yla is None):
        return None
    return (ala is None or luku >= ala) and (yla is None or luku <= yla)


def _bounds(mittari, tavoite):
    """(the least, the most) that reaches the target, each or both None."""
    if _is_in_other_unit(mittari, tavoite.teksti):
        return None, None
    ala, yla = (tavoite.ala, tavoite.yla) if tavoite.luku is None else (tavoite.luku, tavoite.luku)
    if mittari.suunta == SUUREMPI:
        return (yla if ala is None else ala), None
    if mittari.suunta == PIENEMPI:
        return None, (ala if yla is None else yla)
    return ala, yla


def _is_in_other_unit(mittari, teksti):
    return _is_other_than(_unit(mittari), teksti)


@lru_cache(maxsize=50_000)
def _is_other_than(unit, teksti):
    """A report asks it of every value many times."""
    written = read_yksikko(teksti) if unit else ""
    return bool(written) and not is_same_unit(written, unit)


def _unit(mittari):
    return mittari.yksikko or {"prosentti": "%", "euro": "€"}.get(mittari.laji, "")
