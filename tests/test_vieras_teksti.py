"""Every field of every form, and everything a page asks of its address, with a text that nobody types: no 500.

SQLite stores what PostgreSQL refuses, so only the latter finds it.
"""

import logging
import re
from dataclasses import replace
from urllib.parse import urlencode

import pytest
from django.db import transaction
from django.http import QueryDict

from .lomakkeet import list_todays_pages, read_forms
from .matriisi import build_world
from .osoitteet import JULKISET, address
from .ymparisto import on_osana, osuus, paivan_osa

# A NUL, more digits than int() takes, and longer than any field: each of them alone would do.
TEKSTI = "\0" + "9" * 40_000
KYSYJAT = ("aino", "ulkopuolinen")
_NUMBER = re.compile(r"\d+")

pytestmark = pytest.mark.vain_postgres


@pytest.fixture
def maailma(db):
    logging.disable(logging.CRITICAL)
    yield build_world()
    logging.disable(logging.NOTSET)


def send(maailma, who, path, data=None):
    """What a GET, or a POST of the data, is answered; nothing of it stays."""
    client = maailma.clients[who]
    client.cookies = maailma.cookies[who].copy()
    with transaction.atomic():
        answer = client.get(path) if data is None else client.post(path, data)
        transaction.set_rollback(True)
    return answer


def list_pages(maailma, who):
    open_to_all = paivan_osa(sorted(JULKISET), lambda name: name.partition("-")[0])
    public = [address(name, maailma.cast, maailma.cast.versio) for name in open_to_all]
    return public if who == "ulkopuolinen" else [*public, *(page.path for page in list_todays_pages(maailma, who))]


def test_no_field_of_a_form_brings_a_page_down(maailma):
    tried, faults = set(), []
    for who in KYSYJAT:
        for path in list_pages(maailma, who):
            page = send(maailma, who, path)
            is_page = page.status_code == 200 and page["Content-Type"].startswith("text/html")
            for form in read_forms(page.text, path) if is_page else ():
                faults += _fill_in(maailma, who, form, tried)
    assert len(tried) >= osuus(180)
    assert not faults, "\n".join(faults)


def _fill_in(maailma, who, form, tried):
    """The faults of the form with TEKSTI in one field at a time; what is alike in all but a number is tried once."""
    button = form.kentat[-1].nimi if form.kentat and form.kentat[-1].laji == "button" else ""
    for place, kentta in enumerate(form.kentat):
        alike = tuple(_NUMBER.sub("N", text) for text in (form.osoite, kentta.nimi, button))
        if alike not in tried:
            tried.add(alike)
            filled = (*form.kentat[:place], replace(kentta, arvo=TEKSTI), *form.kentat[place + 1 :])
            data = replace(form, kentat=filled).data()
            query = "" if form.tapa == "post" else f"?{urlencode(data, doseq=True)}"
            answer = send(maailma, who, form.osoite + query, None if query else data)
            if answer.status_code >= 500:
                yield f"{form.osoite} {kentta.nimi}: {answer.status_code}"


@pytest.fixture
def kysytyt(monkeypatch):
    """The names that a view or a form has asked of an address or a form since this was emptied."""
    asked = set()
    for name in ("__getitem__", "__contains__", "get", "getlist"):
        plain = getattr(QueryDict, name)

        def note(data, key, *rest, plain=plain, **options):
            asked.add(key)
            return plain(data, key, *rest, **options)

        monkeypatch.setattr(QueryDict, name, note)
    return asked


def test_nothing_that_a_page_asks_of_its_address_brings_it_down(maailma, kysytyt):
    tried, faults = set(), []
    for who in KYSYJAT:
        for path in list_pages(maailma, who):
            kysytyt.clear()
            send(maailma, who, path)
            for name in sorted(kysytyt):
                if (alike := (_NUMBER.sub("N", path), name)) not in tried:
                    tried.add(alike)
                    answer = send(maailma, who, f"{path}?{urlencode({name: TEKSTI})}")
                    if answer.status_code >= 500:
                        faults.append(f"{path}?{name}=: {answer.status_code}")
    known = {"sivu", "nayta", "vastuuhenkilo", "tavoite", "q", "tila", "versio", "strategia"}
    found = {name for _path, name in tried}
    assert found & known if on_osana() else found >= known
    assert not faults, "\n".join(faults)
