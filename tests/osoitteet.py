"""Every address of the site and who may open it: the table that the tests of whole pages share.

An address that is not here fails test_urls.py, and nothing that walks the pages can overlook it.
"""

import datetime
import uuid

from django.urls import get_resolver, reverse

from raportit.models import Kasittely
from seuranta.models import Kokous, Tuonti
from seuranta.tiedosto.luenta import store_file
from seuranta.vastaustaulukko.kirja import answer_table_bytes
from strategia.joukkomuutos.teko import do
from strategia.models import Avain, Palaute, Sijaisuus, Toimenpide, Tunnistajaryhma

# What an outsider may see: signing in, a forgotten password and the statements. Everything else asks to sign in.
JULKISET = {
    "raportit:etusivu",  # to an outsider the published reports beside the sign-in
    "raportit:tarkista",
    "raportit:julkinen-kunnat",
    *("raportit:robots", "raportit:sivukartat", "raportit:sivukartta", "raportit:jakokuva"),
    "raportit:julkinen-lista",
    *("raportit:julkinen-toimenpiteet", "raportit:julkinen-mittarit"),
    *("raportit:julkinen-kohde", "raportit:toimenpide-palaute"),
    "raportit:julkinen-versio",
    "raportit:julkinen-lataa",
    *("raportit:julkinen-versio-numero", "raportit:julkinen-lataa-numero"),  # as they were, to where they are now
    *("raportit:avoin-data", "raportit:avoin-dcat", "raportit:avoin-syote", "raportit:avoin-skeema"),
    *("raportit:avoin-uusin", "raportit:avoin-strategia-uusin", "raportit:avoin-versio"),
    *("raportit:upotus-ohje", "raportit:upotus-yhteenveto", "raportit:upotus-painopiste", "raportit:upotus-mittari"),
    *("raportit:upotus-uusin-kaavio", "raportit:upotus-kaavio"),
    *("raportit:julkinen-vertailu", "raportit:kuntavertailu"),
    *("raportit:tilaus-uusi", "raportit:tilaus-oma", "raportit:tilaus-lopeta"),
    "seuranta:rajapinta-kuvaus",
    *("seuranta:rajapinta-julkinen-kunnat", "seuranta:rajapinta-julkinen-versiot"),
    *("seuranta:rajapinta-julkinen-rivit", "seuranta:rajapinta-julkinen-mittarit"),
    "strategia:korostusvari",
    "strategia:palaute",
    "strategia:security-txt",
    "strategia:terveys-alive",
    "strategia:terveys-ready",
    "strategia:saavutettavuus",
    "strategia:tietosuoja",
    "strategia:kunnan-palaute",
    "strategia:kunnan-saavutettavuus",
    "strategia:kunnan-tietosuoja",
    "account_login",
    "account_logout",  # sends an outsider to the sign-in page
    "account_inactive",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
}

KAIKKI = {"aino", "kaisa", "veikko", "hilkka", "otso", "liisa", "tarmo"}
KOORDINOIVAT = {"aino", "kaisa"}
KIRJAAVAT = KOORDINOIVAT | {"veikko", "hilkka", "otso"}
LUKIJAT = KOORDINOIVAT | {"tarmo"}  # of all that a report holds
HYVAKSYVAT = KOORDINOIVAT | {"hilkka"}

