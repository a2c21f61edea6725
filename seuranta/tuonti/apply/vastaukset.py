"""Plan of a vastaustaulukko -> kirjaukset, recorded as the entry page records them."""

from seuranta.models import Kirjaus, Vastaus
from seuranta.tiedosto.kumous import plain
from strategia.models import LISAKENTAT

KENTAT = (*Kirjaus.SAVED_FIELDS, "tuonti")


def record_answers(plan, tuonti, *, by):
    """([change] as undo wants them, were all rows written?). A row with a score or a reason is sent at once."""
    register = plan.register
    vastaukset, before = {}, {}
    for row in plan.rows:
        if row.kirjaukset and row.kirjaukset[0].changes:
            toimenpide = register.omat[row.toimenpide_id]
            kirjaus = register.kirjaukset.get(row.toimenpide_id) or Kirjaus(jakso=tuonti.jakso, toimenpide=toimenpide)
            vastaukset[toimenpide] = _vastaus(kirjaus, row.kirjaukset[0].changes)
            if kirjaus.pk:
                before[kirjaus.pk] = {n: plain(kirjaus.serializable_value(n)) for n in KENTAT}
    reason = tuonti.merkki
    saved, conflicts = Kirjaus.objects.record(tuonti.jakso, vastaukset, by=by, tuonti=tuonti, reason=reason)
    changes = [{"malli": "kirjaus", "id": kirjaus.pk, **_ennen(before.get(kirjaus.pk))} for kirjaus in saved]
    return changes, not conflicts and len(saved) == len(vastaukset)


def _vastaus(kirjaus, changes):
    after = {name: pair[1] for name, pair in changes.items()}
    aste = after.get("toteutumisaste", kirjaus.toteutumisaste)
    syy = after.get("syy", kirjaus.syy)
    return Vastaus(
        versio=kirjaus.versio,
        toteutumisaste=aste,
        syy=syy,
        kommentti=after.get("kommentti", kirjaus.kommentti),
        sisainen_huomio=after.get("sisainen_huomio", kirjaus.sisainen_huomio),
        **{name: after[name] for name in LISAKENTAT if name in after},
        laheta=bool(aste) or syy not in ("", Kirjaus.Syy.EI_VASTATTU),
    )


def _ennen(values):
    return {"luotu": False, "ennen": values} if values else {"luotu": True}
