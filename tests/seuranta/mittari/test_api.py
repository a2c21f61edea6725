"""The interface of the measures: who gets in, what is told, and how a value is written."""

import json
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from raportit.sulkeminen.sulje import close_jakso
from seuranta.models import Kirjaus, MittariArvo, Mittaus, Osavastaus, Riski, Vastaus, Yksikkovastaus
from strategia.models import Avain, Toimenpide

from ...osoitteet import AVAIMELLA, address

ARVOT = "/api/v1/arvot"


class Ohjelma:
    """A program with a key: asks and writes as it would."""

    def __init__(self, avain, **options):
        self.otsake, self.client = {"Authorization": f"Bearer {avain}"}, Client(**options)

    def lue(self, osoite, **kysely):
        return self.client.get(osoite, kysely, headers=self.otsake)

    def kirjoita(self, **arvo):
        return self.client.post(ARVOT, json.dumps(arvo), content_type="application/json", headers=self.otsake)


@pytest.fixture
def avain(cast):
    return Avain.objects.make(cast.kunta, "Tietovarasto", by=cast.aino)


@pytest.fixture
def ohjelma(avain):
    return Ohjelma(avain[1], enforce_csrf_checks=True)


@pytest.fixture
def vayla(cast):
    """A measure of a toimenpide: a number."""
    return cast.mittarit[0]


# --- who gets in


@pytest.mark.parametrize("name", sorted(AVAIMELLA))
@pytest.mark.parametrize("who", [None, "aino", "ulla"])
def test_without_a_key_nobody_gets_in_signed_in_or_not(name, who, cast, client):
    if who:
        client.force_login(getattr(cast, who))
    for headers in ({}, {"Authorization": "Bearer ss_vaara"}, {"Authorization": "Basic YTpi"}, {"Authorization": "x"}):
        answer = client.get(address(name, cast, cast.versio), headers=headers)
        assert answer.status_code == 401
        assert answer.json()["virhe"].startswith("Avain puuttuu, tai sitä ei enää käytetä.")
        assert not answer.cookies


def test_a_key_that_was_ended_opens_nothing(cast, avain, ohjelma):
    assert ohjelma.lue(ARVOT).status_code == 200
    avain[0].end(by=cast.aino)
    assert ohjelma.lue(ARVOT).status_code == 401


def test_a_key_opens_its_own_kunta_alone(cast, ohjelma):
    theirs = cast.naapuri.mittari
    told = ohjelma.lue("/api/v1/mittarit").json()
    assert theirs.pk not in [each["id"] for each in told["mittarit"]]
    assert told["yhteensa"] == len(cast.mittarit)
    missing = ohjelma.lue("/api/v1/mittarit/987654321")
    other = ohjelma.lue(f"/api/v1/mittarit/{theirs.pk}")
    assert (other.status_code, other.content) == (missing.status_code, missing.content) == (404, missing.content)
    written = ohjelma.kirjoita(mittari=theirs.pk, jakso=cast.naapuri.jakso.pk, versio=0, arvo=5)
    assert written.status_code == 404
    assert not MittariArvo.objects.filter(mittari=theirs, luku=5).exists()
    for path in ("strategiat", "jaksot"):
        assert {each["id"] for each in ohjelma.lue(f"/api/v1/{path}").json()}.isdisjoint(
            {cast.naapuri.strategia.pk, cast.naapuri.jakso.pk}
        )


def test_a_jakso_of_another_plan_is_none_of_the_measures(cast, ohjelma, vayla):
    assert ohjelma.kirjoita(mittari=vayla.pk, jakso=cast.naapuri.jakso.pk, versio=0, arvo=5).status_code == 404


def test_too_many_requests_wait(cast, avain, ohjelma, monkeypatch):
    from seuranta.mittari.api import api

    throttle = api.throttle[0] if isinstance(api.throttle, list) else api.throttle
    monkeypatch.setattr(throttle, "num_requests", 2)
    assert [ohjelma.lue(ARVOT).status_code for _ in range(3)] == [200, 200, 429]
    refused = ohjelma.lue(ARVOT)
    assert (refused.json()["virhe"], int(refused.headers["Retry-After"]) > 0) == (
        "Pyyntöjä on liikaa. Yritä hetken kuluttua uudelleen.",
        True,
    )
    other = Ohjelma(Avain.objects.make(cast.kunta, "Tietovarasto", by=cast.aino)[1])
    assert other.lue(ARVOT).status_code == 200  # of the same name, a key of its own


