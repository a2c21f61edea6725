"""Choices as they were stored, one JSON a file, become decisions of who sent the file; and back.

All in one database and on one journey: the way there and back takes longer than they do.
"""

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from seuranta.models import Paatos, Tuonti
from seuranta.tiedosto.paatokset import read_decisions

pytestmark = [pytest.mark.vain_kokonaisina, pytest.mark.django_db(transaction=True)]
ENNEN, NYT = ("seuranta", "0001_initial"), ("seuranta", "0004_ilman_valintoja")
LUOTU = datetime(2026, 3, 4, 5, 6, tzinfo=UTC)
VANHAT = {
    "jakso": "Osavuosikatsaus I 2026",
    "strategia": "Kirkkoranta 2030",
    "tilanne": "2026-08-31",
    "asteikko": True,
    "sarakkeet": {"E": "toteutumisaste", "F": ""},
    "solut": {"Taul1!E2": "4", "Taul1!F2": ""},
    "ristiriidat": {"Taul1!E3": "tiedosto", "Taul1!F3": "molemmat"},
    "toimialat": {"sivistyspalv": 7, "vesi": None},
    "toimenpiteet": {"Taul1!C5": 12},
    "kysytyt": ["Taul1!E1"],
    "ohitetut": ["Taul1!E4"],
    "paatettavat": [31, 32],
}
PAATOKSIKSI = {
    "jakso": {"": "Osavuosikatsaus I 2026"},
    "strategia": {"": "Kirkkoranta 2030"},
    "tilanne": {"": date(2026, 8, 31)},
    "asteikko": {"": True},
    "sarake": {"E": "toteutumisaste", "F": ""},
    "solu": {"Taul1!E2": "4", "Taul1!F2": ""},
    "ristiriita": {"Taul1!E3": "tiedosto", "Taul1!F3": "molemmat"},
    "toimiala": {"sivistyspalv": 7, "vesi": "uusi"},
    "toimenpide": {"Taul1!C5": 12},
    "kysymys": {"Taul1!E1": "ei"},
    "ohita": {"Taul1!E4": True},
    "paata": {"31": True, "32": True},
}
OSIN = {"tilanne": "15.9.2023", "jakso": "Syksy 2026", "solut": {"Taul1!E2": 4, "Taul1!E3": "5"}}
OSIN_PAATOKSIKSI = {"jakso": {"": "Syksy 2026"}, "solu": {"Taul1!E3": "5"}}
VAARAT = [
    {"tilanne": "15.9.2023"},
    {"tilanne": 20230915},
    {"jakso": 5, "strategia": ["x"], "asteikko": "kyllä"},
    {"jakso": "", "strategia": None},
    {"sarakkeet": ["E"], "solut": {"Taul1!E2": 4}, "ristiriidat": {"Taul1!E3": "jotain"}},
    {"toimialat": {"vesi": "7"}, "toimenpiteet": {"Taul1!C5": True}},
    {"kysytyt": "Taul1!E1", "ohitetut": {"Taul1!E4": 1}, "paatettavat": None},
    {"jotain muuta": {"x": 1}},
    ["jakso"],
    "jakso",
    7,
]


@pytest.fixture
def siirra():
    """`siirra(target)`: migrate there and get the Tuonti as it was; at the end the newest stand again."""

    def migrate(target):
        MigrationExecutor(connection).migrate([target])
        return MigrationExecutor(connection).loader.project_state([target]).apps.get_model("seuranta", "Tuonti").objects

    yield migrate
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())


def store(tuonnit, valinnat, cast):
    """The id of a file that Aino sent, with its choices as they were stored."""
    sent = {"kunta_id": cast.kunta.pk, "tekija_id": cast.aino.pk, "tiedostonimi": "s.xlsx", "sha256": "0" * 64}
    pk = tuonnit.create(**sent, valinnat=valinnat).pk
    tuonnit.filter(pk=pk).update(luotu=LUOTU)
    return pk


def paatokset(pk):
    """As the table was then: it lacks the columns of later."""
    return read_decisions(Tuonti.objects.only("paatosversio").get(pk=pk))


def test_choices_become_decisions_and_go_back(cast, siirra):
    before = siirra(ENNEN)
    whole, part = store(before, VANHAT, cast), store(before, OSIN, cast)
    wrong = {store(before, valinnat, cast): valinnat for valinnat in VAARAT}
    siirra(NYT)
    expect_decisions_of_the_sender_at_the_time_it_was_sent(whole, cast)
    expect_nothing_given(wrong)
    assert paatokset(part).arvot == OSIN_PAATOKSIKSI, "what parses stays beside what does not"
    Paatos.objects.filter(tuonti=whole, laji="ohita").update(arvo=None)  # taken back
    old = siirra(ENNEN).get(pk=whole).valinnat
    assert old == {name: value for name, value in VANHAT.items() if name != "ohitetut"}


def expect_decisions_of_the_sender_at_the_time_it_was_sent(pk, cast):
    assert paatokset(pk).arvot == PAATOKSIKSI
    rows = Paatos.objects.filter(tuonti=pk)
    assert rows.count() == sum(map(len, PAATOKSIKSI.values()))
    assert set(rows.values_list("kuka", "milloin", "kunta")) == {(cast.aino.pk, LUOTU, cast.kunta.pk)}


def expect_nothing_given(stored):
    """A choice that does not parse is as if it had not been given."""
    given = {pk: paatokset(pk).annetut for pk in stored}
    assert [(stored[pk], annetut) for pk, annetut in given.items() if annetut] == []
    assert not Paatos.objects.filter(tuonti__in=stored).exists()
    assert len(stored) == len(VAARAT)
