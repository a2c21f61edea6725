"""Seurantajakso + user -> the rows of the entry page, and what was posted on them -> saved kirjaukset."""

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property

from django.db.models import Count, Exists, F, FilteredRelation, OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy

from strategia.models import LISAKENTAT, Toimenpide, Vastuuhenkilo
from strategia.nimet import searchable
from strategia.permissions import TOIMIALAN_ROOLIT, own_toimenpiteet

from ..models import Kirjaus, PoistettuToimenpide, Seurantajakso, Vastaus
from .forms import EI_ARVIOIDA, KirjausForm

LAHETA_VALMIIT = "valmiit"
POISTETTU = gettext_lazy("Toimenpide on poistettu, eikä vastausta tallennettu. Kopioi tekstisi talteen.")
KENTAT = ("aste", "syy", "kommentti", "sisainen_huomio")
LISAOHJEET = {
    "ennuste": gettext_lazy("Toteutuuko toimenpide suunnitellusti? Julkaistaan raportissa."),
    "poikkeaman_syy": gettext_lazy("Miksi toimenpide ei etene suunnitellusti? Julkaistaan raportissa."),
    "korjaavat_toimet": gettext_lazy("Mitä tehdään ja mihin mennessä? Julkaistaan raportissa."),
}


@dataclass(frozen=True)
class Ristiriita:
    """Who wrote the text that is stored, when, and whether it was this same person in another window.

    is_returned: nobody rewrote it, but it was sent back after the person had opened the page.
    """

    kuka: str
    milloin: datetime
    is_own: bool
    is_returned: bool


@dataclass(frozen=True)
class Lisakentta:
    """What the strategia asks on every row besides: its word, what is in the field and what is stored."""

    nimi: str
    sana: str
    ohje: str
    teksti: str
    tallennettu: str
    yhdistetty: str
    virheet: list[str]

    @property
    def eroaa(self):
        return self.teksti.replace("\r\n", "\n").strip() != self.tallennettu.strip()