# --- what is told


def test_a_measure_is_told_with_its_targets(ohjelma, vayla):
    told = ohjelma.lue(f"/api/v1/mittarit/{vayla.pk}").json()
    assert (told["nimi"], told["toimenpide"], told["tavoite"]) == (vayla.nimi, vayla.toimenpide.nimi, None)
    first = vayla.tavoitteet.first()
    assert told["tavoitteet"][0]["teksti"] == first.teksti
    assert told["tavoitteet"][0]["luku"] == first.luku


def test_a_draft_is_told_with_its_state_and_never_a_sisainen_huomio(cast, ohjelma, vayla):
    mittaus = Mittaus(0, "57 kpl", "Julkinen huomautus", "Salainen asia")
    MittariArvo.objects.record(cast.jakso, {vayla: mittaus}, by=cast.veikko)
    answer = ohjelma.lue(ARVOT, mittari=vayla.pk, jakso=cast.jakso.pk)
    (told,) = answer.json()["arvot"]
    assert (told["teksti"], told["luku"], told["tila"]) == ("57 kpl", 57, "")
    assert "Salainen" not in answer.text
    Kirjaus.objects.record(cast.jakso, {vayla.toimenpide: Vastaus(0, 4, laheta=True)}, by=cast.veikko)
    assert ohjelma.lue(ARVOT, mittari=vayla.pk, jakso=cast.jakso.pk).json()["arvot"][0]["tila"] == "lahetetty"


def test_a_page_is_of_five_hundred_and_queries_do_not_grow(cast, ohjelma, vayla):
    ohjelma.lue(ARVOT)  # its first use is written down
    MittariArvo.objects.bulk_create(
        MittariArvo(kunta=cast.kunta, mittari=vayla, vuosi=vuosi, teksti="1") for vuosi in range(2030, 2040)
    )
    with CaptureQueriesContext(connection) as with_few:
        few = ohjelma.lue(ARVOT, mittari=vayla.pk).json()
    days = (f"{2040 + n // 300}-{n % 12 + 1:02}-{n % 300 // 12 + 1:02}" for n in range(600))
    MittariArvo.objects.bulk_create(MittariArvo(kunta=cast.kunta, mittari=vayla, paiva=d, teksti="1") for d in days)
    with CaptureQueriesContext(connection) as with_many:
        many = ohjelma.lue(ARVOT, mittari=vayla.pk).json()
    assert len(with_many) == len(with_few)
    assert (few["sivuja"], many["sivuja"], len(many["arvot"])) == (1, 2, 500)
    second = ohjelma.lue(ARVOT, mittari=vayla.pk, sivu=2).json()
    assert len(second["arvot"]) == many["yhteensa"] - 500
    assert ohjelma.lue(ARVOT, sivu=99).status_code == 404


def test_the_rows_of_the_plan_and_their_answers_are_told(cast, ohjelma):
    vastaus = Vastaus(0, 4, kommentti="Julkinen kommentti", sisainen_huomio="Salainen asia")
    Kirjaus.objects.record(cast.jakso, {cast.vayla: vastaus}, by=cast.veikko)
    plan = ohjelma.lue("/api/v1/toimenpiteet", strategia=cast.strategia.pk).json()
    assert plan["yhteensa"] == len(cast.toimenpiteet)
    first = plan["toimenpiteet"][0]
    assert (first["id"], first["nimi"], first["toimiala"]) == (cast.vayla.pk, str(cast.vayla), "Tekniset palvelut")
    assert (first["painopiste"], first["tavoite"]) == ("Elävä kylä & sujuva arki", "Turvalliset koulutiet")
    answer = ohjelma.lue("/api/v1/kirjaukset", toimenpide=cast.vayla.pk, jakso=cast.jakso.pk)
    (told,) = answer.json()["kirjaukset"]
    assert (told["toteutumisaste"], told["kommentti"], told["tila"]) == (4, "Julkinen kommentti", "luonnos")
    assert "Salainen" not in answer.text
    assert ohjelma.lue("/api/v1/mittarit").json()["mittarit"][0]["toimenpide_id"] == cast.vayla.pk


