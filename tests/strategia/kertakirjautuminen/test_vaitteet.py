"""What a provider tells of a person, read: identity, groups, address, how."""

import pytest

from strategia.kertakirjautuminen.tarjoaja import is_allowed_issuer
from strategia.kertakirjautuminen.vaitteet import (
    Evatty,
    is_more_than_password,
    read_amr,
    read_email,
    read_groups,
    read_identity,
)

ENTRA = "https://login.microsoftonline.com/11111111-aaaa-4444-8888-000000000000/v2.0"


def test_who_it_is_to_entra_is_tenant_and_object_whatever_the_sub():
    claims = {"tid": "t1", "oid": "o1", "sub": "vain-tälle-palvelulle"}
    assert read_identity(ENTRA, claims) == "t1:o1"
    assert read_identity("https://tunnistaja.example", claims) == "vain-tälle-palvelulle"


@pytest.mark.parametrize(
    "claims", [{}, {"tid": "t"}, {"oid": "o", "sub": "s"}, {"tid": "", "oid": "o"}, {"tid": 1, "oid": 2}]
)
def test_without_them_entra_tells_nobody_apart(claims):
    with pytest.raises(Evatty, match="tid, oid"):
        read_identity(ENTRA, claims)


@pytest.mark.parametrize("sub", ["a\0b", "s" * 256, "", None, 7])
def test_what_no_table_takes_tells_nobody_apart(sub):
    with pytest.raises(Evatty, match="sub"):
        read_identity("https://tunnistaja.example", {"sub": sub})


def test_groups_are_a_list_or_one():
    assert read_groups({"groups": ["a", "b"]}, "groups") == {"a", "b"}
    assert read_groups({"roles": "a"}, "roles") == {"a"}
    assert read_groups({"groups": []}, "groups") == set()


@pytest.mark.parametrize(
    "claims",
    [
        {},
        {"groups": None},
        {"groups": {"a": 1}},
        {"groups": [1]},
        {"groups": ["a\0b"]},
        {"_claim_names": {"groups": "s"}},
        {"hasgroups": True},
    ],
)
def test_missing_groups_and_too_many_are_refused(claims):
    with pytest.raises(Evatty):
        read_groups(claims, "groups")


def test_the_overage_of_another_claim_is_none():
    assert read_groups({"groups": ["a"], "_claim_names": {"address": "s"}}, "groups") == {"a"}


@pytest.mark.parametrize(
    ("claims", "email"),
    [
        ({"email": " Aino@Keuruu.FI "}, "aino@keuruu.fi"),
        ({"email": "a@b.fi", "email_verified": True}, "a@b.fi"),
        ({"email": "a@b.fi", "email_verified": False}, ""),
        ({"email": "a@b.fi", "email_verified": "false"}, ""),
        ({"email": ["a@b.fi"]}, ""),
        ({"email": "a\0@b.fi"}, ""),
        *(({"email": email}, "") for email in ("\u212aaisa@b.fi", "kai\u017fa@b.fi", "ka\u0131sa@b.fi")),
        ({"preferred_username": "a@b.fi", "upn": "a@b.fi"}, ""),
        ({}, ""),
    ],
)
def test_the_address_is_the_confirmed_one(claims, email):
    assert read_email(claims) == email


def test_how_one_was_recognised():
    assert read_amr({"amr": ["pwd", "mfa", 7, "\0"]}) == ["mfa", "pwd"]
    assert read_amr({"amr": "pwd"}) == ["pwd"]
    assert read_amr({}) == read_amr({"amr": {"x": 1}}) == []
    assert [is_more_than_password(amr) for amr in ([], ["pwd"], ["mfa", "pwd"], ["fido"])] == [True, False, True, True]


@pytest.mark.parametrize(
    ("issuer", "allowed"),
    [
        (ENTRA, True),
        ("http://localhost:9000", True),
        ("http://tunnistaja.example", False),
        ("http://localhost.example", False),
        ("https://", False),
        ("file:///etc/passwd", False),
        ("login.microsoftonline.com", False),
    ],
)
def test_an_issuer_is_https_or_this_machine(issuer, allowed):
    assert bool(is_allowed_issuer(issuer)) == allowed
