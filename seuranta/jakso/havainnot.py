"""Seurantajakso -> what to look at before it is closed, row by row. Nothing here stops the closing."""

from collections import Counter
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from strategia.models import OMA, OMA_KIRJAUS, OMAT, Mittari, Toimenpide, Toimiala

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


@dataclass(frozen=True)
class Havaintorivi:
    """A toimenpide with what was found on it; of a measure that hangs under no toimenpide, the measure."""

    toimenpide: Toimenpide | None
    kirjaus: Kirjaus | None
    havainnot: tuple[Havainto, ...]
    mittari: Mittari | None = None

    @property
    def toimiala(self):
        return (self.toimenpide or self.mittari).toimiala

    @property
    def kortti(self):
        """The name of the card on the entry page, of a measure that hangs under no toimenpide."""
        mine = self.mittari
        return f"g{mine.tavoite_id}" if mine.tavoite_id else f"p{mine.painopiste_id}"


@dataclass(frozen=True)
class Havaintoryhma:
    """The rows of one toimiala (None: those without one) that have something to look at."""

    toimiala: Toimiala | None
    rivit: list[Havaintorivi]


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

    def by_toimiala(self, laji=None):
        """[Havaintoryhma] in the order of toimialat, those without one last; of one laji only when it is named."""
        ryhmat = {}
        for rivi in self.lahetetyt if laji == LAHETETTY else self.rivit:
            if shown := tuple(h for h in rivi.havainnot if not laji or h.laji == laji):
                ryhma = ryhmat.setdefault(rivi.toimiala, Havaintoryhma(rivi.toimiala, []))
                ryhma.rivit.append(Havaintorivi(rivi.toimenpide, rivi.kirjaus, shown, rivi.mittari))
        return sorted(ryhmat.values(), key=_in_order)


def _in_order(ryhma):
    toimiala = ryhma.toimiala
    return (toimiala is None, toimiala.jarjestys if toimiala else 0, str(toimiala))


def check_before_closing(jakso):
    """The Havainnot of the jakso as it is now; the same queries for 25 rows and for 250."""
    asked = Rivikysymys.objects.unanswered().filter(jakso=jakso, toimenpide=OuterRef("pk")).order_by("-pk")
    rows = jakso.toimenpiteet_toimialoineen().annotate(kysyja=Subquery(asked.values("kirjoittaja__nimi")[:1]))
    edellinen, strategia = jakso.edellinen(), jakso.strategia
    omat = {rooli: ("omat",) for rooli in OMAT if strategia.shows_omat(rooli)}  # the others are not read
    toimenpiteet = list(rows.only("koodi", "toimiala", *omat.get(OMA, ()), *TOIMENPITEEN_JULKAISTAVAT))
    published = {name: JULKAISTAVAT[name] for name in ("kommentti", *strategia.lisakentat)}
    rows = Kirjaus.objects.filter(jakso=jakso).only(*_OF_KIRJAUS, *omat.get(OMA_KIRJAUS, ()), *published)
    stored, earlier = {kirjaus.toimenpide_id: kirjaus for kirjaus in rows}, _read_earlier(edellinen)
    tilanteet, osat = mittarihavainnot.read_tilanteet(jakso, edellinen), _read_osat(jakso)
    rivit, lahetetyt = [], []
    for toimenpide in toimenpiteet:
        kirjaus, before = stored.get(toimenpide.pk), earlier.get(toimenpide.pk)
        if kirjaus and kirjaus.tila == Kirjaus.Tila.LAHETETTY:
            lahetetyt.append(Havaintorivi(toimenpide, kirjaus, (Havainto(LAHETETTY),)))
        found = [*_check_row(strategia, toimenpide, kirjaus, before, published, omat)]
        found += _check_published(osat.get(kirjaus.pk, ()) if kirjaus else ())
        scores = [each.toteutumisaste if each else None for each in (kirjaus, before)]
        found += _check_mittarit(tilanteet.toimenpiteiden.get(toimenpide.pk, ()), *scores)
        found += [Havainto("viesti", toimenpide.kysyja)] if toimenpide.kysyja else []
        if found:
            rivit.append(Havaintorivi(toimenpide, kirjaus, tuple(found)))
    of_headings = ((tilanne.mittari, tuple(_check_mittarit([tilanne]))) for tilanne in tilanteet.otsikoiden)
    rivit += [Havaintorivi(None, None, found, mittari) for mittari, found in of_headings if found]
    return Havainnot(rivit, lahetetyt)


# What is looked at in a kirjaus, beside what is published of it.
_OF_KIRJAUS = ("toimenpide", "tila", "toteutumisaste", "syy", "ei_muutosta", "otettu_mukaan")


class _Aiempi(NamedTuple):
    toteutumisaste: int | None
    kommentti: str


def _read_earlier(edellinen):
    """{toimenpide's id: what was answered in the jakso before}"""
    rows = edellinen.kirjaukset.values_list("toimenpide_id", *_Aiempi._fields) if edellinen else ()
    return {pk: _Aiempi(*values) for pk, *values in rows}


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


def _check_row(strategia, toimenpide, kirjaus, before, published, omat):
    told = ("toteutumisaste", "syy", "kommentti")
    answered = kirjaus and Kirjaus.is_answer(strategia, **{name: getattr(kirjaus, name) for name in told})
    if not answered:
        yield Havainto("ei_vastattu")
    if kirjaus and kirjaus.tila in (Kirjaus.Tila.LUONNOS, Kirjaus.Tila.PALAUTETTU) and not kirjaus.is_reported:
        yield Havainto(str(kirjaus.tila))
    if kirjaus and kirjaus.kommentti.strip():
        yield from _check_comment(kirjaus, before, strategia.asteen_nimi(1))
    elif answered:  # of a row that nobody has answered it is said already
        yield Havainto("kommentti")
    yield from _check_published((word, getattr(kirjaus, name)) for name, word in published.items() if kirjaus)
    yield from _check_published((word, getattr(toimenpide, name)) for name, word in TOIMENPITEEN_JULKAISTAVAT.items())
    for rooli, row in ((OMA, toimenpide), (OMA_KIRJAUS, kirjaus)):
        if row and rooli in omat:
            yield from _check_published(strategia.list_omat(rooli, row.omat, only_shown=True))


def _check_comment(kirjaus, before, ykkonen):
    if word := find_contradiction(kirjaus.toteutumisaste, kirjaus.kommentti, ykkosen_nimi=ykkonen):
        told = _("toteutumisaste %(aste)s, kommentissa ”%(sana)s”")
        yield Havainto("ristiriita", told % {"aste": kirjaus.toteutumisaste, "sana": word})
    if before and _is_same_text(before.kommentti, kirjaus.kommentti):
        yield Havainto("sama", _("merkitty: ei muutosta edelliseen") if kirjaus.ei_muutosta else "")


def _is_same_text(before, now):
    """Two comments that differ in spaces or letter case only say the same."""
    return before == now or " ".join(before.split()).casefold() == " ".join(now.split()).casefold()


def _check_published(texts):
    for word, text in texts:
        for loyto in find_personal_data(text) if text else ():
            # A personal identity code is told of, never shown once more.
            shown = "" if loyto.laji == "henkilotunnus" else f" {loyto.teksti}"
            yield Havainto("tieto", f"{word}: {TIEDOT[loyto.laji]}{shown}")
