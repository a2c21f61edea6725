"""Parts with their rows -> a page of the rows, each part with those of its rows that are on the page."""

from dataclasses import replace
from itertools import groupby

from django.core.paginator import Page, Paginator

SIVULLA = 100  # rows


def split_rows(osat: list, name: str, sivu) -> tuple[Page, list]:
    """(the page of the rows, the parts that have some on it); each part has its rows in the field of this name."""
    rows = [(n, row) for n, osa in enumerate(osat) for row in getattr(osa, name)]
    page = Paginator(rows, SIVULLA).get_page(sivu)
    parts = groupby(page, key=lambda pair: pair[0])
    return page, [replace(osat[n], **{name: [row for _n, row in own]}) for n, own in parts]
