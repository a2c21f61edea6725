"""Seurantajakso -> what to look at before it is closed, row by row. Nothing here stops the closing."""

from collections import Counter
from dataclasses import dataclass, replace
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from django.db.models import FilteredRelation, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from strategia.models import OMA, OMA_KIRJAUS, OMAT, Mittari, Toimiala

from ..models import Kirjaus, Osavastaus, Rivikysymys
from ..tarkistus import find_contradiction, find_personal_data
from ..tietosanat import TIEDOT
from . import mittarihavainnot

LAHETETTY = "lahetetty"  # no fault of the row: counted and shown when asked, not among what was found
LAJIT = {
    LAHETETTY: gettext_lazy("Lähetetty, ei hyväksytty"),
    "ei_vastattu": gettext_lazy("Ei vastattu, tai toteutumisaste puuttuu"),
    "luonnos": gettext_lazy("Luonnos, jota ei ole lähetetty"),
    "palautettu": gettext_lazy("Palautettu, eikä lähetetty uudelleen"),
    "kommentti": gettext_lazy("Kommentti puuttuu"),
    "ristiriita": gettext_lazy("Toteutumisaste ja kommentti näyttävät olevan ristiriidassa"),
    "sama": gettext_lazy("Sama kommentti kuin edellisellä jaksolla"),
    "tieto": gettext_lazy("Yhteystieto tai henkilötunnus julkaistavassa tekstissä"),
    "viesti": gettext_lazy("Viestiin ei ole vastattu"),
    **mittarihavainnot.LAJIT,
}
# What the report publishes: of the kirjaus (where the strategia uses it) and of the toimenpide, each with its word.
JULKAISTAVAT = {
    "kommentti": gettext_lazy("kommentti"),
    "ennuste": gettext_lazy("ennuste"),
    "poikkeaman_syy": gettext_lazy("poikkeaman syy"),
    "korjaavat_toimet": gettext_lazy("korjaavat toimet"),
}
TOIMENPITEEN_JULKAISTAVAT = {
    "nimi": gettext_lazy("toimenpide"),
    "toimialan_tavoite": gettext_lazy("toimialan tavoite"),
    "vastuu": gettext_lazy("vastuu"),
    "riski": gettext_lazy("riski"),
    "mittari": gettext_lazy("mittari"),
}


@dataclass(frozen=True)
class Havainto:
    """One thing to look at on one row; `selite` says where or what, and may be empty."""

    laji: str
    selite: str = ""

    @property
    def sana(self):
        return LAJIT[self.laji]


class HavaittuToimenpide(NamedTuple):
    """What is told of the toimenpide of a row."""

    pk: int
    koodi: str
    nimi: str
    toimiala: Toimiala | None

    def __str__(self):
        return self.nimi


@dataclass(frozen=True)
class Havaintorivi:
    """A toimenpide with what was found on it; of a measure that hangs under no toimenpide, the measure."""

    toimenpide: HavaittuToimenpide | None
    kommentti: str
    havainnot: tuple[Havainto, ...]
    mittari: Mittari | None = None

    @property
    def toimiala(self):
        return (self.toimenpide or self.mittari).toimiala

    def only(self, laji):
        """The same row with what was found of this laji."""
        return replace(self, havainnot=tuple(each for each in self.havainnot if each.laji == laji))

    @property
    def kortti(self):
        """The name of the card on the entry page, of a measure that hangs under no toimenpide."""
        mine = self.mittari
        return f"g{mine.tavoite_id}" if mine.tavoite_id else f"p{mine.painopiste_id}"


@dataclass(frozen=True)
class Havaintoryhma:
    """The rows of one toimiala (None: those without one) that have something to look at; maara: with other pages'."""

    toimiala: Toimiala | None
    rivit: list[Havaintorivi]
    maara: int


