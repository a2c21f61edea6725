"""Every text that the models limit, through every door that it comes in by: its full length fits, one more is told.

SQLite stores any length and PostgreSQL answers 500, so a door that does not tell shows on either. What came in by one
door is what the field's own form takes: full_clean has nothing to say of it.
"""

import io
import json
from io import StringIO

import openpyxl
import pytest
import tablib
from django.apps import apps
from django.contrib import admin
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.core.validators import MaxLengthValidator
from django.db import models, transaction
from django.test import RequestFactory

from raportit.models import Julkaisu, Kasittely, Raporttiversio, Saate
from seuranta.models import (
    KOMMENTIN_PITUUS,
    Kirjaus,
    Kokous,
    Lukutapa,
    MittariArvo,
    Osavastaus,
    Paatos,
    Riski,
    Rivikysymys,
    Seurantajakso,
    Tuonti,
    Yksikkovastaus,
)
from seuranta.resources import KayttajaResource, ToimialaResource, ToimielinResource
from seuranta.taulukko import pituudet
from seuranta.taulukko.layout import LISAT
from seuranta.tiedosto.paatokset import read_decisions
from seuranta.vastaustaulukko.kirja import answer_table_bytes
from strategia.models import (
    Avain,
    Ilmoitusviesti,
    Istunto,
    Kayttaja,
    Kirjoitusasu,
    Kunta,
    Mittari,
    MuuToimiala,
    Painopiste,
    Palaute,
    Strategia,
    StrateginenTavoite,
    Tapahtuma,
    Tavoitearvo,
    Toimenpide,
    Toimiala,
    Toimielin,
    Tunnistajaryhma,
)
from tests.lomakkeet import read_forms
from tests.osoitteet import told_palaute
from tests.ymparisto import paivan_osa

PAATE = "@kirkkoranta.example"
APPS = ("strategia", "seuranta", "raportit")


def limit_of(field):
    return field.max_length or next(
        (each.limit_value for each in field.validators if isinstance(each, MaxLengthValidator)), None
    )


def list_limited():
    """{(model, name of the field)} of all that the models limit: keys of ours and choices of a list apart."""
    found = set()
    for model in (model for app in APPS for model in apps.get_app_config(app).get_models()):
        for field in model._meta.local_fields if not hasattr(model, "instance_type") else ():
            if limit_of(field) and field.editable and not field.choices and not isinstance(field, models.FileField):
                found.add((model, field.name))
    return found


def text_of(model, name, length):
    if isinstance(model._meta.get_field(name), models.EmailField):
        return "a" * (length - len(PAATE)) + PAATE
    return "Ä" + "ä" * (length - 1)


# --- the doors: each sends the text and returns what a person is told


def lomake(who, path, name=None, **more):
    """A form of a page, with the text in its field and the rest as a browser would send it."""

    def send(ovi, text):
        client = ovi.kirjautunut(getattr(ovi.cast, who))
        address = path.format(c=ovi.cast, teksti=text)
        field = name or ovi.kentta
        page = client.get(address)
        assert page.status_code == 200, (address, page.status_code)
        form = next(form for form in read_forms(page.text, address) if field in [k.nimi for k in form.kentat])
        data = form.data() | {each: value and value.format(c=ovi.cast) for each, value in more.items()} | {field: text}
        sent = {each: value for each, value in data.items() if value is not None}  # None: a button that is not pressed
        answer = client.post(form.osoite, sent, follow=True)
        assert answer.status_code in (200, 409, 422), answer.status_code
        return answer.text

    return send


def kirjaussivu(ovi, text):
    """The entry page; of LISAKENTAT it takes those that were posted."""
    pk = ovi.cast.vayla.pk
    data = {f"t{pk}-versio": "0", f"t{pk}-aste": "3", f"t{pk}-{ovi.kentta}": text}
    path = f"/jaksot/{ovi.cast.jakso.pk}/kirjaa/"
    answer = ovi.kirjautunut(ovi.cast.veikko).post(path, data, follow=True)
    assert answer.status_code in (200, 409, 422), answer.status_code
    return answer.text


