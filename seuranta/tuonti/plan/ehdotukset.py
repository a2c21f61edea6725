"""Plan -> names that look alike, for a person to decide. Suggests, never decides."""

from rapidfuzz import fuzz

from seuranta.tiedosto.plan import Plan
from strategia.nimet import avain, normalise


def join_toimialat(plan: Plan, kohdat: list) -> list:
    """The decisions; the cells that hold the same unknown toimiala are one, with what it may mean."""
    found, by_name = [], {}
    names = {row.rivi.cells.get("toimiala"): row.rivi.toimiala for row in plan.rows}
    for kohta in kohdat:
        nimi = kohta.issue.value or names.get(kohta.issue.cell) if kohta.issue.code == "unknown_toimiala" else None
        if nimi and avain(nimi) in by_name:
            by_name[avain(nimi)].cells += kohta.cells
            continue
        if nimi:
            kohta.nimi, kohta.avain = nimi, avain(nimi)
            kohta.ehdotukset = suggest_toimialat(nimi, plan.register.toimialat.values())
            by_name[kohta.avain] = kohta
        found.append(kohta)
    return found


def suggest_toimialat(nimi: str, toimialat) -> list:
    """The register's toimialat most like the name, best first; all the others after them."""
    likeness = {t: fuzz.ratio(normalise(nimi), normalise(t.nimi)) for t in toimialat}
    return sorted(likeness, key=likeness.get, reverse=True)
