"""HTML as a reader meets it: how the template is indented does not show."""

import re


def tiivis(html):
    """White space of any length is one space, and none stands between a tag and a word."""
    return re.sub(r"(?<=>) | (?=<)", "", re.sub(r"\s+", " ", html))


def under_bar(sivu):
    """Does the bar cover what has the focus? A row's first lines are enough of what is taller than the window."""
    return sivu.evaluate(
        """() => {
            const focused = document.activeElement, bar = document.querySelector(".bar");
            if (bar.contains(focused)) return false;
            const its = focused.getBoundingClientRect(), top = bar.getBoundingClientRect().top;
            const bottom = Math.min(its.bottom, its.top + 60);
            return bottom > top && its.top < bar.getBoundingClientRect().bottom;
        }"""
    )
