"""The named cast: the people of the tests, their kunta Kirkkoranta and its strategia. All of it is invented.

| person | rooli | toimiala |
|---|---|---|
| Aino | pääkäyttäjä | |
| Kaisa | koordinaattori | |
| Veikko | raportoija | Tekniset palvelut |
| Hilkka | hyväksyjä | Tekniset palvelut |
| Otso | raportoija | Sivistyspalvelut |
| Liisa | luottamushenkilö | |
| Tarmo | tarkastaja | |
| Ulla | pääkäyttäjä | of another kunta, Metsäpitäjä |

The previous jakso is closed, with its kirjaukset and raporttiversio 1; the open one is empty, for every story
begins it anew.
"""

import datetime
from dataclasses import dataclass

from simple_history.utils import bulk_create_with_history

from raportit.models import Raporttiversio
from raportit.sulkeminen.sulje import close_jakso
from seuranta.models import Kirjaus, MittariArvo, Osavastaus, Riski, Seurantajakso
from strategia.models import (
    Jasenyys,
    Kayttaja,
    Kunta,
    Mittari,
    Painopiste,
    Rooli,
    Strategia,
    StrateginenTavoite,
    Tavoitearvo,
    Toimenpide,
    Toimiala,
    Toimielin,
)

SALASANA = "Kirkkorannan-koivut-7"

# painopiste -> tavoite -> [(toimenpide, toimiala, score of the previous jakso, its kommentti)]
# A score may be a reason for there being none, or None: nothing was written.
SUUNNITELMA = {
    "Elävä kylä & sujuva arki": {
        "Turvalliset koulutiet": [
            ("Väylä Kirkkotie–Koulupolku", "Tekniset palvelut", 2, "Suunnitelma valmis – kilpailu syksyllä."),
            ("Uudet katuvalot Äijänsuolle", "Tekniset palvelut", 4, "Puolet valoista on vaihdettu."),
        ],
        "Hyvä koulupäivä": [
            ("Kerho jokaiselle koululle", "Sivistyspalvelut", 5, "Kerho toimii kaikissa kouluissa."),
            ("Lähiruokaa kouluihin: kala & marjat", "Sivistyspalvelut", 3, "Sopimus kahden tilan kanssa."),
        ],
    },
    "Rohkea talous": {
        "Tilat käyttöön": [
            ("Tyhjistä kiinteistöistä luovutaan", "Tekniset palvelut", 1, "Ei aloitettu."),
            ("Ränssin koulu vuokrataan yrityksille", None, None, ""),
        ],
        "": [
            ("Kuntalaisraati – yhteinen ääni", "Sivistyspalvelut", "ei_arvioida", "Raati alkaa ensi vuonna."),
            ("Ulkoilureitti & laavu", "Hyvinvointi & vapaa-aika", 3, "Reitti on merkitty."),
        ],
    },
}
# (kohde and its place in the cast, nimi, laji, yksikkö, suunta, start, {year: target}, value of the previous jakso)
MITTARIT = [
    ("toimenpide", 0, "Turvallisia koulureittejä", "luku", "kpl", "suurempi", "3", {2026: "12"}, "9"),
    ("tavoite", 0, "Kulkee itse kouluun", "prosentti", "", "suurempi", "41 %", {2025: "60 %", None: "80 %"}, "68 %"),
    ("painopiste", 0, "Kunnassa on asukasraati", "kylla_ei", "", "suurempi", "ei", {None: "kyllä"}, "ei"),
    ("painopiste", 1, "Toimintakate", "euro", "", "pienempi", "1 234 000 €", {2026: "1 200 000 €"}, ""),
]
MITTARIN_TOIMIALA = {1: "Sivistyspalvelut"}  # who records it, by its place above; the koordinaattori records the others
TOIMIALAT = ["Tekniset palvelut", "Sivistyspalvelut", "Hyvinvointi & vapaa-aika"]


