"""A token in every text that is not published: none of them in anything that the public or a luottamushenkilö can open.

Each stage of a report's life is walked: published, being corrected, withdrawn, replaced, published again.
"""

import io
import re
import subprocess
import zipfile
from functools import partial
from itertools import product

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from raportit.avoin import aineistotiedosto
from raportit.models import Raporttiversio, Saate
from raportit.muodot import MUODOT, VERTAILUN_MUODOT
from raportit.muodot.kaavio import list_charts
from raportit.osavuosikatsaus import from_json
from raportit.sulkeminen.sulje import close_jakso
from seuranta.models import Kirjaus, MittariArvo, Osavastaus, Riski, Rivikysymys
from strategia.models import LISAKENTAT, Kayttaja, Mittari, MuuToimiala, Palaute, Toimenpide, Toimielin, Vastuuhenkilo
from tests.cast import create_jakso, create_mittari
from tests.kokoelma import whole
from tests.osoitteet import JULKISET, SIVUT, arguments_of
from tests.ymparisto import paivan_osa

from .kuvat import TUNTEMATON, Kuvat, picture_with_words

pytestmark = pytest.mark.django_db
PUHELIN = "040 123 4567"
HAKU = "zq"  # every token begins so: a search finds what holds one, and its answer tells no token that was asked
MITTARIN_HUOMIO, MITTARIN_PIILO = "zqmhuom", "zqmpiil"
PIILOSSA = ("vastuu", "riski", "mittari", *LISAKENTAT)
IHMISET = ("aino", "kaisa", "veikko", "hilkka", "otso", "tarmo", "ulla")
LUONNOS, PALAUTETTU, SYY_PALAUTUKSEN, HUOMIO = "zqluonn", "zqpalaut", "zqmiksi", "zqhuom"
POISTETTU, VANHA, NIMI, OTSIKKO, AVAUS, SYY = "zqpoist", "zqvanha", "zqnimi", "zqotsik", "zqavaus", "zqsyy"
OMAT = {"oma": ("Kumppani zqomaots", "zqomatxt"), "oma.kirjaus": ("Oma arvio zqkirots", "zqkirtxt")}  # (heading, text)
VIESTI = "zqviesti"  # what is written beside a row
PALAUTE = "zqpalaute"  # what people ask, until a koordinaattori has answered and chosen it
KUVATE, VANHA_LOGO = "zqkuvate", "zqlogo"  # beside a picture's pixels; a logo that was taken away
NEVER = [
    *(LUONNOS, PALAUTETTU, SYY_PALAUTUKSEN, HUOMIO, SYY, "zqlautak"),
    *(MITTARIN_HUOMIO, MITTARIN_PIILO, VIESTI, PALAUTE),
    *(f"zq{rooli}" for rooli in PIILOSSA),
    *(f"zq{who}" for who in IHMISET),
    *(KUVATE, TUNTEMATON),
    *("zqomaots", "zqomatxt", "zqkirots", "zqkirtxt"),
]
CORRECTED_AWAY = [POISTETTU, VANHA, NIMI, AVAUS, VANHA_LOGO]
MITATTU = "zqmitattu"  # the same of a measure
JULKAISTU = "zqjulki"  # stands in what is published last, so that a search through nothing is noticed
VAIHEITA = 5
TUNNUS = re.compile(rb'name="csrfmiddlewaretoken" value="\w+"')  # another in each answer, as are these headers
VAIHTUVAT = {"Expires", "X-Request-ID"}
VERSION = {"versio", "version tunnus"}  # what an address of one version names it by
# The help tells the kunta's own people whom to ask.
GETTAVAT = (JULKISET | set(SIVUT)) - {"account_logout", "strategia:ohje"}


@pytest.fixture
def kuvat(monkeypatch):
    return Kuvat(monkeypatch)


