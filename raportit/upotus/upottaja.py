"""Which sites may show a page in a frame: those that the kunta lists, and no page but the one so marked."""

from functools import wraps

from csp.constants import NONE, SELF
from django.contrib.auth.decorators import login_not_required
from django.views.decorators.http import require_safe

from strategia.kaikille import forget_visitor
from strategia.sivustot import list_sivustot

from ..avoin.vastaus import UUSIN
from ..julkinen.julkisuus import find_kunta


def open_to_frames(view):
    """Decorator of a view whose first argument is the kunta's slug."""

    @require_safe
    @login_not_required
    @wraps(view)
    def answer(request, slug, *args, **kwargs):
        forget_visitor(request)  # in a frame of another site nobody is signed in
        response = view(request, slug, *args, **kwargs)
        kunta = find_kunta(slug)
        sivustot = list_sivustot(kunta.upottajat) if kunta else []
        if sivustot:
            response.xframe_options_exempt = True
        response._csp_replace = {"frame-ancestors": [SELF, *sivustot] if sivustot else [NONE]}
        response.headers["Cache-Control"] = UUSIN
        return response

    return answer
