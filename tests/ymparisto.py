"""What a test may ask of the machine it runs on."""

import os
from pathlib import Path

import pytest

JUURI = Path(__file__).resolve().parent.parent
SHARED = JUURI.parent / "shared"  # the municipalities' files and hostile ones; not part of the repository
CI = os.environ.get("CI", "").lower() in ("1", "true")
ON_POSTGRES = os.environ.get("DATABASE_URL", "").startswith("postgres")

# In CI nothing is skipped: without the folder these tests run and fail.
needs_shared = pytest.mark.skipif(not SHARED.is_dir() and not CI, reason="aineistoa ei ole: ../shared")


def kierrokset(kaikki):
    """How many rounds to run: all of them with KIERROKSET=kaikki, else a twentieth (at least one)."""
    return kaikki if os.environ.get("KIERROKSET") == "kaikki" else max(1, kaikki // 20)
