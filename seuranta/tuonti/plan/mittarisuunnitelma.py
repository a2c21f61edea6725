"""Planned rows + the stored measures and risks -> what an import would write of them. Only reads the database.

A cell of text is one measure, or one risk. It is looked at only where it is neither what it was in the file before nor
what our own table shows of it now: what a person has made of it since then stays. Measures that have columns of their
own are compared value by value.
"""

from collections import Counter
from dataclasses import replace

from seuranta.taulukko.guard import Issue
from seuranta.taulukko.rows import Kysymys, Luettu, Tiedostorivi
from seuranta.taulukko.rows.model import Luettumittari
from seuranta.tiedosto.paatokset import Laji
from seuranta.tiedosto.plan import ILMAN_PAINOPISTETTA, PlannedLuku, PlannedMittari, PlannedRiski, PlannedRow
from strategia.lukuteksti import PISIN_YKSIKKO
from strategia.models import NIMEN_PITUUS
from strategia.nimet import avain
from strategia.solusta import Solurivi, mittari_now, read_solumittari, says_something, text_in_table

from .mittarirekisteri import Mittarirekisteri
from .register import Register
from .ristiriidat import OSAT, Mittariristiriidat
from .target import Target

EI_AIKAA = (
    "Mittarien arvoilla ei ole aikaa: otsikossa ei ole vuotta eikä jaksoa. Minkä vuoden arvoja ne ovat? Komennolle sen "
    "kertoo --vuosi VVVV.",
    "The values of measures have no time: their heading names no year or period. Of which year are they (--vuosi)?",
)
KAHDESTI = (
    "Mittarilla ”{}” on samalla ajalla kaksi eri arvoa. Kirjoita oikea arvo tai jätä tämä pois, jolloin ensimmäinen "
    "jää voimaan.",
    "The measure “{}” has two different values for one time. Write the right one, or leave this out to keep the first.",
)


def mittarit_of(rivi: Tiedostorivi) -> tuple[Luettumittari, ...]:
    """The measures of a row: those that have columns of their own, else its cell of text as one."""
    if rivi.mittarit or not says_something(rivi.mittari):
        return tuple(_fitting(mittari, rivi.toimenpide or "") for mittari in rivi.mittarit)
    nimi, laji = read_solumittari(rivi.mittari)
    return (Luettumittari(nimi[:NIMEN_PITUUS], laji, cell=rivi.cells.get("mittari", rivi.cell)),)


def _fitting(mittari, whose):
    """The measure as its row can hold it: of no name it is called as what it hangs under."""
    nimi = " ".join((mittari.nimi or whose).split())[:NIMEN_PITUUS]
    yksikko = mittari.yksikko if len(mittari.yksikko or "") <= PISIN_YKSIKKO else None
    is_same = (nimi, yksikko) == (mittari.nimi, mittari.yksikko)
    return mittari if is_same else replace(mittari, nimi=nimi, yksikko=yksikko)


def plan_mittarit(
    rows: tuple[PlannedRow, ...], luettu: Luettu, register: Register, target: Target, errors: list[Issue]
) -> tuple[tuple[PlannedRow, ...], tuple[PlannedMittari, ...], tuple[Kysymys, ...]]:
    """The rows with the measures and risks that they make or change, those of no row, and the year if it is asked.

    Conflicts go to `errors`.
    """
    of_rows = [mittarit_of(row.rivi) for row in rows]
    suunnittelija = _Suunnittelija(
        register, luettu, Mittarirekisteri(register.strategia, [*of_rows, luettu.mittarit]), errors
    )
    suunnittelija.year = target.luvusta.get(Laji.VUOSI, {}).get("")
    planned = [suunnittelija.plan_row(row, read) for row, read in zip(rows, of_rows, strict=True)]
    of_none = [_fitting(mittari, mittari.tavoite or mittari.painopiste or "") for mittari in luettu.mittarit]
    others = [suunnittelija.plan_other(mittari) for mittari in of_none]
    settled = Mittariristiriidat(planned, others, target, errors)
    asked = _ask_year(suunnittelija.timeless, errors)
    return tuple(map(settled.settle_row, planned)), tuple(filter(None, map(settled.settle, others))), asked


