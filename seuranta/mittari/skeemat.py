"""What the interface of the measures sends and takes, as JSON. Its names are a contract: added to, never changed."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated

from ninja import Field, Schema
from pydantic import BeforeValidator, ConfigDict, StringConstraints, model_validator

from strategia.lukuteksti import fits, write_luku
from strategia.models import TEKSTIN_PITUUS
from strategia.paivat import ENSIMMAINEN, VIIMEINEN
from strategia.teksti import clean_text

SUURIN_TUNNUS = 2**63 - 1  # what a database's integer holds

Tunnus = Annotated[int, Field(ge=1, le=SUURIN_TUNNUS, strict=True)]
Kysytty = Annotated[int, Field(ge=1, le=SUURIN_TUNNUS)]  # in an address a number is a text
Vuosi = Annotated[int, Field(ge=ENSIMMAINEN.year, le=VIIMEINEN.year, strict=True)]
Paiva = Annotated[date, Field(ge=ENSIMMAINEN, le=VIIMEINEN)]


def _as_typed(value):
    """A number as a person would have typed it; a text without what is no letter."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise ValueError("text or number")
    if isinstance(value, str):
        return clean_text(value)
    luku = Decimal(repr(value))
    if not fits(luku):
        raise ValueError("too long a number")
    return write_luku(luku).replace("\u2212", "-").replace("\u00a0", "")


Teksti = Annotated[str, BeforeValidator(_as_typed), StringConstraints(max_length=TEKSTIN_PITUUS)]


class Luku(Schema):
    """A text as it was written, and the number that it plainly is (null where it is none)."""

    teksti: str
    luku: int | float | None


class TavoitearvoUlos(Luku):
    """A target: of a year, or null until further notice. A range has its ends instead of a number."""

    vuosi: int | None
    ala: int | float | None
    yla: int | float | None


class StrategiaUlos(Schema):
    id: int
    nimi: str
    alkuvuosi: int | None
    loppuvuosi: int | None


class JaksoUlos(Schema):
    """tila: tulossa, avoinna, viimeistelyssa or suljettu. Values are taken while it is avoinna."""

    id: int
    strategia: int
    nimi: str
    alkaa: date | None
    paattyy: date | None
    tila: str


class ToimenpideUlos(Schema):
    """A toimenpide as the plan has it; what the plan does not say is "" or null.

    sitovuus: valtuusto, toimielin, muu or "". edeltaja: the id of the toimenpide of an earlier plan that it continues.
    omat: the municipality's own columns, heading -> text.
    """

    id: int
    strategia: int
    painopiste: str
    tavoite: str
    toimialan_tavoite: str
    koodi: str
    nimi: str
    toimielin: str | None
    toimiala: str | None
    muut_toimialat: list[str]
    vastuu: str
    sdg: list[str]
    voimassa_alkaen: date | None
    voimassa_asti: date | None
    sitovuus: str
    edeltaja: int | None
    omat: dict[str, str]


class OsavastausUlos(Schema):
    """What one unit answered of a toimenpide, or what another toimiala than the leading one says of it: then toimiala
    names it, and a score, if any, is the leading one's.
    """

    nimi: str
    toimiala: str | None
    toteutumisaste: int | None
    kommentti: str


class KirjausUlos(Schema):
    """The answer of a toimenpide in a jakso. Where toteutumisaste is null, syy tells why. tila: ei_vastattu, luonnos,
    lahetetty, palautettu or hyvaksytty. What the strategia does not ask is "". omat: as of a toimenpide.
    """

    id: int
    toimenpide: int
    jakso: int
    toteutumisaste: int | None
    syy: str
    kommentti: str
    ennuste: str
    poikkeaman_syy: str
    korjaavat_toimet: str
    osavastaukset: list[OsavastausUlos]
    omat: dict[str, str]
    tila: str
    versio: int
    muokattu: datetime


class RiskiUlos(Schema):
    """A risk of a toimenpide or of a tavoite: exactly one is not null. jakso null: of the whole plan. Likelihood and
    effect 1-5, each null where nobody has told it.
    """

    id: int
    strategia: int
    toimenpide: int | None
    tavoite: str | None
    jakso: int | None
    teksti: str
    todennakoisyys: int | None
    vaikutus: int | None


class MittariUlos(Schema):
    """A measure and its targets. Of toimenpide, tavoite and painopiste exactly one is not null: what it hangs under.

    toimenpide_id: the id of that toimenpide, if it is one.
    """

    id: int
    strategia: int
    nimi: str
    toimenpide: str | None
    toimenpide_id: int | None
    tavoite: str | None
    painopiste: str | None
    toimiala: str | None
    laji: str
    yksikko: str
    suunta: str
    desimaalit: int | None
    lahde: str
    palvelu: str
    ulkoinen_tunnus: str
    lahto: Luku | None
    tavoitteet: list[TavoitearvoUlos]


class ArvoUlos(Luku):
    """A value. Of jakso, vuosi and paiva exactly one is not null. tila: of a toimenpide's value its kirjaus's."""

    id: int
    mittari: int
    jakso: int | None
    vuosi: int | None
    paiva: date | None
    huomautus: str
    tila: str
    versio: int
    muokattu: datetime


class ArvoSisaan(Schema):
    """A value to be written. Exactly one of jakso, vuosi and paiva; versio is that of the value it was based on, 0
    where there was none. What is left out or null stays as it is. laheta: the value of a tavoite's or a painopiste's
    measure is sent at once; of a toimenpide's it is sent with its row.
    """

    model_config = ConfigDict(extra="forbid")

    mittari: Tunnus
    jakso: Tunnus | None = None
    vuosi: Vuosi | None = None
    paiva: Paiva | None = None
    versio: Annotated[int, Field(ge=0, le=2**31 - 1, strict=True)]
    arvo: Teksti | None = None
    huomautus: Teksti | None = None
    laheta: bool = False

    @model_validator(mode="after")
    def _one_time(self):
        if sum(each is not None for each in (self.jakso, self.vuosi, self.paiva)) != 1:
            raise ValueError("exactly one of jakso, vuosi, paiva")
        return self


class Vastaussivu(Schema):
    """Which page this is, of how many, and how many rows there are in all."""

    sivu: int
    sivuja: int
    yhteensa: int


class Toimenpidesivu(Vastaussivu):
    toimenpiteet: list[ToimenpideUlos]


class Kirjaussivu(Vastaussivu):
    kirjaukset: list[KirjausUlos]


class Riskisivu(Vastaussivu):
    riskit: list[RiskiUlos]


class Mittarisivu(Vastaussivu):
    mittarit: list[MittariUlos]


class Arvosivu(Vastaussivu):
    arvot: list[ArvoUlos]


class Virhe(Schema):
    """Why nothing was done, and what would help."""

    virhe: str


class Arvoristiriita(Virhe):
    """What is stored now, and what was sent; null where the jakso takes no value at all."""

    nykyinen: ArvoUlos | None
    lahetetty: ArvoSisaan
