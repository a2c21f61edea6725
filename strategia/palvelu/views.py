"""What a probe asks of one web process, and the page "Palvelun tila"."""

from datetime import timedelta

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from ..permissions import can_see_palvelu
from .luvut import TOISTEN, free_space, mail_of, newest_runs
from .tila import read_state, read_state_of_late

VOIMASSA = timedelta(days=180)


@login_not_required
@require_safe
def alive(request):
    """The process answers. It asks nothing of the database: restarting this one would not bring that back."""
    return JsonResponse({"tila": "toimii"})


@login_not_required
@require_safe
def ready(request):
    """503 for what stops the pages; what is late or low is a warning in a 200, for that is no fault of this machine."""
    errors, warnings = read_state_of_late()
    answer = {"tila": "ei valmis" if errors else "valmis", "viat": _names(errors), "varoitukset": _names(warnings)}
    return JsonResponse(answer, status=503 if errors else 200)


def _names(messages):
    """The last word of each id: "palvelu.levy" -> "levy". What was found in detail is the operator's to read."""
    return sorted({message.id.rpartition(".")[2] for message in messages})


@login_not_required
@require_safe
def security_txt(request):
    """Where whoever finds a hole tells of it (RFC 9116). Good for half a year from the day it is read."""
    expires = (timezone.now() + VOIMASSA).strftime("%Y-%m-%dT00:00:00Z")
    lines = [
        f"Contact: {settings.SITE_URL}{reverse('strategia:palaute')}",
        f"Expires: {expires}",
        "Preferred-Languages: fi, sv, en",
        f"Canonical: {settings.SITE_URL}{request.path}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@require_safe
def palvelun_tila(request):
    """Of the installation what an operator looks at, of the kunta its messages."""
    if not can_see_palvelu(request.user, request.user.kunta):
        raise PermissionDenied
    errors, warnings = read_state()
    context = {
        "viat": errors,
        "varoitukset": warnings,
        "ajot": newest_runs(),
        "luvut": [tell() for tell in TOISTEN],
        "vapaata": free_space(),
        "viestit": mail_of(request.user.kunta),
    }
    return render(request, "strategia/palvelu/palvelun_tila.html", context)
