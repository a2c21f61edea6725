"""user + hits -> the same without what a hidden column tells, of toimenpiteet that the user does not follow.

Who follows a toimenpide sees all of it; others what the report publishes.
"""

from django.db.models import Q, QuerySet

from strategia.models import LISAKENTAT, OMA, OMA_KIRJAUS, Strategia
from strategia.nimet import searchable
from strategia.permissions import audits, followed_mittarit, followed_toimenpiteet

from ..models import Kirjaus

# What is searched of each kind, and how the kind names its toimenpide.
HAETTAVAT = {"toimenpiteet": ("koodi", "nimi", "vastuu"), "kommentit": ("kommentti", *LISAKENTAT)}
OMIEN_ROOLI = {"toimenpiteet": OMA, "kommentit": OMA_KIRJAUS}  # and the columns of the kunta's own
TOIMENPIDE = {"toimenpiteet": "pk", "kommentit": "toimenpide"}


def hidden_from(user) -> dict[int, Strategia]:
    """{its id: a strategia, which knows what of it is not published}; none to those who audit."""
    strategiat = () if audits(user) else Strategia.objects.filter(kunta=user.kunta_id)
    return {strategia.pk: strategia for strategia in strategiat}


def leave_out_hidden(rows: dict[str, QuerySet], words: list[str], user, hidden) -> dict[str, QuerySet]:
    """Without the rows in which a word stands in a hidden column alone; looks into those that have such a text."""
    for laji, texts in HAETTAVAT.items():
        names = set().union(*(strategia.piilotetut for strategia in hidden.values())).intersection(texts)
        if names or any(_hides_omat(strategia, OMIEN_ROOLI[laji]) for strategia in hidden.values()):
            others = rows[laji].exclude(**{f"{TOIMENPIDE[laji]}__in": followed_toimenpiteet(user)})
            suspects = others.exclude(Q(**dict.fromkeys(names, ""), omat={}))
            gone = [row.pk for row in suspects if not _holds(_hide(row, hidden), texts, words)]
            rows[laji] = rows[laji].exclude(pk__in=gone)
    without = [pk for pk, strategia in hidden.items() if "mittarit" in strategia.piilotetut]
    if without:
        mine = Q(toimenpide__in=followed_toimenpiteet(user)) | Q(pk__in=followed_mittarit(user).values("pk"))
        rows["mittarit"] = rows["mittarit"].exclude(~mine, strategia__in=without)
    return rows


def _hides_omat(strategia, rooli):
    return any(each["rooli"] == rooli and each.get("piilossa") for each in strategia.sarakkeet)


def _hide(row, hidden):
    """The row, without the values of its hidden columns. Does not save."""
    if isinstance(row, Kirjaus):
        strategia = hidden[row.jakso.strategia_id]
        row.hide(strategia.piilotetut)
        row.omat = dict(strategia.list_omat(OMA_KIRJAUS, row.omat, only_shown=True))
        return row
    strategia = hidden[row.tavoite.painopiste.strategia_id]
    roolit = strategia.piilotetut
    row.vastuu = "" if "vastuu" in roolit else row.vastuu
    row.toimiala = None if "toimiala" in roolit else row.toimiala
    row.omat = dict(strategia.list_omat(OMA, row.omat, only_shown=True))
    return row


def _holds(row, texts, words):
    haystack = searchable("\n".join((*(getattr(row, name) for name in texts), *row.omat.values())))
    return all(word in haystack for word in words)


def hide_in(rows: list, laji: str, user, hidden) -> list:
    """The rows of a page as the user may see them."""
    if laji not in HAETTAVAT or not hidden:
        return rows
    ids = {row: row.toimenpide_id if laji == "kommentit" else row.pk for row in rows}
    followed = set(followed_toimenpiteet(user).filter(pk__in=ids.values()).values_list("pk", flat=True))
    return [row if ids[row] in followed else _hide(row, hidden) for row in rows]
