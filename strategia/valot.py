"""Score -> its traffic light: the shape's name, and the word used where the score has no label."""

from django.utils.translation import gettext as _

VALOT = {5: "vihrea", 4: "vihrea", 3: "keltainen", 2: "keltainen", 1: "punainen"}


def light_name(aste: int) -> str:
    """The colour; two scores share a light, so the one between the lights is told in number too."""
    name = {"vihrea": _("Vihreä"), "keltainen": _("Keltainen"), "punainen": _("Punainen")}[VALOT[aste]]
    return f"{name} ({aste})" if aste in (2, 4) else name