@dataclass(frozen=True)
class Naapuri:
    """Another kunta: nobody of Kirkkoranta may see anything of it, nor Ulla anything of Kirkkoranta."""

    kunta: Kunta
    tekniset: Toimiala
    strategia: Strategia
    jakso: Seurantajakso
    toimenpide: Toimenpide
    kirjaus: Kirjaus
    mittari: Mittari
    riski: Riski


@dataclass(frozen=True)
class Cast:
    kunta: Kunta
    tekniset: Toimiala
    sivistys: Toimiala
    hyvinvointi: Toimiala
    lautakunta: Toimielin
    strategia: Strategia
    painopisteet: list[Painopiste]
    tavoitteet: list[StrateginenTavoite]
    toimenpiteet: list[Toimenpide]
    mittarit: list[Mittari]
    riski: Riski
    edellinen: Seurantajakso
    versio: Raporttiversio
    jakso: Seurantajakso
    naapuri: Naapuri
    aino: Kayttaja
    kaisa: Kayttaja
    veikko: Kayttaja
    hilkka: Kayttaja
    otso: Kayttaja
    liisa: Kayttaja
    tarmo: Kayttaja
    ulla: Kayttaja

    @property
    def vayla(self):
        """The first toimenpide, of Tekniset palvelut: Veikko's own."""
        return self.toimenpiteet[0]

    @property
    def kerho(self):
        """A toimenpide of Sivistyspalvelut: Otso's own."""
        return self.toimenpiteet[2]

    @property
    def ranssi(self):
        """The toimenpide without a toimiala: the koordinaattori's until given."""
        return self.toimenpiteet[5]


def build_cast():
    """Kirkkoranta and its neighbour in the database."""
    kunta = Kunta.objects.create(
        nimi="Kirkkoranta", virallinen_nimi="Kirkkorannan kunta", genetiivi="Kirkkorannan", muoto="kunta"
    )
    toimialat = [create_toimiala(kunta, nimi, i) for i, nimi in enumerate(TOIMIALAT)]
    lautakunta = Toimielin.objects.create(kunta=kunta, nimi="Tekninen & ympäristölautakunta")
    strategia = Strategia.objects.create(
        kunta=kunta, nimi="Kirkkorannan strategia 2026–2029", alkuvuosi=2026, loppuvuosi=2029
    )
    plan = create_plan(strategia, SUUNNITELMA, {toimiala.nimi: toimiala for toimiala in toimialat})
    painopisteet, tavoitteet, toimenpiteet = plan
    people = create_people(kunta, *toimialat[:2])
    mittarit = create_mittarit(strategia, plan, {toimiala.nimi: toimiala for toimiala in toimialat})
    edellinen = create_edellinen(strategia, toimenpiteet)
    create_arvot(edellinen, mittarit)
    create_osat(edellinen, toimenpiteet[7])
    riski = Riski(kunta=kunta, strategia=strategia, toimenpide=toimenpiteet[0], teksti="Urakka kallistuu", vaikutus=4)
    riski.save()
    naapuri = build_naapuri()
    return Cast(
        kunta,
        *toimialat,
        lautakunta,
        strategia,
        painopisteet,
        tavoitteet,
        toimenpiteet,
        mittarit,
        riski,
        edellinen=edellinen,
        versio=close_jakso(edellinen, by=people["kaisa"]),
        jakso=create_jakso(strategia, "Osavuosikatsaus II 2026", 5, 8, jarjestys=2),
        naapuri=naapuri,
        **people,
        ulla=create_user(naapuri.kunta, "Ulla Uusikylä", Rooli.PAAKAYTTAJA),
    )


def create_toimiala(kunta, nimi, jarjestys=0):
    return Toimiala.objects.create(kunta=kunta, nimi=nimi, jarjestys=jarjestys)


