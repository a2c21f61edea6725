"""A leaver's toimenpiteet handed to another in one act."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..models import Kayttaja
from ..permissions import can_manage_users, lost_toimenpiteet, named_toimenpiteet
from ..ulkopuoliset import tell_outsiders
from ..vuoro import in_turn
from .forms import LuovutusForm
from .teko import hand_over

NAYTETAAN = 100


@in_turn
def luovutus(request, pk):
    """Of a person in use the rows that are not theirs any more, where there are such; else all."""
    person = get_object_or_404(Kayttaja, pk=pk, kunta=request.user.kunta_id, is_superuser=False)
    if not can_manage_users(request.user, person):
        raise PermissionDenied
    rows = _rows_of(request, person)
    form = LuovutusForm(request.POST if request.method == "POST" else None, luovuttaja=person)
    if form.is_valid():
        return _done(request, person, rows, form.cleaned_data["kenelle"])
    count = rows.count()
    context = {
        "form": form,
        "kayttaja": person,
        "toimenpiteet": rows.select_related("toimiala")[:NAYTETAAN],
        "kpl": count,
        "nakymatta": max(count - NAYTETAAN, 0),
        "irti": _is_of_lost(request),
    }
    return render(request, "strategia/luovutus/luovutus.html", context, status=422 if form.errors else 200)


def _rows_of(request, person):
    rows = lost_toimenpiteet(person) if _is_of_lost(request) else named_toimenpiteet(person)
    return rows.order_by("tavoite__painopiste__jarjestys", "tavoite__jarjestys", "jarjestys", "pk")


def _is_of_lost(request):
    return request.GET.get("rivit") == "irti"


def _done(request, person, rows, kenelle):
    acts = hand_over(rows, person, kenelle, by=request.user)
    if not acts:
        messages.info(request, _("Henkilön nimi ei ole yhdelläkään toimenpiteellä."))
        return redirect("strategia:kayttaja-detail", person.pk)
    changed = [rivi.toimenpide for act in acts for rivi in act.rivit.select_related("toimenpide")]
    count = {"n": len(changed), "kenelle": kenelle}
    if kenelle:
        told = ngettext(
            "%(n)s toimenpide siirtyi: %(kenelle)s.", "%(n)s toimenpidettä siirtyi: %(kenelle)s.", len(changed)
        )
    else:
        told = ngettext("%(n)s toimenpide on taas toimialan.", "%(n)s toimenpidettä on taas toimialan.", len(changed))
    messages.success(request, told % count)
    if warning := tell_outsiders(changed):
        messages.warning(request, warning)
    if len(acts) == 1:
        return redirect("strategia:joukkomuutos-detail", acts[0].pk)
    return redirect("strategia:kayttaja-detail", person.pk)