@dataclass
class Kirjausrivi:
    """One toimenpide on the entry page: what is stored, what was there last time, and what was just posted."""

    toimenpide: Toimenpide
    kirjaus: Kirjaus
    edellinen: Kirjaus | None
    form: KirjausForm | None = None
    ristiriita: Ristiriita | None = None
    posted: dict = field(default_factory=dict)
    posted_versio: int | None = None  # what was posted was begun from this one, and is not saved

    def __getitem__(self, name):
        """A template asks for an item before it asks for an attribute: 250 rows of fifty exceptions take their time."""
        return getattr(self, name)

    @cached_property
    def prefix(self):
        return f"t{self.toimenpide.pk}"

    @property
    def painopiste(self):
        return self.toimenpide.tavoite.painopiste

    @property
    def is_mine(self):
        """Is the user a vastuuhenkilö of this?"""
        return self.toimenpide.on_oma

    @property
    def haku(self):
        """What the words of the filter are looked for in."""
        tavoite = self.toimenpide.tavoite
        names = searchable(f"{tavoite.nimi} {tavoite.painopiste.nimi}")
        return f"{self.toimenpide.haku} {names} {self.kirjaus.haku}"

    @property
    def aste_nimi(self):
        return self.kirjaus.jakso.strategia.asteen_nimi(self.kirjaus.toteutumisaste)

    @property
    def edellisen_nimi(self):
        return self.kirjaus.jakso.strategia.asteen_nimi(self.edellinen.toteutumisaste)

    @property
    def can_copy(self):
        """Is there something in the last period to copy?"""
        last = self.edellinen
        return bool(last and (last.kommentti or last.toteutumisaste or last.syy != Kirjaus.Syy.EI_VASTATTU))

    @property
    def is_sent(self):
        """Folded to one line: sent, and nothing on it waits for the person."""
        return self.kirjaus.tila in Kirjaus.LAHETETYT and not self.is_unsettled

    @property
    def is_unsettled(self):
        return bool(self.errors or self.ristiriita)

    @property
    def is_unsent(self):
        """Saved, but not sent as was asked: it has no score."""
        return bool(self.form and self.form.lacks_only_aste() and not self.ristiriita)

    @property
    def errors(self):
        return self.form.errors if self.form else {}

    @property
    def versio(self):
        """What the next save is based on; of what is not saved still the versio that it was begun from."""
        return self.kirjaus.versio if self.posted_versio is None else self.posted_versio

    @property
    def aste(self):
        """The value of the chosen radio button: "1"-"5", "ei" or ""."""
        return self.posted["aste"] if self.posted else _aste_value(self.kirjaus)

    @property
    def posted_aste(self):
        """The posted score or reason in words, beside the stored one."""
        if self.aste == EI_ARVIOIDA:
            return Kirjaus.Syy(self.syy or Kirjaus.Syy.EI_ARVIOIDA).label if self.syy in Kirjaus.Syy else ""
        if self.aste.isdecimal():
            return f"{self.aste} {self.kirjaus.jakso.strategia.asteen_nimi(int(self.aste))}".strip()
        return Kirjaus.Syy.EI_VASTATTU.label

    @property
    def taso(self):
        """The level of its heading: under a tavoite's, or under the painopiste's where the tavoite has no name."""
        return "h4" if self.toimenpide.tavoite.nimi else "h3"

    @property
    def syy(self):
        return self.posted.get("syy") or self.kirjaus.syy

    @property
    def kommentti(self):
        return self.posted.get("kommentti", self.kirjaus.kommentti)

    @property
    def sisainen_huomio(self):
        return self.posted.get("sisainen_huomio", self.kirjaus.sisainen_huomio)

    @property
    def lisakentat(self):
        """[Lisakentta] in order; [] where the strategia asks nothing more."""
        strategia = self.kirjaus.jakso.strategia
        return [self._lisakentta(nimi, strategia.sana(nimi)) for nimi in strategia.lisakentat]

    def _lisakentta(self, nimi, sana):
        stored = getattr(self.kirjaus, nimi)
        mine = self.posted.get(nimi, stored)
        both = self._joined(f"yhdistetty_{nimi}", stored, mine) if self.ristiriita else ""
        return Lisakentta(nimi, sana, LISAOHJEET[nimi], mine, stored, both, self.errors.get(nimi, []))

    @property
    def has_lisatekstit(self):
        return any(lisa.teksti or lisa.virheet for lisa in self.lisakentat)

    @property
    def yhdistetty(self):
        """Both comments one after the other, or the one that holds the other: where joining begins."""
        return self._joined("yhdistetty", self.kirjaus.kommentti, self.kommentti)

    @property
    def yhdistetty_huomio(self):
        return self._joined("yhdistetty_huomio", self.kirjaus.sisainen_huomio, self.sisainen_huomio)

    def _joined(self, name, theirs, mine):
        """What was joined by hand but not saved stays; a third text that came since then is set before it."""
        by_hand = self.posted.get(name)
        if by_hand and self.posted["nahty"] == str(self.kirjaus.versio):
            return by_hand
        return _join(theirs, by_hand or mine)


def _aste_value(kirjaus):
    if kirjaus.toteutumisaste:
        return str(kirjaus.toteutumisaste)
    return "" if kirjaus.syy == Kirjaus.Syy.EI_VASTATTU else EI_ARVIOIDA


def _join(theirs, mine):
    theirs, mine = theirs.strip(), mine.replace("\r\n", "\n").strip()
    if mine in theirs:
        return theirs
    return mine if theirs in mine else f"{theirs}\n\n{mine}"


def build_rows(jakso, user, *, only=None):
    """The user's own rows of the jakso in the plan's order, or of `only` these ids; two queries for any number."""
    mine = Vastuuhenkilo.objects.filter(toimenpide=OuterRef("pk"), kayttaja=user)
    toimenpiteet = (jakso.toimenpiteet() & own_toimenpiteet(user)).annotate(on_oma=Exists(mine))
    kirjaukset = _now_and_before(jakso)
    if only is not None:
        toimenpiteet, kirjaukset = toimenpiteet.filter(pk__in=only), kirjaukset.filter(toimenpide__in=only)
    now, before = {}, {}
    for kirjaus in kirjaukset:
        if kirjaus.jakso_id == jakso.pk:
            kirjaus.jakso = jakso  # known already: the page asks its scale on every row
            now[kirjaus.toimenpide_id] = kirjaus
        else:
            before[kirjaus.toimenpide_id] = kirjaus
    return [
        Kirjausrivi(
            toimenpide=toimenpide,
            kirjaus=now.get(toimenpide.pk) or Kirjaus(jakso=jakso, toimenpide=toimenpide),
            edellinen=before.get(toimenpide.pk),
        )
        for toimenpide in toimenpiteet
    ]


