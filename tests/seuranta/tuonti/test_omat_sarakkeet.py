"""The municipality's own columns and its other units: kept with their heading, and as safe as a comment."""

from dataclasses import replace

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from seuranta.jakso.havainnot import check_before_closing
from seuranta.models import Kirjaus, Seurantajakso, Vastaus
from seuranta.resources import KirjausResource
from seuranta.taulukko.rows import read
from seuranta.tiedosto.kumous import undo_import
from seuranta.tiedosto.plan import SuunnitelmaMuuttui
from seuranta.tiedosto.rivit import list_rows
from seuranta.tuonti.apply import apply_plan
from seuranta.tuonti.lahdevertailu import compare
from seuranta.tuonti.plan import Target, build_plan
from strategia.models import MuuToimiala, Toimenpide, Toimiala

from ..taulukko.taulukot import book

OTSIKOT = ["Painopiste", "Strateginen tavoite", "Toimenpide", "Toimiala", "Toteutumisaste", "Kommentti"]
RIVI = ["Rohkea talous", "Tilat käyttöön", "Tyhjistä luovutaan", "Tekniset palvelut", 3, "Kaksi myyty."]
TOINEN = ["Rohkea talous", "Tilat käyttöön", "Avataan työtila", "Sivistyspalvelut", 2, "Suunnitellaan."]


def luettu(*omat, jakso, muut=(), alkuperainen=None, rows=(RIVI, TOINEN)):
    """The table as read, with these own columns: of each row (of the toimenpide, of its kirjaus)."""
    made = read(book(OTSIKOT, *rows), "seuranta.xlsx", jakso=jakso.nimi)
    told = []
    for line, (rivi, (oma, kirjauksen)) in enumerate(zip(made.rows, omat, strict=True), 2):
        kirjaus = replace(
            rivi.kirjaukset[0],
            omat=kirjauksen,
            own_cells={f"Taul1!{'KL'[n]}{line}": otsikko for n, otsikko in enumerate(kirjauksen)},
            alkuperainen=alkuperainen,
        )
        cells = {f"Taul1!{'GHI'[n]}{line}": otsikko for n, otsikko in enumerate(oma)}
        told.append(replace(rivi, omat=oma, own_cells=cells, kirjaukset=(kirjaus,), muut_toimialat=tuple(muut)))
    names = {"oma": dict.fromkeys(h for oma, _k in omat for h in oma)}
    names["oma.kirjaus"] = dict.fromkeys(h for _o, kirjauksen in omat for h in kirjauksen)
    columns = [(rooli, otsikko, jakso.nimi if "." in rooli else None) for rooli in names for otsikko in names[rooli]]
    above = (*made.above, *("" for _ in columns))
    return replace(made, rows=tuple(told), columns=(*made.columns, *columns), above=above)


OMAT = [({"Prioriteetti": "1", "Budjetti": "1 234,50 €"}, {"Huomiot": "Kesken"}), ({"Prioriteetti": "2"}, {})]


@pytest.fixture
def vie(cast):
    """`vie(luettu)`: write it for the cast's strategia; returns the Tuonti."""

    def write(told, **target):
        target = Target(kunta=cast.kunta.nimi, strategia=cast.strategia.nimi, **target)
        plan, tuonti = apply_plan(told, target, data=b"x", name="seuranta.xlsx")
        assert tuonti, [error.fi for error in plan.errors]
        return tuonti

    return write


@pytest.fixture
def suunnittele(cast):
    def plan(told, **target):
        return build_plan(told, Target(kunta=cast.kunta.nimi, strategia=cast.strategia.nimi, **target))

    return plan


def oma():
    return Toimenpide.objects.get(nimi="Tyhjistä luovutaan").omat


def kirjauksen():
    return Kirjaus.objects.get(toimenpide__nimi="Tyhjistä luovutaan").omat


def columns(strategia):
    strategia.refresh_from_db()
    return [(s["rooli"], s["otsikko"], s.get("piilossa")) for s in strategia.sarakkeet if s["rooli"].startswith("oma")]


# --- in, again, and back


