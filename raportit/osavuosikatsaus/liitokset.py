"""Seurantajakso -> what hangs on the rows and headings of its report: measures, risks, other toimialat, units' answers.

What has not been sent is not read into the report, as of a row. Sisäinen huomio is never read here. The number of
queries depends on what is in use, not on how many there are.
"""

from collections import defaultdict
from collections.abc import Container
from dataclasses import dataclass
from datetime import date
from itertools import accumulate

from django.db.models import Q
from django.db.models.functions import Coalesce

from seuranta.models import Kirjaus, Seurantajakso
from seuranta.models import MittariArvo as MittariArvoModel
from seuranta.models import Osavastaus as OsavastausModel
from seuranta.models import Riski as RiskiModel
from seuranta.tulos import compare, move_of, target_in_force
from strategia.models import MITTARIN_KOHTEET, MuuToimiala, Toimenpide
from strategia.models import Mittari as MittariModel
from strategia.models import Tavoitearvo as TavoitearvoModel
from strategia.solusta import Solurivi, mittari_now, text_in_table
from strategia.teksti import clean_stored, clean_text

from .mitattu import EI_LAHETETTY, Mittari, MittariArvo, Osavastaus, Riski, Tavoitearvo

PISTEITA = 12  # values of a measure that a report holds, its own the last
_OMAT = ("nimi", "laji", "yksikko", "suunta", "desimaalit", "lahde", "lahto_teksti", "lahto_luku", "lahto_vuosi")
_VOIMASSA = ("voimassa_alkaen", "voimassa_asti")
_ARVOSTA = ("jakso_id", "vuosi", "paiva", "teksti", "luku", "huomautus", "tila", "otettu_mukaan")


@dataclass(frozen=True)
class Liitokset:
    """What hangs where: by (toimenpide, tavoite or painopiste, its id), of rows alone by the toimenpide's id.

    aiemmat: the jaksot before this one, in order, that some measure has a value of. solut: what came of a cell of the
    kunta's own table, by ("mittari" or "riski", the toimenpide's id).
    """

    mittarit: dict[tuple[str, int], tuple[Mittari, ...]]
    riskit: dict[tuple[str, int], tuple[Riski, ...]]
    osavastaukset: dict[int, tuple[Osavastaus, ...]]
    muut_toimialat: dict[int, tuple[str, ...]]
    aiemmat: tuple[Seurantajakso, ...]
    solut: dict[tuple[str, int], tuple[Solurivi, ...]]

    def of_row(self, toimenpide: int) -> dict:
        """The fields of its Rivi."""
        key = "toimenpide", toimenpide
        return {
            "muut_toimialat": self.muut_toimialat.get(toimenpide, ()),
            "osavastaukset": self.osavastaukset.get(toimenpide, ()),
            "mittarit": self.mittarit.get(key, ()),
            "riskit": self.riskit.get(key, ()),
        }

    def cells_of(self, toimenpide: Toimenpide) -> dict:
        """The texts of its Rivi in the kunta's own table: the source's while nobody has changed what came of them."""
        cells = {"mittari": toimenpide.mittari, "riski": toimenpide.riski}
        return {name: text_in_table(cell, self.solut.get((name, toimenpide.pk), ())) for name, cell in cells.items()}

    def ids_of(self, kohde: str) -> set[int]:
        """Of which tavoitteet or painopisteet there is something."""
        return {pk for each, pk in (*self.mittarit, *self.riskit) if each == kohde}


def read_liitokset(jakso: Seurantajakso, sent: Container[tuple[int, int]]) -> Liitokset:
    """sent: (toimenpide's id, jakso's id) of every kirjaus that is told, of this jakso and of those before it."""
    rows = _rows_of_mittarit(jakso)
    mittarit, aiemmat = _read_mittarit(jakso, rows, sent)
    riskit, solut = _read_riskit(jakso)
    solut += [
        (("mittari", row["toimenpide_id"]), mittari_now(row["nimi"], row["laji"], row["alkuperainen"]))
        for row in map(clean_stored, rows)
        if row["toimenpide_id"]
    ]
    others = (_read_osat(jakso, sent), _read_muut_toimialat(jakso))
    return Liitokset(mittarit, riskit, *others, aiemmat, _group(solut))


def _group(pairs):
    """[(key, value)] -> {key: (values in order)}"""
    groups = defaultdict(list)
    for key, value in pairs:
        groups[key].append(value)
    return {key: tuple(values) for key, values in groups.items()}


def _of_plan(model, jakso, path="strategia"):
    """The rows of the jakso's strategia."""
    return model.objects.filter(**{"kunta": jakso.kunta_id, path: jakso.strategia_id})


