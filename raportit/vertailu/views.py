"""The closed jaksot of a strategia side by side: the page and its files."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from strategia.permissions import can_audit
from strategia.tapahtuma import record_download

from ..kaudet import list_terms, read_edeltajat
from ..models import Raporttiversio, has_several_plans
from ..muodot import KALLIIT, VERTAILUN_MUODOT
from ..osavuosikatsaus.rinnakkain import VERRATTAVIA, Vertailu
from ..tallenne import jono
from ..tallenne.lataus import send_file, show_kept
from ..tallenne.luonnokset import keep_draft, read_draft
from ..tallenne.nakyma import open_report
from ..tallenne.piirto import render_apart

NIMET = {"docx": "Word", "xlsx": "Excel"}  # beside the PDF


@require_safe
def vertailu(request):
    """The latest versions of two or more closed jaksot side by side."""
    versiot = _latest_versions(request.user)
    same = _choose(request, versiot)
    shown = _compare(request, same)
    links = {
        muoto: f"{reverse('raportit:vertailu-lataa', args=[muoto])}?{request.GET.urlencode()}"
        for muoto in VERTAILUN_MUODOT
    }
    context = {
        "versiot": versiot,
        "monta": has_several_plans(versiot),
        "valitut": {versio.pk for versio in same},
        "valittu": bool(request.GET.getlist("versio")),
        "kommentit": "kommentit" in request.GET,
        "vertailu": shown,
        "pdf": links["pdf"],
        "muut": [(nimi, links[muoto]) for muoto, nimi in NIMET.items()],
        "toimenpiteen_osoite": reverse("seuranta:toimenpide-detail", args=[0]),
    }
    return render(request, "raportit/vertailu/vertailu.html", context)


@require_safe
def vertailu_lataa(request, muoto):
    """The same as a file; 404 where the address names no comparison."""
    shown = _compare(request, _choose(request, _latest_versions(request.user)))
    if shown is None or muoto not in VERTAILUN_MUODOT:
        raise Http404
    if muoto in KALLIIT and jono.is_for_worker(shown):
        return redirect("raportit:vertailu-valmistuu", keep_draft(request.user.kunta_id, shown), muoto)
    record_download(request, None, f"{shown.tiedostonimi} ({muoto})")
    return send_file(render_apart(shown, muoto), muoto, shown.tiedostonimi)


def vertailu_valmistuu(request, tiiviste, muoto):
    """How the making of a long comparison is getting on, and then the file."""
    shown = read_draft(request.user.kunta_id, tiiviste, Vertailu)
    if shown is None or muoto not in KALLIIT or not _may_read(request.user, shown):
        raise Http404
    otsikko = f"{shown.otsikko}: {shown.jakson_otsikko}"
    return show_kept(request, request.user.kunta_id, tiiviste, muoto, otsikko=otsikko, name=shown.tiedostonimi)


def _may_read(user, shown):
    """What was put aside may be somebody else's, or withdrawn since: the inner form is for those who audit."""
    if can_audit(user, user.kunta):
        return True
    readable = set(Raporttiversio.objects.readable_by(user).values_list("jakso", "numero"))
    return all(raportti.julkinen and (raportti.jakso.id, raportti.versio) in readable for raportti in shown.raportit)


def _latest_versions(user):
    """The newest version of each closed jakso, in the order of the jaksot."""
    newest = {}
    for versio in Raporttiversio.objects.of(user).select_related("jakso__strategia").order_by("numero"):
        newest[versio.jakso_id] = versio
    return sorted(newest.values(), key=lambda versio: (versio.jakso.strategia_id, versio.jakso.jarjestys, versio.pk))


def _choose(request, versiot):
    """Those that the address names, as far as they are of plans that continue one another and the table has room."""
    chosen = [versio for versio in versiot if str(versio.pk) in request.GET.getlist("versio")][:VERRATTAVIA]
    if len({versio.jakso.strategia_id for versio in chosen}) < 2:
        return chosen
    terms = list_terms(request.user.kunta_id, chosen[0].jakso.strategia_id)
    same = [versio for versio in chosen if versio.jakso.strategia_id in terms]
    return sorted(same, key=lambda versio: terms.index(versio.jakso.strategia_id))


def _compare(request, versiot):
    """The comparison, or None of fewer than two. A plan that is followed in words alone is compared by its comments."""
    if len(versiot) < 2:
        return None
    raportit = tuple(open_report(versio, request.user) for versio in versiot)
    edeltajat = read_edeltajat(request.user.kunta_id, {versio.jakso.strategia_id for versio in versiot})
    return Vertailu(raportit, "kommentit" in request.GET or not raportit[-1].nayttaa_asteet, edeltajat)