@pytest.fixture
def tarina(cast):
    """The cast with a token wherever something is written that is not published."""
    for who in IHMISET:
        Kayttaja.objects.filter(pk=getattr(cast, who).pk).update(nimi=f"Nimi zq{who}", email=f"zq{who}@kunta.example")
        getattr(cast, who).refresh_from_db()
    hide_columns(cast)
    cast.edellinen.reopen(by=cast.kaisa, syy=f"Alkuperäinen {SYY} {PUHELIN}.")
    rows = list(Kirjaus.objects.filter(jakso=cast.edellinen).order_by("pk"))
    texts = {name: f"Teksti zq{name}" for name in LISAKENTAT}
    Kirjaus.objects.filter(pk__in=[row.pk for row in rows]).update(
        sisainen_huomio=HUOMIO, omat=dict([OMAT["oma.kirjaus"]]), **texts
    )
    MittariArvo.objects.filter(jakso=cast.edellinen).update(sisainen_huomio=HUOMIO)
    put_comments(cast.edellinen, f"Soita {POISTETTU} {PUHELIN}.", f"Ennen luki {VANHA}.")
    Saate.objects.create(kunta=cast.kunta, jakso=cast.edellinen, avaus=f"Kysy {AVAUS} {PUHELIN}.")
    for jakso in (cast.edellinen, cast.jakso):
        for toimenpide in cast.toimenpiteet:
            Rivikysymys.objects.write(jakso, toimenpide, f"Montako {VIESTI}?", by=cast.kaisa, odottaa=True)
    for told in ({}, {"vastaus": f"Ei {PALAUTE}.", "kasitelty": timezone.now()}):
        about = {"kunta": cast.kunta, "toimenpide": cast.vayla.tunnus, "aihe": PALAUTE}
        Palaute.objects.create(**about, viesti=f"Miksi {PALAUTE}?", sahkoposti=f"{PALAUTE}@koti.example", **told)
    put_units(cast, f"Reitillä {VANHA}.", kirjaajan_tekstit={"kommentti": f"Reitillä oli {LUONNOS}."})
    leave_unsent(cast)
    put_measures(cast)
    return cast


def put_units(cast, kommentti, **told):
    """On the closed jakso's units: the first one's comment becomes another toimiala's."""
    osat = Osavastaus.objects.filter(kirjaus__jakso=cast.edellinen)
    osat.update(kommentti=kommentti, **told)
    osat.filter(pk=osat.first().pk).update(toimiala=cast.sivistys)


def give_logo(cast, kuvat, kirjautunut, size, says):
    """Through the kunta's own form; what a camera wrote beside the picture is nobody's business."""
    names = ("virallinen_nimi", "genetiivi", "muoto")
    logo = SimpleUploadedFile("logo.png", picture_with_words(size, "#00357a", f"Kuvaaja {KUVATE}"))
    data = {name: getattr(cast.kunta, name) for name in names} | {"logo": logo}
    assert kirjautunut(cast.aino).post(reverse("strategia:kunta-muokkaa"), data).status_code == 302
    cast.kunta.refresh_from_db()
    kuvat.give_logo(cast.kunta, says)


def put_measures(cast):
    """Tokens in what is not told of measures and risks, but for what was not sent: leave_values_unsent has that."""
    told = {"kunta": cast.kunta, "sisainen_huomio": f"Huomio {MITTARIN_HUOMIO}"}
    Mittari.objects.filter(kunta=cast.kunta).update(lahto_teksti=f"Alussa {MITTARIN_PIILO}")
    for mittari in cast.mittarit:
        MittariArvo.objects.filter(jakso=cast.edellinen, mittari=mittari).update(sisainen_huomio=MITTARIN_HUOMIO)
        MittariArvo.objects.create(**told, vuosi=2024, mittari=mittari, teksti="7")
    Riski.objects.create(kunta=cast.kunta, strategia=cast.strategia, toimenpide=cast.kerho, teksti=MITTARIN_PIILO)


