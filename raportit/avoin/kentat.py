"""What each field of the open data is: its name, type and meaning in three languages."""

from typing import NamedTuple

MUOTOVERSIO = 1  # grows when a field goes or changes its meaning; a new field leaves it as it is
# The words of XML Schema, but the last one.
TEKSTI, KOKONAISLUKU, LUKU, PAIVA, TUNNUS = "string", "integer", "decimal", "date", "uuid"


class Kentta(NamedTuple):
    """A column of a table. What is missing is "" of a text, else empty (null in JSON)."""

    nimi: str
    tyyppi: str
    fi: str
    sv: str
    en: str


RIVIN_KENTAT = (
    Kentta("tunnus", TUNNUS, "Toimenpiteen pysyvä tunnus", "Åtgärdens bestående id", "Lasting id of the action"),
    Kentta("painopiste_tunnus", TUNNUS, "Painopisteen pysyvä tunnus", "Tyngdpunktens id", "Id of the focus area"),
    Kentta("painopiste", TEKSTI, "Painopiste", "Tyngdpunkt", "Focus area"),
    Kentta("tavoite_tunnus", TUNNUS, "Tavoitteen pysyvä tunnus", "Målets id", "Id of the objective"),
    Kentta("tavoite", TEKSTI, "Strateginen tavoite", "Strategiskt mål", "Strategic objective"),
    Kentta("toimialan_tavoite", TEKSTI, "Toimialan tavoite", "Sektorns mål", "Objective of the department"),
    Kentta("koodi", TEKSTI, "Kunnan oma koodi", "Kommunens egen kod", "The municipality's own code"),
    Kentta("toimenpide", TEKSTI, "Toimenpide", "Åtgärd", "Action"),
    Kentta("toimielin", TEKSTI, "Toimielin", "Organ", "Board"),
    Kentta("toimiala", TEKSTI, "Vastaava toimiala", "Ansvarig sektor", "Responsible department"),
    Kentta("muut_toimialat", TEKSTI, "Muut toimialat, väli ”; ”", "Övriga sektorer", "Other departments"),
    Kentta("vastuu", TEKSTI, "Vastuu kunnan sanoin", "Ansvar, kommunens ord", "Responsibility, as written"),
    Kentta("riski", TEKSTI, "Riski kunnan sanoin", "Risk, kommunens ord", "Risk, as written"),
    Kentta("mittari", TEKSTI, "Mittari kunnan sanoin", "Mätare, kommunens ord", "Indicator, as written"),
    Kentta("sdg", TEKSTI, "YK:n kestävän kehityksen tavoitteet", "FN:s mål för hållbar utveckling", "UN SDGs"),
    Kentta("sitovuus", TEKSTI, "Ketä sitoo: valtuusto, toimielin, muu", "Vem det binder", "Whom it binds"),
    Kentta("toteutumisaste", KOKONAISLUKU, "Arvio 1–5, tyhjä ilman arviota", "Bedömning 1–5", "Score from 1 to 5"),
    Kentta("syy", TEKSTI, "Miksi arvio puuttuu", "Varför bedömning saknas", "Why there is no score"),
    Kentta("edellinen", KOKONAISLUKU, "Edellisen jakson arvio", "Föregående bedömning", "Score of the previous period"),
    Kentta("kommentti", TEKSTI, "Kommentti", "Kommentar", "Comment"),
    Kentta("ennuste", TEKSTI, "Ennuste", "Prognos", "Forecast"),
    Kentta("poikkeaman_syy", TEKSTI, "Poikkeaman syy", "Orsak till avvikelse", "Reason for deviation"),
    Kentta("korjaavat_toimet", TEKSTI, "Korjaavat toimet", "Korrigerande åtgärder", "Corrective measures"),
)
MITTARIN_KENTAT = (
    Kentta("tunnus", TUNNUS, "Mittarin pysyvä tunnus", "Mätarens bestående id", "Lasting id of the indicator"),
    Kentta("painopiste_tunnus", TUNNUS, "Painopisteen pysyvä tunnus", "Tyngdpunktens id", "Id of the focus area"),
    Kentta("tavoite_tunnus", TUNNUS, "Tavoitteen tunnus, jos on", "Målets id", "Id of the objective, if any"),
    Kentta("toimenpide_tunnus", TUNNUS, "Toimenpiteen tunnus, jos on", "Åtgärdens id", "Id of the action, if any"),
    Kentta("mittari", TEKSTI, "Mittarin nimi", "Mätarens namn", "Name of the indicator"),
    Kentta("yksikko", TEKSTI, "Yksikkö", "Enhet", "Unit"),
    Kentta("suunta", TEKSTI, "Kumpi suunta on parempi", "Vilken riktning är bättre", "Which direction is better"),
    Kentta("lahde", TEKSTI, "Mistä arvo saadaan", "Källa", "Source"),
    Kentta("lahtoarvo", TEKSTI, "Lähtöarvo, kuten kerrottu", "Utgångsvärde", "Starting value, as told"),
    Kentta("lahtoarvo_lukuna", LUKU, "Lähtöarvo lukuna", "Utgångsvärde som tal", "Starting value as a number"),
    Kentta("lahtovuosi", KOKONAISLUKU, "Lähtöarvon vuosi", "Utgångsår", "Year of the starting value"),
    Kentta("jakso", TEKSTI, "Jakso, jonka arvo on", "Period", "Period of the value"),
    Kentta("vuosi", KOKONAISLUKU, "Vuosi, jonka arvo on", "År", "Year of the value"),
    Kentta("paiva", PAIVA, "Päivä, jonka arvo on", "Dag", "Day of the value"),
    Kentta("arvo", TEKSTI, "Arvo, kuten kerrottu", "Värde", "Value, as told"),
    Kentta("arvo_lukuna", LUKU, "Arvo lukuna", "Värde som tal", "Value as a number"),
    Kentta("tavoitearvo", TEKSTI, "Tavoite raportin ajalle", "Målvärde", "Target at the report's time"),
    Kentta("tavoitearvo_lukuna", LUKU, "Tavoite lukuna", "Målvärde som tal", "Target as a number"),
    Kentta("tavoitevuosi", KOKONAISLUKU, "Tavoitteen vuosi", "Målår", "Year of the target"),
    Kentta("tulos", TEKSTI, "Onko tavoite saavutettu", "Har målet nåtts", "Has the target been reached"),
    Kentta("huomautus", TEKSTI, "Huomautus", "Anmärkning", "Remark"),
)
