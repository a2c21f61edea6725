"""Addresses of the open data as others keep them: by SITE_URL, whatever Host the reader asked by."""

from django.urls import reverse

from strategia.sahkoposti import absolute_url

LISENSSI = "https://creativecommons.org/licenses/by/4.0/"


def schema_url() -> str:
    return absolute_url(reverse("raportit:avoin-skeema"))


def file_url(slug: str, tunnus, muoto: str) -> str:
    """Of a version's file."""
    return absolute_url(reverse("raportit:avoin-versio", args=[slug, tunnus, muoto]))


def newest_url(slug: str, muoto: str) -> str:
    """Of the newest version's file, whichever it is."""
    return absolute_url(reverse("raportit:avoin-uusin", args=[slug, muoto]))


def page_url(slug: str) -> str:
    """Of the page that tells what there is."""
    return absolute_url(reverse("raportit:avoin-data", args=[slug]))
