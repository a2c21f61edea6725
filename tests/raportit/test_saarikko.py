"""The report that the renderers' tests are given without a database is the one that is built in it."""

import json
import os

import pytest

from raportit.osavuosikatsaus import build, from_json, to_json
from seuranta.models import Kirjaus
from strategia.models import LISAKENTAT, Painopiste, StrateginenTavoite, Toimenpide, Toimielin

from .rakenna import KOOTTU, PITKA_NIMI, rakenna
from .saarikko import SAARIKKO, TAYSI, TIEDOSTO, numbered, saarikon_raportti

pytestmark = pytest.mark.django_db


def test_the_frozen_report_is_the_one_that_is_built():
    built = numbered(build(rakenna(**TAYSI), koottu=KOOTTU, versio=1))
    if os.environ.get("SAARIKKO") == "uusi":
        TIEDOSTO.write_text(json.dumps(json.loads(to_json(built)), ensure_ascii=False, indent=1) + "\n")
    assert from_json(TIEDOSTO.read_text()) == built
    assert saarikon_raportti(**TAYSI, versio=1) == SAARIKKO


OMAT = [
    {"rooli": "toimenpide", "otsikko": "Teko"},
    {"rooli": "kommentti", "otsikko": ""},
    {"rooli": "painopiste", "otsikko": "Strategiakärjet"},
    {"rooli": "toteutumisaste", "otsikko": "kesä"},
    {"rooli": "toimielin", "otsikko": "Toimielin", "valiotsikko": True},
]


@pytest.mark.parametrize(
    "shape",
    [
        {"asteet": [5]},
        {"asteet": [None, "luovuttu"], "esitys": "ei", "nimet": False},
        {"asteet": [5, 1, 3, "luovuttu", 4], "edelliset": [5, 4, None, 2], "esitys": "liikennevalo"},
        {"asteet": [3] * 20, "tavoitteessa": 3, "painopisteessa": 9, "sanasto": {"painopiste": "Kärki"}},
        {"asteet": [4, 4], "sarakkeet": OMAT, "otsikko": "Seurantaraportti"},
    ],
)
def test_a_shape_is_as_it_is_built(shape):
    jakso = rakenna(shape["asteet"], **{name: value for name, value in shape.items() if name != "asteet"})
    assert saarikon_raportti(**shape) == numbered(build(jakso, koottu=KOOTTU))


def test_texts_of_ones_own_are_where_they_are_built():
    """On every row, on one, and of a kirjaus only where there is one and the strategia asks it."""
    jakso = rakenna([5, None, "luovuttu", 2, 3], sarakkeet=OMAT)
    lisat = {"ennuste": "Ennuste 1", "poikkeaman_syy": "Syy"}
    jakso.strategia.use_lisakentat(["ennuste"])
    lautakunta = Toimielin.objects.create(kunta=jakso.kunta, nimi="Tekninen lautakunta")
    Toimenpide.objects.update(riski="Riski", sdg=["3 Terveys"], toimielin=lautakunta)
    Toimenpide.objects.filter(jarjestys=0).update(toimiala=None, koodi="01")
    Kirjaus.objects.update(kommentti="Oma", **lisat)
    Painopiste.objects.update(nimi="Kärki")
    for number, tavoite in enumerate(StrateginenTavoite.objects.order_by("jarjestys")):
        StrateginenTavoite.objects.filter(pk=tavoite.pk).update(nimi=f"T{number}")
    jakso.strategia.kunta.korostusvari = "#ffcc00"
    row = {"riski": "Riski", "sdg": ("3 Terveys",), "toimielin": lautakunta.nimi, "kommentti": "Oma", **lisat}
    own = saarikon_raportti(
        [5, None, "luovuttu", 2, 3],
        sarakkeet=OMAT,
        lisakentat=["ennuste"],
        rivit=[{**row, "toimiala": "", "koodi": "01"}, row, row, row, row],
        painopisteet="Kärki",
        tavoitteet=["T0", "T1"],
        korostusvari="#ffcc00",
        versio=1,
    )
    assert own == numbered(build(jakso, koottu=KOOTTU, versio=1))
    assert [rivi.ennuste for rivi in own.rivit] == ["Ennuste 1", "", "Ennuste 1", "Ennuste 1", "Ennuste 1"]
    assert LISAKENTAT.keys() >= set(own.lisakentat) == {"ennuste"}
    assert own.toimialat == ("Hallinto- ja konsernipalvelut", PITKA_NIMI)
