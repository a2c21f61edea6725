"""A person -> what is kept of the person, as data for a file (GDPR 15). No secret is in it, nor what others wrote."""

from django.apps import apps
from django.db import models
from django.utils.translation import gettext as _

from .models import Kayttaja, Tapahtuma

OMAT_KENTAT = ("email", "nimi", "rooli", "luotu", "kutsuttu", "last_login", "is_active", "viestivalinnat")


def collect(person: Kayttaja) -> dict:
    """{"henkilo", "toimialat", "toimielimet", "tapahtumat", "viittaukset"}: the last of every table that names them."""
    return {
        "henkilo": {name: getattr(person, name) for name in OMAT_KENTAT},
        "toimialat": [str(each) for each in person.toimialat.all()],
        "toimielimet": [str(each) for each in person.toimielimet.all()],
        "tapahtumat": [_act(row, person) for row in Tapahtuma.objects.filter(_concerns(person))],
        "viittaukset": [told for model in _models() for told in _refers(model, person)],
    }


def _concerns(person):
    of_person = models.Q(kohteen_laji=Kayttaja._meta.label_lower, kohteen_id=person.pk)
    return models.Q(kuka=person) | models.Q(sijaisena=person) | of_person


def _act(row, person):
    """Of another only that there was one: not from where the other came, nor what was done of the other's rights."""
    told = {name: getattr(row, name) for name in ("milloin", "laji", "kohteen_nimi", "mista", "mihin", "osoite")}
    if row.kuka_id not in (None, person.pk):
        told["osoite"] = ""
    if row.kohteen_laji == Kayttaja._meta.label_lower and row.kohteen_id != person.pk:
        told |= {"kohteen_nimi": _("toinen henkilö"), "mista": "", "mihin": ""}
    return {"mita": str(row.get_laji_display()), **told}


def _models():
    return [model for model in apps.get_models() if model is not Tapahtuma and not model._meta.proxy]


def _refers(model, person):
    """Of each link of the model to a person: what it is called, how many rows have it, and when they were written."""
    for field in model._meta.concrete_fields:
        if not field.is_relation or field.related_model is not Kayttaja or field.model is Kayttaja:
            continue
        rows = model._base_manager.filter(**{field.name: person})
        if count := rows.count():
            yield {
                "mista": str(model._meta.verbose_name),
                "mina": str(field.verbose_name),
                "riveja": count,
                **_span(rows, model),
            }


def _span(rows, model):
    """The first and the last moment of the rows, where they tell one."""
    name = next((each for each in _AJAT if each in {field.name for field in model._meta.concrete_fields}), None)
    return rows.aggregate(ensimmainen=models.Min(name), viimeinen=models.Max(name)) if name else {}


_AJAT = ("history_date", "luotu", "milloin", "aika")
