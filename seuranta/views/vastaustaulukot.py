"""Answering in a table: a toimiala's vastaustaulukko of an open jakso is fetched, mailed and handed in."""

from smtplib import SMTPException

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from strategia.models import Toimiala
from strategia.permissions import KIRJAAVAT, KOORDINOIVAT, answerable_toimialat, can_answer_for, can_coordinate
from strategia.sahkoposti import build_message

from ..forms import VastaanottajaForm, VastaustaulukkoForm, list_recipients
from ..models import Seurantajakso
from ..tiedosto.luenta import read_file, store_file
from ..vastaustaulukko import answer_table_bytes, reading_of, scale_words

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def vastaustaulukko_lista(request, pk):
    """The tables of the own toimialat, and the form to hand one in. A file that cannot be read is refused here."""
    jakso = _load_jakso(request, pk)
    toimialat = _toimialat_of(jakso, request.user)
    posted = (request.POST, request.FILES) if request.method == "POST" else ()
    form = VastaustaulukkoForm(*posted, toimialat=toimialat)
    if form.is_valid():
        upload, strategia = form.cleaned_data["tiedosto"], jakso.strategia
        data, toimiala = upload.read(), form.cleaned_data["toimiala"]
        luettu = read_file(data, upload.name, labels=scale_words(strategia), answers=reading_of(strategia))
        if luettu.status != "reject":
            tuonti = store_file(jakso.kunta, data, upload.name, by=request.user, jakso=jakso, toimiala=toimiala)
            return redirect("seuranta:tuonti-detail", tuonti.pk)
        form.add_error("tiedosto", luettu.errors[0].fi)
    context = {
        "jakso": jakso,
        "form": form,
        "toimialat": _with_people(toimialat, request.user),
        "coordinates": can_coordinate(request.user, jakso),
    }
    return render(
        request, "seuranta/vastaustaulukko/vastaustaulukko_lista.html", context, status=422 if form.errors else 200
    )


def _load_jakso(request, pk):
    """A jakso that takes the user's answers; who records nothing is refused, outsiders do not find it."""
    jakso = get_object_or_404(Seurantajakso.objects.open_to(request.user).select_related("strategia__kunta"), pk=pk)
    if request.user.rooli not in KIRJAAVAT:
        raise PermissionDenied
    return jakso


def _toimialat_of(jakso, user):
    """The own toimialat that have something to answer in the jakso."""
    return answerable_toimialat(user).filter(pk__in=jakso.toimenpiteet().order_by().values("toimiala"))


def _with_people(toimialat, user):
    """[(toimiala, those who may get its table)]; two queries whatever the number of toimialat."""
    people = list(list_recipients(user.kunta_id).prefetch_related("toimialat"))
    return [
        (toimiala, [p for p in people if p.rooli in KOORDINOIVAT or toimiala in p.toimialat.all()])
        for toimiala in toimialat
    ]


def _load_toimiala(request, jakso, pk):
    toimiala = get_object_or_404(Toimiala, pk=pk, kunta=jakso.kunta_id)
    if not can_answer_for(request.user, toimiala):
        raise PermissionDenied
    return toimiala


@require_safe
def vastaustaulukko_lataa(request, pk, toimiala):
    jakso = _load_jakso(request, pk)
    toimiala = _load_toimiala(request, jakso, toimiala)
    return HttpResponse(
        answer_table_bytes(jakso, toimiala, request.user),
        content_type=XLSX,
        headers={"Content-Disposition": f'attachment; filename="{_file_name(jakso, toimiala)}"'},
    )


def _file_name(jakso, toimiala):
    return f"vastaustaulukko-{slugify(toimiala.nimi)[:60]}-{slugify(jakso.nimi)[:60]}.xlsx"


@require_POST
def vastaustaulukko_laheta(request, pk, toimiala):
    """Mail the table to a person who may answer for the toimiala; each gets the rows that are theirs."""
    jakso = _load_jakso(request, pk)
    toimiala = _load_toimiala(request, jakso, toimiala)
    if not can_coordinate(request.user, jakso):
        raise PermissionDenied
    form = VastaanottajaForm(request.POST, toimiala=toimiala)
    if not form.is_valid():
        messages.error(request, _("Taulukkoa ei lähetetty. Valitse vastaanottaja."))
    elif _mail(request, jakso, toimiala, form.cleaned_data["kayttaja"]):
        messages.success(request, _("Taulukko on lähetetty: %(kenelle)s.") % {"kenelle": form.cleaned_data["kayttaja"]})
    else:
        messages.error(request, _("Sähköposti ei lähtenyt. Yritä hetken päästä uudelleen."))
    return redirect("seuranta:vastaustaulukko-lista", jakso.pk)


def _mail(request, jakso, toimiala, kayttaja):
    path = reverse("seuranta:vastaustaulukko-lista", args=[jakso.pk])
    context = {
        "jakso": jakso,
        "toimiala": toimiala,
        "kayttaja": kayttaja,
        "lahettaja": request.user,
        "maaraaika": jakso.maaraaika(toimiala),
        "linkki": request.build_absolute_uri(path),
        "kunta": jakso.strategia.kunta,
    }
    subject = f"{jakso.nimi}: {toimiala.nimi}"
    message = build_message(
        "seuranta/vastaustaulukko/viestit/vastaustaulukko",
        context,
        subject=subject,
        to=kayttaja.email,
        reply_to=[request.user.email],
    )
    message.attach(_file_name(jakso, toimiala), answer_table_bytes(jakso, toimiala, kayttaja), XLSX)
    try:
        message.send()
    except (SMTPException, OSError):
        return False
    return True
