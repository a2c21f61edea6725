"""The pictures that the README opens with: there, small enough, and those that `make kuvat` takes."""

import re

from .kuvat import IKKUNA, KANSIO, KUVAT, SUURIN
from .ymparisto import JUURI


def test_the_readme_opens_with_the_pictures_that_are_taken():
    opening = (JUURI / "README.md").read_text().partition("\n## ")[0].partition("\nKunnan")[0]
    shown = re.findall(r"!\[([^\]]+)\]\(static/kuvat/(\w+)\.png\)", opening)
    assert [name for _text, name in shown] == list(KUVAT)
    assert all(len(text) > 20 for text, _name in shown)  # who does not see it reads what it shows


def test_each_is_a_picture_of_the_window_and_small():
    assert {path.stem for path in KANSIO.iterdir()} == set(KUVAT)
    for path in KANSIO.iterdir():
        data = path.read_bytes()
        assert data.startswith(b"\x89PNG") and len(data) <= SUURIN, path.name
        size = int.from_bytes(data[16:20]), int.from_bytes(data[20:24])
        assert size == (IKKUNA["width"], IKKUNA["height"]), path.name
