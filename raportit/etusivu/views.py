"""The front page: what a person has to do now, and to who only reads how the strategia is going."""

from django.contrib.auth.decorators import login_not_required
from django.db.models import Exists, OuterRef
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from seuranta.kalenteri.tapahtumat import jaksot_of, list_events
from seuranta.kirjaaminen.edistyminen import count_progress
from seuranta.kirjaaminen.vastaukset import list_finishing
from seuranta.models import Seurantajakso
from seuranta.muistutus.muistettavat import remindable_toimialat
from strategia.kayttaja.kirjautuminen import KirjautumisForm
from strategia.models import Mittari, Sijaisuus, Strategia
from strategia.permissions import administers, approves, coordinates, records

from ..models import Raporttiversio
from .kokonaiskuva import find_newest, list_versiot
from .odottavat import find_last_act, list_feedback, list_questions, list_unpublished, list_unsent, list_waiting_rows
from .piirretty import draw_kokonaiskuva
from .seuraava import is_reminding_due, next_act
from .vastaustila import count_states
from .vuosi import build_year

ETUSIVUN_RAPORTIT = 5
KORJATTUJA = 3
LUETTAVAT = (("pdf", "PDF"), ("docx", "Word"), ("xlsx", "Excel"))
JULKISIA = 30


@require_safe
@login_not_required
def etusivu(request):
    """What the user has to do now, and the newest reports; to whoever has not signed in, what is published."""
    user = request.user
    if not user.is_authenticated:
        return _show_published(request)
    if not user.kunta_id:
        return redirect("admin:index")
    if not records(user):
        return _show_kokonaiskuva(request)
    if coordinates(user):
        return _show_coordinating(request)
    tehtavat, viimeistelyssa = _list_tasks(user), list(list_finishing(user))
    discussed = [*(tehtava["jakso"] for tehtava in tehtavat), *viimeistelyssa]
    context = {
        "tehtavat": tehtavat,
        "viimeistelyssa": viimeistelyssa,
        "odottaa": list_questions(discussed, user) if discussed else [],
        "approves": approves(user),
        "paattyneet": Sijaisuus.objects.concerning(user).over_lately(),
        "viimeksi": find_last_act(user),
        "versiot": list_versiot(user)[:ETUSIVUN_RAPORTIT],
    }
    return render(request, "raportit/etusivu/etusivu.html", context)


def _show_coordinating(request):
    """Who has answered in the open jaksot, what waits for the koordinaattori, and the newest reports."""
    user, today = request.user, timezone.localdate()
    tehtavat = [{**each, "luvut": count_states(each["jakso"])} for each in _list_tasks(user)]
    for each in tehtavat:
        luvut = each["luvut"]
        kortteja = (each["kaikki"] - each["lahetetty"]) - (luvut.yhteensa.kaikki - luvut.yhteensa.lahetetty)
        due = is_reminding_due(luvut, today, kortteja=kortteja)
        who = remindable_toimialat(each["jakso"], by=user, with_mitat=bool(kortteja)) if due else None
        each["seuraava"] = next_act(luvut, each["odottaa"], today, kortteja=kortteja, muistettavat=who)
    versiot, jaksot = list(list_versiot(user)), jaksot_of(user)
    open_ = [tehtava["jakso"] for tehtava in tehtavat]
    waiting = [each for tehtava in tehtavat for each in list_waiting_rows(tehtava["luvut"], tehtava["odottaa"])]
    context = {
        "tehtavat": tehtavat,
        "odottaa": [
            *(*waiting, *list_questions(open_, user)),
            *(*list_feedback(user.kunta_id), *list_unpublished(versiot)),
            *(list_unsent(user.kunta_id) if administers(user) else ()),
        ],
        "administers": administers(user),
        "strategia": Strategia.objects.filter(kunta=user.kunta_id).exists,  # asked only where nothing is open
        "versiot": versiot[:ETUSIVUN_RAPORTIT],
        "muodot": LUETTAVAT,
        "vuosi": build_year(jaksot, list_events(user, jaksot), today),
    }
    return render(request, "raportit/etusivu/koordinaattori.html", context)


def _show_kokonaiskuva(request):
    """The newest closed jakso in figures, to the luottamushenkilö and the tarkastaja."""
    versiot = list(list_versiot(request.user))
    newest, own = find_newest(versiot), list(request.user.toimielimet.values_list("nimi", flat=True))
    context = {
        "piirretty": draw_kokonaiskuva(versiot, request.user, own),
        "uusin": newest,
        "vuosi": newest and newest.jakso.vuosi,
        "versiot": versiot[:ETUSIVUN_RAPORTIT],
        "korjatut": [versio for versio in versiot if versio.numero > 1][:KORJATTUJA],
    }
    return render(request, "raportit/etusivu/kokonaiskuva.html", context)


def _list_tasks(user):
    """[{"jakso" and the figures of count_progress}] of the jaksot that take the user's answers."""
    has_mittarit = Exists(Mittari.objects.filter(strategia=OuterRef("strategia")))
    jaksot = Seurantajakso.objects.open_to(user).select_related("strategia").annotate(on_mittareita=has_mittarit)
    return [{"jakso": jakso, **count_progress(jakso, user, with_mitat=jakso.on_mittareita)} for jakso in jaksot]


def _show_published(request):
    """The newest published reports of all kunnat beside the sign-in."""
    published = Raporttiversio.objects.public_at().defer("data")
    versiot = published.select_related("jakso", "kunta").with_replacing(public=True).order_by("-julkaistu", "-pk")
    context = {"versiot": versiot[:JULKISIA], "form": KirjautumisForm(request=request)}
    return render(request, "raportit/etusivu/julkinen.html", context)