def mittarin_kentta(ovi, text):
    """The fields of a mittari on the entry page."""
    name = f"t{ovi.cast.vayla.pk}-m{ovi.cast.mittarit[0].pk}"
    return kirjaa(ovi, {f"{name}-versio": "0", f"{name}-{ovi.kentta}": text})


def yksikon_kentta(ovi, text):
    """The fields of a unit on the entry page."""
    name = f"t{ovi.cast.vayla.pk}-n1"
    data = {f"{name}-versio": "0", f"{name}-nimi": "Lomitus", f"{name}-{ovi.kentta}": text}
    return kirjaa(ovi, data)


def kommentti(ovi, text):
    """What another toimiala says of a toimenpide."""
    told = {"kunta": ovi.cast.kunta, "toimenpide": ovi.cast.kerho, "toimiala": ovi.cast.tekniset}
    name = f"k{MuuToimiala.objects.get_or_create(**told)[0].pk}"
    return kirjaa(ovi, {f"{name}-versio": "0", f"{name}-kommentti": text})


def kirjaa(ovi, data):
    answer = ovi.kirjautunut(ovi.cast.veikko).post(f"/jaksot/{ovi.cast.jakso.pk}/kirjaa/", data, follow=True)
    assert answer.status_code in (200, 409), answer.status_code
    return answer.text


def yksikon_rivi(ovi, text):
    """A new row on the sheet of units in the workbook of answers."""
    if not Osavastaus.objects.filter(kirjaus__jakso=ovi.cast.jakso).exists():
        Osavastaus.objects.record(ovi.cast.jakso, ovi.cast.vayla, [Yksikkovastaus("Lomitus", 3)], by=ovi.cast.veikko)
    book = openpyxl.load_workbook(io.BytesIO(answer_table_bytes(ovi.cast.jakso, ovi.cast.tekniset, ovi.cast.veikko)))
    sheet, client = book["Yksiköt ja kommentit"], ovi.kirjautunut(ovi.cast.veikko)
    sheet.append([None, ovi.cast.vayla.nimi, text, None, None, None, 3])
    book.save(file := io.BytesIO())
    data = {"tiedosto": SimpleUploadedFile("v.xlsx", file.getvalue()), "toimiala": ovi.cast.tekniset.pk}
    page = client.post(f"/jaksot/{ovi.cast.jakso.pk}/vastaustaulukot/", data, follow=True)
    mark = page.text.partition('name="sormenjalki" value="')[2].partition('"')[0]
    client.post(f"{page.request['PATH_INFO']}tallenna/", {"sormenjalki": mark})
    return page.text


def vastaaja(ovi, text):
    """Whose answers a workbook holds, said by the koordinaattori who hands it in."""
    content = answer_table_bytes(ovi.cast.jakso, ovi.cast.tekniset, ovi.cast.kaisa)
    data = {"tiedosto": SimpleUploadedFile("v.xlsx", content), "toimiala": ovi.cast.tekniset.pk, "vastaaja": text}
    address = f"/jaksot/{ovi.cast.jakso.pk}/vastaustaulukot/"
    return ovi.kirjautunut(ovi.cast.kaisa).post(address, data, follow=True).text


def rivien_toimiala(ovi, text):
    """Many rows of the plan are given a toimiala that is not there yet."""
    client, path = ovi.kirjautunut(ovi.cast.kaisa), f"/strategia/{ovi.cast.strategia.pk}/rivit/"
    page = client.post(path, {"teko": "toimiala", "toimenpiteet": ovi.cast.vayla.pk})
    form = next(form for form in read_forms(page.text, path) if "uusi" in [k.nimi for k in form.kentat])
    answer = client.post(path, form.data() | {"toimiala": "", "uusi": text}, follow=True)
    assert answer.status_code in (200, 422), answer.status_code
    return answer.text


