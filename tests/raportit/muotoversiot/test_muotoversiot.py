"""Every shape that the frozen JSON has had: a stored sample is read, drawn in every format, and stays byte-equal."""

import hashlib
import json
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone

from raportit.models import Raporttiversio
from raportit.muodot import MUODOT
from raportit.osavuosikatsaus import from_json
from raportit.osavuosikatsaus.model import MUOTOVERSIO
from raportit.tallenne.nakyma import show_publicly
from raportit.tallenne.tallenteet import public_bytes, stored_bytes

pytestmark = pytest.mark.django_db
NAYTTEET = sorted(Path(__file__).parent.glob("*.json"), key=lambda path: int(path.stem))


@pytest.fixture(params=NAYTTEET, ids=lambda path: path.stem)
def versio(request, cast):
    """A version of the closed jakso, frozen in this shape and published."""
    data = request.param.read_text().rstrip("\n")
    versio = Raporttiversio.objects.create(
        **{"kunta": cast.kunta, "jakso": cast.edellinen, "numero": 2, "data": data},
        **{"sha256": Raporttiversio.digest(data), "luotu": timezone.now(), "tekijan_nimi": "Kaisa"},
    )
    versio.publish()
    return versio


def test_there_is_a_sample_of_every_shape():
    assert [int(path.stem) for path in NAYTTEET] == list(range(1, MUOTOVERSIO + 1))
    told = [json.loads(path.read_text()).get("muotoversio", 1) for path in NAYTTEET]
    assert told == [int(path.stem) for path in NAYTTEET]


def test_it_is_read_and_drawn_in_every_format_and_its_json_is_the_stored_text(versio):
    raportti = from_json(versio.data)
    assert raportti.rivit and raportti.tiiviste == versio.sha256
    for muoto in MUODOT:
        content = stored_bytes(versio, muoto)
        assert content and stored_bytes(versio, muoto) == content
    assert stored_bytes(versio, "json") == versio.data.encode()
    versio.refresh_from_db()
    assert hashlib.sha256(versio.data.encode()).hexdigest() == versio.sha256


def test_its_public_form_is_of_todays_shape_and_known_by_the_frozen_hash(versio, client):
    nakyma = show_publicly(versio)
    for muoto in MUODOT:
        assert public_bytes(nakyma, muoto)
    assert json.loads(public_bytes(nakyma, "json"))["muotoversio"] == MUOTOVERSIO
    assert versio.sha256 in public_bytes(nakyma, "html").decode()
    page = client.get(reverse("raportit:julkinen-versio", args=["kirkkoranta", versio.tunnus]))
    assert page.status_code == 200
    assert versio.sha256 in page.text
