"""A version is published or withdrawn, and what bodies decided of it is told beside it."""

from copy import copy

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from strategia.models import RAPORTIN_OSAT, Tapahtuma
from strategia.permissions import can_coordinate
from strategia.sahkoposti import absolute_url
from strategia.tapahtuma import record_act
from strategia.vuoro import in_turn

from ..models import Kasittely, Raporttiversio, julkaistaan_sanoin
from ..osavuosikatsaus import find_in_report, from_json, split_meeting
from ..tallenne.nakyma import show_publicly
from .forms import JulkaisuForm, KasittelyForm, PoistoForm
from .julkaisusta import announce_published


def versio_julkaisu(request, pk):
    """What becomes public, now or at a time, or stops being public; on POST it is done."""
    versio = _load_version(request, pk)
    form_class = PoistoForm if versio.on_julkinen else JulkaisuForm
    form = form_class(request.POST if request.method == "POST" else None)
    if request.method == "POST" and (told := _act(request, versio, form)) is not None:
        if told:
            messages.success(request, told)
        return redirect("raportit:versio-detail", versio.pk)
    raportti = show_publicly(versio).raportti
    context = {"versio": versio, "raportti": raportti, "henkilotiedot": find_in_report(raportti), "form": form}
    context["piilotetut"] = [_hidden_name(raportti, rooli) for rooli in raportti.piilotetut]
    context["nayte"] = form.cleaned_data.get("syy", "") if form.is_bound and not form.errors else ""
    context["osoite"] = absolute_url(reverse("raportit:julkinen-versio", args=[versio.kunta.slug, versio.tunnus]))
    return render(request, "raportit/julkaisu/versio_julkaisu.html", context, status=422 if form.errors else 200)


def _act(request, versio, form):
    """Do what was pressed -> what is told of it, "" of nothing done; None where the page is to be shown again."""
    toimi = request.POST.get("toimi")
    if toimi == "peru":
        versio.cancel(by=request.user)
        return _("Ajastus on peruttu.")
    if (toimi == "poista") != versio.on_julkinen or toimi not in ("poista", "julkaise"):
        return ""  # somebody else did it first
    if not form.is_valid():
        return None
    if toimi == "julkaise":
        versio.publish(by=request.user, piilota_vanhat=_hides_old(request, versio), when=form.when)
        announce_published(versio, by=request.user)
        return _("Raportti on julkaistu.") if versio.on_julkinen else f"{julkaistaan_sanoin(form.when)}."
    if request.POST.get("vahvista") != "1":
        return None  # first it is shown as everybody will read it
    versio.withdraw(by=request.user, syy=form.cleaned_data["syy"])
    return _("Raportti on poistettu julkaisusta.")


def _hidden_name(raportti, rooli):
    """What is not published, in words: a column, or a chapter that has been left out."""
    if rooli.startswith("luku."):
        return _("luku %(nimi)s") % {"nimi": RAPORTIN_OSAT[rooli]}
    return _("sarake %(nimi)s") % {"nimi": raportti.strategia.sanasto.get(rooli) or RAPORTIN_OSAT[rooli]}


def _hides_old(request, versio):
    """What was chosen of old texts; where there is no list to choose of, what was chosen before stays."""
    return "piilota_vanhat" in request.POST if show_publicly(versio).aiempi else versio.piilota_vanhat


def _load_version(request, pk):
    versiot = Raporttiversio.objects.select_related("jakso", "kunta")
    versio = get_object_or_404(versiot, pk=pk, kunta=request.user.kunta_id)
    if not can_coordinate(request.user, versio):
        raise PermissionDenied
    return versio


@in_turn
def kasittely_uusi(request, pk):
    """Tell how a body dealt with the version: beside its frozen bytes, never in them."""
    versio = _load_version(request, pk)
    own = Kasittely(versio=versio, kunta=versio.kunta)
    form = KasittelyForm(request.POST if request.method == "POST" else None, instance=own, initial=_meeting_of(versio))
    if form.is_valid():
        record_act(request, Tapahtuma.Laji.LISATTY, form.save())
        messages.success(request, _("Käsittely on lisätty."))
        return redirect("raportit:versio-detail", versio.pk)
    status = 422 if form.errors else 200
    return render(request, "raportit/julkaisu/kasittely_form.html", {"versio": versio, "form": form}, status=status)


def _meeting_of(versio):
    """The meeting that the report was closed for, as far as it is told, until a käsittely of it has been added."""
    toimielin, pvm = split_meeting(from_json(versio.data).kokous)
    if versio.kasittelyt.filter(toimielin=toimielin).exists():
        return {}
    return {"toimielin": toimielin, "pvm": pvm}


@require_POST
@in_turn
def kasittely_poista(request, pk):
    kasittely = get_object_or_404(Kasittely, pk=pk, kunta=request.user.kunta_id)
    if not can_coordinate(request.user, kasittely):
        raise PermissionDenied
    gone = copy(kasittely)  # deleted, a row has no id
    kasittely.delete()
    record_act(request, Tapahtuma.Laji.POISTETTU, gone)
    messages.success(request, _("Käsittely on poistettu."))
    return redirect("raportit:versio-detail", kasittely.versio_id)
