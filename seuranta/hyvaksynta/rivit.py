"""Seurantajakso + user -> the sent rows that wait for approval, and what was posted on them -> settled kirjaukset."""

import re
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from strategia.models import LISAKENTAT, Toimenpide, Toimiala
from strategia.permissions import approvable_toimenpiteet
from strategia.teksti import read_id

from ..models import KIRJOITTAJA, Ketju, Kirjaus, sign
from ..muistutus.viestit import tell_returned
from ..muutos import describe_move, diff_words

_REASON = re.compile(r"k\d+-syy")  # the field of a reason


@dataclass
class Hyvaksyntarivi:
    """One sent kirjaus beside the last period and beside what was approved of it earlier in this one."""

    toimenpide: Toimenpide
    kirjaus: Kirjaus
    edellinen: Kirjaus | None
    hyvaksytty: dict | None  # the score and the published texts as they were approved last
    kirjaaja: str
    virhe: str = ""
    syy: str = ""
    arvot: list = field(default_factory=list)  # the values of its mittarit, approved with it
    osat: list = field(default_factory=list)  # what its units answered, and other toimialat said
    ketju: Ketju | None = None  # what has been written beside it

    @property
    def prefix(self):
        return f"k{self.kirjaus.pk}"

    @property
    def aste_nimi(self):
        return self.kirjaus.jakso.strategia.asteen_nimi(self.kirjaus.toteutumisaste)

    @property
    def muutos(self):
        return describe_move(self.edellinen.toteutumisaste if self.edellinen else None, self.kirjaus.toteutumisaste)

    @property
    def kommentin_muutos(self):
        """What changed in the comment since it was approved last; [] when it never was."""
        if self.hyvaksytty is None or self.hyvaksytty["kommentti"] == self.kirjaus.kommentti:
            return []
        return diff_words(self.hyvaksytty["kommentti"], self.kirjaus.kommentti)

    @property
    def asteen_muutos(self):
        """The score as it was approved last, where it has changed since."""
        if self.hyvaksytty is None or self.hyvaksytty["toteutumisaste"] == self.kirjaus.toteutumisaste:
            return ""
        return describe_move(self.hyvaksytty["toteutumisaste"], self.kirjaus.toteutumisaste)

    @property
    def lisatekstit(self):
        """[(word, text, what changed in it since it was approved last)] of what the strategia asks besides."""
        before, strategia = self.hyvaksytty or {}, self.kirjaus.jakso.strategia
        now, own = {name: getattr(self.kirjaus, name) for name in strategia.lisakentat}, self.kirjaus.omat
        texts = [(strategia.sana(name), text, before.get(name, text)) for name, text in now.items()]
        was = before.get("omat", own)
        texts += [(otsikko, own.get(otsikko, ""), was.get(otsikko, "")) for otsikko in strategia.kysytyt_omat]
        told = ((sana, text, old) for sana, text, old in texts if text or old)
        return [(sana, text, diff_words(old, text) if old != text else []) for sana, text, old in told]

    @property
    def on_muuttunut(self):
        """Has anything been reworded since it was approved last?"""
        return bool(self.kommentin_muutos) or any(erot for _sana, _text, erot in self.lisatekstit)

    @property
    def on_ennallaan(self):
        """Does it say what the last period said, word for word, with no value or unit's answer to look at?"""
        last = self.edellinen
        return (
            last is not None
            and not self.arvot
            and not self.osat
            and all(
                getattr(last, name) == getattr(self.kirjaus, name)
                for name in ("toteutumisaste", "syy", "kommentti", *LISAKENTAT, "omat")
            )
        )

    @property
    def puutteet(self):
        """[sentence] of what the approver may want completed."""
        kirjaus, edellinen = self.kirjaus, self.edellinen
        same_comment = edellinen and edellinen.kommentti and edellinen.kommentti == kirjaus.kommentti
        moved = edellinen and edellinen.toteutumisaste != kirjaus.toteutumisaste
        checks = (
            (self._lacks_score(), _("Toteutumisaste puuttuu.")),
            (not kirjaus.kommentti.strip(), _("Kommentti puuttuu.")),
            (same_comment and moved, _("Arvio muuttui, mutta kommentti on sama kuin edellisellä jaksolla.")),
            (same_comment and not moved, _("Kommentti on sama kuin edellisellä jaksolla.")),
        )
        return [sentence for found, sentence in checks if found]

    def _lacks_score(self):
        """A plan that is followed in words asks for none."""
        is_missing = not self.kirjaus.toteutumisaste and self.kirjaus.syy == Kirjaus.Syy.EI_VASTATTU
        return is_missing and not self.kirjaus.jakso.strategia.is_in_words


