"""Pages about the strategia itself, and the frame that every page shares."""

from django.shortcuts import render


def page_frame(request):
    """Context of base.html."""
    return {}


def etusivu(request):
    return render(request, "strategia/etusivu.html")
