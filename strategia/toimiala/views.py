"""The pääkäyttäjä's pages of toimialat and the koordinaattori's of toimielimet: adding, renaming, ending, joining.

A toimiala can also be split. Each view but that one serves both kinds: the address tells which, by its Sanat.
"""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ..models import Jasenyys, Tapahtuma
from ..tapahtuma import record_act
from ..vuoro import in_turn
from .elinkaari import OnKaytossa, place_last, rename, set_ended
from .forms import JakoForm, NimiForm, YhdistamisForm
from .lajit import TOIMIALA
from .toimialat import split

Laji = Tapahtuma.Laji


@in_turn
def yksikko_lista(request, sanat):
    """All of the kind with how many toimenpiteet and users each has, and the form for a new one."""
    kunta = request.user.kunta
    if not sanat.may_keep(request.user, kunta):
        raise PermissionDenied
    form = NimiForm(request.POST if request.method == "POST" else None, kunta=kunta, sanat=sanat)
    if form.is_valid():
        row = sanat.model(kunta=kunta, nimi=form.cleaned_data["nimi"])
        place_last(row)
        row.save()
        record_act(request, Laji.LISATTY, row)
        messages.success(request, sanat.lisatty % {"nimi": row.nimi})
        return redirect(sanat.address("lista"))
    rows = _count_people(sanat, _counted(sanat).filter(kunta=kunta))
    context = {
        "kaytossa": [each for each in rows if not each.lopetettu],
        "lopetetut": [each for each in rows if each.lopetettu],
    }
    return _page(request, sanat, "lista", form, **context)


def _page(request, sanat, sivu, form, **context):
    osoite = {name: sanat.address(name) for name in ("lista", "detail", "lopeta", "yhdista")}
    context |= {"form": form, "sanat": sanat, "osoite": osoite}
    return render(request, f"strategia/toimiala/{sanat.laji}_{sivu}.html", context, status=_status(form))


def _status(form):
    return getattr(form, "status", 422 if form.errors else 200)


def _counted(sanat):
    ordered = sanat.model.objects.order_by(*sanat.model._meta.ordering)  # a count drops it
    return ordered.annotate(toimenpiteita=Count("toimenpiteet"))


def _count_people(sanat, rows):
    """The rows, each toimiala with kayttajia: a query whatever their number."""
    rows, kayttajia = list(rows), {}
    if sanat.has_people:
        active = Jasenyys.objects.filter(toimiala__in=rows, kayttaja__is_active=True)
        kayttajia = dict(active.values_list("toimiala").annotate(Count("pk")))
    for row in rows:
        row.kayttajia = kayttajia.get(row.pk, 0)
    return rows


def _load(request, sanat, pk):
    """One of the own kunta, for who keeps them; others are refused, outsiders do not find it."""
    row = get_object_or_404(_counted(sanat), pk=pk, kunta=request.user.kunta_id)
    if not sanat.may_keep(request.user, row):
        raise PermissionDenied
    return row


@in_turn
def yksikko_detail(request, pk, sanat):
    """Rename it, and the ways to end it."""
    row = _load(request, sanat, pk)
    posted = request.POST if request.method == "POST" else None
    form = NimiForm(posted, kunta=request.user.kunta, sanat=sanat, row=row)
    if form.is_valid():
        before = row.nimi
        rename(row, form.cleaned_data["nimi"])
        record_act(request, Laji.MUUTETTU, row, mista=before, mihin=row.nimi)
        messages.success(request, sanat.nimetty % {"nimi": row.nimi})
        return redirect(sanat.address("lista"))
    return _page(request, sanat, "detail", form, yksikko=_count_people(sanat, [row])[0])


@require_POST
@in_turn
def yksikko_lopeta(request, pk, sanat):
    """End one without toimenpiteet, or take an ended one into use again."""
    row = _load(request, sanat, pk)
    ended = request.POST.get("kaytossa") != "1"
    before = row.lopetettu
    try:
        set_ended(row, ended, find_reason=sanat.find_use)
    except OnKaytossa as refused:
        messages.error(request, str(refused))
        return redirect(sanat.address("detail"), pk)
    if bool(before) != ended:
        record_act(request, Laji.LOPETETTU if ended else Laji.JATKUU, row)
    messages.success(request, (sanat.lopetettu if ended else sanat.kaytossa) % {"nimi": row.nimi})
    return redirect(sanat.address("lista"))


@in_turn
def yksikko_yhdista(request, pk, sanat):
    """Join it to another of its kind: say first what happens, then do it."""
    row = _load(request, sanat, pk)
    form = YhdistamisForm(request.POST if request.method == "POST" else None, sanat=sanat, row=row)
    if form.is_valid():
        kohde = form.cleaned_data["kohde"]
        moved = sanat.join(row, kohde, by=request.user)
        record_act(request, Laji.YHDISTETTY, row, mihin=kohde)
        return _tell_moved(request, sanat, moved, kohde)
    return _page(request, sanat, "yhdista", form, yksikko=_count_people(sanat, [row])[0], teko=_("Yhdistä"))


def _tell_moved(request, sanat, count, kohde):
    messages.success(request, sanat.siirtyi(count) % {"count": count, "kohde": kohde})
    return redirect(sanat.address("lista"))


@in_turn
def toimiala_jaa(request, pk):
    """Move a part of the toimiala to another, known or new: say first what happens, then do it."""
    toimiala = _load(request, TOIMIALA, pk)
    form = JakoForm(request.POST if request.method == "POST" else None, toimiala=toimiala)
    if form.is_valid():
        chosen, kohde = form.cleaned_data, form.target
        moved = split(chosen["toimenpiteet"], kohde, people=chosen["kayttajat"], by=request.user)
        record_act(request, Laji.JAETTU, toimiala, mihin=kohde)
        return _tell_moved(request, TOIMIALA, moved, kohde)
    return _page(request, TOIMIALA, "jaa", form, yksikko=toimiala, teko=_("Jaa"))