def hide_columns(cast):
    strategia = cast.strategia
    strategia.sarakkeet = [
        *({"rooli": rooli, "otsikko": rooli.capitalize(), "piilossa": True} for rooli in (*PIILOSSA, "toimielin")),
        {"rooli": "mittarit"},  # shown, though the column is hidden; of its columns the start is not
        {"rooli": "mittarit.lahto", "piilossa": True},
        *({"rooli": rooli, "otsikko": otsikko, "piilossa": True} for rooli, (otsikko, _text) in OMAT.items()),
    ]
    strategia.save()
    lautakunta = Toimielin.objects.create(kunta=cast.kunta, nimi="Lautakunta zqlautak")
    told = {rooli: f"{rooli} zq{rooli}" for rooli in ("vastuu", "riski", "mittari")}
    for toimenpide in Toimenpide.objects.filter(kunta=cast.kunta):
        for name, text in {**told, "toimielin": lautakunta}.items():
            setattr(toimenpide, name, text)
        toimenpide.omat = dict([OMAT["oma"]])
        toimenpide.save()
    Riski.objects.filter(kunta=cast.kunta).update(teksti="Riski zqriski")
    Vastuuhenkilo.objects.create(kunta=cast.kunta, toimenpide=cast.vayla, kayttaja=cast.veikko)


def put_comments(jakso, *kommentit):
    for kirjaus, kommentti in zip(jakso.kirjaukset.order_by("pk"), kommentit, strict=False):
        kirjaus.kommentti = kommentti
        kirjaus.save()


def leave_unsent(cast):
    """A draft and a row sent back, in the jakso that is closed next and in one that stays open."""
    third = create_jakso(cast.strategia, "Osavuosikatsaus III 2026", 9, 11, jarjestys=3)
    for jakso in (cast.jakso, third):
        told = {"kunta": cast.kunta, "jakso": jakso, "toteutumisaste": 3, "syy": "", "sisainen_huomio": HUOMIO}
        Kirjaus.objects.create(**told, toimenpide=cast.vayla, kommentti=LUONNOS, tila="luonnos", ennuste=LUONNOS)
        sent_back = {"tila": "palautettu", "palautuksen_syy": SYY_PALAUTUKSEN, "kommentti": PALAUTETTU}
        Kirjaus.objects.create(**told, toimenpide=cast.kerho, **sent_back)
    for jakso in (cast.jakso, third):
        leave_values_unsent(cast, jakso)
    risk = {"kunta": cast.kunta, "strategia": cast.strategia, "jakso": third, "toimenpide": cast.vayla}
    Riski.objects.create(**risk, teksti=LUONNOS)  # of a jakso that stays open
    told = {"kunta": cast.kunta, "jakso": cast.jakso, "toteutumisaste": 4, "syy": "", "tila": "hyvaksytty"}
    Kirjaus.objects.create(**told, toimenpide=cast.ranssi, kommentti="Vuokrattu.", sisainen_huomio=HUOMIO)


def leave_values_unsent(cast, jakso):
    """A value and a unit's answer of the draft, one of the row sent back, a draft and a returned one of their own."""
    first, second, third, fourth = cast.mittarit
    kerho = create_mittari(cast.strategia, {"toimenpide": cast.kerho}, f"K{jakso.pk}", "luku", "", "suurempi", "", {})
    sent_back = {"tila": "palautettu", "palautuksen_syy": SYY_PALAUTUKSEN}
    for mittari, teksti, state in (
        *((first, LUONNOS, {}), (kerho, PALAUTETTU, {}), (second, LUONNOS, {"tila": "luonnos"})),
        *((third, PALAUTETTU, sent_back), (fourth, "5 €", {"tila": "hyvaksytty"})),
    ):
        note = "" if mittari is fourth else teksti
        MittariArvo.objects.create(
            **{"kunta": cast.kunta, "jakso": jakso, "mittari": mittari, "sisainen_huomio": HUOMIO},
            **{"teksti": teksti, "huomautus": note, **state},
        )
    leave_units_unsent(cast, jakso)


