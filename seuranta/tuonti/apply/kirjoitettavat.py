"""Which fields an import writes: of a new row, and of one that changes."""

from seuranta.models import Kirjaus, MittariArvo, Riski
from strategia.models import LISAKENTAT, Mittari, Tavoitearvo, Toimenpide

MUUTTUVAT_KENTAT = {
    Toimenpide: [
        *("nimi", "avain", "koodi", "tavoite", "toimialan_tavoite", "toimiala", "toimielin", "vastuu", "riski"),
        *("mittari", "sdg", "voimassa_alkaen", "voimassa_asti", "omat", "haku"),
    ],
    Kirjaus: [
        *("toteutumisaste", "syy", "alkuperainen", "kommentti", *LISAKENTAT, "omat", "sisainen_huomio", "tila"),
        "otettu_mukaan",
        *("ei_muutosta", "kirjaajan_kommentti", "kirjaajan_lisat", "versio", "muokattu", "lahetetty", "tuonti", "haku"),
    ],
    Mittari: [
        *("nimi", "avain", "kerta", "laji", "yksikko", "lahto_teksti", "lahto_luku", "lahto_vuosi", "alkuperainen"),
        "haku",
    ],
    Tavoitearvo: ["teksti", "luku", "ala", "yla", "alkuperainen"],
    MittariArvo: [*MittariArvo.SAVED_FIELDS, "tuonti"],
    Riski: ["teksti", "alkuperainen"],
}
# What a new row is given; the rest of its fields begin with their defaults.
UUDEN_KENTAT = {
    Toimenpide: [
        *("kunta_id", "jarjestys", "kerta", "haku", "avain", "nimi", "koodi", "toimialan_tavoite", "vastuu", "riski"),
        *("mittari", "sdg", "tavoite_id", "toimiala_id", "toimielin_id", "voimassa_alkaen", "voimassa_asti", "omat"),
    ],
    Kirjaus: [
        *("kunta_id", "jakso_id", "toimenpide_id", "toteutumisaste", "syy", "alkuperainen", "kommentti", *LISAKENTAT),
        *("omat", "sisainen_huomio", "tila", "versio", "muokattu", "lahetetty", "tuonti_id", "haku"),
    ],
    Mittari: [
        *("kunta_id", "strategia_id", "toimenpide_id", "tavoite_id", "painopiste_id", "kerta", "jarjestys", "nimi"),
        *("avain", "haku", "laji", "yksikko", "lahto_teksti", "lahto_luku", "lahto_vuosi", "alkuperainen"),
    ],
    Tavoitearvo: ["kunta_id", "mittari_id", "vuosi", "teksti", "luku", "ala", "yla"],
    MittariArvo: [
        *("kunta_id", "mittari_id", "jakso_id", "vuosi", "paiva", "teksti", "luku", "tila", "otettu_mukaan"),
        *("versio", "muokattu", "lahetetty", "tuonti_id"),
    ],
    Riski: ["kunta_id", "strategia_id", "toimenpide_id", "jarjestys", "teksti", "alkuperainen"],
}
