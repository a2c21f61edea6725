"""A password of the service's and the kunta's own words is no password."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from tests.cast import SALASANA

TUTUT = ("Kirkkoranta2026!", "Strategia-2026-seuranta", "salasanaSalasana1", "KesäKesäKesä26")
KELPAAVAT = (SALASANA, "kesämökin katto vuotaa", "osavuosikatsaus ja kolme hirveä", "7gT!k2-wQ9#zP4")


@pytest.mark.parametrize("password", TUTUT)
def test_words_that_anybody_would_try_are_refused(password, cast):
    with pytest.raises(ValidationError, match="vain palvelun tai kunnan sanoja ja numeroita"):
        validate_password(password, cast.veikko)


@pytest.mark.parametrize("password", KELPAAVAT)
def test_more_beside_them_makes_a_password(password, cast):
    validate_password(password, cast.veikko)
