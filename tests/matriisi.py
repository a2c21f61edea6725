"""Every address x every role x every object it may name: what is asked, and what nobody but its own may read.

The addresses come from osoitteet.py. A new kind of object in an address needs its variants in KOHTEET.
"""

import io
import re
import zipfile
from dataclasses import dataclass, field

from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from raportit.models import Raporttiversio
from raportit.sulkeminen.sulje import close_jakso
from seuranta.models import Kirjaus, Osavastaus, Riski, Rivikysymys, Seurantajakso, Vastaus, Yksikkovastaus
from seuranta.tiedosto.luenta import store_file
from seuranta.tuonti.esikatselu import plan_stored
from seuranta.vastaustaulukko.esikatselu import plan_stored as plan_answers
from strategia.models import (
    Avain,
    Kayttaja,
    MuuToimiala,
    Rooli,
    Toimiala,
    Toimielin,
)

from .cast import build_cast, create_jakso, create_user
from .osoitteet import (
    KAIKKI,
    OMA_TILI,
    SIVUT,
    TOIMET,
    arguments_of,
    done_joukkomuutos,
    previewed_answers,
    previewed_tuonti,
    told_kasittely,
    told_kokous,
    told_palaute,
    told_ryhma,
    told_sijaisuus,
)

PUUTTUVA = 987654321
VALTAVA = 99_999_999_999_999_999_999  # more than a database's integer holds
TAVAT = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")
ROOLIT = (*sorted(KAIKKI), "ulla", "poistettu", "ylläpitäjä", "ulkopuolinen")
ILMAN_SIVUJA = {"poistettu", "ulkopuolinen"}  # who is asked to sign in, whatever the address

# Words that are stored once each -> who may ever read them.
TEKNISTEN, SIVISTYKSEN = {"aino", "kaisa", "tarmo", "veikko", "hilkka"}, {"aino", "kaisa", "tarmo", "otso"}
SALAT = {
    "Teknisten keskeneräinen": TEKNISTEN,
    "Teknisten sisäinen": TEKNISTEN,
    "Sivistyksen keskeneräinen": SIVISTYKSEN,
    "Suljetun sisäinen": TEKNISTEN,
    "Taulukossa vasta": {"aino", "kaisa", "veikko"},
    "Kirkkoran": KAIKKI,
    "Väylä Kirkkotie": KAIKKI,
    "Naapurin oma asia": {"ulla"},
    "Naapurin suljettu asia": {"ulla"},
    "Järven kunnostus": {"ulla"},
    "Metsäpitäjä": {"ulla"},
    "Uusikylä": {"ulla"},
    "Naapurin tiedosto": {"ulla"},
    "Naapurin oma mittari": {"ulla"},
    "Naapurin oma riski": {"ulla"},
    "Teknisten yksikkö": TEKNISTEN,
    "Teknisten kommentti": TEKNISTEN | SIVISTYKSEN,
    "Yhteisen asian yksikkö": TEKNISTEN | SIVISTYKSEN,
    "Sivistyksen avoin riski": SIVISTYKSEN,
    "Teknisten viesti": TEKNISTEN - {"tarmo"},
    "Suljetun viesti": TEKNISTEN - {"tarmo"},
}


_KEPT = (
    "strategia_istunto",
    "raportit_tallenne",
    "raportit_julkinentallenne",
    "django_tasks",
    "valimuisti",
    "yritykset",
    "strategia_tapahtuma",
)  # counts of tries; the audit's rows


class Kirjoitukset:
    """Watches the database: the statements that change something, the session and what is kept for speed apart."""

    def __init__(self):
        self.found = []

    def __call__(self, execute, sql, params, many, context):
        if sql.startswith(("INSERT", "UPDATE", "DELETE")) and not any(table in sql for table in _KEPT):
            self.found.append(sql[:120])
        return execute(sql, params, many, context)


@dataclass(frozen=True)
class Kohde:
    """One object that an address may name: which variant it is and whose ("k" Kirkkoranta, "n" its neighbour)."""

    nimi: str
    pk: int
    kunta: str = ""


