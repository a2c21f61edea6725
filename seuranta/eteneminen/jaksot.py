"""A plan + user -> its jaksot of which some answers may be seen, and which of them expects a toimenpide."""

from strategia.permissions import sees_closed_only

from ..models import Seurantajakso


def shows_scores(strategia, user):
    """Is a score shown to the user at all: not of a plan in words, nor to a councillor where it is not published."""
    is_hidden = sees_closed_only(user) and "toteutumisaste" in strategia.piilotetut
    return not strategia.is_in_words and not is_hidden


def list_begun(strategia, user):
    """The jaksot of which the user may see some answers, the newest first."""
    begun = Seurantajakso.objects.visible_to(user).exclude(tila=Seurantajakso.Tila.TULOSSA)
    return list(begun.filter(strategia=strategia).order_by("-jarjestys", "-pk"))


def expects(jakso, kesto):
    return not (jakso.ends_before(kesto) or jakso.begins_after(kesto))
