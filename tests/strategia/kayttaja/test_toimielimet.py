"""A person's toimielimet: given on the people's page, told there, and following a toimielin that is joined."""

from django.urls import reverse

from strategia.models import Kayttaja, Toimielin, Toimielinjasenyys
from strategia.toimiala.toimielimet import join

from .test_kayttajat import kutsu, sivu_of, tiedot


def test_a_person_is_given_toimielimet_and_loses_them(cast, kirjautunut):
    aino = kirjautunut(cast.aino)
    assert "Toimielin ei anna oikeuksia." in aino.get(sivu_of(cast.liisa)).text
    answer = aino.post(sivu_of(cast.liisa), tiedot(cast.liisa, toimielimet=[cast.lautakunta.pk]))
    assert answer.status_code == 302
    assert list(cast.liisa.toimielimet.all()) == [cast.lautakunta]
    assert Toimielinjasenyys.objects.get().kunta == cast.kunta
    assert str(cast.lautakunta).replace("&", "&amp;") in aino.get(reverse("strategia:kayttaja-lista")).text
    aino.post(sivu_of(cast.liisa), tiedot(cast.liisa, toimielimet=[]))
    assert not Toimielinjasenyys.objects.exists()


def test_who_is_invited_may_be_given_one_at_once(cast, kirjautunut, mailoutbox):
    data = kutsu(cast, rooli="luottamushenkilo", toimielimet=[cast.lautakunta.pk])
    assert kirjautunut(cast.aino).post(reverse("strategia:kayttaja-kutsu"), data).status_code == 302
    assert list(Kayttaja.objects.get(email__iexact=data["email"]).toimielimet.all()) == [cast.lautakunta]


def test_neither_another_kunta_s_nor_an_ended_one(cast, kirjautunut):
    ended = Toimielin.objects.create(kunta=cast.kunta, nimi="Vanha jaosto", lopetettu="2026-01-01")
    theirs = Toimielin.objects.create(kunta=cast.naapuri.kunta, nimi="Naapurin lautakunta")
    for toimielin in (ended, theirs):
        answer = kirjautunut(cast.aino).post(sivu_of(cast.liisa), tiedot(cast.liisa, toimielimet=[toimielin.pk]))
        assert answer.status_code == 422
    assert not Toimielinjasenyys.objects.exists()


def test_people_follow_a_toimielin_that_is_joined(cast):
    new = Toimielin.objects.create(kunta=cast.kunta, nimi="Elinympäristölautakunta")
    for person, toimielin in ((cast.liisa, cast.lautakunta), (cast.tarmo, cast.lautakunta), (cast.tarmo, new)):
        Toimielinjasenyys.objects.create(kunta=cast.kunta, kayttaja=person, toimielin=toimielin)
    join(cast.lautakunta, new, by=cast.kaisa)
    assert list(cast.liisa.toimielimet.all()) == list(cast.tarmo.toimielimet.all()) == [new]


def test_a_kunta_without_toimielimet_is_asked_none(cast, kirjautunut):
    assert "Toimielin ei anna oikeuksia." not in kirjautunut(cast.ulla).get(sivu_of(cast.ulla)).text


def test_the_list_and_the_page_tell_the_last_sign_in(cast, kirjautunut):
    kirjautunut(cast.liisa)
    aino = kirjautunut(cast.aino)
    assert "Kirjautunut viimeksi" in aino.get(sivu_of(cast.liisa)).text
    assert "Ei ole vielä kirjautunut." in aino.get(sivu_of(cast.otso)).text
    users = aino.get(f"{reverse('strategia:kayttaja-lista')}?jarjesta=-kirjautunut")
    assert users.status_code == 200
