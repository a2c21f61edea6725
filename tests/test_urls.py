"""Every address of the site: who may open it. An address that is not in the table fails the test."""

import pytest
from django.urls import get_resolver, reverse

from raportit.sulkeminen import close_jakso

# What an outsider may see: signing in, a forgotten password and the statements. Everything else asks to sign in.
JULKISET = {
    "strategia:korostusvari",
    "strategia:palaute",
    "strategia:saavutettavuus",
    "strategia:tietosuoja",
    "account_login",
    "account_logout",  # sends an outsider to the sign-in page
    "account_inactive",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
}

KAIKKI = {"aino", "kaisa", "veikko", "hilkka", "otso", "liisa", "tarmo"}
KOORDINOIVAT = {"aino", "kaisa"}
KIRJAAVAT = KOORDINOIVAT | {"veikko", "hilkka", "otso"}

# url name -> (arguments by the cast, who in the kunta gets a page; the others get 403 or 404)
SIVUT = {
    "raportit:etusivu": ((), KAIKKI),
    "raportit:versio-lista": ((), KAIKKI),
    "raportit:versio-detail": (("versio",), KAIKKI),
    "raportit:versio-lataa": (("versio", "csv"), KAIKKI),
    "raportit:jakso-sulje": (("jakso",), KOORDINOIVAT),
    "raportit:luonnos": (("jakso",), KOORDINOIVAT),
    "raportit:luonnos-lataa": (("jakso", "csv"), KOORDINOIVAT),
    "seuranta:omat": ((), KAIKKI),
    "seuranta:jakso-lista": ((), KAIKKI),
    "seuranta:jakso-uusi": ((), KOORDINOIVAT),
    "seuranta:jakso-detail": (("jakso",), KAIKKI - {"liisa"}),
    "seuranta:kirjaus-lista": (("jakso",), KAIKKI - {"liisa"}),
    "seuranta:jakso-muokkaa": (("jakso",), KOORDINOIVAT),
    "seuranta:jakso-avaa-uudelleen": (("jakso",), KOORDINOIVAT),
    "raportit:tyyli": ((), {"aino"}),
    "strategia:kunta-muokkaa": ((), {"aino"}),
    "strategia:kunta-logo": ((), set()),  # Kirkkoranta has none: 404
    "strategia:palaute-lista": ((), KOORDINOIVAT),
    "strategia:strategia-lista": ((), KAIKKI),
    "strategia:strategia-detail": (("strategia",), KAIKKI),
    "strategia:toimiala-anna": (("strategia",), KOORDINOIVAT),
}
# Addresses that take POST only.
TOIMET = {
    "seuranta:jakso-avaa": ("jakso",),
    "seuranta:jakso-viimeistele": ("jakso",),
}
OMA_TILI = {"account_change_password", "account_reauthenticate"}


def all_names(patterns=None, namespace=""):
    """The name of every address of the resolver, Django's admin apart."""
    for pattern in patterns if patterns is not None else get_resolver().url_patterns:
        if hasattr(pattern, "url_patterns"):
            if pattern.app_name != "admin":
                inner = f"{pattern.namespace}:" if pattern.namespace else ""
                yield from all_names(pattern.url_patterns, namespace + inner)
        else:
            yield namespace + pattern.name


def test_every_address_has_its_place_in_the_table():
    assert set(all_names()) == JULKISET | set(SIVUT) | set(TOIMET) | OMA_TILI


@pytest.fixture
def versio(cast):
    """The closed jakso's report."""
    cast.edellinen.reopen(by=cast.kaisa, syy="Testi")
    return close_jakso(cast.edellinen, by=cast.kaisa)


def address(name, cast, versio):
    known = {"versio": versio.pk, "jakso": cast.jakso.pk, "strategia": cast.strategia.pk}
    args = SIVUT.get(name, [TOIMET.get(name, ())])[0]
    return reverse(name, args=[known.get(arg, arg) for arg in args])


@pytest.mark.parametrize("name", [*SIVUT, *TOIMET])
def test_an_outsider_is_asked_to_sign_in(name, cast, versio, client):
    answer = client.get(address(name, cast, versio))
    assert answer.status_code == 302
    assert answer.url.startswith(reverse("account_login"))


@pytest.mark.parametrize("name", sorted(JULKISET - {"account_logout"}))
def test_an_outsider_finds_the_public_pages(name, client, db):
    args = {"strategia:korostusvari": ["00357a"], "account_reset_password_from_key": ["1", "vanha-avain"]}
    assert client.get(reverse(name, args=args.get(name, []))).status_code == 200


@pytest.mark.parametrize("name", SIVUT)
def test_each_role_sees_its_own_pages_and_no_others(name, cast, versio, kirjautunut):
    for who in sorted(KAIKKI):
        status = kirjautunut(getattr(cast, who)).get(address(name, cast, versio)).status_code
        if who in SIVUT[name][1]:
            assert status in (200, 302), who
        else:
            assert status in (403, 404), who


@pytest.mark.parametrize("name", [name for name, (args, _who) in SIVUT.items() if args] + list(TOIMET))
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
    return next(part for part in path.split("/") if part.isdigit())


@pytest.mark.parametrize("name", TOIMET)
def test_only_the_koordinaattori_moves_a_jakso(name, cast, versio, kirjautunut):
    for who in sorted(KAIKKI - KOORDINOIVAT):
        answer = kirjautunut(getattr(cast, who)).post(address(name, cast, versio))
        assert answer.status_code in (403, 404), who
    cast.jakso.refresh_from_db()
    assert cast.jakso.is_open


def test_every_answer_carries_the_strict_headers(cast, kirjautunut):
    for client, path in [(kirjautunut(cast.kaisa), "/"), (kirjautunut(cast.kaisa), "/ei-ole/")]:
        headers = client.get(path).headers
        assert "unsafe" not in headers["Content-Security-Policy"]
        assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"