@dataclass
class Maailma:
    """The cast with one of everything in each state, the clients of all roles, and the objects by kind."""

    cast: object
    kohteet: dict[str, list[Kohde]]
    clients: dict[str, Client] = field(default_factory=dict)
    cookies: dict = field(default_factory=dict)

    def ask(self, who, tapa, path):
        """(the answer, [what it wrote]); nothing that it wrote stays, nor any message for the next page."""
        client = self.clients[who]
        client.cookies = self.cookies[who].copy()
        writes = Kirjoitukset()
        with transaction.atomic(), connection.execute_wrapper(writes):
            answer = client.generic(tapa, path)
            transaction.set_rollback(True)
        return answer, writes.found


def build_world():
    cast = build_cast()
    naapuri = cast.naapuri
    _plant(cast)
    kohteet = {
        "jakso": [
            Kohde("oma", cast.jakso.pk, "k"),
            Kohde("suljettu", cast.edellinen.pk, "k"),
            Kohde("tulossa", _create_jakso(cast, "Tulossa 2026", 3, Seurantajakso.Tila.TULOSSA).pk, "k"),
            Kohde("viimeistelyssä", _create_jakso(cast, "Viimeistely 2026", 4, "viimeistelyssa").pk, "k"),
            Kohde("naapurin", naapuri.jakso.pk, "n"),
        ],
        "strategia": [Kohde("oma", cast.strategia.pk, "k"), Kohde("naapurin", naapuri.strategia.pk, "n")],
        "toimenpide": [
            Kohde("oma", cast.vayla.pk, "k"),
            Kohde("toisen toimialan", cast.kerho.pk, "k"),
            Kohde("ilman toimialaa", cast.ranssi.pk, "k"),
            Kohde("yhteinen", cast.toimenpiteet[3].pk, "k"),
            Kohde("naapurin", naapuri.toimenpide.pk, "n"),
        ],
        "toimiala": [
            Kohde("oma", cast.tekniset.pk, "k"),
            Kohde("toinen", cast.sivistys.pk, "k"),
            Kohde("lopetettu", Toimiala.objects.create(kunta=cast.kunta, nimi="Vanha", lopetettu="2026-01-01").pk, "k"),
            Kohde("naapurin", naapuri.tekniset.pk, "n"),
        ],
        "ryhma": [Kohde("oma", told_ryhma(cast.kunta).pk, "k"), Kohde("naapurin", told_ryhma(naapuri.kunta).pk, "n")],
        "toimielin": [
            Kohde("oma", cast.lautakunta.pk, "k"),
            Kohde(
                "lopetettu", Toimielin.objects.create(kunta=cast.kunta, nimi="Vanha", lopetettu="2026-01-01").pk, "k"
            ),
            Kohde("naapurin", Toimielin.objects.create(kunta=naapuri.kunta, nimi="Naapurin lautakunta").pk, "n"),
        ],
        "kayttaja": [
            Kohde("oma", cast.veikko.pk, "k"),
            Kohde("poistettu", _create_ended(cast).pk, "k"),
            Kohde("naapurin", cast.ulla.pk, "n"),
            Kohde("ylläpitäjä", Kayttaja.objects.create_superuser("yllapito@palvelu.example", "x", nimi="Ylle").pk),
        ],
        "painopiste": [
            Kohde("oma", cast.painopisteet[0].pk, "k"),
            Kohde("naapurin", naapuri.toimenpide.tavoite.painopiste_id, "n"),
        ],
        "tavoite": [
            Kohde("oma", cast.tavoitteet[0].pk, "k"),
            Kohde("naapurin", naapuri.toimenpide.tavoite_id, "n"),
        ],
        "avain": [
            Kohde("oma", Avain.objects.make(cast.kunta, "Tietovarasto", by=cast.aino)[0].pk, "k"),
            Kohde("naapurin", Avain.objects.make(naapuri.kunta, "Naapurin varasto", by=cast.ulla)[0].pk, "n"),
        ],
        "mittari": [
            Kohde("oma", cast.mittarit[0].pk, "k"),
            Kohde("toisen toimialan", cast.mittarit[1].pk, "k"),
            Kohde("koordinaattorin", cast.mittarit[2].pk, "k"),
            Kohde("naapurin", naapuri.mittari.pk, "n"),
        ],
        "riski": [
            Kohde("oma", cast.riski.pk, "k"),
            Kohde("suljetun", _create_riski(cast, cast.edellinen).pk, "k"),
            Kohde("naapurin", naapuri.riski.pk, "n"),
        ],
        "joukkomuutos": [
            Kohde("oma", done_joukkomuutos(cast.strategia, cast.kaisa).pk, "k"),
            Kohde("naapurin", done_joukkomuutos(naapuri.strategia, cast.ulla).pk, "n"),
        ],
        "sijaisuus": [
            Kohde("oma", told_sijaisuus(cast.hilkka, cast.veikko).pk, "k"),
            Kohde("naapurin", told_sijaisuus(_create_colleague(cast), cast.ulla).pk, "n"),
        ],
        "kokous": [
            Kohde("oma", told_kokous(cast.jakso).pk, "k"),
            Kohde("naapurin", told_kokous(naapuri.jakso).pk, "n"),
        ],
        "palaute": [
            Kohde("oma", told_palaute(cast.kunta).pk, "k"),
            Kohde("naapurin", told_palaute(naapuri.kunta).pk, "n"),
        ],
        "kasittely": [
            Kohde("oma", told_kasittely(cast.versio).pk, "k"),
            Kohde("naapurin", told_kasittely(Raporttiversio.objects.get(kunta=naapuri.kunta)).pk, "n"),
        ],
        "versio": _create_versiot(cast),
        "tuonti": _create_tuonnit(cast),
        "vastaukset": _create_vastaukset(cast),
    }
    return _with_clients(Maailma(cast, kohteet))


