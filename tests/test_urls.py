"""Every address of the site: who may open it and which room it is. One that is not in the tables fails the test."""

import pytest
from django.urls import reverse

from .huoneet import APPS, HUONEET, app_of
from .osoitetaulu import list_osoitteet, shown_table, table
from .osoitteet import (
    JULKISET,
    KAIKKI,
    SIVUT,
    TOIMET,
    address,
    admin_patterns,
    all_names,
    arguments_of,
    known_admin_names,
    known_names,
)
from .ymparisto import paivan_osa


def todays(names):
    """With KIERROKSET=kaikki all; else a tenth, of those that name the same objects at least one."""
    return paivan_osa(names, arguments_of)


# Whose pages are not ours.
KIRJASTOT = {"allauth.account", "django.contrib.admin"}


def test_every_address_has_its_place_in_the_table():
    assert set(all_names()) == known_names()
    assert {name for name, _patterns in admin_patterns()} == known_admin_names()


def test_every_address_belongs_to_one_room():
    osoitteet = list(list_osoitteet())
    paths = [osoite.polku for osoite in osoitteet]
    assert len(set(paths)) == len(paths)
    assert {osoite.huone for osoite in osoitteet if app_of(osoite.huone) not in APPS} == KIRJASTOT
    ours = {osoite.huone for osoite in osoitteet} - KIRJASTOT
    assert not [huone for huone in ours if huone not in HUONEET]


def test_readme_shows_which_address_is_which_room():
    assert shown_table() == table(), "python -m tests.osoitetaulu writes it anew"


@pytest.fixture
def versio(cast):
    """The closed jakso's report, published."""
    cast.versio.publish()
    return cast.versio


@pytest.mark.parametrize("name", todays(name for name in (*SIVUT, *TOIMET) if name not in JULKISET))
def test_an_outsider_is_asked_to_sign_in(name, cast, versio, client):
    answer = client.get(address(name, cast, versio))
    assert answer.status_code == 302
    assert answer.url.startswith(reverse("account_login"))


@pytest.mark.parametrize("name", todays(sorted(JULKISET - {"account_logout"})))
def test_an_outsider_finds_the_public_pages(name, cast, versio, client):
    leads_on = {"raportit:tilaus-lopeta": 302}.get(name, 301 if name.endswith("-numero") else 200)
    assert client.get(address(name, cast, versio)).status_code == leads_on


@pytest.mark.parametrize("name", todays(SIVUT))
def test_each_role_sees_its_own_pages_and_no_others(name, cast, versio, kirjautunut):
    for who in sorted(KAIKKI):
        status = kirjautunut(getattr(cast, who)).get(address(name, cast, versio)).status_code
        if who in SIVUT[name][1]:
            assert status in (200, 302), who
        else:
            assert status in (403, 404), who


@pytest.mark.parametrize("name", todays([*(name for name, (args, _who) in SIVUT.items() if args), *TOIMET]))
def test_another_kuntas_row_looks_like_a_missing_one(name, cast, versio, kirjautunut):
    ulla = kirjautunut(cast.ulla)
    method = ulla.post if name in TOIMET else ulla.get
    own = address(name, cast, versio)
    missing = own.replace(f"/{_pk(own)}/", "/987654321/")
    theirs, none = method(own), method(missing)
    assert theirs.status_code == none.status_code == 404
    # The feedback link of the page names the address that was asked, and nothing else may differ.
    assert theirs.text.replace(own, "") == none.text.replace(missing, "")


def _pk(path):
    return next((part for part in path.split("/") if part.isdigit()), None)


@pytest.mark.parametrize("name", todays(TOIMET))
def test_only_who_may_presses_a_button(name, cast, versio, kirjautunut):
    for who in sorted(KAIKKI - TOIMET[name][1]):
        answer = kirjautunut(getattr(cast, who)).post(address(name, cast, versio))
        assert answer.status_code in (403, 404), who
    cast.jakso.refresh_from_db()
    assert cast.jakso.is_open
