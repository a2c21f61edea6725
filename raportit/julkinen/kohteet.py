"""The lines of the public forms -> what a public page tells: a row over the jaksot, a level's rows, the kunta's newest.

Only JulkinenRivi is read, and only what the clock says to be public.
"""

from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import Q
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from seuranta.mittariviiva import draw_line
from strategia.models import Kunta, Strategia, Toimenpide

from ..models import JulkinenRivi
from ..tallenne.julkisrivit import SANOIN
from .julkisuus import UUSIN_JAKSO_ENSIN

Laji = JulkinenRivi.Laji
LAJIT = (Laji.PAINOPISTE, Laji.TAVOITE, Laji.TOIMENPIDE, Laji.MITTARI)  # those that have a page
MUUTOKSET = [
    ("nousi", gettext_lazy("nousi")),
    ("laski", gettext_lazy("laski")),
    ("ennallaan", gettext_lazy("ei muutosta")),
]
NOSTOJA, MITTAREITA = 4, 8  # how many rows and measures the home shows
ASKEL, KORKEUS, REUNA = 176, 28, 22  # of the line of scores: a jakso's width, a score's height, what is free around
NIMILLE, NUMEROILLE = 150, 24  # what is free at its left for the names of the scores, for numbers alone


@dataclass(frozen=True)
class JulkinenMittari:
    """A measure's newest line with the picture of its values."""

    rivi: JulkinenRivi

    @cached_property
    def tiedot(self):
        return self.rivi.tiedot

    @cached_property
    def viiva(self):
        """The line of its values and its target, None where there are fewer than two numbers."""
        luvut = [_number(arvo) for arvo in self.tiedot["arvot"]]
        tavoite = _number(self.tiedot["tavoite"])
        is_drawn = sum(luku is not None for luku in luvut) > 1
        return draw_line(luvut, [tavoite], leveys=240, korkeus=48) if is_drawn else None

    @property
    def ajat(self):
        """What stands under the line: the first and the last of its values."""
        told = [arvo for arvo in self.tiedot["arvot"] if _number(arvo) is not None]
        return [told[0], told[-1]]


def _number(arvo):
    return float(arvo["luku"]) if arvo and arvo["luku"] is not None else None


@dataclass(frozen=True)
class Asteviiva:
    """A row's scores over the jaksot as a stair: pisteet [(x, y, its line, head)], kulku its path to the right edge.

    asteet: [(score, its name, y)], which stand beside the stair in nimille.
    """

    pisteet: tuple
    kulku: str
    leveys: int
    korkeus: int
    asteet: tuple
    nimille: int

    @property
    def sanoin(self):
        return ", ".join(f"{paa['jakso']}: {rivi.toteutumisaste}" for _x, _y, rivi, paa in self.pisteet)