def _plant(cast):
    """The words of SALAT that the cast does not have yet."""
    open_, closed, naapuri = cast.jakso, cast.edellinen, cast.naapuri
    tekniset = Vastaus(0, 3, kommentti="Teknisten keskeneräinen", sisainen_huomio="Teknisten sisäinen", laheta=True)
    Kirjaus.objects.record(open_, {cast.vayla: tekniset}, by=cast.veikko)
    sivistys = Vastaus(0, 2, kommentti="Sivistyksen keskeneräinen")
    Kirjaus.objects.record(open_, {cast.kerho: sivistys}, by=cast.otso)
    Rivikysymys.objects.write(open_, cast.vayla, "Teknisten viesti", by=cast.hilkka, odottaa=True)
    _plant_units(cast)
    open_risk = {"kunta": cast.kunta, "strategia": cast.strategia, "toimenpide": cast.kerho, "jakso": open_}
    Riski.objects.create(teksti="Sivistyksen avoin riski", **open_risk)
    closed.reopen(by=cast.kaisa, syy="Täydennetään")
    row = Kirjaus.objects.get(jakso=closed, toimenpide=cast.vayla)
    Rivikysymys.objects.write(closed, cast.vayla, "Suljetun viesti", by=cast.hilkka)
    row.sisainen_huomio = "Suljetun sisäinen"
    row.save()
    close_jakso(closed, by=cast.kaisa)
    old = create_jakso(naapuri.strategia, "Naapurin vanha", 1, 4, jarjestys=0, tila="viimeistelyssa")
    vanha = Vastaus(0, 5, kommentti="Naapurin suljettu asia")
    Kirjaus.objects.record(old, {naapuri.toimenpide: vanha}, by=cast.ulla)
    close_jakso(old, by=cast.ulla)


def _plant_units(cast):
    """A unit of Tekniset, and one of a toimenpide that Sivistys leads and of which Tekniset say their word."""
    lahiruoka, tilat = cast.toimenpiteet[3:5]
    Osavastaus.objects.record(cast.jakso, tilat, [Yksikkovastaus("Teknisten yksikkö")], by=cast.veikko)
    MuuToimiala.objects.create(kunta=cast.kunta, toimenpide=lahiruoka, toimiala=cast.tekniset)
    comment = Yksikkovastaus("Tekniset palvelut", kommentti="Teknisten kommentti", toimiala=cast.tekniset)
    Osavastaus.objects.record(cast.jakso, lahiruoka, [comment], by=cast.veikko)
    unit = Yksikkovastaus("Yhteisen asian yksikkö", 3)
    Osavastaus.objects.record(cast.jakso, lahiruoka, [unit], by=cast.otso, in_order=False)


