"""The names of files: they can be read, whatever the name of the jakso."""

import pytest

from strategia.nimet import file_name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("1–6/2026", "1-6-2026"),
        ("Osavuosikatsaus 1–6/2026-versio-2", "osavuosikatsaus-1-6-2026-versio-2"),
        ("Hyvinvointi, terveys & Äänekoski (Å)", "hyvinvointi-terveys-aanekoski-a"),
        ("Отчёт 1/2026", "отчёт-1-2026"),
        ("报告 2026", "报告-2026"),
        ("हिन्दी", "हिन्दी"),
        ('../../etc/passwd\0\r\n"', "etc-passwd"),
        ("½ ﬁ", "1-2-fi"),
        ("/", ""),
    ],
)
def test_every_sign_is_a_hyphen_and_other_alphabets_stay(text, name):
    assert file_name(text) == name
    assert file_name(text, "pdf") == f"{name}.pdf"
