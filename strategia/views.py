"""Pages of the strategia itself, and the frame that every page shares."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.core.mail import send_mail
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import cache_control

from .forms import KuntaForm, PalauteForm, ToimialaForm
from .models import Kayttaja, Kunta, Palaute, Rooli, Strategia, Toimenpide
from .permissions import HYVAKSYVAT, KOORDINOIVAT, TOIMIALAN_ROOLIT, can_coordinate, can_import
from .varit import lighten_for_dark

KAIKKI = tuple(Rooli)
# (word, url name, how the names of the pages under it begin, roles that see it), in the order of the menu.
VALIKKO = (
    (gettext_lazy("Omat toimenpiteet"), "seuranta:omat", "seuranta:kirjaus", (*TOIMIALAN_ROOLIT, *KOORDINOIVAT)),
    (gettext_lazy("Hyväksyttävät"), "seuranta:hyvaksyttavat", "seuranta:hyvaksynta", HYVAKSYVAT),
    (gettext_lazy("Seurantajaksot"), "seuranta:jakso-lista", "seuranta:jakso", KAIKKI),
    (gettext_lazy("Strategia"), "strategia:strategia-lista", ("strategia:strategia", "strategia:toimiala"), KAIKKI),
    (gettext_lazy("Raportit"), "raportit:versio-lista", "raportit:versio", KAIKKI),
    (gettext_lazy("Tuonti"), "seuranta:tuonti-lista", "seuranta:tuonti", (Rooli.PAAKAYTTAJA,)),
    (gettext_lazy("Kunta"), "strategia:kunta-muokkaa", "strategia:kunta", (Rooli.PAAKAYTTAJA,)),
)


def page_frame(request):
    """Context of base.html: the menu of the user's role and which item is current."""
    user = getattr(request, "user", None)
    if not user or not user.is_authenticated or not user.kunta_id:
        return {}
    current = request.resolver_match.view_name if request.resolver_match else ""
    return {
        "kunta": user.kunta,
        "valikko": [
            {"sana": word, "osoite": name, "nykyinen": name == current, "alla": current.startswith(under)}
            for word, name, under, roles in VALIKKO
            if user.rooli in roles
        ],
    }


def strategia_lista(request):
    """The strategia of the kunta; a list where there are several."""
    strategiat = list(
        Strategia.objects.filter(kunta=request.user.kunta_id).annotate(
            toimenpiteita=Count("painopisteet__tavoitteet__toimenpiteet")
        )
    )
    if len(strategiat) == 1:
        return redirect("strategia:strategia-detail", strategiat[0].pk)
    return render(request, "strategia/strategia_lista.html", {"strategiat": strategiat})


def strategia_detail(request, pk):
    """The plan as a tree: painopiste, tavoite, toimenpide."""
    strategia = get_object_or_404(Strategia, pk=pk, kunta=request.user.kunta_id)
    toimenpiteet = _plan_of(strategia)
    return render(
        request,
        "strategia/strategia_detail.html",
        {
            "strategia": strategia,
            "sana": _words_of(strategia),
            "toimenpiteet": toimenpiteet,
            "coordinates": can_coordinate(request.user, strategia),
            "ilman_toimialaa": sum(1 for t in toimenpiteet if t.toimiala_id is None),
        },
    )


def _plan_of(strategia):
    return (
        Toimenpide.objects.filter(tavoite__painopiste__strategia=strategia)
        .select_related("tavoite__painopiste", "toimiala", "toimielin")
        .order_by("tavoite__painopiste__jarjestys", "tavoite__jarjestys", "jarjestys", "pk")
    )


def _words_of(strategia):
    return {rooli: strategia.sana(rooli) for rooli in ("painopiste", "tavoite", "toimenpide", "toimiala", "vastuu")}


def toimiala_anna(request, pk):
    """Give toimenpiteet a toimiala in bulk: by selection, by tavoite, or by the words of vastuu."""
    strategia = get_object_or_404(Strategia, pk=pk, kunta=request.user.kunta_id)
    if not can_coordinate(request.user, strategia):
        raise PermissionDenied
    form = ToimialaForm(request.POST if request.method == "POST" else None, strategia=strategia)
    if form.is_valid():
        toimiala, count = form.save(by=request.user)
        messages.success(
            request,
            ngettext(
                "%(count)s toimenpide sai toimialan %(toimiala)s.",
                "%(count)s toimenpidettä sai toimialan %(toimiala)s.",
                count,
            )
            % {"count": count, "toimiala": toimiala},
        )
        return redirect(request.get_full_path())
    return render(
        request,
        "strategia/toimiala_anna.html",
        _toimiala_context(request, strategia, form),
        status=422 if form.errors else 200,
    )