# url name -> (arguments by the cast, who in the kunta gets a page; the others get 403 or 404)
SIVUT = {
    "raportit:etusivu": ((), KAIKKI),
    "raportit:versio-lista": ((), KAIKKI),
    "raportit:versio-detail": (("versio",), KAIKKI),
    "raportit:versio-lataa": (("versio", "csv"), LUKIJAT),
    "raportit:versio-lataa-julkinen": (("versio", "csv"), KAIKKI),
    "raportit:versio-tiedostot": (("versio",), KOORDINOIVAT),
    "raportit:versio-valmistuu": (("versio", "csv"), LUKIJAT),
    "raportit:versio-valmistuu-julkinen": (("versio", "csv"), KAIKKI),
    "raportit:luonnos-valmistuu": (("jakso", "luonnoksen-tiiviste", "pdf"), set()),  # no such draft: 404
    "raportit:versio-osa-valmistuu": (("versio", "luonnoksen-tiiviste", "pdf"), set()),  # no such part: 404
    "raportit:versio-kaavio": (("versio", "painopisteet", "svg"), KAIKKI),
    "raportit:versio-julkaisu": (("versio",), KOORDINOIVAT),
    "raportit:kasittely-uusi": (("versio",), KOORDINOIVAT),
    "raportit:jakso-sulje": (("jakso",), KOORDINOIVAT),
    "raportit:muutos-lista": ((), KAIKKI),
    "raportit:muutos-lataa": (("csv",), set()),  # no jakso and no year is named: 404
    "raportit:vertailu": ((), KAIKKI),
    "raportit:vertailu-lataa": (("xlsx",), set()),  # no jaksot are chosen: 404
    "raportit:vertailu-valmistuu": (("luonnoksen-tiiviste", "pdf"), set()),  # no such comparison: 404
    "raportit:sarakkeet-muokkaa": (("strategia",), KOORDINOIVAT),
    "raportit:jakso-saate": (("jakso",), KOORDINOIVAT),
    "raportit:strategia-esittely": (("strategia",), KOORDINOIVAT),
    "raportit:luonnos": (("jakso",), KOORDINOIVAT),
    "raportit:luonnos-lataa": (("jakso", "csv"), KOORDINOIVAT),
    "seuranta:omat": ((), KAIKKI),
    "seuranta:hyvaksyttavat": ((), HYVAKSYVAT),
    "seuranta:hyvaksynta-lista": (("jakso",), HYVAKSYVAT),
    "seuranta:jakso-lista": ((), KAIKKI),
    "seuranta:jakso-uusi": ((), KOORDINOIVAT),
    "seuranta:jakso-detail": (("jakso",), KAIKKI - {"liisa"}),
    "seuranta:kirjaus-lista": (("jakso",), KAIKKI - {"liisa"}),
    "seuranta:kalenteri": ((), KAIKKI),
    "seuranta:kokous-uusi": (("jakso",), KOORDINOIVAT),
    "seuranta:vastaustilanne": ((), KOORDINOIVAT),
    "seuranta:muistutus-lista": (("jakso",), KOORDINOIVAT),
    "seuranta:jakso-jatka": (("jakso",), KOORDINOIVAT),
    "seuranta:jakso-tarkista": (("jakso",), KOORDINOIVAT),
    "seuranta:jakso-muokkaa": (("jakso",), KOORDINOIVAT),
    "seuranta:vastaukset": (("jakso",), KAIKKI - {"liisa"}),  # while one may write it leads there
    "seuranta:kysymykset": (("jakso",), KIRJAAVAT),
    "seuranta:kysymys-lista": (("jakso", "toimenpide"), HYVAKSYVAT | {"veikko"}),
    "seuranta:samoin": (("jakso",), KAIKKI - {"liisa"}),
    "seuranta:vastaustaulukko-lista": (("jakso",), KIRJAAVAT),
    "seuranta:vastaustaulukko-lataa": (("jakso", "toimiala"), HYVAKSYVAT | {"veikko"}),
    "seuranta:vastaustaulukko-lataa-siirtyi": (
        ("jakso", "toimiala"),
        HYVAKSYVAT | {"veikko"},
    ),  # only leads to where it is now
    "seuranta:vastaustaulukko-detail": (("jakso", "vastaukset"), KOORDINOIVAT | {"veikko"}),
    "seuranta:vastaustaulukko-tiedosto": (("jakso", "vastaukset"), KOORDINOIVAT | {"veikko"}),
    "seuranta:jakso-avaa-uudelleen": (("jakso",), KOORDINOIVAT),
    "raportit:tyyli": ((), {"aino"}),
    "strategia:kunta-muokkaa": ((), {"aino"}),
    "strategia:tapahtuma-lista": ((), {"aino", "tarmo"}),
    "strategia:tapahtuma-lataa": ((), {"aino", "tarmo"}),
    "strategia:kunta-logo": ((), set()),  # Kirkkoranta has none: 404
    "strategia:palaute-lista": ((), KOORDINOIVAT),
    "raportit:tilaus-lista": ((), {"aino"}),
    "raportit:palaute-vastaa": (("palaute",), KOORDINOIVAT),
    "strategia:avain-lista": ((), {"aino"}),
    "strategia:ryhma-lista": ((), {"aino"}),
    "strategia:ryhma-uusi": ((), {"aino"}),
    "strategia:ryhma-muokkaa": (("ryhma",), {"aino"}),
    "strategia:palvelun-tila": ((), {"aino"}),
    "seuranta:haku": ((), KAIKKI),
    "seuranta:toimenpide-detail": (("toimenpide",), KAIKKI),
    "seuranta:mittari-detail": (("mittari",), KAIKKI),
    "seuranta:linkitetyt": (("strategia",), KAIKKI),
    "strategia:strategia-uusi": ((), KOORDINOIVAT),
    "strategia:strategia-muokkaa": (("strategia",), KOORDINOIVAT),
    "strategia:toimenpide-linkit": (("toimenpide",), KOORDINOIVAT),
    "seuranta:riski-lista": (("strategia",), KAIKKI),
    "seuranta:toimenpide-riski-uusi": (("toimenpide",), HYVAKSYVAT | {"veikko"}),
    "seuranta:tavoite-riski-uusi": (("tavoite",), KOORDINOIVAT),
    "seuranta:riski-muokkaa": (("riski",), HYVAKSYVAT | {"veikko"}),
    "strategia:strategia-rakenne": (("strategia",), KOORDINOIVAT),
    "strategia:strategia-kirjaus": (("strategia",), KOORDINOIVAT),
    "strategia:strategia-sdg": (("strategia",), KAIKKI),
    "strategia:painopiste-uusi": (("strategia",), KOORDINOIVAT),
    "strategia:painopiste-muokkaa": (("painopiste",), KOORDINOIVAT),
    "strategia:painopiste-yhdista": (("painopiste",), KOORDINOIVAT),
    "strategia:tavoite-yhdista": (("tavoite",), KOORDINOIVAT),
    "strategia:tavoite-uusi": (("painopiste",), KOORDINOIVAT),
    "strategia:tavoite-muokkaa": (("tavoite",), KOORDINOIVAT),
    "strategia:toimenpide-uusi": (("strategia",), KOORDINOIVAT),
    "strategia:toimenpide-muokkaa": (("toimenpide",), KOORDINOIVAT),
    "strategia:toimenpide-lopeta": (("toimenpide",), KOORDINOIVAT),
    "strategia:mittari-lista": (("strategia",), KAIKKI),
    "strategia:painopiste-mittari-uusi": (("painopiste",), KOORDINOIVAT),
    "strategia:tavoite-mittari-uusi": (("tavoite",), KOORDINOIVAT),
    "strategia:toimenpide-mittari-uusi": (("toimenpide",), KOORDINOIVAT),
    "strategia:toimenpide-mittareiksi": (("toimenpide",), KOORDINOIVAT),
    "strategia:mittari-muokkaa": (("mittari",), KOORDINOIVAT),
    "strategia:mittari-jaa": (("mittari",), set()),  # Väylä's is no text: 404
    "strategia:omat-tiedot": ((), KAIKKI),
    "strategia:omat-tiedot-tiedosto": ((), KAIKKI),
    "strategia:kayttaja-tiedosto": (("kayttaja",), {"aino"}),
    "strategia:istunto-lista": ((), KAIKKI),
    "strategia:sijaisuus-oma": ((), {"veikko", "hilkka", "otso"}),
    "strategia:sijaisuus-uusi": (("kayttaja",), {"aino", "veikko"}),  # of Veikko, his own
    "seuranta:kutsulista": ((), {"aino"}),
    "strategia:luovutus": (("kayttaja",), {"aino"}),
    "strategia:kayttaja-lista": ((), {"aino"}),
    "strategia:kayttaja-kutsu": ((), {"aino"}),
    "strategia:kayttaja-detail": (("kayttaja",), {"aino"}),
    "strategia:toimiala-lista": ((), {"aino"}),
    "strategia:toimiala-detail": (("toimiala",), {"aino"}),
    "strategia:toimiala-jaa": (("toimiala",), {"aino"}),
    "strategia:toimiala-yhdista": (("toimiala",), {"aino"}),
    "strategia:toimielin-lista": ((), KOORDINOIVAT),
    "strategia:toimielin-detail": (("toimielin",), KOORDINOIVAT),
    "strategia:toimielin-yhdista": (("toimielin",), KOORDINOIVAT),
    "seuranta:tuonti-lista": ((), {"aino"}),
    "seuranta:tuonti-pohja": ((), {"aino"}),
    "seuranta:tuonti-detail": (("tuonti",), {"aino"}),
    "seuranta:tuonti-lukutapa": (("tuonti",), {"aino"}),
    "seuranta:tuonti-rivi": (("tuonti", "solu"), {"aino"}),
    "seuranta:tuonti-vertaa": (("tuonti",), {"aino"}),
    "seuranta:tuonti-taulukko": (("tuonti",), {"aino"}),
    "seuranta:tuonti-tiedosto": (("tuonti",), {"aino"}),
    "strategia:ohje": ((), KAIKKI),
    "strategia:strategia-lista": ((), KAIKKI),
    "strategia:strategia-detail": (("strategia",), KAIKKI),
    "strategia:rivit-muuta": (("strategia",), KOORDINOIVAT),
    "strategia:strategia-uusi-kausi": (("strategia",), KOORDINOIVAT),
    "seuranta:strategia-luettelo": (("strategia",), KOORDINOIVAT),
    "strategia:toimialat-siirtyneet": (("strategia",), KOORDINOIVAT),
    "strategia:joukkomuutos-detail": (("joukkomuutos",), KOORDINOIVAT),
    "seuranta:jakso-viimeistele": (("jakso",), KOORDINOIVAT),
    "seuranta:vastaustaulukko-laheta": (("jakso", "toimiala"), KOORDINOIVAT),
    "seuranta:vastaustaulukko-paata": (("jakso", "vastaukset"), KOORDINOIVAT | {"veikko"}),
    "seuranta:vastaustaulukko-tallenna": (("jakso", "vastaukset"), KOORDINOIVAT | {"veikko"}),
    "seuranta:tuonti-paata": (("tuonti",), {"aino"}),
    "seuranta:tuonti-tallenna": (("tuonti",), {"aino"}),
}
# Addresses that take POST only, and who may press their button.
TOIMET = {
    "raportit:kasittely-poista": (("kasittely",), KOORDINOIVAT),
    "seuranta:kokous-poista": (("kokous",), KOORDINOIVAT),
    "seuranta:jakso-avaa": (("jakso",), KOORDINOIVAT),
    "raportit:jakso-ota-mukaan": (("jakso",), KOORDINOIVAT),
    "seuranta:jakso-muistuta": (("jakso",), KOORDINOIVAT),
    "seuranta:jakso-siirra": (("jakso",), KOORDINOIVAT),
    "seuranta:vastaustaulukko-laheta-siirtyi": (("jakso", "toimiala"), KOORDINOIVAT),  # only leads to where it is now
    "seuranta:vastaustaulukko-hylkaa": (("jakso", "vastaukset"), KOORDINOIVAT | {"veikko"}),
    "seuranta:vastaustaulukko-kumoa": (("jakso", "vastaukset"), KOORDINOIVAT | {"veikko"}),
    "strategia:avain-lopeta": (("avain",), {"aino"}),
    "strategia:tunnus-irrota": (("kayttaja",), {"aino"}),
    "strategia:ryhma-poista": (("ryhma",), {"aino"}),
    "strategia:kayttaja-kaytto": (("kayttaja",), {"aino"}),
    "strategia:sijaisuus-lopeta": (("sijaisuus",), {"aino", "veikko"}),
    "strategia:kayttaja-kutsu-uudelleen": (("kayttaja",), {"aino"}),
    "strategia:kayttaja-tunnistus": (("kayttaja",), {"aino"}),
    "strategia:toimiala-lopeta": (("toimiala",), {"aino"}),
    "strategia:toimielin-lopeta": (("toimielin",), KOORDINOIVAT),
    "seuranta:tuonti-hylkaa": (("tuonti",), {"aino"}),
    "seuranta:tuonti-kumoa": (("tuonti",), {"aino"}),
}
# Of the interface: whoever has no key of it gets 401, signed in or not. tests/seuranta/mittari/ has the rest.
AVAIMELLA = {
    *("seuranta:rajapinta-strategiat", "seuranta:rajapinta-jaksot", "seuranta:rajapinta-mittarit"),
    *("seuranta:rajapinta-mittari", "seuranta:rajapinta-arvot"),
    *("seuranta:rajapinta-toimenpiteet", "seuranta:rajapinta-kirjaukset", "seuranta:rajapinta-riskit"),
}
# One's own calendar: whoever has no key of it gets 404, signed in or not. tests/seuranta/kalenteri/ has the rest.
KALENTERI = {"seuranta:kalenteri-ics"}
# The kunta's own sign-in: where it has no provider, 404. tests/strategia/kertakirjautuminen/ has the rest.
TUNNISTAJALLA = {
    *("kertakirjautuminen", "kertakirjautuminen_kunta", "kertakirjautuminen_vahvistus", "openid_connect_callback"),
}
OMA_TILI = {
    *("account_change_password", "account_reauthenticate"),
    # The second factor. Who has not signed in is led to the sign-in page by the two of its own second step, too.
    *("mfa_index", "mfa_authenticate", "mfa_reauthenticate", "mfa_reauthenticate_webauthn", "mfa_login_webauthn"),
    *("mfa_activate_totp", "mfa_deactivate_totp", "mfa_add_webauthn", "mfa_remove_webauthn"),
    *("mfa_view_recovery_codes", "mfa_download_recovery_codes", "mfa_generate_recovery_codes"),
}
# Public addresses that need arguments: any colour, and a key that is no longer valid.
JULKISTEN_ARGUMENTIT = {
    **dict.fromkeys(
        ("raportit:julkinen-lista", "strategia:kunnan-palaute", "strategia:kunnan-saavutettavuus"), ("kirkkoranta",)
    ),
    "strategia:kunnan-tietosuoja": ("kirkkoranta",),
    **dict.fromkeys(("raportit:julkinen-toimenpiteet", "raportit:julkinen-mittarit"), ("kirkkoranta",)),
    **dict.fromkeys(("raportit:sivukartta", "raportit:jakokuva"), ("kirkkoranta",)),
    "raportit:julkinen-kohde": ("kirkkoranta", "laji", "toimenpiteen tunnus"),
    **dict.fromkeys(("raportit:tilaus-uusi", "raportit:julkinen-vertailu"), ("kirkkoranta",)),
    **dict.fromkeys(("raportit:tilaus-oma", "raportit:tilaus-lopeta"), ("kirkkoranta", str(uuid.UUID(int=3)))),
    "raportit:toimenpide-palaute": ("kirkkoranta", "toimenpiteen tunnus"),
    "raportit:julkinen-versio": ("kirkkoranta", "version tunnus"),
    "raportit:julkinen-versio-numero": ("kirkkoranta", "versio"),
    "raportit:julkinen-lataa-numero": ("kirkkoranta", "versio", "csv"),
    "raportit:julkinen-lataa": ("kirkkoranta", "version tunnus", "csv"),
    **dict.fromkeys(("raportit:avoin-data", "raportit:avoin-dcat", "raportit:avoin-syote"), ("kirkkoranta",)),
    "seuranta:rajapinta-julkinen-versiot": ("kirkkoranta",),
    "seuranta:rajapinta-julkinen-rivit": ("kirkkoranta", "version tunnus"),
    "seuranta:rajapinta-julkinen-mittarit": ("kirkkoranta", "version tunnus"),
    **dict.fromkeys(("raportit:upotus-ohje", "raportit:upotus-yhteenveto"), ("kirkkoranta",)),
    "raportit:upotus-painopiste": ("kirkkoranta", "painopisteen tunnus"),
    "raportit:upotus-mittari": ("kirkkoranta", "mittarin tunnus"),
    "raportit:upotus-uusin-kaavio": ("kirkkoranta", "painopisteet", "svg"),
    "raportit:upotus-kaavio": ("kirkkoranta", "version tunnus", "painopisteet", "svg"),
    "raportit:avoin-uusin": ("kirkkoranta", "json"),
    "raportit:avoin-strategia-uusin": ("kirkkoranta", "strategian tunnus", "csv"),
    "raportit:avoin-versio": ("kirkkoranta", "version tunnus", "json"),
    "strategia:korostusvari": ("00357a",),
    "account_reset_password_from_key": ("1", "vanha-avain"),
}
AVAIMEN_ARGUMENTIT = {
    "seuranta:rajapinta-mittari": ("mittari",),
    "mfa_remove_webauthn": ("987654321",),  # nobody's passkey
    **dict.fromkeys(
        ("kertakirjautuminen_kunta", "kertakirjautuminen_vahvistus", "openid_connect_callback"), ("kirkkoranta",)
    ),
}


