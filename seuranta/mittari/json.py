"""Toimenpide, Kirjaus, Riski, Mittari, MittariArvo -> what the interface tells of them."""

from strategia.lukuteksti import as_json_number
from strategia.models import LISAKENTAT
from strategia.teksti import clean_stored


def toimenpide_json(toimenpide) -> dict:
    """The fields of ToimenpideUlos."""
    texts = ("toimialan_tavoite", "koodi", "nimi", "vastuu")
    painopiste = toimenpide.tavoite.painopiste
    return {
        **{name: clean_stored(getattr(toimenpide, name)) for name in texts},
        **{name: getattr(toimenpide, name) for name in ("id", "voimassa_alkaen", "voimassa_asti", "sitovuus")},
        "edeltaja": toimenpide.edeltaja_id,
        "omat": clean_stored(toimenpide.omat),
        **{name: (each := getattr(toimenpide, name)) and each.nimi for name in ("toimielin", "toimiala")},
        "strategia": painopiste.strategia_id,
        "painopiste": painopiste.nimi,
        "tavoite": toimenpide.tavoite.nimi,
        "muut_toimialat": [each.nimi for each in toimenpide.muut_toimialat.all()],
        "sdg": [str(each) for each in toimenpide.sdg],
    }


def kirjaus_json(kirjaus) -> dict:
    """The fields of KirjausUlos; never its sisäinen huomio, nor why it was sent back."""
    return {
        **{name: clean_stored(getattr(kirjaus, name)) for name in ("kommentti", *LISAKENTAT)},
        **{name: getattr(kirjaus, name) for name in ("id", "toteutumisaste", "syy", "tila", "versio", "muokattu")},
        "toimenpide": kirjaus.toimenpide_id,
        "jakso": kirjaus.jakso_id,
        "omat": clean_stored(kirjaus.omat),
        "osavastaukset": [
            {
                "nimi": clean_stored(each.nimi),
                "toimiala": each.toimiala and each.toimiala.nimi,
                "toteutumisaste": each.toteutumisaste,
                "kommentti": clean_stored(each.kommentti),
            }
            for each in kirjaus.osavastaukset.all()
        ],
    }


def riski_json(riski) -> dict:
    """The fields of RiskiUlos."""
    return {
        **{name: getattr(riski, name) for name in ("id", "todennakoisyys", "vaikutus")},
        "strategia": riski.strategia_id,
        "toimenpide": riski.toimenpide_id,
        "tavoite": riski.tavoite and riski.tavoite.nimi,
        "jakso": riski.jakso_id,
        "teksti": clean_stored(riski.teksti),
    }


def mittari_json(mittari) -> dict:
    """The fields of MittariUlos."""
    names = ("id", "nimi", "laji", "suunta", "desimaalit", "lahde", "palvelu", "ulkoinen_tunnus")
    parents = ("toimenpide", "tavoite", "painopiste", "toimiala")
    return {
        **{name: getattr(mittari, name) for name in names},
        **{name: (each := getattr(mittari, name)) and each.nimi for name in parents},
        "strategia": mittari.strategia_id,
        "toimenpide_id": mittari.toimenpide_id,
        "yksikko": mittari.mitta,
        "lahto": _luku(mittari.lahto_teksti, mittari.lahto_luku) if mittari.lahto_teksti else None,
        "tavoitteet": [_tavoitearvo_json(each) for each in mittari.tavoitteet.all()],
    }


def arvo_json(arvo) -> dict:
    """The fields of ArvoUlos; `arvo` with its kirjauksen_tila."""
    return {
        **_luku(arvo.teksti, arvo.luku),
        **{name: getattr(arvo, name) for name in ("id", "vuosi", "paiva", "huomautus", "versio", "muokattu")},
        "mittari": arvo.mittari_id,
        "jakso": arvo.jakso_id,
        "tila": arvo.tila or arvo.kirjauksen_tila or "",
    }


def _tavoitearvo_json(tavoite):
    ends = {"ala": as_json_number(tavoite.ala), "yla": as_json_number(tavoite.yla)}
    return {"vuosi": tavoite.vuosi, **ends, **_luku(tavoite.teksti, tavoite.luku)}


def _luku(teksti, luku):
    return {"teksti": teksti, "luku": as_json_number(luku)}