def _clean(rows):
    """The values of each row as a list, shown clean."""
    return (clean_stored(list(row)) for row in rows)


def _read_riskit(jakso):
    """-> ({where: (Riski)}, [(where, Solurivi)] of those of the whole plan)"""
    rows = _of_plan(RiskiModel, jakso).filter(Q(jakso=None) | Q(jakso=jakso)).in_order()
    names = ("toimenpide_id", "tavoite_id", "jakso_id", "alkuperainen", "pk", "teksti", "todennakoisyys", "vaikutus")
    riskit, solut = [], []
    for toimenpide, tavoite, jakso_id, cell, *values in _clean(rows.values_list(*names)):
        riski = Riski(*values)
        riskit.append((("toimenpide", toimenpide) if toimenpide else ("tavoite", tavoite), riski))
        if toimenpide and not jakso_id:
            solut.append((("riski", toimenpide), Solurivi(riski.teksti, riski.teksti, cell)))
    return _group(riskit), solut


def _read_osat(jakso, sent):
    """A toimiala that comments is told by its present name."""
    rows = OsavastausModel.objects.filter(kirjaus__jakso=jakso).order_by("jarjestys", "pk")
    told = (Coalesce("toimiala__nimi", "nimi"), "toteutumisaste", "kommentti", "toimiala_id")
    return _group(
        (toimenpide, Osavastaus(*values, muu_toimiala=toimiala is not None))
        for toimenpide, *values, toimiala in _clean(rows.values_list("kirjaus__toimenpide_id", *told))
        if (toimenpide, jakso.pk) in sent
    )


def _read_muut_toimialat(jakso):
    rows = _of_plan(MuuToimiala, jakso, "toimenpide__tavoite__painopiste__strategia")
    rows = rows.order_by("toimiala__jarjestys", "toimiala__nimi").values_list("toimenpide_id", "toimiala__nimi")
    return _group(_clean(rows))


# --- measures


def _rows_of_mittarit(jakso):
    kohteet = [f"{kohde}_id" for kohde in MITTARIN_KOHTEET]
    names = ("pk", *_OMAT, *_VOIMASSA, *kohteet, "toimiala__nimi", "alkuperainen")
    return list(_of_plan(MittariModel, jakso).in_order().values(*names))


def _read_mittarit(jakso, rows, sent):
    """-> ({where: (Mittari)}, the earlier jaksot that they have values of)"""
    if not rows:
        return {}, ()
    aika = Aika(jakso)
    tavoitteet, arvot = _read_tavoitteet(jakso), _read_arvot(aika, rows, sent)
    found, used = [], set()
    for row in map(clean_stored, rows):
        nyt, unsent, aiemmat = arvot.get(row["pk"], (None, False, ()))
        if nyt is None and not unsent and not _is_in_force(row, jakso):
            continue
        mittari = _build_mittari(row, tavoitteet.get(row["pk"], ()), nyt, unsent, aiemmat, jakso.vuosi)
        found.append((_place_of(row), mittari))
        used.update(arvo.jakso for arvo in aiemmat)
    return _group(found), tuple(each for each in aika.jaksot if each.pk in used and each.pk != jakso.pk)


def _place_of(row):
    return next((kohde, pk) for kohde in MITTARIN_KOHTEET if (pk := row[f"{kohde}_id"]))


def _is_in_force(row, jakso):
    """As Mittari.objects.in_force: a day that is not known leaves nothing out."""
    alkaa, asti = row["voimassa_alkaen"], row["voimassa_asti"]
    begins_after = jakso.paattyy and alkaa and alkaa > jakso.paattyy
    return not begins_after and not (jakso.alkaa and asti and asti < jakso.alkaa)


def _read_tavoitteet(jakso):
    """{measure's id: (Tavoitearvo) by year, last the one without}"""
    rows = _of_plan(TavoitearvoModel, jakso, "mittari__strategia")  # in their own order
    names = ("mittari_id", "vuosi", "teksti", "luku", "ala", "yla")
    return _group((pk, Tavoitearvo(*values)) for pk, *values in _clean(rows.values_list(*names)))


