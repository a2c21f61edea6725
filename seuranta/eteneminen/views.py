"""The plan as it is going: the strategia's page."""

from collections import Counter

from django.db.models import Count, Q
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from strategia.models import Strategia, Toimenpide
from strategia.permissions import can_coordinate

from ..kirjaaminen.sivutus import split_pages
from .etsinta import EtenemisrajausForm
from .jaksot import list_begun, shows_scores
from .osiot import find_number, list_osiot
from .uusimmat import add_earlier, add_newest, list_places, read_newest

SANAT = ("painopiste", "tavoite", "toimenpide", "toimiala", "vastuu", "toteutumisaste")


@require_safe
def strategia_detail(request, pk):
    """The plan a page at a time, each toimenpide with its newest score and each painopiste with its bar."""
    strategia = get_object_or_404(Strategia, pk=pk, kunta=request.user.kunta_id)
    context = {
        "strategia": strategia,
        "sana": {rooli: strategia.sana(rooli) for rooli in SANAT},
        "coordinates": can_coordinate(request.user, strategia),
        "auki": request.GET.get("auki") != "ei",
        **_page_of(strategia, request.user, request.GET),
    }
    return render(request, "seuranta/eteneminen/strategia_detail.html", context)


def _page_of(strategia, user, asked):
    """What of the plan the address asks for, and the page of it."""
    jaksot = list_begun(strategia, user) if shows_scores(strategia, user) else []
    rajaus = EtenemisrajausForm(asked, strategia=strategia, user=user, asteet=bool(jaksot))
    rows = rajaus.rows()  # cleans what was asked
    sijat = list_places(rows, user, jaksot, with_moves=rajaus.asks_moves, tekstit=rajaus.haettavat)
    sijat = rajaus.select(sijat)
    sivut, maarat = split_pages(sijat), _count_plan(strategia)
    number = find_number(sivut, asked.get("sivu", ""), asked.get("kohta", ""))
    toimenpiteet = _read_rows(strategia, user, jaksot, sivut[number - 1].rows)
    return {
        "rajaus": rajaus,
        "toimenpiteet": toimenpiteet,
        "osiot": list_osiot(strategia, sivut, toimenpiteet, maarat),
        "sivut": list(enumerate(sivut, 1)),
        "sivu": number,
        "kpl": len(sijat),
        "kaikkiaan": maarat["kaikki"],
        "piilossa": maarat["kaikki"] - len(sijat),
        "asteet": [*reversed(strategia.asteen_nimet.items()), (0, "")],
        "ilman_toimialaa": maarat["ilman"],
        "jakso": jaksot[0] if jaksot else None,
        "nayttaa_toimialan": "toimiala" not in rajaus.hidden,
        "vastuita": "vastuu" not in rajaus.hidden and any(t.vastuu or t.henkilot for t in toimenpiteet),
    }


def _count_plan(strategia):
    """{("painopiste" or "tavoite", id): how many toimenpiteet, "kaikki": in all, "ilman": without a toimiala}"""
    counts = Counter()
    rows = Toimenpide.objects.filter(tavoite__painopiste__strategia=strategia).order_by()
    told = {"maara": Count("pk"), "ilman": Count("pk", filter=Q(toimiala=None))}
    for tavoite, painopiste, maara, ilman in rows.values_list("tavoite", "tavoite__painopiste").annotate(**told):
        counts["tavoite", tavoite] += maara
        counts["painopiste", painopiste] += maara
        counts["kaikki"] += maara
        counts["ilman"] += ilman
    return counts


def _read_rows(strategia, user, jaksot, sijat):
    """The toimenpiteet of these places in their order, each with its newest score and how it is drawn."""
    rows = Toimenpide.objects.filter(kunta=strategia.kunta_id).prefetch_related("vastuuhenkilot")
    rows = rows.select_related("tavoite__painopiste", "toimiala")
    by_id, merkit = add_newest(rows, user, jaksot).in_bulk([sija.pk for sija in sijat]), {}
    toimenpiteet = [by_id[sija.pk] for sija in sijat if sija.pk in by_id]  # one may be deleted this very moment
    for toimenpide in toimenpiteet:
        toimenpide.uusin = read_newest(toimenpide, jaksot)
    add_earlier(toimenpiteet, user, strategia)
    for toimenpide in toimenpiteet:
        aste = toimenpide.uusin and toimenpide.uusin.aste
        toimenpide.aste_nimi, toimenpide.merkki = strategia.asteen_nimi(aste), _mark(strategia, aste, merkit)
        toimenpide.henkilot = ", ".join(map(str, toimenpide.vastuuhenkilot.all()))
        toimenpide.sitova = toimenpide.get_sitovuus_display() or toimenpide.tavoite.get_sitovuus_display()
    return toimenpiteet


def _mark(strategia, aste, drawn):
    """The squares of a score where scores are shown as numbers; each is drawn once a page."""
    if not aste or strategia.esitys != Strategia.Esitys.NUMEROT:
        return ""
    if aste not in drawn:
        drawn[aste] = render_to_string("strategia/suunnitelmat/_merkki.html", {"aste": aste})
    return drawn[aste]