@dataclass(frozen=True)
class JulkinenKohde:
    """What a page of one row tells. rivit: its line in each jakso, the earliest first; paat: {versio: its head}.

    aiemmat: the lines of the toimenpiteet of earlier terms that it continues, the earliest first. seuraajat: the
    newest line of each that continues it.
    """

    rivit: list[JulkinenRivi]
    paat: dict[int, dict]
    aiemmat: list[JulkinenRivi] = field(default_factory=list)
    seuraajat: list[JulkinenRivi] = field(default_factory=list)

    @property
    def nyt(self):
        return self.rivit[-1]

    @property
    def paa(self):
        return self.paat[self.nyt.versio_id]

    @cached_property
    def jaksoittain(self):
        """[(line, head of its version)], the newest first."""
        return [(rivi, self.paat[rivi.versio_id]) for rivi in reversed([*self.aiemmat, *self.rivit])]

    @property
    def edeltajat(self):
        """Of each that it continues the newest line, the latest term first."""
        return list({rivi.tunnus: rivi for rivi in self.aiemmat}.values())[::-1]

    @cached_property
    def kertoo(self):
        """What of the jaksot some line or head tells; of the rest there is no column."""
        rivit = [*self.aiemmat, *self.rivit]
        return {
            "tilanne": any(paa["tilanne"] for paa in self.paat.values()),
            "aste": any(rivi.toteutumisaste or rivi.syy for rivi in rivit),
            "muutos": any(rivi.muutos for rivi in rivit),
            "kommentti": any(rivi.kommentti for rivi in rivit),
        }

    @cached_property
    def vertautuvat(self):
        """Its lines and, before them, those of earlier terms as far back as the scores say the same."""
        found = list(self.rivit)
        for rivi in reversed(self.aiemmat):
            if self.paat[rivi.versio_id]["asteikko"] != self.paa["asteikko"]:
                break
            found.insert(0, rivi)
        return found

    @cached_property
    def asteviiva(self):
        """None where fewer than two jaksot have a score."""
        known = [(n, rivi) for n, rivi in enumerate(self.vertautuvat) if rivi.toteutumisaste]
        if len(known) < 2:
            return None
        names = self.paa["asteikko"]
        points = [
            (n * ASKEL + ASKEL // 2, _height(rivi.toteutumisaste), rivi, self.paat[rivi.versio_id]) for n, rivi in known
        ]
        width = len(self.vertautuvat) * ASKEL
        steps = [f"M{points[0][0]} {points[0][1]}", *(f"H{x}V{y}" for x, y, *_which in points[1:]), f"H{width}"]
        levels = tuple((aste, names.get(str(aste), ""), _height(aste)) for aste in (5, 4, 3, 2, 1))
        named = NIMILLE if any(names.values()) else NUMEROILLE
        return Asteviiva(tuple(points), "".join(steps), width, _height(1) + 52, levels, named)


def _height(aste):
    return REUNA + (5 - aste) * KORKEUS


def read_kohde(kunta: Kunta, laji: str, tunnus) -> JulkinenKohde | None:
    """The row over the jaksot that are public now; None of what no public form tells."""
    rivit = list(
        _standing(kunta).filter(laji=laji, tunnus=tunnus).select_related("versio__jakso").defer("versio__data")
    )
    if not rivit:
        return None
    aiemmat, seuraajat = _of_other_terms(kunta, tunnus) if laji == Laji.TOIMENPIDE else ([], [])
    heads = read_heads(kunta, {rivi.versio_id for rivi in (*aiemmat, *rivit)})
    return JulkinenKohde(rivit, heads, aiemmat, seuraajat)


def _of_other_terms(kunta, tunnus):
    """(the lines of those that the toimenpide continues, the newest line of each that continues it)"""
    mine = Toimenpide.objects.filter(kunta=kunta, tunnus=tunnus).first()
    chain = [each.tunnus for each in reversed(mine.list_edeltajat())] if mine else []
    after = list(mine.seuraajat.values_list("tunnus", flat=True)) if mine else []
    if not (chain or after):
        return [], []
    lines = _standing(kunta).filter(laji=Laji.TOIMENPIDE, tunnus__in=[*chain, *after])
    found = list(lines.select_related("versio__jakso__strategia").defer("versio__data"))
    aiemmat = sorted((rivi for rivi in found if rivi.tunnus in chain), key=lambda rivi: chain.index(rivi.tunnus))
    return aiemmat, list({rivi.tunnus: rivi for rivi in found if rivi.tunnus in after}.values())


def _standing(kunta):
    return JulkinenRivi.objects.filter(kunta=kunta).standing().defer("haku")


def read_heads(kunta: Kunta, versiot) -> dict[int, dict]:
    """{version's id: the names and words by which its lines are read}; its tilanne is a day, or None."""
    heads = JulkinenRivi.objects.filter(kunta=kunta, versio__in=versiot, laji=Laji.STRATEGIA)
    told = heads.values_list("versio", "tiedot")
    return {versio: {**tiedot, "tilanne": parse_date(tiedot["tilanne"] or "")} for versio, tiedot in told}


def list_under(kohde: JulkinenKohde) -> dict[str, list]:
    """What hangs under the row in its newest version: {"tavoitteet", "toimenpiteet", "mittarit"}."""
    nyt = kohde.nyt
    own = JulkinenRivi.objects.filter(kunta=nyt.kunta_id, versio=nyt.versio_id).defer("haku")
    under = list(own.filter(**{nyt.laji: nyt.tunnus}).exclude(laji=nyt.laji)) if nyt.laji != Laji.MITTARI else []
    return {
        "tavoitteet": [rivi for rivi in under if rivi.laji == Laji.TAVOITE and rivi.nimi],
        "toimenpiteet": [rivi for rivi in under if rivi.laji == Laji.TOIMENPIDE],
        "mittarit": [JulkinenMittari(rivi) for rivi in under if rivi.laji == Laji.MITTARI],
    }


def find_newest_head(kunta: Kunta) -> JulkinenRivi | None:
    """The head of the newest public report of the kunta's strategia, by the time that it tells of; None of none.

    Another plan's stands there only while the strategia has nothing public.
    """
    heads = _standing(kunta).filter(laji=Laji.STRATEGIA).select_related("versio__jakso").defer("versio__data")
    return heads.order_by(*UUSIN_JAKSO_ENSIN, "-jakso").first()


def find_esittely(head: JulkinenRivi) -> str:
    """What the koordinaattori tells of the strategia that the report is of; "" where nothing is told."""
    found = Strategia.objects.filter(kunta=head.kunta_id, tunnus=head.strategia)
    return found.values_list("esittely", flat=True).first() or ""


def read_home(head: JulkinenRivi) -> dict:
    """What the newest report raises: its figures, what rose and fell, measures, and addresses by name."""
    rivit = list(JulkinenRivi.objects.filter(kunta=head.kunta_id, versio=head.versio_id).defer("haku", "kommentti"))
    toimenpiteet = [rivi for rivi in rivit if rivi.laji == Laji.TOIMENPIDE]
    nousi = sorted((r for r in toimenpiteet if r.muutos == "nousi"), key=lambda r: r.edellinen - r.toteutumisaste)
    laski = sorted((r for r in toimenpiteet if r.muutos == "laski"), key=lambda r: r.toteutumisaste - r.edellinen)
    mittarit = [rivi for rivi in rivit if rivi.laji == Laji.MITTARI]
    return {
        "yhteensa": len(toimenpiteet),
        "toteutunut": sum(rivi.toteutumisaste == 5 for rivi in toimenpiteet),
        "aloittamatta": sum(rivi.toteutumisaste == 1 for rivi in toimenpiteet),
        "nousi": nousi,
        "laski": laski,
        "nostot": (("nousi", nousi[:NOSTOJA], len(nousi)), ("laski", laski[:NOSTOJA], len(laski))),
        "mittarit": [JulkinenMittari(rivi) for rivi in mittarit[:MITTAREITA]],
        "mittareita": len(mittarit),
        "painopisteet": [rivi for rivi in rivit if rivi.laji == Laji.PAINOPISTE],
    }


def search(head: JulkinenRivi, haku: dict):
    """The lines of toimenpiteet of the newest report that answer to every filter told."""
    found = JulkinenRivi.objects.filter(kunta=head.kunta_id, versio=head.versio_id, laji=Laji.TOIMENPIDE)
    for word in haku.get("q", "").casefold().split():
        found = found.filter(haku__contains=word)
    for name in ("painopiste", "tavoite", "toimiala", "toimielin", "muutos"):
        if value := haku.get(name):
            found = found.filter(**{name: value})
    if aste := haku.get("aste"):
        found = found.filter(Q(toteutumisaste__isnull=True) if aste == "0" else Q(toteutumisaste=aste))
    if sdg := haku.get("sdg"):
        found = found.filter(sdg__contains=f"\n{sdg}\n")
    return found.defer("haku").order_by("jarjestys")


def list_choices(head: JulkinenRivi) -> dict[str, list]:
    """{filter: [(value, name)]} of what the newest report has, in the order of the report."""
    rivit = JulkinenRivi.objects.filter(kunta=head.kunta_id, versio=head.versio_id).order_by("jarjestys")
    levels = {laji: rivit.filter(laji=laji).exclude(nimi="") for laji in (Laji.PAINOPISTE, Laji.TAVOITE)}
    choices = {
        laji: [(str(t), nimi) for t, nimi in rows.values_list("tunnus", "nimi")] for laji, rows in levels.items()
    }
    used = list(rivit.filter(laji=Laji.TOIMENPIDE).values_list("toimiala", "toimielin", "sdg"))
    for number, name in enumerate(("toimiala", "toimielin")):
        choices[name] = [(nimi, nimi) for nimi in dict.fromkeys(each[number] for each in used) if nimi]
    goals = dict.fromkeys(goal for *_names, sdg in used for goal in sdg.split("\n") if goal)
    asteet = [(str(aste or 0), name_score(aste, head.tiedot)) for aste in head.tiedot["asteet"]]
    moves = MUUTOKSET if head.tiedot["nayttaa_muutokset"] else []
    asteet = asteet if head.tiedot["nayttaa_asteet"] else []
    return {**choices, "aste": asteet, "sdg": [(g, g) for g in goals], "muutos": moves}


def name_score(aste: int | None, head: dict) -> str:
    """ "5 Toteutunut", or its word alone where the kunta tells scores by words."""
    word = head["asteikko"].get(str(aste), "")
    if not aste:
        return _("Ei arviota")
    return word if word and head["esitys"] in SANOIN else f"{aste} {word}".strip()
