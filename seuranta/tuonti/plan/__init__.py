"""Luettu + what the database holds -> Tuontisuunnitelma: what an import would write. Only reads the database.

The whole register of the kunta is read into dictionaries first, so that the number of queries does not
depend on the number of rows.
"""

from seuranta.taulukko.guard import Issue
from seuranta.taulukko.rows import Luettu
from seuranta.tiedosto.plan import PlannedRow
from strategia.models import Kunta
from strategia.nimet import avain

from .changes import hold_back_conflicts, plan_kirjaus, toimenpide_changes
from .register import Register, known_labels
from .target import Target, Tuontisuunnitelma

__all__ = ["Target", "Tuontisuunnitelma", "build_plan", "known_labels"]


LOOK_UP = object()


def build_plan(
    luettu: Luettu, target: Target, *, kunta: Kunta | None = LOOK_UP, only_compare=False
) -> Tuontisuunnitelma:
    """Compare what was read with the register of the target kunta.

    Errors of the file come first, then those that only the register knows: `unknown_toimiala`,
    `several_toimialat` and `conflict` by cell, `closed_jakso` for the whole file. kunta: the target's, None where
    there is none yet; looked up where the caller does not know. only_compare: nothing will be written, so a closed
    jakso is no obstacle.
    """
    if luettu.status == "reject":
        return Tuontisuunnitelma(target, luettu, errors=luettu.errors, refusal=luettu.reason)
    if kunta is LOOK_UP:
        kunta = Kunta.objects.filter(avain=avain(target.kunta)).first()
    register = Register(kunta, target, luettu.title)
    closed = [j.nimi for j in register.jaksot_of(luettu.jaksot) if j.is_closed]
    if closed and not only_compare:
        return Tuontisuunnitelma(
            target, luettu, errors=(_closed_jakso(closed[0]),), refusal="closed_jakso", kunta_id=register.kunta_id
        )
    errors = list(luettu.errors)
    rows = [_plan_row(rivi, register, errors) for rivi in luettu.rows if rivi.toimenpide]
    # Whoever joined a row to an old toimenpide has decided on its new name too.
    decided = {**target.ristiriidat, **dict.fromkeys(target.toimenpiteet, "tiedosto")}
    rows = hold_back_conflicts(rows, errors, decided)
    return Tuontisuunnitelma(
        target,
        luettu,
        rows=tuple(rows),
        errors=tuple(errors),
        strategia=register.strategia_nimi,
        missing=register.unmatched({row.toimiala for row in rows if row.toimiala}),
        kunta_id=register.kunta_id,
        strategia_id=register.strategia.pk if register.strategia else None,
        register=register,
    )


def _closed_jakso(nimi):
    return Issue(
        "",
        "closed_jakso",
        f"Jakso ”{nimi}” on suljettu, eikä siihen voi tuoda kirjauksia. Avaa jakso uudelleen tai valitse toinen jakso.",
        f"The period “{nimi}” is closed and takes no import. Reopen it or choose another.",
    )


def _plan_row(rivi, register, errors):
    toimiala = _resolve_toimiala(rivi, register, errors)
    toimenpide, kerta, tavoite = register.match(rivi)
    return PlannedRow(
        rivi=rivi,
        toimenpide_id=toimenpide.pk if toimenpide else None,
        toimiala=toimiala,
        kerta=kerta,
        changes=toimenpide_changes(rivi, toimiala, toimenpide, tavoite, register) if toimenpide else {},
        kirjaukset=tuple(plan_kirjaus(arvo, toimenpide, register) for arvo in rivi.kirjaukset),
    )


def _resolve_toimiala(rivi, register, errors):
    """The register's name of the row's toimiala; a new name while new ones are taken; None with an error."""
    if not rivi.toimiala:
        return None
    if known := register.find_toimiala(rivi.toimiala):
        return known.nimi
    if register.may_create(rivi.toimiala):
        return rivi.toimiala
    errors.append(_unknown_toimiala(rivi, register))
    return None


def _unknown_toimiala(rivi, register):
    cell, nimi = rivi.cells.get("toimiala", rivi.cell), rivi.toimiala
    parts = [p.strip() for p in nimi.replace(";", ",").replace("/", ",").replace("\n", ",").split(",")]
    if len(parts) > 1 and sum(bool(register.find_toimiala(p)) for p in parts) > 1:
        return Issue(
            cell,
            "several_toimialat",
            f"Solussa on monta toimialaa: ”{nimi}”. Valitse niistä yksi vastuulliseksi.",
            f"The cell names several units: “{nimi}”. Choose the one responsible.",
        )
    return Issue(
        cell,
        "unknown_toimiala",
        f"Toimialaa ”{nimi}” ei ole rekisterissä. Korjaa nimi, yhdistä se olemassa olevaan tai luo uusi toimiala.",
        f"The unit “{nimi}” is not in the register. Correct it, join it to a known one or create it.",
    )
