"""A plan copied of another -> what has been made on it since, or gone with its rows: they can be copied anew."""

from django.db import models, transaction
from django.utils.translation import gettext as _

from ..models import (
    Joukkomuutosrivi,
    Kirjoitusasu,
    Mittari,
    MuuToimiala,
    Painopiste,
    Strategia,
    StrateginenTavoite,
    Tavoitearvo,
    Toimenpide,
    Vastuuhenkilo,
)
from ..poistaminen import Riippuu, list_hanging, remove

OMAT_OSAT = ("Joukkomuutos",)  # acts on rows that are no more
TASOT = (Painopiste, StrateginenTavoite, Toimenpide, Mittari)
LIITTEET = (Joukkomuutosrivi, Vastuuhenkilo, MuuToimiala, Tavoitearvo, Kirjoitusasu)  # what goes with the rows of TASOT


def is_copy(strategia: Strategia) -> bool:
    """Does each of its toimenpiteet continue one of another plan?"""
    own = Toimenpide.objects.filter(tavoite__painopiste__strategia=strategia)
    return own.exists() and not own.filter(edeltaja=None).exists()


def list_made(strategia: Strategia) -> list[tuple[str, int]]:
    """[(what, in the plural, how many)] of what hangs on the copy beside the rows that were copied."""
    names = [each.__name__ for each in (*TASOT, *LIITTEET)]
    found, own = list_hanging(strategia, own=(*OMAT_OSAT, *names)), _rows_of(strategia)
    for model, rows in own.items():
        for other, field in _relations(model):
            hanging = other._default_manager.filter(**{f"{field}__in": rows})
            if other in own:
                hanging = hanging.exclude(pk__in=own[other])
            if other not in LIITTEET and (n := hanging.count()):
                found.append((other._meta.verbose_name_plural, n))
    return [*found, *_list_edited(own)]


def _list_edited(own):
    """Rows that somebody has changed since they were copied: what was written would not come back."""
    for model in (Toimenpide, Mittari):
        edited = model.history.filter(id__in=own[model].values("pk"), history_type="~")
        if n := edited.order_by().values("id").distinct().count():
            yield _("muokatut %(mitka)s") % {"mitka": model._meta.verbose_name_plural}, n


def _rows_of(strategia):
    return {
        Painopiste: Painopiste.objects.filter(strategia=strategia).order_by(),
        StrateginenTavoite: StrateginenTavoite.objects.filter(painopiste__strategia=strategia).order_by(),
        Toimenpide: Toimenpide.objects.filter(tavoite__painopiste__strategia=strategia).order_by(),
        Mittari: Mittari.objects.filter(strategia=strategia).order_by(),
    }


def _relations(model):
    """[(model, name of its field)] of whatever refers to such a row; history hangs on nothing."""
    return [
        (relation.related_model, relation.field.name)
        for relation in model._meta.get_fields(include_hidden=True)
        if relation.auto_created and not relation.concrete and relation.on_delete is not models.DO_NOTHING
    ]


def remove_copy(strategia: Strategia) -> None:
    """Delete the plan with the rows that were copied into it. Raises Riippuu. In the kunta's turn."""
    with transaction.atomic():
        if made := list_made(strategia):
            raise Riippuu(made)
        own = _rows_of(strategia)
        for model in LIITTEET:
            for other, rows in own.items():
                for field in (name for related, name in _relations(other) if related is model):
                    model._default_manager.filter(**{f"{field}__in": rows}).delete()
        for model in reversed(TASOT):
            own[model].delete()
        remove(strategia, own=OMAT_OSAT)
