"""The municipality's own columns in the report: in every format where they are chosen, else in none at all."""

import csv
import io

import pytest
from django.urls import reverse

from raportit.koonti.sarakkeet import list_choices
from raportit.muodot import render_report
from raportit.osavuosikatsaus import build, from_json
from raportit.osavuosikatsaus.henkilotiedot import find_in_report
from raportit.osavuosikatsaus.julkinen import make_public
from raportit.osavuosikatsaus.korjaus import compare
from raportit.sulkeminen.sulje import close_jakso
from raportit.tallenne.tallenteet import stored_bytes
from seuranta.models import Kirjaus
from strategia.models import Strategia, Toimenpide, own_role

from .koonti.test_sarakkeet import lomake, sign_in
from .rakenna import KOOTTU, rakenna
from .test_lisakentat import MUODOT, words_of

KANARIA = {"Kumppani": "Äijänsuon osuuskunta", "Huomiot": "Kuutamokeikka & <kesken>"}
ROOLIT = {"Kumppani": "oma", "Huomiot": "oma.kirjaus"}


@pytest.fixture
def jakso(db):
    """One toimenpide has both columns filled; neither is chosen for the report yet."""
    jakso = rakenna([4, 3, 2, None])
    kirjaus = jakso.kirjaukset.order_by("pk")[1]
    Kirjaus.objects.filter(pk=kirjaus.pk).update(omat={"Huomiot": KANARIA["Huomiot"]})
    Toimenpide.objects.filter(pk=kirjaus.toimenpide_id).update(omat={"Kumppani": KANARIA["Kumppani"]})
    valitse(jakso)
    return jakso


def valitse(jakso, *otsikot):
    """Choose these of the columns for the report."""
    roles = [{"rooli": rooli, "otsikko": otsikko} for otsikko, rooli in ROOLIT.items()]
    own = [entry if entry["otsikko"] in otsikot else {**entry, "piilossa": True} for entry in roles]
    jakso.strategia.sarakkeet = [{"rooli": "toimenpide", "otsikko": "Toimenpide"}, *own]
    jakso.strategia.save()


def report(jakso, *otsikot, versio=1):
    valitse(jakso, *otsikot)
    return build(jakso, koottu=KOOTTU, versio=versio)


@pytest.mark.parametrize("muoto", MUODOT)
def test_a_frozen_report_tells_the_chosen_ones_and_stays_as_it_is(muoto, jakso, tmp_path):
    valitse(jakso, *KANARIA)
    jakso.finish(by=None)
    versio = close_jakso(jakso, by=None)
    words = words_of(stored_bytes(versio, muoto), muoto, tmp_path)
    for otsikko, text in KANARIA.items():
        assert text in words
        assert otsikko in words
    before = stored_bytes(versio, muoto)
    valitse(jakso)
    Toimenpide.objects.update(omat={})
    assert stored_bytes(versio, muoto) == before


@pytest.mark.parametrize("public", [False, True])
@pytest.mark.parametrize("muoto", MUODOT)
def test_no_format_tells_of_those_that_nobody_has_chosen(muoto, public, jakso, tmp_path):
    raportti = report(jakso)
    words = words_of(render_report(make_public(raportti) if public else raportti, muoto), muoto, tmp_path)
    assert not [part for part in (*KANARIA, *KANARIA.values()) if part in words]


def test_one_is_chosen_without_the_other(jakso, tmp_path):
    words = words_of(render_report(make_public(report(jakso, "Kumppani")), "html"), "html", tmp_path)
    assert KANARIA["Kumppani"] in words
    assert "Kuutamokeikka" not in words


def test_what_is_frozen_comes_back_equal_and_a_report_without_them_is_as_it_was(jakso):
    raportti = report(jakso, *KANARIA)
    again = from_json(render_report(raportti, "json").decode())
    assert again.painopisteet == raportti.painopisteet
    rivi = next(rivi for rivi in again.rivit if rivi.omat)
    assert rivi.omat == KANARIA
    assert getattr(rivi, own_role("oma", "Kumppani")) == KANARIA["Kumppani"]
    assert '"omat"' not in render_report(report(jakso), "json").decode()


def test_the_flat_file_has_them_where_they_are_read_as_what_they_are(jakso):
    rows = list(
        csv.reader(io.StringIO(render_report(report(jakso, *KANARIA), "csv").decode("utf-8-sig")), delimiter=";")
    )
    assert rows[0][rows[0].index("Kumppani") :][:2] == ["Kumppani", "Jakso"]
    assert rows[0][-1] == "Huomiot"
    assert sorted({row[-1] for row in rows[1:]}) == ["", KANARIA["Huomiot"]]


def test_a_correction_tells_the_column_by_its_heading(jakso):
    old = report(jakso, *KANARIA)
    Kirjaus.objects.exclude(omat={}).update(omat={"Huomiot": "Valmis"})
    told = [(m.tieto, m.ennen, m.nyt) for m in compare(old, report(jakso, *KANARIA, versio=2), "").muutokset]
    assert told == [("Oma sarake: Huomiot", KANARIA["Huomiot"], "Valmis")]


def test_a_column_that_is_chosen_no_more_leaves_no_text_in_the_list_of_corrections(jakso):
    old = report(jakso, *KANARIA)
    public = make_public(report(jakso, "Huomiot", versio=2), aiempi=make_public(old))
    told = " ".join(f"{m.kohde} {m.tieto} {m.ennen} {m.nyt}" for m in public.korjaus.muutokset)
    assert "poistettu" in told
    assert KANARIA["Kumppani"] not in told


def test_personal_data_in_them_is_found_in_the_report(jakso):
    Kirjaus.objects.exclude(omat={}).update(omat={"Huomiot": "soita 040 123 4567"})
    assert not find_in_report(report(jakso))
    assert [tieto.laji for tieto in find_in_report(report(jakso, *KANARIA))] == ["puhelin"]


def test_the_koordinaattori_chooses_one_on_the_page_of_columns(cast):
    strategia = cast.strategia
    strategia.sarakkeet = [{"rooli": "oma", "otsikko": "Kumppani", "piilossa": True}]
    strategia.save()
    page = sign_in(cast.kaisa).get(reverse("raportit:sarakkeet-muokkaa", args=[strategia.pk])).text
    role = own_role("oma", "Kumppani")
    assert f'name="{role}-nakyy"' in page
    assert f'name="{role}-otsikko"' not in page
    answer = sign_in(cast.kaisa).post(
        reverse("raportit:sarakkeet-muokkaa", args=[strategia.pk]), lomake(strategia, **{f"{role}-nakyy": "on"})
    )
    assert answer.status_code == 302
    entry = next(s for s in Strategia.objects.get(pk=strategia.pk).sarakkeet if s["rooli"] == "oma")
    assert entry == {"rooli": "oma", "otsikko": "Kumppani"}
    assert (
        next(v for v in list_choices(Strategia.objects.get(pk=strategia.pk)) if v.rooli == role).otsikko == "Kumppani"
    )
