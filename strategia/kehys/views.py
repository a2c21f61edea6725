"""The frame that every page shares, its help, and the page of a form whose protection ran out."""

import sys

from django.db import InterfaceError, OperationalError, connection
from django.http import HttpResponse, HttpResponseServerError
from django.middleware.csrf import REASON_BAD_ORIGIN, REASON_BAD_REFERER, REASON_NO_REFERER, get_token
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ..kesken import is_full_disk, keep_posted
from ..permissions import (
    administers,
    approves,
    coordinates,
    coordinating_people,
    is_bound_to_toimialat,
    reads_tapahtumat,
    records,
)
from ..pyyntotieto import request_id
from ..varasto import VarastoEiVastaa

OHJEEN_LINKIT = {
    "omat": "seuranta:omat",
    "hyvaksyttavat": "seuranta:hyvaksyttavat",
    "muutokset": "raportit:muutos-lista",
    "kalenteri": "seuranta:kalenteri",
    "jaksot": "seuranta:jakso-lista",
    "strategia": "strategia:strategia-lista",
    "tuonti": "seuranta:tuonti-lista",
    "kayttajat": "strategia:kayttaja-lista",
    "raportit": "raportit:versio-lista",
    "palaute": "strategia:palaute",
    "tapahtumat": "strategia:tapahtuma-lista",
}
# How Django's own words of a foreign page begin: the rest tells its address.
VIERAASTA = tuple(reason.partition(" - ")[0] for reason in (REASON_BAD_ORIGIN, REASON_BAD_REFERER))


@require_safe
def ohje(request):
    """What each role does here, in the order it is done, and who in the kunta helps."""
    user = request.user
    return render(
        request,
        "strategia/kehys/ohje.html",
        {
            "kirjaa": records(user),
            "hyvaksyy": approves(user),
            "koordinoi": coordinates(user),
            "tuo": administers(user),
            "lukee_tapahtumat": reads_tapahtumat(user),
            "sijaistettavissa": is_bound_to_toimialat(user),
            "auttajat": coordinating_people(user.kunta_id).filter(is_active=True).exclude(pk=user.pk).order_by("nimi"),
            **{word: reverse(name) for word, name in OHJEEN_LINKIT.items()},
        },
    )


def csrf_failure(request, reason=""):
    """What is known of why the form was refused, and what helps; what may be sent again is.

    What came from a page of ours (browsers tell the Origin of every POST) may be sent again from here; a form that
    another site made gets no such button.
    """
    is_own = request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"
    kept = keep_posted(request) if is_own else None
    syy, apu = _explain_refusal(reason)
    if kept is not None:
        return render(
            request, "_partials/kesken.html", {"otsikko": _("Lähetä vielä kerran"), "syy": syy, **kept}, status=403
        )
    return render(request, "403_csrf.html", {"syy": syy, "apu": apu}, status=403)


def _explain_refusal(reason):
    """(the cause in words, what helps). What is not of origin or referer is most often a page that stood open long."""
    if reason == REASON_NO_REFERER:
        return (
            _("Selain ei kertonut, miltä sivulta lomake lähetettiin, eikä lähetystä siksi otettu vastaan."),
            _("Selaimen asetus tai lisäosa estää sen (Referer). Salli se tälle palvelulle ja lähetä uudestaan."),
        )
    if reason.startswith(VIERAASTA):
        return (
            _("Lomake lähetettiin muusta osoitteesta kuin tästä palvelusta, eikä sitä siksi otettu vastaan."),
            _(
                "Avaa sivu palvelun omasta osoitteesta. Jos olit siellä jo, kerro ylläpidolle: välityspalvelimen on"
                " välitettävä otsakkeet Host ja X-Forwarded-Proto, tai osoite on lisättävä asetukseen"
                " CSRF_TRUSTED_ORIGINS."
            ),
        )
    return (
        _("Sivu oli ollut auki niin kauan, että sen suojaus vanheni."),
        _("Lataa sivu uudelleen ja lähetä uudestaan. Tarkista myös, että selain sallii evästeet."),
    )


def server_error(request):
    """The page of a fault; one of the machine (database, disk) is told in words, with what was sent shown back."""
    syy = _explain_fault(sys.exc_info()[1])
    if not syy:
        return HttpResponseServerError(render_to_string("500.html", {"pyynto": request_id()}))
    # Without a request: the frame of a page would ask the database again.
    kept = keep_posted(request) or {}
    context = {"syy": syy, "osoite": request.get_full_path(), "csrf_token": get_token(request), "pyynto": request_id()}
    return HttpResponse(render_to_string("503.html", context | kept), status=503, headers={"Retry-After": "30"})


def _explain_fault(error):
    """Words for what the machine could not do, "" for a fault of our own."""
    if is_full_disk(error):
        return _("Palvelimen levy on täynnä, eikä mitään voi tallentaa. Ylläpidon on tehtävä tilaa.")
    if isinstance(error, VarastoEiVastaa):
        return _("Tiedostovarasto ei juuri nyt vastaa. Yritä hetken kuluttua uudelleen.")
    if isinstance(error, OperationalError | InterfaceError):
        if getattr(connection, "pool", None):
            connection.pool.check()  # those that wait idle are as broken: nobody shall meet them one by one
        return _("Tietokanta ei juuri nyt vastaa, esimerkiksi päivityksen vuoksi. Yleensä se kestää alle minuutin.")
    return ""
