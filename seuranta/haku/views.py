"""The search over the plan and the comments."""

from django.core.paginator import Paginator
from django.shortcuts import render
from django.views.decorators.http import require_safe

from .osumat import LAJIT, describe_hit, read_words, search
from .piilossa import hidden_from, hide_in, leave_out_hidden

SIVULLA = 25


@require_safe
def haku(request):
    """One kind of hits at a time, a page of them; the kinds with how many each has."""
    typed = request.GET.get("q", "").strip()[:200]
    words = read_words(typed)
    context = {"hakusana": typed, "words": words}
    if words:
        context |= _find(request, words)
    return render(request, "seuranta/haku/haku.html", context)


def _find(request, words):
    hidden = hidden_from(request.user)
    found = leave_out_hidden(search(words, request.user), words, request.user, hidden)
    counts = {laji: rows.count() for laji, rows in found.items()}
    asked = request.GET.get("laji")
    laji = asked if asked in LAJIT else next((laji for laji in LAJIT if counts[laji]), "toimenpiteet")
    sivu = Paginator(found[laji], SIVULLA).get_page(request.GET.get("sivu"))
    return {
        "lajit": [(key, word, counts[key]) for key, word in LAJIT.items()],
        "laji": laji,
        "yhteensa": sum(counts.values()),
        "sivu": sivu,
        "osumat": [describe_hit(row, words) for row in hide_in(list(sivu), laji, request.user, hidden)],
    }
