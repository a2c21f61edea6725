"""The bill of materials (SBOM) that `make test` writes: every pinned requirement, by its version and its hashes."""

import json
import re

import pytest

from tests.ymparisto import CI, JUURI

SBOM = JUURI / ".test" / "sbom.json"
LUKITTU = re.compile(r"^([a-z0-9._-]+)(?:\[.*\])?==([^ ;\\]+)", re.M | re.I)


def test_the_bill_of_materials_names_all_that_is_installed():
    if not SBOM.exists() and not CI:
        pytest.skip("osaluetteloa ei ole: make test tekee sen")
    bom = json.loads(SBOM.read_text())
    pinned = set(LUKITTU.findall((JUURI / "requirements.txt").read_text()))
    assert bom["bomFormat"] == "CycloneDX" and bom["metadata"]["component"]["name"] == "strategian-seuranta"
    named = {(part["name"], part["version"]) for part in bom["components"]}
    assert len(pinned) > 30 and named == pinned
    for part in bom["components"]:
        hashes = [each for reference in part["externalReferences"] for each in reference.get("hashes", ())]
        assert part["purl"].startswith(f"pkg:pypi/{part['name']}@") and hashes