def komento(*words):
    """A management command, "{teksti}" among its words; wrong usage is told by the exception."""

    def send(ovi, text):
        try:
            call_command(
                *(
                    word.format(
                        teksti=text, tiedosto=ovi.write("Toimenpide;Toimiala;Toteutumisaste;Kommentti\nTeko;X;3;k\n")
                    )
                    for word in words
                )
            )
        except CommandError as wrong:
            assert wrong.returncode in (1, 2)
            return str(wrong)
        return ""

    return send


def sarake(heading, *others):
    """A column of a municipality's table, by `tuo`; refused at its cell, and left out where the faulty ones are."""

    def send(ovi, text):
        names = [heading, *(each for each in others if each != heading)]
        values = {"Toimenpide": "Teko", "Toimiala": "Yksikkö", "Toteutumisaste": "3", heading: text}
        path = ovi.write(f"{';'.join(names)}\n" + ";".join(values.get(name, "x") for name in names))
        status, told = tuo(path)
        if status:
            assert not Kunta.objects.filter(nimi="Uusikunta").exists()
            assert [(error["cell"], error["code"]) for error in told["errors"][:1]] == [("A2", "too_long")]
            with transaction.atomic():
                left_out, _told = tuo(path, "--ohita-virheet")
                assert left_out == 0
                transaction.set_rollback(True)
        return " ".join(error["fi"] for error in told["errors"])

    return send


def tuo(path, *options):
    out = StringIO()
    status = 0
    try:
        call_command("tuo", str(path), "--kunta", "Uusikunta", "--json", *options, stdout=out)
    except SystemExit as stop:
        status = stop.code
    return status, json.loads(out.getvalue())


def esikatselu(laji):
    """A name given in the preview of a table, which is then saved."""

    def send(ovi, text):
        client, tuonti = ovi.kirjautunut(ovi.cast.aino), ovi.upload()
        posted = {"versio": 0, "strategia": ovi.cast.strategia.nimi, laji: text}
        told = client.post(f"/tuonti/{tuonti.pk}/paatokset/", posted, follow=True).text
        if read_decisions(tuonti).arvot.get(laji):
            mark = client.get(f"/tuonti/{tuonti.pk}/").text.partition('name="sormenjalki" value="')[2].partition('"')[0]
            client.post(f"/tuonti/{tuonti.pk}/tallenna/", {"sormenjalki": mark})
        return told

    return send


def vastaus(ovi, text):
    """What is answered to a message of feedback."""
    return lomake("kaisa", f"/palaute/saapuneet/{told_palaute(ovi.cast.kunta).pk}/")(ovi, text)


def rekisteri(resource, **row):
    """A register's table in the admin."""

    def send(ovi, text):
        values = {heading: value.format(teksti=text) for heading, value in row.items()}
        result = resource().import_data(tablib.Dataset(list(values.values()), headers=list(values)))
        return " ".join(str(each.error) for each in result.invalid_rows)

    return send


