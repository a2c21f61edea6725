"""A table brings what its sheet has gathered; a draft that was begun here is not sent by a remark beside it."""

import pytest

from seuranta.models import Kirjaus

from .tuontisivut import VANHA, tallenna, xlsx

OTSIKOT = ["Painopiste", "Strateginen tavoite", "Toimenpide", "Toimiala", "Toteutumisaste", "Sisäinen huomio"]


@pytest.mark.parametrize(
    ("luonnos", "tila", "kerrotaan"),
    [
        ({"toteutumisaste": 3, "syy": "", "kommentti": "Kesken."}, Kirjaus.Tila.LUONNOS, False),
        ({"sisainen_huomio": "Oma."}, Kirjaus.Tila.LAHETETTY, True),
    ],
)
def test_a_remark_alone_sends_no_draft(cast, aino, laheta, luonnos, tila, kerrotaan):
    values = {"kunta": cast.kunta, "jakso": cast.jakso, "toimenpide": cast.toimenpiteet[4], "versio": 1}
    luonnos = Kirjaus.objects.create(**values, **luonnos, tila="luonnos")
    tuonti = laheta(content=xlsx([*VANHA[:4], 3, "Uusi huomio"], otsikot=OTSIKOT))
    tallenna(aino, tuonti)
    luonnos.refresh_from_db()
    assert luonnos.sisainen_huomio.endswith("Uusi huomio")
    assert (luonnos.tila, luonnos.is_reported) == (tila, kerrotaan)
