"""The name of a page -> the place of the help that tells of it, for this user."""

from ..permissions import administers, approves, coordinates, reads_tapahtumat, records

ALKU = "alku"
# (the section's id, how the names of the pages that it tells of begin, whose help has it or None for all). Of a page
# the first that fits tells: the particular stand before the general.
KOHDAT = (
    ("vastaustaulukot", ("seuranta:vastaustaulukko",), records),
    ("kirjaaminen", ("seuranta:omat", "seuranta:kirjaus", "seuranta:vastaukset", "seuranta:samoin"), records),
    ("hyvaksyminen", ("seuranta:hyvaksy",), approves),
    ("saate", ("raportit:jakso-saate",), coordinates),
    ("sarakkeet", ("raportit:sarakkeet",), coordinates),
    ("julkaisu", ("raportit:versio-julkaisu",), coordinates),
    ("kasittelyt", ("raportit:kasittely",), coordinates),
    ("julkinen-sivu", ("raportit:strategia-esittely",), coordinates),
    ("palautteet", ("raportit:palaute", "strategia:palaute-lista"), coordinates),
    ("tilaajat", ("raportit:tilaus-lista",), administers),
    ("avoin-data", ("raportit:avoin", "raportit:upotus"), coordinates),
    ("muistutukset", ("seuranta:muistutus", "seuranta:jakso-muistuta", "seuranta:vastaustilanne"), coordinates),
    ("jaksot", ("seuranta:jakso", "raportit:jakso", "raportit:luonnos"), coordinates),
    ("vertailu", ("raportit:vertailu",), None),
    ("muutokset", ("raportit:muutos",), None),
    ("kalenteri", ("seuranta:kalenteri", "seuranta:kokous"), None),
    ("kysymykset", ("seuranta:kysymy",), records),
    ("aloitus", ("strategia:strategia-uusi", "seuranta:strategia-luettelo"), coordinates),
    (
        "raportit",
        ("raportit:versio", "raportit:jakso", "raportit:luonnos", "seuranta:jakso", "raportit:tarkista"),
        None,
    ),
    ("mittarit", ("strategia:mittari", "seuranta:mittari"), coordinates),
    *(("mittarit", (f"strategia:{taso}-mittari",), coordinates) for taso in ("toimenpide", "tavoite", "painopiste")),
    ("riskit", ("seuranta:riski", "seuranta:toimenpide-riski", "seuranta:tavoite-riski"), coordinates),
    ("riskit", ("strategia:strategia-sdg", "strategia:toimenpide-linkit", "seuranta:linkitetyt"), coordinates),
    ("monta-rivia", ("strategia:rivit", "strategia:joukkomuutos", "strategia:toimialat-siirtyneet"), coordinates),
    ("yhdista", ("strategia:painopiste", "strategia:tavoite", "strategia:strategia-rakenne"), coordinates),
    ("toimielimet", ("strategia:toimielin",), coordinates),
    ("eteneminen", ("strategia:strategia-detail", "seuranta:toimenpide-detail"), None),
    ("strategia", ("strategia:strategia", "strategia:toimenpide"), coordinates),
    ("lukutapa", ("seuranta:tuonti-lukutapa", "seuranta:tuonti-rivi"), administers),
    ("tuonti", ("seuranta:tuonti",), administers),
    ("kayttajat", ("strategia:kayttaja", "strategia:luovutus", "seuranta:kutsulista"), administers),
    ("kayttajat", ("strategia:toimiala",), administers),
    ("kunta", ("strategia:kunta",), administers),
    ("rajapinta", ("strategia:avain",), administers),
    ("kertakirjautuminen", ("strategia:ryhma",), administers),
    ("palvelu", ("strategia:palvelun-tila",), administers),
    ("tunnistus", ("mfa_",), None),
    ("tapahtumat", ("strategia:tapahtuma",), reads_tapahtumat),
    ("viestit", ("strategia:omat-tiedot", "strategia:istunto", "strategia:sijaisuus"), None),
    ("apu", ("strategia:palaute",), None),
)


def help_anchor(view_name: str, user) -> str:
    """The id of the section; ALKU, the beginning, where the page has none of its own."""
    return next(
        (
            anchor
            for anchor, names, is_whose in KOHDAT
            if view_name.startswith(names) and (is_whose is None or is_whose(user))
        ),
        ALKU,
    )