def _now_and_before(jakso):
    """The kirjaukset of the jakso and of the one before it.

    The one before is a scalar: an OR beside an IN would make PostgreSQL read the rows of every kunta.
    """
    before = Subquery(jakso.edelliset().values("pk")[:1])
    kirjaukset = Kirjaus.objects.filter(Q(jakso=jakso) | Q(jakso=before))
    return kirjaukset.annotate(jakson_nimi=F("jakso__nimi"))


def list_reworded(user):
    """[Kirjausrivi] of the user's own toimiala whose texts viimeistely has changed, jakso by jakso in plan order."""
    if user.rooli not in TOIMIALAN_ROOLIT:
        return []
    kirjaukset = Kirjaus.objects.filter(
        jakso__tila=Seurantajakso.Tila.VIIMEISTELYSSA,
        toimenpide__in=own_toimenpiteet(user),
    ).exclude(kirjaajan_kommentti=None, kirjaajan_lisat={})
    order = ("tavoite__painopiste__jarjestys", "tavoite__jarjestys", "jarjestys", "pk")
    kirjaukset = kirjaukset.select_related("jakso__strategia", "toimenpide").order_by(
        "jakso__jarjestys", *(f"toimenpide__{name}" for name in order)
    )
    return [Kirjausrivi(kirjaus.toimenpide, kirjaus, None) for kirjaus in kirjaukset]


def count_progress(jakso, user):
    """{"kaikki", "lahetetty", "odottaa"}: of the user's own rows all, those sent, and those not yet approved.

    One query, whatever the number of rows: the front page is opened more often than any other.
    """
    own = jakso.toimenpiteet().order_by() & own_toimenpiteet(user)
    own = own.annotate(vastaus=FilteredRelation("kirjaukset", condition=Q(kirjaukset__jakso=jakso)))
    return own.aggregate(
        kaikki=Count("pk"),
        lahetetty=Count("vastaus", filter=Q(vastaus__tila__in=Kirjaus.LAHETETYT)),
        odottaa=Count("vastaus", filter=Q(vastaus__tila=Kirjaus.Tila.LAHETETTY)),
    )


def count_states(rows):
    """{tila: how many}, every state present, plus "kaikki" and "lahetetyt" (sent or already approved)."""
    counts = Counter(row.kirjaus.tila for row in rows)
    return {
        **{tila.value: counts[tila] for tila in Kirjaus.Tila},
        "kaikki": len(rows),
        "lahetetyt": sum(counts[tila] for tila in Kirjaus.LAHETETYT),
    }


def save_posted(jakso, rows, data, *, by):
    """Save what `data` (a POST) says of these rows; returns (saved kirjaukset, rows that need the person).

    A faulty row or one that another person changed meanwhile does not stop the others, and keeps its text.
    One that cannot be sent for want of a score is saved all the same: its text is on the server.
    """
    vastaukset, untouched = {}, _untouched(rows, data)
    for row in rows:
        if f"{row.prefix}-versio" in data and not _takes_stored(row, data):
            row.form = KirjausForm(data, prefix=row.prefix, laheta=_is_sent(row, data))
            if row.form.is_valid():
                vastaukset[row.toimenpide] = _hold_back(row, _settled(row, data), untouched)
                continue
            _keep_posted(row, data)
            if row.form.lacks_only_aste():
                vastaukset[row.toimenpide] = replace(_settled(row, data), laheta=False)
    by_id = {row.toimenpide.pk: row for row in rows}
    saved, conflicts = _record(jakso, vastaukset, by_id, data, by)
    for kirjaus in saved:
        row = by_id[kirjaus.toimenpide_id]
        row.kirjaus = kirjaus
        row.posted_versio = None
    _mark_conflicts([(by_id[theirs.toimenpide_id], theirs) for theirs, _mine in conflicts], data, by)
    saved = {kirjaus.toimenpide_id: kirjaus for kirjaus in saved}
    copied = by_id.get(_number(data.get("ei_muutosta", "")))
    if copied and copied.form and copied.can_copy and not copied.is_unsettled:
        saved |= _copy_last(jakso, copied, saved, data, by)
    return list(saved.values()), [row for row in rows if row.is_unsettled]


def _record(jakso, vastaukset, by_id, data, by):
    """What record gives. A row whose toimenpide was taken away meanwhile keeps its text and stops no other."""
    try:
        return Kirjaus.objects.record(jakso, vastaukset, by=by)
    except PoistettuToimenpide as found:
        for row in (by_id[toimenpide.pk] for toimenpide in found.toimenpiteet):
            row.form.add_error("kommentti", POISTETTU)
            _keep_posted(row, data)
        there = {t: vastaus for t, vastaus in vastaukset.items() if t not in found.toimenpiteet}
        return Kirjaus.objects.record(jakso, there, by=by)


