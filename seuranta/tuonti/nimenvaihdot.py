"""Plan -> its new rows that may be known toimenpiteet by another name. Suggests, never decides.

Every new name is compared with every missing one, a second of work for 2,000 of both: more than all else that a preview
does. What came of it is kept with the digest of the very names and ids that were compared, so it is never of others
than those of the plan at hand, whoever has changed what meanwhile. A file keeps one: the next takes its place.
"""

import json
from hashlib import sha256

from django.core.cache import cache
from rapidfuzz import fuzz, process

from ..models import Tuonti
from ..tiedosto.plan import Plan

NIMI_MUISTUTTAA = 75  # per cent of likeness: below this the names only share ordinary words
MONTAKO = 3
TALLESSA = 24 * 3600  # seconds: a table is looked through in a day; after that it is compared anew


def suggest_renamed(tuonti: Tuonti, plan: Plan) -> list:
    """[(new row, [missing toimenpide like it, best first])]: perhaps the same toimenpide under another name."""
    new = [row for row in plan.rows if row.change == "new"]
    by_id = {puuttuva.id: puuttuva for puuttuva in plan.missing}
    names, missing = [row.rivi.toimenpide for row in new], [(p.id, p.nimi) for p in plan.missing]
    found = _compare_once(tuonti, names, missing) if names and missing else ()
    return [(new[place], [by_id[pk] for pk in likes]) for place, likes in found]


def _compare_once(tuonti, names, missing):
    compared = json.dumps([tuonti.kunta_id, NIMI_MUISTUTTAA, MONTAKO, names, missing])
    key, digest = f"nimenvaihdot-{tuonti.pk}", sha256(compared.encode()).hexdigest()
    found = _read_kept(key, digest)
    if found is None:
        found = _compare(names, missing)
        cache.set(key, json.dumps({"verrattu": digest, "loydetyt": found}), TALLESSA)
    return found


def _read_kept(key, digest):
    """What was found of the very same names; None where that is not known, or is not as this code writes it."""
    try:
        known = json.loads(cache.get(key, "{}"))
        return known["loydetyt"] if known["verrattu"] == digest else None
    except (ValueError, TypeError, KeyError):  # a cache is shared with other releases and may lose a part
        return None


def _compare(names, missing):
    """[(place of a name, [id of a missing one like it])], of those that have any."""
    ids, known = [pk for pk, _nimi in missing], [nimi for _pk, nimi in missing]
    likes = (
        process.extract(nimi, known, scorer=fuzz.ratio, score_cutoff=NIMI_MUISTUTTAA, limit=MONTAKO) for nimi in names
    )
    return [(place, [ids[at] for _nimi, _score, at in each]) for place, each in enumerate(likes) if each]