class Aika:
    """The jaksot that a report tells values of, and where in time a value is."""

    def __init__(self, jakso):
        self.jakso = jakso
        self.jaksot = [*reversed(jakso.edelliset()[: PISTEITA - 1]), jakso]
        # A jakso of unknown time stands where the order of jaksot has it.
        days = accumulate((each.ajankohta[0] if each.ajankohta else date.min for each in self.jaksot), max)
        self.hetket = {
            each.pk: (day, 1, place) for place, (each, day) in enumerate(zip(self.jaksot, days, strict=True))
        }
        when = jakso.ajankohta
        self.loppu = when[0] if when else None
        self.alku = jakso.alkaa or (date(self.loppu.year, 1, 1) if self.loppu else None)

    def hetki(self, arvo: MittariArvo):
        """What it sorts by; a year is told when it is over."""
        return self.hetket[arvo.jakso] if arvo.jakso else (arvo.paiva or date(arvo.vuosi, 12, 31), 0, 0)

    def is_later(self, arvo: MittariArvo) -> bool:
        """Is it of a time after the state that the report tells?"""
        return bool(not arvo.jakso and self.loppu and self.hetki(arvo)[0] > self.loppu)

    def is_of_jakso(self, arvo: MittariArvo) -> bool:
        """Is it the jakso's own, or of a year or a day that ends in it?"""
        return arvo.jakso == self.jakso.pk or bool(not arvo.jakso and self.alku and self.hetki(arvo)[0] >= self.alku)


def _read_arvot(aika, rows, sent):
    """{measure's id: (the value to tell or None, is there one that has not been sent?, (those before it in time))}"""
    toimenpiteet = {row["pk"]: row["toimenpide_id"] for row in rows}
    told, unsent = defaultdict(list), set()
    returned = None
    for pk, when, vuosi, paiva, teksti, luku, huomautus, tila, otettu in _rows_of_values(aika):
        arvo = MittariArvo(when, vuosi, paiva, clean_text(teksti), luku, clean_text(huomautus))
        toimenpide = toimenpiteet[pk]
        if toimenpide and arvo.jakso and otettu and (toimenpide, arvo.jakso) not in sent:
            returned = _returned(aika) if returned is None else returned
            is_told = (toimenpide, arvo.jakso) not in returned
        else:
            is_told = _is_told(arvo, toimenpide, tila, otettu, sent)
        if is_told and not aika.is_later(arvo):
            told[pk].append(arvo)
        elif not is_told and arvo.jakso == aika.jakso.pk and (arvo.teksti.strip() or arvo.huomautus.strip()):
            unsent.add(pk)
    return {pk: _split(aika, told[pk], pk in unsent) for pk in told.keys() | unsent}


def _rows_of_values(aika):
    """By two queries: with an OR between jakso and none PostgreSQL reads the values of every kunta."""
    names = ("mittari_id", *_ARVOSTA)
    mine = _of_plan(MittariArvoModel, aika.jakso, "mittari__strategia")
    for rows in (mine.filter(jakso__in=[each.pk for each in aika.jaksot]), mine.filter(jakso=None)):
        yield from rows.order_by().values_list(*names)


def _is_told(arvo, toimenpide, tila, otettu, sent):
    """As MittariArvo.is_told_with, of a value whose kirjaus is not returned."""
    if not arvo.jakso:
        return True
    return (toimenpide, arvo.jakso) in sent if toimenpide else otettu or tila in Kirjaus.LAHETETYT


def _returned(aika):
    rows = Kirjaus.objects.filter(jakso__in=aika.jaksot, tila=Kirjaus.Tila.PALAUTETTU)
    return set(rows.values_list("toimenpide_id", "jakso_id"))


def _split(aika, arvot, is_unsent):
    in_time = sorted((arvo for arvo in arvot if _says(arvo)), key=aika.hetki)
    own = [arvo for arvo in in_time if arvo.jakso == aika.jakso.pk]
    if not own and not is_unsent and in_time and aika.is_of_jakso(in_time[-1]):
        own = in_time[-1:]
    nyt = own[0] if own else None
    return nyt, is_unsent, tuple(_before(arvo) for arvo in in_time if arvo is not nyt)[-(PISTEITA - 1) :]


def _says(arvo):
    return bool(arvo.teksti.strip() or arvo.huomautus.strip())


def _before(arvo):
    """What an earlier jakso said beside its value is told in its own report."""
    if not arvo.jakso or not arvo.huomautus:
        return arvo
    return MittariArvo(arvo.jakso, None, None, arvo.teksti, arvo.luku)


def _build_mittari(row, tavoitteet, nyt, unsent, aiemmat, vuosi):
    mittari = Mittari(
        id=row["pk"],
        **{name: row[name] for name in _OMAT},
        toimiala=row["toimiala__nimi"] or "",
        tavoite=target_in_force(tavoitteet, vuosi),
        tavoitteet=tavoitteet,
        arvo=nyt,
        aiemmat=aiemmat,
        tulos="",
    )
    moved = move_of(mittari, nyt, aiemmat[-1]) if nyt and aiemmat else None
    tulos = EI_LAHETETTY if unsent and nyt is None else compare(mittari, nyt, mittari.tavoite)
    return mittari.told(str(tulos), str(moved or ""))