# Django's admin: nobody of a kunta gets in. Model -> its addresses beside the usual five.
HALLINTA = {
    "index", "login", "logout", "password_change", "password_change_done", "autocomplete", "jsi18n", "view_on_site",
    "app_list", "auth_user_password_change", "",  # nameless: an old address of a row, and whatever is not there
}  # fmt: skip
TAULUKKONA = ("export", "import", "process_import")
HALLINNAN_MALLIT = {
    "account_emailaddress": (),
    "auth_group": (),
    "django_tasks_database_dbtaskresult": (),
    "raportit_raporttiversio": (),
    "seuranta_kirjaus": ("export", "simple_history"),
    "seuranta_mittariarvo": (*TAULUKKONA, "simple_history"),
    "seuranta_osavastaus": ("simple_history",),
    "seuranta_riski": ("simple_history",),
    "seuranta_seurantajakso": ("simple_history",),
    "seuranta_tuonti": (),
    "strategia_avain": (),
    "strategia_ilmoitusviesti": (),
    "strategia_kayttaja": TAULUKKONA,
    "strategia_kirjoitusasu": (),
    "strategia_kunta": (),
    "strategia_mittari": (*TAULUKKONA, "simple_history"),
    "strategia_strategia": (),
    "strategia_tapahtuma": (),
    "strategia_tavoitearvo": (*TAULUKKONA, "simple_history"),
    "strategia_toimenpide": ("simple_history",),
    "strategia_toimiala": TAULUKKONA,
    "strategia_toimielin": TAULUKKONA,
}