def _untouched(rows, data):
    """The ids of the kirjaukset that the button for all ready ones leaves: sent back, and not completed since."""
    if data.get("laheta") != LAHETA_VALMIIT:
        return set()
    return Kirjaus.objects.untouched_since_return([row.kirjaus for row in rows])


def _hold_back(row, vastaus, untouched):
    unsent = replace(vastaus, laheta=False)
    return unsent if row.kirjaus.pk in untouched and not row.kirjaus.differs_from(unsent) else vastaus


def _is_sent(row, data):
    """One row's own button, or the button that sends every row with a score and a comment."""
    send = data.get("laheta", "")
    if send == LAHETA_VALMIIT:
        filled = data.get(f"{row.prefix}-aste") and data.get(f"{row.prefix}-kommentti", "").strip()
        return bool(filled) and row.kirjaus.tila not in Kirjaus.LAHETETYT
    return send == str(row.toimenpide.pk)


def _choice(row, data):
    """What was chosen of two texts on this row: "oma", "tallennettu", "yhdista" or ""."""
    pk, _colon, choice = data.get("ratkaise", "").partition(":")
    return choice if pk == str(row.toimenpide.pk) else ""


def _takes_stored(row, data):
    return _choice(row, data) == "tallennettu"


def _settled(row, data):
    """The row's Vastaus; of two texts that were seen side by side the one that was chosen, or both joined."""
    vastaus, choice = row.form.vastaus(), _choice(row, data)
    if choice not in ("oma", "yhdista"):
        return vastaus
    vastaus = replace(vastaus, versio=row.form.cleaned_data["nahty"] or 0)
    return row.form.joined(vastaus) if choice == "yhdista" else vastaus


def _keep_posted(row, data):
    """The fields keep what was posted, and the next save is still based on what the person had seen."""
    row.posted = {name: data.get(f"{row.prefix}-{name}", "") for name in (*KENTAT, "nahty")}
    seen = (*LISAKENTAT, "yhdistetty", "yhdistetty_huomio", *(f"yhdistetty_{name}" for name in LISAKENTAT))
    row.posted |= {name: data[f"{row.prefix}-{name}"] for name in seen if f"{row.prefix}-{name}" in data}
    row.posted_versio = row.form.cleaned_data.get("versio", row.kirjaus.versio)


def _mark_conflicts(pairs, data, by):
    """[(row, kirjaus as another left it)]: both texts on the row, with who wrote the other and when."""
    writers = Kirjaus.objects.writers_of([theirs for _row, theirs in pairs]) if pairs else {}
    for row, theirs in pairs:
        written = writers.get(theirs.pk)
        writer = written and written.history_user
        when = written.history_date if written else theirs.muokattu
        _keep_posted(row, data)
        row.kirjaus = theirs
        is_returned = theirs.tila == Kirjaus.Tila.PALAUTETTU and written is not None and written.versio <= row.versio
        row.ristiriita = Ristiriita(str(writer or ""), when, is_own=writer == by, is_returned=is_returned)


def _number(text):
    return int(text) if text.isdecimal() and len(text) < 19 else None


def _copy_last(jakso, row, saved, data, by):
    """{id: kirjaus} of the row that takes its score and texts from the jakso before; what it lacked stays.

    What stood in its fields was saved just before: it stays in the history.
    """
    last, pk = row.edellinen, row.toimenpide.pk
    versio = saved[pk].versio if pk in saved else row.form.cleaned_data["versio"]
    huomio = row.form.vastaus().sisainen_huomio
    lisat = {name: text for name in jakso.strategia.lisakentat if (text := getattr(last, name))}
    copy = Vastaus(versio, last.toteutumisaste, last.syy, last.kommentti, huomio, ei_muutosta=True, **lisat)
    copied, conflicts = Kirjaus.objects.record(jakso, {row.toimenpide: copy}, by=by)
    _mark_conflicts([(row, theirs) for theirs, _mine in conflicts], data, by)
    if conflicts:
        row.posted |= {"aste": _aste_value(last), "syy": last.syy, "kommentti": last.kommentti, **lisat}
    for kirjaus in copied:
        row.kirjaus = kirjaus
    return {kirjaus.toimenpide_id: kirjaus for kirjaus in copied}
