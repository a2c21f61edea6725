"""`manage.py demo`: what a newcomer sees first."""

import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError
from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape

from raportit.management.commands.demo import KAYTTAJAT, jaksot
from seuranta.models import Kirjaus, MittariArvo, Osavastaus, Riski, Seurantajakso
from seuranta.tulos import Tulos, compare, target_in_force
from strategia.models import Ajo, Kayttaja, Mittari, MuuToimiala, Painopiste, Strategia, Toimenpide, ToimenpideLinkki
from tests.demo import run_demo

DEMON_TAULUT = (Kayttaja, Seurantajakso, Kirjaus, Mittari, MittariArvo, Riski, Strategia)
pytestmark = pytest.mark.django_db


def test_the_demo_is_refused_where_its_passwords_would_be_a_danger(settings):
    settings.DEBUG = False
    with pytest.raises(CommandError, match="DEBUG=1"):
        run_demo()
    assert not Kayttaja.objects.exists()


def test_the_demo_has_everyone_a_closed_and_an_open_jakso_and_the_report(demo):
    people = {nimi for _account, nimi, *_rest in KAYTTAJAT}
    assert set(Kayttaja.objects.values_list("nimi", flat=True)) == people | {"Ulla Uusitalo"}
    assert all(user.email in demo for user in Kayttaja.objects.all())
    past, closed, opened = Seurantajakso.objects.filter(kunta__nimi="Vuorijärvi").order_by("alkaa")
    assert (past.tila, closed.tila, opened.tila) == ("suljettu", "suljettu", "avoinna")
    assert opened.vastaus_viimeistaan >= timezone.localdate() + timedelta(days=14)
    assert 0 < opened.kirjaukset.count() < closed.kirjaukset.count(), "some of the open rows wait for their answer"
    assert Path(re.search(r"Raportin PDF: (.+)", demo)[1]).read_bytes().startswith(b"%PDF-")


def test_the_demo_has_measures_of_every_kind_in_every_state(demo):
    mittarit = Mittari.objects.prefetch_related("tavoitteet", "arvot")
    assert {mittari.laji for mittari in mittarit} == set(Mittari.Laji)
    assert {mittari.suunta for mittari in mittarit} == set(Mittari.Suunta)
    opened = Seurantajakso.objects.get(tila="avoinna")  # the second kunta has none
    told = {
        compare(mittari, next((arvo for arvo in mittari.arvot.all() if arvo.jakso_id == opened.pk), None), target)
        for mittari in mittarit
        for target in [target_in_force(mittari.tavoitteet.all(), opened.vuosi)]
    }
    assert told == set(Tulos)
    assert MittariArvo.objects.filter(jakso=None).exclude(vuosi=None).count() >= 9
    assert {riski.suuruus is None for riski in Riski.objects.all()} == {True, False}
    of_cells = Mittari.objects.exclude(alkuperainen="").filter(toimenpide__mittari=F("alkuperainen"))
    assert (of_cells.count(), Riski.objects.exclude(alkuperainen="").count()) == (5, 2), "its table has measures"
    own = Seurantajakso.objects.filter(kunta__nimi="Vuorijärvi", strategia__jarjestys=0)
    for jakso in own.order_by("alkaa")[1:]:
        osat = Osavastaus.objects.filter(kirjaus__jakso=jakso)
        assert (osat.filter(toimiala=None).count(), osat.exclude(toimiala=None).count()) == (2, 1), jakso
    assert MuuToimiala.objects.exists()
    assert Strategia.objects.get(kunta__nimi="Vuorijärvi", jarjestys=0).kysytyt_omat == ["Kumppanit"]
    assert Kirjaus.objects.filter(jakso=opened, omat__has_key="Kumppanit").exists()
    assert Strategia.objects.filter(kunta__nimi="Vuorijärvi").count() == 3
    assert ToimenpideLinkki.objects.count() == 2


