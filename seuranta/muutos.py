"""Two scores or two texts -> what moved between them, in words."""

import difflib
import re

from django.utils.translation import gettext as _

PARIT = 1_000_000  # words before times words after; beyond it both texts are shown whole


def describe_move(before, after):
    """ "nousi (2 → 4)", "laski (4 → 2)", "ei muutosta edelliseen", "uusi arvio", or "" where there is no score."""
    if not after:
        return _("arvio jäi pois (%(before)s)") % {"before": before} if before else ""
    if not before:
        return _("uusi arvio")
    if before == after:
        return _("ei muutosta edelliseen")
    word = _("nousi") if after > before else _("laski")
    return f"{word} ({before} → {after})"


def diff_words(before, after):
    """[("same" | "del" | "ins", text)]: the later text with what went out and what came in, word by word."""
    old, new = (re.findall(r"\s+|\S+", text) for text in (before, after))
    if len(old) * len(new) > PARIT:
        return [("del", before), ("ins", after)]
    pieces = []
    for tag, i, j, k, m in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces.append(("same", "".join(new[k:m])))
        else:
            pieces += [(kind, "".join(part)) for kind, part in (("del", old[i:j]), ("ins", new[k:m])) if part]
    return pieces
