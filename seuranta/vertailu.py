"""Tuonti -> the source's own table beside what is stored now: the proof that an import lost nothing."""

from dataclasses import dataclass

from strategia.models import Toimenpide

from .esikatselu import plan_stored, word_of
from .models import Kirjaus, Tuonti

ROOLIT = (
    "painopiste",
    "tavoite",
    "toimialan_tavoite",
    "koodi",
    "toimenpide",
    "toimielin",
    "toimiala",
    "vastuu",
    "riski",
    "mittari",
)


@dataclass(frozen=True)
class Solupari:
    """What the source said and what is stored; "" where neither says anything."""

    lahde: str
    talletettu: str

    @property
    def on_ero(self):
        return bool(self.lahde) and " ".join(self.lahde.split()) != " ".join(self.talletettu.split())


@dataclass(frozen=True)
class Vertailurivi:
    cell: str
    solut: tuple[Solupari, ...]

    @property
    def eroja(self):
        return sum(solu.on_ero for solu in self.solut)


@dataclass(frozen=True)
class Vertailu:
    otsikot: tuple[str, ...]
    rows: tuple[Vertailurivi, ...]

    @property
    def eroja(self):
        return sum(row.eroja for row in self.rows)


def compare(tuonti: Tuonti) -> Vertailu:
    """The stored file read again, cell by cell beside the database; six queries whatever the size."""
    plan = plan_stored(tuonti, only_compare=True)
    ids = [row.toimenpide_id for row in plan.rows if row.toimenpide_id]
    stored = Toimenpide.objects.select_related("tavoite__painopiste", "toimiala", "toimielin").in_bulk(ids)
    kirjaukset = {}
    for kirjaus in Kirjaus.objects.filter(toimenpide__in=ids).select_related("jakso"):
        kirjaukset[kirjaus.toimenpide_id, kirjaus.jakso.nimi] = kirjaus
    roles = [role for role in ROOLIT if any(getattr(row.rivi, role) for row in plan.rows)]
    jaksot = plan.luettu.jaksot
    headings = {role: plan.luettu.headings.get(role) or word_of(role) for role in roles}
    return Vertailu(
        otsikot=(
            *headings.values(),
            *(f"{word_of(role)}, {nimi}" for nimi in jaksot for role in ("toteutumisaste", "kommentti")),
        ),
        rows=tuple(_compare_row(row, stored.get(row.toimenpide_id), kirjaukset, roles) for row in plan.rows),
    )


def _compare_row(row, toimenpide, kirjaukset, roles):
    pairs = [Solupari(getattr(row.rivi, role) or "", _stored_text(toimenpide, role)) for role in roles]
    for arvo in row.rivi.kirjaukset:
        kirjaus = kirjaukset.get((row.toimenpide_id, arvo.jakso))
        aste = kirjaus.toteutumisaste if kirjaus else None
        lahde = arvo.raw or (str(arvo.toteutumisaste) if arvo.toteutumisaste else "")
        pairs.append(Solupari(lahde, str(aste) if aste else ""))
        pairs.append(Solupari(arvo.kommentti or "", kirjaus.kommentti if kirjaus else ""))
    return Vertailurivi(row.rivi.cell, tuple(pairs))


def _stored_text(toimenpide, role):
    if toimenpide is None:
        return ""
    if role == "painopiste":
        return toimenpide.tavoite.painopiste.nimi
    value = getattr(toimenpide, "nimi" if role == "toimenpide" else role)
    return str(value) if value else ""
