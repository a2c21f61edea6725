"""The plan as it is going: the strategia's page."""

from itertools import groupby

from django.shortcuts import get_object_or_404, render

from strategia.models import Strategia, Toimenpide
from strategia.permissions import can_coordinate, sees_closed_only

from .uusimmat import describe_bar, draw_bar, newest_scores, shows_scores

SANAT = ("painopiste", "tavoite", "toimenpide", "toimiala", "vastuu", "toteutumisaste")


def strategia_detail(request, pk):
    """The plan as a tree, each toimenpide with its newest score and each painopiste with its bar."""
    strategia = get_object_or_404(Strategia, pk=pk, kunta=request.user.kunta_id)
    toimenpiteet = list(_plan_of(strategia))
    hidden = strategia.piilotetut if sees_closed_only(request.user) else set()
    shown = shows_scores(strategia, request.user)
    uusimmat = newest_scores(strategia, toimenpiteet, request.user) if shown else {}
    context = {
        "strategia": strategia,
        "sana": {rooli: strategia.sana(rooli) for rooli in SANAT},
        "toimenpiteet": toimenpiteet,
        "painopisteet": _list_painopisteet(strategia, toimenpiteet, uusimmat),
        "on_asteita": bool(uusimmat),
        "coordinates": can_coordinate(request.user, strategia),
        "ilman_toimialaa": sum(1 for t in toimenpiteet if t.toimiala_id is None),
        "vastuita": "vastuu" not in hidden and any(t.vastuu for t in toimenpiteet),
    }
    return render(request, "seuranta/eteneminen/strategia_detail.html", context)


def _plan_of(strategia):
    return (
        Toimenpide.objects.filter(tavoite__painopiste__strategia=strategia)
        .select_related("tavoite__painopiste", "toimiala", "toimielin")
        .order_by("tavoite__painopiste__jarjestys", "tavoite__jarjestys", "jarjestys", "pk")
    )


def _list_painopisteet(strategia, toimenpiteet, uusimmat):
    """[{painopiste, its rivit in the plan's order, its bar and the bar in words}]; a rivi has its newest score."""
    painopisteet = []
    for painopiste, rivit in groupby(toimenpiteet, key=lambda t: t.tavoite.painopiste):
        rivit = list(rivit)
        for toimenpide in rivit:
            toimenpide.uusin = uusimmat.get(toimenpide.pk)
            toimenpide.aste_nimi = strategia.asteen_nimi(toimenpide.uusin and toimenpide.uusin.aste)
        osuudet = draw_bar([t.uusin and t.uusin.aste for t in rivit])
        selite = describe_bar(osuudet, strategia)
        painopisteet.append({"painopiste": painopiste, "rivit": rivit, "osuudet": osuudet, "selite": selite})
    return painopisteet
