"""The page "Palvelun tila": what works, what ran and when, and which messages of the kunta did not leave."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ..permissions import can_see_palvelu
from .luvut import free_space, mail_of, newest_runs
from .tila import read_state


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
        "vapaata": free_space(),
        "viestit": mail_of(request.user.kunta),
    }
    return render(request, "strategia/palvelu/palvelun_tila.html", context)
