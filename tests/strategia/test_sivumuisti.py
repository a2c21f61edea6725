"""Public pages in the memory of a process: what is asked of the database, what ends a page, and what is never kept."""

import ast
import gzip
import textwrap
from datetime import date, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection, transaction
from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from raportit.julkinen.julkisuus import find_kunta
from raportit.models import JulkinenRivi, Kasittely, Raporttiversio
from raportit.tallenne.julkisrivit import remake_rows
from seuranta.models import Seurantajakso
from strategia import sivumuisti
from strategia.models import Julkaisunumero, KunnanOsoite, Kunta, Palaute, Strategia
from strategia.sivumuisti import MUISTI, VAIVA, PidettySivu, Sivumuisti, keep_pages, read_julkisuus
from tests.huoneet import APPS
from tests.ymparisto import JUURI

pytestmark = pytest.mark.django_db
KOTI, UUSIN = "/julkinen/kirkkoranta/", "/julkinen/kirkkoranta/data/uusin.json"


@pytest.fixture
def julkaistu(cast):
    cast.versio.publish(by=cast.kaisa)
    return cast.versio


def questions_of(client, path, **headers):
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(path, headers=headers)
    return answer, [each["sql"] for each in queries]


def numero_of(kunta):
    return Julkaisunumero.objects.get(kunta=kunta).numero


def test_a_kept_page_asks_the_number_alone_and_that_not_for_a_while(cast, client, julkaistu, settings):
    kept = (KOTI, UUSIN, *(f"/julkinen/kirkkoranta/{rest}" for rest in KEPT))
    for path in (*kept, reverse("raportit:julkinen-kohde", args=["kirkkoranta", "toimenpide", cast.vayla.tunnus])):
        first = client.get(path)
        again, asked = questions_of(client, path)
        assert again.status_code == 200 and again.content == first.content, path
        assert len(asked) == 1 and "julkaisunumero" in asked[0], path
        settings.JULKAISUNUMERON_IKA = 60
        assert questions_of(client, path)[1] == [], path
        settings.JULKAISUNUMERON_IKA = 0


KEPT = (
    *(
        "toimenpiteet/",
        "data/",
        "data/dcat.jsonld",
        "data/uusin.xlsx",
        "syote.atom",
        "upotukset/",
        "upotus/yhteenveto/",
    ),
    *("kaaviot/painopisteet.svg", "kaaviot/painopisteet.png", "saavutettavuus/", "tietosuoja/"),
)


def test_an_address_with_a_query_is_not_kept(client, julkaistu):
    client.get(f"{KOTI}toimenpiteet/?q=ranta")
    assert MUISTI.koko == 0
    assert len(questions_of(client, f"{KOTI}toimenpiteet/?q=ranta")[1]) > 3


def test_what_a_reader_has_already_is_not_sent_again(client, julkaistu):
    for path in (KOTI, UUSIN, f"{KOTI}toimenpiteet/?q=ranta", "/julkinen/"):
        etag = client.get(path).headers["ETag"]
        for ask in (client.get, client.head):
            answer = ask(path, headers={"if-none-match": etag})
            assert (answer.status_code, answer.content) == (304, b"")
            assert answer.headers["Cache-Control"] == "max-age=0, must-revalidate"
        assert client.get(path, headers={"if-none-match": '"toinen"'}).status_code == 200


def test_a_kept_page_travels_packed_to_who_takes_it_so(client, julkaistu):
    plain = client.get(KOTI)
    packed = client.get(KOTI, headers={"accept-encoding": "gzip"})
    assert "Content-Encoding" not in plain.headers and packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content
    assert len(packed.content) == int(packed.headers["Content-Length"])
    assert plain.headers["Vary"] == packed.headers["Vary"] == "Accept-Encoding"
    assert packed.headers["ETag"] == plain.headers["ETag"]


def test_each_answer_has_a_name_of_its_own_and_the_strict_headers(client, julkaistu):
    first, again = client.get(KOTI), client.get(KOTI)
    assert first.headers["X-Request-ID"] != again.headers["X-Request-ID"]
    assert first.headers["X-Request-ID"] not in again.text
    assert again.headers["Content-Security-Policy"] == first.headers["Content-Security-Policy"]
    assert again.headers["X-Frame-Options"] == "DENY"


