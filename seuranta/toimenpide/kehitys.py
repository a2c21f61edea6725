"""Toimenpide + user -> its jaksot in time order, the line of its scores, and who changed what and when."""

import re
from dataclasses import dataclass, field, replace

from django.utils.translation import gettext as _

from strategia.models import LISAKENTAT, OMA_KIRJAUS, Kayttaja, StrateginenTavoite, Toimenpide, Toimiala, Toimielin
from strategia.permissions import can_follow, can_record
from strategia.teksti import clean_fields

from ..models import KIRJOITTAJA, Ketju, Kirjaus, Rivikysymys, Seurantajakso, Tuonti
from ..muutos import describe_move
from .historia import Tallennus, as_save, compare, list_saves, tuonnit_of, tuonti_of
from .yksikoiden_muutokset import list_unit_saves, list_units

KIRJAUKSEN_KENTAT = (
    *("toteutumisaste", "syy", "kommentti", *LISAKENTAT, "omat", "sisainen_huomio", "tila", "palautuksen_syy"),
)
TOIMENPITEEN_KENTAT = (
    "nimi",
    "koodi",
    "tavoite",
    "toimialan_tavoite",
    "toimiala",
    "toimielin",
    "vastuussa",
    "sitovuus",
    "vastuu",
    "riski",
    "mittari",
    "voimassa_alkaen",
    "voimassa_asti",
    "edeltaja",
    "omat",
)
KIRJAUKSEN_TEKSTIT = ("kommentti", *LISAKENTAT, "omat", "sisainen_huomio", "palautuksen_syy", "kirjaajan_kommentti")
TOIMENPITEEN_TEKSTIT = ("nimi", "koodi", "toimialan_tavoite", "vastuu", "riski", "mittari", "omat")
NIMETYT = {"tavoite": StrateginenTavoite, "toimiala": Toimiala, "toimielin": Toimielin, "edeltaja": Toimenpide}


@dataclass(frozen=True)
class Jaksorivi:
    jakso: Seurantajakso
    kirjaus: Kirjaus | None
    muutos: str
    aste_nimi: str
    historia: tuple[Tallennus, ...] = ()
    lisatekstit: tuple = ()  # [(word, text)] of what the strategia asks besides
    yksikot: tuple = ()  # [Osavastaus]: what its units answered, and other toimialat said
    ketju: Ketju | None = None  # what those who record and approve it have written beside it
    toimenpide: Toimenpide | None = None  # whose it is: this one's, or one's that this continues
    follows: bool = False  # as Kehitys has it, of that toimenpide
    records: bool = False

    @property
    def aste(self):
        return self.kirjaus.toteutumisaste if self.kirjaus else None


@dataclass(frozen=True)
class Piste:
    aste: int
    x: float
    y: float


@dataclass(frozen=True)
class Viiva:
    """The scores as a line, in SVG user units. A jakso without a score breaks it."""

    leveys: int
    korkeus: int
    tasot: tuple[tuple[int, float], ...]
    pisteet: tuple[Piste, ...]
    polku: str
    otsikot: tuple[tuple[str, float], ...]
    selite: str


@dataclass(frozen=True)
class Kehitys:
    """follows: does the user see open jaksot and history? records: and what is written beside the row?

    jaksot run from the newest to the oldest.
    """

    follows: bool
    records: bool
    jaksot: tuple[Jaksorivi, ...]
    viiva: Viiva | None
    historia: tuple[Tallennus, ...] = ()
    lahde: Tuonti | None = field(default=None)


def describe_toimenpide(toimenpide, user):
    """All that the toimenpide's page shows of its way; the number of queries does not depend on the jaksot.

    The jaksot of those that it continues are before its own; each is seen as its own page shows it.
    """
    records = can_record(user, toimenpide)
    follows = records or can_follow(user, toimenpide)
    rivit = []
    for each in reversed(toimenpide.list_edeltajat()):
        rights = {"records": can_record(user, each), "follows": can_follow(user, each)}
        rivit += _list_jaksot(each, user, rivit, **rights)
    rivit += _list_jaksot(toimenpide, user, rivit, records=records, follows=follows)
    own, tuonnit = _own_changes(toimenpide) if follows else ((), {})
    return Kehitys(
        follows=follows,
        records=records,
        jaksot=tuple(reversed(rivit)),
        viiva=draw_line(_of_one_scale(rivit, toimenpide)),
        historia=own,
        lahde=tuonnit.get("+"),
    )


