"""The frame that every page shares, its help, and the page of a form whose protection ran out."""

from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from ..kesken import keep_posted
from ..permissions import administers, approves, coordinates, coordinating_people, records

OHJEEN_LINKIT = {
    "omat": "seuranta:omat",
    "hyvaksyttavat": "seuranta:hyvaksyttavat",
    "jaksot": "seuranta:jakso-lista",
    "tuonti": "seuranta:tuonti-lista",
    "kayttajat": "strategia:kayttaja-lista",
    "raportit": "raportit:versio-lista",
    "palaute": "strategia:palaute",
}


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
            "auttajat": coordinating_people(user.kunta_id).filter(is_active=True).exclude(pk=user.pk).order_by("nimi"),
            **{word: reverse(name) for word, name in OHJEEN_LINKIT.items()},
        },
    )


def csrf_failure(request, reason=""):
    """The form's protection ran out, most often because its page had been open for long or its owner signed in anew.

    What came from a page of ours (browsers tell the Origin of every POST) may be sent again from here; a form that
    another site made gets no such button.
    """
    is_own = request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"
    kept = keep_posted(request) if is_own else None
    if kept is not None:
        syy = _("Sivu oli ollut auki niin kauan, että sen suojaus vanheni.")
        return render(
            request, "_partials/kesken.html", {"otsikko": _("Lähetä vielä kerran"), "syy": syy, **kept}, status=403
        )
    return render(request, "403_csrf.html", status=403)
