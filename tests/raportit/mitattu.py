"""A report as data with measures of every kind and state, risks, other toimialat and units' answers. All invented."""

from dataclasses import replace

from raportit.osavuosikatsaus.columns import list_mittarisarakkeet
from raportit.osavuosikatsaus.mitattu import EI_LAHETETTY, Mittari, MittariArvo, Osavastaus, Riski, Tavoitearvo
from raportit.osavuosikatsaus.model import Osavuosikatsaus
from seuranta.tulos import compare, move_of
from strategia.lukuteksti import read_lukuteksti, read_vali
from strategia.models import Strategia

from .saarikko import saarikon_raportti

# nimi, laji, yksikkö, suunta, start, (year, target), values before the report's own, the report's own ("" for none)
MITTARIT = [
    ("Sähköisesti hoidettu asiointi", "prosentti", "", "suurempi", "41 %", (2026, "80 %"), ["68 %"], "75 %"),
    ("Sähköiset lomakkeet", "luku", "kpl", "suurempi", "4", (2026, "12"), ["9"], "12"),
    ("Poissaololupa haetaan sähköisesti", "kylla_ei", "", "suurempi", "ei", (2026, "kyllä"), ["ei"], "kyllä"),
    ("Asiakaspalvelun vastausaika", "luku", "minuuttia", "pienempi", "12,0", (2026, "8,0"), ["8,5"], "9,5"),
    ("Digineuvonta", "luku", "kertaa", "suurempi", "6", (2026, "20"), ["10"], ""),
    ("Toimintakate", "euro", "", "pienempi", "1 234 000 €", (None, "1 200 000 €"), ["1 210 000 €"], "1 250 000 €"),
    ("Vuokra-aste", "prosentti", "", "vali", "", (None, "90–95 %"), [], "92 %"),
    ("Henkilöstön arvio työstä", "teksti", "", "ei", "", (None, "Paranee vuosittain."), [], "Arvio on ennallaan."),
    ("Asukasluku", "luku", "", "ei", "5 120", None, ["5 101"], "5 098"),
    ("Lähetetään myöhemmin", "luku", "kpl", "suurempi", "", (2026, "3"), [], EI_LAHETETTY),
]
HUOMAUTUS = "Luku on asiakaspalvelun järjestelmästä."
RISKIT = [("Urakka kallistuu", 3, 4), ("Hakijoita ei ole", 5, 5), ("Rahoitus viivästyy", None, 2)]


def _arvo(jakso, teksti, huomautus=""):
    read = read_lukuteksti(teksti)
    return MittariArvo(jakso.id, None, None, teksti, read.luku if read else None, huomautus)


def _tavoite(vuosi, teksti):
    read, ends = read_lukuteksti(teksti), read_vali(teksti) or (None, None)
    return Tavoitearvo(vuosi, teksti, read.luku if read else None, *ends)


def mittari(number: int, aiempi, jakso, **changes) -> Mittari:
    """The measure of this place in MITTARIT."""
    nimi, laji, yksikko, suunta, lahto, tavoite, ennen, nyt = MITTARIT[number % len(MITTARIT)]
    start = read_lukuteksti(lahto)
    made = Mittari(
        **{"id": number + 1, "nimi": nimi, "laji": laji, "yksikko": yksikko, "suunta": suunta},
        **{"desimaalit": 1 if yksikko == "minuuttia" else None, "toimiala": "", "lahde": ""},
        **{"lahto_teksti": lahto, "lahto_luku": start.luku if start else None, "lahto_vuosi": 2025 if lahto else None},
        tavoite=tavoite and _tavoite(*tavoite),
        tavoitteet=(_tavoite(*tavoite),) if tavoite else (),
        arvo=_arvo(jakso, nyt, HUOMAUTUS if number % 4 == 0 else "") if nyt not in ("", EI_LAHETETTY) else None,
        aiemmat=tuple(_arvo(aiempi, teksti) for teksti in ennen),
        tulos="",
    )
    made = replace(made, **changes)
    moved = move_of(made, made.arvo, made.aiemmat[-1]) if made.arvo and made.aiemmat else None
    tulos = EI_LAHETETTY if nyt == EI_LAHETETTY else compare(made, made.arvo, made.tavoite)
    return made.told(str(tulos), str(moved or ""))


def mitattu_raportti(asteet=(5, 3, 1, 4, 2), *, sarakkeet=(), **kwargs) -> Osavuosikatsaus:
    """The report of five rows: five measures under the first tavoite, others under its rows and the painopiste."""
    raportti = saarikon_raportti(list(asteet), edelliset=[4, 3, 2, 4, 1], **kwargs)
    [painopiste] = raportti.painopisteet
    mittarit = [mittari(number, raportti.edellinen, raportti.jakso) for number in range(len(MITTARIT))]
    riskit = [Riski(number, *riski) for number, riski in enumerate(RISKIT, 1)]
    first, second = painopiste.tavoitteet
    row = replace(
        first.rivit[0],
        mittarit=tuple(mittarit[5:7]),
        riskit=tuple(riskit[:2]),
        muut_toimialat=("Sivistyspalvelut",),
        osavastaukset=(Osavastaus("Lomituspalvelut", 4, "Päiviä oli 812."), Osavastaus("Maaseutuhallinto", 2)),
    )
    first = replace(first, mittarit=tuple(mittarit[:5]), rivit=(row, *first.rivit[1:]), sdg=("4 Hyvä koulutus",))
    second = replace(second, mittarit=tuple(mittarit[7:9]), riskit=(riskit[2],))
    painopiste = replace(painopiste, tavoitteet=(first, second), mittarit=(mittarit[9],))
    return replace(
        raportti,
        painopisteet=(painopiste,),
        aiemmat=(raportti.edellinen,),
        mittarisarakkeet=list_mittarisarakkeet(Strategia(sarakkeet=list(sarakkeet))),
    )