def _of_one_scale(rivit, toimenpide):
    """The newest of the rows, as far back as the scale is that of the toimenpide's own plan."""
    own, found = toimenpide.tavoite.painopiste.strategia, []
    for rivi in reversed(rivit):
        if not own.has_scale_of(rivi.jakso.strategia):
            break
        found.insert(0, rivi)
    return found


def _list_jaksot(toimenpide, user, earlier, *, follows, records):
    """[Jaksorivi] of one toimenpide in time order. earlier: those of the ones that it continues."""
    strategia = toimenpide.tavoite.painopiste.strategia
    own = list(Kirjaus.objects.visible_to(user).filter(toimenpide=toimenpide))
    kirjaukset = {kirjaus.jakso_id: kirjaus for kirjaus in clean_fields(own, KIRJAUKSEN_TEKSTIT)}
    if not follows:
        for kirjaus in kirjaukset.values():
            kirjaus.hide(strategia.piilotetut)
            kirjaus.omat = dict(strategia.list_omat(OMA_KIRJAUS, kirjaus.omat, only_shown=True))
    seen = _visible_jaksot(toimenpide, user, follows).annotate(on_viesteja=Rivikysymys.objects.of_jakso(toimenpide))
    jaksot = [jakso for jakso in seen if jakso.pk in kirjaukset or _expects(jakso, toimenpide)]
    saves = _saves_of(toimenpide) if follows else {}
    hidden = () if follows else strategia.piilotetut
    beside = {"yksikot": list_units(kirjaukset.values(), hidden), "earlier": earlier}
    is_discussed = records and any(jakso.on_viesteja for jakso in jaksot)
    beside["ketjut"] = Rivikysymys.objects.read_all(toimenpide) if is_discussed else {}
    rivit = _describe_jaksot(jaksot, kirjaukset, saves, toimenpide, **beside)
    return [replace(rivi, toimenpide=toimenpide, follows=follows, records=records) for rivi in rivit]


def _visible_jaksot(toimenpide, user, follows):
    jaksot = Seurantajakso.objects.visible_to(user).filter(strategia=toimenpide.tavoite.painopiste.strategia_id)
    if follows:
        return jaksot.exclude(tila=Seurantajakso.Tila.TULOSSA)
    return jaksot.filter(tila=Seurantajakso.Tila.SULJETTU)


def _expects(jakso, toimenpide):
    """Was the toimenpide in force during the jakso? (Seurantajakso.toimenpiteet asks the same of the database.)"""
    return not (jakso.ends_before(toimenpide) or jakso.begins_after(toimenpide))


def _describe_jaksot(jaksot, kirjaukset, saves, toimenpide, *, yksikot, ketjut, earlier):
    """A score moves from the one before it; from another plan's only where the scale of both is the same."""
    strategia, rivit = toimenpide.tavoite.painopiste.strategia, []
    before, has_before = _last_of(earlier, strategia)
    for jakso in jaksot:
        kirjaus, jakso.strategia = kirjaukset.get(jakso.pk), strategia
        if kirjaus:
            kirjaus.jakso = jakso
        aste = kirjaus.toteutumisaste if kirjaus else None
        muutos = describe_move(before, aste) if has_before and kirjaus else ""
        historia = tuple(saves.get(jakso.pk, ()))
        lisatekstit = (
            (*kirjaus.list_lisatekstit(strategia), *strategia.list_omat(OMA_KIRJAUS, kirjaus.omat)) if kirjaus else ()
        )
        osat = tuple(yksikot.get(jakso.pk, ()))
        told = (historia, lisatekstit, osat, ketjut.get(jakso.pk))
        rivit.append(Jaksorivi(jakso, kirjaus, muutos, strategia.asteen_nimi(aste), *told))
        before, has_before = aste, True
    return rivit


def _last_of(earlier, strategia):
    """(the last score of the plan before, is there anything to compare with)"""
    if not earlier or not strategia.has_scale_of(earlier[-1].jakso.strategia):
        return None, False
    return earlier[-1].aste, True


# --- history


def _saves_of(toimenpide):
    """{jakso's id: [Tallennus], the newest first}"""
    of_row = Kirjaus.history.filter(toimenpide_id=toimenpide.pk, kunta=toimenpide.kunta_id)
    rows = list(of_row.select_related(*KIRJOITTAJA).order_by("history_id"))
    clean_fields(rows, KIRJAUKSEN_TEKSTIT)
    saves = list_saves(rows, KIRJAUKSEN_KENTAT, _kirjaus_text, toimenpide.kunta_id, key=lambda row: row.jakso_id)
    for jakso, of_units in list_unit_saves(toimenpide).items():
        both = [*saves.get(jakso, ()), *of_units]
        saves[jakso] = sorted(both, key=lambda tallennus: tallennus.milloin, reverse=True)
    return saves


