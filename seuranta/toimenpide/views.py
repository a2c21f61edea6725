"""One toimenpide: what it is, how it has gone in every jakso, and who changed what."""

from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from strategia.models import OMA, Strategia, Toimenpide
from strategia.permissions import can_coordinate, can_edit_mittari, can_edit_riski, can_import, sees_closed_only
from strategia.teksti import clean_stored

from ..linkitetyt import list_linkitetyt
from ..models import Kirjaus, Riski
from .kehitys import describe_toimenpide
from .sarjat import describe_mittarit

FAKTAT = ("toimiala", "toimielin", "toimialan_tavoite", "vastuu", "riski", "mittari")


@require_safe
def toimenpide_detail(request, pk):
    toimenpide = get_object_or_404(
        Toimenpide.objects.select_related(
            "tavoite__painopiste__strategia", "toimiala", "toimielin", "edeltaja__tavoite__painopiste__strategia"
        ),
        pk=pk,
        kunta=request.user.kunta_id,
    )
    strategia = toimenpide.tavoite.painopiste.strategia
    kehitys = describe_toimenpide(toimenpide, request.user)
    hidden = set() if kehitys.follows else strategia.piilotetut
    mittarit = list(toimenpide.mittarit.in_order().prefetch_related("tavoitteet"))
    context = {
        "toimenpide": toimenpide,
        "strategia": strategia,
        "tiedot": _facts(toimenpide, strategia, hidden, follows=kehitys.follows),
        "henkilot": [] if "vastuu" in hidden else toimenpide.vastuuhenkilot.all(),
        "kehitys": kehitys,
        "seuraajat": toimenpide.seuraajat.select_related("tavoite__painopiste__strategia"),
        "linkit": toimenpide.linkit.select_related("tavoite__painopiste__strategia"),
        "riskit": _risks_of(toimenpide, request.user, hidden),
        "edits_riskit": can_edit_riski(request.user, toimenpide),
        "edits_mittarit": can_edit_mittari(request.user, toimenpide),
        "sarjat": describe_mittarit(mittarit, request.user, follows=kehitys.follows, hidden=hidden),
        "coordinates": can_coordinate(request.user, toimenpide),
        "may_open_tuonti": can_import(request.user, toimenpide),
    }
    return render(request, "seuranta/toimenpide/toimenpide_detail.html", context)


@require_safe
def linkitetyt(request, pk):
    """The toimenpiteet of other plans that stand in this one, as the user may see them."""
    strategia = get_object_or_404(Strategia, pk=pk, kunta=request.user.kunta_id)
    rows = list_linkitetyt(strategia, Kirjaus.objects.visible_to(request.user))
    if sees_closed_only(request.user):
        for row in rows:
            if row.kirjaus:
                row.kirjaus.hide(row.strategia.piilotetut)
    return render(request, "seuranta/toimenpide/linkitetyt.html", {"strategia": strategia, "linkitetyt": rows})


def _risks_of(toimenpide, user, hidden):
    """The risks that the user may read, the greatest first."""
    mine = Riski.objects.visible_to(user).filter(toimenpide=toimenpide)
    return [] if "riski" in hidden else mine.select_related("jakso").in_order()


def _facts(toimenpide, strategia, hidden, *, follows):
    """[(the kunta's own word, text)] of what the plan says; what it does not say is left out, toimiala never.

    hidden: the roles that the reader may not see, for the report does not publish them.
    """
    facts = {rooli: str(getattr(toimenpide, rooli) or "") for rooli in FAKTAT}
    facts["toimiala"] = facts["toimiala"] or "–"
    facts["sdg"] = ", ".join(str(goal) for goal in toimenpide.sdg)
    told = [(strategia.sana(rooli), text) for rooli, text in facts.items() if text and rooli not in hidden]
    others = ", ".join(str(toimiala) for toimiala in toimenpide.muut_toimialat.all())
    if others and "toimiala" not in hidden:
        told.append((_("Muut toimialat"), others))
    if sitovuus := toimenpide.get_sitovuus_display() or toimenpide.tavoite.get_sitovuus_display():
        told.append((_("Sitovuus"), sitovuus))  # its own, else that of its tavoite
    return told + strategia.list_omat(OMA, clean_stored(toimenpide.omat), only_shown=not follows)
