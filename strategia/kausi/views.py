"""The plan of the next council term: begun from the old one, with the rows that are chosen of it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import ngettext

from ..joukkomuutos.forms import RivirajausForm
from ..models import Strategia, Tapahtuma
from ..permissions import can_coordinate
from ..tapahtuma import record_act
from ..vuoro import in_turn
from .forms import KausiForm, Kausivalinta
from .jatko import begin_next, copy_rows

NAYTETAAN = 500  # rows


@in_turn
def strategia_uusi_kausi(request, pk):
    """Nothing of the old plan changes; what is not ticked stays in it alone."""
    strategia = get_object_or_404(Strategia, pk=pk, kunta=request.user.kunta_id)
    if not can_coordinate(request.user, strategia):
        raise PermissionDenied
    posted = request.POST if request.method == "POST" else None
    rajaus = RivirajausForm(request.GET, strategia=strategia)
    rows = list(rajaus.rows().select_related("tavoite__painopiste", "toimiala"))
    ylimmat = list({t.tavoite.painopiste for t in rows} if rajaus.is_narrowed else strategia.painopisteet.all())
    valinta = Kausivalinta(posted, rows, ylimmat, shown=rows[:NAYTETAAN])
    form = KausiForm(posted, instance=begin_next(strategia))
    if form.is_valid():
        return _copied(request, strategia, form, valinta)
    context = {"strategia": strategia, "form": form, "rajaus": rajaus, "valinta": valinta, **_shown(rows, ylimmat)}
    context["jatkavat"] = Strategia.objects.filter(
        painopisteet__tavoitteet__toimenpiteet__edeltaja__tavoite__painopiste__strategia=strategia
    ).distinct()
    return render(request, "strategia/kausi/strategia_uusi_kausi.html", context, status=form.status)


def _shown(rows, ylimmat):
    """Each painopiste with its rows, in the plan's order, as far as the page has room."""
    under = {}
    for row in rows[:NAYTETAAN]:
        under.setdefault(row.tavoite.painopiste_id, []).append(row)
    ordered = sorted(ylimmat, key=lambda each: (each.jarjestys, each.pk))
    return {
        "painopisteet": [(each, under.get(each.pk, [])) for each in ordered],
        "kpl": len(rows),
        "nakymatta": max(len(rows) - NAYTETAAN, 0),
    }


def _copied(request, strategia, form, valinta):
    new = form.save()
    count = copy_rows(
        strategia,
        new,
        painopisteet=valinta.painopisteet,
        toimenpiteet=valinta.mukana,
        mittarit=form.cleaned_data["mittarit"],
        by=request.user,
    )
    record_act(request, Tapahtuma.Laji.LISATTY, new, mista=strategia)
    told = ngettext(
        "%(nimi)s on tehty. Siinä on %(n)s toimenpide.", "%(nimi)s on tehty. Siinä on %(n)s toimenpidettä.", count
    )
    messages.success(request, told % {"nimi": new.nimi, "n": count})
    return redirect("strategia:strategia-detail", new.pk)
