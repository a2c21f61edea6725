"""Closed jaksot of two council terms side by side: the rows that continue are one, and the scale decides the moves."""

import datetime
import io
import zipfile

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from raportit.kaudet import list_terms, read_edeltajat
from raportit.models import Raporttiversio
from raportit.muodot import render_report
from raportit.osavuosikatsaus import build, from_json, to_json
from raportit.sulkeminen.sulje import close_jakso
from raportit.tallenne.aineisto import from_text, to_text
from raportit.tallenne.nakyma import show_publicly
from seuranta.models import Kirjaus, Seurantajakso
from strategia.models import Strategia, Toimenpide
from tests.cast import create_kirjaus
from tests.silmin import tiivis
from tests.strategia.kausi.kopiointi import copy_plan


@pytest.fixture
def kaisa(cast, kirjautunut):
    return kirjautunut(cast.kaisa)


def closed_jakso(cast, strategia, nimi, asteet):
    """The Raporttiversio of a jakso of the plan with {toimenpide: score} approved."""
    jakso = Seurantajakso.objects.create(
        kunta=cast.kunta,
        strategia=strategia,
        nimi=nimi,
        alkaa=datetime.date(2030, 1, 1),
        paattyy=datetime.date(2030, 4, 30),
        tila=Seurantajakso.Tila.VIIMEISTELYSSA,
        jarjestys=1,
    )
    Kirjaus.objects.bulk_create(create_kirjaus(jakso, *each, "Kirjattu.") for each in asteet.items())
    return close_jakso(jakso, by=cast.kaisa)


@pytest.fixture
def uusi(cast, kaisa):
    """The plan of the next term, its path to school scored 4 (2 before), its lights 3 (4 before)."""
    return copy_plan(kaisa, cast.strategia)


def close_first(cast, uusi):
    rows = {t.edeltaja_id: t for t in Toimenpide.objects.filter(tavoite__painopiste__strategia=uusi)}
    asteet = {rows[cast.toimenpiteet[0].pk]: 4, rows[cast.toimenpiteet[1].pk]: 3}
    return closed_jakso(cast, uusi, "Osavuosikatsaus I 2030", asteet)


def compare(client, *versiot):
    return tiivis(client.get(reverse("raportit:vertailu"), {"versio": [versio.pk for versio in versiot]}).text)


def test_rows_that_continue_are_one_row_and_their_scores_move(cast, kaisa, uusi):
    page = compare(kaisa, cast.versio, close_first(cast, uusi))
    assert "Osavuosikatsaus I 2026 → Osavuosikatsaus I 2030: molemmissa arvioitiin 2 toimenpidettä." in page
    assert "Nousi 1, laski 1." in page
    assert page.count(cast.vayla.nimi) == 1


def test_on_another_scale_labels_stay_and_nothing_moves(cast, kaisa, uusi):
    Strategia.objects.filter(pk=uusi.pk).update(asteikko={"4": "Melkein", "3": "Puolivälissä"}, esitys="sanat")
    page = compare(kaisa, cast.versio, close_first(cast, uusi))
    assert "asteikko on toinen, joten arvioita ei verrata." in page
    assert "Melkein" in page
    assert "nousi" not in page.lower()


def test_the_first_report_of_a_term_moves_from_the_last_of_the_one_before(cast, uusi):
    raportti = build(close_first(cast, uusi).jakso, koottu=timezone.now())
    (vayla,) = [rivi for rivi in raportti.rivit if rivi.toimenpide == cast.vayla.nimi]
    assert raportti.edellinen.nimi == cast.versio.jakso.nimi
    assert (vayla.edellinen, vayla.toteutumisaste, vayla.muutos) == (2, 4, "nousi")
    assert not raportti.paattyneet and not raportti.eivat_mukana, "what was left behind is no row of this plan"
    jakso = Seurantajakso.objects.get(pk=raportti.jakso.id)
    jakso.strategia.asteikko = {"4": "Melkein"}
    raportti = build(jakso, koottu=timezone.now())
    assert raportti.edellinen is None and {rivi.edellinen for rivi in raportti.rivit} == {None}


@pytest.fixture
def toisella_asteikolla(cast, uusi):
    """The first report of the next term, of labels of its own, frozen."""
    Strategia.objects.filter(pk=cast.strategia.pk).update(asteikko={"2": "Hyvä"})
    Strategia.objects.filter(pk=uusi.pk).update(asteikko={"4": "Melkein", "3": "Puolivälissä"})
    uusi.refresh_from_db()
    return close_first(cast, uusi)