def _own_changes(toimenpide):
    """-> ([Tallennus] of the toimenpide itself, the newest first; {"+": the Tuonti that made it})."""
    rows = list(toimenpide.history.select_related("history_user").order_by("history_id"))
    clean_fields(rows, TOIMENPITEEN_TEKSTIT)
    _tell_people(rows)
    tuonnit, names = tuonnit_of(rows, toimenpide.kunta_id), _names_in(rows)
    changes = []
    for before, row in zip(rows, rows[1:], strict=False):
        kentat = compare(before, row, TOIMENPITEEN_KENTAT, lambda row, name: _toimenpide_text(row, name, names))
        if kentat:
            changes.insert(0, as_save(row, kentat, tuonnit))
    return tuple(changes), {"+": tuonti_of(rows[0], tuonnit)} if rows else {}


def _tell_people(rows):
    """A save that did not tell its vastuuhenkilöt left them as they were. rows: from the oldest."""
    known = []
    for row in rows:
        row.vastuussa = known = known if row.vastuussa is None else row.vastuussa


def _names_in(rows):
    """{(field, id): name} of the tavoitteet, toimialat, toimielimet and people that the rows have had."""
    people = {pk for row in rows for pk in row.vastuussa}
    there = Kayttaja.objects.in_bulk(people) if people else {}
    names = {("vastuussa", pk): str(there.get(pk, _("poistettu"))) for pk in people}
    for name, model in NIMETYT.items():
        ids = {getattr(row, f"{name}_id") for row in rows}
        there = model.objects.in_bulk(ids - {None})
        names |= {(name, pk): str(there.get(pk, _("poistettu tai yhdistetty"))) for pk in ids - {None}}
    return names


def _kirjaus_text(row, name):
    if name in ("syy", "tila"):
        return str(getattr(row, f"get_{name}_display")())
    return str(getattr(row, name) or "")


def _toimenpide_text(row, name, names):
    if name in NIMETYT:
        return names.get((name, getattr(row, f"{name}_id")), "")
    if name == "vastuussa":
        return ", ".join(sorted(names[name, pk] for pk in row.vastuussa))
    if name == "sitovuus":
        return str(row.get_sitovuus_display())
    value = getattr(row, name)
    return f"{value:%-d.%-m.%Y}" if hasattr(value, "year") else value or ""


# --- the line


LEVEYS, KORKEUS = 320, 128
VASEN, OIKEA, YLA, ALA = 18, 12, 12, 26  # margins


def draw_line(rivit):
    """[Jaksorivi] in time order -> Viiva, or None when there are not two scores to draw between."""
    if sum(1 for rivi in rivit if rivi.aste) < 2:
        return None
    step = (LEVEYS - VASEN - OIKEA) / max(len(rivit) - 1, 1)
    places = [(rivi, round(VASEN + i * step, 1)) for i, rivi in enumerate(rivit)]
    pisteet = tuple(Piste(rivi.aste, x, _height(rivi.aste)) for rivi, x in places if rivi.aste)
    return Viiva(
        leveys=LEVEYS,
        korkeus=KORKEUS,
        tasot=tuple((aste, _height(aste)) for aste in range(1, 6)),
        pisteet=pisteet,
        polku=_path(places),
        otsikot=tuple((_short_name(rivi.jakso, i), x) for i, (rivi, x) in enumerate(places, start=1)),
        selite=", ".join(f"{rivi.jakso.nimi}: {rivi.aste or '–'}" for rivi in rivit),
    )


def _height(aste):
    return round(YLA + (5 - aste) * (KORKEUS - YLA - ALA) / 4, 1)


def _path(places):
    path, drawing = [], False
    for rivi, x in places:
        if rivi.aste:
            path.append(f"{'L' if drawing else 'M'}{x} {_height(rivi.aste)}")
        drawing = bool(rivi.aste)
    return "".join(path)


def _short_name(jakso, order):
    """The month it ends; of a jakso without dates the year in its name, for a bare number would look like a score."""
    if jakso.paattyy:
        return f"{jakso.paattyy:%-m/%y}"
    year = re.search(r"\b(?:19|20)\d\d\b", jakso.nimi)
    return year[0] if year else str(order)
