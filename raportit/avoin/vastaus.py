"""Answers of the open data: for every program and every page of others, without a cookie, with an ETag."""

import hashlib

from django.conf import settings
from django.http import HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response

from .kuvaukset import MUOTOVERSIO
from .osoite import LISENSSI

TEKSTI = "text/plain; charset=utf-8"


def etag_of(*parts) -> str:
    """Another whenever any of the parts is; the shape and the address of the site are among them."""
    told = "\n".join(map(str, (*parts, MUOTOVERSIO, settings.SITE_URL)))
    return f'"{hashlib.sha256(told.encode()).hexdigest()[:32]}"'


def answer_with(request, etag, content_type, age, render, links=()):
    """304 without rendering where the reader has it already, else what `render()` gives."""
    response = get_conditional_response(request, etag=etag) or HttpResponse(render(), content_type=content_type)
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = age
    response.headers["Link"] = ", ".join([f'<{LISENSSI}>; rel="license"', *links])
    return response


def tell_missing():
    """The same bytes for what never was and for what is not published."""
    return HttpResponse("Aineistoa ei ole.\n", status=404, content_type=TEKSTI)


def tell_withdrawn(versio):
    return HttpResponse(f"{withdrawal_words(versio)}\n", status=410, content_type=TEKSTI)


def withdrawal_words(versio) -> str:
    """When it was withdrawn, and why where somebody has told."""
    when = f" {timezone.localtime(versio.poistettu):%-d.%-m.%Y}" if versio.poistettu else ""
    why = f" Syy: {versio.poistamisen_syy}" if versio.poistamisen_syy else ""
    return f"Raportti on poistettu julkaisusta{when}.{why}"
