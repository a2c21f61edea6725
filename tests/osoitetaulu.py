"""Which address belongs to which room: the resolver -> the table that README shows between its two marks.

`python -m tests.osoitetaulu` writes it into README anew; test_urls.py finds a README that says otherwise.
"""

import os
import re
from typing import NamedTuple

import django
from django.urls import get_resolver
from django.utils.regex_helper import normalize

from .huoneet import APPS, app_of
from .ymparisto import JUURI

README = JUURI / "README.md"
ALKU, LOPPU = "<!-- osoitteet: python -m tests.osoitetaulu -->\n", "<!-- /osoitteet -->\n"


class Osoite(NamedTuple):
    """polku: "/jaksot/<pk>/kirjaa/". huone: the package of the view's module, of ours or of a library."""

    polku: str
    nakyma: str
    huone: str


def list_osoitteet(patterns=None, before=()):
    """Every Osoite in the resolver's order; Django's admin is one, for it makes its own."""
    for each in get_resolver().url_patterns if patterns is None else patterns:
        parts = (*before, each.pattern)
        if getattr(each, "app_name", None) == "admin":
            yield Osoite(_polku(parts), "admin.site.urls", "django.contrib.admin")
        elif hasattr(each, "url_patterns"):
            yield from list_osoitteet(each.url_patterns, parts)
        else:
            yield Osoite(_polku(parts), each.callback.__name__, _huone(each.callback.__module__))


def _polku(parts):
    """A path as a person reads it; what it takes stands in < >."""
    return "/" + "".join(re.sub(r"%\((\w+)\)s", r"<\1>", normalize(part.regex.pattern)[0][0]) for part in parts)


def _huone(module):
    return module.removesuffix(".views").removesuffix(".api")


def table():
    """Markdown: a room and its addresses, in the order of the apps and then of names; libraries come last."""
    rooms = {}
    for osoite in list_osoitteet():
        rooms.setdefault(osoite.huone, []).append(f"`{osoite.polku}`")
    lines = [f"| {_shown(room)} | {' '.join(rooms[room])} |" for room in sorted(rooms, key=_rank)]
    return "\n".join(["| huone | osoitteet |", "|---|---|", *lines, ""])


def _rank(room):
    app = app_of(room)
    return APPS.index(app) if app in APPS else len(APPS), room


def _shown(room):
    """`seuranta/jakso/` is a folder of ours, django.contrib.admin a library."""
    return f"`{room.replace('.', '/')}/`" if app_of(room) in APPS else room


def shown_table():
    """What README shows now."""
    return README.read_text().partition(ALKU)[2].partition(LOPPU)[0]


def write_table():
    before, _mark, rest = README.read_text().partition(ALKU)
    README.write_text(before + ALKU + table() + LOPPU + rest.partition(LOPPU)[2])


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    write_table()