def known_admin_names():
    usual = ("changelist", "add", "history", "delete", "change")
    return HALLINTA | {f"{model}_{name}" for model, own in HALLINNAN_MALLIT.items() for name in (*usual, *own)}


def admin_patterns(patterns=None, before=()):
    """[(name, [pattern])] of every address of the admin, nameless ones too, as the resolver has them."""
    if patterns is None:
        (root,) = (each for each in get_resolver().url_patterns if getattr(each, "app_name", None) == "admin")
        patterns, before = root.url_patterns, (root.pattern,)
    for each in patterns:
        if hasattr(each, "url_patterns"):
            yield from admin_patterns(each.url_patterns, (*before, each.pattern))
        else:
            yield each.name or "", (*before, each.pattern)


def all_names(patterns=None, namespace=""):
    """The name of every address of the resolver, Django's admin apart: admin_patterns has its own."""
    for pattern in patterns if patterns is not None else get_resolver().url_patterns:
        if hasattr(pattern, "url_patterns"):
            if pattern.app_name != "admin":
                inner = f"{pattern.namespace}:" if pattern.namespace else ""
                yield from all_names(pattern.url_patterns, namespace + inner)
        else:
            yield namespace + pattern.name


def known_names():
    return JULKISET | set(SIVUT) | set(TOIMET) | OMA_TILI | AVAIMELLA | KALENTERI | TUNNISTAJALLA


