"""Decisions on a file, checked -> rows of Paatos -> typed values."""

from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from strategia.models import Strategia, Tapahtuma
from strategia.paivat import is_possible
from strategia.tapahtuma import record

from ..models import Paatos, Seurantajakso, Tuonti
from ..taulukko.soluviite import Soluviite

Laji = Paatos.Laji
UUSI = "uusi"  # a toimiala that is not there yet
EI_KUMPAAKAAN = "ei"  # the answer to a question: none of the readings offered
EI = "ei"  # of a word or number: it is no status
EI_KAYTETA = "pois"  # how a table of the same shape was read earlier is not followed
TIEDOSTO, NYKYINEN, MOLEMMAT = "tiedosto", "nykyinen", "molemmat"


@dataclass(frozen=True)
class Paatokset:
    """All that has been decided of one file: {laji: {paikka: value}}, its rows, and the version that this is.

    What has not been decided is not there; the paikka of a laji that has only one is "".
    """

    versio: int
    arvot: defaultdict[str, dict]
    annetut: tuple[Paatos, ...] = ()

    def typed_on_row(self, cell: str) -> dict:
        """{(laji, paikka): None} of what was decided of this cell and of those right of it on its row."""
        sheet, first, row = Soluviite.parse(cell)
        return {
            (laji, paikka): None
            for laji in (Laji.SOLU, Laji.OHITUS)
            for paikka in self.arvot[laji]
            if (viite := Soluviite.parse(paikka)) and viite[::2] == (sheet, row) and viite.column >= first
        }

    def without(self, gone):
        """The same as if these rows had not been decided, so that their places are asked about again."""
        keys, arvot = {each.kohta for each in gone}, defaultdict(dict)
        for laji, places in self.arvot.items():
            arvot[laji] = {paikka: arvo for paikka, arvo in places.items() if (laji, paikka) not in keys}
        return replace(self, arvot=arvot)


def read_decisions(tuonti: Tuonti) -> Paatokset:
    """A stored value that does not parse is as if it had not been given: it is asked for anew."""
    arvot, annetut = defaultdict(dict), []
    for paatos in tuonti.paatokset.select_related("kuka") if tuonti.pk else ():
        value = _parse(paatos)
        if value is not None:
            arvot[paatos.laji][paatos.paikka] = value
            annetut.append(paatos)
    return Paatokset(tuonti.paatosversio, arvot, tuple(annetut))


def _parse(paatos):
    try:
        return _PARSERS[paatos.laji](paatos.arvo)
    except (AttributeError, KeyError, TypeError, ValueError):
        return None


def _text(value):
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def _name_of(model):
    """A name that its field takes; an older one that does not is asked for anew."""
    limit = model._meta.get_field("nimi").max_length

    def parse(value):
        if len(_text(value)) > limit:
            raise ValueError(value)
        return value

    return parse


def _day(value):
    day = date.fromisoformat(value)
    return day if is_possible(day) else None


def _id(value):
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError(value)
    return value


def _yes(value):
    return True if value is True else None


def _yes_or_no(value):
    return value if isinstance(value, bool) else None


def _row(value):
    return _id(value) if value == 0 or _id(value) > 0 else None


def _names(value):
    return [_text(each) for each in value] if isinstance(value, list) and value else None


def _meaning(value):
    return value if value == EI or value in range(1, 6) and not isinstance(value, bool) else None


def _question(value):
    """How a question was answered: {"kysymys", "vastaus", "kohdat": [[laji, paikka]]}; of earlier files a text."""
    return value if isinstance(value, str) or {"kysymys", "vastaus", "kohdat"} <= value.keys() else None


def _toimiala(value):
    return value if value == UUSI else _id(value)


def _way(value):
    return value if value in (TIEDOSTO, NYKYINEN, MOLEMMAT) else None


_PARSERS = {
    Laji.JAKSO: _name_of(Seurantajakso),
    Laji.STRATEGIA: _name_of(Strategia),
    **dict.fromkeys((Laji.SARAKE, Laji.SOLU, Laji.TAPA, Laji.LUKUTAPA), _text),
    **dict.fromkeys((Laji.ASTEIKKO, Laji.OHITUS, Laji.PAATTYY, Laji.SIIRTO), _yes),
    Laji.VOIMASSA: _yes_or_no,
    Laji.TILANNE: _day,
    Laji.RISTIRIITA: _way,
    Laji.TOIMIALA: _toimiala,
    Laji.TOIMENPIDE: _id,
    Laji.KYSYMYS: _question,
    Laji.OTSIKKORIVI: _row,
    Laji.VALILEHDET: _names,
    **dict.fromkeys((Laji.SANA, Laji.KUVAUS), _meaning),
    Laji.VUOSI: _id,
}


