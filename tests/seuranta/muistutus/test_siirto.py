"""What was sent before stands in the one table of messages: nothing of it is sent again."""

from datetime import date

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from seuranta.muistutus.viestit import remind_due
from strategia.models import Ilmoitusviesti
from tests.cast import build_cast


def migrate(name):
    executor = MigrationExecutor(connection)
    executor.migrate([("seuranta", name)])
    return executor.loader.project_state([("seuranta", name)]).apps


def migrate_to_newest():
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())


@pytest.mark.vain_kokonaisina
@pytest.mark.django_db(transaction=True)
def test_a_reminder_and_a_return_of_before_keep_what_they_were(posti):
    cast = build_cast()
    old = migrate("0015_joukkokirjaukset").get_model("seuranta", "Muistutus")
    sent = {"kunta_id": cast.kunta.pk, "jakso_id": cast.jakso.pk, "kayttaja_id": cast.veikko.pk, "tila": "lahetetty"}
    day = date(2026, 9, 15)
    old.objects.create(**sent, laji="0", paiva=day, toimenpiteet=[cast.vayla.pk], yrityksia=2)
    old.objects.create(**sent, laji="palautus", paiva=day, mittarit=[7], tekija_id=cast.hilkka.pk)
    migrate_to_newest()
    muistutus, palautus = Ilmoitusviesti.objects.of(cast.jakso).order_by("pk")
    assert str(muistutus) == "Osavuosikatsaus II 2026: Veikko Väänänen, määräpäivänä"
    assert (muistutus.laji, muistutus.toimenpiteet, muistutus.yrityksia) == ("muistutus", [cast.vayla.pk], 2)
    assert (palautus.laji, palautus.vaihe, palautus.mittarit, palautus.tekija) == ("palautus", "", [7], cast.hilkka)
    assert cast.veikko not in [m.kayttaja for m in remind_due(cast.kunta, today=day).lahteneet]
