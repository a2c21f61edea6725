"""Addresses in a text become links, and only those whose words are where they lead."""

import time

import pytest
from django.utils.safestring import SafeString

from strategia.linkit import linkify

OSOITE = "https://keuruu.fi/kaavat"


def link(address, target=None):
    return f'<a href="{target or address}" rel="nofollow">{address}</a>'


@pytest.mark.parametrize(
    ("text", "html"),
    [
        (OSOITE, link(OSOITE)),
        (f"Katso {OSOITE}.", f"Katso {link(OSOITE)}."),
        (f"Katso ({OSOITE}), sitten", f"Katso ({link(OSOITE)}), sitten"),
        (f"”{OSOITE}”!", f"”{link(OSOITE)}”!"),
        (f"Kaavat\n{OSOITE}\nKartta", f"Kaavat\n{link(OSOITE)}\nKartta"),
        ("https://fi.wikipedia.org/wiki/Keuruu_(kunta)", link("https://fi.wikipedia.org/wiki/Keuruu_(kunta)")),
        ("HTTP://Keuruu.FI", link("HTTP://Keuruu.FI", "http://keuruu.fi")),
        ("http://a.fi:8080/x?a=1&b=2#c", link("http://a.fi:8080/x?a=1&amp;b=2#c")),
        ("http://a.fi, https://b.fi", f"{link('http://a.fi')}, {link('https://b.fi')}"),
        ("https://a.fi/päätös", link("https://a.fi/päätös", "https://a.fi/p%C3%A4%C3%A4t%C3%B6s")),
        ("https://äänekoski.fi", link("https://äänekoski.fi", "https://xn--nekoski-4waa.fi")),
        ("https://a.fi/?u=x@y.fi", link("https://a.fi/?u=x@y.fi")),
        ("<b>https://a.fi</b>", f"&lt;b&gt;{link('https://a.fi')}&lt;/b&gt;"),
        (
            "https://a.fi/'onclick='x",
            f"{link('https://a.fi/&#x27;onclick=&#x27;x', 'https://a.fi/&#x27;onclick=&#x27;x')}",
        ),
    ],
)
def test_an_address_is_a_link_whose_words_are_the_whole_address(text, html):
    assert linkify(text) == html
    assert isinstance(linkify(text), SafeString)


@pytest.mark.parametrize(
    "text",
    [
        *("", "Ei osoitetta.", "keuruu.fi", "www.keuruu.fi", "aino@keuruu.fi", "a://b"),
        *("javascript:alert(1)", "javascript://keuruu.fi/%0aalert(1)", "data:text/html,x", "data://keuruu.fi/x"),
        *("file:///etc/passwd", "ftp://keuruu.fi", "xhttps://keuruu.fi", "mailto:a@b.fi"),
        *("https://keuruu.fi@paha.example/", "https://a:b@paha.example", "https://keuruu.fi:80@paha.example"),
        *("https://keuruu.fi\\@paha.example", "https://", "https://.", "https://a..fi", "https://-a.fi"),
        *("http://localhost/x", "http://192.0.2.1/a.png", "http://[::1]/", "http://intra/sivu", "http://2130706433/"),
        *("https://аpple.com", "https://keuruu.fi\u202e/x", "https://keu\u200bruu.fi", "https://keuruu.fi/\x07"),
        *("https://straße.de", "https://a.fi:port/", "https://a.fi/" + "x" * 2000, "https://" + "ä" * 70 + ".fi"),
    ],
)
def test_what_is_no_address_or_reads_otherwise_than_it_leads_stays_as_it_is(text):
    assert linkify(text) == text
    assert not isinstance(linkify(text), SafeString)


def test_one_address_more_is_no_reason_to_leave_the_other():
    assert linkify(f"https://a@b.fi {OSOITE}") == f"https://a@b.fi {link(OSOITE)}"


@pytest.mark.parametrize("start", ["https://" + "a." * 16_000, "https://a.fi/" + ")" * 32_000, "https://" * 4000])
def test_a_text_made_to_be_slow_is_not(start):
    """Every drawing of a report reads each of its comments: one that took a second would stop a public page."""
    began = time.process_time()
    linkify(start)
    linkify(start + ")." * 10_000)
    assert time.process_time() - began < 0.2