def test_they_are_kept_in_order_and_in_no_report_until_chosen(cast, vie):
    vie(luettu(*OMAT, jakso=cast.jakso))
    assert oma() == {"Prioriteetti": "1", "Budjetti": "1 234,50 €"}
    assert kirjauksen() == {"Huomiot": "Kesken"}
    assert columns(cast.strategia) == [
        ("oma", "Prioriteetti", True), ("oma", "Budjetti", True), ("oma.kirjaus", "Huomiot", True)
    ]  # fmt: skip
    assert "oma" not in cast.strategia.piilotetut


def test_the_second_time_nothing_changes_and_an_empty_cell_erases_nothing(cast, vie, suunnittele):
    vie(luettu(*OMAT, jakso=cast.jakso))
    assert suunnittele(luettu(*OMAT, jakso=cast.jakso)).counts["same"] == 2
    emptied = suunnittele(luettu(({"Prioriteetti": ""}, {}), ({}, {}), jakso=cast.jakso))
    assert emptied.counts["same"] == 2


def test_a_change_is_told_by_its_heading_and_a_new_column_comes_last(cast, vie, suunnittele):
    vie(luettu(*OMAT, jakso=cast.jakso))
    told = luettu(({"Prioriteetti": "3", "Riskiluokka": "B"}, {"Huomiot": "Valmis"}), ({}, {}), jakso=cast.jakso)
    rivi = list_rows(suunnittele(told))[0]
    assert [(str(sana), ennen, nyt) for sana, ennen, nyt in rivi.muuttuvat] == [
        ("Prioriteetti", "1", "3"), ("Riskiluokka", "", "B"), (f"Huomiot, {cast.jakso.nimi}", "Kesken", "Valmis")
    ]  # fmt: skip
    vie(told)
    assert oma() == {"Prioriteetti": "3", "Budjetti": "1 234,50 €", "Riskiluokka": "B"}
    assert columns(cast.strategia)[-1] == ("oma", "Riskiluokka", True)


def test_undo_brings_back_values_and_columns(cast, vie):
    vie(luettu(*OMAT, jakso=cast.jakso))
    before = [oma(), kirjauksen(), columns(cast.strategia)]
    changed = luettu(({"Prioriteetti": "9", "Uusi": "x"}, {"Huomiot": "Toisin"}), ({}, {}), jakso=cast.jakso)
    tuonti = vie(changed)
    assert [oma(), kirjauksen()] != before[:2]
    undo_import(tuonti, by=cast.aino)
    assert [oma(), kirjauksen(), columns(cast.strategia)] == before


# --- a person's own


def test_what_a_person_has_saved_since_is_a_conflict_at_its_own_cell(cast, vie, suunnittele):
    vie(luettu(*OMAT, jakso=cast.jakso))
    Toimenpide.objects.filter(nimi="Tyhjistä luovutaan").update(omat={"Prioriteetti": "5", "Budjetti": "1 234,50 €"})
    told = luettu(({"Prioriteetti": "3", "Budjetti": "2 000 €"}, {"Huomiot": "Uusi"}), ({}, {}), jakso=cast.jakso)
    plan = suunnittele(told)
    assert [(error.cell, error.code) for error in plan.errors] == [("Taul1!G2", "conflict")]
    assert "Arvon ”5” on tallentanut ihminen" in plan.errors[0].fi
    assert plan.rows[0].changes["omat"][1] == {"Prioriteetti": "5", "Budjetti": "2 000 €"}
    vie(told, ristiriidat={"Taul1!G2": "tiedosto"})
    assert oma() == {"Prioriteetti": "3", "Budjetti": "2 000 €"}


def test_a_kirjauksen_own_text_that_a_person_changed_is_one_too(cast, vie, suunnittele):
    vie(luettu(*OMAT, jakso=cast.jakso))
    Kirjaus.objects.filter(toimenpide__nimi="Tyhjistä luovutaan").update(omat={"Huomiot": "Ihmisen"})
    told = luettu(({}, {"Huomiot": "Tiedoston"}), ({}, {}), jakso=cast.jakso)
    assert [(error.cell, error.code) for error in suunnittele(told).errors] == [("Taul1!K2", "conflict")]
    vie(told, ristiriidat={"Taul1!K2": "nykyinen"})
    assert kirjauksen() == {"Huomiot": "Ihmisen"}