def _ask_year(cells, errors):
    """One year settles all values that have no time."""
    errors += [Issue(cell, "year_needed", *EI_AIKAA) for cell in cells]
    return (Kysymys(cells[0], "year_needed", *EI_AIKAA, (), cells=tuple(cells)),) if cells else ()


class _Suunnittelija:
    """Sets each read measure and risk beside the stored one that it means."""

    def __init__(self, register, luettu, stored, errors):
        self.register, self.jaksot, self.stored, self.errors = register, luettu.jaksot, stored, errors
        self.kerrat = Counter()
        self.year, self.timeless = None, []  # the year of values without a time, the cells that have none

    def plan_row(self, row, read):
        """The row with every measure and risk that it may change; its text fields without what is no change."""
        known = self.stored.mittarit_of("toimenpide", row.toimenpide_id)
        shown = {
            "mittari": [mittari_now(each.nimi, each.laji, each.alkuperainen) for each in known],
            "riski": [Solurivi(r.teksti, r.teksti, r.alkuperainen) for r in self.stored.riskit_of(row.toimenpide_id)],
        }
        changes = {
            name: (before, after)
            for name, (before, after) in row.changes.items()
            if name not in shown or after != text_in_table(before, shown[name])
        }
        is_new, before = row.toimenpide_id is None, {name: changes.get(name, ("",))[0] for name in shown}
        if row.rivi.mittarit:
            mittarit = self._plan_columns(row.rivi, read, known)
        else:
            is_told = is_new or "mittari" in changes
            mittarit = self._plan_cell(row.rivi.mittari, before["mittari"], read, known) if is_told else ()
        riskit = self._plan_riski(row, before["riski"]) if is_new or "riski" in changes else ()
        if changes == row.changes and not mittarit and not riskit:
            return row
        return replace(row, changes=changes, mittarit=tuple(mittarit), riskit=tuple(riskit))

    def plan_other(self, luettu):
        """A measure of a tavoite or a painopiste."""
        taso, pk = self._find_kohde(luettu)
        known = self.stored.mittarit_of(taso, pk)
        match = find_mittari(luettu, known, set())
        place = (taso, avain(luettu.painopiste or ILMAN_PAINOPISTETTA), avain(luettu.tavoite or ""))
        return self._plan_one(luettu, luettu.nimi, match, known, place)

    def _find_kohde(self, luettu):
        painopiste = self.register.painopisteet.get(avain(luettu.painopiste or ILMAN_PAINOPISTETTA))
        if not luettu.tavoite:
            return "painopiste", painopiste and painopiste.pk
        tavoite = painopiste and self.register.tavoitteet.get((painopiste.pk, avain(luettu.tavoite)))
        return "tavoite", tavoite and tavoite.pk

    def _plan_cell(self, text, before, read, known):
        """The cell's one measure. before: the cell as it was."""
        if not read:
            return ()
        source = [each for each in known if before and avain(each.alkuperainen) == avain(before)]
        (luettu,) = read
        if len(source) == 1 and len(known) > 1 and _is_parted(source[0]):
            return (_parted(luettu, text, known),)
        planned = self._plan_one(luettu, text, source[0] if source else find_mittari(luettu, known, set()), known, None)
        return (planned,) if planned.is_written else ()

    def _plan_columns(self, rivi, read, known):
        found, taken = [], set()
        for luettu in read:
            match = find_mittari(luettu, known, taken)
            taken.add(match.pk if match else None)
            cell = rivi.mittari or ""  # a cell that says only the unit is no name
            text = cell if avain(cell) == avain(luettu.nimi) else luettu.nimi
            found.append(self._plan_one(luettu, text, match, known, rivi.cell))
        return [each for each in found if each.is_written]

    def _plan_one(self, luettu, text, match, known, place):
        times = self._times_of(luettu)
        tavoitteet = self._plan_luvut(match, luettu, self.stored.tavoitteet, _targets(luettu))
        arvot = self._plan_luvut(match, luettu, self.stored.arvot, times)
        key = avain(luettu.nimi)
        alike = max((each.kerta for each in known if each.avain == key and each != match), default=0)
        if match:
            changes = _changes(match, luettu, by_cell=place is None)
            kerta = alike + 1 if "nimi" in changes and match.avain != key else match.kerta
            return PlannedMittari(luettu, text, match.pk, kerta, 1, changes, tavoitteet, arvot)
        kerta, order = alike + self._count(place, key), len(known) + self._count(place)
        return PlannedMittari(luettu, text, None, kerta, order, {}, tavoitteet, arvot)

    def _count(self, *place):
        """Which one it is of the new ones in this place; the measure of a cell is the only one."""
        if place[0] is None:
            return 1
        self.kerrat[place] += 1
        return self.kerrat[place]

    def _times_of(self, luettu):
        """[(when, Mittariluku)] of the values; one without a time is of the only jakso, else its year is asked."""
        found = []
        for arvo in luettu.arvot:
            told = [(name, value) for name in ("jakso", "vuosi", "paiva") if (value := getattr(arvo, name)) is not None]
            if not told and len(self.jaksot) == 1:
                told = [("jakso", self.jaksot[0])]
            if told or self.year:
                found.append((told[0] if told else ("vuosi", self.year), arvo))
            else:
                self.timeless.append(arvo.cell or luettu.cell)
        return found

    def _plan_luvut(self, match, luettu, stored, read):
        """[PlannedLuku] of those that are new or say something else than what is stored."""
        found = {}
        for aika, luku in read:
            key = self.stored.time_of(aika, self.register)
            now = stored.get((match.pk, key)) if match and key else None
            if not luku.teksti.strip() or (now and luku.teksti in (now.teksti, now.alkuperainen)):
                continue
            told = found.get(aika)
            if told and told.teksti[1] != luku.teksti:
                self._complain(luku, luettu)
            pk, versio, before = (now.pk, now.versio, now.teksti) if now else (None, 0, "")
            found.setdefault(aika, PlannedLuku(aika, pk, versio, (before, luku.teksti), luku.cell or luettu.cell))
        return tuple(found.values())

    def _complain(self, luku, luettu):
        name = luettu.nimi if len(luettu.nimi) <= 60 else f"{luettu.nimi[:59]}…"
        fi, en = (sentence.format(name) for sentence in KAHDESTI)
        self.errors.append(Issue(luku.cell or luettu.cell, "duplicate_row", fi, en, luku.teksti))

    def _plan_riski(self, row, before):
        text = row.rivi.riski
        if not says_something(text):
            return ()
        known = self.stored.riskit_of(row.toimenpide_id)
        cell = row.rivi.cells.get("riski", row.rivi.cell)
        match = next((each for each in known if before and avain(each.alkuperainen) == avain(before)), None)
        if match is None and any(avain(each.teksti) == avain(text) for each in known):
            return ()
        pk, now = (match.pk, match.teksti) if match else (None, "")
        return (PlannedRiski(pk, (now, text), cell, len(known) + 1),)


