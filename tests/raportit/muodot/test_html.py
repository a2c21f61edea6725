"""The report as one HTML file: everything it needs travels inside it."""

import re

import pytest
from django.http import HttpResponse

from raportit.muodot.html import render_html
from raportit.tyyli.esimerkki import build_example

from ...katsoja import Katsoja
from ...kokoelma import Kokoelma, Sivu
from ...ohjelmat.vnu import check_html


def test_the_file_needs_nothing_from_anywhere():
    page = render_html(build_example()).decode()
    assert not re.findall(r'(?:src|href)="(?!#)[^"]*"', page)
    assert not re.findall(r"url\((?!\"data:font/woff2;base64,)", page)
    assert page.count("data:font/woff2;base64,") == 3
    assert "<script" not in page


def test_the_file_says_what_it_is_and_shows_texts_as_text():
    page = render_html(build_example()).decode()
    assert "<title>Esimerkin kunta: " in page
    assert '<html lang="fi">' in page
    assert "Urakka viivästyi – uusi kilpailutus &amp; valitus." in page


@pytest.mark.selain
def test_the_file_is_as_accessible_as_a_page(selain):
    file = Sivu("", "yhtenä tiedostona", "/raportti.html", HttpResponse(render_html(build_example())))
    # A browser asks a server for an icon; of a file on a disk it asks nothing.
    katsoja = Katsoja(selain, Kokoelma(tarvikkeet={"/favicon.ico": HttpResponse()}))
    try:
        assert not katsoja.inspect(file)
    finally:
        katsoja.close()
    # Its stylesheet is that of the pages; the checker does not know field-sizing yet, which browsers do.
    assert not check_html({"raportti.html": re.sub(r"<style>.*?</style>", "<style></style>", file.html, flags=re.S)})
