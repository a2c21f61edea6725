"""Closing a jakso: what the checks say, and the freeze."""

import logging

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from seuranta.jakso.havainnot import check_before_closing
from seuranta.models import Kirjaus, SuljettuJakso
from seuranta.pyynto import load_for_coordinating
from strategia.permissions import can_coordinate
from strategia.teksti import read_id

from ..models import Raporttiversio
from ..tallenne import jono
from ..tallenne.lataus import asks_again
from ..tallenne.nakyma import show_publicly
from ..tallenne.valmius import look_at_files
from .lahettamatta import find_elsewhere, list_unsent, read_unsent
from .sulje import close_jakso

logger = logging.getLogger(__name__)

SIVULLA = 50  # unsent rows on the closing page: the checks and the button stand below them


def jakso_sulje(request, pk):
    """Show the checks; on POST freeze the report and close the jakso."""
    jakso = load_for_coordinating(request, pk)
    if request.method != "POST":
        return _show(request, jakso)
    try:
        versio = close_jakso(jakso, by=request.user)
    except SuljettuJakso as not_now:
        messages.error(request, str(not_now))
        return redirect("seuranta:jakso-detail", jakso.pk)
    _make_files(versio)
    messages.success(
        request, _("Jakso on suljettu ja raportti jäädytetty. Versio %(numero)s.") % {"numero": versio.numero}
    )
    return redirect("raportit:versio-tiedostot", versio.pk)


def _show(request, jakso):
    lahettamatta = list_unsent(jakso)
    sivu = Paginator(lahettamatta, SIVULLA).get_page(request.GET.get("sivu"))
    context = {
        "jakso": jakso,
        "havainnot": check_before_closing(jakso),
        "lahettamatta": lahettamatta,
        "sivu": sivu,
        "rivit": read_unsent(jakso, sivu.object_list),
        "muualla": find_elsewhere(jakso),
    }
    return render(request, "raportit/sulkeminen/jakso_sulje.html", context)


@require_POST
def jakso_ota_mukaan(request, pk):
    """Let the report count rows that nobody has sent: those that were chosen, or all that the page counted."""
    jakso = load_for_coordinating(request, pk)
    chosen = set(request.POST.get("nahty", "").split() if "kaikki" in request.POST else request.POST.getlist("rivi"))
    versiot = {each.pk: each.versio for each in list_unsent(jakso) if str(each) in chosen}
    page = redirect(_where_it_was(request, jakso))
    if not versiot or not jakso.is_in_finishing:
        messages.error(request, _("Valitse ensin rivit, jotka otat mukaan. Jakson pitää olla viimeistelyssä."))
        return page
    taken, changed = Kirjaus.objects.take_in(jakso, versiot, by=request.user)
    count = len(taken)
    told = ngettext("Raporttiin otettiin mukaan %(n)s rivi.", "Raporttiin otettiin mukaan %(n)s riviä.", count)
    messages.success(request, told % {"n": count})
    if changed or len(versiot) < len(chosen):
        messages.warning(request, _("Osa riveistä oli muuttunut sillä välin. Katso ne uudelleen."))
    return page


def _where_it_was(request, jakso):
    """The closing page at the rows that the person was looking at."""
    path, sivu = reverse("raportit:jakso-sulje", args=[jakso.pk]), read_id(request.GET.get("sivu", ""))
    return f"{path}?{urlencode({'sivu': sivu})}" if sivu else path


def versio_tiedostot(request, pk):
    """What is being made of a version that was just closed, until all of it is there."""
    mine = Raporttiversio.objects.filter(kunta=request.user.kunta_id).select_related("jakso", "kunta")
    versio = get_object_or_404(mine, pk=pk)
    if not can_coordinate(request.user, versio):
        raise PermissionDenied
    valmius = look_at_files(show_publicly(versio), again=asks_again(request))
    if request.method == "POST":
        return redirect(request.path)
    template = "raportit/sulkeminen/_tiedostot.html" if request.htmx else "raportit/sulkeminen/versio_tiedostot.html"
    return render(request, template, {"valmius": valmius, "versio": versio})


def _make_files(versio):
    """The jakso is closed whatever becomes of the files: what fails here is made when somebody asks for it."""
    try:
        jono.start(versio)
    except Exception:  # disk, database or renderer: the jakso is closed all the same
        logger.exception("Version %s tiedostoja ei saatu tehtyä", versio.pk)
