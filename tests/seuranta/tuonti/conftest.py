"""Rows with measures and risks, sent and saved by Aino."""

import pytest

from .tuontisivut import MITATUT, tallenna, xlsx


@pytest.fixture
def laheta_rivit(laheta):
    """`laheta_rivit(MITATTU)`: sends the rows; returns the Tuonti that waits in the preview."""

    def send(*rows):
        return laheta(content=xlsx(*rows, otsikot=MITATUT))

    return send


@pytest.fixture
def tuo(aino, laheta_rivit):
    """`tuo(MITATTU)`: sends the rows and saves them; returns the Tuonti."""

    def send(*rows):
        tuonti = laheta_rivit(*rows)
        assert "Tuonti on tallennettu." in tallenna(aino, tuonti)
        tuonti.refresh_from_db()
        return tuonti

    return send
