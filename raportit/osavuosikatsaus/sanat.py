"""What each part of a report is called: the words of a list of corrections and of what the checks find.

Every field of every part stands here; test_sanat.py sees that a new one is not forgotten. None: what is never told of
by itself, with the reason beside it.
"""

from collections.abc import Iterator
from dataclasses import fields

from django.utils.translation import gettext_lazy as _

from strategia.models import LISAKENTAT, RAPORTIN_OSAT, SANASTO

from .mitattu import Mittari, MittariArvo, Osavastaus, Riski, Tavoitearvo
from .model import Jakso, Kunta, Numerosarake, Osavuosikatsaus, Painopiste, Rivi, Sarake, Strategia, Tavoite

_ID = None  # tells which it is, not what it says
_OSA = None  # told part by part
_LUKU = None  # the number that its text plainly is
_AIKA = None  # tells of what time it is
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
        "nayta_keskiarvo": _("Keskiarvo näytetään"),
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
    # What stands in the columns of numbers is told of each measure.
    Numerosarake: dict.fromkeys(("rooli", "otsikko", "yla", "vuosi", "jakso", "jalkeen"), None),
    Rivi: {
        "id": _ID,
        **{rooli: sana for rooli, sana in (SANASTO | LISAKENTAT).items() if rooli not in ("painopiste", "tavoite")},
        **dict.fromkeys(("syy", "alkuperainen"), None),  # one value with the score
        "edellinen": _("Toteutumisaste edellisellä jaksolla"),
        "samana": _("Montako jaksoa sama toteutumisaste"),
        "muut_toimialat": RAPORTIN_OSAT["muut_toimialat"],
        "omat": _("Oma sarake"),
        "sitovuus": RAPORTIN_OSAT["sitovuus"],
        "voimassa": RAPORTIN_OSAT["toimenpide.voimassa"],
        "edelliskaudella": _("Arvio edellisellä kaudella"),
        **dict.fromkeys(("osavastaukset", "mittarit", "riskit"), _OSA),
    },
    Osavastaus: {
        "nimi": _("Yksikkö"),
        "toteutumisaste": SANASTO["toteutumisaste"],
        "kommentti": _("Kommentti"),
        "muu_toimiala": None,  # it says only what hides it
    },
    Riski: {
        "id": _ID,
        "teksti": _("Riski"),
        "todennakoisyys": _("Riskin todennäköisyys"),
        "vaikutus": _("Riskin vaikutus"),
    },
    Mittari: {
        "id": _ID,
        "nimi": _("Mittarin nimi"),
        "laji": _("Mittarin laji"),
        "yksikko": _("Yksikkö"),
        "suunta": _("Mittarin suunta"),
        "desimaalit": _("Desimaaleja"),
        "toimiala": _("Kirjaava toimiala"),
        "lahde": _("Lähde"),
        "lahto_teksti": _("Lähtöarvo"),
        "lahto_luku": _LUKU,
        "lahto_vuosi": _("Lähtöarvon vuosi"),
        "tulos": _("Tulos"),
        "muutos": None,  # follows from its values
        "tavoite": None,  # one of the targets
        **dict.fromkeys(("tavoitteet", "arvo", "aiemmat"), _OSA),
    },
    Tavoitearvo: {"vuosi": _AIKA, "teksti": _("Tavoite"), **dict.fromkeys(("luku", "ala", "yla"), _LUKU)},
    MittariArvo: {
        **dict.fromkeys(("jakso", "vuosi", "paiva"), _AIKA),
        "teksti": _("Arvo"),
        "luku": _LUKU,
        "huomautus": _("Huomautus"),
    },
    Tavoite: {
        "id": _ID,
        "nimi": SANASTO["tavoite"],
        "toimielin": SANASTO["toimielin"],
        "sdg": SANASTO["sdg"],
        **dict.fromkeys(("rivit", "mittarit", "riskit"), _OSA),
    },
    Painopiste: {
        "id": _ID,
        "nimi": SANASTO["painopiste"],
        "sdg": SANASTO["sdg"],
        "tavoitteet": _OSA,
        "mittarit": _OSA,
        "teksti": _("Painopisteen teksti"),
    },
    Osavuosikatsaus: {
        **dict.fromkeys(
            ("kunta", "strategia", "jakso", "sarakkeet", "painopisteet", "paattyneet", "eivat_mukana"), _OSA
        ),
        **dict.fromkeys(("mittarisarakkeet", "aiemmat"), _OSA),
        "osat": _("Raportin osat"),
        "edellinen": _("Edellinen jakso"),
        "edelliskausi": _("Edellisen kauden jakso"),
        "avaus": _("Avausteksti"),
        "kokous": _("Kokous"),
        "korjaus": None,  # what is being told
        "lukusarakkeet": None,
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
