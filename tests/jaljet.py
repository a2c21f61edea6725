"""What every address leaves of a POST: the table. An address that takes one and is not here fails test_jaljet.py.

Each entry is tried: every form of every page is filled in and sent by whoever may, and the rows are counted; what no
form does by itself is done by hand (jalkikokeet.py, kirjautumiskokeet.py). The admin has its own:
test_hallinnan_jaljet.py.
"""

from strategia.models import Tapahtuma

Laji = Tapahtuma.Laji

# The act leaves exactly one row of the audit, of one of these kinds.
TAPAHTUMA = {
    "account_change_password": {Laji.SALASANA_VAIHTUI},
    "account_login": {Laji.KIRJAUTUI},
    "account_logout": {Laji.KIRJAUTUI_ULOS},
    "account_reauthenticate": {Laji.VAHVISTETTU},
    "account_reset_password": {Laji.SALASANA_PYYDETTY},
    "account_reset_password_from_key": {Laji.SALASANA_VAIHTUI},
    "mfa_activate_totp": {Laji.TUNNISTUS_LISATTY},
    "mfa_add_webauthn": {Laji.TUNNISTUS_LISATTY},
    "mfa_authenticate": {Laji.KIRJAUTUI},
    "mfa_deactivate_totp": {Laji.TUNNISTUS_POISTETTU},
    "mfa_generate_recovery_codes": {Laji.TUNNISTUS_LISATTY},
    "mfa_login_webauthn": {Laji.KIRJAUTUI},
    "mfa_reauthenticate": {Laji.VAHVISTETTU},
    "mfa_reauthenticate_webauthn": {Laji.VAHVISTETTU},
    "mfa_remove_webauthn": {Laji.TUNNISTUS_POISTETTU},
    "raportit:jakso-sulje": {Laji.SULJETTU},
    "raportit:kasittely-poista": {Laji.POISTETTU},
    "raportit:kasittely-uusi": {Laji.LISATTY},
    "raportit:palaute-vastaa": {Laji.MUUTETTU},
    "raportit:sarakkeet-muokkaa": {Laji.ASETUS},
    "raportit:strategia-esittely": {Laji.MUUTETTU},
    "raportit:versio-julkaisu": {Laji.JULKAISTU, Laji.JULKAISUSTA_POISTETTU},
    "seuranta:jakso-avaa": {Laji.AVATTU},
    "seuranta:jakso-avaa-uudelleen": {Laji.AVATTU_UUDELLEEN},
    "seuranta:jakso-jatka": {Laji.MAARAAIKA},
    "seuranta:jakso-muokkaa": {Laji.MUUTETTU, Laji.POISTETTU},
    "seuranta:jakso-siirra": {Laji.MUUTETTU},
    "seuranta:jakso-uusi": {Laji.LISATTY},
    "seuranta:jakso-viimeistele": {Laji.VIIMEISTELYYN},
    "seuranta:kalenteri": {Laji.AVAIN_TEHTY, Laji.AVAIN_LOPETETTU},
    "seuranta:kokous-poista": {Laji.POISTETTU},
    "seuranta:kokous-uusi": {Laji.LISATTY},
    "seuranta:kutsulista": {Laji.KUTSUTTU},
    "seuranta:strategia-luettelo": {Laji.TUOTU},
    "seuranta:tuonti-hylkaa": {Laji.HYLATTY},
    "seuranta:tuonti-kumoa": {Laji.KUMOTTU},
    "seuranta:tuonti-lista": {Laji.TUOTU},
    "seuranta:tuonti-paata": {Laji.PAATETTY},
    "seuranta:tuonti-tallenna": {Laji.TALLENNETTU},
    "seuranta:vastaustaulukko-hylkaa": {Laji.HYLATTY},
    "seuranta:vastaustaulukko-kumoa": {Laji.KUMOTTU},
    "seuranta:vastaustaulukko-laheta": {Laji.LAHETETTY},
    "seuranta:vastaustaulukko-lista": {Laji.TUOTU},
    "seuranta:vastaustaulukko-paata": {Laji.PAATETTY},
    "seuranta:vastaustaulukko-tallenna": {Laji.TALLENNETTU},
    "strategia:avain-lista": {Laji.AVAIN_TEHTY},
    "strategia:avain-lopeta": {Laji.AVAIN_LOPETETTU},
    "strategia:istunto-lista": {Laji.ISTUNTO_PAATETTY},
    "strategia:joukkomuutos-detail": {Laji.KUMOTTU},
    "strategia:kayttaja-detail": {Laji.ROOLI},
    "strategia:kayttaja-kaytto": {Laji.KAYTOSTA, Laji.KAYTTOON},
    "strategia:kayttaja-kutsu": {Laji.KUTSUTTU},
    "strategia:kayttaja-kutsu-uudelleen": {Laji.KUTSUTTU},
    "strategia:kayttaja-tunnistus": {Laji.TUNNISTUS_POISTETTU},
    "strategia:kunta-muokkaa": {Laji.ASETUS},
    "strategia:luovutus": {Laji.LUOVUTETTU},
    "strategia:mittari-jaa": {Laji.JAETTU},
    "strategia:mittari-lista": {Laji.MUUTETTU},
    "strategia:mittari-muokkaa": {Laji.MUUTETTU, Laji.POISTETTU},
    "strategia:omat-tiedot": {Laji.MUUTETTU},
    "strategia:painopiste-mittari-uusi": {Laji.LISATTY},
    "strategia:painopiste-muokkaa": {Laji.MUUTETTU, Laji.POISTETTU},
    "strategia:painopiste-uusi": {Laji.LISATTY},
    "strategia:painopiste-yhdista": {Laji.YHDISTETTY},
    "strategia:rivit-muuta": {Laji.MUUTETTU},
    "strategia:ryhma-lista": {Laji.ASETUS},
    "strategia:ryhma-muokkaa": {Laji.MUUTETTU},
    "strategia:ryhma-poista": {Laji.POISTETTU},
    "strategia:ryhma-uusi": {Laji.LISATTY},
    "strategia:sijaisuus-lopeta": {Laji.SIJAISUUS_PAATETTY},
    "strategia:sijaisuus-oma": {Laji.SIJAINEN},
    "strategia:sijaisuus-uusi": {Laji.SIJAINEN},
    "strategia:strategia-kirjaus": {Laji.ASETUS},
    "strategia:strategia-muokkaa": {Laji.MUUTETTU, Laji.POISTETTU},
    "strategia:strategia-rakenne": {Laji.MUUTETTU},
    "strategia:strategia-uusi": {Laji.LISATTY},
    "strategia:strategia-uusi-kausi": {Laji.LISATTY},
    "strategia:tavoite-mittari-uusi": {Laji.LISATTY},
    "strategia:tavoite-muokkaa": {Laji.MUUTETTU, Laji.POISTETTU},
    "strategia:tavoite-uusi": {Laji.LISATTY},
    "strategia:tavoite-yhdista": {Laji.YHDISTETTY},
    "strategia:toimenpide-linkit": {Laji.MUUTETTU},
    "strategia:toimenpide-lopeta": {Laji.LOPETETTU},
    "strategia:toimenpide-mittareiksi": {Laji.JAETTU},
    "strategia:toimenpide-mittari-uusi": {Laji.LISATTY},
    "strategia:toimenpide-muokkaa": {Laji.MUUTETTU},
    "strategia:toimenpide-uusi": {Laji.LISATTY},
    "strategia:toimiala-detail": {Laji.MUUTETTU},
    "strategia:toimiala-jaa": {Laji.JAETTU},
    "strategia:toimiala-lista": {Laji.LISATTY},
    "strategia:toimiala-lopeta": {Laji.LOPETETTU, Laji.JATKUU},
    "strategia:toimiala-yhdista": {Laji.YHDISTETTY},
    "strategia:toimielin-detail": {Laji.MUUTETTU},
    "strategia:toimielin-lista": {Laji.LISATTY},
    "strategia:toimielin-lopeta": {Laji.LOPETETTU, Laji.JATKUU},
    "strategia:toimielin-yhdista": {Laji.YHDISTETTY},
    "strategia:tunnus-irrota": {Laji.POISTETTU},
}