@dataclass(frozen=True)
class Havainnot:
    """The rows of a jakso with something to look at, in the plan's order; lahetetyt: those that nobody approved."""

    rivit: list[Havaintorivi]
    lahetetyt: list[Havaintorivi]

    @property
    def luvut(self):
        """[(laji, its words, how many rows)], every laji present."""
        counts = Counter({LAHETETTY: len(self.lahetetyt)})
        counts.update(laji for rivi in self.rivit for laji in {havainto.laji for havainto in rivi.havainnot})
        return [(laji, sana, counts[laji]) for laji, sana in LAJIT.items()]

    def list_by_toimiala(self, laji=""):
        """[Havaintorivi] in the order of toimialat, those without one last; of one laji only when it is named."""
        rivit = self.lahetetyt if laji == LAHETETTY else self.rivit
        found = (rivi.only(laji) for rivi in rivit if any(h.laji == laji for h in rivi.havainnot)) if laji else rivit
        return sorted(found, key=lambda rivi: _place_of(rivi.toimiala))


def group_by_toimiala(rivit, kaikki):
    """Havaintorivit of one page, in the order of toimialat, and of all pages -> [Havaintoryhma]."""
    counts = Counter(rivi.toimiala for rivi in kaikki)
    return [Havaintoryhma(each, list(own), counts[each]) for each, own in groupby(rivit, key=attrgetter("toimiala"))]


def _place_of(toimiala):
    return (toimiala is None, toimiala.jarjestys if toimiala else 0, str(toimiala))


def check_before_closing(jakso):
    """The Havainnot of the jakso as it is now; the same queries for 25 rows and for 250."""
    edellinen, strategia = jakso.edellinen(), jakso.strategia
    published = {name: JULKAISTAVAT[name] for name in ("kommentti", *strategia.lisakentat)}
    omat = [rooli for rooli in OMAT if strategia.shows_omat(rooli)]  # the others are not read
    earlier, toimialat = _read_earlier(edellinen), Toimiala.objects.filter(kunta=jakso.kunta_id).in_bulk()
    tilanteet = mittarihavainnot.read_tilanteet(jakso, edellinen)
    osat, kysyjat = _read_osat(jakso), _read_kysyjat(jakso)
    rivit, lahetetyt = [], []
    for row in _read_rows(jakso, published, omat):
        before, kommentti = earlier.get(row.pk), row.vastaus__kommentti or ""
        found = [*_check_row(strategia, row, before, published, omat), *_check_published(osat.get(row.vastaus__pk, ()))]
        scores = (row.vastaus__toteutumisaste, before and before.toteutumisaste)
        found += _check_mittarit(tilanteet.toimenpiteiden.get(row.pk, ()), *scores)
        found += [Havainto("viesti", kysyjat[row.pk])] if row.pk in kysyjat else []
        is_sent = row.vastaus__tila == Kirjaus.Tila.LAHETETTY
        if found or is_sent:
            kohde = HavaittuToimenpide(row.pk, row.koodi, row.nimi, toimialat.get(row.toimiala_id))
            lahetetyt += [Havaintorivi(kohde, kommentti, (Havainto(LAHETETTY),))] if is_sent else []
            rivit += [Havaintorivi(kohde, kommentti, tuple(found))] if found else []
    of_headings = ((tilanne.mittari, tuple(_check_mittarit([tilanne]))) for tilanne in tilanteet.otsikoiden)
    rivit += [Havaintorivi(None, "", found, mittari) for mittari, found in of_headings if found]
    return Havainnot(rivit, lahetetyt)


# What is looked at in a kirjaus, beside what is published of it.
_OF_KIRJAUS = ("pk", "tila", "toteutumisaste", "syy", "ei_muutosta", "otettu_mukaan")


def _read_rows(jakso, published, omat):
    """Each toimenpide with its kirjaus of the jakso, None where there is none: to make models of thousands of them
    would take longer than all that is looked at in them.
    """
    rows = jakso.toimenpiteet().annotate(vastaus=FilteredRelation("kirjaukset", condition=Q(kirjaukset__jakso=jakso)))
    own = {OMA: "omat", OMA_KIRJAUS: "vastaus__omat"}
    of_kirjaus = (f"vastaus__{name}" for name in (*_OF_KIRJAUS, *published))
    of_row = ("pk", "koodi", "toimiala_id", *TOIMENPITEEN_JULKAISTAVAT)
    return rows.values_list(*of_row, *of_kirjaus, *(own[rooli] for rooli in omat), named=True)