def leave_units_unsent(cast, jakso):
    """Of the draft and of the row sent back a unit, and what another toimiala says of it."""
    for toimenpide, toimiala, token in ((cast.vayla, cast.sivistys, LUONNOS), (cast.kerho, cast.tekniset, PALAUTETTU)):
        told = {"kunta": cast.kunta, "kirjaus": Kirjaus.objects.get(jakso=jakso, toimenpide=toimenpide)}
        Osavastaus.objects.create(**told, nimi=token, kommentti=token, toteutumisaste=3)
        Osavastaus.objects.create(**told, nimi=toimiala.nimi, toimiala=toimiala, kommentti=token)
        MuuToimiala.objects.get_or_create(kunta=cast.kunta, toimenpide=toimenpide, toimiala=toimiala)


def live(cast, give_logo=lambda size, says: None):
    """Stage after stage; each yields what may not be found, and the version that may still tell what it says."""
    cast.jakso.finish(by=cast.kaisa)
    close_jakso(cast.jakso, by=cast.kaisa).publish(by=cast.kaisa)
    Toimenpide.objects.filter(pk=cast.kerho.pk).update(nimi=f"Kerho {NIMI} {PUHELIN}")
    give_logo((40, 20), VANHA_LOGO)
    first = close_jakso(cast.edellinen, by=cast.kaisa)
    first.publish(by=cast.kaisa)
    cast.versio.publish(by=cast.kaisa)
    yield "julkaistu", NEVER, ()
    cast.edellinen.reopen(by=cast.kaisa, syy=f"Poistetaan {SYY} {PUHELIN}.")
    yield "avattu uudelleen", NEVER, ()
    put_comments(cast.edellinen, "Soita vaihteeseen.", f"Nyt lukee {JULKAISTU}.")
    put_units(cast, "Reitti on merkitty.")
    MittariArvo.objects.filter(jakso=cast.edellinen, mittari=cast.mittarit[0]).update(huomautus=f"Nyt on {MITATTU}.")
    Saate.objects.filter(jakso=cast.edellinen).update(avaus="Kysy kirjaamosta.")
    give_logo((30, 30), "Uusi logo")
    Toimenpide.objects.filter(pk=cast.kerho.pk).update(nimi="Kerho jokaiselle")
    second = close_jakso(cast.edellinen, by=cast.kaisa)
    first.withdraw(by=cast.kaisa)
    yield "poistettu julkaisusta", NEVER + CORRECTED_AWAY, ()
    second.publish(by=cast.kaisa, piilota_vanhat=True)
    yield "korvattu", NEVER + CORRECTED_AWAY, ()
    first.publish(by=cast.kaisa)
    yield "julkaistu uudelleen", NEVER + CORRECTED_AWAY, (first.pk,)


# --- every address


def addresses(cast):
    """(the version it is of or None, address) of everything that a reader may ask for."""
    versiot = list(Raporttiversio.objects.filter(kunta=cast.kunta))
    for versio in versiot:
        yield from ((versio.pk, path) for path in of_version(versio))
    for name in sorted(GETTAVAT):
        args = arguments_of(name)
        if not VERSION.intersection(args):
            yield from ((None, path) for path in of_name(name, args, cast))
    closed = [versio.pk for versio in versiot]
    pairs = f"{'&'.join(f'versio={pk}' for pk in closed)}&kommentit=1"
    yield None, f"{reverse('raportit:vertailu')}?{pairs}"
    yield from ((None, f"{reverse('raportit:vertailu-lataa', args=[muoto])}?{pairs}") for muoto in VERTAILUN_MUODOT)
    lajit = ("toimenpiteet", "kommentit", "tavoitteet", "painopisteet", "mittarit")
    yield from ((None, f"{reverse('seuranta:haku')}?q={HAKU}&laji={laji}") for laji in lajit)


def of_version(versio):
    for name in sorted(name for name in GETTAVAT if VERSION.intersection(arguments_of(name))):
        *args, last = arguments_of(name)
        if name in ("raportit:versio-kaavio", "raportit:upotus-kaavio"):
            ways = list(product(list_charts(from_json(versio.data)), ["svg", "png"]))
        elif name == "raportit:avoin-versio":
            ways = [(muoto,) for muoto in aineistotiedosto.MUODOT]
        else:
            ways = [(muoto,) for muoto in MUODOT] if last in MUODOT else [()]
        fixed = [{"versio": versio.pk, "version tunnus": versio.tunnus}.get(arg, arg) for arg in arguments_of(name)]
        for way in ways:
            path = reverse(name, args=[*fixed[: len(fixed) - len(way)], *way])
            yield path
            if not {"pdf", "docx"}.intersection(way):
                yield f"{path}?vain=keskeneraiset"
            if "valmistuu" in name:
                yield f"{path}?heti"


