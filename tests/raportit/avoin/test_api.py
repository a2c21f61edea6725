"""The part of the interface that needs no key: it tells what the files tell, and a generated client reads it."""

import json
import os
import subprocess
import sys

import pytest
from django.urls import reverse

from raportit.avoin import api
from raportit.sulkeminen.sulje import close_jakso

JULKINEN = "/api/v1/julkinen"


@pytest.fixture
def versio(cast):
    cast.versio.publish(by=cast.kaisa)
    return cast.versio


@pytest.mark.django_db
def test_without_a_key_a_program_reads_what_is_published(cast, versio, client):
    assert {"slug": "kirkkoranta", "nimi": "Kirkkoranta"} in client.get(f"{JULKINEN}/kunnat").json()
    listed = client.get(f"{JULKINEN}/kunnat/kirkkoranta/versiot").json()
    assert [each["tunnus"] for each in listed] == [str(versio.tunnus)]
    told = client.get("/julkinen/kirkkoranta/data/uusin.json").json()
    address = f"{JULKINEN}/kunnat/kirkkoranta/versiot/{versio.tunnus}"
    rows = client.get(f"{address}/rivit").json()
    assert [{name: row[name] for name in row if name != "omat"} for row in rows["rivit"]] == told["rivit"]
    assert client.get(f"{address}/mittarit").json()["mittarit"] == told["mittarit"]


@pytest.mark.django_db
def test_rows_come_page_by_page_and_a_page_that_is_not_there_is_missing(cast, versio, client, monkeypatch):
    monkeypatch.setattr(api, "SIVULLA", 3)
    address = f"{JULKINEN}/kunnat/kirkkoranta/versiot/{versio.tunnus}/rivit"
    first, last = (client.get(address, {"sivu": sivu}).json() for sivu in (1, 3))
    assert (first["yhteensa"], first["sivuja"], len(first["rivit"]), len(last["rivit"])) == (8, 3, 3, 2)
    assert client.get(address, {"sivu": 4}).status_code == 404


@pytest.mark.django_db
def test_unpublished_is_like_unknown_and_withdrawn_is_gone(cast, versio, client):
    address = f"{JULKINEN}/kunnat/kirkkoranta/versiot/{versio.tunnus}/rivit"
    unknown = client.get(address.replace(str(versio.tunnus), "12345678-1234-4234-8234-123456789012"))
    cast.edellinen.reopen(by=cast.kaisa, syy="Testi")
    hidden = client.get(address.replace(str(versio.tunnus), str(close_jakso(cast.edellinen, by=cast.kaisa).tunnus)))
    assert (hidden.status_code, hidden.content) == (unknown.status_code, unknown.content) == (404, unknown.content)
    versio.withdraw(by=cast.kaisa)
    assert client.get(address).status_code == 410


@pytest.mark.django_db
def test_a_corrected_version_names_the_one_that_replaced_it(cast, versio, client):
    cast.edellinen.reopen(by=cast.kaisa, syy="Testi")
    later = close_jakso(cast.edellinen, by=cast.kaisa)
    address = f"{JULKINEN}/kunnat/kirkkoranta/versiot"
    places = (f"{address}/{versio.tunnus}/rivit", f"{address}/{versio.tunnus}/mittarit")
    assert {client.get(place).json()["korvaava_tunnus"] for place in places} == {None}, "korjaus ei ole vielä julkinen"
    later.publish(by=cast.kaisa)
    replaced = (later.numero, str(later.tunnus))
    assert {(told["korvaava"], told["korvaava_tunnus"]) for told in (client.get(place).json() for place in places)} == {
        replaced
    }
    listed = {each["tunnus"]: each for each in client.get(address).json()}
    assert (listed[str(versio.tunnus)]["korvaava"], listed[str(versio.tunnus)]["korvaava_tunnus"]) == replaced
    assert listed[str(later.tunnus)]["korvaava"] is None


@pytest.mark.django_db
def test_pages_of_others_may_read_and_a_reader_asks_only_for_what_has_changed(versio, client):
    answer = client.get(f"{JULKINEN}/kunnat")
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert not answer.cookies and "Cookie" not in answer.headers.get("Vary", "")
    again = client.get(f"{JULKINEN}/kunnat", headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert client.options(f"{JULKINEN}/kunnat").status_code == 204
    asked = client.head(f"{JULKINEN}/kunnat")
    assert (asked.status_code, asked.headers["ETag"], asked.content) == (200, answer.headers["ETag"], b"")


LUKIJA = """
import json, sys
from uuid import UUID
from asiakas import Client
from asiakas.api.julkinen import {kunnat}, {versiot}, {rivit}, {mittarit}
client = Client(base_url=sys.argv[1], raise_on_unexpected_status=True)
(kunta,) = [each for each in {kunnat}.sync(client=client) if each.slug == "kirkkoranta"]
(versio,) = {versiot}.sync(kunta.slug, client=client)
told = [module.sync(kunta.slug, versio.tunnus, client=client) for module in ({rivit}, {mittarit})]
print(json.dumps([str(row.tunnus) for row in told[0].rivit] + [str(row.tunnus) for row in told[1].mittarit]))
"""


@pytest.mark.vain_sqlite
def test_a_client_made_of_the_description_reads_everything(live_server, cast, client, tmp_path):
    cast.versio.publish(by=cast.kaisa)
    described = tmp_path / "openapi.json"
    described.write_bytes(client.get(reverse("seuranta:rajapinta-kuvaus")).content)
    config = tmp_path / "asetukset.json"
    config.write_text(json.dumps({"package_name_override": "asiakas", "post_hooks": []}))
    made = ["generate", "--path", described, "--config", config, "--output-path", tmp_path / "a", "--fail-on-warning"]
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": tmp_path / "a"}
    told = subprocess.run(
        [sys.executable, "-m", "openapi_python_client", *made],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
    )
    assert told.returncode == 0, told.stdout + told.stderr
    modules = {path.stem for path in (tmp_path / "a" / "asiakas" / "api" / "julkinen").glob("[a-z]*.py")}
    names = {
        name: next(each for each in modules if each.endswith(f"_api_{name}"))
        for name in ("kunnat", "versiot", "rivit", "mittarit")
    }
    script = tmp_path / "lue.py"
    script.write_text(LUKIJA.format(**names))
    read = subprocess.run(
        [sys.executable, script, live_server.url], env=environment, capture_output=True, text=True, timeout=60
    )
    assert read.returncode == 0, read.stderr
    expected = client.get("/julkinen/kirkkoranta/data/uusin.json").json()
    assert json.loads(read.stdout) == [row["tunnus"] for taulu in ("rivit", "mittarit") for row in expected[taulu]]