def arguments_of(name):
    """What an address needs: kinds of objects ("jakso") and words that stand as they are ("csv")."""
    table = SIVUT | TOIMET
    return table[name][0] if name in table else (JULKISTEN_ARGUMENTIT | AVAIMEN_ARGUMENTIT).get(name, ())


def address(name, cast, versio):
    """The path of a known address, its arguments taken from the cast."""
    known = {
        "versio": versio.pk,
        "version tunnus": versio.tunnus,
        "strategian tunnus": cast.strategia.tunnus,
        "painopisteen tunnus": cast.painopisteet[0].tunnus,
        "mittarin tunnus": cast.mittarit[0].tunnus,
        "laji": "toimenpide",
        "toimenpiteen tunnus": cast.vayla.tunnus,
        "jakso": cast.jakso.pk,
        "strategia": cast.strategia.pk,
        "kayttaja": cast.veikko.pk,
        "toimiala": cast.tekniset.pk,
        "toimielin": cast.lautakunta.pk,
        "toimenpide": cast.vayla.pk,
        "painopiste": cast.painopisteet[0].pk,
        "tavoite": cast.tavoitteet[0].pk,
        "mittari": cast.mittarit[0].pk,
        "riski": cast.riski.pk,
        "solu": "C2",
    }
    args = arguments_of(name)
    if "joukkomuutos" in args:
        known["joukkomuutos"] = done_joukkomuutos(cast.strategia, cast.kaisa).pk
    if "kasittely" in args:
        known["kasittely"] = told_kasittely(cast.versio).pk
    if "sijaisuus" in args:
        known["sijaisuus"] = told_sijaisuus(cast.hilkka, cast.veikko).pk
    if "palaute" in args:
        known["palaute"] = told_palaute(cast.kunta).pk
    if "kokous" in args:
        known["kokous"] = told_kokous(cast.jakso).pk
    if "avain" in args:
        known["avain"] = Avain.objects.make(cast.kunta, "Tietovarasto", by=cast.aino)[0].pk
    if "ryhma" in args:
        known["ryhma"] = told_ryhma(cast.kunta).pk
    if "tuonti" in args:
        known["tuonti"] = previewed_tuonti(cast).pk
    if "vastaukset" in args:
        known["vastaukset"] = previewed_answers(cast).pk
    return reverse(name, args=[known.get(arg, arg) for arg in args])


