"""Templates can be read: no line runs out of the window, no page is long, no value gets white space of its own.

How they are indented is djhtml's to check (`make lint`); it splits no line, so their length is checked here. There is
no exception: a long sentence is a trimmed blocktranslate, whose lines are joined by one space as they were written.
"""

import re

from .ymparisto import JUURI

MALLIPOHJAT = JUURI / "templates"
PISIN_RIVI = 160
PISIN_SIVU = 85  # lines; what is longer becomes a page and parts with names
TEKSTIALUE = re.compile(r"<textarea\b(?:{%.*?%}|{{.*?}}|[^>])*>(?P<arvo>.*?)</textarea>", re.DOTALL)


def templates():
    return {str(path.relative_to(MALLIPOHJAT)): path.read_text() for path in sorted(MALLIPOHJAT.rglob("*.*"))}


def long_lines(text):
    return [number for number, line in enumerate(text.split("\n"), 1) if len(line) > PISIN_RIVI]


def indented_values(text):
    """The values of textareas that would show the template's own white space."""
    values = [found["arvo"] for found in TEKSTIALUE.finditer(text)]
    return [value for value in values if value.removeprefix("\n") != value.removeprefix("\n").strip()]


def test_no_line_is_longer_than_a_window():
    assert long_lines("x" * 160 + "\n" + "ä" * 161 + "\n") == [2]
    texts = templates()
    assert "base.html" in texts and "seuranta/muistutus/viestit/muistutus.txt" in texts
    assert {name: found for name, text in texts.items() if (found := long_lines(text))} == {}


def test_no_page_is_long():
    texts = templates()
    assert {name: lines for name, text in texts.items() if (lines := text.count("\n")) > PISIN_SIVU} == {}


def test_no_textarea_shows_white_space_of_the_template():
    """Its first line break is the parser's; the rest is the person's text, also when djhtml has gone over it."""
    assert indented_values('<textarea name="a" {% if b > c %}d{% endif %}>\n  {{ x }}</textarea>') == ["\n  {{ x }}"]
    assert indented_values('<textarea name="a">\n{{ x }}</textarea><textarea>{{ y }}</textarea>') == []
    texts = templates()
    assert sum(len(TEKSTIALUE.findall(text)) for text in texts.values()) > 5
    assert {name: found for name, text in texts.items() if (found := indented_values(text))} == {}