def test_on_another_scale_the_first_report_tells_the_earlier_score_by_its_own_label(cast, toisella_asteikolla):
    raportti = from_json(toisella_asteikolla.data)
    (vayla,) = [rivi for rivi in raportti.rivit if rivi.toimenpide == cast.vayla.nimi]
    assert (raportti.edelliskausi, vayla.edelliskaudella) == (cast.versio.jakso.nimi, "2 / 5 (Hyvä)")
    assert raportti.edellinen is None and vayla.edellinen is None and not raportti.nayttaa_muutokset
    public = show_publicly(toisella_asteikolla).raportti
    for shown in (raportti, public):
        html = tiivis(render_report(shown, "html").decode())
        assert '<td data-label="Edellisellä kaudella">2 / 5 (Hyvä)</td>' in html
        assert f"on jaksosta {cast.versio.jakso.nimi} ja sen omalla asteikolla" in html
        with zipfile.ZipFile(io.BytesIO(render_report(shown, "docx"))) as docx:
            assert "2 / 5 (Hyvä)" in docx.read("word/document.xml").decode()
        book = load_workbook(io.BytesIO(render_report(shown, "xlsx")))
        cells = [cell.value for sheet in book for row in sheet.iter_rows() for cell in row]
        assert "Edellisellä kaudella" in cells and "2 / 5 (Hyvä)" in cells
    assert b"edelliskau" not in cast.versio.data.encode(), "edellinen kausi jäi tavulleen ennalleen"


def test_a_term_that_shows_no_scores_has_none_told_in_the_next(cast, uusi, toisella_asteikolla):
    Strategia.objects.filter(pk=cast.strategia.pk).update(sarakkeet=[{"rooli": "toteutumisaste", "piilossa": True}])
    assert "edelliskau" not in to_json(build(toisella_asteikolla.jakso, koottu=timezone.now()))
    Strategia.objects.filter(pk=cast.strategia.pk).update(sarakkeet=[], esitys="ei")
    assert "edelliskau" not in to_json(build(toisella_asteikolla.jakso, koottu=timezone.now()))


def test_where_scores_are_hidden_the_public_form_tells_none_of_the_term_before_either(cast, uusi):
    told = {"asteikko": {"4": "Melkein"}, "sarakkeet": [{"rooli": "toteutumisaste", "piilossa": True}]}
    Strategia.objects.filter(pk=uusi.pk).update(**told)
    uusi.refresh_from_db()
    assert "edelliskau" not in to_json(show_publicly(close_first(cast, uusi)).raportti)


def test_plans_that_do_not_continue_one_another_are_not_compared(cast, kaisa, uusi):
    versio = close_first(cast, uusi)
    Toimenpide.objects.filter(edeltaja__isnull=False).update(edeltaja=None)
    page = compare(kaisa, cast.versio, versio)
    assert "Valitse vähintään kaksi saman strategian jaksoa." in page
    assert "Toteutuminen jaksoittain" not in page


def test_the_earlier_plan_is_first_whichever_was_made_first(cast, uusi):
    assert list_terms(cast.kunta.pk, uusi.pk) == [cast.strategia.pk, uusi.pk]
    Toimenpide.objects.update(edeltaja=None)
    rows = Toimenpide.objects.filter(tavoite__painopiste__strategia=uusi)
    Toimenpide.objects.filter(pk=cast.vayla.pk).update(edeltaja=rows.first())
    assert list_terms(cast.kunta.pk, uusi.pk) == [uusi.pk, cast.strategia.pk]


def test_within_one_plan_nothing_more_is_asked(cast, uusi, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert read_edeltajat(cast.kunta.pk, {cast.strategia.pk}) == {}


def test_another_kuntas_links_join_nothing(cast, uusi):
    assert list_terms(cast.naapuri.kunta.pk, cast.naapuri.strategia.pk) == [cast.naapuri.strategia.pk]
    assert not read_edeltajat(cast.naapuri.kunta.pk, {1, 2})


def test_the_council_compares_terms_and_a_file_tells_the_same(cast, kirjautunut, uusi):
    versio = close_first(cast, uusi)
    liisa = kirjautunut(cast.liisa)
    versiot = [each.pk for each in Raporttiversio.objects.filter(pk__in=(cast.versio.pk, versio.pk))]
    page = liisa.get(reverse("raportit:vertailu"), {"versio": versiot})
    kept = page.context["vertailu"]
    assert "2030" in page.text
    assert from_text(to_text(kept)).siirtymat == kept.siirtymat
    assert kept.edeltajat
    answer = liisa.get(reverse("raportit:vertailu-lataa", args=["xlsx"]), {"versio": versiot})
    assert answer.status_code == 200
