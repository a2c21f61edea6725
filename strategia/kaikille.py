"""Answers for programs and for pages of others: nobody signs in to read them, and no cookie means anything."""

from functools import wraps

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse

from .istunnot import SessionStore

_SAA = {
    "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS",
    "Access-Control-Allow-Headers": "If-None-Match",
    "Access-Control-Max-Age": "86400",
}


def open_to_all(view):
    """Decorator: whoever asks is nobody, and any page of others may read what it answers."""

    @login_not_required
    @wraps(view)
    def answer(request, *args, **kwargs):
        forget_visitor(request)
        is_question = request.method == "OPTIONS"  # what a browser asks before it lets a page read
        response = HttpResponse(status=204, headers=_SAA) if is_question else view(request, *args, **kwargs)
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Access-Control-Expose-Headers"] = "ETag, Link"
        return response

    answer.kaikille = True  # by which OPTIONS comes this far: kehys/middleware.py
    return answer


def forget_visitor(request):
    """Let the request be nobody's: whoever is signed in in the same browser is not seen, and the answer is for all.

    Else history would name that person, and the session's idle time would begin anew.
    """
    request.user, request.session, request.COOKIES = AnonymousUser(), SessionStore(), {}