def test_a_kept_frame_names_the_sites_that_may_show_it(cast, client, julkaistu):
    path = f"{KOTI}upotus/yhteenveto/"
    client.get(path)
    assert client.get(path).headers["X-Frame-Options"] == "DENY"
    kunta = Kunta.objects.get(pk=cast.kunta.pk)
    kunta.upottajat = "https://www.kirkkoranta.example"
    kunta.save()
    for _again in range(2):
        answer = client.get(path)
        assert "X-Frame-Options" not in answer.headers
        assert "https://www.kirkkoranta.example" in answer.headers["Content-Security-Policy"]


def test_who_is_signed_in_neither_fills_nor_gets_anything_of_their_own(cast, client, kirjautunut, julkaistu):
    kaisa = kirjautunut(cast.kaisa)
    kaisa.get(reverse("strategia:omat-tiedot"))  # whose form's cookie comes along too
    by_kaisa = kaisa.get(KOTI)
    assert MUISTI.koko > 0
    assert isinstance(by_kaisa.wsgi_request.user, AnonymousUser)
    assert cast.kaisa.nimi not in by_kaisa.text and "Kirjaudu ulos" not in by_kaisa.text
    assert client.get(KOTI).content == by_kaisa.content == kirjautunut(cast.ulla).get(KOTI).content
    assert not by_kaisa.cookies and "Cookie" not in by_kaisa.headers["Vary"]


def test_a_form_a_cookie_and_a_refusal_are_never_kept(rf, cast):
    def tokened(request, slug):
        return HttpResponse(get_token(request))

    def cookied(request, slug):
        response = HttpResponse("x")
        response.set_cookie("x", "y")
        return response

    def missing(request, slug):
        return HttpResponse("x", status=404)

    for view in (tokened, cookied, missing):
        answer = keep_pages(view)(rf.get(KOTI), slug="kirkkoranta")
        assert "Cache-Control" not in answer.headers and MUISTI.koko == 0


# --- what ends a page


def test_withdrawn_and_published_are_seen_at_once(cast, client, julkaistu):
    path = reverse("raportit:julkinen-kohde", args=["kirkkoranta", "toimenpide", cast.vayla.tunnus])
    assert client.get(path).status_code == client.get(UUSIN).status_code == 200
    julkaistu.withdraw(by=cast.kaisa, syy="Virhe.")
    assert client.get(path).status_code == client.get(UUSIN).status_code == 404
    julkaistu.publish(by=cast.kaisa)
    assert client.get(path).status_code == client.get(UUSIN).status_code == 200


def test_a_page_ends_at_the_next_timed_publishing(cast, client, settings, monkeypatch):
    settings.JULKAISUNUMERON_IKA = 3_600
    cast.versio.publish(by=cast.kaisa, when=timezone.now() + timedelta(hours=1))
    path = reverse("raportit:julkinen-versio", args=["kirkkoranta", cast.versio.tunnus])
    assert cast.edellinen.nimi not in client.get(KOTI).text and client.get(path).status_code == 404
    monkeypatch.setattr(timezone, "now", lambda when=cast.versio.julkaistaan - timedelta(seconds=1): when)
    assert cast.edellinen.nimi not in client.get(KOTI).text and client.get(path).status_code == 404
    monkeypatch.setattr(timezone, "now", lambda when=cast.versio.julkaistaan: when)
    assert cast.edellinen.nimi in client.get(KOTI).text and client.get(path).status_code == 200


def test_whatever_the_public_sees_changes_the_number(cast, julkaistu):
    kasittely = Kasittely(kunta=cast.kunta, versio=julkaistu, toimielin="Valtuusto", pvm="2026-09-01")
    strategia, jakso = Strategia.objects.get(pk=cast.strategia.pk), Seurantajakso.objects.get(pk=cast.jakso.pk)
    jakso.nimi = "Toinen nimi"
    acts = {
        "käsittely": kasittely.save,
        "käsittely pois": kasittely.delete,
        "kunta": Kunta.objects.get(pk=cast.kunta.pk).save,
        "strategia": strategia.save,
        "jakso": jakso.save,
        "rivit uudelleen": remake_rows,
        "pois": lambda: julkaistu.withdraw(by=cast.kaisa, syy="Virhe."),
        "ajastettu": lambda: julkaistu.publish(by=cast.kaisa, when=timezone.now() + timedelta(days=1)),
        "peruttu": lambda: julkaistu.cancel(by=cast.kaisa),
    }
    for what, act in acts.items():
        before, other = numero_of(cast.kunta), numero_of(cast.naapuri.kunta)
        act()
        assert numero_of(cast.kunta) > before, what
        assert numero_of(cast.naapuri.kunta) == other, what
    before = numero_of(cast.kunta)
    cast.vayla.save()
    Seurantajakso.objects.get(pk=cast.jakso.pk).save(update_fields=["muistutettu"])
    assert numero_of(cast.kunta) == before, "keskeneräinen ei näy julkisuuteen"