def test_the_public_side_of_the_demo_shows_how_two_jaksot_and_two_kunnat_differ(demo, client):
    assert "/julkinen/kunnat/vertailu/" in demo
    home = client.get("/julkinen/vuorijarvi/").text
    assert "Mikä nousi ja mikä laski" in home and "Vertaa jaksoja" in home
    parit = client.get("/julkinen/vuorijarvi/vertailu/").context["parit"]
    rivit = [pari for osa in parit for pari in osa.rivit]
    assert {"nousi", "laski", "ennallaan"} <= {pari.muutos for pari in rivit}
    rose = next(pari.nyt for pari in rivit if pari.muutos == "nousi")
    page = client.get(reverse("raportit:julkinen-kohde", args=["vuorijarvi", "toimenpide", rose.tunnus])).text
    assert "portaat" in page and "Tilinpäätös" in page
    assert "Kunnat rinnakkain" in client.get("/julkinen/koskimaa/").text
    shared = client.get("/julkinen/kunnat/vertailu/").context["yhteiset"]
    assert {each.nimi: len(each.kunnat) for each in shared} == {"Hyvinvoiva arki": 2, "Kestävä talous ja ympäristö": 2}
    client.force_login(Kayttaja.objects.get(email="ulla@koskimaa.example"))
    front = client.get(reverse("raportit:etusivu")).text
    assert "Koskimaan kunta" in front and "Vuorijärv" not in front


def test_the_demo_has_boards_and_the_plan_of_the_next_term(demo, client):
    liisa = Kayttaja.objects.get(rooli="luottamushenkilo")
    [own] = liisa.toimielimet.all()
    client.force_login(liisa)
    front = client.get(reverse("raportit:etusivu")).text
    first = Painopiste.objects.filter(kunta=liisa.kunta, strategia__jarjestys=0).order_by("jarjestys", "pk")[0]
    assert front.index(own.nimi) < front.index(escape(first.nimi)), "oma ensin"
    rows = Toimenpide.objects.exclude(edeltaja=None)
    assert rows and all(row.edeltaja.nimi == row.nimi for row in rows)
    plan = Strategia.objects.get(nimi__contains="2030")
    assert (plan.alkuvuosi, plan.jaksot.count()) == (2030, 0)
    page = client.get(reverse("seuranta:toimenpide-detail", args=[rows[0].pk])).text
    assert "Osavuosikatsaus I " in page, "historia yltää edelliseen kauteen"


def test_a_councillor_of_the_demo_reads_on_one_page_which_targets_are_missed(demo, client):
    closed = Seurantajakso.objects.filter(kunta__nimi="Vuorijärvi", tila="suljettu").latest("alkaa")
    mittarit = Mittari.objects.filter(strategia=closed.strategia).prefetch_related("tavoitteet")
    values = {arvo.mittari_id: arvo for arvo in MittariArvo.objects.filter(jakso=closed)}
    told = {
        mittari.nimi: compare(mittari, values[mittari.pk], target_in_force(mittari.tavoitteet.all(), closed.vuosi))
        for mittari in mittarit
        if mittari.pk in values
    }
    client.force_login(Kayttaja.objects.filter(rooli="luottamushenkilo").first())
    page = client.get(reverse("raportit:versio-detail", args=[closed.raporttiversiot.get().pk])).text
    chapter = page.partition('<section class="osa" id="mittarit">')[2].partition("</section>")[0]
    missed = chapter.partition("Tavoite on saavuttamatta")[2].partition("<h3>")[0]
    assert {nimi for nimi in told if escape(nimi) in missed} == {
        nimi for nimi, tulos in told.items() if tulos is Tulos.EI_VIELA
    }
    assert Tulos.EI_VIELA in told.values() and Tulos.SAAVUTETTU in told.values()
    assert "Kierros on aloitettu." in page
    assert "Oppilaat merkitsivät vaaralliset paikat karttaan." in page


@pytest.mark.django_db(transaction=True)  # a backup reads in a transaction of its own
def test_a_second_demo_changes_nothing_and_its_copies_stay(settings, tmp_path):
    settings.DEBUG = True
    first = run_demo(kansio=tmp_path)
    before = [list(model.objects.order_by("pk").values()) for model in DEMON_TAULUT]
    copies = {path: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()}
    assert [len(re.findall(re.escape(str(path)), first)) for path in copies] == [1, 1]
    assert Ajo.objects.get(komento="varmuuskopio").onnistui, "Palvelun tila kertoo siitä"
    assert run_demo(kansio=tmp_path) in first
    assert copies == {path: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()}
    assert before == [list(model.objects.order_by("pk").values()) for model in DEMON_TAULUT]


@pytest.mark.parametrize("today", [date(2026, 8, 31), date(2026, 9, 1), date(2026, 12, 31), date(2027, 1, 1)])
def test_the_demo_lives_in_the_present(today):
    past, closed, opened = jaksot(today)
    assert past.paattyy < closed.alkaa and closed.paattyy < opened.alkaa
    assert opened.paattyy < today < opened.deadline
    assert today - opened.paattyy < timedelta(days=366)
    assert str(opened.paattyy.year) in opened.nimi
