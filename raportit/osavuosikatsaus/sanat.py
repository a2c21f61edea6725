"""What each part of a report is called: the words of a list of corrections and of what the checks find.

Every field of every part stands here; test_sanat.py sees that a new one is not forgotten. None: what is never told of
by itself, with the reason beside it.
"""

from collections.abc import Iterator
from dataclasses import fields

from django.utils.translation import gettext_lazy as _

from strategia.models import LISAKENTAT, SANASTO

from .model import Jakso, Kunta, Osavuosikatsaus, Painopiste, Rivi, Sarake, Strategia, Tavoite

_ID = None  # tells which it is, not what it says
_OSA = None  # told part by part
SANAT = {
    Kunta: {
        "id": _ID,
        "nimi": _("Kunnan nimi"),
        "virallinen_nimi": _("Kunnan virallinen nimi"),
        "genetiivi": _("Kunnan nimen genetiivi"),
        "muoto": _("Kaupunki vai kunta"),
        "korostusvari": _("Korostusväri"),
        "logo": _("Logo"),
    },
    Strategia: {
        "id": _ID,
        "nimi": _("Strategian nimi"),
        "otsikko": _("Raportin otsikko"),
        "sanasto": _("Sana"),
        "asteikko": _("Toteutumisasteen nimi"),
        "esitys": _("Toteutumisasteen esitystapa"),
    },
    Jakso: {
        "id": _ID,
        "nimi": _("Jakson nimi"),
        "tyyppi": _("Jakson tyyppi"),
        "alkaa": _("Jakso alkaa"),
        "paattyy": _("Jakso päättyy"),
    },
    Sarake: {
        "rooli": _ID,
        "otsikko": _("Sarakkeen otsikko"),
        "taulukossa": _("Sarakkeen otsikko taulukossa"),
        "yla": _("Sarakkeen yläotsikko"),
        "sanoin": _("Toteutumisaste sanoin"),
        "valiotsikko": _("Väliotsikkona"),
    },
    Rivi: {
        "id": _ID,
        **{rooli: sana for rooli, sana in (SANASTO | LISAKENTAT).items() if rooli not in ("painopiste", "tavoite")},
        "syy": None,  # one value with the score
        "edellinen": _("Toteutumisaste edellisellä jaksolla"),
        "samana": _("Montako jaksoa sama toteutumisaste"),
    },
    Tavoite: {"id": _ID, "nimi": SANASTO["tavoite"], "rivit": _OSA, "toimielin": SANASTO["toimielin"]},
    Painopiste: {
        "id": _ID,
        "nimi": SANASTO["painopiste"],
        "sdg": SANASTO["sdg"],
        "tavoitteet": _OSA,
        "teksti": _("Painopisteen teksti"),
    },
    Osavuosikatsaus: {
        **dict.fromkeys(
            ("kunta", "strategia", "jakso", "sarakkeet", "painopisteet", "paattyneet", "eivat_mukana"), _OSA
        ),
        "edellinen": _("Edellinen jakso"),
        "avaus": _("Avausteksti"),
        "kokous": _("Kokous"),
        "korjaus": None,  # what is being told
        # The order in which rows are counted follows from the rows; a part, a draft and a public form are never
        # corrected; and when and from what text a version was made tells nothing of what it says.
        **dict.fromkeys(("toimialat", "toimielimet", "piilotetut", "rajaus", "julkinen", "korvaava"), None),
        **dict.fromkeys(("koottu", "versio", "muotoversio", "tiiviste"), None),
    },
}


def word_of(part: object, name: str, sanasto: dict[str, str]) -> str:
    """What the field is called in this report: by the kunta's own word where it has one; "" for what is not told."""
    own = {"painopiste": Painopiste, "tavoite": Tavoite}
    for rooli, cls in own.items():
        if isinstance(part, cls) and name == "nimi":
            return sanasto.get(rooli) or str(SANAT[cls][name])
    word = SANAT[type(part)][name]
    return "" if word is None else str(sanasto.get(name) or word)


def told_fields(part: object) -> Iterator[str]:
    """The names of the fields that are told of by themselves."""
    return (field.name for field in fields(part) if SANAT[type(part)][field.name] is not None)
