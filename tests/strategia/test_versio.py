"""Two people at one form: the second is shown what the first saved, and nothing is overwritten unseen."""

import importlib
import inspect
import pkgutil

import lxml.html
import pytest
from django import forms
from django.urls import reverse

import raportit
import seuranta
import strategia
from raportit.koonti.forms import SaateForm
from seuranta.kirjaaminen.forms import KirjausForm
from strategia.models import Painopiste, Toimenpide
from strategia.versio import VersioituLomake

# Forms of a model that edit no stored row, or that have a version of their own.
MUUT = {"PalauteForm", "KasittelyForm", "KokousForm", "AvainForm", SaateForm.__name__, KirjausForm.__name__}


def all_forms():
    for app in (strategia, seuranta, raportit):
        for module in pkgutil.walk_packages(app.__path__, f"{app.__name__}."):
            if module.name.endswith(".forms"):
                for _name, cls in inspect.getmembers(importlib.import_module(module.name), inspect.isclass):
                    if issubclass(cls, forms.BaseForm) and cls.__module__ == module.name:
                        yield cls


def test_every_form_of_a_stored_row_has_a_version():
    of_rows = [cls for cls in all_forms() if issubclass(cls, forms.ModelForm) and cls.__name__ not in MUUT]
    assert len(of_rows) >= 5
    assert [cls.__name__ for cls in of_rows if not issubclass(cls, VersioituLomake)] == []


def _pages(cast):
    """(who edits, address, field, what the first one writes, what the second one writes)"""
    jakso = reverse("seuranta:jakso-muokkaa", args=[cast.jakso.pk])
    return {
        "painopiste": ("kaisa", reverse("strategia:painopiste-muokkaa", args=[cast.painopisteet[0].pk]), "nimi"),
        "tavoite": ("kaisa", reverse("strategia:tavoite-muokkaa", args=[cast.tavoitteet[0].pk]), "nimi"),
        "toimenpide": ("kaisa", reverse("strategia:toimenpide-muokkaa", args=[cast.vayla.pk]), "nimi"),
        "jakso": ("kaisa", jakso, "nimi"),
        "toimiala": ("aino", reverse("strategia:toimiala-detail", args=[cast.sivistys.pk]), "nimi"),
        "kunta": ("aino", reverse("strategia:kunta-muokkaa"), "virallinen_nimi"),
        "käyttäjä": ("aino", reverse("strategia:kayttaja-detail", args=[cast.otso.pk]), "nimi"),
    }


@pytest.fixture
def sivu(request, cast, kirjautunut):
    who, path, field = _pages(cast)[request.param]
    return kirjautunut(getattr(cast, who)), path, field


SIVUT = ["painopiste", "tavoite", "toimenpide", "jakso", "toimiala", "kunta", "käyttäjä"]


def fields_of(page, field):
    """The form of the page that has the field, as a browser would send it untouched."""
    form = next(form for form in lxml.html.fromstring(page).forms if field in form.fields)
    sent = {}
    for name, value in form.form_values():
        sent.setdefault(name, []).append(value.removeprefix("\n"))  # as a browser reads a textarea
    return sent


def posted(client, path, field, **values):
    return fields_of(client.get(path).text, field) | values


@pytest.mark.django_db
@pytest.mark.parametrize("sivu", SIVUT, indirect=True)
def test_the_second_of_two_sees_what_the_first_saved_and_may_replace_it(sivu):
    client, path, field = sivu
    first = posted(client, path, field, **{field: "Ensimmäisen nimi"})
    second = posted(client, path, field, **{field: "Toisen nimi"})
    assert client.post(path, first).status_code == 302
    told = client.post(path, second)
    assert told.status_code == 409
    assert "Ensimmäisen nimi" in told.text and "Toisen nimi" in told.text
    assert "Toinen käyttäjä on tallentanut nämä tiedot sillä välin." in told.text
    assert "Ensimmäisen nimi" in str(posted(client, path, field)), "mitään ei korvattu"
    again = fields_of(told.text, field)
    assert again[field] == ["Toisen nimi"]
    assert client.post(path, again).status_code == 302, "uudelleen lähetetty korvaa nähdyn"
    assert "Toisen nimi" in str(posted(client, path, field))


@pytest.mark.django_db
@pytest.mark.parametrize("sivu", SIVUT, indirect=True)
def test_the_same_form_sent_again_is_taken(sivu):
    client, path, field = sivu
    same = posted(client, path, field)
    assert [client.post(path, same).status_code for _time in range(2)] == [302, 302]


@pytest.mark.django_db
def test_every_writer_raises_the_version(cast, kirjautunut):
    kaisa = kirjautunut(cast.kaisa)
    path = reverse("strategia:toimenpide-muokkaa", args=[cast.vayla.pk])
    writers = (
        lambda: Toimenpide.objects.filter(pk=cast.vayla.pk).update(vastuu="Tuonnin vastuu"),
        lambda: Toimenpide.objects.filter(pk=cast.vayla.pk).update(toimiala=cast.sivistys),
        lambda: cast.vayla.vastuuhenkilot.set([cast.veikko], through_defaults={"kunta_id": cast.kunta.pk}),
    )
    for write in writers:
        data = posted(kaisa, path, "nimi", riski="Kaisan riski")
        write()
        assert kaisa.post(path, data).status_code == 409
    assert Toimenpide.objects.get(pk=cast.vayla.pk).riski == ""


@pytest.mark.django_db
def test_two_who_wrote_the_same_are_not_kept_apart(cast, kirjautunut):
    kaisa = kirjautunut(cast.kaisa)
    path = reverse("strategia:painopiste-muokkaa", args=[cast.painopisteet[0].pk])
    data = [posted(kaisa, path, "nimi", nimi="Sama nimi") for _person in range(2)]
    assert [kaisa.post(path, each).status_code for each in data] == [302, 302]
    assert Painopiste.objects.get(pk=cast.painopisteet[0].pk).nimi == "Sama nimi"


@pytest.mark.django_db
def test_more_time_given_by_another_is_told(cast, kirjautunut):
    kaisa = kirjautunut(cast.kaisa)
    path = reverse("seuranta:jakso-jatka", args=[cast.jakso.pk])
    first = posted(
        kaisa, path, "vastaus_viimeistaan", vastaus_viimeistaan="1.12.2027", hyvaksynta_viimeistaan="31.12.2027"
    )
    second = posted(
        kaisa, path, "vastaus_viimeistaan", vastaus_viimeistaan="1.11.2027", hyvaksynta_viimeistaan="31.12.2027"
    )
    assert kaisa.post(path, first).status_code == 302
    told = kaisa.post(path, second)
    assert (told.status_code, "1.12.2027" in told.text) == (409, True)