@dataclass
class Toimialaosa:
    """The rows of one toimiala (None: those without one) and what it has not sent yet."""

    toimiala: Toimiala | None
    rivit: list[Hyvaksyntarivi] = field(default_factory=list)
    lahettamatta: list[Toimenpide] = field(default_factory=list)
    hyvaksytty: int = 0
    piilossa: int = 0  # rows that wait, too, and that a filter hides

    @property
    def odottaa(self):
        return len(self.rivit) + self.piilossa

    @property
    def kaikki(self):
        return self.odottaa + len(self.lahettamatta) + self.hyvaksytty


@dataclass
class Hyvaksyntatulos:
    """What became of a POST. muuttuneet: ids shown again; poissa: how many had been settled by another already.

    jaaneet: [(toimenpide's name, reason)] written on rows that wait here no more, and so not saved.
    """

    kasitelty: int = 0
    muuttuneet: frozenset[int] = frozenset()
    poissa: int = 0
    virheet: dict[int, str] = field(default_factory=dict)
    jaaneet: list[tuple[str, str]] = field(default_factory=list)
    arvovirheita: int = 0  # of values of mittarit

    @property
    def is_settled(self):
        return not self.muuttuneet and not self.virheet and not self.jaaneet and not self.arvovirheita


def build_sections(jakso, user):
    """[Toimialaosa] of what the user may approve, by toimiala, in plan order; the same queries for any size."""
    toimenpiteet = list(jakso.toimenpiteet() & approvable_toimenpiteet(user))
    edellinen = jakso.edellinen()
    kirjaukset = _kirjaukset_of(jakso, toimenpiteet)
    edelliset = _kirjaukset_of(edellinen, toimenpiteet) if edellinen else {}
    waiting = [k.pk for k in kirjaukset.values() if k.tila == Kirjaus.Tila.LAHETETTY]
    approved, writers = _last_approved(waiting), _last_writers(waiting)
    osat = {}
    for toimenpide in toimenpiteet:
        osa = osat.setdefault(toimenpide.toimiala_id, Toimialaosa(toimenpide.toimiala))
        kirjaus = kirjaukset.get(toimenpide.pk)
        if kirjaus is None or kirjaus.tila not in Kirjaus.LAHETETYT:
            osa.lahettamatta.append(toimenpide)
        elif kirjaus.tila == Kirjaus.Tila.HYVAKSYTTY:
            osa.hyvaksytty += 1
        else:
            kirjaus.jakso = jakso  # known already: the page asks its scale on every row
            before, writer = approved.get(kirjaus.pk), writers.get(kirjaus.pk, "")
            osa.rivit.append(Hyvaksyntarivi(toimenpide, kirjaus, edelliset.get(toimenpide.pk), before, writer))
    return sorted(osat.values(), key=_in_order)


def _kirjaukset_of(jakso, toimenpiteet):
    return {k.toimenpide_id: k for k in Kirjaus.objects.filter(jakso=jakso, toimenpide__in=toimenpiteet)}


def _last_approved(ids):
    """{kirjaus's id: what it said when it was approved last}"""
    rows = Kirjaus.history.filter(id__in=ids, tila=Kirjaus.Tila.HYVAKSYTTY).order_by("history_id")
    return {row["id"]: row for row in rows.values("id", "toteutumisaste", "kommentti", *LISAKENTAT, "omat")}