def test_an_act_that_was_taken_back_leaves_the_number(cast, julkaistu):
    before = numero_of(cast.kunta)
    with pytest.raises(RuntimeError), transaction.atomic():
        julkaistu.withdraw(by=cast.kaisa, syy="Virhe.")
        raise RuntimeError
    assert numero_of(cast.kunta) == before


@pytest.mark.django_db(transaction=True)
def test_of_a_change_and_its_number_both_are_there_or_neither_is(cast, monkeypatch):
    """A process that dies between the two: an old page would tell until the next change of the kunta."""
    cast.versio.publish(by=cast.kaisa)
    kasittely = {"toimielin": "Valtuusto", "pvm": date(2026, 9, 1)}
    Kasittely.objects.create(kunta=cast.kunta, versio=cast.versio, **kasittely)
    toimenpide = {"toimenpide": cast.vayla.tunnus, "vastaus": "Valmis.", "nakyy": True}
    Palaute.objects.create(kunta=cast.kunta, viesti="Milloin?", **toimenpide)
    texts = {Kunta: "slug", Strategia: "esittely", Seurantajakso: "nimi", Palaute: "viesti", Kasittely: "toimielin"}

    def die(*_told):
        raise SystemExit

    monkeypatch.setattr(type(Julkaisunumero.objects.all()), "bump", die)
    for model, name in texts.items():
        row = model.objects.filter(**{"pk" if model is Kunta else "kunta": cast.kunta.pk}).first()
        before = model.objects.values(name).get(pk=row.pk)
        setattr(row, name, "muuttunut")
        deaths = [row.save, lambda row=row, name=name: row.save(update_fields=[name])]
        deaths += [row.delete] if model in (Palaute, Kasittely) else []
        for act in deaths:
            with pytest.raises(SystemExit):
                act()
            assert model.objects.values(name).get(pk=row.pk) == before, model
    with pytest.raises(SystemExit):
        Kasittely(kunta=cast.kunta, versio=cast.versio, **kasittely | {"toimielin": "Hallitus"}).save()
    assert Kasittely.objects.count() == 1
    assert not KunnanOsoite.objects.filter(slug="muuttunut").exists()


def test_no_statement_of_many_rows_changes_what_the_public_sees():
    """It would tell no number, for no row is saved. Those that are known change nothing that shows."""
    found = {
        (path.relative_to(JUURI).as_posix(), act, field)
        for app in APPS
        for path in (JUURI / app).rglob("*.py")
        if "migrations" not in path.parts
        for act, fields in list_wide_statements(path.read_text())
        for field in fields
    }
    assert found == {
        ("seuranta/models/jaksot.py", "update", "jarjestys"),  # their order is what it was
        ("seuranta/muistutus/viestit.py", "update", "muistutettu"),
        ("seuranta/tiedosto/kumous.py", "update", "change['ennen']"),  # words that an import had brought
        ("strategia/kunta/palaute.py", "update", "sahkoposti"),
        ("raportit/vuoropuhelu/vastausviesti.py", "update", "sahkoposti"),
        *(("raportit/management/commands/demo.py", "update", field) for field in DEMO),  # nothing is published yet
    }


DEMO = ("nimi", "otsikko", "asteikko", "alkuvuosi", "loppuvuosi")


def test_a_statement_of_many_rows_is_seen_over_several_lines():
    told = """
        Strategia.objects.filter(
            kunta=kunta, nimi=f(nimi)
        ).exclude(pk=1).update(
            esittely=teksti,
            **muut,
        )
        rivit = Palaute.objects.filter(kunta=kunta)
        rivit.filter(nakyy=True).update(viesti="x")
        Kunta._base_manager.bulk_update(
            rows, ["slug"]
        )
        Toimenpide.objects.filter(strategia=Strategia.objects.get()).update(nimi="x")
    """
    assert sorted(list_wide_statements(textwrap.dedent(told))) == [
        ("bulk_update", ["rows", "['slug']"]),
        ("update", ["esittely", "muut"]),
        ("update", ["viesti"]),
    ]


def list_wide_statements(code):
    """[(act, what it names)] of the calls that change many rows of what the public sees, however they are laid out."""
    tree = ast.parse(code)
    assigned = (each for each in ast.walk(tree) if isinstance(each, ast.Assign) and _is_seen(each.value))
    kept = {target.id for each in assigned for target in each.targets if isinstance(target, ast.Name)}
    calls = (each for each in ast.walk(tree) if isinstance(each, ast.Call) and isinstance(each.func, ast.Attribute))
    wide = [each for each in calls if each.func.attr in WIDE and _is_seen(each.func.value, kept)]
    return [(each.func.attr, _told(each)) for each in wide]


