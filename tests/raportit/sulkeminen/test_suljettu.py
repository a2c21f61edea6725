"""A closed jakso by every door: not one byte of its kirjaukset or of its report changes."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from raportit.models import Raporttiversio
from raportit.muodot import render_report
from raportit.osavuosikatsaus import from_json
from seuranta.models import (
    Kirjaus,
    MittariArvo,
    Mittaus,
    Osavastaus,
    Riski,
    Rivikysymys,
    Seurantajakso,
    SuljettuJakso,
    Tuonti,
    Vastaus,
    Yksikkovastaus,
)
from strategia.models import Kayttaja

OTSIKOT = "Painopiste;Strateginen tavoite;Toimenpide;Toimiala;Toteutumisaste;Kommentti\r\n"
RIVI = (
    "Elävä kylä & sujuva arki;Turvalliset koulutiet;Väylä Kirkkotie–Koulupolku;Tekniset palvelut;5;Myöhässä.\r\n"
    "Elävä kylä & sujuva arki;Turvalliset koulutiet;Aivan uusi teko;Tekniset palvelut;5;Myöhässä.\r\n"
)
ROW = {"versio": 1, "aste": "5", "syy": "ei_arvioida", "kommentti": "Myöhässä.", "sisainen_huomio": "Myöhässä."}


HELD = [(Kirjaus, "jakso"), (MittariArvo, "jakso"), (Osavastaus, "kirjaus__jakso"), (Riski, "jakso")]


@pytest.fixture
def yllapitaja(kirjautunut, cast):
    """Of the installation: Django's admin is open to this person, the kunta's jaksot are not theirs to rewrite."""
    return kirjautunut(Kayttaja.objects.create_superuser("yllapito@example.org", "x", nimi="Ylläpito"))


def state(cast):
    """Every byte that was closed: the kirjaukset with their history, the frozen report, and it as a table."""
    versio = Raporttiversio.objects.get(jakso=cast.edellinen)
    report = from_json(versio.data)
    return (
        *(list(model.objects.filter(**{where: cast.edellinen}).order_by("pk").values_list()) for model, where in HELD),
        list(Rivikysymys.objects.filter(jakso=cast.edellinen).values_list()),
        *(list(model.history.order_by("history_id").values_list()) for model, _where in HELD),
        (versio.data, versio.sha256, versio.luotu),
        render_report(report, "csv"),
    )


def the_closed(cast):
    return Kirjaus.objects.get(jakso=cast.edellinen, toimenpide=cast.vayla)


def arvo(cast):
    return MittariArvo.objects.get(jakso=cast.edellinen, mittari=cast.mittarit[1])


def osa(cast):
    return Osavastaus.objects.filter(kirjaus__jakso=cast.edellinen).first()


@pytest.fixture(autouse=True)
def riski(cast):
    """Of the closed jakso, told before it was closed."""
    closed = Seurantajakso.objects.filter(pk=cast.edellinen.pk)
    closed.update(tila="viimeistelyssa")
    row = Riski(kunta=cast.kunta, strategia=cast.strategia, jakso=cast.edellinen, toimenpide=cast.vayla, teksti="Raha")
    row.save()
    closed.update(tila="suljettu")
    return row


# --- the pages


@pytest.mark.parametrize("who", ["aino", "kaisa", "hilkka", "veikko"])
def test_no_form_of_the_pages_writes(who, cast, kirjautunut):
    before, client, pk = state(cast), kirjautunut(getattr(cast, who)), cast.edellinen.pk
    kirjaus = the_closed(cast)
    row = {f"t{cast.vayla.pk}-{name}": value for name, value in ROW.items()}
    settle = {"rivi": kirjaus.pk, f"k{kirjaus.pk}-versio": kirjaus.versio, f"k{kirjaus.pk}-syy": "Miksi?"}
    for name, data in {
        "kirjaus-lista": row | {"laheta": str(cast.vayla.pk)},
        "hyvaksynta-lista": settle,
        "jakso-viimeistele": {},
        "jakso-avaa": {},
        "jakso-muokkaa": {"nimi": "Toinen nimi", "tyyppi": "muu"},
        "jakso-jatka": {"vastaus_viimeistaan": "2099-01-01"},
        "jakso-muistuta": {},
    }.items():
        assert client.post(reverse(f"seuranta:{name}", args=[pk]), data).status_code in (302, 403, 404), name
    cast.edellinen.refresh_from_db()
    assert (cast.edellinen.is_closed, cast.edellinen.nimi) == (True, "Osavuosikatsaus I 2026")
    assert state(cast) == before


# --- the admin


def test_the_admin_shows_and_changes_nothing(cast, yllapitaja, riski):
    before, kirjaus, versio = state(cast), the_closed(cast), cast.versio
    fields = {"toteutumisaste": 5, "syy": "", "kommentti": "Myöhässä.", "tila": "hyvaksytty", "versio": 9}
    for model, pk, data in (
        ("seuranta/kirjaus", kirjaus.pk, fields),
        ("seuranta/seurantajakso", cast.edellinen.pk, {"tila": "avoinna", "nimi": "Toinen nimi"}),
        ("raportit/raporttiversio", versio.pk, {"data": "{}", "sha256": "0"}),
        ("seuranta/mittariarvo", arvo(cast).pk, {"teksti": "99", "huomautus": "Myöhässä."}),
        ("seuranta/osavastaus", osa(cast).pk, {"nimi": "Toinen", "toteutumisaste": 5}),
        ("seuranta/riski", riski.pk, {"teksti": "Myöhässä.", "vaikutus": 5}),
    ):
        page = f"/hallinta/{model}/{pk}/"
        assert yllapitaja.get(f"{page}change/").status_code == 200
        for path in (f"{page}change/", f"{page}delete/", f"/hallinta/{model}/add/"):
            assert yllapitaja.post(path, {**data, "post": "yes"}).status_code == 403, path
        chosen = {"action": "delete_selected", "_selected_action": [pk], "post": "yes"}
        yllapitaja.post(f"/hallinta/{model}/", chosen)
    cast.edellinen.refresh_from_db()
    assert cast.edellinen.is_closed
    assert state(cast) == before


def test_the_admin_does_not_take_a_row_back_to_its_history(cast, yllapitaja):
    cast.edellinen.reopen(by=cast.kaisa, syy="Korjaus.")
    kirjaus = the_closed(cast)
    vastaus = Vastaus(kirjaus.versio, 3, kommentti="Korjattu.")
    Kirjaus.objects.record(cast.edellinen, {cast.vayla: vastaus}, by=cast.kaisa)
    before, first = state(cast), kirjaus.history.last()
    path = f"/hallinta/seuranta/kirjaus/{kirjaus.pk}/history/{first.history_id}/"
    old = {"toteutumisaste": 2, "kommentti": "Vanha teksti takaisin.", "tila": "hyvaksytty", "versio": 1}
    for tila in ("viimeistelyssa", "suljettu"):  # in the admin an open row is no more to be written than a closed one
        Seurantajakso.objects.filter(pk=cast.edellinen.pk).update(tila=tila)
        assert yllapitaja.post(path, old).status_code == 403
        assert state(cast) == before


# --- files


def test_no_import_writes_in_the_browser_or_by_command(cast, kirjautunut, tmp_path):
    before, aino = state(cast), kirjautunut(cast.aino)
    content = (OTSIKOT + RIVI).encode()
    aino.post("/tuonti/", {"tiedosto": SimpleUploadedFile("seuranta.csv", content)})
    tuonti = Tuonti.objects.get()
    path = reverse("seuranta:tuonti-paata", args=[tuonti.pk])
    aino.post(path, {"versio": "0", "jakso": cast.edellinen.nimi})
    page = aino.get(reverse("seuranta:tuonti-detail", args=[tuonti.pk]))
    assert "Jakso ”Osavuosikatsaus I 2026” on suljettu" in page.text
    aino.post(reverse("seuranta:tuonti-tallenna", args=[tuonti.pk]), {"sormenjalki": page.context["plan"].fingerprint})
    file = tmp_path / "seuranta.csv"
    file.write_bytes(content)
    for more in ([], ["--ohita-virheet"], ["--luo-toimialat"]):
        with pytest.raises((CommandError, SystemExit)):
            call_command(
                "tuo", str(file), "--kunta", "Kirkkoranta", "--jakso", cast.edellinen.nimi, *more, stdout=io.StringIO()
            )
    assert state(cast) == before


# --- code and SQL


def run_sql(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)


def of_closed(cast):
    return Kirjaus.objects.filter(jakso=cast.edellinen)


WRITES = {
    "record": lambda c: Kirjaus.objects.record(c.edellinen, {c.vayla: Vastaus(1, 5)}, by=c.kaisa),
    "approve": lambda c: Kirjaus.objects.approve(c.edellinen, {the_closed(c).pk: 1}, by=c.kaisa),
    "send back": lambda c: Kirjaus.objects.send_back(c.edellinen, {the_closed(c).pk: 1}, "Miksi?", by=c.kaisa),
    "record a value": lambda c: MittariArvo.objects.record(c.edellinen, {c.mittarit[0]: Mittaus(1, "99")}, by=c.kaisa),
    "record a value by a program": lambda c: MittariArvo.objects.record(
        c.edellinen, {c.mittarit[0]: Mittaus(1, "99")}, by=None
    ),
    "approve a value": lambda c: MittariArvo.objects.approve(c.edellinen, {arvo(c).pk: 1}, by=c.kaisa),
    "send a value back": lambda c: MittariArvo.objects.send_back(c.edellinen, {arvo(c).pk: 1}, "Miksi?", by=c.kaisa),
    "take a value in": lambda c: MittariArvo.objects.take_in(c.edellinen, {arvo(c).pk: 1}, by=c.kaisa),
    "save a value": lambda c: arvo(c).save(),
    "update values": lambda c: MittariArvo.objects.filter(jakso=c.edellinen).update(teksti="99"),
    "delete values": lambda c: MittariArvo.objects.filter(jakso=c.edellinen).delete(),
    "take a value out of its jakso": lambda c: MittariArvo.objects.filter(jakso=c.edellinen).update(
        jakso=None, vuosi=2026, tila=""
    ),
    "add a value": lambda c: MittariArvo.objects.create(
        kunta=c.kunta, mittari=c.mittarit[3], jakso=c.edellinen, teksti="1"
    ),
    "raw update of values": lambda c: run_sql("UPDATE seuranta_mittariarvo SET teksti = '99'"),
    "raw delete of values": lambda c: run_sql("DELETE FROM seuranta_mittariarvo"),
    "record the answer of a unit": lambda c: Osavastaus.objects.record(
        c.edellinen, c.toimenpiteet[7], [Yksikkovastaus("Reitit", 5, pk=osa(c).pk, versio=1)], by=c.kaisa
    ),
    "save the answer of a unit": lambda c: osa(c).save(),
    "update the answers of units": lambda c: Osavastaus.objects.update(toteutumisaste=5),
    "move the answers of units": lambda c: Osavastaus.objects.update(kirjaus=the_closed(c)),
    "delete the answers of units": lambda c: Osavastaus.objects.all().delete(),
    "add the answer of a unit": lambda c: Osavastaus.objects.create(kunta=c.kunta, kirjaus=the_closed(c), nimi="Uusi"),
    "raw update of the answers of units": lambda c: run_sql("UPDATE seuranta_osavastaus SET toteutumisaste = 5"),
    "raw delete of the answers of units": lambda c: run_sql("DELETE FROM seuranta_osavastaus"),
    "save a risk": lambda c: Riski.objects.get(jakso=c.edellinen).save(),
    "take a risk out of its jakso": lambda c: Riski.objects.filter(jakso=c.edellinen).update(jakso=None),
    "put a risk in": lambda c: Riski.objects.filter(jakso=None).update(jakso=c.edellinen),
    "raw update of risks": lambda c: run_sql("UPDATE seuranta_riski SET vaikutus = 5"),
    "raw delete of risks": lambda c: run_sql("DELETE FROM seuranta_riski"),
    "queryset.update": lambda c: of_closed(c).update(kommentti="Myöhässä."),
    "queryset.delete": lambda c: of_closed(c).delete(),
    "raw update": lambda c: run_sql("UPDATE seuranta_kirjaus SET toteutumisaste = 5, syy = ''"),
    "raw delete": lambda c: run_sql("DELETE FROM seuranta_kirjaus"),
    "raw update of the report": lambda c: run_sql("UPDATE raportit_raporttiversio SET data = '{}'"),
    "raw delete of the report": lambda c: run_sql("DELETE FROM raportit_raporttiversio"),
    "update of the report": lambda c: Raporttiversio.objects.update(sha256="0" * 64),
}


@pytest.mark.parametrize("path", WRITES)
def test_no_code_and_no_sql_writes(path, cast):
    before = state(cast)
    with pytest.raises((IntegrityError, SuljettuJakso)), transaction.atomic():
        WRITES[path](cast)
    assert state(cast) == before
