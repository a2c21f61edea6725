"""An invented Osavuosikatsaus of a few rows: what the page of parts shows and the tests photograph."""

from datetime import UTC, date, datetime

from strategia.models import SANASTO, TARJOTUT_NIMET

from ..osavuosikatsaus import Jakso, Kunta, Osavuosikatsaus, Painopiste, Rivi, Sarake, Strategia, Tavoite

PITKA_TOIMIALA = (
    "Elinvoiman, asuinympäristön, kaavoituksen, rakennusvalvonnan & joukkoliikenteen palvelualue – "
    "tekniset palvelut ja vesi"
)
PITKA_KOMMENTTI = "Työ etenee suunnitellusti, ja seuraavaksi kuullaan asukkaita kylillä. " * 14
# score, previous score, reason, toimiala, kommentti
RIVIT = (
    (5, 4, "", "Sivistyspalvelut", "Valmis ja otettu käyttöön."),
    (4, 4, "", PITKA_TOIMIALA, PITKA_KOMMENTTI.strip()),
    (3, None, "", "Sivistyspalvelut", "Aloitettu tällä jaksolla."),
    (2, 3, "", PITKA_TOIMIALA, "Urakka viivästyi – uusi kilpailutus & valitus."),
    (1, 1, "", "Sivistyspalvelut", ""),
    (None, 2, "ei_arvioida", "Sivistyspalvelut", "Arvioidaan kerran vuodessa."),
)


def build_example(*, esitys="numerot") -> Osavuosikatsaus:
    """Every score, every change and the longest texts, on a scale shown as `esitys`."""
    tavoite = Tavoite(1, "Palvelut ovat lähellä", tuple(_rivi(n, *rivi) for n, rivi in enumerate(RIVIT, start=1)))
    return Osavuosikatsaus(
        kunta=Kunta(0, "Esimerkki", "Esimerkin kunta", "Esimerkin", "kunta", ""),
        strategia=Strategia(0, "Esimerkki", "Strategian seuranta", SANASTO, TARJOTUT_NIMET, esitys),
        jakso=Jakso(2, "Osavuosikatsaus II 2026", "osavuosikatsaus", date(2026, 5, 1), date(2026, 8, 31)),
        edellinen=Jakso(1, "Osavuosikatsaus I 2026", "osavuosikatsaus", date(2026, 1, 1), date(2026, 4, 30)),
        koottu=datetime(2026, 9, 30, 12, tzinfo=UTC),
        versio=1,
        sarakkeet=tuple(Sarake(r, SANASTO[r]) for r in ("toimenpide", "toimiala", "toteutumisaste", "kommentti")),
        toimialat=("Sivistyspalvelut", PITKA_TOIMIALA),
        toimielimet=(),
        painopisteet=(Painopiste(1, "Hyvinvoiva kuntalainen", (), (tavoite,)),),
    )


def _rivi(number, aste, edellinen, syy, toimiala, kommentti):
    return Rivi(
        id=number,
        koodi="",
        toimenpide=f"Toimenpide {number}: avataan lähikirjasto & kylätalo",
        toimialan_tavoite="",
        toimiala=toimiala,
        toimielin="",
        vastuu="",
        riski="",
        mittari="",
        sdg=(),
        toteutumisaste=aste,
        syy=syy,
        kommentti=kommentti,
        edellinen=edellinen,
    )