MITTARI = {  # what the page's other fields hold
    **dict.fromkeys(
        ("desimaalit", "lahto_vuosi", "palvelu", "ulkoinen_tunnus", "voimassa_alkaen", "voimassa_asti"), ""
    ),
    "laji": "luku",
    "toimiala": "",
}
STRATEGIA, MUOKKAA = {"laji": "muu", "alkuvuosi": "", "loppuvuosi": ""}, "/strategia/{c.strategia.pk}/muokkaa/"
TIEDOT = STRATEGIA | {"esikatsele": None, "esitys": "numerot", "nayta_keskiarvo": None}
TIEDOT |= {f"aste_{aste}": "" for aste in range(1, 5)}
UUSI_TOIMIALA = {"toimenpiteet": "{c.vayla.pk}", "toimiala": "", "kohde": ""}
OVET = {
    (Kunta, "nimi"): [
        komento("kunta", "{teksti}", "--virallinen-nimi", "X", "--paakayttaja", f"x{PAATE}"),
        komento("tuo", "{tiedosto}", "--kunta", "{teksti}"),
    ],
    (Kunta, "virallinen_nimi"): [
        lomake("aino", "/kunta/", korostusvari="", upottajat=""),
        komento("kunta", "X", "--virallinen-nimi", "{teksti}", "--paakayttaja", f"x{PAATE}"),
    ],
    (Kunta, "genetiivi"): [
        lomake("aino", "/kunta/", korostusvari="", upottajat=""),
        komento("kunta", "X", "--virallinen-nimi", "X", "--genetiivi", "{teksti}", "--paakayttaja", f"x{PAATE}"),
    ],
    (Toimiala, "nimi"): [
        lomake("aino", "/toimialat/"),
        lomake("aino", "/toimialat/{c.tekniset.pk}/"),
        lomake("aino", "/toimialat/{c.tekniset.pk}/jaa/", "uusi", **UUSI_TOIMIALA),
        rivien_toimiala,
        sarake("Toimiala", "Toimenpide"),
        rekisteri(ToimialaResource, Kunta="Kirkkoranta", Nimi="{teksti}"),
    ],
    (Toimielin, "nimi"): [
        sarake("Toimielin", "Toimenpide", "Toimiala"),
        rekisteri(ToimielinResource, Kunta="Kirkkoranta", Nimi="{teksti}"),
    ],
    (Ilmoitusviesti, "lause"): [lomake("kaisa", "/jaksot/{c.jakso.pk}/")],
    (Palaute, "viesti"): [lomake("veikko", "/palaute/", sahkoposti="")],
    (Palaute, "sahkoposti"): [lomake("veikko", "/palaute/")],
    (Palaute, "vastaus"): [vastaus],
    (Strategia, "esittely"): [lomake("kaisa", "/strategia/{c.strategia.pk}/esittely/")],
    (Kayttaja, "email"): [
        lomake("aino", "/kayttajat/kutsu/", rooli="tarkastaja"),
        komento("kunta", "X", "--virallinen-nimi", "X", "--paakayttaja", "{teksti}"),
        rekisteri(
            KayttajaResource, Sähköposti="{teksti}", Nimi="X", Kunta="Kirkkoranta", Rooli="tarkastaja", Käytössä="1"
        ),
    ],
    (Kayttaja, "nimi"): [
        lomake("aino", "/kayttajat/kutsu/", rooli="tarkastaja"),
        lomake("aino", "/kayttajat/{c.tarmo.pk}/", rooli="tarkastaja"),
        lomake("veikko", "/omat-tiedot/"),
        komento("kunta", "X", "--virallinen-nimi", "X", "--paakayttaja", f"x{PAATE}", "--nimi", "{teksti}"),
        rekisteri(
            KayttajaResource,
            Sähköposti=f"x{PAATE}",
            Nimi="{teksti}",
            Kunta="Kirkkoranta",
            Rooli="tarkastaja",
            Käytössä="1",
        ),
    ],
    (Strategia, "otsikko"): [lomake("kaisa", "/strategia/uusi/", **STRATEGIA), lomake("kaisa", MUOKKAA, **TIEDOT)],
    (Strategia, "nimi"): [
        lomake("kaisa", "/strategia/uusi/", **STRATEGIA),
        lomake("kaisa", MUOKKAA, **TIEDOT),
        esikatselu("strategia"),
        komento("tuo", "{tiedosto}", "--kunta", "Uusikunta", "--strategia", "{teksti}"),
    ],
    (Painopiste, "nimi"): [
        lomake("kaisa", "/strategia/{c.strategia.pk}/painopisteet/uusi/"),
        lomake("kaisa", "/painopisteet/{c.painopisteet[0].pk}/"),
        sarake("Painopiste", "Toimenpide", "Toimiala"),
    ],
    (StrateginenTavoite, "nimi"): [
        lomake("kaisa", "/painopisteet/{c.painopisteet[0].pk}/tavoitteet/uusi/"),
        lomake("kaisa", "/tavoitteet/{c.tavoitteet[0].pk}/"),
        sarake("Strateginen tavoite", "Painopiste", "Toimenpide", "Toimiala"),
    ],
    (Toimenpide, "nimi"): [
        lomake("kaisa", "/strategia/{c.strategia.pk}/toimenpiteet/uusi/", voimassa_alkaen="", voimassa_asti=""),
        lomake("kaisa", "/toimenpiteet/{c.vayla.pk}/muokkaa/", voimassa_alkaen="", voimassa_asti=""),
        sarake("Toimenpide", "Toimiala"),
    ],
    (Toimenpide, "koodi"): [
        lomake("kaisa", "/toimenpiteet/{c.vayla.pk}/muokkaa/", voimassa_alkaen="", voimassa_asti=""),
        sarake("Koodi", "Toimenpide", "Toimiala"),
    ],
    (Toimenpide, "toimialan_tavoite"): [sarake("Toimialan tavoite", "Toimenpide", "Toimiala")],
    (Seurantajakso, "nimi"): [
        lomake("kaisa", "/jaksot/uusi/", alkaa="", paattyy="", vastaus_viimeistaan="", hyvaksynta_viimeistaan=""),
        lomake(
            "kaisa",
            "/jaksot/{c.jakso.pk}/muokkaa/",
            **dict.fromkeys(("alkaa", "paattyy", "vastaus_viimeistaan", "hyvaksynta_viimeistaan"), ""),
        ),
        esikatselu("jakso"),
        sarake("Jakso", "Toimenpide", "Toimiala", "Toteutumisaste", "Kommentti"),
        komento("tuo", "{tiedosto}", "--kunta", "Uusikunta", "--jakso", "{teksti}"),
    ],
    **{(MittariArvo, name): [mittarin_kentta] for name in ("teksti", "huomautus", "sisainen_huomio")},
    (Osavastaus, "nimi"): [yksikon_kentta, yksikon_rivi],
    (Osavastaus, "kommentti"): [yksikon_kentta, kommentti],
    (Tunnistajaryhma, "ryhma"): [lomake("aino", "/kunta/kirjautuminen/ryhmat/uusi/", rooli="raportoija")],
    (Avain, "nimi"): [lomake("aino", "/kunta/avaimet/")],
    (Kirjaus, "kommentti"): [kirjaussivu, sarake("Kommentti", "Toimenpide", "Toimiala", "Toteutumisaste")],
    (Kirjaus, "sisainen_huomio"): [
        kirjaussivu,
        sarake("Sisäinen huomio", "Toimenpide", "Toimiala", "Toteutumisaste", "Kommentti"),
    ],
    **{
        (Kirjaus, name): [
            kirjaussivu,
            sarake(heading, "Toimenpide", "Toimiala", "Toteutumisaste", "Kommentti"),
        ]
        for name, heading in [
            ("ennuste", "Ennuste"),
            ("poikkeaman_syy", "Poikkeaman syy"),
            ("korjaavat_toimet", "Korjaavat toimet"),
        ]
    },
    **{
        (Mittari, name): [
            lomake("kaisa", "/toimenpiteet/{c.vayla.pk}/mittarit/uusi/", **{**MITTARI, **more}),
            lomake("kaisa", "/mittarit/{c.mittarit[0].pk}/muokkaa/", **{**MITTARI, **more}),
        ]
        for name, more in [
            *((name, {}) for name in ("nimi", "yksikko", "lahde", "lahto_teksti")),
            ("ulkoinen_tunnus", {"palvelu": "sotkanet"}),
        ]
    },
    (Riski, "teksti"): [
        lomake("veikko", "/toimenpiteet/{c.vayla.pk}/riskit/uusi/"),
        lomake("kaisa", "/tavoitteet/{c.tavoitteet[0].pk}/riskit/uusi/"),
        lomake("veikko", "/riskit/{c.riski.pk}/muokkaa/"),
    ],
    (Rivikysymys, "teksti"): [lomake("veikko", "/jaksot/{c.jakso.pk}/viestit/{c.vayla.pk}/")],
    (Tavoitearvo, "teksti"): [
        lomake("kaisa", "/mittarit/{c.mittarit[0].pk}/muokkaa/", "tavoite_2027", **MITTARI),
        lomake("kaisa", "/mittarit/{c.mittarit[1].pk}/muokkaa/", "tavoite_avoin", **MITTARI),
    ],
    **{
        (Kasittely, name): [lomake("kaisa", "/raportit/{c.versio.pk}/kasittelyt/uusi/")]
        for name in ("toimielin", "asianumero", "pykala")
    },
    (Tuonti, "vastaaja"): [vastaaja],
    (Kokous, "toimielin"): [lomake("kaisa", "/jaksot/{c.jakso.pk}/kokoukset/uusi/", pvm="2026-10-30")],
    (Saate, "kokous_toimielin"): [lomake("kaisa", "/jaksot/{c.jakso.pk}/saate/", kokous_pvm="")],
}
# What comes in shortened, or from a text that has been told already: see the tests below, by these names.
LYHENTYVAT = {(Ilmoitusviesti, "kohteen_nimi"), (Palaute, "sivu"), (Tuonti, "tiedostonimi"), (Paatos, "paikka")}
PERITYT = {
    (Kirjoitusasu, "asu"): (Toimiala, "nimi"),
    (Raporttiversio, "tekijan_nimi"): (Kayttaja, "nimi"),
    (Julkaisu, "tekijan_nimi"): (Kayttaja, "nimi"),
    (Lukutapa, "tiedostonimi"): (Tuonti, "tiedostonimi"),
    (Palaute, "aihe"): (Toimenpide, "nimi"),
}
HALLINNASSA = set()  # asked on the admin's page alone
OMAT = {  # no text from outside: digests, a key of our own, what a pattern cuts to seven characters
    (Kunta, "korostusvari"),
    (Kayttaja, "password"),
    (Ilmoitusviesti, "kohde"),  # a model's name
    *((Tuonti, name) for name in ("sha256", "jasennyksen_avain", "sormenjalki")),
    (Lukutapa, "avain"),
    (Raporttiversio, "sha256"),
    *((apps.get_model("raportit", "Tallenne"), name) for name in ("muoto", "sha256")),
    *((apps.get_model("raportit", "JulkinenTallenne"), name) for name in ("muoto", "sha256", "nakyma")),
    (apps.get_model("raportit", "Syke"), "tunnus"),
    (apps.get_model("raportit", "Tilausviesti"), "virhe"),  # the kind of a refusal
    (apps.get_model("raportit", "JaadytettyTunnus"), "tunnus"),
    (apps.get_model("raportit", "JulkinenRivi"), "muutos"),
    *((apps.get_model("strategia", "Ajo"), name) for name in ("komento", "virhe")),
    # The writer of the audit cuts what it tells; the rest are its own words.
    *((Tapahtuma, name) for name in ("kohteen_laji", "kohteen_nimi", "mista", "mihin", "pyynto_id", "osoite", "kerta")),
    (Istunto, "session_key"),
}
KAIKKI_OVET = [(model, name, number) for (model, name), doors in OVET.items() for number in range(len(doors))]
OVET_TANAAN = paivan_osa(KAIKKI_OVET, lambda ovi: ovi[0].__name__)  # in `make test` at least one of each model