def _create_jakso(cast, nimi, jarjestys, tila):
    return create_jakso(cast.strategia, nimi, 9, 10, jarjestys=jarjestys, tila=tila)


def _create_riski(cast, jakso):
    """A risk of Väylä in the jakso, told before it was closed."""
    tila = jakso.tila
    Seurantajakso.objects.filter(pk=jakso.pk).update(tila=Seurantajakso.Tila.VIIMEISTELYSSA)
    known = {"kunta": cast.kunta, "strategia": cast.strategia, "toimenpide": cast.vayla, "jakso": jakso}
    riski = Riski.objects.create(teksti="Suljetun jakson riski", **known)
    Seurantajakso.objects.filter(pk=jakso.pk).update(tila=tila)
    return riski


def _create_ended(cast):
    user = create_user(cast.kunta, "Pentti Poissa", Rooli.KOORDINAATTORI, cast.tekniset)
    Kayttaja.objects.filter(pk=user.pk).update(is_active=False)
    return user


def _create_colleague(cast):
    return create_user(cast.naapuri.kunta, "Unto Uusitalo", Rooli.RAPORTOIJA, cast.naapuri.tekniset)


def _create_versiot(cast):
    mine = list(Raporttiversio.objects.filter(kunta=cast.kunta).order_by("numero"))
    Raporttiversio.objects.filter(pk=mine[0].pk).update(tila=Raporttiversio.Tila.JULKAISTU)
    theirs = Raporttiversio.objects.get(kunta=cast.naapuri.kunta)
    return [
        Kohde("oma", mine[-1].pk, "k"),
        Kohde("julkaistu", mine[0].pk, "k"),
        Kohde("naapurin", theirs.pk, "n"),
    ]


def _create_tuonnit(cast):
    table = "Toimenpide;Toimiala;Toteutumisaste\r\nNaapurin tiedosto;Tekniset palvelut;3\r\n"
    theirs = store_file(cast.naapuri.kunta, table.encode(), "Naapurin tiedosto.csv", by=cast.ulla)
    for tuonti in (previewed_tuonti(cast), theirs):
        plan_stored(tuonti)  # kept with the row, so that no page of theirs reads the file again
    return [
        Kohde("oma", previewed_tuonti(cast).pk, "k"),
        Kohde("vastaustaulukko", _sent_answers(cast).pk, "k"),
        Kohde("naapurin", theirs.pk, "n"),
    ]


def _create_vastaukset(cast):
    naapuri = cast.naapuri
    theirs = store_file(
        naapuri.kunta, b"x", "Naapurin vastaukset.xlsx", by=cast.ulla, jakso=naapuri.jakso, toimiala=naapuri.tekniset
    )
    return [Kohde("oma", _sent_answers(cast).pk, "k"), Kohde("naapurin", theirs.pk, "n")]


def _sent_answers(cast):
    """Read once, so that no page of theirs reads the file again."""
    sent = previewed_answers(cast)
    plan_answers(sent, by=cast.veikko)
    return sent


def _with_clients(maailma):
    ended = Kayttaja.objects.get(nimi="Pentti Poissa")
    extra = {"poistettu": ended, "ylläpitäjä": Kayttaja.objects.get(is_superuser=True), "ulkopuolinen": None}
    for who in ROOLIT:
        client, user = Client(raise_request_exception=False), extra.get(who, getattr(maailma.cast, who, None))
        if user:
            client.force_login(user)
        maailma.clients[who], maailma.cookies[who] = client, client.cookies.copy()
    return maailma


# --- what is asked


# Who may open a page besides those of the table, for what the address names is not the usual object.
MYOS = {
    ("jakso", "suljettu"): {"liisa"},
    ("tuonti", "vastaustaulukko"): {"kaisa", "veikko"},
    ("toimiala", "toinen"): {"otso"},
    # Of this page alone: he records the toimenpide.
    ("seuranta:toimenpide-riski-uusi", "toisen toimialan"): {"otso"},
    ("seuranta:toimenpide-riski-uusi", "yhteinen"): {"otso"},
    ("seuranta:kysymys-lista", "toisen toimialan"): {"otso"},
    ("seuranta:kysymys-lista", "yhteinen"): {"otso"},
}
SANAT = {"solu": "C2"}  # what an address names beside objects: a cell of the own file