class _Aiempi(NamedTuple):
    toteutumisaste: int | None
    kommentti: str


def _read_earlier(edellinen):
    """{toimenpide's id: what was answered in the jakso before}"""
    rows = edellinen.kirjaukset.values_list("toimenpide_id", *_Aiempi._fields) if edellinen else ()
    return {pk: _Aiempi(*values) for pk, *values in rows}


def _read_kysyjat(jakso):
    """{toimenpide's id: who waits for an answer beside it, the last of them}"""
    asked = Rivikysymys.objects.unanswered().filter(jakso=jakso).order_by("pk")
    return dict(asked.values_list("toimenpide_id", "kirjoittaja__nimi"))


def _read_osat(jakso):
    """{kirjaus's id: [(word, text)]} of what units answer and other toimialat say; one query."""
    found = {}
    rows = Osavastaus.objects.filter(kirjaus__jakso=jakso).values_list("kirjaus_id", "nimi", "kommentti")
    for kirjaus, nimi, kommentti in rows:
        found.setdefault(kirjaus, []).extend([(_("yksikkö"), nimi), (nimi, kommentti)])
    return found


def _check_mittarit(tilanteet, aste=None, edellinen_aste=None):
    for tilanne in tilanteet:
        yield from (Havainto(*found) for found in tilanne.find(aste, edellinen_aste))
        yield from _check_published(tilanne.julkaistavat)


def _check_row(strategia, row, before, published, omat):
    told, kommentti = row.vastaus__pk is not None, row.vastaus__kommentti or ""
    values = {"toteutumisaste": row.vastaus__toteutumisaste, "syy": row.vastaus__syy, "kommentti": kommentti}
    answered = told and Kirjaus.is_answer(strategia, **values)
    if not answered:
        yield Havainto("ei_vastattu")
    if row.vastaus__tila in (Kirjaus.Tila.LUONNOS, Kirjaus.Tila.PALAUTETTU) and not row.vastaus__otettu_mukaan:
        yield Havainto(row.vastaus__tila)
    if kommentti.strip():
        yield from _check_comment(row, before, strategia.asteen_nimi(1))
    elif answered:  # of a row that nobody has answered it is said already
        yield Havainto("kommentti")
    yield from _check_published((word, getattr(row, f"vastaus__{name}")) for name, word in published.items())
    yield from _check_published((word, getattr(row, name)) for name, word in TOIMENPITEEN_JULKAISTAVAT.items())
    for rooli in omat:
        texts = row.omat if rooli == OMA else row.vastaus__omat
        yield from _check_published(strategia.list_omat(rooli, texts or {}, only_shown=True))


def _check_comment(row, before, ykkonen):
    aste, kommentti = row.vastaus__toteutumisaste, row.vastaus__kommentti
    if word := find_contradiction(aste, kommentti, ykkosen_nimi=ykkonen):
        told = _("toteutumisaste %(aste)s, kommentissa ”%(sana)s”")
        yield Havainto("ristiriita", told % {"aste": aste, "sana": word})
    if before and _is_same_text(before.kommentti, kommentti):
        yield Havainto("sama", _("merkitty: ei muutosta edelliseen") if row.vastaus__ei_muutosta else "")


def _is_same_text(before, now):
    """Two comments that differ in spaces or letter case only say the same."""
    return before == now or " ".join(before.split()).casefold() == " ".join(now.split()).casefold()


def _check_published(texts):
    for word, text in texts:
        for loyto in find_personal_data(text) if text else ():
            # A personal identity code is told of, never shown once more.
            shown = "" if loyto.laji == "henkilotunnus" else f" {loyto.teksti}"
            yield Havainto("tieto", f"{word}: {TIEDOT[loyto.laji]}{shown}")