def create_plan(strategia, suunnitelma, toimialat):
    """The rows of a {painopiste: {tavoite: [(toimenpide, toimiala, …)]}} -> three lists, in its order."""
    kunta, painopisteet, tavoitteet, toimenpiteet = strategia.kunta, [], [], []
    for nimi, sen_tavoitteet in suunnitelma.items():
        painopiste = Painopiste.objects.create(kunta=kunta, strategia=strategia, nimi=nimi, jarjestys=len(painopisteet))
        painopisteet.append(painopiste)
        for tavoitteen_nimi, rivit in sen_tavoitteet.items():
            tavoite = StrateginenTavoite.objects.create(
                kunta=kunta, painopiste=painopiste, nimi=tavoitteen_nimi, jarjestys=len(tavoitteet)
            )
            tavoitteet.append(tavoite)
            toimenpiteet += [
                Toimenpide.objects.create(
                    kunta=kunta, tavoite=tavoite, nimi=rivi[0], toimiala=toimialat.get(rivi[1]), jarjestys=i
                )
                for i, rivi in enumerate(rivit)
            ]
    return painopisteet, tavoitteet, toimenpiteet


def create_mittarit(strategia, plan, toimialat):
    """The MITTARIT of a (painopisteet, tavoitteet, toimenpiteet), with their targets."""
    rows = dict(zip(("painopiste", "tavoite", "toimenpide"), plan, strict=True))
    return [
        create_mittari(
            strategia, {kohde: rows[kohde][place]}, *rest[:-1], toimiala=toimialat.get(MITTARIN_TOIMIALA.get(i))
        )
        for i, (kohde, place, *rest) in enumerate(MITTARIT)
    ]


def create_mittari(strategia, kohde, nimi, laji, yksikko, suunta, lahto, tavoitteet, *, toimiala=None):
    """A mittari under {"toimenpide", "tavoite" or "painopiste": row} with its {year or None: target}."""
    mittari = Mittari(
        kunta=strategia.kunta, strategia=strategia, **kohde, nimi=nimi, laji=laji, yksikko=yksikko, suunta=suunta
    )
    mittari.toimiala, mittari.lahto_teksti = toimiala, lahto
    mittari.save()
    for vuosi, teksti in tavoitteet.items():
        Tavoitearvo.objects.create(kunta=strategia.kunta, mittari=mittari, vuosi=vuosi, teksti=teksti)
    return mittari


def create_arvot(jakso, mittarit):
    """The values of MITTARIT in the jakso: approved where they have a state of their own."""
    arvot = []
    for mittari, teksti in zip(mittarit, (rivi[-1] for rivi in MITTARIT), strict=True):
        tila = "" if mittari.toimenpide_id else Kirjaus.Tila.HYVAKSYTTY
        arvo = MittariArvo(kunta=jakso.kunta, jakso=jakso, mittari=mittari, teksti=teksti, tila=tila, versio=1)
        arvot += [arvo] if teksti else []
    bulk_create_with_history(arvot, MittariArvo)


def create_osat(jakso, toimenpide):
    """What two units answered of the toimenpide in the jakso."""
    kirjaus = Kirjaus.objects.get(jakso=jakso, toimenpide=toimenpide)
    for nimi, aste in (("Reitit", 4), ("Laavut", 2)):
        Osavastaus.objects.create(kunta=jakso.kunta, kirjaus=kirjaus, nimi=nimi, toteutumisaste=aste, versio=1)


def create_jakso(strategia, nimi, alku, loppu, *, jarjestys, tila=Seurantajakso.Tila.AVOINNA):
    """A jakso of 2026 from the month `alku` to the end of the month `loppu`; answers are due 15 days after."""
    paattyy = datetime.date(2026, loppu + 1, 1) - datetime.timedelta(days=1)
    return Seurantajakso.objects.create(
        kunta=strategia.kunta,
        strategia=strategia,
        nimi=nimi,
        alkaa=datetime.date(2026, alku, 1),
        paattyy=paattyy,
        vastaus_viimeistaan=paattyy + datetime.timedelta(days=15),
        hyvaksynta_viimeistaan=paattyy + datetime.timedelta(days=22),
        jarjestys=jarjestys,
        tila=tila,
    )


