"""What each field of the open data is: its name, type and meaning in three languages."""

from typing import NamedTuple

MUOTOVERSIO = 1  # grows when a field goes or changes its meaning; a new field leaves it as it is
# The words of XML Schema, but the last one.
TEKSTI, KOKONAISLUKU, LUKU, PAIVA, TUNNUS = "string", "integer", "decimal", "date", "uuid"


class Kuvattu(NamedTuple):
    """A column of a table. What is missing is "" of a text, else empty (null in JSON)."""

    nimi: str
    tyyppi: str
    fi: str
    sv: str
    en: str


RIVIN_KENTAT = (
    Kuvattu("tunnus", TUNNUS, "Toimenpiteen pysyvä tunnus", "Åtgärdens bestående id", "Lasting id of the action"),
    Kuvattu("painopiste_tunnus", TUNNUS, "Painopisteen pysyvä tunnus", "Tyngdpunktens id", "Id of the focus area"),
    Kuvattu("painopiste", TEKSTI, "Painopiste", "Tyngdpunkt", "Focus area"),
    Kuvattu("tavoite_tunnus", TUNNUS, "Tavoitteen pysyvä tunnus", "Målets id", "Id of the objective"),
    Kuvattu("tavoite", TEKSTI, "Strateginen tavoite", "Strategiskt mål", "Strategic objective"),
    Kuvattu("toimialan_tavoite", TEKSTI, "Toimialan tavoite", "Sektorns mål", "Objective of the department"),
    Kuvattu("koodi", TEKSTI, "Kunnan oma koodi", "Kommunens egen kod", "The municipality's own code"),
    Kuvattu("toimenpide", TEKSTI, "Toimenpide", "Åtgärd", "Action"),
    Kuvattu("toimielin", TEKSTI, "Toimielin", "Organ", "Board"),
    Kuvattu("toimiala", TEKSTI, "Vastaava toimiala", "Ansvarig sektor", "Responsible department"),
    Kuvattu("muut_toimialat", TEKSTI, "Muut toimialat, väli ”; ”", "Övriga sektorer", "Other departments"),
    Kuvattu("vastuu", TEKSTI, "Vastuu kunnan sanoin", "Ansvar, kommunens ord", "Responsibility, as written"),
    Kuvattu("riski", TEKSTI, "Riski kunnan sanoin", "Risk, kommunens ord", "Risk, as written"),
    Kuvattu("mittari", TEKSTI, "Mittari kunnan sanoin", "Mätare, kommunens ord", "Indicator, as written"),
    Kuvattu("sdg", TEKSTI, "YK:n kestävän kehityksen tavoitteet", "FN:s mål för hållbar utveckling", "UN SDGs"),
    Kuvattu("sitovuus", TEKSTI, "Ketä sitoo: valtuusto, toimielin, muu", "Vem det binder", "Whom it binds"),
    Kuvattu("toteutumisaste", KOKONAISLUKU, "Arvio 1–5, tyhjä ilman arviota", "Bedömning 1–5", "Score, 1 to 5"),
    Kuvattu("syy", TEKSTI, "Miksi arvio puuttuu", "Varför bedömning saknas", "Why there is no score"),
    Kuvattu("edellinen", KOKONAISLUKU, "Edellisen jakson arvio", "Föregående bedömning", "Score of the last period"),
    Kuvattu("kommentti", TEKSTI, "Kommentti", "Kommentar", "Comment"),
    Kuvattu("ennuste", TEKSTI, "Ennuste", "Prognos", "Forecast"),
    Kuvattu("poikkeaman_syy", TEKSTI, "Poikkeaman syy", "Orsak till avvikelse", "Reason for deviation"),
    Kuvattu("korjaavat_toimet", TEKSTI, "Korjaavat toimet", "Korrigerande åtgärder", "Corrective measures"),
)
MITTARIN_KENTAT = (
    Kuvattu("tunnus", TUNNUS, "Mittarin pysyvä tunnus", "Mätarens bestående id", "Lasting id of the indicator"),
    Kuvattu("painopiste_tunnus", TUNNUS, "Painopisteen pysyvä tunnus", "Tyngdpunktens id", "Id of the focus area"),
    Kuvattu("tavoite_tunnus", TUNNUS, "Tavoitteen tunnus, jos on", "Målets id", "Id of the objective, if any"),
    Kuvattu("toimenpide_tunnus", TUNNUS, "Toimenpiteen tunnus, jos on", "Åtgärdens id", "Id of the action, if any"),
    Kuvattu("mittari", TEKSTI, "Mittarin nimi", "Mätarens namn", "Name of the indicator"),
    Kuvattu("yksikko", TEKSTI, "Yksikkö", "Enhet", "Unit"),
    Kuvattu("suunta", TEKSTI, "Kumpi suunta on parempi", "Vilken riktning är bättre", "Which direction is better"),
    Kuvattu("lahde", TEKSTI, "Mistä arvo saadaan", "Källa", "Source"),
    Kuvattu("lahtoarvo", TEKSTI, "Lähtöarvo, kuten kerrottu", "Utgångsvärde", "Starting value, as told"),
    Kuvattu("lahtoarvo_lukuna", LUKU, "Lähtöarvo lukuna", "Utgångsvärde som tal", "Starting value as a number"),
    Kuvattu("lahtovuosi", KOKONAISLUKU, "Lähtöarvon vuosi", "Utgångsår", "Year of the starting value"),
    Kuvattu("jakso", TEKSTI, "Jakso, jonka arvo on", "Period", "Period of the value"),
    Kuvattu("vuosi", KOKONAISLUKU, "Vuosi, jonka arvo on", "År", "Year of the value"),
    Kuvattu("paiva", PAIVA, "Päivä, jonka arvo on", "Dag", "Day of the value"),
    Kuvattu("arvo", TEKSTI, "Arvo, kuten kerrottu", "Värde", "Value, as told"),
    Kuvattu("arvo_lukuna", LUKU, "Arvo lukuna", "Värde som tal", "Value as a number"),
    Kuvattu("tavoitearvo", TEKSTI, "Tavoite raportin ajalle", "Målvärde", "Target at the report's time"),
    Kuvattu("tavoitearvo_lukuna", LUKU, "Tavoite lukuna", "Målvärde som tal", "Target as a number"),
    Kuvattu("tavoitevuosi", KOKONAISLUKU, "Tavoitteen vuosi", "Målår", "Year of the target"),
    Kuvattu("tulos", TEKSTI, "Onko tavoite saavutettu", "Har målet nåtts", "Has the target been reached"),
    Kuvattu("huomautus", TEKSTI, "Huomautus", "Anmärkning", "Remark"),
)