def test_a_closed_jakso_takes_none(cast, vie):
    vie(luettu(*OMAT, jakso=cast.jakso))
    Seurantajakso.objects.filter(pk=cast.jakso.pk).update(tila=Seurantajakso.Tila.SULJETTU)
    with pytest.raises(DatabaseError), transaction.atomic():
        Kirjaus.objects.filter(toimenpide__nimi="Tyhjistä luovutaan").update(omat={})
    assert kirjauksen() == {"Huomiot": "Kesken"}


def test_a_changed_plan_is_seen_before_it_is_written(cast, vie, suunnittele):
    told = luettu(*OMAT, jakso=cast.jakso)
    first = suunnittele(told)
    other = suunnittele(luettu(({"Prioriteetti": "7"}, {}), ({}, {}), jakso=cast.jakso))
    assert first.fingerprint != other.fingerprint
    assert SuunnitelmaMuuttui(first).plan is first


# --- where they are shown


def test_the_toimenpides_page_shows_them_and_their_history(cast, vie, kirjautunut):
    vie(luettu(*OMAT, jakso=cast.jakso))
    vie(luettu(({"Prioriteetti": "3"}, {"Huomiot": "Valmis"}), ({}, {}), jakso=cast.jakso))
    path = reverse("seuranta:toimenpide-detail", args=[Toimenpide.objects.get(nimi="Tyhjistä luovutaan").pk])
    page = kirjautunut(cast.kaisa).get(path).text
    for text in ("<dt>Prioriteetti</dt>", "<dt>Budjetti</dt>", "1 234,50 €", "Huomiot:</b> Valmis", "Kesken"):
        assert text in page
    assert "Prioriteetti" not in kirjautunut(cast.liisa).get(path).text


def test_they_are_found_by_those_who_follow_and_by_others_once_chosen(cast, vie, kirjautunut):
    vie(luettu(({"Kumppani": "Äijänsuon osuuskunta"}, {"Huomiot": "Kuutamokeikka"}), ({}, {}), jakso=cast.jakso))
    for word in ("äijänsuon", "kuutamokeikka"):
        assert "1 osuma." in kirjautunut(cast.kaisa).get("/haku/", {"q": word}).text
        assert "ei löytynyt mitään" in kirjautunut(cast.liisa).get("/haku/", {"q": word}).text
    cast.strategia.refresh_from_db()
    for sarake in cast.strategia.sarakkeet:
        sarake.pop("piilossa", None)
    cast.strategia.save()
    assert "1 osuma." in kirjautunut(cast.liisa).get("/haku/", {"q": "äijänsuon"}).text


def test_the_flat_table_has_a_column_of_each_that_is_filled(cast, vie):
    vie(luettu(*OMAT, jakso=cast.jakso))
    data = KirjausResource().export(Kirjaus.objects.filter(jakso=cast.jakso))
    assert data.headers[-1] == "Huomiot"
    assert data.headers[data.headers.index("Prioriteetti") :][:3] == ["Prioriteetti", "Budjetti", "Jakso"]
    row = next(row for row in data.dict if row["Toimenpide"] == "Tyhjistä luovutaan")
    assert (row["Prioriteetti"], row["Budjetti"], row["Huomiot"]) == ("1", "1 234,50 €", "Kesken")
    assert KirjausResource().export(Kirjaus.objects.filter(toimenpide__omat={})).headers[-1] != "Huomiot"


def test_the_source_beside_what_is_stored_has_their_columns_and_no_difference(cast, vie, monkeypatch):
    told = luettu(*OMAT, jakso=cast.jakso, alkuperainen="Kesken")
    tuonti = vie(told)
    monkeypatch.setattr("seuranta.tuonti.esikatselu.read_once", lambda *_args, **_choices: told)
    vertailu = compare(tuonti)
    assert vertailu.otsikot[-3:] == ("Prioriteetti", "Budjetti", "Huomiot")
    assert [solu.talletettu for solu in vertailu.rows[0].solut[-3:]] == ["1", "1 234,50 €", "Kesken"]
    assert vertailu.eroja == 0
    Toimenpide.objects.filter(nimi="Tyhjistä luovutaan").update(omat={"Prioriteetti": "8"})
    assert [solu.cell for solu in compare(tuonti).rows[0].solut if solu.on_ero] == ["Taul1!G2", "Taul1!H2"]


