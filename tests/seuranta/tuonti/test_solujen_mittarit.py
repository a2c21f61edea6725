"""Plans imported before measures and risks had rows get them by a migration, as if they were imported today."""

from importlib import import_module
from types import SimpleNamespace

from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from raportit.osavuosikatsaus import build, to_json
from seuranta.models import Riski, Tuonti
from seuranta.tiedosto.kumous import undo_import
from strategia.models import Mittari, Toimenpide

from .tuontisivut import MITATTU, halli, register, with_cells


def migrate():
    """The migration's own code; the models know the columns that the tables have had since."""
    name = "0012_solujen_mittarit"
    state = MigrationExecutor(connection).loader.project_state([("seuranta", name), ("strategia", "0026_tunnukset")])
    import_module(f"seuranta.migrations.{name}").make_rows(state.apps, SimpleNamespace(connection=connection))


def forget():
    """As an earlier version left it: the cells of text alone."""
    for model in (Mittari, Riski):
        model.objects.filter(toimenpide__nimi="Halli myydään").delete()
        model.history.all().delete()
    for tuonti in Tuonti.objects.all():
        tuonti.muutokset = [change for change in tuonti.muutokset if change["malli"] not in ("mittari", "riski")]
        tuonti.save()


def rows(model):
    return [{**row, "id": None, "tunnus": None} for row in model.objects.filter(toimenpide=halli()).values()]


def history(model):
    names = ("history_type", "history_change_reason", "alkuperainen")
    return list(model.history.filter(toimenpide=halli()).order_by("history_id").values_list(*names))


def test_a_cell_becomes_what_an_import_of_today_makes_of_it(cast, tuo):
    tuo(MITATTU)
    wanted = [rows(model) for model in (Mittari, Riski)]
    forget()
    migrate()
    assert [rows(model) for model in (Mittari, Riski)] == wanted
    migrate()  # twice is once
    assert [rows(model) for model in (Mittari, Riski)] == wanted
    plan_before = register()
    tuo(MITATTU)
    assert register() == plan_before


def test_undo_takes_along_what_the_migration_made(cast, tuo):
    before = register()
    undo_import(_forgotten(tuo(MITATTU)), by=cast.aino)
    assert register() == before


def _forgotten(tuonti):
    forget()
    migrate()
    tuonti.refresh_from_db()
    return tuonti


def test_undo_of_a_later_import_brings_the_cell_back(cast, tuo):
    tuo(MITATTU)
    tuonti = tuo(with_cells("Hinta putoaa.", "Halli myyty tai vuokrattu"))
    kept = [history(model) for model in (Mittari, Riski)]
    undo_import(_forgotten(tuonti), by=cast.aino)
    assert [history(model)[:-1] for model in (Mittari, Riski)] == kept
    assert (halli().mittarit.get().nimi, halli().mittarit.get().laji) == ("Halli myyty", "kylla_ei")
    assert halli().riskit.get().teksti == "Ostajaa ei löydy."


def test_what_a_person_has_typed_is_nobody_elses(cast):
    toimenpide = next(each for each in cast.toimenpiteet if not each.mittarit.exists() and not each.riskit.exists())
    Toimenpide.objects.filter(pk=toimenpide.pk).update(mittari="Kilometrit", riski="–")
    migrate()
    mittari = toimenpide.mittarit.get()
    assert (mittari.nimi, mittari.history.get().history_change_reason) == ("Kilometrit", None)
    assert not toimenpide.riskit.exists()


def test_the_kuntas_own_table_says_the_same_before_and_after(cast, tuo):
    tuo(MITATTU)
    forget()
    now = timezone.now()
    before = [(rivi.mittari, rivi.riski) for rivi in build(cast.jakso, koottu=now).rivit]
    migrate()
    assert [(rivi.mittari, rivi.riski) for rivi in build(cast.jakso, koottu=now).rivit] == before
    assert to_json(build(cast.jakso, koottu=now))
