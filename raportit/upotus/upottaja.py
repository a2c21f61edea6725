"""Which sites may show a page in a frame: those that the kunta lists, and no page but the one so marked."""

from functools import wraps

from csp.constants import NONE, SELF
from django.views.decorators.http import require_safe

from strategia.sivumuisti import keep_pages
from strategia.sivustot import list_sivustot

from ..julkinen.julkisuus import find_kunta


def open_to_frames(view):
    """Decorator of a view whose first argument is the kunta's slug."""

    @keep_pages
    @require_safe
    @wraps(view)
    def answer(request, slug, **where):
        response = view(request, slug, **where)
        kunta = find_kunta(slug)
        sivustot = list_sivustot(kunta.upottajat) if kunta else []
        if sivustot:
            response.xframe_options_exempt = True
        response._csp_replace = {"frame-ancestors": [SELF, *sivustot] if sivustot else [NONE]}
        return response

    return answer
