"""Two people at the same moment, page by page: each is told what became of it, nothing is undone in silence."""

import datetime

import pytest
from django.urls import reverse

from raportit.models import Kasittely
from raportit.sulkeminen.sulje import close_jakso
from seuranta.models import Seurantajakso
from strategia.models import Kayttaja, Painopiste, StrateginenTavoite, Toimenpide, Toimiala

from .cast import build_cast
from .kilpailu import just_before_writing

pytestmark = pytest.mark.django_db(transaction=True)

# What a press of a button twice would make twice -> (where, what is sent, how many there are of it afterwards).
LOMAKKEET = {
    "seuranta_seurantajakso": lambda c: (
        reverse("seuranta:jakso-uusi"),
        {"nimi": "Sama", "tyyppi": "muu", "strategia": c.strategia.pk},
        Seurantajakso.objects.filter(nimi="Sama"),
    ),
    "strategia_toimiala": lambda c: (
        reverse("strategia:toimiala-lista"),
        {"nimi": "Sama"},
        Toimiala.objects.filter(nimi="Sama"),
    ),
    "strategia_toimenpide": lambda c: (
        reverse("strategia:toimenpide-uusi", args=[c.strategia.pk]),
        {"nimi": "Sama", "tavoite": c.tavoitteet[0].pk},
        Toimenpide.objects.filter(nimi="Sama"),
    ),
    "strategia_painopiste": lambda c: (
        reverse("strategia:painopiste-uusi", args=[c.strategia.pk]),
        {"nimi": "Sama"},
        Painopiste.objects.filter(nimi="Sama"),
    ),
    "strategia_strateginentavoite": lambda c: (
        reverse("strategia:tavoite-uusi", args=[c.painopisteet[0].pk]),
        {"nimi": "Sama", "painopiste": c.painopisteet[0].pk},
        StrateginenTavoite.objects.filter(nimi="Sama"),
    ),
    "strategia_kayttaja": lambda c: (
        reverse("strategia:kayttaja-kutsu"),
        {"email": "sama@kirkkoranta.example", "nimi": "Sama", "rooli": "tarkastaja"},
        Kayttaja.objects.filter(nimi="Sama"),
    ),
    "raportit_kasittely": lambda c: (
        reverse("raportit:kasittely-uusi", args=[c.versio.pk]),
        {"toimielin": "Sama", "pvm": "2026-10-12"},
        Kasittely.objects.filter(toimielin="Sama"),
    ),
}


def test_a_form_sent_twice_at_once_makes_one_and_says_so(kirjautunut):
    cast = build_cast()
    first, second = kirjautunut(cast.aino), kirjautunut(cast.aino)
    for table, form in LOMAKKEET.items():
        path, data, made = form(cast)
        told = just_before_writing(
            table,
            act=lambda path=path, data=data: first.post(path, data),
            meanwhile=lambda path=path, data=data: second.post(path, data),
        )
        assert sorted(answer.status_code for answer in told) == [302, 422], table
        assert made.count() == 1, table


def test_a_new_toimiala_split_off_twice_at_once_is_one(kirjautunut):
    cast = build_cast()
    path = reverse("strategia:toimiala-jaa", args=[cast.tekniset.pk])
    told = just_before_writing(
        "strategia_toimiala",
        act=lambda: kirjautunut(cast.aino).post(path, {"uusi": "Sama", "toimenpiteet": [cast.vayla.pk]}),
        meanwhile=lambda: kirjautunut(cast.aino).post(path, {"uusi": "Sama", "toimenpiteet": [cast.vayla.pk]}),
    )
    assert sorted(answer.status_code for answer in told) == [302, 422]
    assert Toimiala.objects.filter(nimi="Sama").count() == 1


def test_a_jakso_closed_while_its_dates_are_edited_stays_closed(kirjautunut):
    cast = build_cast()
    cast.jakso.finish(by=cast.kaisa)
    data = {"nimi": "Uusi nimi", "tyyppi": "muu", "alkaa": "2026-05-01", "paattyy": "2026-08-31"}
    page, versio = just_before_writing(
        "seuranta_seurantajakso",
        act=lambda: kirjautunut(cast.kaisa).post(reverse("seuranta:jakso-muokkaa", args=[cast.jakso.pk]), data),
        meanwhile=lambda: close_jakso(Seurantajakso.objects.get(pk=cast.jakso.pk), by=cast.aino),
    )
    cast.jakso.refresh_from_db()
    assert (page.status_code, cast.jakso.is_closed) == (302, True)
    assert f'"{cast.jakso.nimi}"' in versio.data, "raportissa on se nimi, joka jaksolla on"
    assert list(cast.jakso.history.values_list("tila", flat=True)[:2]) == ["suljettu", "viimeistelyssa"]


def test_two_toimialat_are_not_joined_into_each_other(kirjautunut):
    cast = build_cast()
    first, second = (reverse("strategia:toimiala-yhdista", args=[t.pk]) for t in (cast.tekniset, cast.sivistys))
    told = just_before_writing(
        "strategia_toimenpide",
        act=lambda: kirjautunut(cast.aino).post(first, {"kohde": cast.sivistys.pk}),
        meanwhile=lambda: kirjautunut(cast.aino).post(second, {"kohde": cast.tekniset.pk}),
    )
    assert sorted(answer.status_code for answer in told) == [302, 422]
    assert Toimiala.objects.filter(kunta=cast.kunta, lopetettu=None).count() == 2
    assert not Toimenpide.objects.filter(toimiala__lopetettu__isnull=False).exists()


def test_a_toimenpide_edited_while_its_toimiala_is_joined_is_not_left_in_the_ended_one(kirjautunut):
    cast = build_cast()
    data = {"nimi": "Uusi nimi", "tavoite": cast.tavoitteet[0].pk, "toimiala": cast.tekniset.pk}
    edited, joined = just_before_writing(
        "strategia_toimenpide",
        act=lambda: kirjautunut(cast.kaisa).post(reverse("strategia:toimenpide-muokkaa", args=[cast.vayla.pk]), data),
        meanwhile=lambda: kirjautunut(cast.aino).post(
            reverse("strategia:toimiala-yhdista", args=[cast.tekniset.pk]), {"kohde": cast.sivistys.pk}
        ),
    )
    assert (edited.status_code, joined.status_code) == (302, 302)
    cast.vayla.refresh_from_db()
    assert (cast.vayla.nimi, cast.vayla.toimiala) == ("Uusi nimi", cast.sivistys)


def test_ending_a_toimenpide_keeps_what_another_has_just_changed(kirjautunut):
    cast = build_cast()
    data = {"nimi": "Uusi nimi", "tavoite": cast.tavoitteet[0].pk, "toimiala": cast.tekniset.pk}
    just_before_writing(
        "strategia_toimenpide",
        act=lambda: kirjautunut(cast.kaisa).post(
            reverse("strategia:toimenpide-lopeta", args=[cast.vayla.pk]), {"voimassa_asti": "2026-12-31"}
        ),
        meanwhile=lambda: kirjautunut(cast.aino).post(
            reverse("strategia:toimenpide-muokkaa", args=[cast.vayla.pk]), data | {"voimassa_asti": "2026-12-31"}
        ),
    )
    cast.vayla.refresh_from_db()
    assert (cast.vayla.nimi, cast.vayla.voimassa_asti) == ("Uusi nimi", datetime.date(2026, 12, 31))
