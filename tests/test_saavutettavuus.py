"""Every page as every role in Chromium: accessible, usable by keyboard alone and at 320 px, and valid HTML."""

import re
from collections import Counter, defaultdict

import pytest

from .katsoja import LEVEYDET, Katsoja
from .kierros import RYHMAT
from .ohjelmat.vnu import check_html
from .osoitteet import all_names, known_names
from .ymparisto import paivan_osa, vuorossa

pytestmark = [pytest.mark.django_db, pytest.mark.selain, pytest.mark.sivukierros]

TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)


@pytest.fixture(scope="module")
def katsoja(selain, kokoelma):
    katsoja = Katsoja(selain, kokoelma)
    yield katsoja
    katsoja.close()


def tell(faults):
    """[(fault, page)] -> one line for each fault and, under it, the pages that have it."""
    pages = defaultdict(list)
    for fault, page in faults:
        pages[fault].append(page)
    return "".join(f"\n{fault}\n    {len(where)} sivua: {', '.join(where[:3])}" for fault, where in pages.items())


def test_the_walk_knows_every_address():
    assert set(all_names()) == known_names()


def test_a_refusal_is_looked_at_once_for_each_role(kokoelma):
    """Hundreds of addresses give it, each time with another id of the request."""
    statuses = Counter(sivu.vastaus.status_code for sivu in kokoelma.html_once)
    assert 0 < statuses[403] <= 2 * len(RYHMAT)
    assert 0 < statuses[405] <= 2


@pytest.mark.parametrize("ryhma", RYHMAT)
def test_every_page_is_accessible(ryhma, kokoelma, katsoja):
    pages = paivan_osa(sivu for sivu in kokoelma.html_once if sivu.ryhma == ryhma)
    assert pages
    found = ((fault, str(sivu)) for sivu in pages for fault in katsoja.inspect(sivu, vuorossa(LEVEYDET, sivu)))
    assert not (faults := tell(found)), faults


def test_every_page_is_valid_html(kokoelma):
    pages = {str(sivu): sivu.html for sivu in kokoelma.html_once}
    assert not (faults := tell(check_html(pages))), faults


def test_every_page_says_its_language_and_has_a_title_of_its_own(kokoelma):
    """Two addresses that one person may open at the same time must not look alike in the row of tabs."""
    addresses = defaultdict(set)
    for sivu in kokoelma.sivut:
        if sivu.is_html:
            assert '<html lang="fi">' in sivu.html, sivu
            title = TITLE.search(sivu.html)
            assert title and title[1].strip(" –"), sivu
            if sivu.vastaus.status_code == 200:
                addresses[sivu.kuka, title[1].strip()].add(sivu.osoite)
    alike = {key: sorted(paths) for key, paths in addresses.items() if len(paths) > 1}
    assert not alike
