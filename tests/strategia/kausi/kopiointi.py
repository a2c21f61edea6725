"""The page of the next term as a browser has it: what it sends untouched, and what comes of sending it."""

import lxml.html
from django.urls import reverse

from strategia.models import Strategia, Toimenpide

NIMI = "Kirkkorannan strategia 2030–2033"


def path(strategia):
    return reverse("strategia:strategia-uusi-kausi", args=[strategia.pk])


def untouched(client, strategia, kysely=""):
    """{name: [values]} of the page's form: every box as it is ticked."""
    page = client.get(path(strategia) + kysely)
    assert page.status_code == 200, page.text
    (form,) = (form for form in lxml.html.fromstring(page.text).forms if "alkuvuosi" in form.fields)
    sent = {}
    for name, value in form.form_values():
        sent.setdefault(name, []).append(value)
    return sent


def copy_plan(client, strategia, kysely="", **values):
    """The new plan, made of the page as it stands but for these values."""
    answer = client.post(path(strategia) + kysely, untouched(client, strategia, kysely) | {"nimi": NIMI} | values)
    assert answer.status_code == 302, answer.text
    return Strategia.objects.get(nimi=values.get("nimi", NIMI))


def rows_of(strategia):
    rows = Toimenpide.objects.filter(tavoite__painopiste__strategia=strategia)
    return list(rows.order_by("tavoite__painopiste__jarjestys", "tavoite__jarjestys", "jarjestys", "pk"))
