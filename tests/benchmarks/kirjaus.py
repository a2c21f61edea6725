"""The entry page beside an equal page of a Django modelformset: `python -m tests.benchmarks.kirjaus [rows]`.

Both show the same rows with the last period beside, in the same frame, from the request to the HTML; the formset
draws its fields by its own templates. Prints the queries beside session and user, and a ratio of one run on one
machine; DATABASE_URL chooses the database, which is made anew and taken away.
"""

import os
import sys
import time

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

import django  # noqa: E402

django.setup()

from django import forms  # noqa: E402
from django.db import connection  # noqa: E402
from django.forms import modelformset_factory  # noqa: E402
from django.http import HttpResponse  # noqa: E402
from django.shortcuts import get_object_or_404  # noqa: E402
from django.template import engines  # noqa: E402
from django.test.utils import CaptureQueriesContext, setup_databases, teardown_databases  # noqa: E402
from django.urls import reverse  # noqa: E402

from seuranta.kirjaaminen.views import kirjaus_lista  # noqa: E402
from seuranta.models import Kirjaus, Seurantajakso  # noqa: E402
from strategia.models import TARJOTUT_NIMET, Strategia, Toimenpide  # noqa: E402
from tests.benchmarks.pyynto import make_request  # noqa: E402
from tests.cast import build_cast, create_kirjaus  # noqa: E402

ROUNDS = 30
KOMMENTTI = "Toimenpide etenee suunnitellusti, ja seuraavaksi kuullaan asukkaita. Kustannukset ovat pysyneet ennallaan."


class Rivilomake(forms.ModelForm):
    class Meta:
        model = Kirjaus
        fields = ["toteutumisaste", "syy", "kommentti", "sisainen_huomio", "versio"]
        widgets = {
            "toteutumisaste": forms.RadioSelect,
            "kommentti": forms.Textarea(attrs={"rows": 2}),
            "sisainen_huomio": forms.Textarea(attrs={"rows": 2}),
            "versio": forms.HiddenInput,
        }


Rivit = modelformset_factory(Kirjaus, form=Rivilomake, extra=0)
SIVU = """{% extends "base.html" %}{% block title %}{{ jakso.nimi }}{% endblock %}{% block content %}
<h1>{{ jakso.nimi }}</h1><form method="post">{% csrf_token %}{{ formset.management_form }}
{% for form in formset %}{% with t=form.instance.toimenpide %}
{% ifchanged t.tavoite.painopiste_id %}<h2>{{ t.tavoite.painopiste.nimi }}</h2>{% endifchanged %}
{% ifchanged t.tavoite_id %}<h3>{{ t.tavoite.nimi }}</h3>{% endifchanged %}
<article class="entry {{ form.instance.tila }}"><div class="what"><h4>{{ t.nimi }}</h4>
<p>{{ form.edellinen.jakso.nimi }}: <b>{{ form.edellinen.toteutumisaste }}</b>. {{ form.edellinen.kommentti }}</p></div>
<div class="form">{{ form.as_div }}<button name="laheta" value="{{ t.pk }}">Lähetä</button>
<span class="state">{{ form.instance.get_tila_display }}</span></div></article>{% endwith %}{% endfor %}
<button>Tallenna</button></form>{% endblock %}"""


def formset_page(request, pk):
    """The same page as one would write it with Django's own formset."""
    jakso = get_object_or_404(Seurantajakso.objects.open_to(request.user).select_related("strategia"), pk=pk)
    related = "toimenpide__tavoite__painopiste"
    formset = Rivit(queryset=Kirjaus.objects.filter(jakso=jakso).select_related(related).order_by("toimenpide"))
    before = {k.toimenpide_id: k for k in Kirjaus.objects.filter(jakso=jakso.edellinen()).select_related("jakso")}
    for form in formset:
        form.edellinen = before.get(form.instance.toimenpide_id)
    template = engines["django"].from_string(SIVU)
    return HttpResponse(template.render({"jakso": jakso, "formset": formset}, request))


def fill(rows):
    """Veikko's list of `rows` drafts, all written in the period before too -> (user, jakso)."""
    cast = build_cast()
    Strategia.objects.filter(pk=cast.strategia.pk).update(asteikko=TARJOTUT_NIMET)
    Toimenpide.objects.filter(kunta=cast.kunta).update(toimiala=cast.sivistys)
    cast.edellinen.reopen(by=cast.kaisa, syy="Mittaus")
    for number in range(rows):
        toimenpide = Toimenpide.objects.create(
            kunta=cast.kunta, tavoite=cast.tavoitteet[number * 4 // rows], toimiala=cast.tekniset, nimi=f"Teko {number}"
        )
        create_kirjaus(cast.edellinen, toimenpide, number % 5 + 1, KOMMENTTI).save()
        draft = create_kirjaus(cast.jakso, toimenpide, number % 5 + 1, f"{number}. {KOMMENTTI}")
        draft.tila = Kirjaus.Tila.LUONNOS
        draft.save()
    return cast.veikko, cast.jakso


def request_of(user, jakso):
    return make_request(user, reverse("seuranta:kirjaus-lista", args=[jakso.pk]))


def best(view, user, jakso):
    """The shortest of some rounds, in seconds of this process alone: noise only ever adds."""
    times = []
    for _round in range(ROUNDS):
        request = request_of(user, jakso)
        start = time.process_time()
        content = view(request, jakso.pk).content
        times.append(time.process_time() - start)
    return min(times), content.decode()


def measure(rows):
    user, jakso = fill(rows)
    own, page = best(kirjaus_lista, user, jakso)
    formset, other = best(formset_page, user, jakso)
    request = request_of(user, jakso)
    with CaptureQueriesContext(connection) as queries:
        kirjaus_lista(request, jakso.pk)
    yield f"{connection.vendor}, {rows} rows; formset {formset * 1000:.0f} ms ({len(other)} characters)"
    yield f"entry page {own * 1000:.0f} ms ({len(page)} characters): {own / formset:.2f} x"
    yield f"queries beside session and user: {len(queries)}"


if __name__ == "__main__":
    databases = setup_databases(verbosity=0, interactive=False)
    try:
        for rows in map(int, sys.argv[1:] or ("60",)):
            print(*measure(rows), sep="\n  ")
    finally:
        teardown_databases(databases, verbosity=0)