class Ovi:
    """What a door needs to be opened: the cast, a browser, and a folder for files."""

    def __init__(self, cast, kirjautunut, folder, model, kentta):
        self.cast, self.kirjautunut, self.folder = cast, kirjautunut, folder
        self.model, self.kentta = model, kentta

    def write(self, text):
        path = self.folder / "seuranta.csv"
        path.write_text(text)
        return path

    def upload(self, name="seuranta.csv"):
        """A table of a new jakso with one row, in its preview."""
        content = "Painopiste;Toimenpide;Toimiala;Toteutumisaste;Kommentti\nP;Teko;Tekniset palvelut;3;k"
        answer = self.kirjautunut(self.cast.aino).post(
            "/tuonti/", {"tiedosto": SimpleUploadedFile(name, content.encode())}
        )
        assert answer.status_code == 302, answer.text
        return Tuonti.objects.first()


def test_every_limited_field_has_its_doors_here():
    assert list_limited() == {*OVET, *LYHENTYVAT, *PERITYT, *HALLINNASSA, *OMAT}


@pytest.mark.parametrize(
    ("model", "name", "number"), OVET_TANAAN, ids=[f"{m.__name__}.{n}-{i}" for m, n, i in OVET_TANAAN]
)
def test_a_text_of_full_length_is_kept_and_one_more_is_told(model, name, number, cast, kirjautunut, tmp_path):
    limit, send = limit_of(model._meta.get_field(name)), OVET[model, name][number]
    ovi = Ovi(cast, kirjautunut, tmp_path, model, name)
    too_long = text_of(model, name, limit + 1)
    told = send(ovi, too_long)
    assert str(limit + 1) in told
    assert str(limit) in told
    assert longest(model, name) <= limit
    text = text_of(model, name, limit)
    send(ovi, text)
    row = model.objects.get(**{name: text})
    row.full_clean(validate_unique=False, validate_constraints=False)


