"""The koordinaattori's own pages of a report: its texts and its columns."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from seuranta.models import Seurantajakso
from seuranta.pyynto import load_for_coordinating
from strategia.koko import SUURIN, takes
from strategia.models import Painopiste, Strategia, Tapahtuma
from strategia.permissions import can_coordinate
from strategia.tapahtuma import record_act
from strategia.vuoro import in_turn

from ..models import Saate
from .forms import EsittelyForm, SaateForm, SarakeForm
from .sarakkeet import LEVELS, apply_choices, fingerprint, list_choices, move_posted, preview


@takes(tekstit=SUURIN)
def jakso_saate(request, pk):
    """Write the opening text, the meeting and the texts of the painopisteet of a jakso that is not closed."""
    jakso = load_for_coordinating(request, pk)
    if request.method != "POST":
        return _show(request, jakso, _form(jakso, None))
    with transaction.atomic():
        # Closing locks the same row: a text is either part of the report or refused.
        locked = Seurantajakso.objects.select_for_update(of=("self",)).get(pk=pk)
        form = _form(jakso, request.POST)
        saved = not locked.is_closed and form.is_valid() and form.cleaned_data["versio"] == _stored(jakso).versio
        if saved:
            form.instance._history_user = request.user
            form.save()
    if saved:
        messages.success(request, _("Raportin tekstit on tallennettu."))
        return redirect("raportit:jakso-saate", pk)
    return _show(request, jakso, form, is_closed=locked.is_closed)


def _stored(jakso):
    return Saate.objects.filter(jakso=jakso).first() or Saate(kunta_id=jakso.kunta_id, jakso=jakso)


def _form(jakso, data):
    painopisteet = Painopiste.objects.filter(kunta=jakso.kunta_id, strategia=jakso.strategia_id)
    stored = _stored(jakso)
    return SaateForm(data, instance=stored, painopisteet=painopisteet, initial={} if stored.pk else _meeting(jakso))


def _meeting(jakso):
    """What the first planned meeting that has not been yet says of where the report is dealt with; else the last."""
    planned = list(jakso.kokoukset.all())
    ahead = [kokous for kokous in planned if kokous.pvm >= timezone.localdate()]
    kokous = next(iter(ahead or planned[-1:]), None)
    return {"kokous_toimielin": kokous.toimielin, "kokous_pvm": kokous.pvm} if kokous else {}


def _show(request, jakso, form, *, is_closed=None):
    """The form; when another person saved meanwhile, with that person's texts beside and the way to replace them."""
    stored, theirs = _stored(jakso), []
    changed = form.is_bound and not form.errors and form.cleaned_data["versio"] != stored.versio
    if changed:
        old = _form(jakso, None)
        theirs = [(f.label, f.value()) for f in old.visible_fields() if f.value() and f.value() != form[f.name].value()]
        form.data = {**form.data.dict(), "versio": stored.versio}
    is_closed = jakso.is_closed if is_closed is None else is_closed
    context = {"jakso": jakso, "form": form, "toisen": theirs, "muuttui": changed, "suljettu": is_closed}
    status = 409 if changed or (form.is_bound and is_closed) else 422 if form.errors else 200
    return render(request, "raportit/koonti/jakso_saate.html", context, status=status)


@in_turn
def strategia_esittely(request, pk):
    """What the strategia is, as the kunta's public home begins; shown there as soon as a report is public."""
    strategia = get_object_or_404(Strategia, pk=pk, kunta=request.user.kunta_id)
    if not can_coordinate(request.user, strategia):
        raise PermissionDenied
    form = EsittelyForm(request.POST if request.method == "POST" else None, instance=strategia)
    if form.is_valid():
        form.save()
        record_act(request, Tapahtuma.Laji.MUUTETTU, strategia, form=form)
        messages.success(request, _("Esittely on tallennettu."))
        return redirect("strategia:strategia-detail", pk)
    context = {"form": form, "strategia": strategia, "kunta": strategia.kunta}
    return render(request, "raportit/koonti/strategia_esittely.html", context, status=form.status)


def sarakkeet_muokkaa(request, pk):
    """Choose, order and name the columns of a strategia's report, with its first rows as a preview."""
    strategia = get_object_or_404(Strategia, pk=pk, kunta=request.user.kunta_id)
    if not can_coordinate(request.user, strategia):
        raise PermissionDenied
    if request.method != "POST":
        return _show_stored(request, strategia)
    with transaction.atomic():
        strategia = Strategia.objects.select_for_update().get(pk=pk)
        tunniste, forms = fingerprint(strategia), _column_forms(strategia, request.POST)
        is_valid = not any(form.errors for form in forms)
        if is_valid:
            apply_choices(strategia, _in_order(forms))
        changed = request.POST.get("tunniste") != tunniste
        saves = is_valid and not changed and not {"esikatsele", "siirra"}.intersection(request.POST)
        if saves:
            strategia.save(update_fields=["sarakkeet", "sanasto"])
            record_act(request, Tapahtuma.Laji.ASETUS, strategia, mihin=_("raportin sarakkeet"))
    if saves:
        messages.success(request, _("Raportin sarakkeet on tallennettu. Suljettujen jaksojen raportit eivät muutu."))
        return redirect("raportit:sarakkeet-muokkaa", pk)
    shown = preview(strategia) if is_valid else None
    return _show_columns(request, strategia, forms, shown, tunniste=tunniste, changed=changed, is_valid=is_valid)


def _show_stored(request, strategia):
    """The columns as they are: one building of the report tells them and the preview."""
    shown = preview(strategia)
    forms = _column_forms(strategia, None, shown and shown[0])
    return _show_columns(request, strategia, forms, shown, tunniste=fingerprint(strategia))


def _column_forms(strategia, data, raportti=None):
    choices = list_choices(strategia, raportti)
    if data and "siirra" in data:
        data = move_posted(data, choices)
    places = enumerate(choices, 1 - len(LEVELS))
    return [SarakeForm(data, valinta=valinta, paikka=paikka) for paikka, valinta in places]


def _in_order(forms):
    """The levels first, then by the number given; of equal numbers the one that was earlier."""
    return [form.valittu() for form in sorted(forms, key=lambda form: form.cleaned_data.get("jarjestys", 0))]


def _show_columns(request, strategia, forms, shown, *, tunniste, changed=False, is_valid=True):
    context = {
        "strategia": strategia,
        "rivit": sorted((form for form in forms if not form.on_osa), key=lambda form: form.paikka),
        "siirretty": request.POST.get("siirra", "") if is_valid else "",
        "osat": [form for form in forms if form.on_osa and not form.on_luku],
        "luvut": [form for form in forms if form.on_luku],
        "tunniste": tunniste,
        "muuttui": changed,
        "raportti": shown and shown[0],
        "esimerkit": shown and shown[1],
    }
    status = 422 if not is_valid else 409 if changed else 200
    return render(request, "raportit/koonti/sarakkeet_muokkaa.html", context, status=status)