def test_units_answers_are_told_with_the_row_that_they_answer(cast, ohjelma):
    answered = cast.toimenpiteet[7]
    (told,) = ohjelma.lue("/api/v1/kirjaukset", toimenpide=answered.pk, jakso=cast.edellinen.pk).json()["kirjaukset"]
    stored = Kirjaus.objects.get(jakso=cast.edellinen, toimenpide=answered).osavastaukset.all()
    assert [each["nimi"] for each in told["osavastaukset"]] == [each.nimi for each in stored] != []


def test_what_another_toimiala_says_is_told_with_its_name(cast, ohjelma):
    comment = Yksikkovastaus(cast.tekniset.nimi, kommentti="Auttoivat.", toimiala=cast.tekniset)
    Osavastaus.objects.record(cast.jakso, cast.kerho, [comment], by=cast.veikko)
    (told,) = ohjelma.lue("/api/v1/kirjaukset", toimenpide=cast.kerho.pk, jakso=cast.jakso.pk).json()["kirjaukset"]
    expected = {"nimi": "Tekniset palvelut", "toimiala": "Tekniset palvelut", "toteutumisaste": None}
    assert told["osavastaukset"] == [expected | {"kommentti": "Auttoivat."}]


def test_own_columns_are_told_of_the_plan_and_of_each_answer(cast, ohjelma):
    Toimenpide.objects.filter(pk=cast.vayla.pk).update(omat={"Kumppani": "Kyläyhdistys"}, sitovuus="valtuusto")
    Kirjaus.objects.record(cast.jakso, {cast.vayla: Vastaus(0, 4)}, by=cast.veikko)
    Kirjaus.objects.filter(jakso=cast.jakso, toimenpide=cast.vayla).update(omat={"Oma arvio": "Hyvä\x0b"})
    first = ohjelma.lue("/api/v1/toimenpiteet", strategia=cast.strategia.pk).json()["toimenpiteet"][0]
    assert (first["omat"], first["sitovuus"], first["edeltaja"]) == ({"Kumppani": "Kyläyhdistys"}, "valtuusto", None)
    (told,) = ohjelma.lue("/api/v1/kirjaukset", toimenpide=cast.vayla.pk, jakso=cast.jakso.pk).json()["kirjaukset"]
    assert told["omat"] == {"Oma arvio": "Hyvä\n"}


def test_risks_are_told_by_plan_toimenpide_and_jakso(cast, ohjelma):
    told = {"kunta": cast.kunta, "strategia": cast.strategia}
    plain = Riski.objects.create(**told, tavoite=cast.tavoitteet[0], teksti="Rahoitus jää saamatta")
    now = Riski.objects.create(
        **told, toimenpide=cast.kerho, jakso=cast.jakso, teksti="Ohjaaja vaihtuu", todennakoisyys=2, vaikutus=5
    )
    found = {each["id"]: each for each in ohjelma.lue("/api/v1/riskit", strategia=cast.strategia.pk).json()["riskit"]}
    assert found.keys() == set(Riski.objects.filter(kunta=cast.kunta).values_list("pk", flat=True))
    of_plain = found[plain.pk]
    assert (of_plain["tavoite"], of_plain["toimenpide"], of_plain["jakso"]) == (str(cast.tavoitteet[0]), None, None)
    assert (of_plain["teksti"], of_plain["todennakoisyys"]) == ("Rahoitus jää saamatta", None)
    (only,) = ohjelma.lue("/api/v1/riskit", toimenpide=cast.kerho.pk, jakso=cast.jakso.pk).json()["riskit"]
    assert (only["id"], only["todennakoisyys"], only["vaikutus"]) == (now.pk, 2, 5)