# The act's own rows tell who, when, from and to: {address: of which model they are}.
HISTORIA = {
    "raportit:jakso-ota-mukaan": "HistoricalKirjaus",
    "raportit:jakso-saate": "HistoricalSaate",
    # Of a subscription the audit tells nothing: whose it is is nobody's business.
    **dict.fromkeys(("raportit:tilaus-uusi", "raportit:tilaus-oma", "raportit:tilaus-lopeta"), "Tilaus"),
    "raportit:toimenpide-palaute": "Palaute",
    "seuranta:hyvaksynta-lista": "HistoricalKirjaus",
    "seuranta:jakso-muistuta": "Ilmoitusviesti",
    "seuranta:kirjaus-lista": "HistoricalKirjaus",
    "seuranta:kysymys-lista": "Rivikysymys",
    "seuranta:rajapinta-arvot": "HistoricalMittariArvo",
    "seuranta:riski-muokkaa": "HistoricalRiski",
    "seuranta:samoin": "HistoricalKirjaus",
    "seuranta:tavoite-riski-uusi": "HistoricalRiski",
    "seuranta:toimenpide-riski-uusi": "HistoricalRiski",
    "strategia:kunnan-palaute": "Palaute",
    "strategia:palaute": "Palaute",
}

# A GET changes nothing but session, cache, queue, audit and stored files: test_matriisi.py asks every address as every
# role and looks at each statement. These write besides, where that world has done it before: {address: (what, why)}.
_LUETTU = {"jasennetty", "jasennyksen_avain"}
GET_TALLENTAA = {
    "openid_connect_callback": (None, "signs in, and sets the role by the provider's groups"),
    "seuranta:tuonti-detail": (_LUETTU, "keeps what was read of the file, by its sha256: DESIGN, decision 2"),
    "seuranta:vastaustaulukko-detail": (_LUETTU, "the same of the workbook of answers"),
}

# Takes a POST and changes nothing: {address: why}.
_JONOON = "only puts the making of a file into the queue anew"
_SINNE = "leads to the kunta's own sign-in: only the session remembers it"
EI_MUUTA = {
    "kertakirjautuminen": _SINNE,
    "kertakirjautuminen_kunta": _SINNE,
    "kertakirjautuminen_vahvistus": _SINNE,
    "raportit:luonnos-valmistuu": _JONOON,
    "raportit:tarkista": "looks for what a file or a hash is of",
    "raportit:versio-osa-valmistuu": _JONOON,
    "raportit:versio-tiedostot": _JONOON,
    "raportit:versio-valmistuu": _JONOON,
    "raportit:versio-valmistuu-julkinen": _JONOON,
    "raportit:vertailu-valmistuu": _JONOON,
    "seuranta:vastaustaulukko-laheta-siirtyi": "leads to where it is now, which has its own row",
}
