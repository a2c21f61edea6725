"""What is written beside the rows of a jakso, by those who record and approve them."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Max, Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from strategia.permissions import can_record, recordable_toimenpiteet, records
from strategia.vuoro import in_turn

from ..models import KESKUSTELTAVAT, Ketju, Rivikysymys, Seurantajakso, SuljettuJakso
from .forms import KysymysForm
from .kenelle import list_recipients
from .kerro import tell

SIVULLA = 50


@require_safe
def kysymykset(request, pk):
    """The rows of the jakso beside which something has been written and that the user may read, the newest first."""
    jakso = get_object_or_404(_visible(request.user), pk=pk)
    if not records(request.user):
        raise PermissionDenied
    newest = Max("rivikysymykset", filter=Q(rivikysymykset__jakso=jakso))
    own = (jakso.toimenpiteet() & recordable_toimenpiteet(request.user)).annotate(uusin=newest)
    sivu = Paginator(own.exclude(uusin=None).order_by("-uusin"), SIVULLA).get_page(request.GET.get("sivu"))
    ketjut = Rivikysymys.objects.read(jakso, [row.pk for row in sivu])
    for row in sivu:
        row.ketju = ketjut[row.pk]
    return render(request, "seuranta/kysymys/kysymykset.html", {"jakso": jakso, "sivu": sivu})


@in_turn
def kysymys_lista(request, pk, toimenpide):
    """The messages of one row and, until the jakso is closed, the form of a new one."""
    jakso, toimenpide = _load(request.user, pk, toimenpide)
    ketju = Rivikysymys.objects.read(jakso, [toimenpide.pk]).get(toimenpide.pk, Ketju())
    form = None
    if jakso.tila in KESKUSTELTAVAT:
        recipients = list_recipients(jakso, toimenpide, ketju, request.user)
        posted = request.POST if request.method == "POST" else None
        form = KysymysForm(posted, recipients=recipients, on_vastaus=ketju.waits_for(request.user))
        if form.is_valid() and _write(request, jakso, toimenpide, form):
            return redirect(request.path + "#viestit")
    context = {"jakso": jakso, "toimenpide": toimenpide, "ketju": ketju, "form": form}
    context["writes"] = jakso.takes_from(request.user)
    status = 422 if form and form.errors else 409 if request.method == "POST" else 200
    return render(request, "seuranta/kysymys/kysymys_lista.html", context, status=status)


def _load(user, pk, toimenpide):
    """The jakso and its row, of one who may record or approve it; to others there is no such page."""
    jakso = get_object_or_404(_visible(user), pk=pk)
    row = get_object_or_404(jakso.toimenpiteet(), pk=toimenpide)
    if not can_record(user, row):
        raise Http404
    return jakso, row


def _visible(user):
    seen = Seurantajakso.objects.visible_to(user).select_related("strategia")
    return seen.exclude(tila=Seurantajakso.Tila.TULOSSA)


def _write(request, jakso, toimenpide, form):
    """True once it is written and those concerned will be told; False where the jakso was closed meanwhile."""
    cleaned = form.cleaned_data
    told = {"by": request.user, "odottaa": cleaned["odottaa"]}
    try:
        viesti = Rivikysymys.objects.write(jakso, toimenpide, cleaned["teksti"], **told)
    except SuljettuJakso as closed:
        form.add_error(None, str(closed))
        return False
    people = tell(viesti, form.told, heti=cleaned.get("heti", False))
    names = ", ".join(map(str, people))
    if not people:
        messages.success(request, _("Viesti on rivillä. Siitä ei lähde sähköpostia kenellekään."))
    elif cleaned.get("heti"):
        messages.success(request, _("Viesti on rivillä. Siitä kerrotaan heti: %(nimet)s.") % {"nimet": names})
    else:
        text = _("Viesti on rivillä. Siitä kerrotaan seuraavana arkiaamuna: %(nimet)s.")
        messages.success(request, text % {"nimet": names})
    return True