def _toimiala_context(request, strategia, form):
    """The toimenpiteet that match the filter, all of them chosen when the filter names a tavoite or vastuu."""
    ilman = request.GET.get("nayta", "ilman") == "ilman"
    haku, tavoite = request.GET.get("vastuu", "").strip(), request.GET.get("tavoite", "")
    shown = _plan_of(strategia)
    if ilman:
        shown = shown.filter(toimiala=None)
    if tavoite.isdigit():
        shown = shown.filter(tavoite=tavoite)
    if haku:
        shown = shown.filter(Q(haku__contains=haku.casefold()))
    return {
        "strategia": strategia,
        "sana": _words_of(strategia),
        "form": form,
        "toimenpiteet": shown,
        "tavoitteet": dict.fromkeys(t.tavoite for t in _plan_of(strategia)),
        "haku": haku,
        "tavoite": tavoite,
        "ilman": ilman,
        "narrowed": bool(haku or tavoite),
        "chosen": request.POST.getlist("toimenpiteet"),
        "ilman_toimialaa": Toimenpide.objects.filter(tavoite__painopiste__strategia=strategia, toimiala=None).count(),
        "otsikko": _("Anna toimiala"),
    }


def kunta_muokkaa(request):
    """The pääkäyttäjä's page of the kunta's names, look and statements."""
    kunta = request.user.kunta
    if kunta is None or not can_import(request.user, kunta):
        raise PermissionDenied
    posted = request.POST if request.method == "POST" else None
    form = KuntaForm(posted, request.FILES or None, instance=kunta)
    if form.is_valid():
        form.save()
        messages.success(request, _("Kunnan tiedot on tallennettu."))
        return redirect("strategia:kunta-muokkaa")
    if form.errors:
        kunta.refresh_from_db()  # the frame of the page shows what is stored, not what was refused
    return render(request, "strategia/kunta_muokkaa.html", {"form": form}, status=422 if form.errors else 200)


@login_not_required
@cache_control(public=True, max_age=31_536_000, immutable=True)
def korostusvari(request, vari):
    """A stylesheet of one custom property: the page may carry no inline style, and a colour never changes."""
    dark = lighten_for_dark(f"#{vari}")
    css = f":root{{--brand:#{vari}}}@media(prefers-color-scheme:dark){{:root{{--brand:{dark}}}}}"
    return HttpResponse(css, content_type="text/css")


def kunta_logo(request):
    """The logo of the user's kunta. It is a picture by its bytes, whatever it was called when sent."""
    kunta = request.user.kunta
    if kunta is None or not kunta.logo:
        raise Http404
    content = kunta.logo.read()
    return HttpResponse(content, content_type="image/png" if content.startswith(b"\x89PNG") else "image/jpeg")


@login_not_required
def saavutettavuus(request):
    return render(request, "julkinen/saavutettavuus.html", {"seloste_kunta": _public_kunta(request)})


@login_not_required
def tietosuoja(request):
    return render(request, "julkinen/tietosuoja.html", {"seloste_kunta": _public_kunta(request)})


@login_not_required
def palaute(request):
    """A message to the koordinaattorit of the kunta: stored, and told to them by e-mail."""
    kunta = _public_kunta(request)
    form = PalauteForm(request.POST if request.method == "POST" else None)
    if kunta and form.is_valid():
        form.instance.kunta = kunta
        form.instance.sivu = request.POST.get("sivu", "")[:500]
        _mail_to_coordinators(form.save())
        messages.success(request, _("Kiitos palautteesta. Koordinaattori lukee sen."))
        return redirect("strategia:palaute")
    context = {"form": form, "seloste_kunta": kunta, "sivu": request.GET.get("sivu", "")}
    return render(request, "julkinen/palaute.html", context, status=422 if form.errors else 200)


def _public_kunta(request):
    """The kunta whose statement this is: the user's own, else the installation's only one."""
    if request.user.is_authenticated:
        return request.user.kunta
    kunnat = Kunta.objects.all()[:2]
    return kunnat[0] if len(kunnat) == 1 else None


def _mail_to_coordinators(palaute):
    to = Kayttaja.objects.filter(kunta=palaute.kunta, rooli__in=KOORDINOIVAT, is_active=True)
    body = _("Sivu: %(sivu)s\nVastausosoite: %(osoite)s\n\n%(viesti)s") % {
        "sivu": palaute.sivu or "–",
        "osoite": palaute.sahkoposti or "–",
        "viesti": palaute.viesti,
    }
    # Stored already: a mail server that is down must not lose the message or frighten its sender.
    send_mail(_("Palaute strategian seurannasta"), body, None, [user.email for user in to], fail_silently=True)


def palaute_lista(request):
    """The messages, for the koordinaattori."""
    if request.user.kunta is None or not can_coordinate(request.user, request.user):
        raise PermissionDenied
    palautteet = Paginator(Palaute.objects.filter(kunta=request.user.kunta), 25)
    return render(request, "strategia/palaute_lista.html", {"sivu": palautteet.get_page(request.GET.get("sivu"))})


def csrf_failure(request, reason=""):
    """The form's protection ran out, most often because its page had been open for long."""
    return render(request, "403_csrf.html", status=403)
