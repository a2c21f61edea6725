"""No page reads the rows of another kunta: asked of PostgreSQL itself, which tells what each statement read."""

import pytest
from django.db import connection

from .benchmarks.kuntia import build_kunnat
from .luetut import Luetut
from .osoitteet import SIVUT, address

pytestmark = [pytest.mark.django_db, pytest.mark.vain_postgres]

MUITA, RIVEJA, OMIA = 40, 60, 150  # 28,800 kirjaukset of others, 1,800 of one's own


def test_no_page_reads_the_rows_of_another_kunta(kirjautunut):
    cast = build_kunnat(RIVEJA, OMIA, MUITA)
    luetut, clients = Luetut(cast.kunta), [kirjautunut(cast.aino), kirjautunut(cast.veikko)]
    for name in SIVUT:
        path = address(name, cast, cast.versio)
        with connection.execute_wrapper(luetut):
            any(client.get(path).status_code == 200 for client in clients)  # until one may
    assert luetut.asked > 1_000
    assert luetut.others == {}
