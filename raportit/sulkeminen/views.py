"""Closing a jakso: what the checks say, and the freeze."""

import logging

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from seuranta.jakso.havainnot import check_before_closing
from seuranta.models import SuljettuJakso
from seuranta.pyynto import load_for_coordinating

from ..tallenne import jono
from .sulje import close_jakso

logger = logging.getLogger(__name__)


def jakso_sulje(request, pk):
    """Show the checks; on POST freeze the report and close the jakso."""
    jakso = load_for_coordinating(request, pk)
    if request.method != "POST":
        havainnot = check_before_closing(jakso)
        context = {"jakso": jakso, "havainnot": havainnot, "osat": havainnot.by_toimiala()}
        return render(request, "raportit/sulkeminen/jakso_sulje.html", context)
    try:
        versio = close_jakso(jakso, by=request.user)
    except SuljettuJakso as not_now:
        messages.error(request, str(not_now))
        return redirect("seuranta:jakso-detail", jakso.pk)
    _make_files(versio)
    messages.success(
        request, _("Jakso on suljettu ja raportti jäädytetty. Versio %(numero)s.") % {"numero": versio.numero}
    )
    return redirect("raportit:versio-detail", versio.pk)


def _make_files(versio):
    """The jakso is closed whatever becomes of the files: what fails here is made when somebody asks for it."""
    try:
        jono.start(versio)
    except Exception:
        logger.exception("Version %s tiedostoja ei saatu tehtyä", versio.pk)