def of_name(name, args, cast):
    """The address with every object of the kunta in each place."""
    if name == "raportit:julkinen-kohde":
        yield from of_public_rows(cast)
        return
    strategia = cast.strategia
    found = {
        "jakso": strategia.jaksot.values_list("pk", flat=True),
        "toimenpide": [toimenpide.pk for toimenpide in cast.toimenpiteet],
        "strategia": [strategia.pk],
        "painopiste": [cast.painopisteet[0].pk],
        "tavoite": [cast.tavoitteet[0].pk],
        "toimiala": [cast.tekniset.pk],
        "kayttaja": [cast.veikko.pk],
        "mittari": [mittari.pk for mittari in cast.mittarit],
        "riski": [cast.riski.pk],
        "avain": [1],
        "tuonti": [1],
        "toimielin": [cast.lautakunta.pk],
        "joukkomuutos": [1],
        "vastaukset": [1],
        "ryhma": [1],
        "palaute": Palaute.objects.filter(kunta=cast.kunta).values_list("pk", flat=True),
        "toimenpiteen tunnus": [toimenpide.tunnus for toimenpide in cast.toimenpiteet],
        "strategian tunnus": [strategia.tunnus],
        "painopisteen tunnus": [each.tunnus for each in cast.painopisteet],
        "mittarin tunnus": [mittari.tunnus for mittari in cast.mittarit],
        **({args[-1]: aineistotiedosto.MUODOT} if name.endswith("-uusin") else {}),
    }
    for values in product(*(found.get(arg, [arg]) for arg in args)):
        yield reverse(name, args=values)


def of_public_rows(cast):
    """The public page of every row, published or not."""
    rows = {
        "painopiste": cast.painopisteet,
        "tavoite": cast.tavoitteet,
        "toimenpide": cast.toimenpiteet,
        "mittari": cast.mittarit,
    }
    for laji, found in rows.items():
        for row in found:
            yield reverse("raportit:julkinen-kohde", args=[cast.kunta.slug, laji, row.tunnus])


# --- what an answer holds, whatever it is packed in


def texts_in(content, kuvat):
    yield from kuvat.texts_in(content)
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as file:
            for part in map(file.read, file.namelist()):
                if part.startswith(b"PK"):  # the workbook of a chart on a slide
                    yield from texts_in(part, kuvat)
                else:
                    yield part.decode("utf-8", "replace")
    elif content.startswith(b"%PDF"):
        yield from texts_of_pdf(content, kuvat)
    else:
        yield content.decode("utf-8-sig", "replace")


def texts_of_pdf(content, kuvat):
    printed = subprocess.run(["pdftotext", "-raw", "-", "-"], input=content, capture_output=True, check=True)
    yield "".join(printed.stdout.decode().replace("\u00ad", "").replace("-\n", "").split())
    with pikepdf.open(io.BytesIO(content)) as pdf:
        for thing in pdf.objects:
            if isinstance(thing, pikepdf.Stream):
                yield thing.read_bytes().decode("utf-8", "replace")
                if thing.get("/Subtype") == "/Image":
                    yield kuvat.text_of_pdf_image(thing)
            yield "\n".join(strings_of(thing))


def strings_of(thing):
    """Every string in an object of a PDF; what it refers to is walked by itself."""
    if isinstance(thing, pikepdf.String):
        yield str(thing)
    parts = {pikepdf.Array: list, pikepdf.Dictionary: lambda each: list(each.values())}.get(type(thing))
    for part in parts(thing) if parts else ():
        if isinstance(part, pikepdf.Object) and not part.is_indirect:
            yield from strings_of(part)


