"""Feedback on a toimenpide -> what of it its public page tells: only what a koordinaattori has answered and chosen."""

from strategia.models import Kunta, Palaute


def list_answered(kunta: Kunta, tunnus) -> list[Palaute]:
    """The newest first. Of a row no more than its texts and its days is read: no address comes near the page."""
    shown = Palaute.objects.filter(kunta=kunta, toimenpide=tunnus, nakyy=True)
    return list(shown.only("viesti", "vastaus", "luotu", "kasitelty").order_by("-pk"))
