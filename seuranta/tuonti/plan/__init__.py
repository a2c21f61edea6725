"""Luettu + what the database holds -> Tuontisuunnitelma: what an import would write. Only reads the database.

The register of the kunta is read into dictionaries first, of its kirjaukset those of the file's jaksot, so that the
number of queries does not depend on the number of rows, nor the work on how many years have been followed.
"""

from dataclasses import replace
from datetime import date

from django.utils.formats import date_format

from seuranta.ajankohta import end_days
from seuranta.models import KOMMENTIN_PITUUS
from seuranta.taulukko.guard import Issue
from seuranta.taulukko.rows import Luettu, collector_at_rest
from seuranta.tiedosto.plan import drop_too_long
from strategia.models import NIMEN_PITUUS, Kunta
from strategia.nimet import avain

from .changes import plan_rows
from .mittarisuunnitelma import find_mittari, mittarit_of, plan_mittarit
from .register import Register
from .target import Target, Tuontisuunnitelma, known_words
from .tilannepaiva import name_by_state_day
from .voimassa import days_in_force, list_proposed_years, tell_begun

__all__ = ["Target", "Tuontisuunnitelma", "build_plan", "find_mittari", "known_words", "mittarit_of"]


LOOK_UP = object()


@collector_at_rest()
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
    luettu = _with_jaksot_of_values(luettu)
    register = Register(kunta, target, luettu.title)
    luettu = register.read_joined(luettu)
    if any("." in nimi for nimi in luettu.jaksot):  # a day has points
        luettu = name_by_state_day(luettu, register.jaksot.values())
    register.load_stored(luettu.jaksot)
    found, unknown, questions = register.find_rows([rivi for rivi in luettu.rows if rivi.toimenpide])
    missing = register.unmatched({row.toimiala for row in found if row.toimiala})
    asked = [] if only_compare or questions else register.ask_where(found)
    ends = register.list_ends(luettu.jaksot)
    closed = [j.nimi for j in register.jaksot_of(luettu.jaksot) if j.is_closed]
    if closed and not only_compare:
        return Tuontisuunnitelma(
            target, luettu, errors=(_closed_jakso(closed[0]),), refusal="closed_jakso", kunta_id=register.kunta_id
        )
    days = days_in_force(found, end_days(ends), register, target.vuodet)
    proposed, notices = list_proposed_years(found), tell_begun(found, days)
    if target.muistettu:
        notices.insert(0, _reading_known(target.muistettu))
    if register.is_shortened:
        notices.append(_shortened(register.strategia_nimi))
    rows, conflicts = plan_rows(found, days, target)
    texts = (after for row in rows for k in row.kirjaukset for _before, after in k.changes.values())
    if any(isinstance(text, str) and len(text) > KOMMENTIN_PITUUS for text in texts):
        rows = drop_too_long(rows, conflicts)
    mittarit = ()
    if luettu.mittarit or any(rivi.mittarit or rivi.mittari or rivi.riski for rivi in luettu.rows):
        rows, mittarit, year = plan_mittarit(rows, luettu, register, target, conflicts)
        questions = (*questions, *year)
    return Tuontisuunnitelma(
        target,
        replace(luettu, notices=(*luettu.notices, *notices)),
        rows=rows,
        mittarit=mittarit,
        errors=(*asked, *luettu.errors, *unknown, *conflicts),
        strategia=register.strategia_nimi,
        missing=missing,
        kysymykset=questions,
        ended=tuple(each for each in missing if each.id in target.paatettavat),
        kunta_id=register.kunta_id,
        strategia_id=register.strategia.pk if register.strategia else None,
        register=register,
        vuodet=proposed,
        kohteet=tuple(each for each in mittarit if each.mittari_id is None),
        has_mittarit=bool(mittarit) or any(row.mittarit or row.riskit for row in rows),
    )


def _with_jaksot_of_values(luettu):
    """The file's jaksot with those of which it tells only what a measure showed."""
    told = [*luettu.mittarit, *(mittari for rivi in luettu.rows for mittari in rivi.mittarit)]
    names = {avain(nimi): nimi for mittari in told for nimi in [arvo.jakso for arvo in mittari.arvot] if nimi}
    more = [nimi for key, nimi in names.items() if key not in map(avain, luettu.jaksot)]
    return replace(luettu, jaksot=(*luettu.jaksot, *more)) if more else luettu


def _closed_jakso(nimi):
    return Issue(
        "",
        "closed_jakso",
        f"Jakso ”{nimi}” on suljettu, eikä siihen voi tuoda kirjauksia. Avaa jakso uudelleen tai valitse toinen jakso.",
        f"The period “{nimi}” is closed and takes no import. Reopen it or choose another.",
    )


def _reading_known(muistettu):
    pvm = date_format(date.fromisoformat(muistettu["milloin"]), "j.n.Y")
    kuka = f", {muistettu['kuka']}" if muistettu["kuka"] else ""
    return Issue(
        "",
        "reading_known",
        f"Taulukko luettiin niin kuin samanlainen taulukko ”{muistettu['tiedosto']}” ({pvm}{kuka}). Sivulla Miten "
        "luemme taulukon voit lukea sen alusta asti uudelleen, komennolla valitsimella --ilman-lukutapaa.",
        f"The table was read as one alike, “{muistettu['tiedosto']}”, was by what was decided of it. The page of the "
        "reading, or --ilman-lukutapaa, reads it from the beginning.",
    )


def _shortened(strategia):
    shown = strategia if len(strategia) <= 80 else f"{strategia[:79]}…"
    return Issue(
        "",
        "needs_decision",
        f"Taulukon otsikko on liian pitkä strategian nimeksi: enintään {NIMEN_PITUUS} merkkiä. Nimeksi otettiin sen "
        f"alku ”{shown}”. Anna strategialle lyhyempi nimi.",
        f"The title is too long to name the strategy: at most {NIMEN_PITUUS} characters. Its beginning was taken.",
    )