WIDE = ("update", "bulk_update", "bulk_create")


def _told(call):
    return [*map(ast.unparse, call.args), *(each.arg or ast.unparse(each.value) for each in call.keywords)]


def _is_seen(node, kept=()):
    """Does the chain of calls begin with the rows of a model that the public sees, or with a name kept of such?"""
    asked = ""
    while isinstance(node, ast.Call | ast.Attribute | ast.Subscript):
        asked = node.attr if isinstance(node, ast.Attribute) else asked
        node = node.func if isinstance(node, ast.Call) else node.value
    if not isinstance(node, ast.Name):
        return False
    seen = {model.__name__ for model in (Kunta, Strategia, Seurantajakso, Palaute, Kasittely)}
    return node.id in kept or (node.id in seen and asked in ("objects", "_base_manager"))


def test_a_kunta_without_a_number_gets_one(cast):
    Julkaisunumero.objects.filter(kunta=cast.kunta).delete()
    assert read_julkisuus("kirkkoranta").numero == 0
    cast.versio.publish(by=cast.kaisa)
    assert read_julkisuus("kirkkoranta").numero == numero_of(cast.kunta) == 1


def test_of_an_unknown_kunta_nothing_is_remembered(client):
    assert client.get("/julkinen/ei-ole/").status_code == 404
    assert not sivumuisti._LUETUT and MUISTI.koko == 0


def test_the_memory_is_bounded():
    memory = Sivumuisti(3 * (VAIVA + 30 + 4))
    for number in range(10):
        memory.put((None, f"{number}"), PidettySivu(200, b"x" * 30, False, {}, {}))
        memory.get((None, "0"))
    assert memory.koko == 3 * (VAIVA + 34)
    assert [number for number in range(10) if memory.get((None, f"{number}"))] == [0, 8, 9]
    memory.put((None, "0"), PidettySivu(200, b"x" * 10, False, {}, {}))
    assert memory.koko == 3 * (VAIVA + 34) - 20


def test_short_answers_at_long_addresses_do_not_fill_the_memory(cast, client, julkaistu):
    memory = Sivumuisti(1_000_000)
    for number in range(1_000):
        memory.put((None, f"{number:04000}"), PidettySivu(410, b"gone", False, {}, {}))
    assert sum(len(path) for _known, path in memory._sivut) < 1_000_000
    julkaistu.withdraw(by=cast.kaisa, syy="Virhe.")
    for made_up in ("x.png", "y.png", "painopisteet.gif"):
        assert client.get(f"{KOTI}kaaviot/{julkaistu.tunnus}/{made_up}").status_code == 404
    assert MUISTI.koko == 0
    assert client.get(f"{KOTI}kaaviot/{julkaistu.tunnus}/painopisteet.png").status_code == 410


@pytest.mark.parametrize("path", [UUSIN, f"{KOTI}data/uusin.xlsx", f"{KOTI}kuva.png", f"{KOTI}kaaviot/toimialat.png"])
def test_a_public_file_is_made_once_whatever_stands_in_its_query(client, julkaistu, path):
    first = client.get(path)
    again, asked = questions_of(client, f"{path}?uudelleen=1")
    assert again.status_code == 200 and again.content == first.content
    assert len(asked) == 1


@pytest.mark.parametrize(
    ("told", "takes"),
    [("gzip", True), ("br, gzip;q=0.5", True), ("gzip;q=0", False), ("br, gzip ; q=0.000", False), ("xgzip", False)],
)
def test_nothing_is_packed_for_who_says_no_to_it(client, julkaistu, told, takes):
    for path in (KOTI, f"{KOTI}toimenpiteet/?q=ranta", "/tili/kirjaudu/"):
        for _again in range(2):
            answer = client.get(path, headers={"accept-encoding": told})
            assert ("Content-Encoding" in answer.headers) == takes, path


def test_a_query_of_public_rows_names_its_kunta(cast, julkaistu):
    kunta = find_kunta("kirkkoranta")
    for found in (julkaistu.julkiset_rivit.all(), JulkinenRivi.objects.filter(versio=julkaistu)):
        assert f'"kunta_id" = {kunta.pk}' in str(found.query)
    assert Raporttiversio.objects.filter(kunta=kunta).exists()
