"""Reminding by a click, and what has gone to whom."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from strategia.models import Ilmoitusviesti
from strategia.permissions import coordinates

from ..models import Rivikysymys, Seurantajakso
from ..pyynto import load_for_coordinating
from .forms import LauseForm
from .tilanne import build_tilanne
from .viestit import remind

SIVULLA = 50


@require_safe
def vastaustilanne(request):
    """The response status of the open jakso; the list where several are open or none is."""
    if not coordinates(request.user):
        raise PermissionDenied
    jaksot = list(Seurantajakso.objects.open_to(request.user))
    if len(jaksot) == 1:
        return redirect("seuranta:jakso-detail", jaksot[0].pk)
    return redirect("seuranta:jakso-lista")


@require_POST
def jakso_muistuta(request, pk):
    """Remind one person, one toimiala, or everybody who still has something to answer."""
    jakso = load_for_coordinating(request, pk)
    if not jakso.is_open:
        messages.error(request, _("Muistuttaa voi vain, kun jakso on avoinna."))
        return redirect("seuranta:jakso-detail", pk)
    form, chosen = LauseForm(request.POST), _choose(build_tilanne(jakso), request.POST)
    if not form.is_valid():
        messages.error(request, form.errors["lause"][0])
    elif chosen:
        _tell(request, remind(jakso, chosen, by=request.user, **form.cleaned_data))
    else:
        messages.warning(request, _("Kukaan ei odota muistutusta. Viestejä ei lähetetty."))
    return redirect("seuranta:jakso-detail", pk)


def _choose(tilanne, data):
    """The people with something open that the pressed button means."""
    kayttaja, toimiala = data.get("kayttaja"), data.get("toimiala")
    waiting = [henkilo for henkilo in tilanne.henkilot if henkilo.kesken]
    if kayttaja:
        return [henkilo for henkilo in waiting if str(henkilo.kayttaja.pk) == kayttaja]
    if toimiala:
        wanted = None if toimiala == "ilman" else toimiala
        return [h for h in waiting if any(_toimiala_of(rivi) == wanted for rivi in h.kesken)]
    return waiting


def _toimiala_of(rivi):
    return str(rivi.toimiala.pk) if rivi.toimiala else None


def _tell(request, tulos):
    if tulos.lahteneet:
        text = ngettext(
            "Muistutus lähtee: %(nimet)s.", "Muistutus lähtee %(count)s henkilölle: %(nimet)s.", len(tulos.lahteneet)
        )
        messages.success(request, text % {"count": len(tulos.lahteneet), "nimet": _names(tulos.lahteneet)})
    if tulos.jo_saaneet:
        names = ", ".join(map(str, tulos.jo_saaneet))
        messages.warning(request, _("Sai muistutuksen jo tänään, eikä saanut toista: %(nimet)s.") % {"nimet": names})
    if tulos.kieltaneet:
        names = ", ".join(map(str, tulos.kieltaneet))
        messages.warning(request, _("Ei halua muistutuksia, eikä saanut viestiä: %(nimet)s.") % {"nimet": names})
    if not (tulos.lahteneet or tulos.jo_saaneet or tulos.kieltaneet):
        messages.warning(request, _("Kukaan muu kuin sinä ei odota muistutusta. Viestejä ei lähetetty."))


def _names(muistutukset):
    return ", ".join(str(muistutus.kayttaja) for muistutus in muistutukset)


@require_safe
def muistutus_lista(request, pk):
    """Every message of the jakso: when, to whom, of how many rows, and whether it left."""
    jakso = load_for_coordinating(request, pk)
    beside_rows = {"kohde": Rivikysymys._meta.model_name, "kohde_id__in": jakso.rivikysymykset.values("pk")}
    sent = (jakso.viestit | Ilmoitusviesti.objects.filter(**beside_rows)).select_related("kayttaja", "tekija")
    sivu = Paginator(sent, SIVULLA).get_page(request.GET.get("sivu"))
    return render(request, "seuranta/muistutus/muistutus_lista.html", {"jakso": jakso, "sivu": sivu})