def told_sijaisuus(sijainen, sijaistettava):
    """Of days long past: nobody stands in for anybody by it."""
    days = {"alkaa": datetime.date(2026, 1, 5), "paattyy": datetime.date(2026, 1, 9)}
    people = {"sijainen": sijainen, "sijaistettava": sijaistettava, "tekija": sijaistettava}
    return Sijaisuus.objects.create(kunta_id=sijaistettava.kunta_id, **people, **days)


def done_joukkomuutos(strategia, by):
    """An act that made the first toimenpide of the plan binding by the valtuusto."""
    known, changed = strategia.joukkomuutokset.first(), {"sitovuus": "valtuusto"}
    toimenpide = Toimenpide.objects.filter(tavoite__painopiste__strategia=strategia).first()
    return known or do(strategia, "sitovuus", {toimenpide: changed}, kuvaus="Sitovuus: valtuusto", by=by)


def told_ryhma(kunta):
    """A group of the kunta's own sign-in."""
    return Tunnistajaryhma.objects.get_or_create(
        kunta=kunta, ryhma="Seuranta – raportoijat & muut", rooli="raportoija"
    )[0]


def told_kasittely(versio):
    """How the council dealt with the version."""
    told = {"kunta": versio.kunta, "toimielin": "Valtuusto & hallitus", "pvm": datetime.date(2026, 6, 1)}
    return Kasittely.objects.get_or_create(versio=versio, **told)[0]


