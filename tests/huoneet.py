"""The house as DESIGN draws it: floors, rooms and who may import which, a file's way, names; where a module stands."""

from .koodi import is_within

APPS = ("strategia", "seuranta", "raportit")  # each may import itself and those before it

# --- the floors of an app, from the ground: a module imports its own floor and those below

PUHTAAT = {  # of ours they import only one another
    *("strategia.nimet", "strategia.fields", "strategia.varit", "strategia.lukko", "strategia.luvut"),
    *("strategia.teksti", "strategia.paivat", "strategia.kuva", "strategia.lukuteksti", "strategia.sdg"),
    *("strategia.solusta", "strategia.valot", "strategia.linkit", "strategia.pyyntotieto", "strategia.sivustot"),
    *("seuranta.ajankohta", "seuranta.muutos", "seuranta.solut", "seuranta.tarkistus", "seuranta.tyopaivat"),
    *("seuranta.tulos", "seuranta.mittariviiva", "raportit.jaadytetyt"),
}
MALLIT = {"models", "triggers", "migrations"}
YHTEISET = {  # what several rooms need
    *("strategia.kentat", "strategia.jarjestys", "strategia.kesken", "strategia.vuoro", "strategia.sahkoposti"),
    *("strategia.kantaroolit", "strategia.omistaja"),
    *(
        "strategia.versio",
        "strategia.ilmoittaminen",
        "strategia.ulkopuoliset",
        "strategia.kirjoitusasut",
        "strategia.poistaminen",
    ),
    "strategia.varasto",
    "strategia.ajo",
    "strategia.koko",
    *("strategia.kaikille", "strategia.sivumuisti", "strategia.replika"),
    *("strategia.lokirivi", "strategia.pyyntorivi", "strategia.sanko"),
    *("strategia.tapahtuma", "strategia.sailytys", "strategia.henkilotieto", "raportit.tekijat"),
    *("raportit.tunnukset", "raportit.kaudet"),
    "strategia.salaus",
    *("strategia.vaatimus", "strategia.vahvistus"),
    *("strategia.yritykset", "strategia.yrityskanta", "strategia.kavija", "strategia.istunnot"),
    "seuranta.pyynto",
    "seuranta.tietosanat",
    "seuranta.puhtaat",
    "seuranta.linkitetyt",
    "seuranta.jakson_mittarit",
}
YLIMMAT = {"urls", "admin", "hallinta", "resources", "management", "templatetags", "apps", "settings", "wsgi"}

PURE, MODELS, PERMISSIONS, SHARED, ROOMS, TOP = range(6)

# --- the rooms: what each imports of other rooms, of its own and of other apps; "room:name" is that one thing of it

