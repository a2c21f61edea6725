"""An invented plan of any size with two jaksot, for tests that need more rows than the cast has."""

import datetime

from seuranta.models import Kirjaus, Seurantajakso
from strategia.models import (
    TARJOTUT_NIMET,
    Kunta,
    Painopiste,
    Strategia,
    StrateginenTavoite,
    Toimenpide,
    Toimiala,
)

KOOTTU = datetime.datetime(2026, 10, 3, 12, 5, tzinfo=datetime.UTC)
PITKA_NIMI = (
    "Asumis-, ympäristö- ja elinvoimapalveluiden toimiala sekä siihen kuuluvat liikelaitokset ja tytäryhteisöt yhteensä"
)
KOMMENTTI = "Työ on käynnissä: kilpailutus on tehty, ja toimittaja valitaan syksyllä – hinta 12 000 €."


def rakenna(asteet, *, edelliset=None, nimet=True, tavoitteessa=4, painopisteessa=12, **strategia):
    """A jakso with one toimenpide for each of asteet: 1-5, a syy, or None for no kirjaus.

    tavoitteessa, painopisteessa: how many toimenpidettä to a tavoite and to a painopiste.

    edelliset: the scores of the previous jakso in the same order; None: there is no previous jakso.
    """
    kunta = Kunta.objects.create(nimi="Saarikko", virallinen_nimi="Saarikon kunta", genetiivi="Saarikon")
    strategia = {"asteikko": TARJOTUT_NIMET if nimet else {}, **strategia}
    plan = Strategia.objects.create(kunta=kunta, nimi="Kuntastrategia 2030", **strategia)
    toimialat = [
        Toimiala.objects.create(kunta=kunta, nimi=nimi, jarjestys=order)
        for order, nimi in enumerate(["Hallinto- ja konsernipalvelut", PITKA_NIMI])
    ]
    rows = _toimenpiteet(kunta, plan, toimialat, len(asteet), tavoitteessa, painopisteessa)
    toimenpiteet = Toimenpide.objects.bulk_create(rows)
    if edelliset is not None:
        kirjaa(_jakso(plan, "Osavuosikatsaus I 2026", 1, 4), toimenpiteet, edelliset)
    return kirjaa(_jakso(plan, "Osavuosikatsaus II 2026", 5, 8), toimenpiteet, asteet)


def _toimenpiteet(kunta, plan, toimialat, count, tavoitteessa, painopisteessa):
    for number in range(count):
        if number % painopisteessa == 0:
            nimi = f"Painopiste {number // painopisteessa + 1}: sujuva arki"
            painopiste = Painopiste.objects.create(kunta=kunta, strategia=plan, nimi=nimi, jarjestys=number)
        if number % tavoitteessa == 0:
            nimi = f"Tavoite {number // tavoitteessa + 1}: palvelut ovat lähellä"
            tavoite = StrateginenTavoite.objects.create(kunta=kunta, painopiste=painopiste, nimi=nimi, jarjestys=number)
        yield Toimenpide(
            kunta=kunta,
            tavoite=tavoite,
            nimi=f"Toimenpide {number + 1}: lähipalveluiden saavutettavuus paranee",
            toimiala=toimialat[number % 2],
            jarjestys=number,
        )


def _jakso(plan, nimi, first_month, last_month):
    return Seurantajakso.objects.create(
        kunta=plan.kunta,
        strategia=plan,
        nimi=nimi,
        alkaa=datetime.date(2026, first_month, 1),
        paattyy=datetime.date(2026, last_month, 30),
        tila="avoinna",
        jarjestys=last_month,
    )


def kirjaa(jakso, toimenpiteet, asteet):
    Kirjaus.objects.bulk_create(
        Kirjaus(
            kunta=jakso.kunta,
            jakso=jakso,
            toimenpide=toimenpide,
            toteutumisaste=aste if isinstance(aste, int) else None,
            syy="" if isinstance(aste, int) else aste,
            kommentti=KOMMENTTI if isinstance(aste, int) else "",
            sisainen_huomio="Sisäinen: tilaaja on Veikko",
            tila=Kirjaus.Tila.LAHETETTY,
        )
        for toimenpide, aste in zip(toimenpiteet, asteet, strict=False)
        if aste
    )
    return jakso