def longest(model, name):
    return max(map(len, model.objects.values_list(name, flat=True)), default=0)


# --- what comes in shortened, and what has been told before it comes


@pytest.mark.parametrize(("model", "name"), sorted(PERITYT, key=str))
def test_what_is_copied_from_another_field_has_its_length(model, name):
    source, field = PERITYT[model, name]
    assert limit_of(model._meta.get_field(name)) == limit_of(source._meta.get_field(field))


def test_the_page_that_feedback_tells_of_is_shortened(cast, kirjautunut):
    limit = limit_of(Palaute._meta.get_field("sivu"))
    data = {"viesti": "Hyvä sivu.", "sahkoposti": "", "sivu": "/" + "s" * limit}
    assert kirjautunut(cast.veikko).post("/palaute/", data).status_code == 302
    assert len(Palaute.objects.get().sivu) == limit


def test_a_files_name_is_shortened_and_its_kind_is_still_known(cast, kirjautunut, tmp_path):
    limit = limit_of(Tuonti._meta.get_field("tiedostonimi"))
    tuonti = Ovi(cast, kirjautunut, tmp_path, Tuonti, "tiedostonimi").upload(name="n" * limit + ".csv")
    assert (len(tuonti.tiedostonimi), tuonti.tiedostonimi[-4:]) == (limit, ".csv")
    kirjautunut(cast.aino).post(
        f"/tuonti/{tuonti.pk}/paatokset/", {"versio": 0, "kohde": "1", "jakso": "Luetaan uudelleen"}
    )
    assert "Luetaan uudelleen" in kirjautunut(cast.aino).get(f"/tuonti/{tuonti.pk}/").text


