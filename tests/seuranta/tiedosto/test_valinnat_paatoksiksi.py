"""Choices as they were stored, one JSON a file, become decisions of who sent the file; and back."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from seuranta.models import Paatos, Tuonti
from seuranta.tiedosto.paatokset import read_decisions

pytestmark = pytest.mark.django_db(transaction=True)
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
    """`siirra(target)`: migrate there and get the models as they were; at the end the newest stand again."""

    def migrate(target):
        executor = MigrationExecutor(connection)
        executor.migrate([target])
        return MigrationExecutor(connection).loader.project_state([target]).apps

    yield migrate
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())


@pytest.fixture
def vanha(cast, siirra):
    """`vanha(valinnat)`: the id of a file that Aino sent, with its choices as they were stored."""
    tuonnit = siirra(ENNEN).get_model("seuranta", "Tuonti").objects

    def store(valinnat):
        tuonti = tuonnit.create(
            kunta_id=cast.kunta.pk, tekija_id=cast.aino.pk, tiedostonimi="s.xlsx", sha256="0" * 64, valinnat=valinnat
        )
        tuonnit.filter(pk=tuonti.pk).update(luotu=LUOTU)
        return tuonti.pk

    return store


def _tuonti(pk):
    """As the table was then: it lacks the columns of later."""
    return Tuonti.objects.only("paatosversio").get(pk=pk)


def test_choices_become_decisions_of_their_sender_at_the_time_it_was_sent(cast, vanha, siirra):
    pk = vanha(VANHAT)
    siirra(NYT)
    assert read_decisions(_tuonti(pk)).arvot == PAATOKSIKSI
    rows = Paatos.objects.filter(tuonti=pk)
    assert rows.count() == sum(map(len, PAATOKSIKSI.values()))
    assert set(rows.values_list("kuka", "milloin", "kunta")) == {(cast.aino.pk, LUOTU, cast.kunta.pk)}


def test_a_choice_that_does_not_parse_is_as_if_it_had_not_been_given(vanha, siirra):
    """All in one database: the way there and back takes longer than they do."""
    stored = {vanha(valinnat): valinnat for valinnat in VAARAT}
    siirra(NYT)
    given = {pk: read_decisions(_tuonti(pk)).annetut for pk in stored}
    assert [(stored[pk], annetut) for pk, annetut in given.items() if annetut] == []
    assert not Paatos.objects.filter(tuonti__in=stored).exists()
    assert len(stored) == len(VAARAT)


def test_what_parses_stays_beside_what_does_not(vanha, siirra):
    pk = vanha({"tilanne": "15.9.2023", "jakso": "Syksy 2026", "solut": {"Taul1!E2": 4, "Taul1!E3": "5"}})
    siirra(NYT)
    assert read_decisions(_tuonti(pk)).arvot == {"jakso": {"": "Syksy 2026"}, "solu": {"Taul1!E3": "5"}}


def test_decisions_go_back_to_choices(vanha, siirra):
    pk = vanha(VANHAT)
    siirra(NYT)
    Paatos.objects.filter(tuonti=pk, laji="ohita").update(arvo=None)  # taken back
    old = siirra(ENNEN).get_model("seuranta", "Tuonti").objects.get(pk=pk).valinnat
    assert old == {name: value for name, value in VANHAT.items() if name != "ohitetut"}