HUONEET = {
    "strategia.kunta": set(),
    "strategia.avain": set(),
    "strategia.kayttaja": {"strategia.todennus"},
    "strategia.istunto": {"strategia.kayttaja:remember_browser"},
    "strategia.sijaisuus": set(),
    "strategia.loki": set(),
    "strategia.luovutus": {"strategia.joukkomuutos:do"},
    "strategia.toimiala": set(),
    "strategia.suunnitelma": set(),
    "strategia.joukkomuutos": set(),
    "strategia.suunnitelmat": set(),
    "strategia.kausi": {"strategia.suunnitelmat:TiedotForm", "strategia.joukkomuutos:RivirajausForm"},
    "strategia.rakenne": set(),
    "strategia.mittaristo": set(),
    "strategia.kehys": set(),
    "strategia.kertakirjautuminen": {"strategia.kayttaja:change_user", "strategia.kayttaja:ViimeinenPaakayttaja"},
    "strategia.todennus": set(),
    "strategia.palvelu": set(),
    "seuranta.taulukko": set(),
    "seuranta.tiedosto": {"seuranta.taulukko"},
    "seuranta.kutsulista": {
        "seuranta.tiedosto:read_file",
        "seuranta.taulukko",
        "seuranta.tuonti:TuontiForm",
        "strategia.kayttaja",
    },
    "seuranta.tuonti": {"seuranta.tiedosto", "seuranta.taulukko"},
    "seuranta.luettelosta": {"seuranta.tuonti", "seuranta.tiedosto", "seuranta.taulukko"},
    "seuranta.vastaustaulukko": {"seuranta.tiedosto", "seuranta.taulukko"},
    "seuranta.kirjaaminen": set(),
    "seuranta.samoin": {
        "seuranta.kirjaaminen:answers",
        "seuranta.kirjaaminen:build_rows",
        "seuranta.kirjaaminen:copy_of_last",
        "seuranta.kirjaaminen:same_message",
        "seuranta.kirjaaminen:Nimi",
        "seuranta.kirjaaminen:split_pages",
    },
    "seuranta.hyvaksynta": {"seuranta.muistutus"},
    "seuranta.kysymys": {"seuranta.muistutus:answerers_of", "seuranta.muistutus:list_approvers"},
    "seuranta.jakso": {"seuranta.muistutus"},
    "seuranta.kalenteri": set(),
    "seuranta.muistutus": set(),
    "seuranta.mittari": {"seuranta.toimenpide", "strategia.mittaristo"},
    "seuranta.toimenpide": set(),
    "seuranta.eteneminen": {
        "seuranta.kirjaaminen:Nimi",
        "seuranta.kirjaaminen:split_pages",
        "strategia.joukkomuutos:PUUTTUU",
        "strategia.joukkomuutos:RivirajausForm",
    },
    "seuranta.riski": set(),
    "seuranta.haku": set(),
    "raportit.osavuosikatsaus": {"seuranta.taulukko:is_period"},
    "raportit.muodot": {"raportit.osavuosikatsaus"},
    "raportit.koonti": {"raportit.osavuosikatsaus", "strategia.rakenne:EiYhdisty"},
    "raportit.tallenne": {"raportit.muodot", "raportit.osavuosikatsaus"},
    "raportit.raportti": {"raportit.tallenne", "raportit.muodot", "raportit.osavuosikatsaus"},
    "raportit.julkaisu": {"raportit.tallenne", "raportit.osavuosikatsaus"},
    "raportit.muutokset": {
        *("raportit.tallenne", "raportit.muodot", "raportit.osavuosikatsaus"),
        "seuranta.toimenpide:historia",
    },
    "raportit.vertailu": {"raportit.tallenne", "raportit.muodot", "raportit.osavuosikatsaus"},
    "raportit.julkinen": {
        *("raportit.osavuosikatsaus", "raportit.tallenne", "raportit.muodot", "strategia.kunta:PalauteForm"),
    },
    "raportit.avoin": {
        *("raportit.osavuosikatsaus", "raportit.tallenne", "raportit.muodot", "raportit.julkinen:julkisuus"),
        "seuranta.mittari:skeemat",
    },
    "raportit.upotus": {
        *("raportit.avoin", "raportit.julkinen:julkisuus"),
        *("raportit.osavuosikatsaus", "raportit.tallenne", "raportit.muodot"),
    },
    "raportit.sulkeminen": {"raportit.tallenne", "raportit.osavuosikatsaus", "seuranta.jakso:havainnot"},
    "raportit.etusivu": {
        *("raportit.muodot:count_pages", "raportit.osavuosikatsaus", "raportit.tallenne"),
        *("seuranta.kirjaaminen:count_progress", "seuranta.kirjaaminen:list_finishing"),
        *("seuranta.kalenteri", "seuranta.muistutus:remindable_toimialat", "strategia.kayttaja:KirjautumisForm"),
    },
    "raportit.muutto": {"raportit.tallenne:find_faults", "raportit.tallenne:name_of", "strategia.palvelu"},
    "raportit.julkivertailu": {
        *("raportit.julkinen:julkisuus", "raportit.julkinen:find_newest_head"),
        *("raportit.julkinen:ASTEET", "raportit.julkinen:Asteluvut", "raportit.julkinen:count_scores"),
        "raportit.muodot:VARIT",
    },
    "raportit.tilaus": {"raportit.julkinen:find_kunta", "raportit.julkinen:find_newest_head"},
    "raportit.vuoropuhelu": {
        *("raportit.julkinen:find_kunta", "raportit.julkinen:read_kohde"),
        *("strategia.kunta:PalauteForm", "strategia.kunta:refuse_many", "strategia.kunta:send_feedback"),
    },
    "raportit.tyyli": {"raportit.osavuosikatsaus", "strategia.kunta:PalauteForm"},
}

# --- inside a room: each step imports those before it; steps that share no line do not know each other

