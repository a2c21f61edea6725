"""Painopiste -> the tables of its toimenpiteet under their headings: toimielin, tavoite, toimialan tavoite."""

from collections.abc import Callable
from textwrap import wrap

from django.utils.html import format_html, format_html_join

from ..osavuosikatsaus import Painopiste, Tavoite
from .ruudukko import Ruudukko

RUNNING_HEAD = 46  # letters of a tavoite's name at the head of a page


def render_osat(painopiste: Painopiste, taulukko: Ruudukko, mittarit: Callable[[Tavoite], str]) -> str:
    """The tables of a painopiste under their headings: toimielin where it is one, tavoite, toimialan tavoite.

    mittarit: what is told of the measures of a tavoite, before its rows.

    Written by hand, not by a template: a report of 2,000 rows has hundreds of these.
    """
    parts = []
    for toimielin, tavoitteet in painopiste.osat:
        if toimielin:
            parts.append(_heading("h3", "toimielin", toimielin))
        level = 4 if toimielin else 3
        for anchor, tavoite in tavoitteet:
            parts.append(_render_tavoite(anchor, tavoite, taulukko, mittarit, level))
    return format_html_join("", "{}", ((part,) for part in parts))


def _render_tavoite(anchor, tavoite, taulukko, mittarit, level):
    # On the heading where there is one: an id in front of a table makes a style of its own to all in it in a PDF.
    parts = [_heading(f"h{level}", "nimi", tavoite.nimi, anchor)] if tavoite.nimi else []
    if tavoite.sdg:
        word = taulukko.raportti.strategia.sanasto["sdg"]
        parts.append(format_html('<p class="sdg">{}: {}</p>\n', word, ", ".join(tavoite.sdg)))
    parts.append(mittarit(tavoite))
    for nimi, rivit in tavoite.ryhmat:
        if nimi:
            tag = f"h{level + bool(tavoite.nimi)}"
            parts.append(format_html('<{0} class="ryhma">{1}</{0}>\n', tag, nimi))
        parts.append(taulukko.html(rivit))
    return format_html(
        '<div class="tavoite"{}>\n{}</div>\n',
        _id(not tavoite.nimi and anchor),
        format_html_join("", "{}", ((part,) for part in parts)),
    )


def _heading(tag, kind, nimi, anchor=""):
    """A heading that also stands at the head of its pages, shortened."""
    running = lyhenna(nimi, RUNNING_HEAD)
    return format_html('<{0} class="{1}"{2} data-juokseva="{3}">{4}</{0}>\n', tag, kind, _id(anchor), running, nimi)


def _id(anchor):
    return format_html(' id="{}"', anchor) if anchor else ""


def lyhenna(nimi: str, letters: int) -> str:
    """The name in so many letters at most, cut where a word ends."""
    if len(nimi) <= letters:
        return nimi
    first = next(iter(wrap(nimi[:letters], letters - 1)), "")
    return f"{first.rstrip(' ,;:–-')}…"