def told_palaute(kunta):
    """What somebody asked of a toimenpide, not yet answered."""
    told = {"toimenpide": uuid.UUID(int=7), "aihe": "Kevyen liikenteen väylä"}
    return Palaute.objects.get_or_create(kunta=kunta, viesti="Milloin väylä & silta valmistuu?", **told)[0]


def told_kokous(jakso):
    """When the council is to deal with the report of the jakso."""
    told = {"kunta": jakso.kunta, "toimielin": "Valtuusto & hallitus", "pvm": datetime.date(2026, 10, 30)}
    return Kokous.objects.get_or_create(jakso=jakso, **told)[0]


def previewed_tuonti(cast):
    """A file that Aino has sent and not yet saved: one new row, one changed, one toimiala nobody knows."""
    table = (
        "Painopiste;Strateginen tavoite;Toimenpide;Toimiala;Toteutumisaste;Kommentti\r\n"
        "Rohkea talous;Tilat käyttöön;Uusi – avoin työtila;Sivistyspalvelut;2;Suunnitellaan & kysytään.\r\n"
        "Rohkea talous;Tilat käyttöön;Tyhjistä kiinteistöistä luovutaan;Tekniset palvelut;3;Kaksi myyty.\r\n"
        "Rohkea talous;Tilat käyttöön;Ränssin koulu vuokrataan yritykselle;Tekniikka;4/5;Vuokrattu.\r\n"
    )
    known = Tuonti.objects.filter(kunta=cast.kunta, tila=Tuonti.Tila.ESIKATSELU, jakso=None).first()
    return known or store_file(cast.kunta, table.encode(), "Seuranta – syksy & talvi.csv", by=cast.aino)


def previewed_answers(cast):
    """A workbook of answers that Veikko has handed in and not yet saved: as it was fetched."""
    known = Tuonti.objects.vastaukset().filter(jakso=cast.jakso, tekija=cast.veikko, tila=Tuonti.Tila.ESIKATSELU)
    if found := known.first():
        return found
    content = answer_table_bytes(cast.jakso, cast.tekniset, cast.veikko)
    return store_file(
        cast.kunta, content, "Taulukossa vasta.xlsx", by=cast.veikko, jakso=cast.jakso, toimiala=cast.tekniset
    )
