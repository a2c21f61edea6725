"""The kunta: its look, its statements and the feedback it gets."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import F
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from ..koko import takes
from ..models import KunnanOsoite, Kunta, Palaute, Tapahtuma
from ..permissions import can_coordinate, can_edit_kunta
from ..sahkoposti import send_after
from ..tapahtuma import record_act
from ..varit import lighten_for_dark
from ..vuoro import in_turn
from .forms import KuntaForm, PalauteForm
from .palaute import send_feedback
from .palautemaara import refuse_many


@takes(tiedosto=KuntaForm.LOGON_KOKO)
@in_turn
def kunta_muokkaa(request):
    """The pääkäyttäjä's page of the kunta's names, look and statements."""
    kunta = request.user.kunta
    if not can_edit_kunta(request.user, kunta):
        raise PermissionDenied
    kunta.refresh_from_db()  # read before its turn came
    posted = request.POST if request.method == "POST" else None
    form = KuntaForm(posted, request.FILES or None, instance=kunta)
    if form.is_valid():
        form.save()
        record_act(request, Tapahtuma.Laji.ASETUS, kunta, form=form)
        messages.success(request, _("Kunnan tiedot on tallennettu."))
        return redirect("strategia:kunta-muokkaa")
    if form.errors:
        kunta.refresh_from_db()  # the frame of the page shows what is stored, not what was refused
    return render(request, "strategia/kunta/kunta_muokkaa.html", {"form": form}, status=form.status)


@require_safe
@login_not_required
@cache_control(public=True, max_age=31_536_000, immutable=True)
def korostusvari(request, vari):
    """A stylesheet of one custom property: the page may carry no inline style, and a colour never changes."""
    dark = lighten_for_dark(f"#{vari}")
    css = f":root{{--brand:#{vari}}}@media(prefers-color-scheme:dark){{:root{{--brand:{dark}}}}}"
    return HttpResponse(css, content_type="text/css")


@require_safe
def kunta_logo(request):
    """The logo of the user's kunta. It is a picture by its bytes, whatever it was called when sent."""
    kunta = request.user.kunta
    if kunta is None or not kunta.logo:
        raise Http404
    try:
        content = kunta.logo.read()
    except FileNotFoundError:
        raise Http404 from None
    return HttpResponse(content, content_type="image/png" if content.startswith(b"\x89PNG") else "image/jpeg")


@require_safe
@login_not_required
def saavutettavuus(request, slug=None):
    return render(request, "strategia/kunta/saavutettavuus.html", _statement_of(request, slug, "saavutettavuus"))


@require_safe
@login_not_required
def tietosuoja(request, slug=None):
    return render(request, "strategia/kunta/tietosuoja.html", _statement_of(request, slug, "tietosuoja"))


@login_not_required
def palaute(request, slug=None):
    """A message to the koordinaattorit of the kunta: stored, and told to them by e-mail."""
    context = _statement_of(request, slug, "palaute")
    kunta = context["seloste_kunta"]
    form = PalauteForm(request.POST if request.method == "POST" else None)
    liikaa = refuse_many(request, kunta) if kunta and form.is_valid() else ""
    if liikaa:
        form.add_error(None, liikaa)
    elif kunta and form.is_valid():
        form.instance.kunta = kunta
        form.instance.sivu = request.POST.get("sivu", "")[: Palaute._meta.get_field("sivu").max_length]
        send_after(send_feedback, form.save().pk)
        messages.success(request, _("Kiitos palautteesta. Koordinaattori lukee sen."))
        return redirect(request.path)
    context |= {"form": form, "sivu": request.GET.get("sivu", "")}
    status = 429 if liikaa else 422 if form.errors else 200
    return render(request, "strategia/kunta/palaute.html", context, status=status)


def _statement_of(request, slug, sivu):
    """Whose page it is: the address's kunta, else the user's own, else the only one; else a list to choose from."""
    if slug is not None:
        kunta = KunnanOsoite.objects.find_kunta(slug)
        if kunta is None:
            raise Http404
        return {"seloste_kunta": kunta, "slug": slug}
    if request.user.is_authenticated:
        return {"seloste_kunta": request.user.kunta}
    kunnat = list(Kunta.objects.all())
    if len(kunnat) == 1:
        return {"seloste_kunta": kunnat[0]}
    links = [(kunta, reverse(f"strategia:kunnan-{sivu}", args=[kunta.slug])) for kunta in kunnat]
    return {"seloste_kunta": None, "kunnat": links}


@require_safe
def palaute_lista(request):
    """The messages, for the koordinaattori: those that wait first."""
    if not can_coordinate(request.user, request.user.kunta):
        raise PermissionDenied
    own = Palaute.objects.filter(kunta=request.user.kunta).order_by(F("kasitelty").desc(nulls_first=True), "-pk")
    sivu = Paginator(own, 25).get_page(request.GET.get("sivu"))
    return render(request, "strategia/kunta/palaute_lista.html", {"sivu": sivu})
