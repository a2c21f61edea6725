"""What is encrypted opens again, also after the key was changed, and never without it."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from strategia import salaus
from strategia.apps import check_second_factor

VANHA, UUSI = "vanha-avain-" * 4, "uusi-avain-" * 4


def test_a_secret_opens_again_and_does_not_show(settings):
    settings.MFA_KEYS = [VANHA]
    kept = salaus.encrypt("äö-salaisuus")
    assert "salaisuus" not in kept
    assert salaus.decrypt(kept) == "äö-salaisuus"
    assert kept != salaus.encrypt("äö-salaisuus")


def test_a_new_key_is_put_before_the_old(settings):
    settings.MFA_KEYS = [VANHA]
    kept = salaus.encrypt("salaisuus")
    settings.MFA_KEYS = [UUSI, VANHA]
    assert salaus.decrypt(kept) == "salaisuus"
    renewed = salaus.rotate(kept)
    settings.MFA_KEYS = [UUSI]
    assert salaus.decrypt(renewed) == "salaisuus"
    with pytest.raises(salaus.EiAukea):
        salaus.decrypt(kept)


def test_in_development_the_key_is_made_of_secret_key(settings):
    settings.MFA_KEYS, settings.DEBUG = [], True
    kept = salaus.encrypt("salaisuus")
    settings.SECRET_KEY = "toinen" * 10  # noqa: S105
    with pytest.raises(salaus.EiAukea):
        salaus.decrypt(kept)


def test_a_changed_text_does_not_open(settings):
    settings.MFA_KEYS = [VANHA]
    kept = salaus.encrypt("salaisuus")
    with pytest.raises(salaus.EiAukea):
        salaus.decrypt(kept[:-6] + "AAAA==")


@pytest.mark.parametrize("keys", [[], ["lyhyt"], [UUSI, "lyhyt"]])
def test_a_server_without_a_good_key_is_told_so_and_stores_no_secret(keys, settings):
    settings.MFA_KEYS = keys
    assert [each.id for each in check_second_factor()] == ["strategia.E002"]
    with pytest.raises(ImproperlyConfigured, match="MFA_KEY"):
        salaus.encrypt("salaisuus")


def test_a_word_that_is_no_role_is_told(settings):
    settings.MFA_ROOLIT = ["koordinaattori", "johtaja"]
    (told,) = check_second_factor()
    assert (told.id, "johtaja" in told.msg) == ("strategia.E003", True)