def test_the_place_of_a_decision_fits_whatever_the_sheet_is_called():
    assert pituudet.VALILEHTI + len("!GR20100") <= limit_of(Paatos._meta.get_field("paikka"))


def test_the_reader_knows_the_lengths_of_the_fields_it_reads_for():
    names = ("koodi", "nimi", "toimialan_tavoite")
    assert [pituudet.ROOLIT["koodi"], pituudet.NIMI, pituudet.NIMI] == [
        limit_of(Toimenpide._meta.get_field(name)) for name in names
    ]
    assert limit_of(Seurantajakso._meta.get_field("nimi")) == pituudet.JAKSO
    texts = ("kommentti", "sisainen_huomio", *LISAT)
    assert {limit_of(Kirjaus._meta.get_field(name)) for name in texts} == {pituudet.TEKSTI} == {KOMMENTIN_PITUUS}
    for model in (Painopiste, StrateginenTavoite, Toimiala, Toimielin, Strategia):
        assert limit_of(model._meta.get_field("nimi")) == pituudet.NIMI


def test_a_decision_stored_too_long_before_is_asked_for_anew(cast, kirjautunut, tmp_path):
    tuonti = Ovi(cast, kirjautunut, tmp_path, Tuonti, "tiedostonimi").upload()
    for laji, length in (("jakso", 311), ("strategia", 1_500)):
        Paatos.objects.create(kunta=cast.kunta, tuonti=tuonti, laji=laji, arvo="j" * length)
    assert not read_decisions(tuonti).arvot
    assert kirjautunut(cast.aino).get(f"/tuonti/{tuonti.pk}/").status_code == 200


