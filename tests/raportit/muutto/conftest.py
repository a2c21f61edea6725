"""Installations of their own, as the backup's tests make them."""

from tests.strategia.palvelu.test_varmuuskopio import uusi_asennus

__all__ = ["uusi_asennus"]
