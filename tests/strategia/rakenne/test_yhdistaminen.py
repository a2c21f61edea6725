"""Two painopisteet or two tavoitteet made one: what moves, what stays as it was, what stands in the way."""

import re

import pytest
from django.urls import reverse

from raportit.models import Raporttiversio, Saate
from seuranta.models import Riski, Seurantajakso, Tuonti
from seuranta.tiedosto.kumous import list_obstacles
from seuranta.tiedosto.luenta import store_file
from seuranta.tuonti.esikatselu import plan_stored
from strategia.models import Kirjoitusasu, Painopiste, StrateginenTavoite, Toimenpide, ToimenpideLinkki
from strategia.rakenne.yhdistaminen import suggest_alike
from tests.cast import create_mittari


@pytest.fixture
def kaisa(cast, kirjautunut):
    return kirjautunut(cast.kaisa)


def page_of(row):
    return reverse(f"strategia:{'painopiste' if isinstance(row, Painopiste) else 'tavoite'}-yhdista", args=[row.pk])


def join(client, row, kohde):
    tunniste = re.search(r'name="tunniste" value="(\w+)"', client.get(page_of(row)).text)[1]
    return client.post(page_of(row), {"kohde": kohde.pk, "tunniste": tunniste}, follow=True)


def tavoite_in(painopiste, nimi, **rest):
    return StrateginenTavoite.objects.create(kunta=painopiste.kunta, painopiste=painopiste, nimi=nimi, **rest)


# --- who may not


def test_only_who_coordinates_joins(cast, kirjautunut):
    for row in (cast.painopisteet[0], cast.tavoitteet[0]):
        for person, status in ((cast.veikko, 403), (cast.tarmo, 403), (cast.ulla, 404)):
            client = kirjautunut(person)
            answers = [client.get(page_of(row)), client.post(page_of(row), {"kohde": cast.painopisteet[1].pk})]
            assert [each.status_code for each in answers] == [status, status]
    assert (Painopiste.objects.filter(kunta=cast.kunta).count(), Kirjoitusasu.objects.count()) == (2, 0)


def test_nothing_is_joined_into_another_kuntas_or_into_itself(cast, kaisa):
    theirs = Painopiste.objects.get(kunta=cast.naapuri.kunta)
    for kohde in (theirs, cast.painopisteet[0]):
        assert join(kaisa, cast.painopisteet[0], kohde).status_code == 422
    assert Painopiste.objects.count() == 3


# --- what moves


def test_a_tavoite_is_joined_with_all_that_hangs_on_it(cast, kaisa):
    source, target = cast.tavoitteet[:2]
    StrateginenTavoite.objects.filter(pk=source.pk).update(sitovuus="valtuusto", sdg=["3", "4"])
    StrateginenTavoite.objects.filter(pk=target.pk).update(sdg=["4"])
    riski = Riski.objects.create(kunta=cast.kunta, strategia=cast.strategia, tavoite=source, teksti="Raha loppuu")
    mittari = create_mittari(cast.strategia, {"tavoite": source}, "Autoja", "luku", "", "suurempi", "", {})
    for tavoite in (source, target):
        ToimenpideLinkki.objects.create(kunta=cast.kunta, toimenpide=cast.ranssi, tavoite=tavoite)
    frozen, moved = Raporttiversio.objects.get().data, list(source.toimenpiteet.all())
    kirjaukset = list(cast.vayla.kirjaukset.values_list())
    page = join(kaisa, source, target).text
    assert f"on yhdistetty: ”{target.nimi}”. Siirtyi {len(moved)} toimenpide" in page
    kept = StrateginenTavoite.objects.get(pk=target.pk)
    assert not StrateginenTavoite.objects.filter(pk=source.pk).exists()
    assert (kept.nimi, kept.sitovuus, kept.sdg) == (target.nimi, "valtuusto", ["4", "3"])
    assert {each.pk for each in moved} < {each.pk for each in kept.toimenpiteet.all()}
    places = list(kept.toimenpiteet.values_list("jarjestys", flat=True))
    assert places == sorted(places)
    assert kept.linkit.count() == 1
    for row in (riski, mittari):
        row.refresh_from_db()
        assert (row.tavoite, row.history.first().history_user) == (kept, cast.kaisa)
    for toimenpide in moved:
        assert toimenpide.history.first().history_user == cast.kaisa
    history = kaisa.get(reverse("seuranta:toimenpide-detail", args=[cast.vayla.pk])).text
    assert "poistettu tai yhdistetty" in history
    assert (Raporttiversio.objects.get().data, list(cast.vayla.kirjaukset.values_list())) == (frozen, kirjaukset)