@dataclass(frozen=True)
class Kysymys:
    """One address with one object for each of its arguments."""

    name: str
    kohteet: tuple

    @property
    def parts(self):
        return zip(arguments_of(self.name), self.kohteet, strict=True)

    @property
    def is_there(self):
        return not any(isinstance(kohde, Kohde) and kohde.pk in (PUUTTUVA, VALTAVA) for kohde in self.kohteet)

    @property
    def path(self):
        return self._path([kohde.pk if isinstance(kohde, Kohde) else kohde for kohde in self.kohteet])

    def path_of_missing(self, kunta):
        """The path with every object that is not of this kunta changed to one that is nowhere, or None if all are."""
        args = [PUUTTUVA if self._is_foreign(kohde, kunta) else getattr(kohde, "pk", kohde) for kohde in self.kohteet]
        path = self._path(args)
        return None if path == self.path else path

    def _is_foreign(self, kohde, kunta):
        return isinstance(kohde, Kohde) and kohde.pk not in (PUUTTUVA, VALTAVA) and kohde.kunta != kunta

    def _path(self, args):
        return reverse(self.name, args=args)

    def __str__(self):
        return f"{self.name} ({', '.join(str(getattr(kohde, 'nimi', kohde)) for kohde in self.kohteet)})"


def kind_of(kysymys):
    """Pages and acts apart, and by what they name."""
    return kysymys.name in TOIMET, *arguments_of(kysymys.name)


def list_questions(kohteet):
    """Every address with its own objects, and with each argument in turn changed to every other variant."""
    for name in (*SIVUT, *TOIMET, *sorted(OMA_TILI)):
        args = arguments_of(name)
        own = tuple(kohteet[arg][0] if arg in kohteet else SANAT.get(arg, arg) for arg in args)
        yield Kysymys(name, own)
        kinds = [(place, arg) for place, arg in enumerate(args) if arg in kohteet]
        missing = (Kohde("puuttuva", PUUTTUVA), Kohde("valtava", VALTAVA))
        for place, arg in kinds:
            for other in (*kohteet[arg][1:], *missing):
                yield Kysymys(name, (*own[:place], other, *own[place + 1 :]))
        if len(kinds) > 1:
            yield Kysymys(name, tuple(_theirs(kohteet, arg) for arg in args))


def _theirs(kohteet, arg):
    return next(kohde for kohde in kohteet[arg] if kohde.kunta == "n") if arg in kohteet else SANAT.get(arg, arg)


def may_open(kysymys, who):
    """Is it the person's, by the table and MYOS? None where the table says nothing of the role or the kunta."""
    table = SIVUT | TOIMET
    if kysymys.name not in table or who not in KAIKKI or kysymys.path_of_missing("k"):
        return None
    named = [(kind, getattr(kohde, "nimi", "")) for kind, kohde in kysymys.parts]
    named += [(kysymys.name, nimi) for _kind, nimi in named]
    also = (MYOS[each] for each in named if each in MYOS and (kysymys.name in SIVUT or each[0] == "tuonti"))
    return who in table[kysymys.name][1] or any(who in people for people in also)


def text_of(answer):
    """The words of an answer, also those of a zipped workbook."""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if content.startswith(b"PK"):
        book = zipfile.ZipFile(io.BytesIO(content))
        content = b"\n".join(book.read(name) for name in book.namelist())
    return content.decode("utf-8", "replace")


_TIMED = {"Expires", "Content-Length", "X-Request-ID"}  # the length is the path's
_MASKED = re.compile(r'name="csrfmiddlewaretoken" value="\w+"|nonce="[^"]+"')


def plain(answer, path):
    """The answer without what every answer has of its own: the address asked, masked tokens, the request's id."""
    headers = {name: value.replace(path, "") for name, value in answer.headers.items() if name not in _TIMED}
    text = text_of(answer).replace(answer.headers["X-Request-ID"], "")
    return answer.status_code, headers, _MASKED.sub("", text).replace(path, "")


def leaks(text, who):
    """The words in the text that are not this person's to read."""
    return [word for word, readers in SALAT.items() if word in text and who not in readers]