def create_edellinen(strategia, toimenpiteet):
    """The previous jakso with what was recorded in it, ready to be closed."""
    in_finishing = Seurantajakso.Tila.VIIMEISTELYSSA
    jakso = create_jakso(strategia, "Osavuosikatsaus I 2026", 1, 4, jarjestys=1, tila=in_finishing)
    rivit = [rivi for tavoitteet in SUUNNITELMA.values() for rivit in tavoitteet.values() for rivi in rivit]
    kirjaukset = [
        create_kirjaus(jakso, toimenpide, aste, kommentti)
        for toimenpide, (_nimi, _toimiala, aste, kommentti) in zip(toimenpiteet, rivit, strict=True)
        if aste is not None
    ]
    bulk_create_with_history(kirjaukset, Kirjaus)
    return jakso


def create_kirjaus(jakso, toimenpide, aste, kommentti):
    """An approved kirjaus, not yet saved; `aste` is a score or the reason for having none."""
    has_score = isinstance(aste, int)
    return Kirjaus(
        kunta=jakso.kunta,
        jakso=jakso,
        toimenpide=toimenpide,
        toteutumisaste=aste if has_score else None,
        syy="" if has_score else aste,
        kommentti=kommentti,
        tila=Kirjaus.Tila.HYVAKSYTTY,
        versio=1,
    )


def create_people(kunta, tekniset, sivistys):
    return {
        "aino": create_user(kunta, "Aino Aaltonen", Rooli.PAAKAYTTAJA),
        "kaisa": create_user(kunta, "Kaisa Koivuniemi", Rooli.KOORDINAATTORI),
        "veikko": create_user(kunta, "Veikko Väänänen", Rooli.RAPORTOIJA, tekniset),
        "hilkka": create_user(kunta, "Hilkka Hyvönen", Rooli.HYVAKSYJA, tekniset),
        "otso": create_user(kunta, "Otso Öhman", Rooli.RAPORTOIJA, sivistys),
        "liisa": create_user(kunta, "Liisa Lehtisaari", Rooli.LUOTTAMUSHENKILO),
        "tarmo": create_user(kunta, "Tarmo Törmälä", Rooli.TARKASTAJA),
    }


def create_user(kunta, nimi, rooli, *toimialat):
    """A person with an address like aino@kirkkoranta.example; the password is SALASANA."""
    etunimi, verkkonimi = nimi.split()[0].lower(), kunta.nimi.lower().replace("ä", "a")
    user = Kayttaja.objects.create_user(
        f"{etunimi}@{verkkonimi}.example", SALASANA, kunta=kunta, nimi=nimi, rooli=rooli
    )
    for toimiala in toimialat:
        Jasenyys.objects.create(kunta=kunta, kayttaja=user, toimiala=toimiala)
    user.sijaisuustieto = None  # known, as it is of who signs in
    return user


def build_naapuri():
    kunta = Kunta.objects.create(nimi="Metsäpitäjä", virallinen_nimi="Metsäpitäjän kunta", genetiivi="Metsäpitäjän")
    tekniset = create_toimiala(kunta, "Tekniset palvelut")  # the same name on purpose
    strategia = Strategia.objects.create(kunta=kunta, nimi="Metsäpitäjän suunta")
    plan = {"Metsä & vesi": {"Puhdas järvi": [("Järven kunnostus – vaihe 1", "Tekniset palvelut")]}}
    toimenpide = create_plan(strategia, plan, {"Tekniset palvelut": tekniset})[2][0]
    kohde = {"toimenpide": toimenpide}
    mittari = create_mittari(strategia, kohde, "Naapurin oma mittari", "luku", "kpl", "suurempi", "1", {2026: "5"})
    jakso = create_jakso(strategia, "Osavuosikatsaus II 2026", 5, 8, jarjestys=1)
    kirjaus = create_kirjaus(jakso, toimenpide, 4, "Naapurin oma asia.")
    kirjaus.save()
    riski = Riski.objects.create(kunta=kunta, strategia=strategia, teksti="Naapurin oma riski", **kohde)
    return Naapuri(kunta, tekniset, strategia, jakso, toimenpide, kirjaus, mittari, riski)
