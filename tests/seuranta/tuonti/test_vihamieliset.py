"""Hostile files, over HTTP. One child reads them all: what a child of each one's own does, the sandbox's tests tell."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.ymparisto import SHARED, needs_shared

from .tuontisivut import LISTA, register


def hostile():
    path = SHARED / "vihamieliset" / "manifest.json"
    return json.loads(path.read_text())["entries"] if path.exists() else [None]


@needs_shared
@pytest.mark.parametrize("case", hostile(), ids=lambda case: case and case["id"])
def test_a_hostile_file_is_read_or_refused_and_writes_nothing(case, cast, aino, settings):
    content = (SHARED / "vihamieliset" / case["file"]).read_bytes()
    upload = SimpleUploadedFile("x", content)
    upload._name = case.get("upload_name", case["file"])  # the very name, which the class would clean
    before = register(), sorted(p for p in settings.MEDIA_ROOT.rglob("*"))
    answer = aino.post(LISTA, {"tiedosto": upload})
    if answer.status_code == 302:
        assert case["expect"] != "reject" or case.get("browser") == "ask"
        assert aino.get(answer.url).status_code == 200
    else:
        assert 400 <= answer.status_code < 500
        assert case["expect"] in ("reject", "ok_or_reject")
        assert case.get("browser") != "ask"
        assert sorted(p for p in settings.MEDIA_ROOT.rglob("*")) == before[1]
    assert register() == before[0]