def _last_writers(ids):
    rows = Kirjaus.history.filter(id__in=ids).order_by("history_id")
    names = (f"{whose}__nimi" for whose in KIRJOITTAJA)
    return {pk: sign(nimi or "", kenen) for pk, nimi, kenen in rows.values_list("id", *names)}


def _in_order(osa):
    return (osa.toimiala is None, osa.toimiala.jarjestys if osa.toimiala else 0, str(osa.toimiala))


def settle_posted(jakso, osat, data, *, by) -> Hyvaksyntatulos:
    """Approve the chosen rows, or send back the one whose button was pressed. Raises SuljettuJakso."""
    rows = {str(row.kirjaus.pk): row.kirjaus.pk for osa in osat for row in osa.rivit}
    pressed = data.get("palauta", "")
    chosen = [pressed] if pressed else data.getlist("rivi")
    versiot = {rows[pk]: _posted_versio(data, pk) for pk in chosen if pk in rows}
    gone = len(chosen) - len(versiot)
    if pressed and versiot:
        return _send_back(jakso, versiot, gone, data, by)
    return _approve(jakso, versiot, gone, data, by)


def _send_back(jakso, versiot, gone, data, by):
    [pk] = versiot
    syy = _reason(data, pk)
    if not syy:
        return Hyvaksyntatulos(virheet={pk: _("Kirjoita, mitä pitää täydentää, ja palauta sitten.")})
    settled, changed = Kirjaus.objects.send_back(jakso, versiot, syy, by=by)
    tell_returned(jakso, settled, by=by)
    return _tulos(settled, changed, gone)


def _approve(jakso, versiot, gone, data, by):
    """A chosen row on which a reason to send it back has been written waits: the reason would be lost."""
    text = _("Kirjoitit, mitä pitää täydentää. Palauta rivi, tai tyhjennä kenttä ja hyväksy rivi sitten.")
    torn = {pk: text for pk in versiot if _reason(data, pk)}
    settled, changed = Kirjaus.objects.approve(jakso, {pk: v for pk, v in versiot.items() if pk not in torn}, by=by)
    return _tulos(settled, changed, gone, torn)


def _reason(data, pk):
    return data.get(f"k{pk}-syy", "").strip().replace("\r\n", "\n")


def _tulos(settled, changed, gone, virheet=()):
    still_sent = frozenset(kirjaus.pk for kirjaus in changed if kirjaus.tila == Kirjaus.Tila.LAHETETTY)
    poissa = gone + len(changed) - len(still_sent)
    return Hyvaksyntatulos(kasitelty=len(settled), muuttuneet=still_sent, poissa=poissa, virheet=dict(virheet))


def list_unsaved_reasons(jakso, osat, data, tulos):
    """[(toimenpide's name, reason)] of the rows of the POST that are not among those that wait now: another settled
    them, or they were given to another toimiala. The row that was sent back just now has its reason.
    """
    kept = {row.kirjaus.pk for osa in osat for row in osa.rivit}
    if tulos.kasitelty:
        kept.add(read_id(data.get("palauta", "")))
    posted = {read_id(name[1:-4]): _reason(data, name[1:-4]) for name in data if _REASON.fullmatch(name)}
    lost = {pk: text for pk, text in posted.items() if text and pk is not None and pk not in kept}
    if not lost:
        return []
    rows = Kirjaus.objects.filter(jakso=jakso, pk__in=lost).values_list("pk", "toimenpide__nimi", "palautuksen_syy")
    stored = {pk: (nimi, syy) for pk, nimi, syy in rows}
    told = [(*stored.get(pk, ("", "")), text) for pk, text in lost.items()]
    return [(nimi, text) for nimi, syy, text in told if text != syy]  # sent twice, it was saved the first time


def _posted_versio(data, pk):
    return read_id(data.get(f"k{pk}-versio", ""))