def test_the_admins_forms_have_the_lengths_of_the_fields(db):
    request = RequestFactory().get("/hallinta/")
    request.user = Kayttaja(is_superuser=True, is_staff=True, is_active=True)
    seen = set()
    for model, name in list_limited():
        page = admin.site._registry.get(model)
        if page is None or not page.has_change_permission(request):
            continue
        field = page.get_form(request, model(), change=True).base_fields.get(name)
        if field is not None and hasattr(field, "max_length"):
            assert field.max_length == limit_of(model._meta.get_field(name)), (model, name)
            seen.add((model, name))
    assert seen >= {*HALLINNASSA, (Strategia, "otsikko"), (Kunta, "nimi"), (Toimenpide, "koodi"), (Kayttaja, "email")}


def test_a_text_of_full_length_with_line_breaks_comes_back_from_its_form(cast, kirjautunut):
    """A browser sends a line break as two characters; what came from a file in full would else be refused."""
    pk, text = cast.vayla.pk, "r\n" * (KOMMENTIN_PITUUS // 2) + "r"
    data = {f"t{pk}-versio": "0", f"t{pk}-aste": "3", f"t{pk}-kommentti": text.replace("\n", "\r\n")}
    kirjautunut(cast.veikko).post(f"/jaksot/{cast.jakso.pk}/kirjaa/", data)
    assert Kirjaus.objects.get(jakso=cast.jakso).kommentti == text


def test_the_opening_text_of_a_report_has_a_length_too(cast, kirjautunut):
    data = {"versio": "0", "avaus": "a" * (KOMMENTIN_PITUUS + 1), "kokous_toimielin": "", "kokous_pvm": ""}
    answer = kirjautunut(cast.kaisa).post(f"/jaksot/{cast.jakso.pk}/saate/", data)
    assert (answer.status_code, Saate.objects.filter(jakso=cast.jakso).exists()) == (422, False)
    assert str(KOMMENTIN_PITUUS) in answer.text


def test_a_heading_of_full_length_fits_the_page_of_the_reports_columns(cast, kirjautunut):
    cast.strategia.sanasto = {"toimenpide": "t" * pituudet.NIMI, "kommentti": "k" * pituudet.NIMI}
    cast.strategia.sarakkeet = [{"rooli": rooli, "otsikko": sana} for rooli, sana in cast.strategia.sanasto.items()]
    cast.strategia.save()
    client, path = kirjautunut(cast.kaisa), f"/strategia/{cast.strategia.pk}/sarakkeet/"
    form = next(form for form in read_forms(client.get(path).text, path) if "tunniste" in str(form.kentat))
    data = {name: value for name, value in form.data().items() if name not in ("esikatsele", "siirra")}
    assert "k" * pituudet.NIMI in str(data)
    assert client.post(path, data).status_code == 302
