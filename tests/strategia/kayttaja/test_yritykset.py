"""Wrong tries are counted once for all processes, and by the address of who tries, not by the proxy's."""

import os
import subprocess
import sys

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from tests.ymparisto import JUURI


@pytest.mark.django_db(transaction=True)
def test_what_one_process_counts_another_sees(kannan_url):
    code = "import django; django.setup(); from django.core.cache import cache; cache.set('yritykset', [1, 2])"
    environment = {**os.environ, "DATABASE_URL": kannan_url, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    subprocess.run([sys.executable, "-c", code], cwd=JUURI, env=environment, check=True, timeout=60)
    assert cache.get("yritykset") == [1, 2]


def tries(address, email, count=1):
    """How the sign-in page answers wrong passwords that come through our own proxy from this address."""
    post = Client(headers={"X-Forwarded-For": address}).post
    login = {"login": email, "password": "aivan-vaara-salasana"}
    return [post(reverse("account_login"), login).text for _ in range(count)]


def test_behind_a_proxy_one_address_is_not_everybody(cast, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    for number in range(10):
        tries("192.0.2.1", f"joku{number}@kirkkoranta.example")
    [refused] = tries("192.0.2.1", cast.veikko.email)
    assert "Liian monta" in refused
    [other] = tries("192.0.2.2", cast.veikko.email)
    assert "Liian monta" not in other