@dataclass(frozen=True)
class Kirjattu:
    """What came of storing decisions.

    toisin: {(laji, paikka): the decision of another person that stayed}. has_others: has another person decided
    anything meanwhile? on_ohi: the file no longer waits, and nothing was stored. kirjoitettu: [(laji, paikka)].
    """

    toisin: dict = field(default_factory=dict)
    has_others: bool = False
    on_ohi: bool = False
    kirjoitettu: tuple = ()

    @property
    def message(self):
        """("error", "warning" or "success", sentence) where everything was taken."""
        if self.on_ohi:
            return "error", _("Tiedosto on jo käsitelty, eikä päätöksiäsi otettu huomioon.")
        if self.has_others:
            return "warning", _(
                "Päätökset on otettu huomioon. Myös toinen käyttäjä on tehnyt päätöksiä tähän tiedostoon. Tarkista ne."
            )
        return "success", _("Päätökset on otettu huomioon. Mitään ei ole vielä tallennettu.")


def take_decisions(tuonti: Tuonti, decided: dict, **told) -> Kirjattu:
    """What store_decisions does, as an act of its own: it leaves its row, for a decision takes an older one's place."""
    with transaction.atomic():
        kirjattu = store_decisions(tuonti, decided, **told)
        if kirjattu.kirjoitettu:
            what = ", ".join(f"{Laji(laji).label} {paikka}".strip() for laji, paikka in kirjattu.kirjoitettu)
            record(Tapahtuma.Laji.PAATETTY, by=told["by"], kunta=tuonti.kunta_id, kohde=tuonti, mihin=what)
    return kirjattu


def store_decisions(tuonti: Tuonti, decided: dict, *, seen: int, by, kept=frozenset()) -> Kirjattu:
    """Write {(laji, paikka): value, None takes it back}, decided on a page of the version `seen`.

    What another person has decided otherwise after that version stays. kept: the places that were sent along as the
    page showed them: what has been decided of them since is no disagreement.
    """
    with transaction.atomic():
        locked = Tuonti.objects.select_for_update(of=("self",)).get(pk=tuonti.pk)
        if locked.tila != Tuonti.Tila.ESIKATSELU:
            return Kirjattu(on_ohi=True)
        stored = {each.kohta: each for each in locked.paatokset.select_related("kuka")}
        since = {kohta: old for kohta, old in stored.items() if old.versio > seen}
        changed = {
            kohta: arvo
            for kohta, arvo in decided.items()
            if arvo != (stored[kohta].arvo if kohta in stored else None) and not (kohta in since and kohta in kept)
        }
        of_others = {kohta: old for kohta, old in since.items() if old.kuka != by}
        written = {kohta: arvo for kohta, arvo in changed.items() if kohta not in of_others}
        _write(locked, written, by)
    tuonti.refresh_from_db(fields=["paatosversio"])
    toisin = {kohta: of_others[kohta] for kohta in changed if kohta in of_others}
    return Kirjattu(toisin, bool(of_others), kirjoitettu=tuple(written))


def _write(tuonti, decided, by):
    if not decided:
        return
    Paatos.objects.bulk_create(
        [make_decision(tuonti, *kohta, arvo, by) for kohta, arvo in decided.items()],
        update_conflicts=True,
        unique_fields=["kunta", "tuonti", "laji", "paikka"],
        update_fields=["arvo", "kuka", "milloin", "versio"],
    )
    Tuonti.objects.filter(pk=tuonti.pk).update(paatosversio=tuonti.paatosversio + 1)


def make_decision(tuonti, laji, paikka, arvo, by):
    """Of the next version, not stored."""
    return Paatos(
        kunta_id=tuonti.kunta_id,
        tuonti=tuonti,
        laji=laji,
        paikka=paikka,
        arvo=arvo,
        kuka=by,
        milloin=timezone.now(),
        versio=tuonti.paatosversio + 1,
    )