def test_personal_data_in_one_that_is_published_is_told_before_closing(cast, vie):
    vie(luettu(({"Kumppani": "soita 040 123 4567"}, {"Huomiot": "aino@kunta.example"}), ({}, {}), jakso=cast.jakso))

    def told():
        cast.jakso.strategia.refresh_from_db()
        rivit = check_before_closing(cast.jakso).rivit
        return {h.selite for rivi in rivit for h in rivi.havainnot if h.laji == "tieto"}

    assert told() == set()
    for sarake in cast.jakso.strategia.sarakkeet:
        sarake.pop("piilossa", None)
    cast.jakso.strategia.save()
    assert told() == {"Kumppani: puhelinnumero 040 123 4567", "Huomiot: sähköpostiosoite aino@kunta.example"}


# --- what the table showed as the score


def test_the_sources_own_score_is_kept_until_a_person_changes_the_score(cast, vie, suunnittele):
    vie(luettu(({}, {}), ({}, {}), jakso=cast.jakso, alkuperainen="Kesken"))
    kirjaus = Kirjaus.objects.get(toimenpide__nimi="Tyhjistä luovutaan")
    assert kirjaus.alkuperainen == "Kesken"
    assert suunnittele(luettu(({}, {}), ({}, {}), jakso=cast.jakso, alkuperainen="Kesken")).counts["same"] == 2
    vastaus = Vastaus(versio=kirjaus.versio, toteutumisaste=5, kommentti=kirjaus.kommentti)
    Kirjaus.objects.record(cast.jakso, {kirjaus.toimenpide: vastaus}, by=cast.veikko)
    kirjaus.refresh_from_db()
    assert (kirjaus.toteutumisaste, kirjaus.alkuperainen) == (5, "")


# --- other units


def muut(nimi="Tyhjistä luovutaan"):
    return set(MuuToimiala.objects.filter(toimenpide__nimi=nimi).values_list("toimiala__nimi", flat=True))


def test_the_units_after_the_first_stand_beside_it(cast, vie, suunnittele):
    told = luettu(({}, {}), jakso=cast.jakso, muut=["Sivistyspalvelut"], rows=(RIVI,))
    tuonti = vie(told)
    assert muut() == {"Sivistyspalvelut"}
    assert suunnittele(told).counts["same"] == 1
    undo_import(tuonti, by=cast.aino)
    assert (
        not MuuToimiala.objects.filter(toimiala__nimi="Sivistyspalvelut")
        .exclude(toimenpide__in=cast.toimenpiteet)
        .exists()
    )


def test_a_later_file_adds_to_them_and_takes_none_away(cast, vie, suunnittele):
    vie(luettu(({}, {}), jakso=cast.jakso, muut=["Sivistyspalvelut"], rows=(RIVI,)))
    assert suunnittele(luettu(({}, {}), jakso=cast.jakso, rows=(RIVI,))).counts["same"] == 1
    added = luettu(({}, {}), jakso=cast.jakso, muut=["Hallinto"], rows=(RIVI,))
    rivi = list_rows(suunnittele(added, create_toimialat=True))[0]
    assert [(str(sana), *pair) for sana, *pair in rivi.muuttuvat] == [
        ("Muut toimialat", "Sivistyspalvelut", "Sivistyspalvelut, Hallinto")
    ]
    tuonti = vie(added, create_toimialat=True)
    assert muut() == {"Sivistyspalvelut", "Hallinto"}
    undo_import(tuonti, by=cast.aino)
    assert muut() == {"Sivistyspalvelut"}


def test_an_unknown_unit_among_them_is_asked_by_its_own_name(cast, suunnittele):
    told = luettu(({}, {}), jakso=cast.jakso, muut=["Tuntematon osasto"], rows=(RIVI,))
    plan = suunnittele(told)
    assert [(error.code, error.value) for error in plan.errors] == [("unknown_toimiala", "Tuntematon osasto")]
    assert not Toimiala.objects.filter(nimi="Tuntematon osasto").exists()
