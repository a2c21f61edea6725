"""The plan of a table: what is read for it, what its fingerprint tells, and what its saving writes."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from seuranta.models import Kirjaus, Seurantajakso
from seuranta.taulukko.rows import read
from seuranta.tuonti.plan import Target, build_plan
from strategia.models import Toimenpide

from .tuontisivut import UUSI, VANHA, tallenna, xlsx


@pytest.fixture
def suunnittele(cast):
    """`suunnittele(luettu)`: its plan in the cast's strategia and open jakso."""

    def plan(luettu):
        return build_plan(luettu, Target(kunta=cast.kunta.nimi, strategia=cast.strategia.nimi))

    return plan


@pytest.fixture
def luettu(cast):
    return read(xlsx(UUSI, VANHA), "seuranta.xlsx", jakso=cast.jakso.nimi)


@pytest.fixture
def viime_vuosi(cast):
    """An earlier jakso in which the row VANHA has its score."""
    jakso = Seurantajakso.objects.create(
        kunta=cast.kunta,
        strategia=cast.strategia,
        nimi="Viime vuosi",
        tila=Seurantajakso.Tila.AVOINNA,
        paattyy=date(2020, 12, 31),
    )
    toimenpide = Toimenpide.objects.get(kunta=cast.kunta, nimi=VANHA[2])
    Kirjaus.objects.create(kunta=cast.kunta, jakso=jakso, toimenpide=toimenpide, toteutumisaste=2, syy="")
    return jakso


def test_only_the_jaksot_of_the_file_are_read(cast, suunnittele, luettu, viime_vuosi):
    stored = suunnittele(luettu).register.kirjaukset
    assert {jakso for jakso, _toimenpide in stored} <= {cast.jakso.pk}
    both = replace(luettu, jaksot=(*luettu.jaksot, viime_vuosi.nimi))
    assert viime_vuosi.pk in {jakso for jakso, _toimenpide in suunnittele(both).register.kirjaukset}


def test_a_score_of_another_jakso_still_tells_that_a_row_had_begun(suunnittele, luettu, viime_vuosi):
    Toimenpide.objects.filter(nimi=VANHA[2]).update(voimassa_alkaen=None, voimassa_asti=None)
    rows = tuple(replace(rivi, voimassa={"alkaa": "2024-01-01", "paattyy": "2030-12-31"}) for rivi in luettu.rows)
    plan = suunnittele(replace(luettu, rows=rows))
    vanha = next(row for row in plan.rows if row.rivi.toimenpide == VANHA[2])
    assert "voimassa_alkaen" not in vanha.changes
    assert vanha.changes["voimassa_asti"] == (None, date(2030, 12, 31))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *((name, "Toinen") for name in ("painopiste", "tavoite", "toimialan_tavoite", "koodi", "toimenpide")),
        *((name, "Toinen") for name in ("toimielin", "vastuu", "riski", "mittari")),
        ("sdg", ("13",)),
        ("omat", {"Prioriteetti": "1"}),
        ("voimassa", {"alkaa": None, "paattyy": "2030-12-31"}),
    ],
)
def test_whatever_a_new_row_would_write_is_in_the_fingerprint(suunnittele, luettu, name, value):
    first, *rest = luettu.rows
    other = replace(luettu, rows=(replace(first, **{name: value}), *rest))
    assert suunnittele(luettu).fingerprint != suunnittele(other).fingerprint


def test_the_order_in_which_keys_were_stored_is_not_in_it(suunnittele, luettu):
    first, *rest = luettu.rows
    omat = {"Prioriteetti": "1", "Budjetti": "2"}
    one, other = (
        replace(luettu, rows=(replace(first, omat=each), *rest)) for each in (omat, dict(reversed(omat.items())))
    )
    assert suunnittele(one).fingerprint == suunnittele(other).fingerprint


def test_a_saving_does_not_write_the_rows_that_were_read_anew(aino, laheta):
    tuonti = laheta(UUSI)
    with CaptureQueriesContext(connection) as queries:
        assert "Tuonti on tallennettu." in tallenna(aino, tuonti)
    updates = [each["sql"] for each in queries if each["sql"].startswith('UPDATE "seuranta_tuonti"')]
    assert updates
    assert not [sql for sql in updates if '"jasennetty" =' in sql and '"tallennettu" =' in sql]
    tuonti.refresh_from_db()
    assert (tuonti.tila, tuonti.strategia.nimi, len(tuonti.jasennetty["rows"])) == (
        "tallennettu",
        Toimenpide.objects.get(nimi=UUSI[2]).tavoite.painopiste.strategia.nimi,
        1,
    )
