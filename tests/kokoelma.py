"""Answers of the test client, kept so that a browser can look at them afterwards without a database."""

import re
from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import urljoin

from django.http import HttpResponse

# What differs between two pages that are the same page: tokens, the addresses of feedback and help, who is signed in.
VAIHTUVA = re.compile(
    r'(?<=name="csrfmiddlewaretoken" value=")\w+|(?<=\?sivu=)[^"]*|(?<=name="next" value=")[^"]*'
    r'|(?<=href="/ohje/)#[^"]*|(?<=<a class="who" href="/tili/salasana/">)[^<]*'
)
FONTTI = re.compile(r'url\("([^"]+)"\)')
TARVIKE = re.compile(r'(?:href|src)="(/[^"]+\.(?:css|js|svg|png)|/kunta/logo/)"')


@dataclass(frozen=True)
class Sivu:
    """One answer: who got it, the url name or the state, and the answer itself."""

    kuka: str
    nimi: str
    osoite: str
    vastaus: object = field(repr=False)

    def __str__(self):
        return f"{self.kuka}: {self.nimi} ({self.vastaus.status_code} {self.osoite})"

    @property
    def ryhma(self):
        return self.kuka.partition(",")[0].partition(" ")[0]

    @property
    def is_html(self):
        return self.vastaus.headers.get("Content-Type", "").startswith("text/html") and bool(self.vastaus.content)

    @property
    def html(self):
        return self.vastaus.content.decode()

    @property
    def halves(self):
        """The header with the menu of the role, and all the rest: what is equal in two pages that look the same.

        A refusal tells the id of its request: with it no two refusals would be the same page.
        """
        text = self.html.replace(self.vastaus.headers.get("X-Request-ID", ""), "")
        head, _body, rest = VAIHTUVA.sub("", text).partition("<body>")
        header, _end, content = rest.partition("</header>")
        return {header.replace(' aria-current="page"', "").replace(' aria-current="true"', ""), head + content}


@dataclass
class Kokoelma:
    """Every answer in the order taken, and what the pages load: {path: answer}."""

    sivut: list[Sivu] = field(default_factory=list)
    tarvikkeet: dict = field(default_factory=dict)

    def add(self, kuka, nimi, client, vastaus):
        sivu = Sivu(kuka, nimi, vastaus.request["PATH_INFO"], vastaus)
        self.sivut.append(sivu)
        if sivu.is_html:
            self._load(client, TARVIKE.findall(sivu.html))

    def _load(self, client, paths):
        for path in paths:
            if path not in self.tarvikkeet:
                part = self.tarvikkeet[path] = whole(client.get(path))
                if path.endswith(".css"):
                    self._load(client, [urljoin(path, url) for url in FONTTI.findall(part.content.decode())])

    def get(self, kuka, nimi, client, path):
        self.add(kuka, nimi, client, client.get(path))

    def post(self, kuka, nimi, client, path, data, status):
        """A form as it comes back; `follow`ed when it is taken, for its page then says so."""
        vastaus = client.post(path, data, follow=status == 200)
        assert vastaus.status_code == status, (nimi, vastaus.status_code)
        self.add(kuka, nimi, client, vastaus)

    @cached_property
    def html_once(self):
        """The pages, the same HTML once: left out are those whose header and content have both been there before.

        To be asked when all has been taken.
        """
        once, seen = [], set()
        for sivu in self.sivut:
            if sivu.is_html and not sivu.halves <= seen:
                seen |= sivu.halves
                once.append(sivu)
        return once


def whole(vastaus):
    """The answer with its content at hand; a static file can otherwise be read only once."""
    if vastaus.streaming:
        content = b"".join(vastaus.streaming_content)
        vastaus = HttpResponse(content, status=vastaus.status_code, headers=vastaus.headers)
    return vastaus