def _kind_of(address):
    """A page or a file of which format, and whose: the public's, a report's, a jakso's …"""
    path = address[1].partition("?")[0]
    return path.split("/")[1], path.rpartition(".")[2] if "." in path else ""


class Katsoja:
    """A reader who opens every address, stage after stage."""

    def __init__(self, client, kuvat):
        self.client, self.kuvat, self.answers, self.texts = client, kuvat, {}, {}

    def look(self, cast, forbidden, exempt):
        """-> [(address, token)] of what should not be there."""
        found = []
        for versio, path in paivan_osa(addresses(cast), _kind_of):
            told, tokens = self.read(path), NEVER if versio in exempt else forbidden
            found += [(path, token) for token in tokens if token in told]
        return found

    def read(self, path):
        """What GET and HEAD tell. Where GET answers just as at an earlier stage, HEAD is not asked again."""
        answer = whole(self.client.get(path))
        headers = {name: value for name, value in answer.headers.items() if name not in VAIHTUVAT}
        key = (path, answer.status_code, str(headers), plain_of(answer))
        if key not in self.answers:
            self.answers[key] = "\n".join(map(self._text_of, (answer, whole(self.client.head(path)))))
        return self.answers[key]

    def _text_of(self, answer):
        """Equal bytes at two addresses are opened once."""
        content = plain_of(answer)
        if content not in self.texts:
            self.texts[content] = "\n".join(texts_in(answer.content, self.kuvat))
        headers = "\n".join(f"{name}: {value}" for name, value in answer.headers.items())
        return f"{headers}\n{self.texts[content]}"


def plain_of(answer):
    """The content without what is another in each answer."""
    return TUNNUS.sub(b"", answer.content.replace(answer.headers["X-Request-ID"].encode(), b""))


# What they get is drawn of frozen bytes, which no database makes other.
@pytest.mark.parametrize(
    "who",
    [pytest.param("anonyymi", marks=pytest.mark.vain_sqlite), pytest.param("liisa", marks=pytest.mark.vain_postgres)],
)
def test_nothing_unpublished_is_found_by(who, tarina, kuvat, client, kirjautunut):
    reader = client if who == "anonyymi" else kirjautunut(tarina.liisa)
    katsoja, found, stages = Katsoja(reader, kuvat), [], 0
    for stage, forbidden, exempt in live(tarina, partial(give_logo, tarina, kuvat, kirjautunut)):
        found += [(stage, *each) for each in katsoja.look(tarina, forbidden, exempt)]
        stages += 1
    assert stages == VAIHEITA
    assert not found, "\n".join(map(str, found))
    last = tarina.edellinen.raporttiversiot.order_by("numero").last()
    # Slides tell of the rows that moved, and of no note of a measure.
    rows, measures = set(MUODOT) - {"mitat.csv", "pptx"}, set(MUODOT) - {"csv", "pptx"}
    expected = {
        (reverse("raportit:julkinen-lataa", args=["kirkkoranta", last.tunnus, muoto]), token)
        for token, muodot in ((JULKAISTU, rows), (MITATTU, measures))
        for muoto in muodot
    }
    expected |= {
        (reverse("raportit:avoin-versio", args=["kirkkoranta", last.tunnus, muoto]), token)
        for token, muodot in ((JULKAISTU, ("json", "csv", "xlsx")), (MITATTU, ("json", "mittarit.csv", "xlsx")))
        for muoto in muodot
    }
    silent = [(path, token) for path, token in expected if token not in katsoja.read(path)]
    assert not silent, "what is published is found in every format"


@pytest.mark.parametrize("token", [*(f"zq{rooli}" for rooli in ("vastuu", *LISAKENTAT)), LUONNOS, PALAUTETTU, HUOMIO])
def test_a_search_by_what_is_hidden_finds_nothing(token, tarina, kirjautunut):
    list(live(tarina))
    page = kirjautunut(tarina.liisa).get(reverse("seuranta:haku"), {"q": token})
    assert page.context["yhteensa"] == 0
    if token.removeprefix("zq") in ("vastuu", *LISAKENTAT):
        assert kirjautunut(tarina.kaisa).get(reverse("seuranta:haku"), {"q": token}).context["yhteensa"] > 0