@pytest.mark.parametrize("what", ["toimenpiteet", "kirjaukset", "riskit"])
def test_a_key_reads_no_row_of_another_kunta_and_queries_do_not_grow(what, cast, ohjelma):
    ohjelma.lue(ARVOT)  # its first use is written down
    neighbour = cast.naapuri.toimenpide
    told = {"kunta": cast.naapuri.kunta, "strategia": cast.naapuri.strategia, "toimenpide": neighbour}
    riski = Riski.objects.create(**told, teksti="Naapurin riski")
    theirs = {"toimenpiteet": neighbour.pk, "kirjaukset": cast.naapuri.kirjaus.pk, "riskit": riski.pk}[what]
    with CaptureQueriesContext(connection) as asked:
        told = ohjelma.lue(f"/api/v1/{what}").json()[what]
    assert told
    assert theirs not in [each["id"] for each in told]
    with CaptureQueriesContext(connection) as asked_of_mittarit:
        ohjelma.lue("/api/v1/mittarit")
    assert len(asked) <= len(asked_of_mittarit)
    assert not ohjelma.lue("/api/v1/kirjaukset", jakso=cast.naapuri.jakso.pk).json()["kirjaukset"]


# --- writing


def test_a_value_is_written_with_the_keys_name_in_its_history(cast, avain, ohjelma, vayla):
    told = ohjelma.kirjoita(mittari=vayla.pk, jakso=cast.jakso.pk, versio=0, arvo="1 234,5 kpl", huomautus="Laskettu")
    assert told.status_code == 200
    assert (told.json()["luku"], told.json()["versio"]) == (1234.5, 1)
    stored = MittariArvo.objects.get(mittari=vayla, jakso=cast.jakso)
    assert (stored.luku, stored.teksti, stored.huomautus) == (Decimal("1234.5"), "1 234,5 kpl", "Laskettu")
    row = stored.history.get()
    assert (row.history_user, row.history_change_reason) == (None, "rajapinta Tietovarasto")


def test_a_browser_in_which_somebody_is_signed_in_gives_its_name_to_nothing(cast, ohjelma, vayla):
    ohjelma.client.force_login(cast.kaisa)
    ohjelma.kirjoita(mittari=vayla.pk, jakso=cast.jakso.pk, versio=0, arvo=5)
    assert MittariArvo.objects.get(mittari=vayla, jakso=cast.jakso).history.get().history_user is None


@pytest.mark.parametrize(
    ("arvo", "teksti", "luku"),
    [(57, "57", 57), (-0.4, "-0,4", Decimal("-0.4")), (1234567, "1234567", 1234567), ("n. 70", "n. 70", None)],
)
def test_a_number_is_stored_as_a_person_would_have_typed_it(arvo, teksti, luku, cast, ohjelma, vayla):
    assert ohjelma.kirjoita(mittari=vayla.pk, vuosi=2035, versio=0, arvo=arvo).status_code == 200
    stored = MittariArvo.objects.get(mittari=vayla, vuosi=2035)
    assert (stored.teksti, stored.luku) == (teksti, luku)


def test_the_same_write_twice_is_one_value(cast, ohjelma, vayla):
    written = {"mittari": vayla.pk, "jakso": cast.jakso.pk, "versio": 0, "arvo": 5, "huomautus": "A"}
    first, second = ohjelma.kirjoita(**written), ohjelma.kirjoita(**written)
    assert (first.status_code, second.status_code) == (200, 200)
    assert first.json() == second.json()
    assert MittariArvo.objects.get(mittari=vayla, jakso=cast.jakso).history.count() == 1


def test_what_another_has_written_since_is_shown_and_stays(cast, ohjelma, vayla):
    first = ohjelma.kirjoita(mittari=vayla.pk, jakso=cast.jakso.pk, versio=0, arvo=5).json()
    MittariArvo.objects.record(cast.jakso, {vayla: Mittaus(first["versio"], "8")}, by=cast.veikko)
    for arvo in (9, 5):  # another value, and the one that it was begun from: neither is what is stored
        answer = ohjelma.kirjoita(mittari=vayla.pk, jakso=cast.jakso.pk, versio=first["versio"], arvo=arvo)
        assert answer.status_code == 409
        told = answer.json()
        assert (told["nykyinen"]["teksti"], told["lahetetty"]["arvo"]) == ("8", str(arvo))
        assert "Lue se uudelleen" in told["virhe"]
    assert MittariArvo.objects.get(mittari=vayla, jakso=cast.jakso).teksti == "8"


