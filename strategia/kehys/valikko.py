"""What every page stands in: the menu of the user's role."""

from django.utils.translation import gettext_lazy

from ..permissions import administers, approves, coordinates, reads_tapahtumat, records
from ..vaatimus import told_day
from .ohjekohdat import help_anchor

STRATEGIAN_SIVUT = (
    *(f"strategia:{name}" for name in ("strategia", "painopiste", "tavoite", "toimenpide", "mittari")),
    *("strategia:rivit", "strategia:joukkomuutos", "strategia:toimielin"),
    "seuranta:toimenpide",
    "seuranta:mittari",
    "seuranta:riski",
    "seuranta:tavoite",
    "seuranta:linkitetyt",
    "seuranta:strategia-luettelo",
)
JAKSOJEN_SIVUT = ("seuranta:jakso", "seuranta:vastaustaulukko", "raportit:jakso", "raportit:luonnos")
RAPORTTIEN_SIVUT = ("raportit:versio", "raportit:vertailu", "raportit:kasittely")
KAYTTAJIEN_SIVUT = (
    "strategia:kayttaja",
    "strategia:sijaisuus-uusi",
    "strategia:luovutus",
    "seuranta:kutsulista",
    *(f"strategia:toimiala-{rest}" for rest in ("lista", "detail", "jaa", "yhdista", "lopeta")),
)
# (word, url name, how the names of the pages under it begin, who sees it or None for all), in the order of the menu.
VALIKKO = (
    (gettext_lazy("Etusivu"), "raportit:etusivu", "raportit:etusivu", None),
    (gettext_lazy("Omat toimenpiteet"), "seuranta:omat", "seuranta:kirjaus", records),
    (gettext_lazy("Hyväksyttävät"), "seuranta:hyvaksyttavat", "seuranta:hyvaksynta", approves),
    (gettext_lazy("Vastaustilanne"), "seuranta:vastaustilanne", "seuranta:muistutus", coordinates),
    (gettext_lazy("Seurantajaksot"), "seuranta:jakso-lista", JAKSOJEN_SIVUT, None),
    (gettext_lazy("Strategia"), "strategia:strategia-lista", STRATEGIAN_SIVUT, None),
    (gettext_lazy("Raportit"), "raportit:versio-lista", RAPORTTIEN_SIVUT, None),
    (gettext_lazy("Tuonti"), "seuranta:tuonti-lista", "seuranta:tuonti", administers),
    (gettext_lazy("Käyttäjät"), "strategia:kayttaja-lista", KAYTTAJIEN_SIVUT, administers),
    (gettext_lazy("Palvelun tila"), "strategia:palvelun-tila", "strategia:palvelun", administers),
    (gettext_lazy("Tapahtumat"), "strategia:tapahtuma-lista", "strategia:tapahtuma", reads_tapahtumat),
    (gettext_lazy("Kunta"), "strategia:kunta-muokkaa", "strategia:kunta", administers),
)


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
        "tunnistus_alkaa": told_day(request),
        "ohjekohta": help_anchor(current, user),
        "valikko": [
            {
                "sana": word,
                "osoite": name,
                "nykyinen": name == current,
                "alla": name == chosen if chosen else current.startswith(under),
            }
            for word, name, under, is_whose in VALIKKO
            if is_whose is None or is_whose(user)
        ],
    }