def test_a_withdrawn_version_looks_like_a_missing_one_to_who_does_not_audit(cast, kirjautunut, client):
    cast.versio.publish(by=cast.kaisa)
    sha256 = cast.versio.sha256
    paths = [
        reverse("raportit:versio-detail", args=[cast.versio.pk]),
        reverse("raportit:versio-lataa-julkinen", args=[cast.versio.pk, "json"]),
        reverse("raportit:versio-valmistuu-julkinen", args=[cast.versio.pk, "json"]),
        reverse("raportit:versio-kaavio", args=[cast.versio.pk, "painopisteet", "svg"]),
    ]
    liisa, tarmo = kirjautunut(cast.liisa), kirjautunut(cast.tarmo)
    assert {liisa.get(path).status_code for path in paths} == {200}
    cast.versio.withdraw(by=cast.kaisa)
    assert {liisa.get(path).status_code for path in paths} == {404}
    assert {tarmo.get(path).status_code for path in paths} == {200}
    lists = (reverse("raportit:versio-lista"), "/", reverse("seuranta:jakso-detail", args=[cast.edellinen.pk]))
    assert not any(paths[0] in liisa.get(path).text for path in lists)
    assert all(paths[0] in tarmo.get(path).text for path in lists)
    for reader, is_told in ((client, False), (liisa, False), (tarmo, True)):
        assert (str(cast.versio) in reader.post("/tarkista/", {"tunniste": sha256}).text) is is_told


def test_an_internal_version_is_the_councils_until_it_has_been_corrected(cast, kirjautunut):
    liisa, path = kirjautunut(cast.liisa), reverse("raportit:versio-detail", args=[cast.versio.pk])
    assert liisa.get(path).status_code == 200
    cast.edellinen.reopen(by=cast.kaisa, syy="Korjataan.")
    assert liisa.get(path).status_code == 200, "korjattua ei vielä ole"
    second = close_jakso(cast.edellinen, by=cast.kaisa)
    assert liisa.get(path).status_code == 404
    assert liisa.get(reverse("raportit:versio-detail", args=[second.pk])).status_code == 200


def test_a_token_in_a_picture_is_found(tarina, kuvat, kirjautunut):
    """What the search itself is worth: a label that stands in every chart, and a picture that nobody has told of."""
    tarina.strategia.asteikko = {"5": "valmis zqselite"}
    tarina.strategia.save()
    give_logo(tarina, kuvat, kirjautunut, (40, 20), VANHA_LOGO)
    tarina.jakso.finish(by=tarina.kaisa)
    versio = close_jakso(tarina.jakso, by=tarina.kaisa)
    liisa = kirjautunut(tarina.liisa)

    def texts(name, *args):
        return list(kuvat.texts_in(liisa.get(reverse(name, args=[versio.pk, *args])).content))

    chart = texts("raportit:versio-kaavio", "painopisteet", "png")
    assert "zqselite" in chart[0]
    word = texts("raportit:versio-lataa-julkinen", "docx")
    assert VANHA_LOGO in word and any("<svg" in text for text in word)
    assert VANHA_LOGO in "".join(texts("raportit:versio-lataa-julkinen", "json"))
    slides = liisa.get(reverse("raportit:versio-lataa-julkinen", args=[versio.pk, "pptx"])).content
    assert VANHA_LOGO in list(texts_in(slides, kuvat))
    with zipfile.ZipFile(io.BytesIO(slides)) as file:
        books = [file.read(name) for name in file.namelist() if name.endswith(".xlsx")]
    assert any("zqselite" in text for book in books for text in texts_in(book, kuvat))
    pdf = liisa.get(reverse("raportit:versio-lataa-julkinen", args=[versio.pk, "pdf"])).content
    assert VANHA_LOGO in list(texts_of_pdf(pdf, kuvat))
    strange, beside = kuvat.texts_in(picture_with_words((2, 2), "red", KUVATE))
    assert strange == TUNTEMATON and KUVATE in beside
