"""What a probe asks of one web process: is it alive, may it be given work. Anonymous, without details."""

from django.contrib.auth.decorators import login_not_required
from django.http import JsonResponse
from django.views.decorators.http import require_safe

from .tila import read_state


@login_not_required
@require_safe
def alive(request):
    """The process answers. It asks nothing of the database: restarting this one would not bring that back."""
    return JsonResponse({"tila": "toimii"})


@login_not_required
@require_safe
def ready(request):
    """503 for what stops the pages; what is late or low is a warning in a 200, for that is no fault of this machine."""
    errors, warnings = read_state()
    answer = {"tila": "ei valmis" if errors else "valmis", "viat": _names(errors), "varoitukset": _names(warnings)}
    return JsonResponse(answer, status=503 if errors else 200)


def _names(messages):
    """The last word of each id: "palvelu.levy" -> "levy". What was found in detail is the operator's to read."""
    return sorted({message.id.rpartition(".")[2] for message in messages})


OSOITTEET = {"/terveys": alive, "/terveys/valmis": ready}


def answer_probe(get_response):
    """Before the session, the host's name and all else of a page: a probe asks by the machine's own address."""

    def answer(request):
        view = OSOITTEET.get(request.path_info)
        return view(request) if view else get_response(request)

    return answer