@pytest.mark.parametrize("tila", ["tulossa", "viimeistelyssa", "suljettu"])
def test_a_jakso_that_is_not_open_takes_nothing(tila, cast, ohjelma, vayla):
    ohjelma.kirjoita(mittari=vayla.pk, jakso=cast.jakso.pk, versio=0, arvo=5)
    cast.jakso.tila = "viimeistelyssa" if tila == "suljettu" else tila
    cast.jakso.save()
    if tila == "suljettu":
        close_jakso(cast.jakso, by=cast.kaisa)
    answer = ohjelma.kirjoita(mittari=vayla.pk, jakso=cast.jakso.pk, versio=1, arvo=6)
    assert (answer.status_code, answer.json()["nykyinen"]["teksti"]) == (409, "5")
    assert answer.json()["virhe"] == f"Jakso {cast.jakso} ei ota arvoja vastaan."
    assert MittariArvo.objects.get(mittari=vayla, jakso=cast.jakso).teksti == "5"


def test_what_is_left_out_stays_as_it_is(cast, ohjelma, vayla):
    ohjelma.kirjoita(mittari=vayla.pk, jakso=cast.jakso.pk, versio=0, arvo=5, huomautus="Alku")
    ohjelma.kirjoita(mittari=vayla.pk, jakso=cast.jakso.pk, versio=1, arvo=6)
    stored = MittariArvo.objects.get(mittari=vayla, jakso=cast.jakso)
    assert (stored.teksti, stored.huomautus) == ("6", "Alku")


@pytest.mark.parametrize(
    "wrong",
    [
        {"versio": None},
        {"versio": -1},
        {"versio": "1"},
        {"versio": 10**30},
        {"mittari": 10**30},
        {"jakso": None},
        {"vuosi": 2025},
        {"jakso": None, "vuosi": 1066},
        {"jakso": None, "paiva": "31.8.2023"},
        {"jakso": None, "paiva": "9999-12-31"},
        {"arvo": True},
        {"arvo": [1]},
        {"arvo": 1e300},
        {"arvo": "x" * 40_000},
        {"tila": "hyvaksytty"},
        {"sisainen_huomio": "x"},
    ],
)
def test_what_is_of_no_right_shape_is_refused_in_finnish(wrong, cast, ohjelma, vayla):
    arvo = {"mittari": vayla.pk, "jakso": cast.jakso.pk, "versio": 0, "arvo": 5} | wrong
    answer = ohjelma.kirjoita(**{name: value for name, value in arvo.items() if value is not None})
    assert answer.status_code == 422
    assert answer.json()["virhe"].startswith("Pyyntö ei ole oikeaa muotoa")
    assert not MittariArvo.objects.filter(mittari=vayla, jakso=cast.jakso).exists()


@pytest.mark.parametrize("body", ["", "{", "[]", '"x"', "null", "\x00"])
def test_what_is_no_json_is_refused(body, cast, ohjelma):
    answer = ohjelma.client.post(ARVOT, body, content_type="application/json", headers=ohjelma.otsake)
    assert answer.status_code in (400, 422)
    assert answer.headers["Content-Type"].startswith("application/json")


def test_control_characters_do_not_come_in(cast, ohjelma, vayla):
    ohjelma.kirjoita(mittari=vayla.pk, jakso=cast.jakso.pk, versio=0, arvo="5\x00\x07", huomautus="a\x0bb")
    stored = MittariArvo.objects.get(mittari=vayla, jakso=cast.jakso)
    assert (stored.teksti, stored.huomautus) == ("5", "a\nb")


def test_nan_is_no_number(cast, ohjelma, vayla):
    body = f'{{"mittari": {vayla.pk}, "jakso": {cast.jakso.pk}, "versio": 0, "arvo": NaN}}'
    answer = ohjelma.client.post(ARVOT, body, content_type="application/json", headers=ohjelma.otsake)
    assert answer.status_code in (400, 422)


# --- its description


def test_the_description_needs_no_key_and_names_every_address(client, db):
    told = client.get(reverse("seuranta:rajapinta-kuvaus")).json()
    assert told["openapi"].startswith("3.1")
    paths = ("strategiat", "jaksot", "toimenpiteet", "kirjaukset", "riskit", "mittarit", "mittarit/{pk}", "arvot")
    keyed = {path for path in told["paths"] if not path.startswith("/api/v1/julkinen/")}
    assert keyed == {f"/api/v1/{each}" for each in paths}
    assert set(told["paths"]["/api/v1/arvot"]) == {"get", "post"}
    assert {"200", "404", "409", "422"} <= set(told["paths"]["/api/v1/arvot"]["post"]["responses"])