def test_painopisteet_are_joined_with_tavoitteet_of_one_name_and_the_reports_texts(cast, kaisa):
    source, target = cast.painopisteet
    twin = tavoite_in(target, cast.tavoitteet[0].nimi.upper())
    saate = Saate.objects.create(
        kunta=cast.kunta, jakso=cast.jakso, painopisteet={str(source.pk): "Toinen", str(target.pk): "Ensin"}, versio=3
    )
    join(kaisa, source, target)
    [left] = Painopiste.objects.filter(kunta=cast.kunta)
    assert left == target
    names = [tavoite.nimi for tavoite in left.tavoitteet.all()]
    assert names.count(twin.nimi) == 1
    assert cast.tavoitteet[0].nimi not in names
    assert Toimenpide.objects.get(pk=cast.vayla.pk).tavoite == twin
    saate.refresh_from_db()
    assert (saate.painopisteet, saate.versio) == ({str(target.pk): "Ensin\n\nToinen"}, 4)
    assert saate.history.first().history_user == cast.kaisa
    draft = kaisa.get(reverse("raportit:luonnos", args=[cast.jakso.pk])).text
    assert source.nimi not in draft


def test_the_one_with_a_risk_of_a_closed_jakso_stays_under_the_others_name(cast, kaisa):
    source, target = cast.tavoitteet[:2]
    risk = {"kunta": cast.kunta, "strategia": cast.strategia, "teksti": "Suljetun riski", "jakso": cast.edellinen}
    Seurantajakso.objects.filter(pk=cast.edellinen.pk).update(tila="avoinna")
    riski = Riski.objects.create(tavoite=source, **risk)
    Seurantajakso.objects.filter(pk=cast.edellinen.pk).update(tila="suljettu")
    join(kaisa, source, target)
    kept = StrateginenTavoite.objects.get(pk=source.pk)
    assert (kept.nimi, kept.jarjestys) == (target.nimi, target.jarjestys)
    assert not StrateginenTavoite.objects.filter(pk=target.pk).exists()
    assert Toimenpide.objects.get(pk=cast.kerho.pk).tavoite == kept
    assert Kirjoitusasu.objects.get().asu == source.nimi
    riski.refresh_from_db()
    assert riski.tavoite == kept


# --- what stands in the way


@pytest.mark.parametrize("what", ["toimenpide", "mittari", "suljetun riski"])
def test_what_would_be_twice_or_cannot_move_is_told_and_nothing_is_joined(what, cast, kaisa):
    source, target = cast.tavoitteet[:2]
    nimi = cast.vayla.nimi
    if what == "toimenpide":
        Toimenpide.objects.create(kunta=cast.kunta, tavoite=target, nimi=nimi.upper())
    elif what == "mittari":
        for tavoite in (source, target):
            create_mittari(cast.strategia, {"tavoite": tavoite}, nimi, "luku", "", "suurempi", "", {})
    else:
        Seurantajakso.objects.filter(pk=cast.edellinen.pk).update(tila="avoinna")
        for tavoite in (source, target):
            Riski.objects.create(
                kunta=cast.kunta, strategia=cast.strategia, tavoite=tavoite, teksti="R", jakso=cast.edellinen
            )
        Seurantajakso.objects.filter(pk=cast.edellinen.pk).update(tila="suljettu")
    answer = join(kaisa, source, target)
    told = "suljetun jakson riskejä" if what == "suljetun riski" else f"”{nimi}” on kummankin alla."
    assert (answer.status_code, told in answer.text) == (422, True)
    assert StrateginenTavoite.objects.filter(pk__in=[source.pk, target.pk]).count() == 2