ASKELET = {
    "seuranta.taulukko": ["soluviite pituudet < guard < workbook < layout < rows < sandbox"],
    "seuranta.tiedosto": ["plan < luenta paatokset kumous", "plan paatokset < ratkaistavat < rivit"],
    "seuranta.tuonti": [
        "plan roolit paikat < muoto valinnat < lukutapa kysymykset < luku paatokset < esikatselu < lukusivu < views",
        "plan roolit paikat < muoto valinnat < lukutapa kysymykset < luku paatokset < apply < selonteko < views",
        "aiempi < views",
    ],
    "seuranta.vastaustaulukko": [
        "rows tunniste < kirja plan",
        "kirja plan < esikatselu < views",
        "plan < apply < views",
    ],
    "seuranta.kutsulista": ["rows", "forms < views"],
    "seuranta.mittari": ["skeemat json < api", "views", "taulukko"],
    "seuranta.eteneminen": ["astepalkki < osiot < views", "uusimmat etsinta < views"],
    "seuranta.toimenpide": ["historia < mittarin_muutokset < sarjat < views", "historia < kehitys < views"],
    "strategia.kertakirjautuminen": ["vaitteet tarjoaja < tulija < yhteys < views", "forms < views"],
    "strategia.rakenne": ["puu < yhdistaminen < forms < views"],
    "strategia.mittaristo": ["osat < luettelo < forms < views"],
    "strategia.toimiala": ["elinkaari < toimialat toimielimet < lajit < views"],
    "strategia.joukkomuutos": ["rivitiedot < teko < views", "vastuusta < forms < views", "sanoin < views"],
    "seuranta.kirjaaminen": [
        "mitta < rivi < kortti < paikka < lue mitat asteikko suodatus sivutus forms siirtyneet"
        " < mittaukset tallenna < views",
        "mitat < edistyminen",
        "kopio < tallenna",
        "lue < vastaukset < views",
    ],
}

# --- a file's way

DJANGO_VAPAAT = {  # loads no Django; of ours imports only what loads none
    *(
        "strategia.nimet",
        "strategia.teksti",
        "strategia.paivat",
        "strategia.lukko",
        *("strategia.lukuteksti", "strategia.sdg"),
        "seuranta.tulos",
        "seuranta.solut",
        "seuranta.tarkistus",
        "seuranta.tyopaivat",
    ),
    "seuranta.taulukko",
    *(f"seuranta.vastaustaulukko.{step}" for step in ("rows", "lehti", "mittaririvit", "yksikkorivit")),
}
TAULUKON_LAINAT = {
    "seuranta.taulukko",
    "strategia.nimet",
    *("strategia.teksti", "strategia.paivat"),
    "strategia.lukko",
    *("strategia.lukuteksti", "strategia.sdg"),
}  # names as keys, turns by file
TIEDOSTON_TIE = {"seuranta.tiedosto", "seuranta.tuonti", "seuranta.vastaustaulukko"}
KIRJOITTAVAT = {
    *("seuranta.tuonti.apply", "seuranta.vastaustaulukko.apply", "seuranta.tiedosto.kumous"),
    "seuranta.tiedosto.luenta",  # keeps the file and what was read of it
    "seuranta.tiedosto.paatokset",  # keeps what a person decided
}
KIRJOITUKSET = {
    *("save", "create", "update", "delete", "get_or_create", "update_or_create"),
    *("bulk_create", "bulk_update", "bulk_create_with_history", "bulk_update_with_history"),
}
TYOKIRJAAN = "book.save"  # writes a workbook, not the database

# --- who sees a request

