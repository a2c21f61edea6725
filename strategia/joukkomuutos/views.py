"""Many rows of the plan at once: chosen, given what they get, looked at afterwards and undone."""

from collections import Counter
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from ..models import Joukkomuutos, Strategia
from ..permissions import can_coordinate
from ..teksti import read_id
from ..ulkopuoliset import tell_outsiders
from ..vuoro import in_turn
from .forms import LOMAKKEET, PUUTTUU, RivirajausForm, VastuustaForm, list_rows
from .rivitiedot import KENTAT, LIITOKSET, fingerprint, read_values
from .sanoin import describe, name_values
from .teko import do, undo
from .vastuusta import propose

NAYTETAAN = 300  # rows; an act on all that match needs no more to be drawn
VIIMEISIA = 10
VASTUUSTA = "vastuusta"


def _load(request, queryset, pk):
    row = get_object_or_404(queryset, pk=pk, kunta=request.user.kunta_id)
    if not can_coordinate(request.user, row):
        raise PermissionDenied
    return row


@in_turn
def rivit_muuta(request, pk):
    """Choose rows, say what they get, save: each step is this page, and the last one is an act that can be undone."""
    strategia = _load(request, Strategia.objects.all(), pk)
    rajaus = RivirajausForm(request.GET, strategia=strategia)
    if request.method != "POST":
        return _show_choice(request, strategia, rajaus)
    teko, chosen = request.POST.get("teko", ""), _chosen(request, strategia, rajaus)
    if teko not in (*LOMAKKEET, VASTUUSTA) or not chosen:
        virhe = _("Valitse ainakin yksi toimenpide.") if not chosen else _("Valitse, mitä muutetaan.")
        return _show_choice(request, strategia, rajaus, virhe=virhe)
    return _act(request, strategia, teko, chosen)


@require_safe
def toimialat_siirtyneet(request, pk):
    """The address of the page that gave toimialat alone, in bookmarks and old messages: the same rows are here now."""
    strategia, asked = _load(request, Strategia.objects.all(), pk), request.GET
    nayta = asked.get("nayta", "ilman")
    rajaus = {"tavoite": asked.get("tavoite"), "haku": asked.get("vastuu")}
    rajaus["toimiala"] = PUUTTUU if nayta == "ilman" else read_id(nayta)
    kysely = urlencode({name: value for name, value in rajaus.items() if value})
    path = reverse("strategia:rivit-muuta", args=[strategia.pk])
    return redirect(f"{path}?{kysely}" if kysely else path)


def _show_choice(request, strategia, rajaus, *, virhe=""):
    rows = rajaus.rows()
    count, links = rows.count(), ("tavoite__painopiste", "toimiala", "toimielin")
    context = {
        "strategia": strategia,
        "rajaus": rajaus,
        "toimenpiteet": rows.select_related(*links).prefetch_related("vastuuhenkilot")[:NAYTETAAN],
        "kpl": count,
        "kaikkiaan": list_rows(strategia).count(),
        "nakymatta": max(count - NAYTETAAN, 0),
        "muutokset": strategia.joukkomuutokset.select_related("tekija")[:VIIMEISIA],
        "valitut": request.POST.getlist("toimenpiteet"),
        "virhe": virhe,
    }
    return render(request, "strategia/joukkomuutos/rivit_muuta.html", context, status=422 if virhe else 200)


def _chosen(request, strategia, rajaus):
    """The chosen toimenpiteet in the plan's order; ids that are not of this plan are no rows of it."""
    if "kaikki" in request.POST:
        return list(rajaus.rows())
    named = request.POST.getlist("toimenpiteet") or request.POST.get("rivit", "").split(",")
    ids = {read_id(pk) for pk in named} - {None}
    return [each for each in list_rows(strategia) if each.pk in ids]


def _act(request, strategia, teko, chosen):
    """The form of the act with what the rows have now; sent, it is done unless somebody has changed them meanwhile."""
    now = read_values(chosen, [*KENTAT, *LIITOKSET])
    tunniste, posted = fingerprint(now), request.POST if "vahvista" in request.POST else None
    ilman = 0
    if teko == VASTUUSTA:
        ehdotukset, ilman = propose(strategia.kunta_id, chosen)
        form = VastuustaForm(posted, strategia=strategia, ehdotukset=ehdotukset)
    else:
        form = LOMAKKEET[teko](posted, strategia=strategia, toimenpiteet=chosen)
    changed = posted is not None and request.POST.get("tunniste") != tunniste
    if posted is not None and not changed and form.is_valid():
        return _done(request, strategia, teko, chosen, form)
    context = {
        "strategia": strategia,
        "teko": teko,
        "sana": _("toimialat vastuun mukaan") if teko == VASTUUSTA else Joukkomuutos.Laji(teko).label,
        "form": form,
        "toimenpiteet": chosen,
        "rivit": ",".join(str(each.pk) for each in chosen),
        "tunniste": tunniste,
        "nyt": Counter(describe(chosen, now, teko)).most_common(),
        "ilman": ilman,
        "muuttui": changed,
    }
    status = 409 if changed else 422 if form.errors else 200
    return render(request, "strategia/joukkomuutos/rivit_arvo.html", context, status=status)


def _done(request, strategia, teko, chosen, form):
    by_row = teko == VASTUUSTA
    changes = form.changes()
    muutokset = changes if by_row else dict.fromkeys(chosen, changes)
    laji = Joukkomuutos.Laji.TOIMIALA if by_row else teko
    act = do(strategia, laji, muutokset, kuvaus=str(form.kuvaus()), by=request.user)
    if act is None:
        messages.info(request, _("Mikään ei muuttunut: valituilla on jo nämä tiedot."))
        return redirect("strategia:rivit-muuta", strategia.pk)
    count = act.rivit.count()
    told = ngettext("%(n)s toimenpide muuttui.", "%(n)s toimenpidettä muuttui.", count) % {"n": count}
    messages.success(request, told)
    if warning := tell_outsiders(list(muutokset)):
        messages.warning(request, warning)
    return redirect("strategia:joukkomuutos-detail", act.pk)


@in_turn
def joukkomuutos_detail(request, pk):
    """An act on many rows: what each had and got; the button that undoes it, once."""
    act = _load(request, Joukkomuutos.objects.select_related("strategia", "tekija", "kumoaja"), pk)
    if request.method == "POST":
        if act.kumottu is None:
            count = undo(act, by=request.user)
            told = ngettext("%(n)s toimenpide palautettiin.", "%(n)s toimenpidettä palautettiin.", count)
            messages.success(request, told % {"n": count})
        return redirect("strategia:joukkomuutos-detail", pk)
    rivit = list(act.rivit.select_related("toimenpide"))
    name_values(rivit)
    context = {"muutos": act, "rivit": rivit, "jaaneet": [rivi for rivi in rivit if rivi.este]}
    return render(request, "strategia/joukkomuutos/joukkomuutos_detail.html", context)