def test_two_who_change_the_structure_see_each_other(cast, kaisa):
    source, target = cast.tavoitteet[:2]
    edit = reverse("strategia:tavoite-muokkaa", args=[target.pk])
    opened = kaisa.get(edit).context["form"]
    shown = re.search(r'name="tunniste" value="(\w+)"', kaisa.get(page_of(source)).text)[1]
    tavoite_in(cast.painopisteet[0], "Kolmas")
    answer = kaisa.post(page_of(source), {"kohde": target.pk, "tunniste": shown})
    assert (answer.status_code, "muuttanut rakennetta sillä välin" in answer.text) == (409, True)
    StrateginenTavoite.objects.filter(pk=source.pk).update(sdg=["13"])
    join(kaisa, source, target)
    data = {"nimi": "Uusi nimi", "painopiste": target.painopiste_id, "versio": opened["versio"].value()}
    assert kaisa.post(edit, data).status_code == 409  # its goals came with the other
    toimenpide = reverse("strategia:tavoite-muokkaa", args=[source.pk])
    assert kaisa.post(toimenpide, data).status_code == 404


# --- the files before and after


TAULUKKO = (
    "Painopiste;Strateginen tavoite;Toimenpide;Toimiala;Toteutumisaste\n"
    "{p};{t};{n};Tekniset palvelut;3\n{p};Muu tavoite;Uusi teko;Tekniset palvelut;2\n"
)


def planned(cast, painopiste, tavoite, nimi):
    text = TAULUKKO.format(p=painopiste, t=tavoite, n=nimi)
    tuonti = store_file(cast.kunta, text.encode(), "taulu.csv", by=cast.aino)
    return plan_stored(tuonti)


def test_the_next_file_finds_what_was_joined(cast, kaisa):
    old, (tavoite, target) = cast.painopisteet[0].nimi, cast.tavoitteet[:2]
    join(kaisa, tavoite, target)
    join(kaisa, cast.painopisteet[0], cast.painopisteet[1])
    plan = planned(cast, old, tavoite.nimi, cast.vayla.nimi)
    known, new = plan.rows
    assert known.toimenpide_id == cast.vayla.pk
    assert (known.painopiste, known.tavoite) == (cast.painopisteet[1].nimi, target.nimi)
    assert (new.painopiste, new.tavoite) == (cast.painopisteet[1].nimi, "Muu tavoite")
    assert "tavoite" not in known.changes
    told = [issue.fi for issue in plan.luettu.notices if issue.code == "spelling_joined"]
    assert len(told) == 2
    assert f"”{old}” luettiin samaksi kuin ”{cast.painopisteet[1].nimi}”, johon se on yhdistetty." in told


def test_an_import_before_the_joining_is_not_undone_into_what_is_no_more(cast, kaisa):
    source, target = cast.tavoitteet[:2]
    made = {"malli": "toimenpide", "id": cast.vayla.pk, "luotu": False, "ennen": {"tavoite": source.pk}}
    Toimenpide.objects.filter(tavoite=source).update(tavoite=target)
    tuonti = Tuonti.objects.create(
        kunta=cast.kunta, tiedostonimi="a.csv", sha256="0" * 64, tila=Tuonti.Tila.TALLENNETTU, muutokset=[made]
    )
    join(kaisa, source, target)
    told = [este.sana for este in list_obstacles(tuonti, by=cast.aino)]
    assert "Tavoite, jonka alta tuonti siirsi 1 toimenpidettä, on poistettu tai yhdistetty." in told


# --- what is offered


def test_near_spellings_are_offered_and_the_likest_is_first(cast, kaisa):
    painopiste = cast.painopisteet[0]
    near = tavoite_in(painopiste, "Turvaliset koulutiet", jarjestys=9)
    for nimi in ("Tavoite 1", "Tavoite 2"):
        tavoite_in(painopiste, nimi, jarjestys=9)
    page = kaisa.get(reverse("strategia:strategia-rakenne", args=[cast.strategia.pk])).text
    assert "Onko sama kahdesti?" in page
    assert f"{page_of(near)}?kohde={cast.tavoitteet[0].pk}" in page
    rows = list(painopiste.tavoitteet.all())
    assert suggest_alike(rows) == [(cast.tavoitteet[0], near)]
    shown = kaisa.get(page_of(near)).context["form"].fields["kohde"].choices
    assert shown[0][0] == cast.tavoitteet[0].pk
    join(kaisa, near, cast.tavoitteet[0])
    assert "Onko sama kahdesti?" not in kaisa.get(reverse("strategia:strategia-rakenne", args=[cast.strategia.pk])).text
