"""HTML as a reader meets it: how the template is indented does not show."""

import re


def tiivis(html):
    """White space of any length is one space, and none stands between a tag and a word."""
    return re.sub(r"(?<=>) | (?=<)", "", re.sub(r"\s+", " ", html))
