"""What the council decided: the kunta, its people and units, and the strategia down to the toimenpide."""

from .ajot import Ajo
from .avaimet import Avain
from .ehdot import exactly_one_set
from .ilmoitukset import Ilmoitusviesti
from .istunnot import Istunto
from .joukkomuutokset import Joukkomuutos, Joukkomuutosrivi
from .julkaisunumero import Julkaisunumero
from .kalenteriavaimet import Kalenteriavain
from .kayttajat import (
    Jasenyys,
    Kayttaja,
    KayttajaManager,
    Rooli,
    Sijaistettu,
    Toimielinjasenyys,
    second_factors,
)
from .kirjoitusasu import KIRJOITUSASUN_KOHTEET, Kirjoitusasu
from .kunta import (
    NIMEN_PITUUS,
    SAILYTYS,
    KunnanRivi,
    Kunta,
    Nimetty,
    Palaute,
    Toimiala,
    Toimielin,
    Tunnuksellinen,
    logo_path,
)
from .kysely import KunnanQuerySet
from .mittarit import MITTARIN_KOHTEET, TEKSTIN_PITUUS, Mittari, Tavoitearvo
from .omat import OMA, OMA_KIRJAUS, OMAN_ALUT, OMAT, own_role, put_omat
from .osoitteet import KunnanOsoite
from .perussanat import LISAKENTAT, MITTARIN_LUVUT, RAPORTIN_OSAT, SANASTO, TARJOTUT_NIMET, VAIN_VALITTUNA
from .sijaisuudet import SIJAISTETTAVAT, Sijaisuus, find_person, people_with_sijaiset, people_with_sijaisuudet
from .suunnitelma import (
    MuuToimiala,
    Painopiste,
    Sitovuus,
    Strategia,
    StrateginenTavoite,
    Toimenpide,
    ToimenpideLinkki,
    Vastuuhenkilo,
)
from .tapahtuma import KIRJAUTUMISET, LYHYT, Tapahtuma
from .tunnistajat import Tunnistaja, Tunnistajaryhma, TunnistajaryhmanToimiala, Ulkotunnus

__all__ = [
    "Ajo",
    "Avain",
    "Ilmoitusviesti",
    "Istunto",
    "Jasenyys",
    "Joukkomuutos",
    "Joukkomuutosrivi",
    "Julkaisunumero",
    "KIRJAUTUMISET",
    "KIRJOITUSASUN_KOHTEET",
    "Kalenteriavain",
    "Kayttaja",
    "KayttajaManager",
    "Kirjoitusasu",
    "KunnanOsoite",
    "KunnanQuerySet",
    "KunnanRivi",
    "Kunta",
    "LISAKENTAT",
    "LYHYT",
    "OMA",
    "OMAN_ALUT",
    "OMAT",
    "OMA_KIRJAUS",
    "MITTARIN_KOHTEET",
    "MITTARIN_LUVUT",
    "Mittari",
    "MuuToimiala",
    "NIMEN_PITUUS",
    "Nimetty",
    "Painopiste",
    "Palaute",
    "RAPORTIN_OSAT",
    "Rooli",
    "SAILYTYS",
    "Tunnistajaryhma",
    "TunnistajaryhmanToimiala",
    "SANASTO",
    "SIJAISTETTAVAT",
    "Sijaistettu",
    "Sijaisuus",
    "Sitovuus",
    "Strategia",
    "StrateginenTavoite",
    "TARJOTUT_NIMET",
    "TEKSTIN_PITUUS",
    "Tapahtuma",
    "Tavoitearvo",
    "Toimenpide",
    "ToimenpideLinkki",
    "Toimiala",
    "Toimielinjasenyys",
    "Toimielin",
    "Tunnistaja",
    "Tunnuksellinen",
    "Ulkotunnus",
    "VAIN_VALITTUNA",
    "Vastuuhenkilo",
    "exactly_one_set",
    "logo_path",
    "own_role",
    "people_with_sijaiset",
    "people_with_sijaisuudet",
    "find_person",
    "put_omat",
    "second_factors",
]