def find_mittari(luettu: Luettumittari, known, taken: set):
    """By its name, else by the cell that it was read of before a person renamed it; of several alike in order."""
    key = avain(luettu.nimi)
    free = [each for each in known if each.pk not in taken]
    by_name = (each for each in free if each.avain == key)
    return next(by_name, None) or next((each for each in free if avain(each.alkuperainen) == key), None)


def _is_parted(mittari):
    return avain(read_solumittari(mittari.alkuperainen).nimi[:NIMEN_PITUUS]) != mittari.avain


def _parted(luettu, text, known):
    """The cell that a person has parted into several measures says something else now: a conflict with all of them."""
    before = "\n".join(each.nimi for each in known)
    return PlannedMittari(luettu, text, changes={OSAT: (before, text)}, jarjestys=len(known) + 1)


def _targets(luettu):
    return [(("vuosi", tavoite.vuosi), tavoite) for tavoite in luettu.tavoitteet]


def _changes(match, luettu, *, by_cell):
    """{field: (before, after)}; what the file does not say changes nothing."""
    pairs = {"yksikko": (match.yksikko, luettu.yksikko)}
    if by_cell:  # the name is what the cell says; columns know a measure by its name
        pairs["nimi"] = (match.nimi, luettu.nimi)
        pairs["laji"] = (match.laji, luettu.laji)
    elif match.laji == "teksti":
        pairs["laji"] = (match.laji, luettu.laji)
    if luettu.lahto and luettu.lahto.teksti.strip():
        pairs["lahto_teksti"] = (match.lahto_teksti, luettu.lahto.teksti)
        pairs["lahto_vuosi"] = (match.lahto_vuosi, luettu.lahto.vuosi)
    return {name: pair for name, pair in pairs.items() if pair[1] and pair[0] != pair[1]}
