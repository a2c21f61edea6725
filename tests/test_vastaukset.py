"""Every answer, whatever it is, carries the strict headers; and pages are light."""

import gzip
import random
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.urls import reverse

from strategia.models import Toimenpide

from .cast import create_jakso, create_kirjaus
from .test_static import STATIC_TAG
from .ymparisto import JUURI

STATIC = JUURI / "static"


# --- headers: of the pages taken once, which are the same on either database


@pytest.mark.vain_sqlite
@pytest.mark.django_db
def test_every_answer_carries_the_strict_headers(kokoelma):
    """Pages, downloads, redirects, errors, stylesheets, fonts: the header is there and allows nothing inline."""
    answers = [(str(sivu), sivu.vastaus) for sivu in kokoelma.sivut] + list(kokoelma.tarvikkeet.items())
    statuses = {answer.status_code for _name, answer in answers}
    assert {200, 302, 400, 403, 404, 405, 409, 422, 500} <= statuses
    for name, answer in answers:
        policy = answer.headers.get("Content-Security-Policy", "")
        assert "default-src 'self'" in policy, name
        assert "frame-ancestors 'none'" in policy, name
        assert "unsafe" not in policy, name
        assert answer.headers["X-Content-Type-Options"] == "nosniff", name


@pytest.mark.vain_sqlite
@pytest.mark.django_db
def test_nothing_that_a_person_sees_is_kept(kokoelma):
    """The next one at the desk presses Back: no page, download or error of the one before is there.

    A colour is the same for everybody, and so is what has been published, whoever is signed in.
    """
    published = 0
    for sivu in kokoelma.sivut:
        kept, is_found = sivu.vastaus.headers["Cache-Control"], sivu.vastaus.status_code == 200
        is_form = "palaute" in sivu.nimi or "tilaus" in sivu.nimi  # with a token of the reader's own
        is_of_all = sivu.osoite.startswith(("/julkinen/", "/robots", "/sitemap")) and not is_form
        is_open = sivu.nimi.startswith(("raportit:avoin", "raportit:upotus", "seuranta:rajapinta-julkinen"))
        if is_found and (is_of_all or is_open):  # asked after each time, so that what is withdrawn is gone at once
            assert kept.startswith("max-age=0, must-revalidate"), str(sivu)
            published += 1
        elif sivu.nimi != "strategia:korostusvari":
            assert "no-store" in kept, str(sivu)
    assert published


# --- sizes


@pytest.mark.parametrize(("pattern", "limit"), [("*.css", 40_000), ("*.js", 76_000), ("*.woff2", 350_000)])
def test_what_a_page_loads_once_is_small(pattern, limit):
    """Uncompressed: of a page its own files and those of the frame that it stands in; of fonts all."""
    frame = _loaded("base.html")
    fonts = set(STATIC.rglob("*.woff2"))
    for page in (JUURI / "templates").rglob("*.html"):
        files = {path for path in frame | _loaded(page.relative_to(JUURI / "templates")) | fonts if path.match(pattern)}
        assert sum(path.stat().st_size for path in files) < limit, page


def _loaded(template):
    """The files that a template names; of a library's own too."""
    names = STATIC_TAG.findall((JUURI / "templates" / template).read_text())
    return {Path(finders.find(name)) for name in names}


def test_a_later_page_of_sixty_rows_is_light(cast, kirjautunut):
    """The entry page over the wire once stylesheet and fonts are there: sixty rows of words, none of them repeated."""
    previous = create_jakso(cast.strategia, "Osavuosikatsaus 0 2026", 6, 7, jarjestys=3)
    jakso = create_jakso(cast.strategia, "Tilinpäätös 2026", 9, 11, jarjestys=4)
    _fill_to(60, cast, previous, jakso)
    path = reverse("seuranta:kirjaus-lista", args=[jakso.pk])
    answer = kirjautunut(cast.veikko).get(path, headers={"accept-encoding": "gzip"})
    assert answer.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(answer.content).decode().count('type="radio"') == 7 * 60
    assert len(answer.content) < 30_000


def _fill_to(count, cast, *jaksot):
    """Veikko's list becomes `count` rows long, each written in every one of these jaksot."""
    chance = random.Random(306)  # noqa: S311  the same text every time
    for number in range(count - 3):
        toimenpide = Toimenpide.objects.create(
            kunta=cast.kunta, tavoite=cast.tavoitteet[number % 3], toimiala=cast.tekniset, nimi=_words(chance, 12)
        )
        for jakso in jaksot:
            create_kirjaus(jakso, toimenpide, chance.randint(1, 5), _words(chance, 20)).save()


def _words(chance, count):
    """A sentence as long as those of a real sheet: syllables put together, as Finnish words are."""
    syllables = re.findall(r"\w+", "ka lu ne mi tä vi so pa ri hy ku ma ta le sä en jä ro to sti uu ai nen lle ssa ksi")
    words = ("".join(chance.choices(syllables, k=chance.randint(2, 5))) for _ in range(count))
    return " ".join(words).capitalize() + "."
