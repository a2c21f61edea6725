"""The frame that every page shares, its help, and the page of a form whose protection ran out."""

from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..kesken import keep_posted
from ..models import Kayttaja, Rooli
from ..permissions import HYVAKSYVAT, KOORDINOIVAT, TOIMIALAN_ROOLIT

KAIKKI = tuple(Rooli)
STRATEGIAN_SIVUT = (
    *(f"strategia:{name}" for name in ("strategia", "painopiste", "tavoite", "toimiala-anna", "toimenpide")),
    "seuranta:toimenpide",
)
JAKSOJEN_SIVUT = ("seuranta:jakso", "seuranta:vastaustaulukko", "raportit:jakso", "raportit:luonnos")
RAPORTTIEN_SIVUT = ("raportit:versio", "raportit:vertailu", "raportit:kasittely")
KAYTTAJIEN_SIVUT = (
    "strategia:kayttaja",
    *(f"strategia:toimiala-{rest}" for rest in ("lista", "detail", "jaa", "yhdista", "lopeta")),
)
# (word, url name, how the names of the pages under it begin, roles that see it), in the order of the menu.
VALIKKO = (
    (gettext_lazy("Omat toimenpiteet"), "seuranta:omat", "seuranta:kirjaus", (*TOIMIALAN_ROOLIT, *KOORDINOIVAT)),
    (gettext_lazy("Hyväksyttävät"), "seuranta:hyvaksyttavat", "seuranta:hyvaksynta", HYVAKSYVAT),
    (gettext_lazy("Vastaustilanne"), "seuranta:vastaustilanne", "seuranta:muistutus", KOORDINOIVAT),
    (gettext_lazy("Seurantajaksot"), "seuranta:jakso-lista", JAKSOJEN_SIVUT, KAIKKI),
    (gettext_lazy("Strategia"), "strategia:strategia-lista", STRATEGIAN_SIVUT, KAIKKI),
    (gettext_lazy("Raportit"), "raportit:versio-lista", RAPORTTIEN_SIVUT, KAIKKI),
    (gettext_lazy("Tuonti"), "seuranta:tuonti-lista", "seuranta:tuonti", (Rooli.PAAKAYTTAJA,)),
    (gettext_lazy("Käyttäjät"), "strategia:kayttaja-lista", KAYTTAJIEN_SIVUT, (Rooli.PAAKAYTTAJA,)),
    (gettext_lazy("Kunta"), "strategia:kunta-muokkaa", "strategia:kunta", (Rooli.PAAKAYTTAJA,)),
)
OHJEEN_LINKIT = {
    "omat": "seuranta:omat",
    "hyvaksyttavat": "seuranta:hyvaksyttavat",
    "jaksot": "seuranta:jakso-lista",
    "tuonti": "seuranta:tuonti-lista",
    "kayttajat": "strategia:kayttaja-lista",
    "raportit": "raportit:versio-lista",
    "palaute": "strategia:palaute",
}


def page_frame(request):
    """Context of base.html: the menu of the user's role and which item is current.

    A view may name the item in `request.valikossa` where its own name does not tell.
    """
    user = getattr(request, "user", None)
    if not user or not user.is_authenticated or not user.kunta_id:
        return {}
    current = request.resolver_match.view_name if request.resolver_match else ""
    chosen = getattr(request, "valikossa", None)
    return {
        "kunta": user.kunta,
        "valikko": [
            {
                "sana": word,
                "osoite": name,
                "nykyinen": name == current,
                "alla": name == chosen if chosen else current.startswith(under),
            }
            for word, name, under, roles in VALIKKO
            if user.rooli in roles
        ],
    }


def ohje(request):
    """What each role does here, in the order it is done, and who in the kunta helps."""
    user = request.user
    return render(
        request,
        "strategia/kehys/ohje.html",
        {
            "kirjaa": user.rooli in (*TOIMIALAN_ROOLIT, *KOORDINOIVAT),
            "hyvaksyy": user.rooli in HYVAKSYVAT,
            "koordinoi": user.rooli in KOORDINOIVAT,
            "tuo": user.rooli == Rooli.PAAKAYTTAJA,
            "auttajat": Kayttaja.objects.filter(kunta=user.kunta_id, rooli__in=KOORDINOIVAT, is_active=True)
            .exclude(pk=user.pk)
            .order_by("nimi"),
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
