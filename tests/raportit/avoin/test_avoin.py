"""Open data: the same values in every format, addresses that stay, and nothing that is not published."""

import csv
import io
import json

import jsonschema
import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from lxml import etree
from openpyxl import load_workbook
from rdflib import DCAT, DCTERMS, FOAF, RDF, Graph

from raportit.avoin.aineistotiedosto import MUODOT
from raportit.sulkeminen.sulje import close_jakso
from seuranta.models import Kirjaus

pytestmark = pytest.mark.django_db
UUSIN = "/julkinen/kirkkoranta/data/uusin."
KAAVA = "=1+1 laskettu"


@pytest.fixture
def versio(cast):
    """A published report in which somebody has written what a spreadsheet would run."""
    cast.edellinen.reopen(by=cast.kaisa, syy="Testi")
    Kirjaus.objects.filter(jakso=cast.edellinen, toimenpide=cast.vayla).update(kommentti=KAAVA)
    versio = close_jakso(cast.edellinen, by=cast.kaisa)
    versio.publish(by=cast.kaisa)
    return versio


def of_version(versio, muoto="json"):
    return reverse("raportit:avoin-versio", args=["kirkkoranta", versio.tunnus, muoto])


def read_csv(answer):
    assert answer.content.startswith(b"\xef\xbb\xbf"), "Excel knows it as UTF-8"
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))


def as_text(value):
    return "" if value is None else str(value)


def test_json_is_what_its_schema_says_and_names_rows_by_their_tunnus(cast, versio, client):
    told = client.get(f"{UUSIN}json").json()
    address = told["skeema"].removeprefix("http://testserver")
    schema = client.get(address).json()
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker()).validate(told)
    assert (told["muotoversio"], told["lisenssi"]) == (1, "https://creativecommons.org/licenses/by/4.0/")
    assert told["versio"]["tunnus"] == str(versio.tunnus)
    assert told["versio"]["strategia_tunnus"] == str(cast.strategia.tunnus)
    assert {row["tunnus"] for row in told["rivit"]} == {str(each.tunnus) for each in cast.toimenpiteet}
    assert {row["tunnus"] for row in told["mittarit"]} <= {str(each.tunnus) for each in cast.mittarit}
    assert len(told["mittarit"]) >= len(cast.mittarit) > 0
    vayla = next(row for row in told["rivit"] if row["tunnus"] == str(cast.vayla.tunnus))
    assert (vayla["toimenpide"], vayla["kommentti"]) == (cast.vayla.nimi, KAAVA)


def test_csv_and_xlsx_hold_the_same_values_as_json(versio, client):
    told = client.get(f"{UUSIN}json").json()
    book = load_workbook(io.BytesIO(client.get(f"{UUSIN}xlsx").content))
    assert book.sheetnames == ["Aineisto", "rivit", "mittarit"]
    first = dict(book["Aineisto"].iter_rows(values_only=True))
    assert (first["lisenssi"], first["tunnus"]) == (told["lisenssi"], str(versio.tunnus))
    for muoto, taulu in (("csv", "rivit"), ("mittarit.csv", "mittarit")):
        head, *rows = read_csv(client.get(f"{UUSIN}{muoto}"))
        assert head == list(told[taulu][0])
        expected = [[as_text(value) for value in row.values()] for row in told[taulu]]
        assert [[value.removeprefix("'") for value in row] for row in rows] == expected
        sheet = [[as_text(value) for value in row] for row in book[taulu].iter_rows(values_only=True)]
        assert sheet == [head, *expected]
    assert f"'{KAAVA}" in client.get(f"{UUSIN}csv").text, "nothing in it is run"
    cells = [cell for row in book["rivit"].iter_rows() for cell in row if cell.value == KAAVA]
    assert [(cell.data_type, cell.quotePrefix) for cell in cells] == [("s", True)]


