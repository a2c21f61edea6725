"""A text + the room for it -> as much of the text as fits, so that nothing runs over the edge of a slide."""

import textwrap

from seuranta.solut import readable

LEVEIN = 0.62  # of a letter's height, its width on the average in the widest of the fonts that may stand in for ours
RIVINVALI = 1.22
KATKO = " …"


def letters(leveys: float, koko: float) -> int:
    """How many letters of this size (points) a line of so many points holds."""
    return max(int(leveys / (koko * LEVEIN)), 8)


def lines(korkeus: float, koko: float) -> int:
    """How many lines of this size (points) so many points hold."""
    return max(int(korkeus / (koko * RIVINVALI)), 1)


def count_lines(text: str, merkkeja: int) -> int:
    """How many lines it takes."""
    return sum(len(textwrap.wrap(line, merkkeja)) or 1 for line in text.split("\n"))


def fit(text: str, merkkeja: int, riveja: int) -> tuple[str, bool]:
    """(the text as far as it fits, was it cut?). Lines stay lines, empty ones go; a cut one ends with "…"."""
    kept, left = [], riveja
    paragraphs = [" ".join(line.split()) for line in readable(text).splitlines()]
    paragraphs = [paragraph for paragraph in paragraphs if paragraph]
    for place, paragraph in enumerate(paragraphs):
        wrapped = textwrap.wrap(paragraph, merkkeja)
        is_last = place == len(paragraphs) - 1
        if len(wrapped) > left or (len(wrapped) == left and not is_last):
            return "\n".join([*kept, _cut(paragraph, wrapped[:left], merkkeja)]), True
        kept.append(paragraph)
        left -= len(wrapped)
    return "\n".join(kept), False


def _cut(paragraph, wrapped, merkkeja):
    """The paragraph up to the end of these lines, with room for the sign."""
    end = 0
    for line in wrapped:
        end = paragraph.index(line, end) + len(line)
    last = len(wrapped[-1])
    kept = paragraph[: end - max(last + len(KATKO) - merkkeja, 0)] if last + len(KATKO) > merkkeja else paragraph[:end]
    whole = kept.rsplit(" ", 1)[0] if end > len(kept) and " " in kept[-merkkeja:] else kept
    return whole.rstrip(" ,;:–-") + KATKO
