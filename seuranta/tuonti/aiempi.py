"""Tuonti -> the same file as it was imported before, and what was decided of it then."""

from ..models import Tuonti
from ..tiedosto.paatokset import Laji, read_decisions

# Of what was in the register at that time: these are decided anew.
EI_TARJOTA = {Laji.RISTIRIITA, Laji.PAATTYY}


def find_earlier(tuonti: Tuonti) -> Tuonti | None:
    """The newest import of the same bytes that was saved, or None."""
    same = Tuonti.objects.filter(kunta=tuonti.kunta_id, jakso=None, sha256=tuonti.sha256, tallennettu__isnull=False)
    return same.exclude(pk=tuonti.pk).defer("jasennetty", "muutokset").order_by("tallennettu").last()


def list_offered(earlier: Tuonti, tuonti: Tuonti) -> dict:
    """{(laji, paikka): value as it is stored} of the decisions of then on what nobody has decided of the file now."""
    then, now = read_decisions(earlier).arvot, read_decisions(tuonti).arvot
    return {
        (paatos.laji, paatos.paikka): paatos.arvo
        for paatos in earlier.paatokset.exclude(laji__in=EI_TARJOTA)
        if paatos.paikka in then[paatos.laji] and paatos.paikka not in now[paatos.laji]
    }