PYYNNON_NAKEVAT = {"views", "api", "forms", "middleware", "pyynto", "urls", "admin", "hallinta"}
PYYNNON_NAKEVAT_MODUULIT = {
    "strategia.vuoro",  # wraps a view: its turn
    "strategia.tapahtuma",  # the row of an act tells its request
    "strategia.vahvistus",  # who one is, shown anew
    "strategia.kesken",  # what a POST held that could not be taken
    "strategia.jarjestys",  # the order that an address asks for
    "strategia.kehys.valikko",  # Django asks it for the frame of each page
    "strategia.kayttaja.kirjautuminen",  # allauth's adapter
    "strategia.kayttaja.kunnan_tunnus",  # a part of it
    "strategia.kayttaja.selain",  # the cookie of a browser known before
    "strategia.kavija",  # the client's address
    "strategia.kunta.palautemaara",  # counts by it
    "strategia.pyyntorivi",  # what the log tells of it
    "strategia.kehys.pyyntotunnus",  # a middleware of its own
    "strategia.kertakirjautuminen.tulija",  # what stands in the session of who comes back
    "strategia.kertakirjautuminen.yhteys",  # allauth's adapter
    "strategia.kehys.toinen_vaihe",  # a middleware of its own
    "strategia.vaatimus",  # has this session passed the second factor
    "strategia.todennus.varakoodit",  # which session may see them
    "raportit.tallenne.lataus",  # bytes on their way to a reader
    "raportit.avoin.vastaus",  # the same, to a program
    "raportit.upotus.upottaja",  # wraps a view: who may frame it
    "strategia.kaikille",  # wraps a view: what is for everybody
    "strategia.sivumuisti",  # wraps a view: what is kept of it
    "strategia.istunnot",  # a request that is to be nobody's
    "strategia.replika",  # wraps a view: where it reads
}
PYYNNOSTA = ("django.http", "django.shortcuts", "django.views", "django.middleware", "django.contrib")
EI_PYYNNOSTA = (  # whose, and of what kind
    ("strategia.models", "django.contrib.auth"),
    ("raportit", "django.contrib.staticfiles.finders"),
    ("strategia.apps", "django.contrib.admin.apps"),
    ("strategia.istunnot", "django.contrib.auth"),
    ("strategia.kayttaja.avainlinkki", "django.contrib.auth.tokens"),
    ("strategia.istunnot", "django.contrib.sessions.backends"),
    ("strategia.models", "django.contrib.sessions.base_session"),
)

# --- who may do what: strategia.permissions says it, a room asks it there

ROOLIEN_NIMET = {"Rooli", "KOORDINOIVAT", "TOIMIALAN_ROOLIT", "HYVAKSYVAT", "KIRJAAVAT"}
ROOLIN_LUKIJAT = {
    "strategia.kayttaja.forms",  # the role is what they give
    "strategia.kayttaja.kutsuttavat",  # the same of many
    "strategia.kayttaja.tunnus",  # and keep: a kunta's last pääkäyttäjä stays one
    "strategia.kertakirjautuminen.forms",  # what a group gives
    "strategia.kertakirjautuminen.tulija",  # and sets: the greatest of them
    "strategia.ilmoittaminen",  # the same of other messages
    "seuranta.muistutus.viestit",  # whom a reminder's reader answers: the koordinaattorit, not all who may coordinate
}
SARAKKEITA = {"sarake", "s", "valinta"}  # their `rooli` is a column's, not a person's

# --- names

YLEISET_NIMET = {  # of modules: Django's own, `api` of ninja, and `model`, the dataclasses that a step hands on
    *("views", "forms", "api", "permissions", "models", "triggers", "migrations", "model", *YLIMMAT, "commands"),
}
JAADYTETYT = {  # their classes may be called as the models that they freeze
    "raportit.osavuosikatsaus.model.puitteet",
    "raportit.osavuosikatsaus.model.runko",
    "raportit.osavuosikatsaus.mitattu",
}
YLEISET_LUOKAT = {"Command", "Migration"}  # Django's own

# --- where a module stands


def head_of(nimi):
    return ".".join(nimi.split(".")[:2])


def room_of(koodi, nimi):
    """A room is a folder of an app that the table names."""
    head = head_of(nimi)
    return head if head in HUONEET and head in koodi and koodi[head].on_paketti else None


def floor_of(koodi, nimi):
    """Its floor in its app; None for what has no place there."""
    head, name = head_of(nimi), nimi.split(".")[1] if "." in nimi else ""
    floors = (
        (PURE, not name or head in PUHTAAT),
        (MODELS, name in MALLIT),
        (PERMISSIONS, name == "permissions"),
        (SHARED, head in YHTEISET),
        (TOP, name in YLIMMAT),
        (ROOMS, room_of(koodi, nimi) is not None),
    )
    return next((floor for floor, is_there in floors if is_there), None)


def app_of(nimi):
    return nimi.split(".")[0]


def is_in(nimi, packages):
    return any(is_within(nimi, package) for package in packages)


def steps_of(room):
    """[[{steps of one rank}]] of the room's lines."""
    return [[set(rank.split()) for rank in line.split("<")] for line in ASKELET.get(room, ())]


def named_steps(room):
    return set().union(*(rank for line in steps_of(room) for rank in line))


def step_of(room, nimi):
    """The part of the room that a module is in; "" for the room's own __init__."""
    return nimi.removeprefix(room).removeprefix(".").split(".")[0]
