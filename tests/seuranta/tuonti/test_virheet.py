"""Small tables that were once read wrong, each with its right value (their README tells where each is from)."""

import datetime
import json
from contextlib import suppress
from io import StringIO

import openpyxl
import pytest
from django.core.management import call_command

from seuranta.models import Kirjaus, Seurantajakso
from strategia.models import Toimenpide
from tests.ymparisto import SHARED, needs_shared

from ..taulukko.ods import ods
from ..taulukko.xls import xls

FOLDER = SHARED / "virheet"
pytestmark = [needs_shared, pytest.mark.django_db]


def tuo(name, *options):
    """What `tuo --json` tells of the file, whatever its exit status."""
    out = StringIO()
    path = name if hasattr(name, "read_bytes") else FOLDER / name
    with suppress(SystemExit):
        call_command("tuo", str(path), "--kunta", "Kirkkoranta", "--json", *options, stdout=out)
    return json.loads(out.getvalue())


def names(told):
    return [row["toimenpide"] for row in told["rows"]]


def stored():
    """{toimenpide: [(jakso, score, comment)]} of the database."""
    found = {name: [] for name in Toimenpide.objects.values_list("nimi", flat=True)}
    for kirjaus in Kirjaus.objects.select_related("toimenpide", "jakso").order_by("jakso__pk"):
        values = (kirjaus.jakso.nimi, kirjaus.toteutumisaste, kirjaus.kommentti)
        found[kirjaus.toimenpide.nimi].append(values)
    return found


# --- what a row is known by


def test_the_same_names_under_other_codes_are_asked_before_anything_is_written():
    assert tuo("koodit-ennen.xlsx")["status"] == "ok"
    before = stored()
    told = tuo("koodit-uudelleen-numeroitu.xlsx")
    assert told["status"] == "row_errors"
    assert {error["code"] for error in told["errors"]} == {"code_changed"}
    assert len({error["fi"] for error in told["errors"]}) == 1
    assert stored() == before


def test_a_running_number_is_no_code():
    assert tuo("numerot-ennen.xlsx")["status"] == "ok"
    told = tuo("numerot-siirtyneet.xlsx")
    assert (told["status"], told["counts"]["new"]) == ("ok", 1)
    assert len(stored()) == 4
    assert [values[1:] for values in stored()["Satama avataan"]] == [(3, "Urakka alkoi."), (4, "Urakka alkoi. Jatkuu.")]
    assert [values[1:] for values in stored()["Tonttitarjonta kartalle"] if values[1]] == [(1, "Uusi.")]


def test_a_code_is_read_as_excel_shows_it():
    told = tuo("koodi-lukuna.xlsx")
    assert [row["koodi"] for row in told["rows"]] == [f"1,{n}" for n in range(1, 12)]
    assert [row["koodi"] for row in tuo("koodi-etunollin.xlsx", "--esikatsele")["rows"]] == ["01", "02", "10"]


def test_codes_in_another_order_stay_with_their_names():
    assert tuo("koodi-lukuna.xlsx")["status"] == "ok"
    told = tuo("koodit-toisessa-jarjestyksessa.xlsx")
    assert (told["status"], told["counts"]["new"], told["counts"]["errors"]) == ("ok", 0, 0)
    assert {row["toimenpide"]: row["koodi"] for row in told["rows"]}["Toimenpide numero 10"] == "1,10"


# --- broken lines of a paste


@pytest.mark.parametrize("name", ["word-liitos.txt", "word-liitos-keski.txt"])
def test_a_broken_line_of_a_paste_waits_for_a_person(name):
    told = tuo(name)
    assert told["status"] == "row_errors"
    assert {"A3"} <= {error["cell"] for error in told["errors"]}
    assert names(told)[0] == "Wordin toimi"
    assert names(told)[-1] == "Seuraava"
    assert not {"4", "toka kappale"} & set(names(told))
    assert stored() == {}


# --- letters


@pytest.mark.parametrize("name", ["msdos.csv", "cr.csv"])
def test_letters_of_dos_and_mac_are_recognised_or_refused(name):
    told = tuo(name, "--esikatsele")
    if told["status"] == "reject":
        assert told["reason"]
    else:
        assert {row["tavoite"] for row in told["rows"][:2]} == {"Yritykset viihtyvät"}
        assert told["rows"][1]["kirjaukset"][0]["kommentti"] == "Kaava on nähtävillä."


def test_escapes_are_undone_and_what_is_no_letter_goes():
    told = tuo("ohjausmerkki.xlsx", "--esikatsele")
    assert told["rows"][0]["kirjaukset"][0]["kommentti"] == "Väli\nrivi 👍 valmis"
    assert names(told)[1:] == ["-Kaavoitetaan tontteja", "@Avataan salit"]


# --- dates and links


@pytest.mark.parametrize("muoto", ["xlsx", "ods", "xls"])
def test_a_date_in_a_heading_is_a_jakso_with_its_day(muoto, tmp_path):
    told = tuo(_as(muoto, tmp_path))
    assert [kirjaus["jakso"] for kirjaus in told["rows"][0]["kirjaukset"]] == ["30.4.2025", "31.8.2025"]
    days = dict(Seurantajakso.objects.values_list("nimi", "paattyy"))
    assert days == {"30.4.2025": datetime.date(2025, 4, 30), "31.8.2025": datetime.date(2025, 8, 31)}


def _as(muoto, tmp_path):
    if muoto == "xlsx":
        return FOLDER / "paiva-otsikossa.xlsx"
    rows = list(openpyxl.load_workbook(FOLDER / "paiva-otsikossa.xlsx").active.iter_rows(values_only=True))
    rows = [[value.date() if hasattr(value, "date") else value for value in row] for row in rows]
    if muoto == "ods":
        data = ods(*rows)
    else:
        form = {True: "dd.mm.yyyy", False: ""}
        cells = [
            (row, column, value, "", form[isinstance(value, datetime.date)])
            for row, values in enumerate(rows)
            for column, value in enumerate(values)
        ]
        data = xls(("Sheet", cells, []))
    path = tmp_path / f"paiva-otsikossa.{muoto}"
    path.write_bytes(data)
    return path


def test_dates_of_1904_are_the_validity_and_told_as_finns_write_them():
    told = tuo("1904.xlsx", "--esikatsele")
    assert {tuple(row["voimassa"].values()) for row in told["rows"]} == {("2025-01-01", "2025-12-31")}
    assert "00:00" not in json.dumps(told)


def test_the_address_of_a_link_is_kept():
    told = tuo("linkki.xlsx", "--esikatsele")
    links = {skip["cell"]: skip["text"] for skip in told["skipped"] if skip["reason"] == "link"}
    assert set(links) == {"Seuranta!F2", "Seuranta!F3"}
    assert links["Seuranta!F3"] == "https://kunta.example/kaava"
    assert [row["kirjaukset"][0]["kommentti"] for row in told["rows"][:2]] == ["Päätös täällä", "Kaava"]
