"""Plan -> names that look alike, for a person to decide. Suggests, never decides."""

from rapidfuzz import fuzz, process

from seuranta.tiedosto.plan import Plan
from strategia.nimet import normalise

NIMI_MUISTUTTAA = 75  # per cent of likeness: below this the names only share ordinary words
MONTAKO = 3


def suggest_toimialat(nimi: str, toimialat) -> list:
    """The register's toimialat most like the name, best first; all the others after them."""
    likeness = {t: fuzz.ratio(normalise(nimi), normalise(t.nimi)) for t in toimialat}
    return sorted(toimialat, key=lambda t: -likeness[t])


def suggest_renamed(plan: Plan) -> list:
    """[(new row, [missing toimenpide like it, best first])]: perhaps the same toimenpide under another name."""
    missing = {p.id: p.nimi for p in plan.missing}
    if not missing:
        return []
    found = []
    for row in plan.rows:
        if row.change != "new":
            continue
        likes = process.extract(
            row.rivi.toimenpide, missing, scorer=fuzz.ratio, score_cutoff=NIMI_MUISTUTTAA, limit=MONTAKO
        )
        if likes:
            by_id = {p.id: p for p in plan.missing}
            found.append((row, [by_id[pk] for _name, _score, pk in likes]))
    return found
