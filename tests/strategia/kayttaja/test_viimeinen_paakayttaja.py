"""A kunta keeps one who can manage its users, whichever door a person is changed through.

The claims of the kunta's own sign-in are tried in tests/strategia/kertakirjautuminen/test_tunnistus.py.
"""

import pytest
from django.core.management import call_command
from django.urls import reverse

from seuranta.resources import KayttajaResource
from strategia.models import Kayttaja, Tapahtuma
from tests.cast import create_user
from tests.seuranta.test_resources import come_in
from tests.test_hallinnan_jaljet import page_of, sent, teko, yllapito  # noqa: F401

KIELTO = "Tämä on kunnan ainoa pääkäyttäjä."
OTSIKOT = ["Sähköposti", "Nimi", "Kunta", "Rooli", "Toimialat", "Käytössä"]


def state_of(user):
    return Kayttaja.objects.values_list("rooli", "is_active", "kunta_id").get(pk=user.pk)


@pytest.fixture
def ennallaan(cast):
    """Whatever was tried, Aino is what she was."""
    before = state_of(cast.aino)
    yield
    assert state_of(cast.aino) == before == ("paakayttaja", True, cast.kunta.pk)


@pytest.mark.parametrize("changed", [{"rooli": "raportoija"}, {"is_active": ""}, {"kunta": "naapuri"}], ids=str)
def test_the_admins_form_says_why_not(changed, cast, teko, ennallaan):  # noqa: F811
    path = page_of(Kayttaja, "change", cast.aino.pk)
    if "kunta" in changed:
        changed = {"kunta": cast.naapuri.kunta.pk}
    assert teko(path, sent(teko.client.get(path)) | changed) == []
    assert KIELTO in teko.answer.text
    invited = create_user(cast.kunta, "Ensio Erola", "paakayttaja")
    invited.set_unusable_password()
    invited.save()
    assert teko(path, sent(teko.client.get(path)) | changed) == []  # an invitation may never be answered


def test_nothing_in_the_admin_deletes_a_person(cast, teko, ennallaan):  # noqa: F811
    assert teko(page_of(Kayttaja, "delete", cast.aino.pk), {"post": "yes"}) == []
    assert teko.answer.status_code == 403
    chosen = {"action": "delete_selected", "_selected_action": [cast.aino.pk], "post": "yes"}
    assert teko(page_of(Kayttaja, "changelist"), chosen) == []
    kunta = page_of(type(cast.kunta), "delete", cast.kunta.pk)
    assert teko(kunta, {"post": "yes"}) == []


@pytest.mark.parametrize(("rooli", "kaytossa"), [("raportoija", "kyllä"), ("pääkäyttäjä", "ei")])
def test_a_table_is_refused_whole(rooli, kaytossa, cast, ennallaan):
    other = ["uusi@kirkkoranta.example", "Uusi", cast.kunta.nimi, "raportoija", "", "kyllä"]
    row = [cast.aino.email, cast.aino.nimi, cast.kunta.nimi, rooli, "", kaytossa]
    _totals, errors = come_in(KayttajaResource(), OTSIKOT, other, row)
    assert any(KIELTO in error for error in errors), errors
    assert not Kayttaja.objects.filter(email=other[0]).exists()


def test_a_table_may_not_move_the_last_one_to_another_kunta(cast, ennallaan):
    row = [cast.aino.email, cast.aino.nimi, cast.naapuri.kunta.nimi, "pääkäyttäjä", "", "kyllä"]
    _totals, errors = come_in(KayttajaResource(), OTSIKOT, row)
    assert any(KIELTO in error for error in errors), errors


def test_the_two_of_a_kunta_do_not_go_in_one_table(cast):
    toinen = create_user(cast.kunta, "Ensio Erola", "paakayttaja")
    rows = [[each.email, each.nimi, cast.kunta.nimi, "raportoija", "", "kyllä"] for each in (cast.aino, toinen)]
    _totals, errors = come_in(KayttajaResource(), OTSIKOT, *rows)
    assert any(KIELTO in error for error in errors), errors
    assert {state_of(each)[0] for each in (cast.aino, toinen)} == {"paakayttaja"}


def test_the_page_of_the_users_the_hand_over_and_the_command(cast, kirjautunut, ennallaan):
    aino = kirjautunut(cast.aino)
    kaytto = reverse("strategia:kayttaja-kaytto", args=[cast.aino.pk])
    assert KIELTO in aino.post(kaytto, {"kaytossa": "0"}, follow=True).text
    told = {"nimi": "Aino", "rooli": "raportoija", "toimialat": [cast.tekniset.pk]}
    assert KIELTO in aino.post(reverse("strategia:kayttaja-detail", args=[cast.aino.pk]), told).text
    luovutus = reverse("strategia:luovutus", args=[cast.aino.pk])
    aino.post(luovutus, {"kenelle": cast.veikko.pk, "vahvista": "1"}, follow=True)
    words = {"virallinen_nimi": cast.kunta.virallinen_nimi, "paakayttaja": "uusi@kirkkoranta.example"}
    call_command("kunta", cast.kunta.nimi, **words)


def test_with_another_in_use_the_admin_lowers_one(cast, teko):  # noqa: F811
    create_user(cast.kunta, "Ensio Erola", "paakayttaja")
    path = page_of(Kayttaja, "change", cast.aino.pk)
    (row,) = teko(path, sent(teko.client.get(path)) | {"rooli": "tarkastaja"})
    assert (row.laji, state_of(cast.aino)[0]) == (Tapahtuma.Laji.ROOLI, "tarkastaja")
