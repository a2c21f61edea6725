"""The front page: what a person has to do now."""

from allauth.account.forms import LoginForm
from django.contrib.auth.decorators import login_not_required
from django.db.models import Exists, OuterRef
from django.shortcuts import redirect, render

from seuranta.kirjaaminen.edistyminen import count_progress
from seuranta.models import Seurantajakso
from strategia.models import Mittari, Strategia
from strategia.permissions import administers, approves, audits, coordinates, records

from ..models import Raporttiversio

ETUSIVUN_RAPORTIT = 5
JULKISIA = 30


@login_not_required
def etusivu(request):
    """What the user has to do now, and the newest reports; to whoever has not signed in, what is published."""
    user = request.user
    if not user.is_authenticated:
        return _show_published(request)
    if not user.kunta_id:
        return redirect("admin:index")
    jaksot = _open_jaksot(user) if records(user) else []
    return render(
        request,
        "raportit/etusivu/etusivu.html",
        {
            "tehtavat": [
                {"jakso": jakso, **count_progress(jakso, user, with_mitat=jakso.on_mittareita)} for jakso in jaksot
            ],
            "records": records(user),
            "coordinates": coordinates(user),
            "administers": administers(user),
            "approves": approves(user),
            "strategia": Strategia.objects.filter(kunta=user.kunta_id).exists,  # asked only where nothing is open
            "versiot": Raporttiversio.objects.of(user)
            .with_replacing(public=not audits(user))
            .order_by("-luotu")[:ETUSIVUN_RAPORTIT],
        },
    )


def _open_jaksot(user):
    has_mittarit = Exists(Mittari.objects.filter(strategia=OuterRef("strategia")))
    return Seurantajakso.objects.open_to(user).select_related("strategia").annotate(on_mittareita=has_mittarit)


def _show_published(request):
    """The newest published reports of all kunnat beside the sign-in."""
    published = Raporttiversio.objects.filter(tila=Raporttiversio.Tila.JULKAISTU).defer("data")
    versiot = published.select_related("jakso", "kunta").with_replacing(public=True).order_by("-julkaistu", "-pk")
    context = {"versiot": versiot[:JULKISIA], "form": LoginForm(request=request)}
    return render(request, "raportit/etusivu/julkinen.html", context)
