"""New rows that may be known toimenpiteet by another name: compared once, until a name of theirs changes."""

import json

import pytest
from django.core.cache import cache

from seuranta.models import Tuonti
from seuranta.taulukko.rows import read
from seuranta.tuonti import nimenvaihdot
from seuranta.tuonti.plan import Target, build_plan
from strategia.models import Painopiste, Strategia, StrateginenTavoite, Toimenpide

from .tuontisivut import UUSI, paata, sivu, tallenna, xlsx

VANHA = "Ränssin koulu vuokrataan yrityksille"
NIMI = "Ränssin koulu vuokrataan yritykselle"
RIVI = [*UUSI[:2], NIMI, *UUSI[3:]]
LUETTU = read(xlsx(RIVI), "seuranta.xlsx")


@pytest.fixture
def verratut(monkeypatch):
    """[the names that were compared], one entry a comparison of a whole file."""
    compare, told = nimenvaihdot._compare, []
    monkeypatch.setattr(nimenvaihdot, "_compare", lambda names, missing: told.append(names) or compare(names, missing))
    return told


def test_pages_of_one_preview_compare_its_names_once(aino, laheta, verratut):
    tuonti = laheta(RIVI)
    verratut.clear()
    for nayta in ("nimet", "kaikki", "nimet"):
        page = sivu(aino, tuonti, nayta=nayta)
    assert f"On sama kuin: {VANHA}" in page
    assert len(verratut) <= 1
    paata(aino, tuonti, **{"tilanne": "2026-08-31"})  # a decision that changes no name
    assert f"On sama kuin: {VANHA}" in sivu(aino, tuonti, nayta="nimet")
    assert len(verratut) <= 1


def test_a_name_that_changes_meanwhile_is_compared_anew(cast, aino, laheta, verratut):
    tuonti = laheta(RIVI)
    assert f"On sama kuin: {VANHA}" in sivu(aino, tuonti, nayta="nimet")
    Toimenpide.objects.filter(nimi=VANHA).update(nimi="Ränssin koulu vuokrataan yhdistyksille")
    page = sivu(aino, tuonti, nayta="nimet")
    assert "On sama kuin: Ränssin koulu vuokrataan yhdistyksille" in page
    assert VANHA not in page
    Toimenpide.objects.filter(nimi="Ränssin koulu vuokrataan yhdistyksille").update(nimi="Uimahalli puretaan")
    assert "On sama kuin" not in sivu(aino, tuonti, nayta="nimet")


@pytest.mark.parametrize("kept", ["{", "", "[]", "null", "{}", '{"verrattu": 1}', None, 7])
def test_what_is_kept_in_another_shape_is_compared_anew(kept, aino, laheta, verratut):
    tuonti = laheta(RIVI)
    cache.set(f"nimenvaihdot-{tuonti.pk}", kept)
    assert f"On sama kuin: {VANHA}" in sivu(aino, tuonti, nayta="nimet")
    assert len(verratut) == 1 + 1  # when it came, and now


def test_what_is_chosen_is_checked_against_the_same_names(cast, aino, laheta, verratut):
    vanha, tuonti = Toimenpide.objects.get(nimi=VANHA), laheta(RIVI)
    paata(aino, tuonti, **{"toimenpide|Sheet!C2": str(vanha.pk)})
    tallenna(aino, tuonti)
    vanha.refresh_from_db()
    assert vanha.nimi == NIMI


def test_two_kunnat_with_the_same_table_share_nothing(cast, verratut):
    naapuri = cast.naapuri.kunta
    strategia = Strategia.objects.create(kunta=naapuri, nimi="Sama strategia")
    painopiste = Painopiste.objects.create(kunta=naapuri, strategia=strategia, nimi=UUSI[0])
    tavoite = StrateginenTavoite.objects.create(kunta=naapuri, painopiste=painopiste, nimi=UUSI[1])
    heidan = Toimenpide.objects.create(kunta=naapuri, tavoite=tavoite, nimi=VANHA)
    oma = Toimenpide.objects.get(kunta=cast.kunta, nimi=VANHA)
    for kunta, nimi, toimenpide in ((cast.kunta, cast.strategia.nimi, oma), (naapuri, strategia.nimi, heidan)):
        plan = build_plan(LUETTU, Target(kunta=kunta.nimi, strategia=nimi))
        # The same number, as it would be where the database is of an older copy and the cache is not.
        [(_row, likes)] = nimenvaihdot.suggest_renamed(Tuonti(pk=1, kunta=kunta), plan)
        assert [each.id for each in likes] == [toimenpide.pk]
    assert len(verratut) == 2


def test_a_file_keeps_one_comparison_of_places_and_ids(cast, verratut, monkeypatch):
    kept = {}
    monkeypatch.setattr(cache, "set", lambda key, value, timeout: kept.update({key: (json.loads(value), timeout)}))
    tuonti, oma = Tuonti(pk=7, kunta=cast.kunta), Toimenpide.objects.get(nimi=VANHA)
    for nimi in (VANHA, "Ränssin koulu vuokrataan yhdistyksille"):
        Toimenpide.objects.filter(pk=oma.pk).update(nimi=nimi)
        nimenvaihdot.suggest_renamed(
            tuonti, build_plan(LUETTU, Target(kunta=cast.kunta.nimi, strategia=cast.strategia.nimi))
        )
    [(value, timeout)] = kept.values()
    assert value["loydetyt"] == [[0, [oma.pk]]]
    assert timeout <= 24 * 3600