@pytest.mark.parametrize("muoto", MUODOT)
def test_a_file_is_for_every_program_and_tells_its_licence(muoto, versio, client):
    for path, age in ((f"{UUSIN}{muoto}", "max-age=0, must-revalidate"), (of_version(versio, muoto), "s-maxage=60")):
        answer = client.get(path, headers={"Origin": "https://kartta.example"})
        assert answer.status_code == 200
        assert answer.headers["Content-Type"] == MUODOT[muoto]
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        assert age in answer.headers["Cache-Control"]
        assert '<https://creativecommons.org/licenses/by/4.0/>; rel="license"' in answer.headers["Link"]
        assert not answer.cookies and "Cookie" not in answer.headers.get("Vary", "")
        again = client.get(path, headers={"If-None-Match": answer.headers["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
        asked = client.options(path, headers={"Access-Control-Request-Method": "GET"})
        assert (asked.status_code, asked.headers["Access-Control-Allow-Methods"]) == (204, "GET, HEAD, OPTIONS")
        assert client.post(path).status_code == 405
    assert "Access-Control-Allow-Origin" not in client.get("/julkinen/kirkkoranta/").headers


def test_csvw_beside_a_csv_file_tells_its_columns(versio, client):
    for muoto in ("csv", "mittarit.csv"):
        answer = client.get(of_version(versio, muoto))
        address = of_version(versio, f"{muoto}-metadata.json")
        assert f'<{settings.SITE_URL}{address}>; rel="describedby"' in answer.headers["Link"]
        told = client.get(address).json()
        assert told["url"] == f"{settings.SITE_URL}{of_version(versio, muoto)}"
        assert [column["titles"] for column in told["tableSchema"]["columns"]] == read_csv(answer)[0]


def test_withdrawn_is_gone_and_unpublished_like_one_that_never_was(cast, versio, client):
    hidden = cast.versio  # frozen, never published
    missing = of_version(versio).replace(str(versio.tunnus), "12345678-1234-4234-8234-123456789012")
    answers = [client.get(path) for path in (of_version(hidden), missing, of_version(versio, "exe"))]
    assert {(each.status_code, each.content) for each in answers} == {(404, b"Aineistoa ei ole.\n")}
    versio.withdraw(by=cast.kaisa, syy="Väärä taulukko.")
    gone = client.get(of_version(versio))
    assert gone.status_code == 410
    assert gone.text == f"Raportti on poistettu julkaisusta {timezone.localdate():%-d.%-m.%Y}. Syy: Väärä taulukko.\n"
    assert client.get(f"{UUSIN}json").status_code == 404
    other = of_version(versio).replace("kirkkoranta", cast.naapuri.kunta.slug)
    assert client.get(other).status_code == 404, "another kunta has no such version"


def test_newest_of_a_plan_and_of_the_kunta(cast, versio, client):
    plan = reverse("raportit:avoin-strategia-uusin", args=["kirkkoranta", cast.strategia.tunnus, "json"])
    assert client.get(plan).content == client.get(f"{UUSIN}json").content
    before = client.get(f"{UUSIN}json").headers["ETag"]
    cast.jakso.finish(by=cast.kaisa)
    later = close_jakso(cast.jakso, by=cast.kaisa)
    later.publish(by=cast.kaisa)
    answer = client.get(f"{UUSIN}json", headers={"If-None-Match": before})
    assert json.loads(answer.content)["versio"]["tunnus"] == str(later.tunnus)


def test_page_tells_the_files_and_the_fields_in_three_languages(versio, client):
    page = client.get("/julkinen/kirkkoranta/data/").text
    for text in (f"{settings.SITE_URL}{UUSIN}json", of_version(versio, "xlsx"), "Lasting id", "Åtgärd", "Toimenpide"):
        assert text in page
    assert client.get("/julkinen/eiole/data/").status_code == 404


def test_a_catalogue_reads_what_it_requires_of_each_data_set(cast, versio, client):
    answer = client.get("/julkinen/kirkkoranta/data/dcat.jsonld", headers={"Host": "testserver"})
    assert answer.headers["Content-Type"] == "application/ld+json"
    graph = Graph().parse(data=answer.text, format="json-ld")
    (catalog,) = graph.subjects(RDF.type, DCAT.Catalog)
    for required in (DCTERMS.title, DCTERMS.description, DCTERMS.publisher, DCAT.dataset):
        assert graph.value(catalog, required), required
    sets = set(graph.subjects(RDF.type, DCAT.Dataset))
    assert sets == set(graph.objects(catalog, DCAT.dataset)) and len(sets) == 2
    for each in sets:
        for required in (DCTERMS.title, DCTERMS.description, DCTERMS.publisher, DCTERMS.identifier, DCTERMS.issued):
            assert graph.value(each, required), required
        for distribution in graph.objects(each, DCAT.distribution):
            assert (distribution, RDF.type, DCAT.Distribution) in graph
            assert str(graph.value(distribution, DCTERMS.license)).endswith("/by/4.0/")
            url = str(graph.value(distribution, DCAT.downloadURL)).removeprefix("http://testserver")
            told = client.get(url)
            media = str(graph.value(distribution, DCAT.mediaType)).partition("media-types/")[2]
            assert (told.status_code, told.headers["Content-Type"].partition(";")[0]) == (200, media)
    assert graph.value(graph.value(catalog, DCTERMS.publisher), FOAF.name).language == "fi"


def test_what_has_been_corrected_says_so_and_leads_on_in_every_format(cast, versio, client):
    """Whoever has kept the address of a version need not guess that there is a later one."""
    cast.versio.publish(by=cast.kaisa)
    for muoto in MUODOT:
        link = f'<{settings.SITE_URL}{of_version(versio, muoto)}>; rel="latest-version"'
        assert link in client.get(of_version(cast.versio, muoto)).headers["Link"], muoto
        assert "latest-version" not in client.get(of_version(versio, muoto)).headers["Link"], muoto
    told = client.get(of_version(cast.versio)).json()
    schema = client.get(told["skeema"].removeprefix("http://testserver")).json()
    jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker()).validate(told)
    book = load_workbook(io.BytesIO(client.get(of_version(cast.versio, "xlsx")).content))
    first = dict(book["Aineisto"].iter_rows(values_only=True))
    for read in (told["versio"], first):
        assert (read["korvaava"], read["korvaava_tunnus"]) == (versio.numero, str(versio.tunnus))
    page = f"{settings.SITE_URL}/julkinen/kirkkoranta/{versio.tunnus}/"
    root = etree.fromstring(client.get("/julkinen/kirkkoranta/syote.atom").content)  # noqa: S320 - our own
    entries = {entry.find("{*}id").text: entry for entry in root.findall("{*}entry")}
    old, new = entries[cast.versio.tunnus.urn], entries[versio.tunnus.urn]
    assert f"Korvattu versiolla {versio.numero}." in old.find("{*}summary").text
    assert [each.get("href") for each in old.findall("{*}link[@rel='latest-version']")] == [page]
    assert "Korvattu" not in new.find("{*}summary").text and new.find("{*}link[@rel='latest-version']") is None
    graph = Graph().parse(data=client.get("/julkinen/kirkkoranta/data/dcat.jsonld").text, format="json-ld")
    ((earlier, later),) = graph.subject_objects(DCTERMS.isReplacedBy)
    assert (str(earlier).endswith(str(cast.versio.tunnus)), str(later).endswith(str(versio.tunnus))) == (True, True)
    assert f"korvattu versiolla {versio.numero}" in client.get("/julkinen/kirkkoranta/data/").text


def test_feed_tells_of_what_is_published_and_leads_to_the_site_whatever_host_asks(cast, versio, client, settings):
    settings.SITE_URL, settings.ALLOWED_HOSTS = "https://seuranta.example", ["*"]
    answer = client.get("/julkinen/kirkkoranta/syote.atom", headers={"Host": "vieras.example"})
    assert answer.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert not answer.cookies and "vieras.example" not in answer.text
    root = etree.fromstring(answer.content)  # noqa: S320 - our own
    (entry,) = root.findall("{*}entry")
    assert entry.find("{*}id").text == versio.tunnus.urn
    assert entry.find("{*}title").text == str(versio)
    address = reverse("raportit:julkinen-versio", args=["kirkkoranta", versio.tunnus])
    assert entry.find("{*}link").get("href") == f"https://seuranta.example{address}"
    versio.withdraw(by=cast.kaisa)
    empty = client.get("/julkinen/kirkkoranta/syote.atom")
    assert "<entry" not in empty.text
    assert client.get("/julkinen/kirkkoranta/syote.atom").headers["ETag"] == empty.headers["ETag"]
