"""A provider of Kirkkoranta: the quick mock in a thread of this process, through plain HTTP."""

from dataclasses import dataclass
from urllib.parse import urlsplit

import pytest
import requests
from oidc_provider_mock import run_server_in_thread

from strategia.models import Tunnistaja, Tunnistajaryhma, TunnistajaryhmanToimiala
from strategia.salaus import encrypt

SIVU = "/tili/kunnan-tunnus/kirkkoranta/"
PALUU = f"{SIVU}paluu/"
RAPORTOIJAT, KOORDINAATTORIT, TEKNISET = "raportoijat-1f", "koordinaattorit-2e", "tekniset-3d"


@dataclass
class Malli:
    issuer: str

    def tell(self, sub, *groups, **claims):
        """What it says from now on of the person `sub`."""
        told = {"groups": list(groups), **claims}
        requests.put(f"{self.issuer}/users/{sub}", json=told, timeout=10).raise_for_status()

    def lead(self, client, sub, address=SIVU, **posted):
        """The address to which the browser comes back once the person has signed in there."""
        there = client.post(address, posted)
        assert there.status_code == 302, there.status_code
        back = requests.post(there.url, data={"sub": sub}, allow_redirects=False, timeout=10)
        assert back.status_code == 302, back.text
        parts = urlsplit(back.headers["Location"])
        return f"{parts.path}?{parts.query}"

    def sign_in(self, client, sub, address=SIVU, **posted):
        return client.get(self.lead(client, sub, address, **posted))


@pytest.fixture(scope="session")
def mallipalvelin():
    with run_server_in_thread() as server:
        yield server.server_port


@pytest.fixture
def malli(cast, mallipalvelin):
    """Kirkkoranta's provider and what three groups give."""
    issuer = f"http://localhost:{mallipalvelin}"
    told = {"issuer": issuer, "client": "seuranta", "salaisuus": encrypt("yhteinen salaisuus")}
    Tunnistaja.objects.create(kunta=cast.kunta, **told)
    give(cast, RAPORTOIJAT, "raportoija")
    give(cast, KOORDINAATTORIT, "koordinaattori")
    give(cast, TEKNISET, "", cast.tekniset)
    return Malli(issuer)


def give(cast, ryhma, rooli, *toimialat):
    row = Tunnistajaryhma.objects.create(kunta=cast.kunta, ryhma=ryhma, rooli=rooli)
    TunnistajaryhmanToimiala.objects.bulk_create(
        TunnistajaryhmanToimiala(kunta=cast.kunta, ryhma=row, toimiala=toimiala) for toimiala in toimialat
    )


def invite(user):
    """As if the person had only been invited."""
    user.set_unusable_password()
    user.last_login = None
    user.save()
    return user


def who(client):
    """The id of whom the client's session is, as text, or None."""
    return client.session.get("_auth_user_id")
