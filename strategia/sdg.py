"""The 17 goals of the UN for sustainable development by their Finnish names. No Django."""

import re

KESTAVAN_KEHITYKSEN_TAVOITTEET = {
    1: "Ei köyhyyttä",
    2: "Ei nälkää",
    3: "Terveyttä ja hyvinvointia",
    4: "Hyvä koulutus",
    5: "Sukupuolten tasa-arvo",
    6: "Puhdas vesi ja sanitaatio",
    7: "Edullista ja puhdasta energiaa",
    8: "Ihmisarvoista työtä ja talouskasvua",
    9: "Kestävää teollisuutta, innovaatioita ja infrastruktuureja",
    10: "Eriarvoisuuden vähentäminen",
    11: "Kestävät kaupungit ja yhteisöt",
    12: "Vastuullista kuluttamista",
    13: "Ilmastotekoja",
    14: "Vedenalainen elämä",
    15: "Maanpäällinen elämä",
    16: "Rauha, oikeudenmukaisuus ja hyvä hallinto",
    17: "Yhteistyö ja kumppanuus",
}

_NUMBER = re.compile(r"\W*(?:sdg|tavoite|agenda 2030)?\W*(?P<number>[0-9]{1,2})(?![0-9]|[.,/-][0-9])", re.IGNORECASE)


def read_goal(text) -> int | None:
    """The goal that a text names by its number ("SDG 4", "4. Hyvä koulutus") or its name; None where it names none."""
    found = _NUMBER.match(str(text))
    if found:
        number = int(found["number"])
        return number if number in KESTAVAN_KEHITYKSEN_TAVOITTEET else None
    return _BY_NAME.get(_plain(str(text)))


def read_goals(texts) -> list[int]:
    """The goals of a row's own texts, each once, in the UN's order; a text that names none is left out."""
    return sorted({goal for text in texts if (goal := read_goal(text))})


def write_goal(number: int) -> str:
    """ "4 Hyvä koulutus" """
    return f"{number} {KESTAVAN_KEHITYKSEN_TAVOITTEET[number]}"


def with_goals(texts, goals) -> list[str]:
    """The row's texts once these goals are chosen: a text that stays keeps its words, and so does one of no goal."""
    kept = [text for text in texts if (goal := read_goal(text)) is None or goal in goals]
    new = sorted(set(goals) - {read_goal(text) for text in kept})
    return kept + [write_goal(goal) for goal in new]


def _plain(name):
    return re.sub(r"[\W_]+", "", name).casefold()


_BY_NAME = {_plain(name): number for number, name in KESTAVAN_KEHITYKSEN_TAVOITTEET.items()}
