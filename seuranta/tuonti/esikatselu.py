"""Tuonti + decisions -> the plan of a table, and what its preview asks."""

from dataclasses import dataclass, replace
from functools import partial

from django.db import transaction

from strategia.models import TARJOTUT_NIMET, Strategia, Tapahtuma
from strategia.tapahtuma import record

from ..models import Tuonti
from ..taulukko.guard import Issue
from ..taulukko.rows import Luettu
from ..tiedosto.luenta import read_file, read_once, store_file
from ..tiedosto.paatokset import UUSI, Laji, Paatokset, read_decisions
from ..tiedosto.ratkaistavat import Ratkaistava, list_decisions
from .kysymykset import list_cards
from .luku import is_followed, read_first, reader_choices
from .muokkaus import cells_of_row
from .nimenvaihdot import suggest_renamed
from .paatokset import VUODET, TaulukonPaatosForm
from .paikat import TARKEIMMAT, list_columns, list_places
from .plan import Target, Tuontisuunnitelma, build_plan, known_words
from .plan.ehdotukset import join_toimialat
from .valinnat import LUKEMISEN


@dataclass(frozen=True)
class Esikatselu:
    """A table that waits in its preview: what has been decided of it, what would be written, and what is asked.

    uudelleennimetyt: [(new row, [missing toimenpide like it])]. paikat: the places of its columns.
    """

    paatokset: Paatokset
    plan: Tuontisuunnitelma
    ratkaistavat: list[Ratkaistava]
    uudelleennimetyt: list
    paikat: list[str]


def read_new(data: bytes, name: str, *, by) -> tuple[Luettu, Tuonti | None]:
    """A file as it comes in -> what it holds, and the Tuonti that now keeps it.

    A refused file is not kept, but for a table whose reading a person may settle.
    """
    luenta = read_first(partial(read_file, data, name), by.kunta.nimi, known_words(by.kunta.nimi), {})
    luettu = luenta.luettu
    if luettu.status == "reject" and not luettu.ruudukot:
        return luettu, None
    reading = (luettu, luenta.valinnat)
    with transaction.atomic():
        tuonti = store_file(by.kunta, data, name, by=by, reading=reading, muistettu=luenta.muistettu)
        record(Tapahtuma.Laji.TUOTU, by=by, kunta=by.kunta, kohde=tuonti)
    return luettu, tuonti


def target_of(tuonti: Tuonti, paatokset: Paatokset) -> Target:
    """The decisions on the file as its plan wants them; not yet what is remembered of tables alike."""
    arvot = paatokset.arvot
    return Target(
        kunta=tuonti.kunta.nimi,
        strategia=arvot[Laji.STRATEGIA].get("") or None,
        toimialat={nimi: None if meant == UUSI else meant for nimi, meant in arvot[Laji.TOIMIALA].items()},
        toimenpiteet=arvot[Laji.TOIMENPIDE],
        paatettavat=tuple(int(pk) for pk in arvot[Laji.PAATTYY] if pk.isdecimal()),
        ristiriidat=arvot[Laji.RISTIRIITA],
        ohitetut=tuple(arvot[Laji.OHITUS]),
        tilanne=arvot[Laji.TILANNE].get(""),
        vuodet=arvot[Laji.VOIMASSA],
        asteikko=TARJOTUT_NIMET if arvot[Laji.ASTEIKKO].get("") else {},
        numerointi=arvot[Laji.TAPA].get("numerointi", ""),
        luvusta={laji: arvot[laji] for laji in LUKEMISEN if arvot[laji]},
    )


def read_stored(tuonti: Tuonti, paatokset: Paatokset) -> tuple[Luettu, Target]:
    """The rows of the stored file, and where they go, by what has been decided of it."""
    target = target_of(tuonti, paatokset)
    tunnetut, arvot = known_words(target.kunta, target.strategia), paatokset.arvot
    if is_followed(arvot):
        target = replace(target, muistettu=tuonti.muistettu)
    return read_once(tuonti, **reader_choices(tunnetut, arvot, tuonti.muistettu)), target


def plan_stored(tuonti: Tuonti, paatokset: Paatokset | None = None, *, only_compare: bool = False) -> Tuontisuunnitelma:
    """The plan of the stored file by what has been decided of it."""
    return build_plan(*read_stored(tuonti, paatokset or read_decisions(tuonti)), only_compare=only_compare)


def read_untouched(tuonti: Tuonti, paatokset: Paatokset) -> Luettu:
    """The stored file as it is, without what a person typed over its cells."""
    target = target_of(tuonti, paatokset)
    tunnetut = known_words(target.kunta, target.strategia)
    choices = reader_choices(tunnetut, paatokset.arvot, tuonti.muistettu)
    choices.pop("cells", None)
    return read_file(tuonti.tiedosto.read(), tuonti.tiedostonimi, **choices)


def look_through(tuonti: Tuonti, paatokset: Paatokset) -> Esikatselu:
    """The stored file as its preview shows it; the cells that hold the same unknown toimiala are one decision."""
    plan = plan_stored(tuonti, paatokset)
    decisions = list_decisions(plan)
    uudelleennimetyt, ratkaistavat = suggest_renamed(tuonti, plan), join_toimialat(plan, decisions)
    return Esikatselu(paatokset, plan, ratkaistavat, uudelleennimetyt, paikat=list_places(plan.luettu))


def describe_table(kysely: Esikatselu) -> dict:
    """What only a municipality's own table tells: its columns, where it goes, its names."""
    plan, shifted = kysely.plan, list_shifted(kysely)
    kirjaukset = [kirjaus for rivi in plan.luettu.rows for kirjaus in rivi.kirjaukset]
    return {
        "uudelleennimetyt": kysely.uudelleennimetyt,
        "kortit": list_cards(plan),
        "sarakkeet": list_columns(plan.luettu),
        "tarkeimmat": TARKEIMMAT,
        "siirtyneet": shifted,
        "korjattuja": len(kysely.paatokset.arvot["solu"]),
        "vuodet": [(rivi, plan.target.vuodet.get(rivi.cell)) for rivi in plan.vuodet],
        "vuosien_tavat": VUODET,
        "vuosia_auki": sum(rivi.cell not in plan.target.vuodet for rivi in plan.vuodet),
        "strategiat": Strategia.objects.filter(kunta=plan.kunta_id).values_list("nimi", flat=True),
        "asteita": sum(kirjaus.toteutumisaste is not None for kirjaus in kirjaukset),
        "kommentteja": sum(bool(kirjaus.kommentti) for kirjaus in kirjaukset),
        "painopisteita": len({row.painopiste for row in plan.rows}),
        "tavoitteita": len({(row.painopiste, row.tavoite) for row in plan.rows if row.tavoite}),
    }


def list_shifted(kysely: Esikatselu) -> list[tuple[Issue, str, bool]]:
    """[(what is told of the row, the cell from which it can be shifted back, was something typed over there?)]"""
    luettu = kysely.plan.luettu
    told = [notice for notice in luettu.notices if (notice.cell, notice.value) in luettu.siirtyneet]
    return [(notice, notice.value, bool(kysely.paatokset.typed_on_row(notice.value))) for notice in told]


def read_posted(data, tuonti: Tuonti, paatokset: Paatokset) -> TaulukonPaatosForm:
    """The checked form of what was posted; of a row that is mended its cells are there too."""
    kysely = look_through(tuonti, paatokset)
    kentat = cells_of_row(kysely.plan.luettu, data.get("rivi", "")) or ()
    form = TaulukonPaatosForm(data, **vars(kysely), solut=[kentta.cell for kentta in kentat])
    form.full_clean()
    return form
